/* Random numbers: the published sequence of splitmix64, streams that differ, moments within five
 * standard errors. */
#include "check.h"

#include "base/rng.h"

#include <stdbool.h>
#include <stdlib.h>

/* The sequence from seed 1234567, as published with the generator (S. Vigna; also Rosetta Code,
 * "Splitmix64"). */
static void published(void)
{
    const uint64_t want[] = {6457827717110365317u, 3203168211198807973u, 9817491932198370423u,
                             4593380528125082431u, 16408922859458223821u};
    ent_rng rng = {1234567};
    for (int k = 0; k < 5; k++) CHECK(ent_rng_next(&rng) == want[k]);
}

static void streams(void)
{
    uint64_t first[512];
    int n = 0;
    for (uint64_t seed = 0; seed < 8; seed++)
        for (uint64_t task = 0; task < 8; task++)
            for (uint64_t purpose = 0; purpose < 8; purpose++) {
                ent_rng rng = ent_rng_stream(seed, task, purpose),
                        again = ent_rng_stream(seed, task, purpose);
                first[n] = ent_rng_next(&rng);
                CHECK(first[n] == ent_rng_next(&again));
                for (int k = 0; k < n; k++)
                    if (first[k] == first[n]) CHECK(!"two streams begin alike");
                n++;
            }
}

static void moments(void)
{
    const int n = 100000;
    ent_rng rng = ent_rng_stream(1, 2, 3);
    double sum = 0.0, squares = 0.0, lag = 0.0, before = 0.5;
    for (int k = 0; k < n; k++) {
        const double u = ent_rng_uniform(&rng);
        if (!(u >= 0.0 && u < 1.0)) CHECK(!"outside [0,1)");
        sum += u - 0.5, squares += (u - 0.5) * (u - 0.5), lag += (u - 0.5) * (before - 0.5);
        before = u;
    }
    const double root = sqrt((double)n);
    CHECK(fabs(sum / n) < 5 * sqrt(1.0 / 12) / root);
    CHECK(fabs(squares / n - 1.0 / 12) < 5 * sqrt(1.0 / 180) / root);
    CHECK(fabs(lag / n) < 5 * (1.0 / 12) / root);
}

static void below(void)
{
    ent_rng rng = ent_rng_stream(4, 5, 6);
    int count[6] = {0};
    for (int k = 0; k < 60000; k++) {
        const int64_t face = ent_rng_below(&rng, 6);
        if (face < 0 || face > 5) CHECK(!"outside [0,6)");
        else count[face]++;
    }
    for (int k = 0; k < 6; k++) CHECK(abs(count[k] - 10000) < 5 * 92);
    for (int k = 0; k < 100; k++) CHECK(ent_rng_below(&rng, 1) == 0);
    bool is_large = false;
    for (int k = 0; k < 100; k++) {
        const int64_t x = ent_rng_below(&rng, INT64_MAX);
        CHECK(x >= 0 && x < INT64_MAX);
        is_large = is_large || x > INT64_MAX / 2;
    }
    CHECK(is_large);
}

int main(void)
{
    published();
    streams();
    moments();
    below();
    return check_end();
}
