/** exact_point.h - a solution of a bargaining problem in rationals: found from doubles, and checked
 * from scratch. Everything here is in real units. Virtual utilities, slacks and warrant equations
 * are those of bargain.h with a[o][m] = p(t_-i) u_i and weights lambda that sum to 1.
 */
#ifndef ENT_EXACT_POINT_H
#define ENT_EXACT_POINT_H

#include "bayesian/bayes_exact_solve.h"
#include "bayesian/polish.h"

/** ent_exact_problem - the numbers of a bargaining problem, exactly. */
typedef struct ent_exact_problem {
    const ent_bargain *b;
    ent_rat *a;       /* [options][interims] */
    ent_rat *q;       /* [interims] */
    ent_rat *target;  /* [interims] */
    ent_rat *outside; /* [size][interims] */
    ent_rat *warrant; /* [warrants] */
    ent_rat factor;
} ent_exact_problem;

/** ent_i_bayes_exact_problem_new - from a problem and its threats.
 * Given  threat  in  [size][interims] exact threats in real units; NULL: none
 */
ent_status ent_i_bayes_exact_problem_new(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                                         ent_exact_problem *out);
void ent_i_bayes_exact_problem_free(ent_exact_problem *problem);

/** ent_exact_point - all unknowns, and what they imply. */
typedef struct ent_exact_point {
    ent_rat *mu;     /* [options] */
    ent_rat *alpha;  /* [pairs] */
    ent_rat *lambda; /* [interims] */
    ent_rat *w;      /* [cells] */
    ent_rat *omega;  /* [interims] */
    ent_rat *u;      /* [interims] utilities */
    ent_rat *s;      /* [pairs] slacks */
} ent_exact_point;

ent_status ent_i_bayes_exact_point_new(ent_ctx *ctx, const ent_bargain *b, ent_exact_point *out);
void ent_i_bayes_exact_point_free(const ent_bargain *b, ent_exact_point *point);

/** ent_i_bayes_exact_lift - try to make a polished point exact.
 * Given     point  in      scaled doubles
 *           from   in/out  number of the attempt to begin with, from 0; then the one to go on with.
 *                          Later ones have longer fractions
 * Returned  found  out  are all equations and signs satisfied exactly?
 */
ent_status ent_i_bayes_exact_lift(ent_ctx *ctx, const ent_exact_problem *problem,
                                  const ent_active *active, const ent_bargain_point *point,
                                  int *from, ent_exact_point *out, bool *found);

/** ent_i_bayes_exact_means - u and s of point->mu. */
void ent_i_bayes_exact_means(const ent_exact_problem *problem, const ent_rat *mu, ent_rat *u,
                             ent_rat *s);

/** ent_i_bayes_exact_worth - the virtual utility of an option. */
void ent_i_bayes_exact_worth(const ent_exact_problem *problem, int cell, int option,
                             const ent_rat *alpha, const ent_rat *lambda, ent_rat *out);

/** ent_i_bayes_exact_best - the largest virtual utility of every cell. */
void ent_i_bayes_exact_best(const ent_exact_problem *problem, const ent_rat *alpha,
                            const ent_rat *lambda, ent_rat *w);

/** ent_i_bayes_exact_claims - solve A(lambda, alpha) omega = R(w, lambda).
 * Returned  freedom  out  0: the claims are unique
 */
ent_status ent_i_bayes_exact_claims(ent_ctx *ctx, const ent_exact_problem *problem,
                                    const ent_rat *alpha, const ent_rat *lambda, const ent_rat *w,
                                    const double *near, ent_rat *omega, bool *consistent,
                                    int *freedom);

/** ent_i_bayes_exact_right - R(w, lambda), the right side of the warrant equations. */
void ent_i_bayes_exact_right(const ent_exact_problem *problem, const ent_rat *w,
                             const ent_rat *lambda, ent_rat *right);

/** ent_i_bayes_exact_balanced - sum of lambda = 1 and factor U >= target + omega, with equality
 * where lambda > 0. */
bool ent_i_bayes_exact_balanced(const ent_exact_problem *problem, const ent_exact_point *point);

/** ent_i_bayes_exact_efficient - is (mu, weights, multipliers) a proof of Proposition 1, exactly? w
 * is recomputed. */
bool ent_i_bayes_exact_efficient(const ent_exact_problem *problem, const ent_rat *mu,
                                 const ent_rat *s, const ent_rat *alpha, const ent_rat *lambda,
                                 ent_rat *w);

#endif
