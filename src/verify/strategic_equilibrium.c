/* What all notions of equilibrium share: prices, joint payoff, lottery, and psi_i(a) = a_i u_i. */
#include "verify/strategic_i.h"

#include <stdio.h>
#include <string.h>

const char *ent_sv_path(char buffer[ENT_SV_PATH], const ent_sv_equilibrium *e, const char *member)
{
    if (e->single) snprintf(buffer, ENT_SV_PATH, "/solution/%s", member);
    else
        snprintf(buffer, ENT_SV_PATH, "/%s/%d/%s",
                 e->examined ? "certificate/examined" : "solution/equilibria", e->number, member);
    return buffer;
}

const char *ent_sv_proof_path(char buffer[ENT_SV_PATH], const ent_sv_equilibrium *e,
                              const char *member)
{
    if (e->single) snprintf(buffer, ENT_SV_PATH, "/certificate/%s", member);
    else
        snprintf(buffer, ENT_SV_PATH, "/certificate/%s/%d/%s",
                 e->examined ? "examined" : "equilibria", e->number, member);
    return buffer;
}

void ent_sv_equilibrium_release(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_claims_free(e->price, v->n);
    ent_claims_free(e->utility, v->n);
    ent_rats_free(e->d, e->d ? (size_t)1 << v->n : 0);
}

ent_status ent_sv_equilibrium_new(ent_sv *v, const ent_json *node, const ent_json *proof,
                                  int number, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    *e = (ent_sv_equilibrium){.node = node, .proof = proof, .number = number};
    e->price = ent_claims_new(v->ctx, v->n, &st);
    if (!e->price) goto done;
    e->utility = ent_claims_new(v->ctx, v->n, &st);
    if (!e->utility) goto done;
    e->d = ent_rats_new(v->ctx, (size_t)1 << v->n, &st);
done:
    return st;
}

/* [CoCo] Section 1, Condition 2. Prices must be at least 0, and positive inside the domain of the
 * definition; they sum to 1. */
static void judge_prices(ent_sv *v, const ent_sv_equilibrium *e)
{
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    int zeros = 0;
    for (int i = 0; i < v->n; i++) {
        const int sign = ent_rat_sign(&e->price[i].number);
        zeros += sign == 0;
        if (sign < 0 || (sign == 0 && !e->boundary))
            ent_ledger_refuse(&v->c, e->price[i].node, "a price is not positive");
        ent_rat_add(&sum, &sum, &e->price[i].number);
    }
    if (e->boundary && zeros == 0)
        ent_ledger_refuse(&v->c, e->node, "called a boundary point, but all prices are positive");
    ent_rat_set_int(&one, 1);
    ent_rat_sub(&sum, &sum, &one);
    bool exact = true;
    for (int i = 0; i < v->n; i++) exact = exact && e->price[i].exact;
    ent_claims_zero(&v->c, e->price[0].node, exact, &sum, &one, "the sum of the prices less 1");
    ent_rat_release(&sum);
    ent_rat_release(&one);
}

/* Side payments make everybody's utility worth the same. */
static void judge_transferable_prices(ent_sv *v, const ent_sv_equilibrium *e)
{
    ent_rat want = ENT_RAT_ZERO;
    ent_rat_set_ratio(&want, 1, v->n);
    for (int i = 0; i < v->n; i++)
        ent_claims_equal(&v->c, &e->price[i], &want, true, &want,
                         "1/n, utility being transferable");
    ent_rat_release(&want);
}

ent_status ent_sv_prices_and_joint(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    char path[ENT_SV_PATH];
    const ent_json *prices = NULL, *utilities = NULL;
    ent_claim joint = {.number = ENT_RAT_ZERO};
    ent_rat *price = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!price) goto done;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->node, "prices", &prices));
    ENT_TRY(ent_sv_by_player(v, prices, ent_coal_all(v->n), e->price));
    judge_prices(v, e);
    if (v->m->transferable) judge_transferable_prices(v, e);
    ent_ledger_end(&v->c, ent_sv_path(path, e, "prices/*"), "prices are %s and sum to 1",
                   e->boundary ? "not negative" : "positive");
    bool exact = true;
    for (int i = 0; i < v->n; i++) {
        exact = exact && e->price[i].exact;
        ent_rat_set(&price[i], &e->price[i].number);
    }
    ENT_TRY(ent_sv_set_prices(v, price, exact));
    if (!e->single || ent_json_get(e->node, "joint")) {
        ent_ledger_begin(&v->c, 1.0);
        ENT_TRY(ent_claim_member(&v->c, e->node, "joint", &joint));
        ent_claims_equal(&v->c, &joint, &v->joint, exact, &v->scale,
                         "the largest weighted sum over all profiles");
        ent_ledger_end(&v->c, ent_sv_path(path, e, "joint"),
                       "the largest weighted sum over all profiles");
    }
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->node, "utilities", &utilities));
    ent_ledger_begin(&v->c, 1.0); /* who judges the utilities opens the group again */
    ENT_TRY(ent_sv_by_player(v, utilities, ent_coal_all(v->n), e->utility));
    e->exact = exact;
    for (int i = 0; i < v->n; i++) e->exact = e->exact && e->utility[i].exact;
done:
    ent_rats_free(price, (size_t)v->n);
    ent_rat_release(&joint.number);
    return st;
}

/* Payments that sum to 0; 0 each when the game has none. */
static ent_status read_payments(ent_sv *v, const ent_sv_equilibrium *e, ent_claim *payment)
{
    ent_status st = ENT_OK;
    const ent_json *object = NULL;
    ent_rat sum = ENT_RAT_ZERO;
    bool exact = true;
    for (int i = 0; i < v->n; i++) payment[i].exact = true;
    if (!v->m->transferable) return st;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->node, "payments", &object));
    ENT_TRY(ent_sv_by_player(v, object, ent_coal_all(v->n), payment));
    for (int i = 0; i < v->n; i++) {
        exact = exact && payment[i].exact;
        ent_rat_add(&sum, &sum, &payment[i].number);
    }
    ent_claims_zero(&v->c, object, exact, &sum, &v->range[0], "the sum of the payments");
done:
    ent_rat_release(&sum);
    return st;
}

/* [CoCo] Condition 1, Condition 3 for S = N: every play of the lottery attains the joint payoff. */
static void judge_support(ent_sv *v, const ent_sv_mix *mix)
{
    ent_rat gap = ENT_RAT_ZERO;
    for (int k = 0; k < mix->n; k++) {
        ent_sv_total(v, mix->play[k], &gap);
        ent_rat_sub(&gap, &v->joint, &gap);
        ent_claims_at_most_zero(&v->c, mix->node, v->prices_exact, &gap, &v->scale,
                                "a play of the lottery does not attain the joint payoff");
    }
    ent_rat_release(&gap);
}

static void judge_mean(ent_sv *v, const ent_sv_equilibrium *e, const ent_sv_mix *mix,
                       const ent_claim *payment)
{
    ent_rat mean = ENT_RAT_ZERO;
    for (int i = 0; i < v->n; i++) {
        ent_rat_set(&mean, &payment[i].number);
        for (int k = 0; k < mix->n; k++)
            ent_rat_addmul(&mean, &mix->weight[k],
                           &v->m->payoff.exact[i * v->m->profiles + mix->play[k]]);
        ent_claims_equal(&v->c, &e->utility[i], &mean, mix->exact && payment[i].exact, &v->range[i],
                         "the mean payoff of the lottery");
    }
    ent_rat_release(&mean);
}

ent_status ent_sv_lottery(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    char path[ENT_SV_PATH];
    const ent_json *lottery = NULL;
    ent_sv_mix mix = {0};
    ent_claim *payment = ent_claims_new(v->ctx, v->n, &st);
    if (!payment) goto done;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->node, "lottery", &lottery));
    ENT_TRY(ent_sv_mix_read(v, lottery, ent_coal_all(v->n), &mix));
    ENT_TRY(read_payments(v, e, payment));
    judge_support(v, &mix);
    judge_mean(v, e, &mix, payment);
    ent_ledger_end(
        &v->c, ent_sv_path(path, e, "lottery/*"),
        "[CoCo] condition 1: utilities are the mean of plays that attain the joint payoff at positive prices");
done:
    ent_sv_mix_release(&mix);
    ent_claims_free(payment, v->n);
    return st;
}

/* [CoCo] Section 2: a_i u_i = psi_i, measured against what player i can gain or lose, weighted. */
static void judge_psi(ent_sv *v, const ent_sv_equilibrium *e, const ent_rat *psi)
{
    ent_rat error = ENT_RAT_ZERO, own = ENT_RAT_ZERO;
    for (int i = 0; i < v->n; i++) {
        ent_rat_mul(&error, &v->price[i], &e->utility[i].number);
        ent_rat_sub(&error, &error, &psi[i]);
        ent_rat_mul(&own, &v->price[i], &v->range[i]);
        ent_claims_zero(&v->c, e->utility[i].node, e->exact && e->d_exact, &error,
                        e->boundary ? &v->scale : &own, "price times utility less the value psi");
    }
    ent_rat_release(&error);
    ent_rat_release(&own);
}

ent_status ent_sv_claims_fulfilled(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    char path[ENT_SV_PATH];
    const ent_json *conflicts = NULL;
    ent_rat *psi = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!psi) goto done;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->proof, "conflicts", &conflicts));
    ENT_TRY(ent_sv_conflicts(v, conflicts, e->d, &e->d_exact));
    ent_ledger_end(
        &v->c, ent_sv_proof_path(path, e, "conflicts/*"),
        "[CoCo] condition 3: each value is secured by one side's strategy and held by the other's");
    ENT_TRY(ent_sv_psi(v, e->d, psi));
    ent_ledger_begin(&v->c, 1.0);
    ent_ledger_held(&v->c, e->exact ? ENT_EXACT : ENT_VERIFIED, 0.0);
    judge_psi(v, e, psi);
    ent_ledger_end(
        &v->c, ent_sv_path(path, e, "utilities/*"),
        "[CoCo] condition 4 for all players: price times utility is the value psi of the weighted game");
done:
    ent_rats_free(psi, (size_t)v->n);
    return st;
}

static ent_status read_status(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    const char *status = NULL;
    ENT_TRY(ent_claims_text(&v->c, e->node, "status", &status));
    e->boundary = strcmp(status, "boundary") == 0;
    if (!e->boundary && strcmp(status, "solved") != 0)
        st = ent_json_fail(v->ctx, v->c.doc, ent_json_get(e->node, "status"), ENT_E_MODEL,
                           "wanted \"solved\" or \"boundary\", found \"%s\"", status);
done:
    return st;
}

ent_status ent_sv_each_equilibrium(ent_sv *v, ent_sv_check_fn *check, int *solved, int *boundaries)
{
    ent_status st = ENT_OK;
    const ent_json *list = NULL, *proofs = NULL;
    ent_sv_equilibrium e = {0};
    int number = 0;
    *solved = *boundaries = 0;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "equilibria", &list));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, list, ENT_JSON_ARRAY));
    if (list->count == 0) return st;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "equilibria", &proofs));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, proofs, ENT_JSON_ARRAY));
    if (list->count != proofs->count) {
        st = ent_json_fail(v->ctx, v->c.doc, proofs, ENT_E_MODEL,
                           "wanted evidence for %u equilibria, found it for %u",
                           (unsigned)list->count, (unsigned)proofs->count);
        goto done;
    }
    const ent_json *proof = proofs->first;
    for (const ent_json *at = list->first; at; at = at->next, proof = proof->next, number++) {
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, at, ENT_JSON_OBJECT));
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, proof, ENT_JSON_OBJECT));
        ENT_TRY(ent_sv_equilibrium_new(v, at, proof, number, &e));
        ENT_TRY(read_status(v, &e));
        ENT_TRY(check(v, &e));
        *solved += !e.boundary;
        *boundaries += e.boundary;
        ent_sv_equilibrium_release(v, &e);
        e = (ent_sv_equilibrium){0};
    }
done:
    ent_sv_equilibrium_release(v, &e);
    return st;
}
