/** strategic_examined.h - a CoCo equilibrium of the evidence against coalition-perfect ones; only
 * src/verify/strategic*.c include this. */
#ifndef ENT_VERIFY_STRATEGIC_EXAMINED_H
#define ENT_VERIFY_STRATEGIC_EXAMINED_H

#include "verify/strategic_condition4.h"

typedef struct ent_sv_examined_one {
    ent_sv *v;
    ent_sv_equilibrium e;
    const ent_json *node;
    ent_rat *coefficient; /* [2^n][n] of a_m u_m^R in sum of weight times e */
    ent_rat spread, bound;
    bool exact; /* the multipliers */
} ent_sv_examined_one;

/** ent_sv_coefficient - the place of the coefficient of a_i u_i^S. */
ent_rat *ent_sv_coefficient(const ent_sv_examined_one *x, ent_coal s, int i);

/** ent_sv_bound_conflict - a lower bound, over all optimal strategies of the conflict of s, of the
 * sum over everybody of coefficient times a_m u_m.
 * Given  conflict  in  its evidence, proved already
 *        slack     in  multipliers of the inequalities that optimal strategies fulfil; may be NULL
 */
ent_status ent_sv_bound_conflict(ent_sv_examined_one *x, ent_coal s, const ent_json *conflict,
                                 const ent_json *slack, ent_rat *least);

#endif
