/** lp_exact.h - the exact twin of linear programs: the basis that doubles found, proved in
 * rationals, or moved until it is optimal.
 *
 *     maximise c x   subject to   A x <= b, = b or >= b row by row,   x_j >= 0 or free
 */
#ifndef ENT_LP_EXACT_H
#define ENT_LP_EXACT_H

#include "exact/rat.h"
#include "num/lp.h"

/** ent_exact_lp - as ent_lp, in rationals; everything is borrowed for the call. */
typedef struct ent_exact_lp {
    int rows, columns;
    const ent_rat *a, *b, *c;
    const ent_lp_sense *sense; /* NULL: all <= */
    const bool *is_free;       /* NULL: all >= 0 */
} ent_exact_lp;

/** ent_exact_lp_result - the caller's arrays, initialised. */
typedef struct ent_exact_lp_result {
    /* OPTIMAL; UNBOUNDED, INFEASIBLE when the moves from the basis end so; LIMIT when it is too far
       away: then x and y mean nothing */
    ent_lp_outcome outcome;
    ent_rat value;
    ent_rat *x; /* [columns] */
    ent_rat *y; /* [rows] duals, signs as in ent_lp_result */
    int *basis; /* [rows] in: where to begin; out: where it ended */
    int pivots; /* 0: the basis given was optimal */
} ent_exact_lp_result;

/** ent_lp_solve_exact - prove a basis, or move it by the simplex of smallest indices: the primal
 * one from a feasible basis, the dual one from a basis that is only dual feasible; one that is
 * neither is made feasible first, one that is singular is left for the slacks.
 * Status  ENT_E_ARG a basis that is none; ENT_E_MEMORY, ENT_E_CANCEL
 * Cost    two fraction-free solves of rows equations for a basis that is optimal, three more a move
 * Checked tests/t_lp_exact.c
 */
ent_status ent_lp_solve_exact(ent_ctx *ctx, const ent_exact_lp *lp, ent_exact_lp_result *out);

#endif
