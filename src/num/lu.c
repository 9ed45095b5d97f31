#include "num/lu.h"

#include <math.h>
#include <stddef.h>

static int pivot_row(int n, const double *m, int k)
{
    int best = k;
    for (int i = k + 1; i < n; i++)
        if (fabs(m[(size_t)i * (size_t)n + (size_t)k]) > fabs(m[(size_t)best * (size_t)n + (size_t)k])) best = i;
    return best;
}

static void subtract(int n, double *restrict row, double f, const double *restrict from)
{
    for (int j = 0; j < n; j++) row[j] -= f * from[j];
}

bool ent_lu_factor(int n, double *m, int *order)
{
    const size_t wide = (size_t)n;
    for (int k = 0; k < n; k++) {
        const int r = pivot_row(n, m, k);
        double *top = m + (size_t)k * wide, *other = m + (size_t)r * wide;
        order[k] = r;
        if (!(fabs(other[k]) > 0.0)) return false;
        for (int j = 0; r != k && j < n; j++) {
            const double keep = top[j];
            top[j] = other[j];
            other[j] = keep;
        }
        for (int i = k + 1; i < n; i++) {
            double *row = m + (size_t)i * wide;
            if (row[k] == 0.0) continue;
            row[k] /= top[k];
            subtract(n - k - 1, row + k + 1, row[k], top + k + 1);
        }
    }
    return true;
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
