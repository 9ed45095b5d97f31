/* From a polished point to an exact one. Three linear systems, in this order:
 *   scales    W - virtual utility = 0 for the options in use (and ties), sum of lambda = 1; if that
 *             leaves freedom, the claims are recognised as fractions and the warrant equations,
 *             linear once omega is known, are added
 *   claims    A(lambda, alpha) omega = R, unless recognised before
 *   lotteries sum of mu = 1, U = (target + omega)/factor where lambda > 0, s = 0 where alpha > 0
 * Free unknowns become simple fractions. What comes out is checked from scratch; coarse fractions
 * are tried first. */
#include "bayesian/exact_point.h"

#include <math.h>

/* How close fractions stay to doubles (relative), coarse ones first; and how precisely polished
 * claims may be known: nearly to the last digit, which tells longer fractions apart, or less. */
static const double nearness[] = {1e-2, 1e-4, 1e-7, 1e-11};
static const double claim_tolerance[] = {1e-13, 1e-11};
enum {
    NEARNESS = sizeof nearness / sizeof *nearness,
    TOLERANCES = sizeof claim_tolerance / sizeof *claim_tolerance
};

/* Doubles in real units: weights and multipliers divided by the player's scale and normalised,
 * claims scaled back. */
typedef struct guess {
    double *alpha, *lambda, *omega;
    ent_rat *recognised; /* [interims] */
} guess;

static ent_status real_units(ent_ctx *ctx, const ent_bargain *b, const ent_bargain_point *point,
                             guess *g)
{
    ent_status st = ENT_OK;
    double sum = 0.0;
    ENT_SCRATCH(ctx, g->alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, g->lambda, b->interims);
    ENT_SCRATCH(ctx, g->omega, b->interims);
    for (int m = 0; m < b->interims; m++) {
        const double scale = b->scale[b->place[m]];
        g->lambda[m] = point->lambda[m] / scale;
        g->omega[m] = b->shift[m] + scale * point->omega[m];
        sum += g->lambda[m];
    }
    for (int m = 0; m < b->interims; m++) g->lambda[m] /= sum;
    for (int k = 0; k < b->pairs; k++)
        g->alpha[k] = point->alpha[k] / b->scale[b->place[b->pair_true[k]]] / sum;
done:
    return st;
}

static void recognise(const ent_bargain *b, double tolerance, guess *g)
{
    for (int m = 0; m < b->interims; m++)
        ent_i_recognise(g->omega[m], tolerance * (b->scale[b->place[m]] + fabs(g->omega[m])),
                        &g->recognised[m]);
}

typedef struct lifting {
    const ent_exact_problem *problem;
    const ent_active *active;
    const ent_bargain_point *point;
    guess near;
    int *column; /* [pairs + interims] of y, -1 where fixed at 0 */
    int y_columns;
} lifting;

static void add_to(const ent_exact_system *s, int row, int column, double sign, const ent_rat *x)
{
    if (column < 0) return;
    ent_rat *to = ent_i_bayes_exact_at(s, row, column);
    if (sign > 0.0) ent_rat_add(to, to, x);
    else ent_rat_sub(to, to, x);
}

static int slack_rows(const lifting *l, const ent_exact_system *s)
{
    const ent_bargain *b = l->problem->b;
    ent_rat one = ENT_RAT_ZERO;
    int row = 0;
    ent_rat_set_int(&one, 1);
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            if (!l->active->z[o]) continue;
            add_to(s, row, l->y_columns + cell, 1.0, &one);
            for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++)
                add_to(s, row, l->column[b->row[r].y], -b->row[r].sign,
                       &l->problem->a[(size_t)o * (size_t)b->interims + (size_t)b->row[r].interim]);
            row++;
        }
    for (int m = 0; m < b->interims; m++) add_to(s, row, l->column[b->pairs + m], 1.0, &one);
    ent_rat_set_int(ent_i_bayes_exact_at(s, row++, s->columns), 1);
    ent_rat_release(&one);
    return row;
}

/* A(lambda, alpha) omega - R(W, lambda) = 0 for the recognised omega. */
static void warrant_rows(const lifting *l, const ent_exact_system *s, int row)
{
    const ent_bargain *b = l->problem->b;
    const ent_rat *omega = l->near.recognised;
    ent_rat term = ENT_RAT_ZERO;
    for (int m = 0; m < b->interims; m++) {
        add_to(s, row + m, l->column[b->pairs + m], 1.0, &omega[m]);
        for (int k = 0; k < b->interims; k++) {
            ent_rat_mul(
                &term, &l->problem->q[m],
                &l->problem->outside[(size_t)b->place[m] * (size_t)b->interims + (size_t)k]);
            add_to(s, row + m, l->column[b->pairs + k], 1.0, &term);
        }
    }
    for (int k = 0; k < b->pairs; k++) {
        add_to(s, row + b->pair_true[k], l->column[k], 1.0, &omega[b->pair_true[k]]);
        add_to(s, row + b->pair_report[k], l->column[k], -1.0, &omega[b->pair_true[k]]);
    }
    for (int cell = 0; cell < b->cells; cell++)
        for (int w = b->first_warrant[cell]; w < b->first_warrant[cell + 1]; w++)
            add_to(s, row + b->warrant[w].interim, l->y_columns + cell, -1.0,
                   &l->problem->warrant[w]);
    ent_rat_release(&term);
}

static ent_status scales(ent_ctx *ctx, const lifting *l, bool with_claims, double relative,
                         ent_exact_point *out, bool *found, int *freedom)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = l->problem->b;
    ent_exact_system system = {0};
    double *near = NULL;
    ent_rat *x = NULL;
    int rows = 1;
    const int columns = l->y_columns + b->cells;
    for (int o = 0; o < b->options; o++) rows += l->active->z[o];
    x = ent_rats_new(ctx, (size_t)columns, &st);
    if (!x) goto done;
    ENT_SCRATCH(ctx, near, columns);
    ENT_TRY(ent_i_bayes_exact_system_new(ctx, rows + (with_claims ? b->interims : 0), columns,
                                         &system));
    const int next = slack_rows(l, &system);
    if (with_claims) warrant_rows(l, &system, next);
    for (int k = 0; k < b->pairs + b->interims; k++)
        if (l->column[k] >= 0)
            near[l->column[k]] = k < b->pairs ? l->near.alpha[k] : l->near.lambda[k - b->pairs];
    for (int cell = 0; cell < b->cells; cell++) near[l->y_columns + cell] = HUGE_VAL;
    ENT_TRY(ent_i_bayes_exact_solve(ctx, &system, near, relative, x, found, freedom));
    for (int k = 0; *found && k < b->pairs + b->interims; k++) {
        ent_rat *to = k < b->pairs ? &out->alpha[k] : &out->lambda[k - b->pairs];
        if (l->column[k] >= 0) ent_rat_set(to, &x[l->column[k]]);
        else ent_rat_set_int(to, 0);
    }
done:
    ent_i_bayes_exact_system_free(&system);
    ent_rats_free(x, (size_t)columns);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Row numbers of the lottery system: cells first, then r = 0, then s = 0. */
static int number_rows(const lifting *l, int *row_of_y)
{
    const ent_bargain *b = l->problem->b;
    int rows = b->cells;
    for (int m = 0; m < b->interims; m++) row_of_y[b->pairs + m] = l->active->r[m] ? rows++ : -1;
    for (int k = 0; k < b->pairs; k++) row_of_y[k] = l->active->s[k] ? rows++ : -1;
    return rows;
}

static void lottery_rows(const lifting *l, const ent_exact_system *s, const int *column,
                         const int *row_of_y, const ent_exact_point *p)
{
    const ent_bargain *b = l->problem->b;
    for (int cell = 0; cell < b->cells; cell++) {
        ent_rat_set_int(ent_i_bayes_exact_at(s, cell, s->columns), 1);
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            if (column[o] >= 0) ent_rat_set_int(ent_i_bayes_exact_at(s, cell, column[o]), 1);
        for (int r = b->first_row[cell]; cell < b->own_cells && r < b->first_row[cell + 1]; r++) {
            if (row_of_y[b->row[r].y] < 0) continue;
            for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
                add_to(s, row_of_y[b->row[r].y], column[o], b->row[r].sign,
                       &l->problem->a[(size_t)o * (size_t)b->interims + (size_t)b->row[r].interim]);
        }
    }
    for (int m = 0; m < b->interims; m++) {
        if (row_of_y[b->pairs + m] < 0) continue;
        ent_rat *right = ent_i_bayes_exact_at(s, row_of_y[b->pairs + m], s->columns);
        ent_rat_add(right, &l->problem->target[m], &p->omega[m]);
        ent_rat_div(right, right, &l->problem->factor);
    }
}

static ent_status solve_lotteries(ent_ctx *ctx, const lifting *l, double relative,
                                  ent_exact_point *out, bool *found)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = l->problem->b;
    ent_exact_system system = {0};
    int *column = NULL, *row_of_y = NULL, columns = 0, freedom = 0;
    double *near = NULL;
    ent_rat *x = NULL;
    ENT_SCRATCH(ctx, column, b->options);
    ENT_SCRATCH(ctx, row_of_y, b->pairs + b->interims);
    ENT_SCRATCH(ctx, near, b->options);
    for (int o = 0; o < b->options; o++) column[o] = l->active->mu[o] ? columns++ : -1;
    for (int o = 0; o < b->options; o++)
        if (column[o] >= 0) near[column[o]] = l->point->mu[o];
    x = ent_rats_new(ctx, (size_t)columns, &st);
    if (!x) goto done;
    ENT_TRY(ent_i_bayes_exact_system_new(ctx, number_rows(l, row_of_y), columns, &system));
    lottery_rows(l, &system, column, row_of_y, out);
    ENT_TRY(ent_i_bayes_exact_solve(ctx, &system, near, relative, x, found, &freedom));
    for (int o = 0; *found && o < b->options; o++) {
        if (column[o] >= 0) ent_rat_set(&out->mu[o], &x[column[o]]);
        else ent_rat_set_int(&out->mu[o], 0);
    }
done:
    ent_i_bayes_exact_system_free(&system);
    ent_rats_free(x, (size_t)columns);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Once the scales are known: w, claims, and whether the claims fit. */
static ent_status scales_to_claims(ent_ctx *ctx, const lifting *l, ent_exact_point *out,
                                   bool *found)
{
    ent_status st = ENT_OK;
    int freedom = 0;
    ent_i_bayes_exact_best(l->problem, out->alpha, out->lambda, out->w);
    ENT_TRY(ent_i_bayes_exact_claims(ctx, l->problem, out->alpha, out->lambda, out->w,
                                     l->near.omega, out->omega, found, &freedom));
    if (!*found || freedom == 0) goto done;
    /* Claims of unlinked types without weight are not determined by the equations: take the
     * recognised ones. */
    for (int m = 0; m < l->problem->b->interims; m++)
        ent_rat_set(&out->omega[m], &l->near.recognised[m]);
done:
    return st;
}

static ent_status attempt(ent_ctx *ctx, const lifting *l, bool with_claims, double relative,
                          ent_exact_point *out, bool *found, bool *determined)
{
    ent_status st = ENT_OK;
    int freedom = 0;
    ENT_TRY(scales(ctx, l, with_claims, relative, out, found, &freedom));
    *determined = freedom == 0;
    if (!with_claims && !*determined) *found = false;
    if (!*found) goto done;
    ENT_TRY(scales_to_claims(ctx, l, out, found));
    if (!*found) goto done;
    ENT_TRY(solve_lotteries(ctx, l, relative, out, found));
    if (!*found) goto done;
    ent_i_bayes_exact_means(l->problem, out->mu, out->u, out->s);
    *found =
        ent_i_bayes_exact_efficient(l->problem, out->mu, out->s, out->alpha, out->lambda, out->w) &&
        ent_i_bayes_exact_balanced(l->problem, out);
done:
    return st;
}

ent_status ent_i_bayes_exact_lift(ent_ctx *ctx, const ent_exact_problem *problem,
                                  const ent_active *active, const ent_bargain_point *point,
                                  int *from, ent_exact_point *out, bool *found)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = problem->b;
    lifting l = {.problem = problem, .active = active, .point = point};
    *found = false;
    l.near.recognised = ent_rats_new(ctx, (size_t)b->interims, &st);
    if (!l.near.recognised) goto done;
    ENT_TRY(real_units(ctx, b, point, &l.near));
    ENT_SCRATCH(ctx, l.column, b->pairs + b->interims);
    for (int k = 0; k < b->pairs; k++) l.column[k] = active->alpha[k] ? l.y_columns++ : -1;
    for (int m = 0; m < b->interims; m++)
        l.column[b->pairs + m] = active->lambda[m] ? l.y_columns++ : -1;
    while (!*found && *from < (1 + TOLERANCES) * NEARNESS) {
        const bool with_claims = *from >= NEARNESS;
        bool determined = true;
        recognise(b, claim_tolerance[with_claims ? *from / NEARNESS - 1 : 0], &l.near);
        ENT_TRY(attempt(ctx, &l, with_claims, nearness[*from % NEARNESS], out, found, &determined));
        *from = !with_claims && !determined ? NEARNESS : *from + 1;
    }
done:
    ent_rats_free(l.near.recognised, (size_t)b->interims);
    ent_scratch_reset(ctx, mark);
    return st;
}
