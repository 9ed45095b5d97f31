/** lp_i.h - the inside of the dense linear programs: a condensed tableau.
 *
 * Row i says  x_head[i] + sum_q t[i][q] x_tail[q] = t[i][n], and row m (the objective) holds
 * reduced costs d_q and, at [m][n], minus the value. Variables j < n are the program's, n + i the
 * slack of row i. Row m+1 is the objective of phase 1. All numbers are scaled by powers of two: a
 * row by row_scale (negative for >=), a column by column_scale.
 */
#ifndef ENT_LP_I_H
#define ENT_LP_I_H

#include "num/lp.h"

/* FIXED: at 0, a slack of = */
typedef enum ent_lp_kind { ENT_LP_NONNEGATIVE, ENT_LP_FREE, ENT_LP_FIXED } ent_lp_kind;

struct ent_lp_work {
    int rows_max, columns_max;
    int m, n;
    size_t stride;     /* of t: n + 1 rounded up */
    double *t;         /* [m + 2][stride] */
    int *head;         /* [m] basic variables */
    int *tail;         /* [n] nonbasic ones */
    int *place;        /* [n + m] row of a basic variable, -1 - column of a nonbasic one */
    ent_lp_kind *kind; /* [n + m] */
    double *row_scale, *column_scale;
    double bound_scale, cost_scale;
    double *square; /* [max(stride, m)] steepest-edge weights */
    int *group;     /* [stride / 4 + 1] where a pivot row is not all zeros */
    int *candidate; /* [n] columns that may enter */
    int *origin;    /* [m] the basis that lexicographic comparisons start from */
    bool loaded;    /* the tableau holds the last program */
    bool wide;      /* the processor has AVX2 */
    int pivots, refactors;
    double *x, *y, *reduced, *ray;
    int *basis, *wanted; /* [m] */
};

/** ent_i_larger, ent_i_smaller - of two numbers, without the care for NaN that keeps fmax from
 * being one instruction. */
static inline double ent_i_larger(double a, double b) { return a > b ? a : b; }
static inline double ent_i_smaller(double a, double b) { return a < b ? a : b; }

typedef enum ent_lp_verdict { ENT_LP_STOP, ENT_LP_NO_PIVOT, ENT_LP_TOO_LONG } ent_lp_verdict;

static inline double *ent_i_lp_row(const ent_lp_work *w, int i)
{
    return w->t + (size_t)i * w->stride;
}

/** ent_i_lp_load - scaled data, slack basis, free variables pivoted in. ent_i_lp_objective,
 * ent_i_lp_bounds - recompute the objective row, the right-hand column, for the current basis. */
void ent_i_lp_load(ent_lp_work *w, const ent_lp *lp);
void ent_i_lp_objective(ent_lp_work *w, const ent_lp *lp);
void ent_i_lp_bounds(ent_lp_work *w, const ent_lp *lp);

/** ent_i_lp_refactor - load, then pivot the basis `wanted` in by Gauss-Jordan elimination with row
 * pivoting. */
void ent_i_lp_refactor(ent_lp_work *w, const ent_lp *lp, const int *wanted);

/** ent_i_lp_pivot - exchange basic row r and nonbasic column q. squares: also leave 1 + the sums of
 * squares of the new columns (BY_COLUMN, m + padding of them) or rows (BY_ROW) in w->square. */
typedef enum ent_lp_squares { ENT_LP_NO_SQUARES, ENT_LP_BY_COLUMN, ENT_LP_BY_ROW } ent_lp_squares;
void ent_i_lp_pivot(ent_lp_work *w, int r, int q, ent_lp_squares squares);
void ent_i_lp_squares(ent_lp_work *w, ent_lp_squares squares);
bool ent_i_lp_wide(void); /* may w->wide be set? */

/** ent_i_lp_primal - primal simplex on objective row m from a feasible basis. NO_PIVOT: unbounded
 * along column *column.
 * ent_i_lp_dual - dual simplex on objective row `row` until feasible. NO_PIVOT: row *at proves
 * infeasibility. */
ent_lp_verdict ent_i_lp_primal(ent_lp_work *w, double tolerance, int *column);
ent_lp_verdict ent_i_lp_dual(ent_lp_work *w, int row, double tolerance, int *at);

/** Passes over a row a[n]: its largest magnitude; most[j] covers factor |a_j|; t_j = a_j factor
 * column_j; sum a x with the sum of its terms' magnitudes; rest -= y a, with terms += |y a|. */
double ent_i_lp_row_largest(const ent_lp_work *w, int n, const double *a);
void ent_i_lp_row_cover(const ent_lp_work *w, int n, double factor, const double *a, double *most);
void ent_i_lp_row_scaled(const ent_lp_work *w, int n, double factor, const double *a,
                         const double *column, double *t);
void ent_i_lp_row_product(const ent_lp_work *w, int n, const double *a, const double *x,
                          double *sum, double *terms);
void ent_i_lp_row_subtract(const ent_lp_work *w, int n, double y, const double *a, double *rest,
                           double *terms);

/** ent_i_lp_infeasibility, ent_i_lp_dual_infeasibility - the largest violation in the tableau. */
double ent_i_lp_infeasibility(const ent_lp_work *w);
double ent_i_lp_dual_infeasibility(const ent_lp_work *w);

/** ent_i_lp_read - x, y, reduced and the basis out of the tableau; ent_i_lp_verify - residuals on
 * the given data. */
void ent_i_lp_read(ent_lp_work *w, const ent_lp *lp, ent_lp_result *out);
void ent_i_lp_verify(const ent_lp_work *w, const ent_lp *lp, ent_lp_result *out);
/** The rays of infeasible (row r) and unbounded (column q) programs, and how well the data bear
 * them out. */
double ent_i_lp_farkas(ent_lp_work *w, const ent_lp *lp, int r);
double ent_i_lp_ascent(ent_lp_work *w, const ent_lp *lp, int q);

#endif
