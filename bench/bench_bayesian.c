/* The neutral procedural solution: one coalition in doubles, whole games with proofs, and games of
 * the sizes that are promised. Indicative times on the machine at hand, one thread. */
#include "base/rng.h"
#include "base/text.h"
#include "catalog/catalog.h"
#include "clock.h"
#include "coalition_walk.h"
#include "entente/bayesian.h"
#include "entente/run.h"
#include "io/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* [Sal] Section 2, the buyer and the seller: threats of 0. */
static void one_coalition(ent_ctx *ctx)
{
    enum { REPEATS = 300 };
    const int types[] = {2, 1};
    const double prior[] = {0.2, 0.8, 1.0}, threat[6] = {0};
    const double utility[] = {0, 0, 30, 90, -60, 0, 0, 0, 0, 0, 90, 90};
    const ent_bargaining problem = {.players = 2,
                                    .types = types,
                                    .prior = prior,
                                    .decisions = 3,
                                    .utility = utility,
                                    .threat = threat};
    const double start = bench_now();
    for (int k = 0; k < REPEATS; k++) {
        ent_agreement a = {0};
        if (ent_neutral_agreement(ctx, &problem, 0, &a) != ENT_OK) exit(1);
        ent_agreement_release(&a);
    }
    printf("buyer and seller, one coalition, epsilon proved:  %8.3f ms\n",
           1e3 * (bench_now() - start) / REPEATS);
}

/* Private values: `own` decisions a coalition of two or more, integer utilities. */
static void game(int players, int types, int own, ent_text *out)
{
    ent_rng rng = ent_rng_stream(5, (uint64_t)players, (uint64_t)types);
    ent_text_puts(out, "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [");
    for (int i = 0; i < players; i++) {
        ent_text_printf(out, "%s{\"name\": \"%d\", \"types\": {", i ? ", " : "", i);
        for (int t = 0; t < types; t++)
            ent_text_printf(out, "%s\"t%d\": \"1/%d\"", t ? ", " : "", t, types);
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
                ent_text_printf(out, "%s\"%d\": {\"on\": [\"%d\"], \"u\": [", comma ? ", " : "", i,
                                i);
                for (int t = 0; t < types; t++)
                    ent_text_printf(out, "%s%d", t ? ", " : "", (int)ent_rng_below(&rng, 14) - 3);
                ent_text_puts(out, "]}");
                comma = true;
            }
            ent_text_puts(out, "}");
        }
        ent_text_puts(out, "}}");
    }
    ent_text_puts(out, "]}");
}

/* The best of several runs on one thread, with a setting besides, or two. */
static double best_run(ent_ctx *ctx, const ent_text *model, const char *setting, const char *other,
                       int repeats)
{
    const char *const set[] = {"threads=1", setting, other};
    const ent_request request = {.source = "bench",
                                 .text = model->data,
                                 .len = model->len,
                                 .method = "neutral-procedural",
                                 .changes = other ? 3 : 2,
                                 .set = set};
    double best = HUGE_VAL;
    for (int k = 0; k < repeats; k++) {
        char *reply = NULL;
        const double start = bench_now();
        if (ent_run(ctx, &request, &reply, NULL) != ENT_OK) {
            printf("%s\n", ent_message(ctx));
            exit(1);
        }
        best = fmin(best, bench_now() - start);
        ent_free(reply);
    }
    return best;
}

static void whole_game(ent_ctx *ctx, int players, int types, int own, int repeats)
{
    ent_text model;
    ent_text_init(ctx, &model);
    game(players, types, own, &model);
    const double solved = best_run(ctx, &model, "check=0", "enclosure_boxes=0", repeats),
                 one = best_run(ctx, &model, "check=0", NULL, repeats);
    const double two = best_run(ctx, &model, "check=0", "threads=2", repeats);
    printf("%d players x %2d types, %2d own decisions %9.1f %9.1f %9.1f %6.2f\n", players, types,
           own, 1e3 * solved, 1e3 * one, 1e3 * two, one / two);
    ent_text_release(&model);
}

typedef struct examples {
    int coalitions;
    double slowest;       /* of these coalitions: first path and polish, best of REPEATS */
    const char *seen[32]; /* titles of models */
    int models;
} examples;

static ent_status in_doubles(ent_ctx *ctx, const bench_solved *x, void *user)
{
    enum { REPEATS = 20 };
    ent_status st = ENT_OK;
    examples *e = user;
    double best = HUGE_VAL;
    for (int k = 0; k < REPEATS; k++) {
        const ent_mark mark = ent_scratch_mark(ctx);
        ent_bargain_point point;
        bool polished = false;
        const double start = bench_now();
        ENT_TRY(ent_i_bargain_point_new(ctx, x->b, &point));
        ENT_TRY(bench_first_path(ctx, x->b, &point, &polished));
        best = fmin(best, bench_now() - start);
        ent_scratch_reset(ctx, mark);
        if (!polished) printf("not solved by the first path: ");
    }
    e->coalitions++;
    e->slowest = fmax(e->slowest, best);
done:
    return st;
}

/* One model of the catalogue, once. */
static void example(ent_ctx *ctx, const ent_json *node, examples *e)
{
    const ent_json *family = ent_json_get(node, "family"), *title = ent_json_get(node, "name");
    if (!family || strcmp(family->text, "bayesian") != 0 || !title) return;
    for (int k = 0; k < e->models; k++)
        if (strcmp(e->seen[k], title->text) == 0) return;
    if (e->models == sizeof e->seen / sizeof *e->seen) return;
    e->seen[e->models++] = title->text;
    ent_text model;
    ent_text_init(ctx, &model);
    ent_json_write(&model, node, false);
    e->coalitions = 0;
    e->slowest = 0.0;
    if (bench_walk(ctx, model.len, model.data, in_doubles, e) != ENT_OK)
        printf("%s\n", ent_message(ctx));
    printf("%-44s %3d %10.3f %10.2f\n", title->text, e->coalitions, 1e3 * e->slowest,
           1e3 * best_run(ctx, &model, "check=1", NULL, 10));
    ent_text_release(&model);
}

/* [Sal] the models of the paper's examples and of its errata, as the catalogue has them. */
static void paper(ent_ctx *ctx)
{
    enum { FILES = 64 };
    ent_doc *doc[FILES] = {NULL}; /* they own the titles */
    examples e = {0};
    int n = 0;
    printf(
        "examples of the paper: coalitions of two or more; the slowest of them in doubles; the whole solution, proved and checked; ms\n");
    for (const ent_catalog_file *f = ent_embed_catalog; f->path && n < FILES; f++) {
        if (strncmp(f->path, "sal/", 4) != 0 ||
            ent_doc_read(ctx, f->path, strlen(f->text), f->text, &doc[n]) != ENT_OK)
            continue;
        const ent_json *runs = ent_json_get(ent_doc_root(doc[n++]), "runs");
        for (const ent_json *run = runs ? runs->first : NULL; run; run = run->next)
            if (ent_json_get(run, "model")) example(ctx, ent_json_get(run, "model"), &e);
    }
    while (n > 0) ent_doc_free(doc[--n]);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    one_coalition(ctx);
    paper(ctx);
    printf(
        "random games, all coalitions proved, ms: solutions; and where all solutions are; the same on two threads; ratio of these\n");
    whole_game(ctx, 3, 2, 4, 10);
    whole_game(ctx, 3, 3, 6, 3);
    whole_game(ctx, 4, 3, 3, 2);
    whole_game(ctx, 5, 2, 3, 2);
    whole_game(ctx, 2, 15, 20, 1);
    ent_ctx_free(ctx);
    return 0;
}
