/** lp.h - linear programs of up to a few hundred rows, dense, in doubles: the inner loop of two
 * families.
 *
 *     maximise c x   subject to   A x <= b, = b or >= b row by row,   x_j >= 0 or free
 *
 * One work area serves any number of programs up to its size; solving allocates nothing. Every
 * final basis is verified on the data as given (not on the tableau), refactored on doubt, and the
 * residuals are part of the answer. The exact twin, num/lp_exact.h, decides the same program in
 * rationals starting from the basis found here.
 *
 *   ent_lp_work *work = NULL;
 *   ENT_TRY(ent_lp_work_new(ctx, rows, columns, &work));
 *   const ent_lp lp = {.rows = m, .columns = n, .a = a, .b = b, .c = c, .sense = sense};
 *   ent_lp_result r;
 *   ent_lp_solve(work, &lp, ENT_LP_COLD, NULL, &r);
 *   if (r.outcome == ENT_LP_OPTIMAL) use(r.x, r.y);
 */
#ifndef ENT_LP_H
#define ENT_LP_H

#include "base/memory.h"

typedef enum ent_lp_sense { ENT_LP_LE, ENT_LP_EQ, ENT_LP_GE } ent_lp_sense;

typedef enum ent_lp_outcome {
    ENT_LP_OPTIMAL,
    ENT_LP_INFEASIBLE, /* y is a ray that proves it */
    ENT_LP_UNBOUNDED,  /* x is feasible, and ray leads upward from it */
    /* too many pivots, or no basis that stands the verification; x, y are the last ones */
    ENT_LP_LIMIT
} ent_lp_outcome;

/** ent_lp - a program; everything is borrowed for the call and finite. */
typedef struct ent_lp {
    int rows, columns;
    const double *a;           /* [rows][columns] */
    const double *b;           /* [rows] */
    const double *c;           /* [columns] */
    const ent_lp_sense *sense; /* [rows]; NULL: all <= */
    const bool *is_free;       /* [columns]; NULL: all x >= 0 */
} ent_lp;

/** ent_lp_start - where to begin. */
typedef enum ent_lp_start {
    ENT_LP_COLD, /* the slacks */
    /* a given basis: [rows] distinct variables; a singular one is repaired with slacks */
    ENT_LP_BASIS,
    /* only c changed since the last program solved in this work area: no refactoring */
    ENT_LP_NEW_OBJECTIVE,
    ENT_LP_NEW_BOUNDS /* only b changed */
} ent_lp_start;

/** ent_lp_result - the arrays belong to the work area and last until its next use.
 * Variables of a basis: j < columns is x_j, columns + i is the slack of row i.
 */
typedef struct ent_lp_result {
    ent_lp_outcome outcome;
    double value;    /* c x */
    const double *x; /* [columns] */
    /* [rows] duals: >= 0 for <=, <= 0 for >=, any for =. INFEASIBLE: y A >= 0 (= 0 where x_j is
       free) and y b < 0, with the same signs */
    const double *y;
    const double *reduced; /* [columns] c - y A: <= 0 at an optimum, 0 where x_j is basic or free */
    const double *ray;     /* [columns] UNBOUNDED: A ray <= 0 (= 0, >= 0 by sense), c ray > 0 */
    const int *basis;      /* [rows] */
    /* largest violation of a row or sign, relative to the terms that make it up */
    double primal_residual;
    double dual_residual; /* the same for reduced costs and signs of y */
    double gap;           /* |c x - b y| relative to the terms that make them up */
    int pivots, refactors;
} ent_lp_result;

typedef struct ent_lp_work ent_lp_work;

/** ent_lp_work_new - a work area for programs of up to `rows` rows and `columns` columns (each >=
 * 0).
 * Returned  out  free with ent_lp_work_free; untouched on error
 * Status    ENT_E_ARG, ENT_E_MEMORY
 * Cost      memory about rows * (columns + rows) doubles
 */
ent_status ent_lp_work_new(ent_ctx *ctx, int rows, int columns, ent_lp_work **out);

/** ent_lp_work_shaped - the same for programs of many shapes, none with more than `cells` = (rows +
 * 4) (columns + 8). */
ent_status ent_lp_work_shaped(ent_ctx *ctx, int rows, int columns, int64_t cells,
                              ent_lp_work **out);
void ent_lp_work_free(ent_lp_work *work);

/** ent_lp_solve - solve one program; total: whatever happens is an outcome.
 * Given     lp     in  at most as large as the work area
 *           start  in  ENT_LP_NEW_OBJECTIVE and ENT_LP_NEW_BOUNDS need the same rows, columns, A,
 *                      senses and signs as the last call on this work area; the caller answers for
 *                      that
 *           basis  in  [rows] with ENT_LP_BASIS, else NULL
 * Cost      primal or dual simplex with exact steepest edge, whichever the start allows; O(rows *
 *           columns) a pivot
 * Differs   ties are broken lexicographically (primal) and by smallest index after a stall (dual):
 *           it never cycles
 */
void ent_lp_solve(ent_lp_work *work, const ent_lp *lp, ent_lp_start start, const int *basis,
                  ent_lp_result *out);

/** ent_lp_mixes - where ent_lp_game leaves strategies and the kernel, all of them the caller's
 * memory. */
typedef struct ent_lp_mixes {
    double *x, *y;     /* [rows], [columns], sum 1 up to rounding */
    int *row, *column; /* [min(rows, columns)] increasing */
} ent_lp_mixes;

/** ent_lp_game - a matrix game by the same tableau, without scaling: max sum y, M y <= 1 on payoffs
 * shifted to [1, 2]. concept/matrix_game.h is what users call; it tries cheaper ways first and
 * verifies what comes out.
 * Given     m       in   [rows][columns] payoffs to the row player, finite, within the work area
 *           lo, hi  in   least and largest payoff
 * Returned  the size of the kernel, 0 when the loop stalled and mixes means nothing
 */
int ent_lp_game(ent_lp_work *work, int rows, int columns, const double *m, double lo, double hi,
                const ent_lp_mixes *mixes);

/** ent_lp_outcome_word - "optimal", "infeasible", "unbounded", "limit". */
const char *ent_lp_outcome_word(ent_lp_outcome outcome);

#endif
