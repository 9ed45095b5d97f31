/* Doubles as the shortest decimal among 15, 16 and 17 digits that reads back as the same number: 15
 * digits suffice for most numbers that people write, 17 always. Ordinary sizes go through exact
 * integer arithmetic, about ten times as fast as printing and reading back, which is the way of all
 * others (and what tests compare with).
 */
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Other locales print the decimal point as another character, of one byte or more. */
static int mend_point(char *buffer, int len)
{
    int kept = 0;
    bool in_point = false;
    for (int k = 0; k < len; k++) {
        const char c = buffer[k];
        const bool is_plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+';
        if (is_plain) buffer[kept++] = c;
        else if (!in_point) buffer[kept++] = '.';
        in_point = !is_plain;
    }
    buffer[kept] = '\0';
    return kept;
}

/* Any double through the C library. strtod expects the point that printf wrote, so the round trip
 * is judged before the point is mended. */
static int format_by_library(char buffer[32], double x)
{
    int len = 0;
    for (int digits = 15; digits <= 17; digits++) {
        len = snprintf(buffer, 32, "%.*g", digits, x == 0.0 ? 0.0 : x);
        if (strtod(buffer, NULL) == x) break;
    }
    return mend_point(buffer, len);
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

/* |x| in [least, most) is written without an exponent, and the products below fit into 128 bits. */
static const double least = 1e-4, most = 1e15;

/* x = mantissa * 2^exponent, mantissa in [2^52, 2^53). */
typedef struct parts {
    uint64_t mantissa;
    int exponent;
} parts;

static uint64_t power(uint64_t base, int k)
{
    uint64_t result = 1;
    for (; k > 0; k >>= 1, base *= base)
        if (k & 1) result *= base;
    return result;
}

/* The integer nearest to x 10^k, ties to even; *same tells whether integer / 10^k reads back as x:
 * whether it is closer than half a unit of the mantissa, the ends belonging to x when the mantissa
 * is even. */
static uint64_t scaled(const parts *x, int k, bool *same)
{
    const uint64_t five = power(5, k);
    const int shift = -(x->exponent + k);
    const wide product = (wide)x->mantissa * five, unit = (wide)1 << shift,
               rest = product & (unit - 1);
    uint64_t nearest = (uint64_t)(product >> shift);
    const bool up = 2 * rest > unit || (2 * rest == unit && (nearest & 1) != 0);
    const wide off = up ? unit - rest : rest;
    *same = 2 * off < five || (2 * off == five && (x->mantissa & 1) == 0);
    return nearest + up;
}

/* digits * 10^-k in plain notation, zeros at the end dropped */
static int put_plain(char *out, uint64_t digits, int k)
{
    char reversed[32];
    int n = 0, len = 0;
    for (; k > 0 && digits % 10 == 0; k--) digits /= 10;
    for (; digits > 0 || n <= k; digits /= 10) {
        if (n == k && k > 0) reversed[len++] = '.';
        reversed[len++] = (char)('0' + digits % 10);
        n++;
    }
    for (int j = 0; j < len; j++) out[j] = reversed[len - 1 - j];
    out[len] = '\0';
    return len;
}

/* 0 when this way is not for x. */
static int format_ordinary(char buffer[32], double x)
{
    const double size = fabs(x);
    if (!(size >= least && size < most)) return 0;
    int exponent = 0;
    const double fraction = frexp(size, &exponent);
    const parts p = {.mantissa = (uint64_t)ldexp(fraction, 53), .exponent = exponent - 53};
    /* a power of two: the next double below is only half as far */
    if (p.mantissa == (uint64_t)1 << 52) return 0;
    bool same = false;
    /* of the first digit, or one too many */
    int leading = (int)floor((double)(exponent - 1) * 0.30102999566398120) + 1;
    const uint64_t full = power(10, 16);
    if (scaled(&p, 16 - leading, &same) < full) leading--;
    int k = 14 - leading;
    uint64_t digits = scaled(&p, k, &same);
    while (!same && k < 16 - leading) digits = scaled(&p, ++k, &same);
    buffer[0] = '-';
    const int sign = x < 0.0;
    return sign + put_plain(buffer + sign, digits, k);
}
#else
static int format_ordinary(char buffer[32], double x)
{
    (void)buffer, (void)x;
    return 0;
}
#endif

int ent_i_format_double(char buffer[32], double x)
{
    const int len = format_ordinary(buffer, x);
    return len > 0 ? len : format_by_library(buffer, x);
}
