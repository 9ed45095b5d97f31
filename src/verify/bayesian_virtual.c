/* Virtual utilities and [Sal] Proposition 1. */
#include "verify/bayesian_verify.h"

/* [Sal] (3.6): p_i(t_i) v_i(d,t) = (lambda_i(t_i) + sum_tau alpha_i(tau|t_i)) u_i(d,t) - sum_tau
 * alpha_i(t_i|tau) u_i(d,(tau,t_-i)) */
void ent_bv_virtual(const ent_bv *v, const ent_bayes_coal *r, const ent_bv_scales *scales, int k,
                    int d, int t, ent_rat *out)
{
    const ent_bayes_coal *s = scales->s;
    const int i = r->member[k], place = ent_bayes_place(s, i), types = r->types[k];
    const int stride = ent_bayes_stride(r, k), mine = t / stride % types, base = t - mine * stride;
    const ent_claim *alpha = &scales->multiplier[ent_bv_pair(s, place, 0, 0)];
    ent_rat_mul(out, &scales->diagonal[s->first[place] + mine],
                &r->utility.exact[ent_bayes_utility(r, k, d, t)]);
    for (int tau = 0; tau < types; tau++) {
        const ent_rat *price = &alpha[tau * types + mine].number; /* alpha(mine|tau) */
        if (tau != mine && ent_rat_sign(price) != 0)
            ent_rat_submul(out, price,
                           &r->utility.exact[ent_bayes_utility(r, k, d, base + tau * stride)]);
    }
    ent_rat_div(out, out, &v->m->prior[i].exact[mine]);
}

void ent_bv_worths(const ent_bv *v, const ent_bayes_coal *r, const ent_bv_scales *scales, int t,
                   ent_rat *worth)
{
    ent_rat one = ENT_RAT_ZERO;
    for (int d = 0; d < r->decisions; d++) {
        ent_rat_set_int(&worth[d], 0);
        for (int k = 0; k < r->size; k++) {
            ent_bv_virtual(v, r, scales, k, d, t, &one);
            ent_rat_add(&worth[d], &worth[d], &one);
        }
    }
    ent_rat_release(&one);
}

static const ent_rat *largest(int n, const ent_rat *x)
{
    const ent_rat *most = x;
    for (int d = 1; d < n; d++)
        if (ent_rat_cmp(&x[d], most) > 0) most = &x[d];
    return most;
}

/* The largest of the numbers still standing; those below it fall. */
static const ent_rat *thin_out(int n, const ent_rat *x, bool *stands)
{
    const ent_rat *most = NULL;
    for (int d = 0; d < n; d++)
        if (stands[d] && (!most || ent_rat_cmp(&x[d], most) > 0)) most = &x[d];
    for (int d = 0; d < n; d++) stands[d] = stands[d] && ent_rat_equal(&x[d], most);
    return most;
}

ent_status ent_bv_maxima(ent_bv *v, const ent_bayes_coal *r, const ent_bv_scales *scales, int order,
                         ent_rat *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(v->ctx);
    const size_t decisions = (size_t)r->decisions;
    bool *stands = NULL;
    ent_rat *worth = ent_rats_new(v->ctx, decisions, &st);
    if (!worth) goto done;
    ENT_SCRATCH(v->ctx, stands, decisions);
    for (int t = 0; t < r->profiles; t++) {
        for (size_t d = 0; d < decisions; d++) stands[d] = true;
        for (int j = 0; j <= order; j++) {
            ent_bv_worths(v, r, &scales[j], t, worth);
            ent_rat_set(&out[t], thin_out(r->decisions, worth, stands));
        }
    }
done:
    ent_rats_free(worth, decisions);
    ent_scratch_reset(v->ctx, mark);
    return st;
}

/* Virtual worths at these scales are sums of diagonal times utility over probability; what is
 * relative is their spread. */
void ent_bv_spread(const ent_bv *v, const ent_bv_scales *scales, ent_rat *out)
{
    const ent_bayes_coal *s = scales->s;
    ent_rat term = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int k = 0; k < s->size; k++)
        for (int m = s->first[k]; m < s->first[k + 1]; m++) {
            ent_rat_mul(&term, &scales->diagonal[m], &v->range[s->member[k]]);
            ent_rat_add(out, out, &term);
        }
    if (ent_rat_sign(out) <= 0) ent_rat_set_int(out, 1);
    ent_rat_release(&term);
}

void ent_bv_mean(const ent_bayes_coal *s, const ent_rat *x, ent_rat *out)
{
    ent_rat_set_int(out, 0);
    for (int t = 0; t < s->profiles; t++) ent_rat_addmul(out, &s->prior.exact[t], &x[t]);
}

/* alpha(tau|t) (U(t) - U(tau|t)) = 0 */
static void complementary(ent_bv *v, const ent_bayes_coal *s, const ent_bv_mechanism *mechanism,
                          const ent_rat *u, const ent_bv_scales *scales, const ent_rat *spread)
{
    ent_rat product = ENT_RAT_ZERO;
    for (int k = 0, row = 0; k < s->size; row += s->types[k] * s->types[k], k++)
        for (int t = 0; t < s->types[k]; t++)
            for (int p = row + t * s->types[k]; p < row + (t + 1) * s->types[k]; p++) {
                const ent_claim *alpha = &scales->multiplier[p];
                ent_rat_sub(&product, &u[row + t * s->types[k] + t], &u[p]);
                ent_rat_mul(&product, &product, &alpha->number);
                ent_claims_zero(&v->c, alpha->node, alpha->exact && mechanism->exact, &product,
                                spread, "multiplier times what the true report is better");
            }
    ent_rat_release(&product);
}

/* In every profile the decisions of positive probability attain M(t). Errors count with their
 * probabilities. */
static ent_status supported(ent_bv *v, const ent_bayes_coal *s, const ent_bv_mechanism *mechanism,
                            const ent_bv_scales *scales, const ent_rat *spread)
{
    ent_status st = ENT_OK;
    const size_t decisions = (size_t)s->decisions;
    ent_rat loss = ENT_RAT_ZERO;
    ent_rat *worth = ent_rats_new(v->ctx, decisions, &st);
    if (!worth) goto done;
    for (int t = 0, e = 0; t < s->profiles; t++) {
        ent_bv_worths(v, s, scales, t, worth);
        const ent_rat *most = largest(s->decisions, worth);
        for (; e < mechanism->n && mechanism->profile[e] == t; e++) {
            const ent_claim *mu = &mechanism->probability[e];
            ent_rat_sub(&loss, most, &worth[mechanism->decision[e]]);
            ent_rat_mul(&loss, &loss, &mu->number);
            ent_rat_mul(&loss, &loss, &s->prior.exact[t]);
            ent_claims_zero(&v->c, mu->node, mu->exact && scales->exact, &loss, spread,
                            "virtual worth short of the largest");
        }
    }
done:
    ent_rats_free(worth, decisions);
    ent_rat_release(&loss);
    return st;
}

ent_status ent_bv_optimal(ent_bv *v, const ent_bayes_coal *s, const ent_bv_mechanism *mechanism,
                          const ent_rat *u, const ent_bv_scales *scales)
{
    ent_status st = ENT_OK;
    ent_rat spread = ENT_RAT_ZERO;
    ent_bv_spread(v, scales, &spread);
    complementary(v, s, mechanism, u, scales, &spread);
    ENT_TRY(supported(v, s, mechanism, scales, &spread));
done:
    ent_rat_release(&spread);
    return st;
}

ent_status ent_bv_efficient(ent_bv *v, const ent_json *evidence, const ent_bayes_coal *s,
                            const ent_bv_mechanism *mechanism, const ent_rat *u)
{
    ent_status st = ENT_OK;
    const bool quoted = v->quoted;
    ent_bv_scales scales = {0};
    v->quoted = true;
    ENT_TRY(ent_bv_scales_read(v, evidence, s, &scales));
    ent_bv_scales_check(v, &scales, true, true);
    ENT_TRY(ent_bv_optimal(v, s, mechanism, u, &scales));
done:
    v->quoted = quoted;
    ent_bv_scales_release(&scales);
    return st;
}
