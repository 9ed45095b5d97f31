/** chebyshev.h - smooth functions on an interval by their values at Chebyshev points: evaluate,
 * differentiate, integrate. */
#ifndef ENT_CHEBYSHEV_H
#define ENT_CHEBYSHEV_H

/** ENT_CHEB - points an interval; a function analytic within twice the interval is then known to
 * rounding. */
enum { ENT_CHEB = 32 };

/** ent_cheb - points and matrices on [-1,1], ascending, ends included. Read-only after
 * ent_cheb_init. */
typedef struct ent_cheb {
    double z[ENT_CHEB];               /* points */
    double weight[ENT_CHEB];          /* barycentric */
    double slope[ENT_CHEB][ENT_CHEB]; /* values -> derivative at the points */
    double tail[ENT_CHEB][ENT_CHEB];  /* values -> integral from point i to 1 */
} ent_cheb;

void ent_cheb_init(ent_cheb *c);

/** ent_cheb_at - the interpolant of value[ENT_CHEB] at z in [-1,1]. */
double ent_cheb_at(const ent_cheb *c, const double *value, double z);

/** ent_cheb_place - z in [-1,1] of y in [lo,hi]; ent_cheb_point - y of point i. */
static inline double ent_cheb_place(double lo, double hi, double y)
{
    return ((y - lo) - (hi - y)) / (hi - lo);
}
static inline double ent_cheb_point(const ent_cheb *c, double lo, double hi, int i)
{
    return i == 0              ? lo
           : i == ENT_CHEB - 1 ? hi
                               : 0.5 * ((1.0 - c->z[i]) * lo + (1.0 + c->z[i]) * hi);
}

#endif
