/* The structure of a document: one pass over the bytes, open containers on a stack of fixed
 * depth. */
#include "io/json_i.h"

#include <string.h>

static void skip_space(ent_i_json_reader *r)
{
    const char *s = r->source + r->at;
    while (*s == ' ' || *s == '\n' || *s == '\r' || *s == '\t') s++;
    r->at = (size_t)(s - r->source);
}

/* Hangs a new node below the innermost open container; the value of a comment hangs nowhere. */
static void attach(ent_i_json_reader *r, ent_json *node)
{
    if (r->depth == 0) {
        r->doc->root = node;
        return;
    }
    struct ent_i_json_open *top = &r->open[r->depth - 1];
    node->parent = top->node;
    node->key = r->key;
    node->key_offset = (uint32_t)r->key_offset;
    if (ent_i_json_is_comment(r->key)) return;
    if (top->last) top->last->next = node;
    else top->node->first = node;
    top->last = node;
    top->node->count++;
}

/* The key and the colon in front of a member's value; `at` is on the key. */
static ent_status read_key(ent_i_json_reader *r)
{
    ent_status st = ENT_OK;
    size_t len = 0;
    if (r->source[r->at] != '"') return ent_i_json_wanted(r, "a key in double quotes");
    r->key_offset = r->at;
    ENT_TRY(ent_i_json_string(r, &r->key, &len));
    skip_space(r);
    if (r->source[r->at] != ':') return ent_i_json_wanted(r, "':' after the key");
    r->at++;
    skip_space(r);
done:
    return st;
}

static bool is_literal(const ent_i_json_reader *r, const char *word)
{
    const size_t len = strlen(word);
    if (strncmp(r->source + r->at, word, len) != 0) return false;
    const char after = r->source[r->at + len];
    return !((after >= 'a' && after <= 'z') || (after >= 'A' && after <= 'Z') ||
             (after >= '0' && after <= '9') || after == '_');
}

static ent_status read_literal(ent_i_json_reader *r, ent_json *node)
{
    static const struct {
        const char *word;
        ent_json_kind kind;
        bool truth;
    } literals[] = {{"true", ENT_JSON_BOOL, true},
                    {"false", ENT_JSON_BOOL, false},
                    {"null", ENT_JSON_NULL, false}};
    for (size_t k = 0; k < sizeof literals / sizeof *literals; k++) {
        if (!is_literal(r, literals[k].word)) continue;
        node->kind = literals[k].kind;
        node->truth = literals[k].truth;
        r->at += strlen(literals[k].word);
        return ENT_OK;
    }
    return ent_i_json_wanted(r, "a value");
}

static ent_status open_container(ent_i_json_reader *r, ent_json *node)
{
    const bool is_object = r->source[r->at] == '{';
    node->kind = is_object ? ENT_JSON_OBJECT : ENT_JSON_ARRAY;
    if (r->depth == ENT_JSON_DEPTH_MAX)
        return ent_i_json_stop(r, r->at, ENT_E_LIMIT,
                               "objects and arrays are nested more than %d deep",
                               ENT_JSON_DEPTH_MAX);
    r->open[r->depth++] = (struct ent_i_json_open){.node = node};
    r->at++;
    return ENT_OK;
}

/* The value at `at`, whole, or only its opening bracket when it is a container. */
static ent_status read_value(ent_i_json_reader *r)
{
    ent_status st = ENT_OK;
    size_t len = 0;
    if (r->values++ == ENT_JSON_VALUES_MAX)
        return ent_i_json_stop(r, r->at, ENT_E_LIMIT, "the document has more than %d values",
                               ENT_JSON_VALUES_MAX);
    ent_json *node = ent_i_doc_take(r->ctx, r->doc, sizeof *node, &st);
    if (!node) goto done;
    *node = (ent_json){.offset = (uint32_t)r->at};
    attach(r, node);
    const char c = r->source[r->at];
    if (c == '{' || c == '[') return open_container(r, node);
    if (c == '"') {
        node->kind = ENT_JSON_STRING;
        ENT_TRY(ent_i_json_string(r, &node->text, &len));
    } else if (c == '-' || (c >= '0' && c <= '9')) {
        node->kind = ENT_JSON_NUMBER;
        ENT_TRY(ent_i_json_number(r, &node->text, &len));
    } else {
        ENT_TRY(read_literal(r, node));
    }
    node->text_len = (uint32_t)len;
done:
    return st;
}

/* After a value or an opening bracket: closes what closes, until the place of the next value, or
 * depth 0, is reached. */
static ent_status advance(ent_i_json_reader *r, bool opened)
{
    ent_status st = ENT_OK;
    for (; r->depth > 0; opened = false) {
        ent_json *node = r->open[r->depth - 1].node;
        const bool is_object = node->kind == ENT_JSON_OBJECT;
        skip_space(r);
        const char c = r->source[r->at];
        if (c == (is_object ? '}' : ']')) {
            r->at++;
            r->depth--;
            if (is_object) ENT_TRY(ent_i_json_seal(r, node));
            continue;
        }
        if (!opened) {
            if (c != ',') return ent_i_json_wanted(r, is_object ? "',' or '}'" : "',' or ']'");
            r->at++;
            skip_space(r);
        }
        r->key = NULL;
        return is_object ? read_key(r) : ENT_OK;
    }
done:
    return st;
}

static ent_status read_all(ent_i_json_reader *r)
{
    ent_status st = ENT_OK;
    if (strncmp(r->source, "\xef\xbb\xbf", 3) == 0)
        r->at = 3; /* a byte order mark, as some editors write it */
    skip_space(r);
    do {
        const int depth = r->depth;
        ENT_TRY(read_value(r));
        ENT_TRY(advance(r, r->depth > depth));
    } while (r->depth > 0);
    skip_space(r);
    if (r->at < r->doc->len) st = ent_i_json_wanted(r, "nothing after the document");
done:
    return st;
}

ent_status ent_doc_read(ent_ctx *ctx, const char *name, size_t len, const char *text, ent_doc **out)
{
    ent_status st = ENT_OK;
    ent_doc *doc = NULL;
    if (len > ENT_JSON_BYTES_MAX)
        ENT_FAIL(ctx, ENT_E_LIMIT, "%.200s: the document has %zu bytes, and at most %zu are read",
                 name, len, ENT_JSON_BYTES_MAX);
    doc = ent_i_doc_new(ctx, name, len, text, &st);
    if (!doc) goto done;
    ent_i_json_reader reader = {.ctx = ctx, .doc = doc, .source = doc->source};
    ENT_TRY(read_all(&reader));
    *out = doc;
    doc = NULL;
done:
    ent_doc_free(doc);
    return st;
}
