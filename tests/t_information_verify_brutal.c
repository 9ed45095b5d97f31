/* Every allocation is made to fail in turn, in solving and in checking: the right status, nothing handed out, no leak, and the next
 * call works. */
#include "check.h"

#include "entente/run.h"

static ent_ctx *ctx;

#define HEAD "{\"entente\": 1, \"family\": \"information\", \"interdependence\": \"1/2\", \"commitment\": {\"cost\": \"1/10\"}, "
#define TWO HEAD "\"players\": [{\"name\": \"A\", \"bias\": 0}, {\"name\": \"B\", \"bias\": \"3/10\"}]"
#define ASKS TWO ", \"critical\": {\"parameter\": \"B\", \"from\": 0, \"to\": \"1/2\"}}"
#define BABBLER TWO ", \"truthful\": [\"A\"]}"

static const struct {
    const char *model, *method;
} cases[] = {{ASKS, "revelation"}, {BABBLER, "policies"}, {BABBLER, "partial"}, {BABBLER, "commitment"}, {BABBLER, "simulate"}};

static void brutal_run(const char *model, const char *method)
{
    static const char *const short_runs[] = {"plays=100", "scan_points=10", "threads=1"};
    const ent_request request = {.source = "brutal", .text = model, .len = strlen(model), .method = method, .changes = 3, .set = short_runs};
    ent_status st = ENT_E_MEMORY;
    char *json = NULL;
    int64_t allowed = 0;
    for (; st == ENT_E_MEMORY && allowed < 100000; allowed++) {
        json = NULL;
        ent_ctx_fail_after(ctx, allowed);
        st = ent_run(ctx, &request, &json, NULL);
        ent_ctx_fail_after(ctx, -1);
        CHECK((st == ENT_OK) == (json != NULL));
    }
    if (st != ENT_OK) printf("%s after %lld allocations: %s\n", method, (long long)allowed, ent_message(ctx));
    CHECK(st == ENT_OK && allowed > 20);
    st = ENT_E_MEMORY;
    for (allowed = 0; json && st == ENT_E_MEMORY && allowed < 100000; allowed++) {
        int refused = -1;
        char *report = NULL;
        ent_ctx_fail_after(ctx, allowed);
        st = ent_verify_text(ctx, "brutal", json, strlen(json), &refused, &report);
        ent_ctx_fail_after(ctx, -1);
        CHECK((st == ENT_OK) == (report != NULL) && (st != ENT_OK || refused == 0));
        ent_free(report);
    }
    CHECK(st == ENT_OK && allowed > 20);
    ent_free(json);
}

int main(void)
{
    ctx = ent_ctx_new();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) brutal_run(cases[k].model, cases[k].method);
    ent_ctx_free(ctx);
    return check_end();
}
