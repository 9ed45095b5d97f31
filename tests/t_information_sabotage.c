/* [ITA]: every number, text and boolean of every result is changed in turn, and lists lose their
 * members: the checker must refuse. Its own author's numbers are accepted. */
#include "check.h"
#include "sabotage.h"

static ent_ctx *ctx;

#define HEAD "{\"entente\": 1, \"family\": \"information\", "
#define FOUR \
    "\"players\": [{\"name\": \"A\", \"bias\": \"1/20\"}, {\"name\": \"B\", \"bias\": \"1/15\"}, {\"name\": \"C\", \"bias\": \"1/12\"}, " \
    "{\"name\": \"D\", \"bias\": \"1/10\"}], "
static const char four[] = HEAD FOUR
    "\"interdependence\": \"1/2\", \"commitment\": {\"cost\": \"1/10\"}, \"truthful\": [\"A\", \"D\"]}";
static const char costly[] =
    HEAD FOUR "\"interdependence\": \"1/4\", \"commitment\": {\"cost\": \"9/20\"}}";
static const char floors[] = HEAD
    "\"players\": [{\"name\": \"A\", \"bias\": \"-1/2\"}, {\"name\": \"B\", \"bias\": \"3/5\"}], "
    "\"interdependence\": \"3/5\", \"commitment\": {\"cost\": \"1/50\"}}";
static const char liars[] = HEAD
    "\"players\": [{\"name\": \"A\", \"bias\": 0}, {\"name\": \"B\", \"bias\": \"3/10\", \"policy\": [0, null]}, "
    "{\"name\": \"C\", \"bias\": \"2/5\"}], \"interdependence\": \"1/2\", \"critical\": "
    "{\"parameter\": \"B\", \"from\": 0, \"to\": \"9/10\"}}";
static const char varied[] = HEAD FOUR
    "\"interdependence\": \"1/2\", \"critical\": {\"parameter\": \"D\", \"from\": -1, \"to\": 1}}";
static const char sets[] = HEAD
    "\"players\": [{\"name\": \"A\", \"bias\": \"7/120\"}, {\"name\": \"B\", \"bias\": \"13/120\"}, {\"name\": \"C\", "
    "\"bias\": \"26/120\"}, {\"name\": \"D\", \"bias\": \"30/120\"}], \"interdependence\": \"17/20\"}";

static const struct {
    const char *model, *method;
    size_t changes;
} cases[] = {{four, "revelation", 0},   {four, "policies", 0},    {four, "partial", 0},
             {four, "commitment", 0},   {four, "simulate", 0},    {costly, "commitment", 0},
             {floors, "commitment", 0}, {liars, "revelation", 0}, {liars, "policies", 0},
             {varied, "revelation", 0}, {sets, "partial", 0},     {sets, "revelation", 0},
             {four, "revelation", 2},   {liars, "revelation", 2}, {sets, "partial", 2},
             {four, "policies", 2},     {four, "commitment", 2}};

/* Ends of intervals where gains leave 0 with the square of the distance: the setting `zero` does
 * not tell a millionth there. */
static bool is_free(const char *path)
{
    return strncmp(path, "/solution/critical/intervals/", 29) == 0;
}

static void change_all(const char *model, const char *method, size_t changes)
{
    static const char *const doubles[] = {"exact_players=0", "exact_sets=0"};
    static const char *const few[] = {"plays=20000"};
    const bool plays = strcmp(method, "simulate") == 0;
    const ent_request request = {.source = method,
                                 .text = model,
                                 .len = strlen(model),
                                 .method = method,
                                 .changes = plays ? 1 : changes,
                                 .set = plays ? few : doubles};
    sabotage s = {.ctx = ctx, .name = method, .is_free = is_free, .lists = true};
    char *json = sabotage_solve(ctx, &request);
    if (json) sabotage_all(&s, json);
    CHECK(s.free <= 2 && s.changed > 20);
    ent_free(json);
}

int main(void)
{
    ctx = ent_ctx_new();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        change_all(cases[k].model, cases[k].method, cases[k].changes);
    ent_ctx_free(ctx);
    return check_end();
}
