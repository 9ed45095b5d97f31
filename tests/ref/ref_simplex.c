#include "ref/ref_simplex.h"

#include <stdlib.h>

/* A dictionary: basic variable of row i = t[i][n] - sum_j t[i][j] nonbasic_j; row m is the
 * objective, z = t[m][n] + sum. */
typedef struct dictionary {
    int m, n;
    ent_rat *t;
    int *basic, *nonbasic;
} dictionary;

static ent_rat *at(dictionary *d, int i, int j) { return &d->t[i * (d->n + 1) + j]; }

static void pivot(dictionary *d, int r, int q)
{
    ent_rat p = ENT_RAT_ZERO, f = ENT_RAT_ZERO, one = {1, 1, NULL};
    ent_rat_set(&p, at(d, r, q));
    for (int j = 0; j <= d->n; j++) ent_rat_div(at(d, r, j), j == q ? &one : at(d, r, j), &p);
    for (int i = 0; i <= d->m; i++) {
        if (i == r || ent_rat_sign(at(d, i, q)) == 0) continue;
        ent_rat_set(&f, at(d, i, q));
        ent_rat_set_int(at(d, i, q), 0);
        if (i == d->m) { /* the objective has the other sign: z = z0 + sum c_j x_j */
            for (int j = 0; j < d->n; j++) ent_rat_submul(at(d, i, j), &f, at(d, r, j));
            ent_rat_addmul(at(d, i, d->n), &f, at(d, r, d->n));
        } else {
            for (int j = 0; j <= d->n; j++) ent_rat_submul(at(d, i, j), &f, at(d, r, j));
        }
    }
    const int keep = d->basic[r];
    d->basic[r] = d->nonbasic[q];
    d->nonbasic[q] = keep;
    ent_rat_release(&p);
    ent_rat_release(&f);
}

/* Bland: lowest-numbered improving variable, lowest-numbered blocking one. False: unbounded. */
static int climb(dictionary *d)
{
    for (;;) {
        int q = -1, r = -1;
        for (int j = 0; j < d->n; j++)
            if (ent_rat_sign(at(d, d->m, j)) > 0 && (q < 0 || d->nonbasic[j] < d->nonbasic[q]))
                q = j;
        if (q < 0) return 1;
        ent_rat best = ENT_RAT_ZERO, ratio = ENT_RAT_ZERO;
        for (int i = 0; i < d->m; i++) {
            if (ent_rat_sign(at(d, i, q)) <= 0) continue;
            ent_rat_div(&ratio, at(d, i, d->n), at(d, i, q));
            const int order = r < 0 ? -1 : ent_rat_cmp(&ratio, &best);
            if (order < 0 || (order == 0 && d->basic[i] < d->basic[r])) {
                r = i;
                ent_rat_set(&best, &ratio);
            }
        }
        ent_rat_release(&best);
        ent_rat_release(&ratio);
        if (r < 0) return 0;
        pivot(d, r, q);
    }
}

static void free_dictionary(dictionary *d)
{
    ent_rats_free(d->t, (size_t)((d->m + 1) * (d->n + 1)));
    free(d->basic);
    free(d->nonbasic);
}

/* Phase one with an artificial variable, number 0, in column n - 1 of a dictionary one column
 * wider. */
static void fill(dictionary *d, int m, int n, const ent_rat *a, const ent_rat *b)
{
    ent_status st = ENT_OK;
    d->m = m;
    d->n = n + 1;
    d->t = ent_rats_new(NULL, (size_t)((m + 1) * (n + 2)), &st);
    d->basic = calloc((size_t)m + 1, sizeof(int));
    d->nonbasic = calloc((size_t)n + 1, sizeof(int));
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) ent_rat_set(at(d, i, j), &a[i * n + j]);
        ent_rat_set_int(at(d, i, n), -1);
        ent_rat_set(at(d, i, n + 1), &b[i]);
        d->basic[i] = 1 + n + i;
    }
    for (int j = 0; j < n; j++) d->nonbasic[j] = 1 + j;
    d->nonbasic[n] = 0;
    ent_rat_set_int(at(d, m, n), -1);
}

static int feasible(dictionary *d)
{
    int worst = -1;
    for (int i = 0; i < d->m; i++)
        if (ent_rat_sign(at(d, i, d->n)) < 0 &&
            (worst < 0 || ent_rat_cmp(at(d, i, d->n), at(d, worst, d->n)) < 0))
            worst = i;
    if (worst >= 0) {
        pivot(d, worst, d->n - 1);
        climb(d);
    }
    for (int i = 0; i < d->m; i++) {
        if (d->basic[i] != 0) continue;
        if (ent_rat_sign(at(d, i, d->n)) != 0) return 0;
        for (int j = 0; j < d->n; j++)
            if (ent_rat_sign(at(d, i, j)) != 0) {
                pivot(d, i, j);
                break;
            }
    }
    return 1;
}

/* The true objective in terms of the nonbasic variables, the artificial one held at 0 by an empty
 * column. */
static void objective(dictionary *d, const ent_rat *c)
{
    for (int j = 0; j <= d->n; j++) ent_rat_set_int(at(d, d->m, j), 0);
    for (int j = 0; j < d->n; j++) {
        const int v = d->nonbasic[j];
        if (v >= 1 && v < d->n) ent_rat_set(at(d, d->m, j), &c[v - 1]);
        if (v == 0)
            for (int i = 0; i < d->m; i++) ent_rat_set_int(at(d, i, j), 0);
    }
    for (int i = 0; i < d->m; i++) {
        const int v = d->basic[i];
        if (v < 1 || v >= d->n) continue;
        for (int j = 0; j < d->n; j++) ent_rat_submul(at(d, d->m, j), &c[v - 1], at(d, i, j));
        ent_rat_addmul(at(d, d->m, d->n), &c[v - 1], at(d, i, d->n));
    }
    for (int j = 0; j < d->n; j++)
        if (d->nonbasic[j] == 0) ent_rat_set_int(at(d, d->m, j), 0);
}

ref_simplex_outcome ref_simplex(int m, int n, const ent_rat *a, const ent_rat *b, const ent_rat *c,
                                ent_rat *value, ent_rat *x)
{
    dictionary d;
    ref_simplex_outcome outcome = REF_SIMPLEX_INFEASIBLE;
    fill(&d, m, n, a, b);
    if (feasible(&d)) {
        objective(&d, c);
        outcome = climb(&d) ? REF_SIMPLEX_OPTIMAL : REF_SIMPLEX_UNBOUNDED;
        ent_rat_set(value, at(&d, m, d.n));
        for (int j = 0; x && j < n; j++) ent_rat_set_int(&x[j], 0);
        for (int i = 0; x && i < m; i++)
            if (d.basic[i] >= 1 && d.basic[i] <= n) ent_rat_set(&x[d.basic[i] - 1], at(&d, i, d.n));
    }
    free_dictionary(&d);
    return outcome;
}

/* max v+ - v-, v - sum_i x_i m_ij <= 0 for every column j, sum x = 1. */
void ref_simplex_game(int rows, int columns, const ent_rat *m, ent_rat *value)
{
    ent_status st = ENT_OK;
    const int r = columns + 2, n = rows + 2;
    ent_rat *a = ent_rats_new(NULL, (size_t)(r * n), &st), *b = ent_rats_new(NULL, (size_t)r, &st),
            *c = ent_rats_new(NULL, (size_t)n, &st);
    for (int j = 0; j < columns; j++) {
        for (int i = 0; i < rows; i++) ent_rat_neg(&a[j * n + i], &m[i * columns + j]);
        ent_rat_set_int(&a[j * n + rows], 1);
        ent_rat_set_int(&a[j * n + rows + 1], -1);
    }
    for (int i = 0; i < rows; i++) {
        ent_rat_set_int(&a[columns * n + i], 1);
        ent_rat_set_int(&a[(columns + 1) * n + i], -1);
    }
    ent_rat_set_int(&b[columns], 1);
    ent_rat_set_int(&b[columns + 1], -1);
    ent_rat_set_int(&c[rows], 1);
    ent_rat_set_int(&c[rows + 1], -1);
    ref_simplex(r, n, a, b, c, value, NULL);
    ent_rats_free(a, (size_t)(r * n));
    ent_rats_free(b, (size_t)r);
    ent_rats_free(c, (size_t)n);
}
