#include "bayesian/bayesian_solve.h"

#include "bayesian/bayes_tables.h"

/* The last coalition of a list: the largest one. */
static const ent_json *last(const ent_json *coalitions)
{
    const ent_json *s = coalitions->first;
    while (s && s->next) s = s->next;
    return s;
}

static void scales_table(ent_tables *out, const ent_json *result, const ent_json *s)
{
    ent_text heads;
    const ent_json *model = ent_json_get(result, "model");
    ent_text_init(out->ctx, &heads);
    ent_text_puts(&heads, "of the solution");
    ent_i_bayes_heads(&heads, model);
    if (heads.status != ENT_OK) out->status = heads.status;
    else {
        ent_i_bayes_table(out, result, "how utilities are compared", heads.data);
        ent_table_cell(out, "weights");
        ent_i_bayes_interim_cells(out, model, ent_json_get(s, "weights"), false);
        ent_table_cell(out, "warranted claims");
        ent_i_bayes_interim_cells(out, model, ent_json_get(s, "claims"), false);
    }
    ent_text_release(&heads);
}

static void enclosure_note(ent_tables *out, const ent_json *coalitions)
{
    for (const ent_json *s = coalitions->first; s; s = s->next) {
        const ent_json *enclosure = ent_json_get(s, "enclosure");
        if (!enclosure) continue;
        const bool complete = ent_json_get(enclosure, "complete")->truth;
        ent_table_note(out, "Coalition %s: %g boxes %s that all solutions with weights that do not vanish lie within %.3g of the range of utilities.",
                       s->key, ent_number_value(ent_json_get(enclosure, "boxes")), complete ? "show" : "were not enough to show more than",
                       ent_number_value(ent_json_get(enclosure, "width")));
    }
}

static void others_note(ent_tables *out, const ent_json *coalitions)
{
    for (const ent_json *s = coalitions->first; s; s = s->next) {
        const ent_json *others = ent_json_get(s, "others");
        if (others && others->count > 0)
            ent_table_note(out, "Coalition %s has %u more values from other starts (see --json): the solution is not unique.", s->key,
                           others->count);
    }
}

ent_status ent_i_neutral_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution"), *coalitions = ent_json_get(solution, "coalitions");
    ent_i_bayes_utility_table(out, result, "expected utility of every type in every coalition", coalitions, "utilities", "status");
    ent_table_note(out, "What a coalition agrees on if it forms: the neutral procedural solution of the game among its members, with the "
                        "agreements of smaller coalitions as threats.");
    others_note(out, coalitions);
    enclosure_note(out, coalitions);
    const ent_json *s = last(coalitions);
    if (s) {
        ent_i_bayes_mechanism_table(out, result, "the agreement of all", ent_json_get(s, "mechanism"), ent_json_get(s, "prices"));
        scales_table(out, result, s);
    }
    return out->status;
}
