/** lu.h - square linear systems of up to some hundred unknowns. */
#ifndef ENT_LU_H
#define ENT_LU_H

#include <stdbool.h>

/** ent_lu_factor - m [n][n] becomes its factors, with row exchanges in order [n]; false when a pivot is 0.
 * ent_lu_solve - v [n] becomes the solution.
 */
bool ent_lu_factor(int n, double *m, int *order);
void ent_lu_solve(int n, const double *m, const int *order, double *v);

#endif
