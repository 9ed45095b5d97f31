#include "report/table.h"

#include "base/display.h"

#include <string.h>

static const char BOLD[] = "\x1b[1m", PLAIN[] = "\x1b[0m";
enum { GAP = 2, NARROWEST = 20 };

static bool is_control(uint32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/* Appends a text without what could move the cursor or change a terminal's state; one '?' a control
 * character, which keeps the width. */
static void put_clean(ent_text *out, const char *text, size_t len)
{
    const char *p = text, *const end = text + len;
    while (p < end) {
        const char *const from = p;
        if (is_control(ent_i_utf8_next(&p, end)))
            ent_text_putc(out, *from == '\n' || *from == '\t' ? ' ' : '?');
        else ent_text_add(out, from, (size_t)(p - from));
    }
}

static void repeat(ent_text *out, char c, int times)
{
    for (int k = 0; k < times; k++) ent_text_putc(out, c);
}

static int width_of(const char *text) { return ent_i_display_width(text, strlen(text)); }

static const char *cell_at(const ent_table *table, int row, int column)
{
    const char *text = table->cell[(size_t)row * (size_t)table->columns + (size_t)column];
    return text ? text : "";
}

static int column_width(const ent_table *table, int column)
{
    int widest = width_of(table->head[column]);
    for (int r = 0; r < table->rows; r++) {
        const int width = width_of(cell_at(table, r, column));
        if (width > widest) widest = width;
    }
    return widest;
}

/* One cell; *owed counts the blanks that stand before the next text, so that no line ends in
 * blanks. */
static void put_cell(ent_text *out, const char *text, ent_align align, int column_wide, int *owed)
{
    const int padding = column_wide - width_of(text);
    if (*text == '\0') {
        *owed += column_wide + GAP;
        return;
    }
    repeat(out, ' ', *owed + (align == ENT_RIGHT ? padding : 0));
    put_clean(out, text, strlen(text));
    *owed = GAP + (align == ENT_RIGHT ? 0 : padding);
}

static bool has_heads(const ent_table *table)
{
    for (int c = 0; c < table->columns; c++)
        if (*table->head[c]) return true;
    return false;
}

static void print_grid(ent_text *out, const ent_table *table, const int *width)
{
    int owed = 0;
    if (has_heads(table)) {
        for (int c = 0; c < table->columns; c++)
            put_cell(out, table->head[c], table->align[c], width[c], &owed);
        ent_text_putc(out, '\n');
        for (int c = 0; c < table->columns; c++) {
            repeat(out, ' ', c ? GAP : 0);
            repeat(out, '-', width[c]);
        }
        ent_text_putc(out, '\n');
    }
    for (int r = 0; r < table->rows; r++) {
        owed = 0;
        for (int c = 0; c < table->columns; c++)
            put_cell(out, cell_at(table, r, c), table->align[c], width[c], &owed);
        ent_text_putc(out, '\n');
    }
    if (table->columns > 0 && table->rows == 0) ent_text_puts(out, "(none)\n");
}

/* One paragraph, broken at blanks; a word longer than the line stands alone. */
static void print_paragraph(ent_text *out, const char *text, size_t len, int width)
{
    const char *p = text, *const end = text + len;
    int column = 0;
    while (p < end) {
        while (p < end && *p == ' ') p++;
        const char *word = p;
        while (p < end && *p != ' ') p++;
        if (p == word) break;
        const int wide = ent_i_display_width(word, (size_t)(p - word));
        if (column > 0 && width > 0 && column + 1 + wide > width) {
            ent_text_putc(out, '\n');
            column = 0;
        }
        if (column > 0) ent_text_putc(out, ' ');
        put_clean(out, word, (size_t)(p - word));
        column += wide + (column > 0);
    }
    ent_text_putc(out, '\n');
}

static void print_note(ent_text *out, const char *note, int width)
{
    const char *p = note;
    while (*p) {
        const char *line = strchr(p, '\n');
        const size_t len = line ? (size_t)(line - p) : strlen(p);
        print_paragraph(out, p, len, width);
        p += len + (line ? 1 : 0);
    }
}

static void print_table(ent_text *out, const ent_table *table, int width, bool colour)
{
    const ent_mark mark = ent_scratch_mark(out->ctx);
    int *widths =
        ent_scratch_alloc(out->ctx, (size_t)table->columns + 1, sizeof *widths, &out->status);
    if (!widths) return;
    for (int c = 0; c < table->columns; c++) widths[c] = column_width(table, c);
    if (*table->title) {
        if (colour) ent_text_puts(out, BOLD);
        put_clean(out, table->title, strlen(table->title));
        if (colour) ent_text_puts(out, PLAIN);
        ent_text_puts(out, table->columns ? "\n\n" : "\n");
    }
    print_grid(out, table, widths);
    if (*table->note) {
        if (*table->title || table->columns) ent_text_putc(out, '\n');
        print_note(out, table->note, width > 0 && width < NARROWEST ? NARROWEST : width);
    }
    ent_scratch_reset(out->ctx, mark);
}

void ent_tables_print(ent_text *out, const ent_tables *tables, int width, bool colour)
{
    for (int t = 0; t < tables->n && out->status == ENT_OK; t++) {
        if (t > 0) ent_text_putc(out, '\n');
        print_table(out, tables->table[t], width, colour);
    }
}
