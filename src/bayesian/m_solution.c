#include "bayesian/m_solution.h"

#include "bayesian/merge_types.h"

void ent_i_m_solution_free(ent_m_solution *m)
{
    ent_i_bayes_answer_free(&m->answer);
    ent_free(m->coalition);
    ent_i_twin_free(&m->worth);
    *m = (ent_m_solution){0};
}

/* Virtual worths at the answer's scales; from the doubles, taken as they are, when the answer is
 * not exact. */
static ent_status worths(ent_ctx *ctx, const ent_bargain *b, const ent_exact_problem *problem,
                         ent_m_solution *m)
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
            if (b->cell_coal[cell]->members == m->coalition[k])
                ent_rat_add(&m->worth.exact[k], &m->worth.exact[k], &w[cell]);
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

/* The game with alike types merged, and what became of each coalition. */
typedef struct merged_game {
    ent_bayesian model; /* only its coalitions count */
    ent_merged all;
    ent_merged *part; /* [2^n], those inside the focus */
} merged_game;

static void merged_game_free(merged_game *g)
{
    for (ent_coal s = g->model.focus; g->part && s; s = (s - 1) & g->model.focus)
        ent_i_merged_free(&g->part[s]);
    ent_free(g->part);
    ent_free(g->model.coalition);
    ent_i_merged_free(&g->all);
}

static ent_status merge_game(ent_ctx *ctx, const ent_bayesian *model, merged_game *g)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_coal focus = model->focus;
    const ent_bayes_coal *all = model->coalition[focus];
    const size_t threats = (size_t)all->size * (size_t)all->interims;
    double *none = NULL;
    ent_rat *exact = ent_rats_new(ctx, threats, &st);
    if (!exact) goto done;
    ENT_SCRATCH(ctx, none, threats);
    ENT_TRY(ent_i_merge_types(ctx, all, none, exact, &g->all));
    if (!g->all.any) goto done;
    g->model.focus = focus;
    g->model.n = model->n;
    ENT_ALLOC(ctx, g->model.coalition, (size_t)1 << model->n);
    ENT_ALLOC(ctx, g->part, (size_t)1 << model->n);
    for (ent_coal s = focus; s; s = (s - 1) & focus) {
        ENT_TRY(ent_i_merge_part(ctx, &g->all, model->coalition[s], &g->part[s]));
        g->model.coalition[s] = &g->part[s].coal;
    }
done:
    ent_rats_free(exact, threats);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* [Sal] Section 1, docs/bayesian.md "Rival solutions": solved with alike types merged, and split
 * again. */
static ent_status solve_merged(ent_ctx *ctx, const ent_bayesian *model, const ent_bargain *whole,
                               const ent_bayesian_settings *settings, ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    merged_game g = {0};
    ent_bayes_answer answer = {0};
    ent_bargain b;
    ENT_TRY(merge_game(ctx, model, &g));
    if (!g.all.any) {
        ENT_TRY(ent_i_solve_bargain(ctx, whole, NULL, true, settings, 0, out));
        goto done;
    }
    ENT_TRY(ent_i_bargain_shapley(ctx, &g.model, model->focus, &b));
    ENT_TRY(ent_i_solve_bargain(ctx, &b, NULL, true, settings, 0, &answer));
    ENT_TRY(ent_i_split_answer(ctx, &g.all, &answer));
    *out = answer;
    answer = (ent_bayes_answer){0};
done:
    ent_i_bayes_answer_free(&answer);
    merged_game_free(&g);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_m_solution(ent_ctx *ctx, const ent_bayesian *model,
                            const ent_bayesian_settings *settings, ent_m_solution *out)
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
    ENT_TRY(solve_merged(ctx, model, &b, settings, &m.answer));
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
