/* threats and tu-value: the conflicts themselves, and the value with side payments. */
#include "verify/strategic_i.h"

/* Sets the prices of the model, 1 each when it has none. */
static ent_status model_prices(ent_sv *v)
{
    ent_status st = ENT_OK;
    ent_rat *price = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!price) goto done;
    for (int i = 0; i < v->n; i++) {
        if (v->m->price.n) ent_rat_set(&price[i], &v->m->price.exact[i]);
        else ent_rat_set_int(&price[i], 1);
    }
    ENT_TRY(ent_sv_set_prices(v, price, true));
done:
    ent_rats_free(price, (size_t)v->n);
    return st;
}

static ent_status check_prices(ent_sv *v)
{
    ent_status st = ENT_OK;
    const ent_json *object = NULL;
    ent_claim *price = ent_claims_new(v->ctx, v->n, &st);
    if (!price) goto done;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "prices", &object));
    ENT_TRY(ent_sv_by_player(v, object, ent_coal_all(v->n), price));
    for (int i = 0; i < v->n; i++)
        ent_claims_equal(&v->c, &price[i], &v->price[i], true, &v->price[i], "the model's price");
    ent_ledger_end(&v->c, "/solution/prices/*", "the model's prices");
done:
    ent_claims_free(price, v->n);
    return st;
}

static ent_status check_joint(ent_sv *v)
{
    ent_status st = ENT_OK;
    ent_claim joint = {.number = ENT_RAT_ZERO};
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_claim_member(&v->c, v->solution, "joint", &joint));
    ent_claims_equal(&v->c, &joint, &v->joint, true, &v->scale,
                     "the largest weighted sum over all profiles");
    ent_ledger_end(&v->c, "/solution/joint", "the largest weighted sum over all profiles");
done:
    ent_rat_release(&joint.number);
    return st;
}

/* The plays listed are the first of those that attain the joint payoff. */
static ent_status check_plays(ent_sv *v)
{
    ent_status st = ENT_OK;
    const ent_json *list = NULL;
    int64_t next = 0;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "plays", &list));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, list, ENT_JSON_ARRAY));
    for (const ent_json *at = list->first; at; at = at->next, next++) {
        int64_t play = 0;
        ENT_TRY(ent_sv_play_read(v, at, ent_coal_all(v->n), &play));
        while (next < v->m->profiles && !ent_rat_equal(&v->total[next], &v->joint)) next++;
        if (play == next) ent_ledger_held(&v->c, ENT_EXACT, 0.0);
        else ent_ledger_refuse(&v->c, at, "not the next play that attains the joint payoff");
    }
    ent_ledger_end(&v->c, "/solution/plays/*",
                   "the first plays, in row-major order, that attain the joint payoff");
done:
    return st;
}

/* What everybody gets in the conflict of s. */
static ent_status check_payoffs(ent_sv *v, const ent_json *object, const ent_sv_mix *mine,
                                const ent_sv_mix *theirs)
{
    ent_status st = ENT_OK;
    ent_rat mean = ENT_RAT_ZERO;
    const ent_json *payoff = NULL;
    ent_claim *claim = ent_claims_new(v->ctx, v->n, &st);
    if (!claim) goto done;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, "payoff", &payoff));
    ENT_TRY(ent_sv_by_player(v, payoff, ent_coal_all(v->n), claim));
    for (int i = 0; i < v->n; i++) {
        ent_sv_mean_payoff(v, i, mine, theirs, &mean);
        ent_claims_equal(&v->c, &claim[i], &mean, mine->exact && theirs->exact, &v->range[i],
                         "the mean payoff in this conflict");
    }
done:
    ent_rat_release(&mean);
    ent_claims_free(claim, v->n);
    return st;
}

static ent_status check_pure(ent_sv *v, const ent_json *object, const ent_sv_mix *mine,
                             const ent_sv_mix *theirs)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    bool pure = false;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, "pure", &node));
    ENT_TRY(ent_json_bool(v->ctx, v->c.doc, node, &pure));
    if (pure != (mine->n == 1 && theirs->n == 1))
        ent_ledger_refuse(&v->c, node, "does not say whether both strategies are single plays");
done:
    return st;
}

/* The strategy of s, whose proof is the strategy of its complement. */
static ent_status check_coalition(ent_sv *v, const ent_json *coalitions, ent_coal s)
{
    static const char *const keys[] = {"value", "strategy", "payoff", "pure", NULL};
    ent_status st = ENT_OK;
    const ent_coal others = ent_coal_all(v->n) & ~s;
    const ent_json *mine_at = NULL, *theirs_at = NULL, *strategy = NULL, *against = NULL;
    ent_sv_mix mine = {0}, theirs = {0};
    ent_claim value = {.number = ENT_RAT_ZERO};
    ENT_TRY(ent_sv_member_of(v, coalitions, s, &mine_at));
    ENT_TRY(ent_sv_member_of(v, coalitions, others, &theirs_at));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, mine_at, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, mine_at, keys));
    ENT_TRY(ent_claim_member(&v->c, mine_at, "value", &value));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, mine_at, "strategy", &strategy));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, theirs_at, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, theirs_at, "strategy", &against));
    ENT_TRY(ent_sv_mix_read(v, strategy, s, &mine));
    ENT_TRY(ent_sv_mix_read(v, against, others, &theirs));
    ENT_TRY(ent_sv_saddle(v, s, &value, &mine, &theirs));
    ENT_TRY(check_payoffs(v, mine_at, &mine, &theirs));
    ENT_TRY(check_pure(v, mine_at, &mine, &theirs));
done:
    ent_sv_mix_release(&mine);
    ent_sv_mix_release(&theirs);
    ent_rat_release(&value.number);
    return st;
}

ent_status ent_sv_threats(ent_sv *v)
{
    static const char *const keys[] = {"prices", "joint", "plays", "coalitions", NULL};
    ent_status st = ENT_OK;
    const ent_json *coalitions = NULL;
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, v->solution, keys));
    ENT_TRY(model_prices(v));
    ENT_TRY(check_prices(v));
    ENT_TRY(check_joint(v));
    ENT_TRY(check_plays(v));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "coalitions", &coalitions));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, coalitions, ENT_JSON_OBJECT));
    ent_ledger_begin(&v->c, 1.0);
    for (ent_coal s = 1; s < ent_coal_all(v->n); s++) ENT_TRY(check_coalition(v, coalitions, s));
    if (coalitions->count != ent_coal_all(v->n) - 1)
        return ent_json_fail(v->ctx, v->c.doc, coalitions, ENT_E_MODEL,
                             "wanted every proper coalition once, found %u",
                             (unsigned)coalitions->count);
    ent_ledger_end(
        &v->c, "/solution/coalitions/*",
        "[CoCo] condition 3: each coalition's strategy and its complement's prove each other's value; payoffs are means");
done:
    return st;
}

/* values.KEY = D_S. */
static ent_status check_values(ent_sv *v, const ent_rat *d, bool exact)
{
    ent_status st = ENT_OK;
    const ent_json *values = NULL, *node = NULL;
    ent_claim value = {.number = ENT_RAT_ZERO};
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "values", &values));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, values, ENT_JSON_OBJECT));
    ent_ledger_begin(&v->c, 1.0);
    for (ent_coal s = 1; s <= ent_coal_all(v->n); s++) {
        ENT_TRY(ent_sv_member_of(v, values, s, &node));
        ent_claim_read(&v->c, node, &value);
        ent_claims_equal(&v->c, &value, &d[s], exact, &v->scale,
                         "the value of this coalition's conflict");
    }
    if (values->count != ent_coal_all(v->n))
        st = ent_json_fail(v->ctx, v->c.doc, values, ENT_E_MODEL,
                           "wanted every coalition once, found %u", (unsigned)values->count);
    ent_ledger_end(&v->c, "/solution/values/*",
                   "the values that the conflicts prove, those of complements being opposite");
done:
    ent_rat_release(&value.number);
    return st;
}

/* The first play that attains the joint payoff, and what brings it to the value. */
static ent_status check_payments(ent_sv *v, const ent_claim *utility)
{
    ent_status st = ENT_OK;
    const ent_json *play_at = NULL, *object = NULL;
    int64_t play = 0, first = 0;
    ent_rat want = ENT_RAT_ZERO;
    ent_claim *payment = ent_claims_new(v->ctx, v->n, &st);
    if (!payment) goto done;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "play", &play_at));
    ENT_TRY(ent_sv_play_read(v, play_at, ent_coal_all(v->n), &play));
    while (!ent_rat_equal(&v->total[first], &v->joint)) first++;
    if (play != first)
        ent_ledger_refuse(&v->c, play_at, "not the first play that attains the joint payoff");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "payments", &object));
    ENT_TRY(ent_sv_by_player(v, object, ent_coal_all(v->n), payment));
    for (int i = 0; i < v->n; i++) {
        ent_rat_sub(&want, &utility[i].number, &v->m->payoff.exact[i * v->m->profiles + play]);
        ent_claims_equal(&v->c, &payment[i], &want, utility[i].exact, &v->scale,
                         "the utility less the payoff at the play");
    }
    ent_ledger_end(&v->c, "/solution/payments/*",
                   "the first play with the largest sum; utilities less payoffs there");
done:
    ent_rat_release(&want);
    ent_claims_free(payment, v->n);
    return st;
}

/* Two players: Kalai and Kalai's cooperative part max (u_1 + u_2)/2 and competitive part val (u_1 -
 * u_2)/2. */
static ent_status check_split(ent_sv *v, const ent_rat *d, bool exact)
{
    ent_status st = ENT_OK;
    static const char *const keys[] = {"cooperative", "competitive", NULL};
    const ent_json *split = NULL, *object = NULL;
    ent_rat half = ENT_RAT_ZERO, want = ENT_RAT_ZERO;
    ent_claim cooperative = {.number = ENT_RAT_ZERO},
              *competitive = ent_claims_new(v->ctx, v->n, &st);
    if (!competitive) goto done;
    ent_rat_set_ratio(&half, 1, 2);
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "split", &split));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, split, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, split, keys));
    ENT_TRY(ent_claim_member(&v->c, split, "cooperative", &cooperative));
    ent_rat_mul(&want, &v->joint, &half);
    ent_claims_equal(&v->c, &cooperative, &want, exact, &v->scale, "half the joint payoff");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, split, "competitive", &object));
    ENT_TRY(ent_sv_by_player(v, object, 3, competitive));
    for (int i = 0; i < 2; i++) {
        ent_rat_mul(&want, &d[i + 1], &half);
        ent_claims_equal(&v->c, &competitive[i], &want, exact, &v->scale,
                         "half the value of the difference game");
    }
    ent_ledger_end(&v->c, "/solution/split/*",
                   "half the largest sum, and half the value of the game of differences");
done:
    ent_rat_release(&half);
    ent_rat_release(&want);
    ent_rat_release(&cooperative.number);
    ent_claims_free(competitive, v->n);
    return st;
}

static ent_status check_value(ent_sv *v, const ent_rat *d, bool exact)
{
    ent_status st = ENT_OK;
    const ent_json *object = NULL;
    ent_rat *psi = ent_rats_new(v->ctx, (size_t)v->n, &st);
    ent_claim *utility = psi ? ent_claims_new(v->ctx, v->n, &st) : NULL;
    if (!utility) goto done;
    ENT_TRY(ent_sv_psi(v, d, psi));
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "utilities", &object));
    ENT_TRY(ent_sv_by_player(v, object, ent_coal_all(v->n), utility));
    for (int i = 0; i < v->n; i++)
        ent_claims_equal(&v->c, &utility[i], &psi[i], exact, &v->scale,
                         "the mean value of the orders");
    ent_ledger_end(&v->c, "/solution/utilities/*",
                   "sum over coalitions of (s-1)!(n-s)!/n! times the value of their conflict");
    ENT_TRY(check_payments(v, utility));
done:
    ent_rats_free(psi, (size_t)v->n);
    ent_claims_free(utility, v->n);
    return st;
}

ent_status ent_sv_tu_value(ent_sv *v)
{
    static const char *const keys[] = {"utilities", "joint", "play", "payments",
                                       "values",    "split", NULL};
    ent_status st = ENT_OK;
    const size_t coalitions = (size_t)1 << v->n;
    const ent_json *conflicts = NULL;
    bool exact = false;
    ent_rat *d = ent_rats_new(v->ctx, coalitions, &st),
            *one = d ? ent_rats_new(v->ctx, (size_t)v->n, &st) : NULL;
    if (!one) goto done;
    for (int i = 0; i < v->n; i++) ent_rat_set_int(&one[i], 1);
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, v->solution, keys));
    ENT_TRY(ent_sv_set_prices(v, one, true));
    ENT_TRY(check_joint(v));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "conflicts", &conflicts));
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_sv_conflicts(v, conflicts, d, &exact));
    ent_ledger_end(&v->c, "/certificate/conflicts/*",
                   "each value is secured by one side's strategy and held by the other's");
    ENT_TRY(check_values(v, d, exact));
    ENT_TRY(check_value(v, d, exact));
    if (v->n == 2) ENT_TRY(check_split(v, d, exact));
done:
    ent_rats_free(d, coalitions);
    ent_rats_free(one, (size_t)v->n);
    return st;
}
