#include "verify/relational_game.h"

#include <stdlib.h>

typedef struct ranked {
    const ent_rat *gains;
    int64_t item;
} ranked;

static int by_gains(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    const int order = ent_rat_cmp(x->gains, y->gains);
    return order ? order : (x->item > y->item) - (x->item < y->item);
}

static ent_status axis_new(ent_ctx *ctx, int n, int64_t items, ent_axis *axis)
{
    ent_status st = ENT_OK;
    axis->items = items;
    ENT_ALLOC(ctx, axis->order, items);
    axis->gains = ent_rats_new(ctx, (size_t)items, &st);
    if (axis->gains) axis->total = ent_rats_new(ctx, (size_t)items, &st);
    if (axis->total) axis->reply = ent_rats_new(ctx, (size_t)items * (size_t)n, &st);
    if (axis->reply) axis->k = ent_rats_new(ctx, (size_t)items, &st);
done:
    return st;
}

static ent_status axis_sort(ent_ctx *ctx, ent_axis *axis)
{
    ent_status st = ENT_OK;
    ranked *rank = NULL;
    ENT_ALLOC(ctx, rank, axis->items);
    for (int64_t k = 0; k < axis->items; k++) rank[k] = (ranked){&axis->gains[k], k};
    qsort(rank, (size_t)axis->items, sizeof *rank, by_gains);
    for (int64_t k = 0; k < axis->items; k++) axis->order[k] = rank[k].item;
done:
    ent_free(rank);
    return st;
}

/* uhat_i(a): the most of u_i over i's own actions, the others' as in a; written to all profiles of
 * the line at once. */
static void best_replies(const ent_game *game, int i, const ent_rat *payoff, ent_rat *reply)
{
    const ent_relational *m = game->model;
    const int64_t own = m->actions[i];
    int64_t step = 1;
    for (int j = i + 1; j < m->n; j++) step *= m->actions[j];
    for (int64_t line = 0; line < m->profiles / own; line++) {
        const int64_t first = line / step * step * own + line % step;
        int64_t best = first;
        for (int64_t a = 1; a < own; a++)
            if (ent_rat_cmp(&payoff[first + a * step], &payoff[best]) > 0) best = first + a * step;
        for (int64_t a = 0; a < own; a++) ent_rat_set(&reply[first + a * step], &payoff[best]);
    }
}

static ent_status fill_finite(ent_ctx *ctx, ent_game *game)
{
    ent_status st = ENT_OK;
    const ent_relational *m = game->model;
    ent_axis *axis = &game->axis[0];
    ent_rat *payoff = NULL;
    ent_rats_common_denominator(m->payoff.n, m->payoff.exact, &game->unit);
    ENT_TRY(axis_new(ctx, m->n, m->profiles, axis));
    payoff = ent_rats_new(ctx, (size_t)m->profiles, &st);
    if (!payoff) goto done;
    for (int i = 0; i < m->n; i++) {
        ent_rat *reply = &axis->reply[(int64_t)i * m->profiles];
        for (int64_t p = 0; p < m->profiles; p++)
            ent_rat_div(&payoff[p], &m->payoff.exact[(int64_t)i * m->profiles + p], &game->unit);
        best_replies(game, i, payoff, reply);
        for (int64_t p = 0; p < m->profiles; p++) {
            ent_rat_add(&axis->total[p], &axis->total[p], &payoff[p]);
            ent_rat_add(&axis->gains[p], &axis->gains[p], &reply[p]);
            ent_rat_sub(&axis->gains[p], &axis->gains[p], &payoff[p]);
        }
    }
    ENT_TRY(axis_sort(ctx, axis));
done:
    ent_rats_free(payoff, (size_t)m->profiles);
    return st;
}

/* The unit of a separable game: that of all its parts. */
static ent_status separable_unit(ent_ctx *ctx, ent_game *game)
{
    ent_status st = ENT_OK;
    const ent_relational *m = game->model;
    const size_t pairs = (size_t)m->n * (size_t)m->n;
    ent_rat *unit = ent_rats_new(ctx, pairs, &st);
    if (!unit) goto done;
    for (size_t k = 0; k < pairs; k++) {
        const ent_reals *part = &m->part[k / (size_t)m->n][k % (size_t)m->n];
        ent_rats_common_denominator(part->n, part->exact, &unit[k]);
    }
    ent_rats_common_denominator(pairs, unit, &game->unit);
done:
    ent_rats_free(unit, pairs);
    return st;
}

/* The axis of player j: what each action of j adds to everybody's payoff and best-reply payoff. */
static ent_status fill_axis(ent_ctx *ctx, ent_game *game, int j)
{
    ent_status st = ENT_OK;
    const ent_relational *m = game->model;
    ent_axis *axis = &game->axis[j];
    const ent_reals *own = &m->part[j][j];
    size_t best = 0;
    ENT_TRY(axis_new(ctx, m->n, m->actions[j], axis));
    for (size_t a = 1; a < own->n; a++)
        if (ent_rat_cmp(&own->exact[a], &own->exact[best]) > 0) best = a;
    for (int64_t a = 0; a < axis->items; a++) {
        for (int i = 0; i < m->n; i++) {
            ent_rat *reply = &axis->reply[i * axis->items + a];
            ent_rat_div(reply, &m->part[i][j].exact[i == j ? (int64_t)best : a], &game->unit);
            ent_rat_add(&axis->total[a], &axis->total[a], reply);
        }
        ent_rat_sub(&axis->gains[a], &own->exact[best], &own->exact[a]);
        ent_rat_div(&axis->gains[a], &axis->gains[a], &game->unit);
        ent_rat_sub(&axis->total[a], &axis->total[a], &axis->gains[a]);
    }
    ENT_TRY(axis_sort(ctx, axis));
done:
    return st;
}

ent_status ent_i_game_new(ent_ctx *ctx, const ent_relational *model, ent_game **out)
{
    ent_status st = ENT_OK;
    ent_game *game = NULL;
    const bool separable = model->stage == ENT_STAGE_SEPARABLE;
    ENT_ALLOC(ctx, game, 1);
    ent_rat_init(&game->unit);
    game->model = model;
    game->n = model->n;
    ENT_ALLOC(ctx, game->axis, separable ? model->n : 1);
    game->axes = separable ? model->n : 1;
    if (separable) {
        ENT_TRY(separable_unit(ctx, game));
        for (int j = 0; j < model->n; j++) ENT_TRY(fill_axis(ctx, game, j));
    } else {
        ENT_TRY(fill_finite(ctx, game));
    }
    *out = game;
    game = NULL;
done:
    ent_i_game_free(game);
    return st;
}

void ent_i_game_free(ent_game *game)
{
    if (!game) return;
    for (int j = 0; j < game->axes; j++) {
        ent_axis *axis = &game->axis[j];
        ent_free(axis->order);
        ent_rats_free(axis->gains, (size_t)axis->items);
        ent_rats_free(axis->total, (size_t)axis->items);
        ent_rats_free(axis->k, (size_t)axis->items);
        ent_rats_free(axis->reply, (size_t)axis->items * (size_t)game->n);
    }
    ent_free(game->axis);
    ent_rat_release(&game->unit);
    ent_free(game);
}

/* K = U - the sum of outsiders' uhat, at one item. */
static void k_of_item(const ent_game *game, ent_coal coalition, const ent_axis *x, int64_t item)
{
    ent_rat_set(&x->k[item], &x->total[item]);
    for (int j = 0; j < game->n; j++)
        if (!ent_coal_has(coalition, j))
            ent_rat_sub(&x->k[item], &x->k[item], &x->reply[j * x->items + item]);
}

void ent_i_game_present(ent_game *game, ent_coal coalition)
{
    if (game->present == coalition) return;
    game->present = coalition;
    for (int axis = 0; axis < game->axes; axis++)
        for (int64_t k = 0; k < game->axis[axis].items; k++)
            k_of_item(game, coalition, &game->axis[axis], k);
}

void ent_i_game_item(const ent_game *game, ent_coal coalition, const ent_objective *objective,
                     int axis, int64_t item, ent_rat *value)
{
    const ent_axis *x = &game->axis[axis];
    ent_rat_mul(value, &objective->gains, &x->gains[item]);
    ent_rat_addmul(value, &objective->total, &x->total[item]);
    if (ent_rat_sign(&objective->reply))
        ent_rat_addmul(value, &objective->reply, &x->reply[objective->player * x->items + item]);
    if (!ent_rat_sign(&objective->k)) return;
    if (coalition == game->present) {
        ent_rat_addmul(value, &objective->k, &x->k[item]);
        return;
    }
    ent_rat_addmul(value, &objective->k, &x->total[item]);
    for (int j = 0; j < game->n; j++)
        if (!ent_coal_has(coalition, j))
            ent_rat_submul(value, &objective->k, &x->reply[j * x->items + item]);
}

ent_status ent_i_game_axis_stairs(ent_ctx *ctx, const ent_game *game, ent_coal coalition,
                                  const ent_objective *objective, int axis, ent_stairs *out)
{
    ent_status st = ENT_OK;
    const ent_axis *x = &game->axis[axis];
    ent_rat *value = ent_rats_new(ctx, (size_t)x->items, &st);
    if (!value) goto done;
    for (int64_t k = 0; k < x->items; k++)
        ent_i_game_item(game, coalition, objective, axis, k, &value[k]);
    ENT_TRY(ent_i_stairs_build(ctx, x->items, x->order, x->gains, value, out));
done:
    ent_rats_free(value, (size_t)x->items);
    return st;
}

ent_status ent_i_game_stairs(ent_ctx *ctx, const ent_game *game, ent_coal coalition,
                             const ent_objective *objective, ent_stairs *out)
{
    ent_status st = ENT_OK;
    ent_stairs all = {0}, one = {0}, both = {0};
    ent_rat one_over = ENT_RAT_ZERO;
    ent_objective whole = {.player = objective->player};
    const ent_rat *const given[] = {&objective->k, &objective->total, &objective->gains,
                                    &objective->reply};
    ent_rat *const made[] = {&whole.k, &whole.total, &whole.gains, &whole.reply};
    /* With whole coefficients all steps are integers, which are fast; the factor comes back at the
     * end. */
    ent_rats_common_denominator(
        4, (const ent_rat[]){objective->k, objective->total, objective->gains, objective->reply},
        &one_over);
    for (int k = 0; k < 4; k++) ent_rat_div(made[k], given[k], &one_over);
    ENT_TRY(ent_i_game_axis_stairs(ctx, game, coalition, &whole, 0, &all));
    for (int axis = 1; axis < game->axes; axis++) {
        ENT_TRY(ent_i_game_axis_stairs(ctx, game, coalition, &whole, axis, &one));
        ENT_TRY(ent_i_stairs_merge(ctx, &all, &one, &both));
        ent_i_stairs_release(&all);
        ent_i_stairs_release(&one);
        all = both;
        both = (ent_stairs){0};
    }
    ent_rat_mul(&one_over, &one_over, &game->unit);
    ent_i_stairs_scale(&all, &game->unit, &one_over);
    *out = all;
    all = (ent_stairs){0};
done:
    ent_i_stairs_release(&all);
    ent_i_stairs_release(&one);
    for (int k = 0; k < 4; k++) ent_rat_release(made[k]);
    ent_rat_release(&one_over);
    return st;
}

void ent_i_game_play(const ent_game *game, ent_coal coalition, const int *action,
                     ent_play_truth *out)
{
    const ent_relational *m = game->model;
    const int64_t p = game->axes == 1 && m->stage == ENT_STAGE_FINITE
                          ? ent_relational_profile_index(m, action)
                          : 0;
    ent_rat_set_int(&out->gains, 0);
    ent_rat_set_int(&out->total, 0);
    for (int i = 0; i < m->n; i++) {
        ent_rat_set_int(&out->payoff[i], 0);
        ent_rat_set_int(&out->reply[i], 0);
    }
    for (int axis = 0; axis < game->axes; axis++) {
        const ent_axis *x = &game->axis[axis];
        const int64_t item = m->stage == ENT_STAGE_FINITE ? p : action[axis];
        ent_rat_addmul(&out->gains, &x->gains[item], &game->unit);
        ent_rat_addmul(&out->total, &x->total[item], &game->unit);
        for (int i = 0; i < m->n; i++) {
            ent_rat_addmul(&out->reply[i], &x->reply[i * x->items + item], &game->unit);
            if (m->stage == ENT_STAGE_FINITE)
                ent_rat_set(&out->payoff[i], &m->payoff.exact[(int64_t)i * m->profiles + item]);
            else ent_rat_add(&out->payoff[i], &out->payoff[i], &m->part[i][axis].exact[item]);
        }
    }
    ent_rat_set(&out->k, &out->total);
    for (int j = 0; j < m->n; j++)
        if (!ent_coal_has(coalition, j)) ent_rat_sub(&out->k, &out->k, &out->reply[j]);
}

ent_status ent_i_play_truth_new(ent_ctx *ctx, int n, ent_play_truth *out)
{
    ent_status st = ENT_OK;
    *out = (ent_play_truth){.gains = ENT_RAT_ZERO, .total = ENT_RAT_ZERO, .k = ENT_RAT_ZERO};
    out->payoff = ent_rats_new(ctx, (size_t)n, &st);
    if (out->payoff) out->reply = ent_rats_new(ctx, (size_t)n, &st);
    if (st != ENT_OK) ent_i_play_truth_release(n, out);
    return st;
}

void ent_i_play_truth_release(int n, ent_play_truth *play)
{
    ent_rats_free(play->payoff, (size_t)n);
    ent_rats_free(play->reply, (size_t)n);
    ent_rat_release(&play->gains);
    ent_rat_release(&play->total);
    ent_rat_release(&play->k);
    play->payoff = play->reply = NULL;
}
