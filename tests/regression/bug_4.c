/* Types that no utility tells apart made the systems of the M-solution's path singular: no path led
 * anywhere. They are merged first and split again, as for the neutral procedural solution; here
 * types c and d, and the same game with one of them. */
#include "brutal_run.h"
#include "check.h"

#include "base/ctx.h"
#include "entente/entente.h"
#include "entente/run.h"
#include "io/json.h"

static const char split[] =
    "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [{\"name\": \"B\", \"types\": {\"a\": \"3/44"
    "\", \"b\": \"20/44\", \"c\": \"20/44\", \"d\": \"1/44\"}}, {\"name\": \"S\", \"types\": {\"a\": \"20"
    "/22\", \"b\": \"1/22\", \"c\": \"1/22\"}}], \"coalitions\": [{\"members\": [\"B\", \"S\"], \"decisio"
    "ns\": {\"t0\": {\"B\": {\"on\": [\"B\", \"S\"], \"u\": [[4, 7, 10], [7, 10, 13], [12, 15, 18], [12, "
    "15, 18]]}, \"S\": {\"on\": [\"S\"], \"u\": [0, 0, -5]}}, \"tP\": {\"B\": {\"on\": [\"B\", \"S\"], \""
    "u\": [[-17, -14, -11], [-14, -11, -8], [-9, -6, -3], [-9, -6, -3]]}, \"S\": {\"on\": [\"S\"], \"u\":"
    " [21, 21, 16]}}}}]}";

static const char whole[] =
    "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [{\"name\": \"B\", \"types\": {\"a\": \"3/44"
    "\", \"b\": \"20/44\", \"c\": \"21/44\"}}, {\"name\": \"S\", \"types\": {\"a\": \"20/22\", \"b\": \"1"
    "/22\", \"c\": \"1/22\"}}], \"coalitions\": [{\"members\": [\"B\", \"S\"], \"decisions\": {\"t0\": {"
    "\"B\": {\"on\": [\"B\", \"S\"], \"u\": [[4, 7, 10], [7, 10, 13], [12, 15, 18]]}, \"S\": {\"on\": [\""
    "S\"], \"u\": [0, 0, -5]}}, \"tP\": {\"B\": {\"on\": [\"B\", \"S\"], \"u\": [[-17, -14, -11], [-14, -"
    "11, -8], [-9, -6, -3]]}, \"S\": {\"on\": [\"S\"], \"u\": [21, 21, 16]}}}}]}";

static ent_doc *solve(ent_ctx *ctx, const char *text)
{
    const ent_request request = {
        .source = "test", .text = text, .len = strlen(text), .method = "m-solution"};
    char *reply = NULL;
    ent_doc *doc = NULL;
    int refused = -1;
    CHECK(ent_run(ctx, &request, &reply, NULL) == ENT_OK);
    if (!reply) return NULL;
    CHECK(ent_verify_text(ctx, "reply", reply, strlen(reply), &refused, NULL) == ENT_OK &&
          refused == 0);
    CHECK(ent_doc_read(ctx, "result", strlen(reply), reply, &doc) == ENT_OK);
    ent_free(reply);
    return doc;
}

static double utility(ent_ctx *ctx, const ent_doc *doc, const char *pointer)
{
    const ent_json *node = doc ? ent_json_at(ent_doc_root(doc), pointer) : NULL;
    double x = (double)NAN;
    if (node && node->kind == ENT_JSON_OBJECT) node = ent_json_get(node, "value");
    CHECK(node && ent_json_real(ctx, doc, node, &x) == ENT_OK);
    return x;
}

int main(void)
{
    static const char *const pairs[][2] = {{"B/a", "B/a"}, {"B/b", "B/b"}, {"B/c", "B/c"},
                                           {"B/d", "B/c"}, {"S/a", "S/a"}, {"S/b", "S/b"},
                                           {"S/c", "S/c"}};
    ent_ctx *ctx = ent_ctx_new();
    ent_doc *a = solve(ctx, split), *b = solve(ctx, whole);
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        char left[64], right[64];
        snprintf(left, sizeof left, "/solution/utilities/%s", pairs[k][0]);
        snprintf(right, sizeof right, "/solution/utilities/%s", pairs[k][1]);
        CHECK_NEAR(utility(ctx, a, left), utility(ctx, b, right), 1e-9);
    }
    const char *const changes[] = {"check=0"};
    const ent_request request = {.source = "brutal",
                                 .text = split,
                                 .len = strlen(split),
                                 .method = "m-solution",
                                 .changes = 1,
                                 .set = changes};
    ent_free(brutal_run(ctx, &request, 8));
    ent_doc_free(a);
    ent_doc_free(b);
    ent_ctx_free(ctx);
    return check_end();
}
