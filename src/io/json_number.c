/* Number literals, kept as they are written. */
#include "io/json_i.h"

#include <string.h>

static size_t digits(const char *s)
{
    size_t n = 0;
    while (s[n] >= '0' && s[n] <= '9') n++;
    return n;
}

static ent_status fraction(ent_i_json_reader *r, size_t start, const char *s, size_t len)
{
    const size_t below = digits(s + len + 1);
    if (below == 0) return ENT_OK;
    return ent_i_json_stop(r, start, ENT_E_PARSE, "a fraction stands in quotes: \"%.*s/%.*s\"",
                           len > 20 ? 20 : (int)len, s, below > 20 ? 20 : (int)below, s + len + 1);
}

/* Checks the grammar of RFC 8259: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)? */
static ent_status measure(ent_i_json_reader *r, size_t *len)
{
    const char *s = r->source + r->at;
    size_t n = s[0] == '-', whole = digits(s + n);
    if (whole == 0) return ent_i_json_wanted(r, "a value");
    if (whole > 1 && s[n] == '0')
        return ent_i_json_stop(r, r->at, ENT_E_PARSE, "a number has no leading zeros");
    n += whole;
    if (s[n] == '.') {
        const size_t part = digits(s + n + 1);
        if (part == 0)
            return ent_i_json_stop(r, r->at + n, ENT_E_PARSE,
                                   "wanted a digit after the decimal point");
        n += 1 + part;
    }
    if (s[n] == 'e' || s[n] == 'E') {
        const size_t sign = s[n + 1] == '+' || s[n + 1] == '-', part = digits(s + n + 1 + sign);
        if (part == 0)
            return ent_i_json_stop(r, r->at + n, ENT_E_PARSE, "wanted a digit in the exponent");
        n += 1 + sign + part;
    }
    *len = n;
    return s[n] == '/' ? fraction(r, r->at, s, n) : ENT_OK;
}

ent_status ent_i_json_number(ent_i_json_reader *r, const char **text, size_t *len)
{
    ent_status st = ENT_OK;
    size_t n = 0;
    ENT_TRY(measure(r, &n));
    char *copy = ent_i_doc_take(r->ctx, r->doc, n + 1, &st);
    if (!copy) goto done;
    memcpy(copy, r->source + r->at, n);
    copy[n] = '\0';
    r->at += n;
    *text = copy;
    *len = n;
done:
    return st;
}
