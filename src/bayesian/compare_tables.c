#include "bayesian/bayesian_solve.h"

#include "bayesian/bayes_tables.h"

static const ent_json *last(const ent_json *list)
{
    const ent_json *x = list ? list->first : NULL;
    while (x && x->next) x = x->next;
    return x;
}

static void line(ent_tables *out, const ent_json *model, const char *name,
                 const ent_json *utilities)
{
    ent_table_cell(out, "%s", name);
    ent_i_bayes_interim_cells(out, model, utilities, true);
}

ent_status ent_i_compare_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *model = ent_json_get(result, "model"),
                   *solution = ent_json_get(result, "solution");
    const ent_json *neutral = ent_json_get(solution, "neutral-procedural");
    ent_text heads;
    ent_text_init(out->ctx, &heads);
    ent_text_puts(&heads, "solution");
    ent_i_bayes_heads(&heads, model);
    if (heads.status != ENT_OK) out->status = heads.status;
    else {
        ent_i_bayes_table(out, result, "three solutions side by side", heads.data);
        line(out, model, "alone", ent_json_get(neutral, "alone"));
        line(out, model, "neutral procedural",
             ent_json_get(last(ent_json_get(neutral, "coalitions")), "utilities"));
        line(out, model, "M-solution (Myerson 1984)",
             ent_json_get(ent_json_get(solution, "m-solution"), "utilities"));
        line(out, model, "S-solution (Salamanca 2020)",
             ent_json_get(ent_json_get(solution, "s-solution"), "utilities"));
        ent_table_note(
            out,
            "The S-solution stands at the model's weights, or at weights that were searched; a dash: none were found, which proves nothing.");
    }
    ent_text_release(&heads);
    return out->status;
}
