/* Public-good contracts: solutions a second on one core with everything reported, all coalitions of
 * twelve nations, rows of a sweep, and the slow reference of the tests for comparison. */
#include "base/rng.h"
#include "clock.h"
#include "entente/entente.h"
#include "relational/solve.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { NATIONS = 12, PASSES = 5 };

static void must(ent_ctx *ctx, ent_status st)
{
    if (st == ENT_OK) return;
    fprintf(stderr, "%s\n", ent_message(ctx));
    exit(1);
}

static void proportional(void *user, ent_coal s, double *weight)
{
    const double *size = user;
    for (int i = 0; i < NATIONS; i++) weight[i] = ent_coal_has(s, i) ? size[i] : 0.0;
}

/* Seconds a contract, best of several passes over random coalitions and discount factors. */
static double time_contracts(ent_ctx *ctx, const ent_stage *stage, double *size, double rho)
{
    enum { CONTRACTS = 4000 };
    ent_contract c = {0};
    double best = INFINITY, weight[NATIONS];
    for (int pass = 0; pass < PASSES; pass++) {
        ent_rng rng = ent_rng_stream(12, 0, 0);
        const double start = bench_now();
        for (int k = 0; k < CONTRACTS; k++) {
            const ent_coal s = 1 + (ent_coal)ent_rng_below(&rng, (1 << NATIONS) - 1);
            proportional(size, s, weight);
            const ent_terms terms = {s, weight, 0.9 * ent_rng_uniform(&rng), rho};
            must(ctx, ent_contractual(ctx, stage, &terms, NULL, &c));
        }
        best = fmin(best, (bench_now() - start) / CONTRACTS);
    }
    ent_contract_release(&c);
    return best;
}

static double time_coalitions(ent_ctx *ctx, const ent_stage *stage, double *size, double rho)
{
    static ent_union table[1 << NATIONS];
    static double payoff[(1 << NATIONS) * NATIONS];
    double best = INFINITY;
    for (int pass = 0; pass < PASSES; pass++) {
        const double start = bench_now();
        must(ctx,
             ent_all_coalitions(ctx, stage, proportional, size, 0.3, rho, NULL, table, payoff));
        best = fmin(best, bench_now() - start);
    }
    return best;
}

/* Seconds a row of a sweep over the discount factor, through the function that sweeps call. */
static double time_rows(ent_ctx *ctx, double *size, double *cost)
{
    enum { ROWS = 4000 };
    char name[NATIONS][2], *player[NATIONS];
    double value[128], best = INFINITY;
    ent_relational m = {.n = NATIONS,
                        .player = player,
                        .stage = ENT_STAGE_PUBLIC_GOOD,
                        .coalition = 0x2b7,
                        .renegotiation = 1.0,
                        .size = {.n = NATIONS, .value = size},
                        .cost = {.n = NATIONS, .value = cost}};
    const ent_relational_settings s = {.tolerance = 1e-12, .threads = 1};
    for (int i = 0; i < NATIONS; i++)
        name[i][0] = (char)('A' + i), name[i][1] = '\0', player[i] = name[i];
    ent_text names;
    ent_text_init(ctx, &names);
    must(ctx, ent_i_contractual_columns(ctx, &m, &s, &names));
    ent_row row = {.n = 1, .value = value};
    for (const char *c = names.data; *c; c++) row.n += *c == '\t';
    ent_text_release(&names);
    for (int pass = 0; pass < PASSES; pass++) {
        const double start = bench_now();
        for (int k = 0; k < ROWS; k++) {
            m.discount = (k + 0.5) / ROWS;
            must(ctx, ent_i_contractual_row(ctx, &m, &s, &row));
        }
        best = fmin(best, (bench_now() - start) / ROWS);
    }
    return best;
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_rng rng = ent_rng_stream(1, 2, 3);
    double size[NATIONS], cost[NATIONS];
    ent_stage *stage = NULL;
    for (int i = 0; i < NATIONS; i++)
        size[i] = 0.2 + 2 * ent_rng_uniform(&rng), cost[i] = 0.5 + ent_rng_uniform(&rng);
    must(ctx, ent_stage_public_good(ctx, NATIONS, size, cost, &stage));
    const double contract = time_contracts(ctx, stage, size, 1.0),
                 seldom = time_contracts(ctx, stage, size, 0.5);
    const double all = time_coalitions(ctx, stage, size, 1.0),
                 all_seldom = time_coalitions(ctx, stage, size, 0.5);
    const double row = time_rows(ctx, size, cost);
    printf("| public goods, n = 12, one core | renegotiation 1 | 1/2 |\n|---|---|---|\n");
    printf("| contracts a second, all members filled | %.0f | %.0f |\n", 1 / contract, 1 / seldom);
    printf("| all 4095 coalitions, ms | %.2f | %.2f |\n", 1e3 * all, 1e3 * all_seldom);
    printf("| coalitions a second | %.0f | %.0f |\n", 4095 / all, 4095 / all_seldom);
    printf("| rows of a sweep a second, model prepared anew for each | %.0f | |\n", 1 / row);
    ent_stage_free(stage);
    ent_ctx_free(ctx);
    return 0;
}
