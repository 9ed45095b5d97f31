/* Limits where no equilibrium was found. */
#include "verify/strategic_i.h"

/* At prices this close to the limit, the claims may differ from the limit by so many times the
 * distance. */
static const double nearness_factor = 1e3;
static const double nearness_max = 1e-3;

/* psi_i / a_i at the prices of v, against the claims printed. */
static ent_status check_claims(ent_sv *v, const ent_json *object, const ent_rat *d, bool exact,
                               ent_claim *claim)
{
    ent_status st = ENT_OK;
    ent_rat want = ENT_RAT_ZERO;
    ent_rat *psi = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!psi) goto done;
    ENT_TRY(ent_sv_psi(v, d, psi));
    ENT_TRY(ent_sv_by_player(v, object, ent_coal_all(v->n), claim));
    for (int i = 0; i < v->n; i++) {
        ent_rat_div(&want, &psi[i], &v->price[i]);
        ent_claims_equal(&v->c, &claim[i], &want, exact, &v->range[i],
                         "the value psi divided by the price");
    }
done:
    ent_rat_release(&want);
    ent_rats_free(psi, (size_t)v->n);
    return st;
}

/* How far the approaching prices are from the limit: the largest of the prices that become 0,
 * relative to the others. */
static double distance(const ent_sv *v, const ent_sv_equilibrium *e)
{
    double far = 0.0;
    for (int i = 0; i < v->n; i++)
        if (ent_rat_sign(&e->price[i].number) == 0 && ent_rat_double(&v->price[i]) > far)
            far = ent_rat_double(&v->price[i]);
    return far;
}

static void judge_nearness(ent_sv *v, const ent_sv_equilibrium *e, const ent_claim *claim)
{
    ent_rat error = ENT_RAT_ZERO;
    const double far = distance(v, e);
    if (!(far <= nearness_max))
        ent_ledger_refuse(&v->c, ent_json_get(ent_json_get(e->proof, "approach"), "prices"),
                          "not near the limit");
    for (int i = 0; i < v->n; i++) {
        ent_rat_sub(&error, &e->utility[i].number, &claim[i].number);
        ent_rat_div(&error, &error, &v->range[i]);
        const double off = ent_rat_double(&error);
        if (!(off <= nearness_factor * far && -off <= nearness_factor * far))
            ent_ledger_refuse(
                &v->c, e->utility[i].node,
                "claims near the limit differ from it by %.3g of the range of payoffs", off);
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
    ent_rat *price = claim ? ent_rats_new(v->ctx, n, &st) : NULL,
            *d = price ? ent_rats_new(v->ctx, coalitions, &st) : NULL;
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
    ent_ledger_end(&v->c, ent_sv_proof_path(path, e, "approach/*"),
                   "claims psi_i/a_i at prices near the limit");
    ent_ledger_begin(&v->c, 1.0);
    /* a limit is told, not proved: "approximate" */
    ent_ledger_held(&v->c, ENT_APPROXIMATE, 2.0 * ENT_LEDGER_VERIFIED);
    judge_nearness(v, e, claim);
    ent_ledger_end(&v->c, ent_sv_path(path, e, "utilities/*"),
                   "claims near the limit are near these utilities");
done:
    ent_rat_release(&sum);
    ent_rat_release(&one);
    ent_claims_free(claim, v->n);
    ent_rats_free(price, n);
    ent_rats_free(d, coalitions);
    return st;
}

ent_status ent_sv_boundary(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    if (v->n == 2 && ent_json_get(e->proof, "secures")) ENT_TRY(ent_sv_secures(v, e));
    else ENT_TRY(check_approach(v, e));
done:
    return st;
}
