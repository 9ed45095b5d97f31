#include "bayesian/polish.h"

#include "num/linear.h"

#include <math.h>

/* Columns of R smaller than this, relative to the largest, count as dependent: the solution set has a direction there. */
static const double rank_tolerance = 1e-9;
enum { ROUNDS = 12 };

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

static void classify(int n, const double *slope, double exponent, bool *positive, bool *equation)
{
    for (int k = 0; k < n; k++) {
        positive[k] = slope[k] > -exponent / 4.0;
        equation[k] = !(slope[k] < -0.75 * exponent);
    }
}

static void find_open(const ent_bargain *b, const ent_slopes *slopes, ent_bargain_point *point, ent_active *out)
{
    for (int k = 0; k < b->pairs; k++) out->share[k] = 0.0;
    for (int m = 0; m < b->interims; m++) {
        double total = 0.0;
        out->open[m] = false;
        for (int k = 0; k < b->pairs; k++)
            if (b->pair_true[k] == m) total += point->alpha[k];
        if (!(slopes->lambda[m] < -1.5) || !(total > 0.0)) continue;
        out->open[m] = true;
        for (int k = 0; k < b->pairs; k++) {
            if (b->pair_true[k] != m) continue;
            out->share[k] = point->alpha[k] / total;
            out->alpha[k] = false;
        }
        point->omega[m] *= total;
    }
}

void ent_i_classify(const ent_bargain *b, const ent_slopes *slopes, ent_bargain_point *point, ent_active *out)
{
    classify(b->options, slopes->mu, 2.0, out->mu, out->z);
    classify(b->pairs, slopes->alpha, 2.0, out->alpha, out->s);
    classify(b->interims, slopes->lambda, 1.0, out->lambda, out->r);
    find_open(b, slopes, point, out);
}

/* A omega, with the finite products in place of alpha omega where a claim is open. */
static void left_side(const ent_bargain *b, const ent_active *active, const ent_bargain_point *p, double *left)
{
    ent_i_bargain_left(b, p->alpha, p->lambda, p->omega, left);
    for (int k = 0; active && k < b->pairs; k++) {
        const double flow = active->share[k] * p->omega[b->pair_true[k]];
        left[b->pair_true[k]] += flow;
        left[b->pair_report[k]] -= flow;
    }
}

/* Columns of the unknowns; -1 where an unknown is fixed at 0. */
typedef struct columns {
    int *mu, *alpha, *lambda;
    int w, omega, n, rows;
} columns;

static ent_status number_columns(ent_ctx *ctx, const ent_bargain *b, const ent_active *active, columns *c)
{
    ent_status st = ENT_OK;
    ENT_SCRATCH(ctx, c->mu, b->options);
    ENT_SCRATCH(ctx, c->alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, c->lambda, b->interims);
    c->n = 0;
    c->rows = b->cells + b->interims + 1;
    for (int o = 0; o < b->options; o++) c->mu[o] = active->mu[o] ? c->n++ : -1, c->rows += active->z[o];
    for (int k = 0; k < b->pairs; k++) c->alpha[k] = active->alpha[k] ? c->n++ : -1, c->rows += active->s[k];
    for (int m = 0; m < b->interims; m++) c->lambda[m] = active->lambda[m] ? c->n++ : -1, c->rows += active->r[m];
    c->w = c->n;
    c->omega = c->w + b->cells;
    c->n = c->omega + b->interims;
done:
    return st;
}

static int y_column(const ent_bargain *b, const columns *c, int y)
{
    return y < b->pairs ? c->alpha[y] : c->lambda[y - b->pairs];
}

static double y_value(const ent_bargain *b, const ent_bargain_point *p, int y)
{
    return y < b->pairs ? p->alpha[y] : p->lambda[y - b->pairs];
}

static void add(double *row, int column, double value)
{
    if (column >= 0) row[column] += value;
}

/* W - virtual utility = 0 */
static void slack_equation(const ent_bargain *b, const columns *c, const ent_bargain_point *p, int cell, int o, double *row,
                           double *rhs)
{
    const double *a = b->a + (size_t)o * (size_t)b->interims;
    double z = p->w[cell];
    row[c->w + cell] = 1.0;
    for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
        const ent_bargain_row *x = &b->row[r];
        const double g = x->sign * a[x->interim];
        z -= g * y_value(b, p, x->y);
        add(row, y_column(b, c, x->y), -g);
    }
    *rhs = -z;
}

/* Equations about lotteries, all linear: row number by y (s = 0, r = 0) and by cell (sum = 1). */
static void lottery_equations(const ent_bargain *b, const columns *c, const ent_active *active, const ent_bargain_point *p,
                              const double *g, double *matrix, double *rhs, const int *row_of_y, int first_mass)
{
    for (int cell = 0; cell < b->cells; cell++) {
        double mass = 1.0;
        double *row = matrix + (size_t)(first_mass + cell) * (size_t)c->n;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            mass -= p->mu[o];
            add(row, c->mu[o], 1.0);
        }
        rhs[first_mass + cell] = mass;
        for (int r = b->first_row[cell]; cell < b->own_cells && r < b->first_row[cell + 1]; r++) {
            const ent_bargain_row *x = &b->row[r];
            if (row_of_y[x->y] < 0) continue;
            double *equation = matrix + (size_t)row_of_y[x->y] * (size_t)c->n;
            const double factor = x->y < b->pairs ? 1.0 : b->factor;
            for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
                add(equation, c->mu[o], factor * x->sign * b->a[(size_t)o * (size_t)b->interims + (size_t)x->interim]);
        }
    }
    for (int k = 0; k < b->pairs; k++)
        if (active->s[k]) rhs[row_of_y[k]] = -g[k];
    for (int m = 0; m < b->interims; m++) {
        const int at = row_of_y[b->pairs + m];
        if (at < 0) continue;
        rhs[at] = -(b->factor * g[b->pairs + m] - b->target[m] - p->omega[m]);
        matrix[(size_t)at * (size_t)c->n + (size_t)(c->omega + m)] = -1.0;
    }
}

/* A omega - R = 0, bilinear. */
static void warrant_equations(const ent_bargain *b, const ent_active *active, const columns *c, const ent_bargain_point *p,
                              double *left, double *right, double *matrix, double *rhs, int first)
{
    left_side(b, active, p, left);
    ent_i_bargain_right(b, p->w, p->lambda, right);
    for (int m = 0; m < b->interims; m++) {
        double *row = matrix + (size_t)(first + m) * (size_t)c->n;
        row[c->omega + m] += p->lambda[m];
        add(row, c->lambda[m], p->omega[m]);
        for (int l = 0; l < b->interims; l++)
            add(row, c->lambda[l], b->q[m] * b->outside[(size_t)b->place[m] * (size_t)b->interims + (size_t)l]);
        rhs[first + m] = right[m] - left[m];
    }
    for (int k = 0; k < b->pairs; k++) {
        const int t = b->pair_true[k], tau = b->pair_report[k];
        double *row_t = matrix + (size_t)(first + t) * (size_t)c->n, *row_tau = matrix + (size_t)(first + tau) * (size_t)c->n;
        row_t[c->omega + t] += p->alpha[k];
        row_tau[c->omega + t] -= p->alpha[k];
        add(row_t, c->alpha[k], p->omega[t]);
        add(row_tau, c->alpha[k], -p->omega[t]);
    }
    for (int cell = 0; cell < b->cells; cell++)
        for (int w = b->first_warrant[cell]; w < b->first_warrant[cell + 1]; w++)
            matrix[(size_t)(first + b->warrant[w].interim) * (size_t)c->n + (size_t)(c->w + cell)] -= b->warrant[w].weight;
    for (int k = 0; k < b->pairs; k++) {
        const int t = b->pair_true[k], tau = b->pair_report[k];
        matrix[(size_t)(first + t) * (size_t)c->n + (size_t)(c->omega + t)] += active->share[k];
        matrix[(size_t)(first + tau) * (size_t)c->n + (size_t)(c->omega + t)] -= active->share[k];
    }
}

typedef struct polishing {
    columns c;
    double *matrix, *rhs, *step, *g, *moved, *left, *right;
    int *row_of_y;
    int first_mass, first_warrant;
} polishing;

static ent_status polishing_new(ent_ctx *ctx, const ent_bargain *b, const ent_active *active, polishing *p)
{
    ent_status st = ENT_OK;
    const int y = b->pairs + b->interims;
    ENT_TRY(number_columns(ctx, b, active, &p->c));
    ENT_SCRATCH(ctx, p->matrix, (size_t)p->c.rows * (size_t)p->c.n);
    ENT_SCRATCH(ctx, p->rhs, p->c.rows);
    ENT_SCRATCH(ctx, p->step, p->c.n);
    ENT_SCRATCH(ctx, p->g, y);
    ENT_SCRATCH(ctx, p->moved, y);
    ENT_SCRATCH(ctx, p->left, b->interims);
    ENT_SCRATCH(ctx, p->right, b->interims);
    ENT_SCRATCH(ctx, p->row_of_y, y);
    int row = 0;
    for (int o = 0; o < b->options; o++) row += active->z[o];
    for (int k = 0; k < b->pairs; k++) p->row_of_y[k] = active->s[k] ? row++ : -1;
    for (int m = 0; m < b->interims; m++) p->row_of_y[b->pairs + m] = active->r[m] ? row++ : -1;
    p->first_mass = row;
    p->first_warrant = row + b->cells;
done:
    return st;
}

static void build(const ent_bargain *b, const ent_active *active, const ent_bargain_point *p, polishing *w)
{
    for (size_t k = 0; k < (size_t)w->c.rows * (size_t)w->c.n; k++) w->matrix[k] = 0.0;
    int row = 0;
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            if (active->z[o]) {
                slack_equation(b, &w->c, p, cell, o, w->matrix + (size_t)row * (size_t)w->c.n, &w->rhs[row]);
                row++;
            }
    ent_i_bargain_means(b, p->mu, w->g);
    lottery_equations(b, &w->c, active, p, w->g, w->matrix, w->rhs, w->row_of_y, w->first_mass);
    warrant_equations(b, active, &w->c, p, w->left, w->right, w->matrix, w->rhs, w->first_warrant);
    const int last = w->c.rows - 1;
    double sum = 1.0;
    for (int m = 0; m < b->interims; m++) {
        sum -= p->lambda[m];
        add(w->matrix + (size_t)last * (size_t)w->c.n, w->c.lambda[m], 1.0);
    }
    w->rhs[last] = sum;
}

static double apply(const ent_bargain *b, const polishing *w, ent_bargain_point *p)
{
    double most = 0.0;
    for (int k = 0; k < w->c.n; k++)
        if (!(fabs(w->step[k]) <= most)) most = fabs(w->step[k]);
    for (int o = 0; o < b->options; o++) p->mu[o] = w->c.mu[o] < 0 ? 0.0 : p->mu[o] + w->step[w->c.mu[o]];
    for (int k = 0; k < b->pairs; k++) p->alpha[k] = w->c.alpha[k] < 0 ? 0.0 : p->alpha[k] + w->step[w->c.alpha[k]];
    for (int m = 0; m < b->interims; m++) {
        p->lambda[m] = w->c.lambda[m] < 0 ? 0.0 : p->lambda[m] + w->step[w->c.lambda[m]];
        p->omega[m] += w->step[w->c.omega + m];
    }
    for (int c = 0; c < b->cells; c++) p->w[c] += w->step[w->c.w + c];
    return most;
}

static void zero_fixed(const ent_bargain *b, const ent_active *active, ent_bargain_point *p)
{
    for (int o = 0; o < b->options; o++)
        if (!active->mu[o]) p->mu[o] = 0.0;
    for (int k = 0; k < b->pairs; k++)
        if (!active->alpha[k]) p->alpha[k] = 0.0;
    for (int m = 0; m < b->interims; m++)
        if (!active->lambda[m]) p->lambda[m] = 0.0;
}

/* How far interim utilities moved, scaled: weights, multipliers and lotteries need not be unique, utilities nearly always are. */
static double distance(const ent_bargain *b, const double *g, const double *h)
{
    double most = 0.0;
    for (int m = b->pairs; m < b->pairs + b->interims; m++)
        if (!(fabs(g[m] - h[m]) <= most)) most = fabs(g[m] - h[m]);
    return most;
}

ent_status ent_i_polish(ent_ctx *ctx, const ent_bargain *b, const ent_active *active, double tolerance, double reach,
                        ent_bargain_point *point, bool *accepted, double *residual)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_bargain_point trial = {0};
    polishing work = {0};
    *accepted = false;
    *residual = HUGE_VAL;
    ENT_TRY(ent_i_bargain_point_new(ctx, b, &trial));
    ENT_TRY(polishing_new(ctx, b, active, &work));
    ent_i_bargain_point_copy(b, point, &trial);
    zero_fixed(b, active, &trial);
    double last = HUGE_VAL;
    for (int round = 0; round < ROUNDS; round++) {
        build(b, active, &trial, &work);
        ENT_TRY(ent_i_least_norm(ctx, work.c.rows, work.c.n, work.matrix, work.rhs, rank_tolerance, work.step, NULL));
        const double move = apply(b, &work, &trial);
        if (!isfinite(move) || move > 1e3) goto done;
        /* Converged once steps are at rounding level, or stop shrinking there. */
        if (move <= 1e-15 || (move <= 1e-11 && move >= 0.5 * last)) break;
        last = move;
    }
    *residual = ent_i_bargain_violation(ctx, b, active, &trial, &st);
    if (st != ENT_OK) goto done;
    ent_i_bargain_means(b, point->mu, work.g);
    ent_i_bargain_means(b, trial.mu, work.moved);
    if (!(*residual <= tolerance) || !(distance(b, work.g, work.moved) <= reach)) goto done;
    ent_i_bargain_point_copy(b, &trial, point);
    *accepted = true;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* The larger of two, or the one that is not a number. */
static double worst(double a, double b) { return a > b || isnan(a) ? a : b; }

double ent_i_bargain_violation(ent_ctx *ctx, const ent_bargain *b, const ent_active *active,
                               const ent_bargain_point *p, ent_status *status)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    double *g = NULL, *left = NULL, *right = NULL, *kappa = NULL, most = HUGE_VAL;
    ENT_SCRATCH(ctx, g, b->pairs + b->interims);
    ENT_SCRATCH(ctx, left, b->interims);
    ENT_SCRATCH(ctx, right, b->interims);
    ENT_SCRATCH(ctx, kappa, b->interims);
    most = 0.0;
    double sum = -1.0;
    ent_i_bargain_means(b, p->mu, g);
    for (int cell = 0; cell < b->cells; cell++) {
        double mass = -1.0;
        ent_i_bargain_kappa(b, cell, p->alpha, p->lambda, kappa);
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            double z = p->w[cell];
            for (int m = 0; m < b->interims; m++) z -= kappa[m] * b->a[(size_t)o * (size_t)b->interims + (size_t)m];
            mass += p->mu[o];
            most = worst(most, worst(-p->mu[o], worst(-z, p->mu[o] * fabs(z))));
        }
        most = worst(most, fabs(mass));
    }
    for (int k = 0; k < b->pairs; k++) most = worst(most, worst(-p->alpha[k], worst(-g[k], p->alpha[k] * fabs(g[k]))));
    left_side(b, active, p, left);
    ent_i_bargain_right(b, p->w, p->lambda, right);
    for (int m = 0; m < b->interims; m++) {
        const double r = b->factor * g[b->pairs + m] - b->target[m] - p->omega[m];
        const bool equal = active ? active->lambda[m] : false;
        sum += p->lambda[m];
        most = worst(most, -p->lambda[m]);
        most = worst(most, fabs(left[m] - right[m]));
        if (active && active->open[m]) most = worst(most, p->omega[m]); /* a product that must not be positive */
        else most = worst(most, worst(-r, equal ? fabs(r) : p->lambda[m] * fabs(r)));
    }
    most = worst(most, fabs(sum));
done:
    ent_scratch_reset(ctx, mark);
    *status = st;
    return most;
}
