/** ref_bayesian.h - values of special games by their own formulas, and incentive problems as
 * textbook linear programs; all in rationals, sharing only ent_rat with the library.
 */
#ifndef REF_BAYESIAN_H
#define REF_BAYESIAN_H

#include "exact/rat.h"

enum { REF_BAYESIAN_PLAYERS = 4 };

/** ref_bayesian_shapley - the mean over all orders of what a player adds. v[2^n], v[0] = 0; x[n]
 * initialised. */
void ref_bayesian_shapley(int n, const ent_rat *v, ent_rat *x);

/** ref_bayesian_consistent - Maschler and Owen's value of a hyperplane game: coalition S can have
 *     any x with sum of a_i^S x_i <= b^S. x_i^S = (1/|S|) (sum over j in S\i of x_i^{S\j}  +  (b^S
 *     - sum over j in S\i of a_j^S x_j^{S\i}) / a_i^S)
 * Given     a  in  [2^n][n]; b  in  [2^n]
 * Returned  x  out [2^n][n] initialised
 */
void ref_bayesian_consistent(int n, const ent_rat *a, const ent_rat *b, ent_rat *x);

/** ref_bayesian_nash - two players, points (u1[k], u2[k]) and disagreement (0,0): the largest
 * product u1 u2 over mixtures, found on the segments between any two points. x[2] initialised; 0, 0
 * when no point is better for both. */
void ref_bayesian_nash(int points, const ent_rat *u1, const ent_rat *u2, ent_rat *x);

/** ref_bayesian_problem - two players with types, given as plain numbers. */
typedef struct ref_bayesian_problem {
    int types[2], decisions;
    const ent_rat *p[2];   /* [types] */
    const ent_rat *u;      /* [2][decisions][types 0][types 1] */
    const ent_rat *weight; /* [types 0 + types 1] */
} ref_bayesian_problem;

/** ref_bayesian_best - the largest weighted sum of interim utilities over incentive compatible
 * mechanisms, [Sal] (3.5). */
void ref_bayesian_best(const ref_bayesian_problem *q, ent_rat *value);

#endif
