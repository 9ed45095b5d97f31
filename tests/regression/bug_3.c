/* Programs whose optimum is 0 were taken for undecided (their terms are nothing but rounding), and
 * undecided for "nothing is safe" and "not efficient": wrong words without a warning. Doubles that
 * are in doubt are followed by exact moves now. */
#include "brutal_run.h"
#include "check.h"

#include "base/ctx.h"
#include "entente/run.h"
#include "io/json.h"

static const struct {
    const char *method, *pointer, *model;
} cases[] = {
    {"strong", "/solution/coalitions/P0,P1/dictators/P0/safe",
     "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [{\"name\": \"P0\", \"types\": {\"a\": \"2/5"
     "\", \"b\": \"3/5\"}}, {\"name\": \"P1\", \"types\": {\"a\": \"1/10\", \"b\": \"1/10\", \"c\": \"5/10"
     "\", \"d\": \"3/10\"}}], \"coalitions\": [{\"members\": [\"P0\", \"P1\"], \"decisions\": {\"d01_0\": "
     "{\"P0\": {\"on\": [\"P0\"], \"u\": [2, 2]}, \"P1\": {\"on\": [\"P0\"], \"u\": [1, 1]}}}}], \"coaliti"
     "on\": [\"P0\", \"P1\"]}"},
    {"strong", "/solution/coalitions/P0,P1/dictators/P0/safe",
     "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [{\"name\": \"P0\", \"types\": {\"a\": \"2/2"
     "2\", \"b\": \"20/22\"}}, {\"name\": \"P1\", \"types\": {\"a\": \"1/9\", \"b\": \"3/9\", \"c\": \"5/9"
     "\"}}], \"coalitions\": [{\"members\": [\"P1\", \"P0\"], \"decisions\": {\"d010\": {\"P0\": 1, \"P1\""
     ": {\"on\": [\"P0\", \"P1\"], \"u\": [[0, 1, 2], [2, 1, 2]]}}, \"d011\": {\"P0\": {\"on\": [\"P1\", "
     "\"P0\"], \"u\": [[1, 1], [0, 2], [2, 0]]}, \"P1\": {\"on\": [\"P1\"], \"u\": [2, 1, 1]}}, \"d012\": "
     "{\"P0\": 0, \"P1\": {\"on\": [\"P1\"], \"u\": [2, 1, 1]}}, \"d013\": {\"P0\": {\"on\": [\"P0\"], \"u"
     "\": [2, 0]}, \"P1\": {\"on\": [\"P0\", \"P1\"], \"u\": [[1, 2, 0], [1, 0, 0]]}}}}], \"coalition\": ["
     "\"P0\", \"P1\"]}"},
    {"random-dictator", "/solution/coalitions/P0,P1/restricted/efficient",
     "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [{\"name\": \"P0\", \"types\": [\"x\", \"y\""
     ", \"z\"]}, {\"name\": \"P1\", \"types\": [\"x\", \"y\", \"z\"]}], \"coalitions\": [{\"members\": [\""
     "P0\", \"P1\"], \"decisions\": {\"d01_0\": {\"P0\": {\"on\": [\"P0\"], \"u\": [-1, -6, -4]}, \"P1\": "
     "{\"on\": [\"P0\", \"P1\"], \"u\": [[-4, 2, 0], [6, 6, 12], [8, -3, -3]]}}}}], \"prior\": {\"on\": ["
     "\"P1\", \"P0\"], \"p\": [[\"2/35\", \"8/35\", \"2/35\"], [\"8/35\", \"3/35\", \"8/35\"], [\"0/35\", "
     "\"2/35\", \"2/35\"]]}}"},
};

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const ent_request request = {.source = "test",
                                     .text = cases[k].model,
                                     .len = strlen(cases[k].model),
                                     .method = cases[k].method};
        char *reply = NULL;
        ent_doc *doc = NULL;
        CHECK(ent_run(ctx, &request, &reply, NULL) == ENT_OK);
        CHECK(reply && ent_doc_read(ctx, "result", strlen(reply), reply, &doc) == ENT_OK);
        const ent_json *node = doc ? ent_json_at(ent_doc_root(doc), cases[k].pointer) : NULL;
        CHECK(node && node->kind == ENT_JSON_BOOL && node->truth);
        const char *exact = k < 2 ? "/solution/coalitions/P0,P1/dictators/P0/exact"
                                  : "/solution/coalitions/P0,P1/restricted/exact";
        node = doc ? ent_json_at(ent_doc_root(doc), exact) : NULL;
        CHECK(node && node->kind == ENT_JSON_BOOL && node->truth);
        ent_doc_free(doc);
        ent_free(reply);
        ent_free(brutal_run(ctx, &request, 50));
    }
    ent_ctx_free(ctx);
    return check_end();
}
