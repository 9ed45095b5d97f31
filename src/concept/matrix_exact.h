/** matrix_exact.h - the exact twin of matrix_game: the same answer in rationals, proved by both
 * strategies. */
#ifndef ENT_MATRIX_EXACT_H
#define ENT_MATRIX_EXACT_H

#include "concept/matrix_game.h"
#include "exact/rat.h"

/** ent_exact_game - value and optimal strategies as rationals. */
typedef struct ent_exact_game {
    int rows, columns;
    ent_rat value;
    ent_rat *row;    /* [rows] */
    ent_rat *column; /* [columns] */
} ent_exact_game;

/** ent_exact_game_init - zeros for a game of this size; release in place (accepts {0}). */
ent_status ent_exact_game_init(ent_ctx *ctx, int rows, int columns, ent_exact_game *game);
void ent_exact_game_release(ent_exact_game *game);

/** ent_matrix_game_exact - solve in rationals.
 * Given     m     in   [rows][columns]
 *           hint  in   the kernel that the doubles found; NULL or a wrong one costs a rational
 *                      simplex
 * Returned  out   out  initialised for this size
 * Status    ENT_E_MEMORY
 * Cost      a fraction-free solve of the kernel, O(size^3) products of growing integers, and O(rows
 *           columns) comparisons
 * Checked   tests/t_matrix_exact.c
 */
ent_status ent_matrix_game_exact(ent_ctx *ctx, int rows, int columns, const ent_rat *m,
                                 const ent_kernel *hint, ent_exact_game *out);

#endif
