/** coco.h - notion (i): prices a > 0 and a feasible, Pareto-optimal u with a_i u_i = psi_i(a). How
 * it is found.
 *
 * Everything inside works on payoffs brought to [0, 1] player by player (the notion does not mind),
 * with prices that sum to 1 in those units; points are handed out in the units of the model.
 */
#ifndef ENT_COCO_H
#define ENT_COCO_H

#include "base/rng.h"
#include "concept/threats.h"

enum { ENT_COCO_PLAYERS = ENT_THREATS_PLAYERS_MAX, ENT_COCO_SUPPORT = ENT_COCO_PLAYERS + 1 };

/** ent_point - prices with an agreement: utilities, and the lottery over plays that gives them. */
typedef struct ent_point {
    double price[ENT_COCO_PLAYERS], utility[ENT_COCO_PLAYERS];
    double joint;
    int support;
    int64_t profile[ENT_COCO_SUPPORT];
    double weight[ENT_COCO_SUPPORT];
    double residual; /* of the equations, relative to sum of a_i range_i */
    /* players held at price 0: a limit on the boundary, no equilibrium; then the utilities of these
       players are those of the lottery, not what they claim */
    ent_coal zero;
    int index; /* +1, -1; 0 unknown */
} ent_point;

/** ent_grand - a game prepared for solving. */
typedef struct ent_grand {
    int n;
    double least[ENT_COCO_PLAYERS], range[ENT_COCO_PLAYERS]; /* u = least + range * scaled */
    double *scaled;                                          /* [n][profiles] */
    ent_threats *t;                                          /* on the scaled payoffs */
    double *newton;                                          /* work of the polish */
    int evaluations;                                         /* of psi, for the curious */
} ent_grand;

ent_status ent_i_grand_new(ent_ctx *ctx, int n, const int *actions, const double *payoff,
                           ent_grand **out);
void ent_i_grand_free(ent_grand *grand);

/** ent_i_coco_polish - Newton on the active plays of `point` (scaled units), changing the set until
 * it is right.
 * Returned  true when equations, optimality and weights are good to `tolerance`; point is then
 *           complete */
bool ent_i_coco_polish(ent_grand *g, double tolerance, ent_point *point);

/** ent_i_coco_solve - from the centre, then from random starts. */
bool ent_i_coco_solve(ent_grand *g, uint64_t seed, int start, double tolerance, double least_price,
                      ent_point *point);

/** ent_i_coco_unscale - a point in the units of the model, prices summing to 1. */
void ent_i_coco_unscale(const ent_grand *g, ent_point *point);

#endif
