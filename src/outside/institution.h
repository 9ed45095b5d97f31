/** institution.h - payoffs as functions of the search cost, and the costs that are best:
 * [FR] Section 5. */
#ifndef ENT_INSTITUTION_H
#define ENT_INSTITUTION_H

#include "outside/outside_solve.h"

/** ent_institution_point - the equilibrium at one search cost. */
typedef struct ent_institution_point {
    double cost, proposer, partner, ally;
    ent_regime regime;
} ent_institution_point;

/** ent_institution_jump - a cost at which the equilibrium changes from one regime to another; left
 * is the limit from below. */
typedef struct ent_institution_jump {
    ent_institution_point left, at;
} ent_institution_jump;

enum { ENT_INSTITUTION_JUMPS_MAX = 16 };

typedef struct ent_institution {
    /* from here on searching is never worth its cost: E(X - (fee - 1))^+ */
    double floor_cost;
    /* from here on she deters whatever the discount factor and the number of periods */
    double deter_cost;
    ent_institution_point free;                        /* search without cost */
    ent_institution_point best_partner, best_proposer; /* the smallest best cost of each */
    int jumps;
    ent_institution_jump jump[ENT_INSTITUTION_JUMPS_MAX]; /* by cost */
    int points;
    ent_institution_point *curve; /* [points] from 0 to floor_cost; ent_free */
} ent_institution;

/** ent_i_institution - all of it for a model, whose own search cost is ignored.
 * Given  points  in  how many points the curve has, >= 2
 * Status ENT_E_LIMIT  the fee is so near to 2 that no search is worth a cost of 1e-9
 * Cost   some hundred equilibria
 */
ent_status ent_i_institution(ent_ctx *ctx, const ent_outside *model,
                             const ent_outside_choice *choice, int points, ent_institution *out);

/** ent_i_fee_threshold - the lowest fee in [1,2) from which on, at all fees above, free search is
 * at least as good for the partner as any cost; NAN when there is none. Source [FR] Section 5,
 * "phi*".
 */
ent_status ent_i_fee_threshold(ent_ctx *ctx, const ent_outside *model,
                               const ent_outside_choice *choice, double *fee);

#endif
