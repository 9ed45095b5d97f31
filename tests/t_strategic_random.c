/* Random games of two to four players with many ties: solved, checked by the independent checker,
 * and compared with the definition (orders of players, textbook simplex). The long run is
 * bench/bench_strategic_games.c. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_strategic.h"

#include <stdlib.h>

enum { SEED = 3, GAMES = 240, PROFILES_MAX = 81 };

static ent_ctx *ctx;

typedef struct game {
    int actions[4];
    ref_strategic_game g;
    ent_rat payoff[4 * PROFILES_MAX];
} game;

static void draw(game *x, int k, ent_text *model)
{
    ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, 0);
    static const int tops[4] = {1, 2, 5, 20};
    const int n = 2 + k % 3, top = tops[k / 3 % 4];
    *x = (game){.g = {.n = n, .profiles = 1}};
    ent_text_reset(model);
    ent_text_puts(model, "{\"entente\": 1, \"family\": \"strategic\", \"players\": [");
    for (int i = 0; i < n; i++) {
        x->actions[i] = n == 4 ? 2 : 2 + (int)ent_rng_below(&rng, 2);
        x->g.profiles *= x->actions[i];
        ent_text_printf(model, "%s{\"name\": \"P%d\", \"actions\": %d}", i ? ", " : "", i,
                        x->actions[i]);
    }
    x->g.actions = x->actions;
    x->g.payoff = x->payoff;
    ent_text_puts(model, "], \"payoffs\": [");
    for (int64_t p = 0; p < x->g.profiles; p++) {
        ent_text_puts(model, p ? ", [" : "[");
        for (int i = 0; i < n; i++) {
            const int64_t u = ent_rng_below(&rng, top + 1);
            ent_rat_set_int(&x->payoff[i * x->g.profiles + p], u);
            ent_text_printf(model, "%s%lld", i ? ", " : "", (long long)u);
        }
        ent_text_puts(model, "]");
    }
    ent_text_puts(model, "]}");
}

/* A number of the document as the rational that it stands for. */
static void number(const ent_json *object, int i, ent_rat *out)
{
    char key[16];
    snprintf(key, sizeof key, "P%d", i);
    const ent_json *node = ent_json_get(object, key), *exact = ent_json_get(node, "exact");
    if (exact) CHECK(ent_rat_parse(out, exact->text, exact->text_len));
    else if (node && node->kind == ENT_JSON_NUMBER)
        ent_rat_set_double(out, strtod(node->text, NULL));
    else CHECK(node && exact);
}

/* By the definition: a > 0, a_i u_i = psi_i(a), u a mean of profiles that maximise a.u(x). */
static void compare(const game *x, const ent_json *equilibrium)
{
    ent_rat price[4], utility[4], psi[4], gap = ENT_RAT_ZERO;
    for (int i = 0; i < x->g.n; i++) {
        ent_rat_init(&price[i]);
        ent_rat_init(&utility[i]);
        ent_rat_init(&psi[i]);
        number(ent_json_get(equilibrium, "prices"), i, &price[i]);
        number(ent_json_get(equilibrium, "utilities"), i, &utility[i]);
        CHECK(ent_rat_sign(&price[i]) > 0);
    }
    ref_strategic_psi(&x->g, price, psi);
    for (int i = 0; i < x->g.n; i++) {
        const double a = ent_rat_double(&price[i]);
        CHECK_NEAR(ent_rat_double(&psi[i]) / a, ent_rat_double(&utility[i]),
                   1e-9 / (a < 0.1 ? a : 1.0));
    }
    ref_strategic_gap(&x->g, price, utility, 1e-9, &gap);
    CHECK_NEAR(ent_rat_double(&gap), 0.0, 1e-9);
    ent_rat_release(&gap);
    for (int i = 0; i < x->g.n; i++) {
        ent_rat_release(&price[i]);
        ent_rat_release(&utility[i]);
        ent_rat_release(&psi[i]);
    }
}

static void check_game(const game *x, const char *model, int *solved, int *boundary)
{
    const ent_request request = {
        .source = "random", .text = model, .len = strlen(model), .method = "coco"};
    char *json = NULL;
    ent_doc *doc = NULL;
    ent_outcome outcome = ENT_LIMIT;
    const ent_status st = ent_run(ctx, &request, &json, &outcome);
    if (st != ENT_OK || outcome == ENT_LIMIT) printf("%s\n%s\n", ent_message(ctx), model);
    CHECK(st == ENT_OK && (outcome == ENT_SOLVED || outcome == ENT_BOUNDARY));
    *solved += outcome == ENT_SOLVED;
    *boundary += outcome == ENT_BOUNDARY;
    if (st == ENT_OK) CHECK(ent_doc_read(ctx, "result", strlen(json), json, &doc) == ENT_OK);
    const ent_json *list = doc ? ent_json_at(ent_doc_root(doc), "/solution/equilibria") : NULL;
    for (const ent_json *at = list ? list->first : NULL; at; at = at->next)
        if (strcmp(ent_json_get(at, "status")->text, "solved") == 0) compare(x, at);
    ent_doc_free(doc);
    ent_free(json);
}

int main(void)
{
    ctx = ent_ctx_new();
    ent_text model;
    ent_text_init(ctx, &model);
    int solved = 0, boundary = 0;
    for (int k = 0; k < GAMES; k++) {
        game x;
        draw(&x, k, &model);
        check_game(&x, model.data, &solved, &boundary);
        for (int64_t p = 0; p < x.g.n * x.g.profiles; p++) ent_rat_release(&x.payoff[p]);
    }
    printf("seed %d: %d games, %d solved, %d on the boundary\n", SEED, GAMES, solved, boundary);
    ent_text_release(&model);
    ent_ctx_free(ctx);
    return check_end();
}
