/** rat.h - exact rational numbers. The only exact number type of the library.
 *
 * A value whose reduced numerator and denominator fit in 63 bits is held in place; a larger one
 * spills to GMP. Small values cost a few nanoseconds when they are integers, so bulk data are
 * scaled to integers first. GMP ends the process when it finds no memory; inputs are bounded
 * (ENT_RAT_DIGITS_MAX), so that its numbers stay small. A rational that was initialised must be
 * released; copying the struct does not copy the number.
 */
#ifndef ENT_RAT_H
#define ENT_RAT_H

#include "base/memory.h"

/** ENT_RAT_DIGITS_MAX - the most digits of a decimal, and ENT_RAT_EXPONENT_MAX its largest
 * exponent;
 * ENT_RAT_INTEGER_DIGITS_MAX - the most digits of an integer and of each part of a fraction: room
 * for what exact certificates hold.
 */
enum { ENT_RAT_DIGITS_MAX = 400, ENT_RAT_EXPONENT_MAX = 400, ENT_RAT_INTEGER_DIGITS_MAX = 20000 };

typedef struct ent_rat {
    int64_t num, den; /* reduced, den >= 1; meaningless when big is set */
    void *big;        /* NULL, or a GMP rational that does not fit */
} ent_rat;

/** ENT_RAT_ZERO - the value 0, needing no release until it is assigned to. */
#define ENT_RAT_ZERO ((ent_rat){0, 1, NULL})

void ent_rat_init(ent_rat *r);    /* r becomes 0 */
void ent_rat_release(ent_rat *r); /* r becomes 0 and owns nothing */
void ent_rat_set(ent_rat *r, const ent_rat *a);
void ent_rat_set_int(ent_rat *r, int64_t a);
/** ent_rat_set_ratio - r = a / b, b != 0. */
void ent_rat_set_ratio(ent_rat *r, int64_t a, int64_t b);
/** ent_rat_set_double - r = a exactly; a must be finite. */
void ent_rat_set_double(ent_rat *r, double a);
void ent_rat_swap(ent_rat *a, ent_rat *b);

/* r may alias a and b in all of these. */
void ent_rat_add(ent_rat *r, const ent_rat *a, const ent_rat *b);
void ent_rat_sub(ent_rat *r, const ent_rat *a, const ent_rat *b);
void ent_rat_mul(ent_rat *r, const ent_rat *a, const ent_rat *b);
/** ent_rat_div - r = a / b; b must not be 0. */
void ent_rat_div(ent_rat *r, const ent_rat *a, const ent_rat *b);
void ent_rat_neg(ent_rat *r, const ent_rat *a);
/** ent_rat_addmul - r += a * b; ent_rat_submul - r -= a * b. r may not alias a or b. */
void ent_rat_addmul(ent_rat *r, const ent_rat *a, const ent_rat *b);
void ent_rat_submul(ent_rat *r, const ent_rat *a, const ent_rat *b);

/** ent_rat_cmp - negative, 0 or positive as a < b, a = b, a > b; ent_rat_sign - the same against
 * 0. */
int ent_rat_cmp(const ent_rat *a, const ent_rat *b);
int ent_rat_sign(const ent_rat *a);
bool ent_rat_equal(const ent_rat *a, const ent_rat *b);
bool ent_rat_is_integer(const ent_rat *a);

/** ent_rat_double - the nearest double, ties to even; +-HUGE_VAL beyond the range. */
double ent_rat_double(const ent_rat *a);

/** ent_rat_sqrt - if a is the square of a rational, r = its root >= 0 and true; otherwise r is
 * untouched. */
bool ent_rat_sqrt(ent_rat *r, const ent_rat *a);

/** ent_rat_parse - read a numeral exactly: an integer, a decimal with optional exponent (a JSON
 * number, also with a leading + or a bare .5), or a fraction of two integers "2/5". No white space.
 * Returned  false, and r untouched, when the text is no numeral, the denominator is 0, or a limit
 *           above is exceeded.
 */
bool ent_rat_parse(ent_rat *r, const char *text, size_t len);

/** ent_rat_format - "12/25" or "3" as a heap string (free with ent_free); NULL sets *st. */
char *ent_rat_format(ent_ctx *ctx, const ent_rat *a, ent_status *st);

/** ent_rats_new - n zeros on the heap; ent_rats_free - release them all; accepts NULL. */
ent_rat *ent_rats_new(ent_ctx *ctx, size_t n, ent_status *st);
void ent_rats_free(ent_rat *r, size_t n);

/** ent_rats_common_denominator - unit = 1 / lcm of the n denominators, so that every r[k] / unit is
 * an integer; 1 when n = 0. unit must not be one of r.
 */
void ent_rats_common_denominator(size_t n, const ent_rat *r, ent_rat *unit);

/** ent_rat_floor_dyadic - the largest number m 2^e <= a with integers |m| <= 2^bits and e, bits >=
 * 1;
 * ent_rat_ceil_dyadic - the smallest one >= a. Both stay within a factor 1 + 2^(1-bits) of a, and
 * keep the numbers of an enclosure short. r may alias a.
 */
void ent_rat_floor_dyadic(ent_rat *r, const ent_rat *a, int bits);
void ent_rat_ceil_dyadic(ent_rat *r, const ent_rat *a, int bits);

/** ent_rat_sqrt_lo - the largest m 2^e, as above, whose square is <= a; ent_rat_sqrt_hi - the
 * smallest one >= 0 whose square is >= a. a >= 0; r may alias a.
 */
void ent_rat_sqrt_lo(ent_rat *r, const ent_rat *a, int bits);
void ent_rat_sqrt_hi(ent_rat *r, const ent_rat *a, int bits);

/** ent_rat_simplest - the fraction of smallest denominator in the closed interval [lo, hi], lo <=
 * hi; of several integers, the one nearest 0. r may alias lo and hi.
 */
void ent_rat_simplest(ent_rat *r, const ent_rat *lo, const ent_rat *hi);

#endif
