/* With positive weights a mechanism that meets all claims gives no more, and is optimal at the
 * scales: sum lambda omega = sum p W_N. At scales that are only near those of a solution claims are
 * missed by a little. */
#include "bayesian/s_solution.h"

/* Rows U_m (+ the shortfall times the player's range) >= omega_m, then incentives. */
static ent_status set_up(ent_ctx *ctx, const ent_exact_problem *problem, bool nearly,
                         const ent_s_solution *s, ent_incentive_lp *lp)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_rat range = ENT_RAT_ZERO;
    ENT_TRY(ent_i_incentive_lp_new(ctx, problem, b->interims + b->pairs, nearly ? 1 : 0, lp));
    for (int m = 0; m < b->interims; m++) {
        const int row = ent_i_incentive_row(lp, b->place[m], ENT_LP_GE, &s->claim.exact[m]);
        ent_i_incentive_utility(lp, row, m, m, -1, 1);
        if (!nearly) ent_i_incentive_objective(lp, m, &s->weight.exact[m]);
        ent_rat_set_double(&range, b->scale[b->place[m]]);
        if (nearly) ent_i_incentive_extra(lp, row, 0, &range);
    }
    ent_i_incentive_constraints(lp);
    if (nearly) ent_rat_set_int(&lp->c[lp->columns - 1], -1);
done:
    ent_rat_release(&range);
    return st;
}

/* epsilon and shortfall of the utilities. */
static void measure(const ent_bargain *b, ent_s_solution *s)
{
    ent_rat miss = ENT_RAT_ZERO;
    for (int m = 0; m < b->interims; m++) {
        ent_rat_sub(&miss, &s->claim.exact[m], &s->utility.exact[m]);
        if (ent_rat_cmp(&miss, &s->epsilon) > 0) ent_rat_set(&s->epsilon, &miss);
        const double part = ent_rat_double(&miss) / b->scale[b->place[m]];
        if (part > s->shortfall) s->shortfall = part;
    }
    s->exact = ent_rat_sign(&s->epsilon) == 0;
    ent_rat_release(&miss);
}

static ent_status solve(ent_ctx *ctx, const ent_exact_problem *problem, bool nearly,
                        ent_s_solution *s)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_incentive_lp lp = {0};
    ent_incentive_answer answer = {0};
    ent_rat *slack = ent_rats_new(ctx, (size_t)b->pairs, &st);
    if (!slack) goto done;
    ENT_TRY(set_up(ctx, problem, nearly, s, &lp));
    ENT_TRY(ent_i_incentive_solve(ctx, &lp, &answer));
    s->supported = answer.outcome == ENT_LP_OPTIMAL && answer.exact;
    if (!s->supported) goto done;
    ENT_TRY(ent_i_twin_new(ctx, b->interims, true, &s->utility));
    ent_i_bayes_exact_means(problem, answer.x_exact, s->utility.exact, slack);
    ent_i_twin_round(&s->utility);
    measure(b, s);
    ENT_TRY(ent_i_mechanism_of(ctx, b, NULL, answer.x_exact, &s->mechanism));
done:
    ent_i_incentive_answer_free(&answer);
    ent_i_incentive_lp_free(&lp);
    ent_rats_free(slack, (size_t)b->pairs);
    return st;
}

ent_status ent_i_s_support(ent_ctx *ctx, const ent_exact_problem *problem, bool nearly,
                           ent_s_solution *s)
{
    ent_status st = ENT_OK;
    ENT_TRY(solve(ctx, problem, false, s));
    if (!s->supported && nearly) ENT_TRY(solve(ctx, problem, true, s));
done:
    return st;
}
