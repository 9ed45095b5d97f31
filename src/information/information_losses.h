/** information_losses.h - what players lose in the action stage, and what a lie gains,
 * [ITA] eqs. (1), (2) and the incentive constraints of A.3; docs/information.md 3. In doubles, and
 * in rationals.
 *
 * Given theta the babblers' signals are independent, so their policies sum to M + sum D_j s_j with
 * mean M + theta D and variance theta (1 - theta) sum D_j^2; the expected loss of i is then
 *     E (c0 + c1 theta)^2 + (eta / A)^2 D2 E theta (1 - theta),  c0 = (x_i + eta (S + M)) / A -
 *     b_i,  c1 = eta D / A - 1.
 */
#ifndef ENT_INFORMATION_LOSSES_H
#define ENT_INFORMATION_LOSSES_H

#include "information/bayes_stage.h"

/** ent_i_gains - G_i^s = E(loss from the truth - loss from the lie | s), what player i of the
 * truthful set gains by lying about signal s: at most 0 for both signals when truth is optimal.
 * Given     stages  in   [t + 1] of the set, k = 0..t
 * Returned  gain    out  [2]; size out [2] the sum of absolute terms, against which a gain counts
 *                        as zero
 */
void ent_i_gains(const ent_alliance *a, const ent_bayes_stage *stages, int i, double gain[2],
                 double size[2]);

/** ent_i_welfare - -E(loss) of every player before signals, without costs, into w[n]. */
void ent_i_welfare(const ent_alliance *a, const ent_bayes_stage *stages, double *w);

/** The same in rationals. gain, w: initialised by the caller. */
ent_status ent_i_gains_exact(ent_ctx *ctx, const ent_information *m, const ent_rat *high,
                             const ent_bayes_exact *stages, int i, ent_rat gain[2]);
ent_status ent_i_welfare_exact(ent_ctx *ctx, const ent_information *m,
                               const ent_bayes_exact *stages, ent_rat *w);

#endif
