/* The benchmark without renegotiation: against fractions from the definition, its exact twin and
 * path, Abreu's published thresholds. */
#include "brutal.h"
#include "check.h"
#include "ref/ref_relational_model.h"

#include "relational/lift.h"
#include "relational/stage.h"

#include <stdlib.h>

/* The reference's contract of everybody at renegotiation 0 has the same span, lowest values and
 * joint payoff. */
static void compare(const ref_relational *game, const ent_benchmark *b,
                    const ent_benchmark_exact *e)
{
    static ref_contract want;
    ref_relational g = *game;
    g.renegotiation = ref_q_of(0, 1);
    g.literal_ties = false;
    g.coalition = ent_coal_all(g.n);
    for (int i = 0; i < g.n; i++) g.weight[i] = ref_q_of(1, g.n);
    if (g.n == 1) return; /* a lone insider is another matter, see below */
    ref_relational_solve(&g, &want);
    CHECK((b->outcome == ENT_SOLVED) == want.solved);
    if (!want.solved || b->outcome != ENT_SOLVED) return;
    ref_q value = want.joint;
    CHECK(ref_relational_is(&e->span, want.span) && ref_relational_is(&e->joint, want.joint));
    CHECK(b->span == ent_rat_double(&e->span) && b->joint == ent_rat_double(&e->joint));
    CHECK(!want.has_margin || ref_relational_is(&e->margin, want.margin));
    for (int i = 0; i < g.n; i++) {
        int index = 0;
        for (int k = 0; k < g.n; k++) index = index * g.actions[k] + b->punishment[i * g.n + k];
        CHECK(ref_relational_is(&e->lowest[i], want.lowest[i]) && index == want.quiet[i]);
        if (!(game->coalition >> i & 1)) value = ref_q_sub(value, want.lowest[i]);
    }
    CHECK(ref_relational_is(&e->coalition_value, value));
    for (int k = 0; k < b->steps; k++) {
        g.discount = ref_q_of(e->step_discount[k].num, e->step_discount[k].den);
        ref_relational_solve(&g, &want);
        CHECK(want.solved && ref_relational_is(&e->step_span[k], want.span) &&
              ref_relational_is(&e->step_level[k], want.joint));
    }
}

static ent_status solve(ent_ctx *ctx, const ent_relational *model, int64_t limit, ent_benchmark *b,
                        ent_benchmark_exact **e)
{
    ent_status st = ENT_OK;
    ent_stage *stage = NULL;
    const ent_contract_settings settings = ent_contract_settings_default();
    const ent_terms terms = {.coalition = model->coalition, .discount = model->discount};
    ENT_TRY(ent_i_stage_of_model(ctx, model, 1, &stage));
    ENT_TRY(ent_subgame_perfect(ctx, stage, &terms, NULL, b));
    ENT_TRY(ent_i_benchmark_lift_new(ctx, b, e));
    ENT_TRY(ent_i_lift_benchmark(ctx, model, limit, &settings, b, *e));
done:
    ent_stage_free(stage);
    return st;
}

static void test_random(ent_ctx *ctx)
{
    ent_rng rng = ent_rng_stream(17, 0, 7);
    int solved = 0;
    for (int trial = 0; trial < 600; trial++) {
        const ref_relational g = ref_relational_random(&rng);
        ent_relational *model = NULL;
        ent_benchmark b = {0};
        ent_benchmark_exact *e = NULL;
        CHECK(ref_relational_model(ctx, &g, &model) == ENT_OK);
        CHECK(solve(ctx, model, 1000000, &b, &e) == ENT_OK);
        compare(&g, &b, e);
        solved += b.outcome == ENT_SOLVED;
        ent_i_benchmark_lift_free(e);
        e = NULL;
        CHECK(solve(ctx, model, 0, &b, &e) == ENT_OK);
        CHECK(!ent_lift_known(&e->span));
        ent_i_benchmark_lift_free(e);
        ent_benchmark_release(&b);
        ent_relational_free(model);
    }
    CHECK(solved > 300);
}

/* Goldluecke and Kranz's table of Abreu's game: joint payoff 18 from 1/4 on, 20 from 1/3 on,
 * everybody punished down to 0. */
static void test_abreu(ent_ctx *ctx)
{
    static const int three[] = {3, 3};
    static const double abreu[] = {10, 3, 0, 15, 7, -4, 7, 5, -15, 10, 15, 7, 3, 7, 5, 0, -4, -15};
    ent_stage *stage = NULL;
    ent_benchmark b = {0};
    ent_terms terms = {.coalition = 1, .discount = 0.25};
    CHECK(ent_stage_finite(ctx, 2, three, abreu, &stage) == ENT_OK);
    CHECK(ent_subgame_perfect(ctx, stage, &terms, NULL, &b) == ENT_OK);
    CHECK(b.outcome == ENT_SOLVED && b.joint == 18.0 && b.span == 18.0 && b.lowest[0] == 0.0 &&
          b.lowest[1] == 0.0);
    CHECK(b.coalition_value == 18.0 && b.margin == 0.0);
    CHECK(b.step[b.steps - 1].level == 20.0 &&
          fabs(b.step[b.steps - 1].discount - 1.0 / 3.0) < 1e-15);
    CHECK(fabs(b.step[b.steps - 2].discount - 0.25) < 1e-15 && b.step[b.steps - 2].level == 18.0);
    terms.discount = 0.5;
    CHECK(ent_subgame_perfect(ctx, stage, &terms, NULL, &b) == ENT_OK);
    CHECK(b.joint == 20.0 && b.play[0] == 0 && b.play[1] == 0);
    terms.discount = 1.0;
    CHECK(ent_subgame_perfect(ctx, stage, &terms, NULL, &b) == ENT_E_ARG);
    CHECK(b.joint == 20.0);
    ent_benchmark_release(&b);
    ent_stage_free(stage);
}

static void test_brutal(ent_ctx *ctx)
{
    ent_rng rng = ent_rng_stream(18, 0, 7);
    ref_relational g = ref_relational_random(&rng);
    while (g.n < 3) g = ref_relational_random(&rng);
    ent_relational *model = NULL;
    brutal b = {.ctx = ctx};
    CHECK(ref_relational_model(ctx, &g, &model) == ENT_OK);
    while (brutal_goes_on(&b)) {
        ent_benchmark solved = {0};
        ent_benchmark_exact *e = NULL;
        brutal_on(&b);
        brutal_off(&b, solve(ctx, model, 1000000, &solved, &e));
        ent_i_benchmark_lift_free(e);
        ent_benchmark_release(&solved);
    }
    brutal_end(&b, 1);
    ent_relational_free(model);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    test_random(ctx);
    test_abreu(ctx);
    test_brutal(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
