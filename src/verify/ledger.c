#include "verify/ledger.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

void ent_ledger_init(ent_ledger *c, ent_ctx *ctx, const ent_doc *doc, ent_report *report,
                     double verified, double approximate)
{
    *c = (ent_ledger){.ctx = ctx,
                      .doc = doc,
                      .report = report,
                      .verified = verified,
                      .approximate = approximate,
                      .unit = 1.0};
}

void ent_ledger_widen(ent_ledger *c, double conditioning)
{
    c->verified += conditioning;
    c->approximate += conditioning;
}

void ent_ledger_begin(ent_ledger *c, double unit)
{
    c->unit = unit > 0.0 ? unit : 1.0;
    c->word = ENT_EXACT;
    c->residual = 0.0;
    c->n = 0;
    c->refused = false;
    c->lenient = false;
}

void ent_ledger_end(ent_ledger *c, const char *path, const char *how, ...)
{
    if (c->refused || c->n == 0) return;
    va_list arguments;
    va_start(arguments, how);
    char *text = ent_i_vformat(c->ctx, &c->report->status, how, arguments);
    va_end(arguments);
    if (text) ent_report_add(c->report, c->word, c->residual, path, "%s", text);
    ent_free(text);
}

void ent_ledger_end_at(ent_ledger *c, const ent_json *node, const char *how)
{
    ent_text path;
    ent_text_init(c->ctx, &path);
    ent_json_path(&path, node);
    if (path.status == ENT_OK) ent_ledger_end(c, path.data, "%s", how);
    else if (c->report->status == ENT_OK) c->report->status = path.status;
    ent_text_release(&path);
}

static void refuse(ent_ledger *c, const ent_json *node, const char *why, va_list arguments)
{
    ent_text path;
    ent_text_init(c->ctx, &path);
    if (node) ent_json_path(&path, node);
    else ent_text_putc(&path, '/');
    char *text = ent_i_vformat(c->ctx, &c->report->status, why, arguments);
    if (path.status == ENT_OK && text)
        ent_report_add(c->report, ENT_REFUSED, 0.0, path.data, "%s", text);
    else if (c->report->status == ENT_OK) c->report->status = path.status;
    ent_free(text);
    ent_text_release(&path);
    c->refused = true;
}

void ent_ledger_refuse(ent_ledger *c, const ent_json *node, const char *why, ...)
{
    va_list arguments;
    va_start(arguments, why);
    refuse(c, node, why, arguments);
    va_end(arguments);
}

void ent_ledger_held(ent_ledger *c, ent_word word, double residual)
{
    c->n++;
    if (word > c->word) c->word = word;
    if (residual > c->residual) c->residual = residual;
}

void ent_ledger_judge(ent_ledger *c, const ent_json *node, double residual, const char *why, ...)
{
    const double most = c->lenient ? (double)INFINITY : fmax(c->verified, c->approximate);
    if (residual <= most) {
        ent_ledger_held(c, residual <= c->verified ? ENT_VERIFIED : ENT_APPROXIMATE, residual);
        return;
    }
    va_list arguments;
    va_start(arguments, why);
    refuse(c, node, why, arguments);
    va_end(arguments);
}

void ent_ledger_doubt(ent_ledger *c, const ent_json *node, double residual, const char *why, ...)
{
    if (c->lenient) {
        ent_ledger_held(c, ENT_APPROXIMATE, residual);
        return;
    }
    va_list arguments;
    va_start(arguments, why);
    refuse(c, node, why, arguments);
    va_end(arguments);
}

const ent_json *ent_ledger_member(ent_ledger *c, const ent_json *object, const char *key)
{
    if (!object) return NULL;
    const ent_json *member = ent_json_get(object, key);
    if (!member) ent_ledger_refuse(c, object, "the member \"%s\" is missing", key);
    return member;
}

bool ent_ledger_kind(ent_ledger *c, const ent_json *node, ent_json_kind kind)
{
    if (!node) return false;
    if (node->kind == kind) return true;
    ent_ledger_refuse(c, node, "wanted %s, found %s", ent_json_kind_name(kind),
                      ent_json_kind_name(node->kind));
    return false;
}

void ent_ledger_only(ent_ledger *c, const ent_json *object, const char *const *keys)
{
    for (const ent_json *at = object ? object->first : NULL; at; at = at->next) {
        const char *const *key = keys;
        while (*key && strcmp(*key, at->key) != 0) key++;
        if (!*key) ent_ledger_refuse(c, at, "no such member belongs here");
    }
}

/* The number that a JSON number's own text says. */
static bool plain_number(ent_ledger *c, const ent_json *node, ent_rat *out)
{
    if (!ent_ledger_kind(c, node, ENT_JSON_NUMBER)) return false;
    if (ent_rat_parse(out, node->text, node->text_len)) return true;
    ent_ledger_refuse(c, node, "wanted a number, found %s", node->text);
    return false;
}

/* The double nearest to it. */
static bool plain_double(ent_ledger *c, const ent_json *node, ent_rat *out)
{
    if (!plain_number(c, node, out)) return false;
    const double nearest = ent_rat_double(out);
    if (isfinite(nearest)) {
        ent_rat_set_double(out, nearest);
        return true;
    }
    ent_ledger_refuse(c, node, "wanted a number within the range of doubles, found %s", node->text);
    return false;
}

bool ent_ledger_read(ent_ledger *c, const ent_json *node, ent_rat *out, bool *exactly)
{
    if (!node) return false;
    if (exactly) *exactly = node->kind == ENT_JSON_OBJECT;
    if (node->kind != ENT_JSON_OBJECT) return plain_double(c, node, out);
    const ent_json *value = ent_ledger_member(c, node, "value"),
                   *exact = ent_ledger_member(c, node, "exact");
    ent_rat nearest = ENT_RAT_ZERO;
    bool good = value && exact && ent_ledger_kind(c, exact, ENT_JSON_STRING) &&
                plain_double(c, value, &nearest);
    if (good && node->count != 2) {
        ent_ledger_refuse(c, node, "wanted \"value\" and \"exact\" alone");
        good = false;
    }
    if (good && !ent_rat_parse(out, exact->text, exact->text_len)) {
        ent_ledger_refuse(c, exact, "wanted a number, found \"%s\"", exact->text);
        good = false;
    }
    if (good && ent_rat_double(&nearest) != ent_rat_double(out)) {
        ent_ledger_refuse(c, value, "wanted the double nearest to %s, found %s", exact->text,
                          value->text);
        good = false;
    }
    ent_rat_release(&nearest);
    return good;
}

void ent_ledger_equal(ent_ledger *c, const ent_json *node, const ent_rat *truth)
{
    ent_ledger_within(c, node, truth, truth);
}

/* How far x lies outside [lo, hi], relative to the unit and to its own size. */
static double distance(const ent_ledger *c, const ent_rat *x, const ent_rat *lo, const ent_rat *hi)
{
    ent_rat gap = ENT_RAT_ZERO;
    if (ent_rat_cmp(x, lo) < 0) ent_rat_sub(&gap, lo, x);
    else if (ent_rat_cmp(x, hi) > 0) ent_rat_sub(&gap, x, hi);
    const double size = fmax(c->unit, fmax(fabs(ent_rat_double(lo)), fabs(ent_rat_double(hi))));
    const double relative = ent_rat_double(&gap) / size;
    ent_rat_release(&gap);
    return relative;
}

/* An exact claim about a number in [lo, hi]. */
static void within_exactly(ent_ledger *c, const ent_json *node, const ent_rat *x, const ent_rat *lo,
                           const ent_rat *hi)
{
    const bool known = ent_rat_equal(lo, hi);
    if (known && ent_rat_equal(x, lo)) ent_ledger_held(c, ENT_EXACT, 0.0);
    else if (known) ent_ledger_refuse(c, node, "recomputed %.17g", ent_rat_double(lo));
    else
        ent_ledger_refuse(c, node, "proved to lie in [%.17g, %.17g], not known exactly",
                          ent_rat_double(lo), ent_rat_double(hi));
}

void ent_ledger_within(ent_ledger *c, const ent_json *node, const ent_rat *lo, const ent_rat *hi)
{
    ent_rat x = ENT_RAT_ZERO;
    bool exactly = false;
    if (ent_ledger_read(c, node, &x, &exactly)) {
        const double residual = distance(c, &x, lo, hi);
        if (exactly) within_exactly(c, node, &x, lo, hi);
        else if (ent_rat_equal(lo, hi))
            ent_ledger_judge(c, node, residual, "recomputed %.17g, off by %.3g of the scale",
                             ent_rat_double(lo), residual);
        else if (residual <= c->verified) ent_ledger_held(c, ENT_VERIFIED, residual);
        else
            ent_ledger_refuse(c, node, "proved to lie in [%.17g, %.17g]", ent_rat_double(lo),
                              ent_rat_double(hi));
    }
    ent_rat_release(&x);
}

void ent_ledger_int(ent_ledger *c, const ent_json *node, int64_t truth)
{
    if (!node) return;
    ent_rat want = ENT_RAT_ZERO, found = ENT_RAT_ZERO;
    ent_rat_set_int(&want, truth);
    if (plain_number(c, node, &found)) {
        if (ent_rat_equal(&want, &found)) ent_ledger_held(c, ENT_EXACT, 0.0);
        else ent_ledger_refuse(c, node, "recomputed %lld, found %s", (long long)truth, node->text);
    }
    ent_rat_release(&want);
    ent_rat_release(&found);
}

void ent_ledger_bool(ent_ledger *c, const ent_json *node, bool truth)
{
    if (!ent_ledger_kind(c, node, ENT_JSON_BOOL)) return;
    if (node->truth == truth) ent_ledger_held(c, ENT_EXACT, 0.0);
    else ent_ledger_doubt(c, node, 0.0, "recomputed %s", truth ? "true" : "false");
}

void ent_ledger_text(ent_ledger *c, const ent_json *node, const char *truth)
{
    if (!ent_ledger_kind(c, node, ENT_JSON_STRING)) return;
    if (strcmp(node->text, truth) == 0) ent_ledger_held(c, ENT_EXACT, 0.0);
    else ent_ledger_doubt(c, node, 0.0, "recomputed \"%s\"", truth);
}

void ent_ledger_null(ent_ledger *c, const ent_json *node)
{
    if (ent_ledger_kind(c, node, ENT_JSON_NULL)) ent_ledger_held(c, ENT_EXACT, 0.0);
}

void ent_ledger_residual(ent_ledger *c, const ent_json *node, double residual, double tolerance)
{
    if (residual <= tolerance) ent_ledger_held(c, ENT_VERIFIED, residual);
    else ent_ledger_refuse(c, node, "residual %.3g, tolerance %.3g", residual, tolerance);
}
