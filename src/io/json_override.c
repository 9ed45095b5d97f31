/* Changing one value of a document: its source text is spliced, so that what stands elsewhere keeps
 * its position. */
#include "io/json_i.h"

#include <stdio.h>
#include <string.h>

typedef struct change {
    ent_ctx *ctx;
    const ent_doc *doc;
    const char *pointer, *value;
    char separator;       /* of the pointer's steps */
    const ent_json *node; /* what the steps so far lead to */
    const char *step;     /* the last step, when it leads to a member that is absent */
} change;

/* The byte after the value that begins at source[at]; the text is known to be well formed. */
static size_t end_of_value(const char *source, size_t at)
{
    int depth = 0;
    bool in_text = false;
    if (!strchr("{[\"", source[at])) return at + strcspn(source + at, ",]} \n\r\t");
    do {
        const char c = source[at];
        if (in_text && c == '\\') at++;
        else if (c == '"') in_text = !in_text;
        else if (!in_text && (c == '{' || c == '[')) depth++;
        else if (!in_text && (c == '}' || c == ']')) depth--;
        at++;
    } while (in_text || depth > 0);
    return at;
}

static ent_status leads_nowhere(const change *c, size_t len)
{
    char found[ENT_JSON_QUOTE], word[ENT_JSON_QUOTE];
    const char *keys[64];
    size_t n = 0;
    for (const ent_json *m = c->node->first; m && n < sizeof keys / sizeof *keys; m = m->next) {
        const ent_json *name = ent_json_get(m, "name");
        if (m->key) keys[n++] = m->key;
        else if (name && name->kind == ENT_JSON_STRING) keys[n++] = name->text;
    }
    ent_i_json_quote(found, c->step, len);
    snprintf(word, sizeof word, "%.*s", len > 60 ? 60 : (int)len, c->step);
    const char *nearest = ent_i_json_nearest(word, n, keys);
    return ent_i_fail(c->ctx, ENT_E_UNKNOWN,
                      "%.200s: no place is called %s: nothing is called %s there%s%.60s%s",
                      c->doc->name, c->pointer, found, nearest ? "; did you mean \"" : "",
                      nearest ? nearest : "", nearest ? "\"?" : "");
}

/* Follows the pointer; on success c->step is NULL, or the key to add to the object c->node. */
static ent_status follow(change *c)
{
    const char separators[2] = {c->separator, '\0'};
    const char *at = c->pointer;
    while (*at == c->separator) at++;
    if (!*at)
        return ent_i_fail(c->ctx, ENT_E_ARG,
                          "a change wants a place such as discount or players/A/size");
    while (*at) {
        const size_t len = strcspn(at, separators);
        const bool is_last = at[len] == '\0';
        const ent_json *next = ent_i_json_step(c->node, len, at);
        c->step = at;
        if (!next && (!is_last || c->node->kind != ENT_JSON_OBJECT || len == 0))
            return leads_nowhere(c, len);
        if (!next) return ENT_OK;
        c->node = next;
        at += len + !is_last;
    }
    c->step = NULL;
    return ENT_OK;
}

const ent_json *ent_doc_at(const ent_doc *doc, const char *pointer)
{
    const char *separators = strchr(pointer, '/') ? "/" : ".";
    const ent_json *node = doc->root;
    while (node && *pointer) {
        const size_t len = strcspn(pointer, separators);
        if (len > 0) node = ent_i_json_step(node, len, pointer);
        pointer += len;
        if (*pointer) pointer++;
    }
    return node;
}

/* The new value as JSON: as it is given when it parses, else as a text. */
static ent_status write_value(const change *c, ent_text *out)
{
    ent_doc *parsed = NULL;
    const size_t len = strlen(c->value);
    const ent_status st = ent_doc_read(c->ctx, c->pointer, len, c->value, &parsed);
    ent_doc_free(parsed);
    if (st == ENT_E_PARSE && !strchr("{[\"", c->value[0]))
        ent_i_json_put_string(out, c->value, len);
    else if (st != ENT_OK) return st;
    else ent_text_add(out, c->value, len);
    return ENT_OK;
}

/* A key as a pointer writes it, unescaped. */
static void write_key(ent_text *out, ent_text *work, const char *step)
{
    for (; *step; step++) {
        const bool escaped = step[0] == '~' && (step[1] == '0' || step[1] == '1');
        ent_text_putc(work, escaped ? (*++step == '0' ? '~' : '/') : *step);
    }
    if (work->status == ENT_OK) ent_i_json_put_string(out, work->data, work->len);
    else out->status = work->status;
}

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/* The source with the value replaced, or with a member added at the end of its object. */
static void splice(const change *c, const ent_text *value, ent_text *work, ent_text *out)
{
    const char *source = c->doc->source;
    size_t from = c->node->offset, to = end_of_value(source, c->node->offset);
    if (c->step) {
        from = to - 1; /* the closing brace */
        while (is_space(source[from - 1])) from--;
        to = from;
    }
    ent_text_add(out, source, from);
    if (c->step) {
        ent_text_puts(out, source[from - 1] == '{' ? "" : ", ");
        write_key(out, work, c->step);
        ent_text_puts(out, ": ");
    }
    ent_text_add(out, value->data, value->len);
    ent_text_add(out, source + to, c->doc->len - to);
}

ent_status ent_doc_override(ent_ctx *ctx, const ent_doc *doc, const char *pointer,
                            const char *value, ent_doc **out)
{
    ent_status st = ENT_OK;
    ent_text json, work, whole;
    change c = {.ctx = ctx,
                .doc = doc,
                .pointer = pointer,
                .value = value,
                .node = doc->root,
                .separator = strchr(pointer, '/') ? '/' : '.'};
    ent_text_init(ctx, &json);
    ent_text_init(ctx, &work);
    ent_text_init(ctx, &whole);
    ENT_TRY(follow(&c));
    ENT_TRY(write_value(&c, &json));
    splice(&c, &json, &work, &whole);
    ENT_TRY(json.status);
    ENT_TRY(whole.status);
    ENT_TRY(ent_doc_read(ctx, doc->name, whole.len, whole.data, out));
done:
    ent_text_release(&whole);
    ent_text_release(&work);
    ent_text_release(&json);
    return st;
}
