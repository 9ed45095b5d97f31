/** enclosure_box.h - can a solution have its claims in a box? Two linear programs, and proofs in
 * whole numbers that it cannot.
 *
 * Everything is in the scaled units of bargain.h. With U = (target + omega) / factor:
 * - *unreachable*: no incentive compatible mechanism gives everybody at least U at the low end of
 *   the box. Weights g >= 0 and multipliers alpha >= 0 prove it: the sum of the cells' largest
 *   virtual utilities is less than g . U.
 * - *unwarranted*: A(lambda, alpha) omega = R has no solution with lambda >= 0 that is not 0, alpha
 *   >= 0, state values W at least the virtual utilities, and omega in the box. Prices pi of the
 *   equations and masses nu >= 0 of the options prove it, see ent_i_box_unwarranted.
 */
#ifndef ENT_ENCLOSURE_BOX_H
#define ENT_ENCLOSURE_BOX_H

#include "bayesian/bargain.h"

/** ent_box_proof - whole numbers. */
typedef struct ent_box_proof {
    int n;
    /* [n] unreachable: g[interims], alpha[pairs]; unwarranted: pi[interims], then (cell, option,
       nu) by option */
    int64_t *number;
} ent_box_proof;

typedef struct ent_box_work ent_box_work;

/** ent_i_box_work_new - set up the programs of a problem (the neutral procedural solution's: all
 * cells are coal's own).
 * Returned  out  on scratch memory but for what ent_i_box_work_free releases, also after a failure
 */
ent_status ent_i_box_work_new(ent_ctx *ctx, const ent_bargain *b, ent_box_work **out);
void ent_i_box_work_free(ent_box_work *work);

/** ent_i_box_coefficients - how large the larger of the two programs is: what the cost of a box is
 * proportional to. */
int64_t ent_i_box_coefficients(const ent_bargain *b);

/** ent_i_box_unreachable - is there a proof for all boxes with this low end? The proof lasts until
 * the next call. */
bool ent_i_box_unreachable(ent_box_work *work, const double *low, ent_box_proof *proof);

/** ent_i_box_needs - does every incentive compatible mechanism above the low end have a positive
 * probability of an option, or a positive slack of a pair? The proof is one of
 * ent_i_box_unreachable without that option, or with a multiplier of either sign for that pair.
 */
bool ent_i_box_needs(ent_box_work *work, const double *low, bool is_pair, int which,
                     ent_box_proof *proof);

/** ent_box_vanishing - what is supposed to vanish: nothing, the loss W - virtual utility of an
 * option, a multiplier, a weight. */
typedef enum ent_box_vanishing {
    ENT_BOX_NONE,
    ENT_BOX_LOSS,
    ENT_BOX_MULTIPLIER,
    ENT_BOX_WEIGHT
} ent_box_vanishing;

/** ent_i_box_unwarranted - prices pi, of both signs, and masses nu >= 0 whose sum in each cell is
 *     that of its interims' prices, with a_m = max over the ends of pi_m omega_m + sum_i
 *     outside[i][m] sum_{l of i} q_l pi_l - (coefficient of lambda_m in nu) < 0 b_k = max over the
 *     ends of (pi_true - pi_report) omega_true - (coefficient of alpha_k in nu) < 0
 * (or b_k = 0 where pi_true = pi_report). Summed up with the equations, sum lambda a + sum alpha b
 * >= 0: a contradiction. If something is supposed to vanish, its mass may be negative, its b or a
 * may be anything: then it does not vanish in the box.
 */
bool ent_i_box_unwarranted(ent_box_work *work, const double *low, const double *high,
                           ent_box_vanishing what, int which, ent_box_proof *proof);

/** ent_i_box_most - the largest omega_m that some mechanism can meet which meets `low` for the
 * others; +inf without an answer.
 * Returned  weight      out  [interims] >= 0, at least 1 for m, and
 *           multiplier  out  [pairs] >= 0, which prove it; both may be NULL
 */
double ent_i_box_most(ent_box_work *work, const double *low, int m, double *weight,
                      double *multiplier);

#endif
