#include "bayesian/m_solution.h"

void ent_i_m_solution_free(ent_m_solution *m)
{
    ent_i_bayes_answer_free(&m->answer);
    ent_free(m->coalition);
    ent_i_twin_free(&m->worth);
    *m = (ent_m_solution){0};
}

/* Virtual worths at the answer's scales; from the doubles, taken as they are, when the answer is not exact. */
static ent_status worths(ent_ctx *ctx, const ent_bargain *b, const ent_exact_problem *problem, ent_m_solution *m)
{
    ent_status st = ENT_OK;
    const ent_bayes_answer *a = &m->answer;
    ent_rat *lambda = NULL, *alpha = NULL, *w = NULL;
    if (!(lambda = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(alpha = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    if (!(w = ent_rats_new(ctx, (size_t)b->cells, &st))) goto done;
    for (int k = 0; k < b->interims; k++) {
        if (a->exact) ent_rat_set(&lambda[k], &a->weight.exact[k]);
        else ent_rat_set_double(&lambda[k], a->weight.value[k]);
    }
    for (int k = 0; k < b->pairs; k++) {
        if (a->exact) ent_rat_set(&alpha[k], &a->multiplier.exact[k]);
        else ent_rat_set_double(&alpha[k], a->multiplier.value[k]);
    }
    ent_i_bayes_exact_best(problem, alpha, lambda, w);
    ENT_TRY(ent_i_twin_new(ctx, m->n, true, &m->worth));
    for (int cell = 0; cell < b->cells; cell++)
        for (int k = 0; k < m->n; k++)
            if (b->cell_coal[cell]->members == m->coalition[k]) ent_rat_add(&m->worth.exact[k], &m->worth.exact[k], &w[cell]);
    ent_i_twin_round(&m->worth);
    if (a->exact) goto done;
    ent_rats_free(m->worth.exact, (size_t)m->n);
    m->worth.exact = NULL;
done:
    ent_rats_free(w, (size_t)b->cells);
    ent_rats_free(alpha, (size_t)b->pairs);
    ent_rats_free(lambda, (size_t)b->interims);
    return st;
}

ent_status ent_i_m_solution(ent_ctx *ctx, const ent_bayesian *model, const ent_bayesian_settings *settings, ent_m_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_m_solution m = {0};
    ent_exact_problem problem = {0};
    ent_bargain b;
    if (ent_coal_size(model->focus) < 2) {
        ENT_TRY(ent_i_alone(ctx, model->coalition[model->focus], &m.answer));
        *out = m;
        m = (ent_m_solution){0};
        goto done;
    }
    ENT_TRY(ent_i_bayes_coalitions(ctx, model->focus, 2, &m.coalition, &m.n));
    ENT_TRY(ent_i_bargain_shapley(ctx, model, model->focus, &b));
    ENT_TRY(ent_i_solve_bargain(ctx, &b, NULL, true, settings, 0, &m.answer));
    ENT_TRY(ent_i_bayes_exact_problem_new(ctx, &b, NULL, &problem));
    ENT_TRY(worths(ctx, &b, &problem, &m));
    *out = m;
    m = (ent_m_solution){0};
done:
    ent_i_m_solution_free(&m);
    ent_i_bayes_exact_problem_free(&problem);
    ent_scratch_reset(ctx, mark);
    return st;
}
