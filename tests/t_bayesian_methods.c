/* The bayesian methods on the examples of [Sal], under relabelling and rescaling, against closed
 * forms, and with every allocation failing in turn. */
#include "brutal_run.h"
#include "check.h"

#include "base/rng.h"
#include "bayesian/bayesian_solve.h"
#include "bayesian/neutral.h"
#include "entente/run.h"

static ent_ctx *ctx;

#define HEAD "{\"entente\": 1, \"family\": \"bayesian\", "
#define BUYER "{\"name\": \"buyer\", \"types\": {\"strong\": \"1/5\", \"weak\": \"4/5\"}}"
#define TRADE \
    "{\"members\": [\"buyer\", \"seller\"], \"decisions\": {\"trade at 0\": {\"buyer\": {\"on\": [\"buyer\"], \"u\": [30, 90]}}, " \
    "\"trade at 90\": {\"buyer\": {\"on\": [\"buyer\"], \"u\": [-60, 0]}, \"seller\": 90}}}"
#define VERIFIED \
    "{\"members\": [\"buyer\", \"seller\", \"broker\"], \"decisions\": {\"seller takes all\": {\"seller\": {\"on\": [\"buyer\"], " \
    "\"u\": [30, 90]}}, \"broker takes all\": {\"broker\": {\"on\": [\"buyer\"], \"u\": [30, 90]}}}}"
#define BROKER \
    HEAD "\"players\": [" BUYER \
         ", {\"name\": \"seller\"}, {\"name\": \"broker\"}], \"coalitions\": [" TRADE \
         ", " VERIFIED "]}"
#define RELABELLED \
    HEAD "\"players\": [{\"name\": \"broker\"}, {\"name\": \"seller\"}, " BUYER \
         "], \"coalitions\": [" VERIFIED ", " TRADE "]}"
#define PROJECT \
    HEAD \
        "\"players\": [{\"name\": \"1\"}, {\"name\": \"2\"}, {\"name\": \"3\", \"types\": {\"w\": \"9/10\", \"s\": \"1/10\"}}], " \
        "\"coalitions\": [{\"members\": [\"1\", \"2\"], \"decisions\": {\"d12\": {\"1\": 5, \"2\": 5}}}, {\"members\": [\"1\", \"3\"], " \
        "\"decisions\": {\"1 pays\": {\"3\": {\"on\": [\"3\"], \"u\": [10, 5]}}, \"3 pays\": {\"1\": 10, \"3\": {\"on\": [\"3\"], \"u\": " \
        "[0, -5]}}}}, {\"members\": [\"2\", \"3\"], \"decisions\": {\"2 pays\": {\"3\": {\"on\": [\"3\"], \"u\": [10, 5]}}, \"3 pays\": " \
        "{\"2\": 10, \"3\": {\"on\": [\"3\"], \"u\": [0, -5]}}}}]}"
/* Monopoly screening: the high type's weight vanishes. */
#define SCREENING \
    HEAD \
        "\"players\": [{\"name\": \"S\"}, {\"name\": \"B\", \"types\": {\"l\": \"1/4\", \"m\": \"1/2\", \"h\": \"1/4\"}}], " \
        "\"coalitions\": [{\"members\": [\"S\", \"B\"], \"decisions\": {\"sell at 0\": {\"B\": {\"on\": [\"B\"], \"u\": [10, 20, 40]}}, " \
        "\"sell at 40\": {\"S\": 40, \"B\": {\"on\": [\"B\"], \"u\": [-30, -20, 0]}}}}]}"

static ent_doc *solve(const char *model, const char *method, const char *set)
{
    const char *const changes[] = {"check=0", "threads=1", set};
    const ent_request request = {.source = "test",
                                 .text = model,
                                 .len = strlen(model),
                                 .method = method,
                                 .changes = set ? 3 : 2,
                                 .set = changes};
    char *reply = NULL;
    ent_doc *doc = NULL;
    const ent_status st = ent_run(ctx, &request, &reply, NULL);
    if (st != ENT_OK) printf("%s: %s\n", method, ent_message(ctx));
    CHECK(st == ENT_OK);
    if (st == ENT_OK) CHECK(ent_doc_read(ctx, "result", strlen(reply), reply, &doc) == ENT_OK);
    ent_free(reply);
    return doc;
}

static void exact(const ent_doc *doc, const char *pointer, const char *want)
{
    const ent_json *node = doc ? ent_json_at(ent_doc_root(doc), pointer) : NULL;
    const ent_json *fraction = node ? ent_json_get(node, "exact") : NULL;
    if (!fraction) printf("%s: no exact number\n", pointer);
    CHECK_TEXT(fraction ? fraction->text : NULL, want);
}

static double value(const ent_doc *doc, const char *pointer)
{
    const ent_json *node = doc ? ent_json_at(ent_doc_root(doc), pointer) : NULL;
    double x = (double)NAN;
    if (node && node->kind == ENT_JSON_OBJECT) node = ent_json_get(node, "value");
    if (!node || ent_json_real(ctx, doc, node, &x) != ENT_OK) printf("%s: no number\n", pointer);
    return x;
}

static void says(const ent_doc *doc, const char *pointer, const char *want)
{
    const ent_json *node = doc ? ent_json_at(ent_doc_root(doc), pointer) : NULL;
    CHECK_TEXT(node ? node->text : NULL, want);
}

static void truth(const ent_doc *doc, const char *pointer, bool want)
{
    const ent_json *node = doc ? ent_json_at(ent_doc_root(doc), pointer) : NULL;
    if (!node || node->kind != ENT_JSON_BOOL || node->truth != want)
        printf("%s is not %d\n", pointer, want);
    CHECK(node && node->kind == ENT_JSON_BOOL && node->truth == want);
}

/* [Sal] Definition 4, eq. (2.1), (2.5), (6.2) and the values of the two-person coalitions. */
static void paper_neutral(void)
{
    ent_doc *doc = solve(BROKER, "neutral-procedural", NULL);
    exact(doc, "/solution/coalitions/buyer,seller/utilities/buyer/strong", "15");
    exact(doc, "/solution/coalitions/buyer,seller/utilities/buyer/weak", "45");
    exact(doc, "/solution/coalitions/buyer,seller/utilities/seller", "36");
    exact(doc, "/solution/coalitions/buyer,seller,broker/utilities/seller", "38");
    exact(doc, "/solution/coalitions/buyer,seller,broker/utilities/broker", "1");
    says(doc, "/solution/coalitions/buyer,seller,broker/status", "nondegenerate");
    says(doc, "/certificate/coalitions/buyer,seller,broker/proof", "exact");
    ent_doc_free(doc);
    doc = solve(PROJECT, "neutral-procedural", NULL);
    exact(doc, "/solution/coalitions/1,2/utilities/1", "5");
    exact(doc, "/solution/coalitions/1,3/utilities/1", "9/2");
    exact(doc, "/solution/coalitions/1,3/utilities/3/s", "5/2");
    exact(doc, "/solution/coalitions/1,2,3/utilities/1", "10/3");
    exact(doc, "/solution/coalitions/1,2,3/utilities/3/w", "10/3");
    exact(doc, "/solution/coalitions/1,2,3/utilities/3/s", "5/3");
    ent_doc_free(doc);
    doc = solve(SCREENING, "neutral-procedural", NULL);
    says(doc, "/solution/coalitions/S,B/status", "degenerate isolated");
    says(doc, "/certificate/coalitions/S,B/proof", "isolated");
    exact(doc, "/solution/coalitions/S,B/utilities/S", "15/2");
    exact(doc, "/solution/coalitions/S,B/utilities/B/h", "30");
    exact(doc, "/solution/coalitions/S,B/weights/B/h", "0");
    ent_doc_free(doc);
}

/* [Sal] Sections 2 and 6, Definitions 1 to 3, Proposition 2: what dictators demand; eq. (4.12b) as
 * an equality leaves {1,2} without a strong solution. */
static void paper_strong(void)
{
    ent_doc *doc = solve(BROKER, "strong", NULL);
    truth(doc, "/solution/coalitions/buyer,seller/dictators/seller/strong", true);
    exact(doc, "/solution/coalitions/buyer,seller/dictators/seller/utilities/seller", "72");
    exact(doc, "/solution/coalitions/buyer,seller,broker/dictators/seller/utilities/seller", "78");
    exact(doc, "/solution/coalitions/buyer,seller,broker/dictators/broker/utilities/broker", "3");
    exact(doc, "/solution/coalitions/buyer,seller,broker/dictators/broker/utilities/buyer/weak",
          "45");
    ent_doc_free(doc);
    doc = solve(PROJECT, "strong", NULL);
    truth(doc, "/solution/coalitions/1,2/dictators/1/strong", false);
    truth(doc, "/solution/coalitions/1,2/dictators/1/safe", true);
    truth(doc, "/solution/coalitions/1,2/dictators/1/inequality/strong", true);
    exact(doc, "/solution/coalitions/1,2,3/dictators/1/utilities/1", "1/2");
    says(doc, "/certificate/coalitions/1,2/dictators/1/proof", "dominated");
    ent_doc_free(doc);
}

static void paper_others(void)
{
    ent_doc *doc = solve(BROKER, "random-dictator", NULL);
    truth(doc, "/solution/solves", true);
    exact(doc, "/solution/coalitions/buyer,seller,broker/recursive/utilities/broker", "1");
    ent_doc_free(doc);
    doc = solve(PROJECT, "random-dictator", NULL);
    truth(doc, "/solution/solves", false);
    says(doc, "/solution/coalitions/1,2/recursive/missing", "1");
    says(doc, "/solution/coalitions/1,2,3/recursive/smaller", "1,2");
    ent_doc_free(doc);
    doc = solve(PROJECT, "random-dictator", "equality=0");
    truth(doc, "/solution/solves", true);
    exact(doc, "/solution/coalitions/1,2,3/recursive/utilities/3/s", "5/3");
    ent_doc_free(doc);
    /* [Sal] eq. (2.2), (2.3), (6.3) */
    doc = solve(BROKER, "compare", NULL);
    exact(doc, "/solution/m-solution/utilities/seller", "39");
    exact(doc, "/solution/s-solution/utilities/buyer/strong", "13");
    exact(doc, "/solution/s-solution/utilities/seller", "193/5");
    exact(doc, "/solution/s-solution/threats/buyer,seller/utilities/seller", "189/5");
    ent_doc_free(doc);
    doc = solve(PROJECT, "s-solution", NULL);
    exact(doc, "/solution/utilities/1", "41/12");
    exact(doc, "/solution/utilities/3/s", "5/6");
    exact(doc, "/solution/threats/1,3/utilities/3/s", "5/4");
    ent_doc_free(doc);
    /* [Sal] eq. (3.5), (3.6), (3.7), Proposition 1: the frontier of Figure 2.1, the facet through
     * (90,30,0), (0,0,72) and beyond. */
    doc = solve(BROKER, "efficient", NULL);
    exact(doc, "/solution/coalitions/buyer,seller/first_best", "39");
    CHECK_NEAR((double)ent_json_at(ent_doc_root(doc),
                                   "/solution/coalitions/buyer,seller/frontier/vertices")
                   ->count,
               3, 0);
    ent_doc_free(doc);
}

/* Names and order of players do not matter. */
static void relabelling(void)
{
    ent_doc *doc = solve(RELABELLED, "neutral-procedural", NULL);
    exact(doc, "/solution/coalitions/seller,buyer/utilities/seller", "36");
    exact(doc, "/solution/coalitions/broker,seller,buyer/utilities/broker", "1");
    exact(doc, "/solution/coalitions/broker,seller,buyer/utilities/buyer/weak", "45");
    ent_doc_free(doc);
}

/* A random two-type, two-player game; player A's utilities are scale x + shift, with a shift of its
 * own for each type. */
static void random_game(ent_rng rng, double scale, const double shift[2], ent_text *out)
{
    ent_text_puts(
        out, HEAD
        "\"players\": [{\"name\": \"A\", \"types\": {\"a\": \"1/3\", \"b\": \"2/3\"}}, {\"name\": \"B\", \"types\": "
        "{\"c\": \"1/2\", \"d\": \"1/2\"}}], \"coalitions\": [{\"members\": [\"A\"], \"decisions\": {\"alone\": {\"A\": "
        "{\"on\": [\"A\"], \"u\": [");
    ent_text_printf(out, "%.17g, %.17g]}}}}, {\"members\": [\"A\", \"B\"], \"decisions\": {",
                    shift[0], shift[1]);
    for (int d = 0; d < 4; d++) {
        double u[4];
        for (int k = 0; k < 4; k++) u[k] = (double)ent_rng_below(&rng, 13) - 3.0;
        ent_text_printf(
            out,
            "%s\"d%d\": {\"A\": {\"on\": [\"A\"], \"u\": [%.17g, %.17g]}, \"B\": {\"on\": [\"B\"], \"u\": [%g, %g]}}",
            d ? ", " : "", d, scale * u[0] + shift[0], scale * u[1] + shift[1], u[2], u[3]);
    }
    ent_text_puts(out, "}}]}");
}

static void rescaling(void)
{
    const double none[2] = {0.0, 0.0}, shift[2] = {3.0, -8.0};
    const double scales[] = {0x1p-20, 4.0, 0x1p20};
    for (uint64_t seed = 0; seed < 12; seed++) {
        ent_text plain, other;
        ent_text_init(ctx, &plain);
        random_game(ent_rng_stream(7, seed, 0), 1.0, none, &plain);
        ent_doc *doc = solve(plain.data, "neutral-procedural", NULL);
        const double a = value(doc, "/solution/coalitions/A,B/utilities/A/a"),
                     b = value(doc, "/solution/coalitions/A,B/utilities/A/b");
        const double c = value(doc, "/solution/coalitions/A,B/utilities/B/c");
        ent_doc_free(doc);
        for (size_t k = 0; k < 3; k++) {
            ent_text_init(ctx, &other);
            random_game(ent_rng_stream(7, seed, 0), scales[k], shift, &other);
            doc = solve(other.data, "neutral-procedural", NULL);
            CHECK_NEAR((value(doc, "/solution/coalitions/A,B/utilities/A/a") - shift[0]) /
                           scales[k],
                       a, 1e-7);
            CHECK_NEAR((value(doc, "/solution/coalitions/A,B/utilities/A/b") - shift[1]) /
                           scales[k],
                       b, 1e-7);
            CHECK_NEAR(value(doc, "/solution/coalitions/A,B/utilities/B/c"), c, 1e-7);
            ent_doc_free(doc);
            ent_text_release(&other);
        }
        ent_text_release(&plain);
    }
}

/* Complete information and transferable utility: the Shapley value, here by its definition over
 * orders, n = 4 with a dummy. */
static void shapley(void)
{
    ent_rng rng = ent_rng_stream(3, 0, 0);
    double v[16] = {0};
    for (int s = 1; s < 8; s++) v[s] = (s & (s - 1)) ? 2.0 * (double)ent_rng_below(&rng, 9) : 0.0;
    v[7] = 24.0;
    /* Superadditive: with at most three active players it is enough that pairs are not worth more
     * than the whole. */
    ent_text model;
    ent_text_init(ctx, &model);
    ent_text_puts(
        &model, HEAD
        "\"players\": [{\"name\": \"0\"}, {\"name\": \"1\"}, {\"name\": \"2\"}, {\"name\": \"3\"}], \"coalitions\": [");
    for (int s = 3; s < 8; s++) {
        if (!(s & (s - 1))) continue;
        ent_text_printf(&model, "%s{\"members\": [", s > 3 ? ", " : "");
        bool first = true;
        for (int i = 0; i < 3; i++)
            if (s >> i & 1)
                ent_text_printf(&model, "%s\"%d\"", first ? "" : ", ", i), first = false;
        ent_text_puts(&model, "], \"decisions\": {");
        first = true;
        for (int i = 0; i < 3; i++)
            if (s >> i & 1)
                ent_text_printf(&model, "%s\"all to %d\": {\"%d\": %g}", first ? "" : ", ", i, i,
                                v[s]),
                    first = false;
        ent_text_puts(&model, "}}");
    }
    ent_text_puts(&model, "]}");
    for (int s = 8; s < 16; s++) v[s] = v[s - 8];
    double phi[4] = {0};
    static const int order[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int o = 0; o < 6; o++)
        for (int k = 0, s = 0; k < 3; s |= 1 << order[o][k], k++)
            phi[order[o][k]] += (v[s | 1 << order[o][k]] - v[s]) / 6.0;
    ent_doc *doc = solve(model.data, "neutral-procedural", NULL);
    ent_doc *rival = solve(model.data, "m-solution", NULL);
    char pointer[80];
    for (int i = 0; i < 4; i++) {
        snprintf(pointer, sizeof pointer, "/solution/coalitions/0,1,2,3/utilities/%d", i);
        CHECK_NEAR(value(doc, pointer), phi[i], 1e-12);
        snprintf(pointer, sizeof pointer, "/solution/utilities/%d", i);
        CHECK_NEAR(value(rival, pointer), phi[i], 1e-9);
    }
    ent_doc_free(rival);
    ent_doc_free(doc);
    ent_text_release(&model);
}

/* One value where [Sal] says so, proved; apart where there are several. */
static void enclosures(void)
{
    ent_doc *doc = solve(BROKER, "neutral-procedural", NULL);
    truth(doc, "/solution/coalitions/buyer,seller,broker/enclosure/unique", true);
    exact(doc, "/solution/coalitions/buyer,seller/enclosure/clusters/0/lowest/seller", "36");
    exact(doc, "/solution/coalitions/buyer,seller/enclosure/clusters/0/highest/seller", "36");
    ent_doc_free(doc);
    const char *several = HEAD
        "\"players\": [{\"name\": \"1\"}, {\"name\": \"2\"}, {\"name\": \"3\"}], \"coalitions\": [{\"members\": [\"1\", \"2\"], \"decisions\": "
        "{\"a\": {\"1\": 1, \"2\": 2}, \"b\": {\"1\": 9, \"2\": 8}, \"c\": {\"1\": 4, \"2\": 3}, \"d\": {\"1\": 6, \"2\": 2}}}, {\"members\": [\"1\", "
        "\"3\"], \"decisions\": {\"a\": {\"1\": 5, \"3\": 4}, \"b\": {\"1\": 3, \"3\": 10}, \"c\": {\"1\": 10, \"3\": 4}, \"d\": {\"1\": 12, \"3\": 1}}}, "
        "{\"members\": [\"2\", \"3\"], \"decisions\": {\"a\": {\"2\": 9, \"3\": 10}}}, {\"members\": [\"1\", \"2\", \"3\"], \"decisions\": {\"a\": "
        "{\"1\": 6, \"2\": 2, \"3\": 0}, \"b\": {\"1\": 5, \"2\": 9, \"3\": 7}}}]}";
    const char *const changes[] = {"check=0",
                                   "threads=1",
                                   "enclosure_boxes=15000",
                                   "enclosure_work=1e7",
                                   "enclosure_width=2e-4",
                                   "starts=30"};
    const ent_request request = {
        .source = "several", .text = several, .len = strlen(several), .changes = 6, .set = changes};
    char *reply = NULL;
    CHECK(ent_run(ctx, &request, &reply, NULL) == ENT_OK);
    CHECK(reply && ent_doc_read(ctx, "r", strlen(reply), reply, &doc) == ENT_OK);
    ent_free(reply);
    CHECK((double)ent_json_at(ent_doc_root(doc), "/solution/coalitions/1,2,3/enclosure/clusters")
              ->count >= 5);
    CHECK(value(doc, "/solution/coalitions/1,2,3/enclosure/width") < 0.3);
    CHECK_NEAR((double)ent_json_at(ent_doc_root(doc), "/solution/coalitions/1,2,3/others")->count,
               2, 0);
    ent_doc_free(doc);
}

/* Types that no utility tells apart get what the one type gets that they are; weights are split by
 * their probabilities. */
#define DULL \
    HEAD \
        "\"players\": [{\"name\": \"A\", \"types\": {\"x\": \"1/4\", \"y\": \"3/4\"}}, {\"name\": \"B\", \"types\": {\"h\": \"1/3\", " \
        "\"h2\": \"1/6\", \"l\": \"1/2\"}}], \"coalitions\": [{\"members\": [\"A\", \"B\"], \"decisions\": {\"sell at 0\": {\"B\": {\"on\": " \
        "[\"B\"], \"u\": [9, 9, 4]}}, \"sell at 9\": {\"A\": 9, \"B\": {\"on\": [\"B\"], \"u\": [0, 0, -5]}}}}]}"
#define PLAIN \
    HEAD \
        "\"players\": [{\"name\": \"A\"}, {\"name\": \"B\", \"types\": {\"h\": \"1/2\", \"l\": \"1/2\"}}], \"coalitions\": [{\"members\": " \
        "[\"A\", \"B\"], \"decisions\": {\"sell at 0\": {\"B\": {\"on\": [\"B\"], \"u\": [9, 4]}}, \"sell at 9\": {\"A\": 9, \"B\": {\"on\": " \
        "[\"B\"], \"u\": [0, -5]}}}}]}"

static void alike_types(void)
{
    ent_doc *dull = solve(DULL, "neutral-procedural", NULL),
            *plain = solve(PLAIN, "neutral-procedural", NULL);
    const double h = value(plain, "/solution/coalitions/A,B/utilities/B/h");
    CHECK_NEAR(value(dull, "/solution/coalitions/A,B/utilities/B/h"), h, 1e-12);
    CHECK_NEAR(value(dull, "/solution/coalitions/A,B/utilities/B/h2"), h, 1e-12);
    CHECK_NEAR(value(dull, "/solution/coalitions/A,B/utilities/A/y"),
               value(plain, "/solution/coalitions/A,B/utilities/A"), 1e-12);
    CHECK_NEAR(value(dull, "/solution/coalitions/A,B/weights/A/y"),
               3.0 * value(dull, "/solution/coalitions/A,B/weights/A/x"), 1e-12);
    CHECK_NEAR(value(dull, "/solution/coalitions/A,B/weights/B/h"),
               2.0 * value(dull, "/solution/coalitions/A,B/weights/B/h2"), 1e-12);
    ent_doc_free(plain);
    ent_doc_free(dull);
}

/* One thread or several, the same bytes. */
static void threads(void)
{
    const char *const one[] = {"check=0", "threads=1"}, *const many[] = {"check=0", "threads=4"};
    const ent_request serial = {
        .source = "t", .text = PROJECT, .len = strlen(PROJECT), .changes = 2, .set = one};
    const ent_request parallel = {
        .source = "t", .text = PROJECT, .len = strlen(PROJECT), .changes = 2, .set = many};
    char *x = NULL, *y = NULL;
    CHECK(ent_run(ctx, &serial, &x, NULL) == ENT_OK && ent_run(ctx, &parallel, &y, NULL) == ENT_OK);
    CHECK_TEXT(x, y);
    ent_free(x);
    ent_free(y);
}

static void no_memory(const char *model, const char *method)
{
    const char *const changes[] = {"check=0", "threads=1"};
    const ent_request request = {.source = "brutal",
                                 .text = model,
                                 .len = strlen(model),
                                 .method = method,
                                 .changes = 2,
                                 .set = changes};
    ent_free(brutal_run(ctx, &request, 200));
}

/* Weights that only outsiders have are none: dividing by their sum once ended the program. */
static void weights_of_outsiders(void)
{
    static const char model[] = HEAD
        "\"players\": [" BUYER
        ", {\"name\": \"seller\"}, {\"name\": \"broker\"}], \"coalition\": [\"buyer\", \"seller\"], "
        "\"weights\": {\"broker\": 1}, \"coalitions\": [" TRADE "]}";
    const ent_request request = {
        .source = "test", .text = model, .len = strlen(model), .method = "s-solution"};
    char *reply = NULL;
    CHECK(ent_run(ctx, &request, &reply, NULL) == ENT_E_ARG && reply == NULL &&
          strstr(ent_message(ctx), "positive weight of a member"));
    ent_doc *doc = solve(model, "efficient", NULL);
    exact(doc, "/solution/coalitions/buyer,seller/weights/buyer/strong", "1/10");
    ent_doc_free(doc);
}

int main(void)
{
    ctx = ent_ctx_new();
    weights_of_outsiders();
    paper_neutral();
    paper_strong();
    paper_others();
    relabelling();
    rescaling();
    shapley();
    enclosures();
    alike_types();
    threads();
    no_memory(SCREENING, "neutral-procedural");
    no_memory(DULL, "neutral-procedural");
    no_memory(SCREENING, "efficient");
    no_memory(SCREENING, "strong");
    no_memory(SCREENING, "random-dictator");
    no_memory(SCREENING, "m-solution");
    no_memory(SCREENING, "s-solution");
    ent_ctx_free(ctx);
    return check_end();
}
