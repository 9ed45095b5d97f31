/* Every coalition of one stage game. Gains and best replies do not depend on the coalition: the
 * plays are sorted by gain once, with payoffs and best replies alongside, and for each coalition
 * the map is iterated from above on beginnings of that list. The sequence falls to the largest
 * fixed point, docs/relational.md 2, in a few passes. */
#include "base/ctx.h"
#include "base/parallel.h"
#include "relational/fixed_point.h"
#include "relational/slab_kernel.h"
#include "relational/stage.h"

#include <math.h>
#include <string.h>

enum { BATCH = 1024, DIGIT = 16, DIGITS = 1 << DIGIT };

/* The plays that any coalition can enforce, gains increasing, ties in row-major order. */
typedef struct sorted {
    int64_t count;
    int64_t *play;
    double *gain;                    /* [count] */
    double *payoff[ENT_PLAYERS_MAX]; /* [count] each */
    double *reply[ENT_PLAYERS_MAX];
} sorted;

typedef struct table {
    const ent_i_grid *grid;
    sorted plays;
    ent_i_found common; /* staircases of U and of -uhat_i */
    ent_i_chance chance;
    ent_coal first;       /* of the batch */
    const double *weight; /* [BATCH][n] */
    ent_union *out;
    double *payoff;
} table;

/* An upper bound on the span of every coalition: each player at its best less its least best
 * reply. */
static double span_bound(const ent_i_grid *grid)
{
    double bound = 0.0;
    for (int i = 0; i < grid->n; i++) {
        const int64_t entries = grid->profiles / grid->actions[i];
        double most = -HUGE_VAL, least = HUGE_VAL;
        for (int64_t k = 0; k < entries; k++) {
            most = fmax(most, grid->reply[i][k]);
            least = fmin(least, grid->reply[i][k]);
        }
        bound += most - least;
    }
    return bound;
}

/* Stable, by the bits of the gains, which order doubles >= 0; least digit first. */
static ent_status radix(ent_ctx *ctx, int64_t count, double *gain, int64_t *play)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    double *other_gain = NULL;
    int64_t *other_play = NULL, *place = NULL;
    ENT_SCRATCH(ctx, other_gain, count);
    ENT_SCRATCH(ctx, other_play, count);
    ENT_SCRATCH(ctx, place, DIGITS);
    double *from_gain = gain, *to_gain = other_gain;
    int64_t *from_play = play, *to_play = other_play;
    for (int shift = 0; shift < 64; shift += DIGIT) {
        memset(place, 0, sizeof *place * DIGITS);
        for (int64_t k = 0; k < count; k++) {
            uint64_t bits;
            memcpy(&bits, &from_gain[k], sizeof bits);
            place[bits >> shift & (DIGITS - 1)]++;
        }
        for (int64_t d = 0, sum = 0; d < DIGITS; d++) {
            const int64_t here = place[d];
            place[d] = sum;
            sum += here;
        }
        for (int64_t k = 0; k < count; k++) {
            uint64_t bits;
            memcpy(&bits, &from_gain[k], sizeof bits);
            const int64_t to = place[bits >> shift & (DIGITS - 1)]++;
            to_gain[to] = from_gain[k];
            to_play[to] = from_play[k];
        }
        double *const swap_gain = from_gain;
        int64_t *const swap_play = from_play;
        from_gain = to_gain;
        to_gain = swap_gain;
        from_play = to_play;
        to_play = swap_play;
    }
done: /* an even number of turns: the result is where it began */
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Gains of all plays, those that the bound enforces kept. */
static ent_status select_plays(ent_ctx *ctx, table *t)
{
    ent_status st = ENT_OK;
    const ent_i_grid *grid = t->grid;
    const double delta = t->chance.discount, limit = delta * span_bound(grid) + t->chance.tolerance;
    sorted *s = &t->plays;
    ent_i_slab slab;
    double room[ENT_I_SLAB];
    ENT_SCRATCH(ctx, s->gain, grid->profiles);
    ENT_SCRATCH(ctx, s->play, grid->profiles);
    ENT_TRY(ent_i_slab_new(ctx, grid, &slab));
    s->count = 0;
    for (int64_t first = 0; first < grid->profiles; first += slab.count) {
        const int64_t left = grid->profiles - first;
        ent_i_slab_load(grid, first, left < ENT_I_SLAB ? (int)left : ENT_I_SLAB, &slab);
        ent_i_kernel_gains(&slab, grid->n, room);
        for (int k = 0; k < slab.count; k++) {
            if (!((1.0 - delta) * room[k] <= limit)) continue;
            s->gain[s->count] = room[k];
            s->play[s->count++] = first + k;
        }
    }
    ENT_TRY(radix(ctx, s->count, s->gain, s->play));
done:
    return st;
}

static ent_status sort_plays(ent_ctx *ctx, table *t)
{
    ent_status st = ENT_OK;
    const ent_i_grid *grid = t->grid;
    sorted *s = &t->plays;
    ENT_TRY(select_plays(ctx, t));
    for (int i = 0; i < grid->n; i++) {
        const int64_t stride = grid->stride[i], round = stride * grid->actions[i];
        const double *u = grid->payoff + (size_t)i * (size_t)grid->profiles;
        ENT_SCRATCH(ctx, s->payoff[i], s->count);
        ENT_SCRATCH(ctx, s->reply[i], s->count);
        for (int64_t k = 0; k < s->count; k++) {
            const int64_t p = s->play[k];
            s->payoff[i][k] = u[p];
            s->reply[i][k] = grid->reply[i][p / round * stride + p % stride];
        }
    }
done:
    return st;
}

static void view(const table *t, int64_t first, int count, ent_i_slab *slab)
{
    slab->first = first;
    slab->count = count;
    for (int i = 0; i < t->grid->n; i++) {
        slab->payoff[i] = t->plays.payoff[i] + first;
        slab->reply[i] = t->plays.reply[i] + first;
    }
}

/* The largest aims over the first `count` plays. */
static void maxima(const table *t, const ent_i_aims *aims, int64_t count, double *most)
{
    ent_i_slab slab;
    double value[ENT_I_SLAB], row[ENT_I_SLAB];
    for (int q = 0; q < aims->count; q++) most[q] = -HUGE_VAL;
    for (int64_t first = 0; first < count; first += slab.count) {
        view(t, first, count - first < ENT_I_SLAB ? (int)(count - first) : ENT_I_SLAB, &slab);
        ent_i_kernel_value(&slab, aims->n, aims->coalition, value);
        for (int q = 0; q < aims->count; q++) {
            if (aims->aim[q].kind != ENT_I_AIM_VALUE && aims->aim[q].kind != ENT_I_AIM_GAMMA)
                continue;
            const double *aim = ent_i_kernel_aim(aims, q, &slab, t->plays.gain + first, value, row);
            const double here = ent_i_kernel_most(slab.count, aim);
            if (here > most[q]) most[q] = here;
        }
    }
}

/* How many plays a span enforces. */
static int64_t enforced(const table *t, double span)
{
    const double delta = t->chance.discount, bound = delta * span + t->chance.tolerance;
    int64_t lo = 0, hi = t->plays.count;
    while (lo < hi) {
        const int64_t mid = lo + (hi - lo) / 2;
        if ((1.0 - delta) * t->plays.gain[mid] <= bound) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

/* A staircase that no coalition changes, where the first `count` plays end. */
static double common(const table *t, int aim, int64_t count)
{
    return ent_i_staircase_at(&t->common.staircase[aim], 1.0, t->plays.gain[count - 1])->value;
}

/* The rung of the first `count` plays, by the very sums of ent_i_ladder_new. */
static ent_i_rung rung_of(const table *t, const ent_i_aims *aims, const double *start,
                          int64_t count, const double *most)
{
    const ent_i_aims *shared = t->common.aims;
    const double rho = t->chance.renegotiation;
    ent_i_rung rung = {.gain = t->plays.gain[count - 1], .value = most[aims->value]};
    double outsiders = 0.0;
    for (int i = 0; i < aims->n; i++) {
        if (rho > 0.0 && aims->gamma[i] >= 0)
            rung.gamma += most[aims->gamma[i]] - start[aims->gamma[i]];
        if (rho < 1.0)
            rung.gamma0 += common(t, shared->reply[i], count) - t->common.start[shared->reply[i]];
        if (rho < 1.0 && !ent_coal_has(aims->coalition, i))
            outsiders += common(t, shared->reply[i], count);
    }
    if (rho >= 1.0) return rung;
    rung.gamma0 += common(t, shared->joint, count) - t->common.start[shared->joint];
    rung.extortion = common(t, shared->joint, count) + outsiders;
    return rung;
}

/* Values of the outsiders at agreement, at the first on-path play in row-major order. */
static void fill_outsiders(const table *t, const ent_i_aims *aims, int64_t count, double most,
                           double *payoff)
{
    const double rho = t->chance.renegotiation, delta = t->chance.discount;
    ent_i_slab slab;
    double value[ENT_I_SLAB];
    int64_t best = -1;
    for (int64_t first = 0; first < count; first += slab.count) {
        view(t, first, count - first < ENT_I_SLAB ? (int)(count - first) : ENT_I_SLAB, &slab);
        ent_i_kernel_value(&slab, aims->n, aims->coalition, value);
        for (int k = 0; k < slab.count; k++)
            if (value[k] >= most - t->chance.tolerance &&
                (best < 0 || t->plays.play[first + k] < t->plays.play[best]))
                best = first + k;
    }
    for (int i = 0; i < aims->n; i++) {
        if (ent_coal_has(aims->coalition, i)) continue;
        const double reply = t->plays.reply[i][best];
        const double quiet = rho < 1.0 ? -common(t, t->common.aims->reply[i], count) : 0.0;
        const double lowest = rho * reply + (1.0 - rho) * quiet;
        payoff[i] = rho >= 1.0 ? reply : (1.0 - delta) * reply + delta * lowest;
    }
}

/* Iteration from above. */
static void solve(const table *t, ent_i_chance chance, ent_i_aims *aims, const double *weight,
                  ent_union *out, double *payoff)
{
    double most[ENT_I_AIMS_MAX], start[ENT_I_AIMS_MAX];
    ent_i_rung rung = {0};
    const ent_i_ladder ladder = {
        .count = 1, .rung = &rung, .least = t->plays.count ? t->plays.gain[0] : 0.0, .unit = 1.0};
    const ent_terms terms = {.coalition = out->coalition,
                             .discount = chance.discount,
                             .renegotiation = chance.renegotiation};
    int64_t count = t->plays.count, before = -1;
    double span = 0.0;
    chance.lone = ent_coal_size(out->coalition) == 1;
    ent_i_aims_contract(t->grid->n, &terms, weight, 1.0, aims);
    maxima(t, aims, count ? 1 : 0, start);
    while (count > 0 && count != before) {
        maxima(t, aims, count, most);
        rung = rung_of(t, aims, start, count, most);
        span = ent_i_rung_span(&ladder, 0, &chance, chance.discount);
        before = count;
        count = span >= -chance.tolerance ? enforced(t, span) : 0;
        if (count > before) count = before;
    }
    out->outcome = count > 0 ? ENT_SOLVED : ENT_NONE;
    if (count == 0) return;
    out->span = span > 0.0 ? span : 0.0;
    out->level = ent_i_rung_level(&rung, &chance, chance.discount);
    fill_outsiders(t, aims, count, most[aims->value], payoff);
}

static ent_status solve_one(ent_ctx *ctx, void *user, int64_t k)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const table *t = user;
    const int n = t->grid->n;
    const ent_coal s = t->first + (ent_coal)k;
    double *payoff = t->payoff + (size_t)s * (size_t)n, share[ENT_PLAYERS_MAX], sum = 0.0;
    const double *weight = t->weight + k * n;
    ent_i_aims *aims = NULL;
    ENT_CHECK_CANCEL(ctx);
    ENT_SCRATCH(ctx, aims, 1);
    for (int i = 0; i < n; i++) {
        const bool member = ent_coal_has(s, i);
        payoff[i] = (double)NAN;
        share[i] = member ? weight[i] : 0.0;
        if (!(share[i] >= 0.0) || isinf(share[i]))
            ENT_FAIL(ctx, ENT_E_ARG,
                     "player %d: a bargaining weight must be finite and not negative, got %g", i,
                     share[i]);
        sum += share[i];
    }
    if (!(sum > 0.0))
        ENT_FAIL(ctx, ENT_E_ARG, "the bargaining weights of coalition %llu sum to zero",
                 (unsigned long long)s);
    for (int i = 0; i < n; i++) share[i] /= sum;
    t->out[s] = (ent_union){.coalition = s};
    solve(t, t->chance, aims, share, &t->out[s], payoff);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_grid_coalitions(ent_ctx *ctx, const ent_stage *stage, ent_weight_fn *weight,
                                 void *user, double discount, double renegotiation,
                                 const ent_contract_settings *settings, ent_union *out,
                                 double *payoff)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = stage->n, threads = ent_i_threads(settings->threads);
    const ent_coal all = ent_coal_all(n);
    table t = {.grid = stage->data, .out = out, .payoff = payoff};
    ent_i_aims *shared = NULL;
    double *batch = NULL;
    if (settings->literal_ties) {
        ENT_TRY(ent_i_coalitions_one_by_one(ctx, stage, weight, user, discount, renegotiation,
                                            settings, out, payoff));
        goto done;
    }
    t.chance = (ent_i_chance){.discount = discount,
                              .renegotiation = renegotiation,
                              .tolerance = settings->tolerance * t.grid->source.scale};
    ENT_SCRATCH(ctx, shared, 1);
    ENT_SCRATCH(ctx, batch, BATCH * n);
    ent_i_aims_benchmark(n, 1, shared);
    ENT_TRY(ent_i_found_new(ctx, shared, t.grid->profiles, &t.common));
    ENT_TRY(ent_i_grid_scan(ctx, &t.grid->source, threads, &t.common));
    ENT_TRY(sort_plays(ctx, &t));
    t.weight = batch;
    for (t.first = 1; t.first <= all; t.first += BATCH) {
        const ent_coal left = all - t.first + 1;
        const int64_t count = left < BATCH ? (int64_t)left : BATCH;
        for (int64_t k = 0; k < count; k++) weight(user, t.first + (ent_coal)k, batch + k * n);
        ENT_TRY(ent_i_parallel(ctx, threads, count, solve_one, &t, NULL));
        ent_i_progress(ctx, "coalitions", (int64_t)t.first + count - 1, (int64_t)all);
    }
done:
    ent_i_found_release(&t.common);
    ent_scratch_reset(ctx, mark);
    return st;
}
