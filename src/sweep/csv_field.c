#include "sweep/sweep_i.h"

#include <math.h>
#include <string.h>

void ent_i_csv_field(ent_text *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n#")) {
        ent_text_puts(out, text);
        return;
    }
    ent_text_putc(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"') ent_text_putc(out, '"');
        ent_text_putc(out, *c);
    }
    ent_text_putc(out, '"');
}

void ent_i_csv_number(ent_text *out, double value)
{
    if (isnan(value)) return;
    if (isinf(value)) ent_text_puts(out, value > 0.0 ? "inf" : "-inf");
    else ent_text_double(out, value);
}

void ent_i_csv_value(ent_text *out, const char *value)
{
    ent_rat r = ENT_RAT_ZERO;
    if (ent_rat_parse(&r, value, strlen(value))) ent_i_csv_number(out, ent_rat_double(&r));
    else ent_i_csv_field(out, value);
    ent_rat_release(&r);
}
