/** merge_types.h - types that no utility of the coalition tells apart are one type: solve with them
 * merged, then split again.
 *
 * Types t, t' of a member are alike when everybody's utilities are the same in them. With share(t)
 * = p(t) / p(class), weights of the merged problem times share(t), and multipliers times
 * share(true) share(report), give the same virtual utilities, claims and mechanism in every state:
 * solutions and proofs of the merged problem are solutions and proofs of the whole one. Left apart,
 * such types make the path's systems nearly singular.
 */
#ifndef ENT_MERGE_TYPES_H
#define ENT_MERGE_TYPES_H

#include "bayesian/answer.h"

/** ent_merged - the coalition with alike types merged. Free with ent_i_merged_free. */
typedef struct ent_merged {
    const ent_bayes_coal *from;
    ent_bayes_coal coal; /* names and prices are those of `from` */
    int *interim;        /* [from->interims] the merged interim */
    int *profile;        /* [from->profiles] the merged profile */
    ent_rat *share;      /* [from->interims] p(t) / p(class) */
    double *threat;      /* [size][merged interims] */
    ent_rat *threat_exact;
    bool any; /* were any types merged? else nothing above but `from` is filled */
} ent_merged;

/** ent_i_merge_types - merge; types whose threats differ stay apart.
 * Given  threat, exact  in  [size][interims]
 */
ent_status ent_i_merge_types(ent_ctx *ctx, const ent_bayes_coal *coal, const double *threat,
                             const ent_rat *exact, ent_merged *out);
void ent_i_merged_free(ent_merged *merged);

/** ent_i_merge_part - a coalition inside one whose alike types were merged, with the same types
 * merged (no threats, no shares). Decisions of the part belong to decisions of the whole
 * (superadditivity), and its utilities are means of theirs: types that are alike in the whole are
 * alike in every part.
 */
ent_status ent_i_merge_part(ent_ctx *ctx, const ent_merged *whole, const ent_bayes_coal *part,
                            ent_merged *out);

/** ent_i_split_answer - an answer of the merged coalition becomes one of the whole; `answer` is
 * replaced. */
ent_status ent_i_split_answer(ent_ctx *ctx, const ent_merged *merged, ent_bayes_answer *answer);

#endif
