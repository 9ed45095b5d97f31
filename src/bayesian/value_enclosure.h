/** value_enclosure.h - where all solutions of a coalition can lie: branch and prune over boxes of interim utilities. */
#ifndef ENT_VALUE_ENCLOSURE_H
#define ENT_VALUE_ENCLOSURE_H

#include "bayesian/bargain.h"

/** ent_value_enclosure - the hull of the boxes that could not be excluded, in real units. */
typedef struct ent_value_enclosure {
    int boxes;          /* how many were examined */
    bool complete;      /* false: the limit came first; the hull then includes what was left */
    bool any;           /* some box survived */
    double *low, *high; /* [interims] */
    double width;       /* largest side of the hull, in shares of a player's range */
} ent_value_enclosure;

/** ent_i_value_enclosure - exclude boxes in which no (mu, lambda, alpha) can satisfy all conditions.
 * A box is excluded when no incentive compatible mechanism has utilities in it, or when no lambda >= least_weight, alpha >= 0
 * and W satisfy dual feasibility and the warrant equations with products lambda omega and alpha omega anywhere between their
 * values at the box's ends (omega = factor U - target). Both are linear programs in doubles.
 * Given     alone  in  [interims] what types have alone, real units: only claims of at least that are considered
 *           least_weight  in  in scaled units
 *           width  in  boxes are halved until their sides are below this share of a player's range
 *           most   in  boxes at most
 * Returned  out    free with ent_i_value_enclosure_free
 */
ent_status ent_i_value_enclosure(ent_ctx *ctx, const ent_bargain *b, const double *alone, double least_weight, double width,
                                 int most, ent_value_enclosure *out);
void ent_i_value_enclosure_free(ent_value_enclosure *enclosure);

#endif
