/* Compiled for both precisions of num/real.h. */
#include "bayesian/homotopy_i.h"
#include "bayesian/pursuit.h"

#ifdef ENT_WIDE
#define ent_i_pursue ent_i_pursue_wide
#endif

/* A polished point lies this close to its path's end: the path's own error is of the order of
 * theta. */
static const double reach_least = 2e-3, reach_per_theta = 5.0;
/* A weight that is said to stay, and that polishing moves this far below the path's theta,
 * vanishes: weights vanish like theta, so the slopes could not tell. */
static const double weight_per_theta = 1e-6;

/* What stays has a slope of 0 and what vanishes a full one, up to such a part of the full one; in
 * between are ties. Some vanish like the square root of theta, so the second guess is narrow. */
static const double bands[] = {0.25, 0.125};
enum { BANDS = sizeof bands / sizeof *bands };

/* Weights that polishing has shown to vanish are taken as such. Returned: are there any? */
static bool weights_sink(const ent_bargain *b, const ent_bargain_point *point, double theta,
                         ent_active *active)
{
    bool any = false;
    for (int m = 0; m < b->interims; m++) {
        if (!active->lambda[m] || point->lambda[m] >= weight_per_theta * theta) continue;
        active->lambda[m] = active->r[m] = false;
        any = true;
    }
    return any;
}

/* All digits: doubles that sum to x. */
static void to_rational(ent_real x, ent_rat *out)
{
    ent_rat part = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (ent_real rest = x; rest != 0.0; rest -= (double)rest) {
        ent_rat_set_double(&part, (double)rest);
        ent_rat_add(out, out, &part);
    }
    ent_rat_release(&part);
}

static void hand_over(const ent_bargain *b, const ent_bargain_point *point, ent_pursuit *out)
{
    for (int o = 0; o < b->options; o++) out->mu[o] = (double)point->mu[o];
    for (int k = 0; k < b->pairs; k++) out->alpha[k] = (double)point->alpha[k];
    for (int m = 0; m < b->interims; m++)
        out->lambda[m] = (double)point->lambda[m], out->omega[m] = (double)point->omega[m],
        out->flow[m] = (double)point->flow[m];
    for (int c = 0; c < b->cells; c++) out->w[c] = (double)point->w[c];
}

/* What vanishes is 0; a lottery shares what that takes away. */
static void cut_small(const ent_bargain *b, const ent_active *active, ent_bargain_point *point)
{
    for (int k = 0; k < b->pairs; k++)
        if (!active->alpha[k]) point->alpha[k] = 0.0;
    for (int m = 0; m < b->interims; m++)
        if (!active->lambda[m]) point->lambda[m] = 0.0;
    for (int cell = 0; cell < b->cells; cell++) {
        ent_real mass = 0.0, most = 0.0;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            if (point->mu[o] > most) most = point->mu[o];
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            if (!active->mu[o] && point->mu[o] < most) point->mu[o] = 0.0;
            mass += point->mu[o];
        }
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) point->mu[o] /= mass;
    }
}

/* Guess the equations that hold at the end, and solve them. */
static ent_status attempt(ent_ctx *ctx, const ent_bargain_numbers *v, double band, double tolerance,
                          ent_bargain_point *point, ent_pursuit *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = v->b;
    const double reach = fmax(reach_least, reach_per_theta * out->theta);
    ent_bargain_point end = {0};
    ENT_TRY(ent_i_bargain_point_new(ctx, b, &end));
    ent_i_classify(b, &out->slopes, band, point, &out->active);
    ent_i_bargain_point_copy(b, point, &end);
    ENT_TRY(
        ent_i_polish(ctx, v, &out->active, tolerance, reach, point, &out->found, &out->residual));
    if (out->found && weights_sink(b, point, out->theta, &out->active)) {
        ent_i_bargain_point_copy(b, &end, point);
        ENT_TRY(ent_i_polish(ctx, v, &out->active, tolerance, reach, point, &out->found,
                             &out->residual));
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status finish(ent_ctx *ctx, const ent_bargain_numbers *v, const ent_path *path,
                         double tolerance, ent_bargain_point *point, ent_pursuit *out)
{
    ent_status st = ENT_OK;
    for (int k = 0; !out->found && k < BANDS; k++) {
        out->theta = ent_i_path_take(path, point, &out->slopes);
        ENT_TRY(attempt(ctx, v, bands[k], tolerance, point, out));
    }
    if (!out->found) cut_small(v->b, &out->active, point);
done:
    return st;
}

ent_status ent_i_pursue(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                        const ent_pursuit_settings *settings, ent_pursuit *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_bargain_numbers numbers;
    ent_bargain_point point = {0};
    ent_path *path = NULL;
    out->found = out->arrived = false;
    ENT_TRY(ent_i_bargain_numbers_new(ctx, b, threat, &numbers));
    ENT_TRY(ent_i_bargain_point_new(ctx, b, &point));
    ENT_TRY(ent_i_path_new(ctx, &numbers, &path));
    if (!settings->resume || !ent_i_path_resume(&out->state, path))
        ENT_TRY(ent_i_path_start(ctx, &settings->path, path));
    ENT_TRY(ent_i_path_follow(ctx, &settings->path, path, &out->arrived));
    out->theta = ent_i_path_take(path, &point, &out->slopes);
    ent_i_path_save(path, &out->state);
    for (int k = 0; k < b->pairs; k++) to_rational(point.alpha[k], &out->end_alpha[k]);
    for (int m = 0; m < b->interims; m++) to_rational(point.lambda[m], &out->end_lambda[m]);
    ENT_TRY(finish(ctx, &numbers, path, settings->tolerance, &point, out));
    hand_over(b, &point, out);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
