/** exact_solve.h - square linear systems and matrix games in rationals: what the exact twins of concept/ share. */
#ifndef ENT_EXACT_SOLVE_H
#define ENT_EXACT_SOLVE_H

#include "concept/matrix_exact.h"

/** ent_i_exact_solve - Gauss-Jordan without fractions where the data are integers (Bareiss), with row exchanges.
 * Given     a  in   [n][n + sides] the matrix and its right-hand sides; destroyed
 * Returned  z  out  [sides][n] the solutions; false, and z untouched, when the matrix is singular
 */
bool ent_i_exact_solve(int n, int sides, ent_rat *a, ent_rat *z);

/** ent_i_exact_game_simplex - a matrix game by the simplex of smallest indices in rationals: slow, and never wrong. */
ent_status ent_i_exact_game_simplex(ent_ctx *ctx, int rows, int columns, const ent_rat *m, ent_exact_game *out);

#endif
