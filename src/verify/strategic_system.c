#include "verify/strategic_system.h"

ent_rat *ent_sv_system_entry(const ent_sv_system *k, int equation, int unknown)
{
    return &k->j[equation * k->unknowns + unknown];
}

const ent_rat *ent_sv_system_payoff(const ent_sv_system *k, int i, int64_t profile)
{
    return &k->v->m->payoff.exact[i * k->v->m->profiles + profile];
}

void ent_sv_add_size(ent_rat *sum, const ent_rat *x)
{
    if (ent_rat_sign(x) < 0) ent_rat_sub(sum, sum, x);
    else ent_rat_add(sum, sum, x);
}

/* sum over x of weight_x sum over i of sign_i a_i u_i(x + play) - value = 0, and its
 * derivatives. */
static void saddle_row(ent_sv_system *k, int row, const ent_sv_square *c, const ent_sv_mix *mix,
                       int first, int64_t play, int value)
{
    ent_rat term = ENT_RAT_ZERO, own = ENT_RAT_ZERO, minus = ENT_RAT_ZERO;
    ent_rat_set_int(&minus, -1);
    for (int x = 0; x < mix->n; x++) {
        for (int i = 0; i < k->n; i++) {
            ent_rat_set(&own, ent_sv_system_payoff(k, i, mix->play[x] + play));
            ent_sv_add_size(&k->curve[row], &own);
            ent_sv_add_size(&k->curve[row], &own); /* both orders of the two variables */
            if (!ent_coal_has(c->s, i)) ent_rat_neg(&own, &own);
            ent_rat_addmul(ent_sv_system_entry(k, row, first + x), &k->v->price[i], &own);
            ent_rat_addmul(ent_sv_system_entry(k, row, i), &mix->weight[x], &own);
            ent_rat_mul(&term, &k->v->price[i], &own);
            ent_rat_addmul(&k->f[row], &mix->weight[x], &term);
        }
    }
    ent_rat_set(ent_sv_system_entry(k, row, value), &minus);
    ent_rat_sub(&k->f[row], &k->f[row], &k->e->d[c->s]);
    ent_rat_release(&term);
    ent_rat_release(&own);
    ent_rat_release(&minus);
}

/* The sum of `count` unknowns from `first`, less 1. */
static void sum_row(ent_sv_system *k, int row, int first, int count, const ent_rat *value)
{
    ent_rat_set_int(&k->f[row], -1);
    for (int x = 0; x < count; x++) {
        ent_rat_set_int(ent_sv_system_entry(k, row, first + x), 1);
        ent_rat_add(&k->f[row], &k->f[row], &value[x]);
    }
}

static int conflict_rows(ent_sv_system *k, int row, const ent_sv_square *c)
{
    sum_row(k, row++, c->first_p, c->p.n, c->p.weight);
    for (int y = 0; y < c->q.n; y++) saddle_row(k, row++, c, &c->p, c->first_p, c->q.play[y], c->v);
    sum_row(k, row++, c->first_q, c->q.n, c->q.weight);
    for (int x = 0; x < c->p.n; x++) saddle_row(k, row++, c, &c->q, c->first_q, c->p.play[x], c->w);
    return row;
}

/* Plays of the lottery are worth the same: a.u(x) = a.u(x0). */
static int lottery_rows(ent_sv_system *k, int row)
{
    ent_rat difference = ENT_RAT_ZERO;
    sum_row(k, row++, k->first_l, k->lottery.n, k->lottery.weight);
    for (int x = 1; x < k->lottery.n; x++, row++)
        for (int i = 0; i < k->n; i++) {
            ent_rat_sub(&difference, ent_sv_system_payoff(k, i, k->lottery.play[x]),
                        ent_sv_system_payoff(k, i, k->lottery.play[0]));
            ent_rat_add(ent_sv_system_entry(k, row, i), ent_sv_system_entry(k, row, i),
                        &difference);
            ent_rat_addmul(&k->f[row], &k->v->price[i], &difference);
        }
    ent_rat_release(&difference);
    return row;
}

static void share_of_orders(int n, int s, ent_rat *out)
{
    ent_rat factor = ENT_RAT_ZERO;
    ent_rat_set_ratio(out, 1, n);
    for (int m = 1; m < s; m++) {
        ent_rat_set_ratio(&factor, m, n - m);
        ent_rat_mul(out, out, &factor);
    }
    ent_rat_release(&factor);
}

/* a_i sum_x l_x u_i(x) - psi_i: psi_i = D_N/n + sum over conflicts of +-gamma v, D_N being
 * a.u(x0). */
static void value_row(ent_sv_system *k, int row, int i)
{
    ent_rat share = ENT_RAT_ZERO, mean = ENT_RAT_ZERO, term = ENT_RAT_ZERO;
    for (int x = 0; x < k->lottery.n; x++) {
        const ent_rat *u = ent_sv_system_payoff(k, i, k->lottery.play[x]);
        ent_rat_addmul(&mean, &k->lottery.weight[x], u);
        ent_rat_addmul(ent_sv_system_entry(k, row, k->first_l + x), &k->v->price[i], u);
        ent_sv_add_size(&k->curve[row], u);
        ent_sv_add_size(&k->curve[row], u);
    }
    ent_rat_add(ent_sv_system_entry(k, row, i), ent_sv_system_entry(k, row, i), &mean);
    ent_rat_addmul(&k->f[row], &k->v->price[i], &mean);
    share_of_orders(k->n, k->n, &share);
    for (int m = 0; m < k->n; m++) {
        ent_rat_mul(&term, &share, ent_sv_system_payoff(k, m, k->lottery.play[0]));
        ent_rat_sub(ent_sv_system_entry(k, row, m), ent_sv_system_entry(k, row, m), &term);
        ent_rat_submul(&k->f[row], &k->v->price[m], &term);
    }
    for (int c = 0; c < k->conflicts; c++) {
        const ent_sv_square *at = &k->conflict[c];
        const bool with = ent_coal_has(at->s, i);
        const int size = ent_coal_size(at->s);
        share_of_orders(k->n, with ? size : k->n - size, &share);
        if (with) ent_rat_neg(&share, &share); /* D of the complement is -v */
        ent_rat_add(ent_sv_system_entry(k, row, at->v), ent_sv_system_entry(k, row, at->v), &share);
        ent_rat_addmul(&k->f[row], &share, &k->e->d[at->s]);
    }
    ent_rat_release(&share);
    ent_rat_release(&mean);
    ent_rat_release(&term);
}

void ent_sv_system_fill(ent_sv_system *k)
{
    int row = 0;
    sum_row(k, row++, 0, k->n, k->v->price);
    for (int c = 0; c < k->conflicts; c++) row = conflict_rows(k, row, &k->conflict[c]);
    row = lottery_rows(k, row);
    for (int i = 0; i + 1 < k->n; i++) value_row(k, row++, i);
}
