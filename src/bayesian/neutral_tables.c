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

/* Where a proof leaves more than one vector, how far apart they may be. */
static void one_enclosure(ent_tables *out, const ent_json *s, const ent_json *enclosure)
{
    const ent_json *clusters = ent_json_get(enclosure, "clusters");
    const char *which =
        ent_json_get(enclosure, "covers")->text[0] == 'a' ? "values" : "nondegenerate values";
    const double width = ent_number_value(ent_json_get(enclosure, "width"));
    if (clusters->count == 1)
        ent_table_note(
            out,
            "Coalition %s: all %s lie within %.3g of each other in every player's utility (proved).",
            s->key, which, width);
    else
        ent_table_note(
            out,
            "Coalition %s: all %s lie in %u regions, none wider than %.3g (proved; see --json).",
            s->key, which, clusters->count, width);
}

static void enclosure_notes(ent_tables *out, const ent_json *coalitions)
{
    ent_text names;
    ent_text_init(out->ctx, &names);
    for (const ent_json *s = coalitions->first; s; s = s->next) {
        const ent_json *enclosure = ent_json_get(s, "enclosure");
        if (!enclosure) continue;
        if (ent_json_get(enclosure, "unique")->truth)
            ent_text_printf(&names, "%s%s", names.len > 0 ? "; " : "", s->key);
        else one_enclosure(out, s, enclosure);
    }
    if (names.status != ENT_OK) out->status = names.status;
    else if (names.len > 0)
        ent_table_note(out, "Proved to be the only value, given those of smaller coalitions: %s.",
                       names.data);
    ent_text_release(&names);
}

static void others_note(ent_tables *out, const ent_json *coalitions)
{
    for (const ent_json *s = coalitions->first; s; s = s->next) {
        const ent_json *others = ent_json_get(s, "others");
        if (others && others->count > 0)
            ent_table_note(
                out,
                "Coalition %s has %u more values from other starts (see --json): the solution is not unique.",
                s->key, others->count);
    }
}

ent_status ent_i_neutral_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution"),
                   *coalitions = ent_json_get(solution, "coalitions");
    ent_i_bayes_utility_table(out, result, "expected utility of every type in every coalition",
                              coalitions, "utilities", "status");
    ent_table_note(
        out,
        "What a coalition agrees on if it forms: the neutral procedural solution of the game among its members, with the "
        "agreements of smaller coalitions as threats.");
    others_note(out, coalitions);
    enclosure_notes(out, coalitions);
    const ent_json *s = last(coalitions);
    if (s) {
        ent_i_bayes_mechanism_table(out, result, "the agreement of all",
                                    ent_json_get(s, "mechanism"), ent_json_get(s, "prices"));
        scales_table(out, result, s);
    }
    return out->status;
}
