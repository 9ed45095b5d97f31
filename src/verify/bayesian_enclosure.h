/** bayesian_enclosure.h - the checker of enclosures: all solutions of a coalition have their utilities in the clusters told.
 * docs/results.md, `certificate.coalitions.S.enclosure`, has the statement and its letters. Only src/verify/bayesian*.c include this.
 */
#ifndef ENT_BAYESIAN_ENCLOSURE_CHECK_H
#define ENT_BAYESIAN_ENCLOSURE_CHECK_H

#include "verify/bayesian_verify.h"

/** ent_bv_box - claims between two vectors. */
typedef struct ent_bv_box {
    ent_rat *low, *high; /* [interims] */
} ent_bv_box;

/** ent_bv_excluded - an entry of the tree that says why a box holds no claims: {"weights", "multipliers"} or {"prices", "masses"}.
 * Refuses it when it does not prove so.
 * Given  scale  in  [size] each member's range of utilities in S: the units of "weights" and "multipliers"
 */
ent_status ent_bv_excluded(ent_bv *v, const ent_bv_bargain *b, const ent_json *node, const ent_bv_box *box, const ent_rat *scale);

/** ent_bv_gap - sum of p M at the scales less weights times `low`: so much can sum weight (U - low) be for incentive compatible U. */
ent_status ent_bv_gap(ent_bv *v, const ent_bv_scales *scales, const ent_rat *low, ent_rat *gap);

/** ent_bv_tree - walk the tree from its first box.
 * Returned  left  out  [boxes] those that are open, in order: their claims, low then high, [2][interims] each
 *           boxes out; free with ent_rats_free(left, boxes * 2 * interims)
 */
ent_status ent_bv_tree(ent_bv *v, const ent_bv_bargain *b, const ent_json *tree, const ent_bv_box *first, const ent_rat *scale,
                       ent_rat **left, int *boxes);

/** ent_bv_enclosure - the member "enclosure" of a coalition's entry and of its certificate, if there is one.
 * Given  known  in  [interims] utilities of a solution that is known exactly; NULL: of none
 */
ent_status ent_bv_enclosure(ent_bv *v, const ent_bv_bargain *b, const ent_json *node, const ent_json *proof, const ent_rat *known);

#endif
