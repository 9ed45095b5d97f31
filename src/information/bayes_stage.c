/* Semismooth Newton: guess which bounds bind, solve the two linear equations, look again. It settled within six steps in every random
 * game tried; should it not, best replies one after another (which converge: the potential is strictly concave) give the guess. */
#include "information/bayes_stage.h"

#include <math.h>

enum { NEWTON_STEPS = 100, HALVINGS = 20, REPLY_SWEEPS = 20000 };

/* A policy as a + b0 u_0 + b1 u_1. */
typedef struct affine {
    double a, b[2];
} affine;

typedef struct stage {
    const ent_alliance *a;
    ent_bayes_stage *out;
    double e, e_s[2], scale; /* estimates; A */
} stage;

static double clip(double x, double lo, double hi) { return x < lo ? lo : x > hi ? hi : x; }

static bool truthful(const stage *s, int i) { return ent_coal_has(s->out->truthful, i); }

/* The four coefficients of a babbler's own problem: x_s = (u_s + A b + cross_s x_other) / own_s. */
static void babbler_terms(const stage *s, double own[2], double cross[2])
{
    const double eta = s->a->eta;
    own[0] = 1.0 - eta * (1.0 - s->e_s[0]);
    own[1] = 1.0 - eta * s->e_s[1];
    cross[0] = eta * s->e_s[0];
    cross[1] = eta * (1.0 - s->e_s[1]);
}

/* A babbler's two policies given u: an M-matrix, so replies one after another from the middle settle quickly; each is exact once the
 * set of binding bounds is right. */
static void babble(const stage *s, int j, const double u[2], double x[2])
{
    double own[2], cross[2];
    const double lo = s->a->low[j], hi = s->a->high[j], base = s->scale * s->a->bias[j];
    babbler_terms(s, own, cross);
    const double det = own[0] * own[1] - cross[0] * cross[1];
    x[0] = (own[1] * (u[0] + base) + cross[0] * (u[1] + base)) / det;
    x[1] = (own[0] * (u[1] + base) + cross[1] * (u[0] + base)) / det;
    if (x[0] >= lo && x[0] <= hi && x[1] >= lo && x[1] <= hi) return;
    for (int first = 0; first < 2; first++) { /* one at a bound, the other answers */
        for (int side = 0; side < 2; side++) {
            const int other = 1 - first;
            const double bound = side ? hi : lo;
            if (isinf(bound)) continue;
            const double reply = clip((u[other] + base + cross[other] * bound) / own[other], lo, hi);
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

static void policies(const stage *s, const double u[2])
{
    const double middle = (1.0 - s->e) * u[0] + s->e * u[1];
    for (int i = 0; i < s->a->n; i++) {
        double *x = s->out->x[i];
        if (!truthful(s, i)) {
            babble(s, i, u, x);
            continue;
        }
        x[0] = x[1] = clip((middle + s->scale * s->a->bias[i]) / (1.0 - s->a->eta), s->a->low[i], s->a->high[i]);
    }
}

static void truthful_affine(const stage *s, int i, affine f[2])
{
    const double x = s->out->x[i][0], rest = 1.0 - s->a->eta;
    f[0] = (affine){x, {0.0, 0.0}};
    if (x > s->a->low[i] && x < s->a->high[i])
        f[0] = (affine){s->scale * s->a->bias[i] / rest, {(1.0 - s->e) / rest, s->e / rest}};
    f[1] = f[0];
}

static void babbler_affine(const stage *s, int j, affine f[2])
{
    double own[2], cross[2];
    const double *x = s->out->x[j], base = s->scale * s->a->bias[j];
    babbler_terms(s, own, cross);
    const bool free0 = x[0] > s->a->low[j] && x[0] < s->a->high[j], free1 = x[1] > s->a->low[j] && x[1] < s->a->high[j];
    const double det = own[0] * own[1] - cross[0] * cross[1];
    f[0] = (affine){x[0], {0.0, 0.0}};
    f[1] = (affine){x[1], {0.0, 0.0}};
    if (free0 && free1) {
        f[0] = (affine){base * (own[1] + cross[0]) / det, {own[1] / det, cross[0] / det}};
        f[1] = (affine){base * (own[0] + cross[1]) / det, {cross[1] / det, own[0] / det}};
    } else if (free0) {
        f[0] = (affine){(base + cross[0] * x[1]) / own[0], {1.0 / own[0], 0.0}};
    } else if (free1) {
        f[1] = (affine){(base + cross[1] * x[0]) / own[1], {0.0, 1.0 / own[1]}};
    }
}

/* u from the bounds that bind at the present policies. */
static void solve_u(const stage *s, double u[2])
{
    const double eta = s->a->eta;
    affine sum[2] = {{0.0, {0.0, 0.0}}, {0.0, {0.0, 0.0}}};
    for (int i = 0; i < s->a->n; i++) {
        affine f[2];
        if (truthful(s, i)) truthful_affine(s, i, f);
        else babbler_affine(s, i, f);
        for (int r = 0; r < 2; r++)
            for (int q = 0; q < 2; q++) { /* equation r: weight of the policy after signal q */
                const double weight = q ? s->e_s[r] : 1.0 - s->e_s[r];
                sum[r].a += weight * f[q].a;
                sum[r].b[0] += weight * f[q].b[0];
                sum[r].b[1] += weight * f[q].b[1];
            }
    }
    const double m00 = 1.0 + eta * sum[0].b[0], m01 = eta * sum[0].b[1], m10 = eta * sum[1].b[0], m11 = 1.0 + eta * sum[1].b[1];
    const double r0 = s->scale * s->e_s[0] - eta * sum[0].a, r1 = s->scale * s->e_s[1] - eta * sum[1].a;
    const double det = m00 * m11 - m01 * m10;
    u[0] = (r0 * m11 - m01 * r1) / det;
    u[1] = (m00 * r1 - m10 * r0) / det;
}

/* u as the present policies define it. */
static void define_u(const stage *s, double u[2])
{
    for (int r = 0; r < 2; r++) {
        double sum = 0.0;
        for (int i = 0; i < s->a->n; i++) sum += (1.0 - s->e_s[r]) * s->out->x[i][0] + s->e_s[r] * s->out->x[i][1];
        u[r] = s->scale * s->e_s[r] - s->a->eta * sum;
    }
}

/* One player after another plays its best reply to the others. */
static void reply_sweep(const stage *s)
{
    const double eta = s->a->eta;
    for (int i = 0; i < s->a->n; i++) {
        double u[2], *x = s->out->x[i];
        define_u(s, u);
        for (int r = 0; r < 2; r++) u[r] += eta * ((1.0 - s->e_s[r]) * x[0] + s->e_s[r] * x[1]); /* without i */
        const double base = s->scale * s->a->bias[i];
        if (truthful(s, i)) {
            x[0] = x[1] = clip((1.0 - s->e) * u[0] + s->e * u[1] + base, s->a->low[i], s->a->high[i]);
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
            hash = (hash ^ (x <= s->a->low[i] ? 1u : x >= s->a->high[i] ? 2u : 3u)) * 1099511628211u;
        }
    return hash;
}

/* How far u is from what the policies that answer it make of it. */
static double miss(const stage *s, const double u[2])
{
    double defined[2];
    policies(s, u);
    define_u(s, defined);
    return fabs(u[0] - defined[0]) + fabs(u[1] - defined[1]);
}

/* A step solves the linear equations of its pattern, so a pattern that returns after a full step has been solved. Steps that do not bring u
 * closer are halved: a piecewise linear equation can make full steps go in circles. */
static bool newton(const stage *s, double u[2])
{
    double here = miss(s, u);
    for (int step = 0; step < NEWTON_STEPS; step++) {
        const uint64_t before = pattern(s);
        double target[2], length = 1.0, there = 0.0, try[2] = {0.0, 0.0};
        solve_u(s, target);
        for (int half = 0; half < HALVINGS; half++, length *= 0.5) {
            for (int r = 0; r < 2; r++) try[r] = length == 1.0 ? target[r] : u[r] + length * (target[r] - u[r]);
            there = miss(s, try);
            if (pattern(s) == before && length == 1.0) break;
            if (there < here) break;
        }
        u[0] = try[0], u[1] = try[1];
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
    const stage s = {.a = a, .out = out, .scale = 1.0 + (a->n - 1) * a->eta, .e = (k + 1.0) / (t + 2.0),
                     .e_s = {(k + 1.0) / (t + 3.0), (k + 2.0) / (t + 3.0)}};
    /* Begin as if no bound were binding: [ITA] Theorem 1 clipped. */
    double u[2] = {0.0, 0.0};
    double total = 0.0;
    for (int i = 0; i < a->n; i++) total += a->bias[i];
    const double level = a->n * s.e + total; /* sum of beta is B */
    for (int r = 0; r < 2; r++) u[r] = s.scale * s.e_s[r] - a->eta * level;
    if (!newton(&s, u)) {
        for (int sweep = 0; sweep < REPLY_SWEEPS; sweep++) reply_sweep(&s);
        define_u(&s, u);
        newton(&s, u);
    }
    out->u[0] = u[0], out->u[1] = u[1];
    sums(out);
}

ent_alliance ent_i_alliance(const ent_information *m, double *low, double *high)
{
    for (int i = 0; i < m->n; i++) {
        low[i] = m->has_low[i] ? m->low.value[i] : -(double)INFINITY;
        high[i] = m->has_high[i] ? m->high.value[i] : (double)INFINITY;
    }
    return (ent_alliance){.n = m->n, .eta = m->eta, .bias = m->bias.value, .low = low, .high = high};
}
