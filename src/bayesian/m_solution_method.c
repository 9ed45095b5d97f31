/* The method `m-solution`, written as a document: docs/results.md "bayesian: m-solution". */
#include "bayesian/bayesian_solve.h"

#include "bayesian/m_solution.h"
#include "bayesian/write_bayes.h"

static void write_coalition_list(ent_writer *w, const ent_bayesian *model)
{
    ent_write_array(w, "coalition", true);
    for (int i = 0; i < model->n; i++)
        if (ent_coal_has(model->focus, i)) ent_write_string(w, NULL, model->player[i]);
    ent_write_end(w);
}

static void write_worths(ent_writer *w, const ent_bayesian *model, const ent_m_solution *m)
{
    ent_text name;
    ent_text_init(w->out->ctx, &name);
    ent_write_object(w, "worths", false);
    for (int k = 0; k < m->n; k++) {
        ent_text_reset(&name);
        ent_bayesian_coal_name(&name, model, m->coalition[k]);
        if (name.status != ENT_OK) break;
        ent_write_number(w, name.data, m->worth.value[k], ent_i_twin_at(&m->worth, k));
    }
    ent_write_end(w);
    if (name.status != ENT_OK && w->out->status == ENT_OK) w->out->status = name.status;
    ent_text_release(&name);
}

ent_status ent_i_m_solution_method(ent_ctx *ctx, const void *model, const void *settings,
                                   ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_bayesian *m = model;
    ent_m_solution solution = {0};
    if (ent_coal_size(m->focus) < 2)
        ENT_FAIL(ctx, ENT_E_ARG,
                 "m-solution: wanted a coalition of two or more members, found one");
    ENT_TRY(ent_i_m_solution(ctx, m, settings, &solution));
    ent_write_real(out->certificate, "scale", ent_i_bayes_scale(m));
    write_coalition_list(out->solution, m);
    ent_i_write_answer(out->solution, m, &solution.answer);
    write_worths(out->solution, m, &solution);
    ent_i_write_answer_proof(out->certificate, m, &solution.answer);
    out->outcome = ENT_SOLVED;
done:
    ent_i_m_solution_free(&solution);
    return st;
}
