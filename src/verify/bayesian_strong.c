/* strong: every member of every coalition as its dictator. */
#include "verify/bayesian_dictator.h"

#include <string.h>

typedef struct strong {
    ent_bv *v;
    const ent_bayes_coal *s;
    ent_rat *threats, *sure; /* [size][interims] */
} strong;

/* `threats`: by dictator, what the neutral procedural solution of the others gives. */
static ent_status check_threats(const strong *x, const ent_json *node)
{
    ent_status st = ENT_OK;
    ent_bv *v = x->v;
    const ent_bayes_coal *s = x->s;
    const ent_json *threats = NULL, *one = NULL;
    ent_claim *claim = ent_claims_new(v->ctx, s->interims, &st);
    if (!claim) goto done;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "threats", &threats));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, threats, ENT_JSON_OBJECT));
    ENT_TRY(ent_bv_counted(v, threats, (uint32_t)s->size, "dictators"));
    for (int k = 0; k < s->size; k++) {
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, threats, v->m->player[s->member[k]], &one));
        ENT_TRY(ent_bv_interim(v, one, s, s->members & ~ent_coal_single(s->member[k]), claim));
        for (int j = 0; j < s->size; j++)
            for (int m = s->first[j]; j != k && m < s->first[j + 1]; m++)
                ent_claims_equal(&v->c, &claim[m], &x->threats[k * s->interims + m], true,
                                 &v->range[s->member[j]],
                                 "what the others have without the dictator");
    }
done:
    ent_claims_free(claim, s->interims);
    return st;
}

static ent_status check_dictator(const strong *x, const ent_bv_known *known, int k,
                                 const ent_json *node, const ent_json *proof)
{
    ent_status st = ENT_OK;
    ent_bv *v = x->v;
    const ent_json *inequality = NULL, *other = NULL;
    const ent_coal rest = x->s->members & ~ent_coal_single(x->s->member[k]);
    ent_bv_dictator d = {.s = x->s,
                         .k = k,
                         .threat = x->sure + k * x->s->interims,
                         .threat_exact = known[rest].exact,
                         .equality = true};
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_bv_answer(v, &d, node, proof));
    ent_ledger_end_at(
        &v->c, node,
        "safe and undominated, or proved that there is none: Definition 3, Proposition 2");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "inequality", &inequality));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "inequality", &other));
    d.equality = false;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_bv_answer(v, &d, inequality, other));
    ent_ledger_end_at(&v->c, inequality, "the same with (4.12b) as an inequality");
done:
    return st;
}

static ent_status check_coalition(strong *x, const ent_bv_known *known, const ent_json *node,
                                  const ent_json *proof)
{
    ent_status st = ENT_OK;
    ent_bv *v = x->v;
    const ent_bayes_coal *s = x->s;
    const size_t places = (size_t)s->size * (size_t)s->interims;
    const ent_json *dictators = NULL, *proofs = NULL, *one = NULL, *evidence = NULL;
    bool exact = false;
    x->threats = ent_rats_new(v->ctx, places, &st);
    if (!x->threats) goto done;
    x->sure = ent_rats_new(v->ctx, places, &st);
    if (!x->sure) goto done;
    ent_bv_gather(v, known, s, x->threats, x->sure, &exact);
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(check_threats(x, node));
    ent_ledger_end_at(&v->c, node, "threats are neutral procedural solutions");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "dictators", &dictators));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "dictators", &proofs));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, dictators, ENT_JSON_OBJECT));
    ENT_TRY(ent_bv_counted(v, dictators, (uint32_t)s->size, "dictators"));
    for (int k = 0; k < s->size; k++) {
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, dictators, v->m->player[s->member[k]], &one));
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, proofs, v->m->player[s->member[k]], &evidence));
        ENT_TRY(check_dictator(x, known, k, one, evidence));
    }
done:
    ent_rats_free(x->threats, places);
    ent_rats_free(x->sure, places);
    return st;
}

ent_status ent_bv_strong(ent_bv *v)
{
    ent_status st = ENT_OK;
    const ent_json *nodes = NULL, *proofs = NULL, *node = NULL, *proof = NULL;
    ent_bv_known *known = NULL;
    if (strcmp(v->outcome, "solved") != 0)
        ent_ledger_refuse(&v->c, ent_json_get(v->result, "outcome"), "wanted \"solved\"");
    ENT_TRY(ent_bv_check_alone(v));
    ENT_TRY(ent_bv_known_new(v, &known));
    ENT_TRY(ent_bv_neutral_threats(v, known));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "coalitions", &nodes));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "coalitions", &proofs));
    ENT_TRY(ent_bv_counted(v, nodes, (uint32_t)ent_bv_coalitions(v->m->focus), "coalitions"));
    for (ent_coal s = ent_bv_next(v->m->focus, 0); s; s = ent_bv_next(v->m->focus, s)) {
        strong x = {.v = v, .s = v->m->coalition[s]};
        ENT_TRY(ent_bv_of(v, nodes, s, &node));
        ENT_TRY(ent_bv_of(v, proofs, s, &proof));
        ENT_TRY(check_coalition(&x, known, node, proof));
    }
done:
    ent_bv_known_free(v, known);
    return st;
}
