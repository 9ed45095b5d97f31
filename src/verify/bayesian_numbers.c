/* Reading the numbers of documents of the bayesian family: interims, multipliers, mechanisms. */
#include "verify/bayesian_verify.h"

#include <string.h>

bool ent_bv_all_exact(const ent_claim *claim, int n)
{
    for (int k = 0; k < n; k++)
        if (!claim[k].exact) return false;
    return true;
}

ent_status ent_bv_number(ent_bv *v, const ent_json *node, ent_claim *claim)
{
    ent_status st = ENT_OK;
    if (v->may_be_open && node->kind == ENT_JSON_NULL) {
        ent_ledger_held(&v->c, ENT_VERIFIED, 0.0);
        claim->node = node;
        return ENT_OK;
    }
    if (!v->quoted) {
        ent_claim_read(&v->c, node, claim);
        return ENT_OK;
    }
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_STRING));
    ENT_TRY(ent_json_rat(v->ctx, v->c.doc, node, &claim->number));
    claim->node = node;
    claim->exact = true;
done:
    return st;
}

ent_status ent_bv_number_of(ent_bv *v, const ent_json *object, const char *key, ent_claim *claim)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, key, &node));
    ENT_TRY(ent_bv_number(v, node, claim));
done:
    return st;
}

static ent_status one_player(ent_bv *v, const ent_json *object, const ent_bayes_coal *s, int k,
                             ent_claim *claim)
{
    ent_status st = ENT_OK;
    const int i = s->member[k];
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, v->m->player[i], &node));
    if (s->types[k] == 1) {
        ENT_TRY(ent_bv_number(v, node, &claim[s->first[k]]));
        goto done;
    }
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_OBJECT));
    for (int t = 0; t < s->types[k]; t++)
        ENT_TRY(ent_bv_number_of(v, node, v->m->type[i][t], &claim[s->first[k] + t]));
    ENT_TRY(ent_bv_counted(v, node, (uint32_t)s->types[k], "types"));
done:
    return st;
}

ent_status ent_bv_interim(ent_bv *v, const ent_json *object, const ent_bayes_coal *s,
                          ent_coal whose, ent_claim *claim)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    for (int k = 0; k < s->size; k++)
        if (ent_coal_has(whose, s->member[k])) ENT_TRY(one_player(v, object, s, k, claim));
    ENT_TRY(ent_bv_counted(v, object, (uint32_t)ent_coal_size(whose), "players"));
done:
    return st;
}

ent_status ent_bv_member_interim(ent_bv *v, const ent_json *object, const char *key,
                                 const ent_bayes_coal *s, ent_claim *claim)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, key, &node));
    ENT_TRY(ent_bv_interim(v, node, s, s->members, claim));
done:
    return st;
}

int ent_bv_pairs(const ent_bayes_coal *s)
{
    int pairs = 0;
    for (int k = 0; k < s->size; k++) pairs += s->types[k] * s->types[k];
    return pairs;
}

int ent_bv_pair(const ent_bayes_coal *s, int k, int t, int tau)
{
    int first = 0;
    for (int j = 0; j < k; j++) first += s->types[j] * s->types[j];
    return first + t * s->types[k] + tau;
}

static int type_of(const ent_bv *v, int player, const char *name, size_t length)
{
    for (int t = 0; t < v->m->types[player]; t++)
        if (strlen(v->m->type[player][t]) == length &&
            strncmp(v->m->type[player][t], name, length) == 0)
            return t;
    return -1;
}

/* "REPORT|TYPE" */
static ent_status one_multiplier(ent_bv *v, const ent_json *node, int k, ent_bv_scales *out)
{
    const int player = out->s->member[k];
    const char *bar = strchr(node->key, '|');
    const int tau = bar ? type_of(v, player, node->key, (size_t)(bar - node->key)) : -1;
    const int t = bar ? type_of(v, player, bar + 1, strlen(bar + 1)) : -1;
    if (tau < 0 || t < 0 || t == tau)
        return ent_json_fail_key(v->ctx, v->c.doc, node, ENT_E_MODEL,
                                 "wanted two types of %s, \"REPORT|TYPE\", found \"%s\"",
                                 v->m->player[player], node->key);
    return ent_bv_number(v, node, &out->multiplier[ent_bv_pair(out->s, k, t, tau)]);
}

static ent_status read_multipliers(ent_bv *v, const ent_json *object, ent_bv_scales *out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    for (const ent_json *node = object->first; node; node = node->next) {
        int player = -1;
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_OBJECT));
        for (int i = 0; i < v->m->n; i++)
            if (strcmp(v->m->player[i], node->key) == 0) player = i;
        const int k = player < 0 ? -1 : ent_bayes_place(out->s, player);
        if (k < 0) {
            st = ent_json_fail_key(v->ctx, v->c.doc, node, ENT_E_MODEL,
                                   "wanted a member of the coalition, found \"%s\"", node->key);
            goto done;
        }
        for (const ent_json *one = node->first; one; one = one->next)
            ENT_TRY(one_multiplier(v, one, k, out));
    }
done:
    return st;
}

void ent_bv_scales_refresh(ent_bv_scales *scales)
{
    const ent_bayes_coal *s = scales->s;
    for (int k = 0, p = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++) {
            ent_rat *diagonal = &scales->diagonal[s->first[k] + t];
            ent_rat_set(diagonal, &scales->weight[s->first[k] + t].number);
            for (int tau = 0; tau < s->types[k]; tau++, p++)
                ent_rat_add(diagonal, diagonal, &scales->multiplier[p].number);
        }
}

ent_status ent_bv_scales_read_from(ent_bv *v, const ent_json *weights, const ent_json *multipliers,
                                   const ent_bayes_coal *s, ent_bv_scales *out)
{
    ent_status st = ENT_OK;
    const int pairs = ent_bv_pairs(s);
    *out = (ent_bv_scales){.s = s, .weights = weights, .multipliers = multipliers};
    out->weight = ent_claims_new(v->ctx, s->interims, &st);
    if (!out->weight) goto done;
    out->multiplier = ent_claims_new(v->ctx, pairs, &st);
    if (!out->multiplier) goto done;
    out->diagonal = ent_rats_new(v->ctx, (size_t)s->interims, &st);
    if (!out->diagonal) goto done;
    if (weights) ENT_TRY(ent_bv_interim(v, weights, s, s->members, out->weight));
    ENT_TRY(read_multipliers(v, multipliers, out));
    out->exact =
        ent_bv_all_exact(out->weight, s->interims) && ent_bv_all_exact(out->multiplier, pairs);
    ent_bv_scales_refresh(out);
done:
    return st;
}

ent_status ent_bv_scales_read(ent_bv *v, const ent_json *object, const ent_bayes_coal *s,
                              ent_bv_scales *out)
{
    ent_status st = ENT_OK;
    const ent_json *weights = NULL, *multipliers = NULL;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, "weights", &weights));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, "multipliers", &multipliers));
    ENT_TRY(ent_bv_scales_read_from(v, weights, multipliers, s, out));
done:
    return st;
}

void ent_bv_scales_release(ent_bv_scales *scales)
{
    if (!scales->s) return;
    ent_claims_free(scales->weight, scales->s->interims);
    ent_claims_free(scales->multiplier, ent_bv_pairs(scales->s));
    ent_rats_free(scales->diagonal, (size_t)scales->s->interims);
    *scales = (ent_bv_scales){0};
}

void ent_bv_scales_check(ent_bv *v, const ent_bv_scales *scales, bool positive, bool normalised)
{
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    bool exact = true;
    ent_rat_set_int(&one, 1);
    for (int m = 0; m < scales->s->interims; m++) {
        const ent_claim *w = &scales->weight[m];
        exact = exact && w->exact;
        ent_rat_add(&sum, &sum, &w->number);
        if (ent_rat_sign(&w->number) < (positive ? 1 : 0))
            ent_ledger_refuse(&v->c, w->node ? w->node : scales->weights, "a weight that is %s",
                              positive ? "not positive" : "negative");
    }
    ent_rat_sub(&sum, &sum, &one);
    if (normalised)
        ent_claims_zero(&v->c, scales->weights, exact, &sum, &one, "the sum of the weights less 1");
    for (int p = 0; p < ent_bv_pairs(scales->s); p++) {
        const ent_claim *a = &scales->multiplier[p];
        if (ent_rat_sign(&a->number) < 0)
            ent_ledger_refuse(&v->c, a->node, "a negative multiplier");
    }
    ent_rat_release(&sum);
    ent_rat_release(&one);
}

void ent_bv_extremes(const ent_bayes_coal *s, int k, int t, ent_rat *least, ent_rat *most)
{
    const int stride = ent_bayes_stride(s, k);
    bool any = false;
    for (int c = 0; c < s->profiles; c++)
        for (int d = 0; c / stride % s->types[k] == t && d < s->decisions; d++) {
            const ent_rat *u = &s->utility.exact[ent_bayes_utility(s, k, d, c)];
            if (!any || ent_rat_cmp(u, least) < 0) ent_rat_set(least, u);
            if (!any || ent_rat_cmp(u, most) > 0) ent_rat_set(most, u);
            any = true;
        }
}
