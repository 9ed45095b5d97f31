/* Semismooth Newton: guess which bounds bind, solve the two linear equations, look again. It
 * settled within six steps in every random game tried; should it not, best replies one after
 * another (which converge: the potential is strictly concave) give the guess. */
#include "information/bayes_stage.h"

#include <math.h>

enum { NEWTON_STEPS = 100, HALVINGS = 20, REPLY_SWEEPS = 20000 };

/* The two unknowns as v = (1 - e) u_0 + e u_1, on which truthful policies depend, and d = u_1 -
 *     u_0, on which they do not: v = A e - eta (X_T + (1 - e) X_0 + e X_1),   d = (A - eta (X_1 -
 *     X_0)) / (t + 3)
 * With u_0 and u_1 themselves the determinant of the linear equations would cancel 1 / (1 - eta)
 * against its square. */
enum { V, D };

/* A policy as a + b_V v + b_D d. */
typedef struct affine {
    double a, b[2];
} affine;

typedef struct stage {
    const ent_alliance *a;
    ent_bayes_stage *out;
    double e, e_s[2], step, scale; /* estimates; e_1 - e_0; A */
    /* (1 - eta) + eta (e_0 + 1 - e_1): x_1 - x_0 = d / spread where no bound binds */
    double spread;
} stage;

static double clip(double x, double lo, double hi) { return x < lo ? lo : x > hi ? hi : x; }

static bool truthful(const stage *s, int i) { return ent_coal_has(s->out->truthful, i); }

static void u_of(const stage *s, const double w[2], double u[2])
{
    u[0] = w[V] - s->e * w[D];
    u[1] = w[V] + (1.0 - s->e) * w[D];
}

/* The four coefficients of a babbler's own problem: x_s = (u_s + A b + cross_s x_other) / own_s. */
static void babbler_terms(const stage *s, double own[2], double cross[2])
{
    const double eta = s->a->eta;
    own[0] = s->a->rest + eta * s->e_s[0];
    own[1] = s->a->rest + eta * (1.0 - s->e_s[1]);
    cross[0] = eta * s->e_s[0];
    cross[1] = eta * (1.0 - s->e_s[1]);
}

/* A babbler's two policies given v and d: an M-matrix. Without bounds (v + A b) / (1 - eta), spread
 * by d; else one is at a bound and the other answers. */
static void babble(const stage *s, int j, const double w[2], double x[2])
{
    double own[2], cross[2], u[2];
    const double lo = s->a->low[j], hi = s->a->high[j], base = s->scale * s->a->bias[j],
                 middle = (w[V] + base) / s->a->rest;
    x[0] = middle - s->e * w[D] / s->spread;
    x[1] = middle + (1.0 - s->e) * w[D] / s->spread;
    if (x[0] >= lo && x[0] <= hi && x[1] >= lo && x[1] <= hi) return;
    babbler_terms(s, own, cross);
    u_of(s, w, u);
    for (int first = 0; first < 2; first++) {
        for (int side = 0; side < 2; side++) {
            const int other = 1 - first;
            const double bound = side ? hi : lo;
            if (isinf(bound)) continue;
            const double reply =
                clip((u[other] + base + cross[other] * bound) / own[other], lo, hi);
            const double wish = (u[first] + base + cross[first] * reply) / own[first];
            if (side ? wish >= bound : wish <= bound) {
                x[first] = bound;
                x[other] = reply;
                return;
            }
        }
    }
    x[0] = clip(x[0], lo, hi); /* rounding between two patterns */
    x[1] = clip(x[1], lo, hi);
}

static void policies(const stage *s, const double w[2])
{
    for (int i = 0; i < s->a->n; i++) {
        double *x = s->out->x[i];
        if (truthful(s, i))
            x[0] = x[1] =
                clip((w[V] + s->scale * s->a->bias[i]) / s->a->rest, s->a->low[i], s->a->high[i]);
        else babble(s, i, w, x);
    }
}

static void truthful_affine(const stage *s, int i, affine f[2])
{
    const double x = s->out->x[i][0], rest = s->a->rest;
    f[0] = (affine){x, {0.0, 0.0}};
    if (x > s->a->low[i] && x < s->a->high[i])
        f[0] = (affine){s->scale * s->a->bias[i] / rest, {1.0 / rest, 0.0}};
    f[1] = f[0];
}

static void babbler_affine(const stage *s, int j, affine f[2])
{
    double own[2], cross[2];
    const double *x = s->out->x[j], base = s->scale * s->a->bias[j], rest = s->a->rest;
    babbler_terms(s, own, cross);
    const bool free0 = x[0] > s->a->low[j] && x[0]<s->a->high[j], free1 = x[1]> s->a->low[j] &&
                       x[1] < s->a->high[j];
    f[0] = (affine){x[0], {0.0, 0.0}};
    f[1] = (affine){x[1], {0.0, 0.0}};
    if (free0 && free1) {
        f[0] = (affine){base / rest, {1.0 / rest, -s->e / s->spread}};
        f[1] = (affine){base / rest, {1.0 / rest, (1.0 - s->e) / s->spread}};
    } else if (free0) {
        f[0] = (affine){(base + cross[0] * x[1]) / own[0], {1.0 / own[0], -s->e / own[0]}};
    } else if (free1) {
        f[1] = (affine){(base + cross[1] * x[0]) / own[1], {1.0 / own[1], (1.0 - s->e) / own[1]}};
    }
}

/* v and d from the bounds that bind at the present policies. */
static void solve_linear(const stage *s, double w[2])
{
    const double eta = s->a->eta;
    /* of (1 - e) x_0 + e x_1, and of x_1 - x_0 */
    affine sum = {0.0, {0.0, 0.0}}, apart = {0.0, {0.0, 0.0}};
    for (int i = 0; i < s->a->n; i++) {
        affine f[2];
        if (truthful(s, i)) truthful_affine(s, i, f);
        else babbler_affine(s, i, f);
        sum.a += (1.0 - s->e) * f[0].a + s->e * f[1].a;
        apart.a += f[1].a - f[0].a;
        for (int r = 0; r < 2; r++) {
            sum.b[r] += (1.0 - s->e) * f[0].b[r] + s->e * f[1].b[r];
            apart.b[r] += f[1].b[r] - f[0].b[r];
        }
    }
    const double m00 = 1.0 + eta * sum.b[V], m01 = eta * sum.b[D], m10 = s->step * eta * apart.b[V],
                 m11 = 1.0 + s->step * eta * apart.b[D];
    const double r0 = s->scale * s->e - eta * sum.a, r1 = s->step * (s->scale - eta * apart.a);
    const double det = m00 * m11 - m01 * m10;
    w[V] = (r0 * m11 - m01 * r1) / det;
    w[D] = (m00 * r1 - m10 * r0) / det;
}

/* v and d as the present policies define them. */
static void define(const stage *s, double w[2])
{
    double sum = 0.0, apart = 0.0;
    for (int i = 0; i < s->a->n; i++) {
        const double *x = s->out->x[i];
        sum += (1.0 - s->e) * x[0] + s->e * x[1];
        apart += x[1] - x[0];
    }
    w[V] = s->scale * s->e - s->a->eta * sum;
    w[D] = s->step * (s->scale - s->a->eta * apart);
}

/* One player after another plays its best reply to the others. */
static void reply_sweep(const stage *s)
{
    const double eta = s->a->eta;
    for (int i = 0; i < s->a->n; i++) {
        double w[2], u[2], *x = s->out->x[i];
        define(s, w);
        u_of(s, w, u);
        /* without i */
        for (int r = 0; r < 2; r++) u[r] += eta * ((1.0 - s->e_s[r]) * x[0] + s->e_s[r] * x[1]);
        const double base = s->scale * s->a->bias[i];
        if (truthful(s, i)) {
            x[0] = x[1] =
                clip((1.0 - s->e) * u[0] + s->e * u[1] + base, s->a->low[i], s->a->high[i]);
            continue;
        }
        for (int r = 0; r < 2; r++) x[r] = clip(u[r] + base, s->a->low[i], s->a->high[i]);
    }
}

/* Which bounds bind, as a number. */
static uint64_t pattern(const stage *s)
{
    uint64_t hash = 14695981039346656037u;
    for (int i = 0; i < s->a->n; i++)
        for (int r = 0; r < 2; r++) {
            const double x = s->out->x[i][r];
            hash = (hash ^ (x <= s->a->low[i]    ? 1u
                            : x >= s->a->high[i] ? 2u
                                                 : 3u)) *
                   1099511628211u;
        }
    return hash;
}

/* How far v and d are from what the policies that answer them make of them. */
static double miss(const stage *s, const double w[2])
{
    double defined[2];
    policies(s, w);
    define(s, defined);
    return fabs(w[V] - defined[V]) + fabs(w[D] - defined[D]);
}

/* A step solves the linear equations of its pattern, so a pattern that returns after a full step
 * has been solved. Steps that do not come closer are halved: a piecewise linear equation can make
 * full steps go in circles. */
static bool newton(const stage *s, double w[2])
{
    double here = miss(s, w);
    for (int step = 0; step < NEWTON_STEPS; step++) {
        const uint64_t before = pattern(s);
        double target[2], length = 1.0, there = 0.0, try[2] = {0.0, 0.0};
        solve_linear(s, target);
        for (int half = 0; half < HALVINGS; half++, length *= 0.5) {
            for (int r = 0; r < 2; r++)
                try[r] = length == 1.0 ? target[r] : w[r] + length * (target[r] - w[r]);
            there = miss(s, try);
            if (pattern(s) == before && length == 1.0) break;
            if (there < here) break;
        }
        w[V] = try[V], w[D] = try[D];
        if (pattern(s) == before && length == 1.0) return true;
        here = there;
    }
    return false;
}

static void sums(ent_bayes_stage *out)
{
    out->told = out->babbled = out->spread = out->spread2 = 0.0;
    for (int j = 0; j < out->n; j++) {
        const double *x = out->x[j], d = x[1] - x[0];
        if (ent_coal_has(out->truthful, j)) out->told += x[0];
        else out->babbled += x[0], out->spread += d, out->spread2 += d * d;
    }
}

void ent_i_bayes_stage(const ent_alliance *a, ent_coal truthful_set, int k, ent_bayes_stage *out)
{
    const int t = ent_coal_size(truthful_set);
    out->n = a->n, out->t = t, out->k = k, out->truthful = truthful_set;
    const double e0 = (k + 1.0) / (t + 3.0), e1 = (k + 2.0) / (t + 3.0);
    const stage s = {.a = a,
                     .out = out,
                     .scale = 1.0 + (a->n - 1) * a->eta,
                     .e = (k + 1.0) / (t + 2.0),
                     .e_s = {e0, e1},
                     .step = 1.0 / (t + 3.0),
                     .spread = a->rest + a->eta * (t + 2.0) / (t + 3.0)};
    /* Begin as if no bound were binding: [ITA] Theorem 1 clipped. */
    double total = 0.0;
    for (int i = 0; i < a->n; i++) total += a->bias[i];
    /* sum of beta is B */
    double w[2] = {s.scale * s.e - a->eta * (a->n * s.e + total), s.step * s.scale};
    if (!newton(&s, w)) {
        for (int sweep = 0; sweep < REPLY_SWEEPS; sweep++) reply_sweep(&s);
        define(&s, w);
        newton(&s, w);
    }
    u_of(&s, w, out->u);
    sums(out);
}

ent_alliance ent_i_alliance(const ent_information *m, double *low, double *high)
{
    for (int i = 0; i < m->n; i++) {
        low[i] = m->has_low[i] ? m->low.value[i] : -(double)INFINITY;
        high[i] = m->has_high[i] ? m->high.value[i] : (double)INFINITY;
    }
    return (ent_alliance){
        .n = m->n, .eta = m->eta, .rest = m->rest, .bias = m->bias.value, .low = low, .high = high};
}
