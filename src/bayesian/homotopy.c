#include "bayesian/homotopy_i.h"

#include "base/ctx.h"

/* Habits of the step control; they change how fast a path is followed, not where it leads. */
static const double first_step = 0.5, growth = 1.8, turn_cosine = 0.6, to_boundary = 0.95,
                    shrink = 0.4;
static const double largest_log_step = 3.0, least_step = 1e-7, resumed_step = 1e-3,
                    small_step = 0.15, q_slack = 1e-9, span = 2.0, uncorrected = 0.1;
enum { CORRECTIONS = 8, QUICK = 3 };

/* [Myerson's barrier point] theta = 1 has the closed-form solution lambda = e, sigma = sum e = 1, r
 * immaterial. */
static void start(ent_path_work *p, const ent_path_settings *settings, ent_real *x)
{
    const ent_bargain *b = p->b;
    const ent_path_layout *at = &p->at;
    ent_rng rng = settings->rng;
    ent_real sum = 0.0;
    for (int m = 0; m < b->interims; m++) {
        const double draw = settings->canonical ? 1.0 : -log(1.0 - ent_rng_uniform(&rng)) + 0.01;
        p->barrier_lambda[m] = p->v->q[m] * draw;
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
        ent_real mass = 0.0;
        x[at->w + cell] =
            ent_i_bargain_best(p->v, cell, x + at->alpha, x + at->lambda) + 1.0 / b->cells;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            /* A lottery that ignores the profile keeps every slack at 0: cells of one coalition
             * draw the same numbers. */
            ent_rng same = ent_rng_stream(settings->rng.state, (uint64_t)b->decision[o], 7);
            x[at->mu + o] = settings->canonical ? 1.0 : 0.2 + ent_rng_uniform(&same);
            mass += x[at->mu + o];
        }
        ent_i_bargain_kappa(b, cell, x + at->alpha, x + at->lambda, p->kappa);
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            const ent_real *a = p->v->a + (size_t)o * (size_t)b->interims;
            ent_real worth = 0.0;
            for (int m = 0; m < b->interims; m++) worth += p->kappa[m] * a[m];
            x[at->mu + o] /= mass;
            x[at->z + o] = x[at->w + cell] - worth;
            p->barrier_mu[o] = x[at->mu + o] * x[at->z + o];
        }
    }
}

/* omega at theta = 1: A is diagonally dominant by columns with the positive excess lambda, so plain
 * elimination is stable. Found here by the linear equations of the Newton system themselves: from
 * omega = 0 the omega rows are linear. */
static bool start_claims(ent_path_work *p, ent_real *x, ent_real *dx, ent_real *border)
{
    const ent_bargain *b = p->b;
    for (int m = 0; m < b->interims; m++) x[p->at.omega + m] = 0.0;
    ent_i_bargain_means(p->v, x + p->at.mu, p->g);
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
static ent_real squash(ent_real omega)
{
    return 1.0 / ((1.0 + ent_real_abs(omega)) * (1.0 + ent_real_abs(omega)));
}

static ent_real length(const ent_path_work *p, const ent_real *x, const ent_real *dx)
{
    ent_real sum = dx[p->at.q] * dx[p->at.q];
    for (int m = 0; m < p->b->interims; m++) {
        const ent_real l = dx[p->at.lambda + m] / x[p->at.lambda + m],
                       o = dx[p->at.omega + m] * squash(x[p->at.omega + m]);
        sum += l * l + o * o;
    }
    return ent_real_sqrt(sum);
}

static ent_real cosine(const ent_path_work *p, const ent_real *x, const ent_real *t,
                       const ent_real *y, const ent_real *u)
{
    ent_real sum = t[p->at.q] * u[p->at.q];
    for (int m = 0; m < p->b->interims; m++) {
        const int l = p->at.lambda + m, o = p->at.omega + m;
        sum += t[l] / x[l] * (u[l] / y[l]) + t[o] * squash(x[o]) * (u[o] * squash(y[o]));
    }
    return sum;
}

static void set_border(const ent_path_work *p, const ent_real *x, const ent_real *t,
                       ent_real *border)
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

/* Unit tangent, oriented by the sign that the determinant had at the start; false where the system
 * is singular. */
static bool tangent(ent_path_work *p, const ent_real *x, const ent_real *border, int *orientation,
                    ent_real *t)
{
    int sign = ent_i_path_linear(p, x, border, false, t);
    if (sign == 0) return false;
    if (*orientation == 0) *orientation = sign;
    const ent_real scale = length(p, x, t);
    if (!(scale > 0.0) || !ent_real_is_finite(scale)) return false;
    for (int k = 0; k < p->at.n; k++) t[k] /= sign == *orientation ? scale : -scale;
    return true;
}

/* Euler's step in the logarithms of the positive unknowns, along which the path is nearly straight;
 * sigma has one as long as it is positive. */
static bool predict(const ent_path_work *p, const ent_real *x, const ent_real *t, ent_real h,
                    ent_real *out)
{
    const int sigma = p->at.sigma;
    for (int k = 0; k < p->at.positive; k++) {
        const ent_real log_step = h * t[k] / x[k];
        if (!(ent_real_abs(log_step) <= largest_log_step)) return false;
        out[k] = x[k] * ent_real_exp(log_step);
    }
    for (int k = p->at.positive; k < p->at.n; k++) out[k] = x[k] + h * t[k];
    if (x[sigma] > 0.0 && h * t[sigma] / x[sigma] >= -largest_log_step && h * t[sigma] <= x[sigma])
        out[sigma] = x[sigma] * ent_real_exp(h * t[sigma] / x[sigma]);
    return out[p->at.q] > 0.0;
}

static ent_real step_to_boundary(const ent_path_work *p, const ent_real *x, const ent_real *dx)
{
    ent_real step = 1.0;
    for (int k = 0; k < p->at.positive; k++)
        if (x[k] + step * dx[k] <= (1.0 - to_boundary) * x[k]) step = -to_boundary * x[k] / dx[k];
    return step;
}

/* Newton's method orthogonally to the tangent. What needs no correction has to be better than what
 * was corrected: small steps would else drift through the tolerance, past a point where the path
 * turns. Returned: the number of corrections, or -1. */
static int correct(ent_path_work *p, const ent_real *border, double closeness, ent_real *x,
                   ent_real *dx)
{
    for (int k = 0; k <= CORRECTIONS; k++) {
        if (ent_i_path_error(p, x) <= closeness * (k == 0 ? uncorrected : 1.0)) return k;
        if (k == CORRECTIONS || ent_i_path_linear(p, x, border, true, dx) == 0) return -1;
        const ent_real step = step_to_boundary(p, x, dx);
        if (!(step > 0.0)) return -1;
        for (int j = 0; j < p->at.n; j++) x[j] += step * dx[j];
        if (!(x[p->at.q] > 0.0)) return -1;
    }
    return -1;
}

struct ent_path {
    ent_path_work p;
    ent_real *x, *t, *next, *next_t, *dx, *border;
    ent_real step;
    double closeness;
    int orientation, steps;
    bool on;                /* is there a direction to go on in? */
    ent_real *mark, *older; /* earlier points, each at least `span` in q before the next */
};

ent_status ent_i_path_new(ent_ctx *ctx, const ent_bargain_numbers *v, ent_path **out)
{
    ent_status st = ENT_OK;
    ent_path *w = NULL;
    ENT_SCRATCH(ctx, w, 1);
    *w = (ent_path){0};
    ENT_TRY(ent_i_path_work_new(ctx, v, &w->p));
    ENT_SCRATCH(ctx, w->x, w->p.at.n);
    ENT_SCRATCH(ctx, w->t, w->p.at.n);
    ENT_SCRATCH(ctx, w->next, w->p.at.n);
    ENT_SCRATCH(ctx, w->next_t, w->p.at.n);
    ENT_SCRATCH(ctx, w->dx, w->p.at.n);
    ENT_SCRATCH(ctx, w->border, w->p.order);
    ENT_SCRATCH(ctx, w->mark, w->p.at.n);
    ENT_SCRATCH(ctx, w->older, w->p.at.n);
    *out = w;
done:
    return st;
}

static void remember(ent_path *w, bool first)
{
    const int q = w->p.at.q;
    if (!first && w->x[q] - w->mark[q] < span) return;
    ent_real *swap = w->older;
    w->older = w->mark, w->mark = swap;
    for (int k = 0; k < w->p.at.n; k++) w->mark[k] = w->x[k];
    for (int k = 0; first && k < w->p.at.n; k++) w->older[k] = w->x[k];
}

ent_status ent_i_path_start(ent_ctx *ctx, const ent_path_settings *settings, ent_path *w)
{
    ent_status st = ENT_OK;
    w->steps = w->orientation = 0;
    w->step = first_step;
    start(&w->p, settings, w->x);
    if (!start_claims(&w->p, w->x, w->dx, w->border))
        ENT_BUG(ctx, "the start of a path is singular");
    remember(w, true);
    w->on = tangent(&w->p, w->x, w->border, &w->orientation, w->t);
    /* The path begins downwards in theta. */
    if (w->on && w->t[w->p.at.q] < 0.0) ENT_BUG(ctx, "a path begins backwards");
done:
    return st;
}

bool ent_i_path_resume(const ent_path_state *from, ent_path *w)
{
    ent_path_work *p = &w->p;
    const ent_bargain *b = p->b;
    w->orientation = from->orientation;
    w->steps = from->steps;
    w->step = from->step > first_step     ? first_step
              : from->step < resumed_step ? resumed_step
                                          : from->step;
    for (int k = 0; k < p->at.n; k++) w->x[k] = from->x[k];
    for (int o = 0; o < b->options; o++) p->barrier_mu[o] = from->barrier[o];
    for (int k = 0; k < b->pairs; k++) p->barrier_alpha[k] = from->barrier[b->options + k];
    for (int m = 0; m < b->interims; m++)
        p->barrier_lambda[m] = from->barrier[b->options + b->pairs + m];
    /* The last tangent may have been lost to rounding, so the point is corrected at its theta. */
    for (int k = 0; k < p->order; k++) w->border[k] = k == p->order - 1 ? 1.0 : 0.0;
    w->on = correct(p, w->border, 1.0, w->x, w->dx) >= 0 &&
            tangent(p, w->x, w->border, &w->orientation, w->t);
    remember(w, true);
    return w->on;
}

/* One accepted step, with as many halvings as it takes down to `least`. */
static bool advance(ent_path *w, double q_end, double least)
{
    ent_path_work *p = &w->p;
    set_border(p, w->x, w->t, w->border);
    for (ent_real *h = &w->step; *h > least; *h *= shrink) {
        const ent_real left = q_end - w->x[p->at.q];
        if (w->t[p->at.q] > 0.0 && *h * w->t[p->at.q] > left) *h = left / w->t[p->at.q];
        if (!predict(p, w->x, w->t, *h, w->next)) continue;
        const int corrections = correct(p, w->border, w->closeness, w->next, w->dx);
        if (corrections < 0) continue;
        if (!tangent(p, w->next, w->border, &w->orientation, w->next_t)) continue;
        if (!(cosine(p, w->x, w->t, w->next, w->next_t) >= turn_cosine)) continue;
        ent_real *swap = w->x;
        w->x = w->next, w->next = swap;
        swap = w->t, w->t = w->next_t, w->next_t = swap;
        w->steps++;
        if (corrections <= QUICK) *h *= growth;
        return true;
    }
    return false;
}

ent_status ent_i_path_follow(ent_ctx *ctx, const ent_path_settings *settings, ent_path *w,
                             bool *arrived)
{
    ent_status st = ENT_OK;
    const double q_end = -log(settings->theta_end), q_ease = -log(settings->theta_ease);
    const int most = w->steps + settings->steps, q = w->p.at.q;
    w->closeness = settings->closeness;
    while (w->on && w->steps < most && w->x[q] < q_end - q_slack) {
        ENT_CHECK_CANCEL(ctx);
        /* Where the end is near anyway, steps are as small as what is left. */
        const bool eased = w->x[q] >= q_ease && w->x[q] < q_end - small_step;
        w->on = advance(w, q_end, eased ? small_step : least_step);
        remember(w, false);
    }
    *arrived = w->x[q] >= q_end - q_slack || w->x[q] >= q_ease;
done:
    return st;
}

/* d ln x / dq by the tangent, or, where small steps show that rounding has spoilt it, by an earlier
 * point. */
static double slope_of(const ent_path *w, const ent_real *from, int k)
{
    const int q = w->p.at.q;
    if (from) return log((double)(w->x[k] / from[k])) / (double)(w->x[q] - from[q]);
    return (double)(w->t[k] / w->x[k] / w->t[q]);
}

double ent_i_path_take(const ent_path *w, ent_bargain_point *point, ent_slopes *slopes)
{
    const ent_bargain *b = w->p.b;
    const ent_path_layout *at = &w->p.at;
    const ent_real *x = w->x, *from = x[at->q] - w->mark[at->q] >= span ? w->mark : w->older;
    if (w->step >= small_step || x[at->q] - from[at->q] < span) from = NULL;
    for (int o = 0; o < b->options; o++) {
        point->mu[o] = x[at->mu + o];
        slopes->mu[o] = slope_of(w, from, at->mu + o);
    }
    for (int k = 0; k < b->pairs; k++) {
        point->alpha[k] = x[at->alpha + k];
        slopes->alpha[k] = slope_of(w, from, at->alpha + k);
    }
    for (int m = 0; m < b->interims; m++) {
        point->lambda[m] = x[at->lambda + m];
        slopes->lambda[m] = slope_of(w, from, at->lambda + m);
        point->omega[m] = x[at->omega + m];
    }
    for (int c = 0; c < b->cells; c++) point->w[c] = x[at->w + c];
    return exp(-(double)x[at->q]);
}

void ent_i_path_save(const ent_path *w, ent_path_state *to)
{
    const ent_bargain *b = w->p.b;
    to->step = (double)w->step;
    to->orientation = w->orientation;
    to->steps = w->steps;
    for (int k = 0; k < w->p.at.n; k++) to->x[k] = (double)w->x[k];
    for (int o = 0; o < b->options; o++) to->barrier[o] = (double)w->p.barrier_mu[o];
    for (int k = 0; k < b->pairs; k++) to->barrier[b->options + k] = (double)w->p.barrier_alpha[k];
    for (int m = 0; m < b->interims; m++)
        to->barrier[b->options + b->pairs + m] = (double)w->p.barrier_lambda[m];
}
