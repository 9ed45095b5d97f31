/* Which simplex, from where, and when to believe the answer: solve, verify on the given data,
 * refactor and go on when in doubt, with a tolerance that tightens from round to round. */
#include "num/lp_i.h"

#include <math.h>
#include <string.h>

enum { ROUNDS_MAX = 7 };
/* on data scaled to largest entries of 1 to 2; then a hundredth each round */
static const double FIRST_TOLERANCE = 1e-10;
static const double LEAST_TOLERANCE = 1e-15;
static const double SURE = 1e-12;    /* residuals below this need no second look */
static const double CREDIBLE = 1e-8; /* and with residuals above this no answer is given */

const char *ent_lp_outcome_word(ent_lp_outcome outcome)
{
    static const char *const word[] = {"optimal", "infeasible", "unbounded", "limit"};
    return word[outcome];
}

/* Free variables become basic at once and stay: a nonbasic free variable left over has an empty
 * column. */
static void free_variables(ent_lp_work *w)
{
    for (int q = 0; q < w->n; q++) {
        if (w->kind[w->tail[q]] != ENT_LP_FREE) continue;
        int best = -1;
        double most = 0.0;
        for (int i = 0; i < w->m; i++) {
            const double t = fabs(ent_i_lp_row(w, i)[q]);
            if (w->kind[w->head[i]] != ENT_LP_FREE && t > most) most = t, best = i;
        }
        if (most > LEAST_TOLERANCE) ent_i_lp_pivot(w, best, q, ENT_LP_NO_SQUARES);
    }
}

/* Neither feasible nor dual feasible: the dual simplex on an objective that is feasible for it. */
static ent_lp_verdict phase_one(ent_lp_work *w, double tolerance, int *at)
{
    const double *d = ent_i_lp_row(w, w->m);
    double *d1 = ent_i_lp_row(w, w->m + 1);
    memset(d1, 0, w->stride * sizeof *d1);
    for (int q = 0; q < w->n; q++)
        if (w->kind[w->tail[q]] == ENT_LP_NONNEGATIVE) d1[q] = -fabs(d[q]) - 1.0 / (2 + q);
    const ent_lp_verdict verdict = ent_i_lp_dual(w, w->m + 1, tolerance, at);
    memset(d1, 0, w->stride * sizeof *d1);
    return verdict;
}

/* One round: to feasibility, then to the optimum. Returned: what it came to, and for rays where
 * they are. */
static ent_lp_outcome round_of(ent_lp_work *w, double tolerance, int *at)
{
    if (ent_i_lp_infeasibility(w) > tolerance) {
        const bool dual_feasible = !(ent_i_lp_dual_infeasibility(w) > tolerance);
        const ent_lp_verdict verdict =
            dual_feasible ? ent_i_lp_dual(w, w->m, tolerance, at) : phase_one(w, tolerance, at);
        if (verdict == ENT_LP_NO_PIVOT) return ENT_LP_INFEASIBLE;
        if (verdict == ENT_LP_TOO_LONG) return ENT_LP_LIMIT;
    }
    const ent_lp_verdict verdict = ent_i_lp_primal(w, tolerance, at);
    if (verdict == ENT_LP_NO_PIVOT) return ENT_LP_UNBOUNDED;
    return verdict == ENT_LP_TOO_LONG ? ENT_LP_LIMIT : ENT_LP_OPTIMAL;
}

/* Read the answer and measure it; the largest residual. */
static double examine(ent_lp_work *w, const ent_lp *lp, ent_lp_outcome outcome, int at,
                      ent_lp_result *out)
{
    ent_i_lp_read(w, lp, out);
    out->outcome = outcome;
    if (outcome == ENT_LP_INFEASIBLE) return out->dual_residual = ent_i_lp_farkas(w, lp, at);
    ent_i_lp_verify(w, lp, out);
    if (outcome == ENT_LP_UNBOUNDED)
        return out->dual_residual = fmax(out->primal_residual, ent_i_lp_ascent(w, lp, at));
    return fmax(out->gap, fmax(out->primal_residual, out->dual_residual));
}

static void begin(ent_lp_work *w, const ent_lp *lp, ent_lp_start start, const int *basis)
{
    w->pivots = w->refactors = 0;
    if (start == ENT_LP_NEW_OBJECTIVE && w->loaded) ent_i_lp_objective(w, lp);
    else if (start == ENT_LP_NEW_BOUNDS && w->loaded) ent_i_lp_bounds(w, lp);
    else if (start == ENT_LP_BASIS) ent_i_lp_refactor(w, lp, basis), w->refactors = 0;
    else ent_i_lp_load(w, lp);
    free_variables(w);
    w->loaded = true;
}

void ent_lp_solve(ent_lp_work *w, const ent_lp *lp, ent_lp_start start, const int *basis,
                  ent_lp_result *out)
{
    begin(w, lp, start, basis);
    double tolerance = FIRST_TOLERANCE;
    int settled = -1; /* pivots up to the last refactoring */
    for (int round = 0; round < ROUNDS_MAX; round++) {
        int at = -1;
        const ent_lp_outcome outcome = round_of(w, tolerance, &at);
        const double residual = examine(w, lp, outcome, at, out);
        if (outcome != ENT_LP_LIMIT && residual <= SURE) return;
        if (round == ROUNDS_MAX - 1 || (w->pivots == settled && tolerance <= SURE)) {
            if (!(residual <= CREDIBLE)) out->outcome = ENT_LP_LIMIT;
            return;
        }
        /* In doubt: begin again from this basis, on fresh numbers. */
        memcpy(w->wanted, w->head, (size_t)w->m * sizeof *w->wanted);
        ent_i_lp_refactor(w, lp, w->wanted);
        free_variables(w);
        settled = w->pivots;
        tolerance = fmax(LEAST_TOLERANCE, tolerance * 0.01);
    }
}
