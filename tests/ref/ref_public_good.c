#include "ref/ref_public_good.h"

#include <math.h>
#include <stddef.h>

typedef long double real;
enum { N = REF_PUBLIC_GOOD_MAX, BISECTIONS = 200 };

/* What is maximised, as a function of the whole play; all of them happen to be separable
 * quadratics, which is found out by evaluating them, not by algebra. */
typedef enum question { ON_PATH, PUNISH, TOTAL, HOLD_DOWN, BARGAINED_MOST, QUIET_MOST } question;

typedef struct inquiry {
    const ref_public_good *g;
    question what;
    int who;
} inquiry;

static int inside(const ref_public_good *g, int i) { return ent_coal_has(g->coalition, i); }

static real payoff(const ref_public_good *g, const real *a, int i)
{
    real sum = 0;
    for (int j = 0; j < g->n; j++) sum += (real)g->size[j] * a[j];
    return (real)g->size[i] * sum - (real)g->cost[i] * (real)g->size[i] * a[i] * a[i];
}

static real reply(const ref_public_good *g, const real *a, int i)
{
    real best[N];
    for (int j = 0; j < g->n; j++) best[j] = a[j];
    best[i] = (real)g->size[i] / (2 * (real)g->cost[i]);
    return payoff(g, best, i);
}

static real gains(const ref_public_good *g, const real *a)
{
    real sum = 0;
    for (int i = 0; i < g->n; i++) sum += reply(g, a, i) - payoff(g, a, i);
    return sum;
}

static real total(const ref_public_good *g, const real *a)
{
    real sum = 0;
    for (int i = 0; i < g->n; i++) sum += payoff(g, a, i);
    return sum;
}

static real directed(const ref_public_good *g, const real *a)
{
    real k = 0;
    for (int i = 0; i < g->n; i++)
        k += inside(g, i) ? payoff(g, a, i) : payoff(g, a, i) - reply(g, a, i);
    return k;
}

static real objective(const inquiry *q, const real *a)
{
    const ref_public_good *g = q->g;
    switch (q->what) {
    case ON_PATH: return directed(g, a);
    case PUNISH: return (real)g->weight[q->who] * directed(g, a) - reply(g, a, q->who);
    case TOTAL: return total(g, a);
    case HOLD_DOWN: return -reply(g, a, q->who);
    case BARGAINED_MOST:
        return reply(g, a, q->who) - (real)g->weight[q->who] * directed(g, a) - gains(g, a);
    case QUIET_MOST: return reply(g, a, q->who) - gains(g, a);
    }
    return 0;
}

/* f(a) = value + sum_j (line_j (a_j - hat_j) - bend_j (a_j - hat_j)^2), by differences at distance
 * hat_j or 1. */
typedef struct quadratic {
    real value, line[N], bend[N];
} quadratic;

static void probe(const inquiry *q, const real *hat, quadratic *f, quadratic *cost)
{
    real a[N] = {0};
    for (int j = 0; j < q->g->n; j++) a[j] = hat[j];
    f->value = objective(q, a);
    for (int j = 0; j < q->g->n; j++) {
        const real step = hat[j] > 0 ? hat[j] : 1;
        a[j] = hat[j] + step;
        const real up = objective(q, a), cost_up = gains(q->g, a);
        a[j] = hat[j] - step;
        const real down = objective(q, a), cost_down = gains(q->g, a);
        a[j] = hat[j];
        f->line[j] = (up - down) / (2 * step);
        f->bend[j] = (2 * f->value - up - down) / (2 * step * step);
        cost->bend[j] = (cost_up + cost_down) / (2 * step * step);
    }
}

/* [MW25] eq. (18), (19) and (23) to (25).
 * The play that maximises f - m cost, coordinate by coordinate on [0, infinity), and what it costs.
 * A coordinate without any influence stays at its best reply; one that gains without limit returns
 * infinity. */
static real play_at(const ref_public_good *g, const real *hat, const quadratic *f,
                    const quadratic *cost, real m, real *a)
{
    real spent = 0;
    for (int j = 0; j < g->n; j++) {
        const real bend = f->bend[j] + m * cost->bend[j],
                   noise = 1e-17L * (fabsl(f->value) + fabsl(f->line[j] * hat[j]));
        a[j] = hat[j];
        if (fabsl(f->line[j]) * hat[j] <= noise) continue;
        if (bend * hat[j] * hat[j] <= noise) a[j] = f->line[j] < 0 ? 0 : (real)INFINITY;
        else a[j] = fmaxl(0, hat[j] + f->line[j] / (2 * bend));
        spent += cost->bend[j] * (a[j] - hat[j]) * (a[j] - hat[j]);
    }
    return spent;
}

/* [MW25] eq. (17), (22): max f subject to cost <= budget; the play goes into a[]. */
static real best(const inquiry *q, real budget, real *a)
{
    const ref_public_good *g = q->g;
    real hat[N], lo = 0, hi = 1;
    quadratic f = {0}, cost = {0};
    for (int j = 0; j < g->n; j++) hat[j] = a[j] = (real)g->size[j] / (2 * (real)g->cost[j]);
    probe(q, hat, &f, &cost);
    if (!(budget > 0)) return f.value;
    if (play_at(g, hat, &f, &cost, 0, a) > budget) {
        while (play_at(g, hat, &f, &cost, hi, a) > budget) hi *= 2;
        for (int k = 0; k < BISECTIONS; k++) {
            const real mid = (lo + hi) / 2;
            if (play_at(g, hat, &f, &cost, mid, a) > budget) lo = mid;
            else hi = mid;
        }
        play_at(g, hat, &f, &cost, hi, a);
    }
    return objective(q, a);
}

static real value_of(const ref_public_good *g, question what, int who, real budget, real *a)
{
    real play[N];
    const inquiry q = {g, what, who};
    return best(&q, budget, a ? a : play);
}

/* Propositions A and B. */
static real map(const ref_public_good *g, real d)
{
    const real delta = (real)g->discount, rho = (real)g->renegotiation,
               budget = delta / (1 - delta) * d;
    real gamma = 0, benchmark = 0;
    const int lone = ent_coal_size(g->coalition) == 1;
    if (rho > 0 && !lone)
        for (int i = 0; i < g->n; i++)
            if (inside(g, i)) gamma += value_of(g, PUNISH, i, budget, NULL);
    if (rho < 1) {
        benchmark = value_of(g, TOTAL, 0, budget, NULL);
        for (int i = 0; i < g->n; i++) benchmark += value_of(g, HOLD_DOWN, i, budget, NULL);
    }
    if (lone) return (1 - delta) * (1 - rho) / (1 - delta * (1 - rho)) * benchmark;
    return rho * gamma + (1 - rho) * benchmark;
}

static real largest_fixed_point(const ref_public_good *g)
{
    real lo = 0, hi = map(g, 1e30L);
    const real noise = 1e-16L * (fabsl(total(g, (real[N]){0})) + hi);
    if (hi <= noise || g->discount == 0.0) return 0;
    hi *= 2;
    for (int k = 0; k < BISECTIONS; k++) {
        const real mid = (lo + hi) / 2;
        if (map(g, mid) > mid) lo = mid;
        else hi = mid;
    }
    return hi;
}

static void copy(const ref_public_good *g, const real *from, double *to)
{
    for (int j = 0; j < g->n; j++) to[j] = g->size[j] > 0.0 ? (double)from[j] : 0.0;
}

/* The most that insider i can get, from the definition: best disagreement play, all slack to i, its
 * share of the surplus. */
static real most(const ref_public_good *g, const ref_public_good_answer *out, int i, real budget,
                 real on_path, const real *low)
{
    const real delta = (real)g->discount, rho = (real)g->renegotiation, d = (real)out->span;
    real a[N], value = 0;
    if (rho > 0) {
        real members = 0, agreed = 0, outside = 0;
        value_of(g, BARGAINED_MOST, i, budget, a);
        const real slack = delta * d - (1 - delta) * gains(g, a);
        for (int k = 0; k < g->n; k++) {
            if (inside(g, k)) members += (1 - delta) * reply(g, a, k) + delta * low[k];
            else outside += low[k];
        }
        real everybody = d;
        for (int k = 0; k < g->n; k++) everybody += low[k];
        agreed = (1 - delta) * on_path + delta * (everybody - outside);
        value += rho * ((1 - delta) * reply(g, a, i) + delta * low[i] + slack +
                        (real)g->weight[i] * (agreed - members - slack));
    }
    if (rho < 1) {
        value_of(g, QUIET_MOST, i, budget, a);
        value += (1 - rho) * ((1 - delta) * reply(g, a, i) + delta * low[i] + delta * d -
                              (1 - delta) * gains(g, a));
    }
    return value;
}

void ref_public_good_solve(const ref_public_good *g, ref_public_good_answer *out)
{
    const real delta = (real)g->discount, rho = (real)g->renegotiation;
    const real d = largest_fixed_point(g), budget = delta / (1 - delta) * d;
    real a[N], quiet[N], low[N], punished[N];
    *out = (ref_public_good_answer){.span = (double)d};
    const real joint = value_of(g, TOTAL, 0, budget, a);
    copy(g, a, out->extortion_effort);
    const real on_path = value_of(g, ON_PATH, 0, budget, a);
    copy(g, a, out->effort);
    real extortion = joint;
    for (int i = 0; i < g->n; i++) {
        quiet[i] = -value_of(g, HOLD_DOWN, i, budget, NULL);
        out->extortion_payoff[i] = (double)quiet[i];
        if (!inside(g, i)) extortion -= quiet[i];
    }
    out->on_path_value = (double)on_path;
    out->extortion_level = (double)extortion;
    out->level = (double)((1 - delta * (1 - rho)) * on_path + delta * (1 - rho) * extortion);
    out->joint = (double)(rho * total(g, a) + (1 - rho) * joint);
    for (int i = 0; i < g->n; i++) {
        if (!inside(g, i)) {
            low[i] = rho * reply(g, a, i) + (1 - rho) * quiet[i];
            out->payoff[i] = (double)((1 - delta) * reply(g, a, i) + delta * low[i]);
            out->payment[i] = (double)(reply(g, a, i) - payoff(g, a, i));
        } else {
            const real gamma = value_of(g, PUNISH, i, budget, punished);
            copy(g, punished, out->punishment[i]);
            out->gamma[i] = (double)gamma;
            low[i] = rho * ((real)g->weight[i] * on_path - gamma) + (1 - rho) * quiet[i];
            if (ent_coal_size(g->coalition) == 1)
                low[i] = rho * on_path + (1 - rho) * extortion - d;
        }
        out->lowest[i] = (double)low[i];
    }
    for (int i = 0; i < g->n; i++)
        out->highest[i] =
            inside(g, i) ? (double)most(g, out, i, budget, on_path, low) : out->payoff[i];
}
