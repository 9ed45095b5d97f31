/** relational_game.h - a finite or separable stage game as the checker sees it: exact, and as sums
 * over axes.
 *
 * Everything that matters about a play a is a sum over axes of a number of the axis' item: G,
 * everybody's gains from deviating; U, the total; and uhat_i, i's best-reply payoff. A separable
 * game has one axis a player, whose items are that player's actions; a game of payoff rows has a
 * single axis, whose items are the profiles. Written from docs/relational.md 1; shares no code with
 * the solver.
 */
#ifndef ENT_RELATIONAL_GAME_H
#define ENT_RELATIONAL_GAME_H

#include "model/relational_model.h"
#include "verify/stairs.h"

typedef struct ent_axis {
    int64_t items;
    int64_t *order;         /* [items] by rising gains, ties by number */
    ent_rat *gains, *total; /* [items] in units of game->unit, hence integers */
    ent_rat *reply;         /* [n][items] */
    ent_rat *k;             /* [items] K for the game's present coalition */
} ent_axis;

typedef struct ent_game {
    const ent_relational *model;
    int n, axes;
    ent_axis *axis;   /* [axes] */
    ent_coal present; /* whose K the axes hold; 0: nobody's */
    ent_rat unit;     /* payoffs are whole multiples of it */
} ent_game;

/** ent_objective - k K(a) + total U(a) + gains G(a) + reply uhat_player(a), K = U - sum of
 * outsiders' uhat. */
typedef struct ent_objective {
    ent_rat k, total, gains, reply;
    int player;
} ent_objective;

/** ent_play_truth - one play: everything about it. */
typedef struct ent_play_truth {
    ent_rat gains, total, k;
    ent_rat *payoff, *reply; /* [n] */
} ent_play_truth;

ent_status ent_i_game_new(ent_ctx *ctx, const ent_relational *model, ent_game **out);
void ent_i_game_free(ent_game *game);

/** ent_i_game_present - make K of this coalition quick to have: every other coalition's K is added
 * up item by item. */
void ent_i_game_present(ent_game *game, ent_coal coalition);

/** ent_i_game_stairs - the most of an objective at a given G, for a coalition of insiders. */
ent_status ent_i_game_stairs(ent_ctx *ctx, const ent_game *game, ent_coal coalition,
                             const ent_objective *objective, ent_stairs *out);

/** ent_i_game_axis_stairs - the same for one axis alone, in units of game->unit. */
ent_status ent_i_game_axis_stairs(ent_ctx *ctx, const ent_game *game, ent_coal coalition,
                                  const ent_objective *objective, int axis, ent_stairs *out);

/** ent_i_game_item - an objective at one item of one axis, in units of game->unit. */
void ent_i_game_item(const ent_game *game, ent_coal coalition, const ent_objective *objective,
                     int axis, int64_t item, ent_rat *value);

/** ent_i_game_play - the truth about a play, action[n]; `out` was made by ent_i_play_truth_new. */
void ent_i_game_play(const ent_game *game, ent_coal coalition, const int *action,
                     ent_play_truth *out);

ent_status ent_i_play_truth_new(ent_ctx *ctx, int n, ent_play_truth *out);
void ent_i_play_truth_release(int n, ent_play_truth *play);

#endif
