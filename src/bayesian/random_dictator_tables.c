#include "bayesian/bayesian_solve.h"

#include "bayesian/bayes_tables.h"

static void draw_table(ent_tables *out, const ent_json *result, const char *title,
                       const ent_json *coalitions, const char *which)
{
    ent_text heads;
    const ent_json *model = ent_json_get(result, "model");
    ent_text_init(out->ctx, &heads);
    ent_text_puts(&heads, "coalition|efficient");
    ent_i_bayes_heads(&heads, model);
    if (heads.status != ENT_OK) out->status = heads.status;
    else {
        ent_i_bayes_table(out, result, title, heads.data);
        for (const ent_json *s = coalitions->first; s; s = s->next) {
            const ent_json *draw = ent_json_get(s, which),
                           *efficient = ent_json_get(draw, "efficient");
            const ent_json *missing = ent_json_get(draw, "missing");
            ent_table_cell(out, "%s", s->key);
            if (efficient) ent_table_cell(out, "%s", efficient->truth ? "yes" : "no");
            else if (missing) ent_table_cell(out, "%s has no strong solution", missing->text);
            else ent_table_cell(out, "no draw in %s", ent_json_get(draw, "smaller")->text);
            ent_i_bayes_interim_cells(out, model, ent_json_get(draw, "utilities"), true);
        }
    }
    ent_text_release(&heads);
}

ent_status ent_i_random_dictator_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution"),
                   *coalitions = ent_json_get(solution, "coalitions");
    draw_table(out, result, "a random dictator, smaller coalitions drawing one too (RCRD')",
               coalitions, "recursive");
    ent_table_note(
        out,
        ent_json_get(solution, "solves")->truth
            ? "Every draw is defined and efficient: together they are a bargaining solution."
            : "Some draw is not defined or not efficient: the procedure does not solve this game.");
    draw_table(out, result, "a random dictator against neutral procedural threats (RCRD)",
               coalitions, "restricted");
    return out->status;
}
