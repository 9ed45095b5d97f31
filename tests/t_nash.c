/* Nash bargaining: solutions by hand, the conditions of the optimum on random sets, those who
 * cannot gain, scales. */
#include "check.h"

#include "base/rng.h"
#include "concept/nash.h"

enum { PLAYERS = 5, OUTCOMES = 40 };

typedef struct answer {
    double weight[OUTCOMES], gained[PLAYERS], price[PLAYERS], fixed[PLAYERS];
    bool can[PLAYERS];
} answer;

/* The largest violation: of the lottery, of the tangent, of the proof that somebody cannot gain. */
static double violation(int n, int outcomes, const double *gain, const answer *x)
{
    double worst = 0.0, sum = 0.0, worth = 0.0, size = 0.0;
    int gainers = 0;
    for (int k = 0; k < outcomes; k++) sum += x->weight[k], worst = fmax(worst, -x->weight[k]);
    worst = fmax(worst, sum - 1.0);
    for (int i = 0; i < n; i++) {
        double mean = 0.0;
        for (int k = 0; k < outcomes; k++)
            mean += x->weight[k] * gain[k * n + i], size = fmax(size, fabs(gain[k * n + i]));
        worst = fmax(worst, fabs(mean - x->gained[i]) / (1.0 + size));
        worth += x->price[i] * x->gained[i];
        gainers += x->can[i];
    }
    for (int i = 0; i < n; i++)
        if (x->can[i])
            worst = fmax(worst, fabs(x->price[i] * x->gained[i] - worth / gainers) / worth);
    for (int k = 0; k < outcomes; k++) {
        double here = 0.0, held = 0.0, terms = 1e-300;
        for (int i = 0; i < n; i++) {
            here += x->price[i] * gain[k * n + i];
            held += x->fixed[i] * gain[k * n + i];
            terms += fabs(x->fixed[i] * gain[k * n + i]);
        }
        worst = fmax(worst, held / terms);
        if (fabs(held) <= 1e-9 * terms && gainers > 0) worst = fmax(worst, (here - worth) / worth);
    }
    return worst;
}

static void by_hand(ent_ctx *ctx)
{
    answer x;
    const double edge[] = {4, 1, 1, 4, 3, 3}, facet[] = {6, 1, 1, 1, 5, 2, 2, 2, 7},
                 stuck[] = {5, 0, -1, 0, 4, 0, 1, 1, 0};
    CHECK(ent_nash(ctx, 2, 3, edge, x.weight, x.gained, x.can, x.price, x.fixed) == ENT_OK);
    CHECK_NEAR(x.gained[0], 3.0, 1e-12);
    CHECK_NEAR(x.weight[2], 1.0, 1e-12);
    CHECK(ent_nash(ctx, 3, 3, facet, x.weight, x.gained, x.can, x.price, x.fixed) == ENT_OK);
    CHECK(violation(3, 3, facet, &x) <= 1e-12);
    /* the third cannot gain; on the segment of (0,4) and (1,1) the product t (4 - 3t) is largest at
     * t = 2/3 */
    CHECK(ent_nash(ctx, 3, 3, stuck, x.weight, x.gained, x.can, x.price, x.fixed) == ENT_OK);
    CHECK(x.can[0] && x.can[1] && !x.can[2] && x.fixed[2] > 0.0);
    CHECK_NEAR(x.gained[0], 2.0 / 3.0, 1e-12);
    CHECK_NEAR(x.gained[1], 2.0, 1e-12);
    CHECK(x.gained[2] == 0.0 && x.price[2] == 0.0);
    const double nobody[] = {-1, 0, 0, -1};
    CHECK(ent_nash(ctx, 2, 2, nobody, x.weight, x.gained, x.can, x.price, x.fixed) == ENT_OK);
    CHECK(!x.can[0] && !x.can[1] && x.gained[0] == 0.0 && x.fixed[0] > 0.0 && x.fixed[1] > 0.0);
}

static void random_sets(ent_ctx *ctx, int kind)
{
    double gain[PLAYERS * OUTCOMES], worst = 0.0;
    int some_stuck = 0;
    for (int g = 0; g < 150; g++) {
        ent_rng rng = ent_rng_stream(51, (uint64_t)g, (uint64_t)kind);
        const int n = 1 + (int)ent_rng_below(&rng, PLAYERS),
                  outcomes = 1 + (int)ent_rng_below(&rng, OUTCOMES);
        answer x;
        for (int k = 0; k < n * outcomes; k++) {
            if (kind == 0) gain[k] = ent_rng_uniform(&rng) - 0.3;
            else if (kind == 1) gain[k] = (double)(ent_rng_below(&rng, 6) - 2);
            else gain[k] = (ent_rng_uniform(&rng) - 0.2) * pow(10.0, (double)(k % n) * 3.0 - 5.0);
        }
        CHECK(ent_nash(ctx, n, outcomes, gain, x.weight, x.gained, x.can, x.price, x.fixed) ==
              ENT_OK);
        worst = fmax(worst, violation(n, outcomes, gain, &x));
        for (int i = 0; i < n; i++) some_stuck += !x.can[i];
    }
    CHECK(worst <= 1e-9);
    if (worst > 1e-9) printf("kind %d: %g\n", kind, worst);
    CHECK(some_stuck > 0);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    by_hand(ctx);
    for (int kind = 0; kind < 3; kind++) random_sets(ctx, kind);
    for (int64_t k = 0; k < 30; k++) { /* every allocation fails in turn */
        answer x;
        const double edge[] = {4, 1, 1, 4, 3, 3};
        ent_ctx_fail_after(ctx, k);
        const ent_status st =
            ent_nash(ctx, 2, 3, edge, x.weight, x.gained, x.can, x.price, x.fixed);
        ent_ctx_fail_after(ctx, -1);
        CHECK(st == ENT_OK || st == ENT_E_MEMORY);
    }
    ent_ctx_free(ctx);
    return check_end();
}
