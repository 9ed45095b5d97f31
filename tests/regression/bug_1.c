/* Payoffs whose digits do not fit in 53 bits were decided in doubles, and the checker refused the
 * answers. Small games are decided in big rationals now: every number of these contracts is
 * exact. */
#include "check.h"

#include "base/ctx.h"
#include "entente/entente.h"

#include <stdlib.h>

static const struct {
    const char *method, *set, *model;
} models[] = {
    {"accession", NULL,
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"R\", \"actions\": [\"w\""
     ", \"s\"]}, {\"name\": \"C\", \"actions\": [\"w\", \"s\"]}], \"payoffs\": [[2, 2], [-1e-91, 3], ["
     "3, -1], [0, 0]], \"coalition\": [\"R\", \"C\"], \"weights\": {\"R\": \"1/2\", \"C\": \"1/2\"}, \""
     "discount\": \"3/5\", \"renegotiation\": 1}"},
    {"contractual", NULL,
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"x0\""
     ", \"x1\"]}, {\"name\": \"B\", \"actions\": [\"x0\", \"x1\"]}], \"payoffs\": [[9007199254740993, "
     "-1], [-1, 1], [-1, 1], [1, -1]], \"coalition\": [\"A\"], \"discount\": 0.5}"},
    {"contractual", NULL,
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"1e-"
     "300x0\", \"x1\"]}, {\"name\": \"B\", \"actions\": [\"x0\", \"x1\"]}], \"payoffs\": [[1, -1], [-1"
     ", 1], [9007199254740993, 1], [1, -1]], \"coalition\": [\"A\"], \"discount\": 0.5}"},
    {"contractual", NULL,
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"x0\""
     ", \"x1\"]}, {\"name\": \"B\", \"actions\": [\"x0\", \"x1\"]}, {\"name\": \"C\", \"actions\": [\""
     "x0\", \"x1\"]}], \"payoffs\": [[0, 0, 0], [3, 3, -1], [3, -1, 3], [6, 2, 2], [-1, 3, 3], [299999"
     "9999999999999999, 6, 2], [2, 2, 6], [5, 5, 5]], \"coalition\": [\"A\", \"B\"], \"discount\": \"4"
     "/5\"}"},
    {"contractual", NULL,
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"x0\""
     ", \"x1\"]}, {\"name\": \"B\", \"actions\": [\"x0\", \"x1\"]}, {\"name\": \"C\", \"actions\": [\""
     "x0\", \"x1\"]}], \"payoffs\": [[0, 0, 0], [3, 3, -1], [3, -1, 3], [9007199254740993, 2, 2], [-1,"
     " 3, 3], [2, 6, 2], [2, 2, 6], [5, 5, 5]], \"coalition\": [\"A\", \"B\"], \"discount\": \"4/5\"}"},
    {"contractual", NULL,
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"x0\""
     ", \"x1\"]}, {\"name\": \"B\", \"actions\": [\"x0\", \"x1\"]}], \"payoffs\": [[1, -1], [-1, 1], ["
     "999999999999999999999, 1], [1, -1]], \"coalition\": [\"A\"], \"discount\": 0.5}"},
    {"accession", NULL,
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"x0\""
     ", \"x1\"]}, {\"name\": \"B\", \"actions\": [\"x0\", \"x1\"]}, {\"name\": \"C\", \"actions\": [\""
     "x0\", \"x1\"]}], \"payoffs\": [[0, 0, 90071992547409930], [3, 3, -1], [3, -1, 3], [6, 2, 2], [-1"
     ", 3, 3], [2, 6, 2], [2, 2, 6], [5, 5, 5]], \"coalition\": [\"A\", \"B\"], \"discount\": \"4/5\"}"},
    {"accession", NULL,
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"x0\""
     ", \"x1\"]}, {\"name\": \"B\", \"actions\": [\"x0\", \"x1\"]}], \"payoffs\": [[1, -1], [-1, 1], ["
     "9007199254740993, 1], [1, -1]], \"coalition\": [\"A\"], \"discount\": 0.5}"},
    {"contractual", "literal_ties=1",
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"x0\""
     ", \"x1\"]}, {\"name\": \"B\", \"actions\": [\"x0\", \"x1\"]}, {\"name\": \"C\", \"actions\": [\""
     "x0\", \"x1\"]}], \"payoffs\": [[0, 0, 0], [3, 3, -1], [3, -1, 3], [6, 2, 2], [-1, 3, 3], [299999"
     "9999999999999999, 6, 2], [2, 2, 6], [5, 5, 5]], \"coalition\": [\"A\", \"B\"], \"discount\": \"4"
     "/5\"}"},
    {"subgame-perfect", NULL,
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"x0\""
     ", \"x1\"]}, {\"name\": \"B\", \"actions\": [\"x0\", \"x1\"]}, {\"name\": \"C\", \"actions\": [\""
     "x0\", \"x1\"]}], \"payoffs\": [[0, 0, 0], [3, 3, -1], [3, -1, 3], [9007199254740993, 2, 2], [-1,"
     " 3, 3], [2, 6, 2], [2, 2, 6], [5, 5, 5]], \"coalition\": [\"A\", \"B\"], \"discount\": \"4/5\"}"},
    {"contractual", "literal_ties=1",
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"x\""
     ", \"y\"]}, {\"name\": \"B\", \"actions\": [\"x\", \"y\"]}, {\"name\": \"C\", \"actions\": [\"x\""
     ", \"y\"]}], \"payoffs\": [[1e-40, 1, \"1/3\"], [0, 1e+60, 0], [1, 1, 0], [2, 1, 1], [1e-40, 1, \""
     "1/3\"], [0, 1e+60, 2], [1, 1, 1], [2, 1, 0]], \"coalition\": [\"A\", \"B\"], \"discount\": \"2/3"
     "\"}"},
    {"contractual", NULL,
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"x\""
     ", \"y\"]}, {\"name\": \"B\", \"actions\": [\"x\", \"y\"]}, {\"name\": \"C\", \"actions\": [\"x\""
     ", \"y\"]}], \"payoffs\": [[1e-40, 1, \"1/3\"], [0, 1e+60, 0], [1, 1, 0], [2, 1, 1], [1e-40, 1, \""
     "1/3\"], [0, 1e+60, 2], [1, 1, 1], [2, 1, 0]], \"coalition\": [\"A\", \"B\"], \"discount\": \"2/3"
     "\", \"renegotiation\": \"1/7\"}"},
    {"simulate", NULL,
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"x\""
     ", \"y\"]}, {\"name\": \"B\", \"actions\": [\"x\", \"y\"]}, {\"name\": \"C\", \"actions\": [\"x\""
     ", \"y\"]}], \"payoffs\": [[1e-40, 1, \"1/3\"], [0, 1e+60, 0], [1, 1, 0], [2, 1, 1], [1e-40, 1, \""
     "1/3\"], [0, 1e+60, 2], [1, 1, 1], [2, 1, 0]], \"coalition\": [\"A\", \"B\"], \"discount\": \"2/3"
     "\", \"renegotiation\": \"1/7\"}"},
    {"contractual", "literal_ties=1",
     "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"P0\", \"actions\": [\"a0"
     "\", \"a1\", \"a2\", \"a3\"]}, {\"name\": \"P1\", \"actions\": [\"a0\"]}, {\"name\": \"P2\", \"ac"
     "tions\": [\"a0\", \"a1\", \"a2\"]}], \"payoffs\": [[0, -1, 0], [2, 2, 1], [-1, 2, -3.06042804336"
     "2981e-42], [1, 2, -1], [-1, -2.828375273034039e+27, -3.989273546508263e-05], [0, 9.3954161621499"
     "2e+30, 0], [0, -1, 2], [1, 0, 2], [2, 1, 2], [-1, -1, -2.7129640093409783e+85], [-1, 1, 1], [1, "
     "2.3137180938900685e-20, -1]], \"coalition\": [\"P0\"], \"discount\": 0.999999, \"renegotiation\""
     ": 0.2056448347328912, \"weights\": {\"P0\": \"1/3\", \"P1\": 1, \"P2\": 0}}"}};

/* With every allocation failing in turn. */
static void brutal(ent_ctx *ctx, size_t k)
{
    enum { ALLOCATIONS_MOST = 100000 };
    ent_status st = ENT_E_MEMORY;
    const ent_request request = {.source = models[k].method,
                                 .text = models[k].model,
                                 .len = strlen(models[k].model),
                                 .method = models[k].method,
                                 .changes = models[k].set ? 1 : 0,
                                 .set = &models[k].set};
    for (int64_t allowed = 0; st == ENT_E_MEMORY && allowed < ALLOCATIONS_MOST; allowed++) {
        char *reply = NULL;
        ent_ctx_fail_after(ctx, allowed);
        st = ent_run(ctx, &request, &reply, NULL);
        ent_ctx_fail_after(ctx, -1);
        CHECK((st == ENT_OK) == (reply != NULL));
        ent_free(reply);
    }
    CHECK(st == ENT_OK);
}

static void solve_and_verify(ent_ctx *ctx, size_t k)
{
    char *reply = NULL;
    int refused = -1;
    const ent_request request = {.source = models[k].method,
                                 .text = models[k].model,
                                 .len = strlen(models[k].model),
                                 .method = models[k].method,
                                 .changes = models[k].set ? 1 : 0,
                                 .set = &models[k].set};
    CHECK(ent_run(ctx, &request, &reply, NULL) == ENT_OK);
    if (!reply) return;
    if (strcmp(models[k].method, "simulate") != 0)
        CHECK(strstr(reply, "\"verified\": 0, \"approximate\": 0") != NULL);
    CHECK(ent_verify_text(ctx, "reply", reply, strlen(reply), &refused, NULL) == ENT_OK &&
          refused == 0);
    ent_free(reply);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    for (size_t k = 0; k < sizeof models / sizeof *models; k++) solve_and_verify(ctx, k);
    brutal(ctx, 3);
    brutal(ctx, 9);
    brutal(ctx, 10);
    ent_ctx_free(ctx);
    return check_end();
}
