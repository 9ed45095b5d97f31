/* The action stage in rationals: Newton's steps from the solution in doubles. A step is exact, so
 * once the set of binding bounds repeats, the solution is the equilibrium: its policies answer u,
 * and u is what they make of it. */
#include "information/bayes_stage.h"

#include <math.h>

enum { STEPS = 60, WORK = 12 };

typedef struct solver {
    const ent_information *m;
    const ent_rat *high; /* [n] in place of the model's, or NULL */
    ent_bayes_exact *out;
    ent_rat a, one, rest; /* A; 1; 1 - eta */
    ent_rat e, e_s[2], not_e, not_e_s[2];
    ent_rat own[2], cross[2], det; /* a babbler's own problem */
    ent_rat w[WORK];
    ent_rat sum[2][3];  /* of the two equations: constant, u_0, u_1 */
    signed char *bound; /* [n][2] -1 at low, 0 between, 1 at high */
} solver;

static const ent_rat *low_of(const solver *s, int i)
{
    return s->m->has_low[i] ? &s->m->low.exact[i] : NULL;
}

static const ent_rat *high_of(const solver *s, int i)
{
    if (s->high) return &s->high[i];
    return s->m->has_high[i] ? &s->m->high.exact[i] : NULL;
}

/* x brought within i's bounds; which one binds. Upper bounds come last: a bound of 0 to 0 is a
 * bound above. */
static signed char clip(const solver *s, int i, ent_rat *x)
{
    signed char side = 0;
    const ent_rat *lo = low_of(s, i), *hi = high_of(s, i);
    if (lo && ent_rat_cmp(x, lo) <= 0) ent_rat_set(x, lo), side = -1;
    if (hi && ent_rat_cmp(x, hi) >= 0) ent_rat_set(x, hi), side = 1;
    return side;
}

/* (u_r + A b + cross_r x_other) / own_r, into out. */
static void babbler_reply(solver *s, int j, int r, const ent_rat *other, ent_rat *out)
{
    ent_rat *w = &s->w[0];
    ent_rat_mul(w, &s->a, &s->m->bias.exact[j]);
    ent_rat_add(w, w, &s->out->u[r]);
    if (other) ent_rat_addmul(w, &s->cross[r], other);
    ent_rat_div(out, w, &s->own[r]);
}

/* Both between the bounds: the 2 x 2 system. */
static void babbler_free(solver *s, int j, ent_rat x[2])
{
    ent_rat *w = s->w;
    for (int r = 0; r < 2; r++) {
        ent_rat_mul(&w[1 + r], &s->a, &s->m->bias.exact[j]);
        ent_rat_add(&w[1 + r], &w[1 + r], &s->out->u[r]);
    }
    for (int r = 0; r < 2; r++) {
        ent_rat_mul(&w[3], &s->own[1 - r], &w[1 + r]);
        ent_rat_addmul(&w[3], &s->cross[r], &w[2 - r]);
        ent_rat_div(&x[r], &w[3], &s->det);
    }
}

/* The 2 x 2 problem with bounds has one solution; find the pattern that is consistent. */
static void babble(solver *s, int j, ent_rat x[2], signed char side[2])
{
    babbler_free(s, j, x);
    side[0] = clip(s, j, &x[0]);
    side[1] = clip(s, j, &x[1]);
    if (!side[0] && !side[1]) return;
    for (int first = 0; first < 2; first++)
        for (int at = -1; at <= 1; at += 2) {
            const ent_rat *bound = at < 0 ? low_of(s, j) : high_of(s, j);
            const int other = 1 - first;
            if (!bound) continue;
            ent_rat_set(&x[first], bound);
            babbler_reply(s, j, other, &x[first], &x[other]);
            side[other] = clip(s, j, &x[other]);
            babbler_reply(s, j, first, &x[other], &s->w[4]);
            const int sign = ent_rat_cmp(&s->w[4], bound);
            if (at < 0 ? sign <= 0 : sign >= 0) {
                side[first] = (signed char)at;
                return;
            }
        }
}

/* Everybody's policies given u; true when some set of binding bounds changed. */
static bool policies(solver *s)
{
    bool changed = false;
    ent_rat *w = s->w;
    ent_rat_mul(&w[6], &s->not_e, &s->out->u[0]);
    ent_rat_addmul(&w[6], &s->e, &s->out->u[1]);
    for (int i = 0; i < s->m->n; i++) {
        ent_rat *x = &s->out->x[2 * i];
        signed char side[2];
        if (ent_coal_has(s->out->truthful, i)) {
            ent_rat_mul(&w[7], &s->a, &s->m->bias.exact[i]);
            ent_rat_add(&w[7], &w[7], &w[6]);
            ent_rat_div(&x[0], &w[7], &s->rest);
            side[0] = side[1] = clip(s, i, &x[0]);
            ent_rat_set(&x[1], &x[0]);
        } else {
            babble(s, i, x, side);
        }
        changed = changed || side[0] != s->bound[2 * i] || side[1] != s->bound[2 * i + 1];
        s->bound[2 * i] = side[0], s->bound[2 * i + 1] = side[1];
    }
    return changed;
}

/* weight times (constant + b0 u_0 + b1 u_1) of a policy after signal q, added to both equations. */
static void add_affine(solver *s, int q, const ent_rat *constant, const ent_rat *b0,
                       const ent_rat *b1)
{
    for (int r = 0; r < 2; r++) {
        const ent_rat *weight = q ? &s->e_s[r] : &s->not_e_s[r];
        if (constant) ent_rat_addmul(&s->sum[r][0], weight, constant);
        if (b0) ent_rat_addmul(&s->sum[r][1], weight, b0);
        if (b1) ent_rat_addmul(&s->sum[r][2], weight, b1);
    }
}

static void add_truthful(solver *s, int i)
{
    ent_rat *w = s->w;
    const ent_rat *x = &s->out->x[2 * i];
    if (s->bound[2 * i]) {
        add_affine(s, 0, x, NULL, NULL);
        add_affine(s, 1, x, NULL, NULL);
        return;
    }
    ent_rat_mul(&w[0], &s->a, &s->m->bias.exact[i]);
    ent_rat_div(&w[0], &w[0], &s->rest);
    ent_rat_div(&w[1], &s->not_e, &s->rest);
    ent_rat_div(&w[2], &s->e, &s->rest);
    add_affine(s, 0, &w[0], &w[1], &w[2]);
    add_affine(s, 1, &w[0], &w[1], &w[2]);
}

static void add_babbler(solver *s, int j)
{
    ent_rat *w = s->w;
    const ent_rat *x = &s->out->x[2 * j];
    const signed char *side = &s->bound[2 * j];
    ent_rat_mul(&w[0], &s->a, &s->m->bias.exact[j]);
    for (int r = 0; r < 2; r++) {
        const int other = 1 - r;
        if (side[r]) {
            add_affine(s, r, &x[r], NULL, NULL);
        } else if (side[other]) { /* (u_r + A b + cross x_other) / own */
            ent_rat_set(&w[1], &w[0]);
            ent_rat_addmul(&w[1], &s->cross[r], &x[other]);
            ent_rat_div(&w[1], &w[1], &s->own[r]);
            ent_rat_div(&w[2], &s->one, &s->own[r]);
            add_affine(s, r, &w[1], r ? NULL : &w[2], r ? &w[2] : NULL);
        } else { /* (own_other (u_r + A b) + cross_r (u_other + A b)) / det */
            ent_rat_div(&w[1], &s->own[other], &s->det);
            ent_rat_div(&w[2], &s->cross[r], &s->det);
            ent_rat_add(&w[3], &w[1], &w[2]);
            ent_rat_mul(&w[3], &w[3], &w[0]);
            add_affine(s, r, &w[3], r ? &w[2] : &w[1], r ? &w[1] : &w[2]);
        }
    }
}

/* u from the binding bounds: two linear equations, u_r + eta sum_r(u) = A e_r. */
static void solve_u(solver *s)
{
    ent_rat *w = s->w;
    for (int r = 0; r < 2; r++)
        for (int c = 0; c < 3; c++) ent_rat_set_int(&s->sum[r][c], 0);
    for (int i = 0; i < s->m->n; i++) {
        if (ent_coal_has(s->out->truthful, i)) add_truthful(s, i);
        else add_babbler(s, i);
    }
    for (int r = 0; r < 2; r++) {
        for (int c = 0; c < 3; c++) ent_rat_mul(&s->sum[r][c], &s->sum[r][c], &s->m->eta_exact);
        ent_rat_add(&s->sum[r][1 + r], &s->sum[r][1 + r], &s->one);
        ent_rat_mul(&w[0], &s->a, &s->e_s[r]);
        ent_rat_sub(&s->sum[r][0], &w[0], &s->sum[r][0]);
    }
    ent_rat_mul(&w[0], &s->sum[0][1], &s->sum[1][2]);
    ent_rat_submul(&w[0], &s->sum[0][2], &s->sum[1][1]);
    ent_rat_mul(&w[1], &s->sum[0][0], &s->sum[1][2]);
    ent_rat_submul(&w[1], &s->sum[0][2], &s->sum[1][0]);
    ent_rat_mul(&w[2], &s->sum[0][1], &s->sum[1][0]);
    ent_rat_submul(&w[2], &s->sum[0][0], &s->sum[1][1]);
    ent_rat_div(&s->out->u[0], &w[1], &w[0]);
    ent_rat_div(&s->out->u[1], &w[2], &w[0]);
}

/* Estimates and the coefficients of the babblers' own problems, for k ones among t. */
static void estimates(solver *s)
{
    const int k = s->out->k, t = s->out->t;
    ent_rat_set_ratio(&s->e, k + 1, t + 2);
    ent_rat_sub(&s->not_e, &s->one, &s->e);
    for (int r = 0; r < 2; r++) {
        ent_rat_set_ratio(&s->e_s[r], k + 1 + r, t + 3);
        ent_rat_sub(&s->not_e_s[r], &s->one, &s->e_s[r]);
    }
    ent_rat_set(&s->own[0], &s->one);
    ent_rat_submul(&s->own[0], &s->m->eta_exact, &s->not_e_s[0]);
    ent_rat_set(&s->own[1], &s->one);
    ent_rat_submul(&s->own[1], &s->m->eta_exact, &s->e_s[1]);
    ent_rat_mul(&s->cross[0], &s->m->eta_exact, &s->e_s[0]);
    ent_rat_mul(&s->cross[1], &s->m->eta_exact, &s->not_e_s[1]);
    ent_rat_mul(&s->det, &s->own[0], &s->own[1]);
    ent_rat_submul(&s->det, &s->cross[0], &s->cross[1]);
}

static void start(solver *s, const double u[2])
{
    for (int r = 0; r < 2; r++) ent_rat_set_double(&s->out->u[r], u[r]);
    for (int i = 0; i < 2 * s->m->n; i++) s->bound[i] = 2; /* nothing yet */
}

static void settle(solver *s, const double u[2])
{
    estimates(s);
    start(s, u);
    policies(s);
    for (int step = 0; step < STEPS; step++) {
        solve_u(s);
        if (policies(s)) continue;
        s->out->is_exact = true;
        return;
    }
    s->out->is_exact = false;
}

static void init(solver *s)
{
    ent_rat *const single[] = {&s->a, &s->one, &s->rest, &s->e, &s->not_e, &s->det};
    for (size_t k = 0; k < sizeof single / sizeof *single; k++) ent_rat_init(single[k]);
    for (int r = 0; r < 2; r++) {
        ent_rat_init(&s->e_s[r]), ent_rat_init(&s->not_e_s[r]), ent_rat_init(&s->own[r]),
            ent_rat_init(&s->cross[r]);
        for (int c = 0; c < 3; c++) ent_rat_init(&s->sum[r][c]);
    }
    for (int k = 0; k < WORK; k++) ent_rat_init(&s->w[k]);
    ent_rat_set_int(&s->one, 1);
    ent_rat_sub(&s->rest, &s->one, &s->m->eta_exact);
    ent_rat_set_int(&s->a, s->m->n - 1);
    ent_rat_mul(&s->a, &s->a, &s->m->eta_exact);
    ent_rat_add(&s->a, &s->a, &s->one);
}

static void release(solver *s)
{
    ent_rat *const single[] = {&s->a, &s->one, &s->rest, &s->e, &s->not_e, &s->det};
    for (size_t k = 0; k < sizeof single / sizeof *single; k++) ent_rat_release(single[k]);
    for (int r = 0; r < 2; r++) {
        ent_rat_release(&s->e_s[r]), ent_rat_release(&s->not_e_s[r]), ent_rat_release(&s->own[r]),
            ent_rat_release(&s->cross[r]);
        for (int c = 0; c < 3; c++) ent_rat_release(&s->sum[r][c]);
    }
    for (int k = 0; k < WORK; k++) ent_rat_release(&s->w[k]);
}

void ent_i_bayes_exact_free(ent_bayes_exact *stages, int count)
{
    for (int k = 0; stages && k < count; k++) {
        ent_rat_release(&stages[k].u[0]);
        ent_rat_release(&stages[k].u[1]);
        ent_rats_free(stages[k].x, 2 * (size_t)stages[k].n);
    }
    ent_free(stages);
}

ent_status ent_i_bayes_exact_new(ent_ctx *ctx, const ent_information *m, const ent_rat *high,
                                 ent_coal truthful, ent_bayes_exact **out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = m->n, t = ent_coal_size(truthful);
    double *lo = NULL, *hi = NULL;
    ent_bayes_stage near = {0};
    ent_bayes_exact *stages = NULL;
    solver s = {.m = m, .high = high};
    init(&s);
    ENT_ALLOC(ctx, stages, t + 1);
    ENT_SCRATCH(ctx, lo, n);
    ENT_SCRATCH(ctx, hi, n);
    ENT_SCRATCH(ctx, near.x, n);
    ENT_SCRATCH(ctx, s.bound, 2 * n);
    const ent_alliance a = ent_i_alliance(m, lo, hi);
    for (int i = 0; high && i < n; i++) hi[i] = ent_rat_double(&high[i]);
    for (int k = 0; k <= t; k++) {
        stages[k] = (ent_bayes_exact){
            .n = n, .t = t, .k = k, .truthful = truthful, .u = {ENT_RAT_ZERO, ENT_RAT_ZERO}};
        stages[k].x = ent_rats_new(ctx, 2 * (size_t)n, &st);
        if (!stages[k].x) goto done;
        ent_i_bayes_stage(&a, truthful, k, &near);
        s.out = &stages[k];
        settle(&s, near.u);
    }
    *out = stages;
    stages = NULL;
done:
    ent_i_bayes_exact_free(stages, t + 1);
    release(&s);
    ent_scratch_reset(ctx, mark);
    return st;
}
