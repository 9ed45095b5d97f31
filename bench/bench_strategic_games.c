/* Ten thousand random games of two to four players with integer payoffs and many ties, down the whole corridor: solved, certified,
 * and checked by the independent checker. Counts what became of them; a failure is printed with its model. */
#include "base/rng.h"
#include "base/text.h"
#include "entente/entente.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SEED = 7, GAMES = 10000 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static const int tops[] = {1, 2, 5, 20, 1000};
enum { TOPS = sizeof tops / sizeof *tops };

static void draw(int k, int n, int top, ent_text *model)
{
    ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, 0);
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
        for (int i = 0; i < n; i++) ent_text_printf(model, "%s%lld", i ? ", " : "", (long long)ent_rng_below(&rng, top + 1));
        ent_text_puts(model, "]");
    }
    ent_text_puts(model, "]}");
}

typedef struct count {
    int solved, exact, boundary, limit, failed;
} count;

static void one(ent_ctx *ctx, const char *model, count *c)
{
    const ent_request request = {.source = "random", .text = model, .len = strlen(model), .method = "coco"};
    char *json = NULL;
    ent_outcome outcome = ENT_LIMIT;
    if (ent_run(ctx, &request, &json, &outcome) != ENT_OK) {
        c->failed++;
        printf("failed: %s\n%s\n", ent_message(ctx), model);
        return;
    }
    c->solved += outcome == ENT_SOLVED;
    c->exact += outcome == ENT_SOLVED && !strstr(json, "\"verified\": 1") && strstr(json, "\"verified\": 0");
    c->boundary += outcome == ENT_BOUNDARY;
    c->limit += outcome == ENT_LIMIT;
    if (outcome == ENT_LIMIT) printf("limit: %s\n", model);
    ent_free(json);
}

int main(int argc, char **argv)
{
    const int games = argc > 1 ? atoi(argv[1]) : GAMES;
    ent_ctx *ctx = ent_ctx_new();
    ent_text model;
    count c[3][TOPS] = {{{0}}};
    ent_text_init(ctx, &model);
    const double start = now();
    for (int k = 0; k < games; k++) {
        draw(k, 2 + k % 3, tops[k / 3 % TOPS], &model);
        one(ctx, model.data, &c[k % 3][k / 3 % TOPS]);
    }
    printf("| players | payoffs | solved | of these exactly | boundary | limit | failed |\n|---|---|---|---|---|---|---|\n");
    for (int n = 0; n < 3; n++)
        for (int t = 0; t < TOPS; t++)
            printf("| %d | 0..%d | %d | %d | %d | %d | %d |\n", n + 2, tops[t], c[n][t].solved, c[n][t].exact, c[n][t].boundary,
                   c[n][t].limit, c[n][t].failed);
    printf("%d games, %.1f s, seed %d\n", games, now() - start, SEED);
    ent_text_release(&model);
    ent_ctx_free(ctx);
    return 0;
}
