/* [ITA] Theorems 1 and 2, Section 3, Definitions 1 to 5, eqs. (1) to (3): random alliances against
 * plain best replies, quadrature in theta and all signals listed (ref/ref_information.h): policies,
 * welfare, gains of every lie, equilibrium sets. */
#include "check.h"
#include "ref/ref_information.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"

static ent_ctx *ctx;
static ent_rng rng;

/* Best replies in turn stop at 1e-15 a round and then are off by A / (1 - eta) rounds; sets that
 * gain less are not judged. */
static const double tolerance = 1e-9, undecided = 1e-9;

static void random_model(ref_information *r, int most)
{
    static const double etas[] = {0.0, 0.5, 0.9, 0.99, 1e-6};
    const int kind = (int)ent_rng_below(&rng, 6);
    *r = (ref_information){.n = 1 + (int)ent_rng_below(&rng, most)};
    r->eta = ent_rng_below(&rng, 2) ? etas[ent_rng_below(&rng, 5)] : ent_rng_uniform(&rng) * 0.99;
    r->truthful = (unsigned)ent_rng_below(&rng, (int64_t)1 << r->n);
    for (int i = 0; i < r->n; i++) {
        r->bias[i] =
            kind == 0 ? 0.125 : (double)ent_rng_below(&rng, 64) / 128.0 - (kind == 1 ? 0.25 : 0.0);
        r->low[i] = 0.0;
        r->high[i] = 1.0;
        if (kind == 2) r->low[i] = -HUGE_VAL, r->high[i] = HUGE_VAL;
        if (kind == 3) r->high[i] = (double)ent_rng_below(&rng, 9) / 8.0;
        if (kind == 4 && i % 2) r->low[i] = r->high[i] = 0.375;
    }
}

static void put_bound(ent_text *out, double bound)
{
    if (isinf(bound)) ent_text_puts(out, "null");
    else ent_text_double(out, bound);
}

static void put_model(ent_text *out, const ref_information *r)
{
    ent_text_reset(out);
    ent_text_puts(out, "{\"entente\": 1, \"family\": \"information\", \"interdependence\": ");
    ent_text_double(out, r->eta);
    ent_text_puts(out, ", \"players\": [");
    for (int i = 0; i < r->n; i++) {
        ent_text_printf(out, "%s{\"name\": \"%c\", \"bias\": ", i ? ", " : "", 'A' + i);
        ent_text_double(out, r->bias[i]);
        ent_text_puts(out, ", \"policy\": [");
        put_bound(out, r->low[i]);
        ent_text_puts(out, ", ");
        put_bound(out, r->high[i]);
        ent_text_puts(out, "]}");
    }
    ent_text_puts(out, "], \"truthful\": [");
    for (int i = 0, any = 0; i < r->n; i++)
        if (r->truthful >> i & 1u) ent_text_printf(out, "%s\"%c\"", any++ ? ", " : "", 'A' + i);
    ent_text_puts(out, "]}");
}

static double number(const ent_json *node)
{
    double x = (double)NAN;
    if (node && node->kind == ENT_JSON_OBJECT) node = ent_json_get(node, "value");
    if (node && ent_json_real(ctx, NULL, node, &x) != ENT_OK) x = (double)NAN;
    return x;
}

/* One method's result of a model, checked; its "solution". */
static const ent_json *solve(const ent_text *model, const char *method, size_t changes,
                             const char *const *set, ent_doc **doc)
{
    const ent_request request = {.source = method,
                                 .text = model->data,
                                 .len = model->len,
                                 .method = method,
                                 .changes = changes,
                                 .set = set};
    char *json = NULL;
    int refused = -1;
    ent_status st = ent_run(ctx, &request, &json, NULL);
    if (st != ENT_OK) printf("%s\n%s\n", ent_message(ctx), model->data);
    CHECK(st == ENT_OK);
    *doc = NULL;
    if (st == ENT_OK) {
        CHECK(ent_verify_text(ctx, method, json, strlen(json), &refused, NULL) == ENT_OK &&
              refused == 0);
        CHECK(ent_doc_read(ctx, method, strlen(json), json, doc) == ENT_OK);
    }
    ent_free(json);
    return *doc ? ent_json_get(ent_doc_root(*doc), "solution") : NULL;
}

static const ent_json *of_player(const ent_json *object, int i)
{
    const char name[2] = {(char)('A' + i), '\0'};
    return ent_json_get(object, name);
}

static void compare_policies(ref_information *r, const ent_text *model, size_t changes,
                             const char *const *set)
{
    ent_doc *doc = NULL;
    const ent_json *constrained =
        ent_json_get(solve(model, "policies", changes, set, &doc), "constrained");
    ref_information_solve(r);
    int k = 0;
    const ent_json *states = ent_json_get(constrained, "states");
    for (const ent_json *state = states ? states->first : NULL; state; state = state->next, k++)
        for (int i = 0; i < r->n; i++) {
            const ent_json *x = of_player(ent_json_get(state, "actions"), i);
            for (int s = 0; s < 2; s++)
                CHECK_NEAR(
                    number(x && x->kind == ENT_JSON_ARRAY ? (s ? x->first->next : x->first) : x),
                    r->x[k][i][s], tolerance);
        }
    for (int i = 0; i < r->n; i++)
        CHECK_NEAR(number(of_player(ent_json_get(constrained, "welfare"), i)),
                   ref_information_welfare(r, i), tolerance);
    ent_doc_free(doc);
}

static void compare_gains(ref_information *r, const ent_text *model, size_t changes,
                          const char *const *set)
{
    ent_doc *doc = NULL;
    const ent_json *gains = ent_json_get(solve(model, "revelation", changes, set, &doc), "gains");
    r->truthful = (1u << r->n) - 1u;
    ref_information_solve(r);
    for (int i = 0; i < r->n; i++)
        for (int s = 0; s < 2; s++)
            CHECK_NEAR(number(ent_json_get(of_player(gains, i), s ? "1" : "0")),
                       ref_information_gain(r, i, s), tolerance);
    ent_doc_free(doc);
}

static void compare_sets(ref_information *r, const ent_text *model, size_t changes,
                         const char *const *set)
{
    ent_doc *doc = NULL;
    const ent_json *list = ent_json_get(solve(model, "partial", changes, set, &doc), "equilibria");
    const ent_json *at = list ? list->first : NULL;
    for (r->truthful = 0; r->truthful < 1u << r->n; r->truthful++) {
        double most = -1.0;
        unsigned named = 0;
        const ent_json *names = ent_json_get(at, "truthful");
        for (const ent_json *name = names ? names->first : NULL; name; name = name->next)
            named |= 1u << (name->text[0] - 'A');
        ref_information_solve(r);
        for (int i = 0; i < r->n; i++)
            for (int s = 0; s < 2 && (r->truthful >> i & 1u); s++)
                most = fmax(most, ref_information_gain(r, i, s));
        const int listed = at && named == r->truthful;
        if (fabs(most) > undecided) CHECK(listed == (most < 0.0));
        for (int i = 0; i < r->n && listed; i++)
            CHECK_NEAR(number(of_player(ent_json_get(at, "welfare"), i)),
                       ref_information_welfare(r, i), tolerance);
        if (listed) at = at->next;
    }
    CHECK(!at);
    ent_doc_free(doc);
}

/* Policies are as large as 1 / (1 - eta): in doubles, too, what is left of them is right, and the
 * checker says so. */
static void nearly_one(ent_text *model, size_t changes, const char *const *set)
{
    static const char *const methods[] = {"revelation", "policies", "partial"};
    static const double etas[] = {0.999, 0.9999, 0.99999, 0.999999, 0.99999987, 0.99999999};
    for (int k = 0; k < 60; k++) {
        ref_information r;
        ent_doc *doc = NULL;
        random_model(&r, 5);
        r.eta = etas[k % 6];
        put_model(model, &r);
        CHECK(solve(model, methods[k / 6 % 3], changes, set, &doc));
        ent_doc_free(doc);
    }
}

int main(void)
{
    static const char *const doubles[] = {"exact_players=0", "exact_sets=0"};
    ent_text model;
    ref_information r;
    ctx = ent_ctx_new();
    ent_text_init(ctx, &model);
    rng = ent_rng_stream(5, 2, 1);
    for (int k = 0; k < 240; k++) {
        const size_t changes = k % 3 == 0 ? 2 : 0;
        random_model(&r, 5);
        put_model(&model, &r);
        compare_policies(&r, &model, changes, doubles);
        compare_gains(&r, &model, changes, doubles);
    }
    for (int k = 0; k < 60; k++) {
        random_model(&r, 3);
        put_model(&model, &r);
        compare_sets(&r, &model, k % 3 == 0 ? 2 : 0, doubles);
    }
    nearly_one(&model, 2, doubles);
    ent_text_release(&model);
    ent_ctx_free(ctx);
    return check_end();
}
