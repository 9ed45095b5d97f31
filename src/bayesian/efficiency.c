#include "bayesian/efficiency.h"

void ent_i_efficiency_free(ent_efficiency *e)
{
    ent_rats_free(e->lambda, (size_t)e->interims);
    ent_rats_free(e->alpha, (size_t)e->pairs);
    ent_rats_free(e->mu, (size_t)e->options);
    *e = (ent_efficiency){0};
}

/* Divide weights and multipliers by the sum of the weights. */
static void normalise(ent_efficiency *e)
{
    ent_rat sum = ENT_RAT_ZERO;
    for (int m = 0; m < e->interims; m++) ent_rat_add(&sum, &sum, &e->lambda[m]);
    for (int m = 0; m < e->interims; m++) ent_rat_div(&e->lambda[m], &e->lambda[m], &sum);
    for (int k = 0; k < e->pairs; k++) ent_rat_div(&e->alpha[k], &e->alpha[k], &sum);
    ent_rat_release(&sum);
}

/* Gains are weighed by 1/scale of the player: one unit of each player's range counts alike. */
static ent_status set_up(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *u,
                         ent_incentive_lp *lp)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_rat minus = ENT_RAT_ZERO;
    ent_rat_set_int(&minus, -1);
    ENT_TRY(ent_i_incentive_lp_new(ctx, problem, b->interims + b->pairs, b->interims, lp));
    for (int m = 0; m < b->interims; m++) {
        const int row = ent_i_incentive_row(lp, b->place[m], ENT_LP_GE, &u[m]);
        ent_i_incentive_utility(lp, row, m, m, -1, 1);
        ent_i_incentive_extra(lp, row, m, &minus);
        ent_rat_set(&lp->c[b->first[b->own_cells] + m], &lp->factor[row]);
    }
    ent_i_incentive_constraints(lp);
done:
    ent_rat_release(&minus);
    return st;
}

static bool no_gain(const ent_incentive_answer *answer)
{
    return answer->exact && ent_rat_sign(&answer->value) == 0;
}

/* The price of U(mu') - gain >= u is -lambda, that of s >= 0 is -alpha. */
static void take_prices(const ent_bargain *b, const ent_incentive_answer *answer, ent_efficiency *e)
{
    for (int m = 0; m < b->interims; m++)
        ent_rat_neg(&e->lambda[m], &answer->y_exact[b->own_cells + m]);
    for (int k = 0; k < b->pairs; k++)
        ent_rat_neg(&e->alpha[k], &answer->y_exact[b->own_cells + b->interims + k]);
    normalise(e);
}

static ent_status test(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *u, bool near,
                       ent_efficiency *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_incentive_lp lp = {0};
    ent_incentive_answer answer = {0};
    ent_efficiency e = {.interims = b->interims, .pairs = b->pairs, .options = b->options};
    if (!ent_i_incentive_fits(problem, b->interims + b->pairs, b->interims)) goto finish;
    ENT_TRY(set_up(ctx, problem, u, &lp));
    ENT_TRY(ent_i_incentive_solve(ctx, &lp, &answer));
    if (!(e.lambda = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(e.alpha = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    if (!(e.mu = ent_rats_new(ctx, (size_t)b->options, &st))) goto done;
    e.exact = answer.exact;
    e.efficient = no_gain(&answer);
    if (!answer.exact) goto finish;
    if (e.efficient || near) take_prices(b, &answer, &e);
    for (int o = 0; !e.efficient && o < b->first[b->own_cells]; o++)
        ent_rat_set(&e.mu[o], &answer.x_exact[o]);
finish:
    *out = e;
    e = (ent_efficiency){0};
done:
    ent_i_efficiency_free(&e);
    ent_i_incentive_answer_free(&answer);
    ent_i_incentive_lp_free(&lp);
    return st;
}

ent_status ent_i_efficiency(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *u,
                            ent_efficiency *out)
{
    return test(ctx, problem, u, false, out);
}

/* By how much utilities are lowered, as a part of the player's range: more than their rounding. */
static const double lowered = 2e-11;

ent_status ent_i_efficiency_near(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *u,
                                 ent_efficiency *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_rat *low = ent_rats_new(ctx, (size_t)b->interims, &st);
    if (!low) goto done;
    for (int m = 0; m < b->interims; m++) {
        const double by = lowered * b->scale[b->place[m]];
        ent_i_recognise(ent_rat_double(&u[m]) - by, 0.5 * by, &low[m]);
    }
    ENT_TRY(test(ctx, problem, low, true, out));
done:
    ent_rats_free(low, (size_t)b->interims);
    return st;
}
