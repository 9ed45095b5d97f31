/* Short numerals without big numbers. An integer below 10^15 and a power of ten up to 10^22 are
 * doubles exactly, so one multiplication or division rounds once, and rightly (Clinger 1990); the
 * rest goes through rationals. */
#include "io/json_i.h"

enum { DIGITS = 15, POWER = 22 };

typedef struct numeral {
    const char *at, *end;
    int64_t digits; /* the value without its decimal point */
    int count;      /* of digits, leading zeros not counted */
    int power;      /* of ten */
} numeral;

/* Digits up to the first other character; false when there is none, or too many. */
static bool take_digits(numeral *n)
{
    const char *start = n->at;
    for (; n->at < n->end && *n->at >= '0' && *n->at <= '9'; n->at++) {
        n->digits = 10 * n->digits + (*n->at - '0');
        if (n->digits > 0 && ++n->count > DIGITS) return false;
    }
    return n->at > start;
}

static bool take_point(numeral *n)
{
    if (n->at == n->end || *n->at != '.') return true;
    const char *point = n->at++;
    if (!take_digits(n)) return false;
    const ptrdiff_t places = n->at - point - 1;
    if (places > 2 * POWER) return false;
    n->power -= (int)places;
    return true;
}

static bool take_exponent(numeral *n)
{
    if (n->at == n->end || (*n->at != 'e' && *n->at != 'E')) return true;
    numeral e = {.at = n->at + 1, .end = n->end};
    const bool minus = e.at < e.end && *e.at == '-';
    if (e.at < e.end && (*e.at == '-' || *e.at == '+')) e.at++;
    if (!take_digits(&e) || e.count > 3) return false;
    n->power += minus ? -(int)e.digits : (int)e.digits;
    n->at = e.at;
    return true;
}

/* digits / denominator, of integers that are both doubles exactly. */
static bool take_denominator(numeral *n, double *value)
{
    numeral below = {.at = n->at + 1, .end = n->end};
    if (n->power != 0 || !take_digits(&below) || below.at != below.end || below.digits == 0)
        return false;
    *value = (double)n->digits / (double)below.digits;
    return true;
}

bool ent_i_json_short_real(const char *text, size_t len, double *out)
{
    static const double tens[POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                           1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                           1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    numeral n = {.at = text, .end = text + len};
    double value = 0.0;
    const bool minus = len > 0 && *text == '-';
    if (minus) n.at++;
    if (!take_digits(&n)) return false;
    if (n.at < n.end && *n.at == '/') {
        if (!take_denominator(&n, &value)) return false;
    } else {
        if (!take_point(&n) || !take_exponent(&n) || n.at != n.end) return false;
        if (n.power < -POWER || n.power > POWER) return false;
        value = n.power < 0 ? (double)n.digits / tens[-n.power] : (double)n.digits * tens[n.power];
    }
    *out = minus && value != 0.0 ? -value : value;
    return true;
}
