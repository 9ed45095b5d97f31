/* The second pass of a solve: once it is known which plays are enforceable, the nearest gains to
 * the edge, the ties on the path, and the maximal parts of the insiders' value set. Chunks are
 * treated apart and merged in order. */
#include "base/ctx.h"
#include "base/parallel.h"
#include "relational/slab_kernel.h"
#include "relational/frontier.h"

#include <math.h>

typedef struct chunk {
    double below, above;
    int64_t ties;
    int64_t *tie;                     /* [ties_listed] */
    double *reply_least, *reply_most; /* [n] */
    double reply_total;
    ent_i_frontier frontier;
} chunk;

typedef struct pass {
    const ent_i_grid *grid;
    const ent_i_aims *aims;
    const ent_i_edge *edge;
    const ent_i_detail *ask;
    const ent_i_found *found;
    bool parts;
    int member[ENT_PLAYERS_MAX]; /* [aims->members] */
    chunk *chunks;
} pass;

static void note_tie(const pass *p, const ent_i_slab *slab, int k, chunk *c)
{
    double total = 0.0;
    if (c->ties < p->ask->ties_listed) c->tie[c->ties] = slab->first + k;
    c->ties++;
    for (int i = 0; i < p->aims->n; i++) {
        const double best = slab->reply[i][k];
        if (best < c->reply_least[i]) c->reply_least[i] = best;
        if (best > c->reply_most[i]) c->reply_most[i] = best;
        if (!ent_coal_has(p->aims->coalition, i)) total += best;
    }
    if (total > c->reply_total) c->reply_total = total;
}

/* The vectors f of a slab's enforceable plays are offered. The first vectors kept rule out most, a
 * row at a time. */
static ent_status offer_parts(ent_ctx *ctx, const pass *p, const ent_i_slab *slab,
                              const double *gain, const double *value, double *rows, chunk *c)
{
    ent_status st = ENT_OK;
    const int width = p->aims->members, count = slab->count;
    double vector[ENT_PLAYERS_MAX];
    for (int w = 0; w < width; w++) {
        const int i = p->member[w];
        ent_i_kernel_combine(count, p->aims->share[i], value, -p->aims->unit, slab->reply[i],
                             rows + w * ENT_I_SLAB);
    }
    for (int k = 0; k < count; k++) {
        if (!(p->edge->factor * gain[k] <= p->edge->bound)) continue;
        for (int w = 0; w < width; w++) vector[w] = rows[w * ENT_I_SLAB + k];
        ENT_TRY(ent_i_frontier_offer(ctx, &c->frontier, slab->first + k, vector));
    }
done:
    return st;
}

/* The ties of a slab, one play at a time: few are enforceable, or few slabs come here. */
static void seek_ties(const pass *p, const ent_i_slab *slab, const double *gain,
                      const double *value, chunk *c)
{
    for (int k = 0; k < slab->count; k++)
        if (value[k] >= p->ask->least_value && p->edge->factor * gain[k] <= p->edge->bound)
            note_tie(p, slab, k, c);
}

/* Is no play of the slab enforceable? Then its least gain is all that it adds. */
static bool beyond(const pass *p, int64_t first, double *above)
{
    const double *least = p->found->gain_least;
    if (!least || p->edge->factor * least[first / ENT_I_SLAB] <= p->edge->bound) return false;
    *above = fmin(*above, least[first / ENT_I_SLAB]);
    return true;
}

static ent_status pass_range(ent_ctx *ctx, const pass *p, int64_t from, int64_t to, chunk *c)
{
    ent_status st = ENT_OK;
    enum { LOOK_UP = 1024 };
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_i_aims *aims = p->aims;
    const double *known = p->found->gain;
    ent_i_slab slab;
    double *room = NULL, *value = NULL, *rows = NULL;
    int64_t slabs = 0;
    ENT_TRY(ent_i_slab_new(ctx, p->grid, &slab));
    ENT_SCRATCH(ctx, room, 2 * ENT_I_SLAB);
    value = room + ENT_I_SLAB;
    if (p->parts) ENT_SCRATCH(ctx, rows, ENT_I_SLAB * aims->members);
    for (int64_t first = from; first < to; first += ENT_I_SLAB, slabs++) {
        const int count = to - first < ENT_I_SLAB ? (int)(to - first) : ENT_I_SLAB;
        const double *gain = known ? known + first : room;
        if (slabs % LOOK_UP == 0) ENT_CHECK_CANCEL(ctx);
        if (beyond(p, first, &c->above)) continue;
        if (!known) {
            ent_i_slab_load(p->grid, first, count, &slab);
            ent_i_kernel_gains(&slab, aims->n, room);
        }
        if (ent_i_kernel_nearest(count, gain, p->edge, &c->below, &c->above) == 0 ||
            aims->value < 0)
            continue;
        if (known && !p->parts && p->found->value_most[first / ENT_I_SLAB] < p->ask->least_value)
            continue;
        if (known) ent_i_slab_load(p->grid, first, count, &slab);
        ent_i_kernel_value(&slab, aims->n, aims->coalition, value);
        seek_ties(p, &slab, gain, value, c);
        if (p->parts) ENT_TRY(offer_parts(ctx, p, &slab, gain, value, rows, c));
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status pass_chunk(ent_ctx *ctx, void *user, int64_t k)
{
    ent_status st = ENT_OK;
    const pass *p = user;
    int64_t from, to;
    ENT_CHECK_CANCEL(ctx);
    ent_i_grid_chunk(p->grid, k, &from, &to);
    ENT_TRY(pass_range(ctx, p, from, to, &p->chunks[k]));
done:
    return st;
}

/* profiles: at most as many can tie. */
static ent_status open_chunk(ent_ctx *ctx, const pass *p, int64_t profiles, chunk *c)
{
    ent_status st = ENT_OK;
    const int n = p->aims->n;
    const int64_t ties = p->ask->ties_listed < profiles ? p->ask->ties_listed : profiles;
    *c = (chunk){.below = -1.0, .above = HUGE_VAL, .reply_total = -HUGE_VAL};
    ent_i_frontier_init(&c->frontier, p->aims->members, p->ask->close);
    ENT_SCRATCH(ctx, c->tie, ties);
    ENT_SCRATCH(ctx, c->reply_least, 2 * n);
    c->reply_most = c->reply_least + n;
    for (int i = 0; i < n; i++) {
        c->reply_least[i] = HUGE_VAL;
        c->reply_most[i] = -HUGE_VAL;
    }
done:
    return st;
}

static ent_status merge(ent_ctx *ctx, const pass *p, chunk *into, const chunk *c)
{
    ent_status st = ENT_OK;
    into->below = fmax(into->below, c->below);
    into->above = fmin(into->above, c->above);
    for (int64_t k = 0; k < c->ties && k < p->ask->ties_listed; k++)
        if (into->ties + k < p->ask->ties_listed) into->tie[into->ties + k] = c->tie[k];
    into->ties += c->ties;
    for (int i = 0; i < p->aims->n; i++) {
        into->reply_least[i] = fmin(into->reply_least[i], c->reply_least[i]);
        into->reply_most[i] = fmax(into->reply_most[i], c->reply_most[i]);
    }
    into->reply_total = fmax(into->reply_total, c->reply_total);
    for (int64_t k = 0; k < c->frontier.count; k++)
        ENT_TRY(ent_i_frontier_offer(ctx, &into->frontier, c->frontier.play[k],
                                     c->frontier.vector + (size_t)k * (size_t)c->frontier.width));
done:
    return st;
}

/* Answers in the caller's scratch. */
static ent_status answer(ent_ctx *ctx, const pass *p, chunk *whole, ent_i_detail *out)
{
    ent_status st = ENT_OK;
    const int n = p->aims->n;
    out->below = whole->below;
    out->above = whole->above;
    out->ties = whole->ties;
    out->reply_total = whole->reply_total;
    for (int i = 0; i < n; i++) {
        out->reply_least[i] = whole->reply_least[i];
        out->reply_most[i] = whole->reply_most[i];
    }
    for (int64_t k = 0; k < whole->ties && k < out->ties_listed; k++)
        ent_i_grid_unpack(&p->grid->source, whole->tie[k], out->tie + k * n);
    ent_i_frontier_sort(&whole->frontier);
    out->parts = whole->frontier.count;
    const int64_t listed = out->parts < out->parts_listed ? out->parts : out->parts_listed;
    ENT_SCRATCH(ctx, out->part, listed * n + 1);
    for (int64_t k = 0; k < listed; k++)
        ent_i_grid_unpack(&p->grid->source, whole->frontier.play[k], out->part + k * n);
done:
    return st;
}

ent_status ent_i_grid_detail(ent_ctx *ctx, const ent_i_source *source, int threads,
                             const ent_i_found *found, const ent_i_edge *edge, ent_i_detail *out)
{
    ent_status st = ENT_OK;
    const ent_i_grid *grid = (const ent_i_grid *)(const void *)source;
    const int64_t chunks = ent_i_grid_chunks(grid);
    const int n = grid->n;
    int64_t opened = 0;
    chunk whole = {0};
    pass p = {.grid = grid,
              .aims = found->aims,
              .edge = edge,
              .ask = out,
              .found = found,
              .chunks = &whole};
    p.parts =
        found->aims->members > 1 && out->parts_listed > 0 && grid->profiles <= ENT_I_PARTS_PROFILES;
    for (int i = 0, w = 0; i < n; i++)
        if (ent_coal_has(found->aims->coalition, i)) p.member[w++] = i;
    ENT_SCRATCH(ctx, out->tie,
                (out->ties_listed < grid->profiles ? out->ties_listed : grid->profiles) * n);
    ENT_SCRATCH(ctx, out->reply_least, n);
    ENT_SCRATCH(ctx, out->reply_most, n);
    ENT_TRY(open_chunk(ctx, &p, grid->profiles, &whole));
    if (chunks == 1) {
        ENT_TRY(pass_range(ctx, &p, 0, grid->profiles, &whole));
    } else {
        ENT_SCRATCH(ctx, p.chunks, chunks);
        for (; opened < chunks; opened++) {
            int64_t from, to;
            ent_i_grid_chunk(grid, opened, &from, &to);
            ENT_TRY(open_chunk(ctx, &p, to - from, &p.chunks[opened]));
        }
        ENT_TRY(ent_i_parallel(ctx, threads, chunks, pass_chunk, &p, "enforceable profiles"));
        for (int64_t k = 0; k < chunks; k++) ENT_TRY(merge(ctx, &p, &whole, &p.chunks[k]));
    }
    ENT_TRY(answer(ctx, &p, &whole, out));
done:
    for (int64_t k = 0; k < opened; k++) ent_i_frontier_release(&p.chunks[k].frontier);
    ent_i_frontier_release(&whole.frontier);
    return st;
}

ent_status ent_i_grid_best(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found,
                           int aim, const ent_i_edge *edge, int *play)
{
    ent_status st = ENT_OK;
    const ent_i_stair *stair =
        ent_i_staircase_at(&found->staircase[aim], edge->factor, edge->bound);
    if (!stair) ENT_BUG(ctx, "no play is enforceable");
    ent_i_grid_unpack(source, stair->play, play);
done:
    return st;
}
