/* Reading the answer out of the tableau, and holding it against the program as it was given. */
#include "num/lp_i.h"

#include <math.h>

static double unscaled_dual(const ent_lp_work *w, int i, double reduced)
{
    return -reduced * w->row_scale[i] / w->cost_scale;
}

/* reduced = c - y A; what its terms add up to is left in w->square, which nobody reads now. */
static void reduced_costs(ent_lp_work *w, const ent_lp *lp)
{
    for (int j = 0; j < w->n; j++) {
        w->reduced[j] = lp->c[j];
        w->square[j] = fabs(lp->c[j]);
    }
    for (int i = 0; i < w->m; i++)
        if (w->y[i] != 0.0)
            ent_i_lp_row_subtract(w, w->n, w->y[i], lp->a + (size_t)i * (size_t)w->n, w->reduced,
                                  w->square);
}

void ent_i_lp_read(ent_lp_work *w, const ent_lp *lp, ent_lp_result *out)
{
    const int n = w->n, m = w->m;
    const double *d = ent_i_lp_row(w, m);
    double value = 0.0;
    for (int j = 0; j < n; j++) {
        const int place = w->place[j];
        double x = place >= 0 ? ent_i_lp_row(w, place)[n] : 0.0;
        if (w->kind[j] == ENT_LP_NONNEGATIVE) x = ent_i_larger(x, 0.0);
        w->x[j] = x * w->column_scale[j] / w->bound_scale;
        value += lp->c[j] * w->x[j];
    }
    for (int i = 0; i < m; i++) {
        const int place = w->place[n + i];
        double reduced = place < 0 ? d[-1 - place] : 0.0;
        if (w->kind[n + i] == ENT_LP_NONNEGATIVE) reduced = ent_i_smaller(reduced, 0.0);
        w->y[i] = unscaled_dual(w, i, reduced);
        w->basis[i] = w->head[i];
    }
    reduced_costs(w, lp);
    *out = (ent_lp_result){.outcome = ENT_LP_OPTIMAL,
                           .value = value,
                           .x = w->x,
                           .y = w->y,
                           .reduced = w->reduced,
                           .ray = w->ray,
                           .basis = w->basis,
                           .pivots = w->pivots,
                           .refactors = w->refactors};
}

/* violation / terms, 0 when there are no terms. */
static double relative(double violation, double terms)
{
    return terms > 0.0 ? violation / terms : 0.0;
}

/* Terms that are nothing but rounding must not set the measure: a row, a column, or the two values
 * count at least this part of the largest scaled variable times the largest entry. */
static const double FLOOR = 1e-3;

/* The largest scaled variable, and the largest scaled dual. */
static double column_size(const ent_lp_work *w, const double *x)
{
    double most = 0.0;
    for (int j = 0; j < w->n; j++) most = ent_i_larger(fabs(x[j]) / w->column_scale[j], most);
    return most;
}

static double row_size(const ent_lp_work *w)
{
    double most = 0.0;
    for (int i = 0; i < w->m; i++) most = ent_i_larger(fabs(w->y[i] / w->row_scale[i]), most);
    return most;
}

static double row_violation(const ent_lp *lp, int i, double excess)
{
    const ent_lp_sense sense = lp->sense ? lp->sense[i] : ENT_LP_LE;
    return sense == ENT_LP_EQ ? fabs(excess)
                              : ent_i_larger(0.0, sense == ENT_LP_LE ? excess : -excess);
}

static double column_violation(const ent_lp *lp, const double *reduced, int j)
{
    return lp->is_free && lp->is_free[j] ? fabs(reduced[j]) : ent_i_larger(0.0, reduced[j]);
}

void ent_i_lp_verify(const ent_lp_work *w, const ent_lp *lp, ent_lp_result *out)
{
    const double x_size = column_size(w, out->x), y_size = row_size(w);
    double dual_value = 0.0, terms = FLOOR * (x_size / w->cost_scale + y_size / w->bound_scale);
    out->primal_residual = out->dual_residual = 0.0;
    for (int i = 0; i < lp->rows; i++) {
        double sum = 0.0, size = 0.0;
        ent_i_lp_row_product(w, lp->columns, lp->a + (size_t)i * (size_t)lp->columns, out->x, &sum,
                             &size);
        size += FLOOR * x_size / fabs(w->row_scale[i]) + fabs(lp->b[i]);
        out->primal_residual =
            fmax(out->primal_residual, relative(row_violation(lp, i, sum - lp->b[i]), size));
        dual_value += out->y[i] * lp->b[i];
        terms += fabs(out->y[i] * lp->b[i]);
    }
    for (int j = 0; j < lp->columns; j++) {
        const double size = w->square[j] + FLOOR * y_size / w->column_scale[j];
        out->dual_residual =
            fmax(out->dual_residual, relative(column_violation(lp, out->reduced, j), size));
        terms += fabs(lp->c[j] * out->x[j]);
    }
    out->gap = relative(fabs(out->value - dual_value), terms);
}

/* Row r of the tableau is a combination of the program's rows with weights w: the one that cannot
 * hold. */
double ent_i_lp_farkas(ent_lp_work *w, const ent_lp *lp, int r)
{
    const int n = w->n, m = w->m;
    const double *t = ent_i_lp_row(w, r);
    const double sign = t[n] > 0.0 ? -1.0 : 1.0;
    double bound = 0.0, terms = 0.0, worst = 0.0;
    for (int i = 0; i < m; i++) {
        const int place = w->place[n + i];
        double y = sign * (place == r ? 1.0 : place < 0 ? t[-1 - place] : 0.0);
        if (w->kind[n + i] == ENT_LP_NONNEGATIVE) y = ent_i_larger(y, 0.0);
        w->y[i] = y * w->row_scale[i];
        bound += w->y[i] * lp->b[i];
        terms += fabs(w->y[i] * lp->b[i]);
    }
    const double least = FLOOR * row_size(w);
    for (int j = 0; j < n; j++) {
        double sum = 0.0, size = least / w->column_scale[j];
        for (int i = 0; i < m; i++) {
            const double term = w->y[i] * lp->a[(size_t)i * (size_t)n + (size_t)j];
            sum += term, size += fabs(term);
        }
        worst =
            fmax(worst, relative(w->kind[j] == ENT_LP_FREE ? fabs(sum) : fmax(0.0, -sum), size));
    }
    return bound < 0.0 ? fmax(worst, 0.0) : 1.0 + relative(bound, terms);
}

/* The direction in which the variable of column q leads the basic ones. */
double ent_i_lp_ascent(ent_lp_work *w, const ent_lp *lp, int q)
{
    const int n = w->n, m = w->m;
    const double sign = ent_i_lp_row(w, m)[q] > 0.0 ? 1.0 : -1.0;
    for (int j = 0; j < n; j++) {
        const int place = w->place[j];
        double step = place >= 0 ? -sign * ent_i_lp_row(w, place)[q] : w->tail[q] == j ? sign : 0.0;
        if (w->kind[j] == ENT_LP_NONNEGATIVE) step = ent_i_larger(step, 0.0);
        w->ray[j] = step * w->column_scale[j];
    }
    double gain = 0.0, worst = 0.0;
    for (int j = 0; j < n; j++) gain += lp->c[j] * w->ray[j];
    const double least = FLOOR * column_size(w, w->ray);
    for (int i = 0; i < m; i++) {
        double sum = 0.0, size = least / fabs(w->row_scale[i]);
        for (int j = 0; j < n; j++) {
            const double term = lp->a[(size_t)i * (size_t)n + (size_t)j] * w->ray[j];
            sum += term, size += fabs(term);
        }
        const ent_lp_sense sense = lp->sense ? lp->sense[i] : ENT_LP_LE;
        const double bad =
            sense == ENT_LP_EQ ? fabs(sum) : fmax(0.0, sense == ENT_LP_LE ? sum : -sum);
        worst = fmax(worst, relative(bad, size));
    }
    return gain > 0.0 ? worst : 1.0;
}
