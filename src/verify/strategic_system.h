/** strategic_system.h - the polynomial system of an equilibrium's printed supports,
 * docs/results.md; only src/verify/strategic*.c include this. */
#ifndef ENT_VERIFY_STRATEGIC_SYSTEM_H
#define ENT_VERIFY_STRATEGIC_SYSTEM_H

#include "verify/strategic_i.h"

/** ent_sv_square - a conflict whose supports have equal sizes, and the places of its unknowns. */
typedef struct ent_sv_square {
    ent_coal s;
    ent_sv_mix p, q;
    int first_p, v, first_q, w;
} ent_sv_square;

/** ent_sv_system - F(z) = 0 at the printed z. */
typedef struct ent_sv_system {
    ent_sv *v;
    ent_sv_equilibrium *e;
    int n, conflicts, unknowns, first_l;
    ent_sv_square *conflict; /* [conflicts] */
    ent_sv_mix lottery;
    ent_rat *f, *j; /* [unknowns], [unknowns][unknowns]: zeros when filling begins */
    ent_rat *curve; /* [unknowns] sum of |second derivatives| of each equation */
    double *y;      /* [unknowns][unknowns] an approximate inverse of j */
    ent_rat radius;
} ent_sv_system;

/** ent_sv_system_fill - F, its Jacobian, and the sizes of its (constant) second derivatives. */
void ent_sv_system_fill(ent_sv_system *k);

/** ent_sv_system_payoff - u_i at a profile. ent_sv_add_size - sum += |x|. ent_sv_system_entry - a
 * place of the Jacobian. */
const ent_rat *ent_sv_system_payoff(const ent_sv_system *k, int i, int64_t profile);
void ent_sv_add_size(ent_rat *sum, const ent_rat *x);
ent_rat *ent_sv_system_entry(const ent_sv_system *k, int equation, int unknown);

#endif
