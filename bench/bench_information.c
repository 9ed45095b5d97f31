/* Alliances of many players: full revelation by the two pivotal constraints, the gains of
 * everybody, and all sets of truthful players. Best of several passes; ratios compare within one
 * run. */
#include "base/rng.h"
#include "base/text.h"
#include "clock.h"
#include "entente/information.h"
#include "entente/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PASSES = 3 };

static void must(ent_ctx *ctx, ent_status st)
{
    if (st == ENT_OK) return;
    fprintf(stderr, "%s\n", ent_message(ctx));
    exit(1);
}

/* Different biases, so spread that the extreme players meet their bounds in some states. */
static double *biases(int n)
{
    ent_rng rng = ent_rng_stream(1, (uint64_t)n, 1);
    double *bias = malloc((size_t)n * sizeof *bias);
    for (int i = 0; bias && i < n; i++) bias[i] = 0.4 * ent_rng_uniform(&rng) / n;
    return bias;
}

static void revelation(ent_ctx *ctx, int n)
{
    double *bias = biases(n), best = HUGE_VAL;
    ent_truth truth = {false, 0.0, 0.0, 0.0, 0.0};
    for (int pass = 0; bias && pass < PASSES; pass++) {
        const double start = bench_now();
        must(ctx, ent_full_revelation(ctx, n, bias, 0.5, 0.0, 1.0, 1e-12, &truth));
        best = fmin(best, bench_now() - start);
    }
    printf("full revelation, %8d players  %8.3f s   truth %d, hawk %.3g, dove %.3g\n", n, best,
           truth.is_equilibrium, truth.hawk_gain, truth.dove_gain);
    free(bias);
}

static void gains(ent_ctx *ctx, int n)
{
    double *bias = biases(n), best = HUGE_VAL, (*gain)[2] = malloc((size_t)n * sizeof *gain);
    for (int pass = 0; bias && gain && pass < PASSES; pass++) {
        const double start = bench_now();
        must(ctx, ent_lie_gains(ctx, n, bias, 0.5, 0.0, 1.0, 0, gain));
        best = fmin(best, bench_now() - start);
    }
    printf("all gains,       %8d players  %8.3f s\n", n, best);
    free(bias);
    free(gain);
}

static void sets(ent_ctx *ctx, int n, const char *check)
{
    ent_rng rng = ent_rng_stream(2, (uint64_t)n, 1);
    ent_text model;
    const char *const set[] = {check};
    char *json = NULL;
    ent_text_init(ctx, &model);
    ent_text_puts(
        &model,
        "{\"entente\": 1, \"family\": \"information\", \"interdependence\": \"1/2\", \"players\": [");
    for (int i = 0; i < n; i++)
        ent_text_printf(&model, "%s{\"name\": \"P%d\", \"bias\": \"%d/1000\"}", i ? ", " : "", i,
                        (int)ent_rng_below(&rng, 200));
    ent_text_puts(&model, "]}");
    const ent_request request = {.source = "bench",
                                 .text = model.data,
                                 .len = model.len,
                                 .method = "partial",
                                 .changes = 1,
                                 .set = set};
    const double start = bench_now();
    must(ctx, ent_run(ctx, &request, &json, NULL));
    printf("partial,         %8d players  %8.3f s   %s, %zu bytes\n", n, bench_now() - start, check,
           strlen(json));
    ent_free(json);
    ent_text_release(&model);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    for (int n = 1000; n <= 1000000; n *= 10) revelation(ctx, n);
    for (int n = 100; n <= 10000; n *= 10) gains(ctx, n);
    for (int n = 8; n <= 14; n += 2) {
        sets(ctx, n, "check=0");
        sets(ctx, n, "check=1");
    }
    ent_ctx_free(ctx);
    return 0;
}
