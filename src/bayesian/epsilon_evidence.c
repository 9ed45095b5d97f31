/* An epsilon-certificate: strictly positive rational weights near the solution's, claims that solve
 * the warrant equations exactly, and the smallest epsilon for which Definition 4's inequalities
 * hold. Several ways to make vanishing weights positive are tried; the one with the smallest
 * epsilon is kept. */
#include "bayesian/evidence.h"

#include "bayesian/efficiency.h"

#include <math.h>

/* Trials: what vanishes is set to these multiples of the prior; then all numbers go this share of
 * the way from the solution to the end of the path, which shows the right proportions, also those
 * in which positive weights move; the last trial is the end of the path. */
static const double floors[] = {1e-5, 1e-7, 1e-9, 1e-11};
static const double shares_of_path[] = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7};
enum {
    FLOORS = sizeof floors / sizeof *floors,
    SHARES = sizeof shares_of_path / sizeof *shares_of_path,
    TRIALS = FLOORS + SHARES + 1
};
/* Rationals stay this close to their doubles, relatively: shorter fractions, and nothing lost that
 * doubles knew. */
static const double closeness = 1e-14;

typedef struct trial {
    ent_rat *lambda, *alpha, *omega, *w;
    ent_rat epsilon;
} trial;

static void trial_free(const ent_bargain *b, trial *t)
{
    ent_rats_free(t->lambda, (size_t)b->interims);
    ent_rats_free(t->omega, (size_t)b->interims);
    ent_rats_free(t->alpha, (size_t)b->pairs);
    ent_rats_free(t->w, (size_t)b->cells);
    ent_rat_release(&t->epsilon);
}

static ent_status trial_new(ent_ctx *ctx, const ent_bargain *b, trial *t)
{
    ent_status st = ENT_OK;
    *t = (trial){.epsilon = ENT_RAT_ZERO};
    if (!(t->lambda = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(t->omega = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(t->alpha = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    if (!(t->w = ent_rats_new(ctx, (size_t)b->cells, &st))) goto done;
done:
    return st;
}

static void near_double(double x, ent_rat *out) { ent_i_recognise(x, fabs(x) * closeness, out); }

/* Exact lotteries close to the doubles: each cell's largest probability takes up what is missing to
 * 1. */
static ent_status exact_lotteries(ent_ctx *ctx, const ent_bargain *b,
                                  const ent_bayes_mechanism *from, ent_rat *mu)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    int *largest = NULL;
    ent_rat *rest = NULL;
    ENT_SCRATCH(ctx, largest, b->own_cells);
    if (!(rest = ent_rats_new(ctx, (size_t)b->own_cells, &st))) goto done;
    for (int cell = 0; cell < b->own_cells; cell++) {
        largest[cell] = -1;
        ent_rat_set_int(&rest[cell], 1);
    }
    for (int k = 0; k < from->entries; k++) {
        const int cell = from->profile[k];
        int o = b->first[cell];
        while (b->decision[o] != from->decision[k]) o++;
        near_double(from->probability.value[k], &mu[o]);
        ent_rat_sub(&rest[cell], &rest[cell], &mu[o]);
        if (largest[cell] < 0 || ent_rat_cmp(&mu[o], &mu[largest[cell]]) > 0) largest[cell] = o;
    }
    for (int cell = 0; cell < b->own_cells; cell++)
        ent_rat_add(&mu[largest[cell]], &mu[largest[cell]], &rest[cell]);
done:
    ent_rats_free(rest, (size_t)b->own_cells);
    ent_scratch_reset(ctx, mark);
    return st;
}

static void normalise(const ent_bargain *b, trial *t)
{
    ent_rat sum = ENT_RAT_ZERO;
    for (int m = 0; m < b->interims; m++) ent_rat_add(&sum, &sum, &t->lambda[m]);
    for (int m = 0; m < b->interims; m++) ent_rat_div(&t->lambda[m], &t->lambda[m], &sum);
    for (int k = 0; k < b->pairs; k++) ent_rat_div(&t->alpha[k], &t->alpha[k], &sum);
    ent_rat_release(&sum);
}

/* epsilon = max over m of (T + omega)/factor - U, or 0. */
static void measure(const ent_exact_problem *problem, const ent_rat *u, trial *t)
{
    const ent_bargain *b = problem->b;
    ent_rat x = ENT_RAT_ZERO;
    ent_rat_set_int(&t->epsilon, 0);
    for (int m = 0; m < b->interims; m++) {
        ent_rat_add(&x, &problem->target[m], &t->omega[m]);
        ent_rat_div(&x, &x, &problem->factor);
        ent_rat_sub(&x, &x, &u[m]);
        if (ent_rat_cmp(&x, &t->epsilon) > 0) ent_rat_set(&t->epsilon, &x);
    }
    ent_rat_release(&x);
}

/* What weights add up to when every player's utility has range 1, over the player's range: floors
 * are parts of that, so that weights of 1e-13 of a player who counts in millions are not taken for
 * vanishing. */
static double unit(const ent_bargain *b, const ent_bayes_answer *a, int m)
{
    double total = 0.0;
    for (int l = 0; l < b->interims; l++) total += a->weight.value[l] * b->scale[b->place[l]];
    return total / b->scale[b->place[m]];
}

/* Weights and multipliers of a trial: the worths, the claims and the epsilon. */
static ent_status evaluate(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *u,
                           trial *t)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = problem->b;
    bool consistent = false;
    int freedom = 0;
    double *near = NULL;
    ENT_SCRATCH(ctx, near, b->interims);
    for (int m = 0; m < b->interims; m++) near[m] = HUGE_VAL;
    normalise(b, t);
    ent_i_bayes_exact_best(problem, t->alpha, t->lambda, t->w);
    ENT_TRY(ent_i_bayes_exact_claims(ctx, problem, t->alpha, t->lambda, t->w, near, t->omega,
                                     &consistent, &freedom));
    if (!consistent || freedom > 0)
        ENT_BUG(ctx, "warrant equations with positive weights are singular");
    measure(problem, u, t);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static void above_floors(const ent_bargain *b, const ent_bayes_answer *a, const double *open_share,
                         double least, trial *t)
{
    for (int m = 0; m < b->interims; m++)
        near_double(fmax(a->weight.value[m], least * b->q[m] * unit(b, a, m)), &t->lambda[m]);
    /* Open claims: the multipliers vanish more slowly than the weights. */
    for (int k = 0; k < b->pairs; k++) {
        const int m = b->pair_true[k];
        near_double(
            fmax(a->multiplier.value[k], sqrt(least) * open_share[k] * b->q[m] * unit(b, a, m)),
            &t->alpha[k]);
    }
}

static bool is_open(const ent_bargain *b, const double *open_share, int m)
{
    for (int k = 0; k < b->pairs; k++)
        if (b->pair_true[k] == m && open_share[k] > 0.0) return true;
    return false;
}

/* A multiplier that vanishes faster than the weights of its types is this small beside them at the
 * end of the path, and 0 here. */
static const double faster = 1e-4;

static bool vanishes_faster(const ent_bargain *b, const ent_bayes_answer *a, const double *lambda,
                            const double *alpha, int k)
{
    return a->multiplier.value[k] == 0.0 &&
           alpha[k] < faster * fmin(lambda[b->pair_true[k]], lambda[b->pair_report[k]]);
}

/* x + share (y - x) for all weights and multipliers; weights of open claims vanish faster still. */
static void towards_path(const ent_bargain *b, const ent_bayes_answer *a,
                         const ent_path_trend *path, double share, trial *t)
{
    const double *lambda = path->lambda, *alpha = path->alpha, *open_share = path->open_share;
    double sum = 0.0;
    for (int m = 0; m < b->interims; m++) sum += lambda[m];
    for (int m = 0; m < b->interims; m++) {
        const double x = a->weight.value[m],
                     part = is_open(b, open_share, m) ? share * share : share;
        near_double(x + part * (lambda[m] / sum - x), &t->lambda[m]);
    }
    for (int k = 0; k < b->pairs; k++) {
        const double x = a->multiplier.value[k],
                     y = vanishes_faster(b, a, lambda, alpha, k) ? 0.0 : alpha[k] / sum;
        near_double(x + share * (y - x), &t->alpha[k]);
    }
}

/* The last trial has all digits: where weights vanish, claims are quotients of what rounding would
 * drown. */
static void path_itself(const ent_bargain *b, const ent_path_trend *path, trial *t)
{
    for (int m = 0; m < b->interims; m++) ent_rat_set(&t->lambda[m], &path->exact_lambda[m]);
    for (int k = 0; k < b->pairs; k++) ent_rat_set(&t->alpha[k], &path->exact_alpha[k]);
}

static ent_status attempt(ent_ctx *ctx, const ent_exact_problem *problem, const ent_bayes_answer *a,
                          const ent_path_trend *path, int number, const ent_rat *u, trial *t)
{
    if (number < FLOORS) above_floors(problem->b, a, path->open_share, floors[number], t);
    else if (number < TRIALS - 1)
        towards_path(problem->b, a, path, shares_of_path[number - FLOORS], t);
    else path_itself(problem->b, path, t);
    return evaluate(ctx, problem, u, t);
}

static void swap_trials(trial *x, trial *y)
{
    const trial t = *x;
    *x = *y;
    *y = t;
}

/* gap = sum W - sum lambda U; incentive = the largest -s; distance = the largest |U -
 * utilities|. */
static void measure_mechanism(const ent_exact_problem *problem, const trial *best, const ent_rat *s,
                              const double *utility, ent_bayes_answer *a)
{
    const ent_bargain *b = problem->b;
    ent_rat x = ENT_RAT_ZERO;
    ent_rat_set_int(&a->gap, 0);
    ent_rat_set_int(&a->incentive, 0);
    ent_rat_set_int(&a->distance, 0);
    for (int cell = 0; cell < b->own_cells; cell++) ent_rat_add(&a->gap, &a->gap, &best->w[cell]);
    for (int m = 0; m < b->interims; m++) {
        ent_rat_submul(&a->gap, &best->lambda[m], &a->certified[m]);
        ent_rat_set_double(&x, utility[m]);
        ent_rat_sub(&x, &x, &a->certified[m]);
        if (ent_rat_sign(&x) < 0) ent_rat_neg(&x, &x);
        if (ent_rat_cmp(&x, &a->distance) > 0) ent_rat_set(&a->distance, &x);
    }
    for (int k = 0; k < b->pairs; k++) {
        ent_rat_neg(&x, &s[k]);
        if (ent_rat_cmp(&x, &a->incentive) > 0) ent_rat_set(&a->incentive, &x);
    }
    ent_rat_release(&x);
}

/* Where weights vanish: weights that do not, and what they leave open, sum W - lambda U. */
static ent_status measure_efficiency(ent_ctx *ctx, const ent_exact_problem *problem, ent_rat *w,
                                     ent_bayes_answer *a)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_efficiency e = {0};
    if (a->status == ENT_BAYES_NONDEGENERATE) goto done;
    ENT_TRY(ent_i_efficiency_near(ctx, problem, a->certified, &e));
    if (!e.exact) goto done;
    ent_i_bayes_exact_best(problem, e.alpha, e.lambda, w);
    ent_rat_set_int(&a->loss, 0);
    for (int cell = 0; cell < b->own_cells; cell++) ent_rat_add(&a->loss, &a->loss, &w[cell]);
    for (int m = 0; m < b->interims; m++) ent_rat_submul(&a->loss, &e.lambda[m], &a->certified[m]);
    a->efficient_weight = e.lambda, e.lambda = NULL;
    a->efficient_multiplier = e.alpha, e.alpha = NULL;
done:
    ent_i_efficiency_free(&e);
    return st;
}

ent_status ent_i_epsilon_evidence(ent_ctx *ctx, const ent_exact_problem *problem,
                                  const ent_path_trend *path, ent_bayes_answer *a)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_rat *mu = NULL, *s = NULL;
    trial best = {.epsilon = ENT_RAT_ZERO}, next = {.epsilon = ENT_RAT_ZERO};
    if (!(mu = ent_rats_new(ctx, (size_t)b->options, &st))) goto done;
    if (!(s = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    ENT_TRY(trial_new(ctx, b, &best));
    ENT_TRY(trial_new(ctx, b, &next));
    ENT_TRY(exact_lotteries(ctx, b, &a->mechanism, mu));
    ent_i_bayes_exact_means(problem, mu, a->certified, s);
    ENT_TRY(ent_i_mechanism_of(ctx, b, NULL, mu, &a->proof_mechanism));
    const int from = a->status == ENT_BAYES_NONDEGENERATE ? FLOORS - 1 : 0,
              to = a->status == ENT_BAYES_NONDEGENERATE ? FLOORS : TRIALS;
    for (int k = from; k < to; k++) {
        ENT_TRY(attempt(ctx, problem, a, path, k, a->certified, &next));
        if (k == from || ent_rat_cmp(&next.epsilon, &best.epsilon) < 0) swap_trials(&best, &next);
    }
    measure_mechanism(problem, &best, s, a->utility.value, a);
    ENT_TRY(measure_efficiency(ctx, problem, next.w, a));
    ent_rat_swap(&a->epsilon, &best.epsilon);
    a->proof_weight = best.lambda, best.lambda = NULL;
    a->proof_multiplier = best.alpha, best.alpha = NULL;
    a->proof_claim = best.omega, best.omega = NULL;
    a->proof = ENT_PROOF_EPSILON;
done:
    trial_free(b, &next);
    trial_free(b, &best);
    ent_rats_free(s, (size_t)b->pairs);
    ent_rats_free(mu, (size_t)b->options);
    return st;
}

ent_status ent_i_numerical_evidence(ent_ctx *ctx, const ent_exact_problem *problem,
                                    const ent_bayes_mechanism *mechanism, const ent_twin *weight,
                                    const ent_twin *multiplier, const ent_twin *utility,
                                    ent_bayes_answer *a)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_rat *mu = NULL, *s = NULL;
    trial t = {.epsilon = ENT_RAT_ZERO};
    *a = (ent_bayes_answer){.coal = b->coal, .interims = b->interims, .pairs = b->pairs};
    if (!(mu = ent_rats_new(ctx, (size_t)b->options, &st))) goto done;
    if (!(s = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    if (!(a->certified = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    ENT_TRY(trial_new(ctx, b, &t));
    ENT_TRY(exact_lotteries(ctx, b, mechanism, mu));
    ent_i_bayes_exact_means(problem, mu, a->certified, s);
    ENT_TRY(ent_i_mechanism_of(ctx, b, NULL, mu, &a->proof_mechanism));
    for (int m = 0; m < b->interims; m++) ent_rat_set(&t.lambda[m], &weight->exact[m]);
    for (int k = 0; k < b->pairs; k++) near_double(fmax(0.0, multiplier->value[k]), &t.alpha[k]);
    ent_i_bayes_exact_best(problem, t.alpha, t.lambda, t.w);
    measure_mechanism(problem, &t, s, utility->value, a);
    a->proof_multiplier = t.alpha, t.alpha = NULL;
done:
    trial_free(b, &t);
    ent_rats_free(s, (size_t)b->pairs);
    ent_rats_free(mu, (size_t)b->options);
    return st;
}
