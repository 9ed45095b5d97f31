/** efficiency.h - is a mechanism incentive efficient? Proposition 1 by a linear program, with
 * weights or a better mechanism. */
#ifndef ENT_EFFICIENCY_H
#define ENT_EFFICIENCY_H

#include "bayesian/incentive_lp.h"

/** ent_efficiency - the answer. Arrays on the heap: free with ent_i_efficiency_free. */
typedef struct ent_efficiency {
    bool efficient;
    /* proved in rationals; else numbers of the last program, to be taken as numerical */
    bool exact;
    ent_rat *lambda; /* [interims] > 0, sum 1: efficient, or from ent_i_efficiency_near */
    ent_rat *alpha;  /* [pairs] */
    /* [options] a mechanism that gives nobody less and somebody more: not efficient */
    ent_rat *mu;
    int interims, pairs, options;
} ent_efficiency;

/** ent_i_efficiency - test an incentive compatible mechanism with utilities u.
 *     max sum of gains   s.t.   U(mu') - gain = u,  gain >= 0,  mu' incentive compatible
 * whose multipliers are weights lambda >= 1 > 0 when the maximum is 0.
 * Source [Sal] Prop. 1
 */
ent_status ent_i_efficiency(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *u,
                            ent_efficiency *out);

/** ent_i_efficiency_near - weights and multipliers for utilities that only approximate those of an
 * efficient mechanism: the same program from utilities lowered by a little. Nobody who gives up
 * nothing to anybody can gain more than what they leave open, sum W - lambda u, over its weight.
 * Returned  out  exact and lambda, alpha; `exact` false: the program is too large or was not
 *                decided
 */
ent_status ent_i_efficiency_near(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *u,
                                 ent_efficiency *out);
void ent_i_efficiency_free(ent_efficiency *efficiency);

#endif
