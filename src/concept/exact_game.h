/** exact_game.h - inside matrix_exact: the simplex that decides when kernels do not. */
#ifndef ENT_EXACT_GAME_H
#define ENT_EXACT_GAME_H

#include "concept/matrix_exact.h"

/** ent_i_exact_game_simplex - a matrix game by the simplex of smallest indices in rationals: slow,
 * and never wrong. */
ent_status ent_i_exact_game_simplex(ent_ctx *ctx, int rows, int columns, const ent_rat *m,
                                    ent_exact_game *out);

#endif
