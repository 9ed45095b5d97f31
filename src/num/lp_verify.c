/* Reading the answer out of the tableau, and holding it against the program as it was given. */
#include "num/lp_i.h"

#include <math.h>

static double unscaled_dual(const ent_lp_work *w, int i, double reduced)
{
    return -reduced * w->row_scale[i] / w->cost_scale;
}

void ent_i_lp_read(ent_lp_work *w, const ent_lp *lp, ent_lp_result *out)
{
    const int n = w->n, m = w->m;
    const double *d = ent_i_lp_row(w, m);
    for (int j = 0; j < n; j++) {
        const int place = w->place[j];
        double x = place >= 0 ? ent_i_lp_row(w, place)[n] : 0.0;
        if (w->kind[j] == ENT_LP_NONNEGATIVE) x = fmax(x, 0.0);
        w->x[j] = x * w->column_scale[j] / w->bound_scale;
    }
    for (int i = 0; i < m; i++) {
        const int place = w->place[n + i];
        double reduced = place < 0 ? d[-1 - place] : 0.0;
        if (w->kind[n + i] == ENT_LP_NONNEGATIVE) reduced = fmin(reduced, 0.0);
        w->y[i] = unscaled_dual(w, i, reduced);
        w->basis[i] = w->head[i];
    }
    double value = 0.0;
    for (int j = 0; j < n; j++) {
        double reduced = lp->c[j];
        for (int i = 0; i < m; i++) reduced -= w->y[i] * lp->a[(size_t)i * (size_t)n + (size_t)j];
        w->reduced[j] = reduced;
        value += lp->c[j] * w->x[j];
    }
    *out = (ent_lp_result){.outcome = ENT_LP_OPTIMAL, .value = value, .x = w->x, .y = w->y, .reduced = w->reduced,
                           .ray = w->ray, .basis = w->basis, .pivots = w->pivots, .refactors = w->refactors};
}

/* violation / terms, 0 when there are no terms. */
static double relative(double violation, double terms) { return terms > 0.0 ? violation / terms : 0.0; }

/* Terms that are nothing but rounding must not set the measure: a row counts at least this part of the largest scaled
 * variable times its largest entry. */
static const double FLOOR = 1e-3;

static double column_floor(const ent_lp_work *w, const double *x)
{
    double most = 0.0;
    for (int j = 0; j < w->n; j++) most = fmax(most, fabs(x[j]) / w->column_scale[j]);
    return FLOOR * most;
}

static double row_floor(const ent_lp_work *w)
{
    double most = 0.0;
    for (int i = 0; i < w->m; i++) most = fmax(most, fabs(w->y[i] / w->row_scale[i]));
    return FLOOR * most;
}

static double row_residual(const ent_lp *lp, const double *x, double least, int i)
{
    const double *a = lp->a + (size_t)i * (size_t)lp->columns;
    double sum = -lp->b[i], terms = least + fabs(lp->b[i]);
    for (int j = 0; j < lp->columns; j++) sum += a[j] * x[j], terms += fabs(a[j] * x[j]);
    const ent_lp_sense sense = lp->sense ? lp->sense[i] : ENT_LP_LE;
    return relative(sense == ENT_LP_EQ ? fabs(sum) : fmax(0.0, sense == ENT_LP_LE ? sum : -sum), terms);
}

/* Reduced costs relative to their own terms. */
static double column_residual(const ent_lp *lp, const ent_lp_result *r, double least, int j)
{
    const size_t n = (size_t)lp->columns;
    double terms = least + fabs(lp->c[j]);
    for (int i = 0; i < lp->rows; i++) terms += fabs(r->y[i] * lp->a[(size_t)i * n + (size_t)j]);
    const bool is_free = lp->is_free && lp->is_free[j];
    return relative(is_free ? fabs(r->reduced[j]) : fmax(0.0, r->reduced[j]), terms);
}

void ent_i_lp_verify(const ent_lp_work *w, const ent_lp *lp, ent_lp_result *out)
{
    const double least_x = column_floor(w, out->x), least_y = row_floor(w);
    double dual_value = 0.0, terms = 0.0, dearest = 0.0;
    out->primal_residual = out->dual_residual = 0.0;
    for (int i = 0; i < lp->rows; i++) {
        out->primal_residual = fmax(out->primal_residual, row_residual(lp, out->x, least_x / fabs(w->row_scale[i]), i));
        dual_value += out->y[i] * lp->b[i];
        terms += fabs(out->y[i] * lp->b[i]);
    }
    for (int j = 0; j < lp->columns; j++) {
        out->dual_residual = fmax(out->dual_residual, column_residual(lp, out, least_y / w->column_scale[j], j));
        terms += fabs(lp->c[j] * out->x[j]);
        dearest = fmax(dearest, fabs(lp->c[j]) * w->column_scale[j]);
    }
    /* An optimum of 0 has no terms of its own: the dearest column counts as in the rows. */
    out->gap = relative(fabs(out->value - dual_value), terms + least_x * dearest);
}

/* Row r of the tableau is a combination of the program's rows with weights w: the one that cannot hold. */
double ent_i_lp_farkas(ent_lp_work *w, const ent_lp *lp, int r)
{
    const int n = w->n, m = w->m;
    const double *t = ent_i_lp_row(w, r);
    const double sign = t[n] > 0.0 ? -1.0 : 1.0;
    double bound = 0.0, terms = 0.0, worst = 0.0;
    for (int i = 0; i < m; i++) {
        const int place = w->place[n + i];
        double y = sign * (place == r ? 1.0 : place < 0 ? t[-1 - place] : 0.0);
        if (w->kind[n + i] == ENT_LP_NONNEGATIVE) y = fmax(y, 0.0);
        w->y[i] = y * w->row_scale[i];
        bound += w->y[i] * lp->b[i];
        terms += fabs(w->y[i] * lp->b[i]);
    }
    const double least = row_floor(w);
    for (int j = 0; j < n; j++) {
        double sum = 0.0, size = least / w->column_scale[j];
        for (int i = 0; i < m; i++) {
            const double term = w->y[i] * lp->a[(size_t)i * (size_t)n + (size_t)j];
            sum += term, size += fabs(term);
        }
        worst = fmax(worst, relative(w->kind[j] == ENT_LP_FREE ? fabs(sum) : fmax(0.0, -sum), size));
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
        if (w->kind[j] == ENT_LP_NONNEGATIVE) step = fmax(step, 0.0);
        w->ray[j] = step * w->column_scale[j];
    }
    double gain = 0.0, worst = 0.0;
    for (int j = 0; j < n; j++) gain += lp->c[j] * w->ray[j];
    const double least = column_floor(w, w->ray);
    for (int i = 0; i < m; i++) {
        double sum = 0.0, size = least / fabs(w->row_scale[i]);
        for (int j = 0; j < n; j++) {
            const double term = lp->a[(size_t)i * (size_t)n + (size_t)j] * w->ray[j];
            sum += term, size += fabs(term);
        }
        const ent_lp_sense sense = lp->sense ? lp->sense[i] : ENT_LP_LE;
        const double bad = sense == ENT_LP_EQ ? fabs(sum) : fmax(0.0, sense == ENT_LP_LE ? sum : -sum);
        worst = fmax(worst, relative(bad, size));
    }
    return gain > 0.0 ? worst : 1.0;
}
