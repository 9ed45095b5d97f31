/** linear.h - small dense linear algebra: LU with partial pivoting, and least squares of least
 * norm. Row-major, in place. Compiled for both precisions of num/real.h. */
#ifndef ENT_LINEAR_H
#define ENT_LINEAR_H

#include "base/memory.h"
#include "num/real.h"

#ifdef ENT_WIDE
#define ent_i_lu_factor ent_i_lu_factor_wide
#define ent_i_lu_solve ent_i_lu_solve_wide
#define ent_i_qr ent_i_qr_wide
#define ent_i_least_norm ent_i_least_norm_wide
#endif

/** ent_i_lu_factor - P A = L U with rows scaled to largest entry 1 when pivots are chosen.
 * Given     n      in      order, >= 1
 *           a      in/out  [n][n]; becomes L (unit diagonal, below) and U
 * Returned  pivot  out     [n] row exchanged with row k in step k
 * Returned  the sign of the determinant: 1 or -1, or 0 when a pivot vanished (then the factors are
 *           of no use)
 * Cost      2 n^3 / 3 operations
 */
int ent_i_lu_factor(int n, ent_real *a, int *pivot, ent_real *work /* [n] */);

/** ent_i_lu_solve - overwrite b[n] with the solution. */
void ent_i_lu_solve(int n, const ent_real *a, const int *pivot, ent_real *b);

/** ent_i_qr - A P = Q R by Householder reflections with column pivoting.
 * Given     c         in/out  [columns][rows]: A, column by column; then R above the diagonal,
 *                             reflectors from it on
 *           b         in/out  [rows]; becomes Q' b
 *           rcond     in      a diagonal below rcond times the largest ends the factorisation
 * Returned  diagonal  out     [columns] of R
 *           order     out     [columns] which column of A stands at a place
 * Returned  the rank
 */
int ent_i_qr(int rows, int columns, ent_real *c, ent_real *b, ent_real rcond, ent_real *diagonal,
             int *order, ent_real *work /* [rows] */);

/** ent_i_least_norm - the least-norm minimiser of |A x - b|, by QR with column pivoting and a
 * second QR from the right.
 * Given     rows, columns  in  >= 0
 *           a      in/out  [rows][columns]; overwritten
 *           b      in/out  [rows]; overwritten
 *           rcond  in      columns of R whose diagonal is below rcond times the largest count as
 *                          dependent
 * Returned  x      out     [columns]
 *           rank   out     may be NULL
 * Status    ENT_E_MEMORY
 * Cost      about 2 rows columns min(rows, columns) operations
 */
ent_status ent_i_least_norm(ent_ctx *ctx, int rows, int columns, ent_real *a, ent_real *b,
                            ent_real rcond, ent_real *x, int *rank);

#endif
