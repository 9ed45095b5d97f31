/* CoCo equilibria by both solvers: the hand proofs of the catalogue, random games against each
 * other and against the definition, relabelling, rescaling, duplicated actions, the boundary, every
 * allocation failing. [CoCo] */
#include "brutal.h"
#include "check.h"

#include "base/rng.h"
#include "entente/strategic.h"
#include "strategic/barrier.h"
#include "strategic/coco_boundary.h"
#include "strategic/coco_enumerate.h"

enum { PROFILES = 64, PLAYERS = 4 };
static const double TOLERANCE = 1e-12;

/* docs: two movers and a dummy, three equilibria. Order TL, TR, BL, BR. */
static const double movers[] = {0, 4, 2, 3, 0, 0, 4, 3, 4, 1, 1, 0};

static void random_payoffs(ent_rng *rng, int kind, int count, double *u)
{
    for (int k = 0; k < count; k++)
        u[k] = kind == 0 ? 4.0 * ent_rng_uniform(rng) - 1.0 : (double)ent_rng_below(rng, kind + 1);
}

/* a.u = D_N and a_i u_i = psi_i, from the typed threats of the game as given; and u feasible along
 * a. */
static double violation(ent_ctx *ctx, ent_game *game, int n, const double *a, const double *u)
{
    double value[1 << PLAYERS], psi[PLAYERS], worst = 0.0, got = 0.0;
    if (ent_game_threats(ctx, game, a, value, psi) != ENT_OK) return HUGE_VAL;
    for (int i = 0; i < n; i++) {
        worst = fmax(worst, fabs(a[i] * u[i] - psi[i]));
        got += a[i] * u[i];
    }
    return fmax(worst, fabs(got - value[(1 << n) - 1]));
}

static void enumerated(ent_ctx *ctx)
{
    const int actions[] = {2, 2, 1};
    const double want[3][3] = {{29 / 12.0, 10 / 3.0, 5 / 6.0},
                               {11 / 4.0, 5 / 2.0, 1.0},
                               {107 / 36.0, 35 / 18.0, 25 / 24.0}};
    ent_grand *g = NULL;
    static ent_point point[ENT_ENUMERATE_POINTS];
    CHECK(ent_i_grand_new(ctx, 3, actions, movers, &g) == ENT_OK);
    const int count = ent_i_coco_enumerate(g, TOLERANCE, 1e-6, 0, point);
    CHECK(count == 3);
    int sum = 0;
    for (int k = 0; k < count; k++) {
        int match = 0;
        sum += point[k].index;
        ent_i_coco_unscale(g, &point[k]);
        for (int w = 0; w < 3; w++) {
            double off = 0.0;
            for (int i = 0; i < 3; i++) off = fmax(off, fabs(point[k].utility[i] - want[w][i]));
            if (off < 1e-12) match++;
        }
        CHECK(match == 1);
    }
    CHECK(sum == 1);
    ent_i_grand_free(g);
}

/* Both solvers, and the definition. */
static void two_solvers(ent_ctx *ctx, int n, int k, int kind, int games)
{
    int actions[PLAYERS], profiles = 1, agree = 0, solved = 0;
    double u[PLAYERS * PROFILES], a0[PLAYERS];
    for (int i = 0; i < n; i++) actions[i] = k, profiles *= k, a0[i] = 1.0 / n;
    for (int g = 0; g < games; g++) {
        ent_rng rng = ent_rng_stream(21, (uint64_t)g, (uint64_t)(100 * kind + 10 * n + k));
        random_payoffs(&rng, kind, n * profiles, u);
        ent_game *game = NULL;
        ent_grand *grand = NULL;
        ent_barrier *b = NULL;
        double a[PLAYERS], v[PLAYERS], residual;
        ent_outcome outcome;
        CHECK(ent_game_new(ctx, n, actions, u, &game) == ENT_OK);
        CHECK(ent_game_coco(ctx, game, NULL, a, v, &residual, &outcome) == ENT_OK);
        if (outcome == ENT_SOLVED) {
            solved++;
            CHECK(violation(ctx, game, n, a, v) <= 1e-11);
            bool by_b = false;
            ent_point p;
            CHECK(ent_i_grand_new(ctx, n, actions, u, &grand) == ENT_OK);
            CHECK(ent_i_barrier_new(ctx, grand, false, &b) == ENT_OK);
            CHECK(ent_i_barrier_solve(ctx, b, a0, 1e-11, &by_b) == ENT_OK);
            if (by_b) {
                ent_i_barrier_point(b, &p);
                ent_i_coco_unscale(grand, &p);
                double off = 0.0;
                for (int i = 0; i < n; i++) off = fmax(off, fabs(p.utility[i] - v[i]));
                agree += off < 1e-7;
            }
        }
        ent_i_barrier_free(b);
        ent_i_grand_free(grand);
        ent_game_free(game);
    }
    printf("%d players, %d actions, kind %d: solved %d, both solvers agree on %d of %d\n", n, k,
           kind, solved, agree, games);
    /* a game may have several equilibria */
    if (kind == 0) CHECK(solved == games && agree >= games - games / 20 - 1);
}

/* Players renamed, utilities rescaled and shifted, an action duplicated: the same agreement. */
static void laws(ent_ctx *ctx)
{
    const int actions[] = {2, 2, 2}, more[] = {3, 2, 2};
    double u[24], changed[36], a[3], b[3], v[3], w[3];
    ent_outcome outcome;
    for (int g = 0; g < 20; g++) {
        ent_rng rng = ent_rng_stream(22, (uint64_t)g, 0);
        ent_game *game = NULL, *other = NULL;
        random_payoffs(&rng, 0, 24, u);
        CHECK(ent_game_new(ctx, 3, actions, u, &game) == ENT_OK);
        CHECK(ent_game_coco(ctx, game, NULL, a, v, NULL, &outcome) == ENT_OK &&
              outcome == ENT_SOLVED);
        const double s[] = {2.385e3, 1.0, 7.25e-4}, shift[] = {-3.5, 1e4, 0.0};
        for (int i = 0; i < 3; i++)
            for (int p = 0; p < 8; p++) changed[i * 8 + p] = s[i] * u[i * 8 + p] + shift[i];
        CHECK(ent_game_new(ctx, 3, actions, changed, &other) == ENT_OK);
        CHECK(ent_game_coco(ctx, other, NULL, b, w, NULL, &outcome) == ENT_OK &&
              outcome == ENT_SOLVED);
        for (int i = 0; i < 3; i++) CHECK_NEAR((w[i] - shift[i]) / s[i], v[i], 1e-9);
        for (int i = 1; i < 3; i++)
            CHECK_NEAR(b[i] * s[i] / (b[0] * s[0]) / (a[i] / a[0]), 1.0, 1e-9);
        ent_game_free(other);
        for (int i = 0; i < 3; i++) /* the first player's last action twice */
            for (int p = 0; p < 12; p++) changed[i * 12 + p] = u[i * 8 + (p < 8 ? p : p - 4)];
        CHECK(ent_game_new(ctx, 3, more, changed, &other) == ENT_OK);
        CHECK(ent_game_coco(ctx, other, NULL, b, w, NULL, &outcome) == ENT_OK &&
              outcome == ENT_SOLVED);
        for (int i = 0; i < 3; i++) CHECK_NEAR(w[i], v[i], 1e-9);
        ent_game_free(other);
        for (int i = 0; i < 3; i++) /* the players rotated: who was i is now (i + 1) mod 3 */
            for (int p = 0; p < 8; p++) {
                const int x = p >> 2 & 1, y = p >> 1 & 1, z = p & 1;
                changed[((i + 1) % 3) * 8 + (z * 4 + x * 2 + y)] = u[i * 8 + p];
            }
        CHECK(ent_game_new(ctx, 3, actions, changed, &other) == ENT_OK);
        CHECK(ent_game_coco(ctx, other, NULL, b, w, NULL, &outcome) == ENT_OK &&
              outcome == ENT_SOLVED);
        for (int i = 0; i < 3; i++) CHECK_NEAR(w[(i + 1) % 3], v[i], 1e-9);
        ent_game_free(other);
        ent_game_free(game);
    }
}

/* Player 1 chooses (1,0) or (1,1): no positive prices; and a currency of three to one. */
static void two_players(ent_ctx *ctx)
{
    const int one[] = {2, 1}, both[] = {2, 2};
    const double dummy[] = {1, 1, 0, 1}, hotdog[] = {40, 80, 100, 50, 20, 100, 40, 50};
    double a[2], u[2], direction[ENT_COCO_PLAYERS];
    ent_outcome outcome;
    ent_game *game = NULL;
    ent_grand *g = NULL;
    ent_point p;
    CHECK(ent_game_new(ctx, 2, one, dummy, &game) == ENT_OK);
    CHECK(ent_game_coco(ctx, game, NULL, a, u, NULL, &outcome) == ENT_OK &&
          outcome == ENT_BOUNDARY);
    ent_game_free(game);
    CHECK(ent_i_grand_new(ctx, 2, one, dummy, &g) == ENT_OK);
    CHECK(!ent_i_coco_solve(g, 1, 0, TOLERANCE, 1e-6, &p));
    CHECK(ent_i_coco_boundary(g, TOLERANCE, direction, &p) && p.zero == 2 && p.price[0] == 1.0);
    ent_i_grand_free(g);
    CHECK(ent_game_new(ctx, 2, both, hotdog, &game) == ENT_OK);
    CHECK(ent_game_tu_value(ctx, game, u) == ENT_OK);
    CHECK_NEAR(u[0], 90.0, 1e-14);
    CHECK(ent_game_coco(ctx, game, NULL, a, u, NULL, &outcome) == ENT_OK && outcome == ENT_SOLVED);
    CHECK_NEAR(u[0], 80.0, 1e-12);
    CHECK_NEAR(u[1], 100.0, 1e-12);
    ent_coco_settings settings = ent_coco_settings_default();
    settings.start = 3; /* two players have one equilibrium, wherever one begins */
    CHECK(ent_game_coco(ctx, game, &settings, a, u, NULL, &outcome) == ENT_OK);
    CHECK_NEAR(u[0], 80.0, 1e-12);
    settings.tolerance = 0.0;
    CHECK(ent_game_coco(ctx, game, &settings, a, u, NULL, &outcome) == ENT_E_ARG);
    ent_game_free(game);
}

static void refuse(ent_ctx *ctx)
{
    const int actions[] = {2, 2}, none[] = {2, 0},
              many[17] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    double u[34] = {1, 2, 3, 4, 5, 6, 7, 8}, bad = (double)NAN;
    ent_game *game = NULL;
    CHECK(ent_game_new(ctx, 0, actions, u, &game) == ENT_E_ARG);
    CHECK(ent_game_new(ctx, 2, none, u, &game) == ENT_E_ARG);
    CHECK(ent_game_new(ctx, 17, many, u, &game) == ENT_E_LIMIT);
    const double keep = u[3];
    u[3] = bad;
    CHECK(ent_game_new(ctx, 2, actions, u, &game) == ENT_E_ARG);
    u[3] = keep;
    CHECK(game == NULL);
    CHECK(ent_game_new(ctx, 2, actions, u, &game) == ENT_OK);
    const double negative[] = {1.0, -1.0};
    double value[4];
    CHECK(ent_game_threats(ctx, game, negative, value, NULL) == ENT_E_ARG);
    ent_game_free(game);
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        game = NULL;
        brutal_on(&b);
        brutal_off(&b, ent_game_new(ctx, 2, actions, u, &game));
        CHECK((b.st == ENT_OK) == (game != NULL));
    }
    brutal_end(&b, 1);
    ent_game_free(game);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    enumerated(ctx);
    two_solvers(ctx, 2, 2, 0, 60);
    two_solvers(ctx, 3, 2, 0, 40);
    two_solvers(ctx, 3, 2, 3, 30);
    two_solvers(ctx, 2, 4, 5, 30);
    laws(ctx);
    two_players(ctx);
    refuse(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
