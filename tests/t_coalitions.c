/* Every coalition of one game from one sort: the same as coalition by coalition, on one thread and
 * on several; refusals; brutal. */
#include "brutal.h"
#include "check.h"
#include "ref/ref_relational_model.h"
#include "ref/ref_relational_same.h"

#include <stdlib.h>

typedef struct powers {
    int n;
    const double *power;
} powers;

static void proportional(void *user, ent_coal s, double *weight)
{
    const powers *p = user;
    for (int i = 0; i < p->n; i++) weight[i] = ent_coal_has(s, i) ? p->power[i] : 0.0;
}

static void nothing(void *user, ent_coal s, double *weight)
{
    const int *n = user;
    for (int i = 0; i < *n; i++) weight[i] = s == 2 ? 0.0 : 1.0;
}

/* Table and one-by-one must agree in every bit but rounding of ties. */
static void compare(ent_ctx *ctx, const ent_stage *stage, int n, const double *power, double delta,
                    double rho, bool literal)
{
    static ent_union table[2][1 << 8];
    static double payoff[2][(1 << 8) * 8];
    powers p = {n, power};
    ent_contract c = {0};
    ent_contract_settings s = ent_contract_settings_default();
    s.literal_ties = literal;
    for (int k = 0; k < 2; k++) {
        s.threads = 1 + 2 * k;
        CHECK(ent_all_coalitions(ctx, stage, proportional, &p, delta, rho, &s, table[k],
                                 payoff[k]) == ENT_OK);
    }
    for (ent_coal t = 1; t <= ent_coal_all(n); t++) {
        double weight[8];
        proportional(&p, t, weight);
        const ent_terms terms = {t, weight, delta, rho};
        CHECK(ent_contractual(ctx, stage, &terms, &s, &c) == ENT_OK);
        for (int k = 0; k < 2; k++) {
            CHECK(table[k][t].outcome == c.outcome && table[k][t].coalition == t);
            if (c.outcome != ENT_SOLVED) continue;
            CHECK(table[k][t].span == c.span && table[k][t].level == c.level);
            for (int i = 0; i < n; i++) {
                const double x = payoff[k][t * (ent_coal)n + (ent_coal)i];
                CHECK(ent_coal_has(t, i) ? isnan(x) != 0 : x == c.payoff[i]);
            }
        }
    }
    ent_contract_release(&c);
}

static void test_random(ent_ctx *ctx)
{
    ent_rng rng = ent_rng_stream(13, 0, 6);
    for (int trial = 0; trial < 150; trial++) {
        const ref_relational g = ref_relational_random(&rng);
        static double payoff[REF_PLAYERS * REF_PROFILES];
        double power[REF_PLAYERS];
        ent_stage *stage = NULL;
        for (int i = 0; i < g.n; i++) {
            power[i] = 1.0 + (double)ent_rng_below(&rng, 4);
            for (int a = 0; a < g.profiles; a++)
                payoff[i * g.profiles + a] = (double)g.payoff[i][a];
        }
        CHECK(ent_stage_finite(ctx, g.n, g.actions, payoff, &stage) == ENT_OK);
        compare(ctx, stage, g.n, power, ref_q_double(g.discount), ref_q_double(g.renegotiation),
                trial % 10 == 0);
        ent_stage_free(stage);
    }
}

/* Enough profiles for several slabs, real payoffs. */
static void test_large(ent_ctx *ctx)
{
    static const int actions[] = {5, 4, 6, 5, 4};
    enum { PROFILES = 2400 };
    static double payoff[5 * PROFILES];
    static const double power[] = {1, 2, 0.5, 1, 3};
    ent_rng rng = ent_rng_stream(14, 0, 6);
    ent_stage *stage = NULL;
    for (int k = 0; k < 5 * PROFILES; k++) payoff[k] = 10.0 * ent_rng_uniform(&rng) - 4.0;
    CHECK(ent_stage_finite(ctx, 5, actions, payoff, &stage) == ENT_OK);
    for (int k = 0; k < 4; k++) compare(ctx, stage, 5, power, 0.25 * k, k == 2 ? 0.4 : 1.0, false);
    ent_stage_free(stage);
}

static void test_refusals(ent_ctx *ctx)
{
    static const int actions[] = {2, 2},
                     ones[21] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    static const double payoff[21] = {2, 0, 3, 1, 2, 3, 0, 1}, power[] = {1, 1};
    static ent_union table[4];
    static double outside[8];
    powers p = {2, power};
    int n = 2;
    ent_stage *stage = NULL;
    CHECK(ent_stage_finite(ctx, 2, actions, payoff, &stage) == ENT_OK);
    CHECK(ent_all_coalitions(ctx, stage, NULL, NULL, 0.5, 1.0, NULL, table, outside) == ENT_E_ARG);
    CHECK(ent_all_coalitions(ctx, stage, proportional, &p, 1.0, 1.0, NULL, table, outside) ==
          ENT_E_ARG);
    CHECK(ent_all_coalitions(ctx, stage, proportional, &p, 0.5, 2.0, NULL, table, outside) ==
          ENT_E_ARG);
    CHECK(ent_all_coalitions(ctx, stage, nothing, &n, 0.5, 1.0, NULL, table, outside) == ENT_E_ARG);
    const volatile int stop = 1;
    ent_ctx_set_cancel(ctx, &stop);
    CHECK(ent_all_coalitions(ctx, stage, proportional, &p, 0.5, 1.0, NULL, table, outside) ==
          ENT_E_CANCEL);
    ent_ctx_set_cancel(ctx, NULL);
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        brutal_on(&b);
        brutal_off(
            &b, ent_all_coalitions(ctx, stage, proportional, &p, 0.5, 0.5, NULL, table, outside));
    }
    brutal_end(&b, 1);
    ent_stage_free(stage);
    CHECK(ent_stage_finite(ctx, 21, ones, payoff, &stage) == ENT_OK);
    CHECK(ent_all_coalitions(ctx, stage, proportional, &p, 0.5, 1.0, NULL, table, outside) ==
          ENT_E_LIMIT);
    ent_stage_free(stage);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    test_random(ctx);
    test_large(ctx);
    test_refusals(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
