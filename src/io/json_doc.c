#include "io/json_i.h"

#include <string.h>

enum { FIRST_CHUNK = 4096 - (int)sizeof(ent_i_chunk), LARGEST_CHUNK = 1 << 20 };

ent_doc *ent_i_doc_new(ent_ctx *ctx, const char *name, size_t len, const char *text, ent_status *st)
{
    ent_doc *doc = ent_i_alloc(ctx, 1, sizeof *doc, st);
    if (!doc) return NULL;
    doc->name = ent_i_strdup(ctx, name, strlen(name), st);
    if (doc->name) doc->source = ent_i_strdup(ctx, text, len, st);
    doc->len = len;
    if (doc->source) return doc;
    ent_doc_free(doc);
    return NULL;
}

void ent_doc_free(ent_doc *doc)
{
    if (!doc) return;
    for (ent_i_chunk *chunk = doc->chunks, *next = NULL; chunk; chunk = next) {
        next = chunk->next;
        ent_free(chunk);
    }
    ent_free(doc->source);
    ent_free(doc->name);
    ent_free(doc);
}

const ent_json *ent_doc_root(const ent_doc *doc) { return doc->root; }

const char *ent_doc_name(const ent_doc *doc) { return doc->name; }

void *ent_i_doc_take(ent_ctx *ctx, ent_doc *doc, size_t bytes, ent_status *st)
{
    const size_t unit = sizeof(void *), rounded = (bytes + unit - 1) / unit * unit;
    ent_i_chunk *chunk = doc->chunks;
    if (!chunk || chunk->size - chunk->used < rounded) {
        size_t size = chunk ? 2 * chunk->size : FIRST_CHUNK;
        if (size > LARGEST_CHUNK) size = LARGEST_CHUNK;
        if (size < rounded) size = rounded;
        chunk = ent_i_alloc(ctx, 1, sizeof *chunk + size, st);
        if (!chunk) return NULL;
        chunk->next = doc->chunks;
        chunk->size = size;
        doc->chunks = chunk;
    }
    void *taken = chunk->bytes + chunk->used;
    chunk->used += rounded;
    return taken;
}
