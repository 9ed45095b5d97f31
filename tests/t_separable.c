/* Separable games by merging staircases: the same contract as from all profiles; games that nobody
 * could enumerate; refusals; brutal. */
#include "brutal.h"
#include "check.h"
#include "ref/ref_relational_model.h"
#include "ref/ref_relational_same.h"

#include <stdlib.h>

enum { PLAYERS = 12, ACTIONS = 41 };

typedef struct game {
    int n, actions[PLAYERS];
    double f[PLAYERS * PLAYERS][ACTIONS];
    const double *part[PLAYERS * PLAYERS];
} game;

static int64_t profiles_of(const game *g)
{
    int64_t profiles = 1;
    for (int i = 0; i < g->n; i++) profiles *= g->actions[i];
    return profiles;
}

static game random_game(ent_rng *rng)
{
    game g = {.n = 1 + (int)ent_rng_below(rng, 4)};
    const int spread = 1 + (int)ent_rng_below(rng, 8);
    for (int i = 0; i < g.n; i++) g.actions[i] = 1 + (int)ent_rng_below(rng, 4);
    for (int k = 0; k < g.n * g.n; k++)
        for (int a = 0; a < 4; a++)
            g.f[k][a] = (double)(ent_rng_below(rng, 2 * spread + 1) - spread);
    return g;
}

static void point(game *g)
{
    for (int k = 0; k < g->n * g->n; k++) g->part[k] = g->f[k];
}

static double *enumerate(const game *g)
{
    const int64_t profiles = profiles_of(g);
    double *payoff = calloc((size_t)(g->n * profiles), sizeof *payoff);
    for (int64_t p = 0; payoff && p < profiles; p++) {
        int64_t rest = p;
        for (int j = g->n - 1; j >= 0; j--) {
            const int a = (int)(rest % g->actions[j]);
            rest /= g->actions[j];
            for (int i = 0; i < g->n; i++) payoff[i * profiles + p] += g->f[i * g->n + j][a];
        }
    }
    return payoff;
}

static void test_random(ent_ctx *ctx)
{
    ent_rng rng = ent_rng_stream(11, 0, 5);
    static const double deltas[] = {0.0, 1.0 / 3.0, 0.5, 0.7, 0.95}, rhos[] = {0.0, 0.25, 1.0};
    for (int trial = 0; trial < 400; trial++) {
        game g = random_game(&rng);
        point(&g);
        double *payoff = enumerate(&g), weight[PLAYERS];
        ent_stage *finite = NULL, *separable = NULL;
        ent_contract a = {0}, b = {0};
        ent_benchmark x = {0}, y = {0};
        ent_contract_settings settings = ent_contract_settings_default();
        for (int i = 0; i < g.n; i++) weight[i] = 1.0 + (double)ent_rng_below(&rng, 3);
        const ent_terms terms = {1 + (ent_coal)ent_rng_below(&rng, (1 << g.n) - 1), weight,
                                 deltas[ent_rng_below(&rng, 5)], rhos[ent_rng_below(&rng, 3)]};
        settings.simplices_listed = 0;
        settings.ties_listed = 1000;
        CHECK(ent_stage_finite(ctx, g.n, g.actions, payoff, &finite) == ENT_OK);
        CHECK(ent_stage_separable(ctx, g.n, g.actions, g.part, &separable) == ENT_OK);
        CHECK(ent_contractual(ctx, finite, &terms, &settings, &a) == ENT_OK);
        CHECK(ent_contractual(ctx, separable, &terms, &settings, &b) == ENT_OK);
        CHECK(ref_relational_same(&a, &b, 1.0, 1e-12, false));
        CHECK(a.ties == b.ties && memcmp(a.play, b.play, sizeof(int) * (size_t)g.n) == 0);
        CHECK(ent_subgame_perfect(ctx, finite, &terms, NULL, &x) == ENT_OK);
        CHECK(ent_subgame_perfect(ctx, separable, &terms, NULL, &y) == ENT_OK);
        CHECK(x.outcome == y.outcome && fabs(x.span - y.span) < 1e-12 &&
              fabs(x.joint - y.joint) < 1e-12);
        CHECK(memcmp(x.punishment, y.punishment, sizeof(int) * (size_t)(g.n * g.n)) == 0);
        ent_benchmark_release(&x);
        ent_benchmark_release(&y);
        ent_contract_release(&a);
        ent_contract_release(&b);
        ent_stage_free(finite);
        ent_stage_free(separable);
        free(payoff);
    }
}

/* The climate game of [MW25] Section 5 on a grid of efforts: its continuous solution is close, and
 * known in closed form. */
static game climate(int n, int actions, double most)
{
    game g = {.n = n};
    for (int i = 0; i < n; i++) g.actions[i] = actions;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int a = 0; a < actions; a++) {
                const double x = most * a / (actions - 1);
                g.f[i * n + j][a] = x - (i == j ? x * x : 0.0);
            }
    return g;
}

/* Symmetric nations, everybody inside, equal weights: span c (c-1) delta (1-delta) for delta <
 * 1/2. */
static void test_climate(ent_ctx *ctx, int n, int actions, double most, double tolerance)
{
    game g = climate(n, actions, most);
    point(&g);
    ent_stage *stage = NULL;
    ent_contract c = {0};
    const double delta = 0.2;
    const ent_terms terms = {ent_coal_all(n), NULL, delta, 1.0};
    CHECK(ent_stage_separable(ctx, n, g.actions, g.part, &stage) == ENT_OK);
    CHECK(ent_contractual(ctx, stage, &terms, NULL, &c) == ENT_OK);
    const double closed = n * (n - 1) * delta * (1.0 - delta);
    CHECK(c.outcome == ENT_SOLVED && c.span <= closed + 1e-9 &&
          c.span >= closed * (1.0 - tolerance));
    printf("%d players, %d actions: span %.10g of %.10g, %d steps, %d ties, margin %g\n", n,
           actions, c.span, closed, c.steps, c.ties, c.margin);
    ent_contract_release(&c);
    ent_stage_free(stage);
}

static void test_refusals(ent_ctx *ctx)
{
    game g = climate(2, 3, 1.0);
    point(&g);
    ent_stage *stage = NULL;
    const int none[] = {3, 0};
    CHECK(ent_stage_separable(ctx, 0, g.actions, g.part, &stage) == ENT_E_ARG);
    CHECK(ent_stage_separable(ctx, 2, none, g.part, &stage) == ENT_E_ARG);
    CHECK(ent_stage_separable(ctx, 2, g.actions, NULL, &stage) == ENT_E_ARG);
    g.f[1][1] = HUGE_VAL;
    CHECK(ent_stage_separable(ctx, 2, g.actions, g.part, &stage) == ENT_E_ARG);
    CHECK(!stage);
    g.f[1][1] = 0.5;
    CHECK(ent_stage_separable(ctx, 2, g.actions, g.part, &stage) == ENT_OK);
    ent_contract_settings literal = ent_contract_settings_default();
    literal.literal_ties = true;
    const ent_terms terms = {1, NULL, 0.5, 1.0};
    ent_contract c = {0};
    CHECK(ent_contractual(ctx, stage, &terms, &literal, &c) == ENT_E_ARG);
    CHECK(!c.memory);
    ent_stage_free(stage);
}

static void test_brutal(ent_ctx *ctx)
{
    game g = climate(3, 5, 1.0);
    point(&g);
    const ent_terms terms = {3, NULL, 0.4, 0.5};
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_stage *stage = NULL;
        ent_contract c = {0};
        ent_benchmark spe = {0};
        brutal_on(&b);
        ent_status st = ent_stage_separable(ctx, 3, g.actions, g.part, &stage);
        if (st == ENT_OK) st = ent_contractual(ctx, stage, &terms, NULL, &c);
        if (st == ENT_OK) st = ent_subgame_perfect(ctx, stage, &terms, NULL, &spe);
        brutal_off(&b, st);
        ent_contract_release(&c);
        ent_benchmark_release(&spe);
        ent_stage_free(stage);
    }
    brutal_end(&b, 1);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    test_random(ctx);
    test_climate(ctx, 3, 41, 2.0, 0.1);
    test_climate(ctx, 8, 17, 4.0, 0.3);
    test_climate(ctx, 12, 41, 4.0, 0.2);
    test_refusals(ctx);
    test_brutal(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
