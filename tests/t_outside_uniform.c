/* The closed form of two periods with uniform offers against the general backward induction, which
 * shares nothing with it. */
#include "check.h"

#include "base/rng.h"
#include "entente/entente.h"
#include "entente/outside.h"
#include "outside/outside_solve.h"

static ent_offer_part unit = {.kind = ENT_OFFER_UNIFORM, .weight = 1.0, .low = 0.0, .high = 1.0};

static void compare(ent_ctx *ctx, double fee, double cost, double discount, int periods)
{
    const ent_outside_choice choice = {.tie = 1e-12, .is_sure = true, .takes_at_once = true};
    const ent_outside_terms terms = {.fee = fee,
                                     .search_cost = cost,
                                     .discount = discount,
                                     .periods = periods,
                                     .tie = 1e-12,
                                     .is_sure = true};
    const ent_outside m = {.fee = fee,
                           .search_cost = cost,
                           .discount = discount,
                           .periods = periods,
                           .offers = {.parts = 1, .part = &unit}};
    double reach[2] = {0.0};
    ent_outside_solution s = {.reach = reach, .periods = periods};
    ent_outside_play p;
    CHECK(ent_outside_uniform(ctx, &terms, &p) == ENT_OK);
    CHECK(ent_i_outside_general(ctx, &m, &choice, &s) == ENT_OK);
    const int before = check_failed;
    CHECK(p.is_search == s.play.is_search);
    CHECK_NEAR(s.play.offer, p.offer, 1e-10);
    CHECK_NEAR(s.play.proposer, p.proposer, 1e-10);
    CHECK_NEAR(s.play.partner, p.partner, 1e-10);
    CHECK_NEAR(s.play.ally, p.ally, 1e-10);
    CHECK_NEAR(s.play.second_period, p.second_period, 1e-10);
    CHECK_NEAR(s.play.ally_contribution, p.ally_contribution, 1e-10);
    CHECK_NEAR(s.play.new_contribution, p.new_contribution, 1e-10);
    CHECK_NEAR(s.play.duration_periods, p.duration_periods, 1e-10);
    if (p.is_search) CHECK_NEAR(s.play.cutoff, p.cutoff, 1e-8);
    if (check_failed > before)
        printf("fee %.17g cost %.17g discount %.17g periods %d regime %d/%d\n", fee, cost, discount,
               periods, (int)p.regime, (int)s.play.regime);
    s.reach = NULL;
    ent_i_outside_release(&s);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_rng rng = ent_rng_stream(20261124, 0, 1);
    for (int k = 0; k < 400; k++) {
        const double fee = 1.0 + ent_rng_uniform(&rng), u = ent_rng_uniform(&rng);
        const double cost = k % 3 == 0 ? 0.05 * u : k % 3 == 1 ? 0.5 * u : 0.001 * u;
        const double discount = k % 5 == 0 ? 1.0 : k % 5 == 1 ? 0.0 : ent_rng_uniform(&rng);
        compare(ctx, fee, k % 11 == 0 ? 0.0 : cost, discount, 1 + (k % 4 != 0));
    }
    compare(ctx, 1.1, 0.05, 0.99, 2);
    compare(ctx, 1.1, 0.03125, 0.99, 2);
    compare(ctx, 1.7, 0.02205, 1.0, 2);
    compare(ctx, 1.1, 0.6, 0.99, 2);
    compare(ctx, 1.0, 0.01, 0.9, 2);
    compare(ctx, 2.0, 0.01, 0.9, 2);
    ent_ctx_free(ctx);
    return check_end();
}
