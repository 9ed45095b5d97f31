#include "bayesian/bayes_tables.h"

#include <string.h>

void ent_i_bayes_table(ent_tables *out, const ent_json *result, const char *what, const char *heads)
{
    ent_text title;
    const ent_json *name = ent_json_get(ent_json_get(result, "model"), "name");
    ent_text_init(out->ctx, &title);
    if (name && name->text[0]) ent_text_printf(&title, "%s: ", name->text);
    ent_text_puts(&title, what);
    if (title.status != ENT_OK) out->status = title.status;
    else ent_table_begin(out, title.data, heads);
    ent_text_release(&title);
}

/* The types of a player of the model: an object or a list; NULL or one entry mean a single type. */
static const ent_json *types_of(const ent_json *player)
{
    const ent_json *types = ent_json_get(player, "types");
    return types && types->count > 1 ? types : NULL;
}

static const char *type_name(const ent_json *type) { return type->key ? type->key : type->text; }

void ent_i_bayes_heads(ent_text *heads, const ent_json *model)
{
    for (const ent_json *p = ent_json_get(model, "players")->first; p; p = p->next) {
        const char *name = ent_json_get(p, "name")->text;
        const ent_json *types = types_of(p);
        if (!types) ent_text_printf(heads, "|>%s", name);
        for (const ent_json *t = types ? types->first : NULL; t; t = t->next)
            ent_text_printf(heads, "|>%s %s", name, type_name(t));
    }
}

static void number_cell(ent_tables *out, const ent_json *number, bool fraction)
{
    if (fraction) ent_cell_number(out, number);
    else ent_cell_plain(out, number);
}

void ent_i_bayes_interim_cells(ent_tables *out, const ent_json *model, const ent_json *interim,
                               bool fraction)
{
    for (const ent_json *p = ent_json_get(model, "players")->first; p; p = p->next) {
        const ent_json *types = types_of(p),
                       *mine = ent_json_get(interim, ent_json_get(p, "name")->text);
        if (!types) number_cell(out, mine, fraction);
        for (const ent_json *t = types ? types->first : NULL; t; t = t->next)
            number_cell(out, ent_json_get(mine, type_name(t)), fraction);
    }
}

void ent_i_bayes_utility_table(ent_tables *out, const ent_json *result, const char *title,
                               const ent_json *coalitions, const char *member, const char *status)
{
    ent_text heads, path;
    const ent_json *model = ent_json_get(result, "model");
    ent_text_init(out->ctx, &heads);
    ent_text_init(out->ctx, &path);
    ent_text_puts(&heads, "coalition");
    ent_i_bayes_heads(&heads, model);
    if (status) ent_text_puts(&heads, "|status");
    ent_text_printf(&path, "/%s", member);
    if (heads.status != ENT_OK || path.status != ENT_OK)
        out->status = heads.status != ENT_OK ? heads.status : path.status;
    else {
        ent_i_bayes_table(out, result, title, heads.data);
        for (const ent_json *s = coalitions->first; s; s = s->next) {
            const ent_json *word = status ? ent_json_get(s, status) : NULL;
            ent_table_cell(out, "%s", s->key);
            ent_i_bayes_interim_cells(out, model, ent_json_at(s, path.data), true);
            if (status) ent_table_cell(out, "%s", word && word->text ? word->text : "-");
        }
    }
    ent_text_release(&path);
    ent_text_release(&heads);
}

void ent_i_bayes_mechanism_table(ent_tables *out, const ent_json *result, const char *title,
                                 const ent_json *mechanism, const ent_json *prices)
{
    if (!mechanism) return;
    ent_text lottery;
    ent_text_init(out->ctx, &lottery);
    ent_i_bayes_table(out, result, title,
                      prices ? "types|decisions|>trades with probability|>price"
                             : "types|decisions");
    for (const ent_json *state = mechanism->first; state; state = state->next) {
        ent_text_reset(&lottery);
        for (const ent_json *d = state->first; d; d = d->next) {
            ent_text_puts(&lottery, d == state->first ? "" : "; ");
            if (state->count > 1) {
                ent_number_text(&lottery, d, false);
                ent_text_puts(&lottery, " ");
            }
            ent_text_puts(&lottery, d->key);
        }
        if (lottery.status != ENT_OK) {
            out->status = lottery.status;
            break;
        }
        ent_table_cell(out, "%s", state->key);
        ent_table_cell(out, "%s", lottery.data);
        if (!prices) continue;
        const ent_json *price = ent_json_get(prices, state->key);
        ent_cell_plain(out, ent_json_get(price, "probability"));
        ent_cell_plain(out, ent_json_get(price, "price"));
    }
    ent_text_release(&lottery);
}
