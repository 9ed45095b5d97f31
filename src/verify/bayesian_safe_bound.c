/* A bound on safe mechanisms by multipliers, docs/results.md "bayesian: strong". For each type t_i
 * of the dictator the others' rows are weights and multipliers of their own, so that the function
 * to be maximised is a virtual worth at scales that depend on t_i. */
#include "verify/bayesian_dictator.h"

#include <string.h>

static int type_named(const ent_bv *v, int player, const char *name)
{
    for (int t = 0; t < v->m->types[player]; t++)
        if (strcmp(v->m->type[player][t], name) == 0) return t;
    return -1;
}

static ent_status named_type(ent_bv *v, const ent_json *object, const char *key, int player,
                             int *type)
{
    ent_status st = ENT_OK;
    const char *name = NULL;
    ENT_TRY(ent_claims_text(&v->c, object, key, &name));
    *type = type_named(v, player, name);
    if (*type < 0)
        st = ent_json_fail(v->ctx, v->c.doc, ent_json_get(object, key), ENT_E_MODEL,
                           "wanted a type of %s, found \"%s\"", v->m->player[player], name);
done:
    return st;
}

/* truth {"REPORT": r} of member j's type t, over p_i(t_i), into the scales of t_i. */
static ent_status read_truth(ent_bv *v, const ent_json *object, ent_bv_scales *scales, int j, int t,
                             const ent_rat *probability)
{
    ent_status st = ENT_OK;
    ent_claim claim = {.number = ENT_RAT_ZERO};
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    for (const ent_json *node = object->first; node; node = node->next) {
        const int tau = type_named(v, scales->s->member[j], node->key);
        if (tau < 0 || tau == t) {
            st = ent_json_fail_key(v->ctx, v->c.doc, node, ENT_E_MODEL,
                                   "wanted another type, found \"%s\"", node->key);
            goto done;
        }
        ENT_TRY(ent_bv_number(v, node, &claim));
        if (ent_rat_sign(&claim.number) < 0)
            ent_ledger_refuse(&v->c, node, "a negative multiplier");
        ent_rat_div(&scales->multiplier[ent_bv_pair(scales->s, j, t, tau)].number, &claim.number,
                    probability);
    }
done:
    ent_rat_release(&claim.number);
    return st;
}

/* One row of "others"; the bound loses participation times the threat. */
static ent_status read_row(ent_bv *v, const ent_bv_dictator *x, const ent_json *node,
                           ent_bv_scales *scales, ent_rat *bound)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    const int i = s->member[x->k];
    const char *name = NULL;
    int ti = 0, t = 0, j = -1;
    const ent_json *truth = NULL;
    ent_claim claim = {.number = ENT_RAT_ZERO};
    ENT_TRY(named_type(v, node, "type", i, &ti));
    ENT_TRY(ent_claims_text(&v->c, node, "player", &name));
    for (int k = 0; k < s->size; k++)
        if (k != x->k && strcmp(v->m->player[s->member[k]], name) == 0) j = k;
    if (j < 0) {
        st = ent_json_fail(v->ctx, v->c.doc, node, ENT_E_MODEL,
                           "wanted another member, found \"%s\"", name);
        goto done;
    }
    ENT_TRY(named_type(v, node, "of", s->member[j], &t));
    const ent_rat *probability = &v->m->prior[i].exact[ti];
    ENT_TRY(ent_bv_number_of(v, node, "participation", &claim));
    if (!x->equality && ent_rat_sign(&claim.number) < 0)
        ent_ledger_refuse(&v->c, claim.node, "a negative multiplier of an inequality");
    ent_claim *weight = &scales[ti].weight[s->first[j] + t];
    if (weight->node) ent_ledger_refuse(&v->c, node, "this row stands twice");
    weight->node = node;
    ent_rat_submul(bound, &claim.number, &x->threat[s->first[j] + t]);
    ent_rat_div(&weight->number, &claim.number, probability);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "truth", &truth));
    ENT_TRY(read_truth(v, truth, &scales[ti], j, t, probability));
done:
    ent_rat_release(&claim.number);
    return st;
}

/* {"REPORT|TYPE": r} of the dictator, the same at each of its types. */
static ent_status read_dictator(ent_bv *v, const ent_bv_dictator *x, const ent_json *object,
                                ent_bv_scales *scales)
{
    ent_status st = ENT_OK;
    const int player = x->s->member[x->k];
    ent_claim claim = {.number = ENT_RAT_ZERO};
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    for (const ent_json *node = object->first; node; node = node->next) {
        int tau = -1, t = -1;
        for (int a = 0; a < v->m->types[player]; a++) {
            const size_t length = strlen(v->m->type[player][a]);
            if (strncmp(node->key, v->m->type[player][a], length) == 0 &&
                node->key[length] == '|') {
                tau = a;
                t = type_named(v, player, node->key + length + 1);
            }
        }
        if (t < 0 || t == tau) {
            st = ent_json_fail_key(v->ctx, v->c.doc, node, ENT_E_MODEL,
                                   "wanted \"REPORT|TYPE\", found \"%s\"", node->key);
            goto done;
        }
        ENT_TRY(ent_bv_number(v, node, &claim));
        if (ent_rat_sign(&claim.number) < 0)
            ent_ledger_refuse(&v->c, node, "a negative multiplier");
        for (int a = 0; a < x->s->types[x->k]; a++)
            ent_rat_set(&scales[a].multiplier[ent_bv_pair(x->s, x->k, t, tau)].number,
                        &claim.number);
    }
done:
    ent_rat_release(&claim.number);
    return st;
}

/* sum over profiles of p(t) max over d, at the scales of the dictator's type in t. */
static ent_status add_maxima(ent_bv *v, const ent_bv_dictator *x, const ent_bv_scales *scales,
                             ent_rat *bound)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    const int stride = ent_bayes_stride(s, x->k);
    const size_t decisions = (size_t)s->decisions;
    ent_rat *worth = ent_rats_new(v->ctx, decisions, &st);
    if (!worth) goto done;
    for (int t = 0; t < s->profiles; t++) {
        ent_bv_worths(v, s, &scales[t / stride % s->types[x->k]], t, worth);
        const ent_rat *most = worth;
        for (int d = 1; d < s->decisions; d++)
            if (ent_rat_cmp(&worth[d], most) > 0) most = &worth[d];
        ent_rat_addmul(bound, &s->prior.exact[t], most);
    }
done:
    ent_rats_free(worth, decisions);
    return st;
}

static ent_status empty_scales(ent_bv *v, const ent_bv_dictator *x, bool objective,
                               ent_bv_scales *out)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    out->s = s;
    out->weight = ent_claims_new(v->ctx, s->interims, &st);
    if (!out->weight) goto done;
    out->multiplier = ent_claims_new(v->ctx, ent_bv_pairs(s), &st);
    if (!out->multiplier) goto done;
    out->diagonal = ent_rats_new(v->ctx, (size_t)s->interims, &st);
    for (int t = 0; objective && t < s->types[x->k]; t++)
        ent_rat_set(&out->weight[s->first[x->k] + t].number,
                    &v->m->prior[s->member[x->k]].exact[t]);
done:
    return st;
}

ent_status ent_bv_safe_bound(ent_bv *v, const ent_bv_dictator *x, const ent_json *proof,
                             bool objective, ent_rat *bound)
{
    ent_status st = ENT_OK;
    const int types = x->s->types[x->k];
    const bool quoted = v->quoted;
    const ent_json *node = NULL, *dictator = NULL, *others = NULL;
    ent_bv_scales *scales = NULL;
    v->quoted = true;
    ENT_ALLOC(v->ctx, scales, types);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "safe_multipliers", &node));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "dictator", &dictator));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "others", &others));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, others, ENT_JSON_ARRAY));
    for (int t = 0; t < types; t++) ENT_TRY(empty_scales(v, x, objective, &scales[t]));
    ent_rat_set_int(bound, 0);
    ENT_TRY(read_dictator(v, x, dictator, scales));
    for (const ent_json *row = others->first; row; row = row->next)
        ENT_TRY(read_row(v, x, row, scales, bound));
    for (int t = 0; t < types; t++) ent_bv_scales_refresh(&scales[t]);
    ENT_TRY(add_maxima(v, x, scales, bound));
done:
    v->quoted = quoted;
    for (int t = 0; scales && t < types; t++) ent_bv_scales_release(&scales[t]);
    ent_free(scales);
    return st;
}
