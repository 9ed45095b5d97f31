/** bareiss.h - exact linear algebra for small dense systems of rationals: solve, determinant, rank.
 * Fraction-free elimination in big integers, in words as long as they suffice; singular systems are
 * recognised exactly.
 *
 *   const ent_system system = {.n = n, .sides = 1, .a = a, .b = b};
 *   bool is_singular = false;
 *   ENT_TRY(ent_bareiss_solve(ctx, &system, x, &is_singular));
 */
#ifndef ENT_BAREISS_H
#define ENT_BAREISS_H

#include "exact/rat.h"

/** ent_system - A X = B with several right-hand sides; or A' X = B, for the prices that belong to a
 * basis A. */
typedef struct ent_system {
    int n, sides;       /* both >= 0 */
    const ent_rat *a;   /* [n][n], row-major */
    const ent_rat *b;   /* [n][sides], row-major: column r is right-hand side r */
    bool is_transposed; /* solve with the transpose of a */
} ent_system;

/** ent_bareiss_solve - the solution of a system.
 * Given     system       in   borrowed for the call
 * Returned  x            out  [n][sides], row-major, initialised by the caller (ent_rats_new); no
 * entry may be one of the system; untouched on error and when the matrix is singular is_singular
 * out  false: x is the unique solution
 * Status    ENT_E_ARG, ENT_E_MEMORY, ENT_E_CANCEL
 * Cost      n^3/3 + n^2 sides products of integers whose length grows to n times that of the
 *           entries. Indicative, one right-hand side, entries of two digits: 8 x 8 in 4 us, 16 x 16
 *           in 25 us, 64 x 64 in 4 ms; entries that are doubles with all their bits: 20 us, 150 us,
 *           40 ms. Columns with few entries go first, so that the unit columns of slacks cost next
 *           to nothing.
 * Source    E. Bareiss, Mathematics of Computation 22 (1968) 565-578
 * Checked   tests/t_bareiss.c
 */
ent_status ent_bareiss_solve(ent_ctx *ctx, const ent_system *system, ent_rat *x, bool *is_singular);

/** ent_bareiss_det - the determinant of a [n][n]; 1 for n = 0. det: initialised; none of the
 * entries. */
ent_status ent_bareiss_det(ent_ctx *ctx, int n, const ent_rat *a, ent_rat *det);

/** ent_rank - what the rank of a matrix is made of. */
typedef struct ent_rank {
    int rank;
    /* [rows], [columns], the caller's, either may be NULL: the first `rank` are those of a regular
       submatrix; the others follow, in no order */
    int *row, *column;
} ent_rank;

/** ent_bareiss_rank - the rank of a [rows][columns], both >= 0. */
ent_status ent_bareiss_rank(ent_ctx *ctx, int rows, int columns, const ent_rat *a, ent_rank *out);

#endif
