#include "strategic/coco_exact.h"

#include <math.h>

/* The limit of the claims is read off at two prices near it, 2^-20 and 2^-40 of the way: where
 * conflicts keep their kernels, and payoffs their ties, claims are then the same to the last digit,
 * or approach the limit in proportion to the distance: the line through both leads to it, but for
 * what is of the order of 2^-60. */
enum { FAR = 20, NEAR = 40 };

/* The value at 0 of the line through `far` at 2^-FAR and `near` at 2^-NEAR, into near; a claim that
 * still moves steeply, by so many ranges of payoffs a unit of price, stays as it is. */
static void extrapolate(const ent_rat *far, double range, ent_rat *near)
{
    static const double STEEP = 256.0;
    if (!(fabs(ent_rat_double(near) - ent_rat_double(far)) <= ldexp(STEEP * range, -FAR))) return;
    ent_rat part = ENT_RAT_ZERO, step = ENT_RAT_ZERO;
    ent_rat_sub(&step, near, far);
    ent_rat_set_ratio(&part, 1, ((int64_t)1 << (NEAR - FAR)) - 1);
    ent_rat_addmul(near, &part, &step);
    ent_rat_release(&part);
    ent_rat_release(&step);
}

/* approach = limit + 2^-bits direction, normalised. */
static void prices_near(int n, const ent_rat *limit, const double *direction, int bits,
                        ent_rat *approach)
{
    ent_rat step = ENT_RAT_ZERO, sum = ENT_RAT_ZERO;
    for (int i = 0; i < n; i++) {
        ent_rat_set_double(&approach[i], direction[i]);
        ent_rat_set_ratio(&step, 1, (int64_t)1 << bits);
        ent_rat_mul(&approach[i], &approach[i], &step);
        ent_rat_add(&approach[i], &approach[i], &limit[i]);
        ent_rat_add(&sum, &sum, &approach[i]);
    }
    for (int i = 0; i < n; i++) ent_rat_div(&approach[i], &approach[i], &sum);
    ent_rat_release(&step);
    ent_rat_release(&sum);
}

static ent_status threats_near(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                               const ent_rat *price, ent_exact_threats *out)
{
    double scaled[ENT_COCO_PLAYERS];
    for (int i = 0; i < m->n; i++) scaled[i] = ent_rat_double(&price[i]) * g->range[i];
    ent_threats_at(g->t, scaled);
    ent_i_exact_threats_release(out);
    return ent_i_exact_threats(ctx, g->t, &m->payoff, price, out);
}

/* The direction on a grid of 1/64: how exactly prices approach 0 together does not matter. */
static void coarse(int n, const double *direction, double *rounded)
{
    static const double GRID = 64.0;
    for (int i = 0; i < n; i++) {
        const double steps = direction[i] * GRID;
        rounded[i] =
            direction[i] > 0.0 ? (double)(int)(steps < 1.0 ? 1.0 : steps + 0.5) / GRID : 0.0;
    }
}

/* The claims psi_i / a_i near the boundary; at the nearer prices they are led on to the boundary,
 * and a claim that still moved is not known. */
static void claims_near(const ent_grand *g, const ent_point *point, const ent_exact_threats *near,
                        const ent_rat *approach, bool second, ent_rat *before, bool *known)
{
    ent_rat claim = ENT_RAT_ZERO;
    for (int i = 0; i < g->n; i++) {
        ent_rat_div(&claim, &near->psi[i], &approach[i]);
        if (second && ent_coal_has(point->zero, i) && !ent_rat_equal(&claim, &before[i]))
            *known = false;
        if (second) extrapolate(&before[i], g->range[i], &claim);
        ent_rat_set(&before[i], &claim);
    }
    ent_rat_release(&claim);
}

ent_status ent_i_boundary_exact(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                                const ent_point *point, const double *direction,
                                ent_exact_point *out, ent_rat *approach, ent_exact_threats *near,
                                double *limit)
{
    ent_status st = ENT_OK;
    double rounded[ENT_COCO_PLAYERS];
    ent_rat *base = ent_rats_new(ctx, (size_t)m->n, &st), before[ENT_COCO_PLAYERS];
    if (!base) return st;
    for (int i = 0; i < m->n; i++) ent_rat_init(&before[i]);
    coarse(m->n, direction, rounded);
    ENT_TRY(ent_i_coco_exact(ctx, g, m, point, out));
    for (int i = 0; i < m->n; i++) {
        if (out->known) ent_rat_set(&base[i], &out->price[i]);
        else ent_rat_set_double(&base[i], point->price[i]);
    }
    for (int pass = 0; pass < 2; pass++) {
        prices_near(m->n, base, rounded, pass == 0 ? FAR : NEAR, approach);
        ENT_TRY(threats_near(ctx, g, m, approach, near));
        claims_near(g, point, near, approach, pass == 1, before, &out->known);
    }
    for (int i = 0; i < m->n; i++) {
        const bool zero = ent_coal_has(point->zero, i);
        limit[i] = zero ? ent_rat_double(&before[i]) : point->utility[i];
        if (zero) ent_rat_set(&out->utility[i], &before[i]);
    }
done:
    for (int i = 0; i < m->n; i++) ent_rat_release(&before[i]);
    ent_rats_free(base, (size_t)m->n);
    return st;
}
