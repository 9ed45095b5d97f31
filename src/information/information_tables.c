/* The tables of the information family. */
#include "information/information_methods.h"
#include "report/cells.h"

#include <string.h>

static void fact(ent_tables *out, const char *name, const ent_json *number, const char *meaning)
{
    ent_table_cell(out, "%s", name);
    if (number && number->kind == ENT_JSON_BOOL)
        ent_table_cell(out, "%s", number->truth ? "yes" : "no");
    else ent_cell_number(out, number);
    ent_table_cell(out, "%s", meaning);
}

static void begin(ent_tables *out, const ent_json *result, const char *what, const char *heads)
{
    const ent_json *name = ent_json_at(result, "/model/name");
    ent_text title;
    ent_text_init(out->ctx, &title);
    ent_text_printf(&title, "%s: %s",
                    name && name->kind == ENT_JSON_STRING ? name->text : "information", what);
    if (title.status != ENT_OK) out->status = title.status;
    else ent_table_begin(out, title.data, heads);
    ent_text_release(&title);
}

static void names_cell(ent_tables *out, const ent_json *list)
{
    ent_text text;
    ent_text_init(out->ctx, &text);
    for (const ent_json *name = list->first; name; name = name->next)
        ent_text_printf(&text, "%s%s", text.len ? ", " : "", name->text);
    if (text.status != ENT_OK) out->status = text.status;
    else ent_table_cell(out, "%s", text.len ? text.data : "nobody");
    ent_text_release(&text);
}

/* One column a player, from the keys of an object. */
static void player_heads(ent_tables *out, const char *title, const char *first,
                         const ent_json *players)
{
    ent_text heads;
    ent_text_init(out->ctx, &heads);
    ent_text_puts(&heads, first);
    for (const ent_json *player = players->first; player; player = player->next)
        ent_text_printf(&heads, "|>%s", player->key);
    if (heads.status != ENT_OK) out->status = heads.status;
    else ent_table_begin(out, title, heads.data);
    ent_text_release(&heads);
}

static void state_lines(ent_tables *out, const char *title, const ent_json *states)
{
    player_heads(out, title, ">ones|>estimate", ent_json_get(states->first, "actions"));
    for (const ent_json *state = states->first; state; state = state->next) {
        ent_cell_plain(out, ent_json_get(state, "ones"));
        ent_cell_plain(out, ent_json_get(state, "estimate"));
        for (const ent_json *x = ent_json_get(state, "actions")->first; x; x = x->next) {
            if (x->kind != ENT_JSON_ARRAY) {
                ent_cell_plain(out, x);
                continue;
            }
            ent_table_cell(out, "%.5g or %.5g", ent_number_value(x->first),
                           ent_number_value(x->first->next));
        }
    }
}

ent_status ent_i_policies_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *s = ent_json_get(result, "solution"),
                   *welfare = ent_json_at(s, "/constrained/welfare");
    begin(out, result, "policies after the messages",
          "player|tells the truth|>bias and misalignment|>welfare");
    for (const ent_json *player = welfare->first; player; player = player->next) {
        bool truthful = false;
        for (const ent_json *name = ent_json_get(s, "truthful")->first; name; name = name->next)
            truthful = truthful || strcmp(name->text, player->key) == 0;
        ent_table_cell(out, "%s", player->key);
        ent_table_cell(out, "%s", truthful ? "yes" : "no");
        ent_cell_number(out, ent_json_get(ent_json_get(s, "betas"), player->key));
        ent_cell_plain(out, player);
    }
    ent_table_note(out, "Welfare: expected utility before signals, within the bounds.");
    state_lines(out, "Within the bounds, by the number of ones among the truthful messages",
                ent_json_at(s, "/constrained/states"));
    ent_table_note(out, "Of a babbler: after his own signal 0 or 1.");
    state_lines(out, "Without bounds (Theorem 1)", ent_json_at(s, "/unconstrained/states"));
    return out->status;
}

static void gain_lines(ent_tables *out, const ent_json *s)
{
    ent_table_begin(out, "What a lie gains (negative: it costs)",
                    "player|>bias and misalignment|>holding 0|>holding 1|>margin of Theorem 2");
    for (const ent_json *player = ent_json_get(s, "gains")->first; player; player = player->next) {
        ent_table_cell(out, "%s", player->key);
        ent_cell_plain(out, ent_json_get(ent_json_get(s, "betas"), player->key));
        ent_cell_plain(out, ent_json_get(player, "0"));
        ent_cell_plain(out, ent_json_get(player, "1"));
        ent_cell_plain(out, ent_json_get(ent_json_at(s, "/margins/players"), player->key));
    }
}

ent_status ent_i_revelation_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *s = ent_json_get(result, "solution"), *critical = ent_json_get(s, "critical");
    begin(out, result, "does everybody tell the truth?", "|>answer|meaning");
    fact(out, "full revelation", ent_json_get(s, "full_revelation"),
         "nobody gains by a lie: the incentive constraints themselves");
    fact(out, "Theorem 2", ent_json_get(s, "theorem_2"),
         "its condition, which suffices but is not necessary");
    fact(out, "its margin", ent_json_at(s, "/margins/theorem_2"),
         "smallest distance over the players; negative: violated");
    fact(out, "equation (5)", ent_json_get(s, "equation_5"),
         "the condition on the two extreme biases alone, which is necessary for Theorem 2's");
    fact(out, "largest size", ent_json_at(s, "/largest_size/theorem_2"),
         "with these extreme biases, for some composition, by Theorem 2; - for no limit");
    fact(out, "  by (5)", ent_json_at(s, "/largest_size/equation_5"), "as Proposition 1 has it");
    fact(out, "interdependence", ent_json_at(s, "/largest_interdependence/theorem_2"),
         "largest for these biases, by Theorem 2; - for none");
    fact(out, "  by (5)", ent_json_at(s, "/largest_interdependence/equation_5"),
         "as Lemma 2 has it");
    gain_lines(out, s);
    const ent_json *liars = ent_json_get(s, "liars");
    for (const ent_json *liar = liars->first; liar; liar = liar->next)
        ent_table_note(out, "%s would lie when holding %g, and gain %.4g.",
                       ent_json_get(liar, "player")->text,
                       ent_number_value(ent_json_get(liar, "signal")),
                       ent_number_value(ent_json_get(liar, "gain")));
    if (critical) {
        ent_table_begin(out, "Where full revelation is an equilibrium", "parameter|>from|>to");
        for (const ent_json *interval = ent_json_get(critical, "intervals")->first; interval;
             interval = interval->next) {
            ent_table_cell(out, "%s", ent_json_get(critical, "parameter")->text);
            ent_cell_plain(out, ent_json_get(interval, "from"));
            ent_cell_plain(out, ent_json_get(interval, "to"));
        }
    }
    return out->status;
}

enum { SETS_SHOWN = 40 };

ent_status ent_i_partial_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *s = ent_json_get(result, "solution"), *list = ent_json_get(s, "equilibria");
    int shown = 0;
    begin(out, result, "who can tell the truth", "who tells the truth|>welfare of all|maximal");
    for (const ent_json *set = list->first; set && shown < SETS_SHOWN; set = set->next, shown++) {
        names_cell(out, ent_json_get(set, "truthful"));
        ent_cell_plain(out, ent_json_get(set, "total"));
        ent_table_cell(out, "%s", ent_json_get(set, "maximal")->truth ? "yes" : "");
    }
    ent_table_note(out, "%u of %g sets are equilibria%s.", list->count,
                   ent_number_value(ent_json_get(s, "sets")),
                   (int)list->count > shown ? "; the first of them are shown, all with --json"
                                            : "");
    ent_table_begin(out, "Best equilibria", "for|who tells the truth");
    ent_table_cell(out, "all together");
    names_cell(out, ent_json_at(s, "/best/total"));
    ent_table_cell(out, "the worst off");
    names_cell(out, ent_json_at(s, "/best/least"));
    for (const ent_json *player = ent_json_at(s, "/best/players")->first; player;
         player = player->next) {
        ent_table_cell(out, "%s", player->key);
        names_cell(out, player);
    }
    return out->status;
}

ent_status ent_i_commitment_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *s = ent_json_get(result, "solution"), *planner = ent_json_get(s, "planner");
    begin(out, result, "commitments", "|>value|meaning");
    fact(out, "threshold q", ent_json_get(s, "threshold"),
         "up to this many ones nobody is at his bound; -: everybody always is");
    fact(out, "residual y", ent_json_get(s, "residual"),
         "what is invested beyond the policies at q");
    fact(out, "level e*", ent_json_get(s, "level"),
         "the estimate of the state up to which investments suffice");
    fact(out, "total", ent_json_get(s, "total"), "of all investments");
    fact(out, "welfare", ent_json_get(s, "welfare_total"), "of all, costs included");
    fact(out, "full revelation", ent_json_get(s, "full_revelation"),
         "nobody gains by a lie, given these investments");
    fact(out, "planner's e*", ent_json_get(planner, "level"),
         "who counts everybody's losses and costs");
    fact(out, "planner's total", ent_json_get(planner, "total"), "");
    fact(out, "planner's welfare", ent_json_get(planner, "welfare_total"), "");
    ent_table_begin(
        out, "Who commits how much",
        "player|>investment|>planner's|>welfare|>under the planner|>holding 0, a lie gains|>holding 1");
    for (const ent_json *player = ent_json_get(s, "investments")->first; player;
         player = player->next) {
        const ent_json *gain = ent_json_get(ent_json_get(s, "gains"), player->key);
        ent_table_cell(out, "%s", player->key);
        ent_cell_plain(out, player);
        ent_cell_plain(out, ent_json_get(ent_json_get(planner, "investments"), player->key));
        ent_cell_plain(out, ent_json_get(ent_json_get(s, "welfare"), player->key));
        ent_cell_plain(out, ent_json_get(ent_json_get(planner, "welfare"), player->key));
        ent_cell_plain(out, ent_json_get(gain, "0"));
        ent_cell_plain(out, ent_json_get(gain, "1"));
    }
    return out->status;
}

ent_status ent_i_information_simulate_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *s = ent_json_get(result, "solution");
    begin(out, result, "played", "player|of|>mean|>standard error|>claimed|>z");
    for (const ent_json *player = ent_json_get(s, "players")->first; player; player = player->next)
        for (const ent_json *line = player->first; line; line = line->next) {
            ent_table_cell(out, "%s", player->key);
            ent_table_cell(out, "%s",
                           strcmp(line->key, "welfare") == 0  ? "welfare"
                           : strcmp(line->key, "gain_0") == 0 ? "gain from a lie holding 0"
                                                              : "gain from a lie holding 1");
            for (const char *const *key =
                     (const char *const[]){"mean", "standard_error", "claimed", "z", NULL};
                 *key; key++)
                ent_cell_plain(out, ent_json_get(line, *key));
        }
    return out->status;
}
