/** sweep_table.h - a CSV file with one line of names, such as a sweep writes, to be read column by
 * column. Lines that begin with '#' are comments; what a sweep's head says is kept. */
#ifndef ENT_SWEEP_TABLE_H
#define ENT_SWEEP_TABLE_H

#include "base/text.h"

typedef struct ent_sweep_table {
    const char *text; /* [len], borrowed */
    size_t len;
    size_t columns;
    char **name; /* [columns] */
    size_t rows;
    size_t *row;  /* [rows] where each begins */
    char *method; /* "relational contractual", or "" */
    char *hash;   /* of the model, or "" */
} ent_sweep_table;

/** ent_i_sweep_table_read - Returned table: initialised to {0} by the caller; release also after a
 * failure.
 * Status  ENT_E_PARSE "name:line: ..." a row has another number of fields than the names, or there
 *         are no names */
ent_status ent_i_sweep_table_read(ent_ctx *ctx, const char *name, size_t len, const char *text,
                                  ent_sweep_table *table);
void ent_i_sweep_table_release(ent_sweep_table *table);

/** ent_i_sweep_table_find - the column of this name ('.' and '/' count the same). Status
 * ENT_E_UNKNOWN, naming the nearest. */
ent_status ent_i_sweep_table_find(ent_ctx *ctx, const ent_sweep_table *table, const char *name,
                                  size_t *column);

/** ent_i_sweep_table_cell - append one field, unquoted. */
void ent_i_sweep_table_cell(const ent_sweep_table *table, size_t row, size_t column, ent_text *out);

/** ent_i_sweep_table_numbers - a column as doubles, [rows]; NAN for fields that are empty or no
 * numbers, whose count is *words. */
ent_status ent_i_sweep_table_numbers(ent_ctx *ctx, const ent_sweep_table *table, size_t column,
                                     double *out, size_t *words);

#endif
