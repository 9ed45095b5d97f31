#include "verify/claims.h"

#include "cert/hash.h"

#include <math.h>
#include <string.h>
#include <stdarg.h>
#include <stdio.h>

enum { WHAT_MAX = 400 };

void ent_claims_begin(ent_claims *c)
{
    c->all_exact = true;
    c->residual = 0.0;
}

void ent_claims_end(ent_claims *c, const char *path, const char *what, ...)
{
    char text[WHAT_MAX];
    va_list arguments;
    va_start(arguments, what);
    vsnprintf(text, sizeof text, what, arguments);
    va_end(arguments);
    if (!(c->residual <= ENT_CLAIM_APPROXIMATE)) return; /* its refusals are reported */
    const ent_word word = c->all_exact ? ENT_EXACT : c->residual <= ENT_CLAIM_VERIFIED ? ENT_VERIFIED : ENT_APPROXIMATE;
    ent_report_add(c->report, word, c->residual, path, "%s", text);
}

void ent_claims_refuse(ent_claims *c, const ent_json *node, const char *what, ...)
{
    char text[WHAT_MAX];
    ent_text path;
    va_list arguments;
    va_start(arguments, what);
    vsnprintf(text, sizeof text, what, arguments);
    va_end(arguments);
    ent_text_init(c->ctx, &path);
    ent_json_path(&path, node);
    if (path.status != ENT_OK && c->report->status == ENT_OK) c->report->status = path.status;
    ent_report_add(c->report, ENT_REFUSED, INFINITY, path.data ? path.data : "/", "%s", text);
    ent_text_release(&path);
    c->residual = INFINITY;
    c->refused++;
}

ent_status ent_claim_read(ent_claims *c, const ent_json *node, ent_claim *claim)
{
    static const char *const keys[] = {"value", "exact", NULL};
    ent_status st = ENT_OK;
    const ent_json *exact = NULL, *value = NULL;
    double nearest = 0.0;
    claim->node = node;
    claim->exact = node->kind == ENT_JSON_OBJECT;
    if (!claim->exact) {
        ENT_TRY(ent_json_real(c->ctx, c->doc, node, &nearest));
        ent_rat_set_double(&claim->number, nearest);
        c->all_exact = false;
        return st;
    }
    ENT_TRY(ent_json_known(c->ctx, c->doc, node, keys));
    ENT_TRY(ent_json_member(c->ctx, c->doc, node, "exact", &exact));
    ENT_TRY(ent_json_expect(c->ctx, c->doc, exact, ENT_JSON_STRING));
    ENT_TRY(ent_json_rat(c->ctx, c->doc, exact, &claim->number));
    ENT_TRY(ent_json_member(c->ctx, c->doc, node, "value", &value));
    ENT_TRY(ent_json_real(c->ctx, c->doc, value, &nearest));
    if (nearest != ent_rat_double(&claim->number)) ent_claims_refuse(c, value, "not the double nearest to the exact number");
done:
    return st;
}

ent_status ent_claim_member(ent_claims *c, const ent_json *object, const char *key, ent_claim *claim)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(c->ctx, c->doc, object, key, &node));
    ENT_TRY(ent_claim_read(c, node, claim));
done:
    return st;
}

static void judge(ent_claims *c, const ent_json *node, bool exact, const ent_rat *error, const ent_rat *scale, const char *what)
{
    ent_rat ratio = ENT_RAT_ZERO;
    if (ent_rat_sign(scale) != 0) ent_rat_div(&ratio, error, scale);
    else ent_rat_set(&ratio, error);
    const double residual = fabs(ent_rat_double(&ratio));
    ent_rat_release(&ratio);
    if (exact && ent_rat_sign(error) == 0) return;
    if (exact) {
        ent_claims_refuse(c, node, "%s: off by %.3g, though claimed exactly", what, ent_rat_double(error));
        return;
    }
    c->all_exact = false;
    if (!(residual <= ENT_CLAIM_APPROXIMATE)) {
        ent_claims_refuse(c, node, "%s: off by %.3g of its scale", what, residual);
        return;
    }
    if (residual > c->residual) c->residual = residual;
}

void ent_claims_zero(ent_claims *c, const ent_json *node, bool exact, const ent_rat *error, const ent_rat *scale,
                     const char *what)
{
    judge(c, node, exact, error, scale, what);
}

void ent_claims_equal(ent_claims *c, const ent_claim *claim, const ent_rat *want, bool want_exact, const ent_rat *scale,
                      const char *what)
{
    ent_rat error = ENT_RAT_ZERO;
    ent_rat_sub(&error, &claim->number, want);
    judge(c, claim->node, claim->exact && want_exact, &error, scale, what);
    ent_rat_release(&error);
}

void ent_claims_at_most_zero(ent_claims *c, const ent_json *node, bool exact, const ent_rat *error, const ent_rat *scale,
                             const char *what)
{
    if (ent_rat_sign(error) > 0) judge(c, node, exact, error, scale, what);
    else if (!exact) c->all_exact = false;
}

ent_status ent_claims_count(ent_claims *c, const ent_json *object, const char *key, int64_t want, const char *what)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    int64_t found = 0;
    ENT_TRY(ent_json_member(c->ctx, c->doc, object, key, &node));
    ENT_TRY(ent_json_int(c->ctx, c->doc, node, INT64_MIN, INT64_MAX, &found));
    if (found != want) ent_claims_refuse(c, node, "%s: found %lld, recomputed %lld", what, (long long)found, (long long)want);
done:
    return st;
}

ent_status ent_claims_text(ent_claims *c, const ent_json *object, const char *key, const char **text)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(c->ctx, c->doc, object, key, &node));
    ENT_TRY(ent_json_expect(c->ctx, c->doc, node, ENT_JSON_STRING));
    *text = node->text;
done:
    return st;
}

ent_status ent_claims_hash(ent_claims *c, const ent_json *certificate, const ent_json *model)
{
    ent_status st = ENT_OK;
    char hash[ENT_HASH_TEXT];
    const char *claimed = NULL;
    ENT_TRY(ent_claims_text(c, certificate, "model_sha256", &claimed));
    ENT_TRY(ent_i_model_hash(c->ctx, model, hash));
    if (strcmp(claimed, hash) != 0)
        ent_claims_refuse(c, ent_json_get(certificate, "model_sha256"), "not the hash of the model in this document");
done:
    return st;
}
