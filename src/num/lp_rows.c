/* Passes over whole rows of a program, compiled for every processor and for those with AVX2; sums
 * run in one order in both. */
#include "num/lp_i.h"
#include "num/vector.h"

#include <math.h>

enum { WIDTH = 4 };

/* Vectors of magnitudes, and the larger of two, in place: functions that return vectors have an
 * interface that differs by processor. */
ENT_INLINE void magnitude(ent_four *a)
{
    const ent_four_mask all_but_sign = {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX};
    *a = (ent_four)((ent_four_mask)*a & all_but_sign);
}

ENT_INLINE void raise_to(ent_four *most, const ent_four *a)
{
    const ent_four_mask more = *a > *most;
    *most = (ent_four)(((ent_four_mask)*a & more) | ((ent_four_mask)*most & ~more));
}

ENT_INLINE double largest(int n, const double *a)
{
    ent_four most = {0.0, 0.0, 0.0, 0.0};
    int j = 0;
    for (; j + WIDTH <= n; j += WIDTH) {
        ent_four x = *ent_read_at(a, (size_t)j);
        magnitude(&x);
        raise_to(&most, &x);
    }
    double all = ent_i_larger(ent_i_larger(most[0], most[1]), ent_i_larger(most[2], most[3]));
    for (; j < n; j++) all = ent_i_larger(fabs(a[j]), all);
    return all;
}

ENT_INLINE void cover(int n, double factor, const double *a, double *most)
{
    int j = 0;
    for (; j + WIDTH <= n; j += WIDTH) {
        ent_four x = *ent_read_at(a, (size_t)j) * factor;
        magnitude(&x);
        raise_to(ent_at(most, (size_t)j), &x);
    }
    for (; j < n; j++) most[j] = ent_i_larger(factor * fabs(a[j]), most[j]);
}

ENT_INLINE void scaled(int n, double factor, const double *a, const double *column, double *t)
{
    int j = 0;
    for (; j + WIDTH <= n; j += WIDTH)
        *ent_at(t, (size_t)j) =
            *ent_read_at(a, (size_t)j) * factor * *ent_read_at(column, (size_t)j);
    for (; j < n; j++) t[j] = a[j] * factor * column[j];
}

ENT_INLINE void product(int n, const double *a, const double *x, double *sum, double *terms)
{
    ent_four s = {0.0, 0.0, 0.0, 0.0}, sizes = s;
    int j = 0;
    for (; j + WIDTH <= n; j += WIDTH) {
        ent_four term = *ent_read_at(a, (size_t)j) * *ent_read_at(x, (size_t)j);
        s += term;
        magnitude(&term);
        sizes += term;
    }
    *sum = (s[0] + s[1]) + (s[2] + s[3]);
    *terms = (sizes[0] + sizes[1]) + (sizes[2] + sizes[3]);
    for (; j < n; j++) *sum += a[j] * x[j], *terms += fabs(a[j] * x[j]);
}

ENT_INLINE void subtract(int n, double y, const double *a, double *rest, double *terms)
{
    int j = 0;
    for (; j + WIDTH <= n; j += WIDTH) {
        ent_four term = *ent_read_at(a, (size_t)j) * y;
        *ent_at(rest, (size_t)j) -= term;
        magnitude(&term);
        *ent_at(terms, (size_t)j) += term;
    }
    for (; j < n; j++) rest[j] -= y * a[j], terms[j] += fabs(y * a[j]);
}

#define VERSION(suffix, attribute) \
    attribute static double largest_##suffix(int n, const double *a) { return largest(n, a); } \
    attribute static void cover_##suffix(int n, double factor, const double *a, double *most) \
    { \
        cover(n, factor, a, most); \
    } \
    attribute static void scaled_##suffix(int n, double factor, const double *a, \
                                          const double *column, double *t) \
    { \
        scaled(n, factor, a, column, t); \
    } \
    attribute static void product_##suffix(int n, const double *a, const double *x, double *sum, \
                                           double *terms) \
    { \
        product(n, a, x, sum, terms); \
    } \
    attribute static void subtract_##suffix(int n, double y, const double *a, double *rest, \
                                            double *terms) \
    { \
        subtract(n, y, a, rest, terms); \
    }

VERSION(plain, )
VERSION(avx2, ENT_AVX2)
#define CHOOSE(w, name) ((w)->wide ? name##_avx2 : name##_plain)

double ent_i_lp_row_largest(const ent_lp_work *w, int n, const double *a)
{
    return CHOOSE(w, largest)(n, a);
}

void ent_i_lp_row_cover(const ent_lp_work *w, int n, double factor, const double *a, double *most)
{
    CHOOSE(w, cover)(n, factor, a, most);
}

void ent_i_lp_row_scaled(const ent_lp_work *w, int n, double factor, const double *a,
                         const double *column, double *t)
{
    CHOOSE(w, scaled)(n, factor, a, column, t);
}

void ent_i_lp_row_product(const ent_lp_work *w, int n, const double *a, const double *x,
                          double *sum, double *terms)
{
    CHOOSE(w, product)(n, a, x, sum, terms);
}

void ent_i_lp_row_subtract(const ent_lp_work *w, int n, double y, const double *a, double *rest,
                           double *terms)
{
    CHOOSE(w, subtract)(n, y, a, rest, terms);
}
