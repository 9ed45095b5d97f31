#include "relational/lift_source.h"

#include "relational/grid.h"
#include "relational/separable.h"
#include "relational/stage.h"

ent_status ent_i_whole_weights(ent_ctx *ctx, const ent_relational *model, ent_rat *weight, double *share, double *unit)
{
    ent_status st = ENT_OK;
    static const double sum_most = 0x1p31;
    const size_t n = (size_t)model->n;
    ent_rat common;
    ent_rat_init(&common);
    ENT_TRY(ent_relational_weights(ctx, model, model->coalition, weight));
    ent_rats_common_denominator(n, weight, &common);
    *unit = 0.0;
    if (ent_i_whole(n, weight, &common, sum_most, share))
        for (size_t i = 0; i < n; i++) *unit += share[i];
done:
    ent_rat_release(&common);
    return st;
}

bool ent_i_whole(size_t count, const ent_rat *number, const ent_rat *unit, double most, double *whole)
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

/* unit = 1 / lcm(1/unit, denominators of the numbers). */
static void refine(ent_rat *unit, const ent_reals *reals)
{
    ent_rat pair[2];
    ent_rat_init(&pair[0]);
    ent_rat_init(&pair[1]);
    ent_rat_set(&pair[0], unit);
    ent_rats_common_denominator(reals->n, reals->exact, &pair[1]);
    ent_rats_common_denominator(2, pair, unit);
    ent_rat_release(&pair[0]);
    ent_rat_release(&pair[1]);
}

void ent_i_common_unit(const ent_relational *model, ent_rat *unit)
{
    ent_rat_set_int(unit, 1);
    if (model->stage == ENT_STAGE_FINITE) refine(unit, &model->payoff);
    for (int i = 0; model->stage == ENT_STAGE_SEPARABLE && i < model->n; i++)
        for (int j = 0; j < model->n; j++) refine(unit, &model->part[i][j]);
}

/* Sums of the whole numbers that the solver forms stay below 2^53 when payoffs stay below this: K is at most 3n payoffs, f and
 * its companions at most `sum` times 5n + 1. */
static double payoff_most(int n, double sum) { return ENT_I_WHOLE_MOST / ((sum < 1.0 ? 1.0 : sum) * (6.0 * n + 2.0)); }

void ent_i_whole_stage_init(ent_i_whole_stage *whole)
{
    *whole = (ent_i_whole_stage){0};
    ent_rat_init(&whole->unit);
}

void ent_i_whole_stage_release(ent_i_whole_stage *whole)
{
    ent_stage_free(whole->stage);
    ent_free(whole->separable);
    ent_free(whole->number);
    ent_rat_release(&whole->unit);
}

static ent_status finite(ent_ctx *ctx, const ent_relational *model, double most, ent_i_whole_stage *out)
{
    ent_status st = ENT_OK;
    ENT_ALLOC(ctx, out->number, model->payoff.n);
    if (!ent_i_whole(model->payoff.n, model->payoff.exact, &out->unit, most, out->number)) goto done;
    ENT_TRY(ent_stage_finite(ctx, model->n, model->actions, out->number, &out->stage));
    out->source = &((const ent_i_grid *)out->stage->data)->source;
done:
    return st;
}

/* A payoff is a sum of n parts. */
static ent_status separable(ent_ctx *ctx, const ent_relational *model, double most, ent_i_whole_stage *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = model->n;
    const double **part = NULL;
    size_t all = 0;
    for (int j = 0; j < n; j++) all += (size_t)(n * model->actions[j]);
    ENT_ALLOC(ctx, out->number, all);
    ENT_SCRATCH(ctx, part, n * n);
    double *next = out->number;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const ent_reals *f = &model->part[i][j];
            if (!ent_i_whole(f->n, f->exact, &out->unit, most / n, next)) goto done;
            part[i * n + j] = next;
            next += f->n;
        }
    ENT_TRY(ent_i_separable_new(ctx, n, model->actions, part, true, &out->separable));
    out->source = &out->separable->source;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_whole_stage_new(ent_ctx *ctx, const ent_relational *model, double sum, ent_i_whole_stage *out)
{
    const double most = payoff_most(model->n, sum);
    ent_i_common_unit(model, &out->unit);
    return model->stage == ENT_STAGE_SEPARABLE ? separable(ctx, model, most, out) : finite(ctx, model, most, out);
}
