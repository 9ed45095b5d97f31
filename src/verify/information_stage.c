/* [ITA] Section 3, Definitions 3 and 4, eqs. (1) to (3), Corollary 1. The equilibrium of the policy
 * game, in rationals. Whatever finds it, it is accepted only when every first-order condition holds
 * exactly; the game has a strictly concave potential, so that there is no other. */
#include "verify/information_i.h"

void ent_iv_game_init(ent_ctx *ctx, const ent_information *m, ent_ivgame *game)
{
    *game = (ent_ivgame){.ctx = ctx,
                         .n = m->n,
                         .bias = m->bias.exact,
                         .low = m->low.exact,
                         .high = m->high.exact,
                         .has_low = m->has_low,
                         .has_high = m->has_high};
    ent_rat one = ENT_RAT_ZERO, others = ENT_RAT_ZERO;
    ent_rat_init(&game->eta);
    ent_rat_init(&game->rest);
    ent_rat_init(&game->a);
    ent_rat_set_int(&one, 1);
    ent_rat_set_int(&others, m->n - 1);
    ent_rat_set(&game->eta, &m->eta_exact);
    ent_rat_sub(&game->rest, &one, &game->eta);
    ent_rat_mul(&game->a, &others, &game->eta);
    ent_rat_add(&game->a, &game->a, &one);
}

void ent_iv_game_release(ent_ivgame *game)
{
    ent_rat_release(&game->eta);
    ent_rat_release(&game->rest);
    ent_rat_release(&game->a);
}

/* E(sum of the others' policies | k, signal) of player i; `all` = both kinds of sums of
 * everybody. */
static void others_mean(const ent_ivstage *s, int i, int signal, ent_rat *out)
{
    ent_rat spread = ENT_RAT_ZERO, gap = ENT_RAT_ZERO;
    const bool tells = ent_coal_has(s->truthful, i);
    const ent_rat *x = &s->x[2 * i], *e = tells ? &s->e[0] : &s->e[1 + signal];
    ent_rat_add(out, &s->told, &s->babbled);
    ent_rat_sub(out, out, &x[0]);
    ent_rat_set(&spread, &s->spread);
    if (!tells) {
        ent_rat_sub(&gap, &x[1], &x[0]);
        ent_rat_sub(&spread, &spread, &gap);
    }
    ent_rat_addmul(out, &spread, e);
    ent_rat_release(&spread);
    ent_rat_release(&gap);
}

/* phi_i = (x_i + eta (the others' sum)) / A, and the mean of phi_i - theta - b_i should be 0. */
void ent_iv_slack(const ent_ivgame *g, const ent_ivstage *s, int i, int signal, ent_rat *out)
{
    ent_rat others = ENT_RAT_ZERO, target = ENT_RAT_ZERO;
    const ent_rat *e = ent_coal_has(s->truthful, i) ? &s->e[0] : &s->e[1 + signal];
    others_mean(s, i, signal, &others);
    ent_rat_add(&target, e, &g->bias[i]);
    ent_rat_mul(out, &target, &g->a);
    ent_rat_submul(out, &g->eta, &others);
    ent_rat_sub(out, out, &s->x[2 * i + signal]);
    ent_rat_release(&others);
    ent_rat_release(&target);
}

void ent_iv_add_up(ent_ivstage *s)
{
    ent_rat gap = ENT_RAT_ZERO;
    ent_rat *const sums[] = {&s->told, &s->babbled, &s->spread, &s->spread2};
    for (int k = 0; k < 4; k++) ent_rat_set_int(sums[k], 0);
    for (int i = 0; i < s->n; i++) {
        const ent_rat *x = &s->x[2 * i];
        if (ent_coal_has(s->truthful, i)) {
            ent_rat_add(&s->told, &s->told, &x[0]);
            continue;
        }
        ent_rat_sub(&gap, &x[1], &x[0]);
        ent_rat_add(&s->babbled, &s->babbled, &x[0]);
        ent_rat_add(&s->spread, &s->spread, &gap);
        ent_rat_mul(&gap, &gap, &gap);
        ent_rat_add(&s->spread2, &s->spread2, &gap);
    }
    ent_rat_release(&gap);
}

/* Within the bounds, and no slack but towards a bound that is met. */
static bool is_equilibrium(const ent_ivgame *g, const ent_ivstage *s)
{
    ent_rat slack = ENT_RAT_ZERO;
    bool good = true;
    for (int i = 0; i < s->n && good; i++)
        for (int signal = 0; signal < 2 && good; signal++) {
            const ent_rat *x = &s->x[2 * i + signal];
            const int below = g->has_low[i] ? ent_rat_cmp(x, &g->low[i]) : 1,
                      above = g->has_high[i] ? ent_rat_cmp(x, &g->high[i]) : -1;
            ent_iv_slack(g, s, i, signal, &slack);
            const int sign = ent_rat_sign(&slack);
            good = below >= 0 && above <= 0 &&
                   (sign == 0 || (sign < 0 && below == 0) || (sign > 0 && above == 0));
        }
    ent_rat_release(&slack);
    return good;
}

static ent_status solve(const ent_ivgame *g, ent_ivstage *s, ent_rat *common, ent_ivbound *at)
{
    ent_status st = ENT_OK;
    ent_rat_set_ratio(&s->e[0], s->k + 1, s->t + 2);
    ent_rat_set_ratio(&s->e[1], s->k + 1, s->t + 3);
    ent_rat_set_ratio(&s->e[2], s->k + 2, s->t + 3);
    if (s->t == s->n) {
        ENT_TRY(ent_iv_common(g, &s->e[0], common, NULL));
        for (int i = 0; i < 2 * s->n; i++) ent_rat_set(&s->x[i], &common[i / 2]);
    } else {
        ENT_TRY(ent_iv_pivot(g, s, at));
    }
    ent_iv_add_up(s);
    if (!is_equilibrium(g, s)) ENT_BUG(g->ctx, "the policies found are no equilibrium");
done:
    return st;
}

ent_status ent_iv_stages_new(const ent_ivgame *g, ent_coal truthful, ent_ivstage **out)
{
    ent_status st = ENT_OK;
    const int t = ent_coal_size(truthful);
    ent_ivstage *stages = NULL;
    ent_rat *common = NULL;
    ent_ivbound *at = NULL;
    ENT_ALLOC(g->ctx, stages, t + 1);
    ENT_ALLOC(g->ctx, at, 2 * g->n);
    for (int k = 0; k <= t; k++) {
        stages[k].n = g->n;
        stages[k].t = t;
        stages[k].k = k;
        stages[k].truthful = truthful;
        ent_rat *const owned[] = {&stages[k].e[0],   &stages[k].e[1],    &stages[k].e[2],
                                  &stages[k].told,   &stages[k].babbled, &stages[k].spread,
                                  &stages[k].spread2};
        for (size_t j = 0; j < sizeof owned / sizeof *owned; j++) ent_rat_init(owned[j]);
    }
    common = ent_rats_new(g->ctx, (size_t)g->n, &st);
    if (!common) goto done;
    for (int k = 0; k <= t; k++) {
        stages[k].x = ent_rats_new(g->ctx, 2 * (size_t)g->n, &st);
        if (!stages[k].x) goto done;
        ENT_TRY(solve(g, &stages[k], common, at));
    }
    *out = stages;
    stages = NULL;
done:
    ent_iv_stages_free(stages, t + 1);
    ent_rats_free(common, (size_t)g->n);
    ent_free(at);
    return st;
}

void ent_iv_stages_free(ent_ivstage *stages, int count)
{
    for (int k = 0; stages && k < count; k++) {
        ent_rat *const owned[] = {&stages[k].e[0],   &stages[k].e[1],    &stages[k].e[2],
                                  &stages[k].told,   &stages[k].babbled, &stages[k].spread,
                                  &stages[k].spread2};
        for (size_t j = 0; j < sizeof owned / sizeof *owned; j++) ent_rat_release(owned[j]);
        ent_rats_free(stages[k].x, 2 * (size_t)stages[k].n);
    }
    ent_free(stages);
}
