#include "bayesian/polish.h"

#include "bayesian/far_claims.h"
#include "num/linear.h"

/* Columns of R smaller than this, relative to the largest, count as dependent: the solution set has
 * a direction there. */
static const double rank_tolerance = 1e-9;
#ifdef ENT_WIDE
static const double step_tolerance = 1e-30;
#else
static const double step_tolerance = 1e-15;
#endif
enum { ROUNDS = 12 };

static void classify(int n, const double *slope, double exponent, double band, bool *positive,
                     bool *equation)
{
    for (int k = 0; k < n; k++) {
        positive[k] = slope[k] > -band * exponent;
        equation[k] = !(slope[k] < -(1.0 - band) * exponent);
    }
}

void ent_i_classify(const ent_bargain *b, const ent_slopes *slopes, double band,
                    ent_bargain_point *point, ent_active *out)
{
    classify(b->options, slopes->mu, 2.0, band, out->mu, out->z);
    classify(b->pairs, slopes->alpha, 2.0, band, out->alpha, out->s);
    classify(b->interims, slopes->lambda, 1.0, band, out->lambda, out->r);
    ent_i_find_open(b, slopes, point, out);
}

/* Columns of the unknowns; -1 where an unknown is fixed at 0. */
typedef struct columns {
    int *mu, *alpha, *lambda, *flow;
    int w, omega, n, rows;
} columns;

static ent_status number_columns(ent_ctx *ctx, const ent_bargain *b, const ent_active *active,
                                 columns *c)
{
    ent_status st = ENT_OK;
    ENT_SCRATCH(ctx, c->mu, b->options);
    ENT_SCRATCH(ctx, c->alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, c->lambda, b->interims);
    ENT_SCRATCH(ctx, c->flow, b->interims);
    c->n = 0;
    c->rows = b->cells + b->interims + 1;
    for (int o = 0; o < b->options; o++)
        c->mu[o] = active->mu[o] ? c->n++ : -1, c->rows += active->z[o];
    for (int k = 0; k < b->pairs; k++)
        c->alpha[k] = active->alpha[k] ? c->n++ : -1, c->rows += active->s[k];
    for (int m = 0; m < b->interims; m++)
        c->lambda[m] = active->lambda[m] ? c->n++ : -1, c->rows += active->r[m];
    for (int m = 0; m < b->interims; m++) c->flow[m] = active->open[m] == m ? c->n++ : -1;
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

static ent_real y_value(const ent_bargain *b, const ent_bargain_point *p, int y)
{
    return y < b->pairs ? p->alpha[y] : p->lambda[y - b->pairs];
}

static void add(ent_real *row, int column, ent_real value)
{
    if (column >= 0) row[column] += value;
}

/* W - virtual utility = 0 */
static void slack_equation(const ent_bargain_numbers *v, const columns *c,
                           const ent_bargain_point *p, int cell, int o, ent_real *row,
                           ent_real *rhs)
{
    const ent_bargain *b = v->b;
    const ent_real *a = v->a + (size_t)o * (size_t)b->interims;
    ent_real z = p->w[cell];
    row[c->w + cell] = 1.0;
    for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
        const ent_bargain_row *x = &b->row[r];
        const ent_real g = x->sign * a[x->interim];
        z -= g * y_value(b, p, x->y);
        add(row, y_column(b, c, x->y), -g);
    }
    *rhs = -z;
}

/* Equations about lotteries, all linear: row number by y (s = 0, r = 0) and by cell (sum = 1). */
static void lottery_equations(const ent_bargain_numbers *v, const columns *c,
                              const ent_active *active, const ent_bargain_point *p,
                              const ent_real *g, ent_real *matrix, ent_real *rhs,
                              const int *row_of_y, int first_mass)
{
    const ent_bargain *b = v->b;
    for (int cell = 0; cell < b->cells; cell++) {
        ent_real mass = 1.0;
        ent_real *row = matrix + (size_t)(first_mass + cell) * (size_t)c->n;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            mass -= p->mu[o];
            add(row, c->mu[o], 1.0);
        }
        rhs[first_mass + cell] = mass;
        for (int r = b->first_row[cell]; cell < b->own_cells && r < b->first_row[cell + 1]; r++) {
            const ent_bargain_row *x = &b->row[r];
            if (row_of_y[x->y] < 0) continue;
            ent_real *equation = matrix + (size_t)row_of_y[x->y] * (size_t)c->n;
            const ent_real factor = x->y < b->pairs ? 1.0 : v->factor;
            for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
                add(equation, c->mu[o],
                    factor * x->sign * v->a[(size_t)o * (size_t)b->interims + (size_t)x->interim]);
        }
    }
    for (int k = 0; k < b->pairs; k++)
        if (active->s[k]) rhs[row_of_y[k]] = -g[k];
    for (int m = 0; m < b->interims; m++) {
        const int at = row_of_y[b->pairs + m];
        if (at < 0) continue;
        rhs[at] = -(v->factor * g[b->pairs + m] - v->target[m] - p->omega[m]);
        matrix[(size_t)at * (size_t)c->n + (size_t)(c->omega + m)] = -1.0;
    }
}

/* A omega - R = 0, bilinear. */
static void warrant_equations(const ent_bargain_numbers *v, const ent_active *active,
                              const columns *c, const ent_bargain_point *p, ent_real *left,
                              ent_real *right, ent_real *matrix, ent_real *rhs, int first)
{
    const ent_bargain *b = v->b;
    ent_i_open_left(b, active, p, left);
    ent_i_bargain_right(v, p->w, p->lambda, right);
    for (int m = 0; m < b->interims; m++) {
        ent_real *row = matrix + (size_t)(first + m) * (size_t)c->n;
        row[c->omega + m] += p->lambda[m];
        add(row, c->lambda[m], p->omega[m]);
        for (int l = 0; l < b->interims; l++)
            add(row, c->lambda[l],
                v->q[m] * v->outside[(size_t)b->place[m] * (size_t)b->interims + (size_t)l]);
        rhs[first + m] = right[m] - left[m];
    }
    for (int k = 0; k < b->pairs; k++) {
        const int t = b->pair_true[k], tau = b->pair_report[k];
        ent_real *row_t = matrix + (size_t)(first + t) * (size_t)c->n,
                 *row_tau = matrix + (size_t)(first + tau) * (size_t)c->n;
        row_t[c->omega + t] += p->alpha[k];
        row_tau[c->omega + t] -= p->alpha[k];
        add(row_t, c->alpha[k], p->omega[t]);
        add(row_tau, c->alpha[k], -p->omega[t]);
    }
    for (int cell = 0; cell < b->cells; cell++)
        for (int w = b->first_warrant[cell]; w < b->first_warrant[cell + 1]; w++)
            matrix[(size_t)(first + b->warrant[w].interim) * (size_t)c->n +
                   (size_t)(c->w + cell)] -= v->warrant[w];
    for (int k = 0; k < b->pairs; k++) {
        const int t = b->pair_true[k], tau = b->pair_report[k];
        if (active->share[k] == 0.0) continue;
        add(matrix + (size_t)(first + t) * (size_t)c->n, c->flow[active->open[t]],
            active->share[k]);
        add(matrix + (size_t)(first + tau) * (size_t)c->n, c->flow[active->open[t]],
            -active->share[k]);
    }
}

typedef struct polishing {
    columns c;
    ent_real *matrix, *rhs, *step, *g, *moved, *left, *right;
    int *row_of_y;
    int first_mass, first_warrant;
} polishing;

static ent_status polishing_new(ent_ctx *ctx, const ent_bargain *b, const ent_active *active,
                                polishing *p)
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

static void build(const ent_bargain_numbers *v, const ent_active *active,
                  const ent_bargain_point *p, polishing *w)
{
    const ent_bargain *b = v->b;
    for (size_t k = 0; k < (size_t)w->c.rows * (size_t)w->c.n; k++) w->matrix[k] = 0.0;
    int row = 0;
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            if (active->z[o]) {
                slack_equation(v, &w->c, p, cell, o, w->matrix + (size_t)row * (size_t)w->c.n,
                               &w->rhs[row]);
                row++;
            }
    ent_i_bargain_means(v, p->mu, w->g);
    lottery_equations(v, &w->c, active, p, w->g, w->matrix, w->rhs, w->row_of_y, w->first_mass);
    warrant_equations(v, active, &w->c, p, w->left, w->right, w->matrix, w->rhs, w->first_warrant);
    const int last = w->c.rows - 1;
    ent_real sum = 1.0;
    for (int m = 0; m < b->interims; m++) {
        sum -= p->lambda[m];
        add(w->matrix + (size_t)last * (size_t)w->c.n, w->c.lambda[m], 1.0);
    }
    w->rhs[last] = sum;
}

static ent_real apply(const ent_bargain *b, const polishing *w, ent_bargain_point *p)
{
    ent_real most = 0.0;
    for (int k = 0; k < w->c.n; k++)
        if (!(ent_real_abs(w->step[k]) <= most)) most = ent_real_abs(w->step[k]);
    for (int o = 0; o < b->options; o++)
        p->mu[o] = w->c.mu[o] < 0 ? 0.0 : p->mu[o] + w->step[w->c.mu[o]];
    for (int k = 0; k < b->pairs; k++)
        p->alpha[k] = w->c.alpha[k] < 0 ? 0.0 : p->alpha[k] + w->step[w->c.alpha[k]];
    for (int m = 0; m < b->interims; m++) {
        p->lambda[m] = w->c.lambda[m] < 0 ? 0.0 : p->lambda[m] + w->step[w->c.lambda[m]];
        p->omega[m] += w->step[w->c.omega + m];
        if (w->c.flow[m] >= 0) p->flow[m] += w->step[w->c.flow[m]];
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

/* How far interim utilities moved, scaled: weights, multipliers and lotteries need not be unique,
 * utilities nearly always are. */
static ent_real distance(const ent_bargain *b, const ent_real *g, const ent_real *h)
{
    ent_real most = 0.0;
    for (int m = b->pairs; m < b->pairs + b->interims; m++)
        if (!(ent_real_abs(g[m] - h[m]) <= most)) most = ent_real_abs(g[m] - h[m]);
    return most;
}

ent_status ent_i_polish(ent_ctx *ctx, const ent_bargain_numbers *v, const ent_active *active,
                        double tolerance, double reach, ent_bargain_point *point, bool *accepted,
                        double *residual)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = v->b;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_bargain_point trial = {0};
    polishing work = {0};
    *accepted = false;
    *residual = HUGE_VAL;
    ENT_TRY(ent_i_bargain_point_new(ctx, b, &trial));
    ENT_TRY(polishing_new(ctx, b, active, &work));
    ent_i_bargain_point_copy(b, point, &trial);
    zero_fixed(b, active, &trial);
    ent_i_bargain_means(v, trial.mu, work.g);
    ENT_TRY(ent_i_near_claims(ctx, v, active, work.g, &trial));
    ent_real last = HUGE_VAL;
    for (int round = 0; round < ROUNDS; round++) {
        build(v, active, &trial, &work);
        ENT_TRY(ent_i_least_norm(ctx, work.c.rows, work.c.n, work.matrix, work.rhs, rank_tolerance,
                                 work.step, NULL));
        const ent_real move = apply(b, &work, &trial);
        if (!ent_real_is_finite(move) || move > 1e3) goto done;
        /* Converged once steps are at rounding level, or stop shrinking there. */
        if (move <= step_tolerance || (move <= 1e-11 && move >= 0.5 * last)) break;
        last = move;
    }
    *residual = ent_i_bargain_violation(ctx, v, active, &trial, &st);
    if (st != ENT_OK) goto done;
    ent_i_bargain_means(v, point->mu, work.g);
    ent_i_bargain_means(v, trial.mu, work.moved);
    if (!(*residual <= tolerance) || !(distance(b, work.g, work.moved) <= reach)) goto done;
    ent_i_bargain_point_copy(b, &trial, point);
    *accepted = true;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* The larger of two, or the one that is not a number. */
static ent_real worst(ent_real a, ent_real b) { return a > b || ent_real_is_nan(a) ? a : b; }

double ent_i_bargain_violation(ent_ctx *ctx, const ent_bargain_numbers *v, const ent_active *active,
                               const ent_bargain_point *p, ent_status *status)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = v->b;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_real *g = NULL, *left = NULL, *right = NULL, *kappa = NULL, most = HUGE_VAL;
    ENT_SCRATCH(ctx, g, b->pairs + b->interims);
    ENT_SCRATCH(ctx, left, b->interims);
    ENT_SCRATCH(ctx, right, b->interims);
    ENT_SCRATCH(ctx, kappa, b->interims);
    most = 0.0;
    ent_real sum = -1.0;
    ent_i_bargain_means(v, p->mu, g);
    for (int cell = 0; cell < b->cells; cell++) {
        ent_real mass = -1.0;
        ent_i_bargain_kappa(b, cell, p->alpha, p->lambda, kappa);
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            ent_real z = p->w[cell];
            for (int m = 0; m < b->interims; m++)
                z -= kappa[m] * v->a[(size_t)o * (size_t)b->interims + (size_t)m];
            mass += p->mu[o];
            most = worst(most, worst(-p->mu[o], worst(-z, p->mu[o] * ent_real_abs(z))));
        }
        most = worst(most, ent_real_abs(mass));
    }
    for (int k = 0; k < b->pairs; k++)
        most = worst(most, worst(-p->alpha[k], worst(-g[k], p->alpha[k] * ent_real_abs(g[k]))));
    ent_i_open_left(b, active, p, left);
    ent_i_bargain_right(v, p->w, p->lambda, right);
    for (int m = 0; m < b->interims; m++) {
        const ent_real r = v->factor * g[b->pairs + m] - v->target[m] - p->omega[m];
        const bool equal = active ? active->lambda[m] : false;
        sum += p->lambda[m];
        most = worst(most, -p->lambda[m]);
        most = worst(most, ent_real_abs(left[m] - right[m]));
        /* a product that must not be positive */
        if (active && active->open[m] >= 0) most = worst(most, p->flow[m]);
        else
            most = worst(most, worst(-r, equal ? ent_real_abs(r) : p->lambda[m] * ent_real_abs(r)));
    }
    most = worst(most, ent_real_abs(sum));
done:
    ent_scratch_reset(ctx, mark);
    *status = st;
    return (double)most;
}
