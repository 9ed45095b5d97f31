/* The tables of the outside family. */
#include "outside/outside_methods.h"
#include "report/cells.h"

#include <string.h>

static void fact(ent_tables *out, const char *name, const ent_json *number, const char *meaning)
{
    ent_table_cell(out, "%s", name);
    ent_cell_number(out, number);
    ent_table_cell(out, "%s", meaning);
}

static const char *title_of(const ent_json *result)
{
    const ent_json *name = ent_json_at(result, "/model/name");
    return name && name->kind == ENT_JSON_STRING ? name->text : "outside";
}

static void begin(ent_tables *out, const ent_json *result, const char *what, const char *heads)
{
    ent_text title;
    ent_text_init(out->ctx, &title);
    ent_text_printf(&title, "%s: %s", title_of(result), what);
    if (title.status != ENT_OK) out->status = title.status;
    else ent_table_begin(out, title.data, heads);
    ent_text_release(&title);
}

static const char *regime_meaning(const char *regime)
{
    if (strcmp(regime, "floor") == 0)
        return "Searching is never worth its cost, so the partner gets just enough to act and nothing more.";
    if (strcmp(regime, "deter") == 0)
        return "The proposer offers just enough that the partner does not search; she would in a single period, too.";
    if (strcmp(regime, "search") == 0)
        return "The proposer lets the partner search, and hopes for a bad draw.";
    return "The proposer offers enough that the partner does not search, although in a single period she would let him.";
}

static void path_lines(ent_tables *out, const ent_json *result)
{
    const ent_json *s = ent_json_get(result, "solution");
    const bool search = strcmp(ent_json_get(s, "response")->text, "search") == 0;
    begin(out, result, "what happens", "|>value|meaning");
    fact(out, "offer", ent_json_get(s, "offer"),
         search ? "the ally's first offer; the partner searches"
                : "the ally's first offer; the partner accepts it at once");
    if (search)
        fact(out, "cutoff", ent_json_get(s, "cutoff"),
             "he then accepts it unless the search brings more than this");
    fact(out, "reservation", ent_json_get(s, "reservation"),
         "r*, the offer that just deters him from searching once more");
    fact(out, "proposer", ent_json_at(s, "/payoffs/proposer"), "her expected payoff");
    fact(out, "partner", ent_json_at(s, "/payoffs/partner"),
         "his expected payoff, search costs deducted");
    fact(out, "ally acts", ent_json_at(s, "/probabilities/ally"),
         "probability that the alliance holds");
    fact(out, "new alliance", ent_json_at(s, "/probabilities/new_alliance"),
         "probability that he acts with an outside partner");
    fact(out, "second period", ent_json_at(s, "/probabilities/second_period"),
         "probability that it is reached");
    fact(out, "ally gives", ent_json_at(s, "/contributions/ally"), "her expected contribution");
    fact(out, "outsider gives", ent_json_at(s, "/contributions/new_alliance"),
         "an outside partner's expected contribution");
    fact(out, "duration", ent_json_get(s, "duration_periods"), "expected number of periods");
    ent_table_note(out, "%s", regime_meaning(ent_json_get(s, "regime")->text));
}

enum { RULES_SHOWN = 60 };

static void rule_lines(ent_tables *out, const ent_json *s)
{
    const ent_json *rules = ent_json_get(s, "rules");
    int shown = 0;
    ent_table_begin(
        out, "The ally's rules: what she offers when the best outside offer so far lies between",
        "period|>from|>to|offers|>offer|he|>accepts up to");
    for (const ent_json *rule = rules->first; rule && shown < RULES_SHOWN;
         rule = rule->next, shown++) {
        const char *word = ent_json_get(rule, "rule")->text;
        ent_cell_plain(out, ent_json_get(rule, "period"));
        ent_cell_plain(out, ent_json_get(rule, "from"));
        ent_cell_plain(out, ent_json_get(rule, "to"));
        ent_table_cell(out, "%s",
                       strcmp(word, "match") == 0    ? "a match of it"
                       : strcmp(word, "follow") == 0 ? "what keeps pace with it"
                       : strcmp(word, "deter") == 0  ? "r*"
                       : strcmp(word, "hold") == 0   ? "as much for all"
                                                     : "the least");
        ent_cell_plain(out, ent_json_get(rule, "offer"));
        ent_table_cell(out, "%s",
                       strcmp(ent_json_get(rule, "response")->text, "search") == 0 ? "searches"
                                                                                   : "accepts");
        ent_cell_plain(out, ent_json_get(rule, "cutoff"));
    }
    if ((int)rules->count > shown)
        ent_table_note(out, "The first %d of %d rules; all of them with --json.", shown,
                       (int)rules->count);
}

static void advance_lines(ent_tables *out, const ent_json *s)
{
    const ent_json *advances = ent_json_get(s, "advances");
    int shown = 0;
    if (!advances->count) return;
    ent_table_begin(
        out,
        "When a search brings an outside offer between these and her offer is too low, he asks for her next one",
        "period|>from|>to");
    for (const ent_json *line = advances->first; line && shown < RULES_SHOWN;
         line = line->next, shown++)
        for (const char *const *key = (const char *const[]){"period", "from", "to", NULL}; *key;
             key++)
            ent_cell_plain(out, ent_json_get(line, *key));
    ent_table_note(out, "Otherwise he takes the outside offer.");
}

ent_status ent_i_outside_equilibrium_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *s = ent_json_get(result, "solution");
    path_lines(out, result);
    rule_lines(out, s);
    advance_lines(out, s);
    return out->status;
}

static void point_line(ent_tables *out, const char *name, const ent_json *point)
{
    ent_table_cell(out, "%s", name);
    for (const char *const *key =
             (const char *const[]){"cost", "partner", "proposer", "ally", NULL};
         *key; key++)
        ent_cell_plain(out, ent_json_get(point, *key));
    ent_table_cell(out, "%s", ent_json_get(point, "regime")->text);
}

ent_status ent_i_outside_institution_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *s = ent_json_get(result, "solution");
    begin(out, result, "the best institution",
          "|>search cost|>partner|>proposer|>ally acts|regime");
    point_line(out, "free search", ent_json_get(s, "free"));
    point_line(out, "best for the partner", ent_json_get(s, "best_for_partner"));
    point_line(out, "best for the proposer", ent_json_get(s, "best_for_proposer"));
    for (const ent_json *jump = ent_json_get(s, "jumps")->first; jump; jump = jump->next) {
        point_line(out, "just below a jump", ent_json_get(jump, "left"));
        point_line(out, "at the jump", ent_json_get(jump, "at"));
    }
    ent_table_begin(out, "Marks", "|>value|meaning");
    fact(out, "deter cost", ent_json_get(s, "deter_cost"),
         "from here on she deters whatever the discount factor and the number of periods");
    fact(out, "floor cost", ent_json_get(s, "floor_cost"),
         "from here on searching is never worth its cost");
    fact(out, "fee threshold", ent_json_get(s, "fee_threshold"),
         "the fee from which free search is best for the partner; - if there is none");
    return out->status;
}

ent_status ent_i_outside_simulate_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *s = ent_json_get(result, "solution"),
                   *deviations = ent_json_get(s, "deviations");
    begin(out, result, "played", "|>mean|>standard error|>claimed|>z");
    for (const ent_json *line = ent_json_get(s, "means")->first; line; line = line->next) {
        ent_table_cell(out, "%s", line->key);
        for (const char *const *key =
                 (const char *const[]){"mean", "standard_error", "claimed", "z", NULL};
             *key; key++)
            ent_cell_plain(out, ent_json_get(line, *key));
    }
    if (deviations) {
        ent_table_begin(out, "One-shot deviations of the proposer in random states",
                        "|>value|meaning");
        fact(out, "tried", ent_json_get(deviations, "tried"), "offers");
        fact(out, "largest gain", ent_json_get(deviations, "largest_gain"),
             "of any of them over the equilibrium: none should be above rounding");
        fact(
            out, "slip", ent_json_get(deviations, "partner_slip"),
            "largest difference between the partner's best response and what he is claimed to get");
    }
    return out->status;
}
