/* Shapley, Banzhaf, dividends, potential and weighted votes: against orders and subsets, textbook
 * values, and by size. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_strategic.h"

#include <stdlib.h>
#include <time.h>

enum { SEED = 5, GAMES = 40, PLAYERS = 6 };

static ent_ctx *ctx;

static ent_doc *solve(const char *model, const char *method)
{
    const ent_request request = {
        .source = "worth", .text = model, .len = strlen(model), .method = method};
    char *json = NULL;
    ent_doc *doc = NULL;
    const ent_status st = ent_run(ctx, &request, &json, NULL);
    if (st != ENT_OK) printf("%s\n", ent_message(ctx));
    CHECK(st == ENT_OK);
    if (st == ENT_OK) CHECK(ent_doc_read(ctx, "result", strlen(json), json, &doc) == ENT_OK);
    ent_free(json);
    return doc;
}

/* The number at a place, exact, is want; a coalition that is not listed has 0. */
static void same(const ent_doc *doc, const char *part, const char *key, const ent_rat *want)
{
    ent_rat got = ENT_RAT_ZERO;
    const ent_json *object = ent_json_get(ent_json_get(ent_doc_root(doc), "solution"), part);
    const ent_json *exact = ent_json_get(ent_json_get(object, key), "exact");
    CHECK(object != NULL);
    if (exact) CHECK(ent_rat_parse(&got, exact->text, exact->text_len));
    if (!ent_rat_equal(&got, want))
        printf("%s of %s: got %s, want %.17g\n", part, key, exact ? exact->text : "nothing",
               ent_rat_double(want));
    CHECK(ent_rat_equal(&got, want));
    ent_rat_release(&got);
}

static void same_ratio(const ent_doc *doc, const char *part, const char *key, int64_t num,
                       int64_t den)
{
    ent_rat want = ENT_RAT_ZERO;
    ent_rat_set_ratio(&want, num, den);
    if (doc) same(doc, part, key, &want);
    ent_rat_release(&want);
}

static const char *key_of(int n, ent_coal s, char key[64])
{
    int len = 0;
    key[0] = '\0';
    for (int i = 0; i < n; i++)
        if (ent_coal_has(s, i))
            len += snprintf(key + len, 64 - (size_t)len, "%sP%d", len ? "," : "", i);
    return key;
}

static void write_model(int n, const ent_rat *v, ent_text *out)
{
    ent_text_reset(out);
    ent_text_puts(out, "{\"entente\": 1, \"family\": \"strategic\", \"players\": [");
    for (int i = 0; i < n; i++) ent_text_printf(out, "%s\"P%d\"", i ? ", " : "", i);
    ent_text_puts(out, "], \"worth\": [");
    for (ent_coal s = 0; s <= ent_coal_all(n); s++)
        ent_text_printf(out, "%s\"%lld/%lld\"", s ? ", " : "", (long long)v[s].num,
                        (long long)v[s].den);
    ent_text_puts(out, "]}");
}

/* By the definitions, subset by subset. */
static void compare_banzhaf(int n, const ent_rat *v, const ent_doc *doc)
{
    ent_rat sum = ENT_RAT_ZERO, half = ENT_RAT_ZERO;
    char key[64];
    ent_rat_set_ratio(&half, 1, (int64_t)1 << (n - 1));
    for (int i = 0; i < n; i++) {
        ent_rat_set_int(&sum, 0);
        for (ent_coal s = 0; s <= ent_coal_all(n); s++) {
            if (ent_coal_has(s, i)) continue;
            ent_rat_add(&sum, &sum, &v[s | ent_coal_single(i)]);
            ent_rat_sub(&sum, &sum, &v[s]);
        }
        ent_rat_mul(&sum, &sum, &half);
        same(doc, "utilities", key_of(n, ent_coal_single(i), key), &sum);
    }
    ent_rat_release(&sum);
    ent_rat_release(&half);
}

static void compare_dividends(int n, const ent_rat *v, const ent_doc *doc)
{
    ent_rat d[1 << PLAYERS], p = ENT_RAT_ZERO, share = ENT_RAT_ZERO;
    char key[64];
    for (ent_coal s = 0; s <= ent_coal_all(n); s++) {
        ent_rat_init(&d[s]);
        for (ent_coal r = 0; r <= s; r++) {
            if (r & ~s) continue;
            if ((ent_coal_size(s) - ent_coal_size(r)) % 2) ent_rat_sub(&d[s], &d[s], &v[r]);
            else ent_rat_add(&d[s], &d[s], &v[r]);
        }
        if (s) same(doc, "dividends", key_of(n, s, key), &d[s]);
        ent_rat_set_int(&p, 0);
        for (ent_coal r = 1; r <= s; r++) { /* P(S) = sum of d_R / r */
            if (r & ~s) continue;
            ent_rat_set_ratio(&share, 1, ent_coal_size(r));
            ent_rat_addmul(&p, &share, &d[r]);
        }
        if (s) same(doc, "potential", key_of(n, s, key), &p);
    }
    for (ent_coal s = 0; s <= ent_coal_all(n); s++) ent_rat_release(&d[s]);
    ent_rat_release(&p);
    ent_rat_release(&share);
}

static void random_worths(void)
{
    ent_text model;
    ent_text_init(ctx, &model);
    for (int k = 0; k < GAMES; k++) {
        ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, 0);
        const int n = 1 + k % PLAYERS;
        ent_rat v[1 << PLAYERS], phi[PLAYERS];
        char key[64];
        for (ent_coal s = 0; s <= ent_coal_all(n); s++) {
            ent_rat_init(&v[s]);
            if (s) ent_rat_set_ratio(&v[s], ent_rng_below(&rng, 9) - 4, 1 + ent_rng_below(&rng, 3));
        }
        for (int i = 0; i < n; i++) ent_rat_init(&phi[i]);
        write_model(n, v, &model);
        ref_strategic_shapley(n, v, phi);
        ent_doc *shapley = solve(model.data, "shapley"), *banzhaf = solve(model.data, "banzhaf"),
                *dividends = solve(model.data, "dividends");
        for (int i = 0; shapley && i < n; i++)
            same(shapley, "utilities", key_of(n, ent_coal_single(i), key), &phi[i]);
        if (banzhaf) compare_banzhaf(n, v, banzhaf);
        if (dividends) compare_dividends(n, v, dividends);
        ent_doc_free(shapley);
        ent_doc_free(banzhaf);
        ent_doc_free(dividends);
        for (ent_coal s = 0; s <= ent_coal_all(n); s++) ent_rat_release(&v[s]);
        for (int i = 0; i < n; i++) ent_rat_release(&phi[i]);
    }
    ent_text_release(&model);
}

/* The same votes as a worth function. */
static void random_votes(void)
{
    ent_text model;
    ent_text_init(ctx, &model);
    for (int k = 0; k < GAMES; k++) {
        ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, 1);
        const int n = 1 + k % PLAYERS;
        int64_t vote[PLAYERS], sum = 0;
        ent_rat v[1 << PLAYERS], phi[PLAYERS];
        char key[64];
        ent_text_reset(&model);
        for (int i = 0; i < n; i++) sum += vote[i] = ent_rng_below(&rng, 6);
        const int64_t quota = 1 + ent_rng_below(&rng, sum + 2);
        ent_text_printf(&model,
                        "{\"entente\": 1, \"family\": \"strategic\", \"quota\": %lld, \"votes\": {",
                        (long long)quota);
        for (int i = 0; i < n; i++)
            ent_text_printf(&model, "%s\"P%d\": %lld", i ? ", " : "", i, (long long)vote[i]);
        ent_text_puts(&model, "}}");
        for (ent_coal s = 0; s <= ent_coal_all(n); s++) {
            int64_t votes = 0;
            for (int i = 0; i < n; i++) votes += ent_coal_has(s, i) ? vote[i] : 0;
            ent_rat_init(&v[s]);
            ent_rat_set_int(&v[s], votes >= quota);
        }
        for (int i = 0; i < n; i++) ent_rat_init(&phi[i]);
        ref_strategic_shapley(n, v, phi);
        ent_doc *shapley = solve(model.data, "shapley"), *banzhaf = solve(model.data, "banzhaf");
        for (int i = 0; shapley && i < n; i++)
            same(shapley, "utilities", key_of(n, ent_coal_single(i), key), &phi[i]);
        if (banzhaf) compare_banzhaf(n, v, banzhaf);
        ent_doc_free(shapley);
        ent_doc_free(banzhaf);
        for (ent_coal s = 0; s <= ent_coal_all(n); s++) ent_rat_release(&v[s]);
        for (int i = 0; i < n; i++) ent_rat_release(&phi[i]);
    }
    ent_text_release(&model);
}

/* The United Nations' Security Council: five permanent members with a veto, ten others, nine votes
 * needed. Textbooks: 421/2145 and 4/2145; Banzhaf swings 848 and 84 of 16384. */
static void security_council(void)
{
    static const char model[] =
        "{\"entente\": 1, \"family\": \"strategic\", \"quota\": 39, \"votes\": {\"P1\": 7, \"P2\": 7, \"P3\": 7, \"P4\": 7, \"P5\": 7, "
        "\"E1\": 1, \"E2\": 1, \"E3\": 1, \"E4\": 1, \"E5\": 1, \"E6\": 1, \"E7\": 1, \"E8\": 1, \"E9\": 1, \"E10\": 1}}";
    ent_doc *shapley = solve(model, "shapley"), *banzhaf = solve(model, "banzhaf");
    same_ratio(shapley, "utilities", "P3", 421, 2145);
    same_ratio(shapley, "utilities", "E10", 4, 2145);
    same_ratio(banzhaf, "utilities", "P1", 848, 16384);
    same_ratio(banzhaf, "utilities", "E2", 84, 16384);
    same_ratio(banzhaf, "normalized", "P1", 848, 5 * 848 + 10 * 84);
    if (banzhaf)
        CHECK_TEXT(ent_json_at(ent_doc_root(banzhaf), "/certificate/swings/E2")->text, "84");
    ent_doc_free(shapley);
    ent_doc_free(banzhaf);
}

/* A hundred voters, exactly; equal voters by symmetry. */
static void hundred_voters(void)
{
    ent_text model;
    ent_text_init(ctx, &model);
    int sum = 0;
    for (int i = 0; i < 100; i++) sum += 1 + i % 10;
    ent_text_printf(&model,
                    "{\"entente\": 1, \"family\": \"strategic\", \"quota\": %d, \"votes\": {",
                    sum / 2 + 1);
    for (int i = 0; i < 100; i++)
        ent_text_printf(&model, "%s\"V%d\": %d", i ? ", " : "", i, 1 + i % 10);
    ent_text_puts(&model, "}}");
    ent_doc *doc = solve(model.data, "shapley");
    const ent_json *total = doc ? ent_json_at(ent_doc_root(doc), "/solution/total/exact") : NULL;
    CHECK(total != NULL);
    if (total) CHECK_TEXT(total->text, "1");
    if (doc)
        CHECK_TEXT(ent_json_at(ent_doc_root(doc), "/solution/utilities/V3/exact")->text,
                   ent_json_at(ent_doc_root(doc), "/solution/utilities/V93/exact")->text);
    ent_doc_free(doc);
    ent_text_release(&model);
}

int main(void)
{
    ctx = ent_ctx_new();
    random_worths();
    random_votes();
    security_council();
    hundred_voters();
    ent_ctx_free(ctx);
    return check_end();
}
