/* Least squares of least norm. A P = Q R by Householder reflections with column pivoting; the
 * leading rank rows of R are then reduced to a triangle from the right (their transpose is
 * factored), so that free variables do not have to be set to 0. */
#include "num/linear.h"

static ent_real dot(int n, const ent_real *x, const ent_real *y)
{
    ent_real sum = 0.0;
    for (int k = 0; k < n; k++) sum += x[k] * y[k];
    return sum;
}

/* Minimal-norm y with [R11 R12] y = b: the rows of [R11 R12] are orthogonalised from the last one
 * up. Row k of the factor stands in row[k], length columns; entries before k are 0. */
static void solve_trapezoid(int rank, int columns, ent_real *row, ent_real *b, ent_real *beta,
                            ent_real *corner, ent_real *y)
{
    /* [R11 R12] = [L 0] Z: process k from rank-1 down, mixing position k with the positions from
     * rank on. */
    for (int k = rank - 1; k >= 0; k--) {
        ent_real *r = row + (size_t)k * (size_t)columns;
        const int tail = columns - rank;
        ent_real norm = r[k] * r[k];
        norm = ent_real_sqrt(norm + dot(tail, r + rank, r + rank));
        corner[k] = r[k] > 0.0 ? -norm : norm;
        const ent_real head = r[k] - corner[k];
        const ent_real length = head * head + dot(tail, r + rank, r + rank);
        beta[k] = length > 0.0 ? 2.0 / length : 0.0;
        r[k] = head;
        for (int i = 0; i < k; i++) {
            ent_real *other = row + (size_t)i * (size_t)columns;
            const ent_real scale = beta[k] * (head * other[k] + dot(tail, r + rank, other + rank));
            other[k] -= scale * head;
            for (int j = rank; j < columns; j++) other[j] -= scale * r[j];
        }
    }
    /* R11 is now upper triangular with diagonal corner: back substitution, the tail is 0. */
    for (int k = rank - 1; k >= 0; k--) {
        ent_real sum = b[k];
        const ent_real *r = row + (size_t)k * (size_t)columns;
        for (int j = k + 1; j < rank; j++) sum -= r[j] * y[j];
        y[k] = sum / corner[k];
    }
    for (int j = rank; j < columns; j++) y[j] = 0.0;
    for (int k = 0; k < rank; k++) {
        const ent_real *r = row + (size_t)k * (size_t)columns;
        ent_real sum = r[k] * y[k];
        for (int j = rank; j < columns; j++) sum += r[j] * y[j];
        const ent_real scale = beta[k] * sum;
        y[k] -= scale * r[k];
        for (int j = rank; j < columns; j++) y[j] -= scale * r[j];
    }
}

ent_status ent_i_least_norm(ent_ctx *ctx, int rows, int columns, ent_real *a, ent_real *b,
                            ent_real rcond, ent_real *x, int *rank)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_real *c = NULL, *diagonal = NULL, *beta = NULL, *y = NULL, *work = NULL;
    int *order = NULL;
    const size_t m = (size_t)rows, n = (size_t)columns;
    ENT_SCRATCH(ctx, c, m * n + 1);
    ENT_SCRATCH(ctx, diagonal, n + 1);
    ENT_SCRATCH(ctx, beta, 2 * n + 1);
    ENT_SCRATCH(ctx, y, n + 1);
    ENT_SCRATCH(ctx, work, m + 1);
    ENT_SCRATCH(ctx, order, n + 1);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) c[j * m + i] = a[i * n + j];
    const int r = ent_i_qr(rows, columns, c, b, rcond, diagonal, order, work);
    /* Copy the leading rows of R into a, row by row. */
    for (int k = 0; k < r; k++)
        for (size_t j = 0; j < n; j++)
            a[(size_t)k * n + j] = j < (size_t)k    ? 0.0
                                   : j == (size_t)k ? diagonal[k]
                                                    : c[j * m + (size_t)k];
    solve_trapezoid(r, columns, a, b, beta, beta + n, y);
    for (size_t j = 0; j < n; j++) x[order[j]] = y[j];
    if (rank) *rank = r;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
