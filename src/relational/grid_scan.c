/* The first pass of a solve: the staircases of all aims, chunk by chunk, merged in the order of the chunks. */
#include "base/ctx.h"
#include "base/parallel.h"
#include "relational/slab_kernel.h"

#include <math.h>

/* What one chunk finds. */
typedef struct chunk {
    ent_i_staircase *staircase; /* [aims] */
    double least;
    int64_t least_play; /* the first play with G = least */
} chunk;

typedef struct scan {
    const ent_i_grid *grid;
    const ent_i_aims *aims;
    int32_t base; /* of the buckets; 0: the game is small */
    chunk *chunks;
} scan;

static void note_least(chunk *c, const double *gain, int64_t first, int count)
{
    if (!(ent_i_kernel_least(count, gain) < c->least)) return;
    for (int k = 0; k < count; k++)
        if (gain[k] < c->least) {
            c->least = gain[k];
            c->least_play = first + k;
        }
}

/* Offers those plays of a slab that the floors do not rule out. */
static ent_status offer_row(ent_ctx *ctx, ent_i_staircase *s, const double *value, const double *gain, const int32_t *bucket,
                            int64_t first, int count)
{
    ent_status st = ENT_OK;
    if (s->floors_base > 0 && ent_i_kernel_above(count, value, bucket, s->floor) == 0) return ENT_OK;
    for (int k = 0; k < count; k++)
        if (s->floors_base == 0 || value[k] > s->floor[bucket[k]])
            ENT_TRY(ent_i_staircase_offer(ctx, s, (ent_i_stair){.gain = gain[k], .value = value[k], .play = first + k}));
done:
    return st;
}

static ent_status scan_range(ent_ctx *ctx, const scan *s, int64_t from, int64_t to, chunk *c)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int longest = to - from < ENT_I_SLAB ? (int)(to - from) : ENT_I_SLAB;
    const ent_i_aims *aims = s->aims;
    ent_i_slab slab;
    double *gain = NULL, *value = NULL, *row = NULL;
    int32_t *bucket = NULL;
    ENT_TRY(ent_i_slab_new(ctx, s->grid, &slab));
    ENT_SCRATCH(ctx, gain, 3 * longest);
    ENT_SCRATCH(ctx, bucket, longest);
    value = gain + longest;
    row = value + longest;
    for (int q = 0; q < aims->count; q++) ent_i_staircase_open(&c->staircase[q], s->base);
    for (int64_t first = from; first < to; first += slab.count) {
        ent_i_slab_load(s->grid, first, to - first < longest ? (int)(to - first) : longest, &slab);
        ent_i_kernel_gains(&slab, aims->n, gain);
        if (aims->value >= 0) ent_i_kernel_value(&slab, aims->n, aims->coalition, value);
        if (s->base > 0) ent_i_kernel_buckets(slab.count, gain, s->base, bucket);
        note_least(c, gain, first, slab.count);
        for (int q = 0; q < aims->count; q++) {
            const double *aim = ent_i_kernel_aim(aims, q, &slab, gain, value, row);
            ENT_TRY(offer_row(ctx, &c->staircase[q], aim, gain, bucket, first, slab.count));
        }
    }
    for (int q = 0; q < aims->count; q++) ENT_TRY(ent_i_staircase_settle(ctx, &c->staircase[q]));
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status scan_chunk(ent_ctx *ctx, void *user, int64_t k)
{
    ent_status st = ENT_OK;
    const scan *s = user;
    int64_t from, to;
    ENT_CHECK_CANCEL(ctx);
    ent_i_grid_chunk(s->grid, k, &from, &to);
    ENT_TRY(scan_range(ctx, s, from, to, &s->chunks[k]));
done:
    return st;
}

/* The aims at the first play of least G, by the very operations of the scan, so that no largest value is below them. */
static ent_status evaluate_start(ent_ctx *ctx, const scan *s, int64_t play, ent_i_found *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_i_slab slab;
    double gain, value = 0.0, row;
    ENT_TRY(ent_i_slab_new(ctx, s->grid, &slab));
    ent_i_slab_load(s->grid, play, 1, &slab);
    ent_i_kernel_gains(&slab, s->aims->n, &gain);
    if (s->aims->value >= 0) ent_i_kernel_value(&slab, s->aims->n, s->aims->coalition, &value);
    for (int q = 0; q < s->aims->count; q++) out->start[q] = *ent_i_kernel_aim(s->aims, q, &slab, &gain, &value, &row);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_grid_scan(ent_ctx *ctx, const ent_i_source *source, int threads, ent_i_found *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_i_grid *grid = (const ent_i_grid *)(const void *)source;
    const int64_t chunks = ent_i_grid_chunks(grid);
    const int aims = out->aims->count;
    const bool small = grid->profiles <= ENT_I_FEW_PLAYS;
    scan s = {.grid = grid, .aims = out->aims};
    chunk whole = {.staircase = out->staircase, .least = HUGE_VAL};
    s.chunks = &whole;
    s.base = small ? 0 : ent_i_gain_base(2.0 * grid->n * source->scale);
    if (chunks == 1) {
        ENT_TRY(scan_range(ctx, &s, 0, grid->profiles, &whole));
    } else {
        chunk *many = NULL;
        ENT_SCRATCH(ctx, many, chunks);
        for (int64_t k = 0; k < chunks; k++) many[k] = (chunk){.least = HUGE_VAL};
        s.chunks = many;
        for (int64_t k = 0; k < chunks; k++) {
            ENT_SCRATCH(ctx, many[k].staircase, aims);
            for (int q = 0; q < aims; q++) ent_i_staircase_init(&many[k].staircase[q]);
        }
        ENT_TRY(ent_i_parallel(ctx, threads, chunks, scan_chunk, &s, "profiles"));
        for (int64_t k = 0; k < chunks; k++) {
            if (many[k].least < whole.least) whole.least = many[k].least, whole.least_play = many[k].least_play;
            for (int q = 0; q < aims; q++)
                ENT_TRY(ent_i_staircase_merge(ctx, &out->staircase[q], &many[k].staircase[q]));
        }
        for (int q = 0; q < aims; q++) ENT_TRY(ent_i_staircase_settle(ctx, &out->staircase[q]));
    }
    out->least = whole.least;
    ent_i_grid_unpack(source, whole.least_play, out->start_play);
    ENT_TRY(evaluate_start(ctx, &s, whole.least_play, out));
done:
    for (int64_t k = 0; s.chunks && s.chunks != &whole && k < chunks; k++)
        for (int q = 0; s.chunks[k].staircase && q < aims; q++) ent_i_staircase_release(&s.chunks[k].staircase[q]);
    ent_scratch_reset(ctx, mark);
    return st;
}
