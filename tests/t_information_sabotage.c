/* [ITA]: every number, text and boolean of every result is changed in turn, and lists lose their
 * members: the checker must refuse. Its own author's numbers are accepted. */
#include "check.h"

#include "base/memory.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"

static ent_ctx *ctx;

#define HEAD "{\"entente\": 1, \"family\": \"information\", "
#define FOUR \
    "\"players\": [{\"name\": \"A\", \"bias\": \"1/20\"}, {\"name\": \"B\", \"bias\": \"1/15\"}, {\"name\": \"C\", \"bias\": \"1/12\"}, " \
    "{\"name\": \"D\", \"bias\": \"1/10\"}], "
static const char four[] = HEAD FOUR
    "\"interdependence\": \"1/2\", \"commitment\": {\"cost\": \"1/10\"}, \"truthful\": [\"A\", \"D\"]}";
static const char costly[] =
    HEAD FOUR "\"interdependence\": \"1/4\", \"commitment\": {\"cost\": \"9/20\"}}";
static const char floors[] = HEAD
    "\"players\": [{\"name\": \"A\", \"bias\": \"-1/2\"}, {\"name\": \"B\", \"bias\": \"3/5\"}], "
    "\"interdependence\": \"3/5\", \"commitment\": {\"cost\": \"1/50\"}}";
static const char liars[] = HEAD
    "\"players\": [{\"name\": \"A\", \"bias\": 0}, {\"name\": \"B\", \"bias\": \"3/10\", \"policy\": [0, null]}, "
    "{\"name\": \"C\", \"bias\": \"2/5\"}], \"interdependence\": \"1/2\", \"critical\": "
    "{\"parameter\": \"B\", \"from\": 0, \"to\": \"9/10\"}}";
static const char varied[] = HEAD FOUR
    "\"interdependence\": \"1/2\", \"critical\": {\"parameter\": \"D\", \"from\": -1, \"to\": 1}}";
static const char sets[] = HEAD
    "\"players\": [{\"name\": \"A\", \"bias\": \"7/120\"}, {\"name\": \"B\", \"bias\": \"13/120\"}, {\"name\": \"C\", "
    "\"bias\": \"26/120\"}, {\"name\": \"D\", \"bias\": \"30/120\"}], \"interdependence\": \"17/20\"}";

static const struct {
    const char *model, *method;
    size_t changes;
} cases[] = {{four, "revelation", 0},   {four, "policies", 0},    {four, "partial", 0},
             {four, "commitment", 0},   {four, "simulate", 0},    {costly, "commitment", 0},
             {floors, "commitment", 0}, {liars, "revelation", 0}, {liars, "policies", 0},
             {varied, "revelation", 0}, {sets, "partial", 0},     {sets, "revelation", 0},
             {four, "revelation", 2},   {liars, "revelation", 2}, {sets, "partial", 2},
             {four, "policies", 2},     {four, "commitment", 2}};

static const ent_json *after(const ent_json *node, const ent_json *root)
{
    if (node->first) return node->first;
    while (node != root && !node->next) node = node->parent;
    return node == root ? NULL : node->next;
}

/* A number by a ten-thousandth of itself (or by that, when it is 0) or by one, a text by a longer
 * one, true by false. */
static void perturbed(const char *json, const ent_json *node, bool by_one, ent_text *out)
{
    ent_rat number = ENT_RAT_ZERO, by = ENT_RAT_ZERO;
    ent_status st = ENT_OK;
    size_t length = node->kind == ENT_JSON_BOOL ? (node->truth ? 4 : 5) : node->text_len;
    if (node->kind == ENT_JSON_STRING) length += 2;
    ent_text_reset(out);
    ent_text_add(out, json, node->offset);
    if (node->kind == ENT_JSON_BOOL) {
        ent_text_puts(out, node->truth ? "false" : "true");
    } else if (ent_rat_parse(&number, node->text, node->text_len)) {
        ent_rat_set_ratio(&by, 1, by_one ? 1 : 10000);
        if (!by_one && ent_rat_sign(&number) != 0) ent_rat_mul(&by, &by, &number);
        ent_rat_add(&number, &number, &by);
        char *text = ent_rat_format(ctx, &number, &st);
        if (node->kind == ENT_JSON_STRING) ent_text_printf(out, "\"%s\"", text);
        else ent_text_double(out, ent_rat_double(&number));
        ent_free(text);
    } else {
        ent_text_printf(out, "\"%s~\"", node->text);
    }
    ent_text_puts(out, json + node->offset + length);
    ent_rat_release(&number);
    ent_rat_release(&by);
}

static void must_refuse(const ent_text *text, const ent_json *node, const char *what,
                        const char *method)
{
    int refused = 0;
    ent_text path;
    ent_text_init(ctx, &path);
    const ent_status st = ent_verify_text(ctx, "sabotaged", text->data, text->len, &refused, NULL);
    const bool noticed = st == ENT_E_MODEL || st == ENT_E_UNKNOWN || (st == ENT_OK && refused > 0);
    ent_json_path(&path, node);
    if (!noticed)
        printf("%s: not noticed: %s %s (%s)\n", method, what, path.data,
               node->text ? node->text : "");
    CHECK(noticed);
    ent_text_release(&path);
}

/* Where the value after a node's own begins: the rest of the list. */
static size_t end_of(const char *json, const ent_json *node)
{
    size_t at = node->offset;
    int depth = 0;
    bool quoted = false;
    for (;; at++) {
        const char c = json[at];
        if (c == '"' && json[at - 1] != '\\') quoted = !quoted;
        if (quoted) continue;
        if (c == '{' || c == '[') depth++;
        if ((c == '}' || c == ']') && depth-- == 0) return at;
        if (c == ',' && depth == 0) return at;
    }
}

/* The document without one member of a list. */
static void without(const char *json, const ent_json *node, ent_text *out)
{
    const size_t end = end_of(json, node);
    size_t begin = node->offset;
    ent_text_reset(out);
    if (json[end] != ',') /* the last one: the comma before it goes */
        while (json[begin] != ',' && json[begin] != '[') begin--;
    ent_text_add(out, json, json[begin] == '[' ? begin + 1 : begin);
    ent_text_puts(out, json + (json[end] == ',' ? end + 1 : end));
}

static void perturb_below(const char *json, const ent_json *part, const char *method)
{
    ent_text text;
    ent_text_init(ctx, &text);
    for (const ent_json *node = part; node; node = after(node, part)) {
        if (node->parent == part && node->key &&
            (strcmp(node->key, "words") == 0 || strcmp(node->key, "checks") == 0))
            break;
        if (node->kind == ENT_JSON_NUMBER || node->kind == ENT_JSON_STRING ||
            node->kind == ENT_JSON_BOOL)
            for (int by_one = 0; by_one < 2; by_one++) {
                perturbed(json, node, by_one, &text);
                must_refuse(&text, node, by_one ? "changed by 1" : "changed", method);
            }
        if (node->parent && node->parent->kind == ENT_JSON_ARRAY) {
            without(json, node, &text);
            must_refuse(&text, node, "left out", method);
        }
    }
    ent_text_release(&text);
}

static void sabotage(const char *model, const char *method, size_t changes)
{
    static const char *const doubles[] = {"exact_players=0", "exact_sets=0"};
    static const char *const few[] = {"plays=20000"};
    const bool plays = strcmp(method, "simulate") == 0;
    const ent_request request = {.source = method,
                                 .text = model,
                                 .len = strlen(model),
                                 .method = method,
                                 .changes = plays ? 1 : changes,
                                 .set = plays ? few : doubles};
    char *json = NULL;
    ent_doc *doc = NULL;
    int refused = 1;
    const ent_status st = ent_run(ctx, &request, &json, NULL);
    if (st != ENT_OK) printf("%s: %s\n", method, ent_message(ctx));
    CHECK(st == ENT_OK);
    if (st != ENT_OK) return;
    CHECK(ent_verify_text(ctx, method, json, strlen(json), &refused, NULL) == ENT_OK &&
          refused == 0);
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
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        sabotage(cases[k].model, cases[k].method, cases[k].changes);
    ent_ctx_free(ctx);
    return check_end();
}
