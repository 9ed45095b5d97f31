/* The checker of the bayesian family, [Sal] Section 3.1: reads the model again, and hands over to
 * the method. */
#include "verify/bayesian_verify.h"

#include <math.h>
#include <string.h>

ent_status ent_bv_of(ent_bv *v, const ent_json *object, ent_coal s, const ent_json **out)
{
    ent_status st = ENT_OK;
    ent_text name;
    ent_text_init(v->ctx, &name);
    ent_bayesian_coal_name(&name, v->m, s);
    ENT_TRY(name.status);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, name.data, out));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, *out, ENT_JSON_OBJECT));
done:
    ent_text_release(&name);
    return st;
}

int ent_bv_coalitions(ent_coal s)
{
    const int n = ent_coal_size(s);
    return (1 << n) - 1 - n;
}

/* The order of coalitions of one size: by their members in model order, so {A,B} before {A,C}
 * before {B,C}. */
static bool is_before(ent_coal a, ent_coal b)
{
    const ent_coal differ = a ^ b;
    return differ && (a & differ & (~differ + 1)) != 0;
}

ent_coal ent_bv_next(ent_coal all, ent_coal s)
{
    const int size = s ? ent_coal_size(s) : 2;
    for (int k = size; k <= ent_coal_size(all); k++) {
        ent_coal best = 0;
        for (ent_coal t = all; t; t = (t - 1) & all) {
            if (ent_coal_size(t) != k || (s && k == size && !is_before(s, t))) continue;
            if (!best || is_before(t, best)) best = t;
        }
        if (best) return best;
    }
    return 0;
}

ent_status ent_bv_counted(ent_bv *v, const ent_json *object, uint32_t count, const char *what)
{
    if (object->count == count) return ENT_OK;
    return ent_json_fail(v->ctx, v->c.doc, object, ENT_E_MODEL, "wanted %u %s, found %u",
                         (unsigned)count, what, (unsigned)object->count);
}

ent_status ent_bv_truth(ent_bv *v, const ent_json *object, const char *key, bool *truth)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, key, &node));
    ENT_TRY(ent_json_bool(v->ctx, v->c.doc, node, truth));
done:
    return st;
}

ent_status ent_bv_says(ent_bv *v, const ent_json *object, const char *key, bool want,
                       const char *what)
{
    bool found = false;
    const ent_status st = ent_bv_truth(v, object, key, &found);
    if (st == ENT_OK && found != want)
        ent_ledger_refuse(&v->c, ent_json_get(object, key), "%s: recomputed %s", what,
                          want ? "true" : "false");
    return st;
}

static void best_alone(const ent_bayes_coal *single, int t, ent_rat *best)
{
    for (int d = 0; d < single->decisions; d++) {
        const ent_rat *u = &single->utility.exact[ent_bayes_utility(single, 0, d, t)];
        if (d == 0 || ent_rat_cmp(u, best) > 0) ent_rat_set(best, u);
    }
}

void ent_bv_alone(const ent_bv *v, const ent_bayes_coal *s, ent_rat *out)
{
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++)
            best_alone(v->m->coalition[ent_coal_single(s->member[k])], t, &out[s->first[k] + t]);
}

/* [Sal] (4.4) */
ent_status ent_bv_check_alone(ent_bv *v)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = v->m->coalition[v->m->focus];
    const ent_json *node = NULL;
    ent_claim *claim = NULL;
    ent_rat *want = ent_rats_new(v->ctx, (size_t)s->interims, &st);
    if (!want) goto done;
    claim = ent_claims_new(v->ctx, s->interims, &st);
    if (!claim) goto done;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "alone", &node));
    ENT_TRY(ent_bv_interim(v, node, s, s->members, claim));
    ent_bv_alone(v, s, want);
    for (int k = 0; k < s->size; k++)
        for (int m = s->first[k]; m < s->first[k + 1]; m++)
            ent_claims_equal(&v->c, &claim[m], &want[m], true, &v->range[s->member[k]],
                             "the best decision alone");
    ent_ledger_end_at(&v->c, node, "the best decision of each type alone, (4.4)");
done:
    ent_claims_free(claim, s->interims);
    ent_rats_free(want, (size_t)s->interims);
    return st;
}

typedef struct method {
    const char *name;
    ent_status (*check)(ent_bv *v);
} method;

static const method methods[] = {{"neutral-procedural", ent_bv_neutral},
                                 {"efficient", ent_bv_efficient_method},
                                 {"strong", ent_bv_strong},
                                 {"random-dictator", ent_bv_draws},
                                 {"m-solution", ent_bv_m_solution},
                                 {"s-solution", ent_bv_s_solution},
                                 {"compare", ent_bv_compare}};

static ent_status find_method(ent_bv *v, const ent_parts *parts, const method **out)
{
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++)
        if (strcmp(methods[k].name, parts->method->text) == 0) *out = &methods[k];
    return *out ? ENT_OK : ent_parts_unknown(v->ctx, v->c.doc, parts);
}

void ent_bv_scale(ent_bv *v)
{
    double most = 0.0;
    for (ent_coal s = v->m->focus; s; s = (s - 1) & v->m->focus) {
        const ent_reals *u = &v->m->coalition[s]->utility;
        for (size_t k = 0; k < u->n; k++)
            if (fabs(u->value[k]) > most) most = fabs(u->value[k]);
    }
    ent_parts_scale(&v->c, v->certificate, most, "the largest utility in size");
}

/* The least and the largest utility of player i in one coalition, if i is a member. */
static void widen(const ent_bayes_coal *x, int i, const ent_rat **least, const ent_rat **most)
{
    const int k = ent_bayes_place(x, i);
    const size_t numbers = (size_t)x->decisions * (size_t)x->profiles;
    for (size_t j = 0; k >= 0 && j < numbers; j++) {
        const ent_rat *u = &x->utility.exact[(size_t)k * numbers + j];
        if (!*least || ent_rat_cmp(u, *least) < 0) *least = u;
        if (!*most || ent_rat_cmp(u, *most) > 0) *most = u;
    }
}

/* range[i]: how far i's utilities spread over all decisions of all coalitions inside the focus, or
 * their size when they do not. */
static ent_status find_ranges(ent_bv *v)
{
    ent_status st = ENT_OK;
    v->range = ent_rats_new(v->ctx, (size_t)v->m->n, &st);
    for (int i = 0; v->range && i < v->m->n; i++) {
        const ent_rat *least = NULL, *most = NULL;
        for (ent_coal s = v->m->focus; s; s = (s - 1) & v->m->focus)
            widen(v->m->coalition[s], i, &least, &most);
        ent_rat_set_int(&v->range[i], 1);
        if (!least) continue;
        ent_rat_sub(&v->range[i], most, least);
        if (ent_rat_sign(&v->range[i]) == 0) ent_rat_set(&v->range[i], most);
        if (ent_rat_sign(&v->range[i]) < 0) ent_rat_neg(&v->range[i], &v->range[i]);
        if (ent_rat_sign(&v->range[i]) == 0) ent_rat_set_int(&v->range[i], 1);
    }
    return st;
}

ent_status ent_i_check_bayesian(ent_ctx *ctx, const ent_doc *doc, const ent_json *result,
                                ent_report *report)
{
    ent_status st = ENT_OK;
    const method *m = NULL;
    ent_parts parts = {0};
    ent_bv v = {.ctx = ctx, .result = result};
    ent_ledger_init(&v.c, ctx, doc, report, ENT_LEDGER_VERIFIED, ENT_LEDGER_APPROXIMATE);
    ENT_TRY(ent_parts_read(ctx, doc, result, &parts));
    v.solution = parts.solution;
    v.certificate = parts.certificate;
    v.outcome = parts.outcome->text;
    ENT_TRY(ent_bayesian_read(ctx, doc, parts.model, &v.m));
    ENT_TRY(find_ranges(&v));
    ENT_TRY(ent_parts_hash(&v.c, &parts));
    ENT_TRY(find_method(&v, &parts, &m));
    if (m->check != ent_bv_compare) ent_bv_scale(&v);
    ENT_TRY(m->check(&v));
done:
    if (v.range && v.m) ent_rats_free(v.range, (size_t)v.m->n);
    ent_bayesian_free(v.m);
    return st;
}
