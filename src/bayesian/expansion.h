/** expansion.h - weights, multipliers and claims as polynomials in a small delta > 0: the proof of
 * a degenerate solution.
 *
 *     lambda(delta) = sum over j of delta^j lambda_j,  alpha(delta) and omega(delta) likewise,  j =
 *     0 .. orders
 *
 * For small delta the largest virtual worth of a cell is sum delta^j W_j, W_j being the largest
 * worth at (lambda_j, alpha_j) among the options that attain W_0, .., W_{j-1}. The warrant
 * equations leave the residual
 *     rho_j = sum over a + b = j of A(lambda_a, alpha_a) omega_b  -  R(W_j, lambda_j).
 * The claims that are warranted at delta are at most omega(delta) + O(delta) when for every member
 * i the residuals of its types are lexicographically >= 0 up to the order at which the last of its
 * weights becomes positive (docs/bayesian.md, section 3).
 */
#ifndef ENT_EXPANSION_H
#define ENT_EXPANSION_H

#include "bayesian/answer.h"

typedef struct ent_expansion {
    const ent_exact_problem *problem;
    int orders;                                   /* terms after that of order 0 */
    ent_bayes_term term[ENT_BAYES_TERMS_MAX + 1]; /* from 0 */
    ent_rat *worth[ENT_BAYES_TERMS_MAX + 1];      /* [cells] W_j */
    bool *ties;                                   /* [options] attains W_0, .., W_orders */
} ent_expansion;

/** ent_i_expansion_new - of order 0: the point's weights, multipliers and claims. Free with
 * ent_i_expansion_free. */
ent_status ent_i_expansion_new(ent_ctx *ctx, const ent_exact_problem *problem,
                               const ent_exact_point *point, ent_expansion *out);
void ent_i_expansion_free(ent_expansion *x);

/** ent_i_expansion_add - one order more. `term` is taken over: it is empty on return, and freed
 * after a failure. */
ent_status ent_i_expansion_add(ent_ctx *ctx, ent_expansion *x, ent_bayes_term *term);

/** ent_i_expansion_products - sum over a + b = j of A(lambda_a, alpha_a) omega_b into
 * out[interims]; terms beyond `orders` count as 0. */
void ent_i_expansion_products(const ent_expansion *x, int j, ent_rat *out);

/** ent_i_expansion_residual - rho_j into out[interims], j <= orders; right: scratch, [interims]. */
void ent_i_expansion_residual(const ent_expansion *x, int j, ent_rat *right, ent_rat *out);

/** ent_i_expansion_pending - is the weight (multiplier) still 0 in all orders? */
bool ent_i_expansion_weight_pending(const ent_expansion *x, int m);
bool ent_i_expansion_multiplier_pending(const ent_expansion *x, int k);

/** ent_i_expansion_proves - does it prove that claims are at most omega_0 + O(delta)? Everything is
 * recomputed.
 * Returned  proves  out  false also when some weight stays 0 or something becomes negative
 */
ent_status ent_i_expansion_proves(ent_ctx *ctx, const ent_expansion *x, bool *proves);

/** ent_i_expansion_step - find one order more by a linear program: as many pending weights as
 * possible become positive, and residuals of rows that are 0 so far stay >= 0.
 * Given     rows   in   [interims] whose residuals are 0 in all orders so far, and count
 * Returned  found  out  false: the program is too large or was not decided in rationals, or nothing
 *                       becomes positive; `out` is empty
 */
ent_status ent_i_expansion_step(ent_ctx *ctx, const ent_expansion *x, const bool *rows,
                                ent_bayes_term *out, bool *found);

#endif
