#include "relational/source_contract.h"

#include "base/parallel.h"

#include <math.h>
#include <string.h>

typedef struct work {
    const ent_i_source *source;
    const ent_terms *terms;
    int n, threads;
    ent_i_chance chance;
    ent_i_found found;
    ent_i_ladder ladder;
    ent_i_edge edge;
} work;

static double largest(const work *w, int aim)
{
    const ent_i_stair *stair = ent_i_staircase_at(&w->found.staircase[aim], w->edge.factor, w->edge.bound);
    return stair ? stair->value : -HUGE_VAL;
}

/* How far the nearest play is from the edge. */
static ent_status fill_margin(ent_ctx *ctx, const work *w, ent_benchmark *out)
{
    ent_status st = ENT_OK;
    const double delta = w->chance.discount;
    ent_i_detail near = {.ties_listed = 1};
    ENT_TRY(w->source->detail(ctx, w->source, w->threads, &w->found, &w->edge, &near));
    out->margin = HUGE_VAL;
    if (near.below > 0.0) out->margin = fmin(out->margin, fabs(delta * out->span - (1.0 - delta) * near.below));
    if (near.above < HUGE_VAL) out->margin = fmin(out->margin, fabs(delta * out->span - (1.0 - delta) * near.above));
done:
    return st;
}

/* [MW25] Thm 1: payoffs {v >= lowest, sum v <= joint}, and what a coalition that negotiates once gets of them. */
static ent_status fill_solved(ent_ctx *ctx, work *w, double span, ent_benchmark *out)
{
    ent_status st = ENT_OK;
    const ent_i_aims *aims = w->found.aims;
    const int n = w->n;
    const double delta = w->chance.discount;
    out->span = span > 0.0 ? span : 0.0;
    w->edge = (ent_i_edge){.factor = 1.0 - delta, .bound = delta * out->span + w->chance.tolerance, .zero = w->chance.tolerance};
    out->joint = out->coalition_value = largest(w, aims->joint);
    ENT_TRY(w->source->best(ctx, w->source, &w->found, aims->joint, &w->edge, out->play));
    for (int i = 0; i < n; i++) {
        out->lowest[i] = -largest(w, aims->reply[i]);
        if (!ent_coal_has(w->terms->coalition, i)) out->coalition_value -= out->lowest[i];
        ENT_TRY(w->source->best(ctx, w->source, &w->found, aims->reply[i], &w->edge, out->punishment + (size_t)i * (size_t)n));
    }
    ENT_TRY(fill_margin(ctx, w, out));
    out->outcome = ENT_SOLVED;
done:
    return st;
}

static ent_status fill(ent_ctx *ctx, work *w, ent_benchmark *out)
{
    ent_status st = ENT_OK;
    ent_benchmark filled = *out;
    const int64_t top = ent_i_ladder_top(&w->ladder, &w->chance);
    ENT_TRY(ent_i_benchmark_prepare(ctx, w->n, false, &filled));
    *out = filled;
    ENT_TRY(ent_i_benchmark_steps(ctx, out, (int)(w->ladder.count < INT32_MAX ? w->ladder.count : INT32_MAX)));
    ent_i_chance path = w->chance;
    for (int64_t k = 0; k < w->ladder.count; k++) w->ladder.rung[k].extortion = w->ladder.rung[k].value;
    out->steps = ent_i_ladder_steps(&w->ladder, &path, out->step);
    out->margin = top < 0 ? ent_i_ladder_shortfall(&w->ladder, &w->chance) : 0.0;
    if (top >= 0) ENT_TRY(fill_solved(ctx, w, w->ladder.rung[top].map, out));
done:
    return st;
}

ent_status ent_i_source_benchmark(ent_ctx *ctx, const ent_i_source *source, int64_t plays, const ent_terms *terms,
                                  const ent_contract_settings *settings, ent_benchmark *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_i_aims *aims = NULL;
    work w = {.source = source, .terms = terms, .n = source->n, .threads = ent_i_threads(settings->threads)};
    w.chance = (ent_i_chance){.discount = terms->discount, .tolerance = settings->tolerance * source->scale};
    ENT_SCRATCH(ctx, aims, 1);
    ent_i_aims_benchmark(source->n, terms->coalition, aims);
    ENT_TRY(ent_i_found_new(ctx, aims, plays, &w.found));
    ENT_TRY(source->scan(ctx, source, w.threads, &w.found));
    ENT_TRY(ent_i_ladder_new(ctx, &w.found, &w.chance, &w.ladder));
    ENT_TRY(fill(ctx, &w, out));
done:
    ent_i_found_release(&w.found);
    ent_scratch_reset(ctx, mark);
    return st;
}
