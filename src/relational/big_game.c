#include "relational/big_game.h"

#include "relational/exact_source.h"

#include <stdlib.h>

static void fill_payoffs(const ent_relational *model, ent_i_big_game *g)
{
    for (int i = 0; i < g->n; i++)
        for (int64_t p = 0; p < g->profiles; p++) {
            ent_rat *u = ent_i_big_payoff(g, i, p);
            if (model->stage == ENT_STAGE_FINITE)
                ent_rat_set(u, &model->payoff.exact[(int64_t)i * g->profiles + p]);
            for (int j = 0; model->stage == ENT_STAGE_SEPARABLE && j < g->n; j++)
                ent_rat_add(u, u, &model->part[i][j].exact[ent_i_big_action(g, j, p)]);
            ent_rat_div(u, u, &g->unit);
        }
}

static const ent_rat *best_reply(const ent_i_big_game *g, int i, int64_t p)
{
    const int64_t first = p - ent_i_big_action(g, i, p) * g->stride[i];
    const ent_rat *most = ent_i_big_payoff(g, i, first);
    for (int a = 1; a < g->actions[i]; a++) {
        const ent_rat *u = ent_i_big_payoff(g, i, first + a * g->stride[i]);
        if (ent_rat_cmp(u, most) > 0) most = u;
    }
    return most;
}

static void fill_replies(const ent_i_big_game *g)
{
    for (int i = 0; i < g->n; i++)
        for (int64_t p = 0; p < g->profiles; p++) {
            const ent_rat *reply = best_reply(g, i, p);
            ent_rat_set(ent_i_big_reply(g, i, p), reply);
            ent_rat_add(&g->gains[p], &g->gains[p], reply);
            ent_rat_sub(&g->gains[p], &g->gains[p], ent_i_big_payoff(g, i, p));
        }
}

typedef struct ranked {
    const ent_rat *gains;
    int64_t play;
} ranked;

static int by_gains(const void *x, const void *y)
{
    const ranked *a = x, *b = y;
    const int order = ent_rat_cmp(a->gains, b->gains);
    return order ? order : (a->play > b->play) - (a->play < b->play);
}

static ent_status sort(ent_ctx *ctx, const ent_i_big_game *g)
{
    ent_status st = ENT_OK;
    ranked *rank = NULL;
    ENT_ALLOC(ctx, rank, g->profiles);
    for (int64_t p = 0; p < g->profiles; p++) rank[p] = (ranked){&g->gains[p], p};
    qsort(rank, (size_t)g->profiles, sizeof *rank, by_gains);
    for (int64_t p = 0; p < g->profiles; p++) g->order[p] = rank[p].play;
done:
    ent_free(rank);
    return st;
}

/* K: what insiders get when outsiders are paid just enough. */
void ent_i_big_game_value(const ent_i_big_game *g, ent_coal coalition)
{
    for (int64_t p = 0; p < g->profiles; p++) {
        ent_rat *k = &g->value[p];
        ent_rat_set_int(k, 0);
        for (int i = 0; i < g->n; i++) {
            ent_rat_add(k, k, ent_i_big_payoff(g, i, p));
            if (!ent_coal_has(coalition, i)) ent_rat_sub(k, k, ent_i_big_reply(g, i, p));
        }
    }
}

void ent_i_big_game_aim(const ent_i_big_game *g, const ent_i_aim *aim, const ent_rat *weight,
                        int64_t p, ent_rat *r)
{
    const int i = aim->player;
    ent_rat_set_int(r, 0);
    switch (aim->kind) {
    case ENT_I_AIM_VALUE: ent_rat_set(r, &g->value[p]); break;
    case ENT_I_AIM_JOINT:
        for (int j = 0; j < g->n; j++) ent_rat_add(r, r, ent_i_big_payoff(g, j, p));
        break;
    case ENT_I_AIM_GAMMA:
        ent_rat_mul(r, &weight[i], &g->value[p]);
        ent_rat_sub(r, r, ent_i_big_reply(g, i, p));
        break;
    case ENT_I_AIM_REPLY: ent_rat_sub(r, r, ent_i_big_reply(g, i, p)); break;
    case ENT_I_AIM_REST:
        ent_rat_sub(r, ent_i_big_reply(g, i, p), &g->gains[p]);
        ent_rat_submul(r, &weight[i], &g->value[p]);
        break;
    case ENT_I_AIM_QUIET: ent_rat_sub(r, ent_i_big_reply(g, i, p), &g->gains[p]); break;
    }
}

static ent_status allocate(ent_ctx *ctx, ent_i_big_game *g)
{
    ent_status st = ENT_OK;
    const size_t all = (size_t)(g->n * g->profiles);
    g->payoff = ent_rats_new(ctx, all, &st);
    if (g->payoff) g->reply = ent_rats_new(ctx, all, &st);
    if (g->reply) g->gains = ent_rats_new(ctx, (size_t)g->profiles, &st);
    if (g->gains) g->value = ent_rats_new(ctx, (size_t)g->profiles, &st);
    ENT_TRY(st);
    ENT_ALLOC(ctx, g->order, g->profiles);
done:
    return st;
}

static void set_shape(const ent_relational *model, ent_i_big_game *g)
{
    int64_t stride = model->profiles;
    g->n = model->n;
    g->profiles = model->profiles;
    for (int i = 0; i < g->n; i++) {
        stride /= model->actions[i];
        g->actions[i] = model->actions[i];
        g->stride[i] = stride;
    }
}

ent_status ent_i_big_game_open(ent_ctx *ctx, const ent_relational *model, ent_i_big_game *g)
{
    ent_status st = ENT_OK;
    ent_rat_init(&g->unit);
    set_shape(model, g);
    ENT_TRY(allocate(ctx, g));
    ent_i_common_unit(model, &g->unit);
    fill_payoffs(model, g);
    fill_replies(g);
    ENT_TRY(sort(ctx, g));
done:
    return st;
}

void ent_i_big_game_release(ent_i_big_game *g)
{
    const size_t all = (size_t)(g->n * g->profiles);
    ent_rats_free(g->payoff, all);
    ent_rats_free(g->reply, all);
    ent_rats_free(g->gains, (size_t)g->profiles);
    ent_rats_free(g->value, (size_t)g->profiles);
    ent_free(g->order);
    if (g->unit.big) ent_rat_release(&g->unit);
    *g = (ent_i_big_game){0};
}
