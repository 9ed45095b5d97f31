/* Every allocation is made to fail in turn, in solving and in checking: the right status, nothing
 * handed out, no leak, and the next call works. */
#include "brutal_run.h"
#include "check.h"

#include "entente/run.h"

static ent_ctx *ctx;

#define HEAD \
    "{\"entente\": 1, \"family\": \"information\", \"interdependence\": \"1/2\", \"commitment\": {\"cost\": \"1/10\"}, "
#define TWO \
    HEAD "\"players\": [{\"name\": \"A\", \"bias\": 0}, {\"name\": \"B\", \"bias\": \"3/10\"}]"
#define ASKS TWO ", \"critical\": {\"parameter\": \"B\", \"from\": 0, \"to\": \"1/2\"}}"
#define BABBLER TWO ", \"truthful\": [\"A\"]}"

static const struct {
    const char *model, *method;
} cases[] = {{ASKS, "revelation"},
             {BABBLER, "policies"},
             {BABBLER, "partial"},
             {BABBLER, "commitment"},
             {BABBLER, "simulate"}};

static void solved_and_checked(const char *model, const char *method)
{
    static const char *const short_runs[] = {"plays=100", "scan_points=10", "threads=1"};
    const ent_request request = {.source = "brutal",
                                 .text = model,
                                 .len = strlen(model),
                                 .method = method,
                                 .changes = 3,
                                 .set = short_runs};
    char *json = brutal_run(ctx, &request, 0);
    brutal_verify(ctx, json, 0);
    ent_free(json);
}

int main(void)
{
    ctx = ent_ctx_new();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        solved_and_checked(cases[k].model, cases[k].method);
    ent_ctx_free(ctx);
    return check_end();
}
