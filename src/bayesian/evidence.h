/** evidence.h - proofs for solutions that do not prove themselves: limits, and epsilons. */
#ifndef ENT_BAYES_EVIDENCE_H
#define ENT_BAYES_EVIDENCE_H

#include "bayesian/answer.h"

/** ent_i_limit_evidence - claims as limits. With weights lambda + delta e and multipliers alpha + delta beta the claims are
 * omega + O(delta); finds e, beta and the slope omega', and replaces point->omega by the limits.
 *     A(lambda,alpha) omega = R,   A(e,beta) omega + A(lambda,alpha) omega' = R'
 * Given     trend  in   [interims] positive doubles: the shape in which vanishing weights vanish
 * Returned  found  out  false: no such direction among those tried, or the limits claim too much
 * Source    [Sal] Def. 4 (epsilon to 0)
 */
ent_status ent_i_limit_evidence(ent_ctx *ctx, const ent_exact_problem *problem, const double *trend, ent_exact_point *point,
                                ent_bayes_answer *evidence, bool *found);

/** ent_i_epsilon_evidence - Definition 4 for one epsilon, in rationals: fills proof_* and the four numbers of `answer`.
 * Given  path, path_alpha  in  weights and multipliers (real units, positive) at the end of the path
 *        open_share        in  [pairs] multipliers that vanish together with an open claim, relative; zeros otherwise
 */
ent_status ent_i_epsilon_evidence(ent_ctx *ctx, const ent_exact_problem *problem, const double *path_lambda,
                                  const double *path_alpha, const double *open_share, ent_bayes_answer *answer);

/** ent_i_numerical_evidence - a mechanism near one known in doubles, exactly, with weights that are exact: fills
 * proof_mechanism, proof_multiplier, certified, gap, incentive and distance of an empty answer.
 */
ent_status ent_i_numerical_evidence(ent_ctx *ctx, const ent_exact_problem *problem, const ent_bayes_mechanism *mechanism,
                                    const ent_twin *weight, const ent_twin *multiplier, const ent_twin *utility,
                                    ent_bayes_answer *answer);

#endif
