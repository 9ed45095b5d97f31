#include "ref/ref_information.h"

#include <math.h>

enum { NODES = 16, ROUNDS = 200000 };

/* Gauss-Legendre on [0,1] with 16 nodes: exact for polynomials of degree 31. */
static void nodes(double *x, double *w)
{
    for (int k = 0; k < NODES; k++) {
        double z = cos(acos(-1.0) * (k + 0.75) / (NODES + 0.5)), slope = 1.0;
        for (int step = 0; step < 100; step++) {
            double p = 1.0, before = 0.0;
            for (int j = 0; j < NODES; j++) {
                const double next = ((2.0 * j + 1.0) * z * p - j * before) / (j + 1.0);
                before = p;
                p = next;
            }
            slope = NODES * (z * p - before) / (z * z - 1.0);
            z -= p / slope;
        }
        x[k] = (1.0 + z) / 2.0;
        w[k] = 1.0 / ((1.0 - z * z) * slope * slope);
    }
}

/* The integral of theta^ones (1 - theta)^zeros times a function. */
typedef double integrand(double theta, const void *user);

static double integral(int ones, int zeros, integrand *f, const void *user)
{
    static double x[NODES], w[NODES];
    double sum = 0.0;
    if (w[0] == 0.0) nodes(x, w);
    for (int k = 0; k < NODES; k++)
        sum += w[k] * pow(x[k], ones) * pow(1.0 - x[k], zeros) * (f ? f(x[k], user) : 1.0);
    return sum;
}

static double itself(double theta, const void *user)
{
    (void)user;
    return theta;
}

static int told(const ref_information *r, int i) { return (int)(r->truthful >> i & 1u); }

static int size(const ref_information *r)
{
    int t = 0;
    for (int i = 0; i < r->n; i++) t += told(r, i);
    return t;
}

/* What i loses on average over the babblers' signals, at theta, playing x while the others play as
 * after `stage` ones. */
typedef struct bet {
    const ref_information *r;
    int i, stage;
    double x;
} bet;

static double loss_at(double theta, const void *user)
{
    const bet *b = user;
    const ref_information *r = b->r;
    const double scale = 1.0 + (r->n - 1) * r->eta;
    double mean = 0.0;
    for (unsigned signals = 0; signals < 1u << r->n; signals++) {
        double chance = 1.0, sum = b->x;
        int repeated = 0;
        for (int j = 0; j < r->n; j++) {
            const int s = (int)(signals >> j & 1u);
            if (j == b->i || told(r, j)) repeated |= s; /* only babblers' signals are listed */
            else chance *= s ? theta : 1.0 - theta;
            if (j != b->i) sum += r->x[b->stage][j][s];
        }
        if (repeated) continue;
        const double phi = ((1.0 - r->eta) * b->x + r->eta * sum) / scale,
                     off = phi - theta - r->bias[b->i];
        mean += chance * off * off;
    }
    return mean;
}

static double expected(const bet *b, int ones, int zeros)
{
    return integral(ones, zeros, loss_at, b) / integral(ones, zeros, 0, 0);
}

/* The best policy within the bounds: the loss is a parabola, so three of its values tell where it
 * is least. */
static double best(const ref_information *r, int i, int stage, int ones, int zeros)
{
    bet b = {r, i, stage, -1.0};
    const double left = expected(&b, ones, zeros);
    b.x = 0.0;
    const double middle = expected(&b, ones, zeros);
    b.x = 1.0;
    const double right = expected(&b, ones, zeros);
    return fmin(fmax((left - right) / (2.0 * (left + right - 2.0 * middle)), r->low[i]),
                r->high[i]);
}

/* Best replies in closed form are as good and much faster: A (mean of theta + b) - eta (mean of the
 * others' sum). */
static double reply(const ref_information *r, int i, int stage, int s)
{
    const int t = size(r), ones = stage + (told(r, i) ? 0 : s),
              zeros = t - stage + (told(r, i) ? 0 : 1 - s);
    const double theta = integral(ones, zeros, itself, 0) / integral(ones, zeros, 0, 0);
    double others = 0.0;
    for (int j = 0; j < r->n; j++)
        if (j != i) others += (1.0 - theta) * r->x[stage][j][0] + theta * r->x[stage][j][1];
    return fmin(
        fmax((1.0 + (r->n - 1) * r->eta) * (theta + r->bias[i]) - r->eta * others, r->low[i]),
        r->high[i]);
}

void ref_information_solve(ref_information *r)
{
    const int t = size(r);
    r->last_move = 0.0;
    for (int k = 0; k <= t; k++) {
        double move = 1.0;
        for (int i = 0; i < r->n; i++)
            r->x[k][i][0] = r->x[k][i][1] = fmin(fmax(0.0, r->low[i]), r->high[i]);
        for (int round = 0; round < ROUNDS && move > 1e-15; round++) {
            move = 0.0;
            for (int i = 0; i < r->n; i++)
                for (int s = 0; s < 2; s++) {
                    const double now = reply(r, i, k, s);
                    move = fmax(move, fabs(now - r->x[k][i][s]) / fmax(1.0, fabs(now)));
                    r->x[k][i][s] = now;
                    if (told(r, i)) r->x[k][i][1] = r->x[k][i][0] = now;
                }
        }
        r->last_move = fmax(r->last_move, move);
    }
}

static double choose(int n, int k)
{
    double c = 1.0;
    for (int j = 0; j < k; j++) c = c * (n - j) / (j + 1);
    return c;
}

double ref_information_welfare(const ref_information *r, int i)
{
    const int t = size(r);
    double sum = 0.0;
    for (int k = 0; k <= t; k++)
        for (int s = 0; s < 2; s++) {
            const int ones = k + (told(r, i) ? 0 : s), zeros = t - k + (told(r, i) ? 0 : 1 - s);
            bet b = {r, i, k, r->x[k][i][s]};
            if (told(r, i) && s) continue;
            sum -= choose(t, k) * integral(ones, zeros, loss_at, &b);
        }
    return sum;
}

double ref_information_gain(const ref_information *r, int i, int signal)
{
    const int t = size(r);
    double gain = 0.0;
    for (int m = 0; m < t; m++) {
        const int ones = m + signal, zeros = t - ones, lied = m + 1 - signal;
        bet truth = {r, i, ones, r->x[ones][i][0]},
            lie = {r, i, lied, best(r, i, lied, ones, zeros)};
        gain += choose(t - 1, m) *
                (integral(ones, zeros, loss_at, &truth) - integral(ones, zeros, loss_at, &lie));
    }
    return 2.0 * gain;
}
