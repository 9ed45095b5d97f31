#include "num/lp_i.h"


static const double OPTIMAL = 1e-12; /* reduced costs below this, on payoffs in [1, 2] */

/* The payoffs shifted and shrunk to [1, 2]: every row is then positive, the slack basis feasible, the optimum finite. */
static void load(ent_lp_work *w, int rows, int columns, const double *m)
{
    w->m = rows;
    w->n = columns;
    w->stride = ((size_t)columns + 4) / 4 * 4;
    w->loaded = false;
    double lo = m[0], hi = m[0];
    for (int k = 1; k < rows * columns; k++) {
        lo = m[k] < lo ? m[k] : lo;
        hi = m[k] > hi ? m[k] : hi;
    }
    const double factor = hi > lo ? 1.0 / (hi - lo) : 0.0;
    for (int i = 0; i < rows; i++) {
        double *t = ent_i_lp_row(w, i);
        for (int j = 0; j < columns; j++) t[j] = 1.0 + (m[i * columns + j] - lo) * factor;
        t[columns] = 1.0;
        for (size_t j = (size_t)columns + 1; j < w->stride; j++) t[j] = 0.0;
    }
    double *d = ent_i_lp_row(w, rows);
    for (size_t j = 0; j < 2 * w->stride; j++) d[j] = j < (size_t)columns ? 1.0 : 0.0;
}

static void slack_basis(ent_lp_work *w)
{
    for (int j = 0; j < w->n; j++) w->tail[j] = j, w->place[j] = -1 - j;
    for (int i = 0; i < w->m; i++) w->head[i] = w->n + i, w->place[w->n + i] = i;
    for (int k = 0; k < w->n + w->m; k++) w->kind[k] = ENT_LP_NONNEGATIVE;
}

int ent_lp_game(ent_lp_work *w, int rows, int columns, const double *m, int *row, int *column)
{
    int size = 0, ignored = 0, at = -1;
    load(w, rows, columns, m);
    slack_basis(w);
    (void)ent_i_lp_primal(w, OPTIMAL, &at);
    for (int j = 0; j < columns; j++)
        if (w->place[j] >= 0) column[size++] = j;
    for (int i = 0; i < rows; i++)
        if (w->place[columns + i] < 0) row[ignored++] = i;
    return size;
}
