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
    double span, margin;
    int *play; /* [n+1][n] of greatest U, and the punishments */
} work;

static double largest(const work *w, int aim)
{
    const ent_i_stair *stair =
        ent_i_staircase_at(&w->found.staircase[aim], w->edge.factor, w->edge.bound);
    return stair ? stair->value : -HUGE_VAL;
}

/* The plays, and how far the nearest is from the edge. */
static ent_status inquire(ent_ctx *ctx, work *w)
{
    ent_status st = ENT_OK;
    const double delta = w->chance.discount;
    const int n = w->n;
    ent_i_detail near = {.ties_listed = 1};
    w->edge = (ent_i_edge){.factor = 1.0 - delta,
                           .bound = delta * w->span + w->chance.tolerance,
                           .zero = w->chance.tolerance};
    ENT_TRY(w->source->detail(ctx, w->source, w->threads, &w->found, &w->edge, &near));
    w->margin = HUGE_VAL;
    if (near.below > 0.0)
        w->margin = fmin(w->margin, fabs(delta * w->span - (1.0 - delta) * near.below));
    if (near.above < HUGE_VAL)
        w->margin = fmin(w->margin, fabs(delta * w->span - (1.0 - delta) * near.above));
    ENT_SCRATCH(ctx, w->play, (n + 1) * n);
    ENT_TRY(w->source->best(ctx, w->source, &w->found, w->found.aims->joint, &w->edge, w->play));
    for (int i = 0; i < n; i++)
        ENT_TRY(w->source->best(ctx, w->source, &w->found, w->found.aims->reply[i], &w->edge,
                                w->play + (i + 1) * n));
done:
    return st;
}

/* [MW25] Thm 1: payoffs {v >= lowest, sum v <= joint}, and what a coalition that negotiates once
 * gets of them. */
static void fill_solved(const work *w, ent_benchmark *out)
{
    const ent_i_aims *aims = w->found.aims;
    const size_t n = (size_t)w->n;
    out->outcome = ENT_SOLVED;
    out->span = w->span;
    out->margin = w->margin;
    out->joint = out->coalition_value = largest(w, aims->joint);
    memcpy(out->play, w->play, sizeof(int) * n);
    memcpy(out->punishment, w->play + n, sizeof(int) * n * n);
    for (int i = 0; i < w->n; i++) {
        out->lowest[i] = -largest(w, aims->reply[i]);
        if (!ent_coal_has(w->terms->coalition, i)) out->coalition_value -= out->lowest[i];
    }
}

static ent_status fill(ent_ctx *ctx, work *w, ent_benchmark *out)
{
    ent_status st = ENT_OK;
    const int64_t top = ent_i_ladder_top(&w->ladder, &w->chance, false), rungs = w->ladder.count;
    if (top >= 0) {
        w->span = fmax(ent_i_rung_span(&w->ladder, top, &w->chance, w->chance.discount), 0.0);
        ENT_TRY(inquire(ctx, w));
    }
    /* A step's level is the joint payoff here. */
    for (int64_t k = 0; k < rungs; k++) w->ladder.rung[k].extortion = w->ladder.rung[k].value;
    ENT_TRY(ent_i_benchmark_reserve(ctx, w->n, (int)(rungs < INT32_MAX ? rungs : INT32_MAX), out));
    out->steps = ent_i_ladder_steps(&w->ladder, &w->chance, out->step);
    if (top >= 0) fill_solved(w, out);
    else out->margin = ent_i_ladder_shortfall(&w->ladder, &w->chance);
done:
    return st;
}

ent_status ent_i_source_benchmark(ent_ctx *ctx, const ent_i_source *source, int64_t plays,
                                  const ent_terms *terms, const ent_contract_settings *settings,
                                  ent_benchmark *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_i_aims *aims = NULL;
    work w = {.source = source,
              .terms = terms,
              .n = source->n,
              .threads = ent_i_threads(settings->threads)};
    w.chance = (ent_i_chance){.discount = terms->discount,
                              .tolerance = settings->tolerance * source->scale};
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
