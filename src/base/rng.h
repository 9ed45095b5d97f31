/** rng.h - random numbers by counter: a stream is (seed, task, purpose), so results do not depend
 * on threads. The generator is splitmix64 on a state mixed from the three; plenty for Monte Carlo
 * of this size, and tiny.
 */
#ifndef ENT_RNG_H
#define ENT_RNG_H

#include <stdint.h>

typedef struct ent_rng {
    uint64_t state;
} ent_rng;

static inline uint64_t ent_rng_next(ent_rng *rng)
{
    uint64_t z = rng->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static inline ent_rng ent_rng_stream(uint64_t seed, uint64_t task, uint64_t purpose)
{
    ent_rng rng = {seed};
    rng.state = ent_rng_next(&rng) ^ task;
    rng.state = ent_rng_next(&rng) ^ purpose;
    ent_rng_next(&rng);
    return rng;
}

/** ent_rng_uniform - in [0,1), 53 bits. */
static inline double ent_rng_uniform(ent_rng *rng)
{
    return (double)(ent_rng_next(rng) >> 11) * 0x1p-53;
}

/** ent_rng_below - an integer in [0,n), n >= 1; the bias is below n/2^64. */
static inline int64_t ent_rng_below(ent_rng *rng, int64_t n)
{
    return (int64_t)(ent_rng_next(rng) % (uint64_t)n);
}

#endif
