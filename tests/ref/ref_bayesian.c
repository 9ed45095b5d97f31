#include "ref/ref_bayesian.h"

#include "ref/ref_simplex.h"

#include <stdbool.h>
#include <stdlib.h>

static int size_of(unsigned s)
{
    int size = 0;
    for (; s; s &= s - 1) size++;
    return size;
}

static void add_orders(int n, const ent_rat *v, unsigned before, ent_rat *x, int64_t *orders)
{
    if (before == (1u << n) - 1) {
        (*orders)++;
        return;
    }
    for (int i = 0; i < n; i++) {
        if (before >> i & 1) continue;
        const int64_t seen = *orders;
        ent_rat gain = ENT_RAT_ZERO, times = ENT_RAT_ZERO;
        add_orders(n, v, before | 1u << i, x, orders);
        ent_rat_sub(&gain, &v[before | 1u << i], &v[before]);
        ent_rat_set_int(&times, *orders - seen);
        ent_rat_addmul(&x[i], &times, &gain);
        ent_rat_release(&gain);
        ent_rat_release(&times);
    }
}

void ref_bayesian_shapley(int n, const ent_rat *v, ent_rat *x)
{
    int64_t orders = 0;
    ent_rat all = ENT_RAT_ZERO;
    for (int i = 0; i < n; i++) ent_rat_set_int(&x[i], 0);
    add_orders(n, v, 0, x, &orders);
    ent_rat_set_int(&all, orders);
    for (int i = 0; i < n; i++) ent_rat_div(&x[i], &x[i], &all);
    ent_rat_release(&all);
}

void ref_bayesian_consistent(int n, const ent_rat *a, const ent_rat *b, ent_rat *x)
{
    ent_rat left = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    for (unsigned s = 1; s < 1u << n; s++)
        for (int i = 0; i < n; i++) {
            if (!(s >> i & 1)) continue;
            ent_rat *out = &x[s * (unsigned)n + (unsigned)i];
            ent_rat_set(&left, &b[s]);
            ent_rat_set_int(out, 0);
            for (int j = 0; j < n; j++) {
                if (j == i || !(s >> j & 1)) continue;
                ent_rat_submul(&left, &a[s * (unsigned)n + (unsigned)j],
                               &x[(s & ~(1u << i)) * (unsigned)n + (unsigned)j]);
                ent_rat_add(out, out, &x[(s & ~(1u << j)) * (unsigned)n + (unsigned)i]);
            }
            ent_rat_div(&left, &left, &a[s * (unsigned)n + (unsigned)i]);
            ent_rat_add(out, out, &left);
            ent_rat_set_int(&size, size_of(s));
            ent_rat_div(out, out, &size);
        }
    ent_rat_release(&left);
    ent_rat_release(&size);
}

/* The best point of the segment from k to l into y[2]: (1-t) u(k) + t u(l); the product is a
 * parabola in t. */
static void best_of(const ent_rat *u1, const ent_rat *u2, int k, int l, ent_rat *y)
{
    ent_rat d1 = ENT_RAT_ZERO, d2 = ENT_RAT_ZERO, slope = ENT_RAT_ZERO, bend = ENT_RAT_ZERO,
            t = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_sub(&d1, &u1[l], &u1[k]);
    ent_rat_sub(&d2, &u2[l], &u2[k]);
    ent_rat_mul(&slope, &d1, &u2[k]);
    ent_rat_addmul(&slope, &d2, &u1[k]);
    ent_rat_mul(&bend, &d1, &d2);
    ent_rat_add(&bend, &bend, &bend);
    ent_rat_neg(&bend, &bend);
    /* concave: slope + 2 d1 d2 t = 0 */
    if (ent_rat_sign(&bend) > 0) ent_rat_div(&t, &slope, &bend);
    if (ent_rat_sign(&t) < 0) ent_rat_set_int(&t, 0);
    if (ent_rat_cmp(&t, &one) > 0) ent_rat_set_int(&t, 1);
    ent_rat_set(&y[0], &u1[k]);
    ent_rat_set(&y[1], &u2[k]);
    ent_rat_addmul(&y[0], &t, &d1);
    ent_rat_addmul(&y[1], &t, &d2);
    ent_rat_release(&d1);
    ent_rat_release(&d2);
    ent_rat_release(&slope);
    ent_rat_release(&bend);
    ent_rat_release(&t);
    ent_rat_release(&one);
}

void ref_bayesian_nash(int points, const ent_rat *u1, const ent_rat *u2, ent_rat *x)
{
    ent_rat y[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, best = ENT_RAT_ZERO, product = ENT_RAT_ZERO;
    ent_rat_set_int(&x[0], 0);
    ent_rat_set_int(&x[1], 0);
    for (int k = 0; k < points; k++)
        for (int l = 0; l < points; l++) {
            best_of(u1, u2, k, l, y);
            ent_rat_mul(&product, &y[0], &y[1]);
            if (ent_rat_sign(&y[0]) <= 0 || ent_rat_sign(&y[1]) <= 0 ||
                ent_rat_cmp(&product, &best) <= 0)
                continue;
            ent_rat_set(&best, &product);
            ent_rat_set(&x[0], &y[0]);
            ent_rat_set(&x[1], &y[1]);
        }
    ent_rat_release(&y[0]);
    ent_rat_release(&y[1]);
    ent_rat_release(&best);
    ent_rat_release(&product);
}

/* mu(d|s,t) is variable d * profiles + profile. */
static int variable(const ref_bayesian_problem *q, int d, int s, int t)
{
    return (d * q->types[0] + s) * q->types[1] + t;
}

static const ent_rat *utility(const ref_bayesian_problem *q, int i, int d, int s, int t)
{
    return &q->u[((i * q->decisions + d) * q->types[0] + s) * q->types[1] + t];
}

/* row += factor * U_i(report|type), as a function of mu. */
static void add_interim(const ref_bayesian_problem *q, int i, int type, int report,
                        const ent_rat *factor, ent_rat *row)
{
    ent_rat term = ENT_RAT_ZERO;
    for (int other = 0; other < q->types[1 - i]; other++)
        for (int d = 0; d < q->decisions; d++) {
            const ent_rat *u =
                i == 0 ? utility(q, 0, d, type, other) : utility(q, 1, d, other, type);
            ent_rat_mul(&term, factor, &q->p[1 - i][other]);
            ent_rat_addmul(
                &row[i == 0 ? variable(q, d, report, other) : variable(q, d, other, report)], &term,
                u);
        }
    ent_rat_release(&term);
}

void ref_bayesian_best(const ref_bayesian_problem *q, ent_rat *value)
{
    const int profiles = q->types[0] * q->types[1], n = q->decisions * profiles;
    const int lies = q->types[0] * (q->types[0] - 1) + q->types[1] * (q->types[1] - 1),
              m = 2 * profiles + lies;
    ent_status st = ENT_OK;
    ent_rat *a = ent_rats_new(NULL, (size_t)(m * n), &st), *b = ent_rats_new(NULL, (size_t)m, &st),
            *c = ent_rats_new(NULL, (size_t)n, &st);
    ent_rat one = ENT_RAT_ZERO, minus = ENT_RAT_ZERO;
    int row = 0, interim = 0;
    if (!a || !b || !c) abort();
    ent_rat_set_int(&one, 1);
    ent_rat_set_int(&minus, -1);
    for (int k = 0; k < profiles; k++) /* sum of mu = 1, as two inequalities */
        for (int sign = 1; sign >= -1; sign -= 2, row++) {
            for (int d = 0; d < q->decisions; d++)
                ent_rat_set_int(&a[row * n + d * profiles + k], sign);
            ent_rat_set_int(&b[row], sign);
        }
    for (int i = 0; i < 2; i++)
        for (int t = 0; t < q->types[i]; t++, interim++) {
            add_interim(q, i, t, t, &q->weight[interim], c);
            for (int report = 0; report < q->types[i]; report++) {
                if (report == t) continue;
                add_interim(q, i, t, report, &one, &a[row * n]);
                add_interim(q, i, t, t, &minus, &a[row * n]);
                row++;
            }
        }
    if (ref_simplex(m, n, a, b, c, value, NULL) != REF_SIMPLEX_OPTIMAL) abort();
    ent_rats_free(a, (size_t)(m * n));
    ent_rats_free(b, (size_t)m);
    ent_rats_free(c, (size_t)n);
    ent_rat_release(&one);
    ent_rat_release(&minus);
}
