#include "concept/matrix_kernel.h"

#include <math.h>

/* of the payoffs' range: low and high closer than this settle the matter */
static const double SURE = 1e-12;

ent_status ent_matrix_work_new(ent_ctx *ctx, int rows, int columns, ent_matrix_work **out)
{
    return ent_matrix_work_shaped(ctx, rows, columns, rows < columns ? rows : columns,
                                  ((int64_t)rows + 5) * ((int64_t)columns + 9), out);
}

ent_status ent_matrix_work_shaped(ent_ctx *ctx, int rows, int columns, int side, int64_t cells,
                                  ent_matrix_work **out)
{
    ent_status st = ENT_OK;
    ent_matrix_work *w = NULL;
    ENT_REQUIRE(ctx, rows >= 1 && columns >= 1 && side >= 1 && cells >= 1 && out);
    const size_t m = (size_t)rows, n = (size_t)columns, least = (size_t)side, most = m < n ? n : m;
    ENT_ALLOC(ctx, w, 1);
    w->rows_max = rows;
    w->columns_max = columns;
    ENT_TRY(ent_lp_work_shaped(ctx, rows + 1, columns + 1, cells, &w->lp));
    ENT_ALLOC(ctx, w->kernel.row, least);
    ENT_ALLOC(ctx, w->kernel.column, least);
    ENT_ALLOC(ctx, w->row, m);
    ENT_ALLOC(ctx, w->column, n);
    ENT_ALLOC(ctx, w->sum, most);
    ENT_ALLOC(ctx, w->lu, (least + 1) * (least + 1));
    ENT_ALLOC(ctx, w->side, 2 * (most + 1));
    ENT_ALLOC(ctx, w->order, least + 1);
    ENT_ALLOC(ctx, w->a, cells);
    ENT_ALLOC(ctx, w->b, m + 1);
    ENT_ALLOC(ctx, w->c, n + 1);
    ENT_ALLOC(ctx, w->sense, m + 1);
    ENT_ALLOC(ctx, w->is_free, n + 1);
    *out = w;
    w = NULL;
done:
    ent_matrix_work_free(w);
    return st;
}

void ent_matrix_work_free(ent_matrix_work *w)
{
    if (!w) return;
    ent_lp_work_free(w->lp);
    void *const owned[] = {w->kernel.row, w->kernel.column, w->row,    w->column, w->sum,
                           w->lu,         w->side,          w->order,  w->a,      w->b,
                           w->c,          w->sense,         w->is_free};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) ent_free(owned[k]);
    ent_free(w);
}

/* Do the strategies in w settle the game? */
static bool measure(ent_matrix_work *w, int rows, int columns, const double *m, double spread,
                    ent_matrix_result *out)
{
    ent_i_game_measure(w, rows, columns, m, &out->low, &out->high);
    return out->high - out->low <= SURE * spread;
}

static bool settles(ent_matrix_work *w, int rows, int columns, const double *m, const ent_kernel *k,
                    double spread, ent_matrix_result *out)
{
    return k->size > 0 && ent_i_kernel_solve(w, rows, columns, m, k) &&
           measure(w, rows, columns, m, spread, out);
}

/* The whole program with scaling, verification and refactoring: max -v, M y - v 1 <= 0, sum y = 1,
 * v free. */
static void careful(ent_matrix_work *w, int rows, int columns, const double *m, double spread,
                    ent_kernel *k, ent_matrix_result *out)
{
    const int n = columns + 1;
    for (int i = 0; i <= rows; i++) {
        const bool last = i == rows;
        for (int j = 0; j < columns; j++) w->a[i * n + j] = last ? 1.0 : m[i * columns + j];
        w->a[i * n + columns] = last ? 0.0 : -1.0;
        w->b[i] = last ? 1.0 : 0.0;
        w->sense[i] = last ? ENT_LP_EQ : ENT_LP_LE;
    }
    for (int j = 0; j < n; j++) {
        w->c[j] = j == columns ? -1.0 : 0.0;
        w->is_free[j] = j == columns;
    }
    const ent_lp lp = {.rows = rows + 1,
                       .columns = n,
                       .a = w->a,
                       .b = w->b,
                       .c = w->c,
                       .sense = w->sense,
                       .is_free = w->is_free};
    ent_lp_result r;
    ent_lp_solve(w->lp, &lp, ENT_LP_COLD, NULL, &r);
    ent_i_kernel_of_basis(rows, columns, r.basis, w->side, k);
    if (settles(w, rows, columns, m, k, spread, out)) return;
    k->size = 0;
    for (int i = 0; i < rows; i++) w->row[i] = r.y[i];
    for (int j = 0; j < columns; j++) w->column[j] = r.x[j];
    ent_i_game_measure(w, rows, columns, m, &out->low, &out->high);
}

/* The spread of the payoffs that the known kernel's strategies meet: enough to measure against. */
static bool known(ent_matrix_work *w, int rows, int columns, const double *m, const ent_kernel *k,
                  ent_matrix_result *out)
{
    if (k->size == 0 || !ent_i_kernel_solve(w, rows, columns, m, k)) return false;
    return measure(w, rows, columns, m, 0.0, out) ||
           out->high - out->low <= 1e-2 * SURE * (fabs(out->low) + fabs(out->high));
}

static void find(ent_matrix_work *w, int rows, int columns, const double *m, ent_kernel *k,
                 ent_matrix_result *out)
{
    double lo, hi;
    if (known(w, rows, columns, m, k, out)) return;
    if (ent_i_kernel_saddle(w, rows, columns, m, k, &lo, &hi) &&
        settles(w, rows, columns, m, k, hi - lo, out))
        return;
    if (rows == 2 || columns == 2) {
        ent_i_kernel_envelope(rows, columns, m, k);
    } else {
        const ent_lp_mixes mixes = {
            .x = w->row, .y = w->column, .row = k->row, .column = k->column};
        k->size = ent_lp_game(w->lp, rows, columns, m, lo, hi, &mixes);
        if (k->size > 0 && measure(w, rows, columns, m, 1e-2 * (hi - lo), out)) return;
    }
    if (settles(w, rows, columns, m, k, hi - lo, out)) return;
    careful(w, rows, columns, m, hi - lo, k, out);
}

void ent_matrix_game(ent_matrix_work *w, int rows, int columns, const double *m, ent_kernel *kernel,
                     ent_matrix_result *out)
{
    w->kernel.size = 0;
    find(w, rows, columns, m, kernel ? kernel : &w->kernel, out);
    out->value = 0.5 * (out->low + out->high);
    out->row = w->row;
    out->column = w->column;
}
