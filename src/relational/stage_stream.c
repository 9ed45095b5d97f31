#include "relational/grid.h"
#include "relational/source_contract.h"
#include "relational/stage.h"

#include "base/ctx.h"
#include "base/parallel.h"

#include <float.h>
#include <math.h>

static const int64_t profiles_most = (int64_t)1 << 40;

/* The grid, and on how many threads its callback runs. */
typedef struct stream {
    ent_i_grid *grid;
    int threads;
    double *most; /* [chunks] the largest |payoff| of a chunk, or a NaN or infinity */
} stream;

/* table[at] = max(table[at], x) from several threads: a maximum does not depend on the order. */
static void raise_entry(double *entry, double x)
{
    double old;
    __atomic_load(entry, &old, __ATOMIC_RELAXED);
    while (x > old &&
           !__atomic_compare_exchange(entry, &old, &x, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
    }
}

/* The tables' entries run as in ent_i_slab_load: along the stride, once for each action, then
 * on. */
static void raise_row(const ent_i_grid *grid, int i, int64_t first, int count, const double *u)
{
    const int64_t stride = grid->stride[i], round = stride * grid->actions[i];
    int64_t turn = first / round, within = first % round;
    for (int k = 0; k < count; k++) {
        raise_entry(&grid->reply[i][turn * stride + within % stride], u[k]);
        if (++within == round) {
            within = 0;
            turn++;
        }
    }
}

/* fmax ignores a NaN: here it is kept, once there is one. */
static double more(double most, double x)
{
    x = fabs(x);
    return isnan(most) || x <= most ? most : x;
}

static ent_status reply_chunk(ent_ctx *ctx, void *user, int64_t k)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const stream *s = user;
    const ent_i_grid *grid = s->grid;
    int64_t from, to;
    ent_i_slab slab;
    double most = 0.0;
    ENT_CHECK_CANCEL(ctx);
    ent_i_grid_chunk(grid, k, &from, &to);
    ENT_TRY(ent_i_slab_new(ctx, grid, &slab));
    for (int64_t first = from; first < to && most <= DBL_MAX; first += slab.count) {
        ent_i_slab_payoffs(grid, first, to - first < ENT_I_SLAB ? (int)(to - first) : ENT_I_SLAB,
                           &slab);
        for (int i = 0; i < grid->n; i++) {
            for (int c = 0; c < slab.count; c++) most = more(most, slab.payoff[i][c]);
            raise_row(grid, i, first, slab.count, slab.payoff[i]);
        }
    }
    s->most[k] = most;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status fill_replies(ent_ctx *ctx, stream *s)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int64_t chunks = ent_i_grid_chunks(s->grid);
    for (int i = 0; i < s->grid->n; i++)
        for (int64_t k = 0; k < s->grid->profiles / s->grid->actions[i]; k++)
            s->grid->reply[i][k] = -HUGE_VAL;
    ENT_SCRATCH(ctx, s->most, chunks);
    ENT_TRY(ent_i_parallel(ctx, s->threads, chunks, reply_chunk, s, "best replies"));
    for (int64_t k = 0; k < chunks; k++) {
        if (!(s->most[k] <= DBL_MAX))
            ENT_FAIL(ctx, ENT_E_ARG, "the payoff callback gave a number that is not finite");
        s->grid->source.scale = fmax(s->grid->source.scale, s->most[k]);
    }
done:
    s->most = NULL;
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status contract(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                           const double *weight, const ent_contract_settings *settings,
                           ent_contract *out)
{
    const stream *s = stage->data;
    ent_contract_settings mine = *settings;
    mine.threads = s->threads;
    return ent_i_source_contract(ctx, &s->grid->source, s->grid->profiles, terms, weight, &mine,
                                 out);
}

static ent_status benchmark(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                            const ent_contract_settings *settings, ent_benchmark *out)
{
    const stream *s = stage->data;
    ent_contract_settings mine = *settings;
    mine.threads = s->threads;
    return ent_i_source_benchmark(ctx, &s->grid->source, s->grid->profiles, terms, &mine, out);
}

static void free_stream(void *data)
{
    stream *s = data;
    if (!s) return;
    ent_free(s->grid);
    ent_free(s);
}

ent_status ent_stage_stream(ent_ctx *ctx, int n, const int *actions, ent_payoff_fn *payoff,
                            void *user, int threads, ent_stage **stage)
{
    ent_status st = ENT_OK;
    stream *s = NULL;
    ent_stage *made = NULL;
    ENT_REQUIRE(ctx, payoff && stage && threads >= 0);
    ENT_ALLOC(ctx, s, 1);
    ENT_TRY(ent_i_grid_new(ctx, n, actions, profiles_most, &s->grid));
    s->threads = ent_i_threads(threads);
    s->grid->callback = payoff;
    s->grid->user = user;
    ENT_TRY(fill_replies(ctx, s));
    ENT_TRY(ent_i_stage_new(ctx, ENT_I_STREAM, n, &made));
    made->data = s;
    s = NULL;
    made->free_data = free_stream;
    made->contractual = contract;
    made->benchmark = benchmark;
    *stage = made;
done:
    free_stream(s);
    return st;
}
