/** pair.h - wide reals as pairs of doubles, x = hi + lo with |lo| <= ulp(hi) / 2, some 31 digits.
 *
 * Arithmetic of wide reals is done in software, that of pairs by the processor, several at a time:
 * 15 to 20 times faster. Factors found in pairs serve Newton's method, whose equations are
 * evaluated in wide reals. A row of n wide reals is exchanged in place for n doubles hi and n
 * doubles lo.
 *
 * Sums and products of two doubles without an error are Knuth's and Dekker's; no fused operation is
 * used, so that every processor finds the same bits. For files that define ENT_WIDE.
 */
#ifndef ENT_PAIR_H
#define ENT_PAIR_H

#include "num/real.h"
#include "num/vector.h"

typedef double ent_part __attribute__((may_alias));

_Static_assert(sizeof(ent_wide) >= 2 * sizeof(ent_part), "a pair takes the place of a wide real");
enum { ENT_PAIR_PLACES = sizeof(ent_wide) / sizeof(ent_part) };

/** ent_pairs - a matrix of pairs: n hi, n lo, and what else wide reals have room for, a row. */
typedef struct ent_pairs {
    int rows, n;
    ent_part *at;
} ent_pairs;

ENT_INLINE ent_part *ent_pair_hi(const ent_pairs *p, int i)
{
    return p->at + (size_t)i * (size_t)p->n * ENT_PAIR_PLACES;
}
ENT_INLINE ent_part *ent_pair_lo(const ent_pairs *p, int i) { return ent_pair_hi(p, i) + p->n; }

/** ent_pairs_from_wide - exchange a[rows][n] in place; `row` is work space of n. */
static inline ent_pairs ent_pairs_from_wide(int rows, int n, ent_wide *a, ent_wide *row)
{
    const ent_pairs p = {.rows = rows, .n = n, .at = (ent_part *)(void *)a};
    for (int i = 0; i < rows; i++) {
        ent_part *hi = ent_pair_hi(&p, i), *lo = ent_pair_lo(&p, i);
        for (int j = 0; j < n; j++) row[j] = a[(size_t)i * (size_t)n + (size_t)j];
        for (int j = 0; j < n; j++) {
            hi[j] = (double)row[j];
            lo[j] = (double)(row[j] - hi[j]);
        }
    }
    return p;
}

/** ent_pairs_to_wide - exchange them back. */
static inline void ent_pairs_to_wide(const ent_pairs *p, ent_wide *a, ent_wide *row)
{
    for (int i = 0; i < p->rows; i++) {
        const ent_part *hi = ent_pair_hi(p, i), *lo = ent_pair_lo(p, i);
        for (int j = 0; j < p->n; j++) row[j] = (ent_wide)hi[j] + lo[j];
        for (int j = 0; j < p->n; j++) a[(size_t)i * (size_t)p->n + (size_t)j] = row[j];
    }
}

/** ent_pairs_swap - exchange rows i and k. */
static inline void ent_pairs_swap(const ent_pairs *p, int i, int k)
{
    ent_part *x = ent_pair_hi(p, i), *y = ent_pair_hi(p, k);
    for (int j = 0; j < 2 * p->n; j++) {
        const double t = x[j];
        x[j] = y[j];
        y[j] = t;
    }
}

/* Half of the digits of x are those of c - (c - x). */
#define ENT_PAIR_SPLIT 134217729.0 /* 2^27 + 1 */

/** ent_pair_subtract - x[j] -= (f + g) y[j] for j < n. */
ENT_INLINE void ent_pair_subtract(int n, ent_part *restrict hi, ent_part *restrict lo, double f,
                                  double g, const ent_part *y_hi, const ent_part *y_lo)
{
    const double fc = ENT_PAIR_SPLIT * f, f1 = fc - (fc - f), f2 = f - f1;
    for (int j = 0; j < n; j++) {
        const double y = y_hi[j], product = f * y, c = ENT_PAIR_SPLIT * y;
        const double y1 = c - (c - y), y2 = y - y1;
        const double error = ((f1 * y1 - product) + f1 * y2 + f2 * y1) + f2 * y2;
        const double rest = error + (f * y_lo[j] + g * y);
        const double x = hi[j], sum = x - product, moved = sum - x;
        const double tail = ((x - (sum - moved)) - (product + moved)) + (lo[j] - rest);
        hi[j] = sum + tail;
        lo[j] = tail - (hi[j] - sum);
    }
}

/* sum + low += (x + x_lo)(y + y_lo), four at a time. */
ENT_INLINE void ent_pair_add_products(ent_four *sum, ent_four *low, ent_four x, ent_four x_lo,
                                      ent_four y, ent_four y_lo)
{
    const ent_four product = x * y, c = ENT_PAIR_SPLIT * x, d = ENT_PAIR_SPLIT * y;
    const ent_four x1 = c - (c - x), x2 = x - x1, y1 = d - (d - y), y2 = y - y1;
    const ent_four error = ((x1 * y1 - product) + x1 * y2 + x2 * y1) + x2 * y2;
    const ent_four before = *sum, after = before + product, moved = after - before;
    *sum = after;
    *low += ((before - (after - moved)) + (product - moved)) + (error + (x * y_lo + x_lo * y));
}

/** ent_pair_dot - the sum of x[j] y[j], j < n. */
ENT_INLINE ent_wide ent_pair_dot(int n, const ent_part *x_hi, const ent_part *x_lo,
                                 const ent_part *y_hi, const ent_part *y_lo)
{
    ent_four sum = {0.0}, low = {0.0};
    int j = 0;
    for (; j + 4 <= n; j += 4) {
        const size_t at = (size_t)j;
        ent_pair_add_products(&sum, &low, *ent_read_at(x_hi, at), *ent_read_at(x_lo, at),
                              *ent_read_at(y_hi, at), *ent_read_at(y_lo, at));
    }
    for (; j < n; j++)
        ent_pair_add_products(&sum, &low, (ent_four){x_hi[j]}, (ent_four){x_lo[j]},
                              (ent_four){y_hi[j]}, (ent_four){y_lo[j]});
    ent_wide total = 0.0;
    for (int k = 0; k < 4; k++) total += (ent_wide)sum[k] + low[k];
    return total;
}

#endif
