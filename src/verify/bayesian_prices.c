/* prices: the probability of priced decisions and the mean price, profile by profile. */
#include "verify/bayesian_verify.h"

#include <math.h>

/* Probability of priced decisions in one profile, and probability times price. */
static void price_of(const ent_bayes_coal *s, const ent_bv_mechanism *mechanism, int t,
                     ent_rat *probability, ent_rat *paid)
{
    ent_rat_set_int(probability, 0);
    ent_rat_set_int(paid, 0);
    for (int e = 0; e < mechanism->n; e++) {
        const int d = mechanism->decision[e];
        if (mechanism->profile[e] != t || !s->priced[d]) continue;
        ent_rat_add(probability, probability, &mechanism->probability[e].number);
        ent_rat_addmul(paid, &mechanism->probability[e].number, &s->price.exact[d]);
    }
}

static ent_status one_price(ent_bv *v, const ent_bayes_coal *s, const ent_bv_mechanism *mechanism,
                            int t, const ent_json *node)
{
    ent_status st = ENT_OK;
    ent_rat probability = ENT_RAT_ZERO, paid = ENT_RAT_ZERO, scale = ENT_RAT_ZERO;
    ent_claim claim = {.number = ENT_RAT_ZERO};
    const ent_json *price = NULL;
    price_of(s, mechanism, t, &probability, &paid);
    ent_rat_set_int(&scale, 1);
    ENT_TRY(ent_bv_number_of(v, node, "probability", &claim));
    ent_claims_equal(&v->c, &claim, &probability, mechanism->exact, &scale,
                     "the probability of a priced decision");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "price", &price));
    if ((price->kind == ENT_JSON_NULL) != (ent_rat_sign(&probability) == 0))
        ent_ledger_refuse(&v->c, price, "there is a price exactly when a decision has one");
    if (price->kind == ENT_JSON_NULL || ent_rat_sign(&probability) == 0) goto done;
    ent_rat_div(&paid, &paid, &probability);
    ENT_TRY(ent_bv_number(v, price, &claim));
    for (int d = 0; d < s->decisions; d++)
        if (s->priced[d] && fabs(s->price.value[d]) > ent_rat_double(&scale))
            ent_rat_set_double(&scale, fabs(s->price.value[d]));
    ent_claims_equal(&v->c, &claim, &paid, mechanism->exact, &scale, "the mean price");
done:
    ent_rat_release(&probability);
    ent_rat_release(&paid);
    ent_rat_release(&scale);
    ent_rat_release(&claim.number);
    return st;
}

ent_status ent_bv_prices(ent_bv *v, const ent_bayes_coal *s, const ent_bv_mechanism *mechanism,
                         const ent_json *node)
{
    ent_status st = ENT_OK;
    bool priced = false;
    const ent_json *prices = ent_json_get(node, "prices"), *one = NULL;
    ent_text name;
    ent_text_init(v->ctx, &name);
    for (int d = 0; d < s->decisions; d++) priced = priced || s->priced[d];
    if (!priced && !prices) goto done;
    if (!priced || !prices) {
        ent_ledger_refuse(&v->c, prices ? prices : node,
                          "prices stand exactly where decisions have prices");
        goto done;
    }
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, prices, ENT_JSON_OBJECT));
    ENT_TRY(ent_bv_counted(v, prices, (uint32_t)s->profiles, "profiles of types"));
    for (int t = 0; t < s->profiles; t++) {
        ent_text_reset(&name);
        ent_bayesian_profile_name(&name, v->m, s, t);
        ENT_TRY(name.status);
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, prices, name.data, &one));
        ENT_TRY(one_price(v, s, mechanism, t, one));
    }
done:
    ent_text_release(&name);
    return st;
}
