/** ref_bayesian_claims.h - the claims that weights and multipliers warrant, straight from
 * [Sal] (3.6) and (4.11), in rationals. */
#ifndef REF_BAYESIAN_CLAIMS_H
#define REF_BAYESIAN_CLAIMS_H

#include "model/bayesian_model.h"

/** ref_bayesian_claims - omega for positive weights.
 * Given     threat  in   [size][interims] U_j^{S\i}(t_j) at [place of i][interim of j]
 *           lambda  in   [interims]
 *           alpha   in   alpha_i(tau|t) member by member, by t, then tau other than t
 * Returned  omega   out  [interims] initialised
 */
void ref_bayesian_claims(const ent_bayesian *model, const ent_bayes_coal *s, const ent_rat *threat,
                         const ent_rat *lambda, const ent_rat *alpha, ent_rat *omega);

#endif
