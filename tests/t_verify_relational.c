/* links: verify. The checker of the relational family on stored results: accepted as they are,
 * refused where they lie, and no result documents told from wrong ones. */
#include "base/ctx.h"
#include "entente/run.h"
#include "verify/interval.h"
#include "verify/stairs.h"

#include "brutal_run.h"
#include "check.h"

#include <stdlib.h>

static const char *const files[] = {"dilemma",   "outsider",  "none",
                                    "separable", "nations",   "nations_benchmark",
                                    "benchmark", "accession", "simulate"};

static char *load(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/tests/results/relational_%s.json", ENT_SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 16);
    if (!file || !text || fread(text, 1, (1 << 16) - 1, file) == 0) {
        printf("cannot read %s\n", path);
        exit(1);
    }
    fclose(file);
    return text;
}

/* The text with the first `find` after `after` replaced. */
static char *replaced(const char *text, const char *after, const char *find, const char *by)
{
    const char *from = strstr(text, after), *at = from ? strstr(from, find) : NULL;
    CHECK(at != NULL);
    if (!at) return NULL;
    char *made = calloc(1, strlen(text) + strlen(by) + 1);
    memcpy(made, text, (size_t)(at - text));
    strcat(made, by);
    strcat(made, at + strlen(find));
    return made;
}

static void accepts(ent_ctx *ctx)
{
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        char *text = load(files[k]), *report = NULL;
        int refused = -1;
        CHECK(ent_verify_text(ctx, files[k], text, strlen(text), &refused, &report) == ENT_OK);
        CHECK(refused == 0);
        if (refused) printf("%s: %s\n%s", files[k], ent_message(ctx), report ? report : "");
        CHECK(report && strstr(report, ", 0 approximate, 0 refused") != NULL);
        ent_free(report);
        free(text);
    }
}

typedef struct lie {
    const char *file, *after, *find, *by, *says;
} lie;

static const lie lies[] = {
    {"dilemma", "\"on_path\"", "\"Row\": \"work\"", "\"Row\": \"shirk\"",
     "/solution/on_path: this play is worth"},
    {"dilemma", "\"on_path\"", "\"Row\": \"work\"", "\"Row\": \"sleep\"",
     "/solution/on_path/Row: \"Row\" has no action \"sleep\""},
    {"dilemma", "\"on_path\"", "\"Row\": \"work\", ", "",
     "/solution/on_path: the member \"Row\" is missing"},
    {"dilemma", "\"on_path\"", "\"Row\": \"work\"", "\"Row\": \"work\", \"Third\": \"work\"",
     "/solution/on_path/Third: the model has no such player"},
    {"dilemma", "\"punishment\"", "\"Column\": \"shirk\"", "\"Column\": \"work\"",
     "/solution/players/Row/punishment: this play is worth"},
    {"dilemma", "\"span\"", "\"exact\": \"2\"", "\"exact\": \"3\"",
     "/solution/span/value: wanted the double nearest to 3, found 2"},
    {"dilemma", "\"span\"", "{\"value\": 2, \"exact\": \"2\"}", "{\"value\": 3, \"exact\": \"3\"}",
     "/solution/span: recomputed 2"},
    {"dilemma", "\"span\"", "{\"value\": 2, \"exact\": \"2\"}", "2.000000001",
     "/solution/span: recomputed 2"},
    {"dilemma", "\"span\"", "\"exact\": \"2\"", "\"exact\": \"two\"",
     "/solution/span/exact: wanted a number, found \"two\""},
    {"dilemma", "\"discount\": \"3/5\"", "3/5", "2/5", "/certificate/model_sha256: recomputed"},
    {"dilemma", "\"insider\"", "true", "false", "/solution/players/Row/insider: recomputed true"},
    {"dilemma", "\"words\"", "\"exact\": ", "\"exact\": 1", "/certificate/words/exact: recomputed"},
    {"outsider", "\"outcome\"", "\"solved\"", "\"none\"",
     "/solution: there is an equilibrium, with span"},
    {"outsider", "\"payment\"", "\"exact\": \"", "\"exact\": \"1",
     "/payment/value: wanted the double nearest to 1"},
    {"none", "\"outcome\"", "\"none\"", "\"solved\"", "/solution: there is no equilibrium"},
    {"none", "\"reason\"", "\"negative\"", "\"empty\"",
     "/certificate/reason: recomputed \"negative\""},
    {"none", "\"solution\"", "{}", "{\"span\": 1}", "/solution: there is no equilibrium"},
    {"separable", "\"tie_spread\"", "{\"value\": 6, \"exact\": \"6\"}",
     "{\"value\": 5, \"exact\": \"5\"}", "/solution/tie_spread: recomputed 6"},
    {"nations", "\"outcome\"", "\"solved\"", "\"none\"",
     "/solution: a public good always has an equilibrium"},
    {"nations", "\"binding\"", "true", "false", "/solution/binding: recomputed true"},
    {"nations", "\"enclosure\"", "\"span\": [\"", "\"span\": [\"9",
     "/certificate/enclosure/span: the lower bound lies above the upper one"},
    {"nations", "\"multipliers\"", "\"on_path\": [\"", "\"on_path\": [\"-",
     "/certificate/enclosure/multipliers/on_path: a multiplier is not negative"},
    {"nations", "\"multipliers\"", "\"on_path\": [\"", "\"on_path\": [\"0\", \"",
     "/certificate/enclosure/multipliers/on_path: wanted two bounds, found 3"},
    {"accession", "\"joins\"", "\"C\"", "\"B\"", "/solution/steps/0/joins: recomputed \"C\""},
    {"accession", "\"internally_stable\"", "true", "false", "/internally_stable: recomputed true"},
    {"simulate", "\"transfers\"", "0", "0.125", "/solution/plan/0: residual"},
    {"simulate", "\"next\"", "good standing", "punish A", "/next: recomputed \"good standing\""},
    {"simulate", "\"checked\"", ": ", ": 1", "/solution/deviations/checked: recomputed"},
};

static void refuses(ent_ctx *ctx)
{
    for (size_t k = 0; k < sizeof lies / sizeof *lies; k++) {
        const lie *l = &lies[k];
        char *text = load(l->file), *lying = replaced(text, l->after, l->find, l->by),
             *report = NULL;
        int refused = 0;
        if (lying) {
            CHECK(ent_verify_text(ctx, "lie", lying, strlen(lying), &refused, &report) == ENT_OK);
            const int caught = refused > 0 && report && strstr(report, l->says);
            CHECK(caught);
            if (!caught)
                printf("%s, wanted \"%s\", got:\n%s", l->file, l->says,
                       report ? report : ent_message(ctx));
        }
        ent_free(report);
        free(lying);
        free(text);
    }
}

/* Documents that are no results. */
static void tells_results(ent_ctx *ctx)
{
    static const struct {
        const char *after, *find, *by, *says;
        ent_status status;
    } wrong[] = {
        {"\"method\"", "\"contractual\"", "\"contractural\"",
         "/method: no checker knows the method \"contractural\"", ENT_E_UNKNOWN},
        {"\"family\"", "\"relational\"", "\"relative\"", "no checker knows the family",
         ENT_E_UNKNOWN},
        {"\"outcome\"", "\"solved\"", "\"maybe\"",
         "/outcome: wanted \"solved\" or \"none\", found \"maybe\"", ENT_E_MODEL},
        {"\"solution\"", "\"solution\"", "\"solutions\"", "/solutions", ENT_E_MODEL},
        {"\"settings\"", "\"tolerance\"", "\"tolerances\"", "/settings", ENT_E_MODEL},
        {"\"coalition\"", "\"Column\"", "\"Colum\"",
         "/model/coalition/1: wanted the name of a player", ENT_E_MODEL},
        {"\"version\"", "\"version\"", "\"revision\"", "/revision", ENT_E_MODEL},
        {"\"entente\"", "1", "2", "/entente", ENT_E_MODEL},
    };
    char *text = load("dilemma");
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        int refused = -1;
        char *changed = replaced(text, wrong[k].after, wrong[k].find, wrong[k].by), *report = NULL;
        if (!changed) continue;
        CHECK(ent_verify_text(ctx, "r", changed, strlen(changed), &refused, &report) ==
              wrong[k].status);
        CHECK(strstr(ent_message(ctx), wrong[k].says) != NULL);
        if (!strstr(ent_message(ctx), wrong[k].says)) printf("got %s\n", ent_message(ctx));
        CHECK(refused == -1 && report == NULL);
        free(changed);
    }
    free(text);
}

/* Every allocation made to fail in turn. */
static void no_memory(ent_ctx *ctx)
{
    static const char *const few[] = {"dilemma",   "separable", "nations",
                                      "accession", "simulate",  "none"};
    for (size_t k = 0; k < sizeof few / sizeof *few; k++) {
        char *text = load(few[k]);
        brutal_verify(ctx, text, 16);
        free(text);
    }
}

static void stairs_and_intervals(ent_ctx *ctx)
{
    /* Steps by hand: items (cost, value) = (0,1) (1,1) (1,3) (2,2) (4,7). */
    static const int items[][2] = {{0, 1}, {1, 1}, {1, 3}, {2, 2}, {4, 7}};
    ent_status st = ENT_OK;
    ent_rat *cost = ent_rats_new(ctx, 5, &st), *value = ent_rats_new(ctx, 5, &st), x = ENT_RAT_ZERO;
    const int64_t order[] = {0, 1, 2, 3, 4};
    ent_stairs s = {0}, both = {0};
    for (int k = 0; k < 5; k++) {
        ent_rat_set_int(&cost[k], items[k][0]);
        ent_rat_set_int(&value[k], items[k][1]);
    }
    CHECK(ent_i_stairs_build(ctx, 5, order, cost, value, &s) == ENT_OK);
    CHECK(s.n == 3 && ent_rat_double(&s.value[1]) == 3.0 && ent_rat_double(&s.cost[2]) == 4.0);
    CHECK(ent_i_stairs_merge(ctx, &s, &s, &both) == ENT_OK);
    CHECK(both.n == 6 && ent_rat_double(&both.value[5]) == 14.0 &&
          ent_rat_double(&both.value[2]) == 6.0);
    ent_rat_set_ratio(&x, 9, 2);
    CHECK(ent_rat_double(ent_i_stairs_best(&both, &x)) == 8.0);
    ent_rat_set_int(&x, -1);
    CHECK(ent_i_stairs_best(&both, &x) == NULL);

    ent_interval a = ENT_INTERVAL_ZERO, b = ENT_INTERVAL_ZERO;
    ent_rat_set_int(&a.lo, -2);
    ent_rat_set_int(&a.hi, 3);
    ent_rat_set_int(&x, -2);
    ent_interval_add_scaled(&b, &x, &a);
    CHECK(ent_rat_double(&b.lo) == -6.0 && ent_rat_double(&b.hi) == 4.0);
    ent_interval_sub(&b, &a);
    CHECK(ent_rat_double(&b.lo) == -9.0 && ent_rat_double(&b.hi) == 6.0);
    ent_rat_set_ratio(&x, 1, 2);
    ent_interval_square(&b, &x, &a);
    CHECK(ent_rat_double(&b.lo) == 0.0 && ent_rat_double(&b.hi) == 4.5);
    ent_interval_mix(&b, &x, &a, &b);
    CHECK(ent_rat_double(&b.lo) == -1.0 && ent_rat_double(&b.hi) == 3.75);

    ent_interval_release(&a);
    ent_interval_release(&b);
    ent_i_stairs_release(&s);
    ent_i_stairs_release(&both);
    ent_rats_free(cost, 5);
    ent_rats_free(value, 5);
    ent_rat_release(&x);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    if (!ctx) return 1;
    accepts(ctx);
    refuses(ctx);
    tells_results(ctx);
    no_memory(ctx);
    stairs_and_intervals(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
