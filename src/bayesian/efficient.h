/** efficient.h - an incentive-efficient mechanism for given weights. */
#ifndef ENT_BAYES_EFFICIENT_H
#define ENT_BAYES_EFFICIENT_H

#include "bayesian/answer.h"
#include "bayesian/efficiency.h"

/** ent_efficient - the answer of one coalition. Free with ent_i_efficient_free. */
typedef struct ent_efficient {
    bool exact;
    ent_twin weight, utility; /* [interims] */
    ent_twin multiplier;      /* [pairs] */
    ent_twin virtual_utility; /* [size][profiles] v_i(mu,t) */
    ent_bayes_mechanism mechanism;
    ent_twin value, first_best; /* [1] */
    ent_efficiency efficiency;  /* positive weights, when a weight is 0 */
    bool has_zero;
} ent_efficient;

/** ent_i_efficient - maximise sum lambda U over incentive compatible mechanisms, (3.5), with the
 * dual (3.7).
 * Given  weight  in  [interims] >= 0, sum 1
 */
ent_status ent_i_efficient(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *weight,
                           ent_efficient *out);

/** ent_i_efficient_weights - the model's weights in S divided by their sum; without them, and where
 * they are all 0 in S, p_i(t_i)/|S|.
 * Returned  weight  out  [interims] initialised
 */
void ent_i_efficient_weights(const ent_bayesian *model, const ent_exact_problem *problem,
                             ent_rat *weight);
void ent_i_efficient_free(ent_efficient *e);

#endif
