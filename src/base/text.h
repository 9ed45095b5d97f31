/** text.h - a growing text, with a sticky error: append freely, ask once at the end whether memory
 * sufficed. */
#ifndef ENT_TEXT_H
#define ENT_TEXT_H

#include "base/memory.h"

#include <stdarg.h>

typedef struct ent_text {
    ent_ctx *ctx;
    char *data; /* NUL-terminated once anything was appended; NULL before */
    size_t len, room;
    ent_status status; /* sticky: the first failure; appending after it does nothing */
} ent_text;

void ent_text_init(ent_ctx *ctx, ent_text *text);
void ent_text_release(ent_text *text);
/** ent_text_reset - empty, memory and sticky error: memory kept, error cleared. */
void ent_text_reset(ent_text *text);
void ent_text_add(ent_text *text, const char *bytes, size_t len);
void ent_text_puts(ent_text *text, const char *string);
void ent_text_putc(ent_text *text, char c);
/** ent_text_beside - append the path of `name` as seen from the folder of the file `path`: relative
 * names are sought there. */
void ent_text_beside(ent_text *text, const char *path, const char *name);
void ent_text_printf(ent_text *text, const char *format, ...) ENT_PRINTF(2, 3);

/** ent_text_double - the shortest decimal of 15 to 17 digits (zeros at the end dropped) that reads
 * back as the same double; independent of the locale. x must be finite (readers and solvers never
 * hand over anything else); -0 is written as 0.
 */
void ent_text_double(ent_text *text, double x);

/** ent_text_take - hand the text to the caller as a heap string (free with ent_free) and empty
 * `text`.
 * Status  ENT_OK, or the sticky error; then *out is untouched.
 */
ent_status ent_text_take(ent_text *text, char **out, size_t *len);

/** ent_i_vformat - what vprintf would print, as a heap string; NULL sets *st. `arguments` is used
 * up. */
char *ent_i_vformat(ent_ctx *ctx, ent_status *st, const char *format, va_list arguments)
    ENT_PRINTF(3, 0);

/** ent_i_format_double - as ent_text_double, into buffer[32]; returns the length. */
int ent_i_format_double(char buffer[32], double x);

#endif
