/* Degenerate solutions: [Sal] Definition 4 with epsilon -> 0. The proof of every one is an
 * expansion in a small delta; here weights and multipliers are evaluated at small deltas, the
 * claims they warrant are computed from (3.6) and (4.11), and what Definition 4 is short of must go
 * to 0 with delta. Cases of which the values are known: screening, and a player whose outside
 * option depends on another's type; then random games. */
#include "brutal.h"
#include "check.h"

#include "bayesian/expansion.h"
#include "bayesian/neutral.h"
#include "driver/setting.h"
#include "io/json.h"
#include "ref/ref_bayesian_claims.h"
#include "ref/ref_bayesian_games.h"

#include <math.h>

static ent_ctx *ctx;
static int limits, orders_above_one;

static const ent_bayesian_settings settings = {.starts = 1,
                                               .seed = 1,
                                               .attempts = 12,
                                               .theta_end = 1e-5,
                                               .tolerance = 1e-12,
                                               .exact_work = 3e7,
                                               .equality = true,
                                               .threads = 1};

/* x(delta) = x + sum of delta^j x_j */
static void at_delta(int n, const ent_rat *x, const ent_bayes_answer *a, const ent_rat *delta,
                     bool weights, ent_rat *out)
{
    for (int k = 0; k < n; k++) {
        ent_rat power = ENT_RAT_ZERO;
        ent_rat_set(&power, delta);
        ent_rat_set(&out[k], &x[k]);
        for (int j = 0; j < a->terms; j++) {
            ent_rat_addmul(&out[k], &power,
                           weights ? &a->term[j].weight[k] : &a->term[j].multiplier[k]);
            ent_rat_mul(&power, &power, delta);
        }
        ent_rat_release(&power);
    }
}

/* The largest (T + omega)/|S| - U at delta, in units of 1. */
static double excess(const ent_bayesian *model, const ent_bayes_answer *a,
                     const ent_bayes_threats *threats, const ent_rat *delta)
{
    const ent_bayes_coal *s = a->coal;
    ent_status st = ENT_OK;
    const size_t k = (size_t)a->interims;
    ent_rat *lambda = ent_rats_new(ctx, k, &st), *omega = ent_rats_new(ctx, k, &st),
            *alpha = ent_rats_new(ctx, (size_t)a->pairs, &st);
    ent_rat size = ENT_RAT_ZERO;
    double most = -HUGE_VAL;
    CHECK(st == ENT_OK);
    at_delta(a->interims, a->weight.exact, a, delta, true, lambda);
    at_delta(a->pairs, a->multiplier.exact, a, delta, false, alpha);
    for (size_t m = 0; m < k; m++) CHECK(ent_rat_sign(&lambda[m]) > 0);
    for (int p = 0; p < a->pairs; p++) CHECK(ent_rat_sign(&alpha[p]) >= 0);
    ref_bayesian_claims(model, s, threats->exact, lambda, alpha, omega);
    ent_rat_set_int(&size, s->size);
    for (int i = 0; i < s->size; i++)
        for (int m = s->first[i]; m < s->first[i + 1]; m++) {
            for (int j = 0; j < s->size; j++)
                if (j != i)
                    ent_rat_add(&omega[m], &omega[m], &threats->exact[(size_t)j * k + (size_t)m]);
            ent_rat_div(&omega[m], &omega[m], &size);
            ent_rat_sub(&omega[m], &omega[m], &a->utility.exact[m]);
            most = fmax(most, ent_rat_double(&omega[m]));
        }
    ent_rat_release(&size);
    ent_rats_free(lambda, k);
    ent_rats_free(omega, k);
    ent_rats_free(alpha, (size_t)a->pairs);
    return most;
}

/* What is missing at 10^-9 and 10^-12 is at most 0, or goes to 0 like delta. */
static void check_limit(const ent_bayesian *model, const ent_bayes_game *game,
                        const ent_bayes_answer *a)
{
    ent_bayes_threats threats = {0};
    ent_rat delta = ENT_RAT_ZERO;
    double at[2];
    CHECK(ent_i_threats_of(ctx, a->coal, game->answer, &threats) == ENT_OK);
    for (int k = 0; k < 2; k++) {
        ent_rat_set_ratio(&delta, 1, k ? 1000000000000 : 1000000000);
        at[k] = excess(model, a, &threats, &delta);
    }
    if (!(at[0] <= 1e-4) || !(at[1] <= fmax(at[0], 0.0) / 500.0))
        printf("excess %g, %g\n", at[0], at[1]);
    CHECK(at[0] <= 1e-4 && at[1] <= fmax(at[0], 0.0) / 500.0);
    limits++;
    orders_above_one += a->terms > 1;
    ent_rat_release(&delta);
    ent_i_threats_free(a->coal, &threats);
}

typedef struct solved {
    ent_doc *doc;
    ent_bayesian *model;
    ent_bayes_game game;
} solved;

static void solve(const char *text, solved *out)
{
    *out = (solved){0};
    CHECK(ent_doc_read(ctx, "model", strlen(text), text, &out->doc) == ENT_OK);
    CHECK(ent_bayesian_read(ctx, out->doc, ent_doc_root(out->doc), &out->model) == ENT_OK);
    const ent_status st = ent_i_neutral_game(ctx, out->model, &settings, &out->game);
    if (st != ENT_OK) printf("%s\n%s\n", ent_message(ctx), text);
    CHECK(st == ENT_OK);
    for (int k = 0; k < out->game.n; k++) {
        const ent_bayes_answer *a = &out->game.answer[out->game.coalition[k]];
        if (a->proof == ENT_PROOF_LIMIT) check_limit(out->model, &out->game, a);
    }
}

static void release(solved *s)
{
    ent_i_bayes_game_free(&s->game);
    ent_bayesian_free(s->model);
    ent_doc_free(s->doc);
}

static void random_games(ref_bayesian_class kind, uint64_t first, int games)
{
    ent_text model;
    ent_text_init(ctx, &model);
    for (int k = 0; k < games; k++) {
        solved s;
        ref_bayesian_game(first + (uint64_t)k, kind, &model);
        solve(model.data, &s);
        release(&s);
    }
    ent_text_release(&model);
}

/* Every allocation fails in turn while degenerate limits are proved. */
static void no_memory(ref_bayesian_class kind, uint64_t number)
{
    brutal b = {.ctx = ctx, .sparse = 12};
    ent_text text;
    ent_doc *doc = NULL;
    ent_bayesian *model = NULL;
    ent_text_init(ctx, &text);
    ref_bayesian_game(number, kind, &text);
    CHECK(ent_doc_read(ctx, "model", strlen(text.data), text.data, &doc) == ENT_OK);
    CHECK(ent_bayesian_read(ctx, doc, ent_doc_root(doc), &model) == ENT_OK);
    while (brutal_goes_on(&b)) {
        ent_bayes_game game = {0};
        brutal_on(&b);
        const ent_status st = ent_i_neutral_game(ctx, model, &settings, &game);
        brutal_off(&b, st);
        CHECK((st == ENT_OK) == (game.n > 0));
        ent_i_bayes_game_free(&game);
    }
    brutal_end(&b, 20);
    ent_bayesian_free(model);
    ent_doc_free(doc);
    ent_text_release(&text);
}

/* Two players, the second without weight: what is no proof is not taken for one. */
static void no_proofs(void)
{
    static const char text[] =
        "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [{\"name\": \"A\"}, {\"name\": \"B\"}], \"coalitions\": ["
        "{\"members\": [\"A\", \"B\"], \"decisions\": {\"x\": {\"A\": 3, \"B\": 0}, \"y\": {\"A\": 3, \"B\": 2}}}]}";
    ent_doc *doc = NULL;
    ent_bayesian *model = NULL;
    ent_exact_problem problem = {0};
    ent_exact_point point = {0};
    ent_bargain b;
    const double threat[4] = {0.0, 0.0, 3.0, 0.0};
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_rat *exact = ent_rats_new(ctx, 4, &st);
    CHECK(ent_doc_read(ctx, "model", strlen(text), text, &doc) == ENT_OK);
    CHECK(ent_bayesian_read(ctx, doc, ent_doc_root(doc), &model) == ENT_OK);
    ent_rat_set_int(&exact[2], 3);
    CHECK(ent_i_bargain_neutral(ctx, model->coalition[3], threat, &b) == ENT_OK);
    CHECK(ent_i_bayes_exact_problem_new(ctx, &b, exact, &problem) == ENT_OK);
    CHECK(ent_i_bayes_exact_point_new(ctx, &b, &point) == ENT_OK);
    /* A has 3 without B. lambda = (1, 0): omega_A = 3. At (1, delta) the worth is 3 + 2 delta, and
     * B's claim (3 + 2 delta - 3)/delta = 2. */
    ent_rat_set_int(&point.lambda[0], 1);
    ent_rat_set_int(&point.omega[0], 3);
    for (int claim = 1; claim < 4; claim++) {
        ent_expansion x = {0};
        ent_bayes_term term = {0};
        bool proves = true;
        ent_rat_set_int(&point.omega[1], claim);
        CHECK(ent_i_expansion_new(ctx, &problem, &point, &x) == ENT_OK);
        CHECK(ent_i_expansion_proves(ctx, &x, &proves) == ENT_OK && !proves);
        CHECK(ent_i_bayes_term_new(ctx, 2, 0, &term) == ENT_OK);
        ent_rat_set_int(&term.weight[1], 1);
        CHECK(ent_i_expansion_add(ctx, &x, &term) == ENT_OK);
        CHECK(ent_i_expansion_proves(ctx, &x, &proves) == ENT_OK && proves == (claim >= 2));
        ent_i_expansion_free(&x);
    }
    ent_i_bayes_exact_point_free(&b, &point);
    ent_i_bayes_exact_problem_free(&problem);
    ent_scratch_reset(ctx, mark);
    ent_rats_free(exact, 4);
    ent_bayesian_free(model);
    ent_doc_free(doc);
}

/* Utilities of the whole coalition, exactly. */
static void expect(const char *text, ent_bayes_status status, const char *const *want)
{
    solved s;
    solve(text, &s);
    const ent_bayes_answer *a = &s.game.answer[s.model->focus];
    CHECK(a->exact && a->status == status);
    for (int m = 0; a->exact && m < a->interims; m++) {
        ent_rat x = ENT_RAT_ZERO;
        CHECK(ent_rat_parse(&x, want[m], strlen(want[m])));
        if (!ent_rat_equal(&x, &a->utility.exact[m]))
            printf("interim %d: %.17g, want %s\n", m, a->utility.value[m], want[m]);
        CHECK(ent_rat_equal(&x, &a->utility.exact[m]));
        ent_rat_release(&x);
    }
    release(&s);
}

#define HEAD "{\"entente\": 1, \"family\": \"bayesian\", "

/* Values of docs/errata.md and of the worked cases. */
static void known_cases(void)
{
    static const char screen[] = HEAD
        "\"players\": [{\"name\": \"S\"}, {\"name\": \"B\", \"types\": {\"l\": \"1/4\", \"m\": \"1/2\", \"h\": \"1/4\"}}], "
        "\"coalitions\": [{\"members\": [\"S\", \"B\"], \"decisions\": {\"sell at 0\": {\"B\": {\"on\": [\"B\"], \"u\": [10, 20, 40]}}, "
        "\"sell at 40\": {\"S\": 40, \"B\": {\"on\": [\"B\"], \"u\": [-30, -20, 0]}}}}]}";
    static const char *const screen_values[] = {"15/2", "5", "10", "30"};
    static const char outside[] = HEAD
        "\"players\": [{\"name\": \"1\"}, {\"name\": \"2\", \"types\": {\"a\": \"1/2\", \"b\": \"1/2\"}}], \"coalitions\": ["
        "{\"members\": [\"1\"], \"decisions\": {\"alone\": {\"1\": {\"on\": [\"2\"], \"u\": [2, 0]}}}}, "
        "{\"members\": [\"2\"], \"decisions\": {\"alone\": {\"2\": {\"on\": [\"2\"], \"u\": [0, 1]}}}}, "
        "{\"members\": [\"1\", \"2\"], \"decisions\": {\"x\": {\"1\": 1, \"2\": {\"on\": [\"2\"], \"u\": [3, 0]}}, \"y\": {\"1\": {\"on\": [\"2\"], \"u\": [4, 1]}, \"2\": 0}}}]}";
    static const char *const outside_values[] = {"3/2", "3/2", "1/2"};
    expect(screen, ENT_BAYES_ISOLATED, screen_values);
    expect(outside, ENT_BAYES_NONDEGENERATE, outside_values);
}

int main(void)
{
    ctx = ent_ctx_new();
    known_cases();
    no_proofs();
    no_memory(REF_BAYESIAN_MIXED, 5097);
    no_memory(REF_BAYESIAN_TIES, 148);
    for (ref_bayesian_class kind = 0; kind < REF_BAYESIAN_CLASSES; kind++)
        random_games(kind, kind == REF_BAYESIAN_MIXED ? 5000 : 40, 10);
    random_games(REF_BAYESIAN_MIXED, 5097, 1);
    /* Claims below the largest ones, which have no proof here. */
    const int before = limits;
    random_games(REF_BAYESIAN_TIES, 148, 1);
    random_games(REF_BAYESIAN_INTERDEPENDENT, 269, 1);
    CHECK(limits - before == 4);
    printf("%d degenerate limits, %d of them of higher order\n", limits, orders_above_one);
    CHECK(limits >= 20 && orders_above_one >= 1);
    ent_ctx_free(ctx);
    return check_end();
}
