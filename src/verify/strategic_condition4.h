/** strategic_condition4.h - the payoffs u_i^S of all coalitions and the conditions on them; only
 * src/verify/strategic*.c include this. */
#ifndef ENT_VERIFY_STRATEGIC_CONDITION4_H
#define ENT_VERIFY_STRATEGIC_CONDITION4_H

#include "verify/strategic_i.h"

/** ent_sv_table - u_i^S for all coalitions, and the totals Z_S. */
typedef struct ent_sv_table {
    ent_rat *u; /* [2^n][n], members only */
    ent_rat *z; /* [2^n] */
    bool exact;
} ent_sv_table;
ent_status ent_sv_table_new(ent_sv *v, ent_sv_table *t);
void ent_sv_table_release(ent_sv *v, ent_sv_table *t);

/** ent_sv_u - the place of u_i^S. ent_sv_totals - Z_S at the prices of v, once all u are in
 * place. */
ent_rat *ent_sv_u(const ent_sv *v, const ent_sv_table *t, ent_coal s, int i);
void ent_sv_totals(const ent_sv *v, ent_sv_table *t);

/** ent_sv_threat - t_i^S by its definition. */
void ent_sv_threat(const ent_sv *v, const ent_sv_table *t, ent_coal s, int i, ent_rat *out);

/** The largest violation of condition 4 in the form of CoCo equilibria (totals needed), and in that
 * of Harsanyi equilibria. */
void ent_sv_condition4_coco(const ent_sv *v, const ent_sv_table *t, ent_rat *most);
void ent_sv_condition4_harsanyi(const ent_sv *v, const ent_sv_table *t, ent_rat *most);

/** ent_sv_balance - e = a_i (u_i^S - u_i^{S\j}) - a_j (u_j^S - u_j^{S\i}): 0 for all pairs in all S
 * is condition 4 again.
 * ent_sv_imbalance - the largest |e| over S = 1..largest (masks). */
void ent_sv_balance(const ent_sv *v, const ent_sv_table *t, ent_coal s, int i, int j, ent_rat *out);
void ent_sv_imbalance(const ent_sv *v, const ent_sv_table *t, ent_coal largest, ent_rat *most);

/** ent_sv_spread - sum of a_i (max u_i - min u_i): what residuals of condition 4 are divided by; 1
 * when it is 0. */
void ent_sv_spread(const ent_sv *v, ent_rat *out);

#endif
