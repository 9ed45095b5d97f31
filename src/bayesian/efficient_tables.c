#include "bayesian/bayesian_solve.h"

#include "bayesian/bayes_tables.h"

static void frontier_table(ent_tables *out, const ent_json *result, const ent_json *s)
{
    const ent_json *frontier = ent_json_get(s, "frontier"), *model = ent_json_get(result, "model");
    if (!frontier) return;
    ent_text heads, title;
    ent_text_init(out->ctx, &heads);
    ent_text_init(out->ctx, &title);
    ent_text_puts(&heads, ">vertex");
    ent_i_bayes_heads(&heads, model);
    ent_text_printf(&title, "what incentive compatibility allows coalition %s", s->key);
    if (heads.status != ENT_OK || title.status != ENT_OK) {
        out->status = ENT_E_MEMORY;
        goto done;
    }
    ent_i_bayes_table(out, result, title.data, heads.data);
    int k = 0;
    for (const ent_json *v = ent_json_get(frontier, "vertices")->first; v; v = v->next) {
        ent_table_cell(out, "%d", k++);
        ent_i_bayes_interim_cells(out, model, v, true);
    }
    ent_table_note(
        out,
        "Vertices of the set of interim utilities, everything below them included; %u facets with --json.",
        ent_json_get(frontier, "facets")->count);
done:
    ent_text_release(&title);
    ent_text_release(&heads);
}

ent_status ent_i_efficient_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *coalitions = ent_json_get(ent_json_get(result, "solution"), "coalitions");
    ent_i_bayes_utility_table(out, result, "incentive-efficient utilities at the given weights",
                              coalitions, "utilities", NULL);
    ent_i_bayes_utility_table(out, result, "weights", coalitions, "weights", NULL);
    ent_i_bayes_table(out, result, "what incentives cost",
                      "coalition|>weighted utility|>without incentive constraints");
    for (const ent_json *s = coalitions->first; s; s = s->next) {
        ent_table_cell(out, "%s", s->key);
        ent_cell_number(out, ent_json_get(s, "value"));
        ent_cell_number(out, ent_json_get(s, "first_best"));
    }
    for (const ent_json *s = coalitions->first; s; s = s->next) {
        if (!s->next)
            ent_i_bayes_mechanism_table(out, result, "the mechanism of all",
                                        ent_json_get(s, "mechanism"), ent_json_get(s, "prices"));
        frontier_table(out, result, s);
    }
    return out->status;
}
