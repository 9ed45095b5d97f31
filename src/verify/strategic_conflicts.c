/* The zero-sum games of coalitions against their complements, and the value that they lead to. */
#include "verify/strategic_i.h"

#include "base/ctx.h"

#include <string.h>

/* The least (sign = 1) or the most (sign = -1) that `mix` gives s against every play of the other
 * side. */
static ent_status extreme(ent_sv *v, ent_coal s, const ent_sv_mix *mix, ent_coal other, int sign,
                          ent_rat *out)
{
    ent_status st = ENT_OK;
    int64_t count = 0, *play = NULL;
    ent_rat mean = ENT_RAT_ZERO;
    ENT_TRY(ent_sv_plays(v, other, &count, &play));
    for (int64_t k = 0; k < count; k++) {
        if (k % 1024 == 0) ENT_CHECK_CANCEL(v->ctx);
        ent_sv_against(v, s, mix, play[k], &mean);
        if (k == 0 || sign * ent_rat_cmp(&mean, out) < 0) ent_rat_set(out, &mean);
    }
done:
    ent_rat_release(&mean);
    ent_free(play);
    return st;
}

/* [CoCo] Condition 3 for S and its complement at once: `strategy` yields at least the value against
 * everything, `against` at most. */
ent_status ent_sv_saddle(ent_sv *v, ent_coal s, const ent_claim *value, const ent_sv_mix *strategy,
                         const ent_sv_mix *against)
{
    ent_status st = ENT_OK;
    const ent_coal others = ent_coal_all(v->n) & ~s;
    const bool exact = v->prices_exact && value->exact && strategy->exact && against->exact;
    ent_rat bound = ENT_RAT_ZERO;
    ENT_TRY(extreme(v, s, strategy, others, 1, &bound));
    ent_rat_sub(&bound, &value->number, &bound);
    ent_claims_at_most_zero(&v->c, strategy->node, exact, &bound, &v->scale,
                            "the strategy yields less than the value");
    ENT_TRY(extreme(v, s, against, s, -1, &bound));
    ent_rat_sub(&bound, &bound, &value->number);
    ent_claims_at_most_zero(&v->c, against->node, exact, &bound, &v->scale,
                            "the opposing strategy leaves more than the value");
done:
    ent_rat_release(&bound);
    return st;
}

ent_status ent_sv_conflict(ent_sv *v, const ent_json *node, ent_coal s, ent_rat *value, bool *exact)
{
    static const char *const keys[] = {"value", "strategy", "against", NULL};
    ent_status st = ENT_OK;
    const ent_json *strategy = NULL, *against = NULL;
    ent_sv_mix mine = {0}, theirs = {0};
    ent_claim claim = {.number = ENT_RAT_ZERO};
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, node, keys));
    ENT_TRY(ent_claim_member(&v->c, node, "value", &claim));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "strategy", &strategy));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "against", &against));
    ENT_TRY(ent_sv_mix_read(v, strategy, s, &mine));
    ENT_TRY(ent_sv_mix_read(v, against, ent_coal_all(v->n) & ~s, &theirs));
    ENT_TRY(ent_sv_saddle(v, s, &claim, &mine, &theirs));
    *exact = v->prices_exact && claim.exact && mine.exact && theirs.exact;
    ent_rat_set(value, &claim.number);
done:
    ent_sv_mix_release(&mine);
    ent_sv_mix_release(&theirs);
    ent_rat_release(&claim.number);
    return st;
}

ent_status ent_sv_conflicts(ent_sv *v, const ent_json *object, ent_rat *d, bool *exact)
{
    ent_status st = ENT_OK;
    const ent_coal all = ent_coal_all(v->n);
    uint32_t expected = 0;
    *exact = v->prices_exact;
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    for (ent_coal s = 1; s < all; s += 2, expected++) {
        const ent_json *node = NULL;
        bool is_exact = false;
        ENT_TRY(ent_sv_member_of(v, object, s, &node));
        ENT_TRY(ent_sv_conflict(v, node, s, &d[s], &is_exact));
        ent_rat_neg(&d[all & ~s], &d[s]);
        *exact = *exact && is_exact;
    }
    ent_rat_set(&d[all], &v->joint);
    if (object->count != expected)
        st = ent_json_fail(v->ctx, v->c.doc, object, ENT_E_MODEL,
                           "wanted %u conflicts, one for each proper coalition with %s, found %u",
                           (unsigned)expected, v->m->player[0], (unsigned)object->count);
done:
    return st;
}

/* gamma_s = (s-1)! (n-s)! / n!: the share of the orders of n players in which a given one comes
 * s-th after given others. */
static void share_of_orders(int n, int s, ent_rat *out)
{
    ent_rat factor = ENT_RAT_ZERO;
    ent_rat_set_ratio(out, 1, n);
    for (int k = 1; k < s; k++) { /* 1 / (n binomial(n-1, s-1)) */
        ent_rat_set_ratio(&factor, k, n - k);
        ent_rat_mul(out, out, &factor);
    }
    ent_rat_release(&factor);
}

/* [CoCo] Section 2, Condition 4 for S = N: Kohlberg and Neyman's value of the weighted game. */
ent_status ent_sv_psi(ent_sv *v, const ent_rat *d, ent_rat *psi)
{
    ent_status st = ENT_OK;
    ent_rat *share = ent_rats_new(v->ctx, (size_t)v->n + 1, &st);
    if (!share) goto done;
    for (int s = 1; s <= v->n; s++) share_of_orders(v->n, s, &share[s]);
    for (int i = 0; i < v->n; i++) {
        ent_rat_set_int(&psi[i], 0);
        for (ent_coal s = 1; s <= ent_coal_all(v->n); s++)
            if (ent_coal_has(s, i)) ent_rat_addmul(&psi[i], &share[ent_coal_size(s)], &d[s]);
    }
done:
    ent_rats_free(share, (size_t)v->n + 1);
    return st;
}
