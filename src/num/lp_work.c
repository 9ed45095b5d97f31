#include "num/lp_i.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Rows are padded to whole 32-byte groups, so that loops over them vectorise without a
 * remainder. */
enum { GROUP = 4, ALIGNMENT = 8 };

static size_t padded(int columns) { return ((size_t)columns + 1 + GROUP - 1) / GROUP * GROUP; }

ent_status ent_lp_work_new(ent_ctx *ctx, int rows, int columns, ent_lp_work **out)
{
    return ent_lp_work_shaped(ctx, rows, columns, ((int64_t)rows + 4) * ((int64_t)columns + 8),
                              out);
}

ent_status ent_lp_work_shaped(ent_ctx *ctx, int rows, int columns, int64_t cells, ent_lp_work **out)
{
    ent_status st = ENT_OK;
    ent_lp_work *w = NULL;
    ENT_REQUIRE(ctx, rows >= 0 && columns >= 0 && cells >= 0 && out);
    ENT_ALLOC(ctx, w, 1);
    w->rows_max = rows;
    w->columns_max = columns;
    w->wide = ent_i_lp_wide();
    const size_t m = (size_t)rows, n = (size_t)columns, both = m + n;
    ENT_ALLOC(ctx, w->t, cells);
    ENT_ALLOC(ctx, w->head, m);
    ENT_ALLOC(ctx, w->tail, n);
    ENT_ALLOC(ctx, w->place, both);
    ENT_ALLOC(ctx, w->kind, both);
    ENT_ALLOC(ctx, w->row_scale, m);
    ENT_ALLOC(ctx, w->column_scale, n);
    ENT_ALLOC(ctx, w->square, both + ALIGNMENT);
    ENT_ALLOC(ctx, w->group, n / GROUP + 2);
    ENT_ALLOC(ctx, w->candidate, n);
    ENT_ALLOC(ctx, w->origin, m);
    ENT_ALLOC(ctx, w->x, n);
    ENT_ALLOC(ctx, w->y, m);
    ENT_ALLOC(ctx, w->reduced, n);
    ENT_ALLOC(ctx, w->ray, n);
    ENT_ALLOC(ctx, w->basis, m);
    ENT_ALLOC(ctx, w->wanted, m);
    *out = w;
    w = NULL;
done:
    ent_lp_work_free(w);
    return st;
}

void ent_lp_work_free(ent_lp_work *w)
{
    if (!w) return;
    void *const owned[] = {
        w->t,      w->head,  w->tail,      w->place,  w->kind, w->row_scale, w->column_scale,
        w->square, w->group, w->candidate, w->origin, w->x,    w->y,         w->reduced,
        w->ray,    w->basis, w->wanted};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) ent_free(owned[k]);
    ent_free(w);
}

/* The power of two that brings x into [1, 2), so that scaling rounds nothing; 1 for 0. Mostly the
 * exponent's bits, turned round. */
static double inverse_power(double x)
{
    enum { BITS = 52, TWICE_BIAS = 2046 };
    if (!(x > 0.0)) return 1.0;
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint64_t exponent = bits >> BITS;
    if (exponent == 0 || exponent >= TWICE_BIAS) {
        int tiny = 0;
        frexp(x, &tiny);
        return ldexp(1.0, 1 - tiny);
    }
    bits = (TWICE_BIAS - exponent) << BITS;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

/* Rows, then columns, are brought to largest entries in [1, 2); a >= row also changes its sign. */
static void scale(ent_lp_work *w, const ent_lp *lp)
{
    for (int j = 0; j < w->n; j++) w->column_scale[j] = 0.0;
    for (int i = 0; i < w->m; i++) {
        const double *a = lp->a + (size_t)i * (size_t)w->n;
        const double r = inverse_power(ent_i_lp_row_largest(w, w->n, a));
        ent_i_lp_row_cover(w, w->n, r, a, w->column_scale);
        w->row_scale[i] = lp->sense && lp->sense[i] == ENT_LP_GE ? -r : r;
    }
    for (int j = 0; j < w->n; j++) w->column_scale[j] = inverse_power(w->column_scale[j]);
}

static void slack_basis(ent_lp_work *w, const ent_lp *lp)
{
    for (int j = 0; j < w->n; j++) {
        w->tail[j] = j;
        w->place[j] = -1 - j;
        w->kind[j] = lp->is_free && lp->is_free[j] ? ENT_LP_FREE : ENT_LP_NONNEGATIVE;
    }
    for (int i = 0; i < w->m; i++) {
        w->head[i] = w->n + i;
        w->place[w->n + i] = i;
        w->kind[w->n + i] =
            lp->sense && lp->sense[i] == ENT_LP_EQ ? ENT_LP_FIXED : ENT_LP_NONNEGATIVE;
    }
}

void ent_i_lp_load(ent_lp_work *w, const ent_lp *lp)
{
    w->m = lp->rows;
    w->n = lp->columns;
    w->stride = padded(w->n);
    scale(w, lp);
    slack_basis(w, lp);
    const size_t tail_bytes = (w->stride - (size_t)w->n) * sizeof(double);
    for (int i = 0; i < w->m; i++) {
        const double *a = lp->a + (size_t)i * (size_t)w->n;
        double *t = ent_i_lp_row(w, i);
        memset(t + w->n, 0, tail_bytes);
        ent_i_lp_row_scaled(w, w->n, w->row_scale[i], a, w->column_scale, t);
    }
    memset(ent_i_lp_row(w, w->m), 0, 2 * w->stride * sizeof(double));
    ent_i_lp_bounds(w, lp);
    ent_i_lp_objective(w, lp);
}

void ent_i_lp_bounds(ent_lp_work *w, const ent_lp *lp)
{
    const int n = w->n, m = w->m;
    double most = 0.0;
    for (int i = 0; i < m; i++) most = ent_i_larger(fabs(lp->b[i] * w->row_scale[i]), most);
    w->bound_scale = inverse_power(most);
    for (int i = 0; i < m; i++) ent_i_lp_row(w, i)[n] = 0.0;
    /* The right-hand side is the sum of the slacks' columns, each weighted by its row's bound. */
    for (int k = 0; k < m; k++) {
        const double b = lp->b[k] * w->row_scale[k] * w->bound_scale;
        const int place = w->place[n + k];
        if (b == 0.0) continue;
        if (place >= 0) ent_i_lp_row(w, place)[n] += b;
        for (int i = 0; place < 0 && i < m; i++) {
            double *t = ent_i_lp_row(w, i);
            t[n] += t[-1 - place] * b;
        }
    }
}

void ent_i_lp_objective(ent_lp_work *w, const ent_lp *lp)
{
    const int n = w->n, m = w->m;
    double *d = ent_i_lp_row(w, m), most = 0.0;
    for (int j = 0; j < n; j++) most = ent_i_larger(fabs(lp->c[j] * w->column_scale[j]), most);
    w->cost_scale = inverse_power(most);
    for (int q = 0; q < n; q++) {
        const int j = w->tail[q];
        d[q] = j < n ? lp->c[j] * w->column_scale[j] * w->cost_scale : 0.0;
    }
    d[n] = 0.0;
    for (int i = 0; i < m; i++) {
        const int j = w->head[i];
        const double c = j < n ? lp->c[j] * w->column_scale[j] * w->cost_scale : 0.0;
        const double *t = ent_i_lp_row(w, i);
        for (int q = 0; c != 0.0 && q <= n; q++) d[q] -= c * t[q];
    }
}
