#include "num/lp_i.h"

#include <math.h>
#include <string.h>

/* a column whose pivots are all below this, scaled, depends on those before it */
static const double SINGULAR = 1e-10;

/* The row in which variable j can best become basic: its slack must have to leave, that is, be
 * marked in `leaves`. */
static int pivot_row(const ent_lp_work *w, const bool *leaves, int q)
{
    int best = -1;
    double most = SINGULAR;
    for (int i = 0; i < w->m; i++) {
        if (w->head[i] < w->n || !leaves[w->head[i] - w->n]) continue;
        const double t = fabs(ent_i_lp_row(w, i)[q]);
        if (t > most) most = t, best = i;
    }
    return best;
}

/* Which slacks leave: the steepest-edge weights, [rows + columns] doubles that nobody reads now,
 * lend their memory. */
static bool *marks(ent_lp_work *w) { return (bool *)(void *)w->square; }

void ent_i_lp_refactor(ent_lp_work *w, const ent_lp *lp, const int *wanted)
{
    ent_i_lp_load(w, lp);
    bool *leaves = marks(w);
    for (int i = 0; i < w->m; i++) leaves[i] = true;
    for (int k = 0; k < w->m; k++)
        if (wanted[k] >= w->n) leaves[wanted[k] - w->n] = false;
    for (int k = 0; k < w->m; k++) {
        const int j = wanted[k];
        if (j >= w->n || w->place[j] >= 0) continue;
        const int q = -1 - w->place[j], r = pivot_row(w, leaves, q);
        if (r >= 0) ent_i_lp_pivot(w, r, q, ENT_LP_NO_SQUARES);
    }
    w->refactors++;
}
