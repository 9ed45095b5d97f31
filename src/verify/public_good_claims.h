/** public_good_claims.h - what the two checkers of public goods share: intervals for every number,
 * and claims about them. */
#ifndef ENT_PUBLIC_GOOD_CLAIMS_H
#define ENT_PUBLIC_GOOD_CLAIMS_H

#include "verify/public_good_proof.h"

/** ent_pg_truth - what follows from the proof, docs/results.md: intervals for every number. */
typedef struct ent_pg_truth {
    ent_interval m, total, extortion, level, joint, payments;
    ent_interval *gamma, *least, *lowest, *highest, *payoff, *payment; /* [n] */
} ent_pg_truth;

/** ent_i_pg_truth_new - zeros; release with ent_i_pg_truth_free, also after a failure. */
ent_status ent_i_pg_truth_new(ent_ctx *ctx, int n, ent_pg_truth *t);
void ent_i_pg_truth_free(ent_pg_truth *t, int n);

/** ent_i_pg_prove - every problem and the span by the evidence of the document, a group of its own;
 * `benchmark`: of subgame-perfect.
 * Returned  proof  out  NULL when the document has none that holds: then it was refused
 */
ent_status ent_i_pg_prove(ent_rcheck *c, bool benchmark, ent_pg_proof **proof);

/** ent_i_pg_within - the member lies in its interval. */
void ent_i_pg_within(ent_rcheck *c, const ent_json *object, const char *key,
                     const ent_interval *truth);

/** ent_i_pg_effort - a play: every effort lies in its interval of the problem, the unit being the
 * largest effort. */
void ent_i_pg_effort(ent_rcheck *c, const ent_json *node, const ent_pg_problem *problem);

/** ent_i_pg_vertices - "value_set": one vertex an insider, all others at their lowest. */
void ent_i_pg_vertices(ent_rcheck *c, const ent_interval *lowest, const ent_interval *span,
                       ent_coal s);

/** ent_i_pg_enclosed - 6. and 7. of results.md for a second number of the enclosure. */
void ent_i_pg_enclosed(ent_rcheck *c, const char *key, const ent_interval *truth, const char *path);

/** ent_i_pg_members - refuse members that do not belong into solution, certificate and
 * enclosure. */
void ent_i_pg_members(ent_rcheck *c, const char *const *solution, const char *const *enclosure);

#endif
