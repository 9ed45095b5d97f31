#include "num/lu.h"

#include "num/vector.h"

#include <math.h>

static int pivot_row(int n, const double *m, int k)
{
    int best = k;
    for (int i = k + 1; i < n; i++)
        if (fabs(m[(size_t)i * (size_t)n + (size_t)k]) > fabs(m[(size_t)best * (size_t)n + (size_t)k])) best = i;
    return best;
}

ENT_INLINE void subtract(int n, double *row, double f, const double *from)
{
    int j = 0;
    for (; j + 4 <= n; j += 4) *ent_at(row, (size_t)j) -= f * *ent_read_at(from, (size_t)j);
    for (; j < n; j++) row[j] -= f * from[j];
}

static void exchange(int n, double *a, double *b)
{
    for (int j = 0; j < n; j++) {
        const double keep = a[j];
        a[j] = b[j];
        b[j] = keep;
    }
}

ENT_INLINE bool factor(int n, double *m, int *order)
{
    const size_t wide = (size_t)n;
    for (int k = 0; k < n; k++) {
        const int r = pivot_row(n, m, k);
        double *top = m + (size_t)k * wide;
        order[k] = r;
        if (r != k) exchange(n, top, m + (size_t)r * wide);
        if (!(fabs(top[k]) > 0.0)) return false;
        for (int i = k + 1; i < n; i++) {
            double *row = m + (size_t)i * wide;
            if (row[k] == 0.0) continue;
            row[k] /= top[k];
            subtract(n - k - 1, row + k + 1, row[k], top + k + 1);
        }
    }
    return true;
}

static bool factor_plain(int n, double *m, int *order) { return factor(n, m, order); }
ENT_AVX2 static bool factor_avx2(int n, double *m, int *order) { return factor(n, m, order); }

bool ent_lu_factor(int n, double *m, int *order)
{
    return ent_has_avx2() ? factor_avx2(n, m, order) : factor_plain(n, m, order);
}

void ent_lu_solve(int n, const double *m, const int *order, double *v)
{
    const size_t wide = (size_t)n;
    for (int k = 0; k < n; k++) {
        const double keep = v[order[k]];
        v[order[k]] = v[k];
        v[k] = keep;
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) v[i] -= m[(size_t)i * wide + (size_t)j] * v[j];
    for (int i = n - 1; i >= 0; i--) {
        for (int j = i + 1; j < n; j++) v[i] -= m[(size_t)i * wide + (size_t)j] * v[j];
        v[i] /= m[(size_t)i * wide + (size_t)i];
    }
}
