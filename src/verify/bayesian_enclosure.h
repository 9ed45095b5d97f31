/** bayesian_enclosure.h - the checker of enclosures: all solutions of a coalition have their
 * utilities in the clusters told. docs/results.md, `certificate.coalitions.S.enclosure`, has the
 * statement and its letters. Only src/verify/bayesian*.c include this.
 */
#ifndef ENT_BAYESIAN_ENCLOSURE_CHECK_H
#define ENT_BAYESIAN_ENCLOSURE_CHECK_H

#include "verify/bayesian_verify.h"

/** ent_bv_box - claims between two vectors. */
typedef struct ent_bv_box {
    ent_rat *low, *high; /* [interims] */
} ent_bv_box;

/** ent_bv_fact - what holds for every solution with claims in a box: decision d has a positive
 * probability in profile t (`used`), member k's report tau is strictly worse than the truth t
 * (`strict`); p M exceeds the virtual worth of d in t (`unused`), alpha_k(tau|t) is positive
 * (`binding`), the weight of interim m is (`weighted`). */
typedef enum ent_bv_fact_kind {
    ENT_BV_NO_FACT,
    ENT_BV_USED,
    ENT_BV_STRICT,
    ENT_BV_UNUSED,
    ENT_BV_BINDING,
    ENT_BV_WEIGHTED
} ent_bv_fact_kind;

typedef struct ent_bv_fact {
    ent_bv_fact_kind kind;
    int t, d;    /* used, unused */
    int pair, m; /* strict, binding: ent_bv_pair; weighted */
} ent_bv_fact;

/** ent_bv_excluded - an entry of the tree that says why a box holds no claims, {"weights",
 * "multipliers"} or {"prices", "masses"}; or why it holds none where a fact fails. Refuses it when
 * it does not prove so. Other members of the entry are the caller's business.
 * Given  scale  in  [size] each member's range of utilities in S: the units of "weights" and
 *                   "multipliers"
 */
ent_status ent_bv_excluded(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                           const ent_bv_box *box, const ent_rat *scale, const ent_bv_fact *fact);

/** ent_bv_same - have two decisions of s the same utilities everywhere? */
bool ent_bv_same(const ent_bayes_coal *s, int d, int e);

/** ent_bv_virtual_row - the coefficients of p(t) sum_k v_k(d,t) in the weights, [interims], and the
 * multipliers, [pairs]; both are zeros before, times `factor`. */
void ent_bv_virtual_row(const ent_bv *v, const ent_bayes_coal *s, int t, int d,
                        const ent_rat *factor, ent_rat *truth, ent_rat *lie);

/** ent_bv_isolated - do the facts of a list, each proved for the box, leave the claims of the
 * coalition's exact solution the only ones there?
 * Given     node   in   the coalition's entry of the solution
 * Returned  claim  out  [interims] these claims, if so
 */
ent_status ent_bv_isolated(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                           const ent_json *facts, const ent_bv_box *box, const ent_rat *scale,
                           ent_rat *claim, bool *alone);

/** ent_bv_gap - sum of p M at the scales less weights times `low`: so much can sum weight (U - low)
 * be for incentive compatible U. */
ent_status ent_bv_gap(ent_bv *v, const ent_bv_scales *scales, const ent_rat *low, ent_rat *gap);

/** ent_bv_tree - walk the tree from its first box.
 * Returned  left  out  [boxes] those that are open, in order: their claims, low then high,
 *           [2][interims] each boxes out; free with ent_rats_free(left, boxes * 2 * interims)
 */
ent_status ent_bv_tree(ent_bv *v, const ent_bv_bargain *b, const ent_json *tree,
                       const ent_bv_box *first, const ent_rat *scale, ent_rat **left, int *boxes);

/** ent_bv_enclosure - the member "enclosure" of a coalition's entry and of its certificate, if
 * there is one.
 * Given  known  in  [interims] utilities of a solution that is known exactly; NULL: of none
 */
ent_status ent_bv_enclosure(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                            const ent_json *proof, const ent_rat *known);

#endif
