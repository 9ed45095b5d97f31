/** bayes_exact_solve.h - a linear system in rationals near a point that is known in doubles.
 *
 * Where the system leaves freedom, the free unknowns are set to simple fractions near their
 * doubles, and the others follow exactly. So a solution in the interior of a face of solutions
 * becomes an exact one in the same face.
 */
#ifndef ENT_BAYES_EXACT_SOLVE_H
#define ENT_BAYES_EXACT_SOLVE_H

#include "exact/rat.h"

/** ent_exact_system - rows . x = right, row-major, the right side in the last column. Free with
 * ent_i_bayes_exact_system_free. */
typedef struct ent_exact_system {
    int rows, columns; /* columns counts the unknowns */
    ent_rat *a;        /* [rows][columns+1] */
} ent_exact_system;

ent_status ent_i_bayes_exact_system_new(ent_ctx *ctx, int rows, int columns, ent_exact_system *out);
void ent_i_bayes_exact_system_free(ent_exact_system *system);

/** ent_i_bayes_exact_at - the coefficient in row r of unknown c; c = columns is the right side. */
static inline ent_rat *ent_i_bayes_exact_at(const ent_exact_system *system, int r, int c)
{
    return &system->a[(size_t)r * (size_t)(system->columns + 1) + (size_t)c];
}

/** ent_i_bayes_exact_solve - solve, exactly.
 * Given     system    in/out  overwritten
 *           near      in      [columns] where a solution is believed to be; unknowns that are large
 *                             there are determined by the others; infinite: determine this one
 *                             first
 *           relative  in      how near free unknowns stay to `near`, relative to themselves
 * Returned  x         out     [columns], initialised by the caller
 *           consistent out    false: the system has no solution, x is unchanged
 *           freedom   out     how many unknowns were free
 * Cost      rows * columns * rank exact operations
 */
ent_status ent_i_bayes_exact_solve(ent_ctx *ctx, ent_exact_system *system, const double *near,
                                   double relative, ent_rat *x, bool *consistent, int *freedom);

/** ent_i_recognise - the simplest fraction within `tolerance` (absolute) of x; x itself when
 * tolerance is 0. */
void ent_i_recognise(double x, double tolerance, ent_rat *out);

#endif
