#include "num/linear.h"

static double dot(int n, const double *x, const double *y)
{
    double sum = 0.0;
    for (int k = 0; k < n; k++) sum += x[k] * y[k];
    return sum;
}

/* Columns are kept contiguously: c[j] is column j, of length m. Reflect the part from k on so that
 * column k becomes (.., diagonal, 0, .., 0); the reflector overwrites it and beta = 2 / |v|^2 is
 * returned, 0 when there is nothing to do. */
static double reflector(int length, double *x, double *diagonal)
{
    const double norm = sqrt(dot(length, x, x));
    if (!(norm > 0.0)) {
        *diagonal = 0.0;
        return 0.0;
    }
    *diagonal = x[0] > 0.0 ? -norm : norm;
    x[0] -= *diagonal;
    return 2.0 / dot(length, x, x);
}

static void reflect(int length, const double *v, double beta, double *x)
{
    const double scale = beta * dot(length, v, x);
    for (int k = 0; k < length; k++) x[k] -= scale * v[k];
}

static void swap_columns(int m, double *x, double *y)
{
    for (int k = 0; k < m; k++) {
        const double t = x[k];
        x[k] = y[k];
        y[k] = t;
    }
}

int ent_i_qr(int rows, int columns, double *c, double *b, double rcond, double *diagonal,
             int *order, double *work)
{
    (void)work;
    const int most = rows < columns ? rows : columns;
    double largest = 0.0;
    for (int j = 0; j < columns; j++) order[j] = j;
    for (int k = 0; k < most; k++) {
        int best = k;
        double best_norm = -1.0;
        for (int j = k; j < columns; j++) {
            const double *x = c + (size_t)j * (size_t)rows + k;
            const double norm = dot(rows - k, x, x);
            if (norm > best_norm) best_norm = norm, best = j;
        }
        double *column = c + (size_t)k * (size_t)rows;
        if (best != k) {
            swap_columns(rows, column, c + (size_t)best * (size_t)rows);
            const int t = order[k];
            order[k] = order[best];
            order[best] = t;
        }
        if (k == 0) largest = sqrt(best_norm);
        if (!(sqrt(best_norm) > rcond * largest)) return k;
        const double beta = reflector(rows - k, column + k, &diagonal[k]);
        for (int j = k + 1; j < columns; j++)
            reflect(rows - k, column + k, beta, c + (size_t)j * (size_t)rows + k);
        reflect(rows - k, column + k, beta, b + k);
    }
    return most;
}
