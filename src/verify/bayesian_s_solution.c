/* s-solution: equal division of virtual utility in every state, docs/results.md and
 * docs/bayesian.md 5. */
#include "verify/bayesian_division.h"

#include <string.h>

/* The profile of the types that members of the smaller coalition r have in profile t of s. */
static int part_of(const ent_bayes_coal *s, int t, const ent_bayes_coal *r)
{
    int profile = 0;
    for (int k = 0; k < r->size; k++) {
        const int place = ent_bayes_place(s, r->member[k]);
        profile += t / ent_bayes_stride(s, place) % s->types[place] * ent_bayes_stride(r, k);
    }
    return profile;
}

/* x_i(t) = (1/|S|) (-W_{S\i} + sum over j in S\i of v_i(mu_{S\j})); 0 for a single player. */
static void surplus(const ent_bv_division *x, const ent_bayes_coal *s, int k, int t, ent_rat *out)
{
    ent_rat size = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    if (s->size == 1) return;
    for (int j = 0; j < s->size; j++) {
        const ent_coal rest = s->members & ~ent_coal_single(s->member[j]);
        const ent_bayes_coal *r = x->v->m->coalition[rest];
        const int part = part_of(s, t, r);
        if (j == k) ent_rat_sub(out, out, &x->worth[rest][part]);
        else
            ent_rat_add(out, out,
                        &x->share[rest][ent_bayes_place(r, s->member[k]) * r->profiles + part]);
    }
    ent_rat_set_int(&size, s->size);
    ent_rat_div(out, out, &size);
    ent_rat_release(&size);
}

/* v_i(mu_S,t) of all members in all profiles, and their sums. */
static void fill_shares(const ent_bv_division *x, const ent_bayes_coal *s,
                        const ent_bv_mechanism *mechanism)
{
    ent_rat one = ENT_RAT_ZERO;
    for (int e = 0; e < mechanism->n; e++)
        for (int k = 0; k < s->size; k++) {
            const int t = mechanism->profile[e];
            ent_bv_virtual(x->v, s, &x->scales, k, mechanism->decision[e], t, &one);
            ent_rat_mul(&one, &one, &mechanism->probability[e].number);
            ent_rat *share = &x->share[s->members][k * s->profiles + t],
                    *worth = &x->worth[s->members][t];
            ent_rat_add(share, share, &one);
            ent_rat_add(worth, worth, &one);
        }
    ent_rat_release(&one);
}

static void check_division(const ent_bv_division *x, const ent_bayes_coal *s, const ent_json *node)
{
    ent_rat want = ENT_RAT_ZERO, size = ENT_RAT_ZERO, part = ENT_RAT_ZERO;
    ent_rat_set_int(&size, s->size);
    for (int t = 0; t < s->profiles; t++)
        for (int k = 0; k < s->size; k++) {
            surplus(x, s, k, t, &want);
            ent_rat_div(&part, &x->worth[s->members][t], &size);
            ent_rat_add(&want, &want, &part);
            ent_rat_sub(&want, &want, &x->share[s->members][k * s->profiles + t]);
            ent_claims_zero(&x->v->c, node, true, &want, &size,
                            "equal division of virtual utility");
        }
    ent_rat_release(&want);
    ent_rat_release(&size);
    ent_rat_release(&part);
}

static ent_status allocate(ent_bv_division *x, const ent_bayes_coal *s)
{
    ent_status st = ENT_OK;
    x->share[s->members] = ent_rats_new(x->v->ctx, (size_t)s->size * (size_t)s->profiles, &st);
    if (x->share[s->members])
        x->worth[s->members] = ent_rats_new(x->v->ctx, (size_t)s->profiles, &st);
    return st;
}

static ent_status check_threat(ent_bv_division *x, const ent_bayes_coal *s, const ent_json *node,
                               const ent_json *proof)
{
    ent_status st = ENT_OK;
    ent_bv *v = x->v;
    const size_t pairs = (size_t)ent_bv_pairs(s);
    ent_bv_mechanism mechanism = {0};
    ent_rat *reports = NULL;
    ent_claim *utility = NULL;
    ent_ledger_begin(&v->c, 1.0);
    utility = ent_claims_new(v->ctx, s->interims, &st);
    if (!utility) goto done;
    reports = ent_rats_new(v->ctx, pairs, &st);
    if (!reports) goto done;
    ENT_TRY(allocate(x, s));
    ENT_TRY(ent_bv_member_interim(v, node, "utilities", s, utility));
    ENT_TRY(ent_bv_mechanism_of(v, node, s, &mechanism));
    if (!mechanism.exact || !ent_bv_all_exact(utility, s->interims))
        ent_ledger_refuse(&v->c, node, "threats are exact");
    ent_bv_reports(v, s, &mechanism, reports);
    ent_bv_gives(v, s, &mechanism, reports, s->members, utility);
    fill_shares(x, s, &mechanism);
    check_division(x, s, node);
    ENT_TRY(ent_bv_threat_best(x->v, &x->scales, s, &mechanism, reports, proof));
    ent_ledger_end_at(
        &v->c, node,
        "incentives, equal division in every state, and that no such mechanism is worth more");
done:
    ent_bv_mechanism_release(&mechanism);
    ent_claims_free(utility, s->interims);
    ent_rats_free(reports, pairs);
    return st;
}

/* A omega = sum over profiles with t_i of p(t) (M(t)/n + x_i(t)). */
static ent_status check_claims(ent_bv_division *x, const ent_bayes_coal *s, const ent_claim *claim)
{
    ent_status st = ENT_OK;
    ent_bv *v = x->v;
    ent_rat size = ENT_RAT_ZERO, one = ENT_RAT_ZERO, part = ENT_RAT_ZERO;
    ent_rat *most = NULL, *right = NULL;
    most = ent_rats_new(v->ctx, (size_t)s->profiles, &st);
    if (!most) goto done;
    right = ent_rats_new(v->ctx, (size_t)s->interims, &st);
    if (!right) goto done;
    ent_rat_set_int(&size, s->size);
    ENT_TRY(ent_bv_maxima(v, s, &x->scales, 0, most));
    for (int k = 0; k < s->size; k++) {
        const int stride = ent_bayes_stride(s, k);
        for (int t = 0; t < s->profiles; t++) {
            surplus(x, s, k, t, &one);
            ent_rat_div(&part, &most[t], &size);
            ent_rat_add(&one, &one, &part);
            ent_rat_addmul(&right[s->first[k] + t / stride % s->types[k]], &s->prior.exact[t],
                           &one);
        }
        for (int t = 0; t < s->types[k]; t++) {
            ent_bv_left(&x->scales, claim, k, t, &one);
            ent_rat_sub(&one, &one, &right[s->first[k] + t]);
            ent_claims_zero(&v->c, claim[s->first[k] + t].node, true, &one, &size,
                            "the claim from equal division");
        }
    }
done:
    ent_rats_free(most, (size_t)s->profiles);
    ent_rats_free(right, (size_t)s->interims);
    ent_rat_release(&size);
    ent_rat_release(&one);
    ent_rat_release(&part);
    return st;
}

/* Utilities are at least the claims; `epsilon`: less the stated number, the most by which a claim
 * is missed. */
static ent_status check_met(const ent_bv_division *x, const ent_bayes_coal *s,
                            const ent_claim *utility, const ent_claim *claim)
{
    ent_status st = ENT_OK;
    ent_bv *v = x->v;
    ent_rat miss = ENT_RAT_ZERO;
    ent_bv_size size = {.most = ENT_RAT_ZERO};
    for (int k = 0; k < s->size; k++)
        for (int m = s->first[k]; m < s->first[k + 1]; m++) {
            ent_rat_sub(&miss, &claim[m].number, &utility[m].number);
            if (ent_rat_sign(&miss) <= 0) continue;
            if (x->exact) ent_ledger_refuse(&v->c, utility[m].node, "less than the claim");
            ent_bv_size_add(v, s->member[k], &miss, &size);
        }
    if (x->exact) goto done;
    ENT_TRY(ent_bv_stated(v, v->certificate, "epsilon", &size.most));
    ent_ledger_judge(&v->c, ent_json_get(v->certificate, "epsilon"), size.relative,
                     "a claim is missed by %.3g of the player's range", size.relative);
done:
    ent_rat_release(&miss);
    ent_rat_release(&size.most);
    return st;
}

/* The whole coalition: an incentive compatible mechanism that meets the claims. */
static ent_status check_whole(ent_bv_division *x, const ent_bayes_coal *s)
{
    ent_status st = ENT_OK;
    ent_bv *v = x->v;
    const size_t pairs = (size_t)ent_bv_pairs(s);
    ent_bv_mechanism mechanism = {0};
    ent_rat *reports = NULL;
    ent_claim *utility = NULL, *claim = NULL;
    ent_ledger_begin(&v->c, 1.0);
    utility = ent_claims_new(v->ctx, s->interims, &st);
    if (!utility) goto done;
    claim = ent_claims_new(v->ctx, s->interims, &st);
    if (!claim) goto done;
    reports = ent_rats_new(v->ctx, pairs, &st);
    if (!reports) goto done;
    ENT_TRY(ent_bv_says(v, v->solution, "exact", x->exact, "not what the proof says"));
    ENT_TRY(ent_bv_member_interim(v, v->solution, "utilities", s, utility));
    ENT_TRY(ent_bv_member_interim(v, v->solution, "claims", s, claim));
    ENT_TRY(ent_bv_mechanism_of(v, v->solution, s, &mechanism));
    if (!mechanism.exact || !ent_bv_all_exact(utility, s->interims) ||
        !ent_bv_all_exact(claim, s->interims))
        ent_ledger_refuse(&v->c, v->solution, "the numbers of an S-solution are exact");
    ent_bv_reports(v, s, &mechanism, reports);
    ent_bv_gives(v, s, &mechanism, reports, s->members, utility);
    ENT_TRY(check_claims(x, s, claim));
    ENT_TRY(check_met(x, s, utility, claim));
    ENT_TRY(ent_bv_prices(v, s, &mechanism, v->solution));
    ent_ledger_end_at(
        &v->c, v->solution,
        "claims from equal division of the largest virtual worth, met by an incentive compatible mechanism");
done:
    ent_bv_mechanism_release(&mechanism);
    ent_claims_free(utility, s->interims);
    ent_claims_free(claim, s->interims);
    ent_rats_free(reports, pairs);
    return st;
}

/* The scales of one member's type, as the model has them, over the sum of the weights in the
 * coalition. */
static void check_scale_of(ent_bv_division *x, const ent_bayes_coal *s, int k, int t, int weight,
                           const ent_rat *sum)
{
    const ent_bayesian *m = x->v->m;
    ent_rat want = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_div(&want, &m->weight.exact[weight], sum);
    ent_claims_equal(&x->v->c, &x->scales.weight[s->first[k] + t], &want, true, &one,
                     "the model's weight");
    for (int tau = 0; tau < s->types[k]; tau++) {
        const ent_claim claim = {.node = x->scales.multipliers,
                                 .number = x->scales.multiplier[ent_bv_pair(s, k, t, tau)].number,
                                 .exact = true};
        ent_rat_set_int(&want, 0);
        if (m->multiplier.n)
            ent_rat_div(
                &want,
                &m->multiplier.exact[m->multiplier_first[s->member[k]] + t * s->types[k] + tau],
                sum);
        ent_claims_equal(&x->v->c, &claim, &want, true, &one, "the model's multiplier");
    }
    ent_rat_release(&want);
    ent_rat_release(&one);
}

/* The scales: those of the model when it names any. */
static void check_scales(ent_bv_division *x, const ent_bayes_coal *s)
{
    const ent_bayesian *m = x->v->m;
    ent_rat sum = ENT_RAT_ZERO;
    ent_bv_scales_check(x->v, &x->scales, false, true);
    if (!x->scales.exact) ent_ledger_refuse(&x->v->c, x->scales.weights, "the scales are exact");
    if (!m->weight.n) return;
    for (int i = 0, first = 0; i < m->n; first += m->types[i], i++)
        for (int t = 0; ent_bayes_place(s, i) >= 0 && t < m->types[i]; t++)
            ent_rat_add(&sum, &sum, &m->weight.exact[first + t]);
    for (int i = 0, first = 0; i < m->n; first += m->types[i], i++)
        for (int t = 0; ent_bayes_place(s, i) >= 0 && t < m->types[i] && ent_rat_sign(&sum) > 0;
             t++)
            check_scale_of(x, s, ent_bayes_place(s, i), t, first + t, &sum);
    ent_rat_release(&sum);
}

static ent_status check_all(ent_bv_division *x)
{
    ent_status st = ENT_OK;
    ent_bv *v = x->v;
    const ent_coal focus = v->m->focus;
    const ent_bayes_coal *s = v->m->coalition[focus];
    const ent_json *nodes = NULL, *proofs = NULL, *node = NULL, *proof = NULL;
    ENT_TRY(ent_bv_scales_read(v, v->solution, s, &x->scales));
    check_scales(x, s);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "threats", &nodes));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "threats", &proofs));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, nodes, ENT_JSON_OBJECT));
    ENT_TRY(ent_bv_counted(v, nodes, (1u << s->size) - 2, "threats"));
    for (int size = 1; size < s->size; size++)
        for (ent_coal r = focus; r; r = (r - 1) & focus) {
            if (ent_coal_size(r) != size) continue;
            ENT_TRY(ent_bv_of(v, nodes, r, &node));
            ENT_TRY(ent_bv_of(v, proofs, r, &proof));
            ENT_TRY(check_threat(x, v->m->coalition[r], node, proof));
        }
    ENT_TRY(check_whole(x, s));
done:
    return st;
}

/* `coalition`: the members by name. */
static ent_status check_members(ent_bv *v, const ent_bayes_coal *s)
{
    ent_status st = ENT_OK;
    const ent_json *list = NULL;
    int k = 0;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "coalition", &list));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, list, ENT_JSON_ARRAY));
    ENT_TRY(ent_bv_counted(v, list, (uint32_t)s->size, "members"));
    for (const ent_json *name = list->first; name; name = name->next, k++)
        if (name->kind != ENT_JSON_STRING || strcmp(name->text, v->m->player[s->member[k]]) != 0)
            ent_ledger_refuse(&v->c, name, "wanted \"%s\"", v->m->player[s->member[k]]);
done:
    return st;
}

ent_status ent_bv_s_solution(ent_bv *v)
{
    ent_status st = ENT_OK;
    const size_t masks = (size_t)1 << v->m->n;
    const char *kind = NULL;
    ent_bv_division x = {.v = v};
    ENT_TRY(ent_claims_text(&v->c, v->certificate, "proof", &kind));
    const bool solved = strcmp(v->outcome, "solved") == 0;
    if (!solved && strcmp(v->outcome, "limit") != 0)
        ent_ledger_refuse(&v->c, v->solution, "wanted the outcome \"solved\" or \"limit\"");
    x.exact = strcmp(kind, "epsilon") != 0;
    if (strcmp(kind, !solved ? "not supported" : x.exact ? "exact" : "epsilon") != 0)
        ent_ledger_refuse(&v->c, ent_json_get(v->certificate, "proof"),
                          "not the proof of this outcome");
    if (!solved) {
        ENT_TRY(ent_bv_counted(v, v->solution, 0, "members"));
        ent_report_add(v->c.report, ENT_APPROXIMATE, 0.0, "/solution",
                       "no solution is claimed at these scales, and nothing is proved");
        goto done;
    }
    ENT_ALLOC(v->ctx, x.share, masks);
    ENT_ALLOC(v->ctx, x.worth, masks);
    ENT_TRY(check_members(v, v->m->coalition[v->m->focus]));
    ENT_TRY(check_all(&x));
done:
    for (ent_coal r = 1; x.share && x.worth && r < masks; r++) {
        const ent_bayes_coal *s = v->m->coalition[r];
        ent_rats_free(x.share[r], (size_t)s->size * (size_t)s->profiles);
        ent_rats_free(x.worth[r], (size_t)s->profiles);
    }
    ent_free(x.share);
    ent_free(x.worth);
    ent_bv_scales_release(&x.scales);
    return st;
}
