/** bayesian_dictator.h - strong solutions of one dictator, and the threats they answer; only
 * src/verify/bayesian*.c include this. */
#ifndef ENT_BAYESIAN_DICTATOR_CHECK_H
#define ENT_BAYESIAN_DICTATOR_CHECK_H

#include "verify/bayesian_verify.h"

/** ent_bv_known - utilities of a coalition, once they are checked; of single players, what they get
 * alone. */
typedef struct ent_bv_known {
    ent_rat *utility, *sure; /* [interims] as printed; as certified */
    bool exact;
} ent_bv_known;

/** ent_bv_known_new - single players' utilities, nothing else: [2^n] by mask; free with
 * ent_bv_known_free, which accepts NULL.
 * ent_bv_known_add - room for the utilities of s. */
ent_status ent_bv_known_new(ent_bv *v, ent_bv_known **out);
ent_status ent_bv_known_add(ent_bv *v, ent_coal s, ent_bv_known *known);
void ent_bv_known_free(ent_bv *v, ent_bv_known *known);

/** ent_bv_gather - threats[k][m] = U_m^{S\k} for the members m other than k, from what is known. */
void ent_bv_gather(const ent_bv *v, const ent_bv_known *known, const ent_bayes_coal *s,
                   ent_rat *out, ent_rat *sure, bool *exact);

/** ent_bv_neutral_part - the neutral procedural solutions {"coalitions"} with their certificates,
 * of all coalitions inside the focus or, with `smaller`, of those that are smaller; into known. */
ent_status ent_bv_neutral_part(ent_bv *v, const ent_json *solution, const ent_json *certificate,
                               bool smaller, ent_bv_known *known);

/** ent_bv_neutral_threats - those that strong solutions answer: certificate.neutral, when the focus
 * has more than two members. */
ent_status ent_bv_neutral_threats(ent_bv *v, ent_bv_known *known);

/** ent_bv_dictator - a member of S with dictatorial power. */
typedef struct ent_bv_dictator {
    const ent_bayes_coal *s;
    int k;                 /* the place of the dictator */
    const ent_rat *threat; /* [interims] what the others can have without the dictator */
    bool threat_exact;
    bool equality; /* the reading of (4.12b) */
} ent_bv_dictator;

/** ent_bv_strong_found - "utilities", "mechanism", "weights" and "multipliers" are a strong
 * solution.
 * Returned  exact  out; utility  out  [interims], mechanism  out: either may be NULL
 */
ent_status ent_bv_strong_found(ent_bv *v, const ent_bv_dictator *x, const ent_json *node,
                               bool *exact, ent_claim *utility, ent_bv_mechanism *mechanism);

/** ent_bv_answer - an *answer* of docs/results.md and its certificate. */
ent_status ent_bv_answer(ent_bv *v, const ent_bv_dictator *x, const ent_json *node,
                         const ent_json *proof);

/** ent_bv_safe - the mechanism is safe: [Sal] Definition 3. */
ent_status ent_bv_safe(ent_bv *v, const ent_bv_dictator *x, const ent_bv_mechanism *mechanism);

/** ent_bv_safe_bound - what `safe_multipliers` prove: the largest sum of p_i U_i over safe
 * mechanisms (`objective`), or a bound on 0. */
ent_status ent_bv_safe_bound(ent_bv *v, const ent_bv_dictator *x, const ent_json *node,
                             bool objective, ent_rat *bound);

#endif
