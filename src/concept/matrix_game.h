/** matrix_game.h - two-person zero-sum games: value and optimal strategies of both sides.
 *
 * Rows maximise, columns minimise. Ways are tried in the order of their cost: the kernel that
 * solved the last similar game, a saddle point, a closed form for two rows or two columns, the
 * dense simplex. Whatever comes out is measured on the payoffs: the rows' strategy yields at least
 * `low` against everything, the columns' at most `high`, and the value lies between.
 */
#ifndef ENT_MATRIX_GAME_H
#define ENT_MATRIX_GAME_H

#include "num/lp.h"

/** ent_kernel - a square part of a game: with both sides mixing inside it, all its rows and columns
 * are indifferent. */
typedef struct ent_kernel {
    int size;          /* 0: none known */
    int *row, *column; /* [size], increasing; room for min(rows, columns) */
} ent_kernel;

typedef struct ent_matrix_work ent_matrix_work;

/** ent_matrix_work_new - a work area for games of up to rows x columns, each >= 1. Free with
 * ent_matrix_work_free. */
ent_status ent_matrix_work_new(ent_ctx *ctx, int rows, int columns, ent_matrix_work **out);
/** ent_matrix_work_shaped - the same for games of many shapes: none has more than `cells` = (rows +
 * 5) (columns + 9), none a smaller side above `least`. */
ent_status ent_matrix_work_shaped(ent_ctx *ctx, int rows, int columns, int least, int64_t cells,
                                  ent_matrix_work **out);
void ent_matrix_work_free(ent_matrix_work *work);

/** ent_matrix_result - the arrays belong to the work area and last until its next use. */
typedef struct ent_matrix_result {
    double value;         /* (low + high) / 2 */
    double low, high;     /* what the two strategies secure, computed from the payoffs */
    const double *row;    /* [rows] a maximin strategy */
    const double *column; /* [columns] a minimax strategy */
} ent_matrix_result;

/** ent_matrix_game - solve one game; total.
 * Given     m       in      [rows][columns] payoffs to the row player, finite
 *           kernel  in|out  where to look first, and where the solution was found (size 0:
 *                           nowhere); NULL: neither
 * Cost      O(rows columns) for a saddle point or a known kernel (plus its size cubed), two rows,
 *           two columns; else a simplex
 * Checked   tests/t_matrix_game.c, tests/ref/ref_simplex.c
 */
void ent_matrix_game(ent_matrix_work *work, int rows, int columns, const double *m,
                     ent_kernel *kernel, ent_matrix_result *out);

#endif
