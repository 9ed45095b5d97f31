/* The grid in batches of neighbouring points: computed on all cores, handed over in order. */
#include "sweep/sweep_i.h"

#include "base/ctx.h"
#include "base/ordered.h"

/* A batch shares one document among its points, but a file should grow every now and then also when
 * points are slow. */
enum { BATCH_MAX = 256, BATCHES = 1024 };

typedef struct run {
    const ent_sweep *sweep;
    int64_t first, batch;
    ent_sweep_sink *sink;
    void *user;
    ent_text rows[ENT_ORDERED_SLOTS];
} run;

static ent_status compute(ent_ctx *ctx, void *user, int64_t task, int slot)
{
    ent_status st = ENT_OK;
    run *r = user;
    ent_i_place place;
    const int64_t from = r->first + task * r->batch, end = from + r->batch,
                  points = r->sweep->points;
    ent_text *rows = &r->rows[slot];
    rows->ctx = ctx; /* this thread's */
    ent_text_reset(rows);
    ENT_TRY(ent_i_place_init(ctx, r->sweep, &place));
    for (int64_t point = from; point < end && point < points; point++) {
        ENT_CHECK_CANCEL(ctx);
        ENT_TRY(ent_i_place_move(ctx, &place, point));
        ENT_TRY(ent_i_place_row(ctx, &place, point, rows));
    }
done:
    ent_i_place_release(&place);
    return st;
}

static ent_status hand(ent_ctx *ctx, void *user, int64_t task, int slot)
{
    run *r = user;
    (void)task;
    if (r->sink(r->user, r->rows[slot].data, r->rows[slot].len)) return ENT_OK;
    return ent_i_fail(ctx, ENT_E_IO, "the rows of the sweep could not be written");
}

ent_status ent_i_sweep_run(ent_ctx *ctx, const ent_sweep *sweep, int64_t threads, int64_t first,
                           ent_sweep_sink *sink, void *user)
{
    ent_status st = ENT_OK;
    run *r = NULL;
    const int64_t left = sweep->points - first;
    if (left <= 0) return ENT_OK;
    ENT_ALLOC(ctx, r, 1);
    const int64_t batch = sweep->points / BATCHES;
    *r = (run){.sweep = sweep,
               .first = first,
               .sink = sink,
               .user = user,
               .batch = batch < 1           ? 1
                        : batch > BATCH_MAX ? BATCH_MAX
                                            : batch};
    const ent_ordered plan = {.tasks = (left + r->batch - 1) / r->batch,
                              .work = compute,
                              .hand = hand,
                              .user = r,
                              .what = "points",
                              .first = first,
                              .unit = r->batch,
                              .total = sweep->points};
    st = ent_i_ordered(ctx, ent_i_threads(threads), &plan);
done:
    for (int k = 0; r && k < ENT_ORDERED_SLOTS; k++) ent_text_release(&r->rows[k]);
    ent_free(r);
    return st;
}
