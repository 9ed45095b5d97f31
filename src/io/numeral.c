#include "io/numeral.h"

#include <string.h>

enum { PLACES_MAX = 18 }; /* more places are less readable than a fraction */

/* How many decimal places write the value exactly, shifted = value * 10^places being an integer; -1
 * when too many. */
static int places_of(const ent_rat *value, ent_rat *shifted)
{
    ent_rat ten = ENT_RAT_ZERO;
    int places = 0;
    ent_rat_set_int(&ten, 10);
    ent_rat_set(shifted, value);
    while (!ent_rat_is_integer(shifted) && places <= PLACES_MAX) {
        ent_rat_mul(shifted, shifted, &ten);
        places++;
    }
    ent_rat_release(&ten);
    return places <= PLACES_MAX ? places : -1;
}

/* The digits of an integer with a point before the last `places` of them. */
static void put_decimal(ent_text *out, const char *digits, int places)
{
    const bool negative = *digits == '-';
    const char *d = digits + negative;
    const int len = (int)strlen(d);
    if (negative) ent_text_putc(out, '-');
    if (len <= places) ent_text_puts(out, "0.");
    for (int k = len; k < places; k++) ent_text_putc(out, '0');
    for (int k = 0; k < len; k++) {
        if (k > 0 && k == len - places) ent_text_putc(out, '.');
        ent_text_putc(out, d[k]);
    }
}

bool ent_numeral(ent_text *out, const ent_rat *value)
{
    ent_status st = ENT_OK;
    ent_rat shifted = ENT_RAT_ZERO;
    const int places = places_of(value, &shifted);
    char *digits = ent_rat_format(out->ctx, places >= 0 ? &shifted : value, &st);
    if (!digits) {
        if (out->status == ENT_OK) out->status = st;
    } else if (places > 0) {
        put_decimal(out, digits, places);
    } else {
        ent_text_puts(out, digits);
    }
    ent_free(digits);
    ent_rat_release(&shifted);
    return places >= 0;
}
