#include "num/gauss.h"

#include <math.h>

/* Newton's method on the Legendre polynomial, from the usual first guess. */
void ent_gauss_init(ent_gauss *g)
{
    enum { N = ENT_GAUSS, STEPS = 100 };
    for (int i = 0; i < N; i++) {
        double z = -cos(3.14159265358979323846 * (i + 0.75) / (N + 0.5)), slope = 1.0;
        for (int step = 0; step < STEPS; step++) {
            double before = 1.0, here = z;
            for (int k = 2; k <= N; k++) {
                const double next = ((2 * k - 1) * z * here - (k - 1) * before) / k;
                before = here;
                here = next;
            }
            slope = N * (z * here - before) / (z * z - 1.0);
            const double move = here / slope;
            z -= move;
            if (fabs(move) <= 1e-16) break;
        }
        g->z[i] = z;
        g->weight[i] = 2.0 / ((1.0 - z * z) * slope * slope);
    }
}
