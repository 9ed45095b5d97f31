/** bayesian_division.h - the threats of an S-solution; only src/verify/bayesian*.c include this. */
#ifndef ENT_BAYESIAN_DIVISION_H
#define ENT_BAYESIAN_DIVISION_H

#include "verify/bayesian_verify.h"

typedef struct ent_bv_division {
    ent_bv *v;
    ent_bv_scales scales; /* of the whole coalition */
    ent_rat **share;      /* [2^n] of each threat: [size][profiles] v_i(mu_S,t) */
    ent_rat **worth;      /* [2^n] [profiles] W_S(t) */
    bool exact;           /* claims are met exactly, not up to an epsilon */
} ent_bv_division;

/** ent_bv_threat_best - the prices {"above", "equal"} prove that mu_S has the largest expected
 * virtual worth among incentive compatible mechanisms that divide virtual utility equally in every
 * state, as mu_S does.
 * Given  reports  in  [pairs] of mu_S, from ent_bv_reports
 */
ent_status ent_bv_threat_best(ent_bv *v, const ent_bv_scales *scales, const ent_bayes_coal *s,
                              const ent_bv_mechanism *mechanism, const ent_rat *reports,
                              const ent_json *proof);

#endif
