/* [CoCo] Condition 3, Section 2. threats and tu-value against the definition: random games of 2 to
 * 4 players, ties included, every value in rationals. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_strategic.h"

#include <stdlib.h>

enum { SEED = 20, GAMES = 120, PROFILES_MAX = 81 };

static ent_ctx *ctx;

typedef struct game {
    int actions[4];
    ref_strategic_game g;
    ent_rat payoff[4 * PROFILES_MAX], price[4];
} game;

/* Payoffs 0..top, so that a small top has many ties; prices 1..4. */
static void draw(game *x, int n, int most, int top, ent_rng *rng)
{
    *x = (game){.g = {.n = n, .profiles = 1}};
    for (int i = 0; i < n; i++) {
        x->actions[i] = 1 + (int)ent_rng_below(rng, most);
        x->g.profiles *= x->actions[i];
        ent_rat_set_ratio(&x->price[i], 1 + ent_rng_below(rng, 4), 1);
    }
    x->g.actions = x->actions;
    x->g.payoff = x->payoff;
    for (int64_t k = 0; k < n * x->g.profiles; k++)
        ent_rat_set_ratio(&x->payoff[k], ent_rng_below(rng, top + 1), 1 + ent_rng_below(rng, 2));
}

static void write_model(const game *x, bool prices, ent_text *out)
{
    ent_text_reset(out);
    ent_text_puts(out, "{\"entente\": 1, \"family\": \"strategic\", \"players\": [");
    for (int i = 0; i < x->g.n; i++)
        ent_text_printf(out, "%s{\"name\": \"P%d\", \"actions\": %d}", i ? ", " : "", i,
                        x->actions[i]);
    ent_text_puts(out, "], ");
    if (prices) {
        ent_text_puts(out, "\"prices\": [");
        for (int i = 0; i < x->g.n; i++)
            ent_text_printf(out, "%s%lld", i ? ", " : "", (long long)x->price[i].num);
        ent_text_puts(out, "], ");
    }
    ent_text_puts(out, "\"payoffs\": [");
    for (int64_t p = 0; p < x->g.profiles; p++) {
        ent_text_puts(out, p ? ", [" : "[");
        for (int i = 0; i < x->g.n; i++) {
            const ent_rat *u = &x->payoff[i * x->g.profiles + p];
            ent_text_printf(out, "%s\"%lld/%lld\"", i ? ", " : "", (long long)u->num,
                            (long long)u->den);
        }
        ent_text_puts(out, "]");
    }
    ent_text_puts(out, "]}");
}

static ent_doc *solve(const char *model, const char *method)
{
    const ent_request request = {
        .source = "random", .text = model, .len = strlen(model), .method = method};
    char *json = NULL;
    ent_doc *doc = NULL;
    const ent_status st = ent_run(ctx, &request, &json, NULL);
    if (st != ENT_OK) printf("%s\n%s\n", ent_message(ctx), model);
    CHECK(st == ENT_OK);
    if (st == ENT_OK) CHECK(ent_doc_read(ctx, "result", strlen(json), json, &doc) == ENT_OK);
    ent_free(json);
    return doc;
}

/* The number at a place of the solution, exact, is `want`. */
static void same(const ent_doc *doc, const char *pointer, const ent_rat *want)
{
    ent_rat got = ENT_RAT_ZERO;
    const ent_json *node = ent_json_get(ent_json_at(ent_doc_root(doc), pointer), "exact");
    CHECK(node && ent_rat_parse(&got, node->text, node->text_len) && ent_rat_equal(&got, want));
    ent_rat_release(&got);
}

static void key_of(int n, ent_coal s, char key[64])
{
    int len = 0;
    for (int i = 0; i < n; i++)
        if (ent_coal_has(s, i))
            len += snprintf(key + len, 64 - (size_t)len, "%sP%d", len ? "," : "", i);
}

static void compare_threats(const game *x, const char *model)
{
    ent_doc *doc = solve(model, "threats");
    ent_rat want = ENT_RAT_ZERO;
    for (ent_coal s = 1; doc && s < ent_coal_all(x->g.n); s++) {
        char key[64], pointer[128];
        key_of(x->g.n, s, key);
        snprintf(pointer, sizeof pointer, "/solution/coalitions/%s/value", key);
        ref_strategic_conflict(&x->g, x->price, s, &want);
        same(doc, pointer, &want);
    }
    ref_strategic_conflict(&x->g, x->price, ent_coal_all(x->g.n), &want);
    if (doc) same(doc, "/solution/joint", &want);
    ent_rat_release(&want);
    ent_doc_free(doc);
}

static void compare_value(game *x, const char *model)
{
    ent_doc *doc = solve(model, "tu-value");
    ent_rat psi[4];
    for (int i = 0; i < 4; i++) {
        ent_rat_init(&psi[i]);
        ent_rat_set_int(&x->price[i], 1);
    }
    ref_strategic_psi(&x->g, x->price, psi);
    for (int i = 0; doc && i < x->g.n; i++) {
        char pointer[64];
        snprintf(pointer, sizeof pointer, "/solution/utilities/P%d", i);
        same(doc, pointer, &psi[i]);
    }
    for (int i = 0; i < 4; i++) ent_rat_release(&psi[i]);
    ent_doc_free(doc);
}

static void forget(game *x)
{
    for (int64_t k = 0; k < x->g.n * x->g.profiles; k++) ent_rat_release(&x->payoff[k]);
    for (int i = 0; i < x->g.n; i++) ent_rat_release(&x->price[i]);
}

int main(void)
{
    ctx = ent_ctx_new();
    ent_text model;
    ent_text_init(ctx, &model);
    for (int k = 0; k < GAMES; k++) {
        ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, 0);
        game x;
        draw(&x, 2 + k % 3, k % 3 == 2 ? 2 : 3, k % 2 ? 2 : 20, &rng);
        write_model(&x, true, &model);
        compare_threats(&x, model.data);
        write_model(&x, false, &model);
        compare_value(&x, model.data);
        forget(&x);
    }
    ent_text_release(&model);
    ent_ctx_free(ctx);
    printf("seed %d, %d games\n", SEED, GAMES);
    return check_end();
}
