/** far_claims.h - claims that go to minus infinity at the end of a path.
 *
 * A type without weight whose multipliers lead to no type with weight has no claim of its own in
 * the limit: A is singular. Where outside options depend on others' types, its claim may go to
 * minus infinity. Three things can then happen:
 *   - multipliers lead around within a set of such types: claims run along a kernel of A, and come
 *   back from there;
 *   - multipliers that vanish lead out of the set, and their products with the claims stay finite:
 *     the claims are *open*, the products enter the warrant equations in shares that the path's end
 *     tells;
 *   - these products vanish too: nothing is left of the claims.
 * Compiled for both precisions of num/real.h.
 */
#ifndef ENT_FAR_CLAIMS_H
#define ENT_FAR_CLAIMS_H

#include "bayesian/polish.h"

#ifdef ENT_WIDE
#define ent_i_find_open ent_i_find_open_wide
#define ent_i_open_left ent_i_open_left_wide
#define ent_i_near_claims ent_i_near_claims_wide
#endif

/** ent_i_find_open - fill active->open and active->share, and point->flow, given the rest of
 * `active`. */
void ent_i_find_open(const ent_bargain *b, const ent_slopes *slopes, ent_bargain_point *point,
                     ent_active *active);

/** ent_i_open_left - A omega and the finite products of open claims, [interims]; active may be
 * NULL. */
void ent_i_open_left(const ent_bargain *b, const ent_active *active, const ent_bargain_point *point,
                     ent_real *left);

/** ent_i_near_claims - bring claims that went far back to where they are just below what they are
 * compared with: the solution of least norm, and a part of the kernel that they ran along.
 * Given  g  in  [pairs + interims] of the point's lotteries
 */
ent_status ent_i_near_claims(ent_ctx *ctx, const ent_bargain_numbers *v, const ent_active *active,
                             const ent_real *g, ent_bargain_point *point);

#endif
