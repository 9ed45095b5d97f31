/** claims.h - the numbers of a result document as claims: read exactly, compared with what a checker recomputed, and
 * reported in groups. A group is what one line of the report says; it is as good as its weakest number.
 *
 * A claim {"value", "exact"} must be true exactly, and `value` must be the double nearest to `exact`. A plain number stands for
 * its double; what it should fulfil is computed exactly from the doubles, and the remaining error is judged:
 *   at most ENT_CLAIM_VERIFIED     "verified"
 *   at most ENT_CLAIM_APPROXIMATE  "approximate", the error being told
 *   more                           refused
 * relative to a scale that the caller names.
 */
#ifndef ENT_CLAIMS_H
#define ENT_CLAIMS_H

#include "cert/check.h"
#include "exact/rat.h"
#include "io/json.h"

/** Relative errors; solvers in doubles reach 1e-13 and better on well-conditioned models. What is worse than the second is refused,
 * so that a number changed by a millionth of itself is noticed also where it is small against the payoffs. */
#define ENT_CLAIM_VERIFIED 1e-11
#define ENT_CLAIM_APPROXIMATE 1e-9

typedef struct ent_claims {
    ent_ctx *ctx;
    const ent_doc *doc;
    ent_report *report;
    bool all_exact;  /* the open group: every number read in it is exact */
    double residual; /* the open group: largest relative error */
    int refused;     /* in all groups so far */
} ent_claims;

/** ent_claim - a number of the document; release `number` with ent_rat_release. */
typedef struct ent_claim {
    const ent_json *node;
    ent_rat number;
    bool exact;
} ent_claim;

/** ent_claims_begin - open a group; ent_claims_end - report it: `what` formats like printf. A group with a refusal is reported by
 * its refusals alone. */
void ent_claims_begin(ent_claims *c);
void ent_claims_end(ent_claims *c, const char *path, const char *what, ...) ENT_PRINTF(3, 4);

/** ent_claims_refuse - one refusal at a node of the document. */
void ent_claims_refuse(ent_claims *c, const ent_json *node, const char *what, ...) ENT_PRINTF(3, 4);

/** ent_claims_text - a required text of an object. */
ent_status ent_claims_text(ent_claims *c, const ent_json *object, const char *key, const char **text);

/** ent_claims_hash - the model's identity, as the certificate tells it. */
ent_status ent_claims_hash(ent_claims *c, const ent_json *certificate, const ent_json *model);

/** ent_claim_read - a number; refuses one whose `value` is not the double nearest to `exact`. `claim` is initialised. */
ent_status ent_claim_read(ent_claims *c, const ent_json *node, ent_claim *claim);
/** ent_claim_member - the same for a required member of an object. */
ent_status ent_claim_member(ent_claims *c, const ent_json *object, const char *key, ent_claim *claim);

/** ent_claims_zero - what should be 0 is `error`: exactly when `exact`, else relative to `scale` (absolutely when that is 0).
 * Given  node  in  where a refusal points
 */
void ent_claims_zero(ent_claims *c, const ent_json *node, bool exact, const ent_rat *error, const ent_rat *scale,
                     const char *what);

/** ent_claims_equal - a claim should be `want`: exactly when it is exact and `want_exact`, else relative to `scale`. */
void ent_claims_equal(ent_claims *c, const ent_claim *claim, const ent_rat *want, bool want_exact, const ent_rat *scale,
                      const char *what);

/** ent_claims_at_most_zero - `error` should not be positive; a positive one is judged as ent_claims_zero does. */
void ent_claims_at_most_zero(ent_claims *c, const ent_json *node, bool exact, const ent_rat *error, const ent_rat *scale,
                             const char *what);

/** ent_claims_count - a whole number that should be `want`. */
ent_status ent_claims_count(ent_claims *c, const ent_json *object, const char *key, int64_t want, const char *what);

#endif
