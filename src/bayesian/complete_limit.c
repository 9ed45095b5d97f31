/* One program: the most that types without weight gain over the limit's utilities. These are
 * lowered by more than their rounding; types with weight keep theirs, of which their claims are
 * shares. */
#include "bayesian/complete_limit.h"

#include "bayesian/incentive_lp.h"

#include <math.h>

/* Parts of a player's range: utilities may fall by so much, rise by as much again; and gains up to
 * this are none (limits are known to 1e-9 or so, the gains that were met are above 1e-3). */
static const double LOWERED = 2e-11, NONE = 1e-6;

static ent_status replace(ent_ctx *ctx, const ent_bargain *b, const ent_rat *exact,
                          const ent_rat *u, ent_bayes_answer *a)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_bayes_mechanism better = {0};
    double *mu = NULL;
    ENT_SCRATCH(ctx, mu, b->options);
    for (int o = 0; o < b->first[b->own_cells]; o++) mu[o] = ent_rat_double(&exact[o]);
    ENT_TRY(ent_i_mechanism_of(ctx, b, mu, NULL, &better));
    ent_i_mechanism_free(&a->mechanism);
    a->mechanism = better;
    for (int m = 0; m < b->interims; m++) a->utility.value[m] = ent_rat_double(&u[m]);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static void set_row(const ent_bargain *b, const ent_bayes_answer *a, int m, ent_incentive_lp *lp)
{
    const double range = b->scale[b->place[m]];
    ent_rat bound = ENT_RAT_ZERO, minus = ENT_RAT_ZERO;
    ent_rat_set_int(&minus, -1);
    ent_i_recognise(a->utility.value[m] - LOWERED * range, 0.5 * LOWERED * range, &bound);
    const int row = ent_i_incentive_row(lp, b->place[m], ENT_LP_GE, &bound);
    ent_i_incentive_utility(lp, row, m, m, -1, 1);
    if (a->weight.value[m] > 0.0) {
        ent_i_recognise(a->utility.value[m] + LOWERED * range, 0.5 * LOWERED * range, &bound);
        ent_i_incentive_utility(lp, ent_i_incentive_row(lp, b->place[m], ENT_LP_LE, &bound), m, m,
                                -1, 1);
    } else {
        ent_i_incentive_extra(lp, row, m, &minus);
        ent_rat_set(&lp->c[b->first[b->own_cells] + m], &lp->factor[row]);
    }
    ent_rat_release(&minus);
    ent_rat_release(&bound);
}

ent_status ent_i_complete_limit(ent_ctx *ctx, const ent_exact_problem *problem, ent_bayes_answer *a)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_incentive_lp lp = {0};
    ent_incentive_answer answer = {0};
    ent_rat *u = NULL, *s = NULL;
    bool gains = false;
    if (!ent_i_incentive_fits(problem, 2 * b->interims + b->pairs, b->interims)) goto done;
    ENT_TRY(ent_i_incentive_lp_new(ctx, problem, 2 * b->interims + b->pairs, b->interims, &lp));
    for (int m = 0; m < b->interims; m++) set_row(b, a, m, &lp);
    ent_i_incentive_constraints(&lp);
    ENT_TRY(ent_i_incentive_solve(ctx, &lp, &answer));
    if (answer.outcome != ENT_LP_OPTIMAL || !answer.exact) goto done;
    if (!(u = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(s = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    ent_i_bayes_exact_means(problem, answer.x_exact, u, s);
    for (int m = 0; m < b->interims; m++)
        gains = gains || ent_rat_double(&u[m]) > a->utility.value[m] + NONE * b->scale[b->place[m]];
    if (gains) ENT_TRY(replace(ctx, b, answer.x_exact, u, a));
done:
    ent_rats_free(s, (size_t)b->pairs);
    ent_rats_free(u, (size_t)b->interims);
    ent_i_incentive_answer_free(&answer);
    ent_i_incentive_lp_free(&lp);
    return st;
}
