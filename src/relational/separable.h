/** separable.h - a stage game u_i(a) = sum_j f_ij(a_j): everything that is maximised is a sum over
 * players, and so are gains.
 *
 * The staircase of a sum is built player by player (Nemhauser and Ullmann 1969): the staircase of
 * players j, j+1, ... holds the undominated sums of one action of j and one stair of players j+1,
 * .... No profile is ever enumerated.
 */
#ifndef ENT_SEPARABLE_H
#define ENT_SEPARABLE_H

#include "relational/aims.h"

typedef struct ent_i_separable {
    ent_i_source source; /* first, so that a source is one of these */
    int n;
    int actions[ENT_PLAYERS_MAX];
    const double *part[ENT_PLAYERS_MAX * ENT_PLAYERS_MAX]; /* [n*n] as given */
    double best[ENT_PLAYERS_MAX];                          /* the most of f_ii */
    double slop; /* what rounding may do to a sum: 0 for whole numbers below 2^53 */
} ent_i_separable;

/** ent_i_separable_new - checks and copies pointers. whole: every number is whole and sums stay
 * below 2^53. */
ent_status ent_i_separable_new(ent_ctx *ctx, int n, const int *actions, const double *const *part,
                               bool whole, ent_i_separable **out);

/** ent_i_tower - the staircases of one aim: level j for players j, ..., n-1; level n is the sum of
 * nothing. Scratch and heap. */
typedef struct ent_i_tower {
    const ent_i_separable *game;
    /* [actions[j]] what action a of j adds */
    double *gain[ENT_PLAYERS_MAX], *value[ENT_PLAYERS_MAX];
    ent_i_staircase level[ENT_PLAYERS_MAX + 1];
} ent_i_tower;

/** ent_i_tower_new - for every level from `lowest` on. Release before the scratch is reset. */
ent_status ent_i_tower_new(ent_ctx *ctx, const ent_i_separable *game, const ent_i_aims *aims,
                           int aim, ent_i_tower *out);
void ent_i_tower_release(ent_i_tower *tower);

/** ent_i_tower_walk - visit, in row-major order, the plays with factor * G <= bound and the aim at
 * least `target`.
 * Given  visit  in  returns false to stop
 */
typedef bool ent_i_visit_fn(void *user, const int *play);
void ent_i_tower_walk(const ent_i_tower *tower, const ent_i_edge *edge, double target,
                      ent_i_visit_fn *visit, void *user);

/** ent_i_tower_completes - can players j, j+1, ... complete what the earlier ones have begun,
 * within the bound and up to `target`? */
bool ent_i_tower_completes(const ent_i_tower *tower, int j, const ent_i_edge *edge, double gain,
                           double value, double target);

/** ent_i_separable_range - over all plays that ent_i_tower_walk would visit: least and most of each
 * player's best-reply payoff, [n], and the most of the outsiders' sum; what the arrays hold already
 * counts as visited.
 * Status  ENT_E_LIMIT when too many partial plays differ in cost and value
 */
ent_status ent_i_separable_range(ent_ctx *ctx, const ent_i_tower *tower, const ent_i_edge *edge,
                                 double target, ent_coal coalition, double *least, double *most,
                                 double *total);

/** ent_i_separable_near - the nearest sums of gains to the edge; false when there are too many sums
 * to search. */
ent_status ent_i_separable_near(ent_ctx *ctx, const ent_i_separable *game, const ent_i_edge *edge,
                                double *below, double *above);

#endif
