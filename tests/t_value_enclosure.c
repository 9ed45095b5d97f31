/* Where all solutions are: the uniqueness statements of [Sal] Sections 1, 2 and 6, games with
 * several values, and random games, whose values from many starts must lie in what is left. A long
 * run: t_value_enclosure FIRST COUNT [BOXES]; every class gets COUNT games. */
#include "brutal_run.h"
#include "check.h"

#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_bayesian_games.h"

#include <stdlib.h>
#include <time.h>

static ent_ctx *ctx;

typedef struct count {
    int coalitions, enclosed, all, unique, single, several, empty, values, outside, refused;
    double seconds;
} count;

/* Numbers of an interim in order. */
static int numbers(const ent_doc *doc, const ent_json *interim, double *out)
{
    int n = 0;
    for (const ent_json *player = interim->first; player; player = player->next) {
        const bool single = player->kind == ENT_JSON_NUMBER || ent_json_get(player, "value");
        for (const ent_json *one = single ? player : player->first; one;
             one = single ? NULL : one->next) {
            const ent_json *value = one->kind == ENT_JSON_OBJECT ? ent_json_get(one, "value") : one;
            CHECK(ent_json_real(ctx, doc, value, &out[n++]) == ENT_OK);
        }
    }
    return n;
}

/* Is a value in one of the clusters? Doubles of the values are good to 1e-10 or so of their
 * ranges. */
static bool is_inside(const ent_doc *doc, const ent_json *clusters, const ent_json *utilities)
{
    double u[64], low[64], high[64];
    const int n = numbers(doc, utilities, u);
    for (const ent_json *c = clusters->first; c; c = c->next) {
        bool inside = true;
        numbers(doc, ent_json_get(c, "lowest"), low);
        numbers(doc, ent_json_get(c, "highest"), high);
        for (int k = 0; k < n; k++)
            inside = inside && u[k] >= low[k] - 1e-8 && u[k] <= high[k] + 1e-8;
        if (inside) return true;
    }
    return false;
}

static void try_value(const ent_doc *doc, const ent_json *enclosure, const ent_json *value,
                      count *c)
{
    const bool all = strcmp(ent_json_get(enclosure, "covers")->text, "all") == 0;
    if (!all && strcmp(ent_json_get(value, "status")->text, "nondegenerate") != 0) return;
    c->values++;
    const bool inside =
        is_inside(doc, ent_json_get(enclosure, "clusters"), ent_json_get(value, "utilities"));
    c->outside += !inside;
    CHECK(inside);
}

static void tally(const ent_doc *doc, count *c)
{
    const ent_json *coalitions = ent_json_at(ent_doc_root(doc), "/solution/coalitions");
    for (const ent_json *s = coalitions->first; s; s = s->next) {
        const ent_json *e = ent_json_get(s, "enclosure");
        c->coalitions++;
        if (!e) continue;
        const ent_json *clusters = ent_json_get(e, "clusters"), *others = ent_json_get(s, "others");
        c->enclosed++;
        c->all += strcmp(ent_json_get(e, "covers")->text, "all") == 0;
        c->unique += ent_json_get(e, "unique")->truth;
        c->single += clusters->count == 1;
        c->several += clusters->count > 1;
        c->empty += clusters->count == 0;
        try_value(doc, e, s, c);
        for (const ent_json *other = others->first; other; other = other->next)
            try_value(doc, e, other, c);
    }
}

static double now(void) { return (double)clock() / CLOCKS_PER_SEC; }

static void one(const char *text, size_t len, const char *boxes, const char *starts, count *c)
{
    const char *const changes[] = {"check=0", "threads=1", boxes, starts};
    ent_request request = {
        .source = "random", .text = text, .len = len, .changes = 4, .set = changes};
    char *reply = NULL, *report = NULL;
    ent_doc *doc = NULL;
    int refused = 1;
    const double start = now();
    CHECK(ent_run(ctx, &request, &reply, NULL) == ENT_OK);
    c->seconds += now() - start;
    if (!reply) return;
    const ent_status st = ent_verify_text(ctx, "random", reply, strlen(reply), &refused, &report);
    CHECK(st == ENT_OK && refused == 0);
    if (st != ENT_OK || refused) {
        c->refused++;
        printf("refused: %s\n%s\n", st == ENT_OK ? report : ent_message(ctx), text);
    }
    CHECK(ent_doc_read(ctx, "result", strlen(reply), reply, &doc) == ENT_OK);
    if (doc) tally(doc, c);
    ent_doc_free(doc);
    ent_free(report);
    ent_free(reply);
}

static void random_games(uint64_t first, int games, const char *boxes)
{
    for (ref_bayesian_class kind = 0; kind < REF_BAYESIAN_CLASSES; kind++) {
        count c = {0};
        for (int k = 0; k < games; k++) {
            ent_text model;
            ent_text_init(ctx, &model);
            ref_bayesian_game(first + (uint64_t)k, kind, &model);
            one(model.data, model.len, boxes, "starts=6", &c);
            ent_text_release(&model);
        }
        printf(
            "%-22s %d coalitions, %d enclosed (%d all solutions): %d unique, %d one cluster, %d several, %d none; %d values, %d outside; %d refused; %.2f s\n",
            ref_bayesian_class_name(kind), c.coalitions, c.enclosed, c.all, c.unique, c.single,
            c.several, c.empty, c.values, c.outside, c.refused, c.seconds);
    }
}

#define HEAD "{\"entente\": 1, \"family\": \"bayesian\", "
#define PROJECT(A, B, FIVE, TEN) \
    HEAD \
        "\"players\": [{\"name\": \"" A "\"}, {\"name\": \"" B \
        "\"}, {\"name\": \"3\", \"types\": {\"w\": \"9/10\", \"s\": \"1/10\"}}], " \
        "\"coalitions\": [{\"members\": [\"1\", \"2\"], \"decisions\": {\"d12\": {\"1\": " FIVE \
        ", \"2\": 5}}}, {\"members\": [\"1\", \"3\"], " \
        "\"decisions\": {\"1 pays\": {\"3\": {\"on\": [\"3\"], \"u\": [10, 5]}}, \"3 pays\": {\"1\": " TEN \
        ", \"3\": {\"on\": [\"3\"], \"u\": " \
        "[0, -5]}}}}, {\"members\": [\"2\", \"3\"], \"decisions\": {\"2 pays\": {\"3\": {\"on\": [\"3\"], \"u\": [10, 5]}}, \"3 pays\": " \
        "{\"2\": 10, \"3\": {\"on\": [\"3\"], \"u\": [0, -5]}}}}]}"
/* Monopoly screening: the high type's weight vanishes. */
#define SCREENING \
    HEAD \
        "\"players\": [{\"name\": \"S\"}, {\"name\": \"B\", \"types\": {\"l\": \"1/4\", \"m\": \"1/2\", \"h\": \"1/4\"}}], " \
        "\"coalitions\": [{\"members\": [\"S\", \"B\"], \"decisions\": {\"sell at 0\": {\"B\": {\"on\": [\"B\"], \"u\": [10, 20, 40]}}, " \
        "\"sell at 40\": {\"S\": 40, \"B\": {\"on\": [\"B\"], \"u\": [-30, -20, 0]}}}}]}"
/* Two players, complete information: inside the facet from (3, 10) to (10, 4), and at the vertex
 * (8, 6) with what they have alone. */
#define FACET \
    HEAD \
        "\"players\": [{\"name\": \"1\"}, {\"name\": \"3\"}], \"coalitions\": [{\"members\": [\"1\", \"3\"], \"decisions\": {\"a\": {\"1\": 5, " \
        "\"3\": 4}, \"b\": {\"1\": 3, \"3\": 10}, \"c\": {\"1\": 10, \"3\": 4}, \"d\": {\"1\": 12, \"3\": 1}}}]}"
#define VERTEX \
    HEAD \
        "\"players\": [{\"name\": \"A\"}, {\"name\": \"B\"}], \"coalitions\": [{\"members\": [\"A\"], \"decisions\": {\"alone\": {\"A\": 1}}}, " \
        "{\"members\": [\"B\"], \"decisions\": {\"alone\": {\"B\": 2}}}, {\"members\": [\"A\", \"B\"], \"decisions\": {\"x1\": {\"A\": 10, " \
        "\"B\": 2}, \"x2\": {\"A\": 8, \"B\": 6}, \"x3\": {\"A\": 4, \"B\": 8}, \"x4\": {\"A\": 1, \"B\": 9}}}]}"
/* Types that nobody can tell apart: the first box alone. Nobody's agreement with B is safe for A in
 * every state. */
#define DULL \
    HEAD \
        "\"players\": [{\"name\": \"A\", \"types\": {\"x\": \"1/4\", \"y\": \"3/4\"}}, {\"name\": \"B\"}], \"coalitions\": [{\"members\": [\"A\", " \
        "\"B\"], \"decisions\": {\"p\": {\"A\": 4, \"B\": 1}, \"q\": {\"A\": 1, \"B\": 3}}}]}"

static ent_doc *solve(const char *model, const char *set, char **json)
{
    const char *const changes[] = {"threads=1", set};
    const ent_request request = {.source = "test",
                                 .text = model,
                                 .len = strlen(model),
                                 .changes = set ? 2 : 1,
                                 .set = changes};
    char *reply = NULL;
    ent_doc *doc = NULL;
    CHECK(ent_run(ctx, &request, &reply, NULL) == ENT_OK);
    if (!reply) printf("%s\n", ent_message(ctx));
    if (reply) CHECK(ent_doc_read(ctx, "result", strlen(reply), reply, &doc) == ENT_OK);
    if (json) *json = reply;
    else ent_free(reply);
    return doc;
}

static const ent_json *at(const ent_doc *doc, const char *pointer)
{
    const ent_json *node = doc ? ent_json_at(ent_doc_root(doc), pointer) : NULL;
    if (!node) printf("nothing at %s\n", pointer);
    CHECK(node != NULL);
    return node;
}

static void is(const ent_doc *doc, const char *pointer, const char *want)
{
    const ent_json *node = at(doc, pointer);
    if (node && node->kind == ENT_JSON_OBJECT) node = ent_json_get(node, "exact");
    CHECK_TEXT(node ? node->text : NULL, want);
}

static void unique(const ent_doc *doc, const char *pointer, bool want)
{
    const ent_json *node = at(doc, pointer);
    CHECK(node && node->kind == ENT_JSON_BOOL && node->truth == want);
}

/* [Sal] Sections 2 and 6 say that these values are unique; so they are. By hand: the facet (3, 10),
 * (10, 4) has the normal (6, 7), worth 88, so that 1 gets 88/12, 3 gets 88/14; at the vertex (8,
 * 6), with 1 and 2 alone, weights (4, 7) lie between the normals (2, 1) and (1, 2). */
static void paper(void)
{
    ent_doc *doc = solve(PROJECT("1", "2", "5", "10"), NULL, NULL);
    unique(doc, "/solution/coalitions/1,2/enclosure/unique", true);
    unique(doc, "/solution/coalitions/1,3/enclosure/unique", true);
    unique(doc, "/solution/coalitions/1,2,3/enclosure/unique", true);
    is(doc, "/solution/coalitions/1,2/enclosure/clusters/0/lowest/1", "5");
    is(doc, "/solution/coalitions/1,2,3/enclosure/clusters/0/lowest/3/s", "5/3");
    is(doc, "/solution/coalitions/1,2,3/enclosure/clusters/0/highest/3/s", "5/3");
    is(doc, "/solution/coalitions/1,2,3/enclosure/covers", "all");
    ent_doc_free(doc);
    doc = solve(SCREENING, NULL, NULL);
    unique(doc, "/solution/coalitions/S,B/enclosure/unique", true);
    is(doc, "/solution/coalitions/S,B/enclosure/clusters/0/lowest/B/h", "30");
    ent_doc_free(doc);
    doc = solve(FACET, NULL, NULL);
    unique(doc, "/solution/coalitions/1,3/enclosure/unique", true);
    is(doc, "/solution/coalitions/1,3/enclosure/clusters/0/lowest/1", "22/3");
    is(doc, "/solution/coalitions/1,3/enclosure/clusters/0/highest/3", "44/7");
    at(doc, "/certificate/coalitions/1,3/enclosure/clusters/0/facts/0/used");
    ent_doc_free(doc);
    doc = solve(VERTEX, NULL, NULL);
    unique(doc, "/solution/coalitions/A,B/enclosure/unique", true);
    is(doc, "/solution/coalitions/A,B/enclosure/clusters/0/lowest/A", "8");
    at(doc, "/certificate/coalitions/A,B/enclosure/clusters/0/facts/0/unused");
    ent_doc_free(doc);
}

/* None asked for; the first box only; alike types. */
static void edges(void)
{
    ent_doc *doc = solve(FACET, "enclosure_boxes=0", NULL);
    CHECK(doc && !ent_json_at(ent_doc_root(doc), "/solution/coalitions/1,3/enclosure"));
    ent_doc_free(doc);
    doc = solve(FACET, "enclosure_boxes=1", NULL);
    CHECK_TEXT(at(doc, "/solution/coalitions/1,3/enclosure/boxes")->text, "1");
    unique(doc, "/solution/coalitions/1,3/enclosure/unique", false);
    ent_doc_free(doc);
    doc = solve(FACET, "enclosure_work=0", NULL);
    CHECK_TEXT(at(doc, "/solution/coalitions/1,3/enclosure/boxes")->text, "1");
    ent_doc_free(doc);
    doc = solve(DULL, NULL, NULL);
    CHECK_TEXT(at(doc, "/solution/coalitions/A,B/enclosure/boxes")->text, "1");
    ent_doc_free(doc);
}

/* Order and names of players do not matter; a player's utilities times 4 give that player's bounds
 * times 4. */
static void laws(void)
{
    ent_doc *doc = solve(PROJECT("1", "2", "5", "10"), NULL, NULL),
            *swapped = solve(PROJECT("2", "1", "5", "10"), NULL, NULL);
    ent_doc *scaled = solve(PROJECT("1", "2", "20", "40"), NULL, NULL);
    unique(swapped, "/solution/coalitions/2,1,3/enclosure/unique", true);
    is(swapped, "/solution/coalitions/2,1,3/enclosure/clusters/0/lowest/1", "10/3");
    unique(scaled, "/solution/coalitions/1,2,3/enclosure/unique", true);
    is(scaled, "/solution/coalitions/1,2,3/enclosure/clusters/0/lowest/1", "40/3");
    is(scaled, "/solution/coalitions/1,2/enclosure/clusters/0/highest/1", "20");
    ent_doc_free(doc);
    ent_doc_free(swapped);
    ent_doc_free(scaled);
}

/* The document with the first `from` behind `where` replaced by `to`: refused, or no document at
 * all. */
static void changed(const char *json, const char *where, const char *from, const char *to)
{
    ent_text text;
    int refused = 0;
    const char *start = strstr(json, where), *place = start ? strstr(start, from) : NULL;
    CHECK(place != NULL);
    if (!place) return;
    ent_text_init(ctx, &text);
    ent_text_add(&text, json, (size_t)(place - json));
    ent_text_puts(&text, to);
    ent_text_puts(&text, place + strlen(from));
    const ent_status st = ent_verify_text(ctx, "changed", text.data, text.len, &refused, NULL);
    if (!(st == ENT_E_MODEL || (st == ENT_OK && refused > 0)))
        printf("not noticed: %s -> %s behind %s\n", from, to, where);
    CHECK(st == ENT_E_MODEL || (st == ENT_OK && refused > 0));
    ent_text_release(&text);
}

/* Proofs that prove nothing, trees that are none, facts that are not shown. t_bayesian_sabotage
 * changes every number. */
static void refusals(void)
{
    char *json = NULL;
    ent_doc *doc = solve(FACET, NULL, &json);
    ent_doc_free(doc);
    if (!json) return;
    changed(json, "\"tree\"", "\"open\"", "{\"weights\": [0, 0], \"multipliers\": []}");
    changed(json, "\"tree\"", "\"open\"", "{\"weights\": [1, 1], \"multipliers\": []}");
    changed(json, "\"tree\"", "\"open\"", "{\"prices\": [0, 0], \"masses\": []}");
    changed(json, "\"tree\"", "\"open\"", "\"closed\"");
    changed(json, "\"tree\"", "\"open\"", "{\"cut\": 0, \"at\": \"1\"}");
    changed(json, "\"tree\"", "\"weights\": [", "\"weights\": [-");
    changed(json, "\"tree\"", "{\"cut\": 0", "{\"cut\": 2");
    changed(json, "\"tree\"", "\"tree\": [", "\"tree\": [\"open\", ");
    changed(json, "\"facts\"", "{\"used\": [0, 1]", "{\"used\": [0, 0]");
    changed(json, "\"facts\"", "{\"used\": [0, 1]", "{\"used\": [0, 9]");
    changed(json, "\"facts\"", "{\"used\": [0, 1]", "{\"unused\": [0, 1]");
    changed(json, "\"facts\"", "{\"used\": [0, 1]", "{\"strict\": 0");
    changed(json, "\"facts\"", "{\"used\": [0, 1]", "{\"known\": [0, 1]");
    changed(json, "\"safe\"", "\"1\": {", "\"2\": {");
    changed(json, "\"enclosure\"", "\"covers\": \"all\"", "\"covers\": \"nondegenerate\"");
    changed(json, "\"enclosure\"", "\"enclosure\"", "\"enclosures\"");
    ent_free(json);
}

static void brutal_model(const char *model, const char *set, int64_t sparse)
{
    const char *const changes[] = {"check=0", "threads=1", set};
    const ent_request request = {
        .source = "brutal", .text = model, .len = strlen(model), .changes = 3, .set = changes};
    char *json = brutal_run(ctx, &request, sparse);
    brutal_verify(ctx, json, sparse);
    ent_free(json);
}

int main(int argc, char **argv)
{
    ctx = ent_ctx_new();
    paper();
    edges();
    laws();
    refusals();
    brutal_model(FACET, "enclosure_boxes=400", 40);
    brutal_model(SCREENING, "enclosure_boxes=60", 20);
    random_games(argc > 1 ? strtoull(argv[1], NULL, 10) : 0, argc > 2 ? atoi(argv[2]) : 3,
                 argc > 3 ? argv[3] : "enclosure_boxes=200");
    ent_ctx_free(ctx);
    return check_end();
}
