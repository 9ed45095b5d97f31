/* The reader of the outside family: what is accepted, and every refusal with its place and
 * words. */
#include "brutal.h"
#include "check.h"

#include "base/memory.h"
#include "model/outside_model.h"

static ent_ctx *ctx;

#define GAME(fee, cost, discount, rest) \
    "{\"entente\": 1, \"family\": \"outside\", \"fee\": " fee ", \"search_cost\": " cost \
    ", \"discount\": " discount rest "}"
#define OFFERS(offers) GAME("1.5", "0", "1", ", \"offers\": " offers)

static const struct {
    const char *model, *message;
    ent_status status;
} refused[] = {
    {GAME("0.9", "0", "1", ""), "/fee: wanted a number from 1 to 2, found 0.9", ENT_E_MODEL},
    {GAME("\"21/10\"", "0", "1", ""), "/fee: wanted a number from 1 to 2, found 21/10",
     ENT_E_MODEL},
    {GAME("1.5", "-1e-9", "1", ""), "/search_cost: ", ENT_E_MODEL},
    {GAME("1.5", "0", "1.01", ""), "/discount: wanted a number from 0 to 1, found 1.01",
     ENT_E_MODEL},
    {GAME("1.5", "0", "1", ", \"periods\": 0"), "/periods: ", ENT_E_MODEL},
    {GAME("1.5", "0", "1", ", \"periods\": 65"), "/periods: ", ENT_E_MODEL},
    {GAME("1.5", "0", "1", ", \"periods\": 1.5"), "/periods: ", ENT_E_MODEL},
    {GAME("1.5", "0", "1", ""), "\"offers\"", ENT_E_MODEL},
    {GAME("1.5", "0", "1", ", \"ofers\": 1"), "/ofers: ", ENT_E_MODEL},
    {GAME("1.5", "0", "1", ", \"name\": 1"), "/name: wanted a text, found 1", ENT_E_MODEL},
    {GAME("true", "0", "1", ""), "/fee: ", ENT_E_MODEL},
    {OFFERS("1"), "/offers: wanted an object, found 1", ENT_E_MODEL},
    {OFFERS("{}"), "\"distribution\"", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"gamma\"}"), "/offers/distribution: wanted a distribution",
     ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"uniform\", \"low\": 0.5, \"high\": 0.5}"),
     "/offers: wanted low < high", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"uniform\", \"low\": -0.1}"), "/offers/low: ", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"uniform\", \"high\": 1.1}"), "/offers/high: ", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"uniform\", \"a\": 1}"), "/offers/a: ", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"beta\", \"a\": 0, \"b\": 1}"), "/offers/a: ", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"beta\", \"a\": 1}"), "\"b\"", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"beta\", \"a\": 1e6, \"b\": 1}"),
     "/offers: wanted shapes a and b between", ENT_E_LIMIT},
    {OFFERS("{\"distribution\": \"normal\", \"mean\": 0.5, \"sd\": 0}"),
     "/offers/sd: ", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"normal\", \"mean\": 50, \"sd\": 1}"),
     "/offers: wanted a normal distribution with a mass of at least", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"empirical\", \"values\": []}"),
     "/offers/values: wanted 1 to 1000000 values, found 0", ENT_E_LIMIT},
    {OFFERS("{\"distribution\": \"empirical\", \"values\": [0.5, 1.5]}"),
     "/offers/values/1: wanted a number in [0,1], found 1.5", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"empirical\", \"values\": [0.5], \"probabilities\": [1]}"),
     "/offers/probabilities: ", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"discrete\", \"values\": [0.5, 0.6], \"probabilities\": [1]}"),
     "/offers/probabilities: wanted 2 probabilities, one a value, found 1", ENT_E_MODEL},
    {OFFERS(
         "{\"distribution\": \"discrete\", \"values\": [0.5, 0.6], \"probabilities\": [\"1/3\", \"1/3\"]}"),
     "/offers/probabilities: wanted probabilities that sum to 1", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"discrete\", \"values\": [0.5], \"probabilities\": [-1]}"),
     "/offers/probabilities/0: ", ENT_E_MODEL},
    {OFFERS("{\"distribution\": \"mixture\", \"weights\": [1], \"components\": []}"),
     "/offers/components: wanted 1 to 64 components and as many weights", ENT_E_MODEL},
    {OFFERS(
         "{\"distribution\": \"mixture\", \"weights\": [0.5, 0.4], \"components\": [{\"distribution\": \"uniform\"}, {\"distribution\": \"uniform\"}]}"),
     "/offers/weights: wanted weights that sum to 1", ENT_E_MODEL},
    {OFFERS(
         "{\"distribution\": \"mixture\", \"weights\": [1], \"components\": [{\"distribution\": \"mixture\"}]}"),
     "/offers/components/0/distribution: wanted a distribution", ENT_E_MODEL}};

static ent_status read(const char *text, ent_outside **model)
{
    ent_doc *doc = NULL;
    ent_status st = ent_doc_read(ctx, "m", strlen(text), text, &doc);
    if (st == ENT_OK) st = ent_outside_read(ctx, doc, ent_doc_root(doc), model);
    ent_doc_free(doc);
    return st;
}

static void test_refused(void)
{
    for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
        ent_outside *model = NULL;
        const ent_status st = read(refused[k].model, &model);
        const bool good = st == refused[k].status && strncmp(ent_message(ctx), "m:1:", 4) == 0 &&
                          strstr(ent_message(ctx), refused[k].message);
        if (!good) printf("%s\n%s: %s\n", refused[k].model, ent_status_text(st), ent_message(ctx));
        CHECK(good);
        CHECK(model == NULL);
    }
}

/* Values are sorted and merged, masses of 0 dropped, weights multiplied in; periods are 2 when
 * absent. */
static void test_mixture(void)
{
    ent_outside *m = NULL;
    ent_rat want = ENT_RAT_ZERO;
    CHECK(
        read(
            OFFERS(
                "{\"distribution\": \"mixture\", \"weights\": [\"1/4\", \"3/4\"], \"components\": [{\"distribution\": \"empirical\", \"values\": [1, 0.5, \"1/2\"]}, "
                "{\"distribution\": \"uniform\", \"high\": 0.8}]}"),
            &m) == ENT_OK);
    if (!m) return;
    CHECK(m->periods == 2 && m->offers.parts == 1 && m->offers.atoms == 2);
    ent_rat_set_ratio(&want, 1, 6);
    CHECK(ent_rat_equal(&m->offers.mass_exact[0], &want));
    CHECK_NEAR(m->offers.part[0].weight, 0.75, 0.0);
    CHECK(!m->offers.part[0].is_unit_uniform);
    /* F: 3/4 of the uniform part and the atoms up to the place. */
    CHECK_NEAR(ent_offers_cdf(&m->offers, 0.4), 0.375, 1e-15);
    CHECK_NEAR(ent_offers_cdf(&m->offers, 0.5), 0.75 * 0.625 + 1.0 / 6.0, 1e-15);
    CHECK_NEAR(ent_offers_cdf_smooth(&m->offers, 0.9), 0.75, 1e-15);
    CHECK_NEAR(ent_offers_cdf(&m->offers, 1.0), 1.0, 1e-15);
    ent_outside_free(m);
}

/* Every allocation fails in turn: no memory, and then it works. */
static void test_brutal(void)
{
    const char *text = OFFERS(
        "{\"distribution\": \"mixture\", \"weights\": [0.5, 0.5], \"components\": [{\"distribution\": \"empirical\", \"values\": [1, 0.5]}, {\"distribution\": "
        "\"beta\", \"a\": 2, \"b\": 3}]}");
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_outside *m = NULL;
        brutal_on(&b);
        brutal_off(&b, read(text, &m));
        CHECK((b.st == ENT_OK) == (m != NULL));
        ent_outside_free(m);
    }
    brutal_end(&b, 3);
}

int main(void)
{
    ctx = ent_ctx_new();
    test_refused();
    test_mixture();
    test_brutal();
    ent_ctx_free(ctx);
    return check_end();
}
