/* The typed interface: the two qualities of [Sal] Section 1, a random coalition checked condition
 * by condition, refusals. */
#include "brutal.h"
#include "check.h"

#include "base/rng.h"
#include "entente/bayesian.h"

static ent_ctx *ctx;

/* [Sal] Section 1: a seller whose good is worth 5 (2/5) or 0 (3/5) to her and 5 more to the buyer;
 * nobody trades alone. */
static void two_qualities(void)
{
    const int types[] = {2, 1};
    const double prior[] = {0.4, 0.6, 1.0}, threat[2 * 3] = {0};
    /* out, sell at 0, sell at 10; by player, decision, seller's type */
    const double utility[] = {0, 0, -5, 0, 5, 10, 0, 0, 10, 5, 0, -5};
    const ent_bargaining problem = {.players = 2,
                                    .types = types,
                                    .prior = prior,
                                    .decisions = 3,
                                    .utility = utility,
                                    .threat = threat};
    ent_agreement a = {0};
    CHECK(ent_neutral_agreement(ctx, &problem, 0, &a) == ENT_OK);
    CHECK(a.interims == 3 && a.pairs == 2 && a.profiles == 2 && a.decisions == 3);
    CHECK(!a.is_degenerate && a.epsilon < 1e-9);
    CHECK_NEAR(a.utility[0], 1.25, 1e-12);
    CHECK_NEAR(a.utility[1], 2.5, 1e-12);
    CHECK_NEAR(a.utility[2], 1.5, 1e-12);
    /* Only the low quality is tempted: alpha(high|low) > 0 = alpha(low|high). Trade breaks down for
     * the high one. */
    CHECK(a.multiplier[0] == 0.0 && a.multiplier[1] > 0.01);
    CHECK(a.mechanism[0] > 0.1 && a.mechanism[3] < 1e-9);
    ent_agreement_release(&a);
}

/* [Sal] eq. (3.1), (3.2), (5.1): incentives, lotteries, |S| U = T + omega, straight from the
 * arguments. */
static void random_coalition(uint64_t seed)
{
    enum { D = 6, P = 4, K = 4 };
    const int types[] = {2, 2};
    const double prior[] = {0.3, 0.7, 0.6, 0.4};
    double utility[2 * D * P], threat[2 * K] = {0};
    ent_rng rng = ent_rng_stream(11, seed, 0);
    for (int i = 0; i < 2; i++)
        for (int d = 0; d < D; d++)
            for (int t = 0; t < P; t++)
                utility[(i * D + d) * P + t] = d == 0 ? 0.0 : (double)ent_rng_below(&rng, 21) - 5.0;
    const ent_bargaining problem = {.players = 2,
                                    .types = types,
                                    .prior = prior,
                                    .decisions = D,
                                    .utility = utility,
                                    .threat = threat};
    ent_agreement a = {0};
    CHECK(ent_neutral_agreement(ctx, &problem, 0, &a) == ENT_OK);
    for (int t = 0; t < P; t++) {
        double sum = 0.0;
        for (int d = 0; d < D; d++) sum += a.mechanism[t * D + d];
        CHECK_NEAR(sum, 1, 1e-12);
    }
    for (int i = 0; i < 2; i++)
        for (int t = 0; t < 2; t++)
            for (int report = 0; report < 2; report++) {
                double u = 0.0;
                for (int other = 0; other < 2; other++) {
                    const int truth = i == 0 ? 2 * t + other : 2 * other + t,
                              said = i == 0 ? 2 * report + other : 2 * other + report;
                    for (int d = 0; d < D; d++)
                        u += prior[2 * (1 - i) + other] * a.mechanism[said * D + d] *
                             utility[(i * D + d) * P + truth];
                }
                if (report == t) CHECK_NEAR(u, a.utility[2 * i + t], 1e-9);
                else CHECK(u <= a.utility[2 * i + t] + 1e-9);
            }
    for (int m = 0; m < K; m++) {
        const double r = 2.0 * a.utility[m] - a.claim[m]; /* threats are 0 */
        CHECK(isnan(a.claim[m]) || r >= -1e-9);
        if (a.weight[m] > 0.0) CHECK_NEAR(r, 0, 1e-8);
    }
    ent_agreement_release(&a);
}

static void refusals(void)
{
    const int types[] = {1, 1}, none[] = {0, 1};
    double prior[] = {1, 1}, utility[] = {1, 2}, threat[] = {0, 0, 0, 0};
    ent_bargaining p = {.players = 2,
                        .types = types,
                        .prior = prior,
                        .decisions = 1,
                        .utility = utility,
                        .threat = threat};
    ent_agreement a = {0};
    CHECK(ent_neutral_agreement(ctx, &p, 0, &a) == ENT_OK);
    CHECK_NEAR(a.utility[1], 2, 0);
    ent_agreement_release(&a);
    CHECK(ent_neutral_agreement(ctx, NULL, 0, &a) == ENT_E_ARG);
    CHECK(ent_neutral_agreement(ctx, &p, -1, &a) == ENT_E_ARG);
    p.types = none;
    CHECK(ent_neutral_agreement(ctx, &p, 0, &a) == ENT_E_ARG);
    p.types = types;
    p.players = 1;
    CHECK(ent_neutral_agreement(ctx, &p, 0, &a) == ENT_E_ARG);
    p.players = 2;
    prior[0] = 0.9;
    CHECK(ent_neutral_agreement(ctx, &p, 0, &a) == ENT_E_ARG &&
          strstr(ent_message(ctx), "sum to 1"));
    prior[0] = 1.0;
    utility[0] = (double)NAN;
    CHECK(ent_neutral_agreement(ctx, &p, 0, &a) == ENT_E_ARG);
    utility[0] = 1.0;
    threat[1] = (double)INFINITY;
    CHECK(ent_neutral_agreement(ctx, &p, 0, &a) == ENT_E_ARG);
    CHECK(a.utility == NULL);
}

static void no_memory(void)
{
    const int types[] = {2, 1};
    const double prior[] = {0.4, 0.6, 1.0}, threat[2 * 3] = {0},
                 utility[] = {0, 0, -5, 0, 5, 10, 0, 0, 10, 5, 0, -5};
    const ent_bargaining problem = {.players = 2,
                                    .types = types,
                                    .prior = prior,
                                    .decisions = 3,
                                    .utility = utility,
                                    .threat = threat};
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_agreement a = {0};
        brutal_on(&b);
        brutal_off(&b, ent_neutral_agreement(ctx, &problem, 0, &a));
        CHECK((b.st == ENT_OK) == (a.utility != NULL));
        ent_agreement_release(&a);
    }
    brutal_end(&b, 20);
}

int main(void)
{
    ctx = ent_ctx_new();
    two_qualities();
    for (uint64_t seed = 0; seed < 60; seed++) random_coalition(seed);
    refusals();
    no_memory();
    ent_ctx_free(ctx);
    return check_end();
}
