/* Once the threats are fixed as mechanisms, their virtual utilities are linear in the scales, and
 * what remains is a bargaining problem of the kind of the neutral procedural solution: with T_i =
 * sum over j of U_i^{N\j} and the threats' slacks s,
 *     A (n omega - T)_i(t) = sum W_N - p_i(t) [sum lambda U^{N\i} + sum alpha s^{N\i}] + sum over
 *     j, tau of alpha_i(t|tau) s_i^{N\j}(t|tau).
 * Its solution has scales of its own, at which the threats are others: a fixed point of this map is
 * a solution. The terms with alpha, small or none in most games, are taken at the former scales. */
#include "bayesian/s_search.h"

#include "bayesian/m_solution.h"
#include "bayesian/neutral.h"
#include "bayesian/pursuit.h"
#include "bayesian/scale_steps.h"

#include <math.h>
#include <string.h>

enum {
    BITS = 46,   /* of scales, so that exact programs stay short: a shortfall of about 1e-13 */
    SHORT = 18,  /* 2^-SHORT of the way to a path's end, where vanishing weights are about 1e-5 */
    PURPOSE = 11 /* of the random numbers */
};
static const double NEARLY = 1e-9; /* of a player's range: a larger shortfall is no solution */
/* scales that move less than this may be those of a solution */
static const double CLOSE = 1e-6;
/* fractions are tried again when scales move this much less than the last time */
static const double AGAIN = 1e-3;
static const double VANISHED = 1e-9; /* a weight that is 0 */
static const double STILL = 1e-13;   /* scales that move less than this stay */

typedef struct search {
    ent_ctx *ctx;
    const ent_bayesian *model;
    const ent_bayes_coal *all;
    const ent_bayesian_settings *settings;
    int interims, pairs, n;
    ent_scale_steps steps; /* in real units */
    ent_rat *lambda, *alpha;
    ent_s_solution found; /* the latest evaluation */
    bool done;
    ent_bargain b;     /* of the whole coalition; its threats change */
    ent_active active; /* and the point: the latest solution of it */
    /* raw: the end of its path, where weights that vanish still show in which proportions */
    ent_bargain_point point, raw;
    double *threat, *scaled; /* [size][interims]; [n] the scales of scaled utilities */
    double *end;             /* [n] those of the path's end, in real units */
    bool is_warm;
} search;

static void search_free(search *s)
{
    ent_rats_free(s->lambda, (size_t)s->interims);
    ent_rats_free(s->alpha, (size_t)s->pairs);
}

static ent_status search_new(ent_ctx *ctx, const ent_bayesian *model,
                             const ent_bayesian_settings *settings, search *s)
{
    ent_status st = ENT_OK;
    *s = (search){
        .ctx = ctx, .model = model, .all = model->coalition[model->focus], .settings = settings};
    s->interims = s->all->interims;
    for (int i = 0; i < s->all->size; i++) s->pairs += s->all->types[i] * (s->all->types[i] - 1);
    s->n = s->interims + s->pairs;
    ENT_TRY(ent_i_scale_steps_new(ctx, s->interims, s->pairs, &s->steps));
    if (!(s->lambda = ent_rats_new(ctx, (size_t)s->interims, &st))) goto done;
    if (!(s->alpha = ent_rats_new(ctx, (size_t)s->pairs, &st))) goto done;
    ENT_TRY(ent_i_bargain_plain(ctx, s->all, &s->b));
    ENT_TRY(ent_i_active_new(ctx, &s->b, &s->active));
    ENT_TRY(ent_i_bargain_point_new(ctx, &s->b, &s->point));
    ENT_TRY(ent_i_bargain_point_new(ctx, &s->b, &s->raw));
    ENT_SCRATCH(ctx, s->b.given, s->interims);
    ENT_SCRATCH(ctx, s->threat, s->all->size * s->interims);
    ENT_SCRATCH(ctx, s->scaled, s->n);
    ENT_SCRATCH(ctx, s->end, s->n);
done:
    return st;
}

/* Scales as short binary fractions. */
static void take_scales(search *s, const double *x)
{
    for (int k = 0; k < s->n; k++) {
        ent_rat *to = k < s->interims ? &s->lambda[k] : &s->alpha[k - s->interims];
        ent_rat_set_double(to, x[k]);
        if (x[k] > 0.0) ent_rat_floor_dyadic(to, to, BITS);
    }
}

/* Member j's departure: threats to the others' interims, and what the slacks of the threat of the
 * rest take from the right side. */
static void leave(search *s, const ent_s_solution *at, int j)
{
    const ent_coal rest = s->all->members & ~ent_coal_single(s->all->member[j]);
    const ent_bayes_coal *part = s->model->coalition[rest];
    const ent_s_threat *t = &at->threat[rest];
    ent_bargain *b = &s->b;
    for (int m = 0; m < b->interims; m++) {
        const int place = ent_bayes_place(part, s->all->member[b->place[m]]);
        if (place >= 0)
            s->threat[j * b->interims + m] =
                t->utility.value[part->first[place] + m - s->all->first[b->place[m]]];
    }
    for (int k = 0, own = 0; k < b->pairs; k++) {
        const int i = b->place[b->pair_true[k]];
        if (i == j) continue;
        const double flow =
            s->scaled[s->interims + k] * ent_rat_double(&t->slack[own++]) / b->scale[i];
        b->given[b->pair_report[k]] -= flow;
        for (int m = s->all->first[j]; m < s->all->first[j + 1]; m++) b->given[m] += b->q[m] * flow;
    }
}

/* Real scales x to those of scaled utilities and back: times (or over) the range of the player,
 * then sum of lambda 1. */
static void rescale(const search *s, bool to_real, const double *x, double *out)
{
    double sum = 0.0;
    for (int k = 0; k < s->n; k++) {
        const double range =
            s->b.scale[s->b.place[k < s->interims ? k : s->b.pair_true[k - s->interims]]];
        out[k] = to_real ? x[k] / range : x[k] * range;
        if (k < s->interims) sum += out[k];
    }
    for (int k = 0; k < s->n; k++) out[k] /= sum;
}

static void real_scales(search *s, const ent_bargain_point *point, double *out)
{
    for (int k = 0; k < s->n; k++)
        s->scaled[k] = k < s->interims ? point->lambda[k] : point->alpha[k - s->interims];
    rescale(s, true, s->scaled, out);
}

static void threaten(search *s, const ent_s_solution *at)
{
    const size_t threats = (size_t)s->all->size * (size_t)s->interims;
    for (size_t k = 0; k < threats; k++) s->threat[k] = s->b.outside[k] = 0.0;
    for (int m = 0; m < s->interims; m++) s->b.target[m] = s->b.given[m] = 0.0;
    rescale(s, false, s->steps.x, s->scaled);
    for (int j = 0; j < s->all->size; j++) leave(s, at, j);
    ent_i_bargain_threaten(&s->b, s->threat);
}

/* The next scales: those of the bargaining problem whose threats are those at x. */
static ent_status respond(search *s, int start, bool *ok)
{
    ent_status st = ENT_OK;
    ent_s_solution at = {0};
    *ok = false;
    take_scales(s, s->steps.x);
    ENT_TRY(ent_i_s_threats(s->ctx, s->model, s->lambda, s->alpha, &at));
    if (!at.defined) goto done;
    threaten(s, &at);
    ENT_TRY(ent_i_bargain_alone(s->ctx, &s->b, s->settings, start, s->is_warm, &s->active,
                                &s->point, &s->raw, ok));
    s->is_warm = *ok;
    if (*ok) real_scales(s, &s->point, s->steps.next);
done:
    ent_i_s_solution_free(&at);
    return st;
}

/* Evaluate at s->lambda, s->alpha. */
static ent_status evaluate(search *s, bool nearly)
{
    ent_status st = ENT_OK;
    ent_i_s_solution_free(&s->found);
    ENT_TRY(ent_i_s_solution(s->ctx, s->model, s->lambda, s->alpha, nearly, &s->found));
    s->done = s->found.defined && s->found.supported && !(s->found.shortfall > NEARLY);
done:
    return st;
}

/* The simplest fractions near x; within 0: the doubles themselves, shortened. */
static void snap(search *s, const double *x, double within)
{
    ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    for (int k = 0; k < s->n; k++) {
        ent_rat *to = k < s->interims ? &s->lambda[k] : &s->alpha[k - s->interims];
        ent_rat_set_double(&lo, fmax(0.0, x[k] - within));
        ent_rat_set_double(&hi, x[k] + within);
        ent_rat_simplest(to, &lo, &hi);
        if (within <= 0.0 && x[k] > 0.0) ent_rat_floor_dyadic(to, to, BITS);
    }
    ent_rat_release(&lo);
    ent_rat_release(&hi);
}

/* Exactly, at fractions near the best x. */
static ent_status try_exactly(search *s)
{
    static const double widths[] = {1e-4, 1e-6, 1e-8, 1e-10};
    ent_status st = ENT_OK;
    for (size_t k = 0; k < sizeof widths / sizeof *widths && !s->done; k++) {
        if (widths[k] < s->steps.size) break;
        snap(s, s->steps.best, widths[k]);
        bool any = false;
        for (int m = 0; m < s->interims; m++) any = any || ent_rat_sign(&s->lambda[m]) > 0;
        if (any) ENT_TRY(evaluate(s, false));
    }
done:
    return st;
}

static bool any_zero(const search *s)
{
    for (int m = 0; m < s->interims; m++)
        if (!(s->steps.best[m] > VANISHED)) return true;
    return false;
}

/* Weights that vanish: a solution is a limit of scales with positive ones. From the best x, or
 * simple fractions near it, a little towards the end of its path. */
static ent_status try_limits(search *s, int start)
{
    static const double widths[] = {1e-6, 1e-9, 0.0};
    ent_status st = ENT_OK;
    bool ok = false;
    ent_rat step = ENT_RAT_ZERO, way = ENT_RAT_ZERO;
    memcpy(s->steps.x, s->steps.best, (size_t)s->n * sizeof *s->steps.x);
    s->is_warm = false;
    ENT_TRY(respond(s, start, &ok));
    if (!ok) goto done;
    real_scales(s, &s->raw, s->end);
    ent_rat_set_double(&step, ldexp(1.0, -SHORT));
    for (size_t w = 0; w < sizeof widths / sizeof *widths && !s->done; w++) {
        snap(s, s->steps.next, widths[w]);
        for (int k = 0; k < s->n; k++) {
            ent_rat *to = k < s->interims ? &s->lambda[k] : &s->alpha[k - s->interims];
            ent_rat_set_double(&way, s->end[k]);
            ent_rat_floor_dyadic(&way, &way, BITS);
            ent_rat_sub(&way, &way, to);
            ent_rat_addmul(to, &step, &way);
        }
        ENT_TRY(evaluate(s, true));
    }
done:
    ent_rat_release(&step);
    ent_rat_release(&way);
    return st;
}

/* Nearly, at the best x. */
static ent_status try_nearly(search *s, int start)
{
    ent_status st = ENT_OK;
    if (any_zero(s)) {
        ENT_TRY(try_limits(s, start));
        goto done;
    }
    take_scales(s, s->steps.best);
    ENT_TRY(evaluate(s, true));
done:
    return st;
}

/* From the steps' x to a fixed point. */
static ent_status follow(search *s, int start)
{
    ent_status st = ENT_OK;
    bool ok = true;
    double tried = CLOSE;
    s->is_warm = false;
    ent_i_scale_steps_begin(&s->steps);
    do {
        ENT_TRY(respond(s, start, &ok));
        if (!ok) break;
        const double size = ent_i_scale_steps_take(&s->steps);
        if (size < tried) {
            ENT_TRY(try_exactly(s));
            tried = size * AGAIN;
        }
        if (s->done || size < STILL) break;
    } while (ent_i_scale_steps_move(&s->steps));
    if (!s->done && s->steps.size < CLOSE) ENT_TRY(try_nearly(s, start));
done:
    return st;
}

static void from_answer(search *s, const ent_bayes_answer *a)
{
    for (int m = 0; m < s->interims; m++) s->steps.x[m] = a->weight.value[m];
    for (int k = 0; k < s->pairs; k++) s->steps.x[s->interims + k] = a->multiplier.value[k];
}

/* Exactly at the answer's own scales. */
static ent_status at_answer(search *s, const ent_bayes_answer *a)
{
    ent_status st = ENT_OK;
    if (!a->exact) goto done;
    for (int m = 0; m < s->interims; m++) ent_rat_set(&s->lambda[m], &a->weight.exact[m]);
    for (int k = 0; k < s->pairs; k++) ent_rat_set(&s->alpha[k], &a->multiplier.exact[k]);
    ENT_TRY(evaluate(s, false));
done:
    return st;
}

/* A solution of another kind that is not found is no place to begin at. */
static ent_status forgive(ent_status st) { return st == ENT_E_LIMIT ? ENT_OK : st; }

static void random_x(search *s, int try)
{
    double sum = 0.0;
    ent_rng rng = ent_rng_stream((uint64_t)s->settings->seed, (uint64_t)try, PURPOSE);
    for (int m = 0; m < s->interims; m++) sum += s->steps.x[m] = -log(1.0 - ent_rng_uniform(&rng));
    for (int m = 0; m < s->interims; m++) s->steps.x[m] /= sum;
    for (int k = 0; k < s->pairs; k++) s->steps.x[s->interims + k] = 0.0;
}

/* A rough count of the operations of the largest threat's program in rationals, of which a try
 * solves dozens. */
static double work_of(const search *s)
{
    double most = 0.0;
    for (int j = 0; j < s->all->size; j++) {
        const ent_bayes_coal *part =
            s->model->coalition[s->all->members & ~ent_coal_single(s->all->member[j])];
        double rows = (double)part->profiles * (1 + part->size);
        for (int i = 0; i < part->size; i++) rows += part->types[i] * (part->types[i] - 1);
        most = fmax(most, rows * rows * part->profiles * part->decisions);
    }
    return most;
}

/* The scales with which a try begins; false: none. */
static bool begin_at(search *s, int try, const ent_bayes_answer *neutral,
                     const ent_bayes_answer *rival)
{
    const ent_bayes_answer *a = try == 0 ? neutral : try == 1 ? rival : NULL;
    if (try > 1) random_x(s, try);
    else if (a && a->coal) from_answer(s, a);
    return try > 1 || (a && a->coal);
}

ent_status ent_i_s_search(ent_ctx *ctx, const ent_bayesian *model,
                          const ent_bayesian_settings *settings, ent_s_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    search s = {0};
    ent_bayes_game game = {0};
    ent_m_solution rival = {0};
    /* one solution will do, whether there are others or not */
    ent_bayesian_settings once = *settings;
    once.starts = 1;
    once.enclosure_boxes = 0;
    ENT_TRY(search_new(ctx, model, settings, &s));
    ENT_TRY(forgive(ent_i_neutral_game(ctx, model, &once, &game)));
    const ent_bayes_answer *neutral = game.answer ? &game.answer[model->focus] : NULL;
    if (neutral) ENT_TRY(at_answer(&s, neutral));
    if (!s.done) ENT_TRY(forgive(ent_i_m_solution(ctx, model, settings, &rival)));
    if (!s.done && rival.answer.coal) ENT_TRY(at_answer(&s, &rival.answer));
    const int64_t tries = work_of(&s) <= settings->exact_work ? settings->scale_tries : 0;
    for (int try = 0; try < tries && !s.done; try++)
        if (begin_at(&s, try, neutral, &rival.answer)) ENT_TRY(follow(&s, try < 2 ? 0 : try));
    s.found.supported = s.done;
    *out = s.found;
    s.found = (ent_s_solution){0};
done:
    ent_i_s_solution_free(&s.found);
    search_free(&s);
    ent_i_m_solution_free(&rival);
    ent_i_bayes_game_free(&game);
    ent_scratch_reset(ctx, mark);
    return st;
}
