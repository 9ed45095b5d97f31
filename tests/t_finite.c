/* Contracts of finite games: the paper's values and the cases of the theory page, a reference from the definition in fractions, laws,
 * edges, refusals, and every allocation made to fail. */
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
static void compare_parts(const ref_relational *g, const ref_contract *want, const ent_contract *got)
{
    if (!want->solved || ref_q_cmp(g->renegotiation, ref_q_of(1, 1)) != 0) return;
    CHECK(got->simplices_total == want->parts);
    for (int k = 0; k < got->simplices && got->simplices_total == want->parts; k++) {
        double sum = got->simplex[k].size;
        CHECK(index_of(g, got->simplex[k].play) == want->part[k]);
        for (int i = 0; i < g->n; i++) sum += g->coalition >> i & 1 ? got->simplex[k].corner[i] : 0.0;
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
        if (g.denominator > 1) g.denominator = 4; /* so that ties of fractions are ties of doubles */
        to_doubles(&g, payoff, weight);
        ref_relational_solve(&g, &want);
        if (want.solved) CHECK(ref_relational_residual(&g, &want) < 1e-12);
        ent_stage *stage = NULL;
        CHECK(ent_stage_finite(ctx, g.n, g.actions, payoff, &stage) == ENT_OK);
        const ent_terms terms = {.coalition = g.coalition, .weight = weight, .discount = ref_q_double(g.discount),
                                 .renegotiation = ref_q_double(g.renegotiation)};
        ent_contract_settings settings = ent_contract_settings_default();
        settings.literal_ties = g.literal_ties;
        CHECK(ent_contractual(ctx, stage, &terms, &settings, &got) == ENT_OK);
        compare(&g, &want, &got);
        compare_parts(&g, &want, &got);
        if (check_failed > before)
            printf("game %d: n=%d profiles=%d coalition=%d delta=%s\n", trial, g.n, g.profiles, (int)g.coalition,
                   fraction(g.discount));
        solved += want.solved;
        several += want.fixed_points > 1;
        ent_stage_free(stage);
    }
    ent_contract_release(&got);
    CHECK(solved > 1000 && several > 50);
    printf("against the definition: %d solved, %d with several fixed points\n", solved, several);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    test_against_definition(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
