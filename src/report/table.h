/** table.h - tables of text cells: what families report and what becomes aligned text or CSV. Knows
 * nothing of games. */
#ifndef ENT_TABLE_H
#define ENT_TABLE_H

#include "base/text.h"

typedef enum ent_align { ENT_LEFT, ENT_RIGHT } ent_align;

typedef struct ent_table {
    char *title; /* a heading, or "" */
    char *note;  /* paragraphs below, separated by newlines, or "" */
    int columns, rows, room;
    /* appended so far; the last row may be incomplete, and is shown with empty cells */
    int cells;
    char **head;      /* [columns] */
    ent_align *align; /* [columns] */
    char **cell;      /* [rows][columns]; NULL where an incomplete row ends */
} ent_table;

/** ent_tables - a list of tables with a sticky error: build freely, look at status once. */
typedef struct ent_tables {
    ent_ctx *ctx;
    ent_status status;
    int n, room;
    ent_table **table; /* [n] */
} ent_tables;

void ent_tables_init(ent_ctx *ctx, ent_tables *tables);
void ent_tables_release(ent_tables *tables);

/** ent_table_begin - add a table. heads: column names separated by '|'; a name that begins with '>'
 * is right-aligned. */
void ent_table_begin(ent_tables *tables, const char *title, const char *heads);
/** ent_table_column - append a column to the current table before its first cell; for names that
 * may hold a '|'. */
void ent_table_column(ent_tables *tables, ent_align align, const char *name);
/** ent_table_cell - append a cell to the current table, row by row. Formats like printf. */
void ent_table_cell(ent_tables *tables, const char *format, ...) ENT_PRINTF(2, 3);
/** ent_table_note - another paragraph below the current table; formats like printf; wrapped when
 * printed. */
void ent_table_note(ent_tables *tables, const char *format, ...) ENT_PRINTF(2, 3);

/** ent_tables_print - aligned text, `width` columns of the terminal for wrapping notes (<= 0: no
 * wrapping); bold titles with `colour`. Columns are as wide as their widest cell is displayed;
 * control characters are shown as '?'.
 */
void ent_tables_print(ent_text *out, const ent_tables *tables, int width, bool colour);
/** ent_tables_csv - RFC 4180, one block a table: a line "# title", the heads, the rows, an empty
 * line; lines end in CR LF as the standard has it, and a table without a title begins with its
 * heads. Notes stay out.
 */
void ent_tables_csv(ent_text *out, const ent_tables *tables);

#endif
