/** votes.h - weighted voting: how often each voter decides, counted exactly in pseudo-polynomial
 * time. */
#ifndef ENT_VOTES_H
#define ENT_VOTES_H

#include "base/memory.h"
#include "exact/rat.h"

/** ent_votes_shapley - the Shapley (Shapley-Shubik) value of "the votes of S reach the quota".
 * ent_votes_swings - in how many coalitions of the others each voter turns losing into winning.
 * Given     n      in   voters;  quota  in  > 0;  vote  in  [n] >= 0, sum at most 2^62
 * Returned  value  out  [n] initialised
 * Status    ENT_E_LIMIT when the table of coalitions by size and votes is larger than 2^28 words;
 *           ENT_E_MEMORY; ENT_E_CANCEL
 * Cost      a table of n (sizes) by min(quota, votes - quota + 1) counts of n bits; filled once,
 *           and one voter taken out of it for every different number of votes
 */
ent_status ent_votes_shapley(ent_ctx *ctx, int n, int64_t quota, const int64_t *vote,
                             ent_rat *value);
ent_status ent_votes_swings(ent_ctx *ctx, int n, int64_t quota, const int64_t *vote,
                            ent_rat *swings);

#endif
