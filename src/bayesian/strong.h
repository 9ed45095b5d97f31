/** strong.h - strong solutions of a dictator: safe and undominated mechanisms. */
#ifndef ENT_BAYES_STRONG_H
#define ENT_BAYES_STRONG_H

#include "bayesian/answer.h"
#include "bayesian/incentive_lp.h"

/** ent_safe_row - a constraint of safe mechanisms beside the dictator's own incentives.
 * report < 0: participation, (4.12b); else truth, (4.12a). Interims throughout.
 */
typedef struct ent_safe_row {
    int given;  /* the dictator's type */
    int member; /* whose constraint */
    int report;
} ent_safe_row;

/** ent_strong - the answer for one dictator and one reading of (4.12b). Free with
 * ent_i_strong_free. */
typedef struct ent_strong {
    bool safe, strong, exact;
    ent_twin utility, weight, multiplier; /* strong: [interims], [interims], [pairs] */
    ent_bayes_mechanism mechanism;        /* strong */
    ent_twin best_safe;                   /* safe: [interims], only the dictator's count */
    ent_bayes_mechanism safe_mechanism;   /* safe and not strong: it attains best_safe */
    ent_twin dominating_utility;          /* safe and not strong: [interims] */
    ent_bayes_mechanism dominating;
    int rows;          /* a bound on safe mechanisms, when not strong */
    ent_safe_row *row; /* [rows] */
    /* [rows] what participation rows ask for: the threats, or what can be had of rough ones */
    ent_rat *asked;
    ent_rat *row_price; /* [rows] */
    ent_rat *own_price; /* [pairs], of the dictator's incentive constraints */
    int pairs;
} ent_strong;

/** ent_strong_question - a dictator, the threats, and the reading of (4.12b). */
typedef struct ent_strong_question {
    const ent_exact_problem *problem;
    /* [size][interims], exact; row i is used: what the others can have without i */
    const ent_rat *threat;
    int dictator;  /* number i in the problem's coalition */
    bool equality; /* (4.12b) as an equality (Definition 3), or with >= */
    /* the threats are only near the true ones: what is off by rounding alone does not count, and
       the answer is to be taken as numerical */
    bool rough;
} ent_strong_question;

/** ent_i_strong - does a dictator have a strong solution?
 * Status ENT_E_LIMIT when neither doubles nor exact moves could decide a program
 * Source [Sal] Definitions 1 to 3, Proposition 2, eq. (4.12); docs/bayesian.md on merging safe
 *           mechanisms type by type
 * Differs safe mechanisms that give the dictator the most for one type can be merged type by type,
 *         so that one program finds the best of them for all types at once
 */
ent_status ent_i_strong(ent_ctx *ctx, const ent_strong_question *question, ent_strong *out);
void ent_i_strong_free(ent_strong *strong);

/** ent_i_best_safe - the best that safe mechanisms ((4.12b) with >=) give dictator number i, type
 * by type, and one that gives it.
 * Given     most       in   a program of more coefficients is not set up: nothing is found
 * Returned  best       out  [interims] only the dictator's are set
 *           mechanism  out  free with ent_i_mechanism_free
 *           found      out
 */
ent_status ent_i_best_safe(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *threat,
                           int dictator, int64_t most, ent_rat *best,
                           ent_bayes_mechanism *mechanism, bool *found);

#endif
