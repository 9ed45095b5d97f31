#include "ref_strategic.h"

#include "ref_simplex.h"

#include <stdlib.h>

static int64_t stride(const ref_strategic_game *g, int i)
{
    int64_t step = 1;
    for (int j = i + 1; j < g->n; j++) step *= g->actions[j];
    return step;
}

static int plays(const ref_strategic_game *g, ent_coal s)
{
    int count = 1;
    for (int i = 0; i < g->n; i++)
        if (ent_coal_has(s, i)) count *= g->actions[i];
    return count;
}

/* The part of a profile's number that play k of coalition s decides. */
static int64_t part(const ref_strategic_game *g, ent_coal s, int k)
{
    int64_t sum = 0;
    for (int i = g->n - 1; i >= 0; i--) {
        if (!ent_coal_has(s, i)) continue;
        sum += k % g->actions[i] * stride(g, i);
        k /= g->actions[i];
    }
    return sum;
}

static ent_rat *zeros(int64_t n)
{
    ent_rat *r = calloc((size_t)(n > 0 ? n : 1), sizeof *r);
    for (int64_t k = 0; k < n; k++) ent_rat_init(&r[k]);
    return r;
}

static void release(ent_rat *r, int64_t n)
{
    for (int64_t k = 0; k < n; k++) ent_rat_release(&r[k]);
    free(r);
}

void ref_strategic_conflict(const ref_strategic_game *g, const ent_rat *price, ent_coal s,
                            ent_rat *value)
{
    const ent_coal others = ent_coal_all(g->n) & ~s;
    const int rows = plays(g, s), columns = plays(g, others);
    ent_rat *m = zeros((int64_t)rows * columns), w = ENT_RAT_ZERO;
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++)
            for (int i = 0; i < g->n; i++) {
                ent_rat_mul(&w, &price[i],
                            &g->payoff[i * g->profiles + part(g, s, r) + part(g, others, c)]);
                if (!ent_coal_has(s, i)) ent_rat_neg(&w, &w);
                ent_rat_add(&m[r * columns + c], &m[r * columns + c], &w);
            }
    if (others) {
        ref_simplex_game(rows, columns, m, value);
    } else {
        ent_rat_set(value, &m[0]);
        for (int r = 1; r < rows; r++)
            if (ent_rat_cmp(&m[r], value) > 0) ent_rat_set(value, &m[r]);
    }
    ent_rat_release(&w);
    release(m, (int64_t)rows * columns);
}

/* The next order of n players in lexicographic order; false after the last. */
static bool next_order(int n, int *order)
{
    int k = n - 2;
    while (k >= 0 && order[k] > order[k + 1]) k--;
    if (k < 0) return false;
    int l = n - 1;
    while (order[l] < order[k]) l--;
    const int swap = order[k];
    order[k] = order[l];
    order[l] = swap;
    for (int a = k + 1, b = n - 1; a < b; a++, b--) {
        const int other = order[a];
        order[a] = order[b];
        order[b] = other;
    }
    return true;
}

/* The mean over all orders of table[those before i and i], less table[those before i] when
 * `marginal`. */
static void mean_of_orders(int n, const ent_rat *table, bool marginal, ent_rat *mean)
{
    int order[8], orders = 0;
    ent_rat count = ENT_RAT_ZERO;
    for (int i = 0; i < n; i++) {
        order[i] = i;
        ent_rat_set_int(&mean[i], 0);
    }
    do {
        ent_coal s = 0;
        for (int k = 0; k < n; k++) {
            if (marginal) ent_rat_sub(&mean[order[k]], &mean[order[k]], &table[s]);
            s |= ent_coal_single(order[k]);
            ent_rat_add(&mean[order[k]], &mean[order[k]], &table[s]);
        }
        orders++;
    } while (next_order(n, order));
    ent_rat_set_int(&count, orders);
    for (int i = 0; i < n; i++) ent_rat_div(&mean[i], &mean[i], &count);
    ent_rat_release(&count);
}

void ref_strategic_psi(const ref_strategic_game *g, const ent_rat *price, ent_rat *psi)
{
    const int64_t coalitions = (int64_t)1 << g->n;
    ent_rat *d = zeros(coalitions);
    for (ent_coal s = 1; s < (ent_coal)coalitions; s++) ref_strategic_conflict(g, price, s, &d[s]);
    mean_of_orders(g->n, d, false, psi);
    release(d, coalitions);
}

void ref_strategic_shapley(int n, const ent_rat *v, ent_rat *phi)
{
    mean_of_orders(n, v, true, phi);
}

/* min t such that |sum l_x u_i(x) - u_i| <= t, sum l = 1, l >= 0 on the profiles that are optimal
 * up to the tolerance: as the maximum of -t over (l, t) >= 0. */
void ref_strategic_gap(const ref_strategic_game *g, const ent_rat *price, const ent_rat *u,
                       double tolerance, ent_rat *gap)
{
    const int n = g->n, rows = 2 * n + 2;
    int64_t *optimal = malloc((size_t)g->profiles * sizeof *optimal);
    ent_rat *total = zeros(g->profiles), best = ENT_RAT_ZERO, one = ENT_RAT_ZERO,
            value = ENT_RAT_ZERO;
    int count = 0;
    for (int64_t p = 0; p < g->profiles; p++) {
        for (int i = 0; i < n; i++)
            ent_rat_addmul(&total[p], &price[i], &g->payoff[i * g->profiles + p]);
        if (p == 0 || ent_rat_cmp(&total[p], &best) > 0) ent_rat_set(&best, &total[p]);
    }
    for (int64_t p = 0; p < g->profiles; p++)
        if (ent_rat_double(&total[p]) >= ent_rat_double(&best) - tolerance) optimal[count++] = p;
    const int columns = count + 1;
    ent_rat *a = zeros((int64_t)rows * columns), *b = zeros(rows), *c = zeros(columns);
    ent_rat_set_int(&one, 1);
    for (int x = 0; x < count; x++) {
        for (int i = 0; i < n; i++) {
            ent_rat_set(&a[i * columns + x], &g->payoff[i * g->profiles + optimal[x]]);
            ent_rat_neg(&a[(n + i) * columns + x], &a[i * columns + x]);
        }
        ent_rat_set_int(&a[2 * n * columns + x], 1);
        ent_rat_set_int(&a[(2 * n + 1) * columns + x], -1);
    }
    for (int i = 0; i < n; i++) {
        ent_rat_set_int(&a[i * columns + count], -1);
        ent_rat_set_int(&a[(n + i) * columns + count], -1);
        ent_rat_set(&b[i], &u[i]);
        ent_rat_neg(&b[n + i], &u[i]);
    }
    ent_rat_set_int(&b[2 * n], 1);
    ent_rat_set_int(&b[2 * n + 1], -1);
    ent_rat_set_int(&c[count], -1);
    if (ref_simplex(rows, columns, a, b, c, &value, NULL) == REF_SIMPLEX_OPTIMAL)
        ent_rat_neg(gap, &value);
    else ent_rat_set_int(gap, INT64_MAX);
    release(a, (int64_t)rows * columns);
    release(b, rows);
    release(c, columns);
    release(total, g->profiles);
    free(optimal);
    ent_rat_release(&best);
    ent_rat_release(&one);
    ent_rat_release(&value);
}
