/** random_dictator.h - one member drawn with equal probability dictates its strong solution: axioms
 * RCRD and RCRD'. */
#ifndef ENT_RANDOM_DICTATOR_H
#define ENT_RANDOM_DICTATOR_H

#include "bayesian/efficiency.h"
#include "bayesian/neutral.h"
#include "bayesian/strong.h"

/** ent_draw - the draw in one coalition. Free with ent_i_draw_free. */
typedef struct ent_draw {
    bool defined, exact, efficient;
    int missing;      /* place of the first member without a strong solution, or -1 */
    ent_coal smaller; /* the first smaller coalition whose draw is not defined, or 0 */
    int size;
    ent_strong *dictator; /* [size]; up to and including the missing one */
    /* utility, mechanism, certified: what the draw gives on average; no proof */
    ent_bayes_answer answer;
    ent_efficiency test; /* Proposition 1, or a better mechanism */
    ent_twin better;     /* [interims] utilities of that mechanism */
    ent_bayes_mechanism better_mechanism;
} ent_draw;

/** ent_i_draw - the draw in S given the threats against its members.
 * Given  by_mask  in  answers of the smaller coalitions that are the threats; coal = NULL where
 *                     there is none
 */
ent_status ent_i_draw(ent_ctx *ctx, const ent_bayes_coal *coal, const ent_bayes_answer *by_mask,
                      bool equality, ent_draw *out);
void ent_i_draw_free(ent_draw *draw);

#endif
