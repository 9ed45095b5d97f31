/* labels: threads. What runs on several threads gives the same bytes as on one: plays of the
 * outside and information families, sets of truthful players, gains of a crowd. */
#include "check.h"

#include "entente/information.h"
#include "entente/run.h"

static ent_ctx *ctx;

static const char offers[] =
    "{\"entente\": 1, \"family\": \"outside\", \"fee\": \"11/10\", \"search_cost\": \"1/50\", \"discount\": \"9/10\", \"periods\": 3, "
    "\"offers\": {\"distribution\": \"mixture\", \"weights\": [0.5, 0.5], \"components\": [{\"distribution\": \"uniform\"}, "
    "{\"distribution\": \"empirical\", \"values\": [0, 0.25, 0.5]}]}}";
static const char allies[] =
    "{\"entente\": 1, \"family\": \"information\", \"interdependence\": \"17/20\", \"truthful\": [\"A\", \"C\"], \"players\": ["
    "{\"name\": \"A\", \"bias\": \"7/120\"}, {\"name\": \"B\", \"bias\": \"13/120\"}, {\"name\": \"C\", \"bias\": \"26/120\"}, "
    "{\"name\": \"D\", \"bias\": \"30/120\"}, {\"name\": \"E\", \"bias\": \"1/120\"}]}";

static char *solved(const char *model, const char *method, const char *threads)
{
    const char *const set[] = {threads, "check=0", "plays=45000"};
    const ent_request request = {.source = "model",
                                 .text = model,
                                 .len = strlen(model),
                                 .method = method,
                                 .changes = 3,
                                 .set = set};
    char *json = NULL;
    CHECK(ent_run(ctx, &request, &json, NULL) == ENT_OK);
    char *end = json ? strstr(json, "\"settings\"") : NULL; /* they name the threads */
    if (end) *end = '\0';
    return json;
}

static void same(const char *model, const char *method)
{
    char *one = solved(model, method, "threads=1"), *two = solved(model, method, "threads=2");
    CHECK_TEXT(two, one);
    ent_free(one);
    ent_free(two);
}

static void crowd(void)
{
    enum { N = 300 };
    double bias[N], one[N][2], two[N][2];
    for (int i = 0; i < N; i++) bias[i] = 0.001 * ((i * 37) % N);
    CHECK(ent_lie_gains(ctx, N, bias, 0.5, 0.0, 1.0, 1, one) == ENT_OK);
    CHECK(ent_lie_gains(ctx, N, bias, 0.5, 0.0, 1.0, 2, two) == ENT_OK);
    CHECK(memcmp(one, two, sizeof one) == 0);
}

int main(void)
{
    ctx = ent_ctx_new();
    same(offers, "simulate");
    same(allies, "simulate");
    same(allies, "partial");
    crowd();
    ent_ctx_free(ctx);
    return check_end();
}
