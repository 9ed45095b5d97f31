/* One coalition: paths from several starts, each cut at several places, until one can be polished; then the proof. */
#include "bayesian/neutral.h"

#include "bayesian/complete_limit.h"
#include "bayesian/exact_answer.h"

#include <math.h>
#include <string.h>

/* Paths are cut here, after the setting theta_end, when the equations guessed at the end lead nowhere: near a degenerate
 * solution doubles lose the path early, while what vanishes can be told long before. */
static const double cuts[] = {1e-4, 1e-3, 1e-2};
enum { CUTS = sizeof cuts / sizeof *cuts, STEPS = 600, PURPOSE = 4 };
/* A polished point lies this close to its path's end: the path's own error is of the order of theta. */
static const double reach_least = 2e-3, reach_per_theta = 5.0;

typedef struct search {
    const ent_bargain *b;
    const ent_bayesian_settings *settings;
    ent_bargain_point point, raw; /* polished, and the path's end it came from */
    ent_slopes slopes;
    ent_active active;
    bool found, any; /* a solution; at least the end of a path */
    int start;
    double theta;    /* where the path of `raw` ended */
} search;

static ent_status search_new(ent_ctx *ctx, const ent_bargain *b, const ent_bayesian_settings *settings, search *s)
{
    ent_status st = ENT_OK;
    *s = (search){.b = b, .settings = settings};
    ENT_TRY(ent_i_bargain_point_new(ctx, b, &s->point));
    ENT_TRY(ent_i_bargain_point_new(ctx, b, &s->raw));
    ENT_TRY(ent_i_active_new(ctx, b, &s->active));
    ENT_SCRATCH(ctx, s->slopes.mu, b->options);
    ENT_SCRATCH(ctx, s->slopes.alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, s->slopes.lambda, b->interims);
done:
    return st;
}

/* A weight that is said to stay, and that polishing moves this far below the path's theta, vanishes: weights vanish like theta, so
 * the slopes could not tell. */
static const double weight_per_theta = 1e-6;

/* Weights that polishing has shown to vanish are taken as such. Returned: are there any? */
static bool weights_sink(search *s, double theta)
{
    bool any = false;
    for (int m = 0; m < s->b->interims; m++) {
        if (!s->active.lambda[m] || s->point.lambda[m] >= weight_per_theta * theta) continue;
        s->active.lambda[m] = s->active.r[m] = false;
        any = true;
    }
    return any;
}

static ent_status one_path(ent_ctx *ctx, search *s, int start, double theta_end)
{
    ent_status st = ENT_OK;
    const ent_path_settings path = {.theta_end = theta_end, .steps = STEPS, .canonical = start == 0,
                                    .rng = ent_rng_stream((uint64_t)s->settings->seed, (uint64_t)start, PURPOSE)};
    double theta = 1.0, residual = 0.0;
    int steps = 0;
    bool arrived = false;
    ENT_TRY(ent_i_path(ctx, s->b, &path, &s->point, &s->slopes, &theta, &steps, &arrived));
    /* The deepest end of this start's paths shows best in which proportions weights vanish. */
    if (!s->any || start != s->start || theta < s->theta) {
        ent_i_bargain_point_copy(s->b, &s->point, &s->raw);
        s->theta = theta;
    }
    s->any = true;
    s->start = start;
    ent_i_classify(s->b, &s->slopes, &s->point, &s->active);
    const double reach = fmax(reach_least, reach_per_theta * theta);
    ENT_TRY(ent_i_polish(ctx, s->b, &s->active, s->settings->tolerance, reach, &s->point, &s->found, &residual));
    if (s->found && weights_sink(s, theta)) {
        ent_i_bargain_point_copy(s->b, &s->raw, &s->point);
        ENT_TRY(ent_i_polish(ctx, s->b, &s->active, s->settings->tolerance, reach, &s->point, &s->found, &residual));
    }
done:
    return st;
}

static ent_status look(ent_ctx *ctx, search *s, int start)
{
    ent_status st = ENT_OK;
    for (int64_t k = 0; !s->found && k <= s->settings->attempts; k++) {
        /* Retries of one start are numbered apart from all other starts. */
        const int from = k == 0 ? start : (int)(1000000 + 1000 * (int64_t)start + k);
        ENT_TRY(one_path(ctx, s, from, s->settings->theta_end));
        for (int cut = 0; !s->found && cut < CUTS; cut++) ENT_TRY(one_path(ctx, s, from, cuts[cut]));
    }
    if (!s->found)
        ENT_FAIL(ctx, ENT_E_LIMIT,
                 "no path led to a solution of a coalition of %d members and %d types from %lld starts; more may (--set attempts=...)",
                 s->b->coal->size, s->b->interims, (long long)s->settings->attempts + 1);
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

ent_status ent_i_bargain_doubles(ent_ctx *ctx, const ent_bargain *b, const ent_bayesian_settings *settings, int start, bool warm,
                                 ent_active *active, ent_bargain_point *point, ent_bargain_point *raw, bool *found)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    double residual = 0.0;
    search s;
    *found = false;
    if (warm) ENT_TRY(ent_i_polish(ctx, b, active, settings->tolerance, warm_reach, point, found, &residual));
    if (*found) goto done;
    ENT_TRY(search_new(ctx, b, settings, &s));
    ENT_TRY(one_path(ctx, &s, start, settings->theta_end));
    for (int cut = 0; !s.found && cut < CUTS; cut++) ENT_TRY(one_path(ctx, &s, start, cuts[cut]));
    *found = s.found;
    ent_i_bargain_point_copy(b, &s.point, point);
    ent_i_bargain_point_copy(b, &s.raw, raw);
    active_copy(b, &s.active, active);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* A is regular when multipliers lead from every type without weight, report by report, to a type with weight. */
static ent_bayes_status status_of(const ent_bargain *b, const ent_bayes_answer *a, bool *linked)
{
    bool positive = true, all = true, grown = true;
    for (int m = 0; m < b->interims; m++) {
        linked[m] = a->weight.value[m] > 0.0;
        positive = positive && linked[m];
    }
    while (grown) {
        grown = false;
        for (int k = 0; k < b->pairs; k++) {
            if (linked[b->pair_true[k]] || !linked[b->pair_report[k]] || !(a->multiplier.value[k] > 0.0)) continue;
            linked[b->pair_true[k]] = grown = true;
        }
    }
    for (int m = 0; m < b->interims; m++) all = all && linked[m];
    return positive ? ENT_BAYES_NONDEGENERATE : all ? ENT_BAYES_ISOLATED : ENT_BAYES_LIMIT;
}

/* A rough count of the exact operations of the lift. */
static double work_of(const search *s)
{
    const ent_bargain *b = s->b;
    double slack_rows = 0.0, used = 0.0;
    for (int o = 0; o < b->options; o++) slack_rows += s->active.z[o], used += s->active.mu[o];
    const double y = b->pairs + b->interims, rows = slack_rows + b->interims, columns = y + b->cells;
    const double lottery_rows = b->cells + y;
    return rows * columns * fmin(rows, y + 1.0) + lottery_rows * used * fmin(lottery_rows, y + 1.0);
}

static void paths_shape(const search *s, double *lambda, double *alpha)
{
    const ent_bargain *b = s->b;
    for (int m = 0; m < b->interims; m++) lambda[m] = s->raw.lambda[m] / b->scale[b->place[m]];
    for (int k = 0; k < b->pairs; k++) alpha[k] = s->raw.alpha[k] / b->scale[b->place[b->pair_true[k]]];
}

ent_status ent_i_solve_bargain(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat, bool threats_exact,
                               const ent_bayesian_settings *settings, int start, ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    search s;
    ent_exact_problem problem = {0};
    ent_bayes_answer answer = {0};
    double *lambda = NULL, *alpha = NULL;
    bool *linked = NULL;
    ENT_SCRATCH(ctx, linked, b->interims);
    ENT_SCRATCH(ctx, lambda, b->interims);
    ENT_SCRATCH(ctx, alpha, b->pairs + 1);
    ENT_TRY(search_new(ctx, b, settings, &s));
    ENT_TRY(look(ctx, &s, start));
    paths_shape(&s, lambda, alpha);
    ENT_TRY(ent_i_bayes_exact_problem_new(ctx, b, threat, &problem));
    const ent_path_trend path = {.lambda = lambda, .alpha = alpha};
    if (s.found && threats_exact && work_of(&s) <= settings->exact_work)
        ENT_TRY(ent_i_exact_answer(ctx, &problem, &s.active, &s.point, &path, &answer));
    if (!answer.coal) {
        ENT_TRY(ent_i_answer_doubles(ctx, b, &s.active, &s.point, &answer));
        answer.status = status_of(b, &answer, linked);
        answer.polished = s.found;
        if (answer.status != ENT_BAYES_NONDEGENERATE) ENT_TRY(ent_i_complete_limit(ctx, &problem, &answer));
        ENT_TRY(ent_i_epsilon_evidence(ctx, &problem, lambda, alpha, s.active.share, &answer));
    }
    answer.start = start;
    *out = answer;
    answer = (ent_bayes_answer){0};
done:
    ent_i_bayes_answer_free(&answer);
    ent_i_bayes_exact_problem_free(&problem);
    ent_scratch_reset(ctx, mark);
    return st;
}
