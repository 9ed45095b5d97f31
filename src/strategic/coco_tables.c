/* Tables of `coco`. */
#include "strategic/strategic_tables.h"

#include <stdio.h>
#include <string.h>

static void one_equilibrium(ent_tables *out, const ent_json *result, const ent_json *e, int number, int of)
{
    const bool boundary = strcmp(ent_json_get(e, "status")->text, "boundary") == 0;
    const ent_json *payments = ent_json_get(e, "payments");
    char title[80];
    if (of > 1) snprintf(title, sizeof title, "equilibrium %d of %d", number, of);
    else snprintf(title, sizeof title, boundary ? "no equilibrium with positive prices; the limit" : "the CoCo equilibrium found");
    ent_i_strategic_begin(out, result, title, payments ? "player|>price|>is paid|>gets" : "player|>price|>gets");
    for (const ent_json *u = ent_json_get(e, "utilities")->first; u; u = u->next) {
        ent_table_cell(out, "%s", u->key);
        ent_cell_number(out, ent_json_get(ent_json_get(e, "prices"), u->key));
        if (payments) ent_cell_number(out, ent_json_get(payments, u->key));
        ent_cell_number(out, u);
    }
    const ent_json *lottery = ent_json_get(e, "lottery");
    if (!lottery) {
        ent_table_note(out, "A player whose price approaches 0 claims this much in the limit; nothing feasible gives it at positive prices.");
        return;
    }
    ent_text text;
    ent_text_init(out->ctx, &text);
    ent_i_mix_text(&text, lottery);
    if (text.status != ENT_OK) out->status = text.status;
    else ent_table_note(out, "They play %s. A price is what a unit of the player's payoff costs in the virtual currency; everybody gets "
                             "its CoCo value in that currency.", text.data ? text.data : "");
    ent_text_release(&text);
}

ent_status ent_i_coco_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution"), *list = ent_json_get(solution, "equilibria");
    int number = 0;
    for (const ent_json *e = list->first; e; e = e->next) one_equilibrium(out, result, e, ++number, (int)list->count);
    if (!list->first) {
        ent_i_strategic_begin(out, result, "nothing found", "outcome");
        ent_table_cell(out, "no start led to an equilibrium or to the boundary");
    }
    const ent_json *coverage = ent_json_get(solution, "coverage");
    if (coverage && strcmp(coverage->text, "all") == 0) ent_table_note(out, "No other utilities are an equilibrium.");
    else ent_table_note(out, "Other equilibria may exist.");
    ent_i_certified(out, result);
    return out->status;
}
