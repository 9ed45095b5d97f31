/* QR of wide reals, reflected in pairs of doubles (pair.h); else as in qr.c. */
#define ENT_WIDE
#include "num/linear.h"
#include "num/pair.h"

static void swap_columns(const ent_pairs *p, int *order, int i, int k)
{
    ent_pairs_swap(p, i, k);
    const int t = order[i];
    order[i] = order[k];
    order[k] = t;
}

ENT_INLINE double squared_norm(const ent_pairs *p, int column, int from)
{
    const ent_part *hi = ent_pair_hi(p, column) + from;
    double sum = 0.0;
    for (int k = 0; k < p->n - from; k++) sum += hi[k] * hi[k];
    return sum;
}

/* The column of largest norm from row k on; doubles are enough to choose. */
ENT_INLINE int choose_column(const ent_pairs *p, int k, double *norm)
{
    int best = k;
    *norm = -1.0;
    for (int j = k; j < p->rows; j++) {
        const double here = squared_norm(p, j, k);
        if (here > *norm) *norm = here, best = j;
    }
    return best;
}

/* Make column k its reflector; beta = 2 / |v|^2 is returned, 0 when there is nothing to do. */
ENT_INLINE ent_wide reflector(const ent_pairs *p, int k, ent_wide *diagonal)
{
    ent_part *hi = ent_pair_hi(p, k) + k, *lo = ent_pair_lo(p, k) + k;
    const int length = p->n - k;
    const ent_wide norm = ent_real_sqrt(ent_pair_dot(length, hi, lo, hi, lo));
    *diagonal = 0.0;
    if (!(norm > 0.0)) return 0.0;
    *diagonal = hi[0] > 0.0 ? -norm : norm;
    const ent_wide head = (ent_wide)hi[0] + lo[0] - *diagonal;
    hi[0] = (double)head;
    lo[0] = (double)(head - hi[0]);
    return 2.0 / ent_pair_dot(length, hi, lo, hi, lo);
}

ENT_INLINE void reflect(const ent_pairs *p, int k, ent_wide beta, const ent_pairs *target,
                        int column)
{
    const ent_part *v = ent_pair_hi(p, k) + k, *v_lo = ent_pair_lo(p, k) + k;
    ent_part *x = ent_pair_hi(target, column) + k, *x_lo = ent_pair_lo(target, column) + k;
    const int length = p->n - k;
    const ent_wide scale = beta * ent_pair_dot(length, v, v_lo, x, x_lo);
    const double hi = (double)scale, lo = (double)(scale - hi);
    ent_pair_subtract(length, x, x_lo, hi, lo, v, v_lo);
}

ENT_INLINE int factor(const ent_pairs *p, const ent_pairs *b, double rcond, ent_wide *diagonal,
                      int *order)
{
    const int most = p->n < p->rows ? p->n : p->rows;
    double largest = 0.0, norm = 0.0;
    for (int j = 0; j < p->rows; j++) order[j] = j;
    for (int k = 0; k < most; k++) {
        const int best = choose_column(p, k, &norm);
        if (best != k) swap_columns(p, order, k, best);
        if (k == 0) largest = sqrt(norm);
        if (!(sqrt(norm) > rcond * largest)) return k;
        const ent_wide beta = reflector(p, k, &diagonal[k]);
        for (int j = k + 1; j < p->rows; j++) reflect(p, k, beta, p, j);
        reflect(p, k, beta, b, 0);
    }
    return most;
}

static int factor_plain(const ent_pairs *p, const ent_pairs *b, double rcond, ent_wide *diagonal,
                        int *order)
{
    return factor(p, b, rcond, diagonal, order);
}
ENT_AVX2 static int factor_avx2(const ent_pairs *p, const ent_pairs *b, double rcond,
                                ent_wide *diagonal, int *order)
{
    return factor(p, b, rcond, diagonal, order);
}

int ent_i_qr(int rows, int columns, ent_wide *c, ent_wide *b, ent_wide rcond, ent_wide *diagonal,
             int *order, ent_wide *work)
{
    const ent_pairs p = ent_pairs_from_wide(columns, rows, c, work);
    const ent_pairs right = ent_pairs_from_wide(1, rows, b, work);
    const int rank = ent_has_avx2() ? factor_avx2(&p, &right, (double)rcond, diagonal, order)
                                    : factor_plain(&p, &right, (double)rcond, diagonal, order);
    ent_pairs_to_wide(&p, c, work);
    ent_pairs_to_wide(&right, b, work);
    return rank;
}
