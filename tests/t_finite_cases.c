/* Worked cases of finite games, each checked by hand or by another program (exact iteration, linear
 * programs on the primitives, explicit automata): the critical prisoners' dilemma, Abreu's Cournot
 * game as in the repgame tutorial of Kranz, public goods, ties. */
#include "check.h"
#include "ref/ref_relational.h"

#include "entente/relational.h"

/* A contract from a table of payoffs; asserts that the call succeeds. */
static void solve(ent_ctx *ctx, int n, const int *actions, const double *payoff,
                  const ent_terms *terms, ent_contract *out)
{
    ent_stage *stage = NULL;
    CHECK(ent_stage_finite(ctx, n, actions, payoff, &stage) == ENT_OK);
    CHECK(ent_contractual(ctx, stage, terms, NULL, out) == ENT_OK);
    ent_stage_free(stage);
}

static bool plays(const int *play, int a, int b, int c)
{
    return play[0] == a && play[1] == b && (c < 0 || play[2] == c);
}

static const int two[] = {2, 2}, three[] = {3, 3, 3}, cube[] = {2, 2, 2};
static const double dilemma[] = {2, 0, 3, 1, 2, 3, 0, 1};
static const double abreu[] = {10, 3, 0, 15, 7, -4, 7, 5, -15, 10, 15, 7, 3, 7, 5, 0, -4, -15};
static const double goods[] = {
    0,  2,   4, 3, 5,   7,  6, 8,    10, 1, 3,   5, 4,  6,    8,  7,  9,    11, -4, -2,  0,
    -1, 1,   3, 2, 4,   6,  0, 2,    4,  1, 3,   5, -6, -4,   -2, 3,  5,    7,  4,  6,   8,
    -3, -1,  1, 6, 8,   10, 7, 9,    11, 0, 2,   4, 0,  3.5,  2,  3,  6.5,  5,  6,  9.5, 8,
    2,  5.5, 4, 5, 8.5, 7,  8, 11.5, 10, 4, 7.5, 6, 7,  10.5, 9,  10, 13.5, 12};
static const double tied[] = {0, 3, 5, 5, 0, 4, 3, 4, 0, 3, 1, 5,
                              6, 6, 2, 3, 2, 3, 1, 3, 0, 4, 0, 5};

/* The prisoners' dilemma at its critical discount factor, just below, and a lone insider. */
static void test_dilemma(ent_ctx *ctx, ent_contract *c)
{
    ent_terms terms = {3, NULL, 0.5, 1.0};
    solve(ctx, 2, two, dilemma, &terms, c);
    CHECK(c->outcome == ENT_SOLVED && c->span == 1.0 && c->level == 3.0 && c->margin == 0.0);
    CHECK(plays(c->play, 0, 1, -1) && c->ties == 1 && plays(c->tie, 1, 0, -1));
    CHECK(c->lowest[0] == 1.0 && c->highest[1] == 2.0 && c->gamma[0] == 0.5);
    CHECK(plays(c->punishment, 0, 1, -1) && plays(c->punishment + 2, 1, 0, -1));
    CHECK(c->steps == 3 && c->step[1].discount == 0.5 && c->step[1].span == 1.0 &&
          c->step[2].level == 4.0);
    CHECK_NEAR(c->step[2].discount, 2.0 / 3.0, 1e-15);
    terms.discount = 0.5 - 1e-9;
    solve(ctx, 2, two, dilemma, &terms, c);
    CHECK(c->span == 0.0 && c->level == 2.0 && c->margin > 0.4);
    terms = (ent_terms){1, NULL, 0.9, 1.0};
    solve(ctx, 2, two, dilemma, &terms, c);
    CHECK(c->span == 0.0 && c->level == 1.0 && plays(c->play, 1, 1, -1) && c->payoff[1] == 1.0 &&
          c->payment[1] == 0.0);
    CHECK(!signbit(c->gamma[0]) && c->simplices == 1 && c->simplex[0].corner[0] == 1.0);
}

/* Abreu (1988), as tabulated by Goldluecke and Kranz: critical discount factors 1/4 and 1/3 without
 * renegotiation. */
static void test_abreu(ent_ctx *ctx, ent_contract *c)
{
    ent_terms terms = {3, NULL, 0.25, 0.0};
    solve(ctx, 2, three, abreu, &terms, c);
    CHECK(c->span == 18.0 && c->level == 18.0 && c->joint == 18.0 && c->margin == 0.0 &&
          c->lowest[0] == 0.0);
    CHECK(c->steps >= 3 && c->step[c->steps - 1].level == 20.0);
    CHECK_NEAR(c->step[c->steps - 1].discount, 1.0 / 3.0, 1e-15);
    terms.discount = 1.0 / 3.0;
    solve(ctx, 2, three, abreu, &terms, c);
    CHECK(c->span == 20.0 && plays(c->play, 0, 0, -1));
    terms = (ent_terms){3, NULL, 0.6, 1.0};
    solve(ctx, 2, three, abreu, &terms, c);
    CHECK_NEAR(c->span, 7.0, 1e-14);
    CHECK_NEAR(c->level, 20.0, 1e-14);
    CHECK_NEAR(c->lowest[0], 6.5, 1e-14);
    CHECK_NEAR(c->highest[0], 13.5, 1e-14);
    CHECK_NEAR(c->margin, 0.2, 1e-14);
    CHECK(plays(c->punishment, 0, 2, -1) && plays(c->punishment + 2, 2, 0, -1));
    const double path[][2] = {{0.0, 0.0}, {0.5, 4.0}, {8.0 / 15.0, 7.0}};
    for (int k = 0, at = 0; k < 3; k++) {
        while (at < c->steps && c->step[at].span < path[k][1]) at++;
        CHECK(at < c->steps && fabs(c->step[at].discount - path[k][0]) < 1e-14 &&
              fabs(c->step[at].span - path[k][1]) < 1e-14);
    }
    terms = (ent_terms){1, NULL, 0.5, 0.0};
    solve(ctx, 2, three, abreu, &terms, c);
    CHECK(c->span == 20.0 && c->level == 15.5 && c->on_path_value == 11.0 &&
          c->extortion_level == 20.0 && c->margin == 5.0);
    CHECK(plays(c->play, 1, 0, -1) && c->payment[1] == 4.0 && c->payoff[1] == 3.5);
}

static void test_goods(ent_ctx *ctx, ent_contract *c)
{
    static const double all_to_one[] = {1, 0, 0};
    ent_terms terms = {3, all_to_one, 0.47, 1.0};
    solve(ctx, 3, three, goods, &terms, c);
    CHECK_NEAR(c->span, 5.5, 1e-14);
    CHECK_NEAR(c->level, 14.5, 1e-14);
    CHECK(plays(c->play, 1, 1, 2) && plays(c->punishment, 1, 1, 2) &&
          plays(c->punishment + 3, 0, 1, 0));
    CHECK_NEAR(c->lowest[0], 8.0, 1e-14);
    CHECK_NEAR(c->lowest[1], 1.0, 1e-14);
    CHECK_NEAR(c->payoff[2], 8.5, 1e-14);
    CHECK_NEAR(c->payment[2], 1.5, 1e-14);
    CHECK_NEAR(c->extortion_level, 19.5, 1e-14);
    CHECK_NEAR(c->margin, 0.065, 1e-12);
    terms = (ent_terms){2, NULL, 0.5, 0.7};
    solve(ctx, 3, three, goods, &terms, c);
    CHECK_NEAR(c->span, 81.0 / 34.0, 1e-14);
    CHECK_NEAR(c->level, 8.0, 1e-14);
    CHECK_NEAR(c->lowest[1], 121.0 / 17.0, 1e-14);
    CHECK_NEAR(c->lowest[2], 7.0, 1e-14);
    CHECK_NEAR(c->payoff[0], 7.25, 1e-14);
    CHECK_NEAR(c->payoff[2], 7.75, 1e-14);
    CHECK_NEAR(c->joint, 23.0, 1e-14);
    CHECK_NEAR(c->extortion_level, 16.5, 1e-14);
    terms = (ent_terms){3, NULL, 0.0, 1.0};
    solve(ctx, 3, three, goods, &terms, c);
    CHECK(c->span == 0.0 && c->level == 12.0 && plays(c->play, 1, 1, 1) && c->margin == 1.0);
}

/* Five contributors, u_i = sum_j b_ij a_j - c_i a_i^2 with actions 0..5. */
static void test_five(ent_ctx *ctx, ent_contract *c)
{
    static const double b[5][5] = {
        {2, 1, 1, 1, 1}, {1, 3, 1, 1, 1}, {1, 1, 2, 1, 1}, {1, 1, 1, 4, 1}, {2, 1, 1, 1, 2}};
    static const double cost[] = {1, 1.5, 0.75, 1.25, 1}, weight[] = {0.3, 0.3, 0, 0.4, 0};
    static const int six[] = {6, 6, 6, 6, 6};
    static double payoff[5 * 7776];
    for (int p = 0; p < 7776; p++) {
        int a[5], rest = p;
        for (int i = 4; i >= 0; i--, rest /= 6) a[i] = rest % 6;
        for (int i = 0; i < 5; i++) {
            double u = -cost[i] * a[i] * a[i];
            for (int j = 0; j < 5; j++) u += b[i][j] * a[j];
            payoff[i * 7776 + p] = u;
        }
    }
    const ent_terms terms = {11, weight, 0.27, 1.0};
    solve(ctx, 5, six, payoff, &terms, c);
    CHECK_NEAR(c->span, 0.75, 1e-13);
    CHECK_NEAR(c->level, 22.25, 1e-13);
    static const double lowest[] = {6.5, 7, 6.25, 8, 8},
                        highest[] = {6.93975, 7.43975, 6.25, 8.75, 8};
    static const int path[] = {1, 1, 2, 2, 1};
    for (int i = 0; i < 5; i++) {
        CHECK_NEAR(c->lowest[i], lowest[i], 1e-13);
        CHECK_NEAR(c->highest[i], highest[i], 1e-13);
        CHECK(c->play[i] == path[i]);
    }
    CHECK_NEAR(c->payment[2], 0.25, 1e-13);
    CHECK_NEAR(c->extortion_level, 25.25, 1e-13);
}

/* The climate game of [MW25] Section 5 on a grid of 41^3 efforts. */
static void test_grid(ent_ctx *ctx, ent_contract *c)
{
    enum { GRID = 41, PROFILES = GRID * GRID * GRID };
    static const double theta[] = {1, 1.2, 0.8}, psi[] = {1, 0.9, 1.1};
    static const int grid[] = {GRID, GRID, GRID};
    static double payoff[3 * PROFILES];
    for (int p = 0; p < PROFILES; p++) {
        const double a[] = {0.05 * (p / (GRID * GRID)), 0.05 * (p / GRID % GRID),
                            0.05 * (p % GRID)};
        const double sum = theta[0] * a[0] + theta[1] * a[1] + theta[2] * a[2];
        for (int i = 0; i < 3; i++)
            payoff[i * PROFILES + p] = theta[i] * sum - psi[i] * theta[i] * a[i] * a[i];
    }
    const ent_terms terms = {3, NULL, 0.31, 1.0};
    solve(ctx, 3, grid, payoff, &terms, c);
    CHECK_NEAR(c->span, 0.58085, 1e-12);
    CHECK_NEAR(c->level, 3.7775, 1e-12);
    CHECK(plays(c->play, 15, 18, 15));
    CHECK_NEAR(c->payment[2], 0.1312, 1e-12);
    CHECK(c->simplices_total == 0); /* not looked for in a game of this size */
}

/* docs/errata.md E4, E5; three fixed points of which bisection finds another than the largest. */
static void test_special(ent_ctx *ctx, ent_contract *c)
{
    static const double pennies[] = {1, -1, -1, 1, -1, 1, 1, -1};
    static const double no_nash[] = {7, 0, 0, 1, 5, 9, 3, 2};
    static const double several[] = {-1, 9, 1, -2, 1, 3, 1, 6, -2, 5, -1, 6, -1, -1, 0, 5, 8, -2};
    ent_terms terms = {3, NULL, 0.9, 1.0};
    solve(ctx, 2, two, pennies, &terms, c);
    CHECK(c->outcome == ENT_NONE && c->bounds >= 1 && c->steps == 0 && c->margin > 0.0);
    terms.discount = 0.5;
    solve(ctx, 2, two, no_nash, &terms, c);
    CHECK(c->outcome == ENT_SOLVED && c->span == 2.0 && c->level == 9.0 &&
          c->step[0].discount > 0.0);
    terms.discount = 0.0;
    solve(ctx, 2, two, no_nash, &terms, c);
    CHECK(c->outcome == ENT_NONE);
    terms.discount = 0.5;
    solve(ctx, 2, three, several, &terms, c);
    CHECK(c->outcome == ENT_SOLVED && c->span == 3.5 && c->level == 14.0);
    static ref_contract want;
    ref_relational g = {.n = 2,
                        .actions = {3, 3},
                        .profiles = 9,
                        .denominator = 1,
                        .coalition = 3,
                        .discount = {1, 2},
                        .renegotiation = {1, 1},
                        .weight = {{1, 2}, {1, 2}}};
    for (int k = 0; k < 18; k++) g.payoff[k / 9][k % 9] = (int64_t)several[k];
    ref_relational_solve(&g, &want);
    CHECK(want.fixed_points == 3);
    terms = (ent_terms){3, NULL, 0.75, 1.0};
    solve(ctx, 3, cube, tied, &terms, c);
    CHECK(c->span == 2.0 && c->level == 10.0 && c->tie_spread == 1.0 && c->payoff[2] == 3.0 &&
          c->payoff_most[2] == 4.0);
    CHECK(plays(c->play, 0, 1, 1) && c->ties == 1 && plays(c->tie, 1, 0, 1));
    ent_contract_settings literal = ent_contract_settings_default();
    ent_stage *stage = NULL;
    literal.literal_ties = true;
    CHECK(ent_stage_finite(ctx, 3, cube, tied, &stage) == ENT_OK);
    CHECK(ent_contractual(ctx, stage, &terms, &literal, c) == ENT_OK);
    CHECK(c->span == 3.0 && c->level == 10.75 && c->steps == 0);
    ent_stage_free(stage);
}

/* All coalitions of the public goods with equal weights at discount factor 2/5. */
static void equal(void *user, ent_coal s, double *weight)
{
    for (int i = 0; i < *(const int *)user; i++)
        weight[i] = ent_coal_has(s, i) ? 1.0 / ent_coal_size(s) : 0.0;
}

static void test_table(ent_ctx *ctx)
{
    static const double want[8][2] = {{0, 0},   {0, 6},    {0, 6},    {2, 12},
                                      {0, 8.5}, {0, 14.5}, {0, 14.5}, {2.5, 23}};
    static const double outside[8][3] = {{0, 0, 0}, {0, 6, 8.5}, {6, 0, 8.5}, {0, 0, 8.5},
                                         {6, 6, 0}, {0, 6, 0},   {6, 0, 0},   {0, 0, 0}};
    ent_stage *stage = NULL;
    ent_union table[8];
    double payoff[24];
    int n = 3;
    CHECK(ent_stage_finite(ctx, 3, three, goods, &stage) == ENT_OK);
    CHECK(ent_all_coalitions(ctx, stage, equal, &n, 0.4, 1.0, NULL, table, payoff) == ENT_OK);
    for (ent_coal s = 1; s < 8; s++) {
        CHECK(table[s].outcome == ENT_SOLVED && table[s].coalition == s);
        CHECK_NEAR(table[s].span, want[s][0], 1e-13);
        CHECK_NEAR(table[s].level, want[s][1], 1e-13);
        for (int i = 0; i < 3; i++) {
            if (ent_coal_has(s, i)) CHECK(isnan(payoff[s * 3 + (ent_coal)i]));
            else CHECK_NEAR(payoff[s * 3 + (ent_coal)i], outside[s][i], 1e-13);
        }
    }
    ent_stage_free(stage);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_contract c = {0};
    test_dilemma(ctx, &c);
    test_abreu(ctx, &c);
    test_goods(ctx, &c);
    test_five(ctx, &c);
    test_grid(ctx, &c);
    test_special(ctx, &c);
    test_table(ctx);
    ent_contract_release(&c);
    ent_ctx_free(ctx);
    return check_end();
}
