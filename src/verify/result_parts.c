#include "verify/result_parts.h"

#include "cert/hash.h"

#include <math.h>
#include <string.h>

/* Below every payoff that a model can have: keeps 0/0 out of residuals. */
static const double smallest = 1e-300;

static ent_status member(ent_ctx *ctx, const ent_doc *doc, const ent_json *result, const char *key,
                         ent_json_kind kind, const ent_json **out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_member(ctx, doc, result, key, out));
    ENT_TRY(ent_json_expect(ctx, doc, *out, kind));
done:
    return st;
}

ent_status ent_parts_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *result, ent_parts *out)
{
    static const char *const known[] = {"entente",  "family",      "method",   "outcome", "model",
                                        "solution", "certificate", "settings", "version", NULL};
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    int64_t one = 0;
    ENT_TRY(ent_json_known(ctx, doc, result, known));
    ENT_TRY(ent_json_member(ctx, doc, result, "entente", &node));
    ENT_TRY(ent_json_int(ctx, doc, node, 1, 1, &one));
    ENT_TRY(member(ctx, doc, result, "version", ENT_JSON_STRING, &node));
    out->is_same_version = strcmp(node->text, ent_version()) == 0;
    ENT_TRY(member(ctx, doc, result, "method", ENT_JSON_STRING, &out->method));
    ENT_TRY(member(ctx, doc, result, "outcome", ENT_JSON_STRING, &out->outcome));
    out->is_solved = strcmp(out->outcome->text, ent_outcome_word(ENT_SOLVED)) == 0;
    ENT_TRY(member(ctx, doc, result, "model", ENT_JSON_OBJECT, &out->model));
    ENT_TRY(member(ctx, doc, result, "solution", ENT_JSON_OBJECT, &out->solution));
    ENT_TRY(member(ctx, doc, result, "certificate", ENT_JSON_OBJECT, &out->certificate));
    ENT_TRY(member(ctx, doc, result, "settings", ENT_JSON_OBJECT, &out->settings));
done:
    return st;
}

ent_status ent_parts_unknown(ent_ctx *ctx, const ent_doc *doc, const ent_parts *parts)
{
    return ent_json_fail(ctx, doc, parts->method, ENT_E_UNKNOWN,
                         "no checker knows the method \"%s\"", parts->method->text);
}

ent_status ent_parts_hash(ent_ledger *c, const ent_parts *parts)
{
    ent_status st = ENT_OK;
    char hash[ENT_HASH_TEXT];
    ENT_TRY(ent_i_model_hash(c->ctx, parts->model, hash));
    ent_ledger_begin(c, 1.0);
    ent_ledger_text(c, ent_ledger_member(c, parts->certificate, "model_sha256"), hash);
    ent_ledger_end(c, "/certificate/model_sha256", "SHA-256 of the model's compact text");
done:
    return st;
}

/* A scale is a double: the claim is exact when it is this one. */
void ent_parts_scale(ent_ledger *c, const ent_json *certificate, double truth, const char *how)
{
    ent_rat claim = ENT_RAT_ZERO;
    ent_ledger_begin(c, truth);
    const ent_json *node = ent_ledger_member(c, certificate, "scale");
    if (ent_ledger_kind(c, node, ENT_JSON_NUMBER) && ent_ledger_read(c, node, &claim, NULL)) {
        const double found = ent_rat_double(&claim);
        if (found == truth) ent_ledger_held(c, ENT_EXACT, 0.0);
        else
            ent_ledger_judge(c, node, fabs(found - truth) / fmax(truth, smallest),
                             "recomputed %.17g", truth);
    }
    if (node) ent_ledger_end_at(c, node, how);
    ent_rat_release(&claim);
}
