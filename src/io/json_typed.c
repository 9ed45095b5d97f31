/* Typed access: what was wanted, what was found, and where. */
#include "io/json_i.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *ent_json_kind_name(ent_json_kind kind)
{
    static const char *const names[] = {"null",   "true or false", "a number",
                                        "a text", "a list",        "an object"};
    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : "nothing known";
}

/* "wanted WHAT, found ..." with the value itself when it is short. */
static ent_status wanted(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, const char *what)
{
    char shown[ENT_JSON_QUOTE];
    switch (node->kind) {
    case ENT_JSON_BOOL:
        return ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted %s, found %s", what,
                             node->truth ? "true" : "false");
    case ENT_JSON_NUMBER:
        return ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted %s, found %.60s", what,
                             node->text);
    case ENT_JSON_STRING:
        ent_i_json_quote(shown, node->text, node->text_len);
        return ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted %s, found the text %s", what,
                             shown);
    case ENT_JSON_NULL:
    case ENT_JSON_ARRAY:
    case ENT_JSON_OBJECT: break;
    }
    return ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted %s, found %s", what,
                         ent_json_kind_name(node->kind));
}

ent_status ent_json_expect(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                           ent_json_kind kind)
{
    return node->kind == kind ? ENT_OK : wanted(ctx, doc, node, ent_json_kind_name(kind));
}

ent_status ent_json_member(ent_ctx *ctx, const ent_doc *doc, const ent_json *object,
                           const char *key, const ent_json **out)
{
    const ent_json *member = ent_json_get(object, key);
    if (object->kind != ENT_JSON_OBJECT)
        return wanted(ctx, doc, object, ent_json_kind_name(ENT_JSON_OBJECT));
    if (!member)
        return ent_json_fail(ctx, doc, object, ENT_E_MODEL, "the member \"%s\" is missing", key);
    *out = member;
    return ENT_OK;
}

/* A numeral, or a failure; a fraction counts as one only in a text. */
static bool has_numeral(const ent_json *node)
{
    return node->kind == ENT_JSON_NUMBER || node->kind == ENT_JSON_STRING;
}

ent_status ent_json_rat(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, ent_rat *out)
{
    if (!has_numeral(node)) return wanted(ctx, doc, node, "a number");
    if (ent_rat_parse(out, node->text, node->text_len)) return ENT_OK;
    if (node->kind == ENT_JSON_STRING)
        return wanted(ctx, doc, node, "a number, or a text such as \"2/5\"");
    return ent_json_fail(
        ctx, doc, node, ENT_E_MODEL,
        "wanted a number of at most %d digits and an exponent of at most %d, found %.40s%s",
        ENT_RAT_DIGITS_MAX, ENT_RAT_EXPONENT_MAX, node->text, node->text_len > 40 ? "..." : "");
}

ent_status ent_json_real(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, double *out)
{
    if (has_numeral(node) && ent_i_json_short_real(node->text, node->text_len, out)) return ENT_OK;
    ent_status st = ENT_OK;
    ent_rat exact = ENT_RAT_ZERO;
    ent_rat_init(&exact);
    ENT_TRY(ent_json_rat(ctx, doc, node, &exact));
    const double value = ent_rat_double(&exact);
    if (!isfinite(value)) {
        st = wanted(ctx, doc, node, "a number below 1.8e308 in size");
        goto done;
    }
    *out = value;
done:
    ent_rat_release(&exact);
    return st;
}

ent_status ent_json_int(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, int64_t lo,
                        int64_t hi, int64_t *out)
{
    ent_status st = ENT_OK;
    ent_rat exact = ENT_RAT_ZERO, bound = ENT_RAT_ZERO;
    ent_rat_init(&exact);
    ent_rat_init(&bound);
    if (node->kind != ENT_JSON_NUMBER || !ent_rat_parse(&exact, node->text, node->text_len) ||
        !ent_rat_is_integer(&exact)) {
        st = wanted(ctx, doc, node, "a whole number");
        goto done;
    }
    ent_rat_set_int(&bound, lo);
    const bool below = ent_rat_cmp(&exact, &bound) < 0;
    ent_rat_set_int(&bound, hi);
    if (below || ent_rat_cmp(&exact, &bound) > 0) {
        char range[80];
        if (lo == hi) snprintf(range, sizeof range, "%lld", (long long)lo);
        else
            snprintf(range, sizeof range, "a whole number from %lld to %lld", (long long)lo,
                     (long long)hi);
        st = wanted(ctx, doc, node, range);
        goto done;
    }
    *out = exact.num;
done:
    ent_rat_release(&bound);
    ent_rat_release(&exact);
    return st;
}

ent_status ent_json_bool(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, bool *out)
{
    if (node->kind != ENT_JSON_BOOL)
        return wanted(ctx, doc, node, ent_json_kind_name(ENT_JSON_BOOL));
    *out = node->truth;
    return ENT_OK;
}
