/** exact_mix.h - is a point in the hull of others, in rationals? */
#ifndef ENT_EXACT_MIX_H
#define ENT_EXACT_MIX_H

#include "exact/rat.h"

/** ent_i_exact_mix - weights >= 0 of sum 1 with sum of weight_l point_l = target.
 * Given     n       in   dimensions;  k points
 *           point   in   [k][n];  target [n]
 * Returned  weight  out  [k] initialised; a solution with at most n + 1 positive weights, the first
 *                        points preferred
 *           found   out  false when the target is outside the hull
 * Status    ENT_E_MEMORY
 * Cost      a rational simplex (Bland) of n + 1 rows and k columns
 */
ent_status ent_i_exact_mix(ent_ctx *ctx, int n, int k, const ent_rat *point, const ent_rat *target,
                           ent_rat *weight, bool *found);

#endif
