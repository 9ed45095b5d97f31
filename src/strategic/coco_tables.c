/* Tables of `coco`. */
#include "strategic/strategic_tables.h"

#include <stdio.h>
#include <string.h>

static void one_equilibrium(ent_tables *out, const ent_json *result, const ent_json *e, int number,
                            int of)
{
    const bool boundary = strcmp(ent_json_get(e, "status")->text, "boundary") == 0;
    const ent_json *payments = ent_json_get(e, "payments");
    char title[80];
    if (of > 1) snprintf(title, sizeof title, "equilibrium %d of %d", number, of);
    else
        snprintf(title, sizeof title,
                 boundary ? "no equilibrium with positive prices; the limit"
                          : "the CoCo equilibrium found");
    ent_i_strategic_begin(out, result, title,
                          payments ? "player|>price|>is paid|>gets" : "player|>price|>gets");
    for (const ent_json *u = ent_json_get(e, "utilities")->first; u; u = u->next) {
        ent_table_cell(out, "%s", u->key);
        ent_cell_number(out, ent_json_get(ent_json_get(e, "prices"), u->key));
        if (payments) ent_cell_number(out, ent_json_get(payments, u->key));
        ent_cell_number(out, u);
    }
    const ent_json *lottery = ent_json_get(e, "lottery");
    if (!lottery) {
        ent_table_note(
            out,
            "A player whose price approaches 0 claims this much in the limit; at all positive prices somebody claims more than anything feasible gives.");
        return;
    }
    ent_text text;
    ent_text_init(out->ctx, &text);
    ent_i_mix_text(&text, lottery);
    if (text.status != ENT_OK) out->status = text.status;
    else
        ent_table_note(
            out,
            "They play %s. A price is what a unit of the player's payoff costs in the virtual currency; everybody gets "
            "its CoCo value in that currency.",
            text.data ? text.data : "");
    ent_text_release(&text);
}

ent_status ent_i_coco_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution"),
                   *list = ent_json_get(solution, "equilibria");
    int number = 0;
    for (const ent_json *e = list->first; e; e = e->next)
        one_equilibrium(out, result, e, ++number, (int)list->count);
    if (!list->first) {
        ent_i_strategic_begin(out, result, "nothing found", "outcome");
        ent_table_cell(out, "no start led to an equilibrium or to the boundary");
    }
    const ent_json *coverage = ent_json_get(solution, "coverage");
    const bool limit = strcmp(ent_json_get(result, "outcome")->text, "boundary") == 0;
    if (coverage && strcmp(coverage->text, "all") == 0)
        ent_table_note(
            out, limit ? "Proved: no positive prices carry an equilibrium, and claims tend to this."
                       : "No other utilities are an equilibrium.");
    else if (coverage && strcmp(coverage->text, "enumerated") == 0)
        ent_table_note(
            out,
            "All faces of what is feasible were searched, and the indices of the equilibria sum to 1: evidence, though no "
            "proof, that there are no others.");
    else ent_table_note(out, "Other equilibria may exist.");
    return out->status;
}

/* A lottery over named outcomes. */
static void outcomes_text(ent_text *out, const ent_json *lottery)
{
    for (const ent_json *part = lottery->first; part; part = part->next) {
        ent_text_puts(out, part == lottery->first ? "" : ", ");
        if (lottery->count > 1) {
            ent_number_text(out, ent_json_get(part, "weight"), true);
            ent_text_puts(out, " ");
        }
        ent_text_puts(out, ent_json_get(part, "outcome")->text);
    }
}

ent_status ent_i_nash_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    const ent_json *solution = ent_json_get(result, "solution"),
                   *point = ent_json_get(solution, "threat_point");
    const ent_json *threats = ent_json_get(solution, "threats"),
                   *lottery = ent_json_get(solution, "lottery");
    ent_text text;
    ent_text_init(ctx, &text);
    ent_i_strategic_begin(out, result,
                          point ? "the bargaining solution"
                                : "no solution with positive prices; the limit",
                          threats ? "player|threatens|>without agreement|>gets|>price"
                                  : "player|>without agreement|>gets|>price");
    const ent_json *utilities = ent_json_get(solution, "utilities");
    for (const ent_json *u = utilities ? utilities->first : NULL; u; u = u->next) {
        ent_table_cell(out, "%s", u->key);
        if (threats) ent_i_mix_cell(out, ent_json_get(threats, u->key));
        ent_cell_number(out, ent_json_get(point, u->key));
        ent_cell_number(out, u);
        ent_cell_number(out, ent_json_get(ent_json_get(solution, "prices"), u->key));
    }
    if (lottery && lottery->first && ent_json_get(lottery->first, "outcome"))
        outcomes_text(&text, lottery);
    else if (lottery) ent_i_mix_text(&text, lottery);
    if (text.status != ENT_OK) out->status = text.status;
    else if (text.data) ent_table_note(out, "They agree on: %s.", text.data);
    ent_text_release(&text);
    return out->status;
}
