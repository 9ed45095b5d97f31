/** cells.h - from the numbers of a result document to table cells: a number is {"value", "exact"},
 * or plain, or null. */
#ifndef ENT_CELLS_H
#define ENT_CELLS_H

#include "io/json.h"
#include "report/table.h"

/** ent_cell_number - a cell such as "0.48 = 12/25" (short exact fractions), "3" or "1.732051"; "-"
 * for null or NULL. */
void ent_cell_number(ent_tables *tables, const ent_json *number);

/** ent_cell_plain - the same without the fraction, for crowded tables. */
void ent_cell_plain(ent_tables *tables, const ent_json *number);

/** ent_number_value - the double of a number; NAN for null or NULL. */
double ent_number_value(const ent_json *number);

/** ent_number_text - append what ent_cell_number shows. */
void ent_number_text(ent_text *out, const ent_json *number, bool fraction);

#endif
