/** kernel.h - questions about matrices of rationals: what their rows span, what they send to 0, and
 * whether all near one have full rank. */
#ifndef ENT_KERNEL_H
#define ENT_KERNEL_H

#include "exact/bareiss.h"

/** ent_reduce - the reduced row echelon form, in place: it depends on the span of the rows alone,
 * so that two programs that reach the same span in different ways agree.
 * Given     a      in/out  [rows][columns]; on return the first `rank` rows are the form's, the
 *                          others 0
 * Returned  pivot  out     [min(rows, columns)] the first `rank` are the columns of the leading
 *                          ones, ascending
 * Returned  the rank
 * Cost      rows * columns * rank operations in rationals
 */
int ent_reduce(int rows, int columns, ent_rat *a, int *pivot);

/** ent_kernel - a basis of {x : A x = 0}, one vector for each column without a leading one in the
 * reduced form: it depends on the kernel alone.
 * Given     a      in   [rows][columns]
 * Returned  basis  out  [n][columns], on the heap: free with ent_rats_free(basis, n * columns);
 *                       NULL when n = 0
 *           n      out  columns less rank
 */
ent_status ent_kernel(ent_ctx *ctx, int rows, int columns, const ent_rat *a, ent_rat **basis,
                      int *n);

/** ent_full_rank - has every matrix whose entries differ from those of A by at most `radius`
 * linearly independent columns? Sufficient: with P the inverse of a regular square part of A, all
 * rows of |P| radius sum to less than 1.
 * Given  a, radius  in  [rows][columns], radius >= 0
 * Returned  holds  out  false: A has not, or the condition fails
 * Checked  tests/t_kernel.c
 */
ent_status ent_full_rank(ent_ctx *ctx, int rows, int columns, const ent_rat *a,
                         const ent_rat *radius, bool *holds);

#endif
