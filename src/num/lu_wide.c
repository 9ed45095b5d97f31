/* LU of wide reals, eliminated in pairs of doubles (pair.h). */
#define ENT_WIDE
#include "num/linear.h"
#include "num/pair.h"

static double row_scale(const ent_part *row, int n)
{
    double most = 0.0;
    for (int j = 0; j < n; j++)
        if (fabs(row[j]) > most) most = fabs(row[j]);
    return most > 0.0 ? 1.0 / most : 0.0;
}

static int choose_pivot(const ent_pairs *p, const ent_part *scale, int k)
{
    double best = 0.0;
    int at = -1;
    for (int i = k; i < p->n; i++) {
        const double size = scale[i] * fabs(ent_pair_hi(p, i)[k]);
        if (size > best) best = size, at = i;
    }
    return at;
}

static void swap_rows(const ent_pairs *p, ent_part *scale, int i, int k)
{
    ent_pairs_swap(p, i, k);
    const double t = scale[i];
    scale[i] = scale[k];
    scale[k] = t;
}

ENT_INLINE void eliminate(const ent_pairs *p, int k)
{
    const ent_part *top = ent_pair_hi(p, k), *top_low = ent_pair_lo(p, k);
    const ent_wide pivot = (ent_wide)top[k] + top_low[k];
    for (int i = k + 1; i < p->n; i++) {
        ent_part *hi = ent_pair_hi(p, i), *lo = ent_pair_lo(p, i);
        if (hi[k] == 0.0) continue;
        const ent_wide by = ((ent_wide)hi[k] + lo[k]) / pivot;
        hi[k] = (double)by;
        lo[k] = (double)(by - hi[k]);
        const int from = k + 1;
        ent_pair_subtract(p->n - from, hi + from, lo + from, hi[k], lo[k], top + from,
                          top_low + from);
    }
}

static void eliminate_plain(const ent_pairs *p, int k) { eliminate(p, k); }
ENT_AVX2 static void eliminate_avx2(const ent_pairs *p, int k) { eliminate(p, k); }

int ent_i_lu_factor(int n, ent_wide *a, int *pivot, ent_wide *work)
{
    const ent_pairs p = ent_pairs_from_wide(n, n, a, work);
    ent_part *scale = (ent_part *)(void *)work;
    int sign = 1;
    for (int i = 0; i < n; i++) scale[i] = row_scale(ent_pair_hi(&p, i), n);
    for (int k = 0; k < n; k++) {
        const int at = choose_pivot(&p, scale, k);
        if (at < 0) return 0;
        pivot[k] = at;
        if (at != k) {
            swap_rows(&p, scale, at, k);
            sign = -sign;
        }
        if (ent_pair_hi(&p, k)[k] < 0.0) sign = -sign;
        if (ent_has_avx2()) eliminate_avx2(&p, k);
        else eliminate_plain(&p, k);
    }
    ent_pairs_to_wide(&p, a, work);
    return sign;
}
