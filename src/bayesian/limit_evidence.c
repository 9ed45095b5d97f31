#include "bayesian/evidence.h"

#include <math.h>

/* Free slopes have no natural size: any is as good. */
static const double near_zero = 0.0;

/* M'(t): the largest slope over the decisions that attain M(t). */
static void slopes_of_worths(const ent_exact_problem *problem, const ent_exact_point *p, const ent_rat *beta, const ent_rat *e,
                             ent_rat *slope)
{
    const ent_bargain *b = problem->b;
    ent_rat worth = ENT_RAT_ZERO;
    for (int cell = 0; cell < b->cells; cell++) {
        bool any = false;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            ent_i_bayes_exact_worth(problem, cell, o, p->alpha, p->lambda, &worth);
            if (!ent_rat_equal(&worth, &p->w[cell])) continue;
            ent_i_bayes_exact_worth(problem, cell, o, beta, e, &worth);
            if (!any || ent_rat_cmp(&worth, &slope[cell]) > 0) ent_rat_set(&slope[cell], &worth);
            any = true;
        }
    }
    ent_rat_release(&worth);
}

/* Add A(lambda, alpha) to the block of the system at (row, column). */
static void add_block(const ent_bargain *b, const ent_exact_system *s, int row, int column, const ent_rat *lambda,
                      const ent_rat *alpha)
{
    for (int m = 0; m < b->interims; m++) ent_rat_add(ent_i_bayes_exact_at(s, row + m, column + m), ent_i_bayes_exact_at(s, row + m, column + m), &lambda[m]);
    for (int k = 0; k < b->pairs; k++) {
        const int t = b->pair_true[k], tau = b->pair_report[k];
        ent_rat *own = ent_i_bayes_exact_at(s, row + t, column + t), *other = ent_i_bayes_exact_at(s, row + tau, column + t);
        ent_rat_add(own, own, &alpha[k]);
        ent_rat_sub(other, other, &alpha[k]);
    }
}

static ent_status solve(ent_ctx *ctx, const ent_exact_problem *problem, const ent_exact_point *p, const ent_rat *beta,
                        const ent_rat *e, ent_rat *both, bool *found)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = problem->b;
    const int k = b->interims;
    ent_exact_system system = {0};
    ent_rat *right = NULL, *slope = NULL;
    double *near = NULL;
    int freedom = 0;
    ENT_SCRATCH(ctx, near, 2 * k);
    if (!(right = ent_rats_new(ctx, 2 * (size_t)k, &st))) goto done;
    if (!(slope = ent_rats_new(ctx, (size_t)b->cells, &st))) goto done;
    slopes_of_worths(problem, p, beta, e, slope);
    ent_i_bayes_exact_right(problem, p->w, p->lambda, right);
    ent_i_bayes_exact_right(problem, slope, e, right + k);
    ENT_TRY(ent_i_bayes_exact_system_new(ctx, 2 * k, 2 * k, &system));
    add_block(b, &system, 0, 0, p->lambda, p->alpha);
    add_block(b, &system, k, 0, e, beta);
    add_block(b, &system, k, k, p->lambda, p->alpha);
    for (int r = 0; r < 2 * k; r++) {
        ent_rat_set(ent_i_bayes_exact_at(&system, r, 2 * k), &right[r]);
        near[r] = r < k ? HUGE_VAL : near_zero;
    }
    ENT_TRY(ent_i_bayes_exact_solve(ctx, &system, near, 0.0, both, found, &freedom));
done:
    ent_i_bayes_exact_system_free(&system);
    ent_rats_free(slope, (size_t)b->cells);
    ent_rats_free(right, 2 * (size_t)k);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* e on the types whose weight vanishes: the priors (shape 0), or the shape of the path (1). */
static void direction(const ent_exact_problem *problem, const ent_exact_point *p, const double *trend, int shape, ent_rat *e)
{
    const ent_bargain *b = problem->b;
    for (int m = 0; m < b->interims; m++) {
        ent_rat_set_int(&e[m], 0);
        if (ent_rat_sign(&p->lambda[m]) != 0) continue;
        if (shape == 0) ent_rat_set(&e[m], &problem->q[m]);
        else ent_i_recognise(trend[m], 1e-3 * trend[m], &e[m]);
    }
}

ent_status ent_i_limit_evidence(ent_ctx *ctx, const ent_exact_problem *problem, const double *trend, ent_exact_point *p,
                                ent_bayes_answer *evidence, bool *found)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    const size_t k = (size_t)b->interims;
    ent_rat *both = NULL, *kept = NULL;
    *found = false;
    if (!(both = ent_rats_new(ctx, 2 * k, &st))) goto done;
    if (!(kept = ent_rats_new(ctx, k, &st))) goto done;
    if (!(evidence->direction_weight = ent_rats_new(ctx, k, &st))) goto done;
    if (!(evidence->direction_slope = ent_rats_new(ctx, k, &st))) goto done;
    if (!(evidence->direction_multiplier = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    for (size_t m = 0; m < k; m++) ent_rat_set(&kept[m], &p->omega[m]);
    for (int shape = 0; !*found && shape < 2; shape++) {
        direction(problem, p, trend, shape, evidence->direction_weight);
        ENT_TRY(solve(ctx, problem, p, evidence->direction_multiplier, evidence->direction_weight, both, found));
        for (size_t m = 0; *found && m < k; m++) {
            ent_rat_set(&p->omega[m], &both[m]);
            ent_rat_set(&evidence->direction_slope[m], &both[k + m]);
        }
        *found = *found && ent_i_bayes_exact_balanced(problem, p);
    }
    for (size_t m = 0; !*found && m < k; m++) ent_rat_set(&p->omega[m], &kept[m]);
done:
    ent_rats_free(kept, k);
    ent_rats_free(both, 2 * k);
    return st;
}
