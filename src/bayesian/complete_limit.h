/** complete_limit.h - limits of paths that are not efficient. */
#ifndef ENT_COMPLETE_LIMIT_H
#define ENT_COMPLETE_LIMIT_H

#include "bayesian/answer.h"
#include "bayesian/exact_point.h"

/** ent_i_complete_limit - replace the mechanism of an answer in doubles, some of whose weights
 * vanish, by one that gives nobody less and somebody more, if there is one.
 *
 * Definition 4 asks for an incentive efficient mechanism. Where stand-alone utilities depend on
 * others' types a path may end where a type without weight could still gain. Whoever gains keeps
 * the inequalities of Definition 4, at the same weights and claims, and the weighted sum is the
 * same: so what replaces the limit is a solution if the limit was one.
 * Given     a  in|out  utilities and mechanism change; unchanged when nothing better than rounding
 *                      is found, or the program is too large
 * Source    [Sal] Definition 4; docs/errata.md on Theorem 1
 */
ent_status ent_i_complete_limit(ent_ctx *ctx, const ent_exact_problem *problem,
                                ent_bayes_answer *a);

#endif
