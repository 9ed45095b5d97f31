#include "base/parallel.h"
#include "relational/contract.h"
#include "relational/exact_ladder.h"
#include "relational/lift_source.h"

#include <math.h>
#include <string.h>

/* A benchmark being lifted; see lift_source.c. */
typedef struct lifting {
    const ent_relational *model;
    const ent_i_source *source;
    const ent_rat *unit;
    ent_i_found found;
    ent_i_ladder ladder;
    ent_i_edge edge;
    ent_i_exact_chance c;
    int *play; /* [n+1][n] */
    ent_benchmark *out;
    ent_benchmark_exact *e;
} lifting;

static void put(const lifting *l, ent_rat *slot, double whole)
{
    if (!ent_lift_known(slot)) ent_rat_init(slot);
    ent_rat_set_int(slot, (int64_t)whole);
    ent_rat_mul(slot, slot, l->unit);
}

/* slot = value * unit, value being in units; returns the nearest double. */
static double put_scaled(const lifting *l, ent_rat *slot, const ent_rat *value)
{
    if (!ent_lift_known(slot)) ent_rat_init(slot);
    ent_rat_mul(slot, value, l->unit);
    return ent_rat_double(slot);
}

static double most(const lifting *l, int aim)
{
    const ent_i_stair *stair = ent_i_staircase_at(&l->found.staircase[aim], l->edge.factor, l->edge.bound);
    return stair ? stair->value : -HUGE_VAL;
}

static ent_status lift_steps(ent_ctx *ctx, const lifting *l)
{
    ent_status st = ENT_OK;
    const size_t rungs = (size_t)l->ladder.count;
    ent_rat *work = ent_rats_new(ctx, 3 * rungs, &st);
    if (!work) goto done;
    l->out->steps = ent_i_ladder_exact_steps(&l->ladder, &l->c, work, work + rungs, work + 2 * rungs);
    ENT_TRY(ent_i_benchmark_lift_resize(ctx, l->out, l->e));
    for (int k = 0; k < l->out->steps; k++) {
        ent_rat_init(&l->e->step_discount[k]);
        ent_rat_set(&l->e->step_discount[k], &work[k]);
        l->out->step[k].discount = ent_rat_double(&work[k]);
        l->out->step[k].span = put_scaled(l, &l->e->step_span[k], &work[rungs + (size_t)k]);
        l->out->step[k].level = put_scaled(l, &l->e->step_level[k], &work[2 * rungs + (size_t)k]);
    }
done:
    ent_rats_free(work, 3 * rungs);
    return st;
}

static void lift_margin(const lifting *l, const ent_rat *span, const ent_i_detail *near)
{
    const double gain[] = {near->below, near->above};
    ent_rat distance, least;
    bool known = false;
    ent_rat_init(&distance);
    ent_rat_init(&least);
    for (int k = 0; k < 2; k++) {
        if (!(gain[k] > 0.0) || isinf(gain[k])) continue;
        ent_rat_set_int(&distance, (int64_t)gain[k]);
        ent_rat_mul(&distance, &distance, &l->c.now);
        ent_rat_submul(&distance, span, &l->c.delta);
        if (ent_rat_sign(&distance) < 0) ent_rat_neg(&distance, &distance);
        if (!known || ent_rat_cmp(&distance, &least) < 0) ent_rat_set(&least, &distance);
        known = true;
    }
    l->out->margin = known ? put_scaled(l, &l->e->margin, &least) : HUGE_VAL;
    ent_rat_release(&distance);
    ent_rat_release(&least);
}

static ent_status find_plays(ent_ctx *ctx, lifting *l)
{
    ent_status st = ENT_OK;
    const int n = l->model->n;
    const ent_i_aims *aims = l->found.aims;
    ENT_SCRATCH(ctx, l->play, (n + 1) * n);
    ENT_TRY(l->source->best(ctx, l->source, &l->found, aims->joint, &l->edge, l->play));
    for (int i = 0; i < n; i++)
        ENT_TRY(l->source->best(ctx, l->source, &l->found, aims->reply[i], &l->edge, l->play + (i + 1) * n));
done:
    return st;
}

/* [MW25] Thm 1 in rationals. */
static void fill_solved(const lifting *l, const ent_rat *span)
{
    const ent_i_aims *aims = l->found.aims;
    const int n = l->model->n;
    double value = most(l, aims->joint);
    l->out->outcome = ENT_SOLVED;
    l->out->span = put_scaled(l, &l->e->span, span);
    put(l, &l->e->joint, value);
    l->out->joint = ent_rat_double(&l->e->joint);
    memcpy(l->out->play, l->play, sizeof(int) * (size_t)n);
    memcpy(l->out->punishment, l->play + n, sizeof(int) * (size_t)(n * n));
    for (int i = 0; i < n; i++) {
        const double low = -most(l, aims->reply[i]);
        put(l, &l->e->lowest[i], low);
        l->out->lowest[i] = ent_rat_double(&l->e->lowest[i]);
        if (!ent_coal_has(l->model->coalition, i)) value -= low;
    }
    put(l, &l->e->coalition_value, value);
    l->out->coalition_value = ent_rat_double(&l->e->coalition_value);
}

static ent_status lift(ent_ctx *ctx, lifting *l, int threads)
{
    ent_status st = ENT_OK;
    const int rungs = (int)(l->ladder.count < INT32_MAX ? l->ladder.count : INT32_MAX);
    const int64_t top = ent_i_ladder_exact_top(&l->ladder, &l->c);
    ent_i_detail near = {.ties_listed = 1};
    ent_rat span;
    ent_rat_init(&span);
    if (top >= 0) {
        ent_i_ladder_exact_span(&l->ladder, top, &l->c, &span);
        l->edge = (ent_i_edge){.factor = 1.0, .bound = ent_i_ladder_exact_budget(&l->c, &span)};
        ENT_TRY(l->source->detail(ctx, l->source, threads, &l->found, &l->edge, &near));
        ENT_TRY(find_plays(ctx, l));
    }
    for (int64_t k = 0; k < l->ladder.count; k++) l->ladder.rung[k].extortion = l->ladder.rung[k].value;
    ENT_TRY(ent_i_benchmark_reserve(ctx, l->model->n, rungs, l->out));
    ENT_TRY(lift_steps(ctx, l));
    if (top >= 0) {
        lift_margin(l, &span, &near);
        fill_solved(l, &span);
    } else {
        ent_i_ladder_exact_shortfall(&l->ladder, &l->c, &span);
        l->out->margin = put_scaled(l, &l->e->margin, &span);
    }
done:
    ent_rat_release(&span);
    return st;
}

ent_status ent_i_lift_source_benchmark(ent_ctx *ctx, const ent_relational *model, const ent_i_whole_game *game, int threads,
                                       ent_benchmark *benchmark, ent_benchmark_exact *exact)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    lifting l = {.model = model, .source = game->source, .unit = game->unit, .out = benchmark, .e = exact};
    const ent_rat never = ENT_RAT_ZERO;
    ent_i_aims *aims = NULL;
    ent_i_exact_chance_init(&l.c, &model->discount_exact, &never, false, false);
    const ent_i_chance chance = {.discount = model->discount};
    ENT_SCRATCH(ctx, aims, 1);
    ent_i_aims_benchmark(model->n, model->coalition, aims);
    ENT_TRY(ent_i_found_new(ctx, aims, game->plays, &l.found));
    ENT_TRY(game->source->scan(ctx, game->source, threads, &l.found));
    ENT_TRY(ent_i_ladder_new(ctx, &l.found, &chance, &l.ladder));
    ENT_TRY(lift(ctx, &l, threads));
done:
    ent_i_found_release(&l.found);
    ent_i_exact_chance_release(&l.c);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_lift_benchmark(ent_ctx *ctx, const ent_relational *model, int64_t limit,
                                const ent_contract_settings *settings, ent_benchmark *benchmark, ent_benchmark_exact *exact)
{
    ent_status st = ENT_OK;
    ent_i_whole_stage whole;
    if (model->stage == ENT_STAGE_PUBLIC_GOOD) return ent_i_lift_benchmark_public_good(ctx, model, benchmark, exact);
    ent_i_whole_stage_init(&whole);
    if (model->stage == ENT_STAGE_FINITE && (int64_t)model->payoff.n > limit) goto done;
    ENT_TRY(ent_i_whole_stage_new(ctx, model, 1.0, &whole));
    if (!whole.source) goto done;
    const ent_i_whole_game game = {.source = whole.source, .plays = model->profiles, .unit = &whole.unit, .sum = 1.0};
    ENT_TRY(ent_i_lift_source_benchmark(ctx, model, &game, ent_i_threads(settings->threads), benchmark, exact));
done:
    ent_i_whole_stage_release(&whole);
    return st;
}
