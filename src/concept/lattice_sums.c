/* One pass over v: for every player the weighted sum of the coalitions it belongs to. The low six
 * bits are summed by halving a block of 64 products; the higher ones by adding blocks in the order
 * of a binary counter, whose digits say whose sums a block enters. The table is cut into a fixed
 * number of parts, added in their order, so that threads change nothing. */
#include "base/parallel.h"
#include "concept/lattice.h"
#include "num/vector.h"

enum { LOW = 6, BLOCK = 1 << LOW, PART_BITS = 4, BITS = ENT_DENSE_MAX };

typedef struct part {
    double total, with[BITS]; /* over the coalitions of the part: all, and those with each player */
} part;

typedef struct job {
    int n, low, inner; /* bits of a block and of a part beyond it */
    const double *v;
    const double *weight; /* [high bits + 1][64]: of block entry e when k higher bits are set */
    part *out;
    bool wide;
} job;

/* Halve 2^low products; with[j] gets the upper halves. */
static double halve(int low, double *x, double *with)
{
    for (int j = low - 1; j >= 0; j--) {
        const int half = 1 << j;
        double up = 0.0;
        for (int e = 0; e < half; e++) {
            up += x[half + e];
            x[e] += x[half + e];
        }
        with[j] += up;
    }
    return x[0];
}

/* A block enters the sums of the higher players: binary counter b says whose halves end with it. */
ENT_INLINE void carry(const job *g, part *p, double *stack, int64_t b, double sum)
{
    int level = 0;
    for (; b >> level & 1; level++) {
        p->with[g->low + level] += sum;
        sum += stack[level];
    }
    stack[level] = sum;
}

/* Games of fewer than six players: one block, or a few small ones. */
static void small_part(const job *g, int64_t task, part *p)
{
    const int64_t blocks = (int64_t)1 << g->inner;
    const int size = 1 << g->low;
    double stack[BITS] = {0}, x[BLOCK];
    for (int64_t b = 0; b < blocks; b++) {
        const ent_coal high = (ent_coal)(task * blocks + b);
        const double *v = g->v + ((int64_t)high << g->low),
                     *w = g->weight + (int64_t)ent_coal_size(high) * BLOCK;
        for (int e = 0; e < size; e++) x[e] = w[e] * v[e];
        carry(g, p, stack, b, halve(g->low, x, p->with));
    }
    p->total = stack[g->inner];
}

/* Blocks of 64 as sixteen vectors: upper halves are summed as vectors, which are taken apart at the
 * end of the part. */
ENT_INLINE void vector_part(const job *g, int64_t task, part *p)
{
    enum { VECTORS = BLOCK / 4 };
    const int64_t blocks = (int64_t)1 << g->inner;
    double stack[BITS] = {0};
    ent_four x[VECTORS], up[4], lanes = {0.0, 0.0, 0.0, 0.0};
    for (int j = 0; j < 4; j++) up[j] = lanes;
    for (int64_t b = 0; b < blocks; b++) {
        const ent_coal high = (ent_coal)(task * blocks + b);
        const double *v = g->v + ((int64_t)high << LOW),
                     *w = g->weight + (int64_t)ent_coal_size(high) * BLOCK;
        for (size_t k = 0; k < VECTORS; k++) x[k] = *ent_read_at(v, 4 * k) * *ent_read_at(w, 4 * k);
        for (int k = 0; k < 8; k++) up[3] += x[8 + k], x[k] += x[8 + k];
        for (int k = 0; k < 4; k++) up[2] += x[4 + k], x[k] += x[4 + k];
        for (int k = 0; k < 2; k++) up[1] += x[2 + k], x[k] += x[2 + k];
        up[0] += x[1], x[0] += x[1];
        lanes += x[0];
        carry(g, p, stack, b, (x[0][0] + x[0][1]) + (x[0][2] + x[0][3]));
    }
    for (int j = 0; j < 4; j++) p->with[2 + j] += (up[j][0] + up[j][1]) + (up[j][2] + up[j][3]);
    p->with[0] += lanes[1] + lanes[3];
    p->with[1] += lanes[2] + lanes[3];
    p->total = stack[g->inner];
}

static void plain_part(const job *g, int64_t task, part *p) { vector_part(g, task, p); }
ENT_AVX2 static void avx2_part(const job *g, int64_t task, part *p) { vector_part(g, task, p); }

static ent_status sum_part(ent_ctx *ctx, void *user, int64_t task)
{
    (void)ctx;
    const job *g = user;
    part *p = &g->out[task];
    *p = (part){0};
    if (g->low < LOW) small_part(g, task, p);
    else if (g->wide) avx2_part(g, task, p);
    else plain_part(g, task, p);
    return ENT_OK;
}

/* with[i] = sum over S with i of weight(s) v(S). */
static ent_status weighted_sums(ent_ctx *ctx, int n, const double *v, int threads,
                                const double *by_size, double *with, double *total)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int low = n < LOW ? n : LOW, parts_bits = n - low < PART_BITS ? n - low : PART_BITS,
              high = n - low;
    const int parts = 1 << parts_bits;
    double *weight = NULL;
    job g = {.n = n, .low = low, .inner = high - parts_bits, .v = v, .wide = ent_has_avx2()};
    ENT_SCRATCH(ctx, weight, (size_t)(high + 1) * BLOCK);
    ENT_SCRATCH(ctx, g.out, parts);
    for (int k = 0; k <= high; k++)
        for (int e = 0; e < 1 << low; e++)
            weight[k * BLOCK + e] = by_size[k + ent_coal_size((ent_coal)e)];
    g.weight = weight;
    ENT_TRY(ent_i_parallel(ctx, threads, parts, sum_part, &g, "coalitions"));
    *total = 0.0;
    for (int i = 0; i < n; i++) with[i] = 0.0;
    for (int p = 0; p < parts; p++) {
        *total += g.out[p].total;
        for (int i = 0; i < n - parts_bits; i++) with[i] += g.out[p].with[i];
        for (int j = 0; j < parts_bits; j++)
            if (p >> j & 1) with[n - parts_bits + j] += g.out[p].total;
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_shapley(ent_ctx *ctx, int n, const double *v, int threads, double *phi)
{
    ent_status st = ENT_OK;
    double by_size[BITS + 1] = {0}, choose = 1.0, total = 0.0, sum = 0.0;
    ENT_REQUIRE(ctx, n >= 1 && n <= ENT_DENSE_MAX && threads >= 1);
    /* (s-1)!(n-s-1)!/(n-1)! = 1 / ((n-1) (n-2 choose s-1)), 1/n for s = n */
    for (int s = 1; s < n; s++) {
        by_size[s] = 1.0 / ((n - 1) * choose);
        choose = choose * (n - 1 - s) / s;
    }
    by_size[n] = 1.0 / n;
    ENT_TRY(weighted_sums(ctx, n, v, threads, by_size, phi, &total));
    for (int i = 0; i < n; i++) sum += phi[i];
    for (int i = 0; i < n; i++) phi[i] -= (sum - v[ent_coal_all(n)]) / n;
done:
    return st;
}

ent_status ent_banzhaf(ent_ctx *ctx, int n, const double *v, int threads, double *beta)
{
    ent_status st = ENT_OK;
    double by_size[BITS + 1], total = 0.0;
    ENT_REQUIRE(ctx, n >= 1 && n <= ENT_DENSE_MAX && threads >= 1);
    for (int s = 0; s <= n; s++) by_size[s] = 1.0 / (double)((int64_t)1 << (n - 1));
    ENT_TRY(weighted_sums(ctx, n, v, threads, by_size, beta, &total));
    for (int i = 0; i < n; i++) beta[i] = 2.0 * beta[i] - total;
done:
    return st;
}
