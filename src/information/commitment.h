/** commitment.h - investments before the messages: [ITA] Props. 2 and 3, Corollary 2 to 4, with
 * floors and costs above the paper's range. */
#ifndef ENT_COMMITMENT_H
#define ENT_COMMITMENT_H

#include "information/information_methods.h"

/** ent_commitment - a symmetric investment equilibrium; all rationals, initialised and released by
 * the functions below.
 *   E(e_k - e*)^+ = c A / 2;  R = the equilibrium of the action stage at the estimate e* with
 *                             policies >= 0.
 */
typedef struct ent_commitment {
    int n;
    /* q, the highest number of ones up to which nobody is at his bound; -1: c > MB_0, everybody
       always is */
    int threshold;
    ent_rat residual;    /* y, e* = e_q + y; meaningless when threshold is -1 */
    ent_rat level;       /* e* */
    ent_rat slope;       /* d e* / d c to the right */
    ent_rat *investment; /* [n] R_i */
    bool *at_floor;      /* [n] R_i = 0 because the unbounded policy would be negative */
    ent_rat *benefit;    /* [n] MB_q for q = 0..n-1 */
} ent_commitment;

ent_status ent_i_commitment_new(ent_ctx *ctx, const ent_information *m, const ent_rat *cost,
                                ent_commitment **out);
void ent_i_commitment_free(ent_commitment *commitment);

#endif
