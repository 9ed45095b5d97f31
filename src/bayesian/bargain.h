/** bargain.h - the bargaining problem of one coalition in numbers: what the homotopy, the polish
 * and the certificates share.
 *
 * Unknowns: for each *cell* (a type profile of a coalition) a lottery mu over its *options* and a
 * state value W; multipliers alpha of the incentive *pairs* (true type, report); weights lambda and
 * claims omega of the *interims* (member, type). With
 *     z  = W - (virtual utility of the option)        per option
 *     s  = U(true) - U(report | true)                 per pair
 *     r  = factor U - target - omega                  per interim
 * a solution has mu z = 0, alpha s = 0, lambda r = 0, all of them >= 0, sum of mu = 1 in each cell,
 *     sum of lambda = 1, and A(lambda, alpha) omega = sum over cells of warrant W  -  q
 *     outside(lambda)  -  given, A[t][t] = lambda_i(t) + sum alpha_i(tau|t),  A[t][tau] =
 *     -alpha_i(t|tau).
 * For the neutral procedural solution the cells are the profiles of S, factor = |S|, target = sum
 * of the threats, and warrant = 1 ([Sal] eq. (4.11), (5.1)). The M-solution adds the cells of all
 * smaller coalitions.
 *
 * Virtual utilities are linear in y = (alpha, lambda): that of option o is sum over rows (k, m,
 * sign) of its cell of sign y_k a[o][m], where a[o][m] = p(t_-i) u_i(option, (tau, t_-i)) for m =
 * (i, tau). Utilities are scaled to range 1 player by player, and shifted to begin at 0 type by
 * type.
 */
#ifndef ENT_BARGAIN_H
#define ENT_BARGAIN_H

#include "model/bayesian_model.h"
#include "num/real.h"

#ifdef ENT_WIDE
#define ent_i_bargain_numbers_new ent_i_bargain_numbers_new_wide
#define ent_i_bargain_point_new ent_i_bargain_point_new_wide
#define ent_i_bargain_point_copy ent_i_bargain_point_copy_wide
#define ent_i_bargain_kappa ent_i_bargain_kappa_wide
#define ent_i_bargain_best ent_i_bargain_best_wide
#define ent_i_bargain_means ent_i_bargain_means_wide
#define ent_i_bargain_right ent_i_bargain_right_wide
#define ent_i_bargain_left ent_i_bargain_left_wide
#endif

typedef struct ent_bargain_row {
    int y; /* place in (alpha, lambda) */
    int interim;
    double sign; /* 1 or -1 */
} ent_bargain_row;

typedef struct ent_bargain_warrant {
    int interim;
    double weight;
    int64_t num, den; /* weight = num/den, times q[interim] when `prior` is set */
    bool prior;
} ent_bargain_warrant;

typedef struct ent_bargain {
    const ent_bayes_coal *coal; /* the coalition whose mechanism is sought */
    int interims, pairs, cells, options;
    /* the first own_cells cells are coal's profiles: only they make up U */
    int own_cells;
    const ent_bayes_coal **cell_coal; /* [cells] whose profile a cell is */
    int *cell_profile;                /* [cells] */
    int *first;                       /* [cells+1] options of a cell */
    /* [options] number of the decision in the cell's coalition; of equal ones the first */
    int *decision;
    double *a;      /* [options][interims] */
    int *first_row; /* [cells+1] */
    ent_bargain_row *row;
    int *first_warrant; /* [cells+1] */
    ent_bargain_warrant *warrant;
    int *place;                   /* [interims] member number */
    int *pair_true, *pair_report; /* [pairs] interims */
    double *q;                    /* [interims] p_i(t_i) */
    double factor;
    double *target;  /* [interims] */
    double *outside; /* [size][interims] c_i(lambda) = sum_m outside[i][m] lambda_m */
    double *given;   /* [interims]; NULL: nothing */
    double *scale;   /* [size] real utility = shift + scale * utility */
    double *shift;   /* [interims] */
} ent_bargain;

/** ent_i_bargain_neutral - the problem of a coalition given its threats.
 * Given     threat  in  [size][interims] U_j^{S\i}(t_j) in real units at [place of i][interim of
 *                       j]; [i][interims of i] unused
 * Returned  out     on scratch memory of ctx: valid until the caller resets its mark
 */
ent_status ent_i_bargain_neutral(ent_ctx *ctx, const ent_bayes_coal *coal, const double *threat,
                                 ent_bargain *out);

/** ent_i_bargain_shapley - Myerson's (1984b) problem for the coalition `all`, with the rational
 * threats of its parts. */
ent_status ent_i_bargain_shapley(ent_ctx *ctx, const ent_bayesian *model, ent_coal all,
                                 ent_bargain *out);

/** ent_i_bargain_plain - the cells of a coalition without threats: for programs over its
 * mechanisms. */
ent_status ent_i_bargain_plain(ent_ctx *ctx, const ent_bayes_coal *coal, ent_bargain *out);

/** ent_i_bargain_threaten - target and outside of a problem without threats, from threats as
 * above. */
void ent_i_bargain_threaten(ent_bargain *b, const double *threat);

/** ent_bargain_numbers - the numbers of a problem in either precision of num/real.h: what the
 * functions below compute with. Scaled and shifted as in ent_bargain; wide ones are taken from the
 * model's rationals, so that what ties exactly still ties.
 */
typedef struct ent_bargain_numbers {
    const ent_bargain *b;
    const ent_real *a, *q, *target, *outside; /* as in ent_bargain */
    const ent_real *warrant;                  /* [warrants] their weights */
    ent_real factor;
} ent_bargain_numbers;

/** ent_i_bargain_numbers_new - on scratch memory.
 * Given  threat  in  [size][interims] exact threats in real units; NULL: the doubles of `b` are all
 *                    there is, or there are none
 */
ent_status ent_i_bargain_numbers_new(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                                     ent_bargain_numbers *out);

/** ent_bargain_point - a candidate: all unknowns, in scaled units. Arrays on scratch memory. */
typedef struct ent_bargain_point {
    ent_real *mu;     /* [options] */
    ent_real *alpha;  /* [pairs] */
    ent_real *lambda; /* [interims] */
    ent_real *w;      /* [cells] */
    ent_real *omega;  /* [interims] */
    /* [interims] sums of products alpha omega of open claims (polish.h); 0 on a path */
    ent_real *flow;
} ent_bargain_point;

ent_status ent_i_bargain_point_new(ent_ctx *ctx, const ent_bargain *b, ent_bargain_point *out);
void ent_i_bargain_point_copy(const ent_bargain *b, const ent_bargain_point *from,
                              ent_bargain_point *to);

/** ent_i_bargain_kappa - kappa[m] with virtual utility of an option = kappa . a[o]: the rows of a
 * cell summed up. */
void ent_i_bargain_kappa(const ent_bargain *b, int cell, const ent_real *alpha,
                         const ent_real *lambda, ent_real *kappa);

/** ent_i_bargain_best - the largest virtual utility in a cell. */
ent_real ent_i_bargain_best(const ent_bargain_numbers *v, int cell, const ent_real *alpha,
                            const ent_real *lambda);

/** ent_i_bargain_means - g[pairs + interims]: the slacks s and interim utilities U that lotteries
 * mu give. */
void ent_i_bargain_means(const ent_bargain_numbers *v, const ent_real *mu, ent_real *g);

/** ent_i_bargain_right - the right side of the warrant equations, [interims]. */
void ent_i_bargain_right(const ent_bargain_numbers *v, const ent_real *w, const ent_real *lambda,
                         ent_real *right);

/** ent_i_bargain_left - A(lambda, alpha) omega, [interims]. */
void ent_i_bargain_left(const ent_bargain *b, const ent_real *alpha, const ent_real *lambda,
                        const ent_real *omega, ent_real *left);

#endif
