#include "bayesian/bayes_exact_solve.h"

#include "base/ctx.h"

#include <math.h>
#include <stdlib.h>

ent_status ent_i_bayes_exact_system_new(ent_ctx *ctx, int rows, int columns, ent_exact_system *out)
{
    ent_status st = ENT_OK;
    *out = (ent_exact_system){.rows = rows, .columns = columns};
    out->a = ent_rats_new(ctx, (size_t)rows * (size_t)(columns + 1), &st);
    return st;
}

void ent_i_bayes_exact_system_free(ent_exact_system *system)
{
    ent_rats_free(system->a, (size_t)system->rows * (size_t)(system->columns + 1));
    *system = (ent_exact_system){0};
}

void ent_i_recognise(double x, double tolerance, ent_rat *out)
{
    ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    ent_rat_set_double(&lo, x - tolerance);
    ent_rat_set_double(&hi, x + tolerance);
    ent_rat_simplest(out, &lo, &hi);
    ent_rat_release(&lo);
    ent_rat_release(&hi);
}

typedef struct ranked {
    double size;
    int column;
} ranked;

static int by_size(const void *x, const void *y)
{
    const ranked *a = x, *b = y;
    if (a->size != b->size) return a->size > b->size ? -1 : 1;
    return a->column - b->column;
}

/* How unpleasant a pivot is: integers of small size are preferred. */
static double burden(const ent_rat *r)
{
    if (r->big) return HUGE_VAL;
    return fabs((double)r->num) + 4.0 * (double)r->den;
}

static int choose_row(const ent_exact_system *s, int from, int column)
{
    int best = -1;
    for (int r = from; r < s->rows; r++) {
        const ent_rat *x = ent_i_bayes_exact_at(s, r, column);
        if (ent_rat_sign(x) == 0) continue;
        if (best < 0 || burden(x) < burden(ent_i_bayes_exact_at(s, best, column))) best = r;
    }
    return best;
}

static void exchange_rows(const ent_exact_system *s, int r, int q)
{
    for (int c = 0; r != q && c <= s->columns; c++)
        ent_rat_swap(ent_i_bayes_exact_at(s, r, c), ent_i_bayes_exact_at(s, q, c));
}

/* Make the pivot row's entry 1 and clear the column everywhere else. */
static void clear_column(const ent_exact_system *s, int pivot, int column)
{
    ent_rat factor = ENT_RAT_ZERO, inverse = ENT_RAT_ZERO;
    ent_rat_set_int(&factor, 1);
    ent_rat_div(&inverse, &factor, ent_i_bayes_exact_at(s, pivot, column));
    for (int c = 0; c <= s->columns; c++) {
        ent_rat *x = ent_i_bayes_exact_at(s, pivot, c);
        if (ent_rat_sign(x) != 0) ent_rat_mul(x, x, &inverse);
    }
    for (int r = 0; r < s->rows; r++) {
        if (r == pivot || ent_rat_sign(ent_i_bayes_exact_at(s, r, column)) == 0) continue;
        ent_rat_set(&factor, ent_i_bayes_exact_at(s, r, column));
        for (int c = 0; c <= s->columns; c++) {
            const ent_rat *x = ent_i_bayes_exact_at(s, pivot, c);
            if (ent_rat_sign(x) != 0) ent_rat_submul(ent_i_bayes_exact_at(s, r, c), &factor, x);
        }
    }
    ent_rat_release(&inverse);
    ent_rat_release(&factor);
}

/* Free unknowns near their doubles, then the others from their rows; row_of[c] < 0 marks free
 * ones. */
static void read_off(const ent_exact_system *s, const int *row_of, const double *near,
                     double relative, ent_rat *x)
{
    ent_rat term = ENT_RAT_ZERO;
    for (int c = 0; c < s->columns; c++) {
        const double at = isfinite(near[c]) ? near[c] : 0.0;
        if (row_of[c] < 0) ent_i_recognise(at, fabs(at) * relative, &x[c]);
    }
    for (int c = 0; c < s->columns; c++) {
        if (row_of[c] < 0) continue;
        ent_rat_set(&x[c], ent_i_bayes_exact_at(s, row_of[c], s->columns));
        for (int f = 0; f < s->columns; f++) {
            const ent_rat *coefficient = ent_i_bayes_exact_at(s, row_of[c], f);
            if (row_of[f] >= 0 || ent_rat_sign(coefficient) == 0) continue;
            ent_rat_mul(&term, coefficient, &x[f]);
            ent_rat_sub(&x[c], &x[c], &term);
        }
    }
    ent_rat_release(&term);
}

ent_status ent_i_bayes_exact_solve(ent_ctx *ctx, ent_exact_system *s, const double *near,
                                   double relative, ent_rat *x, bool *consistent, int *freedom)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ranked *order = NULL;
    int *row_of = NULL, rank = 0;
    ENT_SCRATCH(ctx, order, s->columns + 1);
    ENT_SCRATCH(ctx, row_of, s->columns + 1);
    for (int c = 0; c < s->columns; c++) order[c] = (ranked){fabs(near[c]), c}, row_of[c] = -1;
    qsort(order, (size_t)s->columns, sizeof *order, by_size);
    for (int k = 0; k < s->columns && rank < s->rows; k++) {
        ENT_CHECK_CANCEL(ctx);
        const int column = order[k].column, row = choose_row(s, rank, column);
        if (row < 0) continue;
        exchange_rows(s, rank, row);
        clear_column(s, rank, column);
        row_of[column] = rank++;
    }
    *consistent = true;
    for (int r = rank; r < s->rows; r++)
        if (ent_rat_sign(ent_i_bayes_exact_at(s, r, s->columns)) != 0) *consistent = false;
    *freedom = s->columns - rank;
    if (*consistent) read_off(s, row_of, near, relative, x);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
