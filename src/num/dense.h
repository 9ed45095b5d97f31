/** dense.h - small square linear systems that may be singular. */
#ifndef ENT_DENSE_H
#define ENT_DENSE_H

#include <stdbool.h>

/** ent_dense_solve - Gauss with complete pivoting.
 * Given     m      in|out  [n][n]; destroyed;  least  in  pivots not above this end the elimination
 *           order  work    [n]
 * Returned  v      in|out  [n] the right-hand side, then the solution; unknowns that the equations
 *           leave open are 0 the rank
 */
int ent_dense_solve(int n, double *m, double *v, double least, int *order);

#endif
