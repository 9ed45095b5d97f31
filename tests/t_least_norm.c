/* LU factors and least squares of least norm against their defining equations, on random and on
 * singular matrices. */
#include "check.h"

#include "base/rng.h"
#include "num/linear.h"

static ent_ctx *ctx;
enum { N = 12 };

static double draw(ent_rng *rng) { return 2.0 * ent_rng_uniform(rng) - 1.0; }

static void lu_solves(int n, ent_rng *rng)
{
    double a[N * N], f[N * N], b[N], x[N], work[N];
    int pivot[N];
    for (int k = 0; k < n * n; k++) f[k] = a[k] = draw(rng);
    for (int k = 0; k < n; k++) x[k] = b[k] = draw(rng);
    CHECK(ent_i_lu_factor(n, f, pivot, work) != 0);
    ent_i_lu_solve(n, f, pivot, x);
    for (int i = 0; i < n; i++) {
        double sum = 0.0;
        for (int j = 0; j < n; j++) sum += a[i * n + j] * x[j];
        CHECK_NEAR(sum, b[i], 1e-11);
    }
}

static void lu_signs(void)
{
    double swap[4] = {0, 1, 1, 0}, identity[4] = {1, 0, 0, 1}, singular[4] = {1, 2, 2, 4},
           scaled[4] = {1e-9, 0, 0, -1e9}, work[2];
    int pivot[2];
    CHECK(ent_i_lu_factor(2, swap, pivot, work) == -1);
    CHECK(ent_i_lu_factor(2, identity, pivot, work) == 1);
    CHECK(ent_i_lu_factor(2, singular, pivot, work) == 0);
    CHECK(ent_i_lu_factor(2, scaled, pivot, work) == -1);
}

/* x is the least-squares solution of least norm if and only if A'(Ax - b) = 0 and x = A'y for some
 * y, that is: x is orthogonal to the kernel. The kernel is checked with vectors that are built into
 * the matrix. */
static void least_norm(int rows, int columns, int rank, ent_rng *rng)
{
    double a[N * N], keep[N * N], b[N], left[N * N], right[N * N], residual[N], x[N], kept[N];
    int found = -1;
    for (int k = 0; k < rows * rank; k++) left[k] = draw(rng);
    for (int k = 0; k < rank * columns; k++) right[k] = draw(rng);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) {
            double sum = 0.0;
            for (int k = 0; k < rank; k++) sum += left[i * rank + k] * right[k * columns + j];
            keep[i * columns + j] = a[i * columns + j] = sum;
        }
    for (int i = 0; i < rows; i++) kept[i] = b[i] = draw(rng);
    CHECK(ent_i_least_norm(ctx, rows, columns, a, b, 1e-10, x, &found) == ENT_OK);
    CHECK(found == rank);
    for (int i = 0; i < rows; i++) {
        residual[i] = -kept[i];
        for (int j = 0; j < columns; j++) residual[i] += keep[i * columns + j] * x[j];
    }
    for (int j = 0; j < columns; j++) {
        double gradient = 0.0;
        for (int i = 0; i < rows; i++) gradient += keep[i * columns + j] * residual[i];
        CHECK_NEAR(gradient, 0.0, 1e-9);
    }
    /* x lies in the row space: projecting it there by a second least-squares problem changes
     * nothing. */
    double transposed[N * N], target[N], y[N];
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) transposed[j * rows + i] = keep[i * columns + j];
    memcpy(target, x, (size_t)columns * sizeof *x);
    CHECK(ent_i_least_norm(ctx, columns, rows, transposed, target, 1e-10, y, NULL) == ENT_OK);
    for (int j = 0; j < columns; j++) {
        double sum = 0.0;
        for (int i = 0; i < rows; i++) sum += keep[i * columns + j] * y[i];
        CHECK_NEAR(sum, x[j], 1e-8);
    }
}

static void brutal(void)
{
    ent_status st = ENT_E_MEMORY;
    for (int64_t allowed = 0; st == ENT_E_MEMORY && allowed < 100; allowed++) {
        ent_ctx *fresh = ent_ctx_new();
        double a[4] = {1, 2, 3, 4}, b[2] = {1, 2}, x[2];
        ent_ctx_fail_after(fresh, allowed);
        st = ent_i_least_norm(fresh, 2, 2, a, b, 1e-10, x, NULL);
        ent_ctx_free(fresh);
    }
    CHECK(st == ENT_OK);
}

int main(void)
{
    ent_rng rng = ent_rng_stream(1, 0, 0);
    ctx = ent_ctx_new();
    lu_signs();
    for (int n = 1; n <= N; n++) lu_solves(n, &rng);
    for (int round = 0; round < 40; round++) {
        const int rows = 1 + (int)ent_rng_below(&rng, N), columns = 1 + (int)ent_rng_below(&rng, N);
        const int most = rows < columns ? rows : columns;
        least_norm(rows, columns, 1 + (int)ent_rng_below(&rng, most), &rng);
    }
    brutal();
    ent_ctx_free(ctx);
    return check_end();
}
