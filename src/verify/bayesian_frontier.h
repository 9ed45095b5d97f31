/** bayesian_frontier.h - the frontier of interim utilities of one coalition; only
 * src/verify/bayesian*.c include this. */
#ifndef ENT_BAYESIAN_FRONTIER_CHECK_H
#define ENT_BAYESIAN_FRONTIER_CHECK_H

#include "verify/bayesian_verify.h"

/** ent_bv_frontier - vertices are given by incentive compatible mechanisms and are extreme; facets
 * are proved by multipliers, have exactly the listed vertices on them, and are of full dimension;
 * and there are no others. Nothing when there is no frontier.
 */
ent_status ent_bv_frontier(ent_bv *v, const ent_bayes_coal *s, const ent_json *node,
                           const ent_json *proof);

#endif
