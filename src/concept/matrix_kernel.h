/** matrix_kernel.h - inside matrix_game: solving on a kernel, measuring, and where kernels come
 * from. */
#ifndef ENT_MATRIX_KERNEL_H
#define ENT_MATRIX_KERNEL_H

#include "concept/matrix_game.h"

struct ent_matrix_work {
    int rows_max, columns_max;
    ent_lp_work *lp;
    ent_kernel kernel;    /* own room, for callers without one */
    double *row, *column; /* the strategies */
    double *sum;          /* [max(rows, columns)] */
    double *lu;           /* [(k+1)^2] */
    double *side;         /* [2 (max(rows, columns) + 1)] */
    int *order;           /* [k+1] row exchanges */
    double *a, *b, *c;    /* the general program, for games that the plain tableau gets wrong */
    ent_lp_sense *sense;
    bool *is_free;
};

/** ent_i_kernel_solve - strategies that make the kernel's rows and columns indifferent; zero
 * elsewhere.
 * Returned  false when the kernel is singular or asks for negative weights */
bool ent_i_kernel_solve(ent_matrix_work *w, int rows, int columns, const double *m,
                        const ent_kernel *k);

/** ent_i_game_measure - low and high of the strategies in w. */
void ent_i_game_measure(ent_matrix_work *w, int rows, int columns, const double *m, double *low,
                        double *high);

/** ent_i_kernel_saddle - a 1 x 1 kernel, if there is a saddle point; also the least and largest
 * payoff. */
bool ent_i_kernel_saddle(ent_matrix_work *w, int rows, int columns, const double *m, ent_kernel *k,
                         double *lo, double *hi);

/** ent_i_kernel_envelope - for two rows or two columns. */
void ent_i_kernel_envelope(int rows, int columns, const double *m, ent_kernel *k);

/** ent_i_kernel_of_basis - the kernel of an optimal basis of max -v, M y - v 1 <= 0, sum y = 1;
 * side: [rows] scratch. */
void ent_i_kernel_of_basis(int rows, int columns, const int *basis, double *side, ent_kernel *k);

#endif
