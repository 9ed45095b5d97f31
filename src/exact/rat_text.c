#include "exact/rat_i.h"

#include <string.h>

enum { WORD_DIGITS = 18 }; /* so many decimal digits always fit in 63 bits */

/** numeral - a numeral taken apart: (-1)^negative * (whole followed by part) * 10^exponent, or the
 * same / below. */
typedef struct numeral {
    bool negative, below_negative, is_fraction;
    const char *whole, *part, *below; /* digits */
    size_t whole_len, part_len, below_len;
    long exponent;
} numeral;

static size_t digits(const char *text, const char *end)
{
    const char *p = text;
    while (p < end && *p >= '0' && *p <= '9') p++;
    return (size_t)(p - text);
}

static const char *sign(const char *p, const char *end, bool *negative)
{
    *negative = p < end && *p == '-';
    return p < end && (*p == '-' || *p == '+') ? p + 1 : p;
}

/* "e-12" at p; NULL when it is no exponent or a limit is exceeded. */
static const char *exponent(const char *p, const char *end, long *out)
{
    bool negative = false;
    p = sign(p + 1, end, &negative);
    const size_t len = digits(p, end);
    if (len == 0) return NULL;
    long value = 0;
    for (size_t k = 0; k < len; k++) {
        value = 10 * value + (p[k] - '0');
        if (value > ENT_RAT_EXPONENT_MAX) return NULL;
    }
    *out = negative ? -value : value;
    return p + len;
}

static const char *decimal_tail(const char *p, const char *end, numeral *n)
{
    if (p < end && *p == '.') {
        n->part = p + 1;
        n->part_len = digits(n->part, end);
        if (n->part_len == 0) return NULL;
        p = n->part + n->part_len;
    }
    if (n->whole_len + n->part_len == 0 || n->whole_len + n->part_len > ENT_RAT_DIGITS_MAX)
        return NULL;
    if (p < end && (*p == 'e' || *p == 'E')) p = exponent(p, end, &n->exponent);
    return p;
}

/* Takes a text apart; false when it is no numeral or exceeds a limit. */
static bool take_apart(const char *text, size_t len, numeral *n)
{
    const char *end = text + len;
    const char *p = sign(text, end, &n->negative);
    n->whole = p;
    n->whole_len = digits(p, end);
    p += n->whole_len;
    const bool is_decimal = p < end && (*p == '.' || *p == 'e' || *p == 'E');
    if (is_decimal) return decimal_tail(p, end, n) == end;
    if (n->whole_len == 0 || n->whole_len > ENT_RAT_INTEGER_DIGITS_MAX) return false;
    if (p == end) return true;
    if (*p != '/') return false;
    n->is_fraction = true;
    n->below = sign(p + 1, end, &n->below_negative);
    n->below_len = digits(n->below, end);
    return n->below_len >= 1 && n->below_len <= ENT_RAT_INTEGER_DIGITS_MAX &&
           n->below + n->below_len == end;
}

static int64_t word(int64_t value, const char *text, size_t len)
{
    for (size_t k = 0; k < len; k++) value = 10 * value + (text[k] - '0');
    return value;
}

static int64_t power_of_ten(long e)
{
    int64_t p = 1;
    for (; e > 0; e--) p *= 10;
    return p;
}

/* The short numerals, nearly all there are: false when a word is not enough. */
static bool parse_small(ent_rat *r, const numeral *n, bool *is_zero_below)
{
    if (n->whole_len + n->part_len > WORD_DIGITS || n->below_len > WORD_DIGITS) return false;
    const int64_t above = word(word(0, n->whole, n->whole_len), n->part, n->part_len);
    const int64_t num = n->negative != n->below_negative ? -above : above;
    const long scale = n->exponent - (long)n->part_len;
    if (n->is_fraction) {
        const int64_t den = word(0, n->below, n->below_len);
        *is_zero_below = den == 0;
        if (den != 0) ent_rat_set_ratio(r, num, den);
        return true;
    }
    if (scale <= 0 && scale >= -WORD_DIGITS) {
        ent_rat_set_ratio(r, num, power_of_ten(-scale));
        return true;
    }
    if (scale > 0 && scale + (long)(n->whole_len + n->part_len) <= WORD_DIGITS) {
        ent_rat_set_int(r, num * power_of_ten(scale));
        return true;
    }
    return false;
}

/* Appends digits to z: z * 10^len + text. */
static void append_digits(mpz_ptr z, const char *text, size_t len)
{
    char chunk[ENT_RAT_INTEGER_DIGITS_MAX + 1];
    if (len == 0) return;
    memcpy(chunk, text, len);
    chunk[len] = '\0';
    mpz_t low;
    mpz_init_set_str(low, chunk, 10);
    if (mpz_sgn(z) != 0) {
        mpz_t scale;
        mpz_init(scale);
        mpz_ui_pow_ui(scale, 10, len);
        mpz_addmul(low, z, scale);
        mpz_clear(scale);
    }
    mpz_swap(z, low);
    mpz_clear(low);
}

static bool parse_big(ent_rat *r, const numeral *n)
{
    mpq_t q;
    mpz_t power;
    mpq_init(q);
    mpz_init(power);
    append_digits(mpq_numref(q), n->whole, n->whole_len);
    append_digits(mpq_numref(q), n->part, n->part_len);
    if (n->is_fraction) {
        mpz_set_ui(mpq_denref(q), 0);
        append_digits(mpq_denref(q), n->below, n->below_len);
    }
    const long scale = n->exponent - (long)n->part_len;
    mpz_ui_pow_ui(power, 10, (unsigned long)(scale < 0 ? -scale : scale));
    if (scale > 0) mpz_mul(mpq_numref(q), mpq_numref(q), power);
    if (scale < 0) mpz_set(mpq_denref(q), power);
    const bool valid = mpz_sgn(mpq_denref(q)) != 0;
    if (valid) {
        mpq_canonicalize(q);
        if (n->negative != n->below_negative) mpq_neg(q, q);
        mpq_swap(ent_i_big(r), q);
        ent_i_settle(r);
    }
    mpz_clear(power);
    mpq_clear(q);
    return valid;
}

bool ent_rat_parse(ent_rat *r, const char *text, size_t len)
{
    numeral n = {0};
    bool is_zero_below = false;
    if (!take_apart(text, len, &n)) return false;
    if (parse_small(r, &n, &is_zero_below)) return !is_zero_below;
    return parse_big(r, &n);
}

char *ent_rat_format(ent_ctx *ctx, const ent_rat *a, ent_status *st)
{
    ent_view view;
    ent_i_view(&view, a);
    const size_t room =
        mpz_sizeinbase(mpq_numref(view.q), 10) + mpz_sizeinbase(mpq_denref(view.q), 10) + 3;
    char *text = ent_i_alloc(ctx, room, 1, st);
    if (text) mpq_get_str(text, 10, view.q);
    return text;
}
