/* The plays that are on the path for some bound on the gain: what literal ties, docs/errata.md E4,
 * have to know. */
#include "base/ctx.h"
#include "relational/slab_kernel.h"

enum { CONTENDERS_MOST = 10000000 };

/* One pass: counts, and stores when there is room. */
static ent_status pass(ent_ctx *ctx, const ent_i_grid *grid, const ent_i_found *found, double slack,
                       int64_t *count, int64_t *play)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_i_aims *aims = found->aims;
    const ent_i_staircase *path = &found->staircase[aims->value];
    ent_i_slab slab;
    double *gain = NULL, *value = NULL;
    ENT_TRY(ent_i_slab_new(ctx, grid, &slab));
    ENT_SCRATCH(ctx, gain, 2 * ENT_I_SLAB);
    value = gain + ENT_I_SLAB;
    *count = 0;
    for (int64_t first = 0; first < grid->profiles; first += slab.count) {
        ENT_CHECK_CANCEL(ctx);
        const int64_t left = grid->profiles - first;
        ent_i_slab_load(grid, first, left < ENT_I_SLAB ? (int)left : ENT_I_SLAB, &slab);
        ent_i_kernel_gains(&slab, aims->n, gain);
        ent_i_kernel_value(&slab, aims->n, aims->coalition, value);
        for (int k = 0; k < slab.count; k++) {
            const ent_i_stair *best = ent_i_staircase_at(path, 1.0, gain[k]);
            if (best && value[k] < best->value - slack) continue;
            if (play) play[*count] = first + k;
            ++*count;
        }
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_grid_contenders(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found,
                                 double slack, int64_t *count, int64_t **play)
{
    ent_status st = ENT_OK;
    const ent_i_grid *grid = (const ent_i_grid *)(const void *)source;
    ENT_TRY(pass(ctx, grid, found, slack, count, NULL));
    if (*count > CONTENDERS_MOST)
        ENT_FAIL(ctx, ENT_E_LIMIT,
                 "literal ties: %lld plays tie on some path, at most %d can be compared",
                 (long long)*count, CONTENDERS_MOST);
    ENT_SCRATCH(ctx, *play, *count);
    ENT_TRY(pass(ctx, grid, found, slack, count, *play));
done:
    return st;
}
