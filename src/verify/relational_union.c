#include "verify/relational_union.h"

#include "verify/public_good_value.h"
#include "verify/relational_ties.h"

#include <math.h>

/* Players up to which a coalition's place is looked up in a table of all of them. */
enum { TABLE_PLAYERS = 20, BISECTIONS = 200 };

ent_status ent_i_unions_new(ent_rcheck *c, ent_unions **out)
{
    ent_status st = ENT_OK;
    ent_unions *unions = NULL;
    ENT_ALLOC(c->ctx, unions, 1);
    unions->check = c;
    if (c->model->n <= TABLE_PLAYERS) ENT_ALLOC(c->ctx, unions->at, (size_t)1 << c->model->n);
    if (c->model->stage != ENT_STAGE_PUBLIC_GOOD) {
        ENT_TRY(ent_i_game_new(c->ctx, c->model, &unions->game));
        ENT_TRY(ent_i_common_new(c->ctx, unions->game, &unions->common));
    }
    *out = unions;
    unions = NULL;
done:
    ent_i_unions_free(unions);
    return st;
}

static void union_free(ent_union_truth *u, int n)
{
    if (!u) return;
    ent_rat_release(&u->span);
    ent_rat_release(&u->level);
    ent_rats_free(u->payoff, (size_t)n);
    ent_free(u->payoff_value);
    ent_free(u);
}

void ent_i_unions_free(ent_unions *unions)
{
    if (!unions) return;
    for (int k = 0; k < unions->n; k++) union_free(unions->list[k], unions->check->model->n);
    ent_free(unions->list);
    ent_free(unions->at);
    ent_i_common_free(unions->common);
    ent_i_game_free(unions->game);
    ent_free(unions);
}

static ent_status union_new(ent_ctx *ctx, int n, ent_coal s, ent_union_truth **out)
{
    ent_status st = ENT_OK;
    ent_union_truth *u = NULL;
    ENT_ALLOC(ctx, u, 1);
    u->coalition = s;
    ent_rat_init(&u->span);
    ent_rat_init(&u->level);
    u->payoff = ent_rats_new(ctx, (size_t)n, &st);
    if (!u->payoff) goto done;
    ENT_ALLOC(ctx, u->payoff_value, n);
    *out = u;
    u = NULL;
done:
    union_free(u, n);
    return st;
}

/* The path of a solved coalition: level and outsiders' payoffs at the first on-path play. */
static ent_status follow_path(ent_unions *unions, const ent_maps *maps, ent_truth *truth,
                              ent_union_truth *u)
{
    ent_status st = ENT_OK;
    ent_ctx *ctx = unions->check->ctx;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_game *game = unions->game;
    ent_play_truth path = {0};
    ent_ties *ties = NULL;
    int *action = NULL;
    ENT_SCRATCH(ctx, action, game->n);
    ENT_TRY(ent_i_play_truth_new(ctx, game->n, &path));
    ent_i_truth_of_span(maps, truth);
    ENT_TRY(ent_i_ties_first(ctx, game, u->coalition, &truth->budget, &truth->m, action));
    if (maps->spread) ENT_TRY(ent_i_ties_new(ctx, maps->spread, &truth->budget, 1, &ties));
    ent_i_game_play(game, u->coalition, action, &path);
    ent_i_truth_of_path(maps, &path, ties, truth);
    ent_rat_set(&u->span, &truth->span);
    ent_rat_set(&u->level, &truth->level);
    u->span_value = ent_rat_double(&u->span);
    u->level_value = ent_rat_double(&u->level);
    for (int j = 0; j < game->n; j++) {
        ent_rat_set(&u->payoff[j], &truth->payoff[j]);
        u->payoff_value[j] = ent_rat_double(&u->payoff[j]);
    }
done:
    ent_i_ties_free(ties);
    ent_i_play_truth_release(game->n, &path);
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status solve_exactly(ent_unions *unions, ent_rat *weight, ent_union_truth *u)
{
    ent_status st = ENT_OK;
    ent_ctx *ctx = unions->check->ctx;
    ent_rules rules = unions->check->rules;
    ent_maps *maps = NULL;
    ent_truth *truth = NULL;
    rules.coalition = u->coalition;
    rules.weight = weight;
    u->exact = true;
    ENT_TRY(ent_i_maps_new(ctx, unions->common, &rules, &maps));
    ENT_TRY(ent_i_truth_new(ctx, unions->game->n, &truth));
    u->solved = ent_i_maps_fixed_point(maps, &unions->check->slack, &truth->span, &truth->budget);
    if (u->solved) ENT_TRY(follow_path(unions, maps, truth, u));
done:
    ent_i_truth_free(truth);
    ent_i_maps_free(maps);
    return st;
}

/* d* of a public good: F(d) / d falls strictly, so bisection finds the only fixed point. */
static ent_status find_span(ent_unions *unions, const double *weight, ent_union_truth *u,
                            double *span)
{
    ent_status st = ENT_OK;
    const ent_relational *m = unions->check->model;
    ent_pg_coalition at = {.payoff = u->payoff_value};
    double lo = 0.0, hi = unions->check->scale > 0.0 ? unions->check->scale : 1.0;
    ENT_TRY(ent_pg_value_at(unions->check->ctx, m, u->coalition, weight, hi, &at));
    while (at.map > hi) {
        hi *= 2.0;
        ENT_TRY(ent_pg_value_at(unions->check->ctx, m, u->coalition, weight, hi, &at));
    }
    for (int k = 0; k < BISECTIONS; k++) {
        const double mid = lo + (hi - lo) / 2.0;
        ENT_TRY(ent_pg_value_at(unions->check->ctx, m, u->coalition, weight, mid, &at));
        if (at.map > mid) lo = mid;
        else hi = mid;
    }
    *span = hi;
done:
    return st;
}

static ent_status solve_public_good(ent_unions *unions, const ent_rat *exact, const double *claimed,
                                    ent_union_truth *u)
{
    ent_status st = ENT_OK;
    ent_ctx *ctx = unions->check->ctx;
    const ent_relational *m = unions->check->model;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_pg_coalition at = {.payoff = u->payoff_value};
    double *weight = NULL;
    ENT_SCRATCH(ctx, weight, m->n);
    for (int i = 0; i < m->n; i++) weight[i] = ent_rat_double(&exact[i]);
    if (claimed) u->span_value = *claimed;
    else ENT_TRY(find_span(unions, weight, u, &u->span_value));
    ENT_TRY(ent_pg_value_at(ctx, m, u->coalition, weight, u->span_value, &at));
    u->solved = true;
    u->level_value = at.level;
    /* |span - d*| <= (1 + max(1, F/d)) |F - d| */
    const double error = fabs(at.map - u->span_value),
                 ratio = u->span_value > 0.0 ? at.map / u->span_value : 1.0;
    u->residual = (1.0 + fmax(1.0, ratio)) * error / fmax(unions->check->scale, 1e-300);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status remember(ent_unions *unions, ent_union_truth *u)
{
    ent_status st = ENT_OK;
    if (unions->n == unions->room) {
        const int room = unions->room ? 2 * unions->room : 16;
        ent_union_truth **more =
            ent_i_realloc(unions->check->ctx, unions->list, (size_t)room, sizeof *more, &st);
        if (!more) return st;
        unions->list = more;
        unions->room = room;
    }
    unions->list[unions->n++] = u;
    if (unions->at) unions->at[u->coalition] = unions->n;
    return ENT_OK;
}

ent_status ent_i_union_of(ent_unions *unions, ent_coal s, const double *claimed_span,
                          const ent_union_truth **out)
{
    ent_status st = ENT_OK;
    const ent_relational *m = unions->check->model;
    ent_union_truth *u = NULL;
    ent_rat *weight = NULL;
    int k = unions->at ? unions->at[s] - 1 : unions->n - 1;
    while (!unions->at && k >= 0 && unions->list[k]->coalition != s) k--;
    if (k >= 0) {
        *out = unions->list[k];
        return ENT_OK;
    }
    weight = ent_rats_new(unions->check->ctx, (size_t)m->n, &st);
    if (!weight) goto done;
    ENT_TRY(ent_relational_weights(unions->check->ctx, m, s, weight));
    ENT_TRY(union_new(unions->check->ctx, m->n, s, &u));
    if (unions->game) ENT_TRY(solve_exactly(unions, weight, u));
    else ENT_TRY(solve_public_good(unions, weight, claimed_span, u));
    ENT_TRY(remember(unions, u));
    *out = u;
    u = NULL;
done:
    union_free(u, m->n);
    ent_rats_free(weight, (size_t)m->n);
    return st;
}
