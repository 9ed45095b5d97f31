/* Two players: prices of the same utilities between two prices, at which conflicts are proved. */
#include "verify/strategic_i.h"

/* One end: at these prices the utilities are optimal, and the conflict leaves them as they are.
 * Between two such prices they do so too: what the first player claims beyond its utility changes
 * its sign in one direction only. */
static ent_status check_end(ent_sv *v, ent_sv_equilibrium *e, const ent_json *conflict,
                            const ent_claim *first)
{
    ent_status st = ENT_OK;
    bool exact = false;
    ent_rat d = ENT_RAT_ZERO, error = ENT_RAT_ZERO, part = ENT_RAT_ZERO;
    ent_rat *price = ent_rats_new(v->ctx, 2, &st);
    if (!price) goto done;
    ent_rat_set(&price[0], &first->number);
    ent_rat_set_int(&price[1], 1);
    ent_rat_sub(&price[1], &price[1], &price[0]);
    ENT_TRY(ent_sv_set_prices(v, price, first->exact));
    ENT_TRY(ent_sv_conflict(v, conflict, 1, &d, &exact));
    ent_rat_mul(&error, &price[0], &e->utility[0].number);
    ent_rat_mul(&part, &price[1], &e->utility[1].number);
    ent_rat_sub(&d, &d, &error);
    ent_rat_add(&d, &d, &part);
    exact = exact && e->utility[0].exact && e->utility[1].exact;
    ent_claims_zero(&v->c, conflict, exact, &d, &v->scale,
                    "the value of the conflict less the weighted difference of the utilities");
    ent_rat_add(&error, &error, &part);
    ent_rat_sub(&error, &v->joint, &error);
    ent_claims_zero(&v->c, first->node, exact, &error, &v->scale,
                    "the joint payoff at this end less that of the utilities");
done:
    ent_rats_free(price, 2);
    ent_rat_release(&d);
    ent_rat_release(&error);
    ent_rat_release(&part);
    return st;
}

/* The pair of numbers under a player's name. */
static ent_status read_pair(ent_sv *v, const ent_json *object, int i, ent_claim pair[2])
{
    ent_status st = ENT_OK;
    const ent_json *list = NULL;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, v->m->player[i], &list));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, list, ENT_JSON_ARRAY));
    if (list->count != 2)
        return ent_json_fail(v->ctx, v->c.doc, list, ENT_E_MODEL, "wanted two numbers, found %u",
                             (unsigned)list->count);
    ent_claim_read(&v->c, list->first, &pair[0]);
    ent_claim_read(&v->c, list->first->next, &pair[1]);
done:
    return st;
}

/* Is the first player's price above (+1) or below (-1) this one? By the ratio of both prices: one
 * of them may be too near 1 for doubles to tell. */
static int beyond(const ent_sv_equilibrium *e, const ent_rat *first)
{
    const ent_rat one = {1, 1, NULL};
    ent_rat mine = ENT_RAT_ZERO, theirs = ENT_RAT_ZERO;
    ent_rat_sub(&mine, &one, first);
    ent_rat_mul(&mine, &mine, &e->price[0].number);
    ent_rat_mul(&theirs, first, &e->price[1].number);
    const int order = ent_rat_cmp(&mine, &theirs);
    ent_rat_release(&mine);
    ent_rat_release(&theirs);
    return order;
}

/* Two prices of the first player, increasing, around that of the equilibrium, with the second
 * player's; pair [4]. */
static ent_status read_ends(ent_sv *v, ent_sv_equilibrium *e, const ent_json *object,
                            ent_claim *pair)
{
    ent_status st = ENT_OK;
    ent_rat want = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    ENT_TRY(read_pair(v, object, 0, pair));
    ENT_TRY(read_pair(v, object, 1, pair + 2));
    if (object->count != 2) {
        st = ent_json_fail(v->ctx, v->c.doc, object, ENT_E_MODEL, "wanted both players, found %u",
                           (unsigned)object->count);
        goto done;
    }
    for (int k = 0; k < 2; k++) {
        ent_rat_sub(&want, &one, &pair[1 - k].number);
        ent_claims_equal(&v->c, &pair[2 + k], &want, pair[1 - k].exact, &one,
                         "1 less the first player's price");
        const int order = beyond(e, &pair[k].number);
        if (k == 0 ? order < 0 : order > 0)
            ent_ledger_refuse(&v->c, pair[k].node, "the price lies outside its range");
    }
done:
    ent_rat_release(&want);
    ent_rat_release(&one);
    return st;
}

static ent_status check_range(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    char path[ENT_SV_PATH];
    const ent_json *ends = NULL;
    ent_claim *pair = ent_claims_new(v->ctx, 4, &st);
    if (!pair) goto done;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->proof, "range", &ends));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, ends, ENT_JSON_ARRAY));
    if (ends->count != 2) {
        st = ent_json_fail(v->ctx, v->c.doc, ends, ENT_E_MODEL, "wanted two conflicts, found %u",
                           (unsigned)ends->count);
        goto done;
    }
    ENT_TRY(read_ends(v, e, ent_json_get(e->node, "prices_range"), pair));
    ENT_TRY(check_end(v, e, ends->first, &pair[0]));
    ENT_TRY(check_end(v, e, ends->first->next, &pair[1]));
    ent_ledger_end(&v->c, ent_sv_path(path, e, "prices_range/*"),
                   "at both ends, and so between them, the utilities are the equilibrium");
done:
    ent_claims_free(pair, 4);
    return st;
}

/* At the prices of v: no play is worth more than the utilities, and the strategy of player i
 * secures what they are worth to it in the conflict. */
static ent_status judge_secured(ent_sv *v, const ent_sv_equilibrium *e, int i,
                                const ent_sv_mix *mix)
{
    ent_status st = ENT_OK;
    int64_t count = 0, *reply = NULL;
    ent_rat worth = ENT_RAT_ZERO, mine = ENT_RAT_ZERO, theirs = ENT_RAT_ZERO;
    ent_rat_mul(&mine, &v->price[i], &e->utility[i].number);
    ent_rat_mul(&theirs, &v->price[1 - i], &e->utility[1 - i].number);
    ent_rat_add(&worth, &mine, &theirs);
    if (!ent_rat_equal(&worth, &v->joint))
        ent_ledger_refuse(&v->c, e->utility[0].node, "not worth the most at an end of the prices");
    ent_rat_sub(&worth, &mine, &theirs);
    ENT_TRY(ent_sv_plays(v, ent_coal_single(1 - i), &count, &reply));
    for (int64_t c = 0; c < count; c++) {
        ent_sv_against(v, ent_coal_single(i), mix, reply[c], &mine);
        if (ent_rat_cmp(&mine, &worth) < 0)
            ent_ledger_refuse(&v->c, mix->node, "does not secure what the utilities are worth");
    }
done:
    ent_free(reply);
    ent_rat_release(&worth);
    ent_rat_release(&mine);
    ent_rat_release(&theirs);
    return st;
}

static ent_status check_strategy(ent_sv *v, ent_sv_equilibrium *e, const ent_json *strategies,
                                 int i, const ent_claim *first)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ent_sv_mix mix = {0};
    ent_rat *price = ent_rats_new(v->ctx, 2, &st);
    if (!price) goto done;
    ent_rat_set(&price[0], &first->number);
    ent_rat_set_int(&price[1], 1);
    ent_rat_sub(&price[1], &price[1], &price[0]);
    if (!first->exact) ent_ledger_refuse(&v->c, first->node, "not exact");
    ENT_TRY(ent_sv_set_prices(v, price, true));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, strategies, v->m->player[i], &node));
    ENT_TRY(ent_sv_mix_read(v, node, ent_coal_single(i), &mix));
    if (!mix.exact) ent_ledger_refuse(&v->c, node, "not exact");
    ENT_TRY(judge_secured(v, e, i, &mix));
done:
    ent_sv_mix_release(&mix);
    ent_rats_free(price, 2);
    return st;
}

/* [CoCo] Section 2. Each player secures, at the lower of its two prices, as much as the utilities
 * are worth to it in the conflict, and so does the other at the other price. What the first player
 * claims changes continuously: prices between carry exactly these utilities, the payoffs of a
 * play. */
static ent_status check_between(ent_sv *v, ent_sv_equilibrium *e, const ent_json *between)
{
    static const char *const keys[] = {"prices", "strategies", NULL};
    ent_status st = ENT_OK;
    char path[ENT_SV_PATH];
    const ent_json *prices = NULL, *strategies = NULL;
    ent_claim *pair = ent_claims_new(v->ctx, 4, &st);
    if (!pair) goto done;
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, between, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, between, keys));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, between, "prices", &prices));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, between, "strategies", &strategies));
    ent_ledger_begin(&v->c, 1.0);
    if (!e->utility[0].exact || !e->utility[1].exact)
        ent_ledger_refuse(&v->c, e->utility[0].node,
                          "not exact, though a proof of exact utilities is given");
    ENT_TRY(read_ends(v, e, prices, pair));
    for (int i = 0; i < 2; i++) ENT_TRY(check_strategy(v, e, strategies, i, &pair[i]));
    ent_ledger_end(
        &v->c, ent_sv_proof_path(path, e, "between"),
        "each player secures as much as its utility at the lower of its two prices: between them lies an equilibrium with exactly these utilities");
done:
    ent_claims_free(pair, 4);
    return st;
}

ent_status ent_sv_ends(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    const ent_json *range = ent_json_get(e->node, "prices_range"),
                   *between = ent_json_get(e->proof, "between");
    if ((range || between) && v->n != 2) {
        st = ent_json_fail(v->ctx, v->c.doc, range ? range : between, ENT_E_MODEL,
                           "wanted two players");
        goto done;
    }
    if (range) ENT_TRY(check_range(v, e));
    if (between) ENT_TRY(check_between(v, e, between));
done:
    return st;
}
