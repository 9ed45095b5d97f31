/* Every allocation is made to fail in turn, for every method, in rationals and in doubles: the
 * right status, nothing handed out, no leak, and the next call works. */
#include "brutal_run.h"
#include "check.h"

#include "entente/run.h"

static ent_ctx *ctx;

#define HEAD \
    "{\"entente\": 1, \"family\": \"information\", \"name\": \"B\", \"interdependence\": \"1/2\", \"commitment\": {\"cost\": \"1/10\"}, "
#define PLAYERS \
    "\"players\": [{\"name\": \"A\", \"bias\": \"1/20\"}, {\"name\": \"B\", \"bias\": \"2/5\", \"policy\": [0, null]}, {\"name\": \"C\", \"bias\": 0}]"
#define ALLIES \
    HEAD PLAYERS \
        ", \"critical\": {\"parameter\": \"interdependence\", \"from\": 0, \"to\": \"9/10\"}}"
#define SOME HEAD PLAYERS ", \"policy\": [0, 1], \"truthful\": [\"A\"]}"

static const brutal_case cases[] = {
    {ALLIES, "revelation", 2, {"check=0", "scan_points=5"}},
    {ALLIES, "revelation", 3, {"check=0", "scan_points=5", "exact_players=0"}},
    {SOME, "policies", 1, {"check=0"}},
    {SOME, "policies", 2, {"check=0", "exact_players=0"}},
    {ALLIES, "partial", 2, {"check=0", "threads=1"}},
    {SOME, "partial", 3, {"check=0", "threads=1", "exact_sets=0"}},
    {ALLIES, "commitment", 1, {"check=0"}},
    {SOME, "simulate", 3, {"check=0", "threads=1", "plays=10"}}};

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
