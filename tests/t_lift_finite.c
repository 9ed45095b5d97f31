/* Contracts of finite games in rationals: every number against fractions from the definition, the
 * path, the evidence for "none", and the automaton that plays them. */
#include "brutal.h"
#include "check.h"
#include "ref/ref_relational_model.h"

#include "relational/automaton.h"
#include "relational/solve.h"

#include <stdlib.h>

static ent_relational_settings settings_of(const ref_relational *g)
{
    return (ent_relational_settings){.tolerance = 1e-12,
                                     .ties_listed = 16,
                                     .simplices_listed = 64,
                                     .literal_ties = g->literal_ties,
                                     .exact_payoffs = 2000000,
                                     .threads = 1};
}

static int index_of(const ref_relational *g, const int *play)
{
    int index = 0;
    for (int i = 0; i < g->n; i++) index = index * g->actions[i] + play[i];
    return index;
}

static void compare_players(const ref_relational *g, const ref_contract *want,
                            const ent_contract *c, const ent_contract_exact *e)
{
    for (int i = 0; i < g->n; i++) {
        CHECK(ref_relational_is(&e->lowest[i], want->lowest[i]));
        CHECK(ref_relational_is(&e->highest[i], want->highest[i]));
        if (g->coalition >> i & 1) {
            CHECK(ref_relational_is(&e->weight[i], g->weight[i]));
            if (ent_coal_size(g->coalition) < 2) continue;
            CHECK(ref_relational_is(&e->gamma[i], want->gamma[i]));
            CHECK(index_of(g, c->punishment + i * g->n) == want->punishment[i]);
        } else {
            CHECK(ref_relational_is(&e->payoff[i], want->payoff[i]));
            CHECK(ref_relational_is(&e->payoff_least[i], want->least[i]));
            CHECK(ref_relational_is(&e->payoff_most[i], want->most[i]));
            CHECK(ref_relational_is(&e->payment[i], want->payment[i]));
            CHECK(ref_relational_is(&e->extortion_payoff[i], want->extortion_payoff[i]));
        }
        if (ref_q_cmp(g->renegotiation, ref_q_of(1, 1)) < 0)
            CHECK(index_of(g, c->quiet_punishment + i * g->n) == want->quiet[i]);
    }
}

static void compare(const ref_relational *g, const ref_contract *want, const ent_contract *c,
                    const ent_contract_exact *e)
{
    CHECK((c->outcome == ENT_SOLVED) == want->solved);
    if (c->outcome != ENT_SOLVED || !want->solved) return;
    CHECK(ref_relational_is(&e->span, want->span));
    CHECK(ref_relational_is(&e->level, want->level));
    CHECK(ref_relational_is(&e->on_path_value, want->value));
    CHECK(ref_relational_is(&e->joint, want->joint));
    CHECK(ref_relational_is(&e->extortion_level, want->extortion));
    CHECK(ref_relational_is(&e->tie_spread, want->spread));
    if (want->has_margin) CHECK(ref_relational_is(&e->margin, want->margin));
    else CHECK(!ent_lift_known(&e->margin) && isinf(c->margin));
    CHECK(c->span == ent_rat_double(&e->span) && c->level == ent_rat_double(&e->level));
    CHECK(index_of(g, c->play) == want->play &&
          index_of(g, c->extortion_play) == want->extortion_play);
    CHECK(c->ties == (want->ties - 1 < 16 ? want->ties - 1 : 16));
    for (int k = 0; k < c->ties; k++) CHECK(index_of(g, c->tie + k * g->n) == want->tie[k + 1]);
    compare_players(g, want, c, e);
    if (ref_q_cmp(g->renegotiation, ref_q_of(1, 1)) != 0) return;
    CHECK(c->simplices_total == want->parts);
    for (int k = 0; k < c->simplices && c->simplices_total == want->parts; k++)
        CHECK(index_of(g, c->simplex[k].play) == want->part[k]);
}

static ref_q fraction_of(const ent_rat *r) { return ref_q_of(r->num, r->den); }

/* At every step the reference finds the step's span and level, and just below it something else. */
static void compare_path(const ref_relational *game, const ent_contract *c,
                         const ent_contract_exact *e)
{
    static ref_contract at, below;
    ref_relational g = *game;
    for (int k = 0; k < c->steps; k++) {
        CHECK(ent_lift_known(&e->step_discount[k]) && !e->step_discount[k].big);
        g.discount = fraction_of(&e->step_discount[k]);
        ref_relational_solve(&g, &at);
        CHECK(at.solved && ref_relational_is(&e->step_span[k], at.span) &&
              ref_relational_is(&e->step_level[k], at.level));
        if (e->step_discount[k].num == 0) continue;
        g.discount = ref_q_mul(g.discount, ref_q_of(999999, 1000000));
        ref_relational_solve(&g, &below);
        CHECK(k > 0 || !below.solved);
        CHECK(!below.solved || ref_q_cmp(below.value, at.value) != 0 ||
              ref_q_cmp(below.span, at.span) != 0);
    }
    if (c->steps == 0) CHECK(c->outcome == ENT_NONE);
}

/* d0 = the map of all plays, d(k+1) = the map of what d(k) enforces, and the last enforces nothing
 * or is negative. */
static void compare_bounds(const ref_relational *g, const ent_contract *c,
                           const ent_contract_exact *e)
{
    ref_q d = {0, 1}, next;
    CHECK(c->bounds >= 1 && e->bounds == c->bounds);
    for (int k = 0; k < c->bounds; k++) {
        CHECK(ref_relational_map(g, k ? &d : NULL, &next));
        CHECK(ref_relational_is(&e->bound[k], next));
        CHECK(k == 0 || ref_q_cmp(next, d) < 0);
        CHECK(c->bound[k] == ent_rat_double(&e->bound[k]));
        d = next;
    }
    CHECK(d.num < 0 || !ref_relational_map(g, &d, &next));
}

static void play(ent_ctx *ctx, const ent_relational *model, const ent_contract *c,
                 double *worst_loss, double *worst_error)
{
    ent_automaton *a = NULL;
    double weight[ENT_PLAYERS_MAX];
    CHECK(ent_i_model_weights(ctx, model, model->coalition, weight) == ENT_OK);
    CHECK(ent_i_automaton_new(ctx, model, c, weight, &a) == ENT_OK);
    if (!a) return;
    CHECK(a->worst.loss >= -1e-10 && a->value_error <= 1e-10);
    if (a->worst.loss < *worst_loss) *worst_loss = a->worst.loss;
    if (a->value_error > *worst_error) *worst_error = a->value_error;
    ent_i_automaton_free(a);
}

static void test_random(ent_ctx *ctx)
{
    ent_rng rng = ent_rng_stream(7, 0, 3);
    static ref_contract want;
    double loss = 0.0, error = 0.0;
    int none = 0, steps = 0;
    for (int trial = 0; trial < 1500; trial++) {
        const ref_relational g = ref_relational_random(&rng);
        const ent_relational_settings settings = settings_of(&g);
        const int before = check_failed;
        ent_relational *model = NULL;
        ent_contract c = {0};
        ent_contract_exact *e = NULL;
        CHECK(ref_relational_model(ctx, &g, &model) == ENT_OK);
        if (!model) break;
        CHECK(ent_i_contract_of_model(ctx, model, &settings, &c, &e) == ENT_OK);
        ref_relational_solve(&g, &want);
        compare(&g, &want, &c, e);
        if (!g.literal_ties && trial % 3 == 0) compare_path(&g, &c, e);
        if (!g.literal_ties && c.outcome == ENT_NONE) compare_bounds(&g, &c, e);
        if (!g.literal_ties && c.outcome == ENT_SOLVED) play(ctx, model, &c, &loss, &error);
        none += c.outcome == ENT_NONE;
        steps += c.steps;
        if (check_failed > before) printf("game %d\n", trial);
        ent_i_lift_free(e);
        ent_contract_release(&c);
        ent_relational_free(model);
    }
    printf("%d without equilibrium, %d steps, worst deviation %g, worst value error %g\n", none,
           steps, loss, error);
    CHECK(none > 20 && steps > 500);
}

/* Every allocation of reading off a contract with its twin fails in turn. */
static void test_brutal(ent_ctx *ctx)
{
    ent_rng rng = ent_rng_stream(8, 0, 3);
    for (int kind = 0; kind < 3; kind++) {
        ref_relational g = ref_relational_random(&rng);
        static ref_contract want;
        ref_relational_solve(&g, &want);
        while (g.n < 2 || want.solved != (kind < 2)) {
            g = ref_relational_random(&rng);
            ref_relational_solve(&g, &want);
        }
        const ent_relational_settings settings = settings_of(&g);
        ent_relational *model = NULL;
        brutal b = {.ctx = ctx};
        CHECK(ref_relational_model(ctx, &g, &model) == ENT_OK);
        while (brutal_goes_on(&b)) {
            ent_contract c = {0};
            ent_contract_exact *e = NULL;
            brutal_on(&b);
            const ent_status st = ent_i_contract_of_model(ctx, model, &settings, &c, &e);
            brutal_off(&b, st);
            ent_i_lift_free(e);
            ent_contract_release(&c);
        }
        brutal_end(&b, 1);
        ent_relational_free(model);
    }
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    test_random(ctx);
    test_brutal(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
