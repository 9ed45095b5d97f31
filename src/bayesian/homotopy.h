/** homotopy.h - the path that leads from any start to a solution of a bargaining problem.
 *
 *     mu z = theta^2 a,   alpha (s + theta^2) = theta^2 b,   lambda ((1 - theta) r + sigma) = theta e,   theta = exp(-q)
 *
 * with the linear equations of bargain.h, from theta = 1, where the solution is known, towards 0. For almost all (a, b, e)
 * the solutions form a smooth curve that reaches theta -> 0 (docs/bayesian.md). Weights have the barrier theta, lotteries
 * and multipliers theta^2: a weight that vanishes then still dominates the duality gap, so that the limit is efficient.
 * Source [Sal] Definition 4; theory in docs/bayesian.md
 */
#ifndef ENT_HOMOTOPY_H
#define ENT_HOMOTOPY_H

#include "base/rng.h"
#include "bayesian/bargain.h"

typedef struct ent_path_settings {
    double theta_end;  /* where to stop, about 1e-5 */
    int steps;         /* at most */
    bool canonical;    /* the canonical start e = p_i(t_i)/|S|, b = 1, mu uniform; else a random one */
    ent_rng rng;       /* of a random start */
} ent_path_settings;

/** ent_slopes - d ln x / dq at the end of the path: 0 where x stays positive, -2 (lotteries, multipliers) or -1 (weights)
 * where it vanishes. */
typedef struct ent_slopes {
    double *mu, *alpha, *lambda;
} ent_slopes;

/** ent_i_path - follow the path.
 * Returned  point   out  allocated by the caller (ent_i_bargain_point_new)
 *           slopes  out  allocated by the caller
 *           theta   out  where the path ended
 *           steps   out  how many steps it took
 *           arrived out  whether theta_end was reached
 * Status    ENT_E_MEMORY, ENT_E_CANCEL
 * Cost      13 to 20 steps of about two dense systems of order pairs + 2 interims + 2
 */
ent_status ent_i_path(ent_ctx *ctx, const ent_bargain *b, const ent_path_settings *settings, ent_bargain_point *point,
                      ent_slopes *slopes, double *theta, int *steps, bool *arrived);

#endif
