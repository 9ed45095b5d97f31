#include "relational/slab_kernel.h"
#include "relational/source_contract.h"
#include "relational/stage.h"

#include <string.h>

/* Indices of profiles are counted in 64 bits; more than this many stored payoffs are a mistake rather than a game. */
static const int64_t profiles_most = (int64_t)1 << 31;

enum { NOT_FINITE = 0x7ff00000, TABLE_RUN = 2048 };

/* i's best-reply payoffs: the largest entry along i's own action. Long rows are cut so that the table's part stays in cache. */
static void reply_table(const ent_i_grid *grid, int i, int32_t *high)
{
    const int64_t stride = grid->stride[i], round = stride * grid->actions[i];
    const double *u = grid->payoff + (size_t)i * (size_t)grid->profiles;
    double *table = grid->reply[i];
    if (stride == 1) {
        ent_i_kernel_reply_flat(grid->profiles / grid->actions[i], grid->actions[i], u, table, high);
        return;
    }
    for (int64_t first = 0; first < grid->profiles; first += round, table += stride)
        for (int64_t at = 0; at < stride; at += TABLE_RUN) {
            const int64_t length = stride - at < TABLE_RUN ? stride - at : TABLE_RUN;
            memcpy(table + at, u + first + at, sizeof *table * (size_t)length);
            for (int a = 0; a < grid->actions[i]; a++)
                ent_i_kernel_reply(length, u + first + a * stride + at, table + at, high);
        }
}

/* A double of this high word, or the next larger: the scale of payoffs to within a millionth. */
static double scale_of(int32_t high)
{
    const uint64_t bits = (uint64_t)(high + 1) << 32;
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return high == 0 ? 0.0 : scale;
}

static ent_status contract(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms, const double *weight,
                           const ent_contract_settings *settings, ent_contract *out)
{
    const ent_i_grid *grid = stage->data;
    return ent_i_source_contract(ctx, &grid->source, grid->profiles, terms, weight, settings, out);
}

static ent_status benchmark(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                            const ent_contract_settings *settings, ent_benchmark *out)
{
    const ent_i_grid *grid = stage->data;
    return ent_i_source_benchmark(ctx, &grid->source, grid->profiles, terms, settings, out);
}

ent_status ent_stage_finite(ent_ctx *ctx, int n, const int *actions, const double *payoff, ent_stage **stage)
{
    ent_status st = ENT_OK;
    ent_i_grid *grid = NULL;
    ent_stage *made = NULL;
    ENT_REQUIRE(ctx, payoff && stage);
    ENT_TRY(ent_i_grid_new(ctx, n, actions, profiles_most, &grid));
    grid->payoff = payoff;
    int32_t high = 0;
    for (int i = 0; i < n; i++) {
        reply_table(grid, i, &high);
        if (high >= NOT_FINITE) ENT_FAIL(ctx, ENT_E_ARG, "player %d: payoffs must be finite numbers", i);
    }
    grid->source.scale = scale_of(high);
    ENT_TRY(ent_i_stage_new(ctx, ENT_I_FINITE, n, &made));
    made->data = grid;
    grid = NULL;
    made->free_data = ent_free;
    made->contractual = contract;
    made->benchmark = benchmark;
    made->all_coalitions = ent_i_grid_coalitions;
    *stage = made;
done:
    ent_free(grid);
    return st;
}
