/* Every number, text and boolean of every result is changed in turn, in the solution and in the
 * evidence, and the checker must refuse: [Sal] (3.1) to (3.3), (3.5) to (3.7), (4.4), (4.11),
 * (4.12), (5.1), Proposition 1, Proposition 2, Definitions 1 to 4, Figure 2.1, Figure 2.2 and
 * Figure 6.1 (the frontier). Some multipliers are not unique: those of a bound on safe mechanisms,
 * the prices of equal division where a coalition has no choice, one price beside the positive
 * weights that show a one-sided optimum to be efficient, the weight of a player on whom nothing
 * depends in the expansion of a degenerate limit. Where boxes of claims are cut, and the weights
 * that exclude them, have slack on purpose. Changed, they may prove the same; nothing else may.
 * Then the checker's memory fails. */
#include "brutal_run.h"
#include "check.h"
#include "sabotage.h"

#include "ref/ref_bayesian_games.h"

static ent_ctx *ctx;
static sabotage whole;

#define HEAD "{\"entente\": 1, \"family\": \"bayesian\", "
#define BUYER "{\"name\": \"buyer\", \"types\": {\"s\": \"1/5\", \"w\": \"4/5\"}}"
#define TRADE \
    "{\"members\": [\"buyer\", \"seller\"], \"decisions\": {\"trade at 0\": {\"buyer\": {\"on\": [\"buyer\"], \"u\": [30, 90]}}, " \
    "\"trade at 90\": {\"buyer\": {\"on\": [\"buyer\"], \"u\": [-60, 0]}, \"seller\": 90}}, \"prices\": {\"trade at 0\": 0, \"trade at 90\": 90}}"

static const char bilateral[] =
    HEAD "\"players\": [" BUYER ", {\"name\": \"seller\"}], \"coalitions\": [" TRADE "]}";
static const char broker[] = HEAD
    "\"players\": [" BUYER
    ", {\"name\": \"seller\"}, {\"name\": \"broker\"}], \"coalitions\": [" TRADE
    ", {\"members\": [\"buyer\", \"seller\", \"broker\"], \"decisions\": {\"to seller\": {\"seller\": {\"on\": [\"buyer\"], \"u\": "
    "[30, 90]}}, \"to broker\": {\"broker\": {\"on\": [\"buyer\"], \"u\": [30, 90]}}}}]}";
static const char screening[] = HEAD
    "\"players\": [{\"name\": \"S\"}, {\"name\": \"B\", \"types\": {\"l\": \"1/4\", \"m\": \"1/2\", \"h\": \"1/4\"}}], "
    "\"coalitions\": [{\"members\": [\"S\", \"B\"], \"decisions\": {\"sell at 0\": {\"B\": {\"on\": [\"B\"], \"u\": [10, 20, 40]}}, "
    "\"sell at 40\": {\"S\": 40, \"B\": {\"on\": [\"B\"], \"u\": [-30, -20, 0]}}}}]}";
static const char project[] = HEAD
    "\"players\": [{\"name\": \"1\"}, {\"name\": \"2\"}, {\"name\": \"3\", \"types\": {\"w\": \"9/10\", \"s\": \"1/10\"}}], "
    "\"coalitions\": [{\"members\": [\"1\", \"2\"], \"decisions\": {\"d12\": {\"1\": 5, \"2\": 5}}}, {\"members\": [\"1\", \"3\"], "
    "\"decisions\": {\"1 pays\": {\"3\": {\"on\": [\"3\"], \"u\": [10, 5]}}, \"3 pays\": {\"1\": 10, \"3\": {\"on\": [\"3\"], \"u\": "
    "[0, -5]}}}}]}";
/* A player who cannot gain: a degenerate limit. */
static const char limit[] = HEAD
    "\"players\": [{\"name\": \"A\", \"types\": {\"x\": \"1/3\", \"y\": \"2/3\"}}, {\"name\": \"B\"}, {\"name\": \"C\"}], \"coalitions\": ["
    "{\"members\": [\"A\", \"B\"], \"decisions\": {\"p\": {\"A\": {\"on\": [\"A\"], \"u\": [1, 3]}, \"B\": 5}, \"q\": {\"A\": 2, \"B\": 1}}}, "
    "{\"members\": [\"A\", \"B\", \"C\"], \"decisions\": {\"r\": {\"A\": {\"on\": [\"A\"], \"u\": [6, 2]}, \"B\": 3, \"C\": 0}}}]}";
/* Complete information, three values; irrational ones. */
static const char values[] = HEAD
    "\"players\": [{\"name\": \"1\"}, {\"name\": \"2\"}, {\"name\": \"3\"}], \"coalitions\": [{\"members\": [\"1\", \"2\"], \"decisions\": "
    "{\"a\": {\"1\": 1, \"2\": 2}, \"b\": {\"1\": 9, \"2\": 8}}}, {\"members\": [\"1\", \"3\"], \"decisions\": {\"c\": {\"1\": 3, \"3\": 10}, \"d\": {\"1\": 10, "
    "\"3\": 4}, \"e\": {\"1\": 12, \"3\": 1}}}, {\"members\": [\"2\", \"3\"], \"decisions\": {\"f\": {\"2\": 9, \"3\": 10}}}, {\"members\": [\"1\", "
    "\"2\", \"3\"], \"decisions\": {\"g\": {\"1\": 5, \"2\": 9, \"3\": 7}}}]}";
static const char scaled[] =
    HEAD "\"weights\": {\"buyer\": {\"s\": 1, \"w\": 4}, \"seller\": 5}, \"players\": [" BUYER
         ", {\"name\": \"seller\"}], \"coalitions\": [" TRADE "]}";
static const char one_sided[] =
    HEAD "\"weights\": {\"buyer\": {\"s\": 0, \"w\": 0}, \"seller\": 5}, \"players\": [" BUYER
         ", {\"name\": \"seller\"}], \"coalitions\": [" TRADE "]}";

static const char unweighted[] = HEAD
    "\"weights\": {\"1\": 0, \"2\": 1, \"3\": 0}, \"players\": [{\"name\": \"1\"}, {\"name\": \"2\"}, {\"name\": \"3\", \"types\": "
    "{\"w\": \"9/10\", \"s\": \"1/10\"}}], \"coalitions\": [{\"members\": [\"1\", \"3\"], \"decisions\": {\"1 pays\": {\"3\": {\"on\": "
    "[\"3\"], \"u\": [10, 5]}}}}]}";

/* Scales of an S-solution that are not fractions: claims are met up to an epsilon. */
static const char nearly[] = HEAD
    "\"players\": [{\"name\": \"A\", \"types\": {\"x\": \"1/5\", \"y\": \"4/5\"}}, {\"name\": \"B\", \"types\": {\"v\": \"3/7\", \"w\": \"4/7\"}}], "
    "\"coalitions\": [{\"members\": [\"A\"], \"decisions\": {\"a\": {\"A\": {\"on\": [\"A\"], \"u\": [4, -2]}}}}, {\"members\": [\"B\"], \"decisions\": "
    "{\"b\": {\"B\": {\"on\": [\"B\"], \"u\": [0, -2]}}, \"c\": {\"B\": 9}}}, {\"members\": [\"A\", \"B\"], \"decisions\": {\"d\": {\"A\": {\"on\": "
    "[\"A\"], \"u\": [0, 3]}, \"B\": {\"on\": [\"B\"], \"u\": [7, 5]}}, \"e\": {\"A\": {\"on\": [\"A\"], \"u\": [5, 0]}, \"B\": {\"on\": [\"B\"], \"u\": "
    "[9, 3]}}, \"f\": {\"A\": {\"on\": [\"A\"], \"u\": [5, 4]}, \"B\": {\"on\": [\"B\"], \"u\": [-4, -1]}}}}]}";

static const struct {
    const char *model, *method, *set;
} cases[] = {{bilateral, "neutral-procedural", NULL},
             {broker, "neutral-procedural", NULL},
             {screening, "neutral-procedural", NULL},
             {limit, "neutral-procedural", NULL},
             {values, "neutral-procedural", "starts=12"},
             {bilateral, "neutral-procedural", "exact_work=0"},
             {screening, "neutral-procedural", "exact_work=0"},
             {scaled, "efficient", NULL},
             {one_sided, "efficient", NULL},
             {unweighted, "efficient", NULL},
             {screening, "efficient", NULL},
             {bilateral, "strong", NULL},
             {project, "strong", NULL},
             {screening, "strong", NULL},
             {bilateral, "random-dictator", NULL},
             {project, "random-dictator", NULL},
             {project, "random-dictator", "equality=0"},
             {bilateral, "m-solution", NULL},
             {screening, "m-solution", NULL},
             {limit, "m-solution", NULL},
             {scaled, "s-solution", NULL},
             {broker, "s-solution", NULL},
             {nearly, "s-solution", NULL},
             {bilateral, "compare", NULL}};

/* May evidence at this place prove the same when it is changed? */
static bool is_free(const char *path)
{
    static const char *const places[] = {"/safe_multipliers/others/",
                                         "/expansion/0/weights/",
                                         "/expansion/1/weights/",
                                         "/equal/",
                                         "/buyer,seller/efficiency/multipliers/buyer/s|w",
                                         "/enclosure/tree/",
                                         "/enclosure/clusters/"};
    for (size_t k = 0; k < sizeof places / sizeof *places; k++)
        if (strstr(path, places[k]) && strncmp(path, "/certificate/", 13) == 0) return true;
    return false;
}

static void change_all(const char *model, const char *method, const char *set)
{
    const char *const sets[] = {"enclosure_boxes=30", set};
    const ent_request request = {.source = method,
                                 .text = model,
                                 .len = strlen(model),
                                 .method = method,
                                 .changes = set ? 2 : 1,
                                 .set = sets};
    char *json = sabotage_solve(ctx, &request);
    if (!json) return;
    brutal_verify(ctx, json, 40);
    whole.name = method;
    sabotage_all(&whole, json);
    ent_free(json);
}

int main(void)
{
    ctx = ent_ctx_new();
    whole = (sabotage){.ctx = ctx, .is_free = is_free};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        change_all(cases[k].model, cases[k].method, cases[k].set);
    /* Expansions of two orders, with multipliers that fall. */
    ent_text model;
    ent_text_init(ctx, &model);
    ref_bayesian_game(5097, REF_BAYESIAN_MIXED, &model);
    change_all(model.data, "neutral-procedural", NULL);
    ent_text_release(&model);
    printf("%d changes, %d of them to evidence that proves the same\n", whole.changed, whole.free);
    CHECK(whole.changed > 6000 && whole.free < whole.changed / 10);
    ent_ctx_free(ctx);
    return check_end();
}
