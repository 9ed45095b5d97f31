#include "bargain_terms.h"

#include "num/linear.h"

#include <math.h>

static const double TINY = 1e-9; /* the most that a product may be */

/* Where the blocks of variables begin. */
typedef struct layout {
    int mu, alpha, lambda, w, omega, z, s, r, n;
} layout;

static layout layout_of(const ent_bargain *b)
{
    layout at = {.mu = 0, .alpha = b->options};
    at.lambda = at.alpha + b->pairs;
    at.w = at.lambda + b->interims;
    at.omega = at.w + b->cells;
    at.z = at.omega + b->interims;
    at.s = at.z + b->options;
    at.r = at.s + b->pairs;
    at.n = at.r + b->interims;
    return at;
}

ent_bargain_point bench_terms_point(const ent_bargain *b, double *x)
{
    const layout at = layout_of(b);
    return (ent_bargain_point){.mu = x + at.mu,
                               .alpha = x + at.alpha,
                               .lambda = x + at.lambda,
                               .w = x + at.w,
                               .omega = x + at.omega};
}

static void add(bench_terms *t, int row, double coefficient, int i, int j)
{
    if (coefficient != 0.0)
        t->term[t->count++] = (bench_term){.row = row, .i = i, .j = j, .coefficient = coefficient};
}

static int bounded(bench_terms *t, double low, double high)
{
    t->row_low[t->rows] = low;
    t->row_high[t->rows] = high;
    return t->rows++;
}

static int equation(bench_terms *t, double right) { return bounded(t, right, right); }

static int y_at(const ent_bargain *b, const layout *at, int y)
{
    return y < b->pairs ? at->alpha + y : at->lambda + y - b->pairs;
}

/* z = W - worth in every option; lotteries sum to 1. */
static void lotteries(const ent_bargain *b, const layout *at, bench_terms *t)
{
    for (int cell = 0; cell < b->cells; cell++) {
        const int mass = equation(t, 1.0);
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            const int row = equation(t, 0.0);
            add(t, mass, 1.0, at->mu + o, -1);
            add(t, row, 1.0, at->w + cell, -1);
            add(t, row, -1.0, at->z + o, -1);
            for (int k = b->first_row[cell]; k < b->first_row[cell + 1]; k++)
                add(t, row,
                    -b->row[k].sign *
                        b->a[(size_t)o * (size_t)b->interims + (size_t)b->row[k].interim],
                    y_at(b, at, b->row[k].y), -1);
        }
    }
}

/* s and factor U from the lotteries: equation number y is about pair or interim y. */
static void means(const ent_bargain *b, const layout *at, bench_terms *t)
{
    const int first = t->rows;
    for (int k = 0; k < b->pairs; k++) add(t, equation(t, 0.0), -1.0, at->s + k, -1);
    for (int m = 0; m < b->interims; m++) {
        const int row = equation(t, b->target[m]);
        add(t, row, -1.0, at->r + m, -1);
        add(t, row, -1.0, at->omega + m, -1);
    }
    for (int cell = 0; cell < b->own_cells; cell++)
        for (int k = b->first_row[cell]; k < b->first_row[cell + 1]; k++)
            for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
                add(t, first + b->row[k].y,
                    (b->row[k].y < b->pairs ? 1.0 : b->factor) * b->row[k].sign *
                        b->a[(size_t)o * (size_t)b->interims + (size_t)b->row[k].interim],
                    at->mu + o, -1);
}

/* A omega = R; weights sum to 1. */
static void claims(const ent_bargain *b, const layout *at, bench_terms *t)
{
    const int first = t->rows;
    for (int m = 0; m < b->interims; m++) {
        const int row = equation(t, 0.0);
        add(t, row, 1.0, at->lambda + m, at->omega + m);
        for (int l = 0; l < b->interims; l++)
            add(t, row, b->q[m] * b->outside[(size_t)b->place[m] * (size_t)b->interims + (size_t)l],
                at->lambda + l, -1);
    }
    for (int k = 0; k < b->pairs; k++) {
        add(t, first + b->pair_true[k], 1.0, at->alpha + k, at->omega + b->pair_true[k]);
        add(t, first + b->pair_report[k], -1.0, at->alpha + k, at->omega + b->pair_true[k]);
    }
    for (int cell = 0; cell < b->cells; cell++)
        for (int k = b->first_warrant[cell]; k < b->first_warrant[cell + 1]; k++)
            add(t, first + b->warrant[k].interim, -b->warrant[k].weight, at->w + cell, -1);
    const int sum = equation(t, 1.0);
    for (int m = 0; m < b->interims; m++) add(t, sum, 1.0, at->lambda + m, -1);
}

static void products(const ent_bargain *b, const layout *at, bench_form form, bench_terms *t)
{
    const struct {
        int n, x, slack;
    } pairs[] = {{b->options, at->mu, at->z},
                 {b->pairs, at->alpha, at->s},
                 {b->interims, at->lambda, at->r}};
    for (int p = 0; p < 3 && form != BENCH_SIGNS; p++)
        for (int k = 0; k < pairs[p].n; k++)
            add(t, form == BENCH_SUM ? -1 : bounded(t, -(double)INFINITY, TINY), 1.0,
                pairs[p].x + k, pairs[p].slack + k);
}

/* omega = A^-1 R, player by player in one system. */
static ent_status start_claims(ent_ctx *ctx, const ent_bargain_numbers *numbers,
                               const ent_bargain_point *p)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = numbers->b;
    const int n = b->interims;
    double *a = NULL, *work = NULL;
    int *pivot = NULL;
    ENT_SCRATCH(ctx, a, (size_t)n * (size_t)n);
    ENT_SCRATCH(ctx, work, n);
    ENT_SCRATCH(ctx, pivot, n);
    for (int k = 0; k < n * n; k++) a[k] = 0.0;
    for (int m = 0; m < n; m++) a[m * n + m] = p->lambda[m];
    for (int k = 0; k < b->pairs; k++) {
        a[b->pair_true[k] * n + b->pair_true[k]] += p->alpha[k];
        a[b->pair_report[k] * n + b->pair_true[k]] -= p->alpha[k];
    }
    ent_i_bargain_right(numbers, p->w, p->lambda, p->omega);
    if (ent_i_lu_factor(n, a, pivot, work) != 0) ent_i_lu_solve(n, a, pivot, p->omega);
done:
    return st;
}

static ent_status start(ent_ctx *ctx, const ent_bargain *b, const layout *at, double *x)
{
    ent_status st = ENT_OK;
    const ent_bargain_point p = bench_terms_point(b, x);
    ent_bargain_numbers numbers;
    double *g = NULL;
    ENT_TRY(ent_i_bargain_numbers_new(ctx, b, NULL, &numbers));
    ENT_SCRATCH(ctx, g, b->pairs + b->interims);
    for (int k = 0; k < b->pairs; k++) p.alpha[k] = 1.0;
    for (int m = 0; m < b->interims; m++) p.lambda[m] = b->q[m] / b->coal->size;
    for (int cell = 0; cell < b->cells; cell++) {
        const int options = b->first[cell + 1] - b->first[cell];
        p.w[cell] = ent_i_bargain_best(&numbers, cell, p.alpha, p.lambda) + 1.0 / b->cells;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            p.mu[o] = 1.0 / options;
            x[at->z + o] = p.w[cell];
            for (int k = b->first_row[cell]; k < b->first_row[cell + 1]; k++)
                x[at->z + o] -= b->row[k].sign *
                                b->a[(size_t)o * (size_t)b->interims + (size_t)b->row[k].interim] *
                                x[y_at(b, at, b->row[k].y)];
        }
    }
    ENT_TRY(start_claims(ctx, &numbers, &p));
    ent_i_bargain_means(&numbers, p.mu, g);
    for (int k = 0; k < b->pairs; k++) x[at->s + k] = fmax(0.0, g[k]);
    for (int m = 0; m < b->interims; m++)
        x[at->r + m] = fmax(0.0, b->factor * g[b->pairs + m] - b->target[m] - p.omega[m]);
done:
    return st;
}

/* How many terms there are at most. */
static size_t room(const ent_bargain *b)
{
    size_t rows = 0;
    for (int cell = 0; cell < b->cells; cell++)
        rows += (size_t)(b->first[cell + 1] - b->first[cell]) *
                (size_t)(b->first_row[cell + 1] - b->first_row[cell]);
    const size_t m = (size_t)b->interims;
    return 2 * rows + 4 * (size_t)b->options + 4 * (size_t)b->pairs + m * (m + 5) +
           (size_t)b->first_warrant[b->cells];
}

ent_status bench_terms_new(ent_ctx *ctx, const ent_bargain *b, bench_form form, bench_terms *out)
{
    ent_status st = ENT_OK;
    const layout at = layout_of(b);
    const int most = 2 * (b->options + b->pairs + b->interims) + b->cells + b->interims + 1;
    bench_terms t = {.n = at.n};
    ENT_SCRATCH(ctx, t.term, room(b));
    ENT_SCRATCH(ctx, t.low, t.n);
    ENT_SCRATCH(ctx, t.start, t.n);
    ENT_SCRATCH(ctx, t.row_low, most);
    ENT_SCRATCH(ctx, t.row_high, most);
    for (int k = 0; k < t.n; k++) t.low[k] = k >= at.w && k < at.z ? -(double)INFINITY : 0.0;
    lotteries(b, &at, &t);
    means(b, &at, &t);
    claims(b, &at, &t);
    products(b, &at, form, &t);
    ENT_TRY(start(ctx, b, &at, t.start));
    *out = t;
done:
    return st;
}
