#include "num/chebyshev.h"

#include <math.h>

enum { N = ENT_CHEB, LAST = ENT_CHEB - 1 };

static const double pi = 3.14159265358979323846;

static void points(ent_cheb *c)
{
    for (int i = 0; i < N; i++) {
        c->z[i] = sin(pi * (2 * i - LAST) / (2 * LAST)); /* -cos(pi i / LAST), symmetric to rounding */
        c->weight[i] = (i % 2 ? -1.0 : 1.0) * (i == 0 || i == LAST ? 0.5 : 1.0);
    }
}

static void slopes(ent_cheb *c)
{
    for (int i = 0; i < N; i++) {
        double sum = 0.0;
        for (int j = 0; j < N; j++) {
            if (i == j) continue;
            c->slope[i][j] = c->weight[j] / c->weight[i] / (c->z[i] - c->z[j]);
            sum += c->slope[i][j];
        }
        c->slope[i][i] = -sum; /* constants have slope 0 exactly */
    }
}

/* The integral of T_k from z to 1. */
static double tail_of(int k, double z)
{
    const double angle = acos(z);
    const double up = (1.0 - cos((k + 1) * angle)) / (k + 1);
    if (k == 1) return 0.5 * up;
    if (k == 0) return up;
    return 0.5 * (up - (1.0 - cos((k - 1) * angle)) / (k - 1));
}

/* Through Chebyshev coefficients: the function that is 1 at point j and 0 at the others has the coefficients
 * (2 / LAST) half(j) half(k) T_k(z_j). */
static void tails(ent_cheb *c)
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            double sum = 0.0;
            for (int k = 0; k < N; k++) {
                const double half = (k == 0 || k == LAST ? 0.5 : 1.0) * (j == 0 || j == LAST ? 0.5 : 1.0);
                sum += half * cos(k * pi * (LAST - j) / LAST) * tail_of(k, c->z[i]);
            }
            c->tail[i][j] = 2.0 / LAST * sum;
        }
}

void ent_cheb_init(ent_cheb *c)
{
    points(c);
    slopes(c);
    tails(c);
}

double ent_cheb_at(const ent_cheb *c, const double *value, double z)
{
    double above = 0.0, below = 0.0;
    for (int i = 0; i < N; i++) {
        const double distance = z - c->z[i];
        if (distance == 0.0) return value[i];
        const double part = c->weight[i] / distance;
        above += part * value[i];
        below += part;
    }
    return above / below;
}
