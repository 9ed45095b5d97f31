/* [ITA] Theorem 2. Many players: ent_full_revelation and ent_lie_gains against the exact method for
 * small alliances, and against what is known for large ones: one hawk among 199, 999, 9999;
 * alliances whose sizes form no interval; a million. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/information.h"
#include "entente/run.h"
#include "io/json.h"

#include <stdlib.h>

static ent_ctx *ctx;
static ent_rng rng;

static const double zero = 1e-12;

static double number(const ent_json *node)
{
    double x = (double)NAN;
    node = ent_json_get(node, "value");
    return node && ent_json_real(ctx, NULL, node, &x) == ENT_OK ? x : (double)NAN;
}

/* The exact method's answer for the same alliance. */
static void compare_exact(int n, const double *bias, double eta, double low, double high)
{
    ent_text model;
    char *json = NULL;
    ent_doc *doc = NULL;
    double gain[20][2];
    ent_truth truth;
    ent_text_init(ctx, &model);
    ent_text_puts(&model, "{\"entente\": 1, \"family\": \"information\", \"interdependence\": ");
    ent_text_double(&model, eta);
    ent_text_puts(&model, ", \"policy\": [");
    ent_text_double(&model, low);
    ent_text_puts(&model, ", ");
    ent_text_double(&model, high);
    ent_text_puts(&model, "], \"players\": [");
    for (int i = 0; i < n; i++) {
        ent_text_printf(&model, "%s{\"name\": \"P%d\", \"bias\": ", i ? ", " : "", i);
        ent_text_double(&model, bias[i]);
        ent_text_puts(&model, "}");
    }
    ent_text_puts(&model, "]}");
    const ent_request request = {
        .source = "large", .text = model.data, .len = model.len, .method = "revelation"};
    CHECK(ent_run(ctx, &request, &json, NULL) == ENT_OK);
    CHECK(ent_lie_gains(ctx, n, bias, eta, low, high, 1, gain) == ENT_OK);
    CHECK(ent_full_revelation(ctx, n, bias, eta, low, high, zero, &truth) == ENT_OK);
    if (json && ent_doc_read(ctx, "large", strlen(json), json, &doc) == ENT_OK) {
        const ent_json *solution = ent_json_get(ent_doc_root(doc), "solution"),
                       *gains = ent_json_get(solution, "gains");
        const ent_json *at = gains ? gains->first : NULL;
        for (int i = 0; i < n && at; i++, at = at->next)
            for (int s = 0; s < 2; s++) {
                const double exact = number(ent_json_get(at, s ? "1" : "0"));
                CHECK_NEAR(gain[i][s], exact, 1e-12);
                if (exact == 0.0) CHECK(gain[i][s] == 0.0);
            }
        CHECK(ent_json_get(solution, "full_revelation") &&
              ent_json_get(solution, "full_revelation")->truth == truth.is_equilibrium);
    }
    ent_doc_free(doc);
    ent_free(json);
    ent_text_release(&model);
}

static void random_alliances(void)
{
    for (int k = 0; k < 60; k++) {
        double bias[20];
        const int n = 1 + (int)ent_rng_below(&rng, 20), spread = 1 << ent_rng_below(&rng, 8);
        const double eta = (double)ent_rng_below(&rng, 64) / 64.0;
        for (int i = 0; i < n; i++)
            bias[i] = (double)ent_rng_below(&rng, spread) / 256.0 - (k % 4 == 0 ? 0.125 : 0.0);
        compare_exact(n, bias, eta, k % 3 ? 0.0 : -0.25, k % 5 ? 1.0 : 0.75);
    }
}

static ent_truth one_hawk(int n, double others, double hawk, double eta)
{
    ent_truth truth = {false, (double)NAN, (double)NAN, 0.0, 0.0};
    double *bias = malloc((size_t)n * sizeof *bias);
    CHECK(bias != NULL);
    for (int i = 0; bias && i < n; i++) bias[i] = i == n / 2 ? hawk : others;
    if (bias) CHECK(ent_full_revelation(ctx, n, bias, eta, 0.0, 1.0, zero, &truth) == ENT_OK);
    free(bias);
    return truth;
}

/* The largest beta of one hawk, the others' bias being 0, by bisection. beta = (A - eta) b / (1 -
 * eta). */
static double critical_beta(int n, double eta)
{
    const double per_bias = (1.0 + (n - 2) * eta) / (1.0 - eta);
    double lo = 0.0, hi = 1.0;
    for (int step = 0; step < 45; step++) {
        const double mid = lo + (hi - lo) / 2.0;
        if (one_hawk(n, 0.0, mid / per_bias, eta).is_equilibrium) lo = mid;
        else hi = mid;
    }
    return lo;
}

static void known(void)
{
    /* exact gain of the hawk holding 0 among 200, as a double */
    CHECK_NEAR(one_hawk(200, 0.0, 1.0 / 2000, 0.5).hawk_gain / -3.559259680198254e-06, 1.0, 1e-9);
    /* n = 5, eta = .9 */
    CHECK_NEAR(critical_beta(5, 0.9),
               (2.0 / 7 / 37 + sqrt(5.0) * (13.0 / 35) / 4.6) / (1.0 / 37 + sqrt(5.0) / 4.6),
               1e-10);
    /* towards the root of (1-eta)^2 v^4 = 4 (eta-v)^3 - (eta-v)^4, .387004149 at eta = .5 */
    CHECK_NEAR(critical_beta(100, 0.5), 0.374699, 1e-6);
    CHECK_NEAR(critical_beta(1000, 0.5), 0.385756, 1e-6);
    CHECK_NEAR(critical_beta(10000, 0.5), 0.386879, 1e-6);
    /* sizes that form no interval: half at -.01, half at .01, eta = .9 */
    for (int n = 2; n <= 48; n += 2) {
        double bias[48];
        ent_truth truth;
        for (int i = 0; i < n; i++) bias[i] = i % 2 ? 0.01 : -0.01;
        CHECK(ent_full_revelation(ctx, n, bias, 0.9, 0.0, 1.0, zero, &truth) == ENT_OK);
        CHECK(truth.is_equilibrium == (n != 4 && n <= 46));
    }
    /* a million who agree, but for one; nobody gains anything when all biases are the same */
    CHECK(one_hawk(1000000, 0.0, 1e-7, 0.5).is_equilibrium);
    CHECK(!one_hawk(1000000, 0.0, 1e-6, 0.5).is_equilibrium);
    const ent_truth same = one_hawk(100000, 0.0, 0.0, 0.5);
    CHECK(same.is_equilibrium && same.hawk_gain <= 0.0 && same.dove_gain <= 0.0);
}

static void refusals(void)
{
    ent_truth truth;
    double gain[1][2];
    const double bias[] = {0.0}, nan[] = {(double)NAN};
    CHECK(ent_full_revelation(ctx, 0, bias, 0.5, 0, 1, zero, &truth) == ENT_E_ARG);
    CHECK(ent_full_revelation(ctx, 1, NULL, 0.5, 0, 1, zero, &truth) == ENT_E_ARG);
    CHECK(ent_full_revelation(ctx, 1, nan, 0.5, 0, 1, zero, &truth) == ENT_E_ARG);
    CHECK(ent_full_revelation(ctx, 1, bias, 1.0, 0, 1, zero, &truth) == ENT_E_ARG);
    CHECK(ent_full_revelation(ctx, 1, bias, -0.1, 0, 1, zero, &truth) == ENT_E_ARG);
    CHECK(ent_full_revelation(ctx, 1, bias, 0.5, 1, 0, zero, &truth) == ENT_E_ARG);
    CHECK(ent_full_revelation(ctx, 1, bias, 0.5, 0, 1, -1.0, &truth) == ENT_E_ARG);
    CHECK(ent_full_revelation(ctx, 1, bias, 0.5, 0, 1, zero, NULL) == ENT_E_ARG);
    CHECK(ent_lie_gains(ctx, 1, bias, 0.5, 0, 1, -1, gain) == ENT_E_ARG);
    CHECK(ent_lie_gains(ctx, 1, bias, 0.5, 0, 1, 1, NULL) == ENT_E_ARG);
    CHECK(ent_full_revelation(ctx, 1, bias, 0.5, -(double)INFINITY, (double)INFINITY, zero,
                              &truth) == ENT_OK &&
          truth.is_equilibrium);
    ent_ctx *fresh = ent_ctx_new();
    for (int64_t allowed = 0; fresh && allowed < 2; allowed++) {
        ent_ctx_fail_after(fresh, 0);
        CHECK(ent_full_revelation(fresh, 1, bias, 0.5, 0, 1, zero, &truth) == ENT_E_MEMORY);
        ent_ctx_fail_after(fresh, -1);
    }
    if (fresh) CHECK(ent_full_revelation(fresh, 1, bias, 0.5, 0, 1, zero, &truth) == ENT_OK);
    ent_ctx_free(fresh);
}

/* Gains do not depend on the number of threads, and belong to players in the caller's order. */
static void threads(void)
{
    enum { MANY = 300 };
    double bias[MANY], one[MANY][2], two[MANY][2];
    for (int i = 0; i < MANY; i++) bias[i] = 0.02 * ent_rng_uniform(&rng);
    CHECK(ent_lie_gains(ctx, MANY, bias, 0.9, 0, 1, 1, one) == ENT_OK);
    CHECK(ent_lie_gains(ctx, MANY, bias, 0.9, 0, 1, 2, two) == ENT_OK);
    CHECK(memcmp(one, two, sizeof one) == 0);
    const double first = bias[0];
    bias[0] = bias[MANY - 1];
    bias[MANY - 1] = first;
    CHECK(ent_lie_gains(ctx, MANY, bias, 0.9, 0, 1, 1, two) == ENT_OK);
    CHECK(one[0][0] == two[MANY - 1][0] && one[MANY - 1][1] == two[0][1] && one[5][1] == two[5][1]);
}

int main(void)
{
    ctx = ent_ctx_new();
    rng = ent_rng_stream(7, 1, 1);
    random_alliances();
    known();
    refusals();
    threads();
    ent_ctx_free(ctx);
    return check_end();
}
