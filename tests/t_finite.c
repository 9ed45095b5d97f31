/* Contracts of finite games: a reference from the definition in fractions, laws, refusals, and
 * every allocation made to fail. The worked cases are in t_finite_cases.c. */
#include "brutal.h"
#include "check.h"
#include "ref/ref_relational_model.h"

#include "entente/relational.h"

#include <stdlib.h>

static const char *fraction(ref_q a)
{
    static char text[80];
    snprintf(text, sizeof text, "%lld/%lld", (long long)a.num, (long long)a.den);
    return text;
}

static int64_t to_doubles(const ref_relational *g, double *payoff, double *weight)
{
    for (int i = 0; i < g->n; i++) {
        weight[i] = ref_q_double(g->weight[i]);
        for (int a = 0; a < g->profiles; a++)
            payoff[i * g->profiles + a] = (double)g->payoff[i][a] / (double)g->denominator;
    }
    return g->profiles;
}

static int index_of(const ref_relational *g, const int *play)
{
    int index = 0;
    for (int i = 0; i < g->n; i++) index = index * g->actions[i] + play[i];
    return index;
}

static void compare(const ref_relational *g, const ref_contract *want, const ent_contract *got)
{
    const double tiny = 1e-11;
    CHECK((got->outcome == ENT_SOLVED) == want->solved);
    if (!want->solved || got->outcome != ENT_SOLVED) return;
    CHECK_NEAR(got->span, ref_q_double(want->span), tiny);
    CHECK_NEAR(got->level, ref_q_double(want->level), tiny);
    CHECK_NEAR(got->on_path_value, ref_q_double(want->value), tiny);
    CHECK_NEAR(got->joint, ref_q_double(want->joint), tiny);
    CHECK_NEAR(got->extortion_level, ref_q_double(want->extortion), tiny);
    CHECK_NEAR(got->tie_spread, ref_q_double(want->spread), tiny);
    CHECK(index_of(g, got->play) == want->play);
    CHECK(index_of(g, got->extortion_play) == want->extortion_play);
    if (want->has_margin) CHECK_NEAR(got->margin, ref_q_double(want->margin), tiny);
    else CHECK(isinf(got->margin));
    for (int i = 0; i < g->n; i++) {
        CHECK_NEAR(got->lowest[i], ref_q_double(want->lowest[i]), tiny);
        CHECK_NEAR(got->highest[i], ref_q_double(want->highest[i]), tiny);
        if (g->coalition >> i & 1) {
            if (want->punishment[i] >= 0 && ent_coal_size(g->coalition) > 1)
                CHECK_NEAR(got->gamma[i], ref_q_double(want->gamma[i]), tiny);
            continue;
        }
        CHECK_NEAR(got->payoff[i], ref_q_double(want->payoff[i]), tiny);
        CHECK_NEAR(got->payoff_least[i], ref_q_double(want->least[i]), tiny);
        CHECK_NEAR(got->payoff_most[i], ref_q_double(want->most[i]), tiny);
        CHECK_NEAR(got->payment[i], ref_q_double(want->payment[i]), tiny);
        CHECK_NEAR(got->extortion_payoff[i], ref_q_double(want->extortion_payoff[i]), tiny);
    }
    CHECK(got->ties == (want->ties - 1 < 16 ? want->ties - 1 : 16));
    for (int k = 0; k < got->ties; k++) CHECK(index_of(g, got->tie + k * g->n) == want->tie[k + 1]);
}

/* Plays are compared where doubles decide as fractions do; values always. */
static void compare_parts(const ref_relational *g, const ref_contract *want,
                          const ent_contract *got)
{
    if (!want->solved || ref_q_cmp(g->renegotiation, ref_q_of(1, 1)) != 0) return;
    CHECK(got->simplices_total == want->parts);
    for (int k = 0; k < got->simplices && got->simplices_total == want->parts; k++) {
        double sum = got->simplex[k].size;
        CHECK(index_of(g, got->simplex[k].play) == want->part[k]);
        for (int i = 0; i < g->n; i++)
            sum += g->coalition >> i & 1 ? got->simplex[k].corner[i] : 0.0;
        CHECK_NEAR(sum, got->level, 1e-11);
    }
}

static void test_against_definition(ent_ctx *ctx)
{
    ent_rng rng = ent_rng_stream(20251231, 0, 1);
    ent_contract got = {0};
    static ref_contract want;
    int solved = 0, several = 0;
    for (int trial = 0; trial < 3000; trial++) {
        ref_relational g = ref_relational_random(&rng);
        static double payoff[REF_PLAYERS * REF_PROFILES];
        double weight[REF_PLAYERS];
        const int before = check_failed;
        /* so that ties of fractions are ties of doubles */
        if (g.denominator > 1) g.denominator = 4;
        to_doubles(&g, payoff, weight);
        ref_relational_solve(&g, &want);
        if (want.solved) CHECK(ref_relational_residual(&g, &want) < 1e-12);
        ent_stage *stage = NULL;
        CHECK(ent_stage_finite(ctx, g.n, g.actions, payoff, &stage) == ENT_OK);
        const ent_terms terms = {.coalition = g.coalition,
                                 .weight = weight,
                                 .discount = ref_q_double(g.discount),
                                 .renegotiation = ref_q_double(g.renegotiation)};
        ent_contract_settings settings = ent_contract_settings_default();
        settings.literal_ties = g.literal_ties;
        CHECK(ent_contractual(ctx, stage, &terms, &settings, &got) == ENT_OK);
        compare(&g, &want, &got);
        compare_parts(&g, &want, &got);
        if (check_failed > before)
            printf("game %d: n=%d profiles=%d coalition=%d delta=%s\n", trial, g.n, g.profiles,
                   (int)g.coalition, fraction(g.discount));
        solved += want.solved;
        several += want.fixed_points > 1;
        ent_stage_free(stage);
    }
    ent_contract_release(&got);
    CHECK(solved > 1000 && several > 50);
    printf("against the definition: %d solved, %d with several fixed points\n", solved, several);
}

/* A contract from a table of payoffs; asserts that the call succeeds. */
static void solve(ent_ctx *ctx, int n, const int *actions, const double *payoff,
                  const ent_terms *terms, ent_contract *out)
{
    ent_stage *stage = NULL;
    CHECK(ent_stage_finite(ctx, n, actions, payoff, &stage) == ENT_OK);
    CHECK(ent_contractual(ctx, stage, terms, NULL, out) == ENT_OK);
    ent_stage_free(stage);
}

static const int two[] = {2, 2}, cube[] = {2, 2, 2};
static const double dilemma[] = {2, 0, 3, 1, 2, 3, 0, 1};
static const double tied[] = {0, 3, 5, 5, 0, 4, 3, 4, 0, 3, 1, 5,
                              6, 6, 2, 3, 2, 3, 1, 3, 0, 4, 0, 5};

/* Payoffs times `factor` plus `shift`: spans and margins scale, levels move with the number of
 * insiders. */
static void law_scale(ent_ctx *ctx, const ref_relational *g, const double *payoff,
                      const ent_terms *terms, double factor, double shift)
{
    static double other[REF_PLAYERS * REF_PROFILES];
    ent_contract a = {0}, b = {0};
    const double tiny = 1e-9;
    for (int k = 0; k < g->n * g->profiles; k++) other[k] = factor * payoff[k] + shift;
    solve(ctx, g->n, g->actions, payoff, terms, &a);
    solve(ctx, g->n, g->actions, other, terms, &b);
    CHECK(a.outcome == b.outcome);
    if (a.outcome == ENT_SOLVED && b.outcome == ENT_SOLVED) {
        CHECK_NEAR(b.span / factor, a.span, tiny);
        CHECK_NEAR((b.level - ent_coal_size(terms->coalition) * shift) / factor, a.level, tiny);
        for (int i = 0; i < g->n; i++)
            CHECK_NEAR((b.lowest[i] - shift) / factor, a.lowest[i], tiny);
        CHECK(memcmp(a.play, b.play, sizeof(int) * (size_t)g->n) == 0 || shift != 0.0);
    }
    ent_contract_release(&a);
    ent_contract_release(&b);
}

/* A player more with one action and no payoff, outside: nothing changes. Then players in reverse
 * order. */
static void law_players(ent_ctx *ctx, const ref_relational *g, const double *payoff,
                        const ent_terms *terms)
{
    static double other[(REF_PLAYERS + 1) * REF_PROFILES];
    int actions[REF_PLAYERS + 1] = {0};
    double weight[REF_PLAYERS + 1] = {0};
    ent_contract a = {0}, b = {0};
    solve(ctx, g->n, g->actions, payoff, terms, &a);
    memset(other, 0, sizeof other);
    memcpy(other, payoff, sizeof *payoff * (size_t)(g->n * g->profiles));
    for (int i = 0; i < g->n; i++) actions[i] = g->actions[i], weight[i] = terms->weight[i];
    actions[g->n] = 1;
    const ent_terms dummy = {terms->coalition, weight, terms->discount, terms->renegotiation};
    solve(ctx, g->n + 1, actions, other, &dummy, &b);
    CHECK(a.outcome == b.outcome &&
          (a.outcome == ENT_NONE || (a.span == b.span && a.level == b.level && a.ties == b.ties)));
    ent_coal s = 0;
    for (int i = 0; i < g->n; i++) {
        actions[i] = g->actions[g->n - 1 - i];
        weight[i] = terms->weight[g->n - 1 - i];
        if (ent_coal_has(terms->coalition, g->n - 1 - i)) s |= ent_coal_single(i);
    }
    for (int p = 0; p < g->profiles; p++) {
        int play[REF_PLAYERS], rest = p, q = 0;
        for (int i = g->n - 1; i >= 0; i--) {
            play[i] = rest % g->actions[i];
            rest /= g->actions[i];
        }
        for (int i = 0; i < g->n; i++) q = q * actions[i] + play[g->n - 1 - i];
        for (int i = 0; i < g->n; i++)
            other[i * g->profiles + q] = payoff[(g->n - 1 - i) * g->profiles + p];
    }
    const ent_terms reversed = {s, weight, terms->discount, terms->renegotiation};
    solve(ctx, g->n, actions, other, &reversed, &b);
    CHECK(a.outcome == b.outcome);
    if (a.outcome == ENT_SOLVED && b.outcome == ENT_SOLVED) {
        CHECK_NEAR(a.span, b.span, 1e-12);
        CHECK_NEAR(a.level, b.level, 1e-12);
        for (int i = 0; i < g->n && a.ties == 0; i++) {
            CHECK_NEAR(a.highest[i], b.highest[g->n - 1 - i], 1e-12);
            CHECK_NEAR(a.payment[i], b.payment[g->n - 1 - i], 1e-12);
        }
    }
    ent_contract_release(&a);
    ent_contract_release(&b);
}

static void test_laws(ent_ctx *ctx)
{
    ent_rng rng = ent_rng_stream(3, 0, 2);
    for (int trial = 0; trial < 200; trial++) {
        const ref_relational g = ref_relational_random(&rng);
        static double payoff[REF_PLAYERS * REF_PROFILES];
        double weight[REF_PLAYERS];
        to_doubles(&g, payoff, weight);
        const ent_terms terms = {g.coalition, weight, ref_q_double(g.discount),
                                 ref_q_double(g.renegotiation)};
        law_scale(ctx, &g, payoff, &terms, 1e-6, 0.0);
        law_scale(ctx, &g, payoff, &terms, 1e6, 7.0);
        law_players(ctx, &g, payoff, &terms);
    }
}

static void test_refusals(ent_ctx *ctx)
{
    static const int none[] = {2, 0}, many[] = {1 << 16, 1 << 16};
    static const double bad[] = {2, 0, 3, (double)NAN, 2, 3, 0, 1},
                        huge[] = {2, 0, 3, 1, 2, 3, 0, HUGE_VAL};
    static const double negative[] = {1, -1}, zero[] = {0, 0};
    ent_stage *stage = NULL;
    CHECK(ent_stage_finite(ctx, 2, two, NULL, &stage) == ENT_E_ARG);
    CHECK(ent_stage_finite(ctx, 0, two, dilemma, &stage) == ENT_E_ARG);
    CHECK(ent_stage_finite(ctx, 65, two, dilemma, &stage) == ENT_E_ARG);
    CHECK(ent_stage_finite(ctx, 2, none, dilemma, &stage) == ENT_E_ARG);
    CHECK(ent_stage_finite(ctx, 2, many, dilemma, &stage) == ENT_E_LIMIT);
    CHECK(ent_stage_finite(ctx, 2, two, bad, &stage) == ENT_E_ARG);
    CHECK(ent_stage_finite(ctx, 2, two, huge, &stage) == ENT_E_ARG);
    CHECK(!stage);
    CHECK(ent_stage_finite(ctx, 2, two, dilemma, &stage) == ENT_OK);
    const ent_terms wrong[] = {
        {0, NULL, 0.5, 1.0},  {7, NULL, 0.5, 1.0},         {3, NULL, 1.0, 1.0},
        {3, NULL, -0.1, 1.0}, {3, NULL, (double)NAN, 1.0}, {3, NULL, 0.5, 1.1},
        {3, NULL, 0.5, -0.1}, {3, negative, 0.5, 1.0},     {3, zero, 0.5, 1.0}};
    ent_contract c = {0};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        CHECK(ent_contractual(ctx, stage, &wrong[k], NULL, &c) == ENT_E_ARG);
        CHECK(ent_message(ctx)[0] && !c.memory);
    }
    const ent_terms fine = {3, NULL, 0.5, 1.0};
    ent_contract_settings settings = ent_contract_settings_default();
    settings.tolerance = -1.0;
    CHECK(ent_contractual(ctx, stage, &fine, &settings, &c) == ENT_E_ARG);
    CHECK(ent_contractual(ctx, stage, &fine, NULL, NULL) == ENT_E_ARG);
    ent_stage_free(stage);
}

/* Each allocation fails in turn: memory is the only complaint, what was solved before stays, and
 * the next call works. */
static void test_brutal(ent_ctx *ctx)
{
    const ent_terms before = {3, NULL, 0.5, 1.0}, terms = {3, NULL, 0.75, 1.0};
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_stage *stage = NULL;
        ent_contract c = {0};
        solve(ctx, 2, two, dilemma, &before, &c);
        brutal_on(&b);
        ent_status st = ent_stage_finite(ctx, 3, cube, tied, &stage);
        if (st == ENT_OK) st = ent_contractual(ctx, stage, &terms, NULL, &c);
        brutal_off(&b, st);
        if (st != ENT_OK)
            CHECK(c.n == 2 && c.span == 1.0 && c.level == 3.0 && c.steps == 3 &&
                  c.step[1].discount == 0.5);
        else CHECK(c.level == 10.0);
        ent_contract_release(&c);
        ent_stage_free(stage);
    }
    brutal_end(&b, 1);
}

/* Best replies on several threads: the same tables, hence the same bytes of every contract; the
 * same refusal. */
static void test_threads(ent_ctx *ctx)
{
    enum { ACTIONS = 70, PROFILES = ACTIONS * ACTIONS * ACTIONS };
    static double payoff[3 * PROFILES];
    const int actions[] = {ACTIONS, ACTIONS, ACTIONS};
    const double third = 1.0 / 3.0, weight[] = {third, third, third};
    const ent_terms terms = {
        .coalition = 3, .weight = weight, .discount = 0.7, .renegotiation = 0.5};
    ent_rng rng = ent_rng_stream(77, 0, 2);
    for (int p = 0; p < PROFILES; p++) {
        const int play[] = {p / (ACTIONS * ACTIONS), p / ACTIONS % ACTIONS, p % ACTIONS};
        /* doing nothing is dominant, and everybody gains by the others' doing */
        for (int i = 0; i < 3; i++)
            payoff[i * PROFILES + p] =
                0.8 * (play[0] + play[1] + play[2]) - 1.8 * play[i] + 0.01 * ent_rng_uniform(&rng);
    }
    ent_contract serial = {0}, parallel = {0};
    ent_stage *stage = NULL;
    solve(ctx, 3, actions, payoff, &terms, &serial);
    CHECK(ent_stage_finite_threads(ctx, 3, 3, actions, payoff, &stage) == ENT_OK);
    CHECK(ent_contractual(ctx, stage, &terms, NULL, &parallel) == ENT_OK);
    CHECK(serial.outcome == parallel.outcome && serial.span == parallel.span &&
          serial.level == parallel.level);
    CHECK(serial.steps == parallel.steps && serial.steps > 0);
    for (int k = 0; k < serial.steps; k++)
        CHECK(serial.step[k].discount == parallel.step[k].discount &&
              serial.step[k].span == parallel.step[k].span);
    for (int i = 0; i < 3; i++)
        CHECK(serial.lowest[i] == parallel.lowest[i] && serial.highest[i] == parallel.highest[i]);
    ent_stage_free(stage);
    stage = NULL;
    payoff[2 * PROFILES - 1] = HUGE_VAL;
    CHECK(ent_stage_finite_threads(ctx, 3, 3, actions, payoff, &stage) == ENT_E_ARG && !stage);
    CHECK(strstr(ent_message(ctx), "player 1: payoffs must be finite numbers") != NULL);
    ent_contract_release(&serial);
    ent_contract_release(&parallel);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    test_against_definition(ctx);
    test_laws(ctx);
    test_refusals(ctx);
    test_threads(ctx);
    test_brutal(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
