#include "verify/relational_maps.h"

#include <stdlib.h>

void ent_i_mix(ent_rat *r, const ent_rat *w, const ent_rat *a, const ent_rat *b)
{
    ent_rat sum = ENT_RAT_ZERO;
    ent_rat_set(&sum, b);
    ent_rat_addmul(&sum, w, a);
    ent_rat_submul(&sum, w, b);
    ent_rat_swap(r, &sum);
    ent_rat_release(&sum);
}

void ent_i_kappa(const ent_rat *delta, ent_rat *kappa)
{
    ent_rat rest = ENT_RAT_ZERO;
    ent_rat_set_int(&rest, 1);
    ent_rat_sub(&rest, &rest, delta);
    ent_rat_div(kappa, delta, &rest);
    ent_rat_release(&rest);
}

ent_status ent_i_common_new(ent_ctx *ctx, ent_game *game, ent_common **out)
{
    ent_status st = ENT_OK;
    ent_common *common = NULL;
    ent_objective total = {
        .k = ENT_RAT_ZERO, .total = {1, 1, NULL}, .gains = ENT_RAT_ZERO, .reply = ENT_RAT_ZERO};
    ent_objective reply = {
        .k = ENT_RAT_ZERO, .total = ENT_RAT_ZERO, .gains = ENT_RAT_ZERO, .reply = {-1, 1, NULL}};
    ENT_ALLOC(ctx, common, 1);
    common->game = game;
    ENT_ALLOC(ctx, common->reply, game->n);
    ENT_TRY(ent_i_game_stairs(ctx, game, 0, &total, &common->total));
    for (reply.player = 0; reply.player < game->n; reply.player++)
        ENT_TRY(ent_i_game_stairs(ctx, game, 0, &reply, &common->reply[reply.player]));
    *out = common;
    common = NULL;
done:
    ent_i_common_free(common);
    return st;
}

void ent_i_common_free(ent_common *common)
{
    if (!common) return;
    ent_i_stairs_release(&common->total);
    for (int i = 0; common->reply && i < common->game->n; i++)
        ent_i_stairs_release(&common->reply[i]);
    ent_free(common->reply);
    ent_free(common);
}

/* Gamma: the sum of the gamma_i. All staircases of a game begin at the same, least G. */
static bool gamma_sum(const ent_maps *maps, const ent_rat *gains, ent_rat *out)
{
    ent_rat_set_int(out, 0);
    for (int i = 0; i < maps->common->game->n; i++) {
        if (!ent_coal_has(maps->rules.coalition, i)) continue;
        const ent_rat *best = ent_i_stairs_best(&maps->gamma[i], gains);
        if (!best) return false;
        ent_rat_add(out, out, best);
    }
    return true;
}

/* Gamma_0. */
static bool benchmark(const ent_common *common, const ent_rat *gains, ent_rat *out)
{
    const ent_rat *best = ent_i_stairs_best(&common->total, gains);
    if (!best) return false;
    ent_rat_set(out, best);
    for (int i = 0; i < common->game->n; i++)
        ent_rat_add(out, out, ent_i_stairs_best(&common->reply[i], gains));
    return true;
}

void ent_i_maps_tau(const ent_maps *maps, const ent_rat *gains, ent_rat *tau)
{
    ent_rat total = ENT_RAT_ZERO;
    ent_rat_set_int(tau, 0);
    if (maps->spread) ent_i_spread_at(maps->spread, gains, NULL, NULL, &total, tau);
    ent_rat_release(&total);
}

bool ent_i_maps_value(const ent_maps *maps, const ent_rat *gains, ent_rat *out)
{
    ent_rat gamma = ENT_RAT_ZERO, zero = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    const bool lone = ent_coal_size(maps->rules.coalition) == 1;
    const bool some =
        gamma_sum(maps, gains, &gamma) && (!maps->quiet || benchmark(maps->common, gains, &zero));
    if (some) {
        ent_rat_set_int(&one, 1);
        if (lone) ent_rat_set_int(&gamma, 0);
        ent_i_maps_tau(maps, gains, &one);
        ent_rat_add(&gamma, &gamma, &one);
        ent_rat_set_int(&one, 1);
        ent_i_mix(out, maps->rules.rho, &gamma, &zero);
        if (lone) {
            /* (1-delta) / (1 - delta (1-rho)) */
            ent_rat_sub(&zero, &one, maps->rules.delta);
            ent_rat_mul(out, out, &zero);
            ent_rat_addmul(&zero, maps->rules.delta, maps->rules.rho);
            ent_rat_div(out, out, &zero);
        }
    }
    ent_rat_release(&gamma);
    ent_rat_release(&zero);
    ent_rat_release(&one);
    return some;
}

static int by_value(const void *a, const void *b)
{
    return ent_rat_cmp(*(const ent_rat *const *)a, *(const ent_rat *const *)b);
}

/* Every G at which a staircase has a step, with F from there on. */
static ent_status find_blocks(ent_ctx *ctx, ent_maps *maps)
{
    ent_status st = ENT_OK;
    const int n = maps->common->game->n;
    const ent_rat **cost = NULL;
    const ent_stairs **all = NULL;
    int64_t count = 0, lists = 0;
    ent_rat value = ENT_RAT_ZERO;
    ENT_ALLOC(ctx, all, 3 * n + 3);
    all[lists++] = &maps->k;
    if (maps->quiet) all[lists++] = &maps->common->total;
    if (maps->spread) all[lists++] = &maps->spread->total;
    for (int i = 0; i < n; i++) {
        if (maps->quiet) all[lists++] = &maps->common->reply[i];
        if (ent_coal_has(maps->rules.coalition, i)) all[lists++] = &maps->gamma[i];
        else if (maps->spread) all[lists++] = &maps->spread->least[i];
    }
    for (int64_t l = 0; l < lists; l++) count += all[l]->n;
    ENT_ALLOC(ctx, cost, count);
    count = 0;
    for (int64_t l = 0; l < lists; l++)
        for (int64_t k = 0; k < all[l]->n; k++) cost[count++] = &all[l]->cost[k];
    qsort(cost, (size_t)count, sizeof *cost, by_value);
    for (int64_t k = 0; k < count; k++)
        if ((!k || !ent_rat_equal(cost[k - 1], cost[k])) && ent_i_maps_value(maps, cost[k], &value))
            ENT_TRY(ent_i_stairs_append(ctx, &maps->blocks, cost[k], &value));
done:
    ent_free(all);
    ent_free(cost);
    ent_rat_release(&value);
    return st;
}

/* [MW25] eq. (7): pi_i K - uhat_i. */
static ent_status gamma_stairs(ent_ctx *ctx, ent_maps *maps, int i)
{
    ent_objective gamma = {.k = ENT_RAT_ZERO,
                           .total = ENT_RAT_ZERO,
                           .gains = ENT_RAT_ZERO,
                           .reply = {-1, 1, NULL},
                           .player = i};
    ent_rat_set(&gamma.k, &maps->rules.weight[i]);
    const ent_status st =
        ent_i_game_stairs(ctx, maps->common->game, maps->rules.coalition, &gamma, &maps->gamma[i]);
    ent_rat_release(&gamma.k);
    return st;
}

ent_status ent_i_maps_new(ent_ctx *ctx, const ent_common *common, const ent_rules *rules,
                          ent_maps **out)
{
    ent_status st = ENT_OK;
    ent_maps *maps = NULL;
    const ent_game *game = common->game;
    const ent_objective k = {
        .k = {1, 1, NULL}, .total = ENT_RAT_ZERO, .gains = ENT_RAT_ZERO, .reply = ENT_RAT_ZERO};
    ENT_ALLOC(ctx, maps, 1);
    ent_rat_init(&maps->kappa);
    maps->common = common;
    maps->rules = *rules;
    ent_rat_set_int(&maps->kappa, 1);
    maps->quiet = ent_rat_cmp(rules->rho, &maps->kappa) < 0;
    ent_i_kappa(rules->delta, &maps->kappa);
    ENT_ALLOC(ctx, maps->gamma, game->n);
    ent_i_game_present(common->game, rules->coalition);
    ENT_TRY(ent_i_game_stairs(ctx, game, rules->coalition, &k, &maps->k));
    for (int i = 0; i < game->n; i++)
        if (ent_coal_has(rules->coalition, i)) ENT_TRY(gamma_stairs(ctx, maps, i));
    if (rules->literal_ties) ENT_TRY(ent_i_spread_new(ctx, game, rules->coalition, &maps->spread));
    ENT_TRY(find_blocks(ctx, maps));
    *out = maps;
    maps = NULL;
done:
    ent_i_maps_free(maps);
    return st;
}

void ent_i_maps_free(ent_maps *maps)
{
    if (!maps) return;
    for (int i = 0; maps->gamma && i < maps->common->game->n; i++)
        ent_i_stairs_release(&maps->gamma[i]);
    ent_free(maps->gamma);
    ent_i_stairs_release(&maps->k);
    ent_i_spread_free(maps->spread);
    ent_i_stairs_release(&maps->blocks);
    ent_rat_release(&maps->kappa);
    ent_free(maps);
}

/* [MW25] eq. (2) */
void ent_i_maps_budget(const ent_maps *maps, const ent_rat *d, ent_rat *gains)
{
    ent_rat_mul(gains, &maps->kappa, d);
}

/* [MW25] Definition 1.
 * Block k gives a fixed point when its own F enforces it and not the next block. Where F rises with
 * the blocks, the last block that F enforces is the largest fixed point; where it falls (tau), all
 * are looked at. */
bool ent_i_maps_fixed_point(const ent_maps *maps, const ent_rat *slack, ent_rat *d, ent_rat *gains)
{
    const ent_stairs *blocks = &maps->blocks;
    ent_rat budget = ENT_RAT_ZERO, most = ENT_RAT_ZERO;
    bool found = false;
    for (int64_t k = blocks->n - 1; k >= 0; k--) {
        const ent_rat *value = &blocks->value[k];
        ent_rat_add(&most, value, slack);
        if (ent_rat_sign(&most) < 0) continue;
        ent_i_maps_budget(maps, value, &budget);
        ent_rat_add(&most, &budget, slack);
        if (ent_rat_cmp(&blocks->cost[k], &most) > 0) continue;
        if (k + 1 < blocks->n && ent_rat_cmp(&blocks->cost[k + 1], &most) <= 0) continue;
        if (found && ent_rat_cmp(value, d) <= 0) continue;
        found = true;
        ent_rat_set(d, value);
        ent_rat_set(gains, &most);
    }
    ent_rat_release(&budget);
    ent_rat_release(&most);
    return found;
}
