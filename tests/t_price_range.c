/* Two players: the range of prices that carry the same utilities, by hand and by the definition. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_strategic.h"

#include <stdlib.h>

enum { SEED = 11, GAMES = 120, PROFILES = 9 };

static ent_ctx *ctx;

static ent_doc *solve(const char *model, const char *method)
{
    const ent_request request = {
        .source = "test", .text = model, .len = strlen(model), .method = method};
    char *json = NULL;
    ent_doc *doc = NULL;
    ent_outcome outcome = ENT_LIMIT;
    const ent_status st = ent_run(ctx, &request, &json, &outcome);
    if (st != ENT_OK) printf("%s\n%s\n", ent_message(ctx), model);
    CHECK(st == ENT_OK && outcome != ENT_LIMIT);
    if (st == ENT_OK) CHECK(ent_doc_read(ctx, "result", strlen(json), json, &doc) == ENT_OK);
    ent_free(json);
    return doc;
}

static bool exactly(const ent_doc *doc, const char *path, const char *wanted)
{
    const ent_json *at = ent_json_get(ent_json_at(ent_doc_root(doc), path), "exact");
    return at && strlen(wanted) == at->text_len && strncmp(at->text, wanted, at->text_len) == 0;
}

/* A alone chooses between (2, 1) and (0, 3), both on the frontier. D_A = 3 a_A - 1 is what (2, 1)
 * asks for at all prices; it is best while 2 a_A + a_B >= 3 a_B, that is, a_A >= 1/2. */
static void by_hand(void)
{
    static const char model[] =
        "{\"entente\": 1, \"family\": \"strategic\", \"players\": [{\"name\": \"A\", \"actions\": 2}, "
        "{\"name\": \"B\", \"actions\": 1}], \"payoffs\": [[2, 1], [0, 3]]}";
    ent_doc *doc = solve(model, "coco");
    CHECK(exactly(doc, "/solution/equilibria/0/utilities/A", "2") &&
          exactly(doc, "/solution/equilibria/0/utilities/B", "1"));
    CHECK(exactly(doc, "/solution/equilibria/0/prices_range/A/0", "1/2") &&
          exactly(doc, "/solution/equilibria/0/prices_range/A/1", "1"));
    CHECK(exactly(doc, "/solution/equilibria/0/prices_range/B/0", "0") &&
          exactly(doc, "/solution/equilibria/0/prices_range/B/1", "1/2"));
    ent_doc_free(doc);
    doc = solve(model, "nash");
    CHECK(exactly(doc, "/solution/prices_range/A/0", "1/2") &&
          exactly(doc, "/solution/prices_range/A/1", "1"));
    ent_doc_free(doc);
}

/* The prisoners' dilemma: cooperation is a corner of the frontier, but threats of (1, 1) leave 1/2
 * as the only price. */
static void isolated(void)
{
    ent_doc *doc = solve(
        "{\"entente\": 1, \"family\": \"strategic\", \"players\": [{\"name\": \"A\", \"actions\": 2}, "
        "{\"name\": \"B\", \"actions\": 2}], \"payoffs\": [[3, 3], [0, 4], [4, 0], [1, 1]]}",
        "coco");
    CHECK(exactly(doc, "/solution/equilibria/0/prices/A", "1/2"));
    CHECK(!ent_json_at(ent_doc_root(doc), "/solution/equilibria/0/prices_range"));
    ent_doc_free(doc);
}

typedef struct game {
    int actions[2];
    ref_strategic_game g;
    ent_rat payoff[2 * PROFILES];
} game;

static void draw(game *x, int k, ent_text *model)
{
    ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, 0);
    *x = (game){.g = {.n = 2, .profiles = 1}};
    ent_text_reset(model);
    ent_text_puts(model, "{\"entente\": 1, \"family\": \"strategic\", \"players\": [");
    for (int i = 0; i < 2; i++) {
        x->actions[i] = 1 + (int)ent_rng_below(&rng, 3);
        x->g.profiles *= x->actions[i];
        ent_text_printf(model, "%s{\"name\": \"P%d\", \"actions\": %d}", i ? ", " : "", i,
                        x->actions[i]);
    }
    x->g.actions = x->actions;
    x->g.payoff = x->payoff;
    ent_text_puts(model, "], \"payoffs\": [");
    for (int64_t p = 0; p < x->g.profiles; p++) {
        int u[2];
        for (int i = 0; i < 2; i++) {
            u[i] = (int)ent_rng_below(&rng, 10);
            ent_rat_set_int(&x->payoff[i * x->g.profiles + p], u[i]);
        }
        ent_text_printf(model, "%s[%d, %d]", p ? ", " : "", u[0], u[1]);
    }
    ent_text_puts(model, "]}");
}

/* Do prices (first, 1 - first) carry these utilities, by the definition? */
static bool carries(const game *x, const ent_rat *first, const ent_rat utility[2])
{
    ent_rat price[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, psi[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO},
            want = ENT_RAT_ZERO;
    bool yes = true;
    ent_rat_set(&price[0], first);
    ent_rat_set_int(&price[1], 1);
    ent_rat_sub(&price[1], &price[1], first);
    ref_strategic_psi(&x->g, price, psi);
    for (int i = 0; i < 2; i++) {
        ent_rat_mul(&want, &price[i], &utility[i]);
        yes = yes && ent_rat_equal(&want, &psi[i]);
    }
    for (int i = 0; i < 2; i++) {
        ent_rat_release(&price[i]);
        ent_rat_release(&psi[i]);
    }
    ent_rat_release(&want);
    return yes;
}

/* At both ends and in the middle the utilities stand; a little outside, where prices are still
 * positive, they do not. */
static void check_range(const game *x, const ent_json *e)
{
    const ent_json *range = ent_json_get(ent_json_get(e, "prices_range"), "P0");
    ent_rat end[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, utility[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO},
            step = ENT_RAT_ZERO, at = ENT_RAT_ZERO;
    const ent_json *node[4] = {range->first, range->first->next,
                               ent_json_get(ent_json_get(e, "utilities"), "P0"),
                               ent_json_get(ent_json_get(e, "utilities"), "P1")};
    ent_rat *into[4] = {&end[0], &end[1], &utility[0], &utility[1]};
    for (int k = 0; k < 4; k++) {
        const ent_json *exact = ent_json_get(node[k], "exact");
        CHECK(exact && ent_rat_parse(into[k], exact->text, exact->text_len));
    }
    ent_rat_add(&at, &end[0], &end[1]);
    ent_rat_set_ratio(&step, 1, 2);
    ent_rat_mul(&at, &at, &step);
    CHECK(ent_rat_cmp(&end[0], &end[1]) < 0 && carries(x, &at, utility));
    for (int k = 0; k < 2; k++) {
        const double inside = ent_rat_double(&end[k]);
        if (inside <= 0.0 || inside >= 1.0) continue;
        CHECK(carries(x, &end[k], utility));
        ent_rat_set_ratio(&step, k == 0 ? -1 : 1, 1000000000);
        ent_rat_add(&at, &end[k], &step);
        CHECK(!carries(x, &at, utility));
    }
    for (int k = 0; k < 4; k++) ent_rat_release(into[k]);
    ent_rat_release(&step);
    ent_rat_release(&at);
}

static void by_definition(void)
{
    ent_text model;
    int ranges = 0;
    ent_text_init(ctx, &model);
    for (int k = 0; k < GAMES; k++) {
        game x;
        draw(&x, k, &model);
        ent_doc *doc = solve(model.data, "coco");
        const ent_json *e = doc ? ent_json_at(ent_doc_root(doc), "/solution/equilibria/0") : NULL;
        if (e && ent_json_get(e, "prices_range")) check_range(&x, e), ranges++;
        ent_doc_free(doc);
        for (int64_t p = 0; p < 2 * x.g.profiles; p++) ent_rat_release(&x.payoff[p]);
    }
    printf("seed %d: %d games, %d with a range of prices\n", SEED, GAMES, ranges);
    CHECK(ranges > GAMES / 4);
    ent_text_release(&model);
}

int main(void)
{
    ctx = ent_ctx_new();
    by_hand();
    isolated();
    by_definition();
    ent_ctx_free(ctx);
    return check_end();
}
