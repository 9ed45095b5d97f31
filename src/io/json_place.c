/* Positions and failures: offsets become lines and columns only here, when something is wrong. */
#include "io/json_i.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_ROOM = 512 }; /* of a context's message, beside name, position and path */

static void place_of(const ent_doc *doc, size_t offset, size_t *line, size_t *column)
{
    *line = *column = 1;
    if (offset > doc->len) offset = doc->len;
    for (size_t k = 0; k < offset; k++) {
        const unsigned char c = (unsigned char)doc->source[k];
        if (c == '\n') {
            ++*line;
            *column = 1;
        } else if ((c & 0xc0) != 0x80) {
            ++*column; /* continuation bytes of UTF-8 are no characters of their own */
        }
    }
    const bool mark = doc->len >= 3 && memcmp(doc->source, "\xef\xbb\xbf", 3) == 0;
    if (mark && *line == 1 && *column > 1) --*column; /* a byte order mark is not seen */
}

/* The place of a node, and of one step. */
static void path_step(ent_text *out, const ent_json *node)
{
    ent_text_putc(out, '/');
    if (!node->key) {
        size_t index = 0;
        for (const ent_json *k = node->parent->first; k && k != node; k = k->next) index++;
        ent_text_printf(out, "%zu", index);
        return;
    }
    for (const char *c = node->key; *c; c++) {
        if (*c == '~') ent_text_puts(out, "~0");
        else if (*c == '/') ent_text_puts(out, "~1");
        else ent_text_putc(out, *c);
    }
}

void ent_json_path(ent_text *out, const ent_json *node)
{
    const ent_json *way[ENT_JSON_DEPTH_MAX + 1];
    int n = 0;
    for (; node->parent; node = node->parent) way[n++] = node;
    if (n == 0) ent_text_putc(out, '/');
    while (n > 0) path_step(out, way[--n]);
}

static ENT_PRINTF(6, 0) ent_status
    fail_at(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, size_t offset, ent_status code,
            const char *format, va_list arguments)
{
    ent_status st = ENT_OK;
    char message[MESSAGE_ROOM];
    size_t line = 0, column = 0;
    ent_text path;
    ent_text_init(ctx, &path);
    vsnprintf(message, sizeof message, format, arguments);
    place_of(doc, offset, &line, &column);
    ent_json_path(&path, node);
    ENT_TRY(path.status);
    st = ent_i_fail(ctx, code, "%.200s:%zu:%zu: %.300s: %s", doc->name, line, column, path.data,
                    message);
done:
    ent_text_release(&path);
    return st;
}

ent_status ent_json_fail(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, ent_status code,
                         const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const ent_status st = fail_at(ctx, doc, node, node->offset, code, format, arguments);
    va_end(arguments);
    return st;
}

ent_status ent_json_fail_key(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                             ent_status code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const ent_status st = fail_at(ctx, doc, node, node->key ? node->key_offset : node->offset, code,
                                  format, arguments);
    va_end(arguments);
    return st;
}

ent_status ent_i_json_stop(ent_i_json_reader *r, size_t offset, ent_status code, const char *format,
                           ...)
{
    char message[MESSAGE_ROOM];
    size_t line = 0, column = 0;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    place_of(r->doc, offset, &line, &column);
    return ent_i_fail(r->ctx, code, "%.200s:%zu:%zu: %s", r->doc->name, line, column, message);
}
