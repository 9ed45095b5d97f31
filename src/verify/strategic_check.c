/* The checker of the strategic family: reads the model again, and hands over to the method. */
#include "verify/strategic_i.h"

#include "cert/hash.h"
#include "model/names.h"

#include <math.h>
#include <string.h>

ent_claim *ent_sv_claims_new(ent_ctx *ctx, int n, ent_status *st)
{
    ent_claim *claim = ent_i_alloc(ctx, (size_t)n, sizeof *claim, st);
    for (int k = 0; claim && k < n; k++) ent_rat_init(&claim[k].number);
    return claim;
}

void ent_sv_claims_free(ent_claim *claim, int n)
{
    for (int k = 0; claim && k < n; k++) ent_rat_release(&claim[k].number);
    ent_free(claim);
}

ent_status ent_sv_key(ent_sv *v, const ent_json *member, ent_coal *s)
{
    ent_status st = ENT_OK;
    ent_text name;
    ent_text_init(v->ctx, &name);
    ENT_TRY(ent_i_coalition_key(v->ctx, v->c.doc, member, v->n, v->m->player, s));
    ent_strategic_coal_name(&name, v->m, *s);
    ENT_TRY(name.status);
    if (strcmp(name.data, member->key) != 0)
        st = ent_json_fail_key(v->ctx, v->c.doc, member, ENT_E_MODEL, "wanted the names in the model's order, \"%s\", found \"%s\"",
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
        if (v->n > 64 || ent_coal_has(s, i)) ENT_TRY(ent_claim_member(&v->c, object, v->m->player[i], &claim[i]));
    const uint32_t wanted = v->n > 64 ? (uint32_t)v->n : (uint32_t)ent_coal_size(s);
    if (object->count != wanted)
        st = ent_json_fail(v->ctx, v->c.doc, object, ENT_E_MODEL, "wanted numbers of %u players, found %u", (unsigned)wanted,
                           (unsigned)object->count);
done:
    return st;
}

typedef struct method {
    const char *name;
    ent_status (*check)(ent_sv *v);
    bool games; /* else worth functions and voting */
} method;

static const method methods[] = {{"threats", ent_sv_threats, true},   {"tu-value", ent_sv_tu_value, true},
                                 {"coco", ent_sv_coco, true},         {"coalition-perfect", ent_sv_coalition_perfect, true},
                                 {"harsanyi", ent_sv_harsanyi, true}, {"nash", ent_sv_nash, true},
                                 {"shapley", ent_sv_shapley, false},  {"banzhaf", ent_sv_banzhaf, false},
                                 {"dividends", ent_sv_dividends, false}};

/* Tables by coalition and conflicts of all of them; the solvers stop here too. */
enum { GAME_PLAYERS_MAX = 16 };

static ent_status find_method(ent_sv *v, const method **out)
{
    ent_status st = ENT_OK;
    const char *name = NULL;
    ENT_TRY(ent_claims_text(&v->c, v->result, "method", &name));
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++)
        if (strcmp(methods[k].name, name) == 0) *out = &methods[k];
    if (!*out) st = ent_json_fail(v->ctx, v->c.doc, ent_json_get(v->result, "method"), ENT_E_UNKNOWN, "no checker knows the method \"%s\"", name);
    else if ((*out)->games != (v->m->kind == ENT_STRATEGIC_GAME))
        st = ent_json_fail(v->ctx, v->c.doc, ent_json_get(v->result, "method"), ENT_E_MODEL, "%s is not about models of this kind", name);
    else if ((*out)->games && v->m->n > GAME_PLAYERS_MAX)
        st = ent_json_fail(v->ctx, v->c.doc, ent_json_get(v->result, "model"), ENT_E_LIMIT, "wanted at most %d players, found %d", GAME_PLAYERS_MAX, v->m->n);
done:
    return st;
}

/* The largest payoff, worth or prize in size; residuals are measured more finely, against ranges. */
static ent_status check_scale(ent_sv *v)
{
    ent_status st = ENT_OK;
    const ent_json *node = ent_json_get(v->certificate, "scale");
    const ent_reals *numbers = v->m->kind == ENT_STRATEGIC_GAME ? &v->m->payoff : &v->m->worth;
    double claimed = 0.0, most = v->m->kind == ENT_STRATEGIC_VOTING ? 1.0 : 0.0;
    if (!node) return st;
    ENT_TRY(ent_json_real(v->ctx, v->c.doc, node, &claimed));
    for (size_t k = 0; k < numbers->n; k++)
        if (fabs(numbers->value[k]) > most) most = fabs(numbers->value[k]);
    if (claimed != most) ent_claims_refuse(&v->c, node, "not the largest number of the model in size, %.17g", most);
done:
    return st;
}

ent_status ent_i_verify_strategic(ent_ctx *ctx, const ent_doc *doc, const ent_json *result, ent_report *report)
{
    ent_status st = ENT_OK;
    const ent_json *model = NULL;
    const method *m = NULL;
    ent_sv v = {.c = {.ctx = ctx, .doc = doc, .report = report}, .ctx = ctx, .result = result, .scale = ENT_RAT_ZERO, .joint = ENT_RAT_ZERO};
    ENT_TRY(ent_json_member(ctx, doc, result, "model", &model));
    ENT_TRY(ent_json_member(ctx, doc, result, "solution", &v.solution));
    ENT_TRY(ent_json_expect(ctx, doc, v.solution, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(ctx, doc, result, "certificate", &v.certificate));
    ENT_TRY(ent_json_expect(ctx, doc, v.certificate, ENT_JSON_OBJECT));
    ENT_TRY(ent_claims_text(&v.c, result, "outcome", &v.outcome));
    ENT_TRY(ent_strategic_read(ctx, doc, model, &v.m));
    v.n = v.m->n;
    ENT_TRY(ent_claims_hash(&v.c, v.certificate, model));
    ENT_TRY(check_scale(&v));
    ENT_TRY(find_method(&v, &m));
    ENT_TRY(m->check(&v));
done:
    ent_sv_prices_release(&v);
    ent_strategic_free(v.m);
    return st;
}
