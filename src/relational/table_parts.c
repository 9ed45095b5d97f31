#include "relational/table_parts.h"

#include "report/cells.h"

#include <string.h>

/* A heading such as "Three symmetric nations: A, B negotiate; discount factor 3/10". */
static void heading(const ent_json *result, const char *what, ent_text *title)
{
    const ent_json *model = ent_json_get(result, "model");
    const ent_json *name = ent_json_get(model, "name");
    if (name) ent_text_printf(title, "%s: ", name->text);
    ent_text_puts(title, what);
}

/* "A, B" from a list of names, or "all players" when there is no list. */
void ent_i_table_names(ent_text *out, const ent_json *list)
{
    if (!list) {
        ent_text_puts(out, "all players");
        return;
    }
    for (const ent_json *name = list->first; name; name = name->next)
        ent_text_printf(out, "%s%s", name == list->first ? "" : ", ", name->text);
}

static const char *model_text(const ent_json *model, const char *key, const char *otherwise)
{
    const ent_json *value = ent_json_get(model, key);
    return value && value->text ? value->text : otherwise;
}

/* One line of the table of main numbers. */
void ent_i_table_fact(ent_tables *out, const char *what, const ent_json *number,
                      const char *meaning)
{
    if (!number) return;
    ent_table_cell(out, "%s", what);
    ent_cell_number(out, number);
    ent_table_cell(out, "%s", meaning);
}

void ent_i_table_begin(ent_tables *out, const ent_json *result, const char *what, const char *heads)
{
    ent_text title;
    ent_text_init(out->ctx, &title);
    heading(result, what, &title);
    if (title.status != ENT_OK) out->status = title.status;
    else ent_table_begin(out, title.data, heads);
    ent_text_release(&title);
}

/* Who negotiates, how patient, how often: a note below the first table. */
void ent_i_table_terms(ent_tables *out, const ent_json *model)
{
    ent_text text;
    ent_text_init(out->ctx, &text);
    ent_i_table_names(&text, ent_json_get(model, "coalition"));
    const char *rho = model_text(model, "renegotiation", "1");
    if (text.status != ENT_OK) out->status = text.status;
    else
        ent_table_note(out, "Negotiated by %s; discount factor %s; renegotiation %s%s.", text.data,
                       model_text(model, "discount", "?"),
                       strcmp(rho, "1") == 0 ? "every period" : "with probability ",
                       strcmp(rho, "1") == 0 ? "" : rho);
    ent_text_release(&text);
}

/* The answer "there is none", with its evidence. */
void ent_i_table_none(ent_tables *out, const ent_json *result)
{
    ent_i_table_begin(out, result, "no equilibrium", "outcome|reason");
    ent_table_cell(out, "none");
    ent_table_cell(out, "no play is enforceable at any fixed point of the incentive map");
    ent_i_table_terms(out, ent_json_get(result, "model"));
}

bool ent_i_table_solved(const ent_json *result)
{
    return strcmp(ent_json_get(result, "outcome")->text, "solved") == 0;
}

void ent_i_table_action(ent_tables *out, const ent_json *action)
{
    if (action && action->kind == ENT_JSON_STRING) ent_table_cell(out, "%s", action->text);
    else ent_table_cell(out, "%.4g", ent_number_value(action));
}

/* A table with one column a player, each holding what the player does; the heads name the
 * players. */
void ent_i_table_plays(ent_tables *out, const char *title, const char *first,
                       const ent_json *players)
{
    ent_table_begin(out, title, first);
    for (const ent_json *player = players->first; player; player = player->next)
        ent_table_column(out, ENT_RIGHT, player->key);
}
