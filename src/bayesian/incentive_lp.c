#include "bayesian/incentive_lp.h"

#include "exact/bareiss.h"
#include "num/keyed_lp.h"
#include "num/lp_exact.h"

#include <math.h>

/* Programs larger than this (coefficients) are not set up in rationals. */
enum { COEFFICIENTS_MAX = 6000000 };

void ent_i_incentive_lp_free(ent_incentive_lp *lp)
{
    ent_rats_free(lp->a, (size_t)lp->room * (size_t)lp->columns);
    ent_rats_free(lp->b, (size_t)lp->room);
    ent_rats_free(lp->c, (size_t)lp->columns);
    ent_rats_free(lp->factor, (size_t)lp->room);
    ent_free(lp->sense);
    *lp = (ent_incentive_lp){0};
}

bool ent_i_incentive_fits(const ent_exact_problem *problem, int rows, int extra)
{
    const ent_bargain *b = problem->b;
    return ((int64_t)b->own_cells + rows) * ((int64_t)b->first[b->own_cells] + extra) <=
           COEFFICIENTS_MAX;
}

ent_status ent_i_incentive_lp_new(ent_ctx *ctx, const ent_exact_problem *problem, int rows,
                                  int extra, ent_incentive_lp *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_incentive_lp lp = {.problem = problem, .rows = b->own_cells, .room = b->own_cells + rows};
    const int options = b->first[b->own_cells];
    lp.columns = options + extra;
    if (!ent_i_incentive_fits(problem, rows, extra))
        ENT_FAIL(ctx, ENT_E_LIMIT,
                 "a linear program over mechanisms has %d rows and %d columns: too large", lp.room,
                 lp.columns);
    if (!(lp.a = ent_rats_new(ctx, (size_t)lp.room * (size_t)lp.columns, &st))) goto done;
    if (!(lp.b = ent_rats_new(ctx, (size_t)lp.room, &st))) goto done;
    if (!(lp.c = ent_rats_new(ctx, (size_t)lp.columns, &st))) goto done;
    if (!(lp.factor = ent_rats_new(ctx, (size_t)lp.room, &st))) goto done;
    ENT_ALLOC(ctx, lp.sense, lp.room);
    for (int cell = 0; cell < b->own_cells; cell++) {
        lp.sense[cell] = ENT_LP_EQ;
        ent_rat_set_int(&lp.b[cell], 1);
        ent_rat_set_int(&lp.factor[cell], 1);
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            ent_rat_set_int(&lp.a[(size_t)cell * (size_t)lp.columns + (size_t)o], 1);
    }
    *out = lp;
    lp = (ent_incentive_lp){0};
done:
    ent_i_incentive_lp_free(&lp);
    return st;
}

int ent_i_incentive_row(ent_incentive_lp *lp, int place, ent_lp_sense sense, const ent_rat *right)
{
    const int row = lp->rows++;
    int exponent = 0;
    frexp(lp->problem->b->scale[place], &exponent);
    ent_rat_set_double(&lp->factor[row], ldexp(1.0, -exponent));
    lp->sense[row] = sense;
    ent_rat_mul(&lp->b[row], right, &lp->factor[row]);
    return row;
}

void ent_i_incentive_utility(ent_incentive_lp *lp, int row, int m, int report, int given, int sign)
{
    const ent_bargain *b = lp->problem->b;
    const ent_bayes_coal *s = b->coal;
    const int i = b->place[m], t = report - s->first[i], stride = ent_bayes_stride(s, i);
    const int j = given >= 0 ? b->place[given] : -1;
    ent_rat scale = ENT_RAT_ZERO;
    ent_rat_set(&scale, &lp->factor[row]);
    if (given >= 0) ent_rat_div(&scale, &scale, &lp->problem->q[given]);
    if (sign < 0) ent_rat_neg(&scale, &scale);
    for (int cell = 0; cell < b->own_cells; cell++) {
        if (cell / stride % s->types[i] != t) continue;
        if (j >= 0 && cell / ent_bayes_stride(s, j) % s->types[j] != given - s->first[j]) continue;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            ent_rat_addmul(&lp->a[(size_t)row * (size_t)lp->columns + (size_t)o], &scale,
                           &lp->problem->a[(size_t)o * (size_t)b->interims + (size_t)m]);
    }
    ent_rat_release(&scale);
}

void ent_i_incentive_extra(ent_incentive_lp *lp, int row, int extra, const ent_rat *coefficient)
{
    const int options = lp->problem->b->first[lp->problem->b->own_cells];
    ent_rat_mul(&lp->a[(size_t)row * (size_t)lp->columns + (size_t)(options + extra)], coefficient,
                &lp->factor[row]);
}

int ent_i_incentive_constraints(ent_incentive_lp *lp)
{
    const ent_bargain *b = lp->problem->b;
    const ent_rat zero = ENT_RAT_ZERO;
    const int first = lp->rows;
    for (int k = 0; k < b->pairs; k++) {
        const int row = ent_i_incentive_row(lp, b->place[b->pair_true[k]], ENT_LP_GE, &zero);
        ent_i_incentive_utility(lp, row, b->pair_true[k], b->pair_true[k], -1, 1);
        ent_i_incentive_utility(lp, row, b->pair_true[k], b->pair_report[k], -1, -1);
    }
    return first;
}

void ent_i_incentive_objective(ent_incentive_lp *lp, int m, const ent_rat *weight)
{
    const ent_bargain *b = lp->problem->b;
    const ent_bayes_coal *s = b->coal;
    const int i = b->place[m], t = m - s->first[i], stride = ent_bayes_stride(s, i);
    for (int cell = 0; cell < b->own_cells; cell++) {
        if (cell / stride % s->types[i] != t) continue;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            ent_rat_addmul(&lp->c[o], weight,
                           &lp->problem->a[(size_t)o * (size_t)b->interims + (size_t)m]);
    }
}

void ent_i_incentive_answer_free(ent_incentive_answer *answer)
{
    ent_free(answer->x);
    ent_free(answer->y);
    ent_rats_free(answer->x_exact, (size_t)answer->columns);
    ent_rats_free(answer->y_exact, (size_t)answer->rows);
    ent_rat_release(&answer->value);
    *answer = (ent_incentive_answer){0};
}

/* Column of the basis matrix for a variable: a column of A, or plus or minus a unit vector. */
static void basis_column(const ent_incentive_lp *lp, int variable, int k, ent_rat *matrix)
{
    const size_t n = (size_t)lp->rows;
    for (int r = 0; r < lp->rows; r++) {
        ent_rat *to = &matrix[(size_t)r * n + (size_t)k];
        if (variable < lp->columns)
            ent_rat_set(to, &lp->a[(size_t)r * (size_t)lp->columns + (size_t)variable]);
        else
            ent_rat_set_int(to, r != variable - lp->columns ? 0
                                : lp->sense[r] == ENT_LP_GE ? -1
                                                            : 1);
    }
}

/* x from the basis; false when it is not feasible. */
static bool primal(const ent_incentive_lp *lp, const int *basis, const ent_rat *values,
                   ent_incentive_answer *out)
{
    for (int k = 0; k < lp->rows; k++) {
        const int sign = ent_rat_sign(&values[k]);
        if (sign < 0) return false;
        if (basis[k] >= lp->columns && lp->sense[basis[k] - lp->columns] == ENT_LP_EQ && sign != 0)
            return false;
        if (basis[k] < lp->columns) ent_rat_set(&out->x_exact[basis[k]], &values[k]);
    }
    return true;
}

/* Signs of y and of the reduced costs; the value b y. */
static bool dual(const ent_incentive_lp *lp, const ent_rat *y, ent_rat *value)
{
    ent_rat sum = ENT_RAT_ZERO;
    bool good = true;
    ent_rat_set_int(value, 0);
    for (int r = 0; good && r < lp->rows; r++) {
        const int sign = ent_rat_sign(&y[r]);
        good = lp->sense[r] == ENT_LP_EQ || (lp->sense[r] == ENT_LP_LE ? sign >= 0 : sign <= 0);
        ent_rat_addmul(value, &y[r], &lp->b[r]);
    }
    for (int j = 0; good && j < lp->columns; j++) {
        ent_rat_set(&sum, &lp->c[j]);
        for (int r = 0; r < lp->rows; r++)
            if (ent_rat_sign(&y[r]) != 0)
                ent_rat_submul(&sum, &y[r], &lp->a[(size_t)r * (size_t)lp->columns + (size_t)j]);
        good = ent_rat_sign(&sum) <= 0;
    }
    ent_rat_release(&sum);
    return good;
}

static ent_status decide(ent_ctx *ctx, const ent_incentive_lp *lp, const int *basis,
                         ent_incentive_answer *out)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)lp->rows;
    ent_rat *matrix = NULL, *values = NULL, *costs = NULL, *y = NULL;
    bool singular = false;
    if (!(matrix = ent_rats_new(ctx, n * n, &st))) goto done;
    if (!(values = ent_rats_new(ctx, n, &st))) goto done;
    if (!(costs = ent_rats_new(ctx, n, &st))) goto done;
    if (!(y = ent_rats_new(ctx, n, &st))) goto done;
    for (int k = 0; k < lp->rows; k++) {
        basis_column(lp, basis[k], k, matrix);
        if (basis[k] < lp->columns) ent_rat_set(&costs[k], &lp->c[basis[k]]);
    }
    ent_system system = {.n = lp->rows, .sides = 1, .a = matrix, .b = lp->b};
    ENT_TRY(ent_bareiss_solve(ctx, &system, values, &singular));
    if (singular || !primal(lp, basis, values, out)) goto done;
    system.b = costs;
    system.is_transposed = true;
    ENT_TRY(ent_bareiss_solve(ctx, &system, y, &singular));
    if (singular || !dual(lp, y, &out->value)) goto done;
    for (size_t r = 0; r < n; r++) ent_rat_mul(&out->y_exact[r], &y[r], &lp->factor[r]);
    out->exact = true;
done:
    ent_rats_free(y, n);
    ent_rats_free(costs, n);
    ent_rats_free(values, n);
    ent_rats_free(matrix, n * n);
    return st;
}

/* Programs with more rows than this are not solved by exact moves: each costs a few fraction-free
 * eliminations. */
enum { MOVES_ROWS = 150 };

/* What doubles could not decide, in rationals from the basis where they stopped. */
static ent_status decide_by_moves(ent_ctx *ctx, const ent_incentive_lp *lp, int *basis,
                                  ent_incentive_answer *out)
{
    ent_status st = ENT_OK;
    ent_exact_lp_result r = {
        .value = ENT_RAT_ZERO, .basis = basis, .x = out->x_exact, .y = out->y_exact};
    const ent_exact_lp program = {.rows = lp->rows,
                                  .columns = lp->columns,
                                  .a = lp->a,
                                  .b = lp->b,
                                  .c = lp->c,
                                  .sense = lp->sense};
    ENT_TRY(ent_lp_solve_exact(ctx, &program, &r));
    out->outcome = r.outcome;
    if (r.outcome != ENT_LP_OPTIMAL) goto done;
    ent_rat_set(&out->value, &r.value);
    for (int k = 0; k < lp->rows; k++)
        ent_rat_mul(&out->y_exact[k], &out->y_exact[k], &lp->factor[k]);
    out->exact = true;
done:
    ent_rat_release(&r.value);
    return st;
}

static void read_doubles(const ent_incentive_lp *lp, const ent_lp_result *r,
                         ent_incentive_answer *out)
{
    for (int j = 0; j < lp->columns; j++) out->x[j] = r->x[j];
    for (int k = 0; k < lp->rows; k++) out->y[k] = r->y[k] * ent_rat_double(&lp->factor[k]);
}

/* What could not be decided: the doubles, as fractions. */
static void take_doubles(const ent_incentive_lp *lp, double value, ent_incentive_answer *out)
{
    for (int j = 0; j < lp->columns; j++) ent_rat_set_double(&out->x_exact[j], out->x[j]);
    for (int k = 0; k < lp->rows; k++) ent_rat_set_double(&out->y_exact[k], out->y[k]);
    ent_rat_set_double(&out->value, value);
}

/* From doubles to the answer: the basis in rationals, exact moves from it where there is a
 * doubt. */
static ent_status settle(ent_ctx *ctx, const ent_incentive_lp *lp, const ent_lp_result *r,
                         int *basis, ent_incentive_answer *out)
{
    ent_status st = ENT_OK;
    out->outcome = r->outcome;
    if (r->outcome == ENT_LP_OPTIMAL) {
        read_doubles(lp, r, out);
        ENT_TRY(decide(ctx, lp, r->basis, out));
    }
    const bool is_doubtful =
        lp->insist || r->outcome == ENT_LP_LIMIT || r->outcome == ENT_LP_OPTIMAL;
    if (is_doubtful && !out->exact && lp->rows <= MOVES_ROWS) {
        for (int k = 0; k < lp->rows; k++) basis[k] = r->basis[k];
        ENT_TRY(decide_by_moves(ctx, lp, basis, out));
        if (out->outcome == ENT_LP_LIMIT) out->outcome = r->outcome;
        for (int j = 0; out->exact && j < lp->columns; j++)
            out->x[j] = ent_rat_double(&out->x_exact[j]);
        for (int k = 0; out->exact && k < lp->rows; k++)
            out->y[k] = ent_rat_double(&out->y_exact[k]);
    }
    if (out->outcome == ENT_LP_OPTIMAL && !out->exact) take_doubles(lp, r->value, out);
done:
    return st;
}

static ent_status in_doubles(ent_ctx *ctx, const ent_incentive_lp *lp, double **a, double **b,
                             double **c)
{
    ent_status st = ENT_OK;
    const size_t size = (size_t)lp->rows * (size_t)lp->columns;
    ENT_SCRATCH(ctx, *a, size);
    ENT_SCRATCH(ctx, *b, lp->rows);
    ENT_SCRATCH(ctx, *c, lp->columns);
    for (size_t k = 0; k < size; k++) (*a)[k] = ent_rat_double(&lp->a[k]);
    for (int r = 0; r < lp->rows; r++) (*b)[r] = ent_rat_double(&lp->b[r]);
    for (int j = 0; j < lp->columns; j++) (*c)[j] = ent_rat_double(&lp->c[j]);
done:
    return st;
}

/* Each profile's best decision, the first of equal ones: all together they are optimal but for the
 * constraints that they break. */
static void choose_keys(const ent_incentive_lp *lp, const double *c, int *key)
{
    const ent_bargain *b = lp->problem->b;
    for (int cell = 0; cell < b->own_cells; cell++) {
        key[cell] = b->first[cell];
        for (int o = b->first[cell]; !lp->from_constant && o < b->first[cell + 1]; o++)
            if (c[o] > c[key[cell]]) key[cell] = o;
    }
}

ent_status ent_i_incentive_solve(ent_ctx *ctx, const ent_incentive_lp *lp,
                                 ent_incentive_answer *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *problem = lp->problem->b;
    ent_keyed_lp *work = NULL;
    ent_lp_result r;
    ent_incentive_answer answer = {.rows = lp->rows, .columns = lp->columns, .value = ENT_RAT_ZERO};
    double *a = NULL, *b = NULL, *c = NULL;
    int *basis = NULL; /* first the keys of the cells */
    ENT_TRY(in_doubles(ctx, lp, &a, &b, &c));
    ENT_ALLOC(ctx, answer.x, lp->columns);
    ENT_ALLOC(ctx, answer.y, lp->rows);
    if (!(answer.x_exact = ent_rats_new(ctx, (size_t)lp->columns, &st))) goto done;
    if (!(answer.y_exact = ent_rats_new(ctx, (size_t)lp->rows, &st))) goto done;
    ENT_SCRATCH(ctx, basis, lp->rows);
    choose_keys(lp, c, basis);
    ENT_TRY(
        ent_keyed_lp_new(ctx, lp->rows, lp->columns, problem->own_cells, problem->first, &work));
    const ent_lp program = {
        .rows = lp->rows, .columns = lp->columns, .a = a, .b = b, .c = c, .sense = lp->sense};
    ent_keyed_lp_solve(work, &program, basis, &r);
    ENT_TRY(settle(ctx, lp, &r, basis, &answer));
    *out = answer;
    answer = (ent_incentive_answer){0};
done:
    ent_keyed_lp_free(work);
    ent_i_incentive_answer_free(&answer);
    ent_scratch_reset(ctx, mark);
    return st;
}
