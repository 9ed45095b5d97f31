/* The frontier of interim utilities, [Sal] Figure 2.1, Figure 2.2 and Figure 6.1: all vertices and
 * all facets, against brute force over extreme mechanisms; lists from which one is missing, or in
 * which one stands twice, are refused by the checker. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_frontier.h"
#include "verify/bayesian_edges.h"

#include <stdlib.h>

enum { SEED = 21, DECISIONS_MAX = 8, PROFILES_MAX = 8, RANGE = 12 };

static ent_ctx *ctx;
static int games, vertices, facets, degenerate, refused_lists, lists;

/* A random problem, and its numbers. */
typedef struct drawn {
    ref_frontier_problem q;
    ent_rat p[REF_FRONTIER_PLAYERS][3];
    ent_rat u[REF_FRONTIER_PLAYERS * DECISIONS_MAX * PROFILES_MAX];
} drawn;

static ent_rat *utility(drawn *x, int i, int d, int t)
{
    return &x->u[(i * x->q.decisions + d) * x->q.profiles + t];
}

/* Decision 0 gives everybody 0: what the members do alone. `private`: utilities depend on the
 * player's own type. What the others get the last player lacks, so that most decisions are
 * efficient. */
static void draw(drawn *x, ent_rng *rng, int players, const int *types, int decisions, bool private,
                 int range)
{
    *x = (drawn){.q = {.players = players, .decisions = decisions + 1, .profiles = 1, .u = x->u}};
    for (int i = 0; i < players; i++) {
        int part[3], sum = 0;
        x->q.types[i] = types[i];
        x->q.profiles *= types[i];
        for (int t = 0; t < types[i]; t++) sum += part[t] = 1 + (int)ent_rng_below(rng, 4);
        for (int t = 0; t < types[i]; t++) {
            ent_rat_init(&x->p[i][t]);
            ent_rat_set_ratio(&x->p[i][t], part[t], sum);
        }
        x->q.p[i] = x->p[i];
    }
    for (int k = 0; k < players * x->q.decisions * x->q.profiles; k++) ent_rat_init(&x->u[k]);
    for (int i = 0; i < players; i++)
        for (int d = 1; d <= decisions; d++) {
            int own[3];
            for (int t = 0; t < 3; t++)
                own[t] = (int)ent_rng_below(rng, (uint32_t)range) - range / 4;
            for (int t = 0; t < x->q.profiles; t++) {
                int stride = 1;
                for (int j = players - 1; j > i; j--) stride *= types[j];
                const int value = private ? own[t / stride % types[i]]
                                          : (int)ent_rng_below(rng, (uint32_t)range) - range / 4;
                ent_rat_set_int(utility(x, i, d, t), value);
            }
        }
    ent_rat sum = ENT_RAT_ZERO;
    for (int d = 1; d <= decisions; d++)
        for (int t = 0; t < x->q.profiles; t++) {
            ent_rat_set_int(&sum, range);
            for (int i = 0; i < players - 1; i++) ent_rat_sub(&sum, &sum, utility(x, i, d, t));
            ent_rat_add(utility(x, players - 1, d, t), utility(x, players - 1, d, t), &sum);
        }
    ent_rat_release(&sum);
}

static void undraw(drawn *x)
{
    for (int i = 0; i < x->q.players; i++)
        for (int t = 0; t < x->q.types[i]; t++) ent_rat_release(&x->p[i][t]);
    for (int k = 0; k < x->q.players * x->q.decisions * x->q.profiles; k++)
        ent_rat_release(&x->u[k]);
}

static void put(ent_text *out, const ent_rat *number)
{
    ent_status st = ENT_OK;
    char *text = ent_rat_format(ctx, number, &st);
    ent_text_printf(out, "\"%s\"", text);
    ent_free(text);
}

static void names(ent_text *out, int players)
{
    for (int i = 0; i < players; i++) ent_text_printf(out, "%s\"P%d\"", i ? ", " : "", i);
}

/* u[profiles] as arrays in arrays, the last player's innermost. */
static void nested(ent_text *out, const ref_frontier_problem *q, const ent_rat *u)
{
    for (int t = 0; t < q->profiles; t++) {
        for (int i = 0, block = q->profiles; i < q->players; block /= q->types[i++])
            if (t % block == 0) ent_text_puts(out, "[");
        put(out, &u[t]);
        for (int i = 0, block = q->profiles; i < q->players; block /= q->types[i++])
            if ((t + 1) % block == 0) ent_text_puts(out, "]");
        if (t + 1 < q->profiles) ent_text_puts(out, ", ");
    }
}

static void document(const drawn *x, ent_text *out)
{
    const ref_frontier_problem *q = &x->q;
    ent_text_puts(out, "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [");
    for (int i = 0; i < q->players; i++) {
        ent_text_printf(out, "%s{\"name\": \"P%d\", \"types\": {", i ? ", " : "", i);
        for (int t = 0; t < q->types[i]; t++) {
            ent_text_printf(out, "%s\"t%d\": ", t ? ", " : "", t);
            put(out, &q->p[i][t]);
        }
        ent_text_puts(out, "}}");
    }
    ent_text_puts(out, "], \"coalitions\": [{\"members\": [");
    names(out, q->players);
    ent_text_puts(out, "], \"decisions\": {");
    for (int d = 1; d < q->decisions; d++) {
        ent_text_printf(out, "%s\"d%d\": {", d > 1 ? ", " : "", d);
        for (int i = 0; i < q->players; i++) {
            ent_text_printf(out, "%s\"P%d\": {\"on\": [", i ? ", " : "", i);
            names(out, q->players);
            ent_text_puts(out, "], \"u\": ");
            nested(out, q, &q->u[(i * q->decisions + d) * q->profiles]);
            ent_text_puts(out, "}");
        }
        ent_text_puts(out, "}");
    }
    ent_text_puts(out, "}}]}");
}

static void exact(const ent_json *node, ent_rat *out)
{
    const ent_json *text = ent_json_get(node, "exact");
    CHECK(text && ent_rat_parse(out, text->text, text->text_len));
}

/* An interim of the document is x[k]. */
static bool is_interim(const ref_frontier_problem *q, const ent_json *node, const ent_rat *x)
{
    bool same = true;
    ent_rat number = ENT_RAT_ZERO;
    const ent_json *player = node->first;
    for (int i = 0, m = 0; i < q->players; i++, player = player->next) {
        const ent_json *one = q->types[i] == 1 ? player : player->first;
        for (int t = 0; t < q->types[i]; t++, m++, one = one->next) {
            exact(one, &number);
            same = same && ent_rat_equal(&number, &x[m]);
        }
    }
    ent_rat_release(&number);
    return same;
}

static bool has(const ref_frontier_problem *q, const ent_json *list, const char *key,
                const ent_rat *x)
{
    for (const ent_json *one = list->first; one; one = one->next)
        if (is_interim(q, key ? ent_json_get(one, key) : one, x)) return true;
    return false;
}

static bool accepted(const ent_doc *doc)
{
    int refused = 0;
    ent_text text;
    ent_text_init(ctx, &text);
    ent_json_write(&text, ent_doc_root(doc), false);
    const ent_status st = ent_verify_text(ctx, "changed", text.data, text.len, &refused, NULL);
    ent_text_release(&text);
    return st == ENT_OK && refused == 0;
}

/* The list without item `gone`, or with it twice; numbers in lists "vertices" of facets follow when
 * `renumber`. */
static void shorter(ent_text *out, const ent_json *list, int gone, bool twice)
{
    int k = 0;
    bool comma = false;
    ent_text_puts(out, "[");
    for (const ent_json *one = list->first; one; one = one->next, k++)
        for (int times = k != gone ? 1 : twice ? 2 : 0; times > 0; times--) {
            if (comma) ent_text_puts(out, ", ");
            comma = true;
            ent_json_write(out, one, false);
        }
    ent_text_puts(out, "]");
}

/* Facets whose lists of vertices are told that vertex `gone` is not there, or stands twice. */
static void renumbered(ent_text *out, const ent_json *list, int gone, bool twice)
{
    ent_text_puts(out, "[");
    for (const ent_json *facet = list->first; facet; facet = facet->next) {
        bool comma = false;
        ent_text_puts(out, facet == list->first ? "{\"weights\": " : ", {\"weights\": ");
        ent_json_write(out, ent_json_get(facet, "weights"), false);
        ent_text_puts(out, ", \"bound\": ");
        ent_json_write(out, ent_json_get(facet, "bound"), false);
        ent_text_puts(out, ", \"vertices\": [");
        for (const ent_json *one = ent_json_get(facet, "vertices")->first; one; one = one->next) {
            const int v = atoi(one->text);
            if (v == gone && !twice) continue;
            ent_text_printf(out, comma ? ", %d" : "%d", v > gone ? v + (twice ? 1 : -1) : v);
            if (v == gone) ent_text_printf(out, ", %d", v + 1);
            comma = true;
        }
        ent_text_puts(out, "]}");
    }
    ent_text_puts(out, "]");
}

static ent_doc *with(ent_doc *doc, const char *part, const char *coalition, const char *list,
                     const ent_text *value)
{
    char pointer[200];
    ent_doc *out = NULL;
    snprintf(pointer, sizeof pointer, "/%s/coalitions/%s/frontier/%s", part, coalition, list);
    CHECK(ent_doc_override(ctx, doc, pointer, value->data, &out) == ENT_OK);
    ent_doc_free(doc);
    return out;
}

/* One item of a list goes, or stands twice, in the solution and in the evidence. */
static void change_list(const char *json, const char *coalition, bool of_vertices, int item,
                        bool twice)
{
    ent_doc *doc = NULL, *original = NULL;
    const char *const list = of_vertices ? "vertices" : "facets";
    ent_text text;
    ent_text_init(ctx, &text);
    CHECK(ent_doc_read(ctx, "result", strlen(json), json, &doc) == ENT_OK &&
          ent_doc_read(ctx, "result", strlen(json), json, &original) == ENT_OK);
    const ent_json *part = ent_json_get(
        ent_json_get(ent_json_at(ent_doc_root(original), "/solution/coalitions"), coalition),
        "frontier");
    const ent_json *proof = ent_json_get(
        ent_json_get(ent_json_at(ent_doc_root(original), "/certificate/coalitions"), coalition),
        "frontier");
    shorter(&text, ent_json_get(part, list), item, twice);
    doc = with(doc, "solution", coalition, list, &text);
    ent_text_reset(&text);
    shorter(&text, ent_json_get(proof, list), item, twice);
    doc = with(doc, "certificate", coalition, list, &text);
    if (of_vertices) {
        ent_text_reset(&text);
        renumbered(&text, ent_json_get(part, "facets"), item, twice);
        doc = with(doc, "solution", coalition, "facets", &text);
    }
    const bool good = accepted(doc);
    if (good) printf("not noticed: %s %d %s\n", list, item, twice ? "twice" : "gone");
    CHECK(!good);
    lists++;
    refused_lists += !good;
    ent_text_release(&text);
    ent_doc_free(doc);
    ent_doc_free(original);
}

/* The largest coalition's frontier, which is the last one. */
static const ent_json *largest(const ent_doc *doc)
{
    const ent_json *last = NULL;
    for (const ent_json *s = ent_json_at(ent_doc_root(doc), "/solution/coalitions")->first; s;
         s = s->next)
        last = s;
    return last;
}

static void compare(const drawn *x, const ent_json *frontier)
{
    ref_frontier_set want;
    ref_frontier(&x->q, &want);
    const ent_json *vertex = ent_json_get(frontier, "vertices"),
                   *facet = ent_json_get(frontier, "facets");
    ent_rat bound = ENT_RAT_ZERO;
    CHECK(vertex && facet && (int)vertex->count == want.vertices &&
          (int)facet->count == want.facets);
    for (int j = 0; vertex && j < want.vertices; j++)
        CHECK(has(&x->q, vertex, NULL, &want.point[j * want.k]));
    for (int f = 0; facet && f < want.facets; f++) {
        CHECK(has(&x->q, facet, "weights", &want.weight[f * want.k]));
        for (const ent_json *one = facet->first; one; one = one->next)
            if (is_interim(&x->q, ent_json_get(one, "weights"), &want.weight[f * want.k])) {
                exact(ent_json_get(one, "bound"), &bound);
                CHECK(ent_rat_equal(&bound, &want.bound[f]));
            }
    }
    games++;
    vertices += want.vertices;
    facets += want.facets;
    for (const ent_json *one = facet ? facet->first : NULL; one; one = one->next)
        degenerate += (int)ent_json_get(one, "vertices")->count > want.k;
    ent_rat_release(&bound);
    ref_frontier_free(&want);
}

/* Solve a drawn problem, compare, and shorten its lists; a `few` of them, or all. */
static void one(const drawn *x, bool few)
{
    const char *const set[] = {"frontier_interims=10", "frontier_vertices=1000"};
    ent_text model;
    char *json = NULL;
    ent_doc *doc = NULL;
    int refused = 1;
    ent_text_init(ctx, &model);
    document(x, &model);
    const ent_request request = {.source = "drawn",
                                 .text = model.data,
                                 .len = model.len,
                                 .method = "efficient",
                                 .changes = 2,
                                 .set = set};
    const ent_status st = ent_run(ctx, &request, &json, NULL);
    if (st != ENT_OK) printf("%s\n%s\n", ent_message(ctx), model.data);
    CHECK(st == ENT_OK);
    if (st != ENT_OK) goto done;
    CHECK(ent_verify_text(ctx, "drawn", json, strlen(json), &refused, NULL) == ENT_OK &&
          refused == 0);
    CHECK(ent_doc_read(ctx, "result", strlen(json), json, &doc) == ENT_OK);
    const ent_json *s = largest(doc), *frontier = ent_json_get(s, "frontier");
    CHECK(frontier != NULL);
    if (!frontier) printf("no frontier: %s\n", model.data);
    if (!frontier) goto done;
    compare(x, frontier);
    for (int of_vertices = 0; of_vertices < 2; of_vertices++) {
        const int n = (int)ent_json_get(frontier, of_vertices ? "vertices" : "facets")->count,
                  step = few ? (n + 1) / 2 : 1;
        for (int item = 0; item < n; item += step) {
            change_list(json, s->key, of_vertices, item, false);
            change_list(json, s->key, of_vertices, item, true);
        }
    }
done:
    ent_doc_free(doc);
    ent_free(json);
    ent_text_release(&model);
}

static const struct {
    int players, types[REF_FRONTIER_PLAYERS], decisions, range, games;
} shapes[] = {
    {2, {1, 1}, 6, RANGE, 4},         {2, {2, 1}, 3, RANGE, 6},
    {2, {1, 3}, 2, RANGE, 4},         {2, {2, 2}, 1, RANGE, 3},
    {2, {2, 2}, 2, RANGE, 1},         {3, {1, 1, 1}, 7, RANGE, 4},
    {3, {1, 1, 1}, 7, 2, 6},          {3, {2, 1, 1}, 4, RANGE, 3},
    {3, {2, 1, 1}, 4, 3, 3},          {4, {1, 1, 1, 1}, 6, RANGE, 2},
    {4, {1, 1, 1, 1}, 7, 2, 4},       {4, {1, 2, 1, 1}, 3, RANGE, 1},
    {6, {1, 1, 1, 1, 1, 1}, 5, 2, 1}, {7, {1, 1, 1, 1, 1, 1, 1}, 4, 2, 1},
};

/* Lists made by hand: the octahedron cut off by free disposal has one vertex where four facets
 * meet. */
static void by_hand(void)
{
    /* Vertices (1,0), (0,1) below u1 <= 1, u2 <= 1, u1 + u2 <= 1; without the last, (1,1) would be
     * missing. */
    static const int weights[] = {1, 0, 0, 1, 1, 1};
    ent_claim weight[6] = {{0}};
    for (int k = 0; k < 6; k++) {
        ent_rat_init(&weight[k].number);
        ent_rat_set_int(&weight[k].number, weights[k]);
    }
    const bool on[] = {true, false, false, true, true, true},
               twice[] = {true, true, false, false, true, true}, none[] = {false, false, false};
    ent_bv_listed list = {.k = 2, .vertices = 2, .facets = 3, .weight = weight, .on = on};
    int open = 7;
    CHECK(ent_bv_complete(ctx, &list, &open) == ENT_OK && open == -1);
    list.on = twice;
    CHECK(ent_bv_complete(ctx, &list, &open) == ENT_OK && open == 0);
    list.facets = 2;
    list.on = on;
    CHECK(ent_bv_complete(ctx, &list, &open) == ENT_OK && open == 0);
    list.vertices = 1;
    list.facets = 3;
    list.on = none;
    CHECK(ent_bv_complete(ctx, &list, &open) == ENT_OK && open == 0);
}

/* So degenerate that the program for one facet, in doubles, runs out of pivots: it is decided in
 * rationals. */
static void stuck(void)
{
    static const int types[] = {2, 2}, u[2][4] = {{-2, -2, -1, -1}, {13, 12, 12, 11}};
    ent_rng rng = ent_rng_stream(SEED, 0, 0);
    drawn x;
    draw(&x, &rng, 2, types, 1, false, RANGE);
    ent_rat_set_ratio(&x.p[0][0], 1, 5);
    ent_rat_set_ratio(&x.p[0][1], 4, 5);
    ent_rat_set_ratio(&x.p[1][0], 1, 4);
    ent_rat_set_ratio(&x.p[1][1], 3, 4);
    for (int i = 0; i < 2; i++)
        for (int t = 0; t < 4; t++) ent_rat_set_int(utility(&x, i, 1, t), u[i][t]);
    one(&x, false);
    undraw(&x);
}

int main(int argc, char **argv)
{
    const uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    const int more = argc > 2 ? atoi(argv[2]) : 1;
    ctx = ent_ctx_new();
    by_hand();
    stuck();
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++)
        for (int g = 0; g < shapes[k].games * more; g++) {
            ent_rng rng = ent_rng_stream(SEED, first + (uint64_t)g, k);
            drawn x;
            draw(&x, &rng, shapes[k].players, shapes[k].types, shapes[k].decisions, g % 2 == 1,
                 shapes[k].range);
            one(&x, g > 0);
            undraw(&x);
        }
    printf(
        "%d games, %d vertices, %d facets, %d of them not simplices; %d of %d changed lists refused\n",
        games, vertices, facets, degenerate, refused_lists, lists);
    CHECK(games > 20 && degenerate > 0);
    ent_ctx_free(ctx);
    return check_end();
}
