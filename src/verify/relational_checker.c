#include "verify/relational_check.h"

#include "cert/hash.h"
#include "verify/verify.h"

#include <float.h>
#include <math.h>
#include <string.h>

ent_checker_fn ent_i_check_relational;

/* Below every payoff that a model can have: keeps 0/0 out of residuals. */
static const double smallest = 1e-300;

static double largest(const ent_reals *reals)
{
    double most = 0.0;
    for (size_t k = 0; k < reals->n; k++) most = fmax(most, fabs(reals->value[k]));
    return most;
}

/* What residuals are relative to, as docs/results.md defines it for each kind of stage game. */
static double payoff_scale(const ent_relational *m)
{
    double scale = largest(&m->payoff), total = 0.0;
    for (int i = 0; m->part && i < m->n; i++) {
        double sum = 0.0;
        for (int j = 0; j < m->n; j++) sum += largest(&m->part[i][j]);
        scale = fmax(scale, sum);
    }
    if (m->stage != ENT_STAGE_PUBLIC_GOOD) return scale;
    for (int j = 0; j < m->n; j++) total += m->size.value[j] * m->size.value[j] / (2.0 * m->cost.value[j]);
    return largest(&m->size) * total;
}

/* Hash, scale: what every certificate begins with. */
static ent_status check_certificate(ent_rcheck *c, const ent_json *model)
{
    ent_status st = ENT_OK;
    char hash[ENT_HASH_TEXT];
    double claimed = 0.0;
    ENT_TRY(ent_i_model_hash(c->ctx, model, hash));
    ent_ledger_begin(&c->claims, 1.0);
    ent_ledger_text(&c->claims, ent_ledger_member(&c->claims, c->certificate, "model_sha256"), hash);
    ent_ledger_end(&c->claims, "/certificate/model_sha256", "SHA-256 of the model's compact text");
    ent_ledger_begin(&c->claims, 1.0);
    const ent_json *scale = ent_ledger_member(&c->claims, c->certificate, "scale");
    if (ent_ledger_kind(&c->claims, scale, ENT_JSON_NUMBER)) {
        ENT_TRY(ent_json_real(c->ctx, c->claims.doc, scale, &claimed));
        if (claimed == c->scale)
            c->claims.n++;
        else
            ent_ledger_residual(&c->claims, scale, fabs(claimed - c->scale) / fmax(c->scale, smallest),
                                ENT_LEDGER_TOLERANCE);
    }
    ent_ledger_end(&c->claims, "/certificate/scale", "from the payoffs");
done:
    return st;
}

static ent_status read_count(ent_rcheck *c, const ent_json *settings, const char *name, int64_t *out)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(c->ctx, c->claims.doc, settings, name, &node));
    ENT_TRY(ent_json_int(c->ctx, c->claims.doc, node, 0, (int64_t)1 << 53, out));
done:
    return st;
}

/* The settings that decide what a document holds; others are the solver's business. */
static ent_status read_settings(ent_rcheck *c, const ent_json *settings)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_expect(c->ctx, c->claims.doc, settings, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(c->ctx, c->claims.doc, settings, "tolerance", &node));
    ENT_TRY(ent_json_real(c->ctx, c->claims.doc, node, &c->tolerance));
    ENT_TRY(ent_json_member(c->ctx, c->claims.doc, settings, "trembles", &node));
    ENT_TRY(ent_json_real(c->ctx, c->claims.doc, node, &c->trembles));
    ENT_TRY(ent_json_member(c->ctx, c->claims.doc, settings, "literal_ties", &node));
    ENT_TRY(ent_json_bool(c->ctx, c->claims.doc, node, &c->rules.literal_ties));
    ENT_TRY(read_count(c, settings, "ties_listed", &c->ties_listed));
    ENT_TRY(read_count(c, settings, "simplices_listed", &c->simplices_listed));
    ENT_TRY(read_count(c, settings, "table_players", &c->table_players));
    ENT_TRY(read_count(c, settings, "periods", &c->periods));
    ENT_TRY(read_count(c, settings, "histories", &c->histories));
    ENT_TRY(read_count(c, settings, "seed", &c->seed));
done:
    return st;
}

/* The members of the document; what is not a result at all fails with ENT_E_MODEL. */
static ent_status read_document(ent_rcheck *c, const ent_json *result, const ent_json **method)
{
    static const char *const known[] = {"entente",  "family",      "method",   "outcome", "model",
                                        "solution", "certificate", "settings", "version", NULL};
    ent_status st = ENT_OK;
    const ent_doc *doc = c->claims.doc;
    const ent_json *node = NULL, *model = NULL;
    int64_t one = 0;
    ENT_TRY(ent_json_known(c->ctx, doc, result, known));
    ENT_TRY(ent_json_member(c->ctx, doc, result, "entente", &node));
    ENT_TRY(ent_json_int(c->ctx, doc, node, 1, 1, &one));
    ENT_TRY(ent_json_member(c->ctx, doc, result, "method", method));
    ENT_TRY(ent_json_expect(c->ctx, doc, *method, ENT_JSON_STRING));
    ENT_TRY(ent_json_member(c->ctx, doc, result, "version", &node));
    ENT_TRY(ent_json_expect(c->ctx, doc, node, ENT_JSON_STRING));
    c->same_version = strcmp(node->text, ent_version()) == 0;
    ENT_TRY(ent_json_member(c->ctx, doc, result, "solution", &c->solution));
    ENT_TRY(ent_json_expect(c->ctx, doc, c->solution, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(c->ctx, doc, result, "certificate", &c->certificate));
    ENT_TRY(ent_json_expect(c->ctx, doc, c->certificate, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(c->ctx, doc, result, "settings", &node));
    ENT_TRY(read_settings(c, node));
    ENT_TRY(ent_json_member(c->ctx, doc, result, "outcome", &node));
    ENT_TRY(ent_json_expect(c->ctx, doc, node, ENT_JSON_STRING));
    c->solved = strcmp(node->text, ent_outcome_word(ENT_SOLVED)) == 0;
    if (!c->solved && strcmp(node->text, ent_outcome_word(ENT_NONE)) != 0)
        return ent_json_fail(c->ctx, doc, node, ENT_E_MODEL, "wanted \"solved\" or \"none\", found \"%s\"", node->text);
    ENT_TRY(ent_json_member(c->ctx, doc, result, "model", &model));
    ENT_TRY(ent_relational_read(c->ctx, doc, model, &c->model));
    c->scale = payoff_scale(c->model);
    ENT_TRY(check_certificate(c, model));
done:
    return st;
}

/* One line of "checks" against the line found now. */
static void check_line(ent_rcheck *c, const ent_json *node, const ent_check *line)
{
    ent_ledger *claims = &c->claims;
    const ent_json *residual = ent_json_get(node, "residual");
    double value = NAN;
    if (!ent_ledger_kind(claims, node, ENT_JSON_OBJECT)) return;
    ent_ledger_text(claims, ent_ledger_member(claims, node, "path"), line->path);
    ent_ledger_text(claims, ent_ledger_member(claims, node, "word"), ent_word_name(line->word));
    ent_ledger_text(claims, ent_ledger_member(claims, node, "how"), line->what);
    const uint32_t members = line->word == ENT_EXACT ? 3 : 4;
    if (residual && residual->kind == ENT_JSON_NUMBER && ent_json_real(c->ctx, claims->doc, residual, &value) != ENT_OK)
        value = NAN;
    if (node->count != members || (members == 4 && value != line->residual))
        ent_ledger_refuse(claims, node, "recomputed the residual %.17g", line->residual);
}

/* Are the words and checks that the document's author wrote down, if any, those found now? Another version may have
 * looked at other things, in another order. */
static void check_words(ent_rcheck *c)
{
    static const char *const known[] = {"exact", "verified", "approximate", NULL};
    ent_ledger *claims = &c->claims;
    const ent_report *report = claims->report;
    const int count[] = {report->count[ENT_EXACT], report->count[ENT_VERIFIED], report->count[ENT_APPROXIMATE]},
              lines = report->n;
    if (!c->same_version || (!ent_json_get(c->certificate, "words") && !ent_json_get(c->certificate, "checks"))) return;
    const ent_json *words = ent_ledger_member(claims, c->certificate, "words");
    const ent_json *checks = ent_ledger_member(claims, c->certificate, "checks");
    if (!ent_ledger_kind(claims, words, ENT_JSON_OBJECT) || !ent_ledger_kind(claims, checks, ENT_JSON_ARRAY)) return;
    ent_ledger_only(claims, words, known);
    for (int k = 0; k < 3; k++) ent_ledger_int(claims, ent_ledger_member(claims, words, known[k]), count[k]);
    if (checks->count != (uint32_t)lines)
        ent_ledger_refuse(claims, checks, "recomputed %d checks, found %u", lines, (unsigned)checks->count);
    const ent_json *at = checks->first;
    for (int k = 0; at && k < lines; at = at->next, k++) {
        const ent_check line = report->check[k]; /* a copy: refusals may move the list */
        check_line(c, at, &line);
    }
}

void ent_i_check_loosely(ent_rcheck *c)
{
    ent_rat rest = ENT_RAT_ZERO;
    ent_rat_set_double(&c->slack, c->tolerance * c->scale);
    ent_rat_set_int(&rest, 1);
    ent_rat_sub(&rest, &rest, c->rules.delta);
    ent_rat_div(&c->slack, &c->slack, &rest);
    ent_rat_release(&rest);
}

/* Is the document one of doubles? Then the tolerance decides what is enforceable, as it did for its author; and 1 -
 * delta was rounded, which moves numbers by epsilon / (1 - delta) of their size. */
static void set_exactness(ent_rcheck *c)
{
    static const char *const telling[] = {"span", "final_span"};
    const ent_json *node = ent_json_get(c->certificate, "bounds");
    node = node ? node->first : NULL;
    for (int k = 0; k < 2 && !node; k++) node = ent_json_get(c->solution, telling[k]);
    c->inexact = node && node->kind == ENT_JSON_NUMBER && c->model->stage != ENT_STAGE_PUBLIC_GOOD;
    if (!c->inexact) return;
    c->claims.conditioning = DBL_EPSILON / (1.0 - c->model->discount);
    ent_i_check_loosely(c);
}

static ent_status check_method(ent_rcheck *c, const ent_json *method)
{
    static const struct {
        const char *name;
        ent_status (*check)(ent_rcheck *c);
    } methods[] = {{"contractual", ent_i_check_contractual},
                   {"subgame-perfect", ent_i_check_subgame_perfect},
                   {"accession", ent_i_check_accession},
                   {"simulate", ent_i_check_simulate}};
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++)
        if (strcmp(method->text, methods[k].name) == 0) return methods[k].check(c);
    return ent_json_fail(c->ctx, c->claims.doc, method, ENT_E_UNKNOWN, "no checker knows the method \"%s\"",
                         method->text);
}

ent_status ent_i_check_relational(ent_ctx *ctx, const ent_doc *doc, const ent_json *result, ent_report *report)
{
    ent_status st = ENT_OK;
    const ent_json *method = NULL;
    ent_rcheck c = {
        .ctx = ctx, .claims = {.ctx = ctx, .doc = doc, .report = report, .unit = 1.0}, .slack = ENT_RAT_ZERO};
    ENT_TRY(read_document(&c, result, &method));
    c.weight = ent_rats_new(ctx, (size_t)c.model->n, &st);
    if (!c.weight) goto done;
    ENT_TRY(ent_relational_weights(ctx, c.model, c.model->coalition, c.weight));
    c.rules.coalition = c.model->coalition;
    c.rules.weight = c.weight;
    c.rules.delta = &c.model->discount_exact;
    c.rules.rho = &c.model->renegotiation_exact;
    set_exactness(&c);
    ENT_TRY(check_method(&c, method));
    check_words(&c);
done:
    ent_rat_release(&c.slack);
    ent_rats_free(c.weight, c.model ? (size_t)c.model->n : 0);
    ent_relational_free(c.model);
    return st;
}
