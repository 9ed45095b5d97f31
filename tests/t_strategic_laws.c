/* Laws: relabelled players, rescaled and shifted utilities, duplicated actions, a bystander; for
 * the value with side payments exactly, for equilibria of two players exactly, of three players
 * where only one is found. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"

#include <stdlib.h>

enum { SEED = 11, GAMES = 60, PLAYERS = 4, PROFILES = 64 };

static ent_ctx *ctx;

/* Integer payoffs; player p of the document is who[p]: names do not change when players are
 * relabelled. */
typedef struct game {
    int n, actions[PLAYERS], who[PLAYERS];
    int64_t profiles, u[PLAYERS][PROFILES];
} game;

static void profile_of(const game *g, int64_t p, int *action)
{
    for (int i = g->n - 1; i >= 0; i--) {
        action[i] = (int)(p % g->actions[i]);
        p /= g->actions[i];
    }
}

static int64_t number_of(const game *g, const int *action)
{
    int64_t p = 0;
    for (int i = 0; i < g->n; i++) p = p * g->actions[i] + action[i];
    return p;
}

static game draw(int k)
{
    ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, 0);
    game g = {.n = 2 + k % 2, .profiles = 1};
    for (int i = 0; i < g.n; i++) {
        g.actions[i] = 2;
        g.who[i] = i;
        g.profiles *= 2;
    }
    for (int i = 0; i < g.n; i++)
        for (int64_t p = 0; p < g.profiles; p++) g.u[i][p] = ent_rng_below(&rng, 10);
    return g;
}

static game relabelled(const game *g)
{
    game h = *g;
    int from[PLAYERS], to[PLAYERS];
    for (int i = 0; i < g->n; i++) {
        h.who[i] = g->who[(i + 1) % g->n];
        h.actions[i] = g->actions[(i + 1) % g->n];
    }
    for (int64_t p = 0; p < g->profiles; p++) {
        profile_of(&h, p, to);
        for (int i = 0; i < g->n; i++) from[(i + 1) % g->n] = to[i];
        for (int i = 0; i < g->n; i++) h.u[i][p] = g->u[(i + 1) % g->n][number_of(g, from)];
    }
    return h;
}

/* u_i -> (i + 2) u_i + 3 i - 5. */
static game rescaled(const game *g, bool scale)
{
    game h = *g;
    for (int i = 0; i < g->n; i++)
        for (int64_t p = 0; p < g->profiles; p++)
            h.u[i][p] = (scale ? i + 2 : 1) * g->u[i][p] + 3 * i - 5;
    return h;
}

/* The first player's last action twice. */
static game duplicated(const game *g)
{
    game h = *g;
    int action[PLAYERS];
    h.actions[0]++;
    h.profiles = g->profiles / g->actions[0] * h.actions[0];
    for (int64_t p = 0; p < h.profiles; p++) {
        profile_of(&h, p, action);
        if (action[0] == g->actions[0]) action[0]--;
        for (int i = 0; i < g->n; i++) h.u[i][p] = g->u[i][number_of(g, action)];
    }
    return h;
}

/* One more player, who has no choice and always gets 7. */
static game with_bystander(const game *g)
{
    game h = *g;
    h.actions[h.n] = 1;
    h.who[h.n] = h.n;
    for (int64_t p = 0; p < g->profiles; p++) h.u[h.n][p] = 7;
    h.n++;
    return h;
}

static void write_model(const game *g, ent_text *out)
{
    ent_text_reset(out);
    ent_text_puts(out, "{\"entente\": 1, \"family\": \"strategic\", \"players\": [");
    for (int i = 0; i < g->n; i++)
        ent_text_printf(out, "%s{\"name\": \"P%d\", \"actions\": %d}", i ? ", " : "", g->who[i],
                        g->actions[i]);
    ent_text_puts(out, "], \"payoffs\": [");
    for (int64_t p = 0; p < g->profiles; p++) {
        ent_text_puts(out, p ? ", [" : "[");
        for (int i = 0; i < g->n; i++)
            ent_text_printf(out, "%s%lld", i ? ", " : "", (long long)g->u[i][p]);
        ent_text_puts(out, "]");
    }
    ent_text_puts(out, "]}");
}

/* How many equilibria (or 1 for a value), and the utilities of the first by name. -1: the outcome
 * is not "solved". */
static int solve(const game *g, const char *method, double *u)
{
    ent_text model;
    char *json = NULL;
    ent_doc *doc = NULL;
    ent_outcome outcome = ENT_LIMIT;
    int found = -1;
    ent_text_init(ctx, &model);
    write_model(g, &model);
    const ent_request request = {
        .source = "law", .text = model.data, .len = model.len, .method = method};
    const ent_status st = ent_run(ctx, &request, &json, &outcome);
    if (st != ENT_OK) printf("%s\n%s\n", ent_message(ctx), model.data);
    CHECK(st == ENT_OK);
    if (st == ENT_OK && outcome == ENT_SOLVED &&
        ent_doc_read(ctx, "result", strlen(json), json, &doc) == ENT_OK) {
        const ent_json *list = ent_json_at(ent_doc_root(doc), "/solution/equilibria");
        const ent_json *first = list ? list->first : ent_json_get(ent_doc_root(doc), "solution");
        found = list ? (int)list->count : 1;
        for (int i = 0; i < g->n; i++) {
            char key[16];
            snprintf(key, sizeof key, "P%d", i);
            const ent_json *node = ent_json_get(ent_json_get(first, "utilities"), key),
                           *value = ent_json_get(node, "value");
            u[i] = strtod((value ? value : node)->text, NULL);
        }
    }
    ent_doc_free(doc);
    ent_free(json);
    ent_text_release(&model);
    return found;
}

/* The same agreement up to the change: u_i -> scale_i u_i + shift_i. */
static void same(const game *g, const game *h, const char *method, bool scaled, bool shifted)
{
    double u[PLAYERS] = {0}, w[PLAYERS] = {0};
    const int before = solve(g, method, u), after = solve(h, method, w);
    CHECK((before < 0) == (after < 0));
    if (before < 0 || after < 0) return;
    if (before > 1 || after > 1) return; /* which ones are found may depend on the starts */
    for (int i = 0; i < g->n; i++)
        CHECK_NEAR(w[i], (scaled ? i + 2 : 1) * u[i] + (shifted ? 3 * i - 5 : 0), 1e-8);
}

static void laws(const game *g, const char *method, bool money)
{
    const game a = relabelled(g), b = rescaled(g, !money), c = duplicated(g), d = with_bystander(g);
    double u[PLAYERS] = {0};
    same(g, &a, method, false, false);
    same(g, &b, method, !money, true);
    same(g, &c, method, false, false);
    if (strcmp(method, "nash") == 0) return;
    /* a bystander needs a price and can change conflicts; with money it cannot matter */
    if (!money) return;
    same(g, &d, method, false, false);
    solve(&d, method, u);
    CHECK_NEAR(u[g->n], 7.0, 1e-9);
}

/* Symmetric games give equal utilities. */
static void symmetric(void)
{
    game g = {.n = 3, .actions = {2, 2, 2}, .who = {0, 1, 2}, .profiles = 8};
    for (int64_t p = 0; p < 8; p++) {
        int action[3];
        profile_of(&g, p, action);
        const int sum = action[0] + action[1] + action[2];
        for (int i = 0; i < 3; i++) g.u[i][p] = 3 * sum - 4 * action[i];
    }
    double u[PLAYERS] = {0};
    CHECK(solve(&g, "tu-value", u) == 1);
    CHECK_NEAR(u[0], u[1], 0);
    CHECK_NEAR(u[0], u[2], 0);
    CHECK(solve(&g, "coco", u) >= 1);
    CHECK_NEAR(u[0], u[1], 1e-12);
    CHECK_NEAR(u[0], u[2], 1e-12);
}

int main(void)
{
    ctx = ent_ctx_new();
    for (int k = 0; k < GAMES; k++) {
        const game g = draw(k);
        laws(&g, "tu-value", true);
        laws(&g, "coco", false);
        if (g.n == 2) laws(&g, "nash", false);
    }
    symmetric();
    ent_ctx_free(ctx);
    return check_end();
}
