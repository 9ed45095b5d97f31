#include "strategic/constrained.h"

#include "concept/exact_mix.h"

#include <math.h>

static const ent_rat *table(const ent_constrained *c, int i)
{
    return c->m->payoff.exact + i * c->m->profiles;
}

/* The mean payoff of player i when side k plays r and the others their strategy. */
static void mean_at(const ent_constrained *c, int k, int r, int i, ent_rat *out)
{
    const ent_side *s = &c->side[k], *o = &c->side[s->other];
    ent_rat_set_int(out, 0);
    for (int q = 0; q < o->plays; q++)
        if (ent_rat_sign(&c->rho[s->other][q]) != 0)
            ent_rat_addmul(out, &c->rho[s->other][q], &table(c, i)[s->at[r] + o->at[q]]);
}

static void conflict_payoffs(ent_constrained *c, int k)
{
    const ent_side *s = &c->side[k];
    ent_rat mean = ENT_RAT_ZERO;
    for (int i = 0; i < c->n; i++) {
        ent_rat *u = ent_i_constrained_payoff(c, s->s, i);
        if (!ent_coal_has(s->s, i)) continue;
        ent_rat_set_int(u, 0);
        for (int r = 0; r < s->plays; r++) {
            if (ent_rat_sign(&c->rho[k][r]) == 0) continue;
            mean_at(c, k, r, i, &mean);
            ent_rat_addmul(u, &c->rho[k][r], &mean);
        }
    }
    ent_rat_release(&mean);
}

/* P(S) = min over i in S of a_i u_i^S + P(S\i). */
static void find_potential(ent_constrained *c, ent_coal s)
{
    ent_rat e = ENT_RAT_ZERO;
    bool first = true;
    for (int i = 0; i < c->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        ent_rat_mul(&e, &c->price[i], ent_i_constrained_payoff(c, s, i));
        ent_rat_add(&e, &e, &c->potential[s & ~ent_coal_single(i)]);
        if (first || ent_rat_cmp(&e, &c->potential[s]) < 0) ent_rat_set(&c->potential[s], &e);
        first = false;
    }
    ent_rat_release(&e);
}

static void worth(const ent_constrained *c, int64_t profile, ent_rat *out)
{
    ent_rat_set_int(out, 0);
    for (int i = 0; i < c->n; i++) ent_rat_addmul(out, &c->price[i], &table(c, i)[profile]);
}

void ent_i_constrained_evaluate(ent_constrained *c)
{
    const ent_coal all = ent_coal_all(c->n);
    ent_rat x = ENT_RAT_ZERO;
    for (int k = 0; k < c->sides; k++) conflict_payoffs(c, k);
    for (ent_coal s = 1; s < all; s++) find_potential(c, s);
    for (int64_t p = 0; p < c->m->profiles; p++) {
        worth(c, p, &x);
        if (p == 0 || ent_rat_cmp(&x, &c->joint) > 0) ent_rat_set(&c->joint, &x);
    }
    ent_rat_set(&c->potential[all], &c->joint);
    for (int i = 0; i < c->n; i++)
        ent_rat_add(&c->potential[all], &c->potential[all],
                    &c->potential[all & ~ent_coal_single(i)]);
    ent_rat_set_int(&x, c->n);
    ent_rat_div(&c->potential[all], &c->potential[all], &x);
    for (int i = 0; i < c->n; i++) {
        ent_rat_sub(&x, &c->potential[all], &c->potential[all & ~ent_coal_single(i)]);
        if (ent_rat_sign(&c->price[i]) > 0) ent_rat_div(&c->utility[i], &x, &c->price[i]);
        else ent_rat_set_double(&c->utility[i], c->point.utility[i]);
    }
    ent_rat_release(&x);
}

/* Is no play of side k better at its multipliers than what it attains? */
static bool best_reply(const ent_constrained *c, int k)
{
    const ent_side *s = &c->side[k];
    ent_rat attained = ENT_RAT_ZERO, size = ENT_RAT_ZERO, here = ENT_RAT_ZERO, mean = ENT_RAT_ZERO,
            factor = ENT_RAT_ZERO;
    bool good = true;
    ent_rat_set_int(&size, s->size);
    ent_rat_mul(&attained, &size, &c->potential[s->s]);
    for (int j = 0; j < c->n; j++)
        if (!ent_coal_has(s->s, j))
            ent_rat_submul(&attained, &c->price[j],
                           ent_i_constrained_payoff(c, ent_coal_all(c->n) & ~s->s, j));
    for (int r = 0; r < s->plays && good; r++) {
        ent_rat_neg(&here, &attained);
        for (int i = 0; i < c->n; i++) {
            mean_at(c, k, r, i, &mean);
            ent_rat_mul(&mean, &mean, &c->price[i]);
            if (!ent_coal_has(s->s, i)) {
                ent_rat_sub(&here, &here, &mean);
                continue;
            }
            ent_rat_add(&mean, &mean, &c->potential[s->s & ~ent_coal_single(i)]);
            ent_rat_mul(&factor, &size, &c->mu[k][i]);
            ent_rat_addmul(&here, &factor, &mean);
        }
        good = ent_rat_sign(&here) <= 0;
    }
    ent_rat_release(&attained);
    ent_rat_release(&size);
    ent_rat_release(&here);
    ent_rat_release(&mean);
    ent_rat_release(&factor);
    return good;
}

/* The utilities as a mix of plays that attain D_N exactly. */
static ent_status lottery(ent_ctx *ctx, ent_constrained *c, bool *found)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    int64_t *tie = NULL;
    int ties = 0, support = 0;
    ent_rat x = ENT_RAT_ZERO, *point = NULL, *weight = NULL;
    ENT_SCRATCH(ctx, tie, c->m->profiles);
    for (int64_t p = 0; p < c->m->profiles; p++) {
        worth(c, p, &x);
        if (ent_rat_equal(&x, &c->joint)) tie[ties++] = p;
    }
    point = ent_rats_new(ctx, (size_t)ties * (size_t)c->n, &st);
    if (st == ENT_OK) weight = ent_rats_new(ctx, (size_t)ties, &st);
    if (st != ENT_OK) goto done;
    for (int l = 0; l < ties; l++)
        for (int i = 0; i < c->n; i++) ent_rat_set(&point[l * c->n + i], &table(c, i)[tie[l]]);
    ENT_TRY(ent_i_exact_mix(ctx, c->n, ties, point, c->utility, weight, found));
    for (int l = 0; *found && l < ties; l++) {
        if (ent_rat_sign(&weight[l]) == 0) continue;
        c->point.profile[support] = tie[l];
        c->point.weight[support] = ent_rat_double(&weight[l]);
        ent_rat_set(&c->weight[support++], &weight[l]);
    }
    if (*found) c->point.support = support;
done:
    ent_rat_release(&x);
    ent_rats_free(point, (size_t)ties * (size_t)c->n);
    ent_rats_free(weight, (size_t)ties);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Every coalition's strategy a best reply by its multipliers, exactly;
 * and the lottery. */
static ent_status prove(ent_ctx *ctx, ent_constrained *c, bool *proved)
{
    *proved = true;
    for (int i = 0; i < c->n; i++) *proved = *proved && ent_rat_sign(&c->price[i]) > 0;
    for (int k = 0; k < c->sides && *proved; k++) *proved = best_reply(c, k);
    return *proved ? lottery(ctx, c, proved) : ENT_OK;
}

/* n weights as doubles or as simple fractions near them, negligible ones 0, of sum 1 exactly when
 * they are fractions. */
static void round_weights(int n, const double *x, double distance, ent_rat *out)
{
    static const double NOTHING = 1e-9;
    double sum = 0.0;
    ent_rat total = ENT_RAT_ZERO, lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    for (int k = 0; k < n; k++) sum += x[k] > NOTHING ? x[k] : 0.0;
    for (int k = 0; k < n; k++) {
        const double weight = x[k] > NOTHING ? x[k] / sum : 0.0;
        ent_rat_set_double(&lo, weight * (1.0 - distance));
        ent_rat_set_double(&hi, weight * (1.0 + distance));
        if (distance > 0.0) ent_rat_simplest(&out[k], &lo, &hi);
        else ent_rat_set_double(&out[k], weight);
        ent_rat_add(&total, &total, &out[k]);
    }
    for (int k = 0; k < n && distance > 0.0; k++) ent_rat_div(&out[k], &out[k], &total);
    ent_rat_release(&total);
    ent_rat_release(&lo);
    ent_rat_release(&hi);
}

/* Prices measured by the largest, then of sum 1. */
static void round_prices(ent_constrained *c, double distance)
{
    double ratio[ENT_COCO_PLAYERS], top = 0.0, sum = 0.0;
    ent_rat total = ENT_RAT_ZERO, lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    for (int i = 0; i < c->n; i++) top = fmax(top, c->point.price[i]), sum += c->point.price[i];
    for (int i = 0; i < c->n; i++) {
        ratio[i] = c->point.price[i] / (distance > 0.0 ? top : sum);
        ent_rat_set_double(&lo, ratio[i] * (1.0 - distance));
        ent_rat_set_double(&hi, ratio[i] * (1.0 + distance));
        if (distance > 0.0) ent_rat_simplest(&c->price[i], &lo, &hi);
        else ent_rat_set_double(&c->price[i], ratio[i]);
        ent_rat_add(&total, &total, &c->price[i]);
    }
    for (int i = 0; i < c->n && distance > 0.0; i++)
        ent_rat_div(&c->price[i], &c->price[i], &total);
    ent_rat_release(&total);
    ent_rat_release(&lo);
    ent_rat_release(&hi);
}

static void round_all(ent_constrained *c, const ent_barrier *b, double distance)
{
    round_prices(c, distance);
    for (int k = 0; k < c->sides; k++) {
        const ent_side *s = &c->side[k];
        double mu[ENT_COCO_PLAYERS] = {0};
        round_weights(s->plays, b->y + s->rho, distance, c->rho[k]);
        for (int i = 0, at = 0; i < c->n; i++)
            if (ent_coal_has(s->s, i)) mu[i] = s->size == 1 ? 1.0 : b->y[s->mu + at++];
        round_weights(c->n, mu, distance, c->mu[k]);
    }
    ent_i_constrained_evaluate(c);
}

void ent_i_constrained_free(ent_constrained *c)
{
    if (!c) return;
    const size_t n = (size_t)c->n, coalitions = (size_t)1 << c->n;
    for (int k = 0; k < c->sides; k++) {
        if (c->rho) ent_rats_free(c->rho[k], (size_t)c->side[k].plays);
        if (c->mu) ent_rats_free(c->mu[k], n);
    }
    ent_free(c->rho);
    ent_free(c->mu);
    ent_free(c->side);
    ent_rats_free(c->price, n);
    ent_rats_free(c->payoff, coalitions * n);
    ent_rats_free(c->potential, coalitions);
    ent_rats_free(c->utility, n);
    ent_rat_release(&c->joint);
    for (int l = 0; l < ENT_COCO_SUPPORT; l++) ent_rat_release(&c->weight[l]);
    ent_free(c);
}

ent_status ent_i_constrained_allocate(ent_ctx *ctx, const ent_barrier *b, const ent_strategic *m,
                                      ent_constrained **out)
{
    ent_status st = ENT_OK;
    ent_constrained *c = NULL;
    const size_t n = (size_t)m->n, coalitions = (size_t)1 << m->n;
    ENT_ALLOC(ctx, c, 1);
    c->m = m;
    c->n = m->n;
    ent_rat_init(&c->joint);
    for (int l = 0; l < ENT_COCO_SUPPORT; l++) ent_rat_init(&c->weight[l]);
    ENT_ALLOC(ctx, c->side, b->sides + 1);
    ENT_ALLOC(ctx, c->rho, b->sides + 1);
    ENT_ALLOC(ctx, c->mu, b->sides + 1);
    c->price = ent_rats_new(ctx, n, &st);
    if (st == ENT_OK) c->payoff = ent_rats_new(ctx, coalitions * n, &st);
    if (st == ENT_OK) c->potential = ent_rats_new(ctx, coalitions, &st);
    if (st == ENT_OK) c->utility = ent_rats_new(ctx, n, &st);
    for (int k = 0; k < b->sides && st == ENT_OK; k++) {
        c->side[k] = b->side[k];
        c->sides = k + 1;
        c->rho[k] = ent_rats_new(ctx, (size_t)b->side[k].plays, &st);
        if (st == ENT_OK) c->mu[k] = ent_rats_new(ctx, n, &st);
    }
    if (st != ENT_OK) goto done;
    *out = c;
    c = NULL;
done:
    ent_i_constrained_free(c);
    return st;
}

ent_status ent_i_constrained_new(ent_ctx *ctx, const ent_barrier *b, const ent_strategic *m,
                                 bool try_exact, ent_constrained **out)
{
    static const double distance[] = {1e-2, 1e-4, 1e-6, 1e-8, 1e-10};
    ent_status st = ENT_OK;
    ent_constrained *c = NULL;
    ENT_TRY(ent_i_constrained_allocate(ctx, b, m, &c));
    ent_i_barrier_point(b, &c->point);
    ent_i_coco_unscale(b->g, &c->point);
    const ent_point found = c->point;
    for (size_t k = 0; try_exact && !c->exact && k < sizeof distance / sizeof *distance; k++) {
        round_all(c, b, distance[k]);
        ENT_TRY(prove(ctx, c, &c->exact));
    }
    if (!c->exact) {
        c->point = found;
        round_all(c, b, 0.0);
    }
    for (int i = 0; i < c->n; i++) {
        c->point.price[i] = ent_rat_double(&c->price[i]);
        c->point.utility[i] = ent_rat_double(&c->utility[i]);
    }
    c->point.joint = ent_rat_double(&c->joint);
    *out = c;
    c = NULL;
done:
    ent_i_constrained_free(c);
    return st;
}
