/* Every allocation is made to fail in turn, in solving and in checking: the right status, nothing handed out, no leak, and the next
 * call works. */
#include "check.h"

#include "entente/run.h"

static ent_ctx *ctx;

#define HEAD "{\"entente\": 1, \"family\": \"strategic\", "
#define GAME                                                                                                                  \
    HEAD "\"players\": [{\"name\": \"A\", \"actions\": 2}, {\"name\": \"B\", \"actions\": 2}], \"payoffs\": [[\"1/3\",-1],"   \
         "[-1,2],[-2,1],[1,-1]]}"
#define CHOICE HEAD "\"players\": [{\"name\": \"A\", \"actions\": 2}, {\"name\": \"B\", \"actions\": 1}], \"payoffs\": [[2,1],[0,3]]}"
#define SHARES HEAD "\"players\": [\"A\", \"B\"], \"disagreement\": [0,0], \"outcomes\": [{\"payoff\": [6,1]}, {\"payoff\": [1,6]}]}"
#define WORTH HEAD "\"worth\": {\"A,B\": 3, \"A\": \"1/3\"}}"
#define VOTES HEAD "\"quota\": 2, \"votes\": {\"A\": 1, \"B\": 1, \"C\": 1}}"
#define NFG "NFG 1 R \"t\" { \"A\" \"B\" } { 2 2 } 3 3 5 0 0 5 1 1"

static const struct {
    const char *model, *method;
} cases[] = {{GAME, "threats"}, {GAME, "tu-value"},          {GAME, "coco"}, {GAME, "nash"}, {SHARES, "nash"},
             {NFG, "coco"},     {GAME, "coalition-perfect"}, {GAME, "harsanyi"}, {WORTH, "shapley"}, {WORTH, "banzhaf"}, {WORTH, "dividends"},
             {CHOICE, "coco"},   {VOTES, "shapley"}, {VOTES, "banzhaf"}};

static void brutal_run(const char *model, const char *method)
{
    const ent_request request = {.source = "brutal", .text = model, .len = strlen(model), .method = method};
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
