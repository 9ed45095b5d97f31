#include "bayesian/bayesian_solve.h"

#include "bayesian/bayes_tables.h"

#include <string.h>

ent_status ent_i_rival_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *model = ent_json_get(result, "model"),
                   *solution = ent_json_get(result, "solution");
    const ent_json *status = ent_json_get(solution, "status");
    ent_text heads;
    ent_text_init(out->ctx, &heads);
    ent_text_puts(&heads, "of the solution");
    ent_i_bayes_heads(&heads, model);
    if (heads.status != ENT_OK) out->status = heads.status;
    else {
        ent_i_bayes_table(out, result, ent_json_get(result, "method")->text, heads.data);
        ent_table_cell(out, "utilities");
        ent_i_bayes_interim_cells(out, model, ent_json_get(solution, "utilities"), true);
        ent_table_cell(out, "weights");
        ent_i_bayes_interim_cells(out, model, ent_json_get(solution, "weights"), true);
        if (status) ent_table_note(out, "Status: %s.", status->text);
    }
    ent_text_release(&heads);
    ent_i_bayes_mechanism_table(out, result, "the agreement", ent_json_get(solution, "mechanism"),
                                ent_json_get(solution, "prices"));
    const ent_json *worths = ent_json_get(solution, "worths");
    if (worths) {
        ent_i_bayes_table(out, result, "virtual worths of coalitions", "coalition|>worth");
        for (const ent_json *s = worths->first; s; s = s->next) {
            ent_table_cell(out, "%s", s->key);
            ent_cell_number(out, s);
        }
    }
    return out->status;
}
