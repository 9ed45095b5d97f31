/* [Sal] Definition 4, Definitions 1 to 3 and the axioms RCRD and RCRD', two ways: what the methods
 * say about random games against the definitions as textbook linear programs in rationals
 * (tests/ref/ref_bayesian_definition.h), coalition by coalition. */
#include "brutal_run.h"
#include "check.h"

#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_bayesian_definition.h"
#include "ref/ref_bayesian_games.h"

#include <stdlib.h>

/* Coalitions with more variables than this are left out: the textbook is slow. */
enum { GAMES = 6, CELLS = 48, MASKS = 16 };
static const double NEAR = 1e-8; /* utilities are between -10 and 20 or so */

static ent_ctx *ctx;

typedef struct count {
    int efficient, nearly, accepted, degenerate, near, dictators, strong, none, draws, undefined,
        inefficient;
} count;

typedef struct game {
    ent_bayesian *model;
    ent_doc *neutral, *strong, *draw;
    /* by mask [interims]; NULL: not known exactly */
    ent_rat *alone[MASKS], *value[MASKS], *drawn[MASKS];
    count *c;
} game;

static ent_doc *solve(const ent_text *model, const char *method)
{
    const char *const changes[] = {"threads=1", "check=0"};
    const ent_request request = {.source = method,
                                 .text = model->data,
                                 .len = model->len,
                                 .method = method,
                                 .changes = 2,
                                 .set = changes};
    char *reply = NULL;
    ent_doc *doc = NULL;
    if (ent_run(ctx, &request, &reply, NULL) != ENT_OK)
        printf("%s: %s\n%s\n", method, ent_message(ctx), model->data);
    CHECK(reply && ent_doc_read(ctx, "result", strlen(reply), reply, &doc) == ENT_OK);
    ent_free(reply);
    return doc;
}

static ent_rat *fresh(int n)
{
    ent_status st = ENT_OK;
    ent_rat *r = ent_rats_new(NULL, (size_t)n, &st);
    if (!r) abort();
    return r;
}

static void forget(const ent_bayes_coal *s, ent_rat **r)
{
    ent_rats_free(*r, s ? (size_t)s->interims : 0);
    *r = NULL;
}

/* An interim of S from a document into x; members that are not listed are passed over. False:
 * something is not exact. */
static bool interim(const game *g, const ent_bayes_coal *s, const ent_json *node, ent_rat *x)
{
    bool exact = true;
    for (int i = 0; i < s->size; i++) {
        const ent_json *of = ent_json_get(node, g->model->player[s->member[i]]);
        for (int t = 0; of && t < s->types[i]; t++) {
            const ent_json *number = s->types[i] > 1 || ent_json_get(of, "exact") == NULL
                                         ? ent_json_get(of, g->model->type[s->member[i]][t])
                                         : of;
            if (!number) number = of;
            const ent_json *fraction = ent_json_get(number, "exact");
            double value = 0.0;
            if (fraction)
                CHECK(ent_rat_parse(&x[s->first[i] + t], fraction->text, fraction->text_len));
            else if (ent_json_real(ctx, g->neutral, number, &value) == ENT_OK &&
                     value == (double)(int)value)
                ent_rat_set_int(&x[s->first[i] + t], (int)value);
            else exact = false;
        }
    }
    return exact;
}

static const ent_json *entry(const ent_doc *doc, const game *g, const ent_bayes_coal *s)
{
    ent_text key;
    ent_text_init(ctx, &key);
    ent_bayesian_coal_name(&key, g->model, s->members);
    const ent_json *node =
        ent_json_get(ent_json_at(ent_doc_root(doc), "/solution/coalitions"), key.data);
    CHECK(node != NULL);
    ent_text_release(&key);
    return node;
}

static bool is(const ent_json *node, const char *key)
{
    const ent_json *x = ent_json_get(node, key);
    return x && x->truth;
}

/* Row i: what the others get without member i, from `table`, or alone; false when one of them is
 * not known. */
static bool threats(const game *g, const ent_bayes_coal *s, ent_rat *const *table, ent_rat *threat)
{
    for (int i = 0; i < s->size; i++) {
        const ent_coal rest = s->members & ~ent_coal_single(s->member[i]);
        const ent_bayes_coal *r = g->model->coalition[rest];
        const ent_rat *from = r->size == 1 ? g->alone[rest] : table[rest];
        if (!from) return false;
        for (int j = 0; j < r->size; j++)
            for (int t = 0; t < r->types[j]; t++)
                ent_rat_set(
                    &threat[i * s->interims + s->first[ent_bayes_place(s, r->member[j])] + t],
                    &from[r->first[j] + t]);
    }
    return true;
}

/* [Sal] eq. (4.4). */
static void alone(game *g)
{
    for (int i = 0; i < g->model->n; i++) {
        const ent_coal mask = ent_coal_single(i);
        const ent_bayes_coal *s = g->model->coalition[mask];
        g->alone[mask] = fresh(s->interims);
        for (int t = 0; t < s->profiles; t++)
            for (int d = 0; d < s->decisions; d++) {
                const ent_rat *u = &s->utility.exact[ent_bayes_utility(s, 0, d, t)];
                if (d == 0 || ent_rat_cmp(u, &g->alone[mask][t]) > 0)
                    ent_rat_set(&g->alone[mask][t], u);
            }
    }
}

/* Definition 4 for what the solver says about S. */
static void definition(game *g, const ent_bayes_coal *s, const ent_rat *threat)
{
    const ent_json *node = entry(g->neutral, g, s), *status = ent_json_get(node, "status");
    ent_rat gain = ENT_RAT_ZERO;
    ent_rat *u = g->value[s->members];
    if (!u || !status || s->profiles * s->decisions > CELLS) return;
    CHECK(ref_bayesian_gain(s, u, &gain) && ent_rat_sign(&gain) == 0);
    g->c->efficient++;
    ent_rat_release(&gain);
    const bool accepted = threat && ref_bayesian_accepts(s, threat, u);
    if (!threat) return;
    if (status->text[0] == 'n') CHECK(accepted), g->c->accepted += accepted;
    else g->c->degenerate++;
    /* A point nearby is not accepted: another member gets a little more of the same surplus, or
     * nobody loses. */
    ent_rat_set_ratio(&gain, 1, 7);
    ent_rat_add(&u[0], &u[0], &gain);
    g->c->near += !ref_bayesian_accepts(s, threat, u);
    ent_rat_sub(&u[0], &u[0], &gain);
    ent_rat_release(&gain);
}

static void answer(game *g, const ent_bayes_coal *s, int i, const ent_json *node,
                   const ent_rat *threat, bool equality)
{
    ent_rat *best = fresh(s->interims), *said = fresh(s->interims);
    const ref_bayesian_power power =
        ref_bayesian_dictator(s, i, threat + i * s->interims, equality, best);
    CHECK(is(node, "exact"));
    CHECK(is(node, "safe") == (power != REF_BAYESIAN_NOTHING_SAFE));
    CHECK(is(node, "strong") == (power == REF_BAYESIAN_STRONG));
    g->c->dictators++;
    g->c->strong += power == REF_BAYESIAN_STRONG;
    g->c->none += power == REF_BAYESIAN_NOTHING_SAFE;
    const ent_json *vector =
        ent_json_get(node, power == REF_BAYESIAN_STRONG ? "utilities" : "best_safe");
    if (power != REF_BAYESIAN_NOTHING_SAFE) {
        CHECK(vector && interim(g, s, vector, said));
        for (int m = s->first[i]; m < s->first[i + 1]; m++)
            CHECK(ent_rat_equal(&said[m], &best[m]));
    }
    ent_rats_free(best, (size_t)s->interims);
    ent_rats_free(said, (size_t)s->interims);
}

/* What is not exact is efficient nearly: lowered by 1e-8 of its size, it is exceeded by little
 * more. */
static void nearly_efficient(game *g, const ent_bayes_coal *s)
{
    const ent_json *node = entry(g->neutral, g, s);
    ent_rat *u = fresh(s->interims), gain = ENT_RAT_ZERO;
    if (!node || is(node, "exact") || s->profiles * s->decisions > CELLS) goto done;
    for (int i = 0; i < s->size; i++) {
        const ent_json *of =
            ent_json_get(ent_json_get(node, "utilities"), g->model->player[s->member[i]]);
        for (int t = 0; t < s->types[i]; t++) {
            const ent_json *number = of && of->kind == ENT_JSON_OBJECT
                                         ? ent_json_get(of, g->model->type[s->member[i]][t])
                                         : of;
            double x = 0.0;
            CHECK(number && ent_json_real(ctx, g->neutral, number, &x) == ENT_OK);
            ent_rat_set_double(&u[s->first[i] + t], x - NEAR);
        }
    }
    CHECK(ref_bayesian_gain(s, u, &gain));
    if (!(ent_rat_double(&gain) <= s->interims * 100.0 * NEAR))
        printf("%s: %g is to be gained\n", node->key, ent_rat_double(&gain));
    CHECK(ent_rat_double(&gain) <= s->interims * 100.0 * NEAR);
    g->c->nearly++;
done:
    ent_rats_free(u, (size_t)s->interims);
    ent_rat_release(&gain);
}

/* Definitions 1 to 3 for every member, with neutral threats that are known exactly. */
static void dictators(game *g, const ent_bayes_coal *s, const ent_rat *threat)
{
    if (!threat || s->profiles * s->decisions > CELLS) return;
    const ent_json *node = ent_json_get(entry(g->strong, g, s), "dictators");
    for (int i = 0; i < s->size; i++) {
        const ent_json *of = ent_json_get(node, g->model->player[s->member[i]]);
        CHECK(of != NULL);
        answer(g, s, i, of, threat, true);
        answer(g, s, i, ent_json_get(of, "inequality"), threat, false);
    }
}

/* [Sal] (RCRD.b): the mean of what the dictators' strong solutions give; others get their threats,
 * by the equality in (4.12b). */
static bool mean_of_draws(const ent_bayes_coal *s, const ent_rat *threat, ent_rat *mean)
{
    ent_rat *best = fresh(s->interims), share = ENT_RAT_ZERO;
    bool defined = true;
    ent_rat_set_ratio(&share, 1, s->size);
    for (int i = 0; i < s->size && defined; i++) {
        defined = ref_bayesian_dictator(s, i, threat + i * s->interims, true, best) ==
                  REF_BAYESIAN_STRONG;
        for (int m = 0; m < s->interims; m++) {
            const bool mine = m >= s->first[i] && m < s->first[i + 1];
            ent_rat_addmul(&mean[m], &share, mine ? &best[m] : &threat[i * s->interims + m]);
        }
    }
    ent_rats_free(best, (size_t)s->interims);
    ent_rat_release(&share);
    return defined;
}

static void draw(game *g, const ent_bayes_coal *s, const char *kind, const ent_rat *threat)
{
    const ent_json *node = ent_json_get(entry(g->draw, g, s), kind);
    ent_rat *mean = fresh(s->interims), *said = fresh(s->interims), gain = ENT_RAT_ZERO;
    const bool defined = mean_of_draws(s, threat, mean);
    CHECK(is(node, "defined") == defined);
    g->c->draws += defined;
    g->c->undefined += !defined;
    if (defined) {
        CHECK(interim(g, s, ent_json_get(node, "utilities"), said));
        for (int m = 0; m < s->interims; m++) CHECK(ent_rat_equal(&said[m], &mean[m]));
        CHECK(ref_bayesian_gain(s, mean, &gain));
        CHECK(is(node, "efficient") == (ent_rat_sign(&gain) == 0));
        g->c->inefficient += ent_rat_sign(&gain) != 0;
        if (kind[2] == 'c') { /* recursive: the threat in larger coalitions */
            g->drawn[s->members] = mean;
            mean = NULL;
        }
    }
    ent_rats_free(mean, mean ? (size_t)s->interims : 0);
    ent_rats_free(said, (size_t)s->interims);
    ent_rat_release(&gain);
}

static void coalition(game *g, const ent_bayes_coal *s)
{
    const size_t k = (size_t)s->size * (size_t)s->interims;
    ent_rat *threat = fresh((int)k), *value = fresh(s->interims);
    const bool known = threats(g, s, g->value, threat);
    if (is(entry(g->neutral, g, s), "exact") &&
        interim(g, s, ent_json_get(entry(g->neutral, g, s), "utilities"), value)) {
        g->value[s->members] = value;
        value = NULL;
    }
    definition(g, s, known ? threat : NULL);
    nearly_efficient(g, s);
    dictators(g, s, known ? threat : NULL);
    if (s->profiles * s->decisions <= CELLS) {
        if (known) draw(g, s, "restricted", threat);
        if (threats(g, s, g->drawn, threat)) draw(g, s, "recursive", threat);
    }
    ent_rats_free(value, value ? (size_t)s->interims : 0);
    ent_rats_free(threat, k);
}

/* Paths that end where a type without weight could still gain: what is reported is efficient all
 * the same. */
static const char *const limits[] = {
    "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [{\"name\": \"P0\", \"types\": [\"x\", \"y\""
    ", \"z\"]}, {\"name\": \"P1\", \"types\": [\"x\", \"y\", \"z\"]}, {\"name\": \"P2\", \"types\": {\"l"
    "\": \"1/4\", \"h\": \"3/4\"}}], \"coalitions\": [{\"members\": [\"P1\"], \"decisions\": {\"d1_0\": {"
    "\"P1\": {\"on\": [\"P1\"], \"u\": [9, 5, 3]}}}}, {\"members\": [\"P0\", \"P1\"], \"decisions\": {\"d"
    "01_0\": {\"P0\": {\"on\": [\"P0\"], \"u\": [-5, 10, 6]}, \"P1\": 3}, \"d01_1\": {\"P0\": {\"on\": ["
    "\"P0\"], \"u\": [5, -3, 0]}, \"P1\": 11}, \"d01_2\": {\"P0\": 6, \"P1\": {\"on\": [\"P0\", \"P1\"], "
    "\"u\": [[7, 2, 11], [10, -2, -3], [2, 5, -4]]}}}}], \"prior\": [[\"0/41\", \"3/41\", \"7/41\"], [\"8"
    "/41\", \"3/41\", \"1/41\"], [\"8/41\", \"8/41\", \"3/41\"]], \"coalition\": [\"P0\", \"P1\"]}",
    "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [{\"name\": \"P0\", \"types\": {\"a\": \"2/2"
    "2\", \"b\": \"20/22\"}}, {\"name\": \"P1\", \"types\": {\"a\": \"2/7\", \"b\": \"5/7\"}}, {\"name\":"
    " \"P2\", \"types\": {\"a\": \"20/23\", \"b\": \"2/23\", \"c\": \"1/23\"}}], \"coalitions\": [{\"memb"
    "ers\": [\"P0\"], \"decisions\": {\"d00\": {\"P0\": {\"on\": [\"P0\", \"P2\"], \"u\": [[\"-1.261\", "
    "\"-4.701\", \"-0.794\"], [\"-1.805\", \"6.447\", \"6.567\"]]}}, \"d01\": {\"P0\": \"0.731\"}, \"d02"
    "\": {\"P0\": {\"on\": [\"P2\", \"P1\", \"P0\"], \"u\": [[[\"5.958\", \"9.959\"], [\"7.063\", \"3.715"
    "\"]], [[\"8.633\", \"1.038\"], [\"0.593\", \"-4.882\"]], [[\"-2.44\", \"5.164\"], [\"1.283\", \"9.52"
    "7\"]]]}}, \"d03\": {}}}, {\"members\": [\"P1\"], \"decisions\": {\"d10\": {\"P1\": {\"on\": [\"P1\","
    " \"P0\"], \"u\": [[\"2.753\", \"9.901\"], [\"4.575\", \"0.855\"]]}}, \"d11\": {\"P1\": \"-1.574\"}, "
    "\"d12\": {\"P1\": {\"on\": [\"P0\"], \"u\": [\"2.885\", \"-4.923\"]}}}}], \"coalition\": [\"P0\", \""
    "P1\"]}"};

static void one(const ent_text *model, count *c)
{
    game g = {.c = c};
    ent_doc *doc = NULL;
    CHECK(ent_doc_read(ctx, "model", model->len, model->data, &doc) == ENT_OK);
    CHECK(doc && ent_bayesian_read(ctx, doc, ent_doc_root(doc), &g.model) == ENT_OK);
    if (g.model && g.model->n <= 3) {
        g.neutral = solve(model, "neutral-procedural");
        g.strong = solve(model, "strong");
        g.draw = solve(model, "random-dictator");
        if (g.neutral && g.strong && g.draw) {
            alone(&g);
            for (int size = 2; size <= g.model->n; size++)
                for (ent_coal s = 1; s <= ent_coal_all(g.model->n); s++)
                    if (ent_coal_size(s) == size && (s & ~g.model->focus) == 0)
                        coalition(&g, g.model->coalition[s]);
        }
    }
    for (ent_coal s = 1; g.model && s < MASKS && s <= ent_coal_all(g.model->n); s++) {
        forget(g.model->coalition[s], &g.alone[s]);
        forget(g.model->coalition[s], &g.value[s]);
        forget(g.model->coalition[s], &g.drawn[s]);
    }
    ent_doc_free(g.draw);
    ent_doc_free(g.strong);
    ent_doc_free(g.neutral);
    ent_bayesian_free(g.model);
    ent_doc_free(doc);
}

static void random_one(uint64_t number, ref_bayesian_class kind, count *c)
{
    ent_text model;
    ent_text_init(ctx, &model);
    ref_bayesian_game(number, kind, &model);
    one(&model, c);
    ent_text_release(&model);
}

static void fixed(const char *text, count *c)
{
    ent_text model;
    ent_text_init(ctx, &model);
    ent_text_puts(&model, text);
    const int before = c->nearly;
    one(&model, c);
    CHECK(c->nearly > before);
    const char *const changes[] = {"threads=1", "check=0", "enclosure_boxes=0"};
    const ent_request request = {
        .source = "brutal", .text = text, .len = strlen(text), .changes = 3, .set = changes};
    ent_free(brutal_run(ctx, &request, 30));
    ent_text_release(&model);
}

int main(int argc, char **argv)
{
    const uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 7000;
    const int games = argc > 2 ? atoi(argv[2]) : GAMES;
    count c = {0};
    ctx = ent_ctx_new();
    for (ref_bayesian_class kind = 0; kind < REF_BAYESIAN_CLASSES; kind++)
        for (int k = 0; k < games; k++) random_one(first + (uint64_t)k, kind, &c);
    for (size_t k = 0; k < sizeof limits / sizeof *limits; k++) fixed(limits[k], &c);
    printf(
        "efficient %d, nearly %d, accepted %d (near points refused: %d), degenerate %d; dictators %d: strong %d, nothing safe %d; draws %d (inefficient %d), undefined %d\n",
        c.efficient, c.nearly, c.accepted, c.near, c.degenerate, c.dictators, c.strong, c.none,
        c.draws, c.inefficient, c.undefined);
    CHECK(c.accepted > 20 && c.near >= c.accepted / 2 && c.degenerate > 5 && c.strong > 20 &&
          c.none > 0 && c.draws > 20 && c.inefficient > 0 && c.undefined > 5);
    ent_ctx_free(ctx);
    return check_end();
}
