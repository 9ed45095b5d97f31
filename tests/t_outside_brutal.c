/* Every allocation is made to fail in turn, for every method and every way of solving: the right
 * status, nothing handed out, no leak, and the next call works. */
#include "brutal_run.h"
#include "check.h"

#include "entente/run.h"

static ent_ctx *ctx;

#define HEAD \
    "{\"entente\": 1, \"family\": \"outside\", \"name\": \"B\", \"fee\": \"11/10\", \"search_cost\": \"1/50\", \"discount\": \"9/10\", "
#define UNIFORM HEAD "\"offers\": {\"distribution\": \"uniform\"}}"
#define ATOMS \
    HEAD \
        "\"offers\": {\"distribution\": \"discrete\", \"values\": [0.1, 0.8, \"1/3\"], \"probabilities\": [0.25, 0.25, 0.5]}}"
#define BELL \
    HEAD "\"periods\": 3, \"offers\": {\"distribution\": \"normal\", \"mean\": 0.4, \"sd\": 0.2}}"
#define MIXED \
    HEAD \
        "\"periods\": 2, \"offers\": {\"distribution\": \"mixture\", \"weights\": [0.5, 0.5], \"components\": [" \
        "{\"distribution\": \"beta\", \"a\": 2, \"b\": 3}, {\"distribution\": \"empirical\", \"values\": [0, 0.25, 0.5]}]}}"
#define FLOOR \
    "{\"entente\": 1, \"family\": \"outside\", \"fee\": 2, \"search_cost\": 1, \"discount\": 0, \"offers\": " \
    "{\"distribution\": \"uniform\", \"low\": 0.25}}"

static const brutal_case cases[] = {
    {UNIFORM, "equilibrium", 1, {"check=0"}},
    {ATOMS, "equilibrium", 1, {"check=0"}},
    {ATOMS, "equilibrium", 2, {"check=0", "exact_states=0"}},
    {BELL, "equilibrium", 1, {"check=0"}},
    {MIXED, "equilibrium", 1, {"check=0"}},
    {FLOOR, "equilibrium", 1, {"check=0"}},
    {UNIFORM, "institution", 3, {"check=0", "curve_points=2", "fee_threshold=0"}},
    {UNIFORM, "simulate", 4, {"check=0", "plays=10", "states=2", "threads=1"}},
    {ATOMS, "simulate", 4, {"check=0", "plays=10", "states=2", "threads=1"}},
    {MIXED, "simulate", 4, {"check=0", "plays=10", "states=2", "threads=1"}},
    {FLOOR, "simulate", 4, {"check=0", "plays=10", "states=2", "threads=1"}}};

int main(void)
{
    ctx = ent_ctx_new();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const ent_request request = brutal_request(&cases[k]);
        brutal_twice(ctx, &request);
    }
    ent_ctx_free(ctx);
    return check_end();
}
