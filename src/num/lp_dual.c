/* The dual simplex: exact steepest edge by rows; the ratio test takes the largest pivot among
 * nearly equal ratios, and after a stall both choices follow the smallest index, which cannot
 * cycle. */
#include "num/lp_i.h"

#include <math.h>

/* a pivot smaller than this, against its row, is rounding */
static const double PIVOT_RELATIVE = 1e-11;
static const double RATIO_SLACK = 1e-12;

/* By how much the basic variable of row i violates its bound. */
static double violation(const ent_lp_work *w, int i)
{
    const double x = ent_i_lp_row(w, i)[w->n];
    const ent_lp_kind kind = w->kind[w->head[i]];
    if (kind == ENT_LP_FREE) return 0.0;
    return kind == ENT_LP_FIXED ? fabs(x) : -x;
}

double ent_i_lp_infeasibility(const ent_lp_work *w)
{
    double most = 0.0;
    for (int i = 0; i < w->m; i++) most = ent_i_larger(violation(w, i), most);
    return most;
}

double ent_i_lp_dual_infeasibility(const ent_lp_work *w)
{
    const double *d = ent_i_lp_row(w, w->m);
    double most = 0.0;
    for (int q = 0; q < w->n; q++) {
        const ent_lp_kind kind = w->kind[w->tail[q]];
        if (kind != ENT_LP_FIXED)
            most = ent_i_larger(kind == ENT_LP_FREE ? fabs(d[q]) : d[q], most);
    }
    return most;
}

static int leaving(const ent_lp_work *w, double tolerance, bool by_index)
{
    int best = -1;
    double most = 0.0, under = 1.0; /* the best gain as a fraction */
    for (int i = 0; i < w->m; i++) {
        const double v = violation(w, i);
        if (!(v > tolerance)) continue;
        const double gain = v * v;
        if (by_index ? best < 0 || w->head[i] < w->head[best] : gain * under > most * w->square[i])
            most = gain, under = w->square[i], best = i;
    }
    return best;
}

/* How much raising the nonbasic variable of column q repairs a row with entry t there. */
static double repair(const ent_lp_work *w, double t, int q)
{
    const ent_lp_kind kind = w->kind[w->tail[q]];
    return kind == ENT_LP_FIXED ? 0.0 : kind == ENT_LP_FREE ? fabs(t) : t;
}

static double cost(const ent_lp_work *w, const double *d, int q)
{
    return w->kind[w->tail[q]] == ENT_LP_FREE ? 0.0 : ent_i_larger(0.0, -d[q]);
}

/* The columns that repair row r; their number. *largest: of all entries of the row. */
static int candidates(ent_lp_work *w, int r, double sign, double *largest)
{
    const double *t = ent_i_lp_row(w, r);
    int count = 0;
    *largest = 0.0;
    for (int q = 0; q < w->n; q++) {
        *largest = ent_i_larger(fabs(t[q]), *largest);
        w->candidate[count] = q;
        count += repair(w, sign * t[q], q) > 0.0;
    }
    return count;
}

static int entering(ent_lp_work *w, const double *d, int r, bool by_index)
{
    const double *t = ent_i_lp_row(w, r);
    const double sign = t[w->n] > 0.0 ? 1.0 : -1.0, slack = by_index ? 0.0 : RATIO_SLACK;
    double largest, limit = (double)INFINITY;
    const int count = candidates(w, r, sign, &largest);
    const double least = PIVOT_RELATIVE * largest;
    for (int k = 0; k < count; k++) {
        const int q = w->candidate[k];
        if (fabs(t[q]) > least) limit = ent_i_smaller((cost(w, d, q) + slack) / fabs(t[q]), limit);
    }
    int best = -1;
    double most = 0.0;
    for (int k = 0; k < count; k++) {
        const int q = w->candidate[k];
        const double s = fabs(t[q]);
        if (!(s > least) || !(cost(w, d, q) / s <= limit)) continue;
        if (by_index ? best < 0 || w->tail[q] < w->tail[best] : s > most) most = s, best = q;
    }
    return best;
}

ent_lp_verdict ent_i_lp_dual(ent_lp_work *w, int row, double tolerance, int *at)
{
    const int limit = 100 * (w->m + w->n) + 1000, patience = w->m + w->n;
    const double *d = ent_i_lp_row(w, row);
    ent_i_lp_squares(w, ENT_LP_BY_ROW);
    for (int step = 0, stalled = 0; step < limit; step++) {
        const bool by_index = stalled >= patience;
        const int r = leaving(w, tolerance, by_index);
        if (r < 0) return ENT_LP_STOP;
        *at = r;
        const int q = entering(w, d, r, by_index);
        if (q < 0) return ENT_LP_NO_PIVOT;
        stalled = cost(w, d, q) > RATIO_SLACK ? 0 : stalled + 1;
        ent_i_lp_pivot(w, r, q, ENT_LP_BY_ROW);
    }
    return ENT_LP_TOO_LONG;
}
