/* Games by callback: the same contract as from stored payoffs, on one thread and on several, and
 * bounded memory. */
#include "brutal.h"
#include "check.h"
#include "ref/ref_relational_model.h"
#include "ref/ref_relational_same.h"

#include <stdlib.h>

typedef struct stored {
    int n;
    const int *actions;
    int64_t profiles;
    const double *payoff;
} stored;

static void look_up(void *user, const int *action, double *payoff)
{
    const stored *s = user;
    int64_t p = 0;
    for (int i = 0; i < s->n; i++) p = p * s->actions[i] + action[i];
    for (int i = 0; i < s->n; i++) payoff[i] = s->payoff[i * s->profiles + p];
}

static void compare(ent_ctx *ctx, int n, const int *actions, const double *payoff,
                    const ent_terms *terms)
{
    int64_t profiles = 1;
    for (int i = 0; i < n; i++) profiles *= actions[i];
    stored s = {n, actions, profiles, payoff};
    ent_stage *finite = NULL, *stream = NULL;
    ent_contract a = {0}, b = {0};
    CHECK(ent_stage_finite(ctx, n, actions, payoff, &finite) == ENT_OK);
    CHECK(ent_contractual(ctx, finite, terms, NULL, &a) == ENT_OK);
    for (int threads = 1; threads <= 3; threads++) {
        CHECK(ent_stage_stream(ctx, n, actions, look_up, &s, threads, &stream) == ENT_OK);
        CHECK(ent_contractual(ctx, stream, terms, NULL, &b) == ENT_OK);
        CHECK(ref_relational_same(&a, &b, 1.0, 0.0, true));
        CHECK(a.simplices_total == b.simplices_total);
        ent_benchmark x = {0}, y = {0};
        CHECK(ent_subgame_perfect(ctx, finite, terms, NULL, &x) == ENT_OK);
        CHECK(ent_subgame_perfect(ctx, stream, terms, NULL, &y) == ENT_OK);
        CHECK(x.outcome == y.outcome && x.steps == y.steps);
        if (x.outcome == ENT_SOLVED)
            CHECK(x.span == y.span && x.joint == y.joint && x.margin == y.margin);
        ent_benchmark_release(&x);
        ent_benchmark_release(&y);
        ent_stage_free(stream);
    }
    ent_contract_settings parallel = ent_contract_settings_default();
    parallel.threads = 3;
    CHECK(ent_contractual(ctx, finite, terms, &parallel, &b) == ENT_OK);
    CHECK(ref_relational_same(&a, &b, 1.0, 0.0, true));
    ent_contract_release(&a);
    ent_contract_release(&b);
    ent_stage_free(finite);
}

static void test_small(ent_ctx *ctx)
{
    ent_rng rng = ent_rng_stream(5, 0, 4);
    for (int trial = 0; trial < 200; trial++) {
        const ref_relational g = ref_relational_random(&rng);
        static double payoff[REF_PLAYERS * REF_PROFILES];
        double weight[REF_PLAYERS];
        for (int i = 0; i < g.n; i++) {
            weight[i] = ref_q_double(g.weight[i]);
            for (int a = 0; a < g.profiles; a++)
                payoff[i * g.profiles + a] = (double)g.payoff[i][a] / (double)g.denominator;
        }
        const ent_terms terms = {g.coalition, weight, ref_q_double(g.discount),
                                 ref_q_double(g.renegotiation)};
        compare(ctx, g.n, g.actions, payoff, &terms);
    }
}

/* Several chunks; few payoffs, so that ties are many and every play that is named depends on their
 * order. */
static void test_large(ent_ctx *ctx)
{
    static const int actions[] = {61, 53, 47};
    const int64_t profiles = (int64_t)61 * 53 * 47;
    double *payoff = malloc(sizeof *payoff * (size_t)(3 * profiles));
    ent_rng rng = ent_rng_stream(6, 0, 4);
    for (int kind = 0; payoff && kind < 3; kind++) {
        for (int64_t k = 0; k < 3 * profiles; k++)
            payoff[k] =
                kind == 2 ? ent_rng_uniform(&rng) : (double)ent_rng_below(&rng, kind ? 1000 : 6);
        const ent_terms terms = {kind == 1 ? 7 : 3, NULL, kind ? 0.7 : 0.4, kind == 1 ? 0.5 : 1.0};
        compare(ctx, 3, actions, payoff, &terms);
    }
    free(payoff);
}

static void not_finite(void *user, const int *action, double *payoff)
{
    (void)user;
    for (int i = 0; i < 2; i++) payoff[i] = action[0] == 2 && action[1] == 1 ? (double)NAN : 1.0;
}

static void test_refusals(ent_ctx *ctx)
{
    static const int actions[] = {3, 3}, none[] = {3, 0}, many[] = {1 << 20, 1 << 20, 2};
    ent_stage *stage = NULL;
    CHECK(ent_stage_stream(ctx, 2, actions, NULL, NULL, 1, &stage) == ENT_E_ARG);
    CHECK(ent_stage_stream(ctx, 2, none, not_finite, NULL, 1, &stage) == ENT_E_ARG);
    CHECK(ent_stage_stream(ctx, 0, actions, not_finite, NULL, 1, &stage) == ENT_E_ARG);
    CHECK(ent_stage_stream(ctx, 2, actions, not_finite, NULL, -1, &stage) == ENT_E_ARG);
    CHECK(ent_stage_stream(ctx, 3, many, not_finite, NULL, 1, &stage) == ENT_E_LIMIT);
    CHECK(ent_stage_stream(ctx, 2, actions, not_finite, NULL, 2, &stage) == ENT_E_ARG);
    CHECK(!stage);
    const volatile int stop = 1;
    stored s = {2, actions, 9, (const double[18]){0}};
    ent_ctx_set_cancel(ctx, &stop);
    CHECK(ent_stage_stream(ctx, 2, actions, look_up, &s, 2, &stage) == ENT_E_CANCEL);
    ent_ctx_set_cancel(ctx, NULL);
}

static void test_brutal(ent_ctx *ctx)
{
    static const int actions[] = {2, 3};
    static const double payoff[] = {1, 2, 0, 3, 1, 1, 2, 2, 1, 0, 4, 1};
    stored s = {2, actions, 6, payoff};
    const ent_terms terms = {3, NULL, 0.6, 0.5};
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_stage *stage = NULL;
        ent_contract c = {0};
        brutal_on(&b);
        ent_status st = ent_stage_stream(ctx, 2, actions, look_up, &s, 1, &stage);
        if (st == ENT_OK) st = ent_contractual(ctx, stage, &terms, NULL, &c);
        brutal_off(&b, st);
        ent_contract_release(&c);
        ent_stage_free(stage);
    }
    brutal_end(&b, 1);
}

/* The same where chunks are solved apart and merged. */
static void test_brutal_chunks(ent_ctx *ctx)
{
    enum { SIDE = 380, PROFILES = SIDE * SIDE };
    static const int actions[] = {SIDE, SIDE};
    double *payoff = malloc(sizeof *payoff * (size_t)(2 * PROFILES));
    ent_rng rng = ent_rng_stream(9, 0, 4);
    ent_stage *stage = NULL;
    ent_contract_settings settings = ent_contract_settings_default();
    const ent_terms terms = {3, NULL, 0.6, 1.0};
    brutal b = {.ctx = ctx};
    settings.threads = 2;
    for (int k = 0; payoff && k < 2 * PROFILES; k++) payoff[k] = ent_rng_uniform(&rng);
    CHECK(ent_stage_finite(ctx, 2, actions, payoff, &stage) == ENT_OK);
    while (brutal_goes_on(&b)) {
        ent_contract c = {0};
        brutal_on(&b);
        brutal_off(&b, ent_contractual(ctx, stage, &terms, &settings, &c));
        ent_contract_release(&c);
    }
    brutal_end(&b, 1);
    ent_stage_free(stage);
    free(payoff);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    test_small(ctx);
    test_large(ctx);
    test_refusals(ctx);
    test_brutal(ctx);
    test_brutal_chunks(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
