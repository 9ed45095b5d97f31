/** evidence.h - proofs for solutions that do not prove themselves: limits, and epsilons. */
#ifndef ENT_BAYES_EVIDENCE_H
#define ENT_BAYES_EVIDENCE_H

#include "bayesian/answer.h"

/** ent_path_trend - the end of a path, in real units up to a common factor. */
typedef struct ent_path_trend {
    const double *lambda, *alpha; /* [interims], [pairs] positive */
    const double *claim;          /* [interims] */
    /* the same with all digits, for ent_i_epsilon_evidence */
    const ent_rat *exact_lambda, *exact_alpha;
    /* [pairs] multipliers that vanish together with an open claim, relative; zeros otherwise */
    const double *open_share;
} ent_path_trend;

/** ent_i_free_claims - claims at a point's weights, multipliers and worths where the warrant
 * equations leave room: A omega = R and factor U >= target + omega. Replaces point->omega.
 * Given     level  in   [interims] how high the claims that are free should be, at most; NULL: as
 *                       high as can be
 * Returned  found  out  false: the equations have no solution
 */
ent_status ent_i_free_claims(ent_ctx *ctx, const ent_exact_problem *problem, const double *level,
                             ent_exact_point *point, bool *found);

/** ent_i_claim_levels - levels between the claims at the end of a path and the room above them.
 * Returned  level  out  [interims]
 *           room   out  false: some claim at the end of the path is above factor U - target
 */
ent_status ent_i_claim_levels(ent_ctx *ctx, const ent_exact_problem *problem,
                              const ent_exact_point *point, const ent_path_trend *path,
                              double *level, bool *room);

/** ent_i_limit_evidence - claims that bound those at nearby positive weights: point->omega is
 * replaced by such claims, and evidence->term, the orders of an expansion (expansion.h), proves the
 * bound. The largest claims are tried first, then others.
 * Returned  found  out  false: no expansion was found
 * Source    [Sal] Def. 4 (epsilon to 0)
 */
ent_status ent_i_limit_evidence(ent_ctx *ctx, const ent_exact_problem *problem,
                                const ent_path_trend *path, ent_exact_point *point,
                                ent_bayes_answer *evidence, bool *found);

/** ent_i_epsilon_evidence - Definition 4 for one epsilon, in rationals: fills proof_* and the four
 * numbers of `answer`. */
ent_status ent_i_epsilon_evidence(ent_ctx *ctx, const ent_exact_problem *problem,
                                  const ent_path_trend *path, ent_bayes_answer *answer);

/** ent_i_numerical_evidence - a mechanism near one known in doubles, exactly, with weights that are
 * exact: fills proof_mechanism, proof_multiplier, certified, gap, incentive and distance of an
 * empty answer.
 */
ent_status ent_i_numerical_evidence(ent_ctx *ctx, const ent_exact_problem *problem,
                                    const ent_bayes_mechanism *mechanism, const ent_twin *weight,
                                    const ent_twin *multiplier, const ent_twin *utility,
                                    ent_bayes_answer *answer);

#endif
