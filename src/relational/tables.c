/* Result documents of the relational family as tables a person can read. Everything shown is read from the document. */
#include "relational/solve.h"

#include "report/cells.h"

#include <math.h>
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
static void names(ent_text *out, const ent_json *list)
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
static void fact(ent_tables *out, const char *what, const ent_json *number, const char *meaning)
{
    if (!number) return;
    ent_table_cell(out, "%s", what);
    ent_cell_number(out, number);
    ent_table_cell(out, "%s", meaning);
}

static void begin(ent_tables *out, const ent_json *result, const char *what, const char *heads)
{
    ent_text title;
    ent_text_init(out->ctx, &title);
    heading(result, what, &title);
    if (title.status != ENT_OK) out->status = title.status;
    else ent_table_begin(out, title.data, heads);
    ent_text_release(&title);
}

/* Who negotiates, how patient, how often: a note below the first table. */
static void terms_note(ent_tables *out, const ent_json *model)
{
    ent_text text;
    ent_text_init(out->ctx, &text);
    names(&text, ent_json_get(model, "coalition"));
    const char *rho = model_text(model, "renegotiation", "1");
    if (text.status != ENT_OK) out->status = text.status;
    else
        ent_table_note(out, "Negotiated by %s; discount factor %s; renegotiation %s%s.", text.data,
                       model_text(model, "discount", "?"), strcmp(rho, "1") == 0 ? "every period" : "with probability ",
                       strcmp(rho, "1") == 0 ? "" : rho);
    ent_text_release(&text);
}

/* How the numbers are backed: the counts of the words, and what the checker did for the main number. */
static void certificate_table(ent_tables *out, const ent_json *result)
{
    const ent_json *certificate = ent_json_get(result, "certificate");
    const ent_json *words = ent_json_get(certificate, "words"), *checks = ent_json_get(certificate, "checks");
    if (!checks) return;
    ent_table_begin(out, "What is certified, and how", "number|word|checked by");
    const ent_json *line = checks->first;
    for (int shown = 0; line && shown < 6; line = line->next, shown++) {
        const ent_json *path = ent_json_get(line, "path");
        const bool inside = strncmp(path->text, "/solution/", 10) == 0;
        ent_table_cell(out, "%s", path->text + (inside ? 10 : 0));
        ent_table_cell(out, "%s", ent_json_get(line, "word")->text);
        ent_table_cell(out, "%s", ent_json_get(line, "how")->text);
    }
    ent_table_note(out, "%d checks: %g exact, %g verified, %g approximate; all of them with --json. Recheck with `entente verify`.",
                   (int)checks->count, ent_number_value(ent_json_get(words, "exact")),
                   ent_number_value(ent_json_get(words, "verified")),
                   ent_number_value(ent_json_get(words, "approximate")));
}

/* The answer "there is none", with its evidence. */
static void none_table(ent_tables *out, const ent_json *result)
{
    begin(out, result, "no equilibrium", "outcome|reason");
    ent_table_cell(out, "none");
    ent_table_cell(out, "no play is enforceable at any fixed point of the incentive map");
    terms_note(out, ent_json_get(result, "model"));
    certificate_table(out, result);
}

static bool solved(const ent_json *result)
{
    return strcmp(ent_json_get(result, "outcome")->text, "solved") == 0;
}

static void play_cell(ent_tables *out, const ent_json *action)
{
    if (action && action->kind == ENT_JSON_STRING) ent_table_cell(out, "%s", action->text);
    else ent_cell_plain(out, action);
}

/* A table with one column a player, each holding what the player does; the heads name the players. */
static void play_heads(ent_tables *out, const char *title, const char *first, const ent_json *players)
{
    ent_text heads;
    ent_text_init(out->ctx, &heads);
    ent_text_puts(&heads, first);
    for (const ent_json *player = players->first; player; player = player->next) ent_text_printf(&heads, "|>%s", player->key);
    if (heads.status != ENT_OK) out->status = heads.status;
    else ent_table_begin(out, title, heads.data);
    ent_text_release(&heads);
}

static void player_lines(ent_tables *out, const ent_json *solution)
{
    ent_table_begin(out, "Who does what, who gets what, who is paid", "player|role|>on the path|>at least|>at most|>is paid");
    const ent_json *on_path = ent_json_get(solution, "on_path");
    for (const ent_json *player = ent_json_get(solution, "players")->first; player; player = player->next) {
        const bool insider = ent_json_get(player, "insider")->truth;
        const ent_json *payoff = ent_json_get(player, "payoff");
        const ent_json *range = ent_json_get(player, "payoff_range");
        ent_table_cell(out, "%s", player->key);
        ent_table_cell(out, insider ? "insider" : "outsider");
        play_cell(out, ent_json_get(on_path, player->key));
        ent_cell_plain(out, insider ? ent_json_get(player, "lowest") : range ? range->first : payoff);
        ent_cell_plain(out, insider ? ent_json_get(player, "highest") : range ? range->first->next : payoff);
        ent_cell_plain(out, insider ? NULL : ent_json_get(player, "payment"));
    }
    ent_table_note(out, "Payoffs are per period, in the units of the model. Insiders divide the level among themselves, each within its "
                        "bounds; an outsider's payoff is the same after every history; what it is paid rewards its play on the path.");
}

static void punishment_lines(ent_tables *out, const ent_json *solution)
{
    const ent_json *players = ent_json_get(solution, "players");
    play_heads(out, "If an insider does not keep its word: what disagreement prescribes against it", "against|>holds it to", players);
    for (const ent_json *player = players->first; player; player = player->next) {
        const ent_json *punishment = ent_json_get(player, "punishment");
        if (!punishment) continue;
        ent_table_cell(out, "%s", player->key);
        ent_cell_plain(out, ent_json_get(player, "lowest"));
        for (const ent_json *other = players->first; other; other = other->next)
            play_cell(out, ent_json_get(punishment, other->key));
    }
    ent_table_note(out, "The columns show each player's %s in that play. An outsider that does not play its part is not paid in that period; "
                        "later periods do not remember it.",
                   ent_json_get(solution, "multiplier") ? "effort" : "action");
}

static void critical_lines(ent_tables *out, const ent_json *solution, const char *level)
{
    const ent_json *critical = ent_json_get(solution, "critical");
    if (!critical || !critical->count) return;
    ent_table_begin(out, "The whole path over the discount factor", strcmp(level, "level") == 0 ? ">from|>span|>level" : ">from|>span|>joint");
    for (const ent_json *step = critical->first; step; step = step->next) {
        ent_cell_number(out, ent_json_get(step, "discount"));
        ent_cell_number(out, ent_json_get(step, "span"));
        ent_cell_number(out, ent_json_get(step, level));
    }
}

ent_status ent_i_contractual_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution");
    if (!solved(result)) {
        none_table(out, result);
        return out->status;
    }
    begin(out, result, "coalition-directed contractual equilibrium", "|>value|meaning");
    fact(out, "level", ent_json_get(solution, "level"), "the insiders' total per period");
    fact(out, "span", ent_json_get(solution, "span"), "what can be used to reward and to punish insiders");
    fact(out, "joint", ent_json_get(solution, "joint"), "everybody's total per period");
    fact(out, "payments", ent_json_get(solution, "payments"), "what insiders pay to outsiders per period");
    fact(out, "extortion", ent_json_at(solution, "/extortion/level"), "the level if outsiders could be made to pay up front");
    terms_note(out, ent_json_get(result, "model"));
    player_lines(out, solution);
    punishment_lines(out, solution);
    critical_lines(out, solution, "level");
    certificate_table(out, result);
    return out->status;
}

ent_status ent_i_subgame_perfect_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution");
    if (!solved(result)) {
        none_table(out, result);
        return out->status;
    }
    begin(out, result, "subgame-perfect benchmark with transfers, nobody renegotiates", "|>value|meaning");
    fact(out, "joint", ent_json_get(solution, "joint"), "everybody's total per period");
    fact(out, "span", ent_json_get(solution, "span"), "joint less the sum of the lowest payoffs");
    fact(out, "coalition", ent_json_get(solution, "coalition_value"), "what the coalition can get, Theorem 1");
    const ent_json *players = ent_json_get(solution, "players");
    play_heads(out, "Lowest payoffs, and the plays that hold players to them", "player|>lowest|>highest", players);
    ent_table_cell(out, "on the path");
    ent_table_cell(out, "%s", "");
    ent_table_cell(out, "%s", "");
    for (const ent_json *other = players->first; other; other = other->next)
        play_cell(out, ent_json_get(ent_json_get(solution, "on_path"), other->key));
    for (const ent_json *player = players->first; player; player = player->next) {
        ent_table_cell(out, "%s", player->key);
        ent_cell_plain(out, ent_json_get(player, "lowest"));
        ent_cell_plain(out, ent_json_get(player, "highest"));
        for (const ent_json *other = players->first; other; other = other->next)
            play_cell(out, ent_json_get(ent_json_get(player, "punishment"), other->key));
    }
    critical_lines(out, solution, "joint");
    certificate_table(out, result);
    return out->status;
}

static void coalition_cell(ent_tables *out, const ent_json *list)
{
    ent_text text;
    ent_text_init(out->ctx, &text);
    names(&text, list);
    if (text.status != ENT_OK) out->status = text.status;
    else ent_table_cell(out, "%s", text.data);
    ent_text_release(&text);
}

enum { COALITIONS_SHOWN = 40 };

static void coalition_lines(ent_tables *out, const ent_json *coalitions)
{
    ent_table_begin(out, "Coalitions", "coalition|>span|>level|inside|outside");
    int shown = 0;
    for (const ent_json *line = coalitions->first; line && shown < COALITIONS_SHOWN; line = line->next, shown++) {
        const ent_json *inside = ent_json_get(line, "internally_stable"), *outside = ent_json_get(line, "externally_stable");
        ent_table_cell(out, "%s", line->key);
        ent_cell_plain(out, ent_json_get(line, "span"));
        ent_cell_plain(out, ent_json_get(line, "level"));
        ent_table_cell(out, "%s", !inside ? "no equilibrium" : inside->truth ? "stable" : "somebody leaves");
        ent_table_cell(out, "%s", !outside ? "" : outside->truth ? "stable" : "somebody joins");
    }
    if ((int)coalitions->count > shown)
        ent_table_note(out, "The first %d of %d coalitions; all of them with --json or --csv.", shown, (int)coalitions->count);
}

ent_status ent_i_accession_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution");
    if (!solved(result)) {
        none_table(out, result);
        return out->status;
    }
    begin(out, result, "who joins, one by one", "coalition|joins|>payoff outside|>net gain|>level before|>span before");
    for (const ent_json *step = ent_json_get(solution, "steps")->first; step; step = step->next) {
        coalition_cell(out, ent_json_get(step, "coalition"));
        ent_table_cell(out, "%s", ent_json_get(step, "joins")->text);
        ent_cell_plain(out, ent_json_get(step, "fee"));
        ent_cell_plain(out, ent_json_get(step, "gain"));
        ent_cell_plain(out, ent_json_get(step, "level"));
        ent_cell_plain(out, ent_json_get(step, "span"));
    }
    coalition_cell(out, ent_json_get(solution, "final"));
    ent_table_cell(out, "nobody else");
    ent_table_cell(out, "%s", "");
    ent_table_cell(out, "%s", "");
    ent_cell_plain(out, ent_json_get(solution, "final_level"));
    ent_cell_plain(out, ent_json_get(solution, "final_span"));
    ent_table_note(out, "A joiner must be left with its payoff outside, which fixes its initiation fee; the net gain is what the members "
                        "gain beyond that, per period.");
    coalition_lines(out, ent_json_get(solution, "coalitions"));
    certificate_table(out, result);
    return out->status;
}

static void automaton_lines(ent_tables *out, const ent_json *solution)
{
    const ent_json *states = ent_json_get(solution, "states");
    play_heads(out, "The automaton: every player's value at the beginning of a period", "state", ent_json_get(states->first, "values"));
    for (const ent_json *state = states->first; state; state = state->next) {
        ent_table_cell(out, "%s", ent_json_get(state, "name")->text);
        for (const ent_json *value = ent_json_get(state, "values")->first; value; value = value->next) ent_cell_plain(out, value);
    }
    play_heads(out, "What the states prescribe", "state|phase|what", ent_json_get(states->first, "values"));
    static const char *const rows[] = {"transfers", "play", "payments"};
    static const char *const words[] = {"receives first", "plays", "is paid after"};
    for (const ent_json *plan = ent_json_get(solution, "plan")->first; plan; plan = plan->next)
        for (int row = 0; row < 3; row++) {
            ent_table_cell(out, "%s", row ? "" : ent_json_get(plan, "state")->text);
            ent_table_cell(out, "%s", row ? "" : ent_json_get(plan, "phase")->text);
            ent_table_cell(out, "%s", words[row]);
            for (const ent_json *entry = ent_json_get(plan, rows[row])->first; entry; entry = entry->next) play_cell(out, entry);
        }
    ent_table_note(out, "A player that deviates is punished from the next period on and nobody pays in the period of an action deviation; "
                        "otherwise good standing follows.");
}

static void history_lines(ent_tables *out, const ent_json *history)
{
    ent_text title;
    ent_text_init(out->ctx, &title);
    ent_text_printf(&title, "History %g: %g deviations; its first periods", ent_number_value(ent_json_get(history, "history")),
                    ent_number_value(ent_json_get(history, "deviations")));
    if (title.status != ENT_OK) out->status = title.status;
    else play_heads(out, title.data, ">period|state|phase|who deviates", ent_json_get(history, "claimed"));
    ent_text_release(&title);
    for (const ent_json *period = ent_json_get(history, "first_periods")->first; period; period = period->next) {
        const ent_json *deviator = ent_json_get(period, "deviator");
        ent_cell_plain(out, ent_json_get(period, "period"));
        ent_table_cell(out, "%s", ent_json_get(period, "state")->text);
        ent_table_cell(out, "%s", ent_json_get(period, "phase")->text);
        ent_table_cell(out, "%s%s%s", deviator ? deviator->text : "-", deviator ? ", " : "",
                       deviator ? ent_json_get(period, "in")->text : "");
        for (const ent_json *value = ent_json_get(period, "payoffs")->first; value; value = value->next) ent_cell_plain(out, value);
    }
}

enum { HISTORIES_SHOWN = 2 };

ent_status ent_i_simulate_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution");
    if (!solved(result)) {
        none_table(out, result);
        return out->status;
    }
    begin(out, result, "the contract played", "|>value|meaning");
    fact(out, "checked", ent_json_at(solution, "/deviations/checked"), "one-shot deviations computed");
    fact(out, "least loss", ent_json_at(solution, "/deviations/least_loss"), "of the deviation that loses least: none pays");
    fact(out, "value error", ent_json_get(solution, "value_error"), "values of the automaton against those of the contract, relative");
    terms_note(out, ent_json_get(result, "model"));
    automaton_lines(out, solution);
    const ent_json *history = ent_json_get(solution, "histories")->first;
    for (int shown = 0; history && shown < HISTORIES_SHOWN; history = history->next, shown++) history_lines(out, history);
    certificate_table(out, result);
    return out->status;
}
