#include "report/table.h"

#include <stdarg.h>
#include <string.h>

void ent_tables_init(ent_ctx *ctx, ent_tables *tables)
{
    *tables = (ent_tables){.ctx = ctx, .status = ENT_OK};
}

static void free_table(ent_table *table)
{
    if (!table) return;
    for (int c = 0; table->head && c < table->columns; c++) ent_free(table->head[c]);
    for (int k = 0; k < table->cells; k++) ent_free(table->cell[k]);
    ent_free(table->head);
    ent_free(table->align);
    ent_free(table->cell);
    ent_free(table->title);
    ent_free(table->note);
    ent_free(table);
}

void ent_tables_release(ent_tables *tables)
{
    for (int t = 0; t < tables->n; t++) free_table(tables->table[t]);
    ent_free(tables->table);
    ent_tables_init(tables->ctx, tables);
}

/* The table that is being filled; NULL, with the sticky error set, when there is none. */
static ent_table *current(ent_tables *tables)
{
    if (tables->status != ENT_OK) return NULL;
    if (tables->n > 0) return tables->table[tables->n - 1];
    tables->status = ent_i_fail(tables->ctx, ENT_E_BUG, "a table is filled before it begins");
    return NULL;
}

static void add_column(ent_tables *tables, ent_table *table, ent_align align, const char *name,
                       size_t len)
{
    ent_status *st = &tables->status;
    const size_t columns = (size_t)table->columns + 1;
    char **head = ent_i_realloc(tables->ctx, table->head, columns, sizeof *head, st);
    if (!head) return;
    table->head = head;
    ent_align *aligns = ent_i_realloc(tables->ctx, table->align, columns, sizeof *aligns, st);
    if (!aligns) return;
    table->align = aligns;
    char *copy = ent_i_strdup(tables->ctx, name, len, st);
    if (!copy) return;
    head[table->columns] = copy;
    aligns[table->columns] = align;
    table->columns++;
}

void ent_table_column(ent_tables *tables, ent_align align, const char *name)
{
    ent_table *table = current(tables);
    if (!table) return;
    if (table->cells > 0)
        tables->status =
            ent_i_fail(tables->ctx, ENT_E_BUG, "column \"%s\" comes after a cell", name);
    else add_column(tables, table, align, name, strlen(name));
}

static void add_columns(ent_tables *tables, ent_table *table, const char *heads)
{
    const char *p = heads;
    while (tables->status == ENT_OK) {
        const ent_align align = *p == '>' ? ENT_RIGHT : ENT_LEFT;
        if (align == ENT_RIGHT) p++;
        const char *bar = strchr(p, '|');
        add_column(tables, table, align, p, bar ? (size_t)(bar - p) : strlen(p));
        if (!bar) return;
        p = bar + 1;
    }
}

/* Makes room for one more table; false when the sticky error is set. */
static bool room_for_table(ent_tables *tables)
{
    if (tables->n < tables->room) return true;
    const int room = tables->room ? 2 * tables->room : 8;
    ent_table **list =
        ent_i_realloc(tables->ctx, tables->table, (size_t)room, sizeof *list, &tables->status);
    if (!list) return false;
    tables->table = list;
    tables->room = room;
    return true;
}

void ent_table_begin(ent_tables *tables, const char *title, const char *heads)
{
    ent_status *st = &tables->status;
    if (*st != ENT_OK || !room_for_table(tables)) return;
    ent_table *table = ent_i_alloc(tables->ctx, 1, sizeof *table, st);
    if (!table) return;
    table->title = ent_i_strdup(tables->ctx, title, strlen(title), st);
    if (*st == ENT_OK) table->note = ent_i_strdup(tables->ctx, "", 0, st);
    if (*st == ENT_OK && *heads) add_columns(tables, table, heads);
    if (*st == ENT_OK) tables->table[tables->n++] = table;
    else free_table(table);
}

/* Makes room for another row of empty cells. */
static bool room_for_row(ent_tables *tables, ent_table *table)
{
    if (table->rows == table->room) {
        const int room = table->room ? 2 * table->room : 16;
        const size_t cells = (size_t)room * (size_t)table->columns;
        char **cell = ent_i_realloc(tables->ctx, table->cell, cells, sizeof *cell, &tables->status);
        if (!cell) return false;
        table->cell = cell;
        table->room = room;
    }
    for (int c = 0; c < table->columns; c++) table->cell[table->cells + c] = NULL;
    table->rows++;
    return true;
}

void ent_table_cell(ent_tables *tables, const char *format, ...)
{
    ent_table *table = current(tables);
    if (!table) return;
    if (table->columns == 0) {
        tables->status = ent_i_fail(tables->ctx, ENT_E_BUG, "a cell in a table without columns");
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    char *text = ent_i_vformat(tables->ctx, &tables->status, format, arguments);
    va_end(arguments);
    if (!text) return;
    if (table->cells % table->columns == 0 && !room_for_row(tables, table)) ent_free(text);
    else table->cell[table->cells++] = text;
}

void ent_table_note(ent_tables *tables, const char *format, ...)
{
    ent_table *table = current(tables);
    if (!table) return;
    va_list arguments;
    va_start(arguments, format);
    char *text = ent_i_vformat(tables->ctx, &tables->status, format, arguments);
    va_end(arguments);
    if (!text) return;
    ent_text whole;
    ent_text_init(tables->ctx, &whole);
    ent_text_puts(&whole, table->note);
    if (whole.len > 0) ent_text_putc(&whole, '\n');
    ent_text_puts(&whole, text);
    ent_free(text);
    char *note = NULL;
    tables->status = ent_text_take(&whole, &note, NULL);
    ent_text_release(&whole);
    if (!note) return;
    ent_free(table->note);
    table->note = note;
}
