/* The checker of `contractual` for finite and separable games. */
#include "verify/relational_check.h"

#include "verify/public_good_check.h"

/* A claimed number of the solution, one line of the report. */
static void number(ent_rcheck *c, const char *key, const ent_rat *truth, const char *path,
                   const char *how)
{
    ent_ledger_begin(&c->claims, c->scale);
    ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, c->solution, key), truth);
    ent_ledger_end(&c->claims, path, "%s", how);
}

static void check_numbers(ent_rcheck *c, const ent_truth *truth)
{
    number(c, "span", &truth->span, "/solution/span",
           "the largest fixed point: the map evaluated wherever the enforceable plays change");
    number(c, "level", &truth->level, "/solution/level",
           "from the on-path value, and the benchmark when renegotiation < 1");
    number(c, "on_path_value", &truth->m, "/solution/on_path_value",
           "the most of K over enforceable plays");
    number(c, "joint", &truth->joint, "/solution/joint", "everybody's total");
    number(c, "payments", &truth->payments, "/solution/payments",
           "outsiders' gains from deviating on the path, added up");
}

/* The on-path play, its ties, and how far they move outsiders. */
static void check_path(ent_rcheck *c, const ent_game *game, const ent_truth *truth,
                       const ent_ties *ties)
{
    const ent_objective k = {
        .k = {1, 1, NULL}, .total = ENT_RAT_ZERO, .gains = ENT_RAT_ZERO, .reply = ENT_RAT_ZERO};
    ent_ledger_begin(&c->claims, c->scale);
    ent_i_check_attains(c, game, ent_ledger_member(&c->claims, c->solution, "on_path"), &k,
                        &truth->budget, &truth->m);
    ent_ledger_end(&c->claims, "/solution/on_path",
                   "enforceable, and no enforceable play has more of K");
    ent_ledger_begin(&c->claims, c->scale);
    c->claims.lenient = c->inexact;
    ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, c->solution, "tie_spread"),
                     &ties->spread);
    ent_ledger_end(&c->claims, "/solution/tie_spread", "over all ties on the path");
}

/* An outsider's [least, most] over the ties, present when they differ: what payoff would be with
 * the tie that is least, or most. */
static void check_range(ent_rcheck *c, const ent_json *player, int j, const ent_truth *truth,
                        const ent_ties *ties)
{
    const ent_json *range = ent_json_get(player, "payoff_range");
    const bool differ = !ent_rat_equal(&ties->least[j], &ties->most[j]);
    ent_rat lowest = ENT_RAT_ZERO, payoff = ENT_RAT_ZERO;
    if (!range && !differ) return;
    c->claims.lenient = c->inexact;
    if (!differ) ent_ledger_doubt(&c->claims, range, 0.0, "all ties give this outsider the same");
    else if (!range)
        ent_ledger_doubt(&c->claims, player, 0.0, "the member \"payoff_range\" is missing");
    else if (!ent_ledger_kind(&c->claims, range, ENT_JSON_ARRAY) || range->count != 2)
        ent_ledger_refuse(&c->claims, range, "wanted two numbers");
    else
        for (int side = 0; side < 2; side++) {
            const ent_rat *reply = side ? &ties->most[j] : &ties->least[j];
            ent_i_mix(&lowest, c->rules.rho, c->rules.literal_ties ? &ties->least[j] : reply,
                      &truth->least[j]);
            ent_i_mix(&payoff, c->rules.delta, &lowest, reply);
            ent_ledger_equal(&c->claims, side ? range->first->next : range->first, &payoff);
        }
    c->claims.lenient = false;
    ent_rat_release(&lowest);
    ent_rat_release(&payoff);
}

static void check_player(ent_rcheck *c, const ent_game *game, int i, const ent_truth *truth,
                         const ent_ties *ties)
{
    static const char *const inside[] = {"insider", "weight",     "lowest", "highest",
                                         "gamma",   "punishment", NULL};
    static const char *const outside[] = {"insider",      "lowest",  "payoff",
                                          "payoff_range", "payment", NULL};
    ent_ledger *claims = &c->claims;
    const bool insider = ent_coal_has(c->rules.coalition, i);
    const ent_json *player =
        ent_json_get(ent_json_get(c->solution, "players"), c->model->player[i]);
    ent_ledger_only(claims, player, insider ? inside : outside);
    ent_ledger_bool(claims, ent_ledger_member(claims, player, "insider"), insider);
    ent_ledger_equal(claims, ent_ledger_member(claims, player, "lowest"), &truth->lowest[i]);
    if (!insider) {
        ent_ledger_equal(claims, ent_ledger_member(claims, player, "payoff"), &truth->payoff[i]);
        ent_ledger_equal(claims, ent_ledger_member(claims, player, "payment"), &truth->payment[i]);
        check_range(c, player, i, truth, ties);
        return;
    }
    ent_objective gamma = {.k = ENT_RAT_ZERO,
                           .total = ENT_RAT_ZERO,
                           .gains = ENT_RAT_ZERO,
                           .reply = {-1, 1, NULL},
                           .player = i};
    ent_rat_set(&gamma.k, &c->rules.weight[i]);
    ent_ledger_equal(claims, ent_ledger_member(claims, player, "weight"), &c->rules.weight[i]);
    ent_ledger_equal(claims, ent_ledger_member(claims, player, "highest"), &truth->highest[i]);
    ent_ledger_equal(claims, ent_ledger_member(claims, player, "gamma"), &truth->gamma[i]);
    ent_i_check_attains(c, game, ent_ledger_member(claims, player, "punishment"), &gamma,
                        &truth->budget, &truth->gamma[i]);
    ent_rat_release(&gamma.k);
}

static void check_all_players(ent_rcheck *c, const ent_game *game, const ent_truth *truth,
                              const ent_ties *ties)
{
    if (!ent_i_check_players(c, ent_ledger_member(&c->claims, c->solution, "players"))) return;
    for (int i = 0; i < game->n; i++) {
        ent_ledger_begin(&c->claims, c->scale);
        check_player(c, game, i, truth, ties);
        ent_text path;
        ent_text_init(c->ctx, &path);
        ent_text_printf(&path, "/solution/players/%s", c->model->player[i]);
        if (path.status != ENT_OK) c->claims.report->status = path.status;
        else
            ent_ledger_end(&c->claims, path.data,
                           "every number; the plays are enforceable and attain their value");
        ent_text_release(&path);
    }
}

/* The play without a negotiation, and the contract if outsiders could be made to pay (Proposition
 * C): both maximise U.
 */
static void check_extortion(ent_rcheck *c, const ent_game *game, const ent_truth *truth)
{
    static const char *const known[] = {"level", "on_path", "payoff", NULL};
    const ent_objective total = {
        .k = ENT_RAT_ZERO, .total = {1, 1, NULL}, .gains = ENT_RAT_ZERO, .reply = ENT_RAT_ZERO};
    const ent_json *quiet = ent_json_get(c->solution, "no_negotiation");
    const ent_json *extortion = ent_ledger_member(&c->claims, c->solution, "extortion");
    const bool needs_quiet = c->model->renegotiation < 1.0;
    ent_ledger_begin(&c->claims, c->scale);
    if (needs_quiet)
        ent_i_check_attains(c, game, ent_ledger_member(&c->claims, c->solution, "no_negotiation"),
                            &total, &truth->budget, &truth->total);
    else if (quiet) ent_ledger_refuse(&c->claims, quiet, "there is a negotiation in every period");
    ent_ledger_end(&c->claims, "/solution/no_negotiation",
                   "enforceable, and no enforceable play has more in total");
    ent_ledger_begin(&c->claims, c->scale);
    ent_ledger_only(&c->claims, extortion, known);
    ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, extortion, "level"),
                     &truth->extortion);
    ent_i_check_attains(c, game, ent_ledger_member(&c->claims, extortion, "on_path"), &total,
                        &truth->budget, &truth->total);
    const ent_json *payoff = ent_ledger_member(&c->claims, extortion, "payoff");
    for (int j = 0; j < game->n; j++)
        if (!ent_coal_has(c->rules.coalition, j))
            ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, payoff, c->model->player[j]),
                             &truth->least[j]);
    if (ent_ledger_kind(&c->claims, payoff, ENT_JSON_OBJECT) &&
        payoff->count != (uint32_t)(game->n - ent_coal_size(c->rules.coalition)))
        ent_ledger_refuse(&c->claims, payoff, "wanted the outsiders alone");
    ent_ledger_end(&c->claims, "/solution/extortion",
                   "the most in total over enforceable plays, outsiders at their least");
}

/* After the span is known: everything else. */
static ent_status check_solved(ent_rcheck *c, const ent_maps *maps, ent_truth *truth,
                               const ent_ties *ties)
{
    ent_status st = ENT_OK;
    const ent_game *game = maps->common->game;
    const ent_mark mark = ent_scratch_mark(c->ctx);
    ent_play_truth path = {0};
    int *action = NULL;
    ENT_SCRATCH(c->ctx, action, game->n);
    ENT_TRY(ent_i_play_truth_new(c->ctx, game->n, &path));
    check_path(c, game, truth, ties);
    if (!ent_i_check_play(c, ent_json_get(c->solution, "on_path"), action)) goto done;
    ent_i_game_play(game, c->rules.coalition, action, &path);
    ent_i_truth_of_path(maps, &path, c->rules.literal_ties ? ties : NULL, truth);
    ENT_TRY(ent_i_truth_highest(c->ctx, maps, truth));
    check_numbers(c, truth);
    ent_i_check_ties(c, ties, action);
    check_all_players(c, game, truth, ties);
    check_extortion(c, game, truth);
    ENT_TRY(ent_i_check_value_set(c, maps, truth));
    ent_i_check_critical(c, maps, "level");
    ENT_TRY(ent_i_check_margin(c, game, &truth->span));
done:
    ent_i_play_truth_release(game->n, &path);
    ent_scratch_reset(c->ctx, mark);
    return st;
}

static void check_members(ent_rcheck *c)
{
    static const char *const solution[] = {
        "span",           "level",      "on_path_value", "joint",     "on_path",
        "ties",           "tie_spread", "margin",        "players",   "payments",
        "no_negotiation", "value_set",  "critical",      "extortion", NULL};
    static const char *const certificate[] = {"model_sha256", "scale", "words", "checks", NULL};
    ent_ledger_only(&c->claims, c->solution, solution);
    ent_ledger_only(&c->claims, c->certificate, certificate);
}

ent_status ent_i_check_contractual(ent_rcheck *c)
{
    ent_status st = ENT_OK;
    ent_game *game = NULL;
    ent_common *common = NULL;
    ent_maps *maps = NULL;
    ent_truth *truth = NULL;
    ent_spread *spread = NULL;
    ent_ties *ties = NULL;
    if (c->model->stage == ENT_STAGE_PUBLIC_GOOD) return ent_i_check_public_good(c);
    ENT_TRY(ent_i_game_new(c->ctx, c->model, &game));
    ENT_TRY(ent_i_common_new(c->ctx, game, &common));
    ENT_TRY(ent_i_maps_new(c->ctx, common, &c->rules, &maps));
    ENT_TRY(ent_i_truth_new(c->ctx, game->n, &truth));
    if (!ent_i_maps_fixed_point(maps, &c->slack, &truth->span, &truth->budget)) {
        if (c->solved) ent_ledger_refuse(&c->claims, c->solution, "there is no equilibrium");
        else ent_i_check_none(c, maps);
        goto done;
    }
    if (!c->solved) {
        ent_ledger_refuse(&c->claims, c->solution, "there is an equilibrium, with span %.17g",
                          ent_rat_double(&truth->span));
        goto done;
    }
    check_members(c);
    ent_i_truth_of_span(maps, truth);
    ENT_TRY(ent_i_spread_new(c->ctx, game, c->rules.coalition, &spread));
    ENT_TRY(ent_i_ties_new(c->ctx, spread, &truth->budget, c->ties_listed + 1, &ties));
    ENT_TRY(check_solved(c, maps, truth, ties));
done:
    ent_i_ties_free(ties);
    ent_i_spread_free(spread);
    ent_i_truth_free(truth);
    ent_i_maps_free(maps);
    ent_i_common_free(common);
    ent_i_game_free(game);
    return st;
}
