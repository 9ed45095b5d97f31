/* [Sal] eq. (3.5), (3.7), Prop. 1 */
#include "bayesian/efficient.h"

void ent_i_efficient_free(ent_efficient *e)
{
    ent_i_twin_free(&e->weight);
    ent_i_twin_free(&e->utility);
    ent_i_twin_free(&e->multiplier);
    ent_i_twin_free(&e->virtual_utility);
    ent_i_mechanism_free(&e->mechanism);
    ent_i_twin_free(&e->value);
    ent_i_twin_free(&e->first_best);
    ent_i_efficiency_free(&e->efficiency);
    *e = (ent_efficient){0};
}

/* With `floor` not NULL a second program: among the mechanisms with sum lambda U >= floor the best
 * for the mean utility. */
static ent_status program(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *weight,
                          const ent_rat *floor, ent_incentive_answer *answer)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_incentive_lp lp = {0};
    ENT_TRY(ent_i_incentive_lp_new(ctx, problem, b->pairs + (floor ? 1 : 0), 0, &lp));
    ent_i_incentive_constraints(&lp);
    for (int m = 0; m < b->interims; m++)
        ent_i_incentive_objective(&lp, m, floor ? &problem->q[m] : &weight[m]);
    if (floor) {
        ent_incentive_lp objective = {0};
        ENT_TRY(ent_i_incentive_lp_new(ctx, problem, 0, 0, &objective));
        for (int m = 0; m < b->interims; m++) ent_i_incentive_objective(&objective, m, &weight[m]);
        const int row = ent_i_incentive_row(&lp, 0, ENT_LP_GE, floor);
        for (int o = 0; o < lp.columns; o++)
            ent_rat_mul(&lp.a[(size_t)row * (size_t)lp.columns + (size_t)o], &objective.c[o],
                        &lp.factor[row]);
        ent_i_incentive_lp_free(&objective);
    }
    ENT_TRY(ent_i_incentive_solve(ctx, &lp, answer));
done:
    ent_i_incentive_lp_free(&lp);
    return st;
}

/* What one row adds to its player's virtual utility in a cell: sum over options of mu y a, without
 * its sign. */
static void row_value(const ent_exact_problem *problem, const ent_rat *mu, int cell, int interim,
                      const ent_rat *y, ent_rat *out)
{
    const ent_bargain *b = problem->b;
    ent_rat_set_int(out, 0);
    for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
        if (ent_rat_sign(&mu[o]) != 0)
            ent_rat_addmul(out, &mu[o],
                           &problem->a[(size_t)o * (size_t)b->interims + (size_t)interim]);
    ent_rat_mul(out, out, y);
    ent_rat_div(out, out, &b->coal->prior.exact[cell]);
}

/* [Sal] eq. (3.6): v_i(mu,t) = sum_d mu(d|t) v_i(d,t), for every member and profile. */
static void virtual_utilities(const ent_exact_problem *problem, const ent_rat *mu,
                              const ent_rat *alpha, const ent_rat *lambda, ent_rat *out)
{
    const ent_bargain *b = problem->b;
    ent_rat value = ENT_RAT_ZERO;
    for (int cell = 0; cell < b->own_cells; cell++)
        for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
            const ent_bargain_row *row = &b->row[r];
            const ent_rat *y = row->y < b->pairs ? &alpha[row->y] : &lambda[row->y - b->pairs];
            ent_rat *to =
                &out[(size_t)b->place[row->interim] * (size_t)b->own_cells + (size_t)cell];
            if (ent_rat_sign(y) == 0) continue;
            row_value(problem, mu, cell, row->interim, y, &value);
            if (row->sign < 0.0) ent_rat_neg(&value, &value);
            ent_rat_add(to, to, &value);
        }
    ent_rat_release(&value);
}

static ent_status first_best(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *weight,
                             ent_rat *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_rat *w = NULL, *none = NULL;
    if (!(w = ent_rats_new(ctx, (size_t)b->cells, &st))) goto done;
    if (!(none = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    ent_i_bayes_exact_best(problem, none, weight, w);
    for (int cell = 0; cell < b->own_cells; cell++) ent_rat_add(out, out, &w[cell]);
done:
    ent_rats_free(none, (size_t)b->pairs);
    ent_rats_free(w, (size_t)b->cells);
    return st;
}

static ent_status allocate(ent_ctx *ctx, const ent_bargain *b, ent_efficient *e)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_i_twin_new(ctx, b->interims, true, &e->weight));
    ENT_TRY(ent_i_twin_new(ctx, b->interims, true, &e->utility));
    ENT_TRY(ent_i_twin_new(ctx, b->pairs, true, &e->multiplier));
    ENT_TRY(ent_i_twin_new(ctx, b->coal->size * b->own_cells, true, &e->virtual_utility));
    ENT_TRY(ent_i_twin_new(ctx, 1, true, &e->value));
    ENT_TRY(ent_i_twin_new(ctx, 1, true, &e->first_best));
done:
    return st;
}

/* The doubles of a program that could not be decided exactly become rationals, which are then
 * reported as doubles. */
static void as_rationals(int n, const double *x, const ent_rat *exact, bool is_exact, int sign,
                         ent_rat *out)
{
    for (int k = 0; k < n; k++) {
        if (is_exact) ent_rat_set(&out[k], &exact[k]);
        else ent_rat_set_double(&out[k], x[k]);
        if (sign < 0) ent_rat_neg(&out[k], &out[k]);
    }
}

static void forget_exact(ent_twin *twin)
{
    ent_rats_free(twin->exact, (size_t)twin->n);
    twin->exact = NULL;
}

static void finish(ent_efficient *e)
{
    ent_twin *const twins[] = {&e->weight,          &e->utility, &e->multiplier,
                               &e->virtual_utility, &e->value,   &e->first_best};
    for (size_t k = 0; k < sizeof twins / sizeof *twins; k++) {
        ent_i_twin_round(twins[k]);
        if (!e->exact && twins[k] != &e->weight && twins[k] != &e->first_best)
            forget_exact(twins[k]);
    }
}

/* The primal program, and a second one where weights of 0 leave room; e->exact says whether all was
 * decided exactly. */
static ent_status both_programs(ent_ctx *ctx, const ent_exact_problem *problem,
                                const ent_rat *weight, ent_incentive_answer *first,
                                ent_incentive_answer *second, ent_efficient *e)
{
    ent_status st = ENT_OK;
    for (int m = 0; m < problem->b->interims; m++)
        e->has_zero = e->has_zero || ent_rat_sign(&weight[m]) == 0;
    ENT_TRY(program(ctx, problem, weight, NULL, first));
    if (first->outcome != ENT_LP_OPTIMAL) ENT_BUG(ctx, "a bounded feasible program was not solved");
    e->exact = first->exact;
    if (!e->has_zero || !first->exact) goto done;
    ENT_TRY(program(ctx, problem, weight, &first->value, second));
    e->exact = second->exact;
done:
    return st;
}

ent_status ent_i_efficient(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *weight,
                           ent_efficient *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    const int options = b->first[b->own_cells];
    ent_incentive_answer first = {0}, second = {0};
    ent_efficient e = {0};
    ent_rat *mu = NULL, *s = NULL;
    ENT_TRY(allocate(ctx, b, &e));
    if (!(mu = ent_rats_new(ctx, (size_t)options, &st))) goto done;
    if (!(s = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    for (int m = 0; m < b->interims; m++) ent_rat_set(&e.weight.exact[m], &weight[m]);
    ENT_TRY(both_programs(ctx, problem, weight, &first, &second, &e));
    const ent_incentive_answer *best = e.has_zero && e.exact ? &second : &first;
    as_rationals(options, best->x, best->x_exact, best->exact, 1, mu);
    as_rationals(b->pairs, first.y + b->own_cells, first.y_exact + b->own_cells, first.exact, -1,
                 e.multiplier.exact);
    ent_i_bayes_exact_means(problem, mu, e.utility.exact, s);
    for (int m = 0; m < b->interims; m++)
        ent_rat_addmul(e.value.exact, &weight[m], &e.utility.exact[m]);
    virtual_utilities(problem, mu, e.multiplier.exact, weight, e.virtual_utility.exact);
    ENT_TRY(first_best(ctx, problem, weight, e.first_best.exact));
    ENT_TRY(ent_i_mechanism_of(ctx, b, best->x, e.exact ? mu : NULL, &e.mechanism));
    if (e.has_zero && e.exact) {
        ENT_TRY(ent_i_efficiency(ctx, problem, e.utility.exact, &e.efficiency));
        e.exact = e.efficiency.exact && e.efficiency.efficient;
    }
    finish(&e);
    *out = e;
    e = (ent_efficient){0};
done:
    ent_rats_free(s, (size_t)b->pairs);
    ent_rats_free(mu, (size_t)options);
    ent_i_incentive_answer_free(&first);
    ent_i_incentive_answer_free(&second);
    ent_i_efficient_free(&e);
    return st;
}
