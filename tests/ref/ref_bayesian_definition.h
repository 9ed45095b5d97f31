/** ref_bayesian_definition.h - [Sal]'s definitions for one coalition, word by word, as textbook
 * linear programs in rationals: is a vector of interim utilities efficient; does Definition 4
 * accept it; what can a dictator do. Of the library only the model's tables (utilities and priors
 * of a coalition) and ent_rat are used.
 */
#ifndef REF_BAYESIAN_DEFINITION_H
#define REF_BAYESIAN_DEFINITION_H

#include "model/bayesian_model.h"

/** ref_bayesian_gain - the most that incentive compatible mechanisms add to u, summed over
 * interims: 0 when u is incentive efficient.
 * Given u in [interims]; false: no mechanism gives as much to everybody
 */
bool ref_bayesian_gain(const ent_bayes_coal *s, const ent_rat *u, ent_rat *gain);

/** ref_bayesian_accepts - are there lambda > 0, alpha >= 0 and claims that satisfy (4.11), with |S|
 * u = T + omega, lambda and alpha supporting u? For fixed u everything is linear: W(t) >= virtual
 * worths, A(lambda, alpha) (|S| u - T) = R; the least weight is maximised. (That sum lambda u = sum
 * W follows from the equations.)
 * Given threat in [size][interims], row i: what the others get without member i
 */
bool ref_bayesian_accepts(const ent_bayes_coal *s, const ent_rat *threat, const ent_rat *u);

typedef enum ref_bayesian_power {
    REF_BAYESIAN_NOTHING_SAFE,
    REF_BAYESIAN_DOMINATED,
    REF_BAYESIAN_STRONG
} ref_bayesian_power;

/** ref_bayesian_dictator - Definitions 1 to 3 for member `place`, with (4.12b) as an equality or
 * with >=.
 * Given    threat in  [interims], the others' count
 * Returned best   out [interims] initialised; the dictator's: the best that safe mechanisms give
 */
ref_bayesian_power ref_bayesian_dictator(const ent_bayes_coal *s, int place, const ent_rat *threat,
                                         bool equality, ent_rat *best);

#endif
