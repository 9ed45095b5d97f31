#include "verify/relational_spread.h"

ent_status ent_i_spread_new(ent_ctx *ctx, const ent_game *game, ent_coal coalition,
                            ent_spread **out)
{
    ent_status st = ENT_OK;
    ent_spread *spread = NULL;
    const ent_objective k = {
        .k = {1, 1, NULL}, .total = ENT_RAT_ZERO, .gains = ENT_RAT_ZERO, .reply = ENT_RAT_ZERO};
    ENT_ALLOC(ctx, spread, 1);
    spread->game = game;
    spread->coalition = coalition;
    ENT_ALLOC(ctx, spread->least, game->n);
    ENT_ALLOC(ctx, spread->most, game->n);
    spread->epsilon = ent_rats_new(ctx, (size_t)game->n + 1, &st);
    if (!spread->epsilon) goto done;
    ENT_TRY(ent_i_game_stairs(ctx, game, coalition, &k, &spread->k));
    ENT_TRY(ent_i_spread_fill(ctx, spread));
    *out = spread;
    spread = NULL;
done:
    ent_i_spread_free(spread);
    return st;
}

void ent_i_spread_free(ent_spread *spread)
{
    if (!spread) return;
    for (int j = 0; j < spread->game->n; j++) {
        if (spread->least) ent_i_stairs_release(&spread->least[j]);
        if (spread->most) ent_i_stairs_release(&spread->most[j]);
    }
    ent_free(spread->least);
    ent_free(spread->most);
    ent_i_stairs_release(&spread->k);
    ent_i_stairs_release(&spread->total);
    ent_rats_free(spread->epsilon, (size_t)spread->game->n + 1);
    ent_free(spread);
}

/* How far the sum over axes of a player's uhat can vary: the sum of the axes' ranges, in units of
 * the game. */
static void add_range(const ent_game *game, int player, ent_rat *range)
{
    ent_rat part = ENT_RAT_ZERO;
    for (int axis = 0; axis < game->axes; axis++) {
        const ent_axis *x = &game->axis[axis];
        const ent_rat *reply = &x->reply[player * x->items];
        int64_t lo = 0, hi = 0;
        for (int64_t k = 1; k < x->items; k++) {
            if (ent_rat_cmp(&reply[k], &reply[lo]) < 0) lo = k;
            if (ent_rat_cmp(&reply[k], &reply[hi]) > 0) hi = k;
        }
        ent_rat_sub(&part, &reply[hi], &reply[lo]);
        ent_rat_add(range, range, &part);
    }
    ent_rat_release(&part);
}

/* 1 / (2 range + 2): K being whole in units of the game, a second objective times this never
 * outweighs it. */
static void set_epsilon(const ent_rat *range, ent_rat *epsilon)
{
    ent_rat one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_add(epsilon, range, &one);
    ent_rat_add(epsilon, epsilon, epsilon);
    ent_rat_div(epsilon, &one, epsilon);
    ent_rat_release(&one);
}

ent_status ent_i_spread_fill(ent_ctx *ctx, ent_spread *spread)
{
    ent_status st = ENT_OK;
    const ent_game *game = spread->game;
    ent_rat range = ENT_RAT_ZERO, all = ENT_RAT_ZERO, *total = &spread->epsilon[game->n];
    ent_objective both = {
        .k = {1, 1, NULL}, .total = ENT_RAT_ZERO, .gains = ENT_RAT_ZERO, .reply = ENT_RAT_ZERO};
    for (int j = 0; j < game->n; j++) {
        if (ent_coal_has(spread->coalition, j)) continue;
        ent_rat_set_int(&range, 0);
        add_range(game, j, &range);
        ent_rat_add(&all, &all, &range);
        set_epsilon(&range, &spread->epsilon[j]);
        both.player = j;
        ent_rat_set(&both.reply, &spread->epsilon[j]);
        ENT_TRY(ent_i_game_stairs(ctx, game, spread->coalition, &both, &spread->most[j]));
        ent_rat_neg(&both.reply, &both.reply);
        ENT_TRY(ent_i_game_stairs(ctx, game, spread->coalition, &both, &spread->least[j]));
    }
    /* The sum of outsiders' uhat is U - K. */
    set_epsilon(&all, total);
    ent_rat_set_int(&both.reply, 0);
    ent_rat_set(&both.total, total);
    ent_rat_sub(&both.k, &both.k, total);
    ENT_TRY(ent_i_game_stairs(ctx, game, spread->coalition, &both, &spread->total));
done:
    ent_rat_release(&range);
    ent_rat_release(&all);
    ent_rat_release(&both.k);
    ent_rat_release(&both.total);
    ent_rat_release(&both.reply);
    return st;
}

/* (best of K + epsilon x, less the best of K) / epsilon. */
static void second(const ent_spread *spread, const ent_stairs *both, const ent_rat *epsilon,
                   const ent_rat *gains, ent_rat *out)
{
    ent_rat_sub(out, ent_i_stairs_best(both, gains), ent_i_stairs_best(&spread->k, gains));
    ent_rat_div(out, out, epsilon);
}

void ent_i_spread_at(const ent_spread *spread, const ent_rat *gains, ent_rat *least, ent_rat *most,
                     ent_rat *most_total, ent_rat *tau)
{
    const int n = spread->game->n;
    ent_rat low = ENT_RAT_ZERO;
    second(spread, &spread->total, &spread->epsilon[n], gains, most_total);
    ent_rat_set(tau, most_total);
    for (int j = 0; j < n; j++) {
        if (ent_coal_has(spread->coalition, j)) continue;
        second(spread, &spread->least[j], &spread->epsilon[j], gains, &low);
        ent_rat_add(tau, tau, &low);
        if (least) ent_rat_neg(&least[j], &low);
        if (most) second(spread, &spread->most[j], &spread->epsilon[j], gains, &most[j]);
    }
    ent_rat_release(&low);
}
