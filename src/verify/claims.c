#include "verify/claims.h"

#include <math.h>

ent_claim *ent_claims_new(ent_ctx *ctx, int n, ent_status *st)
{
    ent_claim *claim = ent_i_alloc(ctx, (size_t)n, sizeof *claim, st);
    for (int k = 0; claim && k < n; k++) {
        ent_rat_init(&claim[k].number);
        claim[k].exact = true;
    }
    return claim;
}

void ent_claims_free(ent_claim *claim, int n)
{
    for (int k = 0; claim && k < n; k++) ent_rat_release(&claim[k].number);
    ent_free(claim);
}

void ent_claim_read(ent_ledger *c, const ent_json *node, ent_claim *claim)
{
    claim->node = node;
    if (ent_ledger_read(c, node, &claim->number, &claim->exact))
        ent_ledger_held(c, claim->exact ? ENT_EXACT : ENT_VERIFIED, 0.0);
    else ent_rat_set_int(&claim->number, 0);
}

ent_status ent_claim_member(ent_ledger *c, const ent_json *object, const char *key,
                            ent_claim *claim)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(c->ctx, c->doc, object, key, &node));
    ent_claim_read(c, node, claim);
done:
    return st;
}

void ent_claims_zero(ent_ledger *c, const ent_json *node, bool exact, const ent_rat *error,
                     const ent_rat *scale, const char *what)
{
    if (exact && ent_rat_sign(error) == 0) {
        ent_ledger_held(c, ENT_EXACT, 0.0);
        return;
    }
    if (exact) {
        ent_ledger_refuse(c, node, "%s: off by %.3g, though claimed exactly", what,
                          ent_rat_double(error));
        return;
    }
    ent_rat ratio = ENT_RAT_ZERO;
    if (ent_rat_sign(scale) != 0) ent_rat_div(&ratio, error, scale);
    else ent_rat_set(&ratio, error);
    const double residual = fabs(ent_rat_double(&ratio));
    ent_rat_release(&ratio);
    ent_ledger_judge(c, node, residual, "%s: off by %.3g of its scale", what, residual);
}

void ent_claims_equal(ent_ledger *c, const ent_claim *claim, const ent_rat *want, bool want_exact,
                      const ent_rat *scale, const char *what)
{
    ent_rat error = ENT_RAT_ZERO;
    ent_rat_sub(&error, &claim->number, want);
    ent_claims_zero(c, claim->node, claim->exact && want_exact, &error, scale, what);
    ent_rat_release(&error);
}

void ent_claims_at_most_zero(ent_ledger *c, const ent_json *node, bool exact, const ent_rat *error,
                             const ent_rat *scale, const char *what)
{
    if (ent_rat_sign(error) > 0) ent_claims_zero(c, node, exact, error, scale, what);
    else ent_ledger_held(c, exact ? ENT_EXACT : ENT_VERIFIED, 0.0);
}

ent_status ent_claims_text(ent_ledger *c, const ent_json *object, const char *key,
                           const char **text)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(c->ctx, c->doc, object, key, &node));
    ENT_TRY(ent_json_expect(c->ctx, c->doc, node, ENT_JSON_STRING));
    *text = node->text;
done:
    return st;
}
