/* Exact numbers of public goods where they are rational, and enclosures of the others. */
#include "brutal_method.h"
#include "check.h"

#include "base/rng.h"
#include "entente/entente.h"
#include "ref/ref_public_good.h"
#include "relational/public_good_exact.h"
#include "relational/solve.h"

enum { SEED = 1707, TEXT_MAX = 4096 };

static ent_ctx *ctx;

static const ent_relational_settings settings = {
    .tolerance = 1e-12, .exact_payoffs = 2000000, .table_players = 12, .threads = 1};

static ent_relational *read_model(const char *text)
{
    ent_doc *doc = NULL;
    ent_relational *model = NULL;
    const int ok = ent_doc_read(ctx, "test", strlen(text), text, &doc) == ENT_OK &&
                   ent_relational_read(ctx, doc, ent_doc_root(doc), &model) == ENT_OK;
    if (!ok) printf("%s\n%s\n", ent_message(ctx), text);
    CHECK(ok);
    ent_doc_free(doc);
    return model;
}

/* n nations A, B, ... of these sizes and costs (texts); the first c negotiate. */
static ent_relational *nations(int n, int c, const char *const *size, const char *const *cost,
                               const char *rest)
{
    char text[TEXT_MAX];
    int at = snprintf(
        text, sizeof text,
        "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\", \"coalition\": [");
    for (int i = 0; i < c; i++)
        at += snprintf(text + at, sizeof text - (size_t)at, "%s\"%c\"", i ? ", " : "", 'A' + i);
    at += snprintf(text + at, sizeof text - (size_t)at, "], \"players\": [");
    for (int i = 0; i < n; i++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "%s{\"name\": \"%c\", \"size\": \"%s\", \"cost\": \"%s\"}", i ? ", " : "",
                       'A' + i, size[i], cost[i]);
    snprintf(text + at, sizeof text - (size_t)at, "], %s}", rest);
    return read_model(text);
}

typedef struct solved {
    ent_relational *model;
    ent_contract contract;
    ent_contract_exact *exact;
} solved;

static solved solve(ent_relational *model)
{
    solved s = {.model = model};
    const ent_status st = ent_i_contract_of_model(ctx, model, &settings, &s.contract, &s.exact);
    if (st != ENT_OK) printf("%s\n", ent_message(ctx));
    CHECK(st == ENT_OK);
    return s;
}

static void release(solved *s)
{
    ent_i_lift_free(s->exact);
    ent_contract_release(&s->contract);
    ent_relational_free(s->model);
}

static void is_ratio(const ent_rat *got, const char *want, int line)
{
    ent_rat value = ENT_RAT_ZERO;
    ent_rat_parse(&value, want, strlen(want));
    const int ok = ent_lift_known(got) && ent_rat_equal(got, &value);
    if (!ok) printf("line %d: wanted exactly %s\n", line, want);
    CHECK(ok);
    ent_rat_release(&value);
}
#define IS(got, want) is_ratio(&(got), want, __LINE__)

static const char *const ones[] = {"1", "1", "1", "1", "1", "1"};

/* [MW25] Section 5.1.1 with every number as a fraction; the level is irrational while the on-path
 * constraint binds. */
static void three_nations(void)
{
    solved s = solve(nations(3, 2, ones, ones, "\"discount\": \"3/10\""));
    IS(s.exact->span, "21/50");
    IS(s.exact->gamma[0], "21/100");
    IS(s.exact->multiplier[0], "1/3");
    IS(s.exact->punishment_effort[0], "4/5");
    IS(s.exact->punishment_effort[1], "1/5");
    IS(s.exact->punishment_effort[2], "1/2");
    IS(s.exact->extortion_payoff[2], "13/20");
    CHECK(!ent_lift_known(&s.exact->level) && !ent_lift_known(&s.exact->lowest[0]) &&
          !ent_lift_known(&s.exact->effort[0]));
    release(&s);
    s = solve(nations(3, 2, ones, ones, "\"discount\": \"4/5\""));
    IS(s.exact->span, "1/2");
    IS(s.exact->level, "4");
    IS(s.exact->lowest[0], "7/4");
    IS(s.exact->highest[1], "9/4");
    IS(s.exact->payoff[2], "9/4");
    IS(s.exact->payment[2], "1");
    IS(s.exact->effort[2], "3/2");
    IS(s.exact->multiplier[3], "0");
    release(&s);
    s = solve(nations(3, 2, ones, ones, "\"discount\": 0"));
    IS(s.exact->span, "0");
    IS(s.exact->level, "5/2");
    CHECK(!ent_lift_known(&s.exact->multiplier[0])); /* infinite */
    release(&s);
    s = solve(nations(3, 1, ones, ones, "\"discount\": \"9/10\""));
    IS(s.exact->span, "0");
    IS(s.exact->lowest[0], "5/4");
    IS(s.exact->highest[0], "5/4");
    release(&s);
}

/* Numerals too long to be guessed: the span c (c-1) delta (1-delta) theta^3 / psi is found by
 * algebra. */
static void long_numerals(void)
{
    static const char *const size[] = {"1.3721", "1.3721", "1.3721", "1.3721", "1.3721"};
    static const char *const cost[] = {"0.91357", "0.91357", "0.91357", "0.91357", "0.91357"};
    solved s = solve(nations(5, 4, size, cost, "\"discount\": 0.3719"));
    ent_rat want = ENT_RAT_ZERO, t = ENT_RAT_ZERO;
    ent_rat_set_ratio(&want, 12 * 3719, 10000);
    ent_rat_set_ratio(&t, 10000 - 3719, 10000);
    ent_rat_mul(&want, &want, &t);
    ent_rat_set_ratio(&t, 13721, 10000);
    for (int k = 0; k < 3; k++) ent_rat_mul(&want, &want, &t);
    ent_rat_set_ratio(&t, 91357, 100000);
    ent_rat_div(&want, &want, &t);
    CHECK(ent_lift_known(&s.exact->span) && ent_rat_equal(&s.exact->span, &want));
    ent_rat_release(&want);
    ent_rat_release(&t);
    release(&s);
}

/* Random fractions: what is exact agrees with the doubles; slack parts are exact also when the span
 * is not rational. */
static void agrees(const ent_rat *exact, int n, const double *value, double scale, int *known)
{
    for (int i = 0; exact && i < n; i++) {
        if (!ent_lift_known(&exact[i])) continue;
        ++*known;
        CHECK(fabs(ent_rat_double(&exact[i]) - value[i]) <= 1e-12 * scale);
    }
}

static ent_relational *random_model(ent_rng *rng)
{
    static const char *const delta[] = {"0", "1/5", "3/10", "1/2", "2/3", "9/10", "0.0123"};
    static const char *const rho[] = {"1", "1", "1", "0", "1/3"};
    char size[6][16], cost[6][16], rest[256];
    const char *sizes[6], *costs[6];
    const int n = 1 + (int)ent_rng_below(rng, 6), c = 1 + (int)ent_rng_below(rng, n);
    for (int i = 0; i < 6; i++) {
        snprintf(size[i], sizeof size[i], "%d/%d", (int)ent_rng_below(rng, 7),
                 1 + (int)ent_rng_below(rng, 3));
        snprintf(cost[i], sizeof cost[i], "%d/%d", 1 + (int)ent_rng_below(rng, 4),
                 1 + (int)ent_rng_below(rng, 3));
        sizes[i] = size[i], costs[i] = cost[i];
    }
    snprintf(
        rest, sizeof rest,
        "\"discount\": \"%s\", \"renegotiation\": \"%s\", \"weights\": {\"A\": 1, \"B\": 2, \"C\": 0, "
        "\"D\": 1, \"E\": 3, \"F\": 1}",
        delta[ent_rng_below(rng, 7)], rho[ent_rng_below(rng, 5)]);
    if (n < 6)
        snprintf(rest, sizeof rest, "\"discount\": \"%s\", \"renegotiation\": \"%s\"",
                 delta[ent_rng_below(rng, 7)], rho[ent_rng_below(rng, 5)]);
    return nations(n, c, sizes, costs, rest);
}

static void random_fractions(void)
{
    ent_rng rng = ent_rng_stream(SEED, 1, 0);
    int known = 0, spans = 0;
    for (int k = 0; k < 60; k++) {
        solved s = solve(random_model(&rng));
        const int n = s.model->n;
        const double scale = fmax(1.0, ent_i_scale(s.model));
        const ent_contract *c = &s.contract;
        spans += ent_lift_known(&s.exact->span) != NULL;
        agrees(&s.exact->span, 1, &c->span, scale, &known);
        agrees(&s.exact->level, 1, &c->level, scale, &known);
        agrees(&s.exact->joint, 1, &c->joint, scale, &known);
        agrees(&s.exact->extortion_level, 1, &c->extortion_level, scale, &known);
        agrees(s.exact->lowest, n, c->lowest, scale, &known);
        agrees(s.exact->highest, n, c->highest, scale, &known);
        agrees(s.exact->gamma, n, c->gamma, scale, &known);
        agrees(s.exact->payoff, n, c->payoff, scale, &known);
        agrees(s.exact->payment, n, c->payment, scale, &known);
        agrees(s.exact->effort, n, c->effort, scale, &known);
        agrees(s.exact->punishment_effort, n * n, c->punishment_effort, scale, &known);
        agrees(s.exact->multiplier, n + 1, c->multiplier, scale, &known);
        release(&s);
    }
    CHECK(known > 500 && spans > 10 && spans < 60);
}

static double bound(const ent_json *list, int k)
{
    const ent_json *node = k ? list->first->next : list->first;
    ent_rat value = ENT_RAT_ZERO;
    CHECK(ent_rat_parse(&value, node->text, strlen(node->text)));
    const double x = ent_rat_double(&value);
    ent_rat_release(&value);
    return x;
}

/* The enclosures are narrow and hold the span and the level of the slow reference. */
static void enclosures(void)
{
    ent_rng rng = ent_rng_stream(SEED, 2, 0);
    for (int k = 0; k < 25; k++) {
        solved s = solve(random_model(&rng));
        ref_public_good r = {.n = s.model->n,
                             .coalition = s.model->coalition,
                             .discount = s.model->discount,
                             .renegotiation = s.model->renegotiation};
        ref_public_good_answer want;
        ent_text text;
        ent_writer w;
        ent_doc *doc = NULL;
        for (int i = 0; i < r.n; i++)
            r.size[i] = s.model->size.value[i], r.cost[i] = s.model->cost.value[i];
        CHECK(ent_i_model_weights(ctx, s.model, r.coalition, r.weight) == ENT_OK);
        ref_public_good_solve(&r, &want);
        ent_text_init(ctx, &text);
        ent_write_init(&w, &text);
        ent_write_object(&w, NULL, false);
        CHECK(ent_i_enclosure_write(ctx, s.model, false, s.contract.span,
                                    ent_lift_known(&s.exact->span), &w) == ENT_OK);
        ent_write_end(&w);
        CHECK(ent_doc_read(ctx, "certificate", text.len, text.data, &doc) == ENT_OK);
        const double scale = fmax(ent_i_scale(s.model), 1e-300), least = 1e-14 * scale;
        const ent_json *span = ent_json_at(ent_doc_root(doc), "/enclosure/span");
        const ent_json *level = ent_json_at(ent_doc_root(doc), "/enclosure/level");
        CHECK(bound(span, 0) - least <= want.span && want.span <= bound(span, 1) + least);
        CHECK(bound(level, 0) - least <= want.level && want.level <= bound(level, 1) + least);
        CHECK(bound(span, 1) - bound(span, 0) <= 1e-12 * bound(span, 1));
        CHECK(bound(level, 1) - bound(level, 0) <= 1e-11 * scale);
        CHECK(bound(span, 0) - least <= s.contract.span &&
              s.contract.span <= bound(span, 1) + least);
        ent_doc_free(doc);
        ent_text_release(&text);
        release(&s);
    }
}

static void is_narrow(const char *name, const ent_json *pair)
{
    if (pair->first->kind == ENT_JSON_NULL) return;
    const double lo = bound(pair, 0), hi = bound(pair, 1);
    const int ok = hi - lo <= 1e-11 * (1.0 + hi);
    if (!ok) printf("%s: %.17g to %.17g\n", name, lo, hi);
    CHECK(ok);
}

/* Models in which a double loses what a fraction knows: 1 - renegotiation of a lone insider, a
 * total of sizes less the size of a giant, 1 - discount. The bounds stay narrow. */
static void hard_models(void)
{
    static const char *const even[] = {"6.271484060659554", "0.5332792481315869",
                                       "7.792937881476553"};
    static const char *const uneven[] = {"0.008092521921333203", "0.00031342525206928226",
                                         "9521.774291931553"};
    static const char *const cost[] = {"48.46671785437982", "102.35498058800432",
                                       "0.0013646862224554342"};
    for (int k = 0; k < 6; k++) {
        static const char *const rest[] = {
            "\"discount\": \"0.37\", \"renegotiation\": \"0.999999\"",
            "\"discount\": \"1e-9\", \"renegotiation\": \"0.4\"",
            "\"discount\": \"0.999999999999\", \"renegotiation\": \"0.9999999\""};
        solved s =
            solve(nations(3, k % 2 + 1, k < 3 ? even : uneven, k < 3 ? ones : cost, rest[k % 3]));
        for (int benchmark = 0; benchmark < 2; benchmark++) {
            ent_text text;
            ent_writer w;
            ent_doc *doc = NULL;
            ent_benchmark b = {0};
            const ent_terms terms = {s.model->coalition, NULL, s.model->discount, 0.0};
            ent_stage *stage = NULL;
            CHECK(ent_stage_public_good(ctx, 3, s.model->size.value, s.model->cost.value, &stage) ==
                  ENT_OK);
            CHECK(ent_subgame_perfect(ctx, stage, &terms, NULL, &b) == ENT_OK);
            ent_text_init(ctx, &text);
            ent_write_init(&w, &text);
            ent_write_object(&w, NULL, false);
            /* The span is handed over with an error of 1e-9. */
            const double near = (1.0 + 1e-9) * (benchmark ? b.span : s.contract.span);
            CHECK(ent_i_enclosure_write(ctx, s.model, benchmark, near, NULL, &w) == ENT_OK);
            ent_write_end(&w);
            CHECK(ent_doc_read(ctx, "certificate", text.len, text.data, &doc) == ENT_OK);
            const ent_json *enclosure = ent_json_get(ent_doc_root(doc), "enclosure");
            const ent_json *multipliers = ent_json_get(enclosure, "multipliers"),
                           *span = ent_json_get(enclosure, "span");
            CHECK(bound(span, 1) - bound(span, 0) <= 1e-11 * bound(span, 1));
            is_narrow("joint", ent_json_get(multipliers, "joint"));
            for (const ent_json *m = ent_json_get(multipliers, "quiet")->first; m; m = m->next)
                is_narrow(m->key, m);
            ent_doc_free(doc);
            ent_text_release(&text);
            ent_benchmark_release(&b);
            ent_stage_free(stage);
        }
        release(&s);
    }
}

static void no_memory(void)
{
    static const char *const size[] = {"1", "2.385", "1.7"};
    ent_relational *m =
        nations(3, 2, size, ones, "\"discount\": \"1/5\", \"renegotiation\": \"1/2\"");
    brutal_method(ent_i_contractual_solve, m, &settings, 50);
    ent_relational_free(m);
}

int main(void)
{
    ctx = ent_ctx_new();
    three_nations();
    long_numerals();
    random_fractions();
    enclosures();
    hard_models();
    no_memory();
    ent_ctx_free(ctx);
    return check_end();
}
