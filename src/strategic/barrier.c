/* The curve from large eta to 0: predictor along the tangent, Newton perpendicular to it, steps
 * that grow and shrink; then semismooth Newton at eta = 0. */
#include "strategic/barrier.h"

#include "base/ctx.h"
#include "num/dense.h"
#include "num/linear.h"

#include <math.h>
#include <string.h>

enum { STEPS_MAX = 3000, CORRECTIONS = 8, FINAL_STEPS = 40 };
static const double BEGIN = 2.0, END = -30.0; /* log eta */
/* log eta at which a curve that came back is given up */
static const double TURNED = 12.0;
static const double STEP = 0.3, STEP_MOST = 3.0, STEP_LEAST = 1e-7;
/* pivots below this belong to what the equations leave open */
static const double OPEN = 1e-7;
static const double ON_CURVE = 1e-9; /* residual relative to 1 + eta */

void ent_i_barrier_free(ent_barrier *b)
{
    if (!b) return;
    void *const owned[] = {b->side,   b->side_of, b->y,    b->f,    b->jacobian,
                           b->by_eta, b->tangent, b->work, b->mean, b->order};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) ent_free(owned[k]);
    ent_free(b);
}

/* Places of the unknowns. */
static void lay_out(ent_barrier *b)
{
    const ent_threats *t = b->g->t;
    b->w = b->n;
    b->d = b->n + 1;
    b->lottery = b->n + 2;
    int next = b->lottery + (int)t->profiles;
    for (int c = 0; c < t->conflicts; c++)
        for (int half = 0; half < 2; half++) {
            const ent_conflict *k = &t->conflict[c];
            ent_side *s = &b->side[b->sides];
            const ent_coal coalition = half == 0 ? k->s : ent_coal_all(b->n) & ~k->s;
            *s = (ent_side){.s = coalition,
                            .size = ent_coal_size(coalition),
                            .plays = half == 0 ? k->rows : k->columns,
                            .at = half == 0 ? k->row_at : k->column_at,
                            .other = b->sides + (half == 0 ? 1 : -1)};
            b->side_of[coalition] = b->sides++;
            s->rho = next, next += s->plays;
            s->value = next++;
            s->potential = next++;
            s->mu = next;
            if (s->size > 1) next += s->size;
        }
    b->unknowns = next;
}

int ent_i_barrier_unknowns(const ent_grand *g)
{
    int64_t count = g->n + 2 + g->t->profiles;
    for (int c = 0; c < g->t->conflicts; c++)
        count += g->t->conflict[c].rows + g->t->conflict[c].columns + 4 + g->n;
    return count > INT32_MAX ? INT32_MAX : (int)count;
}

void ent_i_barrier_start(int n, uint64_t seed, int start, double *a0)
{
    static const double SPREAD = 2.0;
    ent_rng rng = ent_rng_stream(seed, (uint64_t)start, 1);
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += a0[i] = start == 0 ? 1.0 : exp(SPREAD * (ent_rng_uniform(&rng) - 0.5));
    for (int i = 0; i < n; i++) a0[i] /= sum;
}

ent_status ent_i_barrier_new(ent_ctx *ctx, const ent_grand *g, bool constrained, ent_barrier **out)
{
    enum { UNKNOWNS_MAX = 3000 };
    ent_status st = ENT_OK;
    ent_barrier *b = NULL;
    int plays = 1;
    if (ent_i_barrier_unknowns(g) > UNKNOWNS_MAX)
        ENT_FAIL(ctx, ENT_E_LIMIT,
                 "the barrier system of this game has some %d unknowns; up to %d are solved for",
                 ent_i_barrier_unknowns(g), UNKNOWNS_MAX);
    ENT_ALLOC(ctx, b, 1);
    b->g = g;
    b->n = g->n;
    b->constrained = constrained;
    ENT_ALLOC(ctx, b->side, 2 * g->t->conflicts + 1);
    ENT_ALLOC(ctx, b->side_of, (size_t)1 << g->n);
    lay_out(b);
    const size_t n = (size_t)b->unknowns + 1;
    for (int k = 0; k < b->sides; k++) plays = b->side[k].plays > plays ? b->side[k].plays : plays;
    ENT_ALLOC(ctx, b->y, n);
    ENT_ALLOC(ctx, b->f, n);
    ENT_ALLOC(ctx, b->jacobian, n * n);
    ENT_ALLOC(ctx, b->by_eta, n);
    ENT_ALLOC(ctx, b->tangent, n);
    ENT_ALLOC(ctx, b->work, n * n + 3 * n);
    ENT_ALLOC(ctx, b->mean, b->n * plays);
    ENT_ALLOC(ctx, b->order, n);
    *out = b;
    b = NULL;
done:
    ent_i_barrier_free(b);
    return st;
}

/* The bordered matrix: derivatives by the unknowns and by log eta, and below them the metric times
 * the tangent. */
static bool factor_bordered(ent_barrier *b, double eta, const double *metric)
{
    const size_t n = (size_t)b->unknowns, wide = n + 1;
    double *m = b->work;
    for (size_t i = 0; i < n; i++) {
        memcpy(m + i * wide, b->jacobian + i * n, n * sizeof *m);
        m[i * wide + n] = eta * b->by_eta[i];
    }
    for (size_t j = 0; j < wide; j++) m[n * wide + j] = metric[j] * b->tangent[j];
    return ent_i_lu_factor((int)wide, m, b->order, m + wide * wide + wide) != 0;
}

static void measure_by(const ent_barrier *b, double *metric)
{
    static const double SMALL = 0.1; /* changes of unknowns below this size count by it */
    for (int k = 0; k < b->unknowns; k++) {
        const double size = SMALL + fabs(b->y[k]);
        metric[k] = 1.0 / (size * size * b->unknowns);
    }
    metric[b->unknowns] = 1.0;
}

/* The tangent at y, keeping its direction; length 1 in the metric. */
static bool find_tangent(ent_barrier *b, double eta, const double *metric)
{
    const int n = b->unknowns;
    double *v = b->work + (size_t)(n + 1) * (size_t)(n + 1), length = 0.0;
    ent_i_barrier_system(b, eta, true);
    if (!factor_bordered(b, eta, metric)) return false;
    for (int k = 0; k < n; k++) v[k] = 0.0;
    v[n] = 1.0;
    ent_i_lu_solve(n + 1, b->work, b->order, v);
    for (int k = 0; k <= n; k++) length += metric[k] * v[k] * v[k];
    if (!(length > 0.0) || !isfinite(length)) return false;
    for (int k = 0; k <= n; k++) b->tangent[k] = v[k] / sqrt(length);
    return true;
}

/* Newton back to the curve in the hyperplane through the predicted point. Returned: steps, or 0
 * when it fails. */
static int correct(ent_barrier *b, double *log_eta, const double *metric)
{
    const int n = b->unknowns;
    double *v = b->work + (size_t)(n + 1) * (size_t)(n + 1), before = HUGE_VAL;
    for (int k = 1; k <= CORRECTIONS; k++) {
        const double eta = exp(*log_eta), residual = ent_i_barrier_system(b, eta, true);
        if (residual <= ON_CURVE * fmin(1.0 + eta, 1e3)) return k;
        if (!(residual < 2.0 * before)) return 0;
        before = residual;
        if (!factor_bordered(b, eta, metric)) return 0;
        for (int j = 0; j < n; j++) v[j] = -b->f[j];
        v[n] = 0.0;
        ent_i_lu_solve(n + 1, b->work, b->order, v);
        for (int j = 0; j < n; j++) b->y[j] += v[j];
        *log_eta += v[n];
    }
    return ent_i_barrier_system(b, exp(*log_eta), false) <= ON_CURVE * (1.0 + exp(*log_eta))
               ? CORRECTIONS
               : 0;
}

double ent_i_barrier_settle(ent_barrier *b, double eta, double tolerance, int steps)
{
    const int n = b->unknowns;
    double *v = b->work + (size_t)(n + 1) * (size_t)(n + 1),
           residual = ent_i_barrier_system(b, eta, true);
    for (int k = 0; k < steps && residual > tolerance; k++) {
        memcpy(b->work, b->jacobian, (size_t)n * (size_t)n * sizeof *b->work);
        for (int j = 0; j < n; j++) v[j] = -b->f[j];
        if (eta > 0.0) {
            if (ent_i_lu_factor(n, b->work, b->order, v + n + 1) == 0) break;
            ent_i_lu_solve(n, b->work, b->order, v);
        } else { /* solutions need not be isolated: what the equations leave open stays */
            ent_dense_solve(n, b->work, v, OPEN, b->order);
        }
        double part = 1.0, now = HUGE_VAL;
        for (int half = 0; half < 12; half++, part *= 0.5) {
            for (int j = 0; j < n; j++) b->y[j] += (half == 0 ? part : -part) * v[j];
            now = ent_i_barrier_system(b, eta, false);
            if (now < residual || now <= tolerance) break;
        }
        if (!(now < residual)) {
            residual = now;
            break;
        }
        residual = ent_i_barrier_system(b, eta, true);
    }
    return residual;
}

bool ent_i_barrier_hold(ent_barrier *b, ent_coal zero, double tolerance)
{
    b->zero = zero;
    for (int i = 0; i < b->n; i++)
        if (ent_coal_has(zero, i)) b->y[i] = 0.0;
    bool held = ent_i_barrier_settle(b, 0.0, 0.01 * tolerance, FINAL_STEPS) <= tolerance;
    for (int i = 0; i < b->n; i++) {
        if (!ent_coal_has(zero, i)) continue;
        /* whose price is 0 claims nothing: P(N) = P(N\i) was no equation of the system solved */
        const ent_coal rest = ent_coal_all(b->n) & ~ent_coal_single(i);
        held = held && fabs(b->y[b->w] - b->y[b->side[b->side_of[rest]].potential]) <= tolerance;
        b->y[i] = 0.0;
    }
    b->zero = 0;
    return held;
}

static void predict(ent_barrier *b, const double *from, double log_from, double step,
                    double *log_eta)
{
    for (int k = 0; k < b->unknowns; k++) b->y[k] = from[k] + step * b->tangent[k];
    *log_eta = log_from + step * b->tangent[b->unknowns];
}

ent_status ent_i_barrier_solve(ent_ctx *ctx, ent_barrier *b, const double *a0, double tolerance,
                               bool *solved)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = b->unknowns;
    double *metric = NULL, *from = NULL, log_eta = BEGIN, step = STEP;
    *solved = false;
    ENT_SCRATCH(ctx, metric, n + 1);
    ENT_SCRATCH(ctx, from, n);
    for (int i = 0; i < b->n; i++) b->start[i] = a0[i];
    ent_i_barrier_begin(b, exp(BEGIN));
    if (ent_i_barrier_settle(b, exp(BEGIN), ON_CURVE, FINAL_STEPS) > ON_CURVE * exp(BEGIN))
        goto done;
    for (int k = 0; k < n; k++) b->tangent[k] = 0.0;
    b->tangent[n] = -1.0;
    for (int k = 0; k < STEPS_MAX && log_eta > END; k++) {
        ENT_CHECK_CANCEL(ctx);
        measure_by(b, metric);
        if (!find_tangent(b, exp(log_eta), metric)) break;
        memcpy(from, b->y, (size_t)n * sizeof *from);
        const double log_from = log_eta;
        int used = 0;
        while (used == 0 && step >= STEP_LEAST) {
            predict(b, from, log_from, step, &log_eta);
            used = correct(b, &log_eta, metric);
            if (used == 0) step *= 0.4;
        }
        if (used == 0) {
            memcpy(b->y, from, (size_t)n * sizeof *from);
            break;
        }
        if (used <= 3) step = fmin(STEP_MOST, 1.6 * step);
        if (log_eta > TURNED) goto done;
    }
    /* also where the curve was lost on the way: what Newton solves is a solution */
    *solved = ent_i_barrier_settle(b, 0.0, 0.01 * tolerance, FINAL_STEPS) <= tolerance;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

void ent_i_barrier_point(const ent_barrier *b, ent_point *p)
{
    static const double CARRIES = 1e-10;
    const ent_threats *t = b->g->t;
    double sum = 0.0, a = 0.0;
    *p = (ent_point){.support = 0};
    for (int64_t x = 0; x < t->profiles && p->support < ENT_COCO_SUPPORT; x++) {
        const double weight = b->y[b->lottery + x];
        if (!(weight > CARRIES)) continue;
        p->profile[p->support] = x;
        p->weight[p->support++] = weight;
        sum += weight;
    }
    for (int l = 0; l < p->support; l++) p->weight[l] /= sum;
    for (int i = 0; i < b->n; i++) a += p->price[i] = fmax(0.0, b->y[i]);
    for (int i = 0; i < b->n; i++) {
        p->price[i] /= a;
        for (int l = 0; l < p->support; l++)
            p->utility[i] += p->weight[l] * t->payoff[i * t->profiles + p->profile[l]];
        p->joint += p->price[i] * p->utility[i];
    }
}
