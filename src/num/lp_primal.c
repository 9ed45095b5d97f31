/* The primal simplex: exact steepest edge; the ratio test takes the largest pivot among nearly
 * equal ratios (Harris), and after a stall the lexicographic rule, which cannot cycle, until a step
 * makes progress. */
#include "num/lp_i.h"

#include <math.h>
#include <string.h>

/* a pivot smaller than this, against its column, is rounding */
static const double PIVOT_RELATIVE = 1e-11;
/* how far bounds of order 1 may be overstepped for a better pivot */
static const double RATIO_SLACK = 1e-12;

/* The variable of nonbasic column q whose growth (or, when free, fall) improves the objective most
 * per unit of distance. */
static int entering(const ent_lp_work *w, const double *d, double tolerance)
{
    int best = -1;
    double most = 0.0;
    for (int q = 0; q < w->n; q++) {
        if (!(d[q] > tolerance) && !(d[q] < -tolerance)) continue;
        const ent_lp_kind kind = w->kind[w->tail[q]];
        if (kind == ENT_LP_FIXED || (kind == ENT_LP_NONNEGATIVE && d[q] < 0.0)) continue;
        const double gain = d[q] * d[q] / w->square[q];
        if (gain > most) most = gain, best = q;
    }
    return best;
}

/* How fast the basic variable of row i runs into a bound; 0 when it never does. */
static double speed(const ent_lp_work *w, int i, double sign, int q, double least)
{
    const double t = sign * ent_i_lp_row(w, i)[q];
    const ent_lp_kind kind = w->kind[w->head[i]];
    if (kind == ENT_LP_FREE) return 0.0;
    if (kind == ENT_LP_FIXED) return fabs(t) > least ? fabs(t) : 0.0;
    return t > least ? t : 0.0;
}

static double distance(const ent_lp_work *w, int i)
{
    return w->kind[w->head[i]] == ENT_LP_FIXED ? 0.0 : ent_i_larger(0.0, ent_i_lp_row(w, i)[w->n]);
}

static double least_pivot(const ent_lp_work *w, int q)
{
    double most = 0.0;
    for (int i = 0; i < w->m; i++) most = ent_i_larger(fabs(ent_i_lp_row(w, i)[q]), most);
    return PIVOT_RELATIVE * most;
}

static int leaving_harris(const ent_lp_work *w, int q, double sign)
{
    const double least = least_pivot(w, q);
    double limit = (double)INFINITY;
    for (int i = 0; i < w->m; i++) {
        const double s = speed(w, i, sign, q, least);
        if (s > 0.0) limit = ent_i_smaller((distance(w, i) + RATIO_SLACK) / s, limit);
    }
    int best = -1;
    double most = 0.0;
    for (int i = 0; i < w->m; i++) {
        const double s = speed(w, i, sign, q, least);
        if (s > most && distance(w, i) <= limit * s) most = s, best = i;
    }
    return best;
}

/* Entry of row i in the column of variable k of the basis in which the stall began. */
static double lex_entry(const ent_lp_work *w, int i, int k)
{
    const int place = w->place[w->origin[k]];
    if (place < 0) return ent_i_lp_row(w, i)[-1 - place];
    return place == i ? 1.0 : 0.0;
}

static bool lex_less(const ent_lp_work *w, int i, double si, int k, double sk)
{
    const double a = distance(w, i) / si, b = distance(w, k) / sk;
    if (a != b) return a < b;
    for (int v = 0; v < w->m; v++) {
        const double x = lex_entry(w, i, v) / si, y = lex_entry(w, k, v) / sk;
        if (x != y) return x < y;
    }
    return false;
}

static int leaving_lexicographic(const ent_lp_work *w, int q, double sign)
{
    const double least = least_pivot(w, q);
    int best = -1;
    double speed_best = 0.0;
    for (int i = 0; i < w->m; i++) {
        const double s = speed(w, i, sign, q, least);
        if (s > 0.0 && (best < 0 || lex_less(w, i, s, best, speed_best))) best = i, speed_best = s;
    }
    return best;
}

ent_lp_verdict ent_i_lp_primal(ent_lp_work *w, double tolerance, int *column)
{
    const int limit = 100 * (w->m + w->n) + 1000, patience = w->m + w->n;
    const double *d = ent_i_lp_row(w, w->m);
    ent_i_lp_squares(w, ENT_LP_BY_COLUMN);
    for (int step = 0, stalled = 0; step < limit; step++) {
        const int q = entering(w, d, tolerance);
        if (q < 0) return ENT_LP_STOP;
        *column = q;
        const double sign = d[q] > 0.0 ? 1.0 : -1.0;
        if (stalled == patience) memcpy(w->origin, w->head, (size_t)w->m * sizeof *w->head);
        const int r =
            stalled >= patience ? leaving_lexicographic(w, q, sign) : leaving_harris(w, q, sign);
        if (r < 0) return ENT_LP_NO_PIVOT;
        stalled = distance(w, r) > RATIO_SLACK ? 0 : stalled + 1;
        ent_i_lp_pivot(w, r, q, ENT_LP_BY_COLUMN);
    }
    return ENT_LP_TOO_LONG;
}
