/** real.h - the numbers of the files that are compiled twice: as doubles, and, with ENT_WIDE
 * defined, as wide reals.
 *
 * src/CMakeLists.txt lists these files. They compute with ent_real and call nothing of libm but
 * through this header; their headers give the second compilation's functions names of their own
 * (`_wide`). All other files see doubles. Types made of ent_real have one name and two meanings, so
 * none of them crosses from one compilation into the other.
 *
 * A wide real is a __float128 where the compiler has it (33 digits, some 50 times slower), else a
 * long double; nothing but arithmetic is asked of it, so no library comes with it
 * (docs/decisions/0011-two-precisions.md).
 */
#ifndef ENT_REAL_H
#define ENT_REAL_H

#include <math.h>
#include <stdbool.h>

#if defined __SIZEOF_FLOAT128__
__extension__ typedef __float128 ent_wide;
#else
typedef long double ent_wide;
#endif

#ifdef ENT_WIDE
typedef ent_wide ent_real;
#else
typedef double ent_real;
#endif

static inline ent_real ent_real_abs(ent_real x)
{
#ifdef ENT_WIDE
    return x < 0 ? -x : x;
#else
    return fabs(x);
#endif
}

static inline bool ent_real_is_nan(ent_real x) { return x != x; }
static inline bool ent_real_is_finite(ent_real x) { return x - x == 0; }

/** ent_real_sqrt - the square root, to all digits of an ent_real. */
static inline ent_real ent_real_sqrt(ent_real x)
{
    const double near = sqrt((double)x);
#ifdef ENT_WIDE
    if (!(near > 0.0) || !isfinite(near)) return near;
    ent_real root = near;
    for (int k = 0; k < 2; k++) root = (root + x / root) / 2; /* 16 digits become 32, then all */
    return root;
#else
    return near;
#endif
}

/** ent_real_exp - exp(x) to the digits of a double: for step lengths, and for quantities that are
 * defined by this function. */
static inline ent_real ent_real_exp(ent_real x) { return exp((double)x); }

#endif
