#include "relational/public_good_exact.h"

#include <math.h>

void ent_i_exact_free(ent_i_exact *x)
{
    if (!x) return;
    ent_rat *const single[] = {&x->kappa, &x->members, &x->all,  &x->w,
                               &x->t[0],  &x->t[1],    &x->t[2], &x->t[3]};
    for (size_t k = 0; k < sizeof single / sizeof *single; k++) ent_rat_release(single[k]);
    ent_rats_free(x->rats, 4 * (size_t)x->n);
    ent_stage_free(x->stage);
    ent_free(x->real_weight);
    ent_free(x->piece);
    ent_free(x);
}

/* kappa, the sums of sizes, and the payoffs where everybody is at its own best reply. */
static void constants(ent_i_exact *x)
{
    const ent_relational *m = x->model;
    ent_rat *sum = &x->t[0], *part = &x->t[1];
    ent_rat_set_int(part, 1);
    ent_rat_sub(part, part, &m->discount_exact);
    ent_rat_div(&x->kappa, &m->discount_exact, part);
    ent_rat_set_int(sum, 0);
    for (int i = 0; i < x->n; i++) {
        const ent_rat *size = &m->size.exact[i];
        ent_rat_set_int(part, 4);
        ent_rat_mul(part, part, &m->cost.exact[i]);
        ent_rat_div(&x->unit[i], size, part);
        ent_rat_add(&x->all, &x->all, size);
        if (ent_coal_has(m->coalition, i)) ent_rat_add(&x->members, &x->members, size);
        ent_rat_addmul(sum, &x->unit[i], size); /* half of theta ahat */
    }
    /* theta_i (2 sum - theta_i unit_i): the others' efforts and half of one's own. */
    for (int i = 0; i < x->n; i++) {
        const ent_rat *size = &m->size.exact[i];
        ent_rat_add(part, sum, sum);
        ent_rat_submul(part, &x->unit[i], size);
        ent_rat_mul(&x->base[i], part, size);
    }
}

ent_status ent_i_exact_new(ent_ctx *ctx, const ent_relational *model, ent_i_exact **out)
{
    ent_status st = ENT_OK;
    ent_i_exact *x = NULL;
    const size_t n = (size_t)model->n;
    ENT_ALLOC(ctx, x, 1);
    x->model = model;
    x->n = model->n;
    ent_rat *const single[] = {&x->kappa, &x->members, &x->all,  &x->w,
                               &x->t[0],  &x->t[1],    &x->t[2], &x->t[3]};
    for (size_t k = 0; k < sizeof single / sizeof *single; k++) ent_rat_init(single[k]);
    x->rats = ent_rats_new(ctx, 4 * n, &st);
    if (!x->rats) goto done;
    x->weight = x->rats;
    x->unit = x->rats + n;
    x->base = x->rats + 2 * n;
    x->slope = x->rats + 3 * n;
    ENT_TRY(ent_relational_weights(ctx, model, model->coalition, x->weight));
    ENT_TRY(ent_stage_public_good(ctx, model->n, model->size.value, model->cost.value, &x->stage));
    ENT_ALLOC(ctx, x->real_weight, 2 * n);
    x->real_slope = x->real_weight + n;
    ENT_ALLOC(ctx, x->piece, n + 1);
    x->curve.piece = x->piece;
    for (size_t i = 0; i < n; i++) x->real_weight[i] = ent_rat_double(&x->weight[i]);
    constants(x);
    *out = x;
    x = NULL;
done:
    ent_i_exact_free(x);
    return st;
}

/* What coordinate j adds to K, or to U, divided by theta_j. */
static void shared_slope(const ent_i_exact *x, bool everybody, int j, ent_rat *slope)
{
    ent_rat_set(slope, everybody ? &x->all : &x->members);
    if (everybody || ent_coal_has(x->model->coalition, j))
        ent_rat_sub(slope, slope, &x->model->size.exact[j]);
}

/* docs/relational.md section 5: the table of problems, each h_j divided by theta_j. */
static void exact_slope(const ent_i_exact *x, ent_i_problem problem, int i, int j, ent_rat *slope)
{
    const ent_rat *size = x->model->size.exact;
    switch (problem) {
    case ENT_I_ON_PATH:
    case ENT_I_JOINT: shared_slope(x, problem == ENT_I_JOINT, j, slope); return;
    case ENT_I_PUNISHMENT:
    case ENT_I_HIGHEST:
        shared_slope(x, false, j, slope);
        ent_rat_mul(slope, slope, &x->weight[i]);
        if (j != i) ent_rat_sub(slope, slope, &size[i]);
        if (problem == ENT_I_HIGHEST) ent_rat_neg(slope, slope);
        return;
    case ENT_I_QUIET:
    case ENT_I_HIGHEST_QUIET:
        ent_rat_set_int(slope, 0);
        if (j != i) ent_rat_set(slope, &size[i]);
        if (problem == ENT_I_QUIET) ent_rat_neg(slope, slope);
        return;
    }
}

void ent_i_exact_pose(ent_i_exact *x, ent_i_problem problem, int i)
{
    ent_rat_set_int(&x->w, problem == ENT_I_QUIET ? 0 : 1);
    if (problem == ENT_I_PUNISHMENT) ent_rat_set(&x->w, &x->weight[i]);
    if (problem == ENT_I_HIGHEST) ent_rat_sub(&x->w, &x->w, &x->weight[i]);
    for (int j = 0; j < x->n; j++) {
        exact_slope(x, problem, i, j, &x->slope[j]);
        x->real_slope[j] = ent_rat_double(&x->slope[j]);
    }
    ent_i_curve_build(ent_i_good_of(x->stage), ent_rat_double(&x->w), x->real_slope, &x->curve);
}

/* 2 psi_j e_j = max(-theta_j, slope_j / (w + m)) into x->t[1], given w + m in x->t[0]. False:
 * without bound. */
static bool move(ent_i_exact *x, int j)
{
    ent_rat *const to = &x->t[1];
    const int sign = ent_rat_sign(&x->slope[j]);
    const ent_rat *size = &x->model->size.exact[j];
    ent_rat_set_int(to, 0);
    if (sign == 0 || ent_rat_sign(size) == 0) return true;
    if (ent_rat_sign(&x->t[0]) == 0) {
        if (sign < 0) ent_rat_neg(to, size);
        return sign < 0;
    }
    ent_rat_div(to, &x->slope[j], &x->t[0]);
    ent_rat_neg(&x->t[2], size);
    if (ent_rat_cmp(to, &x->t[2]) < 0) ent_rat_set(to, &x->t[2]);
    return true;
}

bool ent_i_exact_at(ent_i_exact *x, const ent_rat *m, ent_rat *effort, ent_rat *spent,
                    ent_rat *worth)
{
    ent_rat_add(&x->t[0], &x->w, m);
    ent_rat_set_int(spent, 0);
    ent_rat_set_int(worth, 0);
    for (int j = 0; j < x->n; j++) {
        if (!move(x, j)) return false;
        ent_rat_mul(&x->t[2], &x->unit[j], &x->t[1]);
        ent_rat_addmul(spent, &x->t[2], &x->t[1]); /* psi theta e^2 */
        ent_rat_add(&x->t[2], &x->t[2], &x->t[2]);
        ent_rat_addmul(worth, &x->t[2], &x->slope[j]); /* h e */
        if (!effort) continue;
        ent_rat_add(&x->t[2], &x->model->size.exact[j], &x->t[1]);
        ent_rat_div(&effort[j], &x->t[2], &x->model->cost.exact[j]);
        ent_rat_set_ratio(&x->t[2], 1, 2);
        ent_rat_mul(&effort[j], &effort[j], &x->t[2]);
    }
    ent_rat_submul(worth, &x->w, spent);
    return true;
}

/* fixed + rate s^2 = budget for the players that doubles find at zero effort; true when s is
 * rational, in x->t[0]. */
static bool root(ent_i_exact *x, const ent_rat *budget)
{
    const double s = ent_i_curve_at(&x->curve, ent_rat_double(budget)).s;
    ent_rat *left = &x->t[0], *rate = &x->t[1];
    ent_rat_set(left, budget);
    ent_rat_set_int(rate, 0);
    for (int j = 0; j < x->n; j++) {
        const bool zero =
            x->real_slope[j] != 0.0 && x->model->size.value[j] + x->real_slope[j] * s <= 0.0;
        const ent_rat *side = zero ? &x->model->size.exact[j] : &x->slope[j];
        ent_rat_mul(&x->t[2], &x->unit[j], side);
        if (zero) ent_rat_submul(left, &x->t[2], side);
        else ent_rat_addmul(rate, &x->t[2], side);
    }
    if (ent_rat_sign(left) <= 0 || ent_rat_sign(rate) == 0) return false;
    ent_rat_div(left, left, rate);
    return ent_rat_sqrt(left, left);
}

bool ent_i_exact_multiplier(ent_i_exact *x, const ent_rat *budget, ent_rat *multiplier)
{
    ent_rat spent = ENT_RAT_ZERO, worth = ENT_RAT_ZERO;
    bool found = false;
    ent_rat_set_int(multiplier, 0);
    if (ent_rat_sign(budget) <= 0) goto done;
    found = ent_i_exact_at(x, multiplier, NULL, &spent, &worth) && ent_rat_cmp(&spent, budget) <= 0;
    if (found || !root(x, budget)) goto done;
    ent_rat_set_int(multiplier, 1);
    ent_rat_div(multiplier, multiplier, &x->t[0]);
    ent_rat_sub(multiplier, multiplier, &x->w);
    found = ent_rat_sign(multiplier) >= 0 && ent_i_exact_at(x, multiplier, NULL, &spent, &worth) &&
            ent_rat_equal(&spent, budget);
done:
    ent_rat_release(&spent);
    ent_rat_release(&worth);
    return found;
}
