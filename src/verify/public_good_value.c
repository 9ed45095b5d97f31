#include "verify/public_good_value.h"

#include <math.h>

/* Halvings of the interval that holds a multiplier: each gains a bit, and the interval begins
 * within a power of two. */
enum { HALVINGS = 120, DOUBLINGS = 1200 };

typedef struct problem {
    int n;
    const double *reply_effort, *g;
    double *h, *e; /* [n] */
    double w;
} problem;

/* e(m), and what it costs. */
static double spend(const problem *p, double m)
{
    double spent = 0.0;
    for (int j = 0; j < p->n; j++) {
        double e = 0.0;
        if (p->h[j] != 0.0 && p->g[j] > 0.0)
            e = fmax(-p->reply_effort[j], p->h[j] / (2.0 * p->g[j] * (p->w + m)));
        p->e[j] = e;
        spent += p->g[j] * e * e;
    }
    return spent;
}

/* The most of h.e - w sum g e^2 at this budget; leaves the play in p->e. */
static double most(const problem *p, double budget)
{
    double lo = 0.0, hi = 1.0, worth = 0.0;
    if (!(budget > 0.0)) {
        for (int j = 0; j < p->n; j++) p->e[j] = 0.0;
        return 0.0;
    }
    if (!(spend(p, 0.0) <= budget)) {
        for (int k = 0; k < DOUBLINGS && spend(p, hi) > budget; k++) hi *= 2.0;
        for (int k = 0; k < DOUBLINGS && spend(p, hi / 2.0) <= budget; k++) hi /= 2.0;
        lo = hi / 2.0;
        for (int k = 0; k < HALVINGS; k++) {
            const double mid = lo + (hi - lo) / 2.0;
            if (spend(p, mid) > budget) lo = mid;
            else hi = mid;
        }
    } else {
        hi = 0.0;
    }
    const double spent = spend(p, hi);
    for (int j = 0; j < p->n; j++) worth += p->h[j] * p->e[j];
    return worth - p->w * spent;
}

typedef struct work {
    const ent_relational *m;
    ent_coal coalition;
    const double *weight;
    double *reply_effort, *g, *payoff, *h, *e, *path; /* [n] */
    double inside, all, budget;
} work;

static void on_path(const work *k, ent_coal coalition, double inside, double factor)
{
    const double *size = k->m->size.value;
    for (int j = 0; j < k->m->n; j++)
        k->h[j] = factor * size[j] * (ent_coal_has(coalition, j) ? inside - size[j] : inside);
}

static void punish(const work *k, int i)
{
    const double *size = k->m->size.value;
    for (int j = 0; j < k->m->n; j++)
        if (j != i) k->h[j] -= size[i] * size[j];
}

static double solve(const work *k, double w)
{
    const problem p = {
        .n = k->m->n, .reply_effort = k->reply_effort, .g = k->g, .h = k->h, .e = k->e, .w = w};
    return most(&p, k->budget);
}

/* Gamma_0, and max U on the way. */
static double benchmark(const work *k, double *least, double *total)
{
    const int n = k->m->n;
    on_path(k, ent_coal_all(n), k->all, 1.0);
    double gamma = solve(k, 1.0);
    *total = gamma;
    for (int i = 0; i < n; i++) *total += k->payoff[i];
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) k->h[j] = 0.0;
        punish(k, i);
        const double loss = solve(k, 0.0);
        least[i] = k->payoff[i] - loss;
        gamma += loss;
    }
    return gamma;
}

static double gamma_sum(const work *k)
{
    double gamma = 0.0;
    for (int i = 0; i < k->m->n; i++) {
        if (!ent_coal_has(k->coalition, i)) continue;
        on_path(k, k->coalition, k->inside, k->weight[i]);
        punish(k, i);
        gamma += solve(k, k->weight[i]);
    }
    return gamma;
}

static void prepare(work *k)
{
    const ent_relational *m = k->m;
    double total = 0.0;
    for (int j = 0; j < m->n; j++) {
        k->g[j] = m->cost.value[j] * m->size.value[j];
        k->reply_effort[j] = m->size.value[j] / (2.0 * m->cost.value[j]);
        k->all += m->size.value[j];
        if (ent_coal_has(k->coalition, j)) k->inside += m->size.value[j];
        total += m->size.value[j] * k->reply_effort[j];
    }
    for (int i = 0; i < m->n; i++)
        k->payoff[i] = m->size.value[i] * total - k->g[i] * k->reply_effort[i] * k->reply_effort[i];
}

/* 1 - r, rounded once. */
static double rest_of(const ent_rat *r)
{
    ent_rat rest = ENT_RAT_ZERO;
    ent_rat_set_int(&rest, 1);
    ent_rat_sub(&rest, &rest, r);
    const double rounded = ent_rat_double(&rest);
    ent_rat_release(&rest);
    return rounded;
}

/* Level and outsiders' payoffs: docs/results.md. `least` holds min uhat. */
static void derive(const work *k, const double *least, double total, ent_pg_coalition *out)
{
    const ent_relational *m = k->m;
    const double delta = m->discount, rho = m->renegotiation,
                 silent = rest_of(&m->renegotiation_exact), now = rest_of(&m->discount_exact),
                 quiet = delta * silent;
    double extortion = total, sum = 0.0;
    on_path(k, k->coalition, k->inside, 1.0);
    double value = solve(k, 1.0);
    for (int j = 0; j < m->n; j++) {
        sum += m->size.value[j] * k->e[j];
        if (ent_coal_has(k->coalition, j)) value += k->payoff[j];
        else extortion -= least[j];
    }
    out->level = (1.0 - quiet) * value + quiet * extortion;
    for (int j = 0; j < m->n; j++) {
        const double reply = k->payoff[j] + m->size.value[j] * (sum - m->size.value[j] * k->e[j]);
        out->payoff[j] = now * reply + delta * (rho * reply + silent * least[j]);
    }
}

ent_status ent_pg_value_at(ent_ctx *ctx, const ent_relational *model, ent_coal coalition,
                           const double *weight, double span, ent_pg_coalition *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = model->n;
    const double delta = model->discount, rho = model->renegotiation,
                 now = rest_of(&model->discount_exact),
                 silent = rest_of(&model->renegotiation_exact);
    double *least = NULL, total = 0.0, *all = NULL;
    ENT_SCRATCH(ctx, least, n);
    ENT_SCRATCH(ctx, all, 5 * n);
    work k = {.m = model,
              .coalition = coalition,
              .weight = weight,
              .reply_effort = all,
              .g = all + n,
              .payoff = all + 2 * n};
    k.h = all + 3 * n;
    k.e = all + 4 * n;
    k.budget = delta / now * span;
    prepare(&k);
    const double zero = benchmark(&k, least, &total);
    if (ent_coal_size(coalition) > 1) out->map = rho * gamma_sum(&k) + silent * zero;
    else out->map = now * silent / (now + delta * rho) * zero;
    derive(&k, least, total, out);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
