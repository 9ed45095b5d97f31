/* Result documents of the methods contractual and subgame-perfect as tables a person can read.
 * Everything shown is read from the document. */
#include "relational/table_parts.h"

#include "report/cells.h"

#include <math.h>
#include <string.h>

static bool is_public_good(const ent_json *result)
{
    const ent_json *stage = ent_json_at(result, "/model/stage");
    return stage && stage->kind == ENT_JSON_STRING && strcmp(stage->text, "public-good") == 0;
}

/* A number of the model: a JSON number, or a string such as "2/5". */
static double model_number(const ent_json *player, const char *key)
{
    const ent_json *node = ent_json_get(player, key);
    ent_rat value = ENT_RAT_ZERO;
    double x = (double)NAN;
    if (node && node->text && ent_rat_parse(&value, node->text, strlen(node->text)))
        x = ent_rat_double(&value);
    ent_rat_release(&value);
    return x;
}

/* What a nation adds to the common good, size times effort, on the path and at its own best reply,
 * size / (2 cost). */
static void contribution_cells(ent_tables *out, const ent_json *result, const ent_json *player)
{
    for (const ent_json *nation = ent_json_at(result, "/model/players")->first; nation;
         nation = nation->next) {
        const ent_json *name = ent_json_get(nation, "name");
        if (!name || strcmp(name->text, player->key) != 0) continue;
        const double size = model_number(nation, "size"), cost = model_number(nation, "cost");
        const ent_json *effort =
            ent_json_get(ent_json_at(result, "/solution/on_path"), player->key);
        ent_table_cell(out, "%.4g", size * ent_number_value(effort));
        ent_table_cell(out, "%.4g", size * size / (2.0 * cost));
    }
}

static void player_lines(ent_tables *out, const ent_json *result)
{
    const ent_json *solution = ent_json_get(result, "solution"),
                   *on_path = ent_json_get(solution, "on_path");
    const bool good = is_public_good(result);
    ent_table_begin(out, "Who does what, who gets what, who is paid",
                    good ? "player|role|>effort|>adds|>alone|>at least|>at most|>is paid"
                         : "player|role|>on the path|>at least|>at most|>is paid");
    for (const ent_json *player = ent_json_get(solution, "players")->first; player;
         player = player->next) {
        const bool insider = ent_json_get(player, "insider")->truth;
        const ent_json *payoff = ent_json_get(player, "payoff"),
                       *range = ent_json_get(player, "payoff_range");
        ent_table_cell(out, "%s", player->key);
        ent_table_cell(out, insider ? "insider" : "outsider");
        ent_i_table_action(out, ent_json_get(on_path, player->key));
        if (good) contribution_cells(out, result, player);
        ent_cell_plain(out, insider ? ent_json_get(player, "lowest")
                            : range ? range->first
                                    : payoff);
        ent_cell_plain(out, insider ? ent_json_get(player, "highest")
                            : range ? range->first->next
                                    : payoff);
        ent_cell_plain(out, insider ? NULL : ent_json_get(player, "payment"));
    }
    ent_table_note(
        out,
        "%sPayoffs are per period, in the units of the model. Insiders divide the level among themselves, each within "
        "its bounds; "
        "an outsider's payoff is that at agreement; what it is paid rewards its play on the path.",
        good
            ? "Adds: size times effort, what a player adds to the common good; alone: what it would add by itself. "
            : "");
}

static void punishment_lines(ent_tables *out, const ent_json *result)
{
    const ent_json *solution = ent_json_get(result, "solution"),
                   *players = ent_json_get(solution, "players");
    ent_i_table_plays(
        out, "If an insider does not keep its word: what disagreement prescribes against it",
        "against|>holds it to", players);
    ent_table_cell(out, "nobody");
    ent_table_cell(out, "on the path");
    for (const ent_json *other = players->first; other; other = other->next)
        ent_i_table_action(out, ent_json_get(ent_json_get(solution, "on_path"), other->key));
    for (const ent_json *player = players->first; player; player = player->next) {
        const ent_json *punishment = ent_json_get(player, "punishment");
        if (!punishment) continue;
        ent_table_cell(out, "%s", player->key);
        ent_cell_plain(out, ent_json_get(player, "lowest"));
        for (const ent_json *other = players->first; other; other = other->next)
            ent_i_table_action(out, ent_json_get(punishment, other->key));
    }
    ent_table_note(
        out,
        "The columns show each player's %s in that play. An outsider that does not play its part is not "
        "paid in that period; "
        "later negotiations do not remember it.",
        is_public_good(result) ? "effort" : "action");
}

static void critical_lines(ent_tables *out, const ent_json *solution, const char *level)
{
    const ent_json *critical = ent_json_get(solution, "critical");
    if (!critical || !critical->count) return;
    ent_table_begin(out, "The whole path over the discount factor",
                    strcmp(level, "level") == 0 ? ">from|>span|>level" : ">from|>span|>joint");
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
    if (!ent_i_table_solved(result)) {
        ent_i_table_none(out, result);
        return out->status;
    }
    ent_i_table_begin(out, result, "coalition-directed contractual equilibrium", "|>value|meaning");
    ent_i_table_fact(out, "level", ent_json_get(solution, "level"),
                     "the insiders' total per period");
    ent_i_table_fact(out, "span", ent_json_get(solution, "span"),
                     "what can be used to reward and to punish insiders");
    ent_i_table_fact(out, "joint", ent_json_get(solution, "joint"), "everybody's total per period");
    ent_i_table_fact(out, "payments", ent_json_get(solution, "payments"),
                     "what insiders pay to outsiders per period");
    ent_i_table_fact(out, "extortion", ent_json_at(solution, "/extortion/level"),
                     "the level if outsiders could be made to pay up front");
    ent_i_table_terms(out, ent_json_get(result, "model"));
    player_lines(out, result);
    punishment_lines(out, result);
    critical_lines(out, solution, "level");
    return out->status;
}

ent_status ent_i_subgame_perfect_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution");
    if (!ent_i_table_solved(result)) {
        ent_i_table_none(out, result);
        return out->status;
    }
    ent_i_table_begin(out, result, "subgame-perfect benchmark with transfers, nobody renegotiates",
                      "|>value|meaning");
    ent_i_table_fact(out, "joint", ent_json_get(solution, "joint"), "everybody's total per period");
    ent_i_table_fact(out, "span", ent_json_get(solution, "span"),
                     "joint less the sum of the lowest payoffs");
    ent_i_table_fact(out, "coalition", ent_json_get(solution, "coalition_value"),
                     "what the coalition can get, Theorem 1");
    const ent_json *players = ent_json_get(solution, "players");
    ent_i_table_plays(out, "Lowest payoffs, and the plays that hold players to them",
                      "player|>lowest|>highest", players);
    ent_table_cell(out, "on the path");
    ent_table_cell(out, "%s", "");
    ent_table_cell(out, "%s", "");
    for (const ent_json *other = players->first; other; other = other->next)
        ent_i_table_action(out, ent_json_get(ent_json_get(solution, "on_path"), other->key));
    for (const ent_json *player = players->first; player; player = player->next) {
        ent_table_cell(out, "%s", player->key);
        ent_cell_plain(out, ent_json_get(player, "lowest"));
        ent_cell_plain(out, ent_json_get(player, "highest"));
        for (const ent_json *other = players->first; other; other = other->next)
            ent_i_table_action(out, ent_json_get(ent_json_get(player, "punishment"), other->key));
    }
    critical_lines(out, solution, "joint");
    return out->status;
}
