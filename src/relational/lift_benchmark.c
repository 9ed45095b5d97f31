#include "relational/contract.h"
#include "relational/lift_source.h"

#include <math.h>
#include <string.h>

/* A benchmark being lifted; see lift_source.c. */
typedef struct lifting {
    const ent_relational *model;
    ent_i_exact_source *source;
    ent_i_solving s;
    ent_i_exact_ladder ladder;
    ent_i_exact_answers a; /* in units */
    ent_i_exact_chance c;
    ent_benchmark *out;
    ent_benchmark_exact *e;
} lifting;

/* slot = value * unit, value being in units; returns the nearest double. */
static double put_scaled(const lifting *l, ent_rat *slot, const ent_rat *value)
{
    if (!ent_lift_known(slot)) ent_rat_init(slot);
    ent_rat_mul(slot, value, &l->source->unit);
    return ent_rat_double(slot);
}

static ent_status lift_steps(ent_ctx *ctx, const lifting *l)
{
    ent_status st = ENT_OK;
    const size_t rungs = (size_t)l->ladder.count;
    ent_rat *work = ent_rats_new(ctx, 3 * rungs, &st);
    if (!work) goto done;
    l->out->steps =
        ent_i_ladder_exact_steps(&l->ladder, &l->c, work, work + rungs, work + 2 * rungs);
    ENT_TRY(ent_i_benchmark_lift_resize(ctx, l->out, l->e));
    for (int k = 0; k < l->out->steps; k++) {
        ent_i_lift_put(&l->e->step_discount[k], &work[k]);
        l->out->step[k].discount = ent_rat_double(&work[k]);
        l->out->step[k].span = put_scaled(l, &l->e->step_span[k], &work[rungs + (size_t)k]);
        l->out->step[k].level = put_scaled(l, &l->e->step_level[k], &work[2 * rungs + (size_t)k]);
    }
done:
    ent_rats_free(work, 3 * rungs);
    return st;
}

static void lift_margin(const lifting *l, const ent_rat *span)
{
    ent_rat margin = ENT_RAT_UNKNOWN;
    ent_i_lift_margin(&l->a, &l->c, span, &margin);
    l->out->margin = ent_lift_known(&margin) ? put_scaled(l, &l->e->margin, &margin) : HUGE_VAL;
    if (margin.big) ent_rat_release(&margin);
}

/* [MW25] Thm 1 in rationals. */
static void fill_solved(const lifting *l, const ent_rat *span)
{
    const ent_i_aims *aims = l->s.aims;
    const size_t n = (size_t)l->model->n;
    ent_rat worth = ENT_RAT_ZERO, low = ENT_RAT_ZERO;
    ent_rat_set(&worth, &l->a.most[aims->joint]);
    l->out->outcome = ENT_SOLVED;
    l->out->span = put_scaled(l, &l->e->span, span);
    l->out->joint = put_scaled(l, &l->e->joint, &worth);
    memcpy(l->out->play, l->s.play, sizeof(int) * n);
    memcpy(l->out->punishment, l->s.play + n + n * n, sizeof(int) * n * n);
    for (int i = 0; i < l->model->n; i++) {
        ent_rat_neg(&low, &l->a.most[aims->reply[i]]);
        l->out->lowest[i] = put_scaled(l, &l->e->lowest[i], &low);
        if (!ent_coal_has(l->model->coalition, i)) ent_rat_sub(&worth, &worth, &low);
    }
    l->out->coalition_value = put_scaled(l, &l->e->coalition_value, &worth);
    ent_rat_release(&worth);
    ent_rat_release(&low);
}

static ent_status lift(ent_ctx *ctx, lifting *l)
{
    ent_status st = ENT_OK;
    const int rungs = (int)(l->ladder.count < INT32_MAX ? l->ladder.count : INT32_MAX);
    const int64_t top = ent_i_ladder_exact_top(&l->ladder, &l->c);
    ent_rat span;
    ent_rat_init(&span);
    if (top >= 0) {
        ent_i_ladder_exact_span(&l->ladder, top, &l->c, &span);
        ENT_TRY(ent_i_exact_answers_new(ctx, l->model->n, l->s.aims->count, &l->a));
        ENT_TRY(l->source->inquire(ctx, l->source, &l->s, &l->c, &span, &l->a));
    }
    /* A step's level is the joint payoff here. */
    for (int64_t k = 0; k < l->ladder.count; k++)
        ent_rat_set(&l->ladder.rung[k].extortion, &l->ladder.rung[k].value);
    ENT_TRY(ent_i_benchmark_reserve(ctx, l->model->n, rungs, l->out));
    ENT_TRY(lift_steps(ctx, l));
    if (top >= 0) {
        lift_margin(l, &span);
        fill_solved(l, &span);
    } else {
        ent_i_ladder_exact_shortfall(&l->ladder, &l->c, &span);
        l->out->margin = put_scaled(l, &l->e->margin, &span);
    }
done:
    ent_rat_release(&span);
    return st;
}

ent_status ent_i_lift_source_benchmark(ent_ctx *ctx, const ent_relational *model,
                                       ent_i_exact_source *source,
                                       const ent_contract_settings *settings,
                                       ent_benchmark *benchmark, ent_benchmark_exact *exact)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_contract_settings plain = {.threads = settings->threads};
    const ent_rat never = ENT_RAT_ZERO;
    lifting l = {.model = model, .source = source, .out = benchmark, .e = exact};
    ent_i_exact_chance_init(&l.c, &model->discount_exact, &never, false, false);
    l.s = (ent_i_solving){.settings = &plain, .chance = {.discount = model->discount}};
    ENT_TRY(source->open(ctx, source, &l.s, &l.ladder));
    ENT_TRY(lift(ctx, &l));
done:
    ent_i_solving_release(&l.s);
    ent_i_exact_ladder_release(&l.ladder);
    ent_i_exact_answers_release(&l.a);
    ent_i_exact_chance_release(&l.c);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_lift_benchmark(ent_ctx *ctx, const ent_relational *model, int64_t limit,
                                const ent_contract_settings *settings, ent_benchmark *benchmark,
                                ent_benchmark_exact *exact)
{
    ent_status st = ENT_OK;
    ent_i_exact_source *source = NULL;
    if (model->stage == ENT_STAGE_PUBLIC_GOOD)
        return ent_i_lift_benchmark_public_good(ctx, model, benchmark, exact);
    if (model->stage == ENT_STAGE_FINITE && (int64_t)model->payoff.n > limit) goto done;
    ENT_TRY(ent_i_exact_source_new(ctx, model, NULL, &source));
    if (source)
        ENT_TRY(ent_i_lift_source_benchmark(ctx, model, source, settings, benchmark, exact));
done:
    ent_i_exact_source_free(source);
    return st;
}
