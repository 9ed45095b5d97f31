/* Who joins: [MW25] Section 5.2 and the answer to its question, docs/relational.md section 6. */
#include "brutal_method.h"
#include "check.h"

#include "base/rng.h"
#include "entente/entente.h"
#include "relational/accession.h"

enum { SEED = 52, TEXT_MAX = 4096 };

static ent_ctx *ctx;

static ent_relational_settings settings(int64_t table_players)
{
    return (ent_relational_settings){
        .tolerance = 1e-12, .exact_payoffs = 2000000, .table_players = table_players, .threads = 1};
}

static ent_relational *read_model(const char *text)
{
    ent_doc *doc = NULL;
    ent_relational *model = NULL;
    const int ok = ent_doc_read(ctx, "test", strlen(text), text, &doc) == ENT_OK &&
                   ent_relational_read(ctx, doc, ent_doc_root(doc), &model) == ENT_OK;
    if (!ok) printf("%s\n", ent_message(ctx));
    CHECK(ok);
    ent_doc_free(doc);
    return model;
}

/* Players A, B, ... with these sizes and costs; `rest` holds the other members. */
static ent_relational *nations(int n, const double *size, const double *cost, const char *rest)
{
    char text[TEXT_MAX];
    int at = snprintf(
        text, sizeof text,
        "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\", \"players\": [");
    for (int i = 0; i < n; i++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "%s{\"name\": \"%c\", \"size\": %.17g, \"cost\": %.17g}", i ? ", " : "",
                       'A' + i, size[i], cost[i]);
    snprintf(text + at, sizeof text - (size_t)at, "], %s}", rest);
    return read_model(text);
}

static const double ones[] = {1, 1, 1, 1, 1, 1, 1, 1};

static ent_i_accession *prepare(const ent_relational *m, const ent_relational_settings *s)
{
    ent_i_accession *a = NULL;
    const ent_status st = ent_i_accession_new(ctx, m, s, &a);
    if (st != ENT_OK) printf("%s\n", ent_message(ctx));
    CHECK(st == ENT_OK);
    return a;
}

/* [MW25] Section 5.2, eq. (35), (36): five nations of different size, weights proportional to size;
 * computed elsewhere by two programs. */
static void five_nations(void)
{
    static const int joins[] = {4, 1, 2, 3};
    static const double gain[] = {2.9892197191693377, 3.9172761358051984, 1.6060420682518526,
                                  1.204757446810813};
    static const double fee[] = {5.6106060606060595, 5.318253861546787, 4.4412823800500405,
                                 3.7145833468463785};
    static const double level[] = {3.18030303030303, 11.780128810078427, 21.015658807430412,
                                   27.062983255732306};
    static const double span[] = {0, 0.84, 3.5666094977106013, 5.08091974420583};
    ent_relational *m =
        nations(5, (double[]){1, 1.5, 0.8, 0.6, 2}, (double[]){1, 0.9, 1.2, 1.1, 1.6},
                "\"coalition\": [\"A\"], \"weights\": \"proportional\", \"discount\": \"3/10\"");
    for (int whole = 0; whole < 2; whole++) {
        const ent_relational_settings s = settings(whole ? 12 : 0);
        ent_i_accession *a = prepare(m, &s);
        ent_i_step step[ENT_PLAYERS_MAX];
        const ent_i_line *line = NULL;
        ent_coal final = 0;
        int steps = 0;
        CHECK(a->whole == (whole == 1));
        CHECK(ent_i_accession_path(ctx, a, step, &steps, &final) == ENT_OK);
        CHECK(steps == 4 && final == 31);
        for (int k = 0; k < steps && k < 4; k++) {
            CHECK(step[k].joiner == joins[k]);
            CHECK_NEAR(step[k].gain, gain[k], 1e-13);
            CHECK(ent_i_accession_line(ctx, a, step[k].coalition, &line) == ENT_OK);
            CHECK_NEAR(line->payoff[joins[k]], fee[k], 1e-13);
            CHECK_NEAR(line->is.level, level[k], 1e-13);
            CHECK_NEAR(line->is.span, span[k], 1e-13);
        }
        CHECK(ent_i_accession_line(ctx, a, final, &line) == ENT_OK);
        CHECK_NEAR(line->is.level, 31.982324049389497, 1e-13);
        CHECK_NEAR(line->is.span, 6.261624112533118, 1e-13);
        ent_i_accession_free(a);
    }
    ent_relational_free(m);
}

/* Without proportional weights admitting the third nation loses (6 sqrt 2 - 8 sqrt(4/3)) delta + 2
 * delta^2. */
static void counterexample(void)
{
    ent_relational *m = nations(3, ones, ones,
                                "\"coalition\": [\"A\", \"B\"], \"discount\": \"1/5\", "
                                "\"weights\": {\"A,B\": {\"A\": 1, \"B\": 0}}");
    const ent_relational_settings s = settings(12);
    ent_i_accession *a = prepare(m, &s);
    const ent_i_line *line = NULL;
    ent_i_step step[ENT_PLAYERS_MAX];
    ent_coal final = 0;
    double gain = 0.0;
    int steps = 0, stable = 0;
    CHECK(ent_i_accession_gain(ctx, a, 3, 2, &gain) == ENT_OK);
    CHECK_NEAR(gain, (6 * sqrt(2) - 8 * sqrt(4.0 / 3)) * 0.2 + 2 * 0.04, 1e-14);
    CHECK_NEAR(gain, -0.0704646, 5e-8);
    CHECK(ent_i_accession_line(ctx, a, 3, &line) == ENT_OK);
    CHECK_NEAR(line->is.span, 1.28, 1e-14);
    CHECK(ent_i_accession_line(ctx, a, 7, &line) == ENT_OK);
    CHECK_NEAR(line->is.span, 0.96, 1e-14);
    CHECK(ent_i_accession_path(ctx, a, step, &steps, &final) == ENT_OK);
    CHECK(steps == 0 && final == 3);
    CHECK(ent_i_externally_stable(ctx, a, 3, &stable) == ENT_OK && stable == 1);
    ent_i_accession_free(a);
    ent_relational_free(m);
}

static int stable_at(int n, int c, const char *discount)
{
    char rest[128];
    int stable = -1;
    snprintf(rest, sizeof rest, "\"coalition\": [\"A\"], \"discount\": \"%s\"", discount);
    ent_relational *m = nations(n, ones, ones, rest);
    const ent_relational_settings s = settings(0);
    ent_i_accession *a = prepare(m, &s);
    CHECK(ent_i_internally_stable(ctx, a, ent_coal_all(c), &stable) == ENT_OK);
    ent_i_accession_free(a);
    ent_relational_free(m);
    return stable;
}

/* A sunk fee is not stability against leaving: which symmetric coalitions of eight nations hold
 * together by themselves.
 */
static void internal_stability(void)
{
    static const struct {
        const char *discount;
        int largest;
    } row[] = {{"1/10", 8}, {"3/10", 8}, {"1/2", 6}, {"7/10", 4}, {"9/10", 2}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++)
        for (int c = 1; c <= 8; c++)
            CHECK(stable_at(8, c, row[k].discount) == (c <= row[k].largest));
    /* Patient nations: only two together, and three of three exactly, a tie that counts as
     * stable. */
    for (int n = 4; n <= 8; n++)
        for (int c = 2; c <= n; c++) CHECK(stable_at(n, c, "99/100") == (c == 2));
    CHECK(stable_at(3, 3, "99/100") == 1);
}

static void symmetric_gains(void)
{
    static const char *const discount[] = {"1/20", "1/5", "1/2", "4/5", "19/20"};
    for (int n = 3; n <= 8; n++)
        for (size_t k = 0; k < 5; k++) {
            char rest[128];
            snprintf(rest, sizeof rest, "\"coalition\": [\"B\"], \"discount\": \"%s\"",
                     discount[k]);
            ent_relational *m = nations(n, ones, ones, rest);
            const ent_relational_settings s = settings(0);
            ent_i_accession *a = prepare(m, &s);
            ent_i_step step[ENT_PLAYERS_MAX];
            ent_coal final = 0;
            int steps = 0;
            CHECK(ent_i_accession_path(ctx, a, step, &steps, &final) == ENT_OK);
            CHECK(steps == n - 1 && final == ent_coal_all(n));
            for (int i = 0; i < steps; i++) {
                CHECK(step[i].gain > 0.0);
                /* All who may join are alike: the first in the model's order does. */
                CHECK(step[i].joiner == (i == 0 ? 0 : i + 1));
            }
            ent_i_accession_free(a);
            ent_relational_free(m);
        }
}

/* The accession theorem: weights proportional to fixed numbers, any sizes, costs, patience and
 * renegotiation. */
static void theorem(void)
{
    static const char *const rho[] = {"1", "1/2", "1/10", "0"};
    ent_rng rng = ent_rng_stream(SEED, 1, 0);
    int64_t checked = 0;
    for (int k = 0; k < 60; k++) {
        const int n = 2 + (int)ent_rng_below(&rng, 4);
        double size[8], cost[8];
        char rest[512];
        int at = snprintf(rest, sizeof rest,
                          "\"coalition\": [\"A\"], \"discount\": %.6f, \"renegotiation\": \"%s\", "
                          "\"weights\": {\"A\": 1",
                          0.95 * ent_rng_uniform(&rng), rho[ent_rng_below(&rng, 4)]);
        for (int i = 0; i < n; i++) {
            size[i] = 0.05 + 3 * ent_rng_uniform(&rng);
            cost[i] = 0.3 + 2 * ent_rng_uniform(&rng);
            if (i)
                at += snprintf(rest + at, sizeof rest - (size_t)at, ", \"%c\": %d", 'A' + i,
                               (int)ent_rng_below(&rng, 4));
        }
        snprintf(rest + at, sizeof rest - (size_t)at, "}");
        ent_relational *m = nations(n, size, cost, rest);
        ent_relational_settings s = settings(12);
        ent_i_accession *a = prepare(m, &s);
        for (ent_coal c = 1; a && c < ent_coal_all(n); c++)
            for (int j = 0; j < n; j++) {
                const ent_i_line *line = NULL;
                double gain = 0.0, span = 0.0;
                if (ent_coal_has(c, j)) continue;
                CHECK(ent_i_accession_gain(ctx, a, c, j, &gain) == ENT_OK);
                CHECK(gain >= -a->settings->tolerance * a->scale);
                CHECK(ent_i_accession_line(ctx, a, c, &line) == ENT_OK);
                span = line->is.span;
                CHECK(ent_i_accession_line(ctx, a, c | ent_coal_single(j), &line) == ENT_OK);
                CHECK(line->is.span >= span - a->settings->tolerance * a->scale ||
                      ent_coal_size(c) == 1);
                checked++;
            }
        ent_i_accession_free(a);
        ent_relational_free(m);
    }
    CHECK(checked > 500);
}

static const char *text_at(const ent_json *root, const char *pointer)
{
    const ent_json *node = ent_json_at(root, pointer);
    return node && node->text ? node->text : "(absent)";
}

/* The document, and a finite game by hand: who works gives 2 to each of the three and bears 3. One
 * insider alone: nobody works. Two: their punishments (the punished works alone) are worth 1/2
 * each, the span 1 enforces one worker, the outsider, who is paid 1: level 4 - 1. Three: span 3,
 * everybody works: level 9. */
static void document(void)
{
    static const char text[] =
        "{\"entente\": 1, \"family\": \"relational\", \"players\": [{\"name\": \"A\", \"actions\": [\"work\", "
        "\"shirk\"]},"
        "{\"name\": \"B\", \"actions\": [\"work\", \"shirk\"]}, {\"name\": \"C\", \"actions\": [\"work\", \"shirk\"]}],"
        "\"payoffs\": [[3,3,3],[1,1,4],[1,4,1],[-1,2,2],[4,1,1],[2,-1,2],[2,2,-1],[0,0,0]],"
        "\"coalition\": [\"A\"], \"discount\": \"3/5\"}";
    ent_relational *m = read_model(text);
    const ent_relational_settings s = settings(12);
    ent_text solution, certificate;
    ent_writer w, v;
    ent_doc *doc = NULL;
    ent_text_init(ctx, &solution);
    ent_text_init(ctx, &certificate);
    ent_write_init(&w, &solution);
    ent_write_init(&v, &certificate);
    ent_write_object(&w, NULL, false);
    ent_write_object(&v, NULL, false);
    ent_solution out = {.outcome = ENT_LIMIT, .solution = &w, .certificate = &v};
    CHECK(ent_i_accession_method(ctx, m, &s, &out) == ENT_OK);
    CHECK(out.outcome == ENT_SOLVED);
    ent_write_end(&w);
    ent_write_end(&v);
    CHECK(ent_doc_read(ctx, "solution", solution.len, solution.data, &doc) == ENT_OK);
    const ent_json *root = ent_doc_root(doc), *steps = ent_json_get(root, "steps");
    CHECK(steps && steps->count == 2);
    CHECK_TEXT(text_at(root, "/steps/0/joins"), "B");
    CHECK_TEXT(text_at(root, "/steps/0/coalition/0"), "A");
    CHECK_TEXT(text_at(root, "/steps/0/level/exact"), "0");
    CHECK_TEXT(text_at(root, "/steps/0/gain/exact"), "3");
    CHECK_TEXT(text_at(root, "/steps/1/level/exact"), "3");
    CHECK_TEXT(text_at(root, "/steps/1/span/exact"), "1");
    CHECK_TEXT(text_at(root, "/steps/1/fee/exact"), "0");
    CHECK_TEXT(text_at(root, "/steps/1/gain/exact"), "6");
    CHECK_TEXT(text_at(root, "/final/2"), "C");
    CHECK_TEXT(text_at(root, "/final_level/exact"), "9");
    CHECK(ent_json_get(root, "coalitions")->count == 7);
    CHECK(ent_json_at(root, "/coalitions/A,B,C/externally_stable")->truth);
    CHECK(!ent_json_at(root, "/coalitions/A/externally_stable")->truth);
    ent_doc_free(doc);
    ent_text_release(&solution);
    ent_text_release(&certificate);
    ent_relational_free(m);
}

static void no_memory(void)
{
    ent_relational *m = nations(4, (double[]){1, 2, 1.5, 0.7}, ones,
                                "\"coalition\": [\"A\"], \"discount\": \"1/3\"");
    for (int whole = 0; whole < 2; whole++) {
        const ent_relational_settings s = settings(whole ? 12 : 0);
        brutal_method(ent_i_accession_method, m, &s, 50);
    }
    ent_relational_free(m);
}

int main(void)
{
    ctx = ent_ctx_new();
    five_nations();
    counterexample();
    internal_stability();
    symmetric_gains();
    theorem();
    document();
    no_memory();
    ent_ctx_free(ctx);
    return check_end();
}
