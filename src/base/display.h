/** display.h - UTF-8 as a terminal displays it. */
#ifndef ENT_DISPLAY_H
#define ENT_DISPLAY_H

#include <stddef.h>
#include <stdint.h>

/** ent_i_utf8_next - the character at *text, which moves past it; *text < end. A byte that is no
 * UTF-8 counts as U+FFFD. */
uint32_t ent_i_utf8_next(const char **text, const char *end);

/** ent_i_columns - columns of a terminal that one character takes: 0 (combining), 1, or 2 (East
 * Asian wide). */
int ent_i_columns(uint32_t character);

/** ent_i_display_width - the columns of a text of len bytes. */
int ent_i_display_width(const char *text, size_t len);

#endif
