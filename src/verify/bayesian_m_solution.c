/* m-solution: [Sal] Section 1 on Myerson (1984b), docs/bayesian.md 5. */
#include "verify/bayesian_verify.h"

#include <string.h>

/* `coalition`: the model's, name by name. */
static ent_status check_members(ent_bv *v)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = v->m->coalition[v->m->focus];
    const ent_json *list = NULL;
    int k = 0;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "coalition", &list));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, list, ENT_JSON_ARRAY));
    ENT_TRY(ent_bv_counted(v, list, (uint32_t)s->size, "members"));
    for (const ent_json *name = list->first; name; name = name->next, k++) {
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, name, ENT_JSON_STRING));
        if (strcmp(name->text, v->m->player[s->member[k]]) != 0)
            ent_ledger_refuse(&v->c, name, "wanted \"%s\"", v->m->player[s->member[k]]);
    }
done:
    return st;
}

/* worths: the mean of M of every coalition at the scales of the solution. */
static ent_status one_worth(ent_bv *v, const ent_json *worths, const ent_bv_scales *scales,
                            const ent_rat *spread, ent_coal mask)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *r = v->m->coalition[mask];
    ent_claim claim = {.number = ENT_RAT_ZERO};
    ent_rat mean = ENT_RAT_ZERO;
    ent_text name;
    ent_text_init(v->ctx, &name);
    ent_rat *most = ent_rats_new(v->ctx, (size_t)r->profiles, &st);
    if (!most) goto done;
    ent_bayesian_coal_name(&name, v->m, mask);
    ENT_TRY(name.status);
    ENT_TRY(ent_bv_number_of(v, worths, name.data, &claim));
    ENT_TRY(ent_bv_maxima(v, r, scales, 0, most));
    ent_bv_mean(r, most, &mean);
    ent_claims_equal(&v->c, &claim, &mean, scales->exact, spread, "the virtual worth");
done:
    ent_rats_free(most, (size_t)r->profiles);
    ent_rat_release(&claim.number);
    ent_rat_release(&mean);
    ent_text_release(&name);
    return st;
}

static ent_status check_worths(ent_bv *v)
{
    ent_status st = ENT_OK;
    const ent_json *worths = NULL;
    ent_bv_scales scales = {0};
    ent_rat spread = ENT_RAT_ZERO;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "worths", &worths));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, worths, ENT_JSON_OBJECT));
    ENT_TRY(ent_bv_counted(v, worths, (uint32_t)ent_bv_coalitions(v->m->focus), "coalitions"));
    ENT_TRY(ent_bv_scales_read(v, v->solution, v->m->coalition[v->m->focus], &scales));
    ent_bv_spread(v, &scales, &spread);
    for (ent_coal s = ent_bv_next(v->m->focus, 0); s; s = ent_bv_next(v->m->focus, s))
        ENT_TRY(one_worth(v, worths, &scales, &spread, s));
    ent_ledger_end_at(&v->c, worths, "virtual worth of every coalition's best threat");
done:
    ent_bv_scales_release(&scales);
    ent_rat_release(&spread);
    return st;
}

ent_status ent_bv_m_solution(ent_bv *v)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = v->m->coalition[v->m->focus];
    const ent_bv_bargain b = {.s = s, .share = 1, .shapley = true, .out_exact = true};
    bool exact = false;
    ent_bv_mechanism mechanism = {0};
    ent_claim *utility = NULL;
    ent_rat *sure = ent_rats_new(v->ctx, (size_t)s->interims, &st);
    if (!sure) goto done;
    utility = ent_claims_new(v->ctx, s->interims, &st);
    if (!utility) goto done;
    if (strcmp(v->outcome, "solved") != 0)
        ent_ledger_refuse(&v->c, ent_json_get(v->result, "outcome"), "wanted \"solved\"");
    ENT_TRY(check_members(v));
    ENT_TRY(ent_bv_point(v, &b, v->solution, v->certificate, utility, sure, &exact, &mechanism));
    ENT_TRY(ent_bv_prices(v, s, &mechanism, v->solution));
    ent_ledger_end_at(
        &v->c, v->solution,
        "mechanism, incentives, Proposition 1, conditional Shapley values of virtual worths");
    ENT_TRY(check_worths(v));
done:
    ent_bv_mechanism_release(&mechanism);
    ent_claims_free(utility, s->interims);
    ent_rats_free(sure, (size_t)s->interims);
    return st;
}
