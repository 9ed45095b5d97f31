/* The whole catalogue and all worked cases recomputed: one check a claim. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include "catalog/catalog.h"

#include <glob.h>
#include <stdlib.h>

static void judge(ent_ctx *ctx, const char *path, size_t len, const char *text)
{
    ent_item item = {0};
    ent_status st = ent_i_item_read(ctx, path, len, text, &item);
    if (st == ENT_OK) st = ent_i_item_run(ctx, &item);
    if (st != ENT_OK) printf("%s: %s\n", path, ent_message(ctx));
    CHECK(st == ENT_OK);
    for (int k = 0; k < item.claims; k++) {
        const ent_claim *c = &item.claim[k];
        if (!c->as_said && c->computed)
            printf("%s: claim %d, %s: printed %s, computed %s, said to be: %s\n", path, k, c->what,
                   c->printed, c->computed, c->says);
        CHECK(c->as_said);
    }
    ent_i_item_release(&item);
}

static char *read_file(const char *path, size_t *len)
{
    FILE *stream = fopen(path, "rb");
    if (!stream) return NULL;
    fseek(stream, 0, SEEK_END);
    const long size = ftell(stream);
    rewind(stream);
    char *text = malloc((size_t)size + 1);
    *len = text ? fread(text, 1, (size_t)size, stream) : 0;
    fclose(stream);
    return text;
}

static void all_files(ent_ctx *ctx, const char *pattern)
{
    glob_t found = {0};
    glob(pattern, 0, NULL, &found);
    for (size_t k = 0; k < found.gl_pathc; k++) {
        size_t len = 0;
        char *text = read_file(found.gl_pathv[k], &len);
        CHECK(text != NULL);
        judge(ctx, found.gl_pathv[k], len, text);
        free(text);
    }
    globfree(&found);
}

/* The judge itself: right and wrong claims, and what it cannot read. A model that is solved at
 * once. */
#define MODEL \
    "{\"entente\":1,\"family\":\"relational\",\"players\":[{\"name\":\"R\",\"actions\":[\"w\",\"s\"]},{\"name\":\"C\"," \
    "\"actions\":[\"w\",\"s\"]}],\"payoffs\":[[2,2],[-1,3],[3,-1],[0,0]],\"coalition\":[\"R\",\"C\"],\"discount\":\"3/5\"}"
#define ITEM(claims) \
    "{\"key\":\"K\",\"item\":\"i\",\"runs\":{\"a\":{\"model\":" MODEL \
    "},\"b\":{\"of\":\"a\",\"set\":[\"discount=1/5\"]}},\"claims\":[" claims "]}"

static void judge_the_judge(ent_ctx *ctx)
{
    static const struct {
        const char *claim;
        bool as_said;
    } cases[] = {
        {"{\"what\":\"w\",\"left\":\"a/solution/level\",\"right\":\"4\",\"says\":\"agrees\"}",
         true},
        {"{\"what\":\"w\",\"left\":\"a/solution/level\",\"right\":\"4.00\",\"says\":\"agrees\"}",
         true},
        {"{\"what\":\"w\",\"left\":\"a/solution/level\",\"right\":\"4.01\",\"says\":\"agrees\"}",
         false},
        {"{\"what\":\"w\",\"left\":\"a/solution/level\",\"right\":\"4.01\",\"tolerance\":\"1/100\",\"says\":\"agrees\"}",
         true},
        {"{\"what\":\"w\",\"left\":\"a/solution/level\",\"right\":\"4000001/1000000\",\"says\":\"agrees\"}",
         false},
        {"{\"what\":\"w\",\"left\":\"a/solution/level\",\"right\":\"5\",\"says\":\"misprint\",\"erratum\":\"E0\"}",
         true},
        {"{\"what\":\"w\",\"left\":\"a/solution/level\",\"right\":\"4\",\"says\":\"false\",\"erratum\":\"E0\"}",
         false},
        {"{\"what\":\"w\",\"left\":\"b/solution/level\",\"right\":\"a/solution/level\",\"relation\":\"<\",\"says\":\"true\"}",
         true},
        {"{\"what\":\"w\",\"left\":\"a/solution/level\",\"right\":\"a/solution/level\",\"relation\":\"<\",\"says\":\"true\"}",
         false},
        {"{\"what\":\"w\",\"left\":\"a/solution/level\",\"right\":\"a/solution/joint\",\"relation\":\"<=\",\"says\":\"true\"}",
         true},
        {"{\"what\":\"w\",\"left\":[[\"1/2\",\"a/solution/level\"],[\"-1\",\"1/2\"]],\"right\":\"3/2\",\"says\":\"agrees\"}",
         true},
        {"{\"what\":\"w\",\"left\":\"a/solution/players/R/insider\",\"right\":\"1\",\"says\":\"agrees\"}",
         true},
        {"{\"what\":\"w\",\"left\":\"a/outcome\",\"right\":{\"word\":\"solved\"},\"says\":\"agrees\"}",
         true},
        {"{\"what\":\"w\",\"left\":\"a/outcome\",\"right\":{\"word\":\"none\"},\"says\":\"agrees\"}",
         false},
        {"{\"what\":\"w\",\"left\":\"a/outcome\",\"right\":{\"word\":\"none\"},\"relation\":\"!=\",\"says\":\"agrees\"}",
         true},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[2000];
        ent_item item = {0};
        snprintf(text, sizeof text, "%s%s]}", ITEM(""), "");
        text[strlen(ITEM("")) - 2] = '\0';
        strncat(text, cases[k].claim, sizeof text - strlen(text) - 1);
        strncat(text, "]}", sizeof text - strlen(text) - 1);
        ent_status st = ent_i_item_read(ctx, "t", strlen(text), text, &item);
        if (st == ENT_OK) st = ent_i_item_run(ctx, &item);
        if (st != ENT_OK) printf("%s: %s\n", cases[k].claim, ent_message(ctx));
        CHECK(st == ENT_OK && item.claims == 1);
        if (item.claims == 1 && item.claim->as_said != cases[k].as_said)
            printf("case %zu: %s\n", k, item.claim->computed);
        CHECK(item.claims == 1 && item.claim->as_said == cases[k].as_said);
        ent_i_item_release(&item);
    }
}

static void refusals(ent_ctx *ctx)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{}", "t:1:1: /: the member \"key\" is missing"},
        {"{\"key\":\"K\",\"item\":\"i\",\"rans\":1}",
         "t:1:23: /rans: unknown member \"rans\"; did you mean \"runs\"?"},
        {"{\"key\":\"K\",\"item\":\"i\",\"runs\":{\"a\":{\"of\":\"a\"}},\"claims\":[]}",
         "t:1:35: /runs/a: the runs that this one is made of go in a circle"},
        {"{\"key\":\"K\",\"item\":\"i\",\"runs\":{\"a\":{\"of\":\"b\"}},\"claims\":[]}",
         "t:1:41: /runs/a/of: no run is called \"b\""},
        {"{\"key\":\"K\",\"item\":\"i\",\"runs\":{\"a\":{\"model\":{}}},\"claims\":[]}",
         "t:1:31: /runs/a: a:1:1: /: the member \"entente\" is missing"},
        {ITEM("{\"what\":\"w\"}"), "the member \"says\" is missing"},
        {ITEM("{\"what\":\"w\",\"says\":\"maybe\",\"left\":\"1\",\"right\":\"1\"}"),
         "wanted agrees, misprint, false or true, found \"maybe\""},
        {ITEM("{\"what\":\"w\",\"says\":\"false\",\"left\":\"1\",\"right\":\"1\"}"),
         "what is wrong needs its entry of the errata, \"erratum\""},
        {ITEM(
             "{\"what\":\"w\",\"says\":\"true\",\"left\":\"1\",\"right\":\"1\",\"relation\":\"~\"}"),
         "wanted one of = < > <= >= !=, found \"~\""},
        {ITEM("{\"what\":\"w\",\"says\":\"true\",\"left\":\"c/solution\",\"right\":\"1\"}"),
         "wanted a numeral or a place of a run, found \"c/solution\""},
        {ITEM("{\"what\":\"w\",\"says\":\"true\",\"left\":\"a/solution/x\",\"right\":\"1\"}"),
         "the result of \"a\" has no place /solution/x"},
        {ITEM("{\"what\":\"w\",\"says\":\"true\",\"left\":\"a/solution\",\"right\":\"1\"}"),
         "a/solution is an object, and no number"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        ent_item item = {0};
        ent_status st = ent_i_item_read(ctx, "t", strlen(cases[k].text), cases[k].text, &item);
        if (st == ENT_OK) st = ent_i_item_run(ctx, &item);
        CHECK(st == ENT_E_MODEL);
        const char *message = ent_message(ctx);
        const size_t len = strlen(message), want = strlen(cases[k].message);
        CHECK_TEXT(len >= want ? message + len - want : message, cases[k].message);
        ent_i_item_release(&item);
    }
}

static void selection(void)
{
    const ent_item item = {.key = "MW25", .item = "Section 5.1.1"};
    const char *path = "mw25/three-nations.json";
    static const char *const yes[] = {"mw25",
                                      "MW25",
                                      "three-nations",
                                      "mw25/three-nations",
                                      "mw25/three-nations.json",
                                      "section 5.1.1",
                                      "MW25 Section 5.1.1"};
    static const char *const no[] = {"mw2", "fr",   "three", "Section 5.1", "MW25 Section 5.1",
                                     "",    "MW25 "};
    for (size_t k = 0; k < sizeof yes / sizeof *yes; k++)
        CHECK(ent_i_catalog_selects(yes[k], path, &item));
    for (size_t k = 0; k < sizeof no / sizeof *no; k++)
        CHECK(!ent_i_catalog_selects(no[k], path, &item));
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    selection();
    refusals(ctx);
    judge_the_judge(ctx);
    for (const ent_catalog_file *file = ent_embed_catalog; file->path; file++)
        judge(ctx, file->path, strlen(file->text), file->text);
    all_files(ctx, ENT_SOURCE_DIR "/tests/cases/*/*.json");
    ent_ctx_free(ctx);
    return check_end();
}
