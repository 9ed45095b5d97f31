#include "bayesian/bayesian_solve.h"

#include "bayesian/bayes_tables.h"

static const char *verdict(const ent_json *answer)
{
    if (ent_json_get(answer, "strong")->truth) return "strong solution";
    return ent_json_get(answer, "safe")->truth ? "safe ones are dominated" : "nothing is safe";
}

ent_status ent_i_strong_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *model = ent_json_get(result, "model");
    const ent_json *coalitions = ent_json_get(ent_json_get(result, "solution"), "coalitions");
    ent_text heads;
    ent_text_init(out->ctx, &heads);
    ent_text_puts(&heads, "coalition|dictator|others held to (4.12b)|others at least (4.12b)");
    ent_i_bayes_heads(&heads, model);
    if (heads.status != ENT_OK) out->status = heads.status;
    else {
        ent_i_bayes_table(out, result, "what each member would dictate", heads.data);
        for (const ent_json *s = coalitions->first; s; s = s->next)
            for (const ent_json *d = ent_json_get(s, "dictators")->first; d; d = d->next) {
                const ent_json *more = ent_json_get(d, "inequality"),
                               *utilities = ent_json_get(d, "utilities");
                ent_table_cell(out, "%s", s->key);
                ent_table_cell(out, "%s", d->key);
                ent_table_cell(out, "%s", verdict(d));
                ent_table_cell(out, "%s", verdict(more));
                ent_i_bayes_interim_cells(
                    out, model, utilities ? utilities : ent_json_get(more, "utilities"), true);
            }
        ent_table_note(
            out,
            "A strong solution is safe (acceptable whatever the others infer from its being proposed) and undominated for the "
            "dictator. Utilities are those of the first kind, else of the second, with the neutral procedural "
            "solutions of smaller coalitions as threats.");
    }
    ent_text_release(&heads);
    return out->status;
}
