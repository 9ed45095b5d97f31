#include "base/parallel.h"
#include "relational/slab_kernel.h"
#include "relational/source_contract.h"
#include "relational/stage.h"

#include <string.h>

/* Indices of profiles are counted in 64 bits; more than this many stored payoffs are a mistake
 * rather than a game. */
static const int64_t profiles_most = (int64_t)1 << 31;

enum { NOT_FINITE = 0x7ff00000, TABLE_RUN = 2048 };

/* Entries lo to hi of i's best-reply payoffs: the largest entry along i's own action. Long rows are
 * cut so that the table's part stays in cache. */
static void reply_table(const ent_i_grid *grid, int i, int64_t lo, int64_t hi, int32_t *high)
{
    const int64_t stride = grid->stride[i], actions = grid->actions[i];
    const double *u = grid->payoff + (size_t)i * (size_t)grid->profiles;
    double *table = grid->reply[i];
    if (stride == 1) {
        ent_i_kernel_reply_flat(hi - lo, grid->actions[i], u + lo * actions, table + lo, high);
        return;
    }
    while (lo < hi) {
        const int64_t at = lo % stride, rest = stride - at < hi - lo ? stride - at : hi - lo;
        const int64_t length = rest < TABLE_RUN ? rest : TABLE_RUN;
        const double *row = u + (lo - at) * actions + at;
        memcpy(table + lo, row, sizeof *table * (size_t)length);
        for (int a = 0; a < actions; a++)
            ent_i_kernel_reply(length, row + a * stride, table + lo, high);
        lo += length;
    }
}

/* The tables of all players, part by part. */
typedef struct replying {
    const ent_i_grid *grid;
    int parts;     /* of each table */
    int32_t *high; /* [n * parts] */
} replying;

/* A part takes as long as starting a thread; smaller games are one. */
enum { PART_LEAST = 1 << 17, PARTS_MOST = 16 };

static ent_status reply_part(ent_ctx *ctx, void *user, int64_t task)
{
    const replying *r = user;
    const int i = (int)(task / r->parts);
    const int64_t entries = r->grid->profiles / r->grid->actions[i], part = task % r->parts;
    (void)ctx;
    reply_table(r->grid, i, entries * part / r->parts, entries * (part + 1) / r->parts,
                &r->high[task]);
    return ENT_OK;
}

/* All tables; the scale of the payoffs' high words. */
static ent_status reply_tables(ent_ctx *ctx, const ent_i_grid *grid, int threads, int32_t *high)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int64_t wanted = grid->profiles / PART_LEAST;
    replying r = {.grid = grid,
                  .parts = threads == 1 || wanted < 2 ? 1
                           : wanted < PARTS_MOST      ? (int)wanted
                                                      : PARTS_MOST};
    const int tasks = grid->n * r.parts;
    ENT_SCRATCH(ctx, r.high, tasks);
    for (int k = 0; k < tasks; k++) r.high[k] = 0;
    ENT_TRY(ent_i_parallel(ctx, r.parts == 1 ? 1 : threads, tasks, reply_part, &r, "best replies"));
    for (int k = 0; k < tasks; k++) {
        if (r.high[k] >= NOT_FINITE)
            ENT_FAIL(ctx, ENT_E_ARG, "player %d: payoffs must be finite numbers", k / r.parts);
        if (r.high[k] > *high) *high = r.high[k];
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* A double of this high word, or the next larger: the scale of payoffs to within a millionth. */
static double scale_of(int32_t high)
{
    const uint64_t bits = (uint64_t)(high + 1) << 32;
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return high == 0 ? 0.0 : scale;
}

static ent_status contract(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                           const double *weight, const ent_contract_settings *settings,
                           ent_contract *out)
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

ent_status ent_stage_finite_threads(ent_ctx *ctx, int threads, int n, const int *actions,
                                    const double *payoff, ent_stage **stage)
{
    ent_status st = ENT_OK;
    ent_i_grid *grid = NULL;
    ent_stage *made = NULL;
    int32_t high = 0;
    ENT_REQUIRE(ctx, payoff && stage && threads >= 0);
    ENT_TRY(ent_i_grid_new(ctx, n, actions, profiles_most, &grid));
    grid->payoff = payoff;
    ENT_TRY(reply_tables(ctx, grid, ent_i_threads(threads), &high));
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

ent_status ent_stage_finite(ent_ctx *ctx, int n, const int *actions, const double *payoff,
                            ent_stage **stage)
{
    return ent_stage_finite_threads(ctx, 1, n, actions, payoff, stage);
}
