#include "ref/ref_bayesian_claims.h"

#include <assert.h>

enum { TYPES = 8 };

/* The multipliers of member k start here. */
static const ent_rat *of_member(const ent_bayes_coal *s, const ent_rat *alpha, int k)
{
    for (int j = 0; j < k; j++) alpha += s->types[j] * (s->types[j] - 1);
    return alpha;
}

/* alpha_k(tau|t) */
static const ent_rat *price(const ent_bayes_coal *s, const ent_rat *alpha, int k, int t, int tau)
{
    return of_member(s, alpha, k) + t * (s->types[k] - 1) + (tau < t ? tau : tau - 1);
}

/* lambda(t) + sum over tau of alpha(tau|t) */
static void total_price(const ent_bayes_coal *s, const ent_rat *lambda, const ent_rat *alpha, int k,
                        int t, ent_rat *out)
{
    ent_rat_set(out, &lambda[s->first[k] + t]);
    for (int tau = 0; tau < s->types[k]; tau++)
        if (tau != t) ent_rat_add(out, out, price(s, alpha, k, t, tau));
}

/* sum over members of v_i(d,t) */
static void virtual_worth(const ent_bayesian *model, const ent_bayes_coal *s, const ent_rat *lambda,
                          const ent_rat *alpha, int d, int t, ent_rat *out)
{
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    ent_rat v = ENT_RAT_ZERO, x = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int k = 0; k < s->size; k++) {
        ent_bayes_types(s, t, type);
        const int mine = type[k];
        total_price(s, lambda, alpha, k, mine, &v);
        ent_rat_mul(&v, &v, &s->utility.exact[ent_bayes_utility(s, k, d, t)]);
        for (int tau = 0; tau < s->types[k]; tau++) {
            if (tau == mine) continue;
            type[k] = tau;
            ent_rat_mul(&x, price(s, alpha, k, tau, mine),
                        &s->utility.exact[ent_bayes_utility(s, k, d, ent_bayes_profile(s, type))]);
            ent_rat_sub(&v, &v, &x);
        }
        ent_rat_div(&v, &v, &model->prior[s->member[k]].exact[mine]);
        ent_rat_add(out, out, &v);
    }
    ent_rat_release(&x);
    ent_rat_release(&v);
}

/* p(t) M(t), added to the right side of every member's type in t. */
static void add_worth(const ent_bayesian *model, const ent_bayes_coal *s, const ent_rat *lambda,
                      const ent_rat *alpha, int t, ent_rat *right)
{
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    ent_rat most = ENT_RAT_ZERO, x = ENT_RAT_ZERO;
    for (int d = 0; d < s->decisions; d++) {
        virtual_worth(model, s, lambda, alpha, d, t, &x);
        if (d == 0 || ent_rat_cmp(&x, &most) > 0) ent_rat_set(&most, &x);
    }
    ent_bayes_types(s, t, type);
    for (int k = 0; k < s->size; k++)
        ent_rat_addmul(&right[s->first[k] + type[k]], &s->prior.exact[t], &most);
    ent_rat_release(&x);
    ent_rat_release(&most);
}

/* Elimination without any order: the columns of a regular M-matrix allow it. */
static void eliminate(int n, ent_rat a[TYPES][TYPES], ent_rat *b)
{
    ent_rat factor = ENT_RAT_ZERO;
    for (int c = 0; c < n; c++) {
        assert(ent_rat_sign(&a[c][c]) > 0);
        for (int r = 0; r < n; r++) {
            if (r == c) continue;
            ent_rat_div(&factor, &a[r][c], &a[c][c]);
            ent_rat_neg(&factor, &factor);
            for (int q = c; q < n; q++) ent_rat_addmul(&a[r][q], &factor, &a[c][q]);
            ent_rat_addmul(&b[r], &factor, &b[c]);
        }
    }
    for (int c = 0; c < n; c++) ent_rat_div(&b[c], &b[c], &a[c][c]);
    ent_rat_release(&factor);
}

static void solve_member(const ent_bayes_coal *s, const ent_rat *lambda, const ent_rat *alpha,
                         int k, ent_rat *omega)
{
    const int n = s->types[k];
    ent_rat a[TYPES][TYPES];
    assert(n <= TYPES);
    for (int t = 0; t < n; t++)
        for (int tau = 0; tau < n; tau++) {
            ent_rat_init(&a[t][tau]);
            if (t == tau) total_price(s, lambda, alpha, k, t, &a[t][t]);
            else ent_rat_neg(&a[t][tau], price(s, alpha, k, tau, t));
        }
    eliminate(n, a, omega + s->first[k]);
    for (int t = 0; t < n; t++)
        for (int tau = 0; tau < n; tau++) ent_rat_release(&a[t][tau]);
}

void ref_bayesian_claims(const ent_bayesian *model, const ent_bayes_coal *s, const ent_rat *threat,
                         const ent_rat *lambda, const ent_rat *alpha, ent_rat *omega)
{
    ent_rat cost = ENT_RAT_ZERO;
    for (int m = 0; m < s->interims; m++) ent_rat_set_int(&omega[m], 0);
    for (int t = 0; t < s->profiles; t++) add_worth(model, s, lambda, alpha, t, omega);
    for (int k = 0; k < s->size; k++) {
        ent_rat_set_int(&cost, 0);
        for (int m = 0; m < s->interims; m++)
            if (m < s->first[k] || m >= s->first[k + 1])
                ent_rat_addmul(&cost, &lambda[m], &threat[k * s->interims + m]);
        for (int t = 0; t < s->types[k]; t++)
            ent_rat_submul(&omega[s->first[k] + t], &cost, &model->prior[s->member[k]].exact[t]);
        solve_member(s, lambda, alpha, k, omega);
    }
    ent_rat_release(&cost);
}
