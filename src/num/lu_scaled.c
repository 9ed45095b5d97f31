#include "num/linear.h"

#include <math.h>

static void swap_rows(double *x, double *y, int n)
{
    for (int j = 0; j < n; j++) {
        const double t = x[j];
        x[j] = y[j];
        y[j] = t;
    }
}

static double row_scale(const double *row, int n)
{
    double most = 0.0;
    for (int j = 0; j < n; j++)
        if (fabs(row[j]) > most) most = fabs(row[j]);
    return most > 0.0 ? 1.0 / most : 0.0;
}

int ent_i_lu_factor(int n, double *a, int *pivot, double *work)
{
    int sign = 1;
    for (int i = 0; i < n; i++) work[i] = row_scale(a + (size_t)i * (size_t)n, n);
    for (int k = 0; k < n; k++) {
        double *row_k = a + (size_t)k * (size_t)n, best = 0.0;
        int at = k;
        for (int i = k; i < n; i++) {
            const double size = work[i] * fabs(a[(size_t)i * (size_t)n + (size_t)k]);
            if (size > best) best = size, at = i;
        }
        pivot[k] = at;
        if (!(best > 0.0)) return 0;
        if (at != k) {
            swap_rows(row_k, a + (size_t)at * (size_t)n, n);
            work[at] = work[k];
            sign = -sign;
        }
        if (row_k[k] < 0.0) sign = -sign;
        const double inverse = 1.0 / row_k[k];
        for (int i = k + 1; i < n; i++) {
            double *row = a + (size_t)i * (size_t)n;
            if (row[k] == 0.0) continue;
            const double factor = row[k] * inverse;
            row[k] = factor;
            for (int j = k + 1; j < n; j++) row[j] -= factor * row_k[j];
        }
    }
    return sign;
}

void ent_i_lu_solve(int n, const double *a, const int *pivot, double *b)
{
    for (int k = 0; k < n; k++) {
        const double t = b[pivot[k]];
        b[pivot[k]] = b[k];
        b[k] = t;
    }
    for (int i = 1; i < n; i++) {
        const double *row = a + (size_t)i * (size_t)n;
        double sum = b[i];
        for (int j = 0; j < i; j++) sum -= row[j] * b[j];
        b[i] = sum;
    }
    for (int i = n - 1; i >= 0; i--) {
        const double *row = a + (size_t)i * (size_t)n;
        double sum = b[i];
        for (int j = i + 1; j < n; j++) sum -= row[j] * b[j];
        b[i] = sum / row[i];
    }
}
