/* [MW25] Thm 1. The checker of `subgame-perfect` for finite and separable games: docs/relational.md
 * 3. */
#include "verify/relational_check.h"

#include "verify/public_good_check.h"

static void check_members(ent_rcheck *c)
{
    static const char *const solution[] = {"span",      "joint",    "coalition_value",
                                           "on_path",   "margin",   "players",
                                           "value_set", "critical", NULL};
    static const char *const certificate[] = {"model_sha256", "scale", "words", "checks", NULL};
    ent_ledger_only(&c->claims, c->solution, solution);
    ent_ledger_only(&c->claims, c->certificate, certificate);
}

static void check_player(ent_rcheck *c, const ent_game *game, int i, const ent_truth *truth,
                         const ent_json *player)
{
    static const char *const known[] = {"lowest", "highest", "punishment", NULL};
    const ent_objective reply = {.k = ENT_RAT_ZERO,
                                 .total = ENT_RAT_ZERO,
                                 .gains = ENT_RAT_ZERO,
                                 .reply = {-1, 1, NULL},
                                 .player = i};
    ent_rat highest = ENT_RAT_ZERO, best = ENT_RAT_ZERO;
    ent_rat_add(&highest, &truth->lowest[i], &truth->span);
    ent_rat_neg(&best, &truth->lowest[i]);
    ent_ledger_only(&c->claims, player, known);
    ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, player, "lowest"),
                     &truth->lowest[i]);
    ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, player, "highest"), &highest);
    ent_i_check_attains(c, game, ent_ledger_member(&c->claims, player, "punishment"), &reply,
                        &truth->budget, &best);
    ent_rat_release(&highest);
    ent_rat_release(&best);
}

/* `insiders` is the model's coalition; the rules have everybody inside, so that "the others at
 * their lowest" means everybody. */
static ent_status check_solved(ent_rcheck *c, const ent_maps *maps, ent_truth *truth,
                               ent_coal insiders)
{
    ent_status st = ENT_OK;
    const ent_game *game = maps->common->game;
    const ent_objective total = {
        .k = ENT_RAT_ZERO, .total = {1, 1, NULL}, .gains = ENT_RAT_ZERO, .reply = ENT_RAT_ZERO};
    ent_ledger *claims = &c->claims;
    ent_i_truth_of_span(maps, truth);
    ent_rat_set(&truth->level, &truth->total);
    for (int i = 0; i < game->n; i++) {
        ent_rat_set(&truth->lowest[i], &truth->least[i]);
        if (!ent_coal_has(insiders, i)) ent_rat_sub(&truth->level, &truth->level, &truth->least[i]);
    }
    ent_ledger_begin(claims, c->scale);
    ent_ledger_equal(claims, ent_ledger_member(claims, c->solution, "span"), &truth->span);
    ent_ledger_end(
        claims, "/solution/span",
        "the largest fixed point: the map evaluated wherever the enforceable plays change");
    ent_ledger_begin(claims, c->scale);
    ent_ledger_equal(claims, ent_ledger_member(claims, c->solution, "joint"), &truth->total);
    ent_ledger_equal(claims, ent_ledger_member(claims, c->solution, "coalition_value"),
                     &truth->level);
    ent_i_check_attains(c, game, ent_ledger_member(claims, c->solution, "on_path"), &total,
                        &truth->budget, &truth->total);
    ent_ledger_end(claims, "/solution/joint",
                   "joint, coalition_value and on_path: the most in total over enforceable plays");
    ent_ledger_begin(claims, c->scale);
    const ent_json *players = ent_ledger_member(claims, c->solution, "players");
    if (players && ent_i_check_players(c, players))
        for (int i = 0; i < game->n; i++)
            check_player(c, game, i, truth, ent_json_get(players, c->model->player[i]));
    ent_ledger_end(claims, "/solution/players/*",
                   "every number; the plays are enforceable and hold the player to it");
    ENT_TRY(ent_i_check_value_set(c, maps, truth));
    ent_i_check_critical(c, maps, "joint");
    ENT_TRY(ent_i_check_margin(c, game, &truth->span));
done:
    return st;
}

ent_status ent_i_check_subgame_perfect(ent_rcheck *c)
{
    ent_status st = ENT_OK;
    ent_game *game = NULL;
    ent_common *common = NULL;
    ent_maps *maps = NULL;
    ent_truth *truth = NULL;
    ent_rat zero = ENT_RAT_ZERO;
    const ent_rules given = c->rules;
    if (c->model->stage == ENT_STAGE_PUBLIC_GOOD) return ent_i_check_public_good_benchmark(c);
    c->rules = (ent_rules){.coalition = ent_coal_all(c->model->n),
                           .weight = given.weight,
                           .delta = given.delta,
                           .rho = &zero};
    ENT_TRY(ent_i_game_new(c->ctx, c->model, &game));
    ENT_TRY(ent_i_common_new(c->ctx, game, &common));
    ENT_TRY(ent_i_maps_new(c->ctx, common, &c->rules, &maps));
    ENT_TRY(ent_i_truth_new(c->ctx, game->n, &truth));
    const bool some = ent_i_maps_fixed_point(maps, &c->slack, &truth->span, &truth->budget);
    if (some != c->solved) {
        ent_ledger_refuse(&c->claims, c->solution,
                          some ? "there is an equilibrium" : "there is no equilibrium");
    } else if (!some) {
        ent_i_check_none(c, maps);
    } else {
        check_members(c);
        ENT_TRY(check_solved(c, maps, truth, given.coalition));
    }
done:
    c->rules = given;
    ent_i_truth_free(truth);
    ent_i_maps_free(maps);
    ent_i_common_free(common);
    ent_i_game_free(game);
    return st;
}
