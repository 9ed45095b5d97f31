/* nash: two players with variable threats, and bargaining from a disagreement outcome. */
#include "verify/strategic_i.h"

#include <string.h>

/* The product of the positive gains; 1 when nobody gains. */
static ent_status check_product(ent_sv *v, const ent_claim *utility, const ent_claim *threat)
{
    ent_status st = ENT_OK;
    bool exact = true;
    ent_rat product = ENT_RAT_ZERO, gain = ENT_RAT_ZERO, scale = ENT_RAT_ZERO;
    ent_claim claim = {.number = ENT_RAT_ZERO};
    ent_ledger_begin(&v->c, 1.0);
    ent_rat_set_int(&product, 1);
    ent_rat_set_int(&scale, 1);
    for (int i = 0; i < v->n; i++) {
        ent_rat_sub(&gain, &utility[i].number, &threat[i].number);
        exact = exact && utility[i].exact && threat[i].exact;
        if (ent_rat_sign(&gain) <= 0) continue;
        ent_rat_mul(&product, &product, &gain);
        ent_rat_mul(&scale, &scale, &v->range[i]);
    }
    ENT_TRY(ent_claim_member(&v->c, v->solution, "product", &claim));
    ent_claims_equal(&v->c, &claim, &product, exact, &scale, "the product of the gains");
    ent_ledger_end(&v->c, "/solution/product", "the product of the positive gains");
done:
    ent_rat_release(&product);
    ent_rat_release(&gain);
    ent_rat_release(&scale);
    ent_rat_release(&claim.number);
    return st;
}

/* threats are the strategies of the conflict, and threat_point what they give. */
static ent_status check_threats(ent_sv *v, const ent_json *conflict, ent_claim *threat)
{
    ent_status st = ENT_OK;
    static const char *const proof[2] = {"strategy", "against"};
    const ent_json *threats = NULL, *point = NULL;
    ent_sv_mix mix[2] = {{0}, {0}}, other = {0};
    ent_rat mean = ENT_RAT_ZERO;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "threats", &threats));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, threats, ENT_JSON_OBJECT));
    for (int i = 0; i < 2; i++) {
        const ent_json *at = NULL;
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, threats, v->m->player[i], &at));
        ENT_TRY(ent_sv_mix_read(v, at, ent_coal_single(i), &mix[i]));
        ENT_TRY(ent_sv_mix_read(v, ent_json_get(conflict, proof[i]), ent_coal_single(i), &other));
        bool same = other.n == mix[i].n;
        for (int k = 0; same && k < other.n; k++)
            same = other.play[k] == mix[i].play[k] &&
                   ent_rat_equal(&other.weight[k], &mix[i].weight[k]);
        if (!same)
            ent_ledger_refuse(&v->c, at, "not the strategy that the conflict proves optimal");
        ent_sv_mix_release(&other);
    }
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "threat_point", &point));
    ENT_TRY(ent_sv_by_player(v, point, 3, threat));
    for (int i = 0; i < 2; i++) {
        ent_sv_mean_payoff(v, i, &mix[0], &mix[1], &mean);
        ent_claims_equal(&v->c, &threat[i], &mean, mix[0].exact && mix[1].exact, &v->range[i],
                         "the payoff when both carry out their threats");
    }
    ent_ledger_end(&v->c, "/solution/threats/*",
                   "the conflict's optimal strategies, and what they give");
done:
    ent_sv_mix_release(&mix[0]);
    ent_sv_mix_release(&mix[1]);
    ent_sv_mix_release(&other);
    ent_rat_release(&mean);
    return st;
}

/* [CoCo] Section 6. Two players without a disagreement outcome: an equilibrium as those of `coco`,
 * its members standing in the solution itself. */
static ent_status check_variable(ent_sv *v)
{
    static const char *const keys[] = {"utilities", "prices",  "prices_range", "threat_point",
                                       "threats",   "lottery", "product",      "joint",
                                       "payments",  NULL};
    ent_status st = ENT_OK;
    ent_sv_equilibrium e = {0};
    const ent_json *conflicts = NULL, *conflict = NULL;
    ent_claim *threat = ent_claims_new(v->ctx, v->n, &st);
    if (!threat) goto done;
    if (v->n != 2)
        ENT_FAIL(v->ctx, ENT_E_MODEL, "nash wants two players or a disagreement outcome");
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, v->solution, keys));
    ENT_TRY(ent_sv_equilibrium_new(v, v->solution, v->certificate, 0, &e));
    e.single = true;
    e.boundary = strcmp(v->outcome, "boundary") == 0;
    ENT_TRY(ent_sv_prices_and_joint(v, &e));
    ENT_TRY(ent_sv_claims_fulfilled(v, &e));
    if (e.boundary) {
        ENT_TRY(ent_sv_boundary(v, &e));
        goto done;
    }
    ENT_TRY(ent_sv_lottery(v, &e));
    ENT_TRY(ent_sv_enclosure(v, &e)); /* while the prices of v are those of e */
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "conflicts", &conflicts));
    ENT_TRY(ent_sv_member_of(v, conflicts, 1, &conflict));
    ENT_TRY(check_threats(v, conflict, threat));
    ENT_TRY(check_product(v, e.utility, threat));
    ENT_TRY(ent_sv_ends(v, &e));
done:
    ent_sv_equilibrium_release(v, &e);
    ent_claims_free(threat, v->n);
    return st;
}

/* A bargaining model being checked. */
typedef struct bargain {
    ent_sv *v;
    ent_claim *price, *utility, *threat; /* [n] */
    bool gains[ENT_DENSE_MAX];
    /* [outcomes + 1] may occur at all; the last is the disagreement */
    bool *inside;
    bool prices_exact;
} bargain;

static const ent_rat *payoff_of(const bargain *b, int outcome, int i)
{
    const ent_strategic *m = b->v->m;
    return outcome == m->outcomes ? &m->disagreement.exact[i]
                                  : &m->outcome_payoff.exact[outcome * m->n + i];
}

/* sum of weight_i (u_i(outcome) - d_i). */
static void gain_at(const bargain *b, const ent_claim *weight, int outcome, ent_rat *out)
{
    ent_rat gain = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int i = 0; i < b->v->n; i++) {
        ent_rat_sub(&gain, payoff_of(b, outcome, i), payoff_of(b, b->v->m->outcomes, i));
        ent_rat_addmul(out, &weight[i].number, &gain);
    }
    ent_rat_release(&gain);
}

static ent_status read_gainers(bargain *b)
{
    ent_status st = ENT_OK;
    ent_sv *v = b->v;
    const ent_json *list = NULL;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "can_gain", &list));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, list, ENT_JSON_ARRAY));
    for (const ent_json *at = list->first; at; at = at->next) {
        int i = 0;
        ENT_TRY(ent_i_name_index(v->ctx, v->c.doc, at, ENT_I_A_PLAYER, v->n, v->m->player, &i));
        b->gains[i] = true;
    }
    for (int i = 0; i < v->n; i++) {
        const int sign = ent_rat_cmp(&b->utility[i].number, &b->threat[i].number);
        if (b->gains[i] ? sign <= 0 : sign != 0 && b->utility[i].exact)
            ent_ledger_refuse(&v->c, b->utility[i].node,
                              b->gains[i]
                                  ? "said to gain, but does not"
                                  : "said not to gain, but does not get the disagreement payoff");
    }
done:
    return st;
}

/* Some cannot gain: prices that are positive for them and at which no outcome is better than
 * disagreement. Then only outcomes with equality can be in an agreement that leaves nobody below
 * the disagreement payoff. */
static ent_status check_fixed(bargain *b)
{
    static const char *const keys[] = {"prices", NULL};
    ent_status st = ENT_OK;
    ent_sv *v = b->v;
    const ent_json *fixed = NULL, *prices = NULL;
    ent_rat gain = ENT_RAT_ZERO;
    bool needed = false;
    ent_claim *price = ent_claims_new(v->ctx, v->n, &st);
    if (!price) goto done;
    ENT_ALLOC(v->ctx, b->inside, v->m->outcomes + 1);
    for (int k = 0; k <= v->m->outcomes; k++) b->inside[k] = true;
    for (int i = 0; i < v->n; i++) needed = needed || !b->gains[i];
    if (!needed) goto done;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "fixed", &fixed));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, fixed, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, fixed, keys));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, fixed, "prices", &prices));
    ENT_TRY(ent_sv_by_player(v, prices, ent_coal_all(v->n), price));
    for (int i = 0; i < v->n; i++) {
        const int sign = ent_rat_sign(&price[i].number);
        if (sign < 0 || (sign == 0 && !b->gains[i]))
            ent_ledger_refuse(&v->c, price[i].node,
                              "a price is negative, or 0 for one who cannot gain");
        if (!price[i].exact)
            ent_ledger_refuse(&v->c, price[i].node, "this proof wants exact prices");
    }
    for (int k = 0; k < v->m->outcomes; k++) {
        gain_at(b, price, k, &gain);
        if (ent_rat_sign(&gain) > 0)
            ent_ledger_refuse(&v->c, prices,
                              "an outcome is better than disagreement at these prices");
        b->inside[k] = ent_rat_sign(&gain) == 0;
    }
done:
    ent_rat_release(&gain);
    ent_claims_free(price, v->n);
    return st;
}

/* [CoCo] Section 4: a_i (u_i - d_i) is the same for all who gain, and a.u(x) <= a.u for every
 * outcome that may occur. */
static void judge_tangent(bargain *b)
{
    ent_sv *v = b->v;
    ent_rat sum = ENT_RAT_ZERO, first = ENT_RAT_ZERO, own = ENT_RAT_ZERO, scale = ENT_RAT_ZERO;
    bool any = false, exact = b->prices_exact;
    for (int i = 0; i < v->n; i++) {
        exact = exact && b->utility[i].exact;
        ent_rat_addmul(&scale, &b->price[i].number, &v->range[i]);
    }
    for (int i = 0; i < v->n; i++) {
        if (!b->gains[i]) continue;
        if (ent_rat_sign(&b->price[i].number) <= 0)
            ent_ledger_refuse(&v->c, b->price[i].node,
                              "the price of one who gains is not positive");
        ent_rat_sub(&own, &b->utility[i].number, &b->threat[i].number);
        ent_rat_mul(&own, &own, &b->price[i].number);
        ent_rat_add(&sum, &sum, &own);
        if (!any) ent_rat_set(&first, &own);
        any = true;
        ent_rat_sub(&own, &own, &first);
        ent_claims_zero(&v->c, b->utility[i].node, exact, &own, &scale, "weighted gains differ");
    }
    for (int k = 0; k <= v->m->outcomes; k++) {
        if (!b->inside[k]) continue;
        gain_at(b, b->price, k, &own);
        ent_rat_sub(&own, &own, &sum);
        ent_claims_at_most_zero(&v->c, b->price[0].node, exact, &own, &scale,
                                "an outcome is worth more at the prices than the solution");
    }
    ent_rat_release(&sum);
    ent_rat_release(&first);
    ent_rat_release(&own);
    ent_rat_release(&scale);
}

/* The outcomes and their weights: sum 1, of outcomes that may occur, with the utilities as mean
 * (plus payments). */
static ent_status check_lottery(bargain *b)
{
    static const char *const keys[] = {"outcome", "weight", NULL};
    ent_status st = ENT_OK;
    ent_sv *v = b->v;
    const ent_json *list = NULL;
    bool exact = true;
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_claim weight = {.number = ENT_RAT_ZERO};
    ent_rat *mean = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!mean) goto done;
    ent_rat_set_int(&one, 1);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "lottery", &list));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, list, ENT_JSON_ARRAY));
    for (const ent_json *at = list->first; at; at = at->next) {
        const ent_json *name = NULL;
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, at, ENT_JSON_OBJECT));
        ENT_TRY(ent_json_known(v->ctx, v->c.doc, at, keys));
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, at, "outcome", &name));
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, name, ENT_JSON_STRING));
        int k = ent_i_name_find(v->m->outcomes, v->m->outcome, name->text);
        if (k < 0 && strcmp(name->text, "refuse") == 0)
            k = v->m->outcomes; /* the disagreement itself */
        if (k < 0) {
            st = ent_json_fail(v->ctx, v->c.doc, name, ENT_E_MODEL,
                               "wanted the name of an outcome, found \"%s\"", name->text);
            goto done;
        }
        ENT_TRY(ent_claim_member(&v->c, at, "weight", &weight));
        exact = exact && weight.exact;
        if (ent_rat_sign(&weight.number) <= 0)
            ent_ledger_refuse(&v->c, weight.node, "a weight is not positive");
        if (!b->inside[k])
            ent_ledger_refuse(
                &v->c, name,
                "this outcome leaves somebody below the disagreement payoff, or cannot be made up for");
        ent_rat_add(&sum, &sum, &weight.number);
        for (int i = 0; i < v->n; i++) ent_rat_addmul(&mean[i], &weight.number, payoff_of(b, k, i));
    }
    ent_rat_sub(&sum, &sum, &one);
    ent_claims_zero(&v->c, list, exact, &sum, &one, "the sum of the weights less 1");
    for (int i = 0; i < v->n; i++)
        ent_claims_equal(&v->c, &b->utility[i], &mean[i], exact, &v->range[i],
                         "the mean payoff of the lottery");
done:
    ent_rat_release(&sum);
    ent_rat_release(&one);
    ent_rat_release(&weight.number);
    ent_rats_free(mean, (size_t)v->n);
    return st;
}

static ent_status read_numbers(bargain *b)
{
    ent_status st = ENT_OK;
    ent_sv *v = b->v;
    const ent_json *object = NULL;
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    b->prices_exact = true;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "prices", &object));
    ENT_TRY(ent_sv_by_player(v, object, ent_coal_all(v->n), b->price));
    for (int i = 0; i < v->n; i++) {
        b->prices_exact = b->prices_exact && b->price[i].exact;
        ent_rat_add(&sum, &sum, &b->price[i].number);
    }
    ent_rat_sub(&sum, &sum, &one);
    ent_claims_zero(&v->c, object, b->prices_exact, &sum, &one, "the sum of the prices less 1");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "utilities", &object));
    ENT_TRY(ent_sv_by_player(v, object, ent_coal_all(v->n), b->utility));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "threat_point", &object));
    ENT_TRY(ent_sv_by_player(v, object, ent_coal_all(v->n), b->threat));
    for (int i = 0; i < v->n; i++)
        ent_claims_equal(&v->c, &b->threat[i], &v->m->disagreement.exact[i], true, &v->range[i],
                         "the disagreement payoff");
done:
    ent_rat_release(&sum);
    ent_rat_release(&one);
    return st;
}

static ent_status check_bargaining(ent_sv *v)
{
    static const char *const keys[] = {"utilities", "prices",  "threat_point",
                                       "lottery",   "product", NULL};
    ent_status st = ENT_OK;
    bargain b = {.v = v};
    ent_rat *one = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!one) goto done;
    for (int i = 0; i < v->n; i++) ent_rat_set_int(&one[i], 1);
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, v->solution, keys));
    ENT_TRY(ent_sv_set_prices(v, one, true)); /* for the ranges */
    b.price = ent_claims_new(v->ctx, v->n, &st);
    b.utility = b.price ? ent_claims_new(v->ctx, v->n, &st) : NULL;
    b.threat = b.utility ? ent_claims_new(v->ctx, v->n, &st) : NULL;
    if (!b.threat) goto done;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(read_numbers(&b));
    ENT_TRY(read_gainers(&b));
    ENT_TRY(check_fixed(&b));
    judge_tangent(&b);
    ENT_TRY(check_lottery(&b));
    ent_ledger_end(
        &v->c, "/solution/*",
        "the prices separate the outcomes from all points with a larger product of gains; the lottery attains it");
    ENT_TRY(check_product(v, b.utility, b.threat));
done:
    ent_rats_free(one, (size_t)v->n);
    ent_claims_free(b.price, v->n);
    ent_claims_free(b.utility, v->n);
    ent_claims_free(b.threat, v->n);
    ent_free(b.inside);
    return st;
}

ent_status ent_sv_nash(ent_sv *v)
{
    if (v->m->outcomes > 0) return check_bargaining(v);
    return check_variable(v);
}
