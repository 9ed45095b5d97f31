#include "report/cells.h"

#include <math.h>
#include <string.h>

enum { FRACTION_MAX = 11 }; /* longer fractions do not help a reader */

double ent_number_value(const ent_json *number)
{
    if (number && number->kind == ENT_JSON_OBJECT) number = ent_json_get(number, "value");
    double value = (double)NAN;
    if (!number || number->kind != ENT_JSON_NUMBER) return value;
    ent_rat r = ENT_RAT_ZERO;
    if (ent_rat_parse(&r, number->text, number->text_len)) value = ent_rat_double(&r);
    ent_rat_release(&r);
    return value;
}

void ent_number_text(ent_text *out, const ent_json *number, bool fraction)
{
    const double value = ent_number_value(number);
    if (isnan(value)) {
        ent_text_puts(out, "-");
        return;
    }
    ent_text_printf(out, "%.7g", value == 0.0 ? 0.0 : value);
    const ent_json *exact = fraction ? ent_json_get(number, "exact") : NULL;
    if (exact && strchr(exact->text, '/') && exact->text_len <= FRACTION_MAX)
        ent_text_printf(out, " = %s", exact->text);
}

static void cell(ent_tables *tables, const ent_json *number, bool fraction)
{
    ent_text text;
    ent_text_init(tables->ctx, &text);
    ent_number_text(&text, number, fraction);
    if (text.status != ENT_OK) tables->status = text.status;
    else ent_table_cell(tables, "%s", text.data);
    ent_text_release(&text);
}

void ent_cell_number(ent_tables *tables, const ent_json *number) { cell(tables, number, true); }

void ent_cell_plain(ent_tables *tables, const ent_json *number) { cell(tables, number, false); }
