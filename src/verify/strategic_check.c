/* The checker of the strategic family: reads the model again, and hands over to the method. */
#include "verify/strategic_i.h"

#include "cert/hash.h"
#include "model/names.h"

#include <math.h>
#include <string.h>

ent_status ent_sv_key(ent_sv *v, const ent_json *member, ent_coal *s)
{
    ent_status st = ENT_OK;
    ent_text name;
    ent_text_init(v->ctx, &name);
    ENT_TRY(ent_i_coalition_key(v->ctx, v->c.doc, member, v->n, v->m->player, s));
    ent_strategic_coal_name(&name, v->m, *s);
    ENT_TRY(name.status);
    if (strcmp(name.data, member->key) != 0)
        st = ent_json_fail_key(v->ctx, v->c.doc, member, ENT_E_MODEL,
                               "wanted the names in the model's order, \"%s\", found \"%s\"",
                               name.data, member->key);
done:
    ent_text_release(&name);
    return st;
}

ent_status ent_sv_member_of(ent_sv *v, const ent_json *object, ent_coal s, const ent_json **out)
{
    ent_status st = ENT_OK;
    ent_text name;
    ent_text_init(v->ctx, &name);
    ent_strategic_coal_name(&name, v->m, s);
    ENT_TRY(name.status);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, name.data, out));
done:
    ent_text_release(&name);
    return st;
}

ent_status ent_sv_by_player(ent_sv *v, const ent_json *object, ent_coal s, ent_claim *claim)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    for (int i = 0; i < v->n; i++)
        if (v->n > 64 || ent_coal_has(s, i))
            ENT_TRY(ent_claim_member(&v->c, object, v->m->player[i], &claim[i]));
    const uint32_t wanted = v->n > 64 ? (uint32_t)v->n : (uint32_t)ent_coal_size(s);
    if (object->count != wanted)
        st = ent_json_fail(v->ctx, v->c.doc, object, ENT_E_MODEL,
                           "wanted numbers of %u players, found %u", (unsigned)wanted,
                           (unsigned)object->count);
done:
    return st;
}

typedef struct method {
    const char *name;
    ent_status (*check)(ent_sv *v);
    bool games; /* else worth functions and voting */
} method;

static const method methods[] = {
    {"threats", ent_sv_threats, true},     {"tu-value", ent_sv_tu_value, true},
    {"coco", ent_sv_coco, true},           {"coalition-perfect", ent_sv_coalition_perfect, true},
    {"harsanyi", ent_sv_harsanyi, true},   {"nash", ent_sv_nash, true},
    {"shapley", ent_sv_shapley, false},    {"banzhaf", ent_sv_banzhaf, false},
    {"dividends", ent_sv_dividends, false}};

/* Tables by coalition and conflicts of all of them; the solvers stop here too. */
enum { GAME_PLAYERS_MAX = 16 };

static ent_status find_method(ent_sv *v, const ent_parts *parts, const method **out)
{
    const ent_doc *doc = v->c.doc;
    const char *name = parts->method->text;
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++)
        if (strcmp(methods[k].name, name) == 0) *out = &methods[k];
    if (!*out) return ent_parts_unknown(v->ctx, doc, parts);
    if ((*out)->games != (v->m->kind == ENT_STRATEGIC_GAME))
        return ent_json_fail(v->ctx, doc, parts->method, ENT_E_MODEL,
                             "%s is not about models of this kind", name);
    if ((*out)->games && v->m->n > GAME_PLAYERS_MAX)
        return ent_json_fail(v->ctx, doc, parts->model, ENT_E_LIMIT,
                             "wanted at most %d players, found %d", GAME_PLAYERS_MAX, v->m->n);
    return ENT_OK;
}

/* The largest payoff, worth or prize in size; residuals are measured more finely, against ranges.
 * Certificates of values that are exact throughout need none. */
static void check_scale(ent_sv *v)
{
    const ent_reals *numbers = v->m->kind == ENT_STRATEGIC_GAME ? &v->m->payoff : &v->m->worth;
    double most = v->m->kind == ENT_STRATEGIC_VOTING ? 1.0 : 0.0;
    if (v->m->kind != ENT_STRATEGIC_GAME && !ent_json_get(v->certificate, "scale")) return;
    for (size_t k = 0; k < numbers->n; k++)
        if (fabs(numbers->value[k]) > most) most = fabs(numbers->value[k]);
    ent_parts_scale(&v->c, v->certificate, most, "the largest number of the model in size");
}

/* Is the file of the worths the one that was solved? */
static ent_status check_file(ent_sv *v)
{
    ent_status st = ENT_OK;
    char hash[ENT_HASH_TEXT];
    if (!v->m->worth_path) return st;
    ENT_TRY(ent_i_file_hash(v->ctx, v->m->worth_path, hash));
    ent_ledger_begin(&v->c, 1.0);
    ent_ledger_text(&v->c, ent_ledger_member(&v->c, v->certificate, "worth_sha256"), hash);
    ent_ledger_end(&v->c, "/certificate/worth_sha256", "SHA-256 of the file's bytes");
done:
    return st;
}

ent_status ent_i_check_strategic(ent_ctx *ctx, const ent_doc *doc, const ent_json *result,
                                 ent_report *report)
{
    ent_status st = ENT_OK;
    const method *m = NULL;
    ent_parts parts = {0};
    ent_sv v = {.ctx = ctx, .result = result, .scale = ENT_RAT_ZERO, .joint = ENT_RAT_ZERO};
    ent_ledger_init(&v.c, ctx, doc, report, ENT_LEDGER_VERIFIED, ENT_LEDGER_APPROXIMATE);
    ENT_TRY(ent_parts_read(ctx, doc, result, &parts));
    v.solution = parts.solution;
    v.certificate = parts.certificate;
    v.outcome = parts.outcome->text;
    ENT_TRY(ent_strategic_read(ctx, doc, parts.model, &v.m));
    v.n = v.m->n;
    ENT_TRY(ent_parts_hash(&v.c, &parts));
    ENT_TRY(check_file(&v));
    check_scale(&v);
    ENT_TRY(find_method(&v, &parts, &m));
    ENT_TRY(m->check(&v));
done:
    ent_sv_prices_release(&v);
    ent_strategic_free(v.m);
    return st;
}
