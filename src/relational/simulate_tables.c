/* Documents of simulations as tables. */
#include "relational/table_parts.h"

#include "report/cells.h"

#include <math.h>
#include <string.h>

/* Money below this part of the payoff scale is rounding and shown as 0. */
static const double rounding = 1e-12;

static void money_cell(ent_tables *out, const ent_json *result, const ent_json *number)
{
    const double scale = ent_number_value(ent_json_at(result, "/certificate/scale"));
    if (fabs(ent_number_value(number)) <= rounding * scale) ent_table_cell(out, "0");
    else ent_cell_plain(out, number);
}

/* One of the three lines of a plan; the first names the state and the phase. */
static void plan_line(ent_tables *out, const ent_json *result, const ent_json *plan,
                      const char *key, const char *what)
{
    const bool first = strcmp(key, "transfers") == 0, play = strcmp(key, "play") == 0;
    ent_table_cell(out, "%s", first ? ent_json_get(plan, "state")->text : "");
    ent_table_cell(out, "%s", first ? ent_json_get(plan, "phase")->text : "");
    ent_table_cell(out, "%s", what);
    for (const ent_json *entry = ent_json_get(plan, key)->first; entry; entry = entry->next) {
        if (play) ent_i_table_action(out, entry);
        else money_cell(out, result, entry);
    }
}

static void automaton_lines(ent_tables *out, const ent_json *result)
{
    const ent_json *solution = ent_json_get(result, "solution");
    const ent_json *states = ent_json_get(solution, "states");
    ent_i_table_plays(out, "The automaton: every player's value at the beginning of a period",
                      "state", ent_json_get(states->first, "values"));
    for (const ent_json *state = states->first; state; state = state->next) {
        ent_table_cell(out, "%s", ent_json_get(state, "name")->text);
        for (const ent_json *value = ent_json_get(state, "values")->first; value;
             value = value->next)
            ent_cell_plain(out, value);
    }
    ent_i_table_plays(out, "What the states prescribe", "state|phase|what",
                      ent_json_get(states->first, "values"));
    for (const ent_json *plan = ent_json_get(solution, "plan")->first; plan; plan = plan->next) {
        plan_line(out, result, plan, "transfers", "receives first");
        plan_line(out, result, plan, "play", "plays");
        plan_line(out, result, plan, "payments", "is paid after");
    }
    ent_table_note(
        out,
        "A player that deviates is punished from the next period on and nobody pays in the period of "
        "an action deviation; "
        "otherwise good standing follows.");
}

static void history_lines(ent_tables *out, const ent_json *history)
{
    ent_text title;
    ent_text_init(out->ctx, &title);
    ent_text_printf(&title, "History %g: %g deviations; its first periods",
                    ent_number_value(ent_json_get(history, "history")),
                    ent_number_value(ent_json_get(history, "deviations")));
    if (title.status != ENT_OK) out->status = title.status;
    else
        ent_i_table_plays(out, title.data, ">period|state|phase|who deviates",
                          ent_json_get(history, "claimed"));
    ent_text_release(&title);
    for (const ent_json *period = ent_json_get(history, "first_periods")->first; period;
         period = period->next) {
        const ent_json *deviator = ent_json_get(period, "deviator");
        ent_cell_plain(out, ent_json_get(period, "period"));
        ent_table_cell(out, "%s", ent_json_get(period, "state")->text);
        ent_table_cell(out, "%s", ent_json_get(period, "phase")->text);
        ent_table_cell(out, "%s%s%s", deviator ? deviator->text : "-", deviator ? ", " : "",
                       deviator ? ent_json_get(period, "in")->text : "");
        for (const ent_json *value = ent_json_get(period, "payoffs")->first; value;
             value = value->next)
            ent_cell_plain(out, value);
    }
}

enum { HISTORIES_SHOWN = 2 };

ent_status ent_i_simulate_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution");
    if (!ent_i_table_solved(result)) {
        ent_i_table_none(out, result);
        return out->status;
    }
    ent_i_table_begin(out, result, "the contract played", "|>value|meaning");
    ent_i_table_fact(out, "checked", ent_json_at(solution, "/deviations/checked"),
                     "one-shot deviations computed");
    ent_table_cell(out, "least loss");
    money_cell(out, result, ent_json_at(solution, "/deviations/least_loss"));
    ent_table_cell(out, "of the deviation that loses least: none pays");
    ent_i_table_fact(out, "value error", ent_json_get(solution, "value_error"),
                     "values of the automaton against those of the contract, relative");
    ent_i_table_terms(out, ent_json_get(result, "model"));
    automaton_lines(out, result);
    const ent_json *history = ent_json_get(solution, "histories")->first;
    for (int shown = 0; history && shown < HISTORIES_SHOWN; history = history->next, shown++)
        history_lines(out, history);
    return out->status;
}
