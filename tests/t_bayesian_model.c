/* [Sal] Section 3.1. The reader of bayesian models: closure, means over outsiders' types, joint
 * priors, refusals, and every allocation failing. */
#include "brutal.h"
#include "check.h"

#include "model/bayesian_model.h"

static ent_ctx *ctx;

#define HEAD "{\"entente\": 1, \"family\": \"bayesian\", "
#define BROKER \
    HEAD \
        "\"players\": [{\"name\": \"buyer\", \"types\": {\"strong\": \"1/5\", \"weak\": \"4/5\"}}, {\"name\": \"seller\"}, " \
        "{\"name\": \"broker\"}], \"coalitions\": [{\"members\": [\"buyer\", \"seller\"], \"decisions\": {" \
        "\"trade at 0\": {\"buyer\": {\"on\": [\"buyer\"], \"u\": [30, 90]}, \"seller\": 0}," \
        "\"trade at 90\": {\"buyer\": {\"on\": [\"buyer\"], \"u\": [-60, 0]}, \"seller\": 90}}, \"prices\": " \
        "{\"trade at 90\": 90}}, {\"members\": [\"broker\", \"buyer\", \"seller\"], \"decisions\": {\"verified\": " \
        "{\"seller\": {\"on\": [\"buyer\"], \"u\": [30, 90]}}}}]}"

static ent_status read(const char *text, ent_bayesian **model)
{
    ent_doc *doc = NULL;
    ent_status st = ent_doc_read(ctx, "m", strlen(text), text, &doc);
    if (st == ENT_OK) st = ent_bayesian_read(ctx, doc, ent_doc_root(doc), model);
    ent_doc_free(doc);
    return st;
}

static int decision(const ent_bayes_coal *s, const char *name)
{
    for (int d = 0; d < s->decisions; d++)
        if (strcmp(s->decision[d], name) == 0) return d;
    return -1;
}

static double utility(const ent_bayes_coal *s, int k, const char *name, int t)
{
    const int d = decision(s, name);
    CHECK(d >= 0);
    return d < 0 ? (double)NAN : s->utility.value[ent_bayes_utility(s, k, d, t)];
}

static void closure(void)
{
    ent_bayesian *m = NULL;
    CHECK(read(BROKER, &m) == ENT_OK);
    if (!m) return;
    const ent_bayes_coal *all = m->coalition[7], *pair = m->coalition[3];
    CHECK(pair->decisions == 3 && pair->own == 2 && pair->profiles == 2 && pair->interims == 3);
    /* verified; the trades with the broker out; everybody out. */
    CHECK(all->decisions == 4 && all->own == 1);
    CHECK_NEAR(utility(all, 0, "trade at 90|out_broker", 0), -60, 0);
    CHECK_NEAR(utility(all, 1, "trade at 90|out_broker", 1), 90, 0);
    CHECK_NEAR(utility(all, 0, "out_buyer|out_seller|out_broker", 1), 0, 0);
    CHECK_NEAR(utility(all, 1, "verified", 1), 90, 0);
    CHECK_NEAR(utility(all, 2, "verified", 1), 0, 0);
    CHECK(all->priced[decision(all, "trade at 90|out_broker")] &&
          !all->priced[decision(all, "verified")]);
    CHECK(all->parts[decision(all, "verified")] == 1 &&
          all->parts[decision(all, "trade at 0|out_broker")] == 2);
    CHECK_NEAR(all->prior.value[0], 0.2, 1e-16);
    CHECK(m->coalition[2]->decisions == 1 && decision(m->coalition[2], "out_seller") == 0);
    ent_bayesian_free(m);
}

/* B's utility depends on A's type: alone B reckons with the mean. */
static void means(void)
{
    ent_bayesian *m = NULL;
    const char *text = HEAD
        "\"players\": [{\"name\": \"A\", \"types\": {\"a\": \"1/4\", \"b\": \"rest\"}}, {\"name\": \"B\"}], \"coalitions\": "
        "[{\"members\": [\"B\"], \"decisions\": {\"x\": {\"B\": {\"on\": [\"A\"], \"u\": [4, 8]}}}}]}";
    CHECK(read(text, &m) == ENT_OK);
    if (!m) return;
    CHECK_NEAR(utility(m->coalition[2], 0, "x", 0), 7, 0);
    CHECK_NEAR(utility(m->coalition[3], 1, "out_A|x", 0), 4, 0);
    CHECK_NEAR(utility(m->coalition[3], 1, "out_A|x", 1), 8, 0);
    ent_bayesian_free(m);
}

#define CORRELATED(prior) \
    HEAD \
        "\"players\": [{\"name\": \"A\", \"types\": [\"a\", \"b\"]}, {\"name\": \"B\", \"types\": [\"c\", \"d\"]}], \"prior\": " prior \
        ", \"coalitions\": [{\"members\": [\"A\", \"B\"], \"decisions\": {\"x\": {\"A\": {\"on\": [\"A\", \"B\"], \"u\": [[1, 2], [3, 5]]}," \
        "\"B\": {\"on\": [\"B\"], \"u\": [7, 11]}}}}]}"

/* Interim utilities of the equivalent game are conditional expectations under the joint prior. */
static void correlated(void)
{
    ent_bayesian *m = NULL;
    CHECK(read(CORRELATED("[[\"2/5\", \"1/10\"], [\"1/10\", \"2/5\"]]"), &m) == ENT_OK);
    if (!m) return;
    const ent_bayes_coal *s = m->coalition[3];
    CHECK(m->correlated);
    CHECK_NEAR(m->prior[0].value[0], 0.5, 0);
    /* A of type a: 4/5 * 1 + 1/5 * 2; of type b: 1/5 * 3 + 4/5 * 5. */
    CHECK_NEAR(0.5 * (utility(s, 0, "x", 0) + utility(s, 0, "x", 1)), 1.2, 1e-15);
    CHECK_NEAR(0.5 * (utility(s, 0, "x", 2) + utility(s, 0, "x", 3)), 4.6, 1e-15);
    /* B's utility depends on its own type alone: its interim utility is that number. */
    CHECK_NEAR(0.5 * (utility(s, 1, "x", 0) + utility(s, 1, "x", 2)), 7, 1e-14);
    ent_bayesian_free(m);
    CHECK(read(CORRELATED(
                   "{\"on\": [\"B\", \"A\"], \"p\": [[\"2/5\", \"1/10\"], [\"1/10\", \"2/5\"]]}"),
               &m) == ENT_OK);
    CHECK_NEAR(0.5 * (utility(m->coalition[3], 0, "x", 0) + utility(m->coalition[3], 0, "x", 1)),
               1.2, 1e-15);
    ent_bayesian_free(m);
}

static void refused(const char *text, ent_status want, const char *part)
{
    ent_bayesian *m = NULL;
    const ent_status st = read(text, &m);
    const char *message = ent_message(ctx);
    if (st != want || !strstr(message, part))
        printf("%s\n  status %d, message: %s\n", text, (int)st, message);
    CHECK(st == want && m == NULL && strstr(message, part));
    if (st == ENT_OK) ent_bayesian_free(m);
}

#define A "{\"name\": \"A\"}"
#define TYPED(types) \
    HEAD "\"players\": [{\"name\": \"A\", \"types\": " types \
         "}, {\"name\": \"B\"}], \"coalitions\": []}"
#define DECIDES(decisions) \
    HEAD \
        "\"players\": [{\"name\": \"A\", \"types\": {\"a\": \"1/2\", \"b\": \"1/2\"}}, {\"name\": \"B\"}, {\"name\": \"C\"}], " \
        "\"coalitions\": [{\"members\": [\"A\", \"B\"], \"decisions\": " decisions "}]}"

/* Decisions of different coalitions may have one name: where a product would then be ambiguous, it
 * says whose its parts are. */
static void names_told_apart(void)
{
    static const char text[] = HEAD
        "\"players\": [{\"name\": \"A\"}, {\"name\": \"B\"}, {\"name\": \"C\"}], \"coalitions\": ["
        "{\"members\": [\"B\"], \"decisions\": {\"x\": {}}}, {\"members\": [\"C\"], \"decisions\": {\"x\": {}}}, "
        "{\"members\": [\"A\", \"B\"], \"decisions\": {\"to A\": {\"A\": 3}}}, "
        "{\"members\": [\"C\", \"A\"], \"decisions\": {\"to A\": {\"A\": 2}}}]}";
    ent_bayesian *m = NULL;
    CHECK(read(text, &m) == ENT_OK);
    if (!m) return;
    int found = 0;
    const ent_bayes_coal *all = m->coalition[7];
    CHECK(all->decisions == 3);
    for (int d = 0; d < all->decisions; d++) {
        const char *name = all->decision[d];
        if (strcmp(name, "out_A|x|x") == 0) found |= 1;
        if (strcmp(name, "to A (A,B)|x (C)") == 0)
            found |= 2, CHECK(all->utility.value[ent_bayes_utility(all, 0, d, 0)] == 3.0);
        if (strcmp(name, "to A (A,C)|x (B)") == 0)
            found |= 4, CHECK(all->utility.value[ent_bayes_utility(all, 0, d, 0)] == 2.0);
    }
    CHECK(found == 7);
    CHECK_TEXT(m->coalition[3]->decision[0], "to A");
    ent_bayesian_free(m);
}

static void refusals(void)
{
    refused(HEAD "\"coalitions\": []}", ENT_E_MODEL, "players");
    refused(HEAD "\"players\": [" A "]}", ENT_E_MODEL, "coalitions");
    refused(TYPED("{\"a\": \"1/5\", \"b\": \"3/5\"}"), ENT_E_MODEL, "sum to 1, found the sum 4/5");
    refused(TYPED("{\"a\": 0.333, \"b\": 0.333, \"c\": 0.333}"), ENT_E_MODEL,
            "found the sum 999/1000");
    refused(TYPED("{\"a\": 0, \"b\": 1}"), ENT_E_MODEL, "positive probability");
    refused(TYPED("{\"a\": -1, \"b\": 2}"), ENT_E_MODEL, "positive probability");
    refused(TYPED("{}"), ENT_E_MODEL, "1 to 64 types, found 0");
    refused(TYPED("[\"a\", \"b\"]"), ENT_E_MODEL, "no joint \"prior\"");
    refused(TYPED("3"), ENT_E_MODEL, "wanted an object of types");
    refused(TYPED("{\"a,b\": 1}"), ENT_E_MODEL, "name of a type");
    refused(TYPED("{\"a\": 1, \"b\": \"rest\"}"), ENT_E_MODEL, "leave something for \"rest\"");
    refused(DECIDES("{}"), ENT_E_MODEL, "at least one decision");
    refused(DECIDES("{\"x\": {\"C\": 1}}"), ENT_E_MODEL, "outside");
    refused(DECIDES("{\"x\": {\"D\": 1}}"), ENT_E_MODEL, "D");
    refused(DECIDES("{\"x\": {\"A\": {\"on\": [\"A\"], \"u\": [1]}}}"), ENT_E_MODEL,
            "wanted 2 entries, one a type of \"A\", found 1");
    refused(DECIDES("{\"x\": {\"A\": {\"on\": [\"A\", \"A\"], \"u\": [1, 2]}}}"), ENT_E_MODEL,
            "twice");
    refused(DECIDES("{\"x\": {\"A\": {\"on\": [\"A\"], \"v\": [1, 2]}}}"), ENT_E_MODEL, "v");
    refused(DECIDES("{\"x\": {\"A\": \"much\"}}"), ENT_E_MODEL, "much");
    refused(DECIDES("{\"x\": {\"A\": [1, 2]}}"), ENT_E_MODEL,
            "/coalitions/0/decisions/x/A: wanted a number, or {\"on\": [players], \"u\": [...]}");
    refused(DECIDES("{\"out_A|out_B\": {\"A\": 1}, \"out_A (A)|out_B (B)\": {\"A\": 2}}"),
            ENT_E_MODEL, "twice");
    refused(HEAD "\"players\": [" A ", " A "], \"coalitions\": []}", ENT_E_MODEL, "A");
    refused(HEAD "\"players\": [" A "], \"coalitions\": [], \"colour\": 1}", ENT_E_MODEL, "colour");
    refused(HEAD "\"players\": [" A "], \"coalitions\": [], \"coalition\": [\"B\"]}", ENT_E_MODEL,
            "B");
    refused(HEAD "\"players\": [" A "], \"coalitions\": [], \"weights\": {\"A\": 0}}", ENT_E_MODEL,
            "at least one positive weight");
    refused(HEAD "\"players\": [" A "], \"coalitions\": [], \"weights\": {\"A\": -1}}", ENT_E_MODEL,
            "at least 0");
    refused(
        HEAD
        "\"players\": [" A
        "], \"coalitions\": [{\"members\": [\"A\"], \"decisions\": {\"x\": {}}}, {\"members\": [\"A\"], "
        "\"decisions\": {\"y\": {}}}]}",
        ENT_E_MODEL, "every coalition once");
    refused(
        HEAD
        "\"players\": [{\"name\": \"1\"}, {\"name\": \"2\"}, {\"name\": \"3\"}, {\"name\": \"4\"}, {\"name\": \"5\"}, {\"name\": "
        "\"6\"}, {\"name\": \"7\"}, {\"name\": \"8\"}, {\"name\": \"9\"}, {\"name\": \"10\"}, {\"name\": \"11\"}, {\"name\": \"12\"}, "
        "{\"name\": \"13\"}], \"coalitions\": []}",
        ENT_E_LIMIT, "2^n");
    refused(CORRELATED("[[\"2/5\", \"1/10\"], [\"1/10\", \"1/5\"]]"), ENT_E_MODEL,
            "sums to 1, found the sum 4/5");
    refused(CORRELATED("[[\"1/2\", \"1/2\"], [0, 0]]"), ENT_E_MODEL,
            "positive probability of every type");
    refused(CORRELATED("[[\"3/2\", \"-1/2\"], [0, 0]]"), ENT_E_MODEL, "at least 0");
    refused(CORRELATED("[[1]]"), ENT_E_MODEL, "wanted 2 entries");
}

/* Without closure the game must be superadditive as it stands; a product under any name will do. */
static void superadditivity(void)
{
#define PLAIN(decisions) \
    HEAD "\"closure\": false, \"players\": [" A \
         ", {\"name\": \"B\"}], \"coalitions\": [{\"members\": [\"A\"], \"decisions\": {\"a\": " \
         "{\"A\": 1}}}, {\"members\": [\"A\", \"B\"], \"decisions\": " decisions "}]}"
    ent_bayesian *m = NULL;
    refused(PLAIN("{\"x\": {\"A\": 2, \"B\": 2}}"), ENT_E_MODEL, "superadditive");
    CHECK(read(PLAIN("{\"x\": {\"A\": 2, \"B\": 2}, \"apart\": {\"A\": 1}}"), &m) == ENT_OK);
    if (m) CHECK(m->coalition[3]->decisions == 2);
    ent_bayesian_free(m);
}

static void no_memory(const char *text)
{
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_bayesian *m = NULL;
        brutal_on(&b);
        brutal_off(&b, read(text, &m));
        CHECK((b.st == ENT_OK) == (m != NULL));
        ent_bayesian_free(m);
    }
    brutal_end(&b, 20);
}

int main(void)
{
    ctx = ent_ctx_new();
    closure();
    means();
    correlated();
    names_told_apart();
    refusals();
    superadditivity();
    no_memory(BROKER);
    no_memory(CORRELATED("[[\"2/5\", \"1/10\"], [\"1/10\", \"2/5\"]]"));
    ent_ctx_free(ctx);
    return check_end();
}
