#include "base/ctx.h"
#include "relational/separable.h"

#include <math.h>

/* What action a of player j adds to the aim. Own constants are added by the player itself. */
static double adds(const ent_i_separable *game, const ent_i_aims *aims, int aim, int j, int a)
{
    const int n = game->n, i = aims->aim[aim].player;
    const double gain = game->best[j] - game->part[j * n + j][a];
    double joint = 0.0, value = ent_coal_has(aims->coalition, j) ? 0.0 : -gain;
    for (int k = 0; k < n; k++) {
        const double f = game->part[k * n + j][a];
        joint += f;
        if (ent_coal_has(aims->coalition, k)) value += f;
    }
    const double reply = i < 0 ? 0.0 : i == j ? game->best[j] : game->part[i * n + j][a];
    double sum = 0.0;
    switch (aims->aim[aim].kind) {
    case ENT_I_AIM_VALUE: sum = value; break;
    case ENT_I_AIM_JOINT: sum = joint; break;
    case ENT_I_AIM_GAMMA: sum = aims->share[i] * value - aims->unit * reply; break;
    case ENT_I_AIM_REPLY: sum = -reply; break;
    case ENT_I_AIM_REST:
        sum = -(aims->share[i] * value - aims->unit * reply) - aims->unit * gain;
        break;
    case ENT_I_AIM_QUIET: sum = reply - gain; break;
    }
    return sum;
}

/* One action of player j and one stair of the later players. */
static ent_status build_level(ent_ctx *ctx, ent_i_tower *t, int j)
{
    ent_status st = ENT_OK;
    const ent_i_staircase *later = &t->level[j + 1];
    ent_i_staircase own;
    ent_i_staircase_init(&own);
    for (int a = 0; a < t->game->actions[j]; a++)
        ENT_TRY(ent_i_staircase_offer(
            ctx, &own, (ent_i_stair){.gain = t->gain[j][a], .value = t->value[j][a]}));
    ENT_TRY(ent_i_staircase_settle(ctx, &own));
    for (int64_t a = 0; a < own.count; a++) {
        ENT_CHECK_CANCEL(ctx);
        for (int64_t k = 0; k < later->count; k++)
            ENT_TRY(ent_i_staircase_offer(
                ctx, &t->level[j],
                (ent_i_stair){.gain = own.stair[a].gain + later->stair[k].gain,
                              .value = own.stair[a].value + later->stair[k].value}));
    }
    ENT_TRY(ent_i_staircase_settle(ctx, &t->level[j]));
done:
    ent_i_staircase_release(&own);
    return st;
}

ent_status ent_i_tower_new(ent_ctx *ctx, const ent_i_separable *game, const ent_i_aims *aims,
                           int aim, ent_i_tower *out)
{
    ent_status st = ENT_OK;
    const int n = game->n;
    out->game = game;
    for (int j = 0; j <= n; j++) ent_i_staircase_init(&out->level[j]);
    for (int j = 0; j < n; j++) {
        ENT_SCRATCH(ctx, out->gain[j], game->actions[j]);
        ENT_SCRATCH(ctx, out->value[j], game->actions[j]);
        for (int a = 0; a < game->actions[j]; a++) {
            out->gain[j][a] = game->best[j] - game->part[j * n + j][a];
            out->value[j][a] = adds(game, aims, aim, j, a);
        }
    }
    ENT_TRY(ent_i_staircase_offer(ctx, &out->level[n], (ent_i_stair){0.0, 0.0, 0}));
    ENT_TRY(ent_i_staircase_settle(ctx, &out->level[n]));
    for (int j = n - 1; j >= 0; j--) ENT_TRY(build_level(ctx, out, j));
done:
    if (st != ENT_OK) ent_i_tower_release(out);
    return st;
}

void ent_i_tower_release(ent_i_tower *tower)
{
    for (int j = 0; j <= tower->game->n; j++) ent_i_staircase_release(&tower->level[j]);
}

bool ent_i_tower_completes(const ent_i_tower *t, int j, const ent_i_edge *edge, double gain,
                           double value, double target)
{
    const ent_i_staircase *s = &t->level[j];
    const double slop = t->game->slop;
    int64_t lo = 0, hi = s->count;
    while (lo < hi) {
        const int64_t mid = lo + (hi - lo) / 2;
        if (edge->factor * (gain + s->stair[mid].gain) <= edge->bound + slop) lo = mid + 1;
        else hi = mid;
    }
    return lo > 0 && value + s->stair[lo - 1].value >= target - slop;
}

void ent_i_tower_walk(const ent_i_tower *t, const ent_i_edge *edge, double target,
                      ent_i_visit_fn *visit, void *user)
{
    const int n = t->game->n;
    int play[ENT_PLAYERS_MAX];
    double gain[ENT_PLAYERS_MAX + 1] = {0.0}, value[ENT_PLAYERS_MAX + 1] = {0.0};
    int j = 0;
    play[0] = -1;
    while (j >= 0) {
        if (++play[j] == t->game->actions[j]) {
            j--;
            continue;
        }
        gain[j + 1] = gain[j] + t->gain[j][play[j]];
        value[j + 1] = value[j] + t->value[j][play[j]];
        if (!ent_i_tower_completes(t, j + 1, edge, gain[j + 1], value[j + 1], target)) continue;
        if (j == n - 1) {
            if (!visit(user, play)) return;
            continue;
        }
        play[++j] = -1;
    }
}
