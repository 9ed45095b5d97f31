/* One coalition: paths from several starts until one arrives; then the proof. */
#include "bayesian/neutral.h"

#include "bayesian/complete_limit.h"
#include "bayesian/exact_answer.h"
#include "bayesian/pursuit.h"

#include <math.h>

/* A is regular when multipliers lead from every type without weight, report by report, to a type
 * with weight. */
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
            if (linked[b->pair_true[k]] || !linked[b->pair_report[k]] ||
                !(a->multiplier.value[k] > 0.0))
                continue;
            linked[b->pair_true[k]] = grown = true;
        }
    }
    for (int m = 0; m < b->interims; m++) all = all && linked[m];
    return positive ? ENT_BAYES_NONDEGENERATE : all ? ENT_BAYES_ISOLATED : ENT_BAYES_LIMIT;
}

/* A rough count of the exact operations of the lift. */
static double work_of(const ent_bargain *b, const ent_pursuit *s)
{
    double slack_rows = 0.0, used = 0.0;
    for (int o = 0; o < b->options; o++) slack_rows += s->active.z[o], used += s->active.mu[o];
    const double y = b->pairs + b->interims, rows = slack_rows + b->interims,
                 columns = y + b->cells;
    const double lottery_rows = b->cells + y;
    return rows * columns * fmin(rows, y + 1.0) + lottery_rows * used * fmin(lottery_rows, y + 1.0);
}

/* The end of a path in real units. */
typedef struct path_end {
    double *lambda, *alpha;
    ent_rat *exact_lambda, *exact_alpha;
} path_end;

static ent_status path_end_new(ent_ctx *ctx, const ent_bargain *b, path_end *end)
{
    ent_status st = ENT_OK;
    ENT_SCRATCH(ctx, end->lambda, b->interims);
    ENT_SCRATCH(ctx, end->alpha, b->pairs + 1);
    if (!(end->exact_lambda = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(end->exact_alpha = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
done:
    return st;
}

static void path_end_free(const ent_bargain *b, path_end *end)
{
    ent_rats_free(end->exact_lambda, (size_t)b->interims);
    ent_rats_free(end->exact_alpha, (size_t)b->pairs);
}

/* From scaled units to real ones; doubles so that weights sum to 1. */
static void unscale(const ent_bargain *b, int place, const ent_rat *from, ent_rat *exact,
                    double *rounded)
{
    ent_rat_set_double(exact, b->scale[place]);
    ent_rat_div(exact, from, exact);
    *rounded = ent_rat_double(exact);
}

static void set_path_end(const ent_bargain *b, const ent_pursuit *p, path_end *end)
{
    for (int m = 0; m < b->interims; m++)
        unscale(b, b->place[m], &p->end_lambda[m], &end->exact_lambda[m], &end->lambda[m]);
    for (int k = 0; k < b->pairs; k++)
        unscale(b, b->place[b->pair_true[k]], &p->end_alpha[k], &end->exact_alpha[k],
                &end->alpha[k]);
    double sum = 0.0;
    for (int m = 0; m < b->interims; m++) sum += end->lambda[m];
    for (int m = 0; m < b->interims; m++) end->lambda[m] /= sum;
    for (int k = 0; k < b->pairs; k++) end->alpha[k] /= sum;
}

/* The exact proof, or an epsilon with the weights of the path's end. */
static ent_status prove(ent_ctx *ctx, const ent_exact_problem *problem, const ent_pursuit *p,
                        bool try_exact, ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = problem->b;
    const ent_bargain_point point = {
        .mu = p->mu, .alpha = p->alpha, .lambda = p->lambda, .w = p->w, .omega = p->omega};
    path_end end = {0};
    bool *linked = NULL;
    ENT_TRY(path_end_new(ctx, b, &end));
    set_path_end(b, p, &end);
    ENT_SCRATCH(ctx, linked, b->interims);
    const ent_path_trend path = {.lambda = end.lambda,
                                 .alpha = end.alpha,
                                 .exact_lambda = end.exact_lambda,
                                 .exact_alpha = end.exact_alpha,
                                 .open_share = p->active.share};
    if (p->found && try_exact)
        ENT_TRY(ent_i_exact_answer(ctx, problem, &p->active, &point, &path, out));
    if (out->coal) goto done;
    ENT_TRY(ent_i_answer_doubles(ctx, b, &p->active, &point, out));
    out->status = status_of(b, out, linked);
    out->polished = p->found;
    if (out->status != ENT_BAYES_NONDEGENERATE) ENT_TRY(ent_i_complete_limit(ctx, problem, out));
    ENT_TRY(ent_i_epsilon_evidence(ctx, problem, &path, out));
done:
    path_end_free(b, &end);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* An epsilon above this share of the largest range is worth wide reals, unless a linear system of
 * theirs costs more than this. */
static const double poor_epsilon = 1e-9, wide_work = 1e6;

static bool is_poor(const ent_bargain *b, const ent_bayes_answer *a)
{
    double range = 0.0;
    const double order = b->pairs + 2.0 * b->interims + 2.0, k = b->interims;
    for (int i = 0; i < b->coal->size; i++) range = fmax(range, b->scale[i]);
    return !a->exact && ent_rat_double(&a->epsilon) > poor_epsilon * range &&
           b->options * k * k + order * order * order / 3.0 <= wide_work;
}

/* The same path, further down: keep what it proves when that is better. */
static ent_status improve(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *threat,
                          const ent_bayesian_settings *settings, bool try_exact, ent_pursuit *p,
                          ent_bayes_answer *answer)
{
    ent_status st = ENT_OK;
    ent_bayes_answer next = {0};
    ENT_TRY(ent_i_seek_further(ctx, problem->b, threat, settings, p));
    if (!p->found) goto done;
    ENT_TRY(prove(ctx, problem, p, try_exact, &next));
    if (next.exact || ent_rat_cmp(&next.epsilon, &answer->epsilon) < 0) {
        const ent_bayes_answer t = *answer;
        *answer = next;
        next = t;
    }
done:
    ent_i_bayes_answer_free(&next);
    return st;
}

/* Threats that are not exact are right to about this, and so are the conditions that they enter. */
static const double rough_threats = 1e-10;

ent_status ent_i_solve_bargain(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                               bool threats_exact, const ent_bayesian_settings *settings, int start,
                               ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_pursuit p = {0};
    ent_exact_problem problem = {0};
    ent_bayes_answer answer = {0};
    ent_bayesian_settings rough = *settings;
    if (!threats_exact) rough.tolerance = fmax(rough.tolerance, rough_threats);
    ENT_TRY(ent_i_pursuit_new(ctx, b, &p));
    ENT_TRY(ent_i_seek(ctx, b, threat, &rough, start, &p));
    ENT_TRY(ent_i_bayes_exact_problem_new(ctx, b, threat, &problem));
    const bool try_exact = threats_exact && work_of(b, &p) <= settings->exact_work;
    ENT_TRY(prove(ctx, &problem, &p, try_exact, &answer));
    if (!p.wide && is_poor(b, &answer))
        ENT_TRY(improve(ctx, &problem, threat, &rough, try_exact, &p, &answer));
    answer.start = start;
    *out = answer;
    answer = (ent_bayes_answer){0};
done:
    ent_i_bayes_answer_free(&answer);
    ent_i_bayes_exact_problem_free(&problem);
    ent_i_pursuit_free(b, &p);
    ent_scratch_reset(ctx, mark);
    return st;
}
