/* Every allocation is made to fail in turn, in solving and in checking: the right status, nothing
 * handed out, no leak, and the next call works. */
#include "brutal_run.h"
#include "check.h"

#include "entente/run.h"

static ent_ctx *ctx;

#define HEAD "{\"entente\": 1, \"family\": \"strategic\", "
#define GAME \
    HEAD \
        "\"players\": [{\"name\": \"A\", \"actions\": 2}, {\"name\": \"B\", \"actions\": 2}], \"payoffs\": [[\"1/3\",-1]," \
        "[-1,2],[-2,1],[1,-1]]}"
#define CHOICE \
    HEAD \
        "\"players\": [{\"name\": \"A\", \"actions\": 2}, {\"name\": \"B\", \"actions\": 1}], \"payoffs\": [[2,1],[0,3]]}"
#define SHARES \
    HEAD \
        "\"players\": [\"A\", \"B\"], \"disagreement\": [0,0], \"outcomes\": [{\"payoff\": [6,1]}, {\"payoff\": [1,6]}]}"
#define WORTH HEAD "\"worth\": {\"A,B\": 3, \"A\": \"1/3\"}}"
#define VOTES HEAD "\"quota\": 2, \"votes\": {\"A\": 1, \"B\": 1, \"C\": 1}}"
/* Irrational prices between two that prove them; no positive prices, proved in two steps. */
#define BETWEEN \
    HEAD \
        "\"players\": [{\"name\": \"A\", \"actions\": 2}, {\"name\": \"B\", \"actions\": 2}], \"payoffs\": [[1,2],[5,4]," \
        "[2,1],[0,4]]}"
#define STEPS \
    HEAD \
        "\"players\": [{\"name\": \"A\", \"actions\": 2}, {\"name\": \"B\", \"actions\": 2}], \"payoffs\": [[3,2],[3,3]," \
        "[0,0],[3,2]]}"
#define NFG "NFG 1 R \"t\" { \"A\" \"B\" } { 2 2 } 3 3 5 0 0 5 1 1"

static const struct {
    const char *model, *method;
} cases[] = {{GAME, "threats"},
             {GAME, "tu-value"},
             {GAME, "coco"},
             {GAME, "nash"},
             {SHARES, "nash"},
             {NFG, "coco"},
             {GAME, "coalition-perfect"},
             {GAME, "harsanyi"},
             {WORTH, "shapley"},
             {WORTH, "banzhaf"},
             {WORTH, "dividends"},
             {CHOICE, "coco"},
             {BETWEEN, "coco"},
             {STEPS, "nash"},
             {VOTES, "shapley"},
             {VOTES, "banzhaf"}};

static void solved_and_checked(const char *model, const char *method)
{
    const ent_request request = {
        .source = "brutal", .text = model, .len = strlen(model), .method = method};
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
