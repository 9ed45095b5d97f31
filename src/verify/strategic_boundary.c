/* Limits where no equilibrium was found, and the ends of ranges of prices. */
#include "verify/strategic_i.h"

/* At prices this close to the limit, the claims may differ from the limit by so many times the distance. */
static const double nearness_factor = 1e3;
static const double nearness_max = 1e-3;

/* psi_i / a_i at the prices of v, against the claims printed. */
static ent_status check_claims(ent_sv *v, const ent_json *object, const ent_rat *d, bool exact, ent_claim *claim)
{
    ent_status st = ENT_OK;
    ent_rat want = ENT_RAT_ZERO;
    ent_rat *psi = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!psi) goto done;
    ENT_TRY(ent_sv_psi(v, d, psi));
    ENT_TRY(ent_sv_by_player(v, object, ent_coal_all(v->n), claim));
    for (int i = 0; i < v->n; i++) {
        ent_rat_div(&want, &psi[i], &v->price[i]);
        ent_claims_equal(&v->c, &claim[i], &want, exact, &v->range[i], "the value psi divided by the price");
    }
done:
    ent_rat_release(&want);
    ent_rats_free(psi, (size_t)v->n);
    return st;
}

/* How far the approaching prices are from the limit: the largest of the prices that become 0, relative to the others. */
static double distance(const ent_sv *v, const ent_sv_equilibrium *e)
{
    double far = 0.0;
    for (int i = 0; i < v->n; i++)
        if (ent_rat_sign(&e->price[i].number) == 0 && ent_rat_double(&v->price[i]) > far) far = ent_rat_double(&v->price[i]);
    return far;
}

static void judge_nearness(ent_sv *v, const ent_sv_equilibrium *e, const ent_claim *claim)
{
    ent_rat error = ENT_RAT_ZERO;
    const double far = distance(v, e);
    if (!(far <= nearness_max)) ent_ledger_refuse(&v->c, ent_json_get(ent_json_get(e->proof, "approach"), "prices"), "not near the limit");
    for (int i = 0; i < v->n; i++) {
        ent_rat_sub(&error, &e->utility[i].number, &claim[i].number);
        ent_rat_div(&error, &error, &v->range[i]);
        const double off = ent_rat_double(&error);
        if (!(off <= nearness_factor * far && -off <= nearness_factor * far))
            ent_ledger_refuse(&v->c, e->utility[i].node, "claims near the limit differ from it by %.3g of the range of payoffs", off);
    }
    ent_rat_release(&error);
}

static ent_status check_approach(ent_sv *v, ent_sv_equilibrium *e)
{
    static const char *const keys[] = {"prices", "claims", "conflicts", NULL};
    ent_status st = ENT_OK;
    char path[ENT_SV_PATH];
    const ent_json *approach = NULL, *prices = NULL, *claims = NULL, *conflicts = NULL;
    bool exact = true;
    const size_t n = (size_t)v->n, coalitions = (size_t)1 << v->n;
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_claim *claim = ent_claims_new(v->ctx, v->n, &st);
    ent_rat *price = claim ? ent_rats_new(v->ctx, n, &st) : NULL, *d = price ? ent_rats_new(v->ctx, coalitions, &st) : NULL;
    if (!d) goto done;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->proof, "approach", &approach));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, approach, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, approach, keys));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, approach, "prices", &prices));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, approach, "claims", &claims));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, approach, "conflicts", &conflicts));
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_sv_by_player(v, prices, ent_coal_all(v->n), claim));
    for (int i = 0; i < v->n; i++) {
        if (ent_rat_sign(&claim[i].number) <= 0) {
            ent_ledger_refuse(&v->c, claim[i].node, "a price is not positive");
            goto done;
        }
        exact = exact && claim[i].exact;
        ent_rat_set(&price[i], &claim[i].number);
        ent_rat_add(&sum, &sum, &price[i]);
    }
    ent_rat_set_int(&one, 1);
    ent_rat_sub(&sum, &sum, &one);
    ent_claims_zero(&v->c, prices, exact, &sum, &one, "the sum of the prices less 1");
    ENT_TRY(ent_sv_set_prices(v, price, exact));
    ENT_TRY(ent_sv_conflicts(v, conflicts, d, &exact));
    ENT_TRY(check_claims(v, claims, d, exact, claim));
    ent_ledger_end(&v->c, ent_sv_proof_path(path, e, "approach/*"), "claims psi_i/a_i at prices near the limit");
    ent_ledger_begin(&v->c, 1.0);
    ent_ledger_held(&v->c, ENT_APPROXIMATE, 2.0 * ENT_LEDGER_VERIFIED); /* a limit is told, not proved: "approximate" */
    judge_nearness(v, e, claim);
    ent_ledger_end(&v->c, ent_sv_path(path, e, "utilities/*"), "claims near the limit are near these utilities");
done:
    ent_rat_release(&sum);
    ent_rat_release(&one);
    ent_claims_free(claim, v->n);
    ent_rats_free(price, n);
    ent_rats_free(d, coalitions);
    return st;
}

/* The most that i can have, and with it the most that j can have. */
static void best_of(const ent_sv *v, int i, ent_rat *mine, ent_rat *theirs)
{
    const ent_rat *ui = v->m->payoff.exact + i * v->m->profiles, *uj = v->m->payoff.exact + (1 - i) * v->m->profiles;
    for (int64_t p = 0; p < v->m->profiles; p++) {
        const int more = p ? ent_rat_cmp(&ui[p], mine) : 1;
        if (more < 0 || (more == 0 && ent_rat_cmp(&uj[p], theirs) <= 0)) continue;
        ent_rat_set(mine, &ui[p]);
        ent_rat_set(theirs, &uj[p]);
    }
}

/* [CoCo] Section 7. Two players: i has its maximum p_i whatever j does, while j stays below p_j. Then D_i(a) > a_i p_i - a_j p_j for all a > 0, and
 * psi_i = (D_N + D_i)/2 > a_i p_i: i would claim more than anything gives. */
static ent_status judge_secures(ent_sv *v, const ent_json *secures, int i, const ent_sv_mix *mix)
{
    ent_status st = ENT_OK;
    const int64_t profiles = v->m->profiles;
    int64_t count = 0, *reply = NULL;
    ent_rat mine = ENT_RAT_ZERO, theirs = ENT_RAT_ZERO, mean = ENT_RAT_ZERO;
    best_of(v, i, &mine, &theirs);
    ENT_TRY(ent_sv_plays(v, ent_coal_single(1 - i), &count, &reply));
    for (int64_t c = 0; c < count; c++) {
        ent_rat_set_int(&mean, 0);
        for (int k = 0; k < mix->n; k++) {
            const int64_t p = mix->play[k] + reply[c];
            if (!ent_rat_equal(&v->m->payoff.exact[i * profiles + p], &mine)) ent_ledger_refuse(&v->c, secures, "a play does not secure the maximum");
            ent_rat_addmul(&mean, &mix->weight[k], &v->m->payoff.exact[(1 - i) * profiles + p]);
        }
        if (ent_rat_cmp(&mean, &theirs) >= 0) ent_ledger_refuse(&v->c, secures, "the other player is not held below what the maximum leaves");
    }
done:
    ent_free(reply);
    ent_rat_release(&mine);
    ent_rat_release(&theirs);
    ent_rat_release(&mean);
    return st;
}

static ent_status check_secures(ent_sv *v, ent_sv_equilibrium *e)
{
    static const char *const keys[] = {"player", "strategy", NULL};
    ent_status st = ENT_OK;
    char path[ENT_SV_PATH];
    const ent_json *secures = ent_json_get(e->proof, "secures"), *player = NULL, *strategy = NULL;
    ent_sv_mix mix = {0};
    int i = 0;
    if (!secures) return st;
    if (v->n != 2) {
        st = ent_json_fail(v->ctx, v->c.doc, secures, ENT_E_MODEL, "wanted two players");
        goto done;
    }
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, secures, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, secures, keys));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, secures, "player", &player));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, secures, "strategy", &strategy));
    ENT_TRY(ent_i_name_index(v->ctx, v->c.doc, player, ENT_I_A_PLAYER, v->n, v->m->player, &i));
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_sv_mix_read(v, strategy, ent_coal_single(i), &mix));
    ENT_TRY(judge_secures(v, secures, i, &mix));
    ent_ledger_end(&v->c, ent_sv_proof_path(path, e, "secures"),
                   "no positive prices: %s has its maximum whatever the other does, who stays below what goes with it",
                   v->m->player[i]);
done:
    ent_sv_mix_release(&mix);
    return st;
}

ent_status ent_sv_boundary(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    ENT_TRY(check_approach(v, e));
    ENT_TRY(check_secures(v, e));
done:
    return st;
}

/* One end of the range: at these prices the utilities are optimal and the conflict leaves them as they are. Between two such
 * prices they do so too: the claim of the first player, less its utility, changes its sign in one direction only. */
static ent_status check_end(ent_sv *v, ent_sv_equilibrium *e, const ent_json *conflict, const ent_claim *first)
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
    ent_claims_zero(&v->c, conflict, exact, &d, &v->scale, "the value of the conflict less the weighted difference of the utilities");
    ent_rat_add(&error, &error, &part);
    ent_rat_sub(&error, &v->joint, &error);
    ent_claims_zero(&v->c, first->node, exact, &error, &v->scale, "the joint payoff at this end less that of the utilities");
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
    if (list->count != 2) return ent_json_fail(v->ctx, v->c.doc, list, ENT_E_MODEL, "wanted two numbers, found %u", (unsigned)list->count);
    ent_claim_read(&v->c, list->first, &pair[0]);
    ent_claim_read(&v->c, list->first->next, &pair[1]);
done:
    return st;
}

static ent_status check_range(ent_sv *v, ent_sv_equilibrium *e, const ent_json *object, const ent_json *ends, ent_claim pair[4])
{
    ent_status st = ENT_OK;
    ent_rat want = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ENT_TRY(read_pair(v, object, 0, pair));
    ENT_TRY(read_pair(v, object, 1, pair + 2));
    if (object->count != 2) {
        st = ent_json_fail(v->ctx, v->c.doc, object, ENT_E_MODEL, "wanted both players, found %u", (unsigned)object->count);
        goto done;
    }
    for (int k = 0; k < 2; k++) {
        ent_rat_sub(&want, &one, &pair[1 - k].number);
        ent_claims_equal(&v->c, &pair[2 + k], &want, pair[1 - k].exact, &one, "1 less the first player's price");
        const int side = ent_rat_cmp(&e->price[0].number, &pair[k].number);
        if (k == 0 ? side < 0 : side > 0) ent_ledger_refuse(&v->c, pair[k].node, "the price lies outside its range");
    }
    ENT_TRY(check_end(v, e, ends->first, &pair[0]));
    ENT_TRY(check_end(v, e, ends->first->next, &pair[1]));
done:
    ent_rat_release(&want);
    ent_rat_release(&one);
    return st;
}

ent_status ent_sv_prices_range(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    char path[ENT_SV_PATH];
    const ent_json *object = ent_json_get(e->node, "prices_range"), *ends = NULL;
    ent_claim *pair = NULL;
    if (!object) return st;
    if (v->n != 2) {
        st = ent_json_fail(v->ctx, v->c.doc, object, ENT_E_MODEL, "wanted two players");
        goto done;
    }
    pair = ent_claims_new(v->ctx, 4, &st);
    if (!pair) goto done;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->proof, "range", &ends));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, ends, ENT_JSON_ARRAY));
    if (ends->count != 2) {
        st = ent_json_fail(v->ctx, v->c.doc, ends, ENT_E_MODEL, "wanted two conflicts, found %u", (unsigned)ends->count);
        goto done;
    }
    ENT_TRY(check_range(v, e, object, ends, pair));
    ent_ledger_end(&v->c, ent_sv_path(path, e, "prices_range/*"), "at both ends, and so between them, the utilities are the equilibrium");
done:
    ent_claims_free(pair, 4);
    return st;
}
