/* Every number of every result is perturbed in turn, in the solution and in the evidence, and the checker must refuse. */
#include "check.h"

#include "base/memory.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"

#include <stdlib.h>

static ent_ctx *ctx;

#define HEAD "{\"entente\": 1, \"family\": \"strategic\", "
#define TWO "\"players\": [{\"name\": \"A\", \"actions\": 2}, {\"name\": \"B\", \"actions\": 2}], "
#define THREE                                                                                                     \
    "\"players\": [{\"name\": \"A\", \"actions\": 2}, {\"name\": \"B\", \"actions\": 2}, {\"name\": \"C\", \"actions\": 2}], "

static const char pennies[] = HEAD TWO "\"payoffs\": [[\"1/3\",-1],[-1,2],[-2,1],[1,-1]]}";
static const char vendors[] = HEAD TWO "\"payoffs\": [[40,20],[80,100],[100,40],[50,50]]}";
static const char partners[] = HEAD THREE "\"default\": [0,0,0], \"outcomes\": [{\"profile\": [0,0,\"*\"], \"payoff\": [1,1,0]}, "
                                          "{\"profile\": [1,\"*\",0], \"payoff\": [1,0,1]}, {\"profile\": [\"*\",1,1], \"payoff\": [0,1,2]}]}";
static const char random_game[] = HEAD THREE "\"payoffs\": [[8,3,7],[6,6,9],[8,0,7],[5,6,0],[3,9,2],[7,8,3],[0,7,8],[9,7,5]]}";

/* Three equilibria (docs/nonuniqueness.md 1); irrational ones; a vertex with a range of prices; no positive prices. */
static const char bystander[] = HEAD "\"players\": [{\"name\": \"A\", \"actions\": 2}, {\"name\": \"B\", \"actions\": 2}, {\"name\": "
                                     "\"C\", \"actions\": 1}], \"payoffs\": [[0,0,4],[4,0,1],[2,4,1],[3,3,0]]}";
static const char irrational[] = HEAD THREE "\"payoffs\": [[1,2,9],[9,1,3],[4,7,2],[6,5,8],[3,9,4],[8,2,7],[2,6,5],[7,8,1]]}";
static const char vertex[] = HEAD TWO "\"payoffs\": [[5,2],[1,6],[0,-4],[-1,-5]]}";
static const char dummy[] = HEAD "\"players\": [{\"name\": \"A\", \"actions\": 2}, {\"name\": \"B\", \"actions\": 1}], \"payoffs\": [[1,0],[1,1]]}";
static const char secured[] = HEAD TWO "\"payoffs\": [[3,3],[0,0],[3,0],[3,0]]}";
static const char paying[] = HEAD TWO "\"transferable\": true, \"payoffs\": [[40,20],[80,100],[100,40],[50,50]]}";
static const char shares[] = HEAD "\"players\": [\"A\", \"B\", \"C\"], \"disagreement\": [0,0,0], \"outcomes\": [{\"payoff\": [6,1,1]}, "
                                  "{\"payoff\": [1,6,2]}, {\"payoff\": [2,2,6]}]}";
static const char stuck[] = HEAD "\"players\": [\"A\", \"B\", \"C\"], \"disagreement\": [0,1,0], \"outcomes\": [{\"payoff\": [4,1,0]}, "
                                 "{\"payoff\": [0,1,3]}, {\"payoff\": [9,0,9]}, {\"payoff\": [1,1,1]}]}";

/* Two coalition-perfect equilibria (docs/nonuniqueness.md 2). */
static const char perfect[] = HEAD THREE "\"payoffs\": [[1,2,9],[0,0,0],[0,6,7],[0,0,0],[0,0,4],[2,0,8],[0,6,7],[6,0,0]]}";

static const struct {
    const char *model, *method;
} cases[] = {{pennies, "threats"},  {random_game, "threats"}, {vendors, "tu-value"},
             {partners, "tu-value"}, {random_game, "tu-value"}, {vendors, "coco"},    {vertex, "coco"},       {pennies, "coco"},
             {partners, "coco"},     {random_game, "coco"},     {bystander, "coco"},  {irrational, "coco"},   {dummy, "coco"},
             {secured, "coco"},      {paying, "coco"},          {shares, "coco"},     {vendors, "nash"},      {vertex, "nash"},
             {pennies, "nash"},      {secured, "nash"},         {shares, "nash"},       {stuck, "nash"},
             {perfect, "coalition-perfect"},  {partners, "coalition-perfect"}, {random_game, "coalition-perfect"},
             {irrational, "coalition-perfect"}, {bystander, "coalition-perfect"}, {vendors, "coalition-perfect"},
             {shares, "coalition-perfect"}, {paying, "coalition-perfect"}};

static const ent_json *after(const ent_json *node, const ent_json *root)
{
    if (node->first) return node->first;
    while (node != root && !node->next) node = node->parent;
    return node == root ? NULL : node->next;
}

/* Numbers, and texts that are numbers; not the counts and residuals of the checker's own report. */
static bool is_number(const ent_json *node)
{
    ent_rat number = ENT_RAT_ZERO;
    const bool text = node->kind == ENT_JSON_STRING && ent_rat_parse(&number, node->text, node->text_len) && node->key &&
                      (strcmp(node->key, "exact") == 0 || strcmp(node->parent->key ? node->parent->key : "", "swings") == 0);
    ent_rat_release(&number);
    return node->kind == ENT_JSON_NUMBER || text;
}

/* The document with one number replaced by another: whole numbers grow by 1, others by a thousandth. */
static void perturbed(const char *json, const ent_json *node, ent_text *out)
{
    ent_rat number = ENT_RAT_ZERO, more = ENT_RAT_ZERO;
    const size_t quotes = node->kind == ENT_JSON_STRING ? 1 : 0;
    ent_text_reset(out);
    ent_text_add(out, json, node->offset + quotes);
    CHECK(ent_rat_parse(&number, node->text, node->text_len));
    if (quotes || ent_rat_is_integer(&number)) {
        ent_status st = ENT_OK;
        ent_rat_set_int(&more, 1);
        ent_rat_add(&number, &number, &more);
        char *text = ent_rat_format(ctx, &number, &st);
        ent_text_puts(out, text);
        ent_free(text);
    } else {
        ent_text_double(out, ent_rat_double(&number) * 1.001);
    }
    ent_text_puts(out, json + node->offset + quotes + node->text_len);
    ent_rat_release(&number);
    ent_rat_release(&more);
}

static void perturb_below(const char *json, const ent_json *part, const char *name)
{
    ent_text text, path;
    ent_text_init(ctx, &text);
    ent_text_init(ctx, &path);
    for (const ent_json *node = part; node; node = after(node, part)) {
        if (node->parent == part && node->key && (strcmp(node->key, "words") == 0 || strcmp(node->key, "checks") == 0)) break; /* the last members */
        if (!is_number(node)) continue;
        int refused = 0;
        perturbed(json, node, &text);
        const ent_status st = ent_verify_text(ctx, "sabotaged", text.data, text.len, &refused, NULL);
        const bool noticed = st == ENT_E_MODEL || (st == ENT_OK && refused > 0);
        if (!noticed) {
            ent_text_reset(&path);
            ent_json_path(&path, node);
            printf("%s: not noticed at %s (%s): %s\n", name, path.data, node->text, ent_status_text(st));
        }
        CHECK(noticed);
    }
    ent_text_release(&text);
    ent_text_release(&path);
}

static void sabotage(const char *model, const char *method)
{
    const ent_request request = {.source = method, .text = model, .len = strlen(model), .method = method};
    char *json = NULL;
    ent_doc *doc = NULL;
    int refused = 1;
    const ent_status st = ent_run(ctx, &request, &json, NULL);
    if (st != ENT_OK) printf("%s: %s\n", method, ent_message(ctx));
    CHECK(st == ENT_OK);
    if (st != ENT_OK) return;
    CHECK(ent_verify_text(ctx, method, json, strlen(json), &refused, NULL) == ENT_OK && refused == 0);
    CHECK(ent_doc_read(ctx, method, strlen(json), json, &doc) == ENT_OK);
    if (doc) {
        perturb_below(json, ent_json_get(ent_doc_root(doc), "solution"), method);
        perturb_below(json, ent_json_get(ent_doc_root(doc), "certificate"), method);
    }
    ent_doc_free(doc);
    ent_free(json);
}

int main(void)
{
    ctx = ent_ctx_new();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) sabotage(cases[k].model, cases[k].method);
    ent_ctx_free(ctx);
    return check_end();
}
