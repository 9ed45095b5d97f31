/** ref_gauss.h - Gauss elimination in fractions, row by row as in a textbook; shares only ent_rat
 * with the library. */
#ifndef REF_GAUSS_H
#define REF_GAUSS_H

#include "exact/rat.h"

/** ref_gauss - reduce a copy of a [rows][columns] to echelon form over its first `pivotable`
 * columns; out holds it, every pivot 1 and alone in its column. Returned: the rank; *det: the
 * product of the pivots with the sign of the exchanges. */
int ref_gauss(int rows, int columns, int pivotable, const ent_rat *a, ent_rat *out, ent_rat *det);

#endif
