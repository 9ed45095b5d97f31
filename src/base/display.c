#include "base/display.h"

#include <stdbool.h>

enum { REPLACEMENT = 0xFFFD };

uint32_t ent_i_utf8_next(const char **text, const char *end)
{
    const unsigned char first = (unsigned char)*(*text)++;
    if (first < 0x80) return first;
    const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4 || end - *text < more) return REPLACEMENT;
    uint32_t character = first & (0x3Fu >> more);
    for (int k = 0; k < more; k++) {
        const unsigned char byte = (unsigned char)(*text)[k];
        if ((byte & 0xC0) != 0x80) return REPLACEMENT;
        character = character << 6 | (byte & 0x3Fu);
    }
    *text += more;
    return character;
}

typedef struct range {
    uint32_t first, last;
} range;

/* Unicode 15: combining marks and joiners; East Asian Width W and F. Ascending. */
static const range none[] = {{0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},
                             {0x64B, 0x65F},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
                             {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F},
                             {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};
static const range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
                             {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
                             {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                             {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                             {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

static bool is_in(uint32_t c, size_t n, const range *ranges)
{
    for (size_t k = 0; k < n && ranges[k].first <= c; k++)
        if (c <= ranges[k].last) return true;
    return false;
}

int ent_i_columns(uint32_t character)
{
    if (character < 0x300) return 1;
    if (is_in(character, sizeof none / sizeof *none, none)) return 0;
    return is_in(character, sizeof wide / sizeof *wide, wide) ? 2 : 1;
}

int ent_i_display_width(const char *text, size_t len)
{
    const char *p = text, *const end = text + len;
    int width = 0;
    while (p < end) width += ent_i_columns(ent_i_utf8_next(&p, end));
    return width;
}
