/** information.h - who tells the truth in an alliance: the typed interface for large numbers of
 * players.
 * Source [ITA] "A Theory of International Alliances"; as computed here, with the paper's errors,
 *           docs/information.md.
 */
#ifndef ENT_INFORMATION_H
#define ENT_INFORMATION_H

#include "entente/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** ent_truth - is it an equilibrium that everybody tells the truth?
 * Gains are what a player expects from lying, given his signal: positive ones pay. 0 is structural:
 * nothing moves.
 */
typedef struct ent_truth {
    bool is_equilibrium;
    double hawk_gain;            /* of the highest bias holding signal 0 */
    double dove_gain;            /* of the lowest bias holding signal 1 */
    double hawk_size, dove_size; /* the sums of absolute terms that the gains are differences of */
} ent_truth;

/** ent_full_revelation - by the two pivotal incentive constraints.
 * Given     n     in  players, 1..10^7
 *           bias  in  [n] b_i, in any order
 *           interdependence  in  eta in [0,1)
 *           low, high        in  everybody's policies lie in [low, high]; +-INFINITY for no bound
 *           zero  in  gains smaller than this, relative to their size, count as 0
 * Status    ENT_E_ARG, ENT_E_MEMORY, ENT_E_CANCEL
 * Cost      O(n log n)
 * Source    [ITA] Theorem 2, and docs/information.md 3 for what is true instead; that these two
 *           constraints decide is an observation (60,000 random alliances without exception), not a
 *           theorem
 * Checked   tests/t_information_large.c
 */
ENT_API ENT_MUST_USE ent_status ent_full_revelation(ent_ctx *ctx, int n, const double *bias,
                                                    double interdependence, double low, double high,
                                                    double zero, ent_truth *truth);

/** ent_lie_gains - the gains of every player and both signals, into gain[n][2], in the order of
 * `bias`. Cost O(n^2) over `threads` (0: all cores). */
ENT_API ENT_MUST_USE ent_status ent_lie_gains(ent_ctx *ctx, int n, const double *bias,
                                              double interdependence, double low, double high,
                                              int threads, double (*gain)[2]);

#ifdef __cplusplus
}
#endif
#endif
