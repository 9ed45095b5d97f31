#include "num/linear.h"

#include "num/vector.h"

ENT_INLINE void swap_rows(ent_real *x, ent_real *y, int n)
{
    for (int j = 0; j < n; j++) {
        const ent_real t = x[j];
        x[j] = y[j];
        y[j] = t;
    }
}

ENT_INLINE ent_real row_scale(const ent_real *row, int n)
{
    ent_real most = 0.0;
    for (int j = 0; j < n; j++)
        if (ent_real_abs(row[j]) > most) most = ent_real_abs(row[j]);
    return most > 0.0 ? 1.0 / most : 0.0;
}

/* Columns are eliminated in panels: the rest of the matrix is then read and written once a panel
 * instead of once a pivot. */
enum { PANEL = 24 };

ENT_INLINE int choose_pivot(int n, const ent_real *a, const ent_real *scale, int k)
{
    ent_real best = 0.0;
    int at = -1;
    for (int i = k; i < n; i++) {
        const ent_real size = scale[i] * ent_real_abs(a[(size_t)i * (size_t)n + (size_t)k]);
        if (size > best) best = size, at = i;
    }
    return at;
}

/* row[j] -= f other[j] for from <= j < to. */
ENT_INLINE void subtract(int from, int to, ent_real *restrict row, ent_real f,
                         const ent_real *other)
{
    int j = from;
    for (; j + 4 <= to; j += 4) *ent_at(row, (size_t)j) -= f * *ent_read_at(other, (size_t)j);
    for (; j < to; j++) row[j] -= f * other[j];
}

/* Eliminate columns from..to-1 within themselves; whole rows are exchanged. Returned: the sign of
 * the pivots' product. */
ENT_INLINE int factor_panel(int n, ent_real *a, int *pivot, ent_real *scale, int from, int to)
{
    int sign = 1;
    for (int k = from; k < to; k++) {
        ent_real *row_k = a + (size_t)k * (size_t)n;
        const int at = choose_pivot(n, a, scale, k);
        if (at < 0) return 0;
        pivot[k] = at;
        if (at != k) {
            swap_rows(row_k, a + (size_t)at * (size_t)n, n);
            const ent_real t = scale[at];
            scale[at] = scale[k];
            scale[k] = t;
            sign = -sign;
        }
        if (row_k[k] < 0.0) sign = -sign;
        const ent_real inverse = 1.0 / row_k[k];
        for (int i = k + 1; i < n; i++) {
            ent_real *row = a + (size_t)i * (size_t)n;
            if (row[k] == 0.0) continue;
            const ent_real by = row[k] * inverse;
            row[k] = by;
            subtract(k + 1, to, row, by, row_k);
        }
    }
    return sign;
}

/* row[j] -= sum over four pivots k of row[k] a[k][j], for j >= to; `top`: the row of the first of
 * them. */
ENT_INLINE void subtract_four(int n, const ent_real *top, ent_real *restrict row, int k, int to)
{
    const ent_real f0 = row[k], f1 = row[k + 1], f2 = row[k + 2], f3 = row[k + 3];
    const ent_real *r0 = top, *r1 = r0 + n, *r2 = r1 + n, *r3 = r2 + n;
    if (f0 == 0.0 && f1 == 0.0 && f2 == 0.0 && f3 == 0.0) return;
    int j = to;
    for (; j + 4 <= n; j += 4) {
        const size_t at = (size_t)j;
        *ent_at(row, at) -= (f0 * *ent_read_at(r0, at) + f1 * *ent_read_at(r1, at)) +
                            (f2 * *ent_read_at(r2, at) + f3 * *ent_read_at(r3, at));
    }
    for (; j < n; j++) row[j] -= (f0 * r0[j] + f1 * r1[j]) + (f2 * r2[j] + f3 * r3[j]);
}

/* The same for the pivots from..last-1, four at a time. */
ENT_INLINE void subtract_pivots(int n, const ent_real *a, ent_real *restrict row, int from,
                                int last, int to)
{
    int k = from;
    for (; k + 4 <= last; k += 4) subtract_four(n, a + (size_t)k * (size_t)n, row, k, to);
    for (; k < last; k++) {
        const ent_real f = row[k], *r = a + (size_t)k * (size_t)n;
        if (f != 0.0) subtract(to, n, row, f, r);
    }
}

ENT_INLINE int factor(int n, ent_real *a, int *pivot, ent_real *work)
{
    int sign = 1;
    for (int i = 0; i < n; i++) work[i] = row_scale(a + (size_t)i * (size_t)n, n);
    for (int from = 0; from < n; from += PANEL) {
        const int to = from + PANEL < n ? from + PANEL : n;
        sign *= factor_panel(n, a, pivot, work, from, to);
        if (sign == 0) return 0;
        for (int i = from + 1; i < n; i++)
            subtract_pivots(n, a, a + (size_t)i * (size_t)n, from, i < to ? i : to, to);
    }
    return sign;
}

static int factor_plain(int n, ent_real *a, int *pivot, ent_real *work)
{
    return factor(n, a, pivot, work);
}
ENT_AVX2 static int factor_avx2(int n, ent_real *a, int *pivot, ent_real *work)
{
    return factor(n, a, pivot, work);
}

int ent_i_lu_factor(int n, ent_real *a, int *pivot, ent_real *work)
{
    return ent_has_avx2() ? factor_avx2(n, a, pivot, work) : factor_plain(n, a, pivot, work);
}
