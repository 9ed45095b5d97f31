/** answer.h - the solution of one coalition with its proof, in real units; owns its memory. */
#ifndef ENT_BAYES_ANSWER_H
#define ENT_BAYES_ANSWER_H

#include "bayesian/exact_point.h"

typedef enum ent_bayes_status {
    ENT_BAYES_NONDEGENERATE, /* all weights positive */
    ENT_BAYES_ISOLATED,      /* some weights vanish; the claims are determined all the same */
    /* some weights vanish, and claims are limits of claims at positive weights */
    ENT_BAYES_LIMIT
} ent_bayes_status;

const char *ent_i_bayes_status_word(ent_bayes_status status);

typedef enum ent_bayes_proof {
    ENT_PROOF_EXACT,
    ENT_PROOF_ISOLATED,
    ENT_PROOF_LIMIT,
    ENT_PROOF_EPSILON
} ent_bayes_proof;

const char *ent_i_bayes_proof_word(ent_bayes_proof proof);

/** ent_twin - n numbers, and exactly when `exact` is not NULL. */
typedef struct ent_twin {
    int n;
    double *value;
    ent_rat *exact;
} ent_twin;

ent_status ent_i_twin_new(ent_ctx *ctx, int n, bool exact, ent_twin *out);
void ent_i_twin_free(ent_twin *twin);
/** ent_i_twin_round - the doubles of the exact numbers. */
void ent_i_twin_round(ent_twin *twin);
static inline const ent_rat *ent_i_twin_at(const ent_twin *twin, int k)
{
    return twin->exact ? &twin->exact[k] : NULL;
}

/** ent_bayes_mechanism - lotteries: entries of positive probability, profile by profile. */
typedef struct ent_bayes_mechanism {
    int entries;
    int *profile, *decision; /* [entries] */
    ent_twin probability;
} ent_bayes_mechanism;

void ent_i_mechanism_free(ent_bayes_mechanism *mechanism);
/** ent_i_mechanism_of - from the options of a problem: doubles, or exact when `exact` is not
 * NULL. */
ent_status ent_i_mechanism_of(ent_ctx *ctx, const ent_bargain *b, const double *mu,
                              const ent_rat *exact, ent_bayes_mechanism *out);

/** ent_bayes_term - one order of an expansion in delta (expansion.h). */
enum { ENT_BAYES_TERMS_MAX = 4 };
typedef struct ent_bayes_term {
    ent_rat *weight, *claim; /* [interims] */
    /* [interims] of the warrant equations; filled in when the proof is complete */
    ent_rat *residual;
    ent_rat *multiplier; /* [pairs] */
} ent_bayes_term;

ent_status ent_i_bayes_term_new(ent_ctx *ctx, int interims, int pairs, ent_bayes_term *out);
void ent_i_bayes_term_free(int interims, int pairs, ent_bayes_term *term);

typedef struct ent_bayes_answer {
    const ent_bayes_coal *coal;
    ent_bayes_status status;
    ent_bayes_proof proof;
    bool exact;
    bool polished; /* false: the end of a path, not a solution of equations */
    int start;     /* which start led here, from 0 */
    ent_bayes_mechanism mechanism;
    ent_twin utility;    /* [interims] */
    ent_twin weight;     /* [interims] */
    ent_twin claim;      /* [interims]; NAN where a claim goes to minus infinity */
    ent_twin multiplier; /* [pairs], as in bargain.h */
    /* Evidence, in rationals: for `isolated` and `limit` efficient weights and multipliers; for
     * `epsilon` everything. */
    ent_rat *proof_weight, *proof_claim; /* [interims] */
    ent_rat *proof_multiplier;           /* [pairs] */
    ent_bayes_mechanism proof_mechanism; /* exact; for `epsilon` only */
    ent_rat epsilon, gap, incentive, distance;
    /* for `epsilon` where weights vanish; NULL: not known */
    ent_rat *efficient_weight, *efficient_multiplier;
    ent_rat loss; /* what they leave open */
    int terms;
    ent_bayes_term *term; /* [terms] orders 1, 2, .. of the expansion: for `limit` */
    /* [interims] utilities that the proof is about: exact ones, or those of proof_mechanism */
    ent_rat *certified;
    bool efficient; /* proved to be incentive efficient */
    int interims, pairs;
} ent_bayes_answer;

void ent_i_bayes_answer_free(ent_bayes_answer *answer);

/** ent_i_answer_exact - fill an answer from an exact point; ent_i_answer_doubles - from a point in
 * scaled doubles. */
ent_status ent_i_answer_exact(ent_ctx *ctx, const ent_bargain *b, const ent_exact_point *point,
                              ent_bayes_answer *out);
ent_status ent_i_answer_doubles(ent_ctx *ctx, const ent_bargain *b, const ent_active *active,
                                const ent_bargain_point *point, ent_bayes_answer *out);

#endif
