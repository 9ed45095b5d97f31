/* neutral-procedural: [Sal] Definition 4 by induction on coalitions. */
#include "verify/bayesian_dictator.h"
#include "verify/bayesian_enclosure.h"

#include <math.h>
#include <string.h>

ent_status ent_bv_known_add(ent_bv *v, ent_coal s, ent_bv_known *known)
{
    ent_status st = ENT_OK;
    const size_t interims = (size_t)v->m->coalition[s]->interims;
    known[s].utility = ent_rats_new(v->ctx, interims, &st);
    if (known[s].utility) known[s].sure = ent_rats_new(v->ctx, interims, &st);
    return st;
}

void ent_bv_known_free(ent_bv *v, ent_bv_known *known)
{
    for (ent_coal s = 1; known && s <= ent_coal_all(v->m->n); s++) {
        const size_t interims = (size_t)v->m->coalition[s]->interims;
        ent_rats_free(known[s].utility, interims);
        ent_rats_free(known[s].sure, interims);
    }
    ent_free(known);
}

ent_status ent_bv_known_new(ent_bv *v, ent_bv_known **out)
{
    ent_status st = ENT_OK;
    ent_bv_known *known = NULL;
    ENT_ALLOC(v->ctx, known, (size_t)1 << v->m->n);
    *out = known;
    for (int i = 0; i < v->m->n; i++) {
        const ent_coal single = ent_coal_single(i);
        if (!ent_coal_has(v->m->focus, i)) continue;
        ENT_TRY(ent_bv_known_add(v, single, known));
        ent_bv_alone(v, v->m->coalition[single], known[single].utility);
        ent_bv_alone(v, v->m->coalition[single], known[single].sure);
        known[single].exact = true;
    }
done:
    return st;
}

void ent_bv_gather(const ent_bv *v, const ent_bv_known *known, const ent_bayes_coal *s,
                   ent_rat *out, ent_rat *sure, bool *exact)
{
    *exact = true;
    for (int k = 0; k < s->size; k++) {
        const ent_coal rest = s->members & ~ent_coal_single(s->member[k]);
        const ent_bayes_coal *r = v->m->coalition[rest];
        *exact = *exact && known[rest].exact;
        for (int j = 0; j < s->size; j++) {
            const int place = ent_bayes_place(r, s->member[j]);
            for (int t = 0; place >= 0 && t < s->types[j]; t++) {
                ent_rat_set(&out[k * s->interims + s->first[j] + t],
                            &known[rest].utility[r->first[place] + t]);
                ent_rat_set(&sure[k * s->interims + s->first[j] + t],
                            &known[rest].sure[r->first[place] + t]);
            }
        }
    }
}

/* [Sal] (3.3), Theorem 3: U >= alone for everybody. A shortfall that doubles cannot tell from 0
 * decides nothing. */
static ent_status check_rational(ent_bv *v, const ent_bayes_coal *s, const ent_json *node,
                                 const ent_claim *utility, bool exact)
{
    ent_status st = ENT_OK;
    double worst = 0.0;
    bool any = false, stated = false;
    ent_rat error = ENT_RAT_ZERO;
    ent_rat *alone = ent_rats_new(v->ctx, (size_t)s->interims, &st);
    if (!alone) goto done;
    ent_bv_alone(v, s, alone);
    for (int k = 0; k < s->size; k++)
        for (int m = s->first[k]; m < s->first[k + 1]; m++) {
            ent_rat_sub(&error, &alone[m], &utility[m].number);
            any = any || ent_rat_sign(&error) > 0;
            ent_rat_div(&error, &error, &v->range[s->member[k]]);
            worst = fmax(worst, ent_rat_double(&error));
        }
    ENT_TRY(ent_bv_truth(v, node, "individually_rational", &stated));
    const bool open = !exact && any && worst <= ENT_LEDGER_APPROXIMATE;
    if (!open && stated == any)
        ent_ledger_refuse(&v->c, ent_json_get(node, "individually_rational"), "recomputed %s",
                          any ? "false" : "true");
done:
    ent_rats_free(alone, (size_t)s->interims);
    ent_rat_release(&error);
    return st;
}

/* A solution from another start: the same conditions, another value. */
static ent_status check_other(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                              const ent_json *proof)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = b->s;
    bool exact = false;
    ent_bv_mechanism mechanism = {0};
    ent_claim *utility = NULL;
    ent_rat *sure = ent_rats_new(v->ctx, (size_t)s->interims, &st);
    if (!sure) goto done;
    utility = ent_claims_new(v->ctx, s->interims, &st);
    if (!utility) goto done;
    ENT_TRY(ent_bv_point(v, b, node, proof, utility, sure, &exact, &mechanism));
    ent_ledger_end_at(&v->c, node,
                      "another solution with the same threats: Definition 4 recomputed");
done:
    ent_bv_mechanism_release(&mechanism);
    ent_claims_free(utility, s->interims);
    ent_rats_free(sure, (size_t)s->interims);
    return st;
}

static ent_status check_others(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                               const ent_json *proof)
{
    ent_status st = ENT_OK;
    const ent_json *points = NULL, *proofs = NULL;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "others", &points));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "others", &proofs));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, points, ENT_JSON_ARRAY));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, proofs, ENT_JSON_ARRAY));
    ENT_TRY(ent_bv_counted(v, proofs, points->count, "proofs of other solutions"));
    const ent_json *evidence = proofs->first;
    for (const ent_json *other = points->first; other;
         other = other->next, evidence = evidence->next)
        ENT_TRY(check_other(v, b, other, evidence));
done:
    return st;
}

static ent_status check_coalition(ent_bv *v, ent_bv_known *known, ent_coal mask,
                                  const ent_json *node, const ent_json *proof)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = v->m->coalition[mask];
    const size_t threats = (size_t)s->size * (size_t)s->interims;
    ent_bv_known *k = &known[mask];
    ent_bv_mechanism mechanism = {0};
    ent_claim *utility = NULL;
    ent_rat *out = NULL, *sure = NULL;
    ent_bv_bargain b = {.s = s, .share = s->size};
    out = ent_rats_new(v->ctx, threats, &st);
    if (!out) goto done;
    sure = ent_rats_new(v->ctx, threats, &st);
    if (!sure) goto done;
    utility = ent_claims_new(v->ctx, s->interims, &st);
    if (!utility) goto done;
    ENT_TRY(ent_bv_known_add(v, mask, known));
    ent_bv_gather(v, known, s, out, sure, &b.out_exact);
    b.out = out;
    b.sure = sure;
    ENT_TRY(ent_bv_point(v, &b, node, proof, utility, k->sure, &k->exact, &mechanism));
    for (int m = 0; m < s->interims; m++) ent_rat_set(&k->utility[m], &utility[m].number);
    ENT_TRY(check_rational(v, s, node, utility, k->exact));
    ENT_TRY(ent_bv_prices(v, s, &mechanism, node));
    ent_ledger_end_at(
        &v->c, node,
        k->exact
            ? "mechanism, incentives, Proposition 1, claims (4.11) and shares (5.1): Definition 4"
            : "Definition 4 recomputed; epsilon, gap and incentives of a rational mechanism");
    ENT_TRY(ent_bv_enclosure(v, &b, node, proof, k->exact ? k->utility : NULL));
    ENT_TRY(check_others(v, &b, node, proof));
done:
    ent_bv_mechanism_release(&mechanism);
    ent_claims_free(utility, s->interims);
    ent_rats_free(out, threats);
    ent_rats_free(sure, threats);
    return st;
}

ent_status ent_bv_neutral_part(ent_bv *v, const ent_json *solution, const ent_json *certificate,
                               bool smaller, ent_bv_known *known)
{
    ent_status st = ENT_OK;
    const ent_json *nodes = NULL, *proofs = NULL, *node = NULL, *proof = NULL;
    const int count = ent_bv_coalitions(v->m->focus) - (smaller && ent_coal_size(v->m->focus) > 1);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, solution, "coalitions", &nodes));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, certificate, "coalitions", &proofs));
    ENT_TRY(ent_bv_counted(v, nodes, (uint32_t)count, "coalitions"));
    ENT_TRY(ent_bv_counted(v, proofs, (uint32_t)count, "coalitions"));
    for (ent_coal s = ent_bv_next(v->m->focus, 0); s; s = ent_bv_next(v->m->focus, s)) {
        if (smaller && s == v->m->focus) break;
        ENT_TRY(ent_bv_of(v, nodes, s, &node));
        ENT_TRY(ent_bv_of(v, proofs, s, &proof));
        ENT_TRY(check_coalition(v, known, s, node, proof));
    }
done:
    return st;
}

ent_status ent_bv_neutral_threats(ent_bv *v, ent_bv_known *known)
{
    ent_status st = ENT_OK;
    const ent_json *neutral = NULL, *solution = NULL, *certificate = NULL;
    if (ent_coal_size(v->m->focus) <= 2) return st;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "neutral", &neutral));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, neutral, "solution", &solution));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, neutral, "certificate", &certificate));
    ENT_TRY(ent_bv_neutral_part(v, solution, certificate, true, known));
done:
    return st;
}

ent_status ent_bv_neutral(ent_bv *v)
{
    ent_status st = ENT_OK;
    ent_bv_known *known = NULL;
    if (strcmp(v->outcome, "solved") != 0)
        ent_ledger_refuse(&v->c, ent_json_get(v->result, "outcome"), "wanted \"solved\"");
    ENT_TRY(ent_bv_check_alone(v));
    ENT_TRY(ent_bv_known_new(v, &known));
    ENT_TRY(ent_bv_neutral_part(v, v->solution, v->certificate, false, known));
done:
    ent_bv_known_free(v, known);
    return st;
}
