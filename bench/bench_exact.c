/* Exact systems: fraction-free elimination against Gauss elimination in GMP's own rationals, and
 * single operations on rationals against GMP's. Best of several passes; ratios compare within one
 * run. */
#include "base/rng.h"
#include "clock.h"
#include "exact/bareiss.h"

#include <gmp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { PASSES = 3 };
typedef enum data { DIGITS, FRACTIONS, DOUBLES, DATA } data;
static const char *const data_name[] = {"two digits", "fractions", "doubles"};

static void must(ent_ctx *ctx, ent_status st)
{
    if (st == ENT_OK) return;
    fprintf(stderr, "%s\n", ent_message(ctx));
    exit(1);
}

static void fill(ent_rng *rng, data kind, size_t n, ent_rat *a)
{
    for (size_t k = 0; k < n; k++) {
        if (kind == DIGITS) ent_rat_set_int(&a[k], ent_rng_below(rng, 199) - 99);
        if (kind == FRACTIONS)
            ent_rat_set_ratio(&a[k], ent_rng_below(rng, 199) - 99, 1 + ent_rng_below(rng, 20));
        if (kind == DOUBLES) ent_rat_set_double(&a[k], ent_rng_uniform(rng) - 0.5);
    }
}

static void to_gmp(ent_ctx *ctx, const ent_rat *a, mpq_ptr out)
{
    ent_status st = ENT_OK;
    char *text = ent_rat_format(ctx, a, &st);
    must(ctx, st);
    mpq_set_str(out, text, 10);
    ent_free(text);
}

/* The textbook: one multiplication and one subtraction of fractions an entry, each with its
 * greatest common divisor. */
static void gauss(int n, mpq_t *m)
{
    const int wide = n + 1;
    mpq_t factor, t;
    mpq_inits(factor, t, NULL);
    for (int c = 0; c < n; c++) {
        int p = c;
        while (p < n && mpq_sgn(m[p * wide + c]) == 0) p++;
        for (int j = 0; p < n && j < wide; j++) mpq_swap(m[p * wide + j], m[c * wide + j]);
        for (int i = 0; i < n; i++) {
            if (i == c) continue;
            mpq_div(factor, m[i * wide + c], m[c * wide + c]);
            for (int j = c; j < wide; j++) {
                mpq_mul(t, factor, m[c * wide + j]);
                mpq_sub(m[i * wide + j], m[i * wide + j], t);
            }
        }
    }
    mpq_clears(factor, t, NULL);
}

static double time_gauss(ent_ctx *ctx, int n, const ent_rat *a, const ent_rat *b)
{
    const size_t entries = (size_t)n * (size_t)(n + 1);
    mpq_t *m = malloc(entries * sizeof *m);
    double best = INFINITY;
    if (!m) exit(1);
    for (size_t k = 0; k < entries; k++) mpq_init(m[k]);
    for (int pass = 0; pass < PASSES; pass++) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) to_gmp(ctx, &a[i * n + j], m[i * (n + 1) + j]);
            to_gmp(ctx, &b[i], m[i * (n + 1) + n]);
        }
        const double start = bench_now();
        gauss(n, m);
        best = fmin(best, bench_now() - start);
    }
    for (size_t k = 0; k < entries; k++) mpq_clear(m[k]);
    free(m);
    return best;
}

static double time_bareiss(ent_ctx *ctx, int n, const ent_rat *a, const ent_rat *b, ent_rat *x)
{
    const int rounds = n <= 16 ? 100 : 3;
    const ent_system system = {.n = n, .sides = 1, .a = a, .b = b};
    double best = INFINITY;
    bool is_singular = false;
    for (int pass = 0; pass < PASSES; pass++) {
        const double start = bench_now();
        for (int k = 0; k < rounds; k++)
            must(ctx, ent_bareiss_solve(ctx, &system, x, &is_singular));
        best = fmin(best, (bench_now() - start) / rounds);
    }
    return best;
}

static void systems(ent_ctx *ctx)
{
    static const int sizes[] = {4, 8, 16, 32, 64};
    printf("%-12s %4s %14s %14s %8s\n", "entries", "n", "fraction-free", "fractions", "ratio");
    for (data kind = DIGITS; kind < DATA; kind++)
        for (int k = 0; k < 5; k++) {
            const int n = sizes[k];
            ent_status st = ENT_OK;
            ent_rng rng = ent_rng_stream(13, (uint64_t)kind, (uint64_t)n);
            ent_rat *a = ent_rats_new(ctx, (size_t)(n * n), &st),
                    *b = ent_rats_new(ctx, (size_t)n, &st);
            ent_rat *x = ent_rats_new(ctx, (size_t)n, &st);
            must(ctx, st);
            fill(&rng, kind, (size_t)(n * n), a);
            fill(&rng, kind, (size_t)n, b);
            const double ours = time_bareiss(ctx, n, a, b, x);
            const double theirs = n <= 32 ? time_gauss(ctx, n, a, b) : (double)NAN;
            printf("%-12s %4d %11.1f us %11.1f us %8.1f\n", data_name[kind], n, 1e6 * ours,
                   1e6 * theirs, theirs / ours);
            ent_rats_free(a, (size_t)(n * n));
            ent_rats_free(b, (size_t)n);
            ent_rats_free(x, (size_t)n);
        }
}

/* Nanoseconds an addition and a multiplication, ours and GMP's, over a thousand pairs. */
static void operations(ent_ctx *ctx)
{
    enum { PAIRS = 1000, ROUNDS = 200 };
    ent_status st = ENT_OK;
    ent_rat *a = ent_rats_new(ctx, 2 * PAIRS, &st), r = ENT_RAT_ZERO;
    mpq_t *m = malloc(2 * PAIRS * sizeof *m), t;
    must(ctx, st);
    if (!m) exit(1);
    mpq_init(t);
    for (int k = 0; k < 2 * PAIRS; k++) mpq_init(m[k]);
    for (data kind = DIGITS; kind < DATA; kind++) {
        ent_rng rng = ent_rng_stream(14, (uint64_t)kind, 0);
        fill(&rng, kind, 2 * PAIRS, a);
        for (int k = 0; k < 2 * PAIRS; k++) to_gmp(ctx, &a[k], m[k]);
        double at[5] = {bench_now()};
        for (int q = 0; q < ROUNDS; q++)
            for (int k = 0; k < PAIRS; k++) ent_rat_add(&r, &a[2 * k], &a[2 * k + 1]);
        at[1] = bench_now();
        for (int q = 0; q < ROUNDS; q++)
            for (int k = 0; k < PAIRS; k++) mpq_add(t, m[2 * k], m[2 * k + 1]);
        at[2] = bench_now();
        for (int q = 0; q < ROUNDS; q++)
            for (int k = 0; k < PAIRS; k++) ent_rat_mul(&r, &a[2 * k], &a[2 * k + 1]);
        at[3] = bench_now();
        for (int q = 0; q < ROUNDS; q++)
            for (int k = 0; k < PAIRS; k++) mpq_mul(t, m[2 * k], m[2 * k + 1]);
        at[4] = bench_now();
        const double unit = 1e9 / (PAIRS * (double)ROUNDS);
        printf("%-12s sum %5.1f ns, GMP %5.1f ns; product %5.1f ns, GMP %5.1f ns\n",
               data_name[kind], (at[1] - at[0]) * unit, (at[2] - at[1]) * unit,
               (at[3] - at[2]) * unit, (at[4] - at[3]) * unit);
    }
    for (int k = 0; k < 2 * PAIRS; k++) mpq_clear(m[k]);
    free(m);
    mpq_clear(t);
    ent_rat_release(&r);
    ent_rats_free(a, 2 * PAIRS);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    if (!ctx) return 1;
    systems(ctx);
    operations(ctx);
    ent_ctx_free(ctx);
    return 0;
}
