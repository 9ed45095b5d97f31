/* The first pass of a solve: the staircases of all aims, chunk by chunk, merged in the order of the
 * chunks. */
#include "base/ctx.h"
#include "base/parallel.h"
#include "relational/slab_bound.h"
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
    int32_t base;                           /* of the buckets; 0: the game is small */
    double *gain, *value_most, *gain_least; /* of ent_i_found, or NULL */
    ent_i_reply_blocks blocks;              /* with base > 0 */
    chunk *chunks;
} scan;

static void note_least(chunk *c, const double *gain, int64_t first, int count, double least)
{
    if (!(least < c->least)) return;
    for (int k = 0; k < count; k++)
        if (gain[k] < c->least) {
            c->least = gain[k];
            c->least_play = first + k;
        }
}

/* One slab of profiles and what all aims share. */
typedef struct view {
    ent_i_slab slab;
    double *gain, *value, *row;
    int32_t *bucket, *low;
    ent_i_slab_range range; /* large games */
    int lows;               /* plays with little gain; -1: not looked for */
    double sat;             /* what little is; negative: none is */
    bool bucketed;          /* the buckets of this slab were computed */
} view;

static ent_status offer(ent_ctx *ctx, ent_i_staircase *s, const view *v, const double *aim, int k)
{
    return ent_i_staircase_offer(
        ctx, s, (ent_i_stair){.gain = v->gain[k], .value = aim[k], .play = v->slab.first + k});
}

/* Every play that the floor of its bucket does not rule out. */
static ent_status offer_by_floors(ent_ctx *ctx, ent_i_staircase *s, view *v, const double *aim)
{
    ent_status st = ENT_OK;
    const int count = v->slab.count;
    if (s->floors_base > 0 && !v->bucketed)
        ent_i_kernel_buckets(count, v->gain, s->floors_base, v->bucket);
    v->bucketed = true;
    if (s->floors_base > 0 && ent_i_kernel_above(count, aim, v->bucket, s->floor) == 0)
        return ENT_OK;
    for (int k = 0; k < count; k++)
        if (s->floors_base == 0 || aim[k] > s->floor[v->bucket[k]])
            ENT_TRY(offer(ctx, s, v, aim, k));
done:
    return st;
}

/* Offers those plays of a slab that may be undominated. In most slabs none is: the floor of the
 * least gain is above all values. Of the others most plays have more gain than the peak of the
 * staircase, and are ruled out by the peak alone; the few with less are looked at one by one. */
static ent_status offer_slab(ent_ctx *ctx, const ent_i_aims *aims, int q, ent_i_staircase *s,
                             view *v)
{
    ent_status st = ENT_OK;
    if (s->floors_base > 0 && ent_i_aim_bound(aims, q, &v->range) <=
                                  s->floor[ent_i_gain_bucket(v->range.gain_least, s->floors_base)])
        return st;
    if (v->lows < 0 && v->sat >= 0.0)
        v->lows = ent_i_kernel_low(v->slab.count, v->gain, v->sat, v->low);
    if (s->peak_gain > v->sat || v->lows < 0 ||
        ent_i_kernel_aim_above(aims, q, &v->slab, v->gain, v->value, s->peak, v->row))
        return offer_by_floors(ctx, s, v,
                               ent_i_kernel_aim(aims, q, &v->slab, v->gain, v->value, v->row));
    for (int c = 0; c < v->lows; c++) {
        const int k = v->low[c];
        const double at = ent_i_kernel_aim_at(aims, q, &v->slab, v->gain, v->value, v->row, k);
        if (!(at > s->floor[ent_i_gain_bucket(v->gain[k], s->floors_base)])) continue;
        ENT_TRY(ent_i_staircase_offer(
            ctx, s, (ent_i_stair){.gain = v->gain[k], .value = at, .play = v->slab.first + k}));
    }
done:
    return st;
}

/* The gain up to which plays are looked at one by one: the largest peak, but not more than a fourth
 * of the plays. */
static double saturation(const ent_i_aims *aims, const ent_i_staircase *staircase, double fourth)
{
    double sat = 0.0;
    for (int q = 0; q < aims->count; q++)
        if (staircase[q].peak_gain <= fourth && staircase[q].peak_gain > sat)
            sat = staircase[q].peak_gain;
    return sat;
}

/* A fourth of a slab's plays have less gain, roughly: one pass of counting by the middle of the
 * range, halved. */
static double fourth_of(const view *v)
{
    double lo = 0.0, hi = 0.0;
    for (int k = 0; k < v->slab.count; k++) hi = v->gain[k] > hi ? v->gain[k] : hi;
    for (int turn = 0; turn < 8; turn++) {
        const double mid = lo + (hi - lo) / 2.0;
        int below = 0;
        for (int k = 0; k < v->slab.count; k++) below += v->gain[k] < mid;
        if (4 * below > v->slab.count) hi = mid;
        else lo = mid;
    }
    return lo;
}

static ent_status open_view(ent_ctx *ctx, const scan *s, int longest, view *v)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_i_slab_new(ctx, s->grid, &v->slab));
    ENT_SCRATCH(ctx, v->gain, 3 * longest);
    v->value = v->gain + longest;
    v->row = v->value + longest;
    v->sat = -1.0;
    if (s->base == 0) return ENT_OK;
    ENT_SCRATCH(ctx, v->bucket, 2 * longest + 1);
    v->low = v->bucket + longest;
done:
    return st;
}

static ent_status scan_range(ent_ctx *ctx, const scan *s, int64_t from, int64_t to, chunk *c)
{
    ent_status st = ENT_OK;
    enum { LOOK_UP = 1024 }; /* slabs between looks at the caller's wish to stop */
    const ent_mark mark = ent_scratch_mark(ctx);
    const int longest = to - from < ENT_I_SLAB ? (int)(to - from) : ENT_I_SLAB;
    const ent_i_aims *aims = s->aims;
    double fourth = 0.0;
    int64_t slabs = 0;
    view v;
    ENT_TRY(open_view(ctx, s, longest, &v));
    for (int q = 0; q < aims->count; q++) ent_i_staircase_open(&c->staircase[q], s->base);
    for (int64_t first = from; first < to; first += v.slab.count, slabs++) {
        if (slabs % LOOK_UP == 0) ENT_CHECK_CANCEL(ctx);
        ent_i_slab_load(s->grid, first, to - first < longest ? (int)(to - first) : longest,
                        &v.slab);
        if (s->gain) v.gain = s->gain + first; /* they are kept */
        ent_i_kernel_sums(&v.slab, aims->n, aims->coalition, v.gain, v.value);
        v.range.gain_least = ent_i_kernel_least(v.slab.count, v.gain);
        note_least(c, v.gain, first, v.slab.count, v.range.gain_least);
        v.bucketed = false;
        v.lows = -1;
        if (s->base > 0) {
            v.range.value_most = ent_i_kernel_most(v.slab.count, v.value);
            ent_i_slab_replies(s->grid, &s->blocks, first, v.slab.count, &v.range);
            s->gain_least[first / ENT_I_SLAB] = v.range.gain_least;
            if (s->value_most) s->value_most[first / ENT_I_SLAB] = v.range.value_most;
            if (slabs == 0) fourth = fourth_of(&v);
            v.sat = slabs > 0 ? saturation(aims, c->staircase, fourth) : -1.0;
        }
        for (int q = 0; q < aims->count; q++)
            ENT_TRY(offer_slab(ctx, aims, q, &c->staircase[q], &v));
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

/* The aims at the first play of least G, by the very operations of the scan, so that no largest
 * value is below them. */
static ent_status evaluate_start(ent_ctx *ctx, const scan *s, int64_t play, ent_i_found *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_i_slab slab;
    double gain, value = 0.0, row;
    ENT_TRY(ent_i_slab_new(ctx, s->grid, &slab));
    ent_i_slab_load(s->grid, play, 1, &slab);
    ent_i_kernel_sums(&slab, s->aims->n, s->aims->coalition, &gain, &value);
    for (int q = 0; q < s->aims->count; q++)
        out->start[q] = *ent_i_kernel_aim(s->aims, q, &slab, &gain, &value, &row);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* The chunks apart, on several threads, then merged in order. */
static ent_status scan_chunks(ent_ctx *ctx, scan *s, int threads, ent_i_found *out, chunk *whole)
{
    ent_status st = ENT_OK;
    const int64_t chunks = ent_i_grid_chunks(s->grid);
    const int aims = s->aims->count;
    int64_t opened = 0;
    ENT_SCRATCH(ctx, s->chunks, chunks);
    for (; opened < chunks; opened++) {
        s->chunks[opened] = (chunk){.least = HUGE_VAL};
        ENT_SCRATCH(ctx, s->chunks[opened].staircase, aims);
        for (int q = 0; q < aims; q++) ent_i_staircase_init(&s->chunks[opened].staircase[q]);
    }
    ENT_TRY(ent_i_parallel(ctx, threads, chunks, scan_chunk, s, "profiles"));
    for (int64_t k = 0; k < chunks; k++) {
        const chunk *c = &s->chunks[k];
        if (c->least < whole->least) {
            whole->least = c->least;
            whole->least_play = c->least_play;
        }
        for (int q = 0; q < aims; q++)
            ENT_TRY(ent_i_staircase_merge(ctx, &out->staircase[q], &c->staircase[q]));
    }
    for (int q = 0; q < aims; q++) ENT_TRY(ent_i_staircase_settle(ctx, &out->staircase[q]));
done:
    for (int64_t k = 0; k < opened; k++)
        for (int q = 0; q < aims; q++) ent_i_staircase_release(&s->chunks[k].staircase[q]);
    return st;
}

/* Room for what a second pass need not compute again; two players' payoffs are read again as fast
 * as their gains. */
static ent_status keep_gains(ent_ctx *ctx, scan *s, ent_i_found *out)
{
    ent_status st = ENT_OK;
    const int64_t profiles = s->grid->profiles, slabs = (profiles + ENT_I_SLAB - 1) / ENT_I_SLAB;
    if (profiles <= ENT_I_FEW_PLAYS) return ENT_OK;
    ENT_SCRATCH(ctx, out->gain_least, slabs);
    if (!s->grid->callback && s->grid->n > 2) {
        ENT_SCRATCH(ctx, out->gain, profiles);
        ENT_SCRATCH(ctx, out->value_most, slabs);
    }
    s->gain = out->gain;
    s->value_most = out->value_most;
    s->gain_least = out->gain_least;
done:
    return st;
}

ent_status ent_i_grid_scan(ent_ctx *ctx, const ent_i_source *source, int threads, ent_i_found *out)
{
    ent_status st = ENT_OK;
    ent_mark mark = ent_scratch_mark(ctx);
    const ent_i_grid *grid = (const ent_i_grid *)(const void *)source;
    scan s = {.grid = grid, .aims = out->aims};
    chunk whole = {.staircase = out->staircase, .least = HUGE_VAL};
    if (grid->profiles > ENT_I_FEW_PLAYS) s.base = ent_i_gain_base(2.0 * grid->n * source->scale);
    ENT_TRY(keep_gains(ctx, &s, out));
    mark = ent_scratch_mark(ctx); /* what was found stays */
    if (s.base > 0) ENT_TRY(ent_i_reply_blocks_new(ctx, grid, &s.blocks));
    /* The staircases are the same, however they were put together. */
    if (threads == 1 || ent_i_grid_chunks(grid) == 1)
        ENT_TRY(scan_range(ctx, &s, 0, grid->profiles, &whole));
    else ENT_TRY(scan_chunks(ctx, &s, threads, out, &whole));
    out->least = whole.least;
    ent_i_grid_unpack(source, whole.least_play, out->start_play);
    ENT_TRY(evaluate_start(ctx, &s, whole.least_play, out));
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
