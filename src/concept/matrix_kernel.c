#include "concept/matrix_kernel.h"

#include <math.h>

static const double NEGATIVE = 1e-13; /* a weight below minus this is not rounding */

static bool weights(double *w, int size)
{
    double sum = 0.0;
    for (int k = 0; k < size; k++) {
        if (!(w[k] >= -NEGATIVE)) return false;
        w[k] = w[k] > 0.0 ? w[k] : 0.0;
        sum += w[k];
    }
    for (int k = 0; k < size; k++) w[k] /= sum;
    return sum > 0.0;
}

/* Two by two: the weights are inverse to the differences. */
static bool solve_two(ent_matrix_work *w, int columns, const double *m, const ent_kernel *k)
{
    const double *r0 = m + k->row[0] * columns, *r1 = m + k->row[1] * columns;
    const double a = r0[k->column[0]], b = r0[k->column[1]], c = r1[k->column[0]],
                 d = r1[k->column[1]];
    const double det = (a - b) + (d - c);
    if (det == 0.0) return false;
    double x[2] = {(d - c) / det, (a - b) / det}, y[2] = {(d - b) / det, (a - c) / det};
    if (!weights(x, 2) || !weights(y, 2)) return false;
    for (int i = 0; i < 2; i++) w->row[k->row[i]] = x[i], w->column[k->column[i]] = y[i];
    return true;
}

/* LU of the bordered kernel [K -1; 1 0] with row exchanges; false when singular. */
static bool factor(ent_matrix_work *w, int columns, const double *m, const ent_kernel *k)
{
    const int size = k->size, n = size + 1;
    double *lu = w->lu;
    for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) lu[i * n + j] = m[k->row[i] * columns + k->column[j]];
        lu[i * n + size] = -1.0;
    }
    for (int j = 0; j < size; j++) lu[size * n + j] = 1.0;
    lu[size * n + size] = 0.0;
    for (int s = 0; s < n; s++) {
        int best = s;
        for (int i = s + 1; i < n; i++)
            if (fabs(lu[i * n + s]) > fabs(lu[best * n + s])) best = i;
        w->order[s] = best;
        if (lu[best * n + s] == 0.0) return false;
        for (int j = 0; best != s && j < n; j++) {
            const double keep = lu[s * n + j];
            lu[s * n + j] = lu[best * n + j];
            lu[best * n + j] = keep;
        }
        for (int i = s + 1; i < n; i++) {
            const double f = lu[i * n + s] / lu[s * n + s];
            lu[i * n + s] = f;
            for (int j = s + 1; f != 0.0 && j < n; j++) lu[i * n + j] -= f * lu[s * n + j];
        }
    }
    return true;
}

static void swap(double *z, int i, int k)
{
    const double keep = z[i];
    z[i] = z[k];
    z[k] = keep;
}

static void solve_plain(const ent_matrix_work *w, int n, double *z)
{
    for (int s = 0; s < n; s++) swap(z, s, w->order[s]);
    for (int s = 0; s < n; s++)
        for (int i = s + 1; i < n; i++) z[i] -= w->lu[i * n + s] * z[s];
    for (int s = n - 1; s >= 0; s--) {
        for (int j = s + 1; j < n; j++) z[s] -= w->lu[s * n + j] * z[j];
        z[s] /= w->lu[s * n + s];
    }
}

static void solve_transposed(const ent_matrix_work *w, int n, double *z)
{
    for (int s = 0; s < n; s++) {
        for (int j = 0; j < s; j++) z[s] -= w->lu[j * n + s] * z[j];
        z[s] /= w->lu[s * n + s];
    }
    for (int s = n - 1; s >= 0; s--)
        for (int i = s + 1; i < n; i++) z[s] -= w->lu[i * n + s] * z[i];
    for (int s = n - 1; s >= 0; s--) swap(z, s, w->order[s]);
}

static bool solve_many(ent_matrix_work *w, int columns, const double *m, const ent_kernel *k)
{
    const int size = k->size, n = size + 1;
    double *y = w->side, *x = w->side + n;
    if (!factor(w, columns, m, k)) return false;
    for (int i = 0; i < size; i++) x[i] = y[i] = 0.0;
    y[size] = 1.0;
    x[size] = -1.0;
    solve_plain(w, n, y);
    solve_transposed(w, n, x);
    if (!weights(x, size) || !weights(y, size)) return false;
    for (int i = 0; i < size; i++) w->row[k->row[i]] = x[i], w->column[k->column[i]] = y[i];
    return true;
}

bool ent_i_kernel_solve(ent_matrix_work *w, int rows, int columns, const double *m,
                        const ent_kernel *k)
{
    for (int i = 0; i < rows; i++) w->row[i] = 0.0;
    for (int j = 0; j < columns; j++) w->column[j] = 0.0;
    if (k->size > 2) return solve_many(w, columns, m, k);
    if (k->size == 2) return solve_two(w, columns, m, k);
    w->row[k->row[0]] = 1.0;
    w->column[k->column[0]] = 1.0;
    return true;
}

void ent_i_game_measure(ent_matrix_work *w, int rows, int columns, const double *m, double *low,
                        double *high)
{
    double *sum = w->sum, most = -(double)INFINITY, least = (double)INFINITY;
    for (int j = 0; j < columns; j++) sum[j] = 0.0;
    for (int i = 0; i < rows; i++) {
        const double *r = m + (size_t)i * (size_t)columns, x = w->row[i];
        double here = 0.0;
        for (int j = 0; j < columns; j++) here += r[j] * w->column[j];
        most = here > most ? here : most;
        for (int j = 0; x != 0.0 && j < columns; j++) sum[j] += x * r[j];
    }
    for (int j = 0; j < columns; j++) least = sum[j] < least ? sum[j] : least;
    *low = least;
    *high = most;
}

bool ent_i_kernel_saddle(ent_matrix_work *w, int rows, int columns, const double *m, ent_kernel *k,
                         double *lo, double *hi)
{
    double *most = w->sum, maximin = -(double)INFINITY, least_of_all = (double)INFINITY,
           most_of_all = m[0];
    int row = 0, column = 0;
    for (int j = 0; j < columns; j++) most[j] = m[j];
    for (int i = 0; i < rows; i++) {
        const double *r = m + (size_t)i * (size_t)columns;
        double least = r[0];
        for (int j = 0; j < columns; j++) {
            least = r[j] < least ? r[j] : least;
            most[j] = r[j] > most[j] ? r[j] : most[j];
        }
        if (least > maximin) maximin = least, row = i;
        if (least < least_of_all) least_of_all = least;
    }
    for (int j = 0; j < columns; j++) {
        if (most[j] < most[column]) column = j;
        if (most[j] > most_of_all) most_of_all = most[j];
    }
    *lo = least_of_all;
    *hi = most_of_all;
    k->size = 1;
    k->row[0] = row;
    k->column[0] = column;
    return !(most[column] > maximin);
}

static bool holds(const int *basis, int n, int variable)
{
    for (int b = 0; b < n; b++)
        if (basis[b] == variable) return true;
    return false;
}

void ent_i_kernel_of_basis(int rows, int columns, const int *basis, double *side, ent_kernel *k)
{
    const int variables = columns + 1, least = rows < columns ? rows : columns;
    int size = 0, mixed = 0;
    for (int i = 0; i < rows; i++) side[i] = 1.0;
    for (int b = 0; b <= rows; b++)
        if (basis[b] >= variables && basis[b] < variables + rows) side[basis[b] - variables] = 0.0;
    for (int i = 0; i < rows; i++) mixed += side[i] != 0.0;
    for (int j = 0; j < columns && size < least; j++)
        if (holds(basis, rows + 1, j)) k->column[size++] = j;
    k->size = mixed == size ? size : 0;
    for (int i = 0, at = 0; i < rows && k->size > 0; i++)
        if (side[i] != 0.0) k->row[at++] = i;
}
