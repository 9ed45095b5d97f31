/* Why a box holds no claims of a solution. */
#include "verify/bayesian_enclosure.h"

static ent_status whole_numbers(ent_bv *v, const ent_json *object, const char *key, uint32_t count,
                                const ent_json **out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, key, out));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, *out, ENT_JSON_ARRAY));
    ENT_TRY(ent_bv_counted(v, *out, count, "numbers"));
done:
    return st;
}

ent_status ent_bv_gap(ent_bv *v, const ent_bv_scales *scales, const ent_rat *low, ent_rat *gap)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = scales->s;
    ent_rat *most = ent_rats_new(v->ctx, (size_t)s->profiles, &st);
    if (!most) goto done;
    ENT_TRY(ent_bv_maxima(v, s, scales, 0, most));
    ent_bv_mean(s, most, gap);
    for (int m = 0; m < s->interims; m++) ent_rat_submul(gap, &scales->weight[m].number, &low[m]);
done:
    ent_rats_free(most, (size_t)s->profiles);
    return st;
}

/* "weights" and "multipliers" in units of the members' ranges; the latter in the order (member,
 * type, report). */
static ent_status read_scales(ent_bv *v, const ent_json *node, const ent_bayes_coal *s,
                              const ent_rat *scale, ent_bv_scales *out)
{
    ent_status st = ENT_OK;
    const ent_json *weights = NULL, *multipliers = NULL, *next = NULL;
    uint32_t pairs = 0;
    *out = (ent_bv_scales){.s = s};
    out->weight = ent_claims_new(v->ctx, s->interims, &st);
    if (!out->weight) goto done;
    out->multiplier = ent_claims_new(v->ctx, ent_bv_pairs(s), &st);
    if (!out->multiplier) goto done;
    out->diagonal = ent_rats_new(v->ctx, (size_t)s->interims, &st);
    if (!out->diagonal) goto done;
    for (int k = 0; k < s->size; k++) pairs += (uint32_t)(s->types[k] * (s->types[k] - 1));
    ENT_TRY(whole_numbers(v, node, "weights", (uint32_t)s->interims, &weights));
    ENT_TRY(whole_numbers(v, node, "multipliers", pairs, &multipliers));
    next = weights->first;
    for (int k = 0; k < s->size; k++)
        for (int m = s->first[k]; m < s->first[k + 1]; m++, next = next->next) {
            ENT_TRY(ent_json_rat(v->ctx, v->c.doc, next, &out->weight[m].number));
            ent_rat_div(&out->weight[m].number, &out->weight[m].number, &scale[k]);
            out->weight[m].node = next;
        }
    next = multipliers->first;
    for (int k = 0; k < s->size; k++)
        for (int p = 0; p < s->types[k] * s->types[k]; p++) {
            ent_claim *alpha = &out->multiplier[ent_bv_pair(s, k, 0, 0) + p];
            if (p / s->types[k] == p % s->types[k]) continue;
            ENT_TRY(ent_json_rat(v->ctx, v->c.doc, next, &alpha->number));
            ent_rat_div(&alpha->number, &alpha->number, &scale[k]);
            alpha->node = next;
            next = next->next;
        }
    ent_bv_scales_refresh(out);
done:
    return st;
}

bool ent_bv_same(const ent_bayes_coal *s, int d, int e)
{
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->profiles; t++)
            if (!ent_rat_equal(&s->utility.exact[ent_bayes_utility(s, k, d, t)],
                               &s->utility.exact[ent_bayes_utility(s, k, e, t)]))
                return false;
    return true;
}

/* The gap when profile t has decision d and its like no more; false: it has no others. */
static ent_status gap_without(ent_bv *v, const ent_bv_scales *scales, const ent_bv_fact *fact,
                              ent_rat *gap, bool *others)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = scales->s;
    ent_rat loss = ENT_RAT_ZERO;
    int most = -1, rest = -1;
    ent_rat *worth = ent_rats_new(v->ctx, (size_t)s->decisions, &st);
    if (!worth) goto done;
    ent_bv_worths(v, s, scales, fact->t, worth);
    for (int d = 0; d < s->decisions; d++) {
        if (most < 0 || ent_rat_cmp(&worth[d], &worth[most]) > 0) most = d;
        if (!ent_bv_same(s, d, fact->d) && (rest < 0 || ent_rat_cmp(&worth[d], &worth[rest]) > 0))
            rest = d;
    }
    *others = rest >= 0;
    if (rest < 0) goto done;
    ent_rat_sub(&loss, &worth[most], &worth[rest]);
    ent_rat_submul(gap, &s->prior.exact[fact->t], &loss);
done:
    ent_rats_free(worth, (size_t)s->decisions);
    ent_rat_release(&loss);
    return st;
}

/* Weights and multipliers are >= 0, but for a multiplier of a slack that is supposed to be 0. */
static void check_signs(ent_bv *v, const ent_bv_scales *scales, const ent_json *node,
                        const ent_bv_fact *fact)
{
    for (int m = 0; m < scales->s->interims; m++)
        if (ent_rat_sign(&scales->weight[m].number) < 0)
            ent_ledger_refuse(&v->c, node, "a negative weight");
    for (int p = 0; p < ent_bv_pairs(scales->s); p++)
        if (ent_rat_sign(&scales->multiplier[p].number) < 0 &&
            !(fact->kind == ENT_BV_STRICT && fact->pair == p))
            ent_ledger_refuse(&v->c, node, "a negative multiplier");
}

/* No incentive compatible mechanism gives everybody (threat + claim) / |S| at the low end: sum p M
 * < weights times that. */
static ent_status unreachable(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                              const ent_bv_box *box, const ent_rat *scale, const ent_bv_fact *fact)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = b->s;
    bool others = true;
    ent_bv_scales scales = {0};
    ent_rat gap = ENT_RAT_ZERO, share = ENT_RAT_ZERO;
    ent_rat *low = ent_rats_new(v->ctx, (size_t)s->interims, &st);
    if (!low) goto done;
    ENT_TRY(read_scales(v, node, s, scale, &scales));
    check_signs(v, &scales, node, fact);
    ent_rat_set_int(&share, b->share);
    for (int m = 0; m < s->interims; m++) {
        ent_bv_threat(b, b->sure, m, &low[m]);
        ent_rat_add(&low[m], &low[m], &box->low[m]);
        ent_rat_div(&low[m], &low[m], &share);
    }
    ENT_TRY(ent_bv_gap(v, &scales, low, &gap));
    if (fact->kind == ENT_BV_USED) ENT_TRY(gap_without(v, &scales, fact, &gap, &others));
    if (others && ent_rat_sign(&gap) >= 0)
        ent_ledger_refuse(&v->c, node, "the weights do not show that utilities are out of reach");
done:
    ent_rats_free(low, (size_t)s->interims);
    ent_bv_scales_release(&scales);
    ent_rat_release(&gap);
    ent_rat_release(&share);
    return st;
}

/* What is summed up for the proof by prices. */
typedef struct balance {
    ent_rat *price; /* [interims] pi */
    ent_rat *mass;  /* [profiles] nu summed up */
    ent_rat *truth; /* [interims] the coefficient of lambda */
    ent_rat *lie;   /* [pairs] the coefficient of alpha(tau|t) */
} balance;

static void balance_free(const ent_bayes_coal *s, balance *x)
{
    ent_rats_free(x->price, (size_t)s->interims);
    ent_rats_free(x->mass, (size_t)s->profiles);
    ent_rats_free(x->truth, (size_t)s->interims);
    ent_rats_free(x->lie, (size_t)ent_bv_pairs(s));
}

static ent_status balance_new(ent_bv *v, const ent_bayes_coal *s, balance *x)
{
    ent_status st = ENT_OK;
    if (!(x->price = ent_rats_new(v->ctx, (size_t)s->interims, &st))) goto done;
    if (!(x->mass = ent_rats_new(v->ctx, (size_t)s->profiles, &st))) goto done;
    if (!(x->truth = ent_rats_new(v->ctx, (size_t)s->interims, &st))) goto done;
    x->lie = ent_rats_new(v->ctx, (size_t)ent_bv_pairs(s), &st);
done:
    return st;
}

/* A mass on decision d in profile t counts for every member: u(d,t) for its type there, less what
 * other types get from that report. */
void ent_bv_virtual_row(const ent_bv *v, const ent_bayes_coal *s, int t, int d,
                        const ent_rat *factor, ent_rat *truth, ent_rat *lie)
{
    ent_rat others = ENT_RAT_ZERO, part = ENT_RAT_ZERO;
    for (int k = 0; k < s->size; k++) {
        const int stride = ent_bayes_stride(s, k), mine = t / stride % s->types[k],
                  base = t - mine * stride;
        ent_rat_mul(&others, factor, &s->prior.exact[t]);
        ent_rat_div(&others, &others, &v->m->prior[s->member[k]].exact[mine]);
        ent_rat_mul(&part, &others, &s->utility.exact[ent_bayes_utility(s, k, d, t)]);
        ent_rat_add(&truth[s->first[k] + mine], &truth[s->first[k] + mine], &part);
        for (int tau = 0; tau < s->types[k]; tau++) {
            if (tau == mine) continue;
            ent_rat *from = &lie[ent_bv_pair(s, k, mine, tau)];
            ent_rat_add(from, from, &part);
            ent_rat_submul(&lie[ent_bv_pair(s, k, tau, mine)], &others,
                           &s->utility.exact[ent_bayes_utility(s, k, d, base + tau * stride)]);
        }
    }
    ent_rat_release(&others);
    ent_rat_release(&part);
}

static ent_status read_masses(ent_bv *v, const ent_bayes_coal *s, const ent_json *node,
                              const ent_bv_fact *fact, balance *x)
{
    ent_status st = ENT_OK;
    const ent_json *masses = NULL;
    ent_rat nu = ENT_RAT_ZERO;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "masses", &masses));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, masses, ENT_JSON_ARRAY));
    for (const ent_json *one = masses->first; one; one = one->next) {
        int64_t t = 0, d = 0;
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, one, ENT_JSON_ARRAY));
        ENT_TRY(ent_bv_counted(v, one, 3, "numbers: profile, decision, mass"));
        ENT_TRY(ent_json_int(v->ctx, v->c.doc, one->first, 0, s->profiles - 1, &t));
        ENT_TRY(ent_json_int(v->ctx, v->c.doc, one->first->next, 0, s->decisions - 1, &d));
        ENT_TRY(ent_json_rat(v->ctx, v->c.doc, one->first->next->next, &nu));
        const bool free = fact->kind == ENT_BV_UNUSED && fact->t == t && fact->d == d;
        if (ent_rat_sign(&nu) < 0 && !free) ent_ledger_refuse(&v->c, one, "a negative mass");
        ent_rat_add(&x->mass[t], &x->mass[t], &nu);
        ent_bv_virtual_row(v, s, (int)t, (int)d, &nu, x->truth, x->lie);
    }
done:
    ent_rat_release(&nu);
    return st;
}

/* In every profile the masses sum up to the prices of its types. */
static void check_balance(ent_bv *v, const ent_bayes_coal *s, const ent_json *node, balance *x)
{
    for (int t = 0; t < s->profiles; t++) {
        for (int k = 0; k < s->size; k++)
            ent_rat_sub(&x->mass[t], &x->mass[t],
                        &x->price[s->first[k] + t / ent_bayes_stride(s, k) % s->types[k]]);
        if (ent_rat_sign(&x->mass[t]) != 0) {
            ent_ledger_refuse(&v->c, node, "masses and prices do not balance in profile %d", t);
            return;
        }
    }
}

/* The larger of factor times the two ends. */
static void larger_end(const ent_rat *factor, const ent_bv_box *box, int m, ent_rat *out)
{
    ent_rat_mul(out, factor, ent_rat_sign(factor) >= 0 ? &box->high[m] : &box->low[m]);
}

/* + sum over members i other than k of (sum of p_i pi_i) U_m^{S\i} */
static void add_threats(const ent_bv *v, const ent_bv_bargain *b, const balance *x, int k, int m,
                        ent_rat *a)
{
    const ent_bayes_coal *s = b->s;
    ent_rat mean = ENT_RAT_ZERO;
    for (int i = 0; i < s->size; i++) {
        if (i == k) continue;
        ent_rat_set_int(&mean, 0);
        for (int t = 0; t < s->types[i]; t++)
            ent_rat_addmul(&mean, &v->m->prior[s->member[i]].exact[t], &x->price[s->first[i] + t]);
        ent_rat_addmul(a, &mean, &b->sure[i * s->interims + m]);
    }
    ent_rat_release(&mean);
}

/* a_m = most of pi_m omega_m + sum over members i of (sum of p_i pi_i) U_m^{S\i} - the coefficient
 * of lambda_m < 0 */
static void check_weights(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                          const ent_bv_box *box, const ent_bv_fact *fact, const balance *x)
{
    const ent_bayes_coal *s = b->s;
    ent_rat a = ENT_RAT_ZERO;
    for (int k = 0; k < s->size; k++)
        for (int m = s->first[k]; m < s->first[k + 1]; m++) {
            larger_end(&x->price[m], box, m, &a);
            add_threats(v, b, x, k, m, &a);
            ent_rat_sub(&a, &a, &x->truth[m]);
            const bool free = fact->kind == ENT_BV_WEIGHTED && fact->m == m;
            if (!free && ent_rat_sign(&a) >= 0)
                ent_ledger_refuse(&v->c, node, "the prices leave room for a weight");
        }
    ent_rat_release(&a);
}

/* b = most of (pi(t) - pi(tau)) omega(t) - the coefficient of alpha(tau|t) < 0, or 0 where the
 * prices are equal. */
static bool leaves_room(const ent_bayes_coal *s, const ent_bv_box *box, const balance *x, int k,
                        int t, int tau)
{
    ent_rat most = ENT_RAT_ZERO, differ = ENT_RAT_ZERO;
    ent_rat_sub(&differ, &x->price[s->first[k] + t], &x->price[s->first[k] + tau]);
    larger_end(&differ, box, s->first[k] + t, &most);
    ent_rat_sub(&most, &most, &x->lie[ent_bv_pair(s, k, t, tau)]);
    const bool room =
        ent_rat_sign(&most) > 0 || (ent_rat_sign(&most) == 0 && ent_rat_sign(&differ) != 0);
    ent_rat_release(&most);
    ent_rat_release(&differ);
    return room;
}

static void check_multipliers(ent_bv *v, const ent_bayes_coal *s, const ent_json *node,
                              const ent_bv_box *box, const ent_bv_fact *fact, const balance *x)
{
    for (int k = 0; k < s->size; k++)
        for (int p = 0; p < s->types[k] * s->types[k]; p++) {
            const int t = p / s->types[k], tau = p % s->types[k];
            const bool free =
                fact->kind == ENT_BV_BINDING && fact->pair == ent_bv_pair(s, k, t, tau);
            if (t != tau && !free && leaves_room(s, box, x, k, t, tau))
                ent_ledger_refuse(&v->c, node, "the prices leave room for a multiplier");
        }
}

/* No weights, not all 0, and multipliers warrant claims in the box. */
static ent_status unwarranted(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                              const ent_bv_box *box, const ent_bv_fact *fact)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = b->s;
    const ent_json *prices = NULL;
    balance x = {0};
    ENT_TRY(balance_new(v, s, &x));
    ENT_TRY(whole_numbers(v, node, "prices", (uint32_t)s->interims, &prices));
    const ent_json *next = prices->first;
    for (int m = 0; m < s->interims; m++, next = next->next)
        ENT_TRY(ent_json_rat(v->ctx, v->c.doc, next, &x.price[m]));
    ENT_TRY(read_masses(v, s, node, fact, &x));
    check_balance(v, s, node, &x);
    check_weights(v, b, node, box, fact, &x);
    check_multipliers(v, s, node, box, fact, &x);
done:
    balance_free(s, &x);
    return st;
}

ent_status ent_bv_excluded(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                           const ent_bv_box *box, const ent_rat *scale, const ent_bv_fact *fact)
{
    const bool reach = fact->kind == ENT_BV_NO_FACT ? ent_json_get(node, "weights") != NULL
                                                    : fact->kind <= ENT_BV_STRICT;
    return reach ? unreachable(v, b, node, box, scale, fact) : unwarranted(v, b, node, box, fact);
}
