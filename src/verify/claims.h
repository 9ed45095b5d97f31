/** claims.h - the numbers of a result document as claims: read first, and compared when the checker
 * has recomputed what they should fulfil. They enter the open group of the ledger.
 *
 * A claim {"value", "exact"} must be true exactly. A plain number stands for its double; what it
 * should fulfil is computed exactly from the doubles, and the remaining error is judged relative to
 * a scale that the caller names.
 */
#ifndef ENT_CLAIMS_H
#define ENT_CLAIMS_H

#include "verify/ledger.h"

/** ent_claim - a number of the document; release `number` with ent_rat_release. */
typedef struct ent_claim {
    const ent_json *node;
    ent_rat number;
    bool exact;
} ent_claim;

/** ent_claims_new - n claims of 0, exact, at no node; ent_claims_free - release them; accepts
 * NULL. */
ent_claim *ent_claims_new(ent_ctx *ctx, int n, ent_status *st);
void ent_claims_free(ent_claim *claim, int n);

/** ent_claim_read - a number; refuses what is none, and then it is 0. `claim` is initialised. */
void ent_claim_read(ent_ledger *c, const ent_json *node, ent_claim *claim);
/** ent_claim_member - the same for a required member of an object. */
ent_status ent_claim_member(ent_ledger *c, const ent_json *object, const char *key,
                            ent_claim *claim);

/** ent_claims_zero - what should be 0 is `error`: exactly when `exact`, else relative to `scale`
 * (absolutely when that is 0).
 * Given  node  in  where a refusal points
 */
void ent_claims_zero(ent_ledger *c, const ent_json *node, bool exact, const ent_rat *error,
                     const ent_rat *scale, const char *what);

/** ent_claims_equal - a claim should be `want`: exactly when it is exact and `want_exact`, else
 * relative to `scale`. */
void ent_claims_equal(ent_ledger *c, const ent_claim *claim, const ent_rat *want, bool want_exact,
                      const ent_rat *scale, const char *what);

/** ent_claims_at_most_zero - `error` should not be positive; a positive one is judged as
 * ent_claims_zero does. */
void ent_claims_at_most_zero(ent_ledger *c, const ent_json *node, bool exact, const ent_rat *error,
                             const ent_rat *scale, const char *what);

/** ent_claims_text - a required text of an object. */
ent_status ent_claims_text(ent_ledger *c, const ent_json *object, const char *key,
                           const char **text);

#endif
