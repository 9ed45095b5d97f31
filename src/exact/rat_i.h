/** rat_i.h - the inside of a rational: 128-bit intermediates and the passage to GMP. Only src/exact
 * includes it. */
#ifndef ENT_RAT_I_H
#define ENT_RAT_I_H

#include "exact/rat.h"

#include <gmp.h>

_Static_assert(GMP_NUMB_BITS == 64, "views assume that one limb holds an in-place value");

__extension__ typedef __int128 ent_wide;
__extension__ typedef unsigned __int128 ent_uwide;

/** ent_view - a rational seen as a GMP rational, without allocation when it is held in place.
 * Read-only; keep the rational unchanged while it is used, unless the value was held in place.
 */
typedef struct ent_view {
    mp_limb_t num, den;
    mpq_t in_place;
    mpq_srcptr q;
} ent_view;

void ent_i_view(ent_view *view, const ent_rat *a);

/** ent_i_big - the GMP rational of r, created (as 0) when r has none: assign to it, then call
 * ent_i_settle. */
mpq_ptr ent_i_big(ent_rat *r);

/** ent_i_settle - after an assignment to a canonical r->big: move a value that fits back in
 * place. */
void ent_i_settle(ent_rat *r);

/** ent_i_put - r = num / den, den > 0, already reduced. */
void ent_i_put(ent_rat *r, ent_wide num, ent_wide den);

/** ent_i_put_scaled - r = m * 2^e. */
void ent_i_put_scaled(ent_rat *r, mpz_srcptr m, long e);

/** ent_i_set_mpz - z = a, an int64_t. */
void ent_i_set_mpz(mpz_ptr z, int64_t a);

static inline uint64_t ent_i_magnitude(int64_t a)
{
    return a < 0 ? (uint64_t)0 - (uint64_t)a : (uint64_t)a;
}

/** ent_i_gcd - the greatest common divisor; gcd(0, b) = b. */
static inline uint64_t ent_i_gcd(uint64_t a, uint64_t b)
{
    if (a == 0) return b;
    if (b == 0) return a;
    const int twos = __builtin_ctzll(a | b);
    a >>= __builtin_ctzll(a);
    do {
        b >>= __builtin_ctzll(b);
        if (a > b) {
            const uint64_t t = a;
            a = b;
            b = t;
        }
        b -= a;
    } while (b != 0 && a != 1);
    return a << twos;
}

#endif
