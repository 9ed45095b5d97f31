#include "verify/relational_check.h"

#include "verify/verify.h"

#include <float.h>
#include <math.h>
#include <string.h>

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
    for (int j = 0; j < m->n; j++)
        total += m->size.value[j] * m->size.value[j] / (2.0 * m->cost.value[j]);
    return largest(&m->size) * total;
}

static ent_status read_count(ent_rcheck *c, const ent_json *settings, const char *name,
                             int64_t *out)
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
static ent_status read_document(ent_rcheck *c, const ent_json *result, ent_parts *parts)
{
    ent_status st = ENT_OK;
    const ent_doc *doc = c->claims.doc;
    ENT_TRY(ent_parts_read(c->ctx, doc, result, parts));
    c->same_version = parts->is_same_version;
    c->solution = parts->solution;
    c->certificate = parts->certificate;
    c->solved = parts->is_solved;
    ENT_TRY(read_settings(c, parts->settings));
    if (!c->solved && strcmp(parts->outcome->text, ent_outcome_word(ENT_NONE)) != 0)
        return ent_json_fail(c->ctx, doc, parts->outcome, ENT_E_MODEL,
                             "wanted \"solved\" or \"none\", found \"%s\"", parts->outcome->text);
    ENT_TRY(ent_relational_read(c->ctx, doc, parts->model, &c->model));
    c->scale = payoff_scale(c->model);
    ENT_TRY(ent_parts_hash(&c->claims, parts));
    ent_parts_scale(&c->claims, c->certificate, c->scale, "from the payoffs");
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
    if (residual && residual->kind == ENT_JSON_NUMBER &&
        ent_json_real(c->ctx, claims->doc, residual, &value) != ENT_OK)
        value = NAN;
    if (node->count != members || (members == 4 && value != line->residual))
        ent_ledger_refuse(claims, node, "recomputed the residual %.17g", line->residual);
}

/* Are the words and checks that the document's author wrote down, if any, those found now? Another
 * version may have looked at other things, in another order. */
static void check_words(ent_rcheck *c)
{
    static const char *const known[] = {"exact", "verified", "approximate", NULL};
    ent_ledger *claims = &c->claims;
    const ent_report *report = claims->report;
    const int count[] = {report->count[ENT_EXACT], report->count[ENT_VERIFIED],
                         report->count[ENT_APPROXIMATE]},
              lines = report->n;
    if (!c->same_version ||
        (!ent_json_get(c->certificate, "words") && !ent_json_get(c->certificate, "checks")))
        return;
    const ent_json *words = ent_ledger_member(claims, c->certificate, "words");
    const ent_json *checks = ent_ledger_member(claims, c->certificate, "checks");
    if (!ent_ledger_kind(claims, words, ENT_JSON_OBJECT) ||
        !ent_ledger_kind(claims, checks, ENT_JSON_ARRAY))
        return;
    ent_ledger_only(claims, words, known);
    for (int k = 0; k < 3; k++)
        ent_ledger_int(claims, ent_ledger_member(claims, words, known[k]), count[k]);
    if (checks->count != (uint32_t)lines)
        ent_ledger_refuse(claims, checks, "recomputed %d checks, found %u", lines,
                          (unsigned)checks->count);
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

/* Is the document one of doubles? Then the tolerance decides what is enforceable, as it did for its
 * author; and 1 - delta was rounded, which moves numbers by epsilon / (1 - delta) of their size. */
static void set_exactness(ent_rcheck *c)
{
    static const char *const telling[] = {"span", "final_span"};
    const ent_json *node = ent_json_get(c->certificate, "bounds");
    node = node ? node->first : NULL;
    for (int k = 0; k < 2 && !node; k++) node = ent_json_get(c->solution, telling[k]);
    c->inexact = node && node->kind == ENT_JSON_NUMBER && c->model->stage != ENT_STAGE_PUBLIC_GOOD;
    if (!c->inexact) return;
    ent_ledger_widen(&c->claims, DBL_EPSILON / (1.0 - c->model->discount));
    ent_i_check_loosely(c);
}

static ent_status check_method(ent_rcheck *c, const ent_parts *parts)
{
    static const struct {
        const char *name;
        ent_status (*check)(ent_rcheck *c);
    } methods[] = {{"contractual", ent_i_check_contractual},
                   {"subgame-perfect", ent_i_check_subgame_perfect},
                   {"accession", ent_i_check_accession},
                   {"simulate", ent_i_check_simulate}};
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++)
        if (strcmp(parts->method->text, methods[k].name) == 0) return methods[k].check(c);
    return ent_parts_unknown(c->ctx, c->claims.doc, parts);
}

ent_status ent_i_check_relational(ent_ctx *ctx, const ent_doc *doc, const ent_json *result,
                                  ent_report *report)
{
    ent_status st = ENT_OK;
    ent_parts parts = {0};
    ent_rcheck c = {.ctx = ctx, .slack = ENT_RAT_ZERO};
    ent_ledger_init(&c.claims, ctx, doc, report, ENT_LEDGER_TOLERANCE, ENT_LEDGER_TOLERANCE);
    ENT_TRY(read_document(&c, result, &parts));
    c.weight = ent_rats_new(ctx, (size_t)c.model->n, &st);
    if (!c.weight) goto done;
    ENT_TRY(ent_relational_weights(ctx, c.model, c.model->coalition, c.weight));
    c.rules.coalition = c.model->coalition;
    c.rules.weight = c.weight;
    c.rules.delta = &c.model->discount_exact;
    c.rules.rho = &c.model->renegotiation_exact;
    set_exactness(&c);
    ENT_TRY(check_method(&c, &parts));
    check_words(&c);
done:
    ent_rat_release(&c.slack);
    ent_rats_free(c.weight, c.model ? (size_t)c.model->n : 0);
    ent_relational_free(c.model);
    return st;
}
