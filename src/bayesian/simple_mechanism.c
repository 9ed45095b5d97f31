#include "bayesian/simple_mechanism.h"

/* A courtesy to the reader must not cost more than the solution: larger programs are left alone. */
enum { SIMPLE_ROWS = 60, SIMPLE_COEFFICIENTS = 60000 };

/* What a decision asks for: members less the coalitions that act separately, weighed by the
 * probability of the state. */
static void set_costs(const ent_exact_problem *problem, ent_incentive_lp *lp)
{
    const ent_bargain *b = problem->b;
    ent_rat links = ENT_RAT_ZERO;
    for (int cell = 0; cell < b->own_cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            ent_rat_set_int(&links, b->coal->parts[b->decision[o]] - b->coal->size);
            ent_rat_mul(&lp->c[o], &links, &b->coal->prior.exact[cell]);
        }
    ent_rat_release(&links);
}

ent_status ent_i_simple_mechanism(ent_ctx *ctx, const ent_exact_problem *problem,
                                  ent_exact_point *p)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_incentive_lp lp = {0};
    ent_incentive_answer answer = {0};
    const int rows = b->interims + b->pairs, options = b->first[b->own_cells];
    if (rows + b->own_cells > SIMPLE_ROWS ||
        (int64_t)(rows + b->own_cells) * options > SIMPLE_COEFFICIENTS)
        goto done;
    ENT_TRY(ent_i_incentive_lp_new(ctx, problem, rows, 0, &lp));
    for (int m = 0; m < b->interims; m++) {
        const int row = ent_i_incentive_row(&lp, b->place[m], ENT_LP_EQ, &p->u[m]);
        ent_i_incentive_utility(&lp, row, m, m, -1, 1);
    }
    ent_i_incentive_constraints(&lp);
    set_costs(problem, &lp);
    ENT_TRY(ent_i_incentive_solve(ctx, &lp, &answer));
    if (!answer.exact) goto done;
    for (int o = 0; o < options; o++) ent_rat_set(&p->mu[o], &answer.x_exact[o]);
    ent_i_bayes_exact_means(problem, p->mu, p->u, p->s);
done:
    ent_i_incentive_answer_free(&answer);
    ent_i_incentive_lp_free(&lp);
    return st;
}
