/* efficient: [Sal] (3.5), (3.7) and Proposition 1 at given weights. */
#include "verify/bayesian_verify.h"

#include "verify/bayesian_frontier.h"

#include <string.h>

typedef struct efficient {
    const ent_bayes_coal *s;
    const ent_json *node, *proof;
    ent_bv_scales scales;
    ent_bv_mechanism mechanism;
    ent_claim *utility;
    ent_rat *reports, *most;
    ent_rat spread;
    bool exact;
} efficient;

/* lambda_i(t) = p_i(t) / |S|, or, with `given`, the model's weights. Returned: their sum. */
static void fill_weights(const ent_bv *v, const ent_bayes_coal *s, bool given, ent_rat *out,
                         ent_rat *sum)
{
    ent_rat size = ENT_RAT_ZERO;
    ent_rat_set_int(&size, s->size);
    ent_rat_set_int(sum, 0);
    for (int k = 0; k < s->size; k++) {
        const int i = s->member[k];
        int first = 0;
        for (int j = 0; j < i; j++) first += v->m->types[j];
        for (int t = 0; t < s->types[k]; t++) {
            ent_rat *w = &out[s->first[k] + t];
            if (given) ent_rat_set(w, &v->m->weight.exact[first + t]);
            else ent_rat_div(w, &v->m->prior[i].exact[t], &size);
            ent_rat_add(sum, sum, w);
        }
    }
    ent_rat_release(&size);
}

/* The model's weights over their sum in S; those of the mean utility where it gives none. */
static void wanted_weights(const ent_bv *v, const ent_bayes_coal *s, ent_rat *out)
{
    ent_rat sum = ENT_RAT_ZERO;
    if (v->m->weight.n) fill_weights(v, s, true, out, &sum);
    if (ent_rat_sign(&sum) <= 0) fill_weights(v, s, false, out, &sum);
    for (int m = 0; m < s->interims; m++) ent_rat_div(&out[m], &out[m], &sum);
    ent_rat_release(&sum);
}

static ent_status check_weights(ent_bv *v, const efficient *x)
{
    ent_status st = ENT_OK;
    ent_rat one = ENT_RAT_ZERO;
    ent_rat *want = ent_rats_new(v->ctx, (size_t)x->s->interims, &st);
    if (!want) goto done;
    ent_rat_set_int(&one, 1);
    wanted_weights(v, x->s, want);
    for (int m = 0; m < x->s->interims; m++)
        ent_claims_equal(&v->c, &x->scales.weight[m], &want[m], true, &one,
                         "the weight that the model asks for");
done:
    ent_rats_free(want, (size_t)x->s->interims);
    ent_rat_release(&one);
    return st;
}

/* [Sal] (3.5), (3.7): value = sum lambda U, which must be the dual's sum p M; first_best = sum p
 * max without multipliers. */
static ent_status check_values(ent_bv *v, efficient *x)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    ent_rat want = ENT_RAT_ZERO;
    ent_claim claim = {.number = ENT_RAT_ZERO};
    ent_bv_scales plain = {0};
    ENT_TRY(ent_bv_number_of(v, x->node, "value", &claim));
    for (int m = 0; m < s->interims; m++)
        ent_rat_addmul(&want, &x->scales.weight[m].number, &x->utility[m].number);
    ent_claims_equal(&v->c, &claim, &want, x->exact, &x->spread, "the weighted sum of utilities");
    ENT_TRY(ent_bv_maxima(v, s, &x->scales, 0, x->most));
    ent_bv_mean(s, x->most, &want);
    ent_claims_equal(&v->c, &claim, &want, x->exact, &x->spread, "the value of the dual");
    ENT_TRY(ent_bv_scales_read(v, x->node, s, &plain));
    for (int p = 0; p < ent_bv_pairs(s); p++) ent_rat_set_int(&plain.multiplier[p].number, 0);
    ent_bv_scales_refresh(&plain);
    ENT_TRY(ent_bv_maxima(v, s, &plain, 0, x->most));
    ent_bv_mean(s, x->most, &want);
    ENT_TRY(ent_bv_number_of(v, x->node, "first_best", &claim));
    ent_claims_equal(&v->c, &claim, &want, x->exact, &x->spread,
                     "the most without incentive constraints");
done:
    ent_bv_scales_release(&plain);
    ent_rat_release(&want);
    ent_rat_release(&claim.number);
    return st;
}

/* virtual: v_i(mu,t) in one profile. */
static ent_status one_virtual(ent_bv *v, const efficient *x, int t, const ent_json *node)
{
    ent_status st = ENT_OK;
    ent_rat want = ENT_RAT_ZERO, one = ENT_RAT_ZERO, scale = ENT_RAT_ZERO;
    ent_claim claim = {.number = ENT_RAT_ZERO};
    ent_rat_div(&scale, &x->spread, &x->s->prior.exact[t]);
    for (int k = 0; k < x->s->size; k++) {
        ent_rat_set_int(&want, 0);
        for (int e = 0; e < x->mechanism.n; e++) {
            if (x->mechanism.profile[e] != t) continue;
            ent_bv_virtual(v, x->s, &x->scales, k, x->mechanism.decision[e], t, &one);
            ent_rat_addmul(&want, &x->mechanism.probability[e].number, &one);
        }
        ENT_TRY(ent_bv_number_of(v, node, v->m->player[x->s->member[k]], &claim));
        ent_claims_equal(&v->c, &claim, &want, x->exact, &scale, "virtual utility");
    }
    ENT_TRY(ent_bv_counted(v, node, (uint32_t)x->s->size, "members"));
done:
    ent_rat_release(&want);
    ent_rat_release(&one);
    ent_rat_release(&scale);
    ent_rat_release(&claim.number);
    return st;
}

static ent_status check_virtual(ent_bv *v, const efficient *x)
{
    ent_status st = ENT_OK;
    const ent_json *all = NULL, *one = NULL;
    ent_text name;
    ent_text_init(v->ctx, &name);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, x->node, "virtual", &all));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, all, ENT_JSON_OBJECT));
    ENT_TRY(ent_bv_counted(v, all, (uint32_t)x->s->profiles, "profiles of types"));
    for (int t = 0; t < x->s->profiles; t++) {
        ent_text_reset(&name);
        ent_bayesian_profile_name(&name, v->m, x->s, t);
        ENT_TRY(name.status);
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, all, name.data, &one));
        ENT_TRY(one_virtual(v, x, t, one));
    }
done:
    ent_text_release(&name);
    return st;
}

/* Not exact: a rational mechanism and rational multipliers at the exact weights, and how far they
 * are from optimal. */
static ent_status epsilon_sizes(ent_bv *v, const efficient *x, const ent_bv_mechanism *mechanism,
                                const ent_bv_scales *scales)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    ent_bv_size gap = {.most = ENT_RAT_ZERO}, lie = {.most = ENT_RAT_ZERO},
                far = {.most = ENT_RAT_ZERO};
    ent_rat ratio = ENT_RAT_ZERO;
    ent_bv_reports(v, s, mechanism, x->reports);
    ent_bv_incentive(v, s, x->reports, &lie);
    ent_bv_distance(v, s, x->reports, x->utility, &far);
    ENT_TRY(ent_bv_maxima(v, s, scales, 0, x->most));
    ent_bv_mean(s, x->most, &gap.most);
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++)
            ent_rat_submul(&gap.most, &scales->weight[s->first[k] + t].number,
                           &x->reports[ent_bv_pair(s, k, t, t)]);
    ent_rat_div(&ratio, &gap.most, &x->spread);
    gap.relative = ent_rat_double(&ratio);
    ENT_TRY(ent_bv_stated(v, x->proof, "gap", &gap.most));
    ENT_TRY(ent_bv_stated(v, x->proof, "incentive", &lie.most));
    ENT_TRY(ent_bv_stated(v, x->proof, "distance", &far.most));
    ent_bv_sized(v, ent_json_get(x->proof, "gap"), &gap, "the gap");
    ent_bv_sized(v, ent_json_get(x->proof, "incentive"), &lie, "the gain of a lie");
    ent_bv_sized(v, ent_json_get(x->proof, "distance"), &far, "the distance");
done:
    ent_rat_release(&gap.most);
    ent_rat_release(&lie.most);
    ent_rat_release(&far.most);
    ent_rat_release(&ratio);
    return st;
}

static ent_status check_epsilon(ent_bv *v, const efficient *x)
{
    ent_status st = ENT_OK;
    const ent_json *multipliers = NULL;
    ent_bv_scales scales = {0};
    ent_bv_mechanism mechanism = {0};
    ent_rat *want = ent_rats_new(v->ctx, (size_t)x->s->interims, &st);
    if (!want) goto done;
    v->quoted = true;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, x->proof, "multipliers", &multipliers));
    ENT_TRY(ent_bv_scales_read_from(v, NULL, multipliers, x->s, &scales));
    ENT_TRY(ent_bv_mechanism_of(v, x->proof, x->s, &mechanism));
    wanted_weights(v, x->s, want);
    for (int m = 0; m < x->s->interims; m++) ent_rat_set(&scales.weight[m].number, &want[m]);
    ent_bv_scales_refresh(&scales);
    ent_bv_scales_check(v, &scales, false, false);
    ENT_TRY(epsilon_sizes(v, x, &mechanism, &scales));
done:
    v->quoted = false;
    ent_rats_free(want, (size_t)x->s->interims);
    ent_bv_scales_release(&scales);
    ent_bv_mechanism_release(&mechanism);
    return st;
}

static ent_status check_proof(ent_bv *v, const efficient *x)
{
    ent_status st = ENT_OK;
    const char *kind = NULL;
    bool zero = false;
    const ent_json *efficiency = ent_json_get(x->proof, "efficiency");
    ENT_TRY(ent_claims_text(&v->c, x->proof, "proof", &kind));
    if (strcmp(kind, x->exact ? "exact" : "epsilon") != 0)
        ent_ledger_refuse(&v->c, ent_json_get(x->proof, "proof"), "wanted \"%s\"",
                          x->exact ? "exact" : "epsilon");
    if (!x->exact) return check_epsilon(v, x);
    for (int m = 0; m < x->s->interims; m++)
        zero = zero || ent_rat_sign(&x->scales.weight[m].number) == 0;
    if (zero && !efficiency)
        ent_ledger_refuse(&v->c, x->proof,
                          "where a weight is 0, positive ones must prove efficiency");
    if (efficiency) ENT_TRY(ent_bv_efficient(v, efficiency, x->s, &x->mechanism, x->reports));
done:
    return st;
}

static ent_status read_entry(ent_bv *v, efficient *x)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    bool stated = false;
    ENT_TRY(ent_bv_truth(v, x->node, "exact", &stated));
    ENT_TRY(ent_bv_member_interim(v, x->node, "utilities", s, x->utility));
    ENT_TRY(ent_bv_mechanism_of(v, x->node, s, &x->mechanism));
    ENT_TRY(ent_bv_scales_read(v, x->node, s, &x->scales));
    x->exact = x->mechanism.exact && x->scales.exact && ent_bv_all_exact(x->utility, s->interims);
    if (stated != x->exact)
        ent_ledger_refuse(&v->c, ent_json_get(x->node, "exact"), "the numbers are %sexact",
                          x->exact ? "" : "not all ");
    ent_bv_spread(v, &x->scales, &x->spread);
done:
    return st;
}

static ent_status check_coalition(ent_bv *v, efficient *x)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    const size_t pairs = (size_t)ent_bv_pairs(s);
    ent_ledger_begin(&v->c, 1.0);
    x->utility = ent_claims_new(v->ctx, s->interims, &st);
    if (!x->utility) goto done;
    x->reports = ent_rats_new(v->ctx, pairs, &st);
    if (!x->reports) goto done;
    x->most = ent_rats_new(v->ctx, (size_t)s->profiles, &st);
    if (!x->most) goto done;
    ENT_TRY(read_entry(v, x));
    ENT_TRY(check_weights(v, x));
    ent_bv_scales_check(v, &x->scales, false, true);
    ent_bv_reports(v, s, &x->mechanism, x->reports);
    ent_bv_gives(v, s, &x->mechanism, x->reports, s->members, x->utility);
    ENT_TRY(ent_bv_optimal(v, s, &x->mechanism, x->reports, &x->scales));
    ENT_TRY(check_values(v, x));
    ENT_TRY(check_virtual(v, x));
    ENT_TRY(ent_bv_prices(v, s, &x->mechanism, x->node));
    ENT_TRY(check_proof(v, x));
    ent_ledger_end_at(&v->c, x->node,
                      "primal and dual feasible, equal values; Proposition 1; virtual utilities");
    ENT_TRY(ent_bv_frontier(v, s, x->node, x->proof));
done:
    ent_claims_free(x->utility, s->interims);
    ent_rats_free(x->reports, pairs);
    ent_rats_free(x->most, (size_t)s->profiles);
    ent_bv_scales_release(&x->scales);
    ent_bv_mechanism_release(&x->mechanism);
    ent_rat_release(&x->spread);
    return st;
}

ent_status ent_bv_efficient_method(ent_bv *v)
{
    ent_status st = ENT_OK;
    const ent_json *nodes = NULL, *proofs = NULL;
    if (strcmp(v->outcome, "solved") != 0)
        ent_ledger_refuse(&v->c, ent_json_get(v->result, "outcome"), "wanted \"solved\"");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "coalitions", &nodes));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "coalitions", &proofs));
    ENT_TRY(ent_bv_counted(v, nodes, (uint32_t)ent_bv_coalitions(v->m->focus), "coalitions"));
    ENT_TRY(ent_bv_counted(v, proofs, nodes->count, "coalitions"));
    for (ent_coal s = ent_bv_next(v->m->focus, 0); s; s = ent_bv_next(v->m->focus, s)) {
        efficient x = {.s = v->m->coalition[s], .spread = ENT_RAT_ZERO};
        ENT_TRY(ent_bv_of(v, nodes, s, &x.node));
        ENT_TRY(ent_bv_of(v, proofs, s, &x.proof));
        ENT_TRY(check_coalition(v, &x));
    }
done:
    return st;
}
