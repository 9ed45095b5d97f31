/* Moebius and zeta transforms over subsets, in place. The lower bits are done block by block inside the first cache; the higher
 * ones three at a time, eight rows of one cache line each in registers, so that rows a power of two apart do not push each
 * other out of the cache. */
#include "base/parallel.h"
#include "concept/lattice.h"

enum { INSIDE = 12, GROUP = 3, LINE = 8, PARTS = 16 };

typedef struct transform {
    double *v;
    double sign;  /* -1 dividends, +1 sums over subsets */
    int inside;   /* bits of a block */
    int bit, bits; /* of a pass: bits bit .. bit + bits - 1 */
    int64_t count; /* tasks to spread over PARTS: blocks, or lines */
} transform;

static void one_block(double *v, int bits, double sign)
{
    for (int j = 0; j < bits; j++) {
        const int64_t half = (int64_t)1 << j, size = (int64_t)1 << bits;
        for (int64_t base = 0; base < size; base += 2 * half) {
            const double *restrict from = v + base;
            double *restrict to = v + base + half;
            for (int64_t e = 0; e < half; e++) to[e] += sign * from[e];
        }
    }
}

static ent_status inside_task(ent_ctx *ctx, void *user, int64_t task)
{
    (void)ctx;
    const transform *t = user;
    for (int64_t b = t->count * task / PARTS; b < t->count * (task + 1) / PARTS; b++)
        one_block(t->v + (b << t->inside), t->inside, t->sign);
    return ENT_OK;
}

/* One line of eight doubles in each of 2^bits rows. */
static void one_line(double *v, int64_t stride, int bits, double sign)
{
    double row[1 << GROUP][LINE];
    const int rows = 1 << bits;
    for (int r = 0; r < rows; r++)
        for (int e = 0; e < LINE; e++) row[r][e] = v[r * stride + e];
    for (int j = 0; j < bits; j++)
        for (int r = 0; r < rows; r++) {
            if (!(r >> j & 1)) continue;
            for (int e = 0; e < LINE; e++) row[r][e] += sign * row[r - (1 << j)][e];
        }
    for (int r = 0; r < rows; r++)
        for (int e = 0; e < LINE; e++) v[r * stride + e] = row[r][e];
}

static ent_status across_task(ent_ctx *ctx, void *user, int64_t task)
{
    (void)ctx;
    const transform *t = user;
    const int64_t stride = (int64_t)1 << t->bit, lines = stride / LINE;
    for (int64_t k = t->count * task / PARTS; k < t->count * (task + 1) / PARTS; k++) {
        const int64_t outer = k / lines, line = k % lines;
        one_line(t->v + (outer << (t->bit + t->bits)) + line * LINE, stride, t->bits, t->sign);
    }
    return ENT_OK;
}

static ent_status run(ent_ctx *ctx, int n, double *v, double sign, int threads)
{
    ent_status st = ENT_OK;
    transform t = {.v = v, .sign = sign, .inside = n < INSIDE ? n : INSIDE};
    ENT_REQUIRE(ctx, n >= 1 && n <= ENT_DENSE_MAX && threads >= 1);
    t.count = (int64_t)1 << (n - t.inside);
    ENT_TRY(ent_i_parallel(ctx, threads, PARTS, inside_task, &t, "coalitions"));
    for (t.bit = t.inside; t.bit < n; t.bit += t.bits) {
        t.bits = n - t.bit < GROUP ? n - t.bit : GROUP;
        t.count = ((int64_t)1 << (n - t.bits)) / LINE;
        ENT_TRY(ent_i_parallel(ctx, threads, PARTS, across_task, &t, "coalitions"));
    }
done:
    return st;
}

ent_status ent_dividends(ent_ctx *ctx, int n, double *v, int threads) { return run(ctx, n, v, -1.0, threads); }

ent_status ent_subset_sums(ent_ctx *ctx, int n, double *v, int threads) { return run(ctx, n, v, 1.0, threads); }
