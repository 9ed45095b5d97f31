/* An ally who may search: the closed form of two periods with uniform offers, one by one and as a
 * map over search cost and discount factor. One thread, indicative times on the machine at hand. */
#include "clock.h"
#include "entente/outside.h"

#include <stdio.h>
#include <stdlib.h>

/* side x side outcomes; the sum keeps the compiler from leaving the work out. */
static double map(ent_ctx *ctx, int side, double fee, int count[4])
{
    double sum = 0.0;
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++) {
            const ent_outside_terms terms = {.fee = fee,
                                             .search_cost = 0.06 * i / (side - 1),
                                             .discount = (double)j / (side - 1),
                                             .periods = 2,
                                             .tie = 1e-12,
                                             .is_sure = true};
            ent_outside_play play;
            if (ent_outside_uniform(ctx, &terms, &play) != ENT_OK) exit(1);
            sum += play.partner;
            count[play.regime]++;
        }
    return sum;
}

int main(void)
{
    enum { SIDE = 1000 };
    ent_ctx *ctx = ent_ctx_new();
    const double fees[] = {1.1, 1.3, 1.49, 1.7};
    for (int k = 0; k < 4; k++) {
        int count[4] = {0};
        const double start = bench_now(), sum = map(ctx, SIDE, fees[k], count),
                     time = bench_now() - start;
        printf(
            "fee %.2f: %d x %d map in %.3f s, %.2f million a second (floor %d, deter %d, search %d, prefer sure %d; sum %.6f)\n",
            fees[k], SIDE, SIDE, time, 1e-6 * SIDE * SIDE / time, count[ENT_REGIME_FLOOR],
            count[ENT_REGIME_DETER], count[ENT_REGIME_SEARCH], count[ENT_REGIME_PREFER], sum);
    }
    ent_ctx_free(ctx);
    return 0;
}
