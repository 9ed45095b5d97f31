/* Full revelation among many players with common bounds: one sweep over the states finds all
 * equilibria of the action stage, and two players decide. x_i = clip(w_k + a_i), a_i = A b_i / (1 -
 * eta), where (1 - eta) w + eta sum clip(w + a_i) = A e_k, so that w_k rises with k. */
#include "base/ctx.h"
#include "base/parallel.h"
#include "entente/information.h"

#include <math.h>
#include <stdlib.h>

typedef struct crowd {
    int n;
    double eta, scale, low, high; /* scale: A */
    /* 1/A, 1/(n+2): divisions would be half of the time; and what misses lose, over 1 - eta */
    double per_scale, per_state, rounding;
    double *a;      /* [n] ascending */
    double *prefix; /* [n+1] sums of a */
    double *w, *s;  /* [n+1] by state: w_k, and the sum of policies */
    /* By the other players' ones m, after signal 0 and 1: the least and largest of three numbers to
     * which a player's constant is added to get its policy, its policy at the lie, and its best
     * reply to the lie; and the same by blocks of BLOCK states. */
    double *least[2], *most[2], *block_least[2], *block_most[2];
} crowd;

enum { BLOCK = 64 };

static int ascending(const void *x, const void *y)
{
    const double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static double clip(const crowd *c, double x)
{
    return x < c->low ? c->low : x > c->high ? c->high : x;
}

/* Players 0..below-1 are at the lower bound, those from `above` on at the upper one; the others
 * between. */
static double policy_sum(const crowd *c, int below, int above, double w)
{
    double sum = c->prefix[above] - c->prefix[below] + (above - below) * w;
    if (below) sum += below * c->low;
    if (above < c->n) sum += (c->n - above) * c->high;
    return sum;
}

static double level(const crowd *c, int below, int above, double e)
{
    const double fixed = policy_sum(c, below, above, 0.0);
    return (c->scale * e - c->eta * fixed) / (1.0 - c->eta + c->eta * (above - below));
}

/* As w rises players leave the lower bound from the top and reach the upper bound from the top. */
static void sweep(crowd *c)
{
    const int n = c->n;
    int below = isinf(c->low) ? 0 : n, above = n;
    for (int k = 0; k <= n; k++) {
        const double e = (k + 1.0) / (n + 2.0);
        double w = level(c, below, above, e);
        for (;;) {
            if (below > 0 && below <= above && w + c->a[below - 1] > c->low) below--;
            else if (above > below && w + c->a[above - 1] > c->high) above--;
            else break;
            w = level(c, below, above, e);
        }
        c->w[k] = w;
        c->s[k] = policy_sum(c, below, above, w);
    }
}

/* Relative misses below this are those of a player whose best reply is the bound itself: 0.
 * Policies lose 1 / (1 - eta). */
static const double rounding = 1e-14;

/* By how much the mean of phi_i - theta - b is off when i plays x and the others together
 * `others`. */
static double miss_of(const crowd *c, double x, double others, double e, double b)
{
    const double own = x * c->per_scale, theirs = c->eta * others * c->per_scale,
                 miss = own + theirs - e - b;
    return fabs(miss) <= c->rounding * (fabs(own) + fabs(theirs) + e + fabs(b)) ? 0.0 : miss;
}

/* While nobody's own policy meets a bound, scale (e + b) - eta (others' sum) at the lie is A e_k -
 * eta (s - w) + a. */
static void find_reach(crowd *c, int s)
{
    for (int m = 0; m < c->n; m++) {
        const int k = m + s, lied = m + 1 - s;
        const double reply =
            c->scale * (k + 1.0) / (c->n + 2.0) - c->eta * (c->s[lied] - c->w[lied]);
        c->least[s][m] = fmin(fmin(c->w[k], c->w[lied]), reply);
        c->most[s][m] = fmax(fmax(c->w[k], c->w[lied]), reply);
        double *least = &c->block_least[s][m / BLOCK], *most = &c->block_most[s][m / BLOCK];
        *least = m % BLOCK ? fmin(*least, c->least[s][m]) : c->least[s][m];
        *most = m % BLOCK ? fmax(*most, c->most[s][m]) : c->most[s][m];
    }
}

/* In one state: the squared misses of the truth and of the lie, weighted. */
static void add_state(const crowd *c, double a, double b, int s, int m, double *plus, double *minus)
{
    const int k = m + s, lied = m + 1 - s;
    const double e = (k + 1.0) * c->per_state, x = clip(c, c->w[k] + a),
                 told = clip(c, c->w[lied] + a);
    const double others = c->s[lied] - told, wish = c->scale * (e + b) - c->eta * others,
                 lie = clip(c, wish);
    const bool honest_free = x == c->w[k] + a, lie_free = lie == wish;
    const double weight = s ? m + 1.0 : c->n - m;
    const double honest_loss = honest_free ? 0.0 : miss_of(c, x, c->s[k] - x, e, b);
    const double lie_loss = lie_free ? 0.0 : miss_of(c, lie, others, e, b);
    *plus += weight * honest_loss * honest_loss;
    *minus += weight * lie_loss * lie_loss;
}

/* What player with constant a gains by lying about signal s; zero exactly in states in which
 * neither truth nor lie meets a bound, and these are passed over, blocks at a time. */
static double gain_of(const crowd *c, double a, int s, double *size)
{
    const int n = c->n;
    const double b = a * (1.0 - c->eta) / c->scale, unit = 2.0 / ((double)n * (n + 1.0));
    double plus = 0.0, minus = 0.0;
    for (int first = 0; first < n; first += BLOCK) {
        const int last = first + BLOCK < n ? first + BLOCK : n;
        if (c->block_least[s][first / BLOCK] + a > c->low &&
            c->block_most[s][first / BLOCK] + a < c->high)
            continue;
        for (int m = first; m < last; m++)
            if (!(c->least[s][m] + a > c->low && c->most[s][m] + a < c->high))
                add_state(c, a, b, s, m, &plus, &minus);
    }
    if (size) *size = unit * (plus + minus);
    return unit * (plus - minus);
}

static ent_status check(ent_ctx *ctx, int n, const double *bias, double eta, double low,
                        double high)
{
    ent_status st = ENT_OK;
    ENT_REQUIRE(ctx, n >= 1 && n <= 10000000 && bias);
    ENT_REQUIRE(ctx, eta >= 0.0 && eta < 1.0);
    ENT_REQUIRE(ctx, low <= high && low < (double)INFINITY && high > -(double)INFINITY);
    for (int i = 0; i < n; i++)
        if (!isfinite(bias[i]))
            ENT_FAIL(ctx, ENT_E_ARG, "player %d: a bias must be finite, got %g", i, bias[i]);
done:
    return st;
}

/* Everything that all players' gains share. */
static ent_status gather(ent_ctx *ctx, int n, const double *bias, double eta, double low,
                         double high, crowd *c)
{
    ent_status st = ENT_OK;
    *c = (crowd){.n = n,
                 .eta = eta,
                 .scale = 1.0 + (n - 1) * eta,
                 .low = low,
                 .high = high,
                 .per_state = 1.0 / (n + 2.0)};
    c->per_scale = 1.0 / c->scale;
    c->rounding = rounding / (1.0 - eta);
    ENT_SCRATCH(ctx, c->a, n);
    ENT_SCRATCH(ctx, c->prefix, n + 1);
    ENT_SCRATCH(ctx, c->w, n + 1);
    ENT_SCRATCH(ctx, c->s, n + 1);
    for (int i = 0; i < n; i++) c->a[i] = c->scale * bias[i] / (1.0 - eta);
    qsort(c->a, (size_t)n, sizeof *c->a, ascending);
    c->prefix[0] = 0.0;
    for (int i = 0; i < n; i++) c->prefix[i + 1] = c->prefix[i] + c->a[i];
    sweep(c);
    for (int s = 0; s < 2; s++) {
        ENT_SCRATCH(ctx, c->least[s], n);
        ENT_SCRATCH(ctx, c->most[s], n);
        ENT_SCRATCH(ctx, c->block_least[s], n / BLOCK + 1);
        ENT_SCRATCH(ctx, c->block_most[s], n / BLOCK + 1);
        find_reach(c, s);
    }
done:
    return st;
}

ent_status ent_full_revelation(ent_ctx *ctx, int n, const double *bias, double interdependence,
                               double low, double high, double zero, ent_truth *truth)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    crowd c;
    ent_truth t = {false, 0.0, 0.0, 0.0, 0.0};
    ENT_REQUIRE(ctx, truth && zero >= 0.0);
    ENT_TRY(check(ctx, n, bias, interdependence, low, high));
    ENT_TRY(gather(ctx, n, bias, interdependence, low, high, &c));
    t.hawk_gain = gain_of(&c, c.a[n - 1], 0, &t.hawk_size);
    t.dove_gain = gain_of(&c, c.a[0], 1, &t.dove_size);
    t.is_equilibrium = t.hawk_gain <= zero * t.hawk_size && t.dove_gain <= zero * t.dove_size;
    *truth = t;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

typedef struct everybody {
    const crowd *crowd;
    const double *bias;
    double (*gain)[2];
} everybody;

enum { PLAYERS_A_TASK = 64 };

static ent_status some_gains(ent_ctx *ctx, void *user, int64_t task)
{
    ent_status st = ENT_OK;
    const everybody *e = user;
    const crowd *c = e->crowd;
    const int64_t first = task * PLAYERS_A_TASK,
                  last = first + PLAYERS_A_TASK < c->n ? first + PLAYERS_A_TASK : c->n;
    ENT_CHECK_CANCEL(ctx);
    for (int64_t i = first; i < last; i++)
        for (int s = 0; s < 2; s++)
            e->gain[i][s] = gain_of(c, c->scale * e->bias[i] / (1.0 - c->eta), s, NULL);
done:
    return st;
}

ent_status ent_lie_gains(ent_ctx *ctx, int n, const double *bias, double interdependence,
                         double low, double high, int threads, double (*gain)[2])
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    crowd c;
    ENT_REQUIRE(ctx, gain && threads >= 0);
    ENT_TRY(check(ctx, n, bias, interdependence, low, high));
    ENT_TRY(gather(ctx, n, bias, interdependence, low, high, &c));
    everybody e = {.crowd = &c, .bias = bias, .gain = gain};
    ENT_TRY(ent_i_parallel(ctx, ent_i_threads(threads), (n + PLAYERS_A_TASK - 1) / PLAYERS_A_TASK,
                           some_gains, &e, "players"));
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
