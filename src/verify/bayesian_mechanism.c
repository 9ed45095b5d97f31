/* Mechanisms of documents of the bayesian family, and what they give to types that tell the truth
 * and to types that do not. */
#include "verify/bayesian_verify.h"

#include <string.h>

static int decision_of(const ent_bayes_coal *s, const char *name)
{
    for (int d = 0; d < s->decisions; d++)
        if (strcmp(s->decision[d], name) == 0) return d;
    return -1;
}

/* The lottery of one profile: decisions listed once, positive probabilities, sum 1. */
static ent_status read_lottery(ent_bv *v, const ent_json *lottery, const ent_bayes_coal *s, int t,
                               ent_bv_mechanism *out)
{
    ent_status st = ENT_OK;
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    bool exact = true;
    ent_rat_set_int(&one, 1);
    for (const ent_json *node = lottery->first; node; node = node->next) {
        ent_claim *claim = &out->probability[out->n];
        out->profile[out->n] = t;
        out->decision[out->n] = decision_of(s, node->key);
        if (out->decision[out->n] < 0) {
            st = ent_json_fail_key(v->ctx, v->c.doc, node, ENT_E_MODEL,
                                   "wanted a decision of the coalition, found \"%s\"", node->key);
            goto done;
        }
        out->n++;
        ENT_TRY(ent_bv_number(v, node, claim));
        if (ent_rat_sign(&claim->number) <= 0)
            ent_ledger_refuse(&v->c, node, "a probability that is not positive");
        exact = exact && claim->exact;
        ent_rat_add(&sum, &sum, &claim->number);
    }
    ent_rat_sub(&sum, &sum, &one);
    ent_claims_zero(&v->c, lottery, exact, &sum, &one, "the sum of the probabilities less 1");
    out->exact = out->exact && exact;
done:
    ent_rat_release(&sum);
    ent_rat_release(&one);
    return st;
}

static ent_status allocate(ent_bv *v, int entries, ent_bv_mechanism *out)
{
    ent_status st = ENT_OK;
    ENT_ALLOC(v->ctx, out->profile, entries);
    ENT_ALLOC(v->ctx, out->decision, entries);
    out->probability = ent_claims_new(v->ctx, entries, &st);
    if (out->probability) out->n = entries; /* what release frees */
done:
    return st;
}

ent_status ent_bv_mechanism_read(ent_bv *v, const ent_json *node, const ent_bayes_coal *s,
                                 ent_bv_mechanism *out)
{
    ent_status st = ENT_OK;
    int entries = 0;
    ent_text name;
    *out = (ent_bv_mechanism){.node = node, .exact = true};
    ent_text_init(v->ctx, &name);
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_OBJECT));
    for (const ent_json *lottery = node->first; lottery; lottery = lottery->next) {
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, lottery, ENT_JSON_OBJECT));
        entries += (int)lottery->count;
    }
    ENT_TRY(ent_bv_counted(v, node, (uint32_t)s->profiles, "profiles of types"));
    ENT_TRY(allocate(v, entries, out));
    out->n = 0;
    for (int t = 0; t < s->profiles; t++) {
        const ent_json *lottery = NULL;
        ent_text_reset(&name);
        ent_bayesian_profile_name(&name, v->m, s, t);
        ENT_TRY(name.status);
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, name.data, &lottery));
        ENT_TRY(read_lottery(v, lottery, s, t, out));
    }
done:
    if (out->probability) out->n = entries;
    ent_text_release(&name);
    return st;
}

ent_status ent_bv_mechanism_of(ent_bv *v, const ent_json *object, const ent_bayes_coal *s,
                               ent_bv_mechanism *out)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, "mechanism", &node));
    ENT_TRY(ent_bv_mechanism_read(v, node, s, out));
done:
    return st;
}

void ent_bv_mechanism_release(ent_bv_mechanism *mechanism)
{
    ent_claims_free(mechanism->probability, mechanism->n);
    ent_free(mechanism->profile);
    ent_free(mechanism->decision);
    *mechanism = (ent_bv_mechanism){0};
}

/* One decision of one reported profile: it comes to member k with the probability of the others'
 * types, whatever k's own are. */
static void add_report(ent_bv *v, const ent_bayes_coal *s, int profile, int decision,
                       const ent_rat *weight, ent_rat *u)
{
    ent_rat others = ENT_RAT_ZERO;
    for (int k = 0, first = 0; k < s->size; first += s->types[k] * s->types[k], k++) {
        const int stride = ent_bayes_stride(s, k), tau = profile / stride % s->types[k],
                  base = profile - tau * stride;
        ent_rat_mul(&others, weight, &s->prior.exact[profile]);
        ent_rat_div(&others, &others, &v->m->prior[s->member[k]].exact[tau]);
        for (int t = 0; t < s->types[k]; t++)
            ent_rat_addmul(&u[first + t * s->types[k] + tau], &others,
                           &s->utility.exact[ent_bayes_utility(s, k, decision, base + t * stride)]);
    }
    ent_rat_release(&others);
}

/* [Sal] (3.1): U_i(tau|t) = sum over t_-i of p(t_-i) sum over d of mu(d|tau,t_-i) u_i(d,t) */
void ent_bv_reports(ent_bv *v, const ent_bayes_coal *s, const ent_bv_mechanism *mechanism,
                    ent_rat *u)
{
    for (int p = 0; p < ent_bv_pairs(s); p++) ent_rat_set_int(&u[p], 0);
    for (int e = 0; e < mechanism->n; e++)
        add_report(v, s, mechanism->profile[e], mechanism->decision[e],
                   &mechanism->probability[e].number, u);
}

void ent_bv_truths(const ent_bayes_coal *s, const ent_rat *u, ent_rat *interim)
{
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++)
            ent_rat_set(&interim[s->first[k] + t], &u[ent_bv_pair(s, k, t, t)]);
}

/* [Sal] (3.2): row[types] is what type t gets from each report. */
static void no_lie_pays(ent_bv *v, const ent_bv_mechanism *mechanism, const ent_rat *row, int t,
                        int types, const ent_rat *range)
{
    ent_rat gain = ENT_RAT_ZERO;
    for (int tau = 0; tau < types; tau++) {
        ent_rat_sub(&gain, &row[tau], &row[t]);
        ent_claims_at_most_zero(&v->c, mechanism->node, mechanism->exact, &gain, range,
                                "what a type gains by reporting another");
    }
    ent_rat_release(&gain);
}

void ent_bv_gives(ent_bv *v, const ent_bayes_coal *s, const ent_bv_mechanism *mechanism,
                  const ent_rat *u, ent_coal whose, const ent_claim *utility)
{
    for (int k = 0, p = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++, p += s->types[k]) {
            const ent_rat *range = &v->range[s->member[k]];
            if (ent_coal_has(whose, s->member[k]))
                no_lie_pays(v, mechanism, &u[p], t, s->types[k], range);
            if (utility)
                ent_claims_equal(&v->c, &utility[s->first[k] + t], &u[p + t], mechanism->exact,
                                 range, "what the mechanism gives");
        }
}
