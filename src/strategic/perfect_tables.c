/* Tables of `coalition-perfect` and `harsanyi`. */
#include "strategic/strategic_tables.h"

#include <string.h>

static void none(ent_tables *out, const ent_json *result, const ent_json *solution)
{
    const bool undecided = strcmp(ent_json_get(result, "outcome")->text, "limit") == 0;
    ent_i_strategic_begin(out, result, undecided ? "undecided" : "no coalition-perfect equilibrium",
                          "examined|prices|utilities|>least violation");
    const ent_json *examined = ent_json_get(ent_json_get(result, "certificate"), "examined");
    int number = 0;
    for (const ent_json *e = examined ? examined->first : NULL; e; e = e->next) {
        ent_table_cell(out, "CoCo equilibrium %d", ++number);
        ent_i_payoffs_cell(out, ent_json_get(e, "prices"));
        ent_i_payoffs_cell(out, ent_json_get(e, "utilities"));
        ent_cell_number(out, ent_json_get(e, "residual"));
    }
    ent_table_note(
        out,
        "Whatever optimal strategies the coalitions choose at these prices, some coalition divides its payoffs otherwise "
        "than condition 4 asks; the violation is measured by the payoffs' ranges. Least of all: %.7g.",
        ent_number_value(ent_json_get(solution, "residual")));
}

static void coalitions(ent_tables *out, const ent_json *e)
{
    const ent_json *list = ent_json_get(e, "coalitions");
    const bool weighted = list && list->first && ent_json_get(list->first, "dividend");
    ent_table_begin(out, "Every coalition",
                    weighted ? "coalition|plays|its members get|after disposal|>dividend"
                             : "coalition|plays|its members get|fallback|dividends");
    for (const ent_json *c = list ? list->first : NULL; c; c = c->next) {
        ent_table_cell(out, "%s", c->key);
        ent_i_mix_cell(out, ent_json_get(c, "strategy"));
        ent_i_payoffs_cell(out, ent_json_get(c, "payoffs"));
        ent_i_payoffs_cell(out, ent_json_get(c, weighted ? "utilities" : "threats"));
        if (weighted) ent_cell_number(out, ent_json_get(c, "dividend"));
        else ent_i_payoffs_cell(out, ent_json_get(c, "dividends"));
    }
}

ent_status ent_i_perfect_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution"),
                   *list = ent_json_get(solution, "equilibria");
    const char *kind = strcmp(ent_json_get(result, "method")->text, "harsanyi") == 0
                           ? "an equilibrium of constrained threats"
                           : "a coalition-perfect equilibrium";
    if (!list->first) none(out, result, solution);
    for (const ent_json *e = list->first; e; e = e->next) {
        const bool boundary = strcmp(ent_json_get(e, "status")->text, "boundary") == 0;
        ent_i_strategic_begin(out, result,
                              boundary ? "no equilibrium with positive prices; the limit" : kind,
                              "player|>price|>gets");
        for (const ent_json *u = ent_json_get(e, "utilities")->first; u; u = u->next) {
            ent_table_cell(out, "%s", u->key);
            ent_cell_number(out, ent_json_get(ent_json_get(e, "prices"), u->key));
            ent_cell_number(out, u);
        }
        if (!boundary) coalitions(out, e);
        else if (ent_json_get(e, "lottery"))
            ent_table_note(
                out,
                "A player with price 0 gets what the lottery found gives it; any other that is worth as much at these prices would do.");
    }
    return out->status;
}
