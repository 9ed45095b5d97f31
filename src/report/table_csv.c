#include "report/table.h"

#include <string.h>

/* RFC 4180: a field with a comma, a quote or a line break stands in quotes, quotes inside are
 * doubled. */
static void put_field(ent_text *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        ent_text_puts(out, text);
        return;
    }
    ent_text_putc(out, '"');
    for (const char *p = text; *p; p++) {
        if (*p == '"') ent_text_putc(out, '"');
        ent_text_putc(out, *p);
    }
    ent_text_putc(out, '"');
}

static void put_row(ent_text *out, int columns, char *const *cell)
{
    for (int c = 0; c < columns; c++) {
        if (c > 0) ent_text_putc(out, ',');
        if (cell[c]) put_field(out, cell[c]);
    }
    ent_text_puts(out, "\r\n");
}

/* The title is a comment: one line, as it is, so that readers can skip what begins with '#'. */
static void put_title(ent_text *out, const char *title)
{
    if (!*title) return;
    ent_text_puts(out, "# ");
    for (const char *p = title; *p; p++) ent_text_putc(out, *p == '\n' || *p == '\r' ? ' ' : *p);
    ent_text_puts(out, "\r\n");
}

void ent_tables_csv(ent_text *out, const ent_tables *tables)
{
    for (int t = 0; t < tables->n; t++) {
        const ent_table *table = tables->table[t];
        put_title(out, table->title);
        if (table->columns > 0) put_row(out, table->columns, table->head);
        for (int r = 0; r < table->rows; r++)
            put_row(out, table->columns, table->cell + (size_t)r * (size_t)table->columns);
        ent_text_puts(out, "\r\n");
    }
}
