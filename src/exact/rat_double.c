#include "exact/rat_i.h"

#include <assert.h>
#include <float.h>
#include <math.h>

enum {
    LEAST_EXPONENT = -1074, /* of the smallest subnormal double */
    /* the truncated quotient has this many bits or one more: it fits a word */
    QUOTIENT_BITS = 63
};

void ent_rat_set_double(ent_rat *r, double a)
{
    assert(isfinite(a));
    const double limit = 0x1p62;
    if (fabs(a) < limit && a == floor(a)) {
        ent_i_put(r, (int64_t)a, 1);
        return;
    }
    int exponent = 0;
    int64_t mantissa = (int64_t)ldexp(frexp(a, &exponent), DBL_MANT_DIG);
    exponent -= DBL_MANT_DIG;
    const int twos = __builtin_ctzll((uint64_t)mantissa);
    mantissa /= (int64_t)1 << twos;
    exponent += twos;
    if (exponent < 0 && exponent > -63) {
        ent_i_put(r, mantissa, (ent_wide)1 << -exponent);
        return;
    }
    mpq_set_d(ent_i_big(r), a);
    ent_i_settle(r);
}

static int bits_of_word(uint64_t a) { return 64 - __builtin_clzll(a); }

/* Round quotient * 2^-shift, of which `inexact` says that something non-zero was cut off below, to
 * the nearest double, ties to even. Subnormals have fewer bits to keep; ldexp is exact on what is
 * kept. */
static double round_quotient(uint64_t quotient, bool inexact, long shift)
{
    const int length = bits_of_word(quotient);
    const long top = length - 1 - shift; /* 2^top <= value */
    if (top > DBL_MAX_EXP) return HUGE_VAL;
    if (top < LEAST_EXPONENT - 1) return 0.0;
    long keep = top - LEAST_EXPONENT + 1;
    if (keep > DBL_MANT_DIG) keep = DBL_MANT_DIG;
    const int cut = length - (int)keep; /* 1 .. 64 */
    const uint64_t half = (uint64_t)1 << (cut - 1);
    const uint64_t rest = quotient & (half | (half - 1));
    uint64_t kept = cut == 64 ? 0 : quotient >> cut;
    if (rest > half || (rest == half && (inexact || (kept & 1)))) kept++;
    return ldexp((double)kept, cut - (int)shift);
}

static double small_quotient(uint64_t num, uint64_t den)
{
    const int up = 63 - bits_of_word(num), down = 63 - bits_of_word(den);
    const ent_uwide wide = (ent_uwide)(num << up) << 63;
    const uint64_t divisor = den << down;
    return round_quotient((uint64_t)(wide / divisor), wide % divisor != 0, 63 + up - down);
}

static double big_quotient(mpq_srcptr q)
{
    const long num_bits = (long)mpz_sizeinbase(mpq_numref(q), 2),
               den_bits = (long)mpz_sizeinbase(mpq_denref(q), 2);
    const long shift = QUOTIENT_BITS - (num_bits - den_bits);
    mpz_t num, den;
    mpz_inits(num, den, NULL);
    mpz_abs(num, mpq_numref(q));
    mpz_set(den, mpq_denref(q));
    if (shift >= 0) mpz_mul_2exp(num, num, (mp_bitcnt_t)shift);
    else mpz_mul_2exp(den, den, (mp_bitcnt_t)-shift);
    mpz_tdiv_qr(num, den, num, den);
    const double value = round_quotient(mpz_getlimbn(num, 0), mpz_sgn(den) != 0, shift);
    mpz_clears(num, den, NULL);
    return value;
}

double ent_rat_double(const ent_rat *a)
{
    if (a->big) {
        mpq_srcptr q = a->big;
        const double value = big_quotient(q);
        return mpq_sgn(q) < 0 ? -value : value;
    }
    /* A double holds both exactly, so one division rounds once. Integers round once in the
     * conversion. */
    const int64_t exact = (int64_t)1 << DBL_MANT_DIG;
    if (a->den == 1) return (double)a->num;
    if (a->num <= exact && a->num >= -exact && a->den <= exact)
        return (double)a->num / (double)a->den;
    const double value = small_quotient(ent_i_magnitude(a->num), (uint64_t)a->den);
    return a->num < 0 ? -value : value;
}
