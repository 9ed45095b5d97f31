/* Special games two ways: the Shapley value [Sal] Theorem 4 (transferable utility), Maschler and
 * Owen's consistent value of hyperplane games (Theorem 4), Nash bargaining and Myerson's two-person
 * solution (Theorem 5), and the incentive program (3.5) by a textbook simplex. Then laws: dummies,
 * relabelling, and utilities in other units, from 1e-6 to 1e6. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_bayesian.h"

#include <stdlib.h>

enum { SEED = 4, GAMES = 25 };

static ent_ctx *ctx;

static ent_doc *solve(const ent_text *model, const char *method)
{
    const char *const changes[] = {"threads=1"};
    const ent_request request = {.source = method,
                                 .text = model->data,
                                 .len = model->len,
                                 .method = method,
                                 .changes = 1,
                                 .set = changes};
    char *reply = NULL;
    ent_doc *doc = NULL;
    const ent_status st = ent_run(ctx, &request, &reply, NULL);
    if (st != ENT_OK) printf("%s: %s\n%s\n", method, ent_message(ctx), model->data);
    CHECK(st == ENT_OK);
    if (st == ENT_OK) CHECK(ent_doc_read(ctx, "result", strlen(reply), reply, &doc) == ENT_OK);
    ent_free(reply);
    return doc;
}

/* Equal: exactly when the document says so, else to 1e-9. */
static void same(const ent_doc *doc, const char *pointer, const ent_rat *want)
{
    const ent_json *node = doc ? ent_json_at(ent_doc_root(doc), pointer) : NULL,
                   *exact = ent_json_get(node, "exact");
    ent_rat number = ENT_RAT_ZERO;
    double x = (double)NAN;
    if (exact) {
        CHECK(ent_rat_parse(&number, exact->text, exact->text_len));
        if (!ent_rat_equal(&number, want))
            printf("%s: %s, want %.17g\n", pointer, exact->text, ent_rat_double(want));
        CHECK(ent_rat_equal(&number, want));
    } else {
        CHECK(node && ent_json_real(ctx, doc, node, &x) == ENT_OK);
        CHECK_NEAR(x, ent_rat_double(want), 1e-9);
    }
    ent_rat_release(&number);
}

static double value(const ent_doc *doc, const char *pointer)
{
    const ent_json *node = doc ? ent_json_at(ent_doc_root(doc), pointer) : NULL;
    double x = (double)NAN;
    if (node && node->kind == ENT_JSON_OBJECT) node = ent_json_get(node, "value");
    CHECK(node && ent_json_real(ctx, doc, node, &x) == ENT_OK);
    return x;
}

static void head(ent_text *out, int n)
{
    ent_text_reset(out);
    ent_text_puts(out, "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [");
    for (int i = 0; i < n; i++) ent_text_printf(out, "%s{\"name\": \"P%d\"}", i ? ", " : "", i);
    ent_text_puts(out, "], \"coalitions\": [");
}

static void members(ent_text *out, unsigned s, int n, bool comma)
{
    bool more = false;
    ent_text_printf(out, "%s{\"members\": [", comma ? ", " : "");
    for (int i = 0; i < n; i++)
        if (s >> i & 1) ent_text_printf(out, "%s\"P%d\"", more ? ", " : "", i), more = true;
    ent_text_puts(out, "], \"decisions\": {");
}

static void pointer_of(char *out, size_t room, unsigned s, int n, int i)
{
    size_t len = (size_t)snprintf(out, room, "/solution/coalitions/");
    bool more = false;
    for (int j = 0; j < n; j++)
        if (s >> j & 1)
            len += (size_t)snprintf(out + len, room - len, "%sP%d", more ? "," : "", j),
                more = true;
    snprintf(out + len, room - len, "/utilities/P%d", i);
}

/* S can have any x >= 0 with sum a_i x_i <= b: its members' decisions are the corners b / a_i. With
 * a = 1: transferable utility. Worths grow fast with size, so that consistent values are inside. */
static void hyperplanes(int k, bool transferable)
{
    ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, transferable);
    const int n = 2 + k % 3;
    const unsigned all = 1u << n;
    ent_status st = ENT_OK;
    char pointer[120];
    ent_text model;
    ent_text_init(ctx, &model);
    ent_rat *a = ent_rats_new(ctx, all * (unsigned)n, &st), *b = ent_rats_new(ctx, all, &st),
            *x = ent_rats_new(ctx, all * (unsigned)n, &st);
    ent_rat phi[4] = {ENT_RAT_ZERO, ENT_RAT_ZERO, ENT_RAT_ZERO, ENT_RAT_ZERO};
    head(&model, n);
    for (unsigned s = 1; s < all; s++) {
        int size = 0;
        for (int i = 0; i < n; i++) {
            size += (int)(s >> i & 1);
            ent_rat_set_int(&a[s * (unsigned)n + (unsigned)i],
                            transferable ? 1 : 1 + ent_rng_below(&rng, 3));
        }
        if (size < 2) continue;
        ent_rat_set_int(&b[s], (size == 2 ? 2 : size == 3 ? 30 : 300) + ent_rng_below(&rng, 5));
        members(&model, s, n, s > 3);
        bool more = false;
        for (int i = 0; i < n; i++) {
            if (!(s >> i & 1)) continue;
            ent_rat corner = ENT_RAT_ZERO;
            ent_rat_div(&corner, &b[s], &a[s * (unsigned)n + (unsigned)i]);
            char *text = ent_rat_format(ctx, &corner, &st);
            ent_text_printf(&model, "%s\"%u to %d\": {\"P%d\": \"%s\"}", more ? ", " : "", s, i, i,
                            text);
            ent_free(text);
            ent_rat_release(&corner);
            more = true;
        }
        ent_text_puts(&model, "}}");
    }
    ent_text_puts(&model, "]}");
    ref_bayesian_consistent(n, a, b, x);
    ent_doc *doc = solve(&model, "neutral-procedural");
    for (unsigned s = 3; s < all; s++)
        for (int i = 0; i < n; i++) {
            if (!(s >> i & 1) || (s & (s - 1)) == 0) continue;
            pointer_of(pointer, sizeof pointer, s, n, i);
            same(doc, pointer, &x[s * (unsigned)n + (unsigned)i]);
        }
    if (transferable) {
        ref_bayesian_shapley(n, b, phi);
        for (int i = 0; i < n; i++)
            CHECK(ent_rat_equal(&phi[i], &x[(all - 1) * (unsigned)n + (unsigned)i]));
    }
    for (int i = 0; i < 4; i++) ent_rat_release(&phi[i]);
    ent_doc_free(doc);
    ent_rats_free(a, all * (unsigned)n);
    ent_rats_free(b, all);
    ent_rats_free(x, all * (unsigned)n);
    ent_text_release(&model);
}

static void nash(int k)
{
    enum { POINTS = 6 };
    ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, 7);
    ent_rat u1[POINTS], u2[POINTS], x[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO};
    ent_text model;
    ent_text_init(ctx, &model);
    head(&model, 2);
    members(&model, 3, 2, false);
    for (int d = 0; d < POINTS; d++) {
        ent_rat_init(&u1[d]);
        ent_rat_init(&u2[d]);
        /* the first point is disagreement */
        if (d) ent_rat_set_int(&u1[d], ent_rng_below(&rng, 14) - 2);
        if (d) ent_rat_set_int(&u2[d], ent_rng_below(&rng, 14) - 2);
        if (d)
            ent_text_printf(&model, "%s\"d%d\": {\"P0\": %g, \"P1\": %g}", d > 1 ? ", " : "", d,
                            ent_rat_double(&u1[d]), ent_rat_double(&u2[d]));
    }
    ent_text_puts(&model, "}}]}");
    ref_bayesian_nash(POINTS, u1, u2, x);
    if (ent_rat_sign(&x[0]) > 0) {
        ent_doc *doc = solve(&model, "neutral-procedural"), *rival = solve(&model, "m-solution");
        same(doc, "/solution/coalitions/P0,P1/utilities/P0", &x[0]);
        same(doc, "/solution/coalitions/P0,P1/utilities/P1", &x[1]);
        same(rival, "/solution/utilities/P0", &x[0]);
        ent_doc_free(doc);
        ent_doc_free(rival);
    }
    for (int d = 0; d < POINTS; d++) {
        ent_rat_release(&u1[d]);
        ent_rat_release(&u2[d]);
    }
    ent_rat_release(&x[0]);
    ent_rat_release(&x[1]);
    ent_text_release(&model);
}

/* A random problem of two players with types; utilities times `unit`. */
typedef struct problem {
    ref_bayesian_problem q;
    ent_rat p[2][3], u[2 * 4 * 9], weight[6];
} problem;

static void draw(problem *x, int k)
{
    ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, 9);
    *x = (problem){.q = {.types = {1 + k % 3, 1 + k / 3 % 3}, .decisions = 4}};
    int interim = 0, parts = 0;
    for (size_t j = 0; j < sizeof x->u / sizeof *x->u; j++) ent_rat_init(&x->u[j]);
    for (size_t m = 0; m < 6; m++) ent_rat_init(&x->weight[m]);
    for (int i = 0; i < 2; i++) {
        x->q.p[i] = x->p[i];
        for (int t = 0; t < 3; t++) ent_rat_init(&x->p[i][t]);
        for (int t = 0; t < x->q.types[i]; t++) ent_rat_set_ratio(&x->p[i][t], 1, x->q.types[i]);
        for (int t = 0; t < x->q.types[i]; t++) {
            const int part = 1 + (int)ent_rng_below(&rng, 4);
            parts += part;
            ent_rat_set_int(&x->weight[interim++], part);
        }
    }
    ent_rat sum = ENT_RAT_ZERO;
    ent_rat_set_int(&sum, parts);
    for (int m = 0; m < interim; m++) ent_rat_div(&x->weight[m], &x->weight[m], &sum);
    ent_rat_release(&sum);
    const int numbers = 2 * x->q.decisions * x->q.types[0] * x->q.types[1],
              own = numbers / x->q.decisions / 2;
    for (int j = 0; j < numbers; j++) /* decision 0: nothing happens */
        if (j / own % x->q.decisions != 0) ent_rat_set_int(&x->u[j], ent_rng_below(&rng, 12) - 3);
    x->q.u = x->u;
    x->q.weight = x->weight;
}

static void release(problem *x)
{
    for (int i = 0; i < 2; i++)
        for (int t = 0; t < 3; t++) ent_rat_release(&x->p[i][t]);
    for (size_t j = 0; j < sizeof x->u / sizeof *x->u; j++) ent_rat_release(&x->u[j]);
    for (size_t m = 0; m < 6; m++) ent_rat_release(&x->weight[m]);
}

static void player(const problem *x, int i, ent_text *out)
{
    ent_text_printf(out, "{\"name\": \"P%d\", \"types\": {", i);
    for (int t = 0; t < x->q.types[i]; t++)
        ent_text_printf(out, "%s\"t%d\": \"1/%d\"", t ? ", " : "", t, x->q.types[i]);
    ent_text_puts(out, "}}");
}

static void weights(const problem *x, ent_text *out)
{
    int m = 0;
    for (int i = 0; i < 2; i++) {
        ent_text_printf(out, "%s\"P%d\": {", i ? ", " : "\"weights\": {", i);
        for (int t = 0; t < x->q.types[i]; t++, m++) {
            ent_status st = ENT_OK;
            char *text = ent_rat_format(ctx, &x->weight[m], &st);
            ent_text_printf(out, "%s\"t%d\": \"%s\"", t ? ", " : "", t, text);
            ent_free(text);
        }
        ent_text_puts(out, "}");
    }
    ent_text_puts(out, "}, ");
}

/* The model; players in the other order when `swapped`; P0's utilities times `unit`, with `dummy` a
 * third player who does nothing. */
static void model_of(const problem *x, double unit, bool swapped, bool dummy, bool weighted,
                     ent_text *out)
{
    ent_text_reset(out);
    ent_text_puts(out, "{\"entente\": 1, \"family\": \"bayesian\", ");
    if (weighted) weights(x, out);
    ent_text_puts(out, "\"players\": [");
    player(x, swapped ? 1 : 0, out);
    ent_text_puts(out, ", ");
    player(x, swapped ? 0 : 1, out);
    ent_text_printf(out, "%s], \"coalitions\": [{\"members\": [\"P0\", \"P1\"], \"decisions\": {",
                    dummy ? ", {\"name\": \"dummy\"}" : "");
    for (int d = 1; d < x->q.decisions; d++) {
        ent_text_printf(out, "%s\"d%d\": {", d > 1 ? ", " : "", d);
        for (int i = 0; i < 2; i++) {
            ent_text_printf(out, "%s\"P%d\": {\"on\": [\"P0\", \"P1\"], \"u\": [", i ? ", " : "",
                            i);
            for (int s = 0; s < x->q.types[0]; s++)
                for (int t = 0; t < x->q.types[1]; t++) {
                    const double u = ent_rat_double(
                        &x->u[((i * x->q.decisions + d) * x->q.types[0] + s) * x->q.types[1] + t]);
                    ent_text_printf(out, "%s%.17g%s",
                                    t   ? ", "
                                    : s ? ", ["
                                        : "[",
                                    i == 0 ? u * unit : u, t + 1 == x->q.types[1] ? "]" : "");
                }
            ent_text_puts(out, "]}");
        }
        ent_text_puts(out, "}");
    }
    ent_text_puts(out, "}}]}");
}

/* (3.5) two ways. */
static void incentive_program(int k)
{
    problem x;
    ent_rat best = ENT_RAT_ZERO;
    ent_text model;
    ent_text_init(ctx, &model);
    draw(&x, k);
    model_of(&x, 1.0, false, false, true, &model);
    ref_bayesian_best(&x.q, &best);
    ent_doc *doc = solve(&model, "efficient");
    same(doc, "/solution/coalitions/P0,P1/value", &best);
    ent_doc_free(doc);
    ent_rat_release(&best);
    ent_text_release(&model);
    release(&x);
}

static void compare(const problem *x, const ent_doc *doc, const char *key, const ent_doc *other,
                    const char *other_key, double unit)
{
    char pointer[100], second[100];
    for (int i = 0; i < 2; i++)
        for (int t = 0; t < x->q.types[i]; t++) {
            char type[16] = "";
            if (x->q.types[i] > 1) snprintf(type, sizeof type, "/t%d", t);
            snprintf(pointer, sizeof pointer, "/solution/coalitions/%s/utilities/P%d%s", key, i,
                     type);
            snprintf(second, sizeof second, "/solution/coalitions/%s/utilities/P%d%s", other_key, i,
                     type);
            CHECK_NEAR(value(other, second) / (i == 0 ? unit : 1.0), value(doc, pointer), 1e-6);
        }
}

static void laws(int k)
{
    static const double units[] = {0x1p-20, 1e-6, 1e6, 0x1p20};
    problem x;
    ent_text model;
    ent_text_init(ctx, &model);
    draw(&x, k);
    model_of(&x, 1.0, false, false, false, &model);
    ent_doc *doc = solve(&model, "neutral-procedural");
    model_of(&x, 1.0, false, true, false, &model);
    ent_doc *other = solve(&model, "neutral-procedural");
    compare(&x, doc, "P0,P1", other, "P0,P1", 1.0);
    ent_doc_free(other);
    model_of(&x, 1.0, true, false, false, &model);
    other = solve(&model, "neutral-procedural");
    compare(&x, doc, "P0,P1", other, "P1,P0", 1.0);
    ent_doc_free(other);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        model_of(&x, units[u], false, false, false, &model);
        other = solve(&model, "neutral-procedural");
        compare(&x, doc, "P0,P1", other, "P0,P1", units[u]);
        ent_doc_free(other);
    }
    ent_doc_free(doc);
    ent_text_release(&model);
    release(&x);
}

int main(void)
{
    ctx = ent_ctx_new();
    for (int k = 0; k < GAMES; k++) {
        hyperplanes(k, true);
        hyperplanes(k, false);
        nash(k);
        incentive_program(k);
    }
    for (int k = 0; k < 9; k++) laws(k);
    ent_ctx_free(ctx);
    return check_end();
}
