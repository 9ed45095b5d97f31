/* Ten thousand random games of two to four players, down the whole corridor: solved, certified, and
 * checked by the independent checker. Integer payoffs with many ties, decimals, and normal numbers
 * with all their digits. Counts what became of the games; a failure is printed with its model.
 * Arguments: how many games, the seed, the method. */
#include "base/rng.h"
#include "base/text.h"
#include "clock.h"
#include "entente/entente.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEED = 7, GAMES = 10000 };

/* Payoffs: integers from 0 to `top`; hundredths; normal numbers. */
static const struct kind {
    const char *name;
    int top;
    bool hundredths, normal;
} kinds[] = {
    {"0..1", 1, false, false},   {"0..2", 2, false, false},       {"0..5", 5, false, false},
    {"0..20", 20, false, false}, {"0..1000", 1000, false, false}, {"-1.00..1.00", 200, true, false},
    {"normal", 0, false, true},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Box and Muller. */
static double normal(ent_rng *rng)
{
    const double radius = sqrt(-2.0 * log(1.0 - ent_rng_uniform(rng)));
    return radius * cos(6.283185307179586 * ent_rng_uniform(rng));
}

static void put_payoff(const struct kind *kind, ent_rng *rng, ent_text *model)
{
    if (kind->normal) ent_text_printf(model, "%.17g", normal(rng));
    else if (kind->hundredths)
        ent_text_printf(model, "%.2f", (double)(ent_rng_below(rng, kind->top + 1) - 100) / 100.0);
    else ent_text_printf(model, "%lld", (long long)ent_rng_below(rng, kind->top + 1));
}

static void draw(uint64_t seed, int k, int n, const struct kind *kind, ent_text *model)
{
    ent_rng rng = ent_rng_stream(seed, (uint64_t)k, 0);
    int64_t profiles = 1;
    ent_text_reset(model);
    ent_text_puts(model, "{\"entente\": 1, \"family\": \"strategic\", \"players\": [");
    for (int i = 0; i < n; i++) {
        const int actions = n == 4 ? 2 : 1 + (int)ent_rng_below(&rng, 3);
        profiles *= actions;
        ent_text_printf(model, "%s{\"name\": \"P%d\", \"actions\": %d}", i ? ", " : "", i, actions);
    }
    ent_text_puts(model, "], \"payoffs\": [");
    for (int64_t p = 0; p < profiles; p++) {
        ent_text_puts(model, p ? ", [" : "[");
        for (int i = 0; i < n; i++) {
            ent_text_puts(model, i ? ", " : "");
            put_payoff(kind, &rng, model);
        }
        ent_text_puts(model, "]");
    }
    ent_text_puts(model, "]}");
}

typedef struct count {
    int solved, exact, boundary, limit, failed;
} count;

static void one(ent_ctx *ctx, const char *method, const char *model, count *c)
{
    const ent_request request = {
        .source = "random", .text = model, .len = strlen(model), .method = method};
    char *json = NULL;
    ent_outcome outcome = ENT_LIMIT;
    if (ent_run(ctx, &request, &json, &outcome) != ENT_OK) {
        c->failed++;
        printf("failed: %s\n%s\n", ent_message(ctx), model);
        return;
    }
    c->solved += outcome == ENT_SOLVED;
    c->exact += outcome == ENT_SOLVED && !strstr(json, "\"verified\": 1") &&
                strstr(json, "\"verified\": 0");
    c->boundary += outcome == ENT_BOUNDARY;
    c->limit += outcome == ENT_LIMIT;
    if (outcome == ENT_LIMIT) printf("limit: %s\n", model);
    ent_free(json);
}

int main(int argc, char **argv)
{
    const int games = argc > 1 ? atoi(argv[1]) : GAMES;
    const uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : SEED;
    const char *method = argc > 3 ? argv[3] : "coco";
    ent_ctx *ctx = ent_ctx_new();
    ent_text model;
    count c[3][KINDS] = {{{0}}};
    ent_text_init(ctx, &model);
    const double start = bench_now();
    for (int k = 0; k < games; k++) {
        draw(seed, k, 2 + k % 3, &kinds[k / 3 % KINDS], &model);
        one(ctx, method, model.data, &c[k % 3][k / 3 % KINDS]);
    }
    printf(
        "| players | payoffs | solved | of these exactly | boundary | limit | failed |\n|---|---|---|---|---|---|---|\n");
    for (int n = 0; n < 3; n++)
        for (int t = 0; t < KINDS; t++)
            printf("| %d | %s | %d | %d | %d | %d | %d |\n", n + 2, kinds[t].name, c[n][t].solved,
                   c[n][t].exact, c[n][t].boundary, c[n][t].limit, c[n][t].failed);
    printf("%d games, %.1f s, method %s, seed %llu\n", games, bench_now() - start, method,
           (unsigned long long)seed);
    ent_text_release(&model);
    ent_ctx_free(ctx);
    return 0;
}
