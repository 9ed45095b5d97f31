#include "num/keyed_lp.h"

#include <string.h>

struct ent_keyed_lp {
    int rows, columns, groups, others; /* others: columns that are no keys */
    const int *first;
    ent_lp_work *lp;
    double *a, *b, *c; /* the smaller program: [rows][others], [rows], [others] */
    ent_lp_sense *sense;
    int *column; /* [others] where a column of it comes from */
    double *x, *y, *reduced, *ray;
    int *basis;
};

ent_status ent_keyed_lp_new(ent_ctx *ctx, int rows, int columns, int groups, const int *first,
                            ent_keyed_lp **out)
{
    ent_status st = ENT_OK;
    ent_keyed_lp *w = NULL;
    ENT_REQUIRE(ctx, groups >= 0 && rows >= groups && columns >= groups && out);
    const int others = columns - groups;
    ENT_ALLOC(ctx, w, 1);
    *w = (ent_keyed_lp){
        .rows = rows, .columns = columns, .groups = groups, .others = others, .first = first};
    ENT_TRY(ent_lp_work_new(ctx, rows, others, &w->lp));
    ENT_ALLOC(ctx, w->a, (size_t)rows * (size_t)others);
    ENT_ALLOC(ctx, w->b, rows);
    ENT_ALLOC(ctx, w->c, others);
    ENT_ALLOC(ctx, w->sense, rows);
    ENT_ALLOC(ctx, w->column, others);
    ENT_ALLOC(ctx, w->x, columns);
    ENT_ALLOC(ctx, w->y, rows);
    ENT_ALLOC(ctx, w->reduced, columns);
    ENT_ALLOC(ctx, w->ray, columns);
    ENT_ALLOC(ctx, w->basis, rows);
    *out = w;
    w = NULL;
done:
    ent_keyed_lp_free(w);
    return st;
}

void ent_keyed_lp_free(ent_keyed_lp *w)
{
    if (!w) return;
    ent_lp_work_free(w->lp);
    void *const owned[] = {w->a, w->b, w->c,       w->sense, w->column,
                           w->x, w->y, w->reduced, w->ray,   w->basis};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) ent_free(owned[k]);
    ent_free(w);
}

/* A row of coefficients less each group's key's; returned: the sum over groups of the key's times
 * b. */
static double without_keys(const ent_keyed_lp *w, const double *b, const double *row,
                           const int *key, double *out)
{
    double sum = 0.0;
    int at = 0;
    for (int g = 0; g < w->groups; g++) {
        const double k = row[key[g]];
        sum += k * b[g];
        for (int j = w->first[g]; j < key[g]; j++) out[at++] = row[j] - k;
        for (int j = key[g] + 1; j < w->first[g + 1]; j++) out[at++] = row[j] - k;
    }
    memcpy(out + at, row + w->first[w->groups], (size_t)(w->others - at) * sizeof *out);
    return sum;
}

/* The others sum to at most b: the slack is the key. */
static void keep_keys_positive(ent_keyed_lp *w)
{
    int at = 0;
    memset(w->a, 0, (size_t)w->groups * (size_t)w->others * sizeof *w->a);
    for (int g = 0; g < w->groups; g++) {
        w->sense[g] = ENT_LP_LE;
        for (int j = w->first[g] + 1; j < w->first[g + 1]; j++)
            w->a[(size_t)g * (size_t)w->others + (size_t)at++] = 1.0;
    }
}

/* Returned: the value of the keys alone. */
static double reduce(ent_keyed_lp *w, const ent_lp *lp, const int *key)
{
    int at = 0;
    for (int g = 0; g < w->groups; g++)
        for (int j = w->first[g]; j < w->first[g + 1]; j++)
            if (j != key[g]) w->column[at++] = j;
    for (int j = w->first[w->groups]; j < w->columns; j++) w->column[at++] = j;
    keep_keys_positive(w);
    for (int i = 0; i < w->rows; i++) {
        w->b[i] = lp->b[i];
        if (i < w->groups) continue;
        w->b[i] -= without_keys(w, lp->b, lp->a + (size_t)i * (size_t)w->columns, key,
                                w->a + (size_t)i * (size_t)w->others);
        w->sense[i] = lp->sense ? lp->sense[i] : ENT_LP_LE;
    }
    return without_keys(w, lp->b, lp->c, key, w->c);
}

/* Keys from the others: right - their sum. */
static void add_keys(const ent_keyed_lp *w, const int *key, const double *small,
                     const double *right, double *out)
{
    for (int k = 0; k < w->others; k++) out[w->column[k]] = small[k];
    for (int g = 0; g < w->groups; g++) {
        double rest = right ? right[g] : 0.0;
        for (int j = w->first[g]; j < w->first[g + 1]; j++)
            if (j != key[g]) rest -= out[j];
        out[key[g]] = right && rest < 0.0 ? 0.0 : rest;
    }
}

/* The price of a group: that of its key's sign, and what the key is worth at the prices of the
 * other rows. A ray has no costs. */
static void add_prices(ent_keyed_lp *w, const ent_lp *lp, const int *key, const ent_lp_result *r)
{
    for (int i = 0; i < w->rows; i++) w->y[i] = r->y[i];
    for (int g = 0; g < w->groups && r->outcome != ENT_LP_INFEASIBLE; g++) w->y[g] += lp->c[key[g]];
    for (int i = w->groups; i < w->rows; i++)
        for (int g = 0; w->y[i] != 0.0 && g < w->groups; g++)
            w->y[g] -= w->y[i] * lp->a[(size_t)i * (size_t)w->columns + (size_t)key[g]];
}

void ent_keyed_lp_solve(ent_keyed_lp *w, const ent_lp *lp, const int *key, ent_lp_result *out)
{
    ent_lp_result r;
    const double base = reduce(w, lp, key);
    const ent_lp small = {
        .rows = w->rows, .columns = w->others, .a = w->a, .b = w->b, .c = w->c, .sense = w->sense};
    ent_lp_solve(w->lp, &small, ENT_LP_COLD, NULL, &r);
    add_keys(w, key, r.x, lp->b, w->x);
    add_prices(w, lp, key, &r);
    for (int k = 0; k < w->others; k++) w->reduced[w->column[k]] = r.reduced[k];
    for (int g = 0; g < w->groups; g++) w->reduced[key[g]] = -r.y[g];
    if (r.outcome == ENT_LP_UNBOUNDED) add_keys(w, key, r.ray, NULL, w->ray);
    for (int i = 0; i < w->rows; i++) {
        const int row = r.basis[i] - w->others; /* of a slack */
        w->basis[i] = row < 0           ? w->column[r.basis[i]]
                      : row < w->groups ? key[row]
                                        : w->columns + row;
    }
    *out = r;
    out->value = base + r.value;
    out->x = w->x;
    out->y = w->y;
    out->reduced = w->reduced;
    out->ray = w->ray;
    out->basis = w->basis;
}
