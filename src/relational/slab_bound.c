#include "relational/slab_bound.h"

#include <math.h>

static int64_t entries_of(const ent_i_grid *grid, int i)
{
    return grid->profiles / grid->actions[i];
}

static void range_of(int64_t count, const double *entry, double *least, double *most)
{
    double lo = entry[0], hi = entry[0];
    for (int64_t k = 1; k < count; k++) {
        lo = entry[k] < lo ? entry[k] : lo;
        hi = entry[k] > hi ? entry[k] : hi;
    }
    *least = lo;
    *most = hi;
}

ent_status ent_i_reply_blocks_new(ent_ctx *ctx, const ent_i_grid *grid, ent_i_reply_blocks *out)
{
    ent_status st = ENT_OK;
    for (int i = 0; i < grid->n; i++) {
        const int64_t entries = entries_of(grid, i),
                      blocks = (entries + ENT_I_REPLY_BLOCK - 1) / ENT_I_REPLY_BLOCK;
        ENT_SCRATCH(ctx, out->least[i], blocks);
        ENT_SCRATCH(ctx, out->most[i], blocks);
        for (int64_t b = 0; b < blocks; b++) {
            const int64_t from = b * ENT_I_REPLY_BLOCK, left = entries - from;
            range_of(left < ENT_I_REPLY_BLOCK ? left : ENT_I_REPLY_BLOCK, grid->reply[i] + from,
                     &out->least[i][b], &out->most[i][b]);
        }
    }
done:
    return st;
}

void ent_i_slab_replies(const ent_i_grid *grid, const ent_i_reply_blocks *blocks, int64_t first,
                        int count, ent_i_slab_range *out)
{
    for (int i = 0; i < grid->n; i++) {
        const int64_t stride = grid->stride[i], round = stride * grid->actions[i];
        const int64_t turn = first / round, within = first - turn * round, at = within % stride;
        /* a run within one action of i; else all entries of the rounds that are touched */
        int64_t from = turn * stride, to = from + stride - 1;
        if (at + count <= stride) from += at, to = from + count - 1;
        else if (within + count > round) to += (within + count - 1) / round * stride;
        if (to >= entries_of(grid, i)) to = entries_of(grid, i) - 1;
        const int64_t b = from / ENT_I_REPLY_BLOCK, last = to / ENT_I_REPLY_BLOCK;
        double unused;
        range_of(last - b + 1, blocks->least[i] + b, &out->reply_least[i], &unused);
        range_of(last - b + 1, blocks->most[i] + b, &unused, &out->reply_most[i]);
    }
}

/* factor K less unit times the least best-reply payoffs of the other insiders. */
static double less_others(const ent_i_aims *aims, int i, double factor, double unit,
                          const ent_i_slab_range *range)
{
    static const double MARGIN = 1e-12;
    double bound = factor * range->value_most, size = fabs(bound);
    if (!ent_coal_has(aims->coalition, i)) return HUGE_VAL;
    for (int j = 0; j < aims->n; j++) {
        size += unit * (fabs(range->reply_least[j]) + fabs(range->reply_most[j]));
        if (j != i && ent_coal_has(aims->coalition, j)) bound -= unit * range->reply_least[j];
    }
    return bound + MARGIN * size;
}

static double joint(const ent_i_aims *aims, const ent_i_slab_range *range)
{
    static const double MARGIN = 1e-12;
    double bound = range->value_most, size = fabs(bound);
    for (int j = 0; j < aims->n; j++) {
        size += fabs(range->reply_least[j]) + fabs(range->reply_most[j]);
        if (!ent_coal_has(aims->coalition, j)) bound += range->reply_most[j];
    }
    return bound + MARGIN * size;
}

double ent_i_aim_bound(const ent_i_aims *aims, int aim, const ent_i_slab_range *range)
{
    const int i = aims->aim[aim].player;
    double bound = HUGE_VAL;
    switch (aims->aim[aim].kind) {
    case ENT_I_AIM_VALUE: bound = range->value_most; break;
    case ENT_I_AIM_JOINT: bound = joint(aims, range); break;
    case ENT_I_AIM_GAMMA:
        bound = aims->share[i] * range->value_most + -aims->unit * range->reply_least[i];
        break;
    case ENT_I_AIM_REPLY: bound = -range->reply_least[i]; break;
    case ENT_I_AIM_REST:
        bound = less_others(aims, i, aims->unit - aims->share[i], aims->unit, range);
        break;
    case ENT_I_AIM_QUIET: bound = less_others(aims, i, 1.0, 1.0, range); break;
    }
    return bound;
}
