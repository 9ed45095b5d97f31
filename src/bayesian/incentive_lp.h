/** incentive_lp.h - linear programs over mechanisms, solved in doubles and decided in rationals.
 *
 * Columns are the options of the cells of a bargaining problem (probabilities), then columns of the
 * caller's. The first rows say that each cell's probabilities sum to 1. Rows of one player's
 * utilities are divided by a power of two near the player's scale, so that utilities of 1e-6 and
 * 1e6 meet in one program without harm; multipliers are given back in real units.
 */
#ifndef ENT_INCENTIVE_LP_H
#define ENT_INCENTIVE_LP_H

#include "bayesian/exact_point.h"
#include "num/lp.h"

typedef struct ent_incentive_lp {
    const ent_exact_problem *problem;
    int rows, columns, room; /* room: rows allocated */
    ent_rat *a;              /* [room][columns] */
    ent_rat *b;              /* [room] */
    ent_rat *c;              /* [columns] objective, maximised */
    ent_lp_sense *sense;     /* [room] */
    ent_rat *factor;         /* [room] what the row was multiplied by */
    bool insist;             /* what doubles call infeasible is decided in rationals, too */
    /* begin with the first option everywhere, which is incentive compatible, not with the best
       ones */
    bool from_constant;
} ent_incentive_lp;

/** ent_i_incentive_fits - is such a program small enough to be set up in rationals? */
bool ent_i_incentive_fits(const ent_exact_problem *problem, int rows, int extra);

/** ent_i_incentive_lp_new - with the rows for probabilities. Free with ent_i_incentive_lp_free.
 * Given  rows   in  how many more rows will be added at most
 *        extra  in  how many more columns there are
 */
ent_status ent_i_incentive_lp_new(ent_ctx *ctx, const ent_exact_problem *problem, int rows,
                                  int extra, ent_incentive_lp *out);
void ent_i_incentive_lp_free(ent_incentive_lp *lp);

/** ent_i_incentive_row - begin an empty row `... sense right` about player `place`; returns its
 * number. */
int ent_i_incentive_row(ent_incentive_lp *lp, int place, ent_lp_sense sense, const ent_rat *right);

/** ent_i_incentive_utility - add sign times the utility of interim m to a row, when its player
 * reports as interim `report` does (m itself: truthfully). With given >= 0 only profiles in which
 * interim `given` is true count, divided by its probability: m's utility given that type of the
 * other player.
 */
void ent_i_incentive_utility(ent_incentive_lp *lp, int row, int m, int report, int given, int sign);

/** ent_i_incentive_extra - the coefficient of the caller's column `extra` in a row, in real
 * units. */
void ent_i_incentive_extra(ent_incentive_lp *lp, int row, int extra, const ent_rat *coefficient);

/** ent_i_incentive_constraints - the rows s_k >= 0 of incentive compatibility; returns the number
 * of the first one. */
int ent_i_incentive_constraints(ent_incentive_lp *lp);

/** ent_i_incentive_objective - add weight * utility of interim m to the objective. */
void ent_i_incentive_objective(ent_incentive_lp *lp, int m, const ent_rat *weight);

/** ent_incentive_answer - what came out. */
typedef struct ent_incentive_answer {
    ent_lp_outcome outcome;
    /* decided in rationals: primal and dual feasible, equal values. Doubles that are in doubt are
       followed by exact moves, unless there are too many rows */
    bool exact;
    double *x;                         /* [columns] */
    double *y;                         /* [rows] real units */
    ent_rat *x_exact, *y_exact, value; /* when optimal; unless exact, the doubles as fractions */
    int rows, columns;
} ent_incentive_answer;

/** ent_i_incentive_solve - from each profile's best decision, by the dual simplex; or,
 * from_constant, by the primal one. */
ent_status ent_i_incentive_solve(ent_ctx *ctx, const ent_incentive_lp *lp,
                                 ent_incentive_answer *out);
void ent_i_incentive_answer_free(ent_incentive_answer *answer);

#endif
