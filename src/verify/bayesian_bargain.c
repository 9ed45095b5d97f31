/* What a solution of one coalition has to fulfil: Definition 4 for the neutral procedural solution,
 * and its like for Myerson's. */
#include "verify/bayesian_verify.h"

#include "exact/bareiss.h"

#include <string.h>

void ent_bv_threat(const ent_bv_bargain *b, const ent_rat *threats, int m, ent_rat *out)
{
    const ent_bayes_coal *s = b->s;
    ent_rat_set_int(out, 0);
    for (int k = 0; threats && k < s->size; k++)
        if (m < s->first[k] || m >= s->first[k + 1])
            ent_rat_add(out, out, &threats[k * s->interims + m]);
}

/* [Sal] (4.11): R_k(t) = sum over profiles with t of p M - p_k(t) sum over others' m of lambda_m
 * U_m^{S\k} */
static ent_status right_of_warrants(ent_bv *v, const ent_bayes_coal *s, const ent_rat *threats,
                                    const ent_bv_scales *scales, int order, ent_rat *out)
{
    ent_status st = ENT_OK;
    const ent_claim *lambda = scales[order].weight;
    ent_rat cost = ENT_RAT_ZERO;
    ent_rat *most = ent_rats_new(v->ctx, (size_t)s->profiles, &st);
    if (!most) goto done;
    ENT_TRY(ent_bv_maxima(v, s, scales, order, most));
    for (int m = 0; m < s->interims; m++) ent_rat_set_int(&out[m], 0);
    for (int k = 0; k < s->size; k++) {
        const int stride = ent_bayes_stride(s, k);
        for (int t = 0; t < s->profiles; t++)
            ent_rat_addmul(&out[s->first[k] + t / stride % s->types[k]], &s->prior.exact[t],
                           &most[t]);
        ent_rat_set_int(&cost, 0);
        for (int m = 0; m < s->interims; m++)
            if (m < s->first[k] || m >= s->first[k + 1])
                ent_rat_addmul(&cost, &lambda[m].number, &threats[k * s->interims + m]);
        for (int t = 0; t < s->types[k]; t++)
            ent_rat_submul(&out[s->first[k] + t], &v->m->prior[s->member[k]].exact[t], &cost);
    }
done:
    ent_rats_free(most, (size_t)s->profiles);
    ent_rat_release(&cost);
    return st;
}

/* (s-1)! (n-s)! / n! */
static void share_of(int n, int size, ent_rat *out)
{
    ent_rat factor = ENT_RAT_ZERO;
    ent_rat_set_ratio(out, 1, n);
    for (int k = 1; k < size; k++) {
        ent_rat_set_ratio(&factor, k, n - k);
        ent_rat_mul(out, out, &factor);
    }
    ent_rat_release(&factor);
}

/* W_S as M of the coalition r: R_i gets + c p M from coalitions with i, and - c' p_i E[M] from
 * those without. */
static ent_status add_coalition(ent_bv *v, const ent_bayes_coal *n, const ent_bayes_coal *r,
                                const ent_bv_scales *scales, int order, ent_rat *out)
{
    ent_status st = ENT_OK;
    ent_rat share = ENT_RAT_ZERO, mean = ENT_RAT_ZERO, product = ENT_RAT_ZERO;
    ent_rat *most = ent_rats_new(v->ctx, (size_t)r->profiles, &st);
    if (!most) goto done;
    ENT_TRY(ent_bv_maxima(v, r, scales, order, most));
    ent_bv_mean(r, most, &mean);
    for (int k = 0; k < n->size; k++) {
        const int place = ent_bayes_place(r, n->member[k]);
        share_of(n->size, place >= 0 ? r->size : r->size + 1, &share);
        for (int t = 0; place < 0 && t < n->types[k]; t++) {
            ent_rat_mul(&product, &share, &v->m->prior[n->member[k]].exact[t]);
            ent_rat_submul(&out[n->first[k] + t], &product, &mean);
        }
        const int stride = place < 0 ? 1 : ent_bayes_stride(r, place);
        for (int t = 0; place >= 0 && t < r->profiles; t++) {
            ent_rat_mul(&product, &share, &r->prior.exact[t]);
            ent_rat_addmul(&out[n->first[k] + t / stride % r->types[place]], &product, &most[t]);
        }
    }
done:
    ent_rats_free(most, (size_t)r->profiles);
    ent_rat_release(&share);
    ent_rat_release(&mean);
    ent_rat_release(&product);
    return st;
}

ent_status ent_bv_right(ent_bv *v, const ent_bv_bargain *b, const ent_rat *threats,
                        const ent_bv_scales *scales, int order, ent_rat *out)
{
    ent_status st = ENT_OK;
    if (!b->shapley) return right_of_warrants(v, b->s, threats, scales, order, out);
    for (int m = 0; m < b->s->interims; m++) ent_rat_set_int(&out[m], 0);
    for (ent_coal r = b->s->members; r; r = (r - 1) & b->s->members)
        ENT_TRY(add_coalition(v, b->s, v->m->coalition[r], scales, order, out));
done:
    return st;
}

void ent_bv_left(const ent_bv_scales *scales, const ent_claim *x, int k, int t, ent_rat *out)
{
    const ent_bayes_coal *s = scales->s;
    const int first = s->first[k];
    ent_rat_mul(out, &scales->diagonal[first + t], &x[first + t].number);
    for (int tau = 0; tau < s->types[k]; tau++)
        if (tau != t)
            ent_rat_submul(out, &scales->multiplier[ent_bv_pair(s, k, tau, t)].number,
                           &x[first + tau].number);
}

static void matrix_entry(const ent_bv_scales *scales, int k, int t, int tau, ent_rat *out)
{
    if (t == tau) ent_rat_set(out, &scales->diagonal[scales->s->first[k] + t]);
    else ent_rat_neg(out, &scales->multiplier[ent_bv_pair(scales->s, k, tau, t)].number);
}

ent_status ent_bv_regular(ent_bv *v, const ent_bv_scales *scales, bool *regular)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = scales->s;
    *regular = true;
    for (int k = 0; k < s->size; k++) {
        const int types = s->types[k];
        ent_rank rank = {0};
        ent_rat *a = ent_rats_new(v->ctx, (size_t)(types * types), &st);
        if (!a) goto done;
        for (int t = 0; t < types; t++)
            for (int tau = 0; tau < types; tau++)
                matrix_entry(scales, k, t, tau, &a[t * types + tau]);
        st = ent_bareiss_rank(v->ctx, types, types, a, &rank);
        ent_rats_free(a, (size_t)(types * types));
        ENT_TRY(st);
        *regular = *regular && rank.rank == types;
    }
done:
    return st;
}

typedef struct point {
    const ent_bv_bargain *b;
    const ent_json *node, *proof;
    const char *status, *kind;
    bool exact;
    ent_claim *utility, *claim;
    ent_bv_scales scales;
    ent_bv_mechanism *mechanism;
    ent_rat *reports, *right;
} point;

static ent_status read_point(ent_bv *v, point *x)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->b->s;
    ENT_TRY(ent_claims_text(&v->c, x->node, "status", &x->status));
    ENT_TRY(ent_claims_text(&v->c, x->proof, "proof", &x->kind));
    ENT_TRY(ent_bv_truth(v, x->node, "exact", &x->exact));
    ENT_TRY(ent_bv_member_interim(v, x->node, "utilities", s, x->utility));
    ENT_TRY(ent_bv_mechanism_of(v, x->node, s, x->mechanism));
    ENT_TRY(ent_bv_scales_read(v, x->node, s, &x->scales));
    v->may_be_open = true;
    st = ent_bv_member_interim(v, x->node, "claims", s, x->claim);
    v->may_be_open = false;
    ENT_TRY(st);
    const bool exact = x->scales.exact && x->mechanism->exact &&
                       ent_bv_all_exact(x->utility, s->interims) &&
                       ent_bv_all_exact(x->claim, s->interims) && x->b->out_exact;
    if (exact != x->exact)
        ent_ledger_refuse(&v->c, ent_json_get(x->node, "exact"), "the numbers are %sexact",
                          exact ? "" : "not all ");
done:
    return st;
}

/* nondegenerate: all weights positive; else isolated or a limit as A is regular or not. */
static ent_status check_status(ent_bv *v, const point *x)
{
    ent_status st = ENT_OK;
    bool positive = true, regular = true;
    for (int m = 0; m < x->b->s->interims; m++)
        positive = positive && ent_rat_sign(&x->scales.weight[m].number) > 0;
    ENT_TRY(ent_bv_regular(v, &x->scales, &regular));
    const char *want = positive  ? "nondegenerate"
                       : regular ? "degenerate isolated"
                                 : "degenerate limit";
    if (strcmp(want, x->status) != 0)
        ent_ledger_refuse(&v->c, ent_json_get(x->node, "status"),
                          "by its weights and multipliers it is \"%s\"", want);
    const char *kind = !x->exact ? "epsilon" : positive ? "exact" : regular ? "isolated" : "limit";
    if (strcmp(kind, x->kind) != 0)
        ent_ledger_refuse(&v->c, ent_json_get(x->proof, "proof"), "wanted \"%s\"", kind);
done:
    return st;
}

static bool is_open(const ent_claim *claim) { return claim->node->kind == ENT_JSON_NULL; }

/* A claim may be missing only where the weight has vanished and every multiplier leads to another
 * missing one, and never from an exact result. */
static void check_open(ent_bv *v, const point *x, int k, int t)
{
    const ent_bayes_coal *s = x->b->s;
    const int m = s->first[k] + t;
    bool free = !x->exact && ent_rat_sign(&x->scales.weight[m].number) == 0;
    for (int tau = 0; tau < s->types[k]; tau++)
        if (tau != t && ent_rat_sign(&x->scales.multiplier[ent_bv_pair(s, k, t, tau)].number) != 0)
            free = free && is_open(&x->claim[s->first[k] + tau]);
    if (!free)
        ent_ledger_refuse(&v->c, x->claim[m].node,
                          "a claim is missing where weight or multipliers determine it");
}

static bool has_open(const point *x, int k)
{
    for (int m = x->b->s->first[k]; m < x->b->s->first[k + 1]; m++)
        if (is_open(&x->claim[m])) return true;
    return false;
}

/* [Sal] (4.11), (5.1) and Theorem 2: A omega = R; share U >= T + omega, with equality where the
 * weight is positive. */
static ent_status check_claims(ent_bv *v, const point *x)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->b->s;
    ent_rat error = ENT_RAT_ZERO, threat = ENT_RAT_ZERO, share = ENT_RAT_ZERO,
            spread = ENT_RAT_ZERO;
    ENT_TRY(ent_bv_right(v, x->b, x->b->out, &x->scales, 0, x->right));
    ent_bv_spread(v, &x->scales, &spread);
    ent_rat_set_int(&share, x->b->share);
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++) {
            const int m = s->first[k] + t;
            const bool tight = ent_rat_sign(&x->scales.weight[m].number) > 0;
            ent_bv_left(&x->scales, x->claim, k, t, &error);
            ent_rat_sub(&error, &error, &x->right[m]);
            if (is_open(&x->claim[m])) {
                check_open(v, x, k, t);
                continue;
            }
            /* Beside an open claim (4.11) has a product of a vanishing multiplier with it: the
             * epsilon proof has both. */
            if (!has_open(x, k))
                ent_claims_zero(&v->c, x->claim[m].node, x->exact, &error, &spread,
                                "the claim in (4.11)");
            ent_bv_threat(x->b, x->b->out, m, &threat);
            ent_rat_add(&error, &threat, &x->claim[m].number);
            ent_rat_submul(&error, &share, &x->utility[m].number);
            const ent_rat *scale = &v->range[s->member[k]];
            if (tight)
                ent_claims_zero(&v->c, x->utility[m].node, x->exact, &error, scale,
                                "threat plus claim less share times utility");
            else
                ent_claims_at_most_zero(&v->c, x->utility[m].node, x->exact, &error, scale,
                                        "threat plus claim less share times utility");
        }
done:
    ent_rat_release(&error);
    ent_rat_release(&threat);
    ent_rat_release(&share);
    ent_rat_release(&spread);
    return st;
}

/* The evidence of each kind of proof. */
static ent_status check_proof(ent_bv *v, point *x, ent_rat *sure)
{
    ent_status st = ENT_OK;
    const ent_json *efficiency = NULL;
    if (x->exact) ent_bv_truths(x->b->s, x->reports, sure);
    if (strcmp(x->kind, "epsilon") == 0)
        return ent_bv_epsilon(v, x->b, x->proof, strcmp(x->status, "nondegenerate") != 0,
                              x->utility, sure);
    if (strcmp(x->kind, "isolated") == 0 || strcmp(x->kind, "limit") == 0) {
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, x->proof, "efficiency", &efficiency));
        ENT_TRY(ent_bv_efficient(v, efficiency, x->b->s, x->mechanism, x->reports));
    }
    if (strcmp(x->kind, "limit") == 0)
        ENT_TRY(ent_bv_expansion(v, x->b, x->proof, &x->scales, x->claim));
done:
    return st;
}

ent_status ent_bv_point(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                        const ent_json *proof, ent_claim *utility, ent_rat *sure, bool *exact,
                        ent_bv_mechanism *mechanism)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = b->s;
    const size_t interims = (size_t)s->interims, pairs = (size_t)ent_bv_pairs(s);
    point x = {.b = b, .node = node, .proof = proof, .utility = utility, .mechanism = mechanism};
    ent_ledger_begin(&v->c, 1.0);
    x.claim = ent_claims_new(v->ctx, s->interims, &st);
    if (!x.claim) goto done;
    x.reports = ent_rats_new(v->ctx, pairs, &st);
    if (!x.reports) goto done;
    x.right = ent_rats_new(v->ctx, interims, &st);
    if (!x.right) goto done;
    ENT_TRY(read_point(v, &x));
    ent_bv_scales_check(v, &x.scales, false, true);
    ENT_TRY(check_status(v, &x));
    ent_bv_reports(v, s, mechanism, x.reports);
    ent_bv_gives(v, s, mechanism, x.reports, s->members, utility);
    ENT_TRY(ent_bv_optimal(v, s, mechanism, x.reports, &x.scales));
    ENT_TRY(check_claims(v, &x));
    ENT_TRY(check_proof(v, &x, sure));
    *exact = x.exact;
done:
    ent_claims_free(x.claim, s->interims);
    ent_rats_free(x.reports, pairs);
    ent_rats_free(x.right, interims);
    ent_bv_scales_release(&x.scales);
    return st;
}
