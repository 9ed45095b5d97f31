/* The neutral procedural solution: one coalition in doubles, whole games with proofs, and games of the sizes that are
 * promised. Indicative times on the machine at hand, one thread. */
#include "base/rng.h"
#include "base/text.h"
#include "entente/bayesian.h"
#include "entente/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* [Sal] Section 2, the buyer and the seller: threats of 0. */
static void one_coalition(ent_ctx *ctx)
{
    enum { REPEATS = 300 };
    const int types[] = {2, 1};
    const double prior[] = {0.2, 0.8, 1.0}, threat[6] = {0};
    const double utility[] = {0, 0, 30, 90, -60, 0, 0, 0, 0, 0, 90, 90};
    const ent_bargaining problem = {.players = 2, .types = types, .prior = prior, .decisions = 3, .utility = utility, .threat = threat};
    const double start = now();
    for (int k = 0; k < REPEATS; k++) {
        ent_agreement a = {0};
        if (ent_neutral_agreement(ctx, &problem, 0, &a) != ENT_OK) exit(1);
        ent_agreement_release(&a);
    }
    printf("buyer and seller, one coalition, epsilon proved:  %8.3f ms\n", 1e3 * (now() - start) / REPEATS);
}

/* Private values: `own` decisions a coalition of two or more, integer utilities. */
static void game(int players, int types, int own, ent_text *out)
{
    ent_rng rng = ent_rng_stream(5, (uint64_t)players, (uint64_t)types);
    ent_text_puts(out, "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [");
    for (int i = 0; i < players; i++) {
        ent_text_printf(out, "%s{\"name\": \"%d\", \"types\": {", i ? ", " : "", i);
        for (int t = 0; t < types; t++) ent_text_printf(out, "%s\"t%d\": \"1/%d\"", t ? ", " : "", t, types);
        ent_text_puts(out, "}}");
    }
    ent_text_puts(out, "], \"coalitions\": [");
    bool first = true;
    for (int s = 1; s < 1 << players; s++) {
        if (!(s & (s - 1))) continue;
        ent_text_printf(out, "%s{\"members\": [", first ? "" : ", ");
        first = false;
        bool comma = false;
        for (int i = 0; i < players; i++)
            if (s >> i & 1) ent_text_printf(out, "%s\"%d\"", comma ? ", " : "", i), comma = true;
        ent_text_puts(out, "], \"decisions\": {");
        for (int d = 0; d < own; d++) {
            ent_text_printf(out, "%s\"%d-%d\": {", d ? ", " : "", s, d);
            comma = false;
            for (int i = 0; i < players; i++) {
                if (!(s >> i & 1)) continue;
                ent_text_printf(out, "%s\"%d\": {\"on\": [\"%d\"], \"u\": [", comma ? ", " : "", i, i);
                for (int t = 0; t < types; t++) ent_text_printf(out, "%s%d", t ? ", " : "", (int)ent_rng_below(&rng, 14) - 3);
                ent_text_puts(out, "]}");
                comma = true;
            }
            ent_text_puts(out, "}");
        }
        ent_text_puts(out, "}}");
    }
    ent_text_puts(out, "]}");
}

static void whole_game(ent_ctx *ctx, int players, int types, int own, int repeats)
{
    ent_text model;
    ent_text_init(ctx, &model);
    game(players, types, own, &model);
    const char *const set[] = {"check=0", "threads=1"};
    const ent_request request = {.source = "bench", .text = model.data, .len = model.len, .changes = 2, .set = set};
    const double start = now();
    for (int k = 0; k < repeats; k++) {
        char *reply = NULL;
        if (ent_run(ctx, &request, &reply, NULL) != ENT_OK) {
            printf("%s\n", ent_message(ctx));
            exit(1);
        }
        ent_free(reply);
    }
    printf("%d players x %2d types, %2d own decisions, all coalitions proved: %8.1f ms\n", players, types, own,
           1e3 * (now() - start) / repeats);
    ent_text_release(&model);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    one_coalition(ctx);
    whole_game(ctx, 3, 2, 4, 20);
    whole_game(ctx, 3, 3, 6, 5);
    whole_game(ctx, 4, 3, 3, 1);
    whole_game(ctx, 5, 2, 3, 1);
    whole_game(ctx, 2, 15, 20, 1);
    ent_ctx_free(ctx);
    return 0;
}
