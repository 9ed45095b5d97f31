/* S-solutions at scales that are searched ([Sal] eq. (2.3), (6.3)): transferable utility gives the
 * Shapley value, hyperplane games Harsanyi's value by its own formula; games whose threats depend
 * on the scales; random games, all that is found being verified by the independent checker. A long
 * run: t_s_search FIRST COUNT. */
#include "brutal.h"
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "bayesian/scale_steps.h"
#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_bayesian.h"
#include "ref/ref_bayesian_games.h"

#include <stdlib.h>

enum { SEED = 8, FIRST = 20, GAMES = 8, PLAYERS = 3 };

static ent_ctx *ctx;

static ent_doc *solve(const char *model, const char *set)
{
    const char *const changes[] = {"threads=1", set};
    const ent_request request = {.source = "model",
                                 .text = model,
                                 .len = strlen(model),
                                 .method = "s-solution",
                                 .changes = set ? 2 : 1,
                                 .set = changes};
    char *reply = NULL;
    ent_doc *doc = NULL;
    int refused = 1;
    const ent_status st = ent_run(ctx, &request, &reply, NULL);
    if (st != ENT_OK) printf("%s\n%s\n", ent_message(ctx), model);
    CHECK(st == ENT_OK);
    if (st != ENT_OK) return NULL;
    CHECK(ent_verify_text(ctx, "result", reply, strlen(reply), &refused, NULL) == ENT_OK &&
          refused == 0);
    CHECK(ent_doc_read(ctx, "result", strlen(reply), reply, &doc) == ENT_OK);
    ent_free(reply);
    return doc;
}

static const char *text_at(const ent_doc *doc, const char *pointer)
{
    const ent_json *node = doc ? ent_json_at(ent_doc_root(doc), pointer) : NULL;
    return node && node->kind == ENT_JSON_STRING ? node->text : "";
}

static void same(const ent_doc *doc, int player, const ent_rat *want)
{
    char pointer[60];
    ent_rat number = ENT_RAT_ZERO;
    snprintf(pointer, sizeof pointer, "/solution/utilities/P%d/exact", player);
    const char *text = text_at(doc, pointer);
    CHECK(ent_rat_parse(&number, text, strlen(text)));
    if (!ent_rat_equal(&number, want))
        printf("%s: %s, want %.17g\n", pointer, text, ent_rat_double(want));
    CHECK(ent_rat_equal(&number, want));
    ent_rat_release(&number);
}

/* A coalition S of three can have any x >= 0 with sum of a_i^S x_i <= b^S: its decisions are the
 * corners. */
static void hyperplanes(const int *a, const int *b, ent_text *out)
{
    ent_text_reset(out);
    ent_text_puts(
        out,
        "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [{\"name\": \"P0\"}, {\"name\": \"P1\"}, {\"name\": \"P2\"}], \"coalitions\": [");
    for (int s = 3; s < 8; s++) {
        bool more = false;
        if (s == 4) continue;
        ent_text_printf(out, "%s{\"members\": [", s > 3 ? ", " : "");
        for (int i = 0; i < PLAYERS; i++)
            if (s >> i & 1) ent_text_printf(out, "%s\"P%d\"", more ? ", " : "", i), more = true;
        ent_text_puts(out, "], \"decisions\": {");
        more = false;
        for (int i = 0; i < PLAYERS; i++)
            if (s >> i & 1)
                ent_text_printf(out, "%s\"%d to %d\": {\"P%d\": \"%d/%d\"}", more ? ", " : "", s, i,
                                i, b[s], a[s * PLAYERS + i]),
                    more = true;
        ent_text_puts(out, "}}");
    }
    ent_text_puts(out, "]}");
}

/* Harsanyi's value where the whole coalition's weights are its plane's: a pair divides lambda_i x_i
 * = lambda_j x_j = t on its own plane, t = b / (a_i / lambda_i + a_j / lambda_j), and is worth w =
 * 2 t; lambda_i u_i is the Shapley value of w. */
static void harsanyi(const int *a, const int *b, ent_rat *u)
{
    ent_rat w[8], part = ENT_RAT_ZERO, sum = ENT_RAT_ZERO;
    for (int s = 0; s < 8; s++) ent_rat_init(&w[s]);
    for (int s = 3; s < 7; s++) {
        if (s == 4) continue;
        ent_rat_set_int(&sum, 0);
        for (int i = 0; i < PLAYERS; i++) {
            if (!(s >> i & 1)) continue;
            ent_rat_set_ratio(&part, a[s * PLAYERS + i], a[7 * PLAYERS + i]);
            ent_rat_add(&sum, &sum, &part);
        }
        ent_rat_set_int(&w[s], 2 * b[s]);
        ent_rat_div(&w[s], &w[s], &sum);
    }
    ent_rat_set_int(&w[7], b[7]);
    ref_bayesian_shapley(PLAYERS, w, u);
    for (int i = 0; i < PLAYERS; i++) {
        ent_rat_set_int(&part, a[7 * PLAYERS + i]);
        ent_rat_div(&u[i], &u[i], &part);
    }
    for (int s = 0; s < 8; s++) ent_rat_release(&w[s]);
    ent_rat_release(&part);
    ent_rat_release(&sum);
}

static void two_ways(int games)
{
    ent_text model;
    ent_text_init(ctx, &model);
    for (int g = 0; g < games; g++) {
        ent_rng rng = ent_rng_stream(SEED, (uint64_t)g, 0);
        int a[8 * PLAYERS], b[8];
        ent_rat u[PLAYERS] = {ENT_RAT_ZERO, ENT_RAT_ZERO, ENT_RAT_ZERO};
        for (int s = 0; s < 8; s++) {
            b[s] = (s == 7 ? 40 : 4) + (int)ent_rng_below(&rng, 7);
            for (int i = 0; i < PLAYERS; i++)
                a[s * PLAYERS + i] = g % 3 == 0 ? 1 : 1 + (int)ent_rng_below(&rng, 4);
        }
        hyperplanes(a, b, &model);
        harsanyi(a, b, u);
        ent_doc *doc = solve(model.data, NULL);
        CHECK_TEXT(text_at(doc, "/certificate/proof"), "exact");
        for (int i = 0; i < PLAYERS; i++) same(doc, i, &u[i]);
        ent_doc_free(doc);
        for (int i = 0; i < PLAYERS; i++) ent_rat_release(&u[i]);
    }
    ent_text_release(&model);
}

/* How many random games of two and three players are solved; in the class `mixed` many have no
 * threats at all. */
static void random_games(uint64_t first, int games, bool tell)
{
    int all[2] = {0, 0}, found[2] = {0, 0};
    for (ref_bayesian_class kind = 0; kind < REF_BAYESIAN_CLASSES; kind++) {
        int seen[2] = {0, 0}, exact[2] = {0, 0}, nearly[2] = {0, 0};
        for (int g = 0; g < games; g++) {
            ent_text model;
            ent_text_init(ctx, &model);
            ref_bayesian_game(first + (uint64_t)g, kind, &model);
            const int players = strstr(model.data, "\"P3\"")   ? 4
                                : strstr(model.data, "\"P2\"") ? 3
                                                               : 2;
            if (players < 4) {
                ent_doc *doc = solve(model.data, NULL);
                const char *proof = text_at(doc, "/certificate/proof");
                seen[players - 2]++;
                exact[players - 2] += strcmp(proof, "exact") == 0;
                nearly[players - 2] += strcmp(proof, "epsilon") == 0;
                ent_doc_free(doc);
            }
            ent_text_release(&model);
        }
        for (int k = 0; k < 2 && tell; k++)
            printf("%-22s %d players: %4d games, %4d exact, %4d up to an epsilon, %.0f %%\n",
                   ref_bayesian_class_name(kind), k + 2, seen[k], exact[k], nearly[k],
                   100.0 * (exact[k] + nearly[k]) / (seen[k] ? seen[k] : 1));
        for (int k = 0; k < 2 && kind != REF_BAYESIAN_MIXED; k++) {
            all[k] += seen[k];
            found[k] += exact[k] + nearly[k];
        }
    }
    CHECK(10 * found[0] >= 9 * all[0] && 2 * found[1] >= all[1]);
}

/* The steps on a map whose plain iteration runs away: x -> 1 - 3 (x - 1/3) for the first weight;
 * the secant finds 0.5 = 2/4. */
static void steps(void)
{
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_scale_steps s;
    int n = 0;
    CHECK(ent_i_scale_steps_new(ctx, 2, 0, &s) == ENT_OK);
    s.x[0] = 0.4, s.x[1] = 0.6;
    ent_i_scale_steps_begin(&s);
    do {
        s.next[0] = fmin(1.0, fmax(0.0, 1.0 - 3.0 * (s.x[0] - 1.0 / 3.0)));
        s.next[1] = 1.0 - s.next[0];
        n++;
    } while (!(ent_i_scale_steps_take(&s) < 1e-12) && ent_i_scale_steps_move(&s));
    CHECK(s.size < 1e-12 && n < 30);
    CHECK_NEAR(s.best[0], 0.5, 1e-9);
    ent_scratch_reset(ctx, mark);
}

/* Without tries only the other solutions' scales are looked at. */
static void settings(void)
{
    ent_text model;
    int with = 0, without = 0;
    ent_text_init(ctx, &model);
    for (uint64_t g = 0; g < 12; g++) {
        ref_bayesian_game(g, REF_BAYESIAN_COMPLETE, &model);
        ent_doc *doc = solve(model.data, "scale_tries=0");
        without += strcmp(text_at(doc, "/outcome"), "solved") == 0;
        ent_doc_free(doc);
        doc = solve(model.data, "scale_tries=3");
        with += strcmp(text_at(doc, "/outcome"), "solved") == 0;
        ent_doc_free(doc);
    }
    CHECK(with > without && without > 0);
    ent_text_release(&model);
}

static void memory(const char *model)
{
    const char *const changes[] = {"threads=1"};
    const ent_request request = {.source = "model",
                                 .text = model,
                                 .len = strlen(model),
                                 .method = "s-solution",
                                 .changes = 1,
                                 .set = changes};
    brutal b = {.ctx = ctx, .sparse = 4};
    while (brutal_goes_on(&b)) {
        char *reply = NULL;
        brutal_on(&b);
        const ent_status st = ent_run(ctx, &request, &reply, NULL);
        brutal_off(&b, st);
        CHECK((st == ENT_OK) == (reply != NULL));
        ent_free(reply);
    }
    brutal_end(&b, 20);
}

int main(int argc, char **argv)
{
    ent_text model;
    ctx = ent_ctx_new();
    ent_text_init(ctx, &model);
    two_ways(9);
    steps();
    settings();
    random_games(argc > 1 ? strtoull(argv[1], NULL, 10) : FIRST, argc > 2 ? atoi(argv[2]) : GAMES,
                 argc > 2);
    ref_bayesian_game(2, REF_BAYESIAN_COMPLETE, &model);
    memory(model.data);
    ent_text_release(&model);
    ent_ctx_free(ctx);
    return check_end();
}
