/* What bounds of slabs promise: no aim of any play of the slab is above its bound, whatever the
 * slab, the coalition and the sizes of the payoffs; and where all payoffs are the same the bound is
 * the aim, so that it rules plays out at all. */
#include "check.h"

#include "base/ctx.h"
#include "base/rng.h"
#include "relational/slab_bound.h"
#include "relational/slab_kernel.h"

#include <math.h>
#include <stdlib.h>

enum { SEED = 9, GAMES = 60 };

static ent_ctx *ctx;

/* The best-reply tables by the definition. */
static void replies(ent_i_grid *g)
{
    for (int i = 0; i < g->n; i++) {
        for (int64_t e = 0; e < g->profiles / g->actions[i]; e++) g->reply[i][e] = -HUGE_VAL;
        for (int64_t p = 0; p < g->profiles; p++) {
            const int64_t round = g->stride[i] * g->actions[i],
                          e = p / round * g->stride[i] + p % g->stride[i];
            g->reply[i][e] = fmax(g->reply[i][e], g->payoff[i * g->profiles + p]);
        }
    }
}

static void check_slab(const ent_i_grid *g, const ent_i_aims *aims,
                       const ent_i_reply_blocks *blocks, int64_t first, int count, bool constant)
{
    double gain[ENT_I_SLAB], value[ENT_I_SLAB], row[ENT_I_SLAB];
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_i_slab slab;
    ent_i_slab_range range;
    int above = 0, short_of = 0;
    CHECK(ent_i_slab_new(ctx, g, &slab) == ENT_OK);
    ent_i_slab_load(g, first, count, &slab);
    ent_i_kernel_sums(&slab, g->n, aims->coalition, gain, value);
    range.value_most = ent_i_kernel_most(count, value);
    range.gain_least = ent_i_kernel_least(count, gain);
    ent_i_slab_replies(g, blocks, first, count, &range);
    for (int q = 0; q < aims->count; q++) {
        const double bound = ent_i_aim_bound(aims, q, &range),
                     *aim = ent_i_kernel_aim(aims, q, &slab, gain, value, row);
        for (int k = 0; k < count; k++) above += !(aim[k] <= bound);
        short_of += constant && !(bound - aim[0] <= 1e-10 * (1.0 + fabs(aim[0])));
    }
    CHECK(above == 0);
    CHECK(short_of == 0);
    ent_scratch_reset(ctx, mark);
}

static void game(int number)
{
    ent_rng rng = ent_rng_stream(SEED, (uint64_t)number, 0);
    const bool constant = number % 10 == 0;
    const int n = 2 + (int)ent_rng_below(&rng, 3);
    int actions[4];
    double share[4] = {0}, sum = 0.0;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_i_grid *g = NULL;
    ent_i_reply_blocks blocks;
    ent_i_aims aims;
    for (int i = 0; i < n; i++) actions[i] = 1 + (int)ent_rng_below(&rng, n == 2 ? 60 : 12);
    CHECK(ent_i_grid_new(ctx, n, actions, 1 << 20, &g) == ENT_OK);
    double *payoff = malloc((size_t)(n * g->profiles) * sizeof *payoff);
    for (int i = 0; i < n; i++) {
        const double size = pow(10.0, (double)ent_rng_below(&rng, 13) - 6.0);
        for (int64_t p = 0; p < g->profiles; p++)
            payoff[i * g->profiles + p] =
                constant ? 0.375 * (i + 1) : size * (2.0 * ent_rng_uniform(&rng) - 1.0);
    }
    g->payoff = payoff;
    replies(g);
    const ent_terms terms = {.coalition = 1 + (ent_coal)ent_rng_below(&rng, (1 << n) - 1),
                             .discount = 0.5,
                             .renegotiation = 0.5};
    for (int i = 0; i < n; i++)
        sum += share[i] = ent_coal_has(terms.coalition, i) ? 0.1 + ent_rng_uniform(&rng) : 0.0;
    for (int i = 0; i < n; i++) share[i] /= sum;
    ent_i_aims_contract(n, &terms, share, 1.0, &aims);
    CHECK(ent_i_reply_blocks_new(ctx, g, &blocks) == ENT_OK);
    for (int64_t first = 0; first < g->profiles; first += 1 + ent_rng_below(&rng, ENT_I_SLAB)) {
        const int64_t left = g->profiles - first;
        check_slab(g, &aims, &blocks, first, left < ENT_I_SLAB ? (int)left : ENT_I_SLAB, constant);
    }
    free(payoff);
    ent_free(g);
    ent_scratch_reset(ctx, mark);
}

int main(void)
{
    ctx = ent_ctx_new();
    for (int k = 0; k < GAMES; k++) game(k);
    printf("seed %d: %d games\n", SEED, GAMES);
    ent_ctx_free(ctx);
    return check_end();
}
