/* Moebius and zeta transforms over subsets, in place. The lower eleven bits are done block by block
 * inside the first cache: five in registers, then three and three. The higher ones go three at a
 * time, eight rows of one cache line each, so that rows a power of two apart do not push each other
 * out of the cache. */
#include "base/parallel.h"
#include "concept/lattice.h"
#include "num/vector.h"

enum { REGISTERS = 5, INSIDE = 11, GROUP = 3, LINE = 8, PARTS = 16 };

typedef struct transform {
    double *v;
    double sign;   /* -1 dividends, +1 sums over subsets */
    int inside;    /* bits of a block */
    int bit, bits; /* of a pass: bits bit .. bit + bits - 1 */
    int64_t count; /* tasks to spread over PARTS: blocks, or lines */
    bool wide;
} transform;

/* Bits from..to of a small block, one by one. */
static void plain_bits(double *v, int size_bits, int from, int to, double sign)
{
    for (int j = from; j < to; j++) {
        const int64_t half = (int64_t)1 << j, size = (int64_t)1 << size_bits;
        for (int64_t base = 0; base < size; base += 2 * half)
            for (int64_t e = 0; e < half; e++) v[base + half + e] += sign * v[base + e];
    }
}

/* Three bits of eight vectors, written out: loops over them would keep the vectors in memory. */
ENT_INLINE void three_bits(ent_four *x, double sign)
{
    x[1] += sign * x[0], x[3] += sign * x[2], x[5] += sign * x[4], x[7] += sign * x[6];
    x[2] += sign * x[0], x[3] += sign * x[1], x[6] += sign * x[4], x[7] += sign * x[5];
    x[4] += sign * x[0], x[5] += sign * x[1], x[6] += sign * x[2], x[7] += sign * x[3];
}

/* Four numbers with their two bits done. */
ENT_INLINE void two_bits(const double *v, double sign, ent_four *x)
{
    const ent_four zero = {0.0, 0.0, 0.0, 0.0};
    ent_four y = *ent_read_at(v, 0);
    y += sign * __builtin_shufflevector(zero, y, 0, 4, 0, 6);
    *x = y + sign * __builtin_shufflevector(zero, y, 0, 0, 4, 5);
}

/* Three bits: eight rows, stride apart, over `length` columns. */
ENT_INLINE void eight_rows(double *v, int64_t stride, int64_t length, double sign)
{
    for (int64_t e = 0; e < length; e += 4) {
        double *p = v + e;
        ent_four x[8] = {*ent_at(p, 0),
                         *ent_at(p + stride, 0),
                         *ent_at(p + 2 * stride, 0),
                         *ent_at(p + 3 * stride, 0),
                         *ent_at(p + 4 * stride, 0),
                         *ent_at(p + 5 * stride, 0),
                         *ent_at(p + 6 * stride, 0),
                         *ent_at(p + 7 * stride, 0)};
        three_bits(x, sign);
        *ent_at(p + stride, 0) = x[1], *ent_at(p + 2 * stride, 0) = x[2],
                            *ent_at(p + 3 * stride, 0) = x[3];
        *ent_at(p + 4 * stride, 0) = x[4], *ent_at(p + 5 * stride, 0) = x[5],
                                *ent_at(p + 6 * stride, 0) = x[6];
        *ent_at(p + 7 * stride, 0) = x[7];
    }
}

/* Five bits of 32 numbers in eight vectors. */
ENT_INLINE void thirty_two(double *v, double sign)
{
    ent_four x[8];
    two_bits(v, sign, &x[0]), two_bits(v + 4, sign, &x[1]), two_bits(v + 8, sign, &x[2]),
        two_bits(v + 12, sign, &x[3]);
    two_bits(v + 16, sign, &x[4]), two_bits(v + 20, sign, &x[5]), two_bits(v + 24, sign, &x[6]),
        two_bits(v + 28, sign, &x[7]);
    three_bits(x, sign);
    *ent_at(v, 0) = x[0], *ent_at(v, 4) = x[1], *ent_at(v, 8) = x[2], *ent_at(v, 12) = x[3];
    *ent_at(v, 16) = x[4], *ent_at(v, 20) = x[5], *ent_at(v, 24) = x[6], *ent_at(v, 28) = x[7];
}

/* All bits of a full block. */
ENT_INLINE void full_block(double *v, double sign)
{
    const int64_t size = (int64_t)1 << INSIDE, low = (int64_t)1 << REGISTERS;
    for (int64_t b = 0; b < size; b += low) thirty_two(v + b, sign);
    for (int64_t b = 0; b < size; b += 8 * low) eight_rows(v + b, low, low, sign);
    eight_rows(v, 8 * low, 8 * low, sign);
}

static void plain_block(double *v, double sign) { full_block(v, sign); }
ENT_AVX2 static void avx2_block(double *v, double sign) { full_block(v, sign); }
static void plain_rows(double *v, int64_t stride, int64_t n, double sign)
{
    eight_rows(v, stride, n, sign);
}
ENT_AVX2 static void avx2_rows(double *v, int64_t stride, int64_t n, double sign)
{
    eight_rows(v, stride, n, sign);
}

static ent_status inside_task(ent_ctx *ctx, void *user, int64_t task)
{
    (void)ctx;
    const transform *t = user;
    for (int64_t b = t->count * task / PARTS; b < t->count * (task + 1) / PARTS; b++) {
        double *v = t->v + (b << t->inside);
        if (t->inside < INSIDE) plain_bits(v, t->inside, 0, t->inside, t->sign);
        else if (t->wide) avx2_block(v, t->sign);
        else plain_block(v, t->sign);
    }
    return ENT_OK;
}

/* One line of each of fewer than eight rows. */
static void short_line(double *v, int64_t stride, int bits, double sign)
{
    for (int j = 0; j < bits; j++)
        for (int r = 0; r < 1 << bits; r++)
            for (int e = 0; e < LINE && (r >> j & 1); e++)
                v[r * stride + e] += sign * v[(r - (1 << j)) * stride + e];
}

/* Lines k.. of a pass, as far as they stand side by side. */
static ent_status across_task(ent_ctx *ctx, void *user, int64_t task)
{
    (void)ctx;
    const transform *t = user;
    const int64_t stride = (int64_t)1 << t->bit, lines = stride / LINE,
                  end = t->count * (task + 1) / PARTS;
    for (int64_t k = t->count * task / PARTS; k < end;) {
        const int64_t outer = k / lines, line = k % lines,
                      run = lines - line < end - k ? lines - line : end - k;
        double *v = t->v + (outer << (t->bit + t->bits)) + line * LINE;
        if (t->bits == GROUP && t->wide) avx2_rows(v, stride, run * LINE, t->sign);
        else if (t->bits == GROUP) plain_rows(v, stride, run * LINE, t->sign);
        else
            for (int64_t r = 0; r < run; r++) short_line(v + r * LINE, stride, t->bits, t->sign);
        k += run;
    }
    return ENT_OK;
}

static ent_status run(ent_ctx *ctx, int n, double *v, double sign, int threads)
{
    ent_status st = ENT_OK;
    transform t = {.v = v, .sign = sign, .inside = n < INSIDE ? n : INSIDE, .wide = ent_has_avx2()};
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

ent_status ent_dividends(ent_ctx *ctx, int n, double *v, int threads)
{
    return run(ctx, n, v, -1.0, threads);
}

ent_status ent_subset_sums(ent_ctx *ctx, int n, double *v, int threads)
{
    return run(ctx, n, v, 1.0, threads);
}
