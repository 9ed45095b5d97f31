/* Is the span rational? Square roots with positive coefficients add up to a rational only when each
 * is rational, so a rational span makes every binding multiplier rational. A candidate is found by
 * solving for the span without clipping, or as the simplest fraction near the double, and then
 * proved: F(candidate) = candidate in rationals. */
#include "relational/public_good_exact.h"

#include <math.h>

bool ent_i_exact_term(const ent_i_exact *x, bool benchmark, int k, ent_i_problem *problem, int *who,
                      ent_rat *factor)
{
    const ent_relational *m = x->model;
    const bool lone = ent_coal_size(m->coalition) == 1;
    const ent_rat *rho = &m->renegotiation_exact;
    ent_rat one = ENT_RAT_ZERO, other = ENT_RAT_ZERO;
    bool more = true;
    ent_rat_set_int(&one, 1);
    ent_rat_sub(&other, &one, rho);
    /* Terms 0..n-1: punishments; n: joint; n+1..2n: quiet. */
    if (k < x->n) {
        *problem = ENT_I_PUNISHMENT;
        *who = k;
        ent_rat_set(factor, rho);
        if (benchmark || lone || !ent_coal_has(m->coalition, k)) ent_rat_set_int(factor, 0);
    } else {
        *problem = k == x->n ? ENT_I_JOINT : ENT_I_QUIET;
        *who = k == x->n ? 0 : k - x->n - 1;
        ent_rat_set(factor, benchmark ? &one : &other);
        if (!benchmark && lone) { /* Proposition B: times (1 - delta) / (1 - delta (1 - rho)) */
            ent_rat_mul(&other, &other, &m->discount_exact);
            ent_rat_sub(&other, &one, &other);
            ent_rat_div(factor, factor, &other);
            ent_rat_sub(&other, &one, &m->discount_exact);
            ent_rat_mul(factor, factor, &other);
        }
        more = k <= 2 * x->n;
    }
    ent_rat_release(&one);
    ent_rat_release(&other);
    return more;
}

/* F(span) = span? */
static bool is_fixed_point(ent_i_exact *x, bool benchmark, const ent_rat *span)
{
    ent_rat value = ENT_RAT_ZERO, factor = ENT_RAT_ZERO, m = ENT_RAT_ZERO, spent = ENT_RAT_ZERO,
            worth = ENT_RAT_ZERO;
    ent_rat budget = ENT_RAT_ZERO;
    ent_i_problem problem;
    int who;
    bool all = true;
    ent_rat_mul(&budget, &x->kappa, span);
    for (int k = 0; all && ent_i_exact_term(x, benchmark, k, &problem, &who, &factor); k++) {
        if (ent_rat_sign(&factor) == 0) continue;
        ent_i_exact_pose(x, problem, who);
        all = ent_i_exact_multiplier(x, &budget, &m) && ent_i_exact_at(x, &m, NULL, &spent, &worth);
        ent_rat_addmul(&value, &factor, &worth);
    }
    all = all && ent_rat_equal(&value, span);
    ent_rat *const mine[] = {&value, &factor, &m, &spent, &worth, &budget};
    for (size_t k = 0; k < sizeof mine / sizeof *mine; k++) ent_rat_release(mine[k]);
    return all;
}

/* Sums over the terms, when no coordinate of a binding one is at zero effort: slack worth, first
 * rate Q, R = sum of factor sqrt(Q_k / Q), W = sum of factor w. */
typedef struct tally {
    ent_rat slack, rate, roots, weights;
} tally;

/* Adds the term that is posed; false when it binds and is clipped, or its root is not a rational
 * multiple of the first one's. */
static bool add_term(ent_i_exact *x, double near, const ent_rat *factor, tally *t)
{
    ent_rat zero = ENT_RAT_ZERO, a = ENT_RAT_ZERO, b = ENT_RAT_ZERO;
    const double budget = ent_rat_double(&x->kappa) * near;
    bool good = true;
    if (budget >= x->curve.slack_cost) {
        good = ent_i_exact_at(x, &zero, NULL, &a, &b);
        ent_rat_addmul(&t->slack, factor, &b);
        goto done;
    }
    good = x->curve.pieces == 1 || budget < x->curve.piece[1].cost;
    if (!good) goto done;
    for (int j = 0; j < x->n; j++) {
        ent_rat_mul(&b, &x->unit[j], &x->slope[j]);
        ent_rat_addmul(&a, &b, &x->slope[j]);
    }
    if (ent_rat_sign(&t->rate) == 0) ent_rat_set(&t->rate, &a);
    good = ent_rat_sign(&t->rate) > 0;
    if (!good) goto done;
    ent_rat_div(&a, &a, &t->rate);
    good = ent_rat_sqrt(&a, &a);
    if (!good) goto done;
    ent_rat_addmul(&t->roots, factor, &a);
    ent_rat_addmul(&t->weights, factor, &x->w);
done:
    ent_rat_release(&a);
    ent_rat_release(&b);
    return good;
}

/* With s the root variable of the first term: d = Q s^2 / kappa and d = slack + 2 Q R s - W Q s^2;
 * s solves a quadratic. */
static bool solve_tally(const ent_i_exact *x, tally *t, ent_rat *span)
{
    ent_rat lead = ENT_RAT_ZERO, root = ENT_RAT_ZERO, middle = ENT_RAT_ZERO;
    bool good = true;
    if (ent_rat_sign(&t->rate) == 0) {
        ent_rat_set(span, &t->slack);
        goto done;
    }
    ent_rat_set_int(&lead, 1);
    ent_rat_div(&lead, &lead, &x->kappa);
    ent_rat_add(&lead, &lead, &t->weights);
    ent_rat_mul(&lead, &lead, &t->rate);       /* Q (1 / kappa + W) */
    ent_rat_mul(&middle, &t->rate, &t->roots); /* Q R */
    ent_rat_mul(&root, &middle, &middle);
    ent_rat_addmul(&root, &lead, &t->slack);
    good = ent_rat_sqrt(&root, &root);
    if (!good) goto done;
    ent_rat_add(&root, &root, &middle);
    ent_rat_div(&root, &root, &lead);
    ent_rat_mul(span, &root, &root);
    ent_rat_mul(span, span, &t->rate);
    ent_rat_div(span, span, &x->kappa);
done:
    ent_rat_release(&lead);
    ent_rat_release(&root);
    ent_rat_release(&middle);
    return good;
}

static bool without_clipping(ent_i_exact *x, bool benchmark, double near, ent_rat *span)
{
    tally t = {ENT_RAT_ZERO, ENT_RAT_ZERO, ENT_RAT_ZERO, ENT_RAT_ZERO};
    ent_rat factor = ENT_RAT_ZERO;
    ent_i_problem problem;
    int who;
    bool good = true;
    for (int k = 0; good && ent_i_exact_term(x, benchmark, k, &problem, &who, &factor); k++) {
        if (ent_rat_sign(&factor) == 0) continue;
        ent_i_exact_pose(x, problem, who);
        good = add_term(x, near, &factor, &t);
    }
    good = good && solve_tally(x, &t, span);
    ent_rat *const mine[] = {&t.slack, &t.rate, &t.roots, &t.weights, &factor};
    for (size_t k = 0; k < sizeof mine / sizeof *mine; k++) ent_rat_release(mine[k]);
    return good;
}

/* How far the span in doubles may be off: two hundred roundings. */
static const double double_error = 4e-14;

bool ent_i_exact_span(ent_i_exact *x, bool benchmark, double near, ent_rat *span)
{
    ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    bool found = true;
    if (near == 0.0 || ent_rat_sign(&x->kappa) == 0) {
        ent_rat_set_int(span, 0);
        goto done;
    }
    found = without_clipping(x, benchmark, near, span) && is_fixed_point(x, benchmark, span);
    if (found) goto done;
    ent_rat_set_double(&lo, near * (1.0 - double_error));
    ent_rat_set_double(&hi, near * (1.0 + double_error));
    ent_rat_simplest(span, &lo, &hi);
    found = is_fixed_point(x, benchmark, span);
done:
    ent_rat_release(&lo);
    ent_rat_release(&hi);
    return found;
}

enum { POLISHING_STEPS = 4 };

double ent_i_exact_polish(ent_i_exact *x, bool benchmark, double near)
{
    const double kappa = ent_rat_double(&x->kappa);
    ent_rat factor = ENT_RAT_ZERO;
    for (int step = 0; step < POLISHING_STEPS && near > 0.0; step++) {
        double value = 0.0, slope = 0.0;
        ent_i_problem problem;
        int who;
        for (int k = 0; ent_i_exact_term(x, benchmark, k, &problem, &who, &factor); k++) {
            if (ent_rat_sign(&factor) == 0) continue;
            ent_i_exact_pose(x, problem, who);
            const ent_i_point point = ent_i_curve_at(&x->curve, kappa * near);
            value += ent_rat_double(&factor) * point.value;
            slope += ent_rat_double(&factor) * kappa * point.multiplier;
        }
        const double next = (value - slope * near) / (1.0 - slope);
        if (!(slope < 1.0 && next > 0.0) || next == near) break;
        near = next;
    }
    ent_rat_release(&factor);
    return near;
}
