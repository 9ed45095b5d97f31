/** keyed_lp.h - linear programs in which groups of variables sum to 1, as the probabilities of a
 * lottery do.
 *
 * The first rows say so: row g is the sum of columns first[g] to first[g+1] - 1, each with
 * coefficient 1, = b_g > 0. Columns after the last group are in none. In each group one variable,
 * the key, is b_g less the others; written in these the program is smaller, and its slack basis is
 * the basis of the keys: with the dearest of each group as keys it is dual feasible, with keys that
 * are feasible it is feasible. Nothing is pivoted to get there, and no column is kept for the
 * equations.
 */
#ifndef ENT_KEYED_LP_H
#define ENT_KEYED_LP_H

#include "num/lp.h"

typedef struct ent_keyed_lp ent_keyed_lp;

/** ent_keyed_lp_new - a work area for programs with these rows, columns and groups.
 * Given     first  in   [groups+1] ascending from 0; borrowed as long as the work area lives
 * Returned  out    out  free with ent_keyed_lp_free; untouched on error
 */
ent_status ent_keyed_lp_new(ent_ctx *ctx, int rows, int columns, int groups, const int *first,
                            ent_keyed_lp **out);
void ent_keyed_lp_free(ent_keyed_lp *work);

/** ent_keyed_lp_solve - solve one program; total.
 * Given     lp   in   of the work area's size; is_free = NULL
 *           key  in   [groups] a column of each group
 * Returned  out  out  as of ent_lp_solve, about the program as given; residuals are those of the
 *                     smaller one
 * Cost      rows columns for the smaller program, and its solution
 * Checked   tests/t_keyed_lp.c
 */
void ent_keyed_lp_solve(ent_keyed_lp *work, const ent_lp *lp, const int *key, ent_lp_result *out);

#endif
