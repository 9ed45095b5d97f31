/* [ITA] Section 2, laws that need no reference: the order of the players does not matter; biases
 * and bounds moved together move policies alone; theta turned round turns signals and bounds round;
 * and what the paper's theory page knows of equilibrium sets. All exactly. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"

enum { MOST = 5 };

static ent_ctx *ctx;
static ent_rng rng;

/* Biases and bounds in 24ths, interdependence in 16ths. */
typedef struct alliance {
    int n, eta, bias[MOST], low[MOST], high[MOST];
    char name[MOST];
} alliance;

static void draw(alliance *a)
{
    *a = (alliance){.n = 2 + (int)ent_rng_below(&rng, MOST - 1),
                    .eta = (int)ent_rng_below(&rng, 16)};
    for (int i = 0; i < a->n; i++) {
        a->name[i] = (char)('A' + i);
        a->bias[i] = (int)ent_rng_below(&rng, 20) - 6;
        a->low[i] = ent_rng_below(&rng, 3) ? 0 : (int)ent_rng_below(&rng, 12) - 6;
        a->high[i] = ent_rng_below(&rng, 3) ? 24 : a->low[i] + (int)ent_rng_below(&rng, 30);
    }
}

/* The exact numbers of a solution at a place: "" when it is missing. */
static const char *at(const ent_doc *doc, const char *pointer)
{
    const ent_json *node = doc ? ent_json_at(ent_doc_root(doc), pointer) : NULL;
    if (node && node->kind == ENT_JSON_OBJECT) node = ent_json_get(node, "exact");
    return node && node->text ? node->text : "";
}

static ent_doc *solve(const alliance *a, const char *method)
{
    ent_text model;
    ent_doc *doc = NULL;
    char *json = NULL;
    ent_text_init(ctx, &model);
    ent_text_printf(
        &model,
        "{\"entente\": 1, \"family\": \"information\", \"interdependence\": \"%d/16\", \"players\": [",
        a->eta);
    for (int i = 0; i < a->n; i++)
        ent_text_printf(
            &model, "%s{\"name\": \"%c\", \"bias\": \"%d/24\", \"policy\": [\"%d/24\", \"%d/24\"]}",
            i ? ", " : "", a->name[i], a->bias[i], a->low[i], a->high[i]);
    ent_text_puts(&model, "]}");
    const ent_request request = {
        .source = "laws", .text = model.data, .len = model.len, .method = method};
    const ent_status st = ent_run(ctx, &request, &json, NULL);
    if (st != ENT_OK) printf("%s\n%s\n", ent_message(ctx), model.data);
    CHECK(st == ENT_OK && ent_doc_read(ctx, method, strlen(json), json, &doc) == ENT_OK);
    ent_free(json);
    ent_text_release(&model);
    return doc;
}

/* The gains of both alliances agree, signals the other way round or not; and so does everybody's
 * welfare. */
static void same_gains(const alliance *a, const alliance *b, bool turned)
{
    ent_doc *one = solve(a, "revelation"), *two = solve(b, "revelation"),
            *first = solve(a, "policies"), *second = solve(b, "policies");
    for (int i = 0; i < a->n; i++) {
        char here[64], there[64];
        for (int s = 0; s < 2; s++) {
            snprintf(here, sizeof here, "/solution/gains/%c/%d", a->name[i], s);
            snprintf(there, sizeof there, "/solution/gains/%c/%d", a->name[i], turned ? 1 - s : s);
            CHECK(at(one, here)[0] != '\0');
            CHECK_TEXT(at(one, here), at(two, there));
        }
        snprintf(here, sizeof here, "/solution/constrained/welfare/%c", a->name[i]);
        CHECK(at(first, here)[0] != '\0');
        CHECK_TEXT(at(first, here), at(second, here));
    }
    ent_doc_free(one);
    ent_doc_free(two);
    ent_doc_free(first);
    ent_doc_free(second);
}

static void relabel(const alliance *a)
{
    alliance b = *a;
    for (int i = 0; i < a->n; i++) {
        const int from = (i + 1) % a->n;
        b.name[i] = a->name[from];
        b.bias[i] = a->bias[from];
        b.low[i] = a->low[from];
        b.high[i] = a->high[from];
    }
    same_gains(a, &b, false);
}

static void move(const alliance *a)
{
    alliance b = *a;
    for (int i = 0; i < a->n; i++) b.bias[i] += 7, b.low[i] += 7, b.high[i] += 7;
    same_gains(a, &b, false);
}

static void turn_round(const alliance *a)
{
    alliance b = *a;
    for (int i = 0; i < a->n; i++) {
        b.bias[i] = -a->bias[i];
        b.low[i] = 24 - a->high[i];
        b.high[i] = 24 - a->low[i];
    }
    same_gains(a, &b, true);
}

/* Nobody truthful is always an equilibrium; and with equal biases so is everybody. */
static void sets(const alliance *a)
{
    alliance equal = *a;
    for (int i = 0; i < a->n; i++) equal.bias[i] = a->bias[0], equal.low[i] = 0, equal.high[i] = 24;
    ent_doc *doc = solve(a, "partial"), *same = solve(&equal, "revelation");
    const ent_json *list = doc ? ent_json_at(ent_doc_root(doc), "/solution/equilibria") : NULL;
    CHECK(list && list->first && ent_json_get(list->first, "truthful")->count == 0);
    const ent_json *full =
        same ? ent_json_at(ent_doc_root(same), "/solution/full_revelation") : NULL;
    CHECK(full && full->truth);
    ent_doc_free(doc);
    ent_doc_free(same);
}

int main(void)
{
    alliance a;
    ctx = ent_ctx_new();
    rng = ent_rng_stream(11, 1, 1);
    for (int k = 0; k < 40; k++) {
        draw(&a);
        relabel(&a);
        move(&a);
        turn_round(&a);
        sets(&a);
    }
    ent_ctx_free(ctx);
    return check_end();
}
