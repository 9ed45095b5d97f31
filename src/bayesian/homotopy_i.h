/** homotopy_i.h - the state of a path and its Newton system; private to the homotopy. */
#ifndef ENT_HOMOTOPY_I_H
#define ENT_HOMOTOPY_I_H

#include "bayesian/homotopy.h"

#ifdef ENT_WIDE
#define ent_i_path_work_new ent_i_path_work_new_wide
#define ent_i_path_linear ent_i_path_linear_wide
#define ent_i_path_error ent_i_path_error_wide
#endif

/* The unknowns in one array, those that stay positive first. */
typedef struct ent_path_layout {
    int mu, z, alpha, v, lambda, rho; /* positive: v = s + theta^2, rho = (1 - theta) r + sigma */
    /* sigma is negative where sums of multipliers exceed 1 / (factor theta) */
    int sigma, w, omega, q;
    int positive, n;
} ent_path_layout;

/* The path's constants and the work space of its Newton system; everything on scratch memory,
 * allocated once. */
typedef struct ent_path_work {
    const ent_bargain *b;
    const ent_bargain_numbers *v;
    ent_path_layout at;
    ent_real *barrier_mu, *barrier_alpha, *barrier_lambda; /* a, b, e */
    int order;         /* of the reduced system: alpha, lambda, omega, sigma, q */
    ent_real *matrix;  /* [order][order] */
    ent_real *scratch; /* [order] */
    int *pivot;        /* [order] */
    ent_real *m;       /* [pairs+interims]^2: how U and s react to y */
    /* [2][pairs+interims]: and what they do by themselves; 0: to the residuals, 1: to dq */
    ent_real *constant;
    ent_real *g;     /* [pairs+interims] U and s of the current lotteries */
    ent_real *mean;  /* [cells][interims]: mean of a under the weights mu/z */
    ent_real *w0;    /* [2][cells] */
    ent_real *worth; /* [options] virtual utilities at the current point */
    ent_real *kappa, *spread, *left, *right; /* [interims]; spread [interims]^2 */
    ent_real *rhs;                           /* [order] */
} ent_path_work;

ent_status ent_i_path_work_new(ent_ctx *ctx, const ent_bargain_numbers *v, ent_path_work *out);

/** ent_i_path_linear - one linear system at the point x.
 * Given     border    in   [order] last row of the reduced system
 *           newton    in   true: right side minus the residuals, and 0 for the border; false: 0,
 *                          and 1 for the border
 * Returned  dx        out  [n] all unknowns
 * Returned  sign of the determinant of the reduced system, 0 when it is singular (dx is then
 *           undefined)
 */
int ent_i_path_linear(ent_path_work *work, const ent_real *x, const ent_real *border, bool newton,
                      ent_real *dx);

/** ent_i_path_error - is x close enough to the path? At most 1: yes. */
ent_real ent_i_path_error(ent_path_work *work, const ent_real *x);

#endif
