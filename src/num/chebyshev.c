#include "num/chebyshev.h"

#include <math.h>

enum { N = ENT_CHEB, LAST = ENT_CHEB - 1 };

static const double pi = 3.14159265358979323846;

static void points(ent_cheb *c)
{
    for (int i = 0; i < N; i++) {
        /* -cos(pi i / LAST), symmetric to rounding */
        c->z[i] = sin(pi * (2 * i - LAST) / (2 * LAST));
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

/* cos(pi m / LAST) for every m >= 0, from a table of one turn. */
static double cosine(const double table[2 * LAST], int m) { return table[m % (2 * LAST)]; }

/* The integral of T_k from point i to 1; T_k there is cos(k angle), angle = pi (LAST - i) /
 * LAST. */
static double tail_of(const double table[2 * LAST], int k, int i)
{
    const int angle = LAST - i;
    const double up = (1.0 - cosine(table, (k + 1) * angle)) / (k + 1);
    if (k == 1) return 0.5 * up;
    if (k == 0) return up;
    return 0.5 * (up - (1.0 - cosine(table, (k - 1) * angle)) / (k - 1));
}

/* Through Chebyshev coefficients: the function that is 1 at point j and 0 at the others has the
 * coefficients (2 / LAST) half(j) half(k) T_k(z_j). */
static void tails(ent_cheb *c)
{
    double table[2 * LAST], integral[N];
    for (int m = 0; m < 2 * LAST; m++) table[m] = cos(pi * m / LAST);
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < N; k++)
            integral[k] = (k == 0 || k == LAST ? 0.5 : 1.0) * tail_of(table, k, i);
        for (int j = 0; j < N; j++) {
            double sum = 0.0;
            for (int k = 0; k < N; k++) sum += cosine(table, k * (LAST - j)) * integral[k];
            c->tail[i][j] = (j == 0 || j == LAST ? 1.0 : 2.0) / LAST * sum;
        }
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
