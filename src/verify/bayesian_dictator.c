/* strong: [Sal] Definitions 1 to 3 and Proposition 2, for one dictator. */
#include "verify/bayesian_dictator.h"

#include <string.h>

/* Where U_j(tau | t_i, t_j) stands: for type t_i of the dictator, all pairs. */
static ent_rat *given(const ent_bv_dictator *x, ent_rat *table, int ti, int p)
{
    return &table[ti * ent_bv_pairs(x->s) + p];
}

/* [Sal] (4.12), both sides of its first part: what mu gives to the others when they know t_i. */
static void fill_given(const ent_bv *v, const ent_bv_dictator *x, const ent_bv_mechanism *mechanism,
                       ent_rat *table)
{
    const ent_bayes_coal *s = x->s;
    const int own = ent_bayes_stride(s, x->k);
    ent_rat weight = ENT_RAT_ZERO;
    for (int e = 0; e < mechanism->n; e++) {
        const int profile = mechanism->profile[e], ti = profile / own % s->types[x->k];
        for (int j = 0; j < s->size; j++) {
            if (j == x->k) continue;
            const int stride = ent_bayes_stride(s, j), tau = profile / stride % s->types[j],
                      base = profile - tau * stride;
            ent_rat_mul(&weight, &mechanism->probability[e].number, &s->prior.exact[profile]);
            ent_rat_div(&weight, &weight, &v->m->prior[s->member[x->k]].exact[ti]);
            ent_rat_div(&weight, &weight, &v->m->prior[s->member[j]].exact[tau]);
            for (int t = 0; t < s->types[j]; t++)
                ent_rat_addmul(given(x, table, ti, ent_bv_pair(s, j, t, tau)), &weight,
                               &s->utility.exact[ent_bayes_utility(s, j, mechanism->decision[e],
                                                                   base + t * stride)]);
        }
    }
    ent_rat_release(&weight);
}

/* [Sal] (4.12): (4.12a) and (4.12b) for one type of the dictator and one type of another member. */
static void check_given(ent_bv *v, const ent_bv_dictator *x, const ent_bv_mechanism *mechanism,
                        ent_rat *table, int ti, int j, int t)
{
    const ent_bayes_coal *s = x->s;
    const ent_rat *truth = given(x, table, ti, ent_bv_pair(s, j, t, t)),
                  *range = &v->range[s->member[j]];
    const bool exact = mechanism->exact && x->threat_exact;
    ent_rat error = ENT_RAT_ZERO;
    for (int tau = 0; tau < s->types[j]; tau++) {
        ent_rat_sub(&error, given(x, table, ti, ent_bv_pair(s, j, t, tau)), truth);
        ent_claims_at_most_zero(&v->c, mechanism->node, mechanism->exact, &error, range,
                                "(4.12a): what a lie gains when the dictator's type is known");
    }
    ent_rat_sub(&error, &x->threat[s->first[j] + t], truth);
    if (x->equality) ent_claims_zero(&v->c, mechanism->node, exact, &error, range, "(4.12b)");
    else ent_claims_at_most_zero(&v->c, mechanism->node, exact, &error, range, "(4.12b) with >=");
    ent_rat_release(&error);
}

/* [Sal] Definition 3 */
ent_status ent_bv_safe(ent_bv *v, const ent_bv_dictator *x, const ent_bv_mechanism *mechanism)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    const size_t pairs = (size_t)ent_bv_pairs(s), places = pairs * (size_t)s->types[x->k];
    ent_rat *reports = NULL, *table = NULL;
    reports = ent_rats_new(v->ctx, pairs, &st);
    if (!reports) goto done;
    table = ent_rats_new(v->ctx, places, &st);
    if (!table) goto done;
    ent_bv_reports(v, s, mechanism, reports);
    ent_bv_gives(v, s, mechanism, reports, ent_coal_single(s->member[x->k]), NULL);
    fill_given(v, x, mechanism, table);
    for (int ti = 0; ti < s->types[x->k]; ti++)
        for (int j = 0; j < s->size; j++)
            for (int t = 0; j != x->k && t < s->types[j]; t++)
                check_given(v, x, mechanism, table, ti, j, t);
done:
    ent_rats_free(reports, pairs);
    ent_rats_free(table, places);
    return st;
}

/* [Sal] Definition 1: incentive compatible (reports of a mechanism that gives `utility`), and
 * nobody gets less than the threat. */
static void check_feasible(ent_bv *v, const ent_bv_dictator *x, const ent_bv_mechanism *mechanism,
                           const ent_rat *reports, const ent_claim *utility)
{
    const ent_bayes_coal *s = x->s;
    ent_rat error = ENT_RAT_ZERO;
    ent_bv_gives(v, s, mechanism, reports, s->members, utility);
    for (int j = 0; j < s->size; j++)
        for (int t = 0; j != x->k && t < s->types[j]; t++) {
            ent_rat_sub(&error, &x->threat[s->first[j] + t], &reports[ent_bv_pair(s, j, t, t)]);
            ent_claims_at_most_zero(&v->c, mechanism->node, mechanism->exact && x->threat_exact,
                                    &error, &v->range[s->member[j]],
                                    "(4.1): short of what the others have without the dictator");
        }
    ent_rat_release(&error);
}

/* [Sal] Proposition 2: (4.10a) and (4.10c) */
static void check_weights(ent_bv *v, const ent_bv_dictator *x, const ent_bv_scales *scales,
                          const ent_rat *reports, bool exact)
{
    const ent_bayes_coal *s = x->s;
    ent_rat error = ENT_RAT_ZERO, spread = ENT_RAT_ZERO;
    ent_bv_spread(v, scales, &spread);
    ent_bv_scales_check(v, scales, false, true);
    for (int j = 0; j < s->size; j++)
        for (int t = 0; t < s->types[j]; t++) {
            const ent_claim *w = &scales->weight[s->first[j] + t];
            if (j == x->k && ent_rat_sign(&w->number) <= 0)
                ent_ledger_refuse(&v->c, w->node, "(4.10a): the dictator's weights are positive");
            if (j == x->k) continue;
            ent_rat_sub(&error, &reports[ent_bv_pair(s, j, t, t)], &x->threat[s->first[j] + t]);
            ent_rat_mul(&error, &error, &w->number);
            ent_claims_zero(&v->c, w->node, exact, &error, &spread,
                            "(4.10c): weight times what is given beyond the threat");
        }
    ent_rat_release(&error);
    ent_rat_release(&spread);
}

ent_status ent_bv_strong_found(ent_bv *v, const ent_bv_dictator *x, const ent_json *node,
                               bool *exact, ent_claim *utility, ent_bv_mechanism *mechanism)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    const size_t pairs = (size_t)ent_bv_pairs(s);
    ent_bv_scales scales = {0};
    ent_rat *reports = ent_rats_new(v->ctx, pairs, &st);
    if (!reports) goto done;
    ENT_TRY(ent_bv_member_interim(v, node, "utilities", s, utility));
    ENT_TRY(ent_bv_mechanism_of(v, node, s, mechanism));
    ENT_TRY(ent_bv_scales_read(v, node, s, &scales));
    *exact = mechanism->exact && scales.exact && ent_bv_all_exact(utility, s->interims) &&
             x->threat_exact;
    ENT_TRY(ent_bv_safe(v, x, mechanism));
    ent_bv_reports(v, s, mechanism, reports);
    check_feasible(v, x, mechanism, reports, utility);
    check_weights(v, x, &scales, reports, *exact);
    ENT_TRY(ent_bv_optimal(v, s, mechanism, reports, &scales));
done:
    ent_rats_free(reports, pairs);
    ent_bv_scales_release(&scales);
    return st;
}

/* [Sal] Definition 2: a feasible mechanism that gives every type of the dictator at least
 * best_safe, and one of them more. */
static ent_status check_dominating(ent_bv *v, const ent_bv_dictator *x, const ent_json *node,
                                   const ent_claim *best, bool *exact)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    const size_t pairs = (size_t)ent_bv_pairs(s);
    const ent_rat *range = &v->range[s->member[x->k]];
    bool more = false;
    ent_bv_mechanism mechanism = {0};
    ent_rat error = ENT_RAT_ZERO;
    ent_rat *reports = NULL;
    ent_claim *utility = ent_claims_new(v->ctx, s->interims, &st);
    if (!utility) goto done;
    reports = ent_rats_new(v->ctx, pairs, &st);
    if (!reports) goto done;
    ENT_TRY(ent_bv_member_interim(v, node, "utilities", s, utility));
    ENT_TRY(ent_bv_mechanism_of(v, node, s, &mechanism));
    *exact = *exact && mechanism.exact && ent_bv_all_exact(utility, s->interims);
    ent_bv_reports(v, s, &mechanism, reports);
    check_feasible(v, x, &mechanism, reports, utility);
    for (int m = s->first[x->k]; m < s->first[x->k + 1]; m++) {
        ent_rat_sub(&error, &best[m].number, &utility[m].number);
        more = more || ent_rat_sign(&error) < 0;
        ent_claims_at_most_zero(&v->c, utility[m].node, *exact && best[m].exact, &error, range,
                                "less than a safe mechanism gives");
    }
    if (!more) ent_ledger_refuse(&v->c, node, "better than safe mechanisms for no type");
done:
    ent_rats_free(reports, pairs);
    ent_claims_free(utility, s->interims);
    ent_bv_mechanism_release(&mechanism);
    ent_rat_release(&error);
    return st;
}

/* The mechanism that attains best_safe, for every type of the dictator: in the certificate. */
static ent_status check_attained(ent_bv *v, const ent_bv_dictator *x, const ent_json *proof,
                                 const ent_claim *best)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    const size_t pairs = (size_t)ent_bv_pairs(s);
    const ent_json *node = NULL;
    ent_bv_mechanism mechanism = {0};
    ent_rat *reports = ent_rats_new(v->ctx, pairs, &st);
    if (!reports) goto done;
    v->quoted = true;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "safe_mechanism", &node));
    ENT_TRY(ent_bv_mechanism_read(v, node, s, &mechanism));
    ENT_TRY(ent_bv_safe(v, x, &mechanism));
    ent_bv_reports(v, s, &mechanism, reports);
    for (int t = 0; t < s->types[x->k]; t++)
        ent_claims_equal(&v->c, &best[s->first[x->k] + t], &reports[ent_bv_pair(s, x->k, t, t)],
                         true, &v->range[s->member[x->k]],
                         "what the safe mechanism gives to this type");
done:
    v->quoted = false;
    ent_rats_free(reports, pairs);
    ent_bv_mechanism_release(&mechanism);
    return st;
}

/* Nothing safe is better than best_safe: the bound is at most sum p best_safe, which a safe
 * mechanism attains. */
static ent_status check_best(ent_bv *v, const ent_bv_dictator *x, const ent_json *proof,
                             const ent_claim *best)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    ent_rat bound = ENT_RAT_ZERO;
    ENT_TRY(check_attained(v, x, proof, best));
    ENT_TRY(ent_bv_safe_bound(v, x, proof, true, &bound));
    for (int t = 0; t < s->types[x->k]; t++)
        ent_rat_submul(&bound, &v->m->prior[s->member[x->k]].exact[t],
                       &best[s->first[x->k] + t].number);
    if (ent_rat_sign(&bound) > 0)
        ent_ledger_refuse(&v->c, ent_json_get(proof, "safe_multipliers"),
                          "the bound on safe mechanisms is above best_safe");
done:
    ent_rat_release(&bound);
    return st;
}

static ent_status check_not_strong(ent_bv *v, const ent_bv_dictator *x, const ent_json *node,
                                   const ent_json *proof, bool safe, const char *kind)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    const ent_json *best_node = NULL, *dominating = NULL;
    bool exact = x->threat_exact;
    ent_rat bound = ENT_RAT_ZERO;
    ent_claim *best = ent_claims_new(v->ctx, s->interims, &st);
    if (!best) goto done;
    if (safe) {
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "best_safe", &best_node));
        ENT_TRY(ent_bv_interim(v, best_node, s, ent_coal_single(s->member[x->k]), best));
        exact = exact && ent_bv_all_exact(best, s->interims);
        dominating = ent_json_get(node, "dominated_by");
        if (!dominating && strcmp(kind, "numerical") != 0)
            ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "dominated_by", &dominating));
        if (dominating) ENT_TRY(check_dominating(v, x, dominating, best, &exact));
    }
    if (strcmp(kind, "numerical") == 0) {
        /* that nothing safe is better has no evidence */
        ent_ledger_held(&v->c, ENT_APPROXIMATE, ENT_LEDGER_APPROXIMATE);
    } else if (safe) {
        ENT_TRY(check_best(v, x, proof, best));
    } else {
        ENT_TRY(ent_bv_safe_bound(v, x, proof, false, &bound));
        if (ent_rat_sign(&bound) >= 0)
            ent_ledger_refuse(&v->c, ent_json_get(proof, "safe_multipliers"),
                              "these multipliers do not exclude safe mechanisms");
    }
done:
    ent_claims_free(best, s->interims);
    ent_rat_release(&bound);
    return st;
}

ent_status ent_bv_answer(ent_bv *v, const ent_bv_dictator *x, const ent_json *node,
                         const ent_json *proof)
{
    ent_status st = ENT_OK;
    const char *kind = NULL;
    bool strong = false, safe = false, stated = false, exact = false;
    ent_bv_mechanism mechanism = {0};
    ent_claim *utility = NULL;
    ENT_TRY(ent_claims_text(&v->c, proof, "proof", &kind));
    ENT_TRY(ent_bv_truth(v, node, "strong", &strong));
    ENT_TRY(ent_bv_truth(v, node, "safe", &safe));
    ENT_TRY(ent_bv_truth(v, node, "exact", &stated));
    if (strong && !safe)
        ent_ledger_refuse(&v->c, ent_json_get(node, "safe"), "a strong solution is safe");
    const char *want = !stated ? "numerical" : strong ? "strong" : safe ? "dominated" : "none";
    if (strcmp(kind, want) != 0)
        ent_ledger_refuse(&v->c, ent_json_get(proof, "proof"), "wanted \"%s\"", want);
    if (!strong) {
        ENT_TRY(check_not_strong(v, x, node, proof, safe, kind));
        goto done;
    }
    utility = ent_claims_new(v->ctx, x->s->interims, &st);
    if (!utility) goto done;
    ENT_TRY(ent_bv_strong_found(v, x, node, &exact, utility, &mechanism));
    if (stated != exact)
        ent_ledger_refuse(&v->c, ent_json_get(node, "exact"), "the numbers are %sexact",
                          exact ? "" : "not all ");
done:
    ent_claims_free(utility, x->s->interims);
    ent_bv_mechanism_release(&mechanism);
    return st;
}
