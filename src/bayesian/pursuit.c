#include "bayesian/pursuit.h"

#include "bayesian/neutral.h"

#include <string.h>

ent_status ent_i_active_new(ent_ctx *ctx, const ent_bargain *b, ent_active *out)
{
    ent_status st = ENT_OK;
    ENT_SCRATCH(ctx, out->mu, b->options);
    ENT_SCRATCH(ctx, out->z, b->options);
    ENT_SCRATCH(ctx, out->alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, out->s, b->pairs + 1);
    ENT_SCRATCH(ctx, out->lambda, b->interims);
    ENT_SCRATCH(ctx, out->r, b->interims);
    ENT_SCRATCH(ctx, out->open, b->interims);
    ENT_SCRATCH(ctx, out->share, b->pairs + 1);
done:
    return st;
}

static ent_status doubles_new(ent_ctx *ctx, const ent_bargain *b, ent_pursuit *out)
{
    ent_status st = ENT_OK;
    const int unknowns = ent_i_path_state_size(b);
    ENT_SCRATCH(ctx, out->mu, b->options);
    ENT_SCRATCH(ctx, out->alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, out->lambda, b->interims);
    ENT_SCRATCH(ctx, out->w, b->cells);
    ENT_SCRATCH(ctx, out->omega, b->interims);
    ENT_SCRATCH(ctx, out->flow, b->interims);
    ENT_SCRATCH(ctx, out->slopes.mu, b->options);
    ENT_SCRATCH(ctx, out->slopes.alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, out->slopes.lambda, b->interims);
    ENT_SCRATCH(ctx, out->state.x, unknowns);
    ENT_SCRATCH(ctx, out->state.barrier, b->options + b->pairs + b->interims);
done:
    return st;
}

ent_status ent_i_pursuit_new(ent_ctx *ctx, const ent_bargain *b, ent_pursuit *out)
{
    ent_status st = ENT_OK;
    *out = (ent_pursuit){.theta = 1.0, .residual = HUGE_VAL};
    ENT_TRY(ent_i_active_new(ctx, b, &out->active));
    ENT_TRY(doubles_new(ctx, b, out));
    if (!(out->end_lambda = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(out->end_alpha = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
done:
    if (st != ENT_OK) ent_i_pursuit_free(b, out);
    return st;
}

void ent_i_pursuit_free(const ent_bargain *b, ent_pursuit *pursuit)
{
    ent_rats_free(pursuit->end_lambda, (size_t)b->interims);
    ent_rats_free(pursuit->end_alpha, (size_t)b->pairs);
    pursuit->end_lambda = pursuit->end_alpha = NULL;
}

/* Doubles go as far as the setting theta_end. Wide reals go on to wide_end; below wide_ease the
 * first small step ends a path, since where weights are not unique, systems on it get as singular
 * as theta is small. */
static const double wide_end = 1e-11, wide_ease = 1e-8;
/* Some paths turn back within what they are followed to: those are followed again, this much
 * closer. */
static const double close_by = 1e-3;
enum { STEPS = 600, WIDE_STEPS = 200, PURPOSE = 4 };

static ent_pursuit_settings settings_of(const ent_bayesian_settings *settings, const ent_pursuit *p)
{
    return (ent_pursuit_settings){
        .tolerance = settings->tolerance,
        .path = {.theta_end = settings->theta_end,
                 .closeness = p->closeness,
                 .steps = STEPS,
                 .canonical = p->start == 0,
                 .rng = ent_rng_stream((uint64_t)settings->seed, (uint64_t)p->start, PURPOSE)}};
}

ent_status ent_i_seek_further(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                              const ent_bayesian_settings *settings, ent_pursuit *p)
{
    ent_pursuit_settings s = settings_of(settings, p);
    s.resume = true;
    s.path.steps = WIDE_STEPS;
    s.path.theta_end = wide_end;
    s.path.theta_ease = wide_ease;
    p->wide = true;
    return ent_i_pursue_wide(ctx, b, threat, &s, p);
}

static ent_status one_path(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                           const ent_bayesian_settings *settings, int start, double closeness,
                           ent_pursuit *p)
{
    ent_status st = ENT_OK;
    p->start = start;
    p->closeness = closeness;
    p->wide = false;
    const ent_pursuit_settings s = settings_of(settings, p);
    ENT_TRY(ent_i_pursue(ctx, b, threat, &s, p));
    if (!p->found) ENT_TRY(ent_i_seek_further(ctx, b, threat, settings, p));
done:
    return st;
}

ent_status ent_i_seek(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                      const ent_bayesian_settings *settings, int start, ent_pursuit *p)
{
    ent_status st = ENT_OK;
    p->found = p->arrived = false;
    for (int64_t k = 0; !p->found && !p->arrived && k <= settings->attempts; k++) {
        /* Retries of one start are numbered apart from all other starts. */
        const int from = k == 0 ? start : (int)(1000000 + 1000 * (int64_t)start + k);
        ENT_TRY(one_path(ctx, b, threat, settings, from, 1.0, p));
        if (!p->found && !p->arrived)
            ENT_TRY(one_path(ctx, b, threat, settings, from, close_by, p));
    }
    if (!p->found && !p->arrived)
        ENT_FAIL(
            ctx, ENT_E_LIMIT,
            "no path led to a solution of a coalition of %d members and %d types from %lld starts; more may (--set attempts=...)",
            b->coal->size, b->interims, (long long)settings->attempts + 1);
done:
    return st;
}

/* How far utilities may move between neighbouring problems. */
static const double warm_reach = 0.1;

static void active_copy(const ent_bargain *b, const ent_active *from, ent_active *to)
{
    memcpy(to->mu, from->mu, (size_t)b->options * sizeof *to->mu);
    memcpy(to->z, from->z, (size_t)b->options * sizeof *to->z);
    memcpy(to->alpha, from->alpha, (size_t)b->pairs * sizeof *to->alpha);
    memcpy(to->s, from->s, (size_t)b->pairs * sizeof *to->s);
    memcpy(to->lambda, from->lambda, (size_t)b->interims * sizeof *to->lambda);
    memcpy(to->r, from->r, (size_t)b->interims * sizeof *to->r);
    memcpy(to->open, from->open, (size_t)b->interims * sizeof *to->open);
    memcpy(to->share, from->share, (size_t)b->pairs * sizeof *to->share);
}

ent_status ent_i_bargain_alone(ent_ctx *ctx, const ent_bargain *b,
                               const ent_bayesian_settings *settings, int start, bool warm,
                               ent_active *active, ent_bargain_point *point, ent_bargain_point *raw,
                               bool *found)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    double residual = 0.0;
    ent_pursuit p = {0};
    ent_bargain_numbers numbers;
    *found = false;
    ENT_TRY(ent_i_bargain_numbers_new(ctx, b, NULL, &numbers));
    if (warm)
        ENT_TRY(ent_i_polish(ctx, &numbers, active, settings->tolerance, warm_reach, point, found,
                             &residual));
    if (*found) goto done;
    ENT_TRY(ent_i_pursuit_new(ctx, b, &p));
    p.start = start;
    p.closeness = 1.0;
    const ent_pursuit_settings s = settings_of(settings, &p);
    ENT_TRY(ent_i_pursue(ctx, b, NULL, &s, &p));
    const ent_bargain_point end = {.mu = p.mu,
                                   .alpha = p.alpha,
                                   .lambda = p.lambda,
                                   .w = p.w,
                                   .omega = p.omega,
                                   .flow = p.flow};
    ent_i_bargain_point_copy(b, &end, raw);
    for (int k = 0; k < b->pairs; k++) raw->alpha[k] = ent_rat_double(&p.end_alpha[k]);
    for (int m = 0; m < b->interims; m++) raw->lambda[m] = ent_rat_double(&p.end_lambda[m]);
    if (!p.found) ENT_TRY(ent_i_seek_further(ctx, b, NULL, settings, &p));
    *found = p.found;
    ent_i_bargain_point_copy(b, &end, point);
    active_copy(b, &p.active, active);
done:
    ent_i_pursuit_free(b, &p);
    ent_scratch_reset(ctx, mark);
    return st;
}
