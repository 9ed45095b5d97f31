/** elimination.h - fraction-free Gauss elimination of a matrix of rationals; what bareiss.c is made
 * of.
 *
 *     a_ij <- (a_kk a_ij - a_ik a_kj) / (the pivot before a_kk),   an exact division: every entry
 *     is a minor
 *
 * Rows are scaled to integers first. Entries stay words of 63 bits as long as they fit, and become
 * big integers, once and all together, when one does not.
 */
#ifndef ENT_ELIMINATION_H
#define ENT_ELIMINATION_H

#include "exact/rat_i.h"

typedef struct ent_elimination {
    int rows, columns; /* columns counts the right-hand sides too */
    int pivotable;     /* the first ones, which may hold pivots */
    int rank;
    int *row; /* [rows] row[k] holds pivot k for k < rank */
    /* [columns] column[k] holds pivot k for k < rank; then the others, right-hand sides last in
       order */
    int *column;
    bool is_odd; /* an odd number of exchanges of rows and columns */
    bool is_big;
    int64_t *word; /* [rows][columns] while !is_big */
    mpz_t *big;    /* [rows][columns] when is_big */
    mpz_t scale;   /* product of what the rows were multiplied by, as a fraction scale / shrink */
    mpz_t shrink;
} ent_elimination;

/** ent_matrix - where the rationals of a row come from: an entry of `left`, then one of `right`. */
typedef struct ent_matrix {
    int rows, columns, sides;
    const ent_rat *left;  /* [rows][columns], or [columns][rows] when is_transposed */
    const ent_rat *right; /* [rows][sides]; NULL when sides = 0 */
    bool is_transposed;
} ent_matrix;

/** ent_i_eliminate - scale and eliminate. Arrays live on the scratch of ctx above the caller's
 * mark; call ent_i_elimination_clear in any case before resetting it.
 * Status  ENT_E_MEMORY, ENT_E_CANCEL
 * Cost    O(rows columns rank) operations on integers whose length grows linearly with the number
 *         of the pivot
 */
ent_status ent_i_eliminate(ent_ctx *ctx, const ent_matrix *matrix, ent_elimination *e);
void ent_i_elimination_clear(ent_elimination *e);

/** ent_i_to_big - make the entries big integers, if they are not. */
ent_status ent_i_to_big(ent_ctx *ctx, ent_elimination *e);

/** ent_i_entry - row k and position p in the present order, big or not. */
static inline mpz_ptr ent_i_big_entry(const ent_elimination *e, int k, int p)
{
    return e->big[(size_t)e->row[k] * (size_t)e->columns + (size_t)e->column[p]];
}

static inline int64_t *ent_i_word_entry(const ent_elimination *e, int k, int p)
{
    return &e->word[(size_t)e->row[k] * (size_t)e->columns + (size_t)e->column[p]];
}

#endif
