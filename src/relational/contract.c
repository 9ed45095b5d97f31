#include "relational/contract.h"

#include <string.h>

/* The arrays of fixed size live in two blocks, one of doubles and one of ints; the lists have a
 * block each. */
struct ent_contract_memory {
    int n;
    bool efforts;
    double *real;
    int *index;
    int *tie;
    ent_step *step;
    ent_simplex *simplex;
    double *corner;
    int *simplex_play;
    double *bound;
    int tie_room, step_room, simplex_room, bound_room;
};

static void memory_free(struct ent_contract_memory *m)
{
    if (!m) return;
    ent_free(m->real);
    ent_free(m->index);
    ent_free(m->tie);
    ent_free(m->step);
    ent_free(m->simplex);
    ent_free(m->corner);
    ent_free(m->simplex_play);
    ent_free(m->bound);
    ent_free(m);
}

/* A memory of this shape in *slot, reusing what is there when the shape agrees. */
static ent_status memory_for(ent_ctx *ctx, int n, bool efforts, int reals, int indices,
                             struct ent_contract_memory **slot)
{
    ent_status st = ENT_OK;
    struct ent_contract_memory *m = NULL;
    if (*slot && (*slot)->n == n && (*slot)->efforts == efforts) return ENT_OK;
    ENT_ALLOC(ctx, m, 1);
    m->n = n;
    m->efforts = efforts;
    ENT_ALLOC(ctx, m->real, reals);
    ENT_ALLOC(ctx, m->index, indices);
    memory_free(*slot);
    *slot = m;
    m = NULL;
done:
    memory_free(m);
    return st;
}

static double *take_reals(double **from, int count)
{
    double *here = *from;
    *from += count;
    return here;
}

static int *take_indices(int **from, int count)
{
    int *here = *from;
    *from += count;
    return here;
}

ent_status ent_i_contract_prepare(ent_ctx *ctx, int n, bool efforts, ent_contract *out)
{
    ent_status st = ENT_OK;
    struct ent_contract_memory *m = out->memory;
    ENT_TRY(
        memory_for(ctx, n, efforts, 8 * n + (n + 1) + 2 * n + 2 * n * n, 2 * n + 2 * n * n, &m));
    *out = (ent_contract){.outcome = ENT_NONE, .n = n, .memory = m};
    double *real = m->real;
    int *index = m->index;
    out->lowest = take_reals(&real, n);
    out->highest = take_reals(&real, n);
    out->gamma = take_reals(&real, n);
    out->payoff = take_reals(&real, n);
    out->payoff_least = take_reals(&real, n);
    out->payoff_most = take_reals(&real, n);
    out->payment = take_reals(&real, n);
    out->extortion_payoff = take_reals(&real, n);
    memset(m->real, 0, sizeof *m->real * (size_t)(8 * n));
    if (efforts) {
        out->multiplier = take_reals(&real, n + 1);
        out->effort = take_reals(&real, n);
        out->extortion_effort = take_reals(&real, n);
        out->punishment_effort = take_reals(&real, n * n);
        out->quiet_punishment_effort = take_reals(&real, n * n);
    } else {
        out->play = take_indices(&index, n);
        out->extortion_play = take_indices(&index, n);
        out->punishment = take_indices(&index, n * n);
        out->quiet_punishment = take_indices(&index, n * n);
    }
    out->tie = m->tie;
    out->step = m->step;
    out->simplex = m->simplex;
    out->bound = m->bound;
done:
    return st;
}

/* Grows one list; *room is its capacity. The old block stays valid on failure. */
static ent_status grow(ent_ctx *ctx, void **block, int *room, int count, size_t size)
{
    ent_status st = ENT_OK;
    if (count <= *room) return ENT_OK;
    const int more = count > 2 * *room ? count : 2 * *room;
    void *bigger = ent_i_realloc(ctx, *block, (size_t)more, size, &st);
    if (!bigger) return st;
    *block = bigger;
    *room = more;
    return st;
}

/* Room for lists, kept between calls: after success the list has at least `count` elements of
 * memory and its counter is set to `count`; a simplex's corner and play are allocated too. */
static ent_status room_for_ties(ent_ctx *ctx, ent_contract *out, int count)
{
    void *block = out->memory->tie;
    const ent_status st =
        grow(ctx, &block, &out->memory->tie_room, count, sizeof *out->tie * (size_t)out->n);
    out->tie = out->memory->tie = block;
    if (st == ENT_OK) out->ties = count;
    return st;
}

static ent_status memory_steps(ent_ctx *ctx, struct ent_contract_memory *m, int count)
{
    void *block = m->step;
    const ent_status st = grow(ctx, &block, &m->step_room, count, sizeof *m->step);
    m->step = block;
    return st;
}

static ent_status room_for_steps(ent_ctx *ctx, ent_contract *out, int count)
{
    const ent_status st = memory_steps(ctx, out->memory, count);
    out->step = out->memory->step;
    if (st == ENT_OK) out->steps = count;
    return st;
}

static ent_status room_for_simplices(ent_ctx *ctx, ent_contract *out, int count)
{
    ent_status st = ENT_OK;
    struct ent_contract_memory *m = out->memory;
    const size_t n = (size_t)out->n;
    int room_list = m->simplex_room, room_corner = m->simplex_room, room_play = m->simplex_room;
    void *list = m->simplex, *corner = m->corner, *play = m->simplex_play;
    st = grow(ctx, &list, &room_list, count, sizeof *m->simplex);
    if (st == ENT_OK) st = grow(ctx, &corner, &room_corner, count, sizeof *m->corner * n);
    if (st == ENT_OK) st = grow(ctx, &play, &room_play, count, sizeof *m->simplex_play * n);
    m->simplex = list;
    m->corner = corner;
    m->simplex_play = play;
    out->simplex = m->simplex;
    const int linked = st == ENT_OK ? count : out->simplices;
    if (st == ENT_OK) m->simplex_room = room_list;
    for (int k = 0; k < linked; k++) {
        m->simplex[k].corner = m->corner + (size_t)k * n;
        m->simplex[k].play = m->simplex_play + (size_t)k * n;
    }
    if (st != ENT_OK) return st;
    out->simplices = count;
    return st;
}

static ent_status room_for_bounds(ent_ctx *ctx, ent_contract *out, int count)
{
    void *block = out->memory->bound;
    const ent_status st = grow(ctx, &block, &out->memory->bound_room, count, sizeof *out->bound);
    out->bound = out->memory->bound = block;
    if (st == ENT_OK) out->bounds = count;
    return st;
}

ent_status ent_i_contract_reserve(ent_ctx *ctx, int n, const ent_contract_room *room,
                                  ent_contract *out)
{
    ent_status st = ENT_OK;
    ent_contract fresh = {0};
    const bool fits = out->memory && out->memory->n == n && !out->memory->efforts;
    const int ties = out->ties, steps = out->steps, simplices = out->simplices,
              bounds = out->bounds;
    ent_contract *to = fits ? out : &fresh;
    if (!fits) ENT_TRY(ent_i_contract_prepare(ctx, n, false, &fresh));
    ENT_TRY(room_for_ties(ctx, to, room->ties));
    ENT_TRY(room_for_steps(ctx, to, room->steps));
    ENT_TRY(room_for_simplices(ctx, to, room->simplices));
    ENT_TRY(room_for_bounds(ctx, to, room->bounds));
    if (fits) {
        ENT_TRY(ent_i_contract_prepare(ctx, n, false, out)); /* allocates nothing */
    } else {
        ent_contract_release(out);
        *out = fresh;
        fresh = (ent_contract){0};
    }
    out->ties = room->ties;
    out->steps = room->steps;
    out->simplices = room->simplices;
    out->bounds = room->bounds;
done:
    if (st != ENT_OK && fits) {
        out->ties = ties;
        out->steps = steps;
        out->simplices = simplices;
        out->bounds = bounds;
    }
    ent_contract_release(&fresh);
    return st;
}

void ent_contract_release(ent_contract *contract)
{
    memory_free(contract->memory);
    *contract = (ent_contract){0};
}

ent_status ent_i_benchmark_prepare(ent_ctx *ctx, int n, bool efforts, ent_benchmark *out)
{
    ent_status st = ENT_OK;
    struct ent_contract_memory *m = out->memory;
    ENT_TRY(memory_for(ctx, n, efforts, 2 * n + n * n, n + n * n, &m));
    *out = (ent_benchmark){.outcome = ENT_NONE, .n = n, .memory = m};
    double *real = m->real;
    int *index = m->index;
    out->lowest = take_reals(&real, n);
    if (efforts) {
        out->effort = take_reals(&real, n);
        out->punishment_effort = take_reals(&real, n * n);
    } else {
        out->play = take_indices(&index, n);
        out->punishment = take_indices(&index, n * n);
    }
    out->step = m->step;
done:
    return st;
}

static ent_status room_for_benchmark_steps(ent_ctx *ctx, ent_benchmark *out, int count)
{
    const ent_status st = memory_steps(ctx, out->memory, count);
    out->step = out->memory->step;
    if (st == ENT_OK) out->steps = count;
    return st;
}

ent_status ent_i_benchmark_reserve(ent_ctx *ctx, int n, int steps, ent_benchmark *out)
{
    ent_status st = ENT_OK;
    ent_benchmark fresh = {0};
    const bool fits = out->memory && out->memory->n == n && !out->memory->efforts;
    const int before = out->steps;
    if (!fits) ENT_TRY(ent_i_benchmark_prepare(ctx, n, false, &fresh));
    ENT_TRY(room_for_benchmark_steps(ctx, fits ? out : &fresh, steps));
    if (fits) {
        ENT_TRY(ent_i_benchmark_prepare(ctx, n, false, out)); /* allocates nothing */
    } else {
        ent_benchmark_release(out);
        *out = fresh;
        fresh = (ent_benchmark){0};
    }
    out->steps = steps;
done:
    if (st != ENT_OK && fits) out->steps = before;
    ent_benchmark_release(&fresh);
    return st;
}

void ent_benchmark_release(ent_benchmark *benchmark)
{
    memory_free(benchmark->memory);
    *benchmark = (ent_benchmark){0};
}
