#include "ref/ref_frontier.h"

#include "ref/ref_gauss.h"
#include "ref/ref_simplex.h"

#include <stdbool.h>
#include <stdlib.h>

static ent_rat *rats(int n)
{
    ent_status st = ENT_OK;
    ent_rat *r = ent_rats_new(NULL, (size_t)n, &st);
    if (!r) abort();
    return r;
}

/* The next subset of `size` of n numbers in ascending order; false after the last. */
static bool next_subset(int n, int size, int *pick)
{
    int k = size - 1;
    while (k >= 0 && pick[k] == n - size + k) k--;
    if (k < 0) return false;
    pick[k]++;
    for (int l = k + 1; l < size; l++) pick[l] = pick[l - 1] + 1;
    return true;
}

static void first_subset(int size, int *pick)
{
    for (int k = 0; k < size; k++) pick[k] = k;
}

static int type_in(const ref_frontier_problem *q, int profile, int i)
{
    for (int j = q->players - 1; j > i; j--) profile /= q->types[j];
    return profile % q->types[i];
}

static int with_type(const ref_frontier_problem *q, int profile, int i, int t)
{
    int stride = 1;
    for (int j = q->players - 1; j > i; j--) stride *= q->types[j];
    return profile + (t - type_in(q, profile, i)) * stride;
}

/* row[d * profiles + profile] += sign * U_i(report | t) as a function of mu. */
static void add_interim(const ref_frontier_problem *q, int i, int t, int report, int sign,
                        ent_rat *row)
{
    ent_rat p = ENT_RAT_ZERO;
    for (int truth = 0; truth < q->profiles; truth++) {
        if (type_in(q, truth, i) != t) continue;
        ent_rat_set_int(&p, sign);
        for (int j = 0; j < q->players; j++)
            if (j != i) ent_rat_mul(&p, &p, &q->p[j][type_in(q, truth, j)]);
        for (int d = 0; d < q->decisions; d++)
            ent_rat_addmul(&row[d * q->profiles + with_type(q, truth, i, report)], &p,
                           &q->u[(i * q->decisions + d) * q->profiles + truth]);
    }
    ent_rat_release(&p);
}

/* The constraints as rows [sum of mu = 1 for each profile; U_i(t) - U_i(report|t) - slack = 0] with
 * the right side last. */
static ent_rat *constraints(const ref_frontier_problem *q, int *rows, int *columns)
{
    int lies = 0;
    for (int i = 0; i < q->players; i++) lies += q->types[i] * (q->types[i] - 1);
    const int n = q->decisions * q->profiles, width = n + lies + 1;
    ent_rat *a = rats((q->profiles + lies) * width);
    for (int t = 0; t < q->profiles; t++) {
        for (int d = 0; d < q->decisions; d++)
            ent_rat_set_int(&a[t * width + d * q->profiles + t], 1);
        ent_rat_set_int(&a[t * width + n + lies], 1);
    }
    int row = q->profiles;
    for (int i = 0; i < q->players; i++)
        for (int t = 0; t < q->types[i]; t++)
            for (int report = 0; report < q->types[i]; report++) {
                if (report == t) continue;
                add_interim(q, i, t, t, 1, &a[row * width]);
                add_interim(q, i, t, report, -1, &a[row * width]);
                ent_rat_set_int(&a[row * width + n + row - q->profiles], -1);
                row++;
            }
    *rows = q->profiles + lies;
    *columns = n + lies;
    return a;
}

static bool is_new(const ref_frontier_set *s, const ent_rat *u)
{
    for (int j = 0; j < s->points; j++) {
        bool same = true;
        for (int m = 0; m < s->k; m++) same = same && ent_rat_equal(&s->point[j * s->k + m], &u[m]);
        if (same) return false;
    }
    return true;
}

/* The interim utilities of a mechanism, as the next point. */
static void add_point(const ref_frontier_problem *q, const ent_rat *mu, int room,
                      ref_frontier_set *s)
{
    const int n = q->decisions * q->profiles;
    ent_rat *u = rats(s->k), *row = rats(n);
    for (int i = 0, m = 0; i < q->players; i++)
        for (int t = 0; t < q->types[i]; t++, m++) {
            for (int j = 0; j < n; j++) ent_rat_set_int(&row[j], 0);
            add_interim(q, i, t, t, 1, row);
            for (int j = 0; j < n; j++) ent_rat_addmul(&u[m], &row[j], &mu[j]);
        }
    if (is_new(s, u)) {
        if (s->points == room) abort();
        for (int m = 0; m < s->k; m++) ent_rat_set(&s->point[s->points * s->k + m], &u[m]);
        s->points++;
    }
    ent_rats_free(u, (size_t)s->k);
    ent_rats_free(row, (size_t)n);
}

/* A basic solution that is not negative is an extreme mechanism. */
static void try_basis(const ref_frontier_problem *q, int rows, int columns, const ent_rat *a,
                      const int *pick, int room, ref_frontier_set *s)
{
    const int n = q->decisions * q->profiles;
    ent_rat *part = rats(rows * (rows + 1)), *out = rats(rows * (rows + 1)), *mu = rats(n),
            det = ENT_RAT_ZERO;
    for (int r = 0; r < rows; r++)
        for (int c = 0; c <= rows; c++)
            ent_rat_set(&part[r * (rows + 1) + c],
                        &a[r * (columns + 1) + (c < rows ? pick[c] : columns)]);
    bool good = ref_gauss(rows, rows + 1, rows, part, out, &det) == rows;
    for (int r = 0; good && r < rows; r++) {
        const ent_rat *x = &out[r * (rows + 1) + rows];
        good = ent_rat_sign(x) >= 0;
        if (pick[r] < n) ent_rat_set(&mu[pick[r]], x);
    }
    if (good) add_point(q, mu, room, s);
    ent_rats_free(part, (size_t)(rows * (rows + 1)));
    ent_rats_free(out, (size_t)(rows * (rows + 1)));
    ent_rats_free(mu, (size_t)n);
    ent_rat_release(&det);
}

/* Does no mixture of the other points give everybody at least what point j gives? */
static bool is_vertex(const ref_frontier_set *s, int j)
{
    const int n = s->points, m = s->k + 2;
    ent_rat *a = rats(m * n), *b = rats(m), *c = rats(n), value = ENT_RAT_ZERO;
    for (int l = 0; l < n; l++) {
        if (l == j) continue; /* its column is 0: it does not help */
        for (int r = 0; r < s->k; r++) ent_rat_neg(&a[r * n + l], &s->point[l * s->k + r]);
        ent_rat_set_int(&a[s->k * n + l], 1);
        ent_rat_set_int(&a[(s->k + 1) * n + l], -1);
    }
    for (int r = 0; r < s->k; r++) ent_rat_neg(&b[r], &s->point[j * s->k + r]);
    ent_rat_set_int(&b[s->k], 1);
    ent_rat_set_int(&b[s->k + 1], -1);
    const bool alone = ref_simplex(m, n, a, b, c, &value, NULL) == REF_SIMPLEX_INFEASIBLE;
    ent_rats_free(a, (size_t)(m * n));
    ent_rats_free(b, (size_t)m);
    ent_rats_free(c, (size_t)n);
    ent_rat_release(&value);
    return alone;
}

static void vertices_first(ref_frontier_set *s)
{
    bool *extreme = calloc((size_t)s->points, sizeof *extreme);
    if (!extreme) abort();
    for (int j = 0; j < s->points; j++) extreme[j] = is_vertex(s, j);
    for (int j = 0; j < s->points; j++) {
        if (!extreme[j]) continue;
        for (int m = 0; m < s->k; m++)
            ent_rat_swap(&s->point[s->vertices * s->k + m], &s->point[j * s->k + m]);
        extreme[j] = extreme[s->vertices];
        s->vertices++;
    }
    free(extreme);
}

/* w of sum 1 and b with w x = b for the picked points and w_m = 0 for the picked directions
 * (numbers from `vertices` on); false when they do not determine it. */
static bool hyperplane(const ref_frontier_set *s, const int *pick, ent_rat *w, ent_rat *b)
{
    const int k = s->k, width = k + 2;
    ent_rat *a = rats((k + 1) * width), *out = rats((k + 1) * width), det = ENT_RAT_ZERO;
    for (int r = 0; r < k; r++) {
        if (pick[r] >= s->vertices) {
            ent_rat_set_int(&a[r * width + pick[r] - s->vertices], 1);
            continue;
        }
        for (int m = 0; m < k; m++) ent_rat_set(&a[r * width + m], &s->point[pick[r] * k + m]);
        ent_rat_set_int(&a[r * width + k], -1);
    }
    for (int m = 0; m < k; m++) ent_rat_set_int(&a[k * width + m], 1);
    ent_rat_set_int(&a[k * width + k + 1], 1);
    const bool one = ref_gauss(k + 1, width, k + 1, a, out, &det) == k + 1;
    for (int m = 0; one && m < k; m++) ent_rat_set(&w[m], &out[m * width + k + 1]);
    if (one) ent_rat_set(b, &out[k * width + k + 1]);
    ent_rats_free(a, (size_t)((k + 1) * width));
    ent_rats_free(out, (size_t)((k + 1) * width));
    ent_rat_release(&det);
    return one;
}

static bool is_facet(const ref_frontier_set *s, const ent_rat *w, const ent_rat *b)
{
    bool good = true;
    ent_rat room = ENT_RAT_ZERO;
    for (int m = 0; m < s->k; m++) good = good && ent_rat_sign(&w[m]) >= 0;
    for (int j = 0; good && j < s->vertices; j++) {
        ent_rat_set(&room, b);
        for (int m = 0; m < s->k; m++) ent_rat_submul(&room, &w[m], &s->point[j * s->k + m]);
        good = ent_rat_sign(&room) >= 0;
    }
    for (int f = 0; good && f < s->facets; f++) {
        bool same = true;
        for (int m = 0; m < s->k; m++)
            same = same && ent_rat_equal(&s->weight[f * s->k + m], &w[m]);
        good = !same;
    }
    ent_rat_release(&room);
    return good;
}

enum { POINTS_MAX = 4000, FACETS_MAX = 4000 };

static void find_facets(ref_frontier_set *s)
{
    int pick[16];
    ent_rat *w = rats(s->k), b = ENT_RAT_ZERO;
    s->weight = rats(FACETS_MAX * s->k);
    s->bound = rats(FACETS_MAX);
    first_subset(s->k, pick);
    do {
        if (pick[0] >= s->vertices || !hyperplane(s, pick, w, &b) || !is_facet(s, w, &b)) continue;
        if (s->facets == FACETS_MAX) abort();
        for (int m = 0; m < s->k; m++) ent_rat_set(&s->weight[s->facets * s->k + m], &w[m]);
        ent_rat_set(&s->bound[s->facets], &b);
        s->facets++;
    } while (next_subset(s->vertices + s->k, s->k, pick));
    ent_rats_free(w, (size_t)s->k);
    ent_rat_release(&b);
}

void ref_frontier(const ref_frontier_problem *q, ref_frontier_set *out)
{
    int rows = 0, columns = 0, pick[64];
    ref_frontier_set s = {0};
    for (int i = 0; i < q->players; i++) s.k += q->types[i];
    ent_rat *a = constraints(q, &rows, &columns);
    s.point = rats(POINTS_MAX * s.k);
    first_subset(rows, pick);
    do try_basis(q, rows, columns, a, pick, POINTS_MAX, &s);
    while (next_subset(columns, rows, pick));
    ent_rats_free(a, (size_t)(rows * (columns + 1)));
    vertices_first(&s);
    find_facets(&s);
    *out = s;
}

void ref_frontier_free(ref_frontier_set *s)
{
    ent_rats_free(s->point, (size_t)(POINTS_MAX * s->k));
    ent_rats_free(s->weight, (size_t)(FACETS_MAX * s->k));
    ent_rats_free(s->bound, FACETS_MAX);
    *s = (ref_frontier_set){0};
}
