/** enclosure_box_i.h - what the two linear programs of enclosure_box.h share. */
#ifndef ENT_ENCLOSURE_BOX_I_H
#define ENT_ENCLOSURE_BOX_I_H

#include "bayesian/enclosure_box.h"

#include "num/lp.h"

/** ENT_BOX_MARGIN - a sum of terms counts as negative when it lies below 0 by this share of the sum
 * of their sizes: far above what sums of some thousand doubles lose, far below what the grids
 * leave. */
#define ENT_BOX_MARGIN 1e-10
/** ENT_BOX_GRIDS - grids for rounding, in units of the slack that there is: the proof has to
 * survive some errors of half a unit.
 * ent_i_box_grid - the k-th of them. */
enum { ENT_BOX_GRIDS = 4 };
double ent_i_box_grid(int k);
/** ENT_BOX_NUMBER_MAX - numbers beyond this are no proof that anybody wants to read; they still fit
 * doubles exactly. */
#define ENT_BOX_NUMBER_MAX 0x1p45

/** ent_box_program - maximise c x; what changes from box to box is set before each solution. */
typedef struct ent_box_program {
    int rows, columns;
    double *a, *b, *c;
    ent_lp_sense *sense;
    bool *is_free;
    ent_lp_work *work;
    int *basis; /* [rows] where to begin, once has_basis */
    bool has_basis;
} ent_box_program;

ent_status ent_i_box_program_new(ent_ctx *ctx, int rows, int columns, ent_box_program *p);
/** ent_i_box_solve - from the last basis, if there is one: neighbouring boxes have neighbouring
 * programs. */
void ent_i_box_solve(ent_box_program *p, ent_lp_result *r);

static inline double *ent_i_box_row(const ent_box_program *p, int row)
{
    return p->a + (size_t)row * (size_t)p->columns;
}

struct ent_box_work {
    const ent_bargain *b;
    /* columns: lotteries; rows: cells, s >= 0, U >= (target + low) / factor */
    ent_box_program reach;
    /* columns: pi, nu, slack; rows: cells, a (two an interim), b (two a pair), slack <= 1 */
    ent_box_program warrant;
    int64_t *number;   /* the proof */
    double *g, *alpha; /* [interims], [pairs] */
    double *kept;      /* [2][columns of warrant] rows that are put aside */
    bool *forced;      /* [pairs] no mechanism makes the truth better than this report */
};

/** ent_i_box_set_reach, ent_i_box_set_warrant - set up the programs; the second needs `forced`. */
ent_status ent_i_box_set_reach(ent_ctx *ctx, ent_box_work *w);
ent_status ent_i_box_set_warrant(ent_ctx *ctx, ent_box_work *w);

#endif
