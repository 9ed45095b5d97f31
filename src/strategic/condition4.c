/* Condition 4 in both forms, computed literally from the payoffs of all coalitions, and the threat
 * points and dividends. */
#include "strategic/condition4.h"

/* t_i^S = sum over proper subsets R of S with i of (-1)^(s-r+1) u_i^R. [CoCo] Section 6. */
void ent_i_threat_point(const ent_perfect *p, ent_coal s, int i, ent_rat *t)
{
    ent_rat_set_int(t, 0);
    for (ent_coal r = (s - 1) & s; r; r = (r - 1) & s) {
        if (!ent_coal_has(r, i)) continue;
        if ((ent_coal_size(s) - ent_coal_size(r)) % 2 == 1)
            ent_rat_add(t, t, ent_i_perfect_u(p, r, i));
        else ent_rat_sub(t, t, ent_i_perfect_u(p, r, i));
    }
}

static void take_larger(ent_rat *most, ent_rat *x)
{
    if (ent_rat_sign(x) < 0) ent_rat_neg(x, x);
    if (ent_rat_cmp(x, most) > 0) ent_rat_set(most, x);
}

/* Z_R = sum over i in R of a_i u_i^R; Z of nobody is 0. */
static void total(const ent_perfect *p, ent_coal r, ent_rat *z)
{
    ent_rat_set_int(z, 0);
    for (int i = 0; i < p->n; i++)
        if (ent_coal_has(r, i)) ent_rat_addmul(z, &p->price[i], ent_i_perfect_u(p, r, i));
}

/* sum over R in S with i of (r-1)!(s-r)!/s! (Z_R - Z_{S\R}). */
static void share_of(ent_coal s, int i, const ent_rat *z, ent_rat *sum)
{
    ent_rat share = ENT_RAT_ZERO, part = ENT_RAT_ZERO;
    ent_rat_set_int(sum, 0);
    for (ent_coal r = s; r; r = (r - 1) & s) {
        if (!ent_coal_has(r, i)) continue;
        ent_i_exact_share(ent_coal_size(s), ent_coal_size(r), &share);
        ent_rat_sub(&part, &z[r], &z[s & ~r]);
        ent_rat_addmul(sum, &share, &part);
    }
    ent_rat_release(&share);
    ent_rat_release(&part);
}

/* a_i u_i^S = sum over R in S with i of (r-1)!(s-r)!/s! (Z_R - Z_{S\R}). [CoCo] Section 5,
 * Condition 4, Theorem 1. */
ent_status ent_i_condition4_coco(ent_ctx *ctx, const ent_perfect *p, ent_rat *most)
{
    ent_status st = ENT_OK;
    const size_t coalitions = (size_t)1 << p->n;
    ent_rat *z = ent_rats_new(ctx, coalitions, &st), sum = ENT_RAT_ZERO, own = ENT_RAT_ZERO;
    if (!z) return st;
    for (ent_coal r = 1; r < coalitions; r++) total(p, r, &z[r]);
    ent_rat_set_int(most, 0);
    for (ent_coal s = 1; s < coalitions; s++)
        for (int i = 0; i < p->n; i++) {
            if (!ent_coal_has(s, i)) continue;
            share_of(s, i, z, &sum);
            ent_rat_mul(&own, &p->price[i], ent_i_perfect_u(p, s, i));
            ent_rat_sub(&sum, &sum, &own);
            take_larger(most, &sum);
        }
    ent_rat_div(most, most, &p->spread);
    ent_rat_release(&sum);
    ent_rat_release(&own);
    ent_rats_free(z, coalitions);
    return st;
}

/* a_i (u_i^S - t_i^S) = a_j (u_j^S - t_j^S). [CoCo] Section 6, Condition 4, Theorem 1. */
void ent_i_condition4_harsanyi(const ent_perfect *p, ent_rat *most)
{
    ent_rat mine = ENT_RAT_ZERO, first = ENT_RAT_ZERO, lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    ent_rat_set_int(most, 0);
    for (ent_coal s = 1; s <= ent_coal_all(p->n); s++) {
        bool any = false;
        for (int i = 0; i < p->n; i++) {
            if (!ent_coal_has(s, i)) continue;
            ent_i_threat_point(p, s, i, &mine);
            ent_rat_sub(&mine, ent_i_perfect_u(p, s, i), &mine);
            ent_rat_mul(&mine, &mine, &p->price[i]);
            if (!any || ent_rat_cmp(&mine, &lo) < 0) ent_rat_set(&lo, &mine);
            if (!any || ent_rat_cmp(&mine, &hi) > 0) ent_rat_set(&hi, &mine);
            any = true;
        }
        ent_rat_sub(&first, &hi, &lo);
        take_larger(most, &first);
    }
    ent_rat_div(most, most, &p->spread);
    ent_rat_release(&mine);
    ent_rat_release(&first);
    ent_rat_release(&lo);
    ent_rat_release(&hi);
}
