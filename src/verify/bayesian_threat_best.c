/* The prices of a threat of the S-solution, docs/results.md. */
#include "verify/bayesian_division.h"

/* p(t) W(d,t) + p(t) (virtual worth at the multipliers `above`) + sum_i e_i (v_i - W/|S|) for all
 * decisions in one profile. */
static void lagrangian(ent_bv *v, const ent_bv_scales *scales, const ent_bayes_coal *s,
                       const ent_bv_scales *above, const ent_claim *e, int t, ent_rat *out)
{
    ent_rat one = ENT_RAT_ZERO, worth = ENT_RAT_ZERO, size = ENT_RAT_ZERO, sum = ENT_RAT_ZERO;
    ent_rat_set_int(&size, s->size);
    for (int d = 0; d < s->decisions; d++) {
        ent_rat_set_int(&worth, 0);
        ent_rat_set_int(&sum, 0);
        ent_rat_set_int(&out[d], 0);
        for (int k = 0; k < s->size; k++) {
            ent_bv_virtual(v, s, scales, k, d, t, &one);
            ent_rat_add(&worth, &worth, &one);
            ent_rat_addmul(&out[d], &e[k].number, &one);
            ent_rat_add(&sum, &sum, &e[k].number);
            ent_bv_virtual(v, s, above, k, d, t, &one);
            ent_rat_addmul(&out[d], &s->prior.exact[t], &one);
        }
        ent_rat_addmul(&out[d], &s->prior.exact[t], &worth);
        ent_rat_mul(&worth, &worth, &sum);
        ent_rat_div(&worth, &worth, &size);
        ent_rat_sub(&out[d], &out[d], &worth);
    }
    ent_rat_release(&one);
    ent_rat_release(&worth);
    ent_rat_release(&size);
    ent_rat_release(&sum);
}

static ent_status best_in_profile(ent_bv *v, const ent_bv_scales *scales,
                                  const ent_bv_mechanism *mechanism, const ent_bv_scales *above,
                                  const ent_json *row, int t, ent_rat *value)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = above->s;
    ent_claim *e = ent_claims_new(v->ctx, s->size, &st);
    if (!e) goto done;
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, row, ENT_JSON_OBJECT));
    ENT_TRY(ent_bv_counted(v, row, (uint32_t)s->size, "members"));
    for (int k = 0; k < s->size; k++)
        ENT_TRY(ent_bv_number_of(v, row, v->m->player[s->member[k]], &e[k]));
    lagrangian(v, scales, s, above, e, t, value);
    for (int j = 0; j < mechanism->n; j++)
        for (int d = 0; mechanism->profile[j] == t && d < s->decisions; d++)
            if (ent_rat_cmp(&value[d], &value[mechanism->decision[j]]) > 0) {
                ent_ledger_refuse(&v->c, row, "these prices do not prove that the threat is best");
                goto done;
            }
done:
    ent_claims_free(e, s->size);
    return st;
}

/* Multipliers only where constraints bind. */
static void check_slack(ent_bv *v, const ent_bv_scales *above, const ent_rat *reports, int k)
{
    const ent_bayes_coal *s = above->s;
    for (int t = 0; t < s->types[k]; t++)
        for (int tau = 0; tau < s->types[k]; tau++) {
            const int p = ent_bv_pair(s, k, t, tau);
            if (ent_rat_sign(&above->multiplier[p].number) != 0 &&
                !ent_rat_equal(&reports[ent_bv_pair(s, k, t, t)], &reports[p]))
                ent_ledger_refuse(&v->c, above->multiplier[p].node,
                                  "the constraint of this multiplier is slack");
        }
}

/* mu_S maximises sum p W among incentive compatible mechanisms with equal division. */
ent_status ent_bv_threat_best(ent_bv *v, const ent_bv_scales *scales, const ent_bayes_coal *s,
                              const ent_bv_mechanism *mechanism, const ent_rat *reports,
                              const ent_json *proof)
{
    ent_status st = ENT_OK;
    const ent_json *above_node = NULL, *equal = NULL, *row = NULL;
    ent_bv_scales above = {0};
    ent_text name;
    ent_text_init(v->ctx, &name);
    ent_rat *value = ent_rats_new(v->ctx, (size_t)s->decisions, &st);
    if (!value) goto done;
    v->quoted = true;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "above", &above_node));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "equal", &equal));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, equal, ENT_JSON_OBJECT));
    ENT_TRY(ent_bv_counted(v, equal, (uint32_t)s->profiles, "profiles of types"));
    ENT_TRY(ent_bv_scales_read_from(v, NULL, above_node, s, &above));
    ent_bv_scales_check(v, &above, false, false);
    for (int k = 0; k < s->size; k++) check_slack(v, &above, reports, k);
    for (int t = 0; t < s->profiles; t++) {
        ent_text_reset(&name);
        ent_bayesian_profile_name(&name, v->m, s, t);
        ENT_TRY(name.status);
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, equal, name.data, &row));
        ENT_TRY(best_in_profile(v, scales, mechanism, &above, row, t, value));
    }
done:
    v->quoted = false;
    ent_bv_scales_release(&above);
    ent_rats_free(value, (size_t)s->decisions);
    ent_text_release(&name);
    return st;
}
