/* Speeds of the strategic family on one core: CoCo equilibria of random games, large games once,
 * sums over coalitions against reading the table, weighted voting. Absolute times are this
 * machine's; ratios are what counts. */
#include "base/rng.h"
#include "clock.h"
#include "concept/lattice.h"
#include "concept/votes.h"
#include "entente/strategic.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* Random games of this shape; integers when kind > 0. */
static void coco(ent_ctx *ctx, int n, int k, int kind, int games)
{
    int actions[16], solved = 0, boundary = 0;
    int64_t profiles = 1;
    for (int i = 0; i < n; i++) actions[i] = k, profiles *= k;
    double *u = malloc((size_t)(n * profiles) * sizeof *u), a[16], v[16], worst = 0.0, clock = 0.0;
    for (int g = 0; u && g < games; g++) {
        ent_rng rng = ent_rng_stream(41, (uint64_t)g, (uint64_t)(1000 * kind + 20 * n + k));
        for (int64_t e = 0; e < n * profiles; e++)
            u[e] = kind ? (double)ent_rng_below(&rng, kind + 1) : ent_rng_uniform(&rng);
        ent_game *game = NULL;
        double residual = 0.0;
        ent_outcome outcome = ENT_LIMIT;
        if (ent_game_new(ctx, n, actions, u, &game) != ENT_OK) break;
        const double start = bench_now();
        if (ent_game_coco(ctx, game, NULL, a, v, &residual, &outcome) != ENT_OK) break;
        clock += bench_now() - start;
        if (outcome == ENT_SOLVED) solved++, worst = fmax(worst, residual);
        else boundary++;
        ent_game_free(game);
    }
    printf(
        "coco %d players %2d actions %-8s %6d games: solved %d, no positive prices from this start %d, worst residual %.1e, %.3g us each, %.0f a second\n",
        n, k, kind ? "integer" : "uniform", games, solved, boundary, worst, 1e6 * clock / games,
        games / clock);
    free(u);
}

static void sums(ent_ctx *ctx, int n)
{
    const size_t count = (size_t)1 << n;
    double *v = calloc(count, sizeof *v), phi[ENT_DENSE_MAX],
           best[5] = {HUGE_VAL, HUGE_VAL, HUGE_VAL, HUGE_VAL, HUGE_VAL}, sink = 0.0;
    for (size_t s = 1; v && s < count; s++) v[s] = (double)(s % 1009);
    for (int round = 0; v && round < 5; round++) {
        double lane[8] = {0};
        double t[6];
        t[0] = bench_now();
        for (size_t s = 0; s < count; s += 8)
            for (int k = 0; k < 8; k++) lane[k] += v[s + (size_t)k];
        t[1] = bench_now();
        if (ent_shapley(ctx, n, v, 1, phi) != ENT_OK) return;
        t[2] = bench_now();
        if (ent_shapley(ctx, n, v, 2, phi) != ENT_OK) return;
        t[3] = bench_now();
        if (ent_dividends(ctx, n, v, 1) != ENT_OK) return;
        t[4] = bench_now();
        if (ent_subset_sums(ctx, n, v, 2) != ENT_OK) return;
        t[5] = bench_now();
        for (int k = 0; k < 5; k++) best[k] = fmin(best[k], t[k + 1] - t[k]);
        for (int k = 0; k < 8; k++) sink += lane[k];
    }
    printf(
        "n = %d: reading the table %.1f ms; Shapley %.1f ms (%.2f times), two threads %.1f ms; dividends %.1f ms (%.1f passes); subset sums, two threads %.1f ms%s\n",
        n, 1e3 * best[0], 1e3 * best[1], best[1] / best[0], 1e3 * best[2], 1e3 * best[3],
        best[3] / best[0], 1e3 * best[4], sink < 0.0 ? "!" : "");
    free(v);
}

static void voting(ent_ctx *ctx, int n)
{
    ent_status st = ENT_OK;
    int64_t *vote = malloc((size_t)n * sizeof *vote), votes = 0;
    ent_rat *value = ent_rats_new(ctx, (size_t)n, &st), sum = ENT_RAT_ZERO;
    ent_rng rng = ent_rng_stream(42, (uint64_t)n, 0);
    for (int i = 0; i < n; i++) votes += vote[i] = 1 + ent_rng_below(&rng, 50);
    const double start = bench_now();
    if (ent_votes_shapley(ctx, n, votes / 2 + 1, vote, value) != ENT_OK) return;
    const double took = bench_now() - start;
    for (int i = 0; i < n; i++) ent_rat_add(&sum, &sum, &value[i]);
    printf("exact Shapley value of %d voters with %lld votes: %.1f ms, sum %g\n", n,
           (long long)votes, 1e3 * took, ent_rat_double(&sum));
    ent_rat_release(&sum);
    ent_rats_free(value, (size_t)n);
    free(vote);
}

/* `bench_strategic large`: the largest table alone, and the most memory that the process held. */
static void large(ent_ctx *ctx)
{
    struct rusage use;
    sums(ctx, ENT_DENSE_MAX);
    getrusage(RUSAGE_SELF, &use);
    printf("the table: %.0f MB; most memory held by the process: %.0f MB\n",
           ldexp(8.0, ENT_DENSE_MAX - 20), (double)use.ru_maxrss / 1024.0);
}

int main(int argc, char **argv)
{
    ent_ctx *ctx = ent_ctx_new();
    if (!ctx) return 1;
    if (argc > 1 && strcmp(argv[1], "large") == 0) {
        large(ctx);
        ent_ctx_free(ctx);
        return 0;
    }
    coco(ctx, 2, 2, 0, 10000);
    coco(ctx, 3, 2, 0, 10000);
    coco(ctx, 3, 2, 5, 10000);
    coco(ctx, 4, 2, 0, 1000);
    coco(ctx, 3, 3, 4, 1000);
    coco(ctx, 3, 10, 0, 20);
    coco(ctx, 9, 2, 0, 2);
    coco(ctx, 3, 40, 0, 2);
    sums(ctx, 20);
    sums(ctx, 24);
    voting(ctx, 100);
    ent_ctx_free(ctx);
    return 0;
}
