/** nash.h - Nash bargaining: the point of a hull with the largest product of gains over a
 * disagreement point. */
#ifndef ENT_NASH_H
#define ENT_NASH_H

#include "num/lp.h"

/** ent_nash - maximise the product of u_i - d_i over those who can gain, nobody below d.
 * Given     n        in   players;  outcomes
 *           gain     in   [outcomes][n] u_i(x) - d_i; the disagreement itself (all 0) is always
 *                         possible besides
 * Returned  weight   out  [outcomes] of the lottery; what they lack of 1 goes to disagreement
 *           gained   out  [n] sum of weight_x gain_x
 *           can      out  [n] can i gain at all while nobody loses?
 *           price    out  [n] sum 1: 1 / gained, in proportion, for those who can gain; 0 for the
 *                         others
 *           fixed    out  [n] when somebody cannot gain: b >= 0, positive for those who cannot,
 *                         b.gain <= 0 at all outcomes; the outcomes with equality are the ones
 *                         used. All 0 otherwise
 * Status    ENT_E_MEMORY; ENT_E_LIMIT when the iteration does not converge
 * Cost      n linear programs and some 40 Newton steps of O(outcomes n^2)
 */
ent_status ent_nash(ent_ctx *ctx, int n, int outcomes, const double *gain, double *weight,
                    double *gained, bool *can, double *price, double *fixed);

#endif
