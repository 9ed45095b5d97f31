/** sweep_corner.h - what the sweep of two players' frontier and its last step, at a corner,
 * share. */
#ifndef ENT_SWEEP_CORNER_H
#define ENT_SWEEP_CORNER_H

#include "strategic/frontier_corners.h"
#include "strategic/two_players.h"

/** ent_sweep - prices are (1, rate) up to a factor. */
typedef struct ent_sweep {
    ent_grand *g;
    const ent_strategic *m;
    ent_frontier_corners f;
    int64_t corner; /* the play in hand, and its payoffs (borrowed) */
    ent_rat u[2];
    /* rates at which the first player claims less, and more, than u gives it */
    ent_rat low, high;
    ent_exact_threats threats;
} ent_sweep;

/** ent_i_first_price - 1 / (1 + rate). */
void ent_i_first_price(const ent_rat *rate, ent_rat *price);

/** ent_i_sweep_aim - scaled prices at a rate; returned: what the conflict is worth there when the
 * first player claims just u[0].
 * ent_i_sweep_seems - by how much it is worth more, in doubles; scaled payoffs are from 0 to 1. */
double ent_i_sweep_aim(const ent_sweep *x, double rate, double a[2]);
double ent_i_sweep_seems(ent_sweep *x, double rate);

/** ent_i_sweep_claims - the exact sign of that. */
ent_status ent_i_sweep_claims(ent_ctx *ctx, ent_sweep *x, const ent_rat *rate, int *sign);

/** ent_i_sweep_settle - an equilibrium at this rate, if there is one, onto the list. */
ent_status ent_i_sweep_settle(ent_ctx *ctx, ent_sweep *x, const ent_rat *rate, ent_equilibria *all,
                              bool *done);

/** ent_i_sweep_corner - the corner in hand is the answer, low and high are rates around its prices:
 * onto the list. */
ent_status ent_i_sweep_corner(ent_ctx *ctx, ent_sweep *x, ent_equilibria *all);

#endif
