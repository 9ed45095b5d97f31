/* Newton on the active plays J: unknowns a and the weights of J; equations a_i u_i = psi_i (but the
 * last, which follows from the others when J is optimal), ties a.(u(x) - u(x0)) = 0 on J, sums 1.
 * Conflicts take part through their values and, by the envelope theorem, through the payoffs in
 * them. The set J changes until its weights are not negative and no play beats it. */
#include "strategic/coco.h"

#include "num/dense.h"

#include <math.h>

enum { STEPS_MAX = 24, CHANGES_MAX = 24 };
/* pivots below this leave their unknown alone: prices need not be isolated */
static const double SINGULAR = 1e-10;
static const double NEGATIVE = 1e-12; /* weights below minus this are negative */
/* the part of the way to a zero price that one step may go */
static const double STAY = 0.8;

typedef struct system {
    int n, k, size;
    double *jacobian; /* [size][size] */
    double *value;    /* [size] */
} system_of;

static double payoff(const ent_grand *g, int i, int64_t profile)
{
    return g->t->payoff[i * g->t->profiles + profile];
}

static void utilities(const ent_grand *g, ent_point *p)
{
    for (int i = 0; i < g->n; i++) {
        double sum = 0.0;
        for (int l = 0; l < p->support; l++) sum += p->weight[l] * payoff(g, i, p->profile[l]);
        p->utility[i] = sum;
    }
}

static double worth(const ent_grand *g, const double *price, int64_t profile)
{
    double sum = 0.0;
    for (int i = 0; i < g->n; i++) sum += price[i] * payoff(g, i, profile);
    return sum;
}

/* The player whose equation follows from the others. */
static int last_positive(int n, ent_coal zero)
{
    int i = n - 1;
    while (i > 0 && ent_coal_has(zero, i)) i--;
    return i;
}

/* Equations and derivatives at p; returned: the largest equation. */
static double build(ent_grand *g, ent_point *p, system_of *s)
{
    const int n = g->n, k = p->support, size = n + k;
    s->n = n, s->k = k, s->size = size;
    ent_threats_at(g->t, p->price);
    g->evaluations++;
    utilities(g, p);
    double slope[ENT_COCO_PLAYERS * ENT_COCO_PLAYERS];
    ent_threats_slopes(g->t, slope);
    const double share = g->t->share[n], base = worth(g, p->price, p->profile[0]);
    for (int e = 0; e < size * size; e++) s->jacobian[e] = 0.0;
    int row = 0;
    const int left_out = last_positive(n, p->zero);
    for (int i = 0; i < n; i++) {
        double *j = s->jacobian + row * size;
        if (i == left_out) continue;
        if (ent_coal_has(p->zero, i)) {
            s->value[row++] = p->price[i];
            j[i] = 1.0;
            continue;
        }
        s->value[row] = p->price[i] * p->utility[i] - (g->t->psi[i] + share * (base - g->t->joint));
        for (int q = 0; q < n; q++)
            j[q] = -slope[i * n + q] -
                   share * (payoff(g, q, p->profile[0]) - payoff(g, q, g->t->best));
        j[i] += p->utility[i];
        for (int l = 0; l < k; l++) j[n + l] = p->price[i] * payoff(g, i, p->profile[l]);
        row++;
    }
    for (int l = 1; l < k; l++, row++) {
        s->value[row] = worth(g, p->price, p->profile[l]) - base;
        for (int q = 0; q < n; q++)
            s->jacobian[row * size + q] = payoff(g, q, p->profile[l]) - payoff(g, q, p->profile[0]);
    }
    double a = -1.0, weights = -1.0;
    for (int i = 0; i < n; i++) a += p->price[i], s->jacobian[row * size + i] = 1.0;
    s->value[row++] = a;
    for (int l = 0; l < k; l++) weights += p->weight[l], s->jacobian[row * size + n + l] = 1.0;
    s->value[row++] = weights;
    double most = 0.0;
    for (int e = 0; e < size; e++) most = fmax(most, fabs(s->value[e]));
    return most;
}

/* One step, shortened so that prices stay positive. */
static void step(const system_of *s, ent_point *p)
{
    double part = 1.0;
    for (int i = 0; i < s->n; i++)
        if (s->value[i] > 0.0 && p->price[i] > 0.0 && !ent_coal_has(p->zero, i))
            part = fmin(part, STAY * p->price[i] / s->value[i]);
    for (int i = 0; i < s->n; i++) p->price[i] -= part * s->value[i];
    for (int l = 0; l < s->k; l++) p->weight[l] -= part * s->value[s->n + l];
}

/* Newton with J as it is. Returned: the last residual. */
static double converge(ent_grand *g, ent_point *p, double tolerance)
{
    system_of s = {.jacobian = g->newton,
                   .value = g->newton +
                            (ENT_COCO_PLAYERS + ENT_COCO_SUPPORT) * (g->n + ENT_COCO_SUPPORT)};
    int order[ENT_COCO_PLAYERS + ENT_COCO_SUPPORT];
    double residual = build(g, p, &s), before = (double)INFINITY;
    for (int k = 0; k < STEPS_MAX; k++) {
        if (residual <= 0.01 * tolerance || (residual <= tolerance && residual >= 0.5 * before))
            break;
        if (k > 6 && residual > 0.5 * before && residual > 1e-6) break;
        before = residual;
        ent_dense_solve(s.size, s.jacobian, s.value, SINGULAR, order);
        step(&s, p);
        residual = build(g, p, &s);
    }
    return residual;
}

static void drop(ent_point *p, int l)
{
    p->support--;
    for (int k = l; k < p->support; k++)
        p->profile[k] = p->profile[k + 1], p->weight[k] = p->weight[k + 1];
}

static int lightest(const ent_point *p)
{
    int l = 0;
    for (int k = 1; k < p->support; k++)
        if (p->weight[k] < p->weight[l]) l = k;
    return l;
}

static void add(const ent_grand *g, ent_point *p, int64_t profile)
{
    if (p->support > g->n) drop(p, lightest(p));
    p->profile[p->support] = profile;
    p->weight[p->support++] = 0.0;
}

static bool holds(const ent_point *p, int64_t profile)
{
    for (int l = 0; l < p->support; l++)
        if (p->profile[l] == profile) return true;
    return false;
}

/* Weights that are rounding become 0 and the rest sum to 1. */
static void tidy(const ent_grand *g, ent_point *p)
{
    double sum = 0.0, a = 0.0;
    for (int l = p->support - 1; l >= 0; l--)
        if (p->weight[l] <= NEGATIVE && p->support > 1) drop(p, l);
    for (int l = 0; l < p->support; l++) sum += p->weight[l];
    for (int l = 0; l < p->support; l++) p->weight[l] /= sum;
    for (int i = 0; i < g->n; i++) a += p->price[i];
    for (int i = 0; i < g->n; i++) p->price[i] /= a;
}

/* In a player's own utility an error may be larger than in weighted sums, by so much: near the
 * boundary of positive prices Newton's equations are nearly fulfilled where a player's claim still
 * differs from what it gets. */
static const double OWN_UNITS = 500.0;

/* The equations at prices and utilities as they stand, all n of them; *own is the largest error in
 * a player's own units. */
static double measure(ent_grand *g, ent_point *p, double *own)
{
    ent_threats_at(g->t, p->price);
    utilities(g, p);
    p->joint = g->t->joint;
    double most = 0.0, got = 0.0;
    for (int i = 0; i < g->n; i++) {
        const double error =
            fabs((ent_coal_has(p->zero, i) ? 0.0 : p->price[i] * p->utility[i]) - g->t->psi[i]);
        most = fmax(most, error);
        if (!ent_coal_has(p->zero, i)) *own = fmax(*own, error / p->price[i]);
        got += p->price[i] * p->utility[i];
    }
    return p->residual = fmax(most, fabs(g->t->joint - got));
}

bool ent_i_coco_polish(ent_grand *g, double tolerance, ent_point *p)
{
    for (int change = 0; change < CHANGES_MAX; change++) {
        const double residual = converge(g, p, tolerance);
        if (!(residual <= sqrt(tolerance))) return false;
        const int l = lightest(p);
        const double gap = g->t->joint - worth(g, p->price, p->profile[0]);
        if (p->weight[l] < -NEGATIVE && p->support > 1) {
            drop(p, l);
            continue;
        }
        if (gap > 0.5 * tolerance && !holds(p, g->t->best)) {
            add(g, p, g->t->best);
            continue;
        }
        tidy(g, p);
        double own = 0.0;
        /* on the way to a boundary point further prices may have to sink: there the equations alone
         * count */
        return measure(g, p, &own) <= tolerance && (p->zero != 0 || own <= OWN_UNITS * tolerance);
    }
    return false;
}
