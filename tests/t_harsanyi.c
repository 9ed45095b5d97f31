/* Harsanyi's constrained threats: several equilibria of one game, and games on which single curves
 * fail. The independent checker verifies every equilibrium before it is handed out. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"

#include <math.h>
#include <stdlib.h>

enum { SEED = 5, GAMES = 12 };

static ent_ctx *ctx;

static ent_doc *solve(const char *model, ent_outcome *outcome)
{
    const ent_request request = {
        .source = "test", .text = model, .len = strlen(model), .method = "harsanyi"};
    char *json = NULL;
    ent_doc *doc = NULL;
    const ent_status st = ent_run(ctx, &request, &json, outcome);
    if (st != ENT_OK || *outcome == ENT_LIMIT) printf("%s\n%s\n", ent_message(ctx), model);
    CHECK(st == ENT_OK && *outcome != ENT_LIMIT);
    if (st == ENT_OK) CHECK(ent_doc_read(ctx, "result", strlen(json), json, &doc) == ENT_OK);
    ent_free(json);
    return doc;
}

static double of(const ent_json *equilibrium, const char *what, const char *player)
{
    const ent_json *at = ent_json_get(ent_json_get(equilibrium, what), player);
    const ent_json *value = at && at->kind == ENT_JSON_OBJECT ? ent_json_get(at, "value") : at;
    return value ? strtod(value->text, NULL) : (double)NAN;
}

/* Roth's game with p = 1/4, payoffs times 4. Hart's Harsanyi value (1/2 - p/3, 1/2 - p/3, 2p/3) is
 * (5/3, 5/3, 2/3); the payoffs of the team of the first two, (2, 2, 0), are an equilibrium as well,
 * and there are others. */
static void several(void)
{
    static const char model[] =
        "{\"entente\": 1, \"family\": \"strategic\", \"players\": [{\"name\": \"A\", \"actions\": [\"B\", \"C\"]}, {\"name\": \"B\", "
        "\"actions\": [\"A\", \"C\"]}, {\"name\": \"C\", \"actions\": [\"A\", \"B\"]}], \"default\": [0, 0, 0], \"outcomes\": ["
        "{\"profile\": [\"B\", \"A\", \"*\"], \"payoff\": [2, 2, 0]}, {\"profile\": [\"C\", \"*\", \"A\"], \"payoff\": [1, 0, 3]}, "
        "{\"profile\": [\"*\", \"C\", \"B\"], \"payoff\": [0, 1, 3]}]}";
    ent_outcome outcome = ENT_LIMIT;
    ent_doc *doc = solve(model, &outcome);
    const ent_json *list = doc ? ent_json_at(ent_doc_root(doc), "/solution/equilibria") : NULL;
    int hart = 0, team = 0;
    for (const ent_json *at = list ? list->first : NULL; at; at = at->next) {
        const double a = of(at, "utilities", "A"), b = of(at, "utilities", "B"),
                     c = of(at, "utilities", "C");
        hart +=
            fabs(a - 5.0 / 3.0) < 1e-9 && fabs(b - 5.0 / 3.0) < 1e-9 && fabs(c - 2.0 / 3.0) < 1e-9;
        team += fabs(a - 2.0) < 1e-9 && fabs(b - 2.0) < 1e-9 && fabs(c) < 1e-9;
    }
    CHECK(outcome == ENT_SOLVED && hart == 1 && team == 1 && list && list->count >= 3);
    ent_doc_free(doc);
}

static void small_integers(void)
{
    ent_text model;
    int solved = 0;
    ent_text_init(ctx, &model);
    for (int k = 0; k < GAMES; k++) {
        ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, 0);
        ent_outcome outcome = ENT_LIMIT;
        ent_text_reset(&model);
        ent_text_puts(
            &model,
            "{\"entente\": 1, \"family\": \"strategic\", \"players\": [{\"name\": \"A\", \"actions\": 2}, {\"name\": "
            "\"B\", \"actions\": 2}, {\"name\": \"C\", \"actions\": 2}], \"payoffs\": [");
        for (int p = 0; p < 8; p++) {
            const int64_t u = ent_rng_below(&rng, 6), v = ent_rng_below(&rng, 6),
                          w = ent_rng_below(&rng, 6);
            ent_text_printf(&model, "%s[%d, %d, %d]", p ? ", " : "", (int)u, (int)v, (int)w);
        }
        ent_text_puts(&model, "]}");
        ent_doc_free(solve(model.data, &outcome));
        solved += outcome == ENT_SOLVED;
    }
    printf("seed %d: %d of %d games solved, the others on the boundary\n", SEED, solved, GAMES);
    CHECK(solved > GAMES / 2);
    ent_text_release(&model);
}

int main(void)
{
    ctx = ent_ctx_new();
    several();
    small_integers();
    ent_ctx_free(ctx);
    return check_end();
}
