#include "verify/outside_tree.h"

#include <math.h>

enum { VALUES = ENT_LINE_VALUES };

typedef ent_outside_tree tree;

static const ent_rat *chance(const tree *t, int j)
{
    return j < t->shift ? &t->zero : &t->m->offers.mass_exact[j - t->shift];
}

/* The least r >= 0 with E(Z - r)^+ <= c for an offer worth level[X]; false when even r = 0 is more
 * than that. */
static bool least_deterring(const tree *t, const ent_rat *const *level, ent_rat *r)
{
    ent_rat mass = ENT_RAT_ZERO, sum = ENT_RAT_ZERO;
    bool found = false;
    for (int j = t->n - 1; j >= 0 && !found; j--) {
        if (ent_rat_sign(chance(t, j)) == 0) continue;
        ent_rat_add(&mass, &mass, chance(t, j));
        ent_rat_addmul(&sum, chance(t, j), level[j]);
        ent_rat_sub(r, &sum, &t->m->cost_exact);
        ent_rat_div(r, r, &mass);
        found = j <= t->shift || ent_rat_cmp(r, level[j - 1]) >= 0;
    }
    ent_rat_release(&mass);
    ent_rat_release(&sum);
    return ent_rat_sign(r) >= 0;
}

/* Whether he goes on, and what he gives up when he accepts, in every state after a search. */
static void give_up(tree *t, int period)
{
    ent_rat on = ENT_RAT_ZERO;
    const bool patient = ent_rat_equal(&t->m->discount_exact, &t->one);
    for (int j = 0; j < t->n; j++) {
        ent_line_plan *plan = ent_i_outside_plan(t, period, j);
        ent_rat_mul(&on, &t->m->discount_exact, &t->next[ENT_LINE_PARTNER][j]);
        ent_rat_add(&on, &on, &t->k);
        const int better = ent_rat_cmp(&on, ent_i_outside_worth(t, j));
        const bool matched =
            period < t->periods && ent_i_outside_plan(t, period + 1, j)->kind == ENT_LINE_MATCH;
        plan->goes = better > 0 || (better == 0 && patient && matched && !t->rules->is_taken);
        ent_rat_set(&t->offer[j], better > 0 ? &on : ent_i_outside_worth(t, j));
        if (j && ent_rat_cmp(&t->offer[j], &t->offer[j - 1]) < 0) t->monotone = false;
    }
    ent_rat_release(&on);
}

/* What follows for state j after a search when the offer on the table is not accepted. */
static void refused_value(const tree *t, int period, int j, int f, ent_rat *out)
{
    const bool goes = ent_i_outside_plan(t, period, j)->goes;
    if (f == ENT_LINE_PARTNER) ent_rat_set(out, &t->offer[j]);
    else if (!goes)
        ent_rat_set(out, f == ENT_LINE_NEW_GIVES ? ent_i_outside_worth(t, j) : &t->zero);
    else ent_rat_set(out, &t->next[f][j]);
    if (f == ENT_LINE_PROPOSER) ent_rat_mul(out, out, &t->m->discount_exact);
}

/* [FR] eq. (6) in general: he searches, and accepts R_a up to state a. */
static void search_values(tree *t, int period)
{
    ent_rat tail = ENT_RAT_ZERO, below = ENT_RAT_ZERO, g = ENT_RAT_ZERO, rest = ENT_RAT_ZERO;
    for (int f = 0; f < VALUES; f++) {
        ent_rat_set_int(&tail, f == ENT_LINE_PERIODS ? 1 : 0);
        ent_rat_set_int(&below, 1);
        for (int j = t->n - 1; j >= 0; j--) {
            ent_rat *v = &t->search[f][j];
            ent_rat_set(v, &tail);
            if (f == ENT_LINE_PROPOSER)
                ent_rat_sub(&rest, &t->one, &t->offer[j]), ent_rat_addmul(v, &rest, &below);
            if (f == ENT_LINE_PARTNER) {
                ent_rat_addmul(v, &t->offer[j], &below);
                ent_rat_sub(v, v, &t->m->cost_exact);
                ent_rat_sub(v, v, &t->k);
            }
            if (f == ENT_LINE_ALLY) ent_rat_add(v, v, &below);
            if (f == ENT_LINE_ALLY_GIVES) ent_rat_addmul(v, &t->offer[j], &below);
            refused_value(t, period, j, f, &g);
            ent_rat_addmul(&tail, chance(t, j), &g);
            ent_rat_sub(&below, &below, chance(t, j));
        }
    }
    ent_rat_release(&tail);
    ent_rat_release(&below);
    ent_rat_release(&g);
    ent_rat_release(&rest);
}

/* Does he search when offered R_a, in state a and in all below? */
static bool searches(const tree *t, int a)
{
    ent_rat accept = ENT_RAT_ZERO;
    ent_rat_sub(&accept, &t->offer[a], &t->k);
    const bool yes = ent_rat_cmp(&t->search[ENT_LINE_PARTNER][a], &accept) > 0;
    ent_rat_release(&accept);
    return yes;
}

static void settle(tree *t, int j, const ent_rat *contribution)
{
    ent_rat_set(&t->prescribed[j], contribution);
    ent_rat_sub(&t->next[ENT_LINE_PROPOSER][j], &t->one, contribution);
    ent_rat_sub(&t->next[ENT_LINE_PARTNER][j], contribution, &t->k);
    ent_rat_set(&t->next[ENT_LINE_ALLY][j], &t->one);
    ent_rat_set(&t->next[ENT_LINE_ALLY_GIVES][j], contribution);
    ent_rat_set(&t->next[ENT_LINE_NEW_GIVES][j], &t->zero);
    ent_rat_set(&t->next[ENT_LINE_PERIODS][j], &t->one);
}

/* The better of deterring him and of the best offer that he accepts after a search. */
static void choose(tree *t, ent_line_plan *plan, int j, int best)
{
    const ent_rat *accepted =
        ent_rat_cmp(&t->threshold, &t->offer[j]) > 0 ? &t->threshold : &t->offer[j];
    ent_rat sure = ENT_RAT_ZERO;
    ent_rat_sub(&sure, &t->one, accepted);
    const int better = best < 0 ? 1 : ent_rat_cmp(&sure, &t->search[ENT_LINE_PROPOSER][best]);
    ent_rat_release(&sure);
    plan->slack = INFINITY;
    plan->item = best;
    plan->kind = ENT_LINE_HOLD;
    if (better > 0 || (better == 0 && t->rules->is_sure)) {
        plan->kind =
            ent_rat_equal(accepted, ent_i_outside_worth(t, j)) && ent_rat_cmp(accepted, &t->k) >= 0
                ? ENT_LINE_MATCH
            : ent_rat_equal(accepted, &t->k) ? ENT_LINE_FLOOR
                                             : ENT_LINE_DETER;
        settle(t, j, accepted);
        return;
    }
    ent_rat_set(&t->prescribed[j], &t->offer[best]);
    for (int f = 0; f < VALUES; f++) ent_rat_set(&t->next[f][j], &t->search[f][best]);
}

/* One period, from the values of the next to its own. [FR] Tables 1 and 2 in general */
static ent_status solve_period(tree *t, int period)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(t->ctx);
    const ent_rat **level = NULL;
    ENT_SCRATCH(t->ctx, level, t->n);
    give_up(t, period);
    search_values(t, period);
    for (int j = 0; j < t->n; j++) level[j] = &t->offer[j];
    if (!least_deterring(t, level, &t->threshold)) ent_rat_set_int(&t->threshold, 0);
    int best = -1;
    for (int j = t->n - 1; j >= 0; j--) {
        const bool candidate = searches(t, j);
        if (candidate && (best < 0 || ent_rat_cmp(&t->search[ENT_LINE_PROPOSER][j],
                                                  &t->search[ENT_LINE_PROPOSER][best]) > 0))
            best = j;
        ent_line_plan *plan = ent_i_outside_plan(t, period, j);
        choose(t, plan, j, best);
        plan->offer = ent_rat_double(&t->prescribed[j]);
        plan->cutoff = best >= 0 ? ent_rat_double(ent_i_outside_worth(t, best)) : (double)NAN;
    }
done:
    ent_scratch_reset(t->ctx, mark);
    return st;
}

/* P(he searched with a cutoff below m), added up as m rises; cutoffs do not fall. `waiting`: the
 * first state not looked at. */
static void release_below(const tree *t, int period, int m, int *waiting, ent_rat *searching)
{
    for (; *waiting <= m; (*waiting)++) {
        const ent_line_plan *from = ent_i_outside_plan(t, period, *waiting);
        if (from->kind != ENT_LINE_HOLD) continue;
        if (from->item >= m) return;
        ent_rat_add(searching, searching, &t->now[*waiting]);
    }
}

/* Forwards: now[j] = P(the next period begins with state j). */
static void reach(tree *t)
{
    ent_rat searching = ENT_RAT_ZERO, fresh = ENT_RAT_ZERO;
    ent_rat_set(&t->reach[0], &t->one);
    for (int j = 0; j < t->n; j++) ent_rat_set(&t->now[j], j ? &t->zero : &t->one);
    for (int period = 1; period < t->periods; period++) {
        int waiting = 0; /* states below this have been looked at */
        ent_rat_set_int(&searching, 0);
        for (int m = 0; m < t->n; m++) {
            release_below(t, period, m, &waiting, &searching);
            ent_rat_mul(&fresh, &searching, chance(t, m));
            if (!ent_i_outside_plan(t, period, m)->goes) ent_rat_set_int(&fresh, 0);
            ent_rat_set(&t->search[0][m], &fresh);
        }
        ent_rat_set_int(&t->reach[period], 0);
        for (int m = 0; m < t->n; m++) {
            ent_rat_set(&t->now[m], &t->search[0][m]);
            ent_rat_add(&t->reach[period], &t->reach[period], &t->now[m]);
        }
    }
    ent_rat_release(&searching);
    ent_rat_release(&fresh);
}

static ent_status rats(ent_ctx *ctx, int n, ent_rat **out)
{
    ent_status st = ENT_OK;
    *out = ent_rats_new(ctx, (size_t)n, &st);
    return st;
}

static ent_status make_room(tree *t)
{
    ent_status st = ENT_OK;
    for (int f = 0; f < VALUES; f++) {
        ENT_TRY(rats(t->ctx, t->n, &t->next[f]));
        ENT_TRY(rats(t->ctx, t->n, &t->search[f]));
    }
    ENT_TRY(rats(t->ctx, t->n, &t->offer));
    ENT_TRY(rats(t->ctx, t->n, &t->prescribed));
    ENT_TRY(rats(t->ctx, t->n, &t->now));
    ENT_TRY(rats(t->ctx, t->periods, &t->reach));
    ENT_ALLOC(t->ctx, t->plan, (size_t)t->n * (size_t)t->periods);
done:
    return st;
}

void ent_i_outside_tree_release(ent_outside_tree *t)
{
    const size_t n = (size_t)t->n;
    for (int f = 0; f < VALUES; f++) {
        ent_rats_free(t->next[f], n);
        ent_rats_free(t->search[f], n);
    }
    ent_rats_free(t->offer, n);
    ent_rats_free(t->prescribed, n);
    ent_rats_free(t->now, n);
    ent_rats_free(t->reach, (size_t)t->periods);
    ent_free(t->plan);
    ent_rat_release(&t->k);
    ent_rat_release(&t->r_star);
    ent_rat_release(&t->threshold);
}

static ent_status solve(tree *t)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(t->ctx);
    const ent_rat **level = NULL;
    ENT_SCRATCH(t->ctx, level, t->n);
    for (int j = 0; j < t->n; j++) level[j] = ent_i_outside_worth(t, j);
    t->monotone = true;
    t->reserved = least_deterring(t, level, &t->r_star);
    for (int period = t->periods; period >= 1; period--) {
        ENT_TRY(solve_period(t, period));
        if (period == t->periods)
            t->deters_alone = ent_i_outside_plan(t, period, 0)->kind != ENT_LINE_HOLD;
    }
    reach(t);
done:
    ent_scratch_reset(t->ctx, mark);
    return st;
}

ent_status ent_i_outside_tree_solve(ent_ctx *ctx, const ent_outside *m, const ent_back_rules *rules,
                                    ent_outside_tree *t)
{
    ent_status st = ENT_OK;
    *t = (ent_outside_tree){.ctx = ctx,
                            .m = m,
                            .rules = rules,
                            .periods = m->periods,
                            .k = ENT_RAT_ZERO,
                            .r_star = ENT_RAT_ZERO,
                            .one = ENT_RAT_ZERO,
                            .zero = ENT_RAT_ZERO,
                            .threshold = ENT_RAT_ZERO};
    t->shift = ent_rat_sign(&m->offers.atom_exact[0]) > 0 ? 1 : 0;
    t->n = m->offers.atoms + t->shift;
    ent_rat_set_int(&t->one, 1);
    ent_rat_sub(&t->k, &m->fee_exact, &t->one);
    ENT_TRY(make_room(t));
    ENT_TRY(solve(t));
done:
    return st;
}
