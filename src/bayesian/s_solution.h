/** s_solution.h - Salamanca's (2020) solution, evaluated at given scales: egalitarian threats of
 * every coalition. */
#ifndef ENT_S_SOLUTION_H
#define ENT_S_SOLUTION_H

#include "bayesian/answer.h"
#include "bayesian/incentive_lp.h"

/** ent_s_threat - what a smaller coalition would do. */
typedef struct ent_s_threat {
    bool exists, exact;
    ent_twin utility; /* [interims] */
    ent_bayes_mechanism mechanism;
    ent_rat *virtual_utility; /* [size][profiles] v_i(mu_S,t_S) */
    ent_rat *equal;           /* [size][profiles] prices of the equality of gains */
    ent_rat *alpha;           /* [pairs] prices of incentives in S */
    ent_rat *slack;           /* [pairs] U_i(t) - U_i(tau|t) */
    int values, pairs;        /* size * profiles */
} ent_s_threat;

typedef struct ent_s_solution {
    ent_coal all;
    ent_twin weight, multiplier; /* of the coalition `all`, as given, weights of sum 1 */
    bool defined;                /* every smaller coalition has a threat */
    ent_coal missing;            /* else the first that has none */
    /* some incentive compatible mechanism gives everybody the claim; less epsilon when not exact */
    bool supported, exact;
    ent_rat epsilon;         /* the most by which a claim exceeds the utility */
    double shortfall;        /* the same, of a player's range of utilities */
    ent_twin claim, utility; /* [interims] */
    ent_bayes_mechanism mechanism;
    ent_s_threat *threat; /* [2^players] by mask */
    size_t masks;
} ent_s_solution;

/** ent_i_s_threats - the threats of all smaller coalitions at scales (lambda, alpha) of the
 *     coalition model->focus. mu_S = argmax over M_S* of sum_t p(t) sum_i v_i(mu_S,t)   s.t. for
 *     every t and i v_i(mu_S,t) = (1/|S|) [W_S(t) - W_S\i(t) + sum over j in S\i of v_i(mu_S\j,t)],
 *     W_S = sum_i v_i(mu_S)
 * Given  lambda  in  [interims] >= 0, not all 0;  alpha in [pairs] >= 0
 * Source Salamanca, IJGT 49 (2020) 195-225, as [Sal] describes it; the objective of threats is our
 *           reading (docs/bayesian.md)
 */
ent_status ent_i_s_threats(ent_ctx *ctx, const ent_bayesian *model, const ent_rat *lambda,
                           const ent_rat *alpha, ent_s_solution *out);

/** ent_i_s_claims - the same division for the whole coalition with W_N(t) = max_d, the claims A_i
 * omega_i = p_i E[v_i | t_i], and a mechanism that meets them.
 * Given  nearly  in  where none does, the one that misses them least */
ent_status ent_i_s_claims(ent_ctx *ctx, const ent_bayesian *model, bool nearly, ent_s_solution *s);

/** ent_i_s_solution - both: the S-solution at given scales, as far as there is one. */
ent_status ent_i_s_solution(ent_ctx *ctx, const ent_bayesian *model, const ent_rat *lambda,
                            const ent_rat *alpha, bool nearly, ent_s_solution *out);
void ent_i_s_solution_free(ent_s_solution *solution);

/** ent_i_s_support - an incentive compatible mechanism that gives everybody at least s->claim, with
 * the most weighted utility; nearly: where there is none, the one with the least shortfall. */
ent_status ent_i_s_support(ent_ctx *ctx, const ent_exact_problem *problem, bool nearly,
                           ent_s_solution *s);

#endif
