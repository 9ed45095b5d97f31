/** bayesian_verify.h - what the parts of the checker of the `bayesian` family share; only
 * src/verify/bayesian*.c include this.
 *
 * Every number of a document, exact or not, is taken as the rational that it stands for, and all
 * arithmetic is rational. The letters are those of docs/results.md, "bayesian: common parts".
 */
#ifndef ENT_BAYESIAN_VERIFY_H
#define ENT_BAYESIAN_VERIFY_H

#include "model/bayesian_model.h"
#include "verify/claims.h"
#include "verify/result_parts.h"
#include "verify/verify.h"

/** ent_bv - a document being checked. */
typedef struct ent_bv {
    ent_ledger c;
    ent_ctx *ctx;
    const ent_json *result, *solution, *certificate;
    const char *outcome;
    ent_bayesian *m;
    bool may_be_open; /* null stands for a claim that goes to minus infinity */
    /* numbers are rationals in quotes, as in certificates, and not {"value","exact"} or plain */
    bool quoted;
    /* [n] what errors in a player's utility are relative to: the spread over all that can happen; 1
       when 0 */
    ent_rat *range;
} ent_bv;

/** ent_bv_all_exact - are all n claims exact? */
bool ent_bv_all_exact(const ent_claim *claim, int n);

/** ent_bv_number - one number, in the form that v->quoted says; `claim` is initialised.
 * ent_bv_number_of - of a required member. */
ent_status ent_bv_number(ent_bv *v, const ent_json *node, ent_claim *claim);
ent_status ent_bv_number_of(ent_bv *v, const ent_json *object, const char *key, ent_claim *claim);

/** ent_bv_interim - an interim of the players in `whose`, who are members of s, into claim[interims
 * of s]; others untouched. */
ent_status ent_bv_interim(ent_bv *v, const ent_json *object, const ent_bayes_coal *s,
                          ent_coal whose, ent_claim *claim);

/** ent_bv_member_interim - the interim that is the member `key` of `object`, of all members of
 * s. */
ent_status ent_bv_member_interim(ent_bv *v, const ent_json *object, const char *key,
                                 const ent_bayes_coal *s, ent_claim *claim);

/** A *pair* (k,t,tau) is a member of S, a type, a report; ent_bv_pairs - how many; ent_bv_pair -
 * its place. */
int ent_bv_pairs(const ent_bayes_coal *s);
int ent_bv_pair(const ent_bayes_coal *s, int k, int t, int tau);

/** ent_bv_scales - weights and multipliers of the members of S. */
typedef struct ent_bv_scales {
    const ent_bayes_coal *s;
    const ent_json *weights, *multipliers; /* where they stand */
    ent_claim *weight;                     /* [interims] lambda */
    ent_claim *multiplier;                 /* [pairs] alpha(tau|t); unlisted ones have no node */
    ent_rat *diagonal;                     /* [interims] lambda(t) + sum over tau of alpha(tau|t) */
    bool exact;
} ent_bv_scales;

/** ent_bv_scales_read - from the members "weights" and "multipliers" of an object;
 * ent_bv_scales_read_from - from two nodes, of which `weights` may be NULL: zeros. Release also
 * after a failure. No conditions are checked.
 */
ent_status ent_bv_scales_read(ent_bv *v, const ent_json *object, const ent_bayes_coal *s,
                              ent_bv_scales *out);
ent_status ent_bv_scales_read_from(ent_bv *v, const ent_json *weights, const ent_json *multipliers,
                                   const ent_bayes_coal *s, ent_bv_scales *out);
void ent_bv_scales_release(ent_bv_scales *scales);
/** ent_bv_scales_refresh - the diagonal again, after weights or multipliers were changed by
 * hand. */
void ent_bv_scales_refresh(ent_bv_scales *scales);

/** ent_bv_scales_check - weights >= 0 (or, `positive`, > 0), sum 1 when `normalised`; multipliers
 * >= 0. */
void ent_bv_scales_check(ent_bv *v, const ent_bv_scales *scales, bool positive, bool normalised);

/** ent_bv_mechanism - the decisions of positive probability, by profile. */
typedef struct ent_bv_mechanism {
    const ent_json *node;
    int n;
    int *profile, *decision; /* [n], profiles ascending */
    ent_claim *probability;  /* [n] positive, summing to 1 in each profile: checked when read */
    bool exact;
} ent_bv_mechanism;
ent_status ent_bv_mechanism_read(ent_bv *v, const ent_json *node, const ent_bayes_coal *s,
                                 ent_bv_mechanism *out);
ent_status ent_bv_mechanism_of(ent_bv *v, const ent_json *object, const ent_bayes_coal *s,
                               ent_bv_mechanism *out);
void ent_bv_mechanism_release(ent_bv_mechanism *mechanism);

/** ent_bv_reports - U_k(tau|t) into u[pairs] (initialised): what the mechanism gives to types and
 * to lies. [Sal] (3.1) */
void ent_bv_reports(ent_bv *v, const ent_bayes_coal *s, const ent_bv_mechanism *mechanism,
                    ent_rat *u);

/** ent_bv_gives - the reports of a mechanism are incentive compatible (for the members in `whose`)
 * and give `utility`[interims] (NULL: not asked). Errors are relative to the players' ranges. */
void ent_bv_gives(ent_bv *v, const ent_bayes_coal *s, const ent_bv_mechanism *mechanism,
                  const ent_rat *u, ent_coal whose, const ent_claim *utility);

/** ent_bv_prices - the member "prices" of a coalition's entry; there is one exactly when decisions
 * have prices. */
ent_status ent_bv_prices(ent_bv *v, const ent_bayes_coal *s, const ent_bv_mechanism *mechanism,
                         const ent_json *node);

/** ent_bv_virtual - v_k(d,t) at the scales, for member k of r, a coalition inside that of the
 * scales. [Sal] (3.6) */
void ent_bv_virtual(const ent_bv *v, const ent_bayes_coal *r, const ent_bv_scales *scales, int k,
                    int d, int t, ent_rat *out);

/** ent_bv_worths - sum over members of r of v_k(d,t) into worth[decisions of r], for one profile
 * t. */
void ent_bv_worths(const ent_bv *v, const ent_bayes_coal *r, const ent_bv_scales *scales, int t,
                   ent_rat *worth);

/** ent_bv_maxima - M(t) = max over d of the worths at scales[0] into out[profiles of r]. With order
 * > 0: coefficient number `order` of the maximum at scales[0] + delta scales[1] + .. for small
 * delta > 0, which is the largest worth at scales[order] among the decisions that attain the
 * coefficients before it. */
ent_status ent_bv_maxima(ent_bv *v, const ent_bayes_coal *r, const ent_bv_scales *scales, int order,
                         ent_rat *out);

/** ent_bv_spread - what errors in virtual worth at these scales are relative to; positive. */
void ent_bv_spread(const ent_bv *v, const ent_bv_scales *scales, ent_rat *out);

/** ent_bv_optimal - [Sal] Proposition 1 but for incentive compatibility itself: alpha(tau|t) (U(t)
 * - U(tau|t)) = 0, and each decision of positive probability attains M(t).
 * Given  u  in  [pairs] from ent_bv_reports
 */
ent_status ent_bv_optimal(ent_bv *v, const ent_bayes_coal *s, const ent_bv_mechanism *mechanism,
                          const ent_rat *u, const ent_bv_scales *scales);

/** ent_bv_efficient - the evidence {"weights" > 0, "multipliers"} of Proposition 1 for a mechanism,
 * rationals in quotes. */
ent_status ent_bv_efficient(ent_bv *v, const ent_json *evidence, const ent_bayes_coal *s,
                            const ent_bv_mechanism *mechanism, const ent_rat *u);

/** ent_bv_mean - sum over profiles of p(t) x(t). ent_bv_weighted - sum of weight times number over
 * n places. */
void ent_bv_mean(const ent_bayes_coal *s, const ent_rat *x, ent_rat *out);
void ent_bv_truths(const ent_bayes_coal *s, const ent_rat *u, ent_rat *interim);

/** ent_bv_bargain - what a solution of a coalition has to fulfil: share U - threat = omega, A omega
 * = R. */
typedef struct ent_bv_bargain {
    const ent_bayes_coal *s;
    int share;    /* |S|; 1 for the M-solution */
    bool shapley; /* R of the M-solution, else (4.11) */
    /* [size][interims] (4.11): U_m^{S\k}, as the solution has it; NULL for the M-solution */
    const ent_rat *out;
    const ent_rat *sure; /* the same as certified: rational throughout */
    bool out_exact;
} ent_bv_bargain;

/** ent_bv_right - R[interims] of the warrant equations at scales[0]; with order > 0 its coefficient
 * as for ent_bv_maxima. */
ent_status ent_bv_right(ent_bv *v, const ent_bv_bargain *b, const ent_rat *threats,
                        const ent_bv_scales *scales, int order, ent_rat *out);
/** ent_bv_threat - T_m = sum over the other members k of threats[k][m]; 0 without threats. */
void ent_bv_threat(const ent_bv_bargain *b, const ent_rat *threats, int m, ent_rat *out);
/** ent_bv_left - (A x) at member k's type t, A of the scales. */
void ent_bv_left(const ent_bv_scales *scales, const ent_claim *x, int k, int t, ent_rat *out);
/** ent_bv_regular - is A regular for every member? */
ent_status ent_bv_regular(ent_bv *v, const ent_bv_scales *scales, bool *regular);

/** ent_bv_point - a solution with its evidence: "status" to "claims", and "proof".
 * Returned  utility  out  [interims] as the solution has it; sure  out  as certified; both
 *           initialised; exact  out
 */
ent_status ent_bv_point(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                        const ent_json *proof, ent_claim *utility, ent_rat *sure, bool *exact,
                        ent_bv_mechanism *mechanism);

/** The parts of ent_bv_point's proofs. */
ent_status ent_bv_expansion(ent_bv *v, const ent_bv_bargain *b, const ent_json *proof,
                            const ent_bv_scales *scales, ent_claim *claim);
ent_status ent_bv_epsilon(ent_bv *v, const ent_bv_bargain *b, const ent_json *proof,
                          bool degenerate, const ent_claim *utility, ent_rat *sure);

/** ent_bv_stated - a rational in quotes that should be exactly `want`. */
ent_status ent_bv_stated(ent_bv *v, const ent_json *object, const char *key, const ent_rat *want);

/** ent_bv_sizes - how far a rational mechanism is from what is claimed, in the largest violation
 * (as a number and relative to ranges). */
typedef struct ent_bv_size {
    ent_rat most;
    double relative;
} ent_bv_size;
void ent_bv_size_add(const ent_bv *v, int player, const ent_rat *error, ent_bv_size *size);
/** ent_bv_incentive - the largest U_i(tau|t) - U_i(t); ent_bv_distance - the largest |U -
 * utility|. */
void ent_bv_incentive(const ent_bv *v, const ent_bayes_coal *s, const ent_rat *u,
                      ent_bv_size *size);
void ent_bv_distance(const ent_bv *v, const ent_bayes_coal *s, const ent_rat *u,
                     const ent_claim *utility, ent_bv_size *size);
/** ent_bv_sized - the residual of an epsilon-certificate, into the open group. */
void ent_bv_sized(ent_bv *v, const ent_json *node, const ent_bv_size *size, const char *what);

/** ent_bv_extremes - the least and the largest utility of type t of member k, over all decisions
 * and states. */
void ent_bv_extremes(const ent_bayes_coal *s, int k, int t, ent_rat *least, ent_rat *most);

/** ent_bv_alone - max over d of u_i(d,t_i) in {i}, for the interims of s. ent_bv_check_alone - the
 * member "alone" of the solution. */
void ent_bv_alone(const ent_bv *v, const ent_bayes_coal *s, ent_rat *out);
ent_status ent_bv_check_alone(ent_bv *v);

/** ent_bv_key - append the names of s; ent_bv_of - the member of an object for the coalition; fails
 * when it is missing. */
ent_status ent_bv_of(ent_bv *v, const ent_json *object, ent_coal s, const ent_json **out);
/** ent_bv_coalitions - how many coalitions with two members or more lie inside s; ent_bv_next - the
 * next one after `s` by size, then in model order; 0: the first one; 0 when there is none. */
int ent_bv_coalitions(ent_coal s);
ent_coal ent_bv_next(ent_coal all, ent_coal s);
/** ent_bv_keyed - the object `object` has `count` members. */
ent_status ent_bv_counted(ent_bv *v, const ent_json *object, uint32_t count, const char *what);

/** ent_bv_truth - a boolean; ent_bv_says - refuse a boolean that is not `want`. */
ent_status ent_bv_truth(ent_bv *v, const ent_json *object, const char *key, bool *truth);
ent_status ent_bv_says(ent_bv *v, const ent_json *object, const char *key, bool want,
                       const char *what);

/** ent_bv_scale - the certificate's "scale" is the largest utility in size inside the model's
 * coalition. */
void ent_bv_scale(ent_bv *v);

/** The methods. */
ent_status ent_bv_neutral(ent_bv *v);
ent_status ent_bv_efficient_method(ent_bv *v);
ent_status ent_bv_strong(ent_bv *v);
ent_status ent_bv_draws(ent_bv *v);
ent_status ent_bv_m_solution(ent_bv *v);
ent_status ent_bv_s_solution(ent_bv *v);
ent_status ent_bv_compare(ent_bv *v);

#endif
