/* Random points for Newton: prices, strategies, lottery and multipliers at random, many of the
 * weights 0; values and potentials follow from one smoothed stage on the way. */
#include "strategic/barrier.h"

#include <math.h>

/* Weights of sum 1, about half of them small. */
static void scatter(ent_rng *rng, int n, double *weight)
{
    static const double SMALL = 0.02;
    double sum = 0.0;
    for (int k = 0; k < n; k++) {
        const double u = ent_rng_uniform(rng);
        sum += weight[k] = ent_rng_uniform(rng) < 0.5 ? SMALL * u : 0.1 + u;
    }
    for (int k = 0; k < n; k++) weight[k] /= sum;
}

bool ent_i_barrier_scatter(ent_barrier *b, uint64_t seed, int start, double tolerance)
{
    enum { STEPS = 40, FIRST_STEPS = 12 };
    static const double SPREAD = 3.0, SMOOTH = 1e-3, HALFWAY = 1e-6;
    ent_rng rng = ent_rng_stream(seed, (uint64_t)start, 2);
    double sum = 0.0;
    for (int i = 0; i < b->n; i++) sum += b->start[i] = exp(SPREAD * (ent_rng_uniform(&rng) - 0.5));
    for (int i = 0; i < b->n; i++) b->start[i] /= sum;
    ent_i_barrier_begin(b, SMOOTH);
    for (int k = 0; k < b->sides; k++) {
        scatter(&rng, b->side[k].plays, b->y + b->side[k].rho);
        if (b->constrained && b->side[k].size > 1)
            scatter(&rng, b->side[k].size, b->y + b->side[k].mu);
    }
    scatter(&rng, (int)b->g->t->profiles, b->y + b->lottery);
    ent_i_barrier_settle(b, SMOOTH, SMOOTH, FIRST_STEPS);
    ent_i_barrier_settle(b, HALFWAY, HALFWAY, FIRST_STEPS);
    return ent_i_barrier_settle(b, 0.0, 0.01 * tolerance, STEPS) <= tolerance;
}
