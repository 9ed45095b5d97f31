/** outside_back.h - the equilibrium of the outside family from the last period to the first, by
 * comparing what each can do. [FR] Section 3, docs/outside.md 3. Written for the checker, without a
 * look at the solver.
 */
#ifndef ENT_OUTSIDE_BACK_H
#define ENT_OUTSIDE_BACK_H

#include "verify/outside_line.h"

/** ent_back_rules - how ties are settled; settings of the run. */
typedef struct ent_back_rules {
    double tie;    /* relative: closer payoffs of the proposer are equal */
    bool is_sure;  /* then she takes the sure outcome */
    bool is_taken; /* discount 1: he takes an outside offer at once rather than have it matched */
} ent_back_rules;

/** ent_back - what was found. Release with ent_i_back_release. */
typedef struct ent_back {
    double k, cost, discount;
    int periods;
    ent_back_rules rules;
    double r_star; /* -INFINITY when even 0 deters */
    bool is_floor; /* r* <= k: no line is needed */
    ent_line *line;
    ent_line_plan first;           /* period 1 */
    double value[ENT_LINE_VALUES]; /* of the whole game */
    bool deters_alone;             /* in the last period, with nothing standing */
    double alone_slack;            /* and by how much */
    double *reach;                 /* [periods] */
    /* How far rounding can move the places where he begins or ceases to go on, at most, and the
     * probability there, in all. Large only where what he gains by going on is flat: c = 0 and a
     * discount factor within 1e-8 of 1. */
    double blur, blurred;
} ent_back;

/** ent_i_back_solve - the game of the model at a search cost. `out` is empty before, and to be
 * released also after a failure. */
ent_status ent_i_back_solve(ent_ctx *ctx, const ent_outside *model, double cost,
                            const ent_back_rules *rules, ent_back *out);
void ent_i_back_release(ent_back *back);

/** ent_i_back_reach - the probabilities that each period is reached, forwards; called by
 * ent_i_back_solve. */
ent_status ent_i_back_reach(ent_ctx *ctx, ent_back *back);

#endif
