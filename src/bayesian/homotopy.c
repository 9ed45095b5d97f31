#include "bayesian/homotopy_i.h"

#include "base/ctx.h"

#include <math.h>

/* Habits of the step control; they change how fast a path is followed, not where it leads. */
static const double first_step = 0.5, growth = 1.8, turn_cosine = 0.6, to_boundary = 0.95;
static const double largest_log_step = 3.0, least_step = 1e-7;
enum { CORRECTIONS = 8, QUICK = 3 };

/* [Myerson's barrier point] theta = 1 has the closed-form solution lambda = e, sigma = sum e = 1, r immaterial. */
static void start(ent_path_work *p, const ent_path_settings *settings, double *x)
{
    const ent_bargain *b = p->b;
    const ent_path_layout *at = &p->at;
    ent_rng rng = settings->rng;
    double sum = 0.0;
    for (int m = 0; m < b->interims; m++) {
        const double draw = settings->canonical ? 1.0 : -log(1.0 - ent_rng_uniform(&rng)) + 0.01;
        p->barrier_lambda[m] = b->q[m] * draw;
        sum += p->barrier_lambda[m];
    }
    for (int m = 0; m < b->interims; m++) {
        p->barrier_lambda[m] /= sum;
        x[at->lambda + m] = p->barrier_lambda[m];
        x[at->rho + m] = 1.0;
    }
    x[at->sigma] = 1.0;
    x[at->q] = 0.0;
    for (int k = 0; k < b->pairs; k++) {
        p->barrier_alpha[k] = settings->canonical ? 1.0 : 0.2 + 2.0 * ent_rng_uniform(&rng);
        x[at->alpha + k] = p->barrier_alpha[k];
    }
    for (int cell = 0; cell < b->cells; cell++) {
        double mass = 0.0;
        x[at->w + cell] = ent_i_bargain_best(b, cell, x + at->alpha, x + at->lambda) + 1.0 / b->cells;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            /* A lottery that ignores the profile keeps every slack at 0: cells of one coalition draw the same numbers. */
            ent_rng same = ent_rng_stream(settings->rng.state, (uint64_t)b->decision[o], 7);
            x[at->mu + o] = settings->canonical ? 1.0 : 0.2 + ent_rng_uniform(&same);
            mass += x[at->mu + o];
        }
        ent_i_bargain_kappa(b, cell, x + at->alpha, x + at->lambda, p->kappa);
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            const double *a = b->a + (size_t)o * (size_t)b->interims;
            double worth = 0.0;
            for (int m = 0; m < b->interims; m++) worth += p->kappa[m] * a[m];
            x[at->mu + o] /= mass;
            x[at->z + o] = x[at->w + cell] - worth;
            p->barrier_mu[o] = x[at->mu + o] * x[at->z + o];
        }
    }
}

/* omega at theta = 1: A is diagonally dominant by columns with the positive excess lambda, so plain elimination is stable.
 * Found here by the linear equations of the Newton system themselves: from omega = 0 the omega rows are linear. */
static bool start_claims(ent_path_work *p, double *x, double *dx, double *border)
{
    const ent_bargain *b = p->b;
    for (int m = 0; m < b->interims; m++) x[p->at.omega + m] = 0.0;
    ent_i_bargain_means(b, x + p->at.mu, p->g);
    for (int k = 0; k < b->pairs; k++) x[p->at.v + k] = 1.0 + p->g[k];
    for (int k = 0; k < p->order; k++) border[k] = 0.0;
    border[p->order - 1] = 1.0;
    for (int pass = 0; pass < 2; pass++) {
        if (ent_i_path_linear(p, x, border, true, dx) == 0) return false;
        for (int k = p->at.omega; k < p->at.q; k++) x[k] += dx[k];
    }
    return true;
}

/* Coordinates of arc length: ln lambda, omega / (1 + |omega|), q. */
static double squash(double omega) { return 1.0 / ((1.0 + fabs(omega)) * (1.0 + fabs(omega))); }

static double length(const ent_path_work *p, const double *x, const double *dx)
{
    double sum = dx[p->at.q] * dx[p->at.q];
    for (int m = 0; m < p->b->interims; m++) {
        const double l = dx[p->at.lambda + m] / x[p->at.lambda + m], o = dx[p->at.omega + m] * squash(x[p->at.omega + m]);
        sum += l * l + o * o;
    }
    return sqrt(sum);
}

static double cosine(const ent_path_work *p, const double *x, const double *t, const double *y, const double *u)
{
    double sum = t[p->at.q] * u[p->at.q];
    for (int m = 0; m < p->b->interims; m++) {
        const int l = p->at.lambda + m, o = p->at.omega + m;
        sum += t[l] / x[l] * (u[l] / y[l]) + t[o] * squash(x[o]) * (u[o] * squash(y[o]));
    }
    return sum;
}

static void set_border(const ent_path_work *p, const double *x, const double *t, double *border)
{
    const ent_bargain *b = p->b;
    const int y = b->pairs + b->interims;
    for (int k = 0; k < p->order; k++) border[k] = 0.0;
    for (int m = 0; m < b->interims; m++) {
        const int l = p->at.lambda + m, o = p->at.omega + m;
        border[b->pairs + m] = t[l] / (x[l] * x[l]);
        border[y + m] = t[o] * squash(x[o]) * squash(x[o]);
    }
    border[p->order - 1] = t[p->at.q];
}

/* Unit tangent, oriented by the sign that the determinant had at the start; false where the system is singular. */
static bool tangent(ent_path_work *p, const double *x, const double *border, int *orientation, double *t)
{
    int sign = ent_i_path_linear(p, x, border, false, t);
    if (sign == 0) return false;
    if (*orientation == 0) *orientation = sign;
    const double scale = length(p, x, t);
    if (!(scale > 0.0) || !isfinite(scale)) return false;
    for (int k = 0; k < p->at.n; k++) t[k] /= sign == *orientation ? scale : -scale;
    return true;
}

/* Euler's step in the logarithms of the positive unknowns, along which the path is nearly straight. */
static bool predict(const ent_path_work *p, const double *x, const double *t, double h, double *out)
{
    for (int k = 0; k < p->at.positive; k++) {
        const double log_step = h * t[k] / x[k];
        if (!(fabs(log_step) <= largest_log_step)) return false;
        out[k] = x[k] * exp(log_step);
    }
    for (int k = p->at.positive; k < p->at.n; k++) out[k] = x[k] + h * t[k];
    return out[p->at.q] > 0.0;
}

static double step_to_boundary(const ent_path_work *p, const double *x, const double *dx)
{
    double step = 1.0;
    for (int k = 0; k < p->at.positive; k++)
        if (x[k] + step * dx[k] <= (1.0 - to_boundary) * x[k]) step = -to_boundary * x[k] / dx[k];
    return step;
}

/* Newton's method orthogonally to the tangent; returned: the number of corrections, or -1. */
static int correct(ent_path_work *p, const double *border, double *x, double *dx)
{
    for (int k = 0; k <= CORRECTIONS; k++) {
        if (ent_i_path_error(p, x) <= 1.0) return k;
        if (k == CORRECTIONS || ent_i_path_linear(p, x, border, true, dx) == 0) return -1;
        const double step = step_to_boundary(p, x, dx);
        if (!(step > 0.0)) return -1;
        for (int j = 0; j < p->at.n; j++) x[j] += step * dx[j];
        if (!(x[p->at.q] > 0.0)) return -1;
    }
    return -1;
}

typedef struct walk {
    ent_path_work p;
    double *x, *t, *next, *next_t, *dx, *border;
    int orientation, steps;
} walk;

static ent_status walk_new(ent_ctx *ctx, const ent_bargain *b, walk *w)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_i_path_work_new(ctx, b, &w->p));
    ENT_SCRATCH(ctx, w->x, w->p.at.n);
    ENT_SCRATCH(ctx, w->t, w->p.at.n);
    ENT_SCRATCH(ctx, w->next, w->p.at.n);
    ENT_SCRATCH(ctx, w->next_t, w->p.at.n);
    ENT_SCRATCH(ctx, w->dx, w->p.at.n);
    ENT_SCRATCH(ctx, w->border, w->p.order);
done:
    return st;
}

/* One accepted step, with as many halvings as it takes. */
static bool advance(walk *w, double *h, double q_end)
{
    ent_path_work *p = &w->p;
    set_border(p, w->x, w->t, w->border);
    for (; *h > least_step; *h *= 0.4) {
        const double left = q_end - w->x[p->at.q];
        if (w->t[p->at.q] > 0.0 && *h * w->t[p->at.q] > left) *h = left / w->t[p->at.q];
        if (!predict(p, w->x, w->t, *h, w->next)) continue;
        const int corrections = correct(p, w->border, w->next, w->dx);
        if (corrections < 0) continue;
        if (!tangent(p, w->next, w->border, &w->orientation, w->next_t)) continue;
        if (!(cosine(p, w->x, w->t, w->next, w->next_t) >= turn_cosine)) continue;
        double *swap = w->x;
        w->x = w->next, w->next = swap;
        swap = w->t, w->t = w->next_t, w->next_t = swap;
        w->steps++;
        if (corrections <= QUICK) *h *= growth;
        return true;
    }
    return false;
}

static void take(const walk *w, ent_bargain_point *point, ent_slopes *slopes)
{
    const ent_bargain *b = w->p.b;
    const ent_path_layout *at = &w->p.at;
    const double *x = w->x, *t = w->t, dq = t[at->q];
    for (int o = 0; o < b->options; o++) {
        point->mu[o] = x[at->mu + o];
        slopes->mu[o] = t[at->mu + o] / x[at->mu + o] / dq;
    }
    for (int k = 0; k < b->pairs; k++) {
        point->alpha[k] = x[at->alpha + k];
        slopes->alpha[k] = t[at->alpha + k] / x[at->alpha + k] / dq;
    }
    for (int m = 0; m < b->interims; m++) {
        point->lambda[m] = x[at->lambda + m];
        slopes->lambda[m] = t[at->lambda + m] / x[at->lambda + m] / dq;
        point->omega[m] = x[at->omega + m];
    }
    for (int c = 0; c < b->cells; c++) point->w[c] = x[at->w + c];
}

ent_status ent_i_path(ent_ctx *ctx, const ent_bargain *b, const ent_path_settings *settings, ent_bargain_point *point,
                      ent_slopes *slopes, double *theta, int *steps, bool *arrived)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    walk w = {0};
    const double q_end = -log(settings->theta_end);
    double h = first_step;
    *arrived = false;
    ENT_TRY(walk_new(ctx, b, &w));
    start(&w.p, settings, w.x);
    if (!start_claims(&w.p, w.x, w.dx, w.border)) ENT_BUG(ctx, "the start of a path is singular");
    bool on = tangent(&w.p, w.x, w.border, &w.orientation, w.t);
    /* The path begins downwards in theta. */
    if (on && w.t[w.p.at.q] < 0.0) ENT_BUG(ctx, "a path begins backwards");
    while (on && w.steps < settings->steps && w.x[w.p.at.q] < q_end - 1e-9) {
        ENT_CHECK_CANCEL(ctx);
        on = advance(&w, &h, q_end);
    }
    take(&w, point, slopes);
    *theta = exp(-w.x[w.p.at.q]);
    *steps = w.steps;
    *arrived = on && w.x[w.p.at.q] >= q_end - 1e-9;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
