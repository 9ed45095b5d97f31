#include "base/text.h"

#include <stdio.h>
#include <string.h>

void ent_text_init(ent_ctx *ctx, ent_text *text)
{
    *text = (ent_text){.ctx = ctx, .status = ENT_OK};
}

void ent_text_release(ent_text *text)
{
    ent_free(text->data);
    ent_text_init(text->ctx, text);
}

void ent_text_reset(ent_text *text)
{
    text->len = 0;
    text->status = ENT_OK;
    if (text->data) text->data[0] = '\0';
}

/* Makes room for `more` bytes and a NUL; false when the sticky error is set. */
static bool reserve(ent_text *text, size_t more)
{
    if (text->status != ENT_OK) return false;
    if (text->room - text->len > more) return true;
    if (more > (size_t)PTRDIFF_MAX / 4 - text->len) {
        text->status =
            ent_i_fail(text->ctx, ENT_E_MEMORY, "a text of more than %zu bytes is too long", more);
        return false;
    }
    size_t room = text->room ? 2 * text->room : 256;
    while (room - text->len <= more) room *= 2;
    char *data = ent_i_realloc(text->ctx, text->data, room, 1, &text->status);
    if (!data) return false;
    text->data = data;
    text->room = room;
    return true;
}

void ent_text_add(ent_text *text, const char *bytes, size_t len)
{
    if (!reserve(text, len)) return;
    if (len) memcpy(text->data + text->len, bytes, len);
    text->len += len;
    text->data[text->len] = '\0';
}

void ent_text_puts(ent_text *text, const char *string)
{
    ent_text_add(text, string, strlen(string));
}

void ent_text_putc(ent_text *text, char c) { ent_text_add(text, &c, 1); }

void ent_text_beside(ent_text *text, const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    if (slash && name[0] != '/') ent_text_add(text, path, (size_t)(slash - path) + 1);
    ent_text_puts(text, name);
}

void ent_text_printf(ent_text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int len = vsnprintf(NULL, 0, format, arguments);
    if (len < 0 && text->status == ENT_OK)
        text->status =
            ent_i_fail(text->ctx, ENT_E_BUG, "cannot print in the format \"%s\"", format);
    if (len >= 0 && reserve(text, (size_t)len)) {
        vsnprintf(text->data + text->len, (size_t)len + 1, format, again);
        text->len += (size_t)len;
    }
    va_end(again);
    va_end(arguments);
}

char *ent_i_vformat(ent_ctx *ctx, ent_status *st, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    const int len = vsnprintf(NULL, 0, format, arguments);
    char *text = len < 0 ? NULL : ent_i_alloc(ctx, (size_t)len + 1, 1, st);
    if (text) vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    if (len < 0) *st = ent_i_fail(ctx, ENT_E_BUG, "cannot print in the format \"%s\"", format);
    return text;
}

void ent_text_double(ent_text *text, double x)
{
    char buffer[32];
    const int len = ent_i_format_double(buffer, x);
    ent_text_add(text, buffer, (size_t)len);
}

ent_status ent_text_take(ent_text *text, char **out, size_t *len)
{
    if (text->status == ENT_OK && !text->data) reserve(text, 0);
    if (text->status != ENT_OK) return text->status;
    if (text->len == 0) text->data[0] = '\0';
    *out = text->data;
    if (len) *len = text->len;
    *text = (ent_text){.ctx = text->ctx, .status = ENT_OK};
    return ENT_OK;
}
