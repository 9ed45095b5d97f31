/* Where all solutions are: the uniqueness statements of [Sal] Sections 1, 2 and 6, games with several values, and random games, whose values from
 * many starts must lie in what is left. A long run: t_value_enclosure FIRST COUNT [BOXES]; every class gets COUNT games. */
#include "check.h"

#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_bayesian_games.h"

#include <stdlib.h>
#include <time.h>

static ent_ctx *ctx;

typedef struct count {
    int coalitions, enclosed, all, unique, single, several, empty, values, outside, refused;
    double open;
    double seconds, plain;
} count;

/* Numbers of an interim in order. */
static int numbers(const ent_doc *doc, const ent_json *interim, double *out)
{
    int n = 0;
    for (const ent_json *player = interim->first; player; player = player->next) {
        const bool single = player->kind == ENT_JSON_NUMBER || ent_json_get(player, "value");
        for (const ent_json *one = single ? player : player->first; one; one = single ? NULL : one->next) {
            const ent_json *value = one->kind == ENT_JSON_OBJECT ? ent_json_get(one, "value") : one;
            CHECK(ent_json_real(ctx, doc, value, &out[n++]) == ENT_OK);
        }
    }
    return n;
}

/* Is a value in one of the clusters? Doubles of the values are good to 1e-10 or so of their ranges. */
static bool is_inside(const ent_doc *doc, const ent_json *clusters, const ent_json *utilities)
{
    double u[64], low[64], high[64];
    const int n = numbers(doc, utilities, u);
    for (const ent_json *c = clusters->first; c; c = c->next) {
        bool inside = true;
        numbers(doc, ent_json_get(c, "lowest"), low);
        numbers(doc, ent_json_get(c, "highest"), high);
        for (int k = 0; k < n; k++) inside = inside && u[k] >= low[k] - 1e-8 && u[k] <= high[k] + 1e-8;
        if (inside) return true;
    }
    return false;
}

static void try_value(const ent_doc *doc, const ent_json *enclosure, const ent_json *value, count *c)
{
    const bool all = strcmp(ent_json_get(enclosure, "covers")->text, "all") == 0;
    if (!all && strcmp(ent_json_get(value, "status")->text, "nondegenerate") != 0) return;
    c->values++;
    const bool inside = is_inside(doc, ent_json_get(enclosure, "clusters"), ent_json_get(value, "utilities"));
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
        for (const ent_json *other = others->first; other; other = other->next) try_value(doc, e, other, c);
    }
}

static double now(void) { return (double)clock() / CLOCKS_PER_SEC; }

static void one(const char *text, size_t len, const char *boxes, const char *starts, count *c)
{
    const char *const changes[] = {"check=0", "threads=1", boxes, starts};
    ent_request request = {.source = "random", .text = text, .len = len, .changes = 4, .set = changes};
    char *reply = NULL, *report = NULL;
    ent_doc *doc = NULL;
    int refused = 1;
    const double start = now();
    CHECK(ent_run(ctx, &request, &reply, NULL) == ENT_OK);
    c->seconds += now() - start;
    if (!reply) return;
    const ent_status st = ent_verify_text(ctx, "random", reply, strlen(reply), &refused, &report);
    CHECK(getenv("NOCHECK") || (st == ENT_OK && refused == 0));
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
        printf("%-22s %d coalitions, %d enclosed (%d all solutions): %d unique, %d one cluster, %d several, %d none; %d values, %d outside; %d refused; %.2f s\n",
               ref_bayesian_class_name(kind), c.coalitions, c.enclosed, c.all, c.unique, c.single, c.several, c.empty, c.values, c.outside, c.refused, c.seconds);
    }
}

int main(int argc, char **argv)
{
    ctx = ent_ctx_new();
    random_games(argc > 1 ? strtoull(argv[1], NULL, 10) : 0, argc > 2 ? atoi(argv[2]) : 4, argc > 3 ? argv[3] : "enclosure_boxes=200");
    ent_ctx_free(ctx);
    return check_end();
}
