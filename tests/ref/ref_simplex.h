/** ref_simplex.h - linear programs in rationals by the textbook: two phases, Bland's rule, one
 * pivot after another. Slow and simple by design. max c x, A x <= b, x >= 0.
 */
#ifndef REF_SIMPLEX_H
#define REF_SIMPLEX_H

#include "exact/rat.h"

typedef enum ref_simplex_outcome {
    REF_SIMPLEX_OPTIMAL,
    REF_SIMPLEX_INFEASIBLE,
    REF_SIMPLEX_UNBOUNDED
} ref_simplex_outcome;

/** a [m][n], b [m], c [n]; value and x [n] (may be NULL) are the caller's, initialised. */
ref_simplex_outcome ref_simplex(int m, int n, const ent_rat *a, const ent_rat *b, const ent_rat *c,
                                ent_rat *value, ent_rat *x);

/** ref_simplex_game - the value of the matrix game m[rows][columns], rows maximising. */
void ref_simplex_game(int rows, int columns, const ent_rat *m, ent_rat *value);

#endif
