/** simple_mechanism.h - among the mechanisms with the same utilities, one that a person can
 * read. */
#ifndef ENT_SIMPLE_MECHANISM_H
#define ENT_SIMPLE_MECHANISM_H

#include "bayesian/incentive_lp.h"

/** ent_i_simple_mechanism - replace point->mu by an incentive compatible mechanism with the same
 * interim utilities that needs the least cooperation: the mean number of members who act together
 * with others is smallest. It is a vertex, so that few decisions are mixed. Optimality at the
 * point's scales is kept, because the weighted utility is the same. Left alone where the program is
 * too large or not decided exactly.
 */
ent_status ent_i_simple_mechanism(ent_ctx *ctx, const ent_exact_problem *problem,
                                  ent_exact_point *point);

#endif
