/* Matrix games on the tableau: max sum y, M y <= 1 with payoffs shifted to [1, 2], so that the
 * slacks are a feasible start and the optimum is finite. The loop is the primal simplex without its
 * generality; when it stalls, the caller's general program, which cannot cycle, takes over. */
#include "num/lp_i.h"
#include "num/vector.h"

#include <math.h>

enum { WIDTH = 4 };

static const double OPTIMAL = 1e-12; /* reduced costs below this, on payoffs in [1, 2] */
static const double PIVOT = 1e-10;   /* entries below this are no pivots */
/* ratios closer than this, relative, count as equal: the larger pivot wins */
static const double SAME = 1e-12;

static void load(ent_lp_work *w, int rows, int columns, const double *m, double lo, double hi)
{
    w->m = rows;
    w->n = columns;
    w->stride = ((size_t)columns + 4) / 4 * 4;
    w->loaded = false;
    const double factor = hi > lo ? 1.0 / (hi - lo) : 0.0;
    for (int i = 0; i < rows; i++) {
        double *t = ent_i_lp_row(w, i);
        const double *p = m + (size_t)i * (size_t)columns;
        int q = 0;
        for (; q + WIDTH <= columns; q += WIDTH)
            *ent_at(t, (size_t)q) = 1.0 + (*ent_read_at(p, (size_t)q) - lo) * factor;
        for (; q < columns; q++) t[q] = 1.0 + (p[q] - lo) * factor;
        t[columns] = 1.0;
        for (size_t j = (size_t)columns + 1; j < w->stride; j++) t[j] = 0.0;
        w->head[i] = columns + i;
        w->place[columns + i] = i;
    }
    double *d = ent_i_lp_row(w, rows);
    for (size_t j = 0; j < 2 * w->stride; j++) d[j] = j < (size_t)columns ? 1.0 : 0.0;
    for (int j = 0; j < columns; j++) w->tail[j] = j, w->place[j] = -1 - j;
}

static int entering(const ent_lp_work *w, const double *d)
{
    int best = -1;
    double top = 0.0, under = 1.0; /* the best gain as a fraction */
    for (int q = 0; q < w->n; q++) {
        if (!(d[q] > OPTIMAL)) continue;
        const double gain = d[q] * d[q];
        if (gain * under > top * w->square[q]) top = gain, under = w->square[q], best = q;
    }
    return best;
}

/* Ratios right / pivot are compared as products: a division would keep the processor waiting for
 * which way to go. */
static int leaving(const ent_lp_work *w, int q)
{
    int best = -1;
    double right = (double)INFINITY, pivot = 0.0; /* of the best row */
    for (int i = 0; i < w->m; i++) {
        const double *t = ent_i_lp_row(w, i);
        if (!(t[q] > PIVOT)) continue;
        const double here = t[w->n] * pivot, there = right * t[q];
        if (here > there * (1.0 + SAME) || (here >= there * (1.0 - SAME) && !(t[q] > pivot)))
            continue;
        best = i, pivot = t[q], right = t[w->n];
    }
    return best;
}

/* The strategies as they stand in the tableau, and the kernel: structural variables in the basis,
 * slacks outside. */
static int read(const ent_lp_work *w, double *x, double *y, int *row, int *column)
{
    const int n = w->n;
    const double *d = ent_i_lp_row(w, w->m);
    const double unit = -1.0 / d[n];
    int rows = 0, columns = 0;
    for (int j = 0; j < n; j++) {
        const int place = w->place[j];
        y[j] = 0.0;
        if (place < 0) continue;
        column[columns++] = j;
        const double weight = ent_i_lp_row(w, place)[n] * unit;
        y[j] = weight > 0.0 ? weight : 0.0;
    }
    for (int i = 0; i < w->m; i++) {
        const int place = w->place[n + i];
        x[i] = 0.0;
        if (place >= 0) continue;
        row[rows++] = i;
        const double weight = -d[-1 - place] * unit;
        x[i] = weight > 0.0 ? weight : 0.0;
    }
    return columns;
}

int ent_lp_game(ent_lp_work *w, int rows, int columns, const double *m, double lo, double hi,
                const ent_lp_mixes *mixes)
{
    const int limit = 20 + 4 * (rows + columns);
    load(w, rows, columns, m, lo, hi);
    const double *d = ent_i_lp_row(w, rows);
    ent_i_lp_squares(w, ENT_LP_BY_COLUMN);
    for (int step = 0; step < limit; step++) {
        const int q = entering(w, d), r = q < 0 ? -1 : leaving(w, q);
        if (q < 0) return read(w, mixes->x, mixes->y, mixes->row, mixes->column);
        if (r < 0) return 0;
        ent_i_lp_pivot(w, r, q, ENT_LP_BY_COLUMN);
    }
    return 0;
}
