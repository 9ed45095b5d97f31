/* A stage game in whole numbers: payoffs and weights scaled to integers, so short that every double
 * in the solver is exact. */
#include "relational/exact_source.h"

#include "relational/grid.h"
#include "relational/separable.h"
#include "relational/stage.h"

#include <math.h>

/* Below this every whole number is a double. */
static const double whole_most = 0x1p53;

typedef struct whole_source {
    ent_i_exact_source exact; /* first, so that an exact source is one of these */
    int n;
    int64_t plays;
    bool benchmark;
    double share[ENT_PLAYERS_MAX], sum; /* the weights, whole, and their sum */
    double *number;                     /* what the stage borrows */
    ent_stage *stage;
    ent_i_separable *separable;
    const ent_i_source *source; /* of one of them */
} whole_source;

/* numbers / unit as doubles; false when one is not below `most`. */
static bool scale(size_t count, const ent_rat *number, const ent_rat *unit, double most,
                  double *whole)
{
    bool fits = true;
    ent_rat q;
    ent_rat_init(&q);
    for (size_t k = 0; k < count && fits; k++) {
        ent_rat_div(&q, &number[k], unit);
        whole[k] = ent_rat_double(&q);
        fits = whole[k] > -most && whole[k] < most;
    }
    ent_rat_release(&q);
    return fits;
}

/* False when they do not fit. */
static bool scale_weights(const ent_rat *weight, whole_source *w)
{
    static const double sum_most = 0x1p31;
    ent_rat common;
    w->benchmark = !weight;
    w->sum = 1.0;
    if (!weight) return true;
    ent_rat_init(&common);
    ent_rats_common_denominator((size_t)w->n, weight, &common);
    const bool fits = scale((size_t)w->n, weight, &common, sum_most, w->share);
    w->sum = 0.0;
    for (int i = 0; fits && i < w->n; i++) w->sum += w->share[i];
    ent_rat_release(&common);
    return fits;
}

/* Sums of the whole numbers that the solver forms stay below 2^53 when payoffs stay below this: K
 * is at most 3n payoffs, f and its companions at most `sum` times 5n + 1. */
static double payoff_most(int n, double sum)
{
    return whole_most / ((sum < 1.0 ? 1.0 : sum) * (6.0 * n + 2.0));
}

static ent_status finite(ent_ctx *ctx, const ent_relational *model, double most, whole_source *w)
{
    ent_status st = ENT_OK;
    ENT_ALLOC(ctx, w->number, model->payoff.n);
    if (!scale(model->payoff.n, model->payoff.exact, &w->exact.unit, most, w->number)) goto done;
    ENT_TRY(ent_stage_finite(ctx, model->n, model->actions, w->number, &w->stage));
    w->source = &((const ent_i_grid *)w->stage->data)->source;
done:
    return st;
}

/* A payoff is a sum of n parts. */
static ent_status separable(ent_ctx *ctx, const ent_relational *model, double most, whole_source *w)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = model->n;
    const double **part = NULL;
    size_t all = 0;
    for (int j = 0; j < n; j++) all += (size_t)(n * model->actions[j]);
    ENT_ALLOC(ctx, w->number, all);
    ENT_SCRATCH(ctx, part, n * n);
    double *next = w->number;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const ent_reals *f = &model->part[i][j];
            if (!scale(f->n, f->exact, &w->exact.unit, most / n, next)) goto done;
            part[i * n + j] = next;
            next += f->n;
        }
    ENT_TRY(ent_i_separable_new(ctx, n, model->actions, part, true, &w->separable));
    w->source = &w->separable->source;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static void free_whole(ent_i_exact_source *source)
{
    whole_source *w = (whole_source *)(void *)source;
    ent_stage_free(w->stage);
    ent_free(w->separable);
    ent_free(w->number);
    ent_rat_release(&source->unit);
    ent_free(w);
}

static ent_status open(ent_ctx *ctx, ent_i_exact_source *source, ent_i_solving *s,
                       ent_i_exact_ladder *ladder)
{
    ent_status st = ENT_OK;
    const whole_source *w = (const whole_source *)(const void *)source;
    s->source = w->source;
    ENT_TRY(ent_i_solving_open(ctx, s, w->plays, w->benchmark ? NULL : w->share, w->sum));
    ENT_TRY(ent_i_exact_ladder_copy(ctx, &s->ladder, ladder));
done:
    return st;
}

static void set_whole(ent_rat *r, double x) { ent_rat_set_int(r, (int64_t)x); }

static void copy_answers(const ent_i_solving *s, ent_i_exact_answers *out)
{
    const ent_i_detail *d = &s->detail;
    for (int k = 0; k < s->aims->count; k++) {
        const ent_i_aim_kind kind = s->aims->aim[k].kind;
        const bool weighted = kind == ENT_I_AIM_GAMMA || kind == ENT_I_AIM_REST;
        ent_rat_set_ratio(&out->most[k], (int64_t)ent_i_solving_most(s, k),
                          weighted ? (int64_t)s->aims->unit : 1);
    }
    const double near[] = {d->below, d->above};
    for (int k = 0; k < 2; k++) {
        out->is_near[k] = near[k] > 0.0 && !isinf(near[k]);
        if (out->is_near[k]) set_whole(&out->near[k], near[k]);
    }
    if (s->aims->value < 0) return;
    set_whole(out->reply_total, d->reply_total);
    for (int i = 0; i < s->n; i++) {
        set_whole(&out->reply_least[i], d->reply_least[i]);
        set_whole(&out->reply_most[i], d->reply_most[i]);
    }
}

static ent_status inquire(ent_ctx *ctx, ent_i_exact_source *source, ent_i_solving *s,
                          const ent_i_exact_chance *c, const ent_rat *span,
                          ent_i_exact_answers *out)
{
    ent_status st = ENT_OK;
    (void)source;
    s->edge = (ent_i_edge){.factor = 1.0, .bound = ent_i_ladder_exact_budget(c, span)};
    ENT_TRY(ent_i_solving_inquire(ctx, s));
    copy_answers(s, out);
done:
    return st;
}

static void evaluate(const ent_i_exact_source *source, const int *play, ent_rat *payoff,
                     ent_rat *reply)
{
    const whole_source *w = (const whole_source *)(const void *)source;
    double now[ENT_PLAYERS_MAX], best[ENT_PLAYERS_MAX];
    w->source->evaluate(w->source, play, now, best);
    for (int i = 0; i < w->n; i++) {
        set_whole(&payoff[i], now[i]);
        set_whole(&reply[i], best[i]);
    }
}

ent_status ent_i_whole_source_new(ent_ctx *ctx, const ent_relational *model, const ent_rat *weight,
                                  ent_i_exact_source **out)
{
    ent_status st = ENT_OK;
    whole_source *w = NULL;
    *out = NULL;
    ENT_ALLOC(ctx, w, 1);
    w->exact = (ent_i_exact_source){
        .open = open, .inquire = inquire, .evaluate = evaluate, .free = free_whole};
    ent_rat_init(&w->exact.unit);
    w->n = model->n;
    w->plays = model->profiles;
    if (!scale_weights(weight, w)) goto done;
    const double most = payoff_most(model->n, w->sum);
    ent_i_common_unit(model, &w->exact.unit);
    if (model->stage == ENT_STAGE_SEPARABLE) ENT_TRY(separable(ctx, model, most, w));
    else ENT_TRY(finite(ctx, model, most, w));
    if (!w->source) goto done;
    *out = &w->exact;
    w = NULL;
done:
    if (w) free_whole(&w->exact);
    return st;
}
