/* Who can gain: one linear program a player, whose duals prove it when the answer is no. Then the
 * logarithm of the product plus a barrier in the weights is maximised by Newton; its Hessian is
 * diagonal plus rank n, so that a step costs O(outcomes n^2). */
#include "concept/nash.h"

#include "num/dense.h"

#include <math.h>

enum { PLAYERS = 64, STEPS_MAX = 400 };
static const double NOTHING = 1e-11; /* gains below this, relative to the largest, are none */
/* below it the diagonal drowns the rest; the active outcomes are plain by then */
static const double LAST_BARRIER = 1e-9;

typedef struct nash {
    int n, k;           /* players, outcomes in use */
    int *outcome;       /* [k] */
    const double *gain; /* [outcomes][n], scaled */
    bool *can;
    double *weight, *slope, *step; /* [k] */
    double total[PLAYERS];
} nash;

/* max gain_i subject to gain_j >= 0 and sum of weights <= 1. */
static double most(ent_lp_work *lp_work, int n, int outcomes, const double *gain, int i, double *a,
                   double *c, double *weight, double *dual)
{
    double b[PLAYERS] = {0};
    int rows = 0;
    for (int j = 0; j < n; j++) {
        if (j == i) continue;
        for (int x = 0; x < outcomes; x++) a[rows * outcomes + x] = -gain[x * n + j];
        rows++;
    }
    for (int x = 0; x < outcomes; x++) a[rows * outcomes + x] = 1.0, c[x] = gain[x * n + i];
    b[rows++] = 1.0;
    const ent_lp lp = {.rows = rows, .columns = outcomes, .a = a, .b = b, .c = c};
    ent_lp_result r;
    ent_lp_solve(lp_work, &lp, ENT_LP_COLD, NULL, &r);
    for (int x = 0; x < outcomes; x++) weight[x] = r.x[x];
    for (int j = 0, row = 0; j < n; j++) dual[j] = j == i ? 1.0 : r.y[row++];
    return r.value;
}

static ent_status who_can(ent_ctx *ctx, int n, int outcomes, const double *gain, double *start,
                          bool *can, double *fixed)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_lp_work *work = NULL;
    double *a = NULL, *c = NULL, *weight = NULL, dual[PLAYERS];
    int gainers = 0;
    ENT_SCRATCH(ctx, a, (size_t)n * (size_t)outcomes);
    ENT_SCRATCH(ctx, c, outcomes);
    ENT_SCRATCH(ctx, weight, outcomes);
    ENT_TRY(ent_lp_work_new(ctx, n, outcomes, &work));
    for (int x = 0; x < outcomes; x++) start[x] = 0.0;
    for (int i = 0; i < n; i++) fixed[i] = 0.0;
    for (int i = 0; i < n; i++) {
        can[i] = most(work, n, outcomes, gain, i, a, c, weight, dual) > NOTHING;
        gainers += can[i];
        for (int x = 0; can[i] && x < outcomes; x++) start[x] += weight[x];
        for (int j = 0; !can[i] && j < n; j++) fixed[j] += dual[j];
    }
    for (int x = 0; gainers > 0 && x < outcomes; x++) start[x] /= gainers;
done:
    ent_lp_work_free(work);
    ent_scratch_reset(ctx, mark);
    return st;
}

static void totals(nash *s)
{
    for (int i = 0; i < s->n; i++) s->total[i] = 0.0;
    for (int q = 0; q < s->k; q++)
        for (int i = 0; i < s->n; i++)
            s->total[i] += s->weight[q] * s->gain[s->outcome[q] * s->n + i];
}

static double row(const nash *s, int q, int i)
{
    return s->gain[s->outcome[q] * s->n + i] / s->total[i];
}

/* One Newton step for sum of log totals + barrier sum of log weights + barrier log(1 - sum of
 * weights). Rows of the low-rank part: the players that gain, and the last one for the weight left
 * over. Returned: the decrement. */
static double newton(nash *s, double barrier)
{
    double m[(PLAYERS + 1) * (PLAYERS + 1)], v[PLAYERS + 1], left = 1.0;
    int list[PLAYERS], players = 0;
    for (int i = 0; i < s->n; i++)
        if (s->can[i]) list[players++] = i;
    for (int q = 0; q < s->k; q++) left -= s->weight[q];
    const int rank = players + 1;
    const double last = sqrt(barrier) / left;
    for (int e = 0; e < rank * rank; e++) m[e] = e % (rank + 1) == 0 ? 1.0 : 0.0;
    for (int e = 0; e < rank; e++) v[e] = 0.0;
    for (int q = 0; q < s->k; q++) {
        const double w = s->weight[q], inverse = w * w / barrier;
        double low[PLAYERS + 1], slope = barrier / w - barrier / left;
        for (int e = 0; e < players; e++) low[e] = row(s, q, list[e]), slope += low[e];
        low[players] = last;
        s->slope[q] = slope;
        for (int e = 0; e < rank; e++) {
            v[e] += low[e] * inverse * slope;
            for (int f = 0; f < rank; f++) m[e * rank + f] += low[e] * inverse * low[f];
        }
    }
    int order[PLAYERS + 1];
    ent_dense_solve(rank, m, v, 0.0, order);
    double decrement = 0.0;
    for (int q = 0; q < s->k; q++) {
        double sum = s->slope[q];
        for (int e = 0; e < players; e++) sum -= row(s, q, list[e]) * v[e];
        sum -= last * v[players];
        s->step[q] = sum * s->weight[q] * s->weight[q] / barrier;
        decrement += s->step[q] * s->slope[q];
    }
    return decrement;
}

/* Go along the step as far as weights, the rest and all gains stay positive. */
static void advance(nash *s)
{
    static const double STAY = 0.9;
    double part = 1.0, left = 1.0, used = 0.0, change[PLAYERS] = {0};
    for (int q = 0; q < s->k; q++) {
        left -= s->weight[q];
        used += s->step[q];
        if (s->step[q] < 0.0) part = fmin(part, -STAY * s->weight[q] / s->step[q]);
        for (int i = 0; i < s->n; i++) change[i] += s->step[q] * s->gain[s->outcome[q] * s->n + i];
    }
    if (used > 0.0) part = fmin(part, STAY * left / used);
    for (int i = 0; i < s->n; i++)
        if (s->can[i] && change[i] < 0.0) part = fmin(part, -STAY * s->total[i] / change[i]);
    for (int q = 0; q < s->k; q++) s->weight[q] += part * s->step[q];
    totals(s);
}

static bool maximise(nash *s)
{
    static const double FIRST = 0.1, SHRINK = 0.2;
    double barrier = FIRST;
    for (int step = 0; step < STEPS_MAX; step++) {
        const double decrement = newton(s, barrier);
        advance(s);
        if (!(decrement < 0.1 * barrier)) continue;
        if (barrier <= LAST_BARRIER) return true;
        barrier *= SHRINK;
    }
    return barrier <= 1e2 * LAST_BARRIER;
}

/* How far the slope of one active outcome is from the multiplier, and the derivatives of that
 * slope. */
static double slope_row(const nash *s, const int *active, int k, int a, double *m)
{
    double slope = 0.0;
    for (int i = 0; i < s->n; i++) {
        if (!s->can[i]) continue;
        const double mine = row(s, active[a], i);
        slope += mine;
        for (int b = 0; b < k; b++) m[b] += mine * row(s, active[b], i);
    }
    return slope;
}

/* Work of the last step: which outcomes carry weight, and the equations of Newton's method. */
typedef struct active {
    int *list, k;
    double *m, *v;
    int *order;
} active;

/* Newton: sum_i gain_i / total_i the same for all active outcomes, weights of sum 1. Returned: that
 * common slope. */
static double newton_on(nash *s, active *x, double multiplier)
{
    static const double SINGULAR = 1e-11;
    enum { ROUNDS = 8 };
    const int k = x->k, size = k + 1;
    for (int round = 0; round < ROUNDS; round++) {
        double sum = 0.0;
        totals(s);
        for (int e = 0; e < size * size; e++) x->m[e] = 0.0;
        for (int a = 0; a < k; a++) {
            x->v[a] = slope_row(s, x->list, k, a, x->m + a * size) - multiplier;
            x->m[a * size + k] = x->m[k * size + a] = 1.0;
            sum += s->weight[x->list[a]];
        }
        x->v[k] = 1.0 - sum;
        ent_dense_solve(size, x->m, x->v, SINGULAR, x->order);
        for (int a = 0; a < k; a++) s->weight[x->list[a]] += x->v[a];
        multiplier += x->v[k];
    }
    totals(s);
    return multiplier;
}

static double slope_of(const nash *s, int q)
{
    double slope = 0.0;
    for (int i = 0; i < s->n; i++)
        if (s->can[i]) slope += row(s, q, i);
    return slope;
}

/* An active outcome with a negative weight leaves; else the outcome that would raise the product
 * most enters. False: neither. */
static bool exchange(nash *s, active *x, double multiplier)
{
    static const double NEGATIVE = 1e-13, BETTER = 1e-11;
    int worst = 0, best = -1;
    for (int a = 1; a < x->k; a++)
        if (s->weight[x->list[a]] < s->weight[x->list[worst]]) worst = a;
    if (s->weight[x->list[worst]] < -NEGATIVE && x->k > 1) {
        s->weight[x->list[worst]] = 0.0;
        x->list[worst] = x->list[--x->k];
        return true;
    }
    double most = multiplier * (1.0 + BETTER);
    for (int q = 0; q < s->k; q++)
        if (s->weight[q] == 0.0 && slope_of(s, q) > most) most = slope_of(s, q), best = q;
    if (best < 0) return false;
    x->list[x->k++] = best;
    return true;
}

/* From the barrier to the optimum: Newton on the outcomes that carry weight, which change until
 * none wants to. */
static ent_status finish(ent_ctx *ctx, nash *s)
{
    static const double CARRIES = 1e-5;
    enum { CHANGES = 100 };
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    active x = {.k = 0};
    double multiplier = 0.0;
    const size_t size = (size_t)s->k + 1;
    ENT_SCRATCH(ctx, x.list, size);
    ENT_SCRATCH(ctx, x.m, size * size);
    ENT_SCRATCH(ctx, x.v, size);
    ENT_SCRATCH(ctx, x.order, size);
    for (int q = 0; q < s->k; q++)
        if (s->weight[q] > CARRIES) x.list[x.k++] = q;
        else s->weight[q] = 0.0;
    for (int i = 0; i < s->n; i++) multiplier += s->can[i];
    for (int change = 0; change < CHANGES; change++) {
        multiplier = newton_on(s, &x, multiplier);
        if (!exchange(s, &x, multiplier)) break;
    }
    for (int q = 0; q < s->k; q++) s->weight[q] = fmax(0.0, s->weight[q]);
    totals(s);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Outcomes that may be used: with equality b.gain = 0 when somebody cannot gain. */
static void choose(nash *s, int outcomes, const double *fixed, bool all_can)
{
    s->k = 0;
    for (int x = 0; x < outcomes; x++) {
        double sum = 0.0, size = 0.0;
        for (int i = 0; i < s->n; i++) {
            sum += fixed[i] * s->gain[x * s->n + i];
            size += fabs(fixed[i] * s->gain[x * s->n + i]);
        }
        if (all_can || fabs(sum) <= 1e-9 * size) s->outcome[s->k++] = x;
    }
}

/* Gains in units of each player's largest. */
static void scale(int n, int outcomes, const double *gain, double *size, double *scaled)
{
    for (int i = 0; i < n; i++) {
        size[i] = 0.0;
        for (int x = 0; x < outcomes; x++) size[i] = fmax(size[i], fabs(gain[x * n + i]));
        for (int x = 0; x < outcomes; x++)
            scaled[x * n + i] = size[i] > 0.0 ? gain[x * n + i] / size[i] : 0.0;
    }
}

/* An interior start: mostly the programs' mixes, a little of everything in use, a little of
 * nothing. */
static void begin(nash *s, const double *weight)
{
    double little = 0.01;
    for (int q = 0; q < s->k; q++) s->weight[q] = 0.98 * weight[s->outcome[q]];
    totals(s);
    for (int i = 0; i < s->n; i++)
        if (s->can[i]) little = fmin(little, 0.1 * s->total[i]);
    for (int q = 0; q < s->k; q++)
        s->weight[q] = (1.0 - little) * s->weight[q] + little * 0.5 / s->k;
    totals(s);
}

/* The answer in the units given. */
static void hand_out(const nash *s, int outcomes, const double *size, bool any, double *weight,
                     double *gained, double *price, double *fixed)
{
    double sum = 0.0;
    for (int x = 0; x < outcomes; x++) weight[x] = 0.0;
    for (int q = 0; any && q < s->k; q++) weight[s->outcome[q]] = s->weight[q];
    for (int i = 0; i < s->n; i++) {
        gained[i] = s->can[i] ? s->total[i] * size[i] : 0.0;
        price[i] = s->can[i] ? 1.0 / gained[i] : 0.0;
        sum += price[i];
        fixed[i] = size[i] > 0.0 ? fixed[i] / size[i] : fixed[i];
    }
    for (int i = 0; any && i < s->n; i++) price[i] /= sum;
}

ent_status ent_nash(ent_ctx *ctx, int n, int outcomes, const double *gain, double *weight,
                    double *gained, bool *can, double *price, double *fixed)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    nash s = {.n = n, .can = can};
    double *scaled = NULL, size[PLAYERS];
    bool any = false, all_can = true;
    ENT_REQUIRE(ctx, n >= 1 && n <= PLAYERS && outcomes >= 1);
    ENT_SCRATCH(ctx, scaled, (size_t)n * (size_t)outcomes);
    ENT_SCRATCH(ctx, s.outcome, outcomes);
    ENT_SCRATCH(ctx, s.weight, outcomes);
    ENT_SCRATCH(ctx, s.slope, outcomes);
    ENT_SCRATCH(ctx, s.step, outcomes);
    scale(n, outcomes, gain, size, scaled);
    s.gain = scaled;
    ENT_TRY(who_can(ctx, n, outcomes, scaled, weight, can, fixed));
    for (int i = 0; i < n; i++) any = any || can[i], all_can = all_can && can[i];
    choose(&s, outcomes, fixed, all_can);
    begin(&s, weight);
    if (any && !maximise(&s))
        ENT_FAIL(ctx, ENT_E_LIMIT, "the product of gains was not maximised in %d steps", STEPS_MAX);
    if (any) ENT_TRY(finish(ctx, &s));
    hand_out(&s, outcomes, size, any, weight, gained, price, fixed);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
