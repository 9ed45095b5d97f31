#include "relational/slab_kernel.h"

static void evaluate(const ent_i_source *source, const int *play, double *payoff, double *reply)
{
    const ent_i_grid *grid = (const ent_i_grid *)(const void *)source;
    int64_t number = 0;
    for (int i = 0; i < grid->n; i++) number += play[i] * grid->stride[i];
    if (grid->callback) grid->callback(grid->user, play, payoff);
    for (int i = 0; i < grid->n; i++) {
        const int64_t s = grid->stride[i];
        if (!grid->callback)
            payoff[i] = grid->payoff[(size_t)i * (size_t)grid->profiles + (size_t)number];
        reply[i] = grid->reply[i][number / (s * grid->actions[i]) * s + number % s];
    }
}

ent_status ent_i_grid_new(ent_ctx *ctx, int n, const int *actions, int64_t most, ent_i_grid **out)
{
    ent_status st = ENT_OK;
    ent_i_grid *grid = NULL;
    ENT_REQUIRE(ctx, n >= 1 && n <= ENT_PLAYERS_MAX && actions);
    int64_t profiles = 1;
    for (int i = 0; i < n; i++) {
        if (actions[i] < 1)
            ENT_FAIL(ctx, ENT_E_ARG, "player %d: needs at least one action, got %d", i, actions[i]);
        if (actions[i] > most / profiles)
            ENT_FAIL(ctx, ENT_E_LIMIT,
                     "at most %lld profiles, and the first %d players alone have more",
                     (long long)most, i + 1);
        profiles *= actions[i];
    }
    int64_t table = 0;
    for (int i = 0; i < n; i++) table += profiles / actions[i];
    grid = ent_i_alloc(ctx, 1, sizeof *grid + (size_t)table * sizeof(double), &st);
    if (!grid) goto done;
    grid->n = n;
    grid->profiles = profiles;
    grid->source = (ent_i_source){.n = n,
                                  .scan = ent_i_grid_scan,
                                  .best = ent_i_grid_best,
                                  .detail = ent_i_grid_detail,
                                  .contenders = ent_i_grid_contenders,
                                  .evaluate = evaluate,
                                  .unpack = ent_i_grid_unpack};
    double *next = (double *)(grid + 1);
    int64_t stride = profiles;
    for (int i = 0; i < n; i++) {
        stride /= actions[i];
        grid->actions[i] = actions[i];
        grid->stride[i] = stride;
        grid->reply[i] = next;
        next += profiles / actions[i];
    }
    *out = grid;
done:
    return st;
}

void ent_i_grid_unpack(const ent_i_source *source, int64_t number, int *play)
{
    const ent_i_grid *grid = (const ent_i_grid *)(const void *)source;
    for (int i = 0; i < grid->n; i++) play[i] = (int)(number / grid->stride[i] % grid->actions[i]);
}

ent_status ent_i_slab_new(ent_ctx *ctx, const ent_i_grid *grid, ent_i_slab *out)
{
    ent_status st = ENT_OK;
    const int64_t longest = grid->profiles < ENT_I_SLAB ? grid->profiles : ENT_I_SLAB;
    ENT_SCRATCH(ctx, out->room, 2 * grid->n * longest);
    ENT_SCRATCH(ctx, out->action, grid->n);
done:
    return st;
}

/* The callback at consecutive profiles: the last action turns fastest, as in an odometer. */
static void call_back(const ent_i_grid *grid, int64_t first, int count, ent_i_slab *slab)
{
    double payoff[ENT_PLAYERS_MAX];
    const int n = grid->n;
    double *rows = slab->room;
    const int longest = grid->profiles < ENT_I_SLAB ? (int)grid->profiles : ENT_I_SLAB;
    ent_i_grid_unpack(&grid->source, first, slab->action);
    for (int k = 0; k < count; k++) {
        grid->callback(grid->user, slab->action, payoff);
        for (int i = 0; i < n; i++) rows[i * longest + k] = payoff[i] + 0.0; /* -0 becomes 0 */
        for (int i = n - 1; i >= 0 && ++slab->action[i] == grid->actions[i]; i--)
            slab->action[i] = 0;
    }
    for (int i = 0; i < n; i++) slab->payoff[i] = rows + i * longest;
}

void ent_i_slab_payoffs(const ent_i_grid *grid, int64_t first, int count, ent_i_slab *slab)
{
    slab->first = first;
    slab->count = count;
    if (grid->callback) {
        call_back(grid, first, count, slab);
        return;
    }
    for (int i = 0; i < grid->n; i++)
        slab->payoff[i] = grid->payoff + (size_t)i * (size_t)grid->profiles + (size_t)first;
}

void ent_i_slab_load(const ent_i_grid *grid, int64_t first, int count, ent_i_slab *slab)
{
    const int longest = grid->profiles < ENT_I_SLAB ? (int)grid->profiles : ENT_I_SLAB;
    ent_i_slab_payoffs(grid, first, count, slab);
    for (int i = 0; i < grid->n; i++) {
        double *row = slab->room + (grid->n + i) * longest;
        slab->reply[i] = ent_i_kernel_reply_row(grid, i, first, count, row);
    }
}

/* Parts of whole slabs, large enough that merging them costs nothing, and enough of them for many
 * threads. */
int64_t ent_i_grid_chunks(const ent_i_grid *grid)
{
    enum { CHUNK_LEAST = 1 << 16, CHUNKS_MOST = 256 };
    const int64_t chunks = grid->profiles / CHUNK_LEAST;
    return chunks < 1 ? 1 : chunks > CHUNKS_MOST ? CHUNKS_MOST : chunks;
}

void ent_i_grid_chunk(const ent_i_grid *grid, int64_t k, int64_t *from, int64_t *to)
{
    const int64_t chunks = ent_i_grid_chunks(grid),
                  slabs = (grid->profiles + ENT_I_SLAB - 1) / ENT_I_SLAB;
    const int64_t length = slabs / chunks, rest = slabs % chunks;
    *from = ENT_I_SLAB * (k * length + (k < rest ? k : rest));
    *to = *from + ENT_I_SLAB * (length + (k < rest ? 1 : 0));
    if (*to > grid->profiles) *to = grid->profiles;
}
