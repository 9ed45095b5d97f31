/* [CoCo] Condition 4, Theorem 1: both forms, and the numbers that they are about: u^S, t^S, w^S. */
#include "verify/strategic_condition4.h"

#include <stdlib.h>
#include <string.h>

ent_status ent_sv_table_new(ent_sv *v, ent_sv_table *t)
{
    ent_status st = ENT_OK;
    const size_t coalitions = (size_t)1 << v->n;
    *t = (ent_sv_table){.exact = true};
    t->u = ent_rats_new(v->ctx, coalitions * (size_t)v->n, &st);
    if (t->u) t->z = ent_rats_new(v->ctx, coalitions, &st);
    return st;
}

void ent_sv_table_release(ent_sv *v, ent_sv_table *t)
{
    const size_t coalitions = (size_t)1 << v->n;
    ent_rats_free(t->u, t->u ? coalitions * (size_t)v->n : 0);
    ent_rats_free(t->z, t->z ? coalitions : 0);
}

ent_rat *ent_sv_u(const ent_sv *v, const ent_sv_table *t, ent_coal s, int i)
{
    return &t->u[s * (ent_coal)v->n + (ent_coal)i];
}

/* Z_S = sum over i in S of a_i u_i^S. */
void ent_sv_totals(const ent_sv *v, ent_sv_table *t)
{
    for (ent_coal s = 0; s <= ent_coal_all(v->n); s++) {
        ent_rat_set_int(&t->z[s], 0);
        for (int i = 0; i < v->n; i++)
            if (ent_coal_has(s, i)) ent_rat_addmul(&t->z[s], &v->price[i], ent_sv_u(v, t, s, i));
    }
}

/* [CoCo] Section 6: "t_i^S = sum over R with i in R, R a proper subset of S, of (-1)^(|S|-|R|+1)
 * u_i^R". */
void ent_sv_threat(const ent_sv *v, const ent_sv_table *t, ent_coal s, int i, ent_rat *out)
{
    const ent_coal rest = s & ~ent_coal_single(i);
    ent_rat_set_int(out, 0);
    for (ent_coal part = rest; part;) { /* the subsets of rest, but rest itself */
        part = (part - 1) & rest;
        const ent_coal r = part | ent_coal_single(i);
        if ((ent_coal_size(s) - ent_coal_size(r)) % 2) ent_rat_add(out, out, ent_sv_u(v, t, r, i));
        else ent_rat_sub(out, out, ent_sv_u(v, t, r, i));
    }
}

static void raise(ent_rat *most, ent_rat *error)
{
    if (ent_rat_sign(error) < 0) ent_rat_neg(error, error);
    if (ent_rat_cmp(error, most) > 0) ent_rat_set(most, error);
}

/* (r-1)! (s-r)! / s! = 1 / (r binomial(s, r)). */
static void share(int s, int r, ent_rat *out)
{
    ent_rat factor = ENT_RAT_ZERO;
    ent_rat_set_ratio(out, 1, r);
    for (int k = 1; k <= r; k++) {
        ent_rat_set_ratio(&factor, k, s - r + k);
        ent_rat_mul(out, out, &factor);
    }
    ent_rat_release(&factor);
}

/* [CoCo] Section 5, Condition 4: a_i u_i^S = sum over R with i in R, R inside S, of (r-1)!(s-r)!/s!
 * (Z_R - Z_{S\R}). */
static void coco_error(const ent_sv *v, const ent_sv_table *t, ent_coal s, int i, ent_rat *out)
{
    const ent_coal rest = s & ~ent_coal_single(i);
    ent_rat weight = ENT_RAT_ZERO, difference = ENT_RAT_ZERO;
    ent_rat_mul(out, &v->price[i], ent_sv_u(v, t, s, i));
    ent_coal part = rest;
    do {
        const ent_coal r = part | ent_coal_single(i);
        share(ent_coal_size(s), ent_coal_size(r), &weight);
        ent_rat_sub(&difference, &t->z[r], &t->z[s & ~r]);
        ent_rat_submul(out, &weight, &difference);
        part = (part - 1) & rest;
    } while (part != rest);
    ent_rat_release(&weight);
    ent_rat_release(&difference);
}

void ent_sv_condition4_coco(const ent_sv *v, const ent_sv_table *t, ent_rat *most)
{
    ent_rat error = ENT_RAT_ZERO;
    ent_rat_set_int(most, 0);
    for (ent_coal s = 1; s <= ent_coal_all(v->n); s++)
        for (int i = 0; i < v->n; i++) {
            if (!ent_coal_has(s, i)) continue;
            coco_error(v, t, s, i, &error);
            raise(most, &error);
        }
    ent_rat_release(&error);
}

/* [CoCo] Section 6, Condition 4: a_i (u_i^S - t_i^S) = a_j (u_j^S - t_j^S) for all i, j in S. */
void ent_sv_condition4_harsanyi(const ent_sv *v, const ent_sv_table *t, ent_rat *most)
{
    ent_rat least = ENT_RAT_ZERO, largest = ENT_RAT_ZERO, mine = ENT_RAT_ZERO;
    ent_rat_set_int(most, 0);
    for (ent_coal s = 1; s <= ent_coal_all(v->n); s++) {
        bool first = true;
        for (int i = 0; i < v->n; i++) {
            if (!ent_coal_has(s, i)) continue;
            ent_sv_threat(v, t, s, i, &mine);
            ent_rat_sub(&mine, ent_sv_u(v, t, s, i), &mine);
            ent_rat_mul(&mine, &mine, &v->price[i]);
            if (first || ent_rat_cmp(&mine, &least) < 0) ent_rat_set(&least, &mine);
            if (first || ent_rat_cmp(&mine, &largest) > 0) ent_rat_set(&largest, &mine);
            first = false;
        }
        ent_rat_sub(&mine, &largest, &least);
        raise(most, &mine);
    }
    ent_rat_release(&least);
    ent_rat_release(&largest);
    ent_rat_release(&mine);
}

/* e = a_i (u_i^S - u_i^{S\j}) - a_j (u_j^S - u_j^{S\i}). */
void ent_sv_balance(const ent_sv *v, const ent_sv_table *t, ent_coal s, int i, int j, ent_rat *out)
{
    ent_rat part = ENT_RAT_ZERO;
    ent_rat_sub(&part, ent_sv_u(v, t, s, i), ent_sv_u(v, t, s & ~ent_coal_single(j), i));
    ent_rat_mul(out, &v->price[i], &part);
    ent_rat_sub(&part, ent_sv_u(v, t, s, j), ent_sv_u(v, t, s & ~ent_coal_single(i), j));
    ent_rat_submul(out, &v->price[j], &part);
    ent_rat_release(&part);
}

/* The largest |e| over the pairs inside one coalition. */
static void imbalance_of(const ent_sv *v, const ent_sv_table *t, ent_coal s, ent_rat *most)
{
    ent_rat error = ENT_RAT_ZERO;
    for (int i = 0; i < v->n; i++)
        for (int j = i + 1; j < v->n; j++) {
            if (!ent_coal_has(s, i) || !ent_coal_has(s, j)) continue;
            ent_sv_balance(v, t, s, i, j, &error);
            raise(most, &error);
        }
    ent_rat_release(&error);
}

void ent_sv_imbalance(const ent_sv *v, const ent_sv_table *t, ent_coal largest, ent_rat *most)
{
    ent_rat_set_int(most, 0);
    for (ent_coal s = 1; s <= largest; s++) imbalance_of(v, t, s, most);
}
