/* The linear program behind notion (ii): least t with -t <= e <= t for all pairs, over the optimal
 * strategies of all conflicts. A conflict contributes nothing when both sides have a single
 * strategy, the weights of one side when the other has one, and else joint weights on tight plays
 * of both (a relaxation; its marginals are then tried). Payoffs are divided by the spread. */
#include "strategic/perfect.h"

#include "num/lp.h"

#include <math.h>

enum { VARIABLES_MAX = 20000, CELLS_MAX = 20000000 };
static const double CLOSE = 1e-9;    /* how far a fraction may be from the double it stands for */
static const double NOTHING = 1e-11; /* multipliers and weights below this are 0 */

typedef struct program {
    ent_perfect *p;
    int rows, columns; /* of the program; the last column is t */
    int *first;        /* [fights + 1] first variable of each conflict */
    double *a, *b, *c;
    ent_lp_sense *sense;
} program;

static bool free_rows(const ent_fight *f) { return !f->unique_row; }
static bool free_columns(const ent_fight *f) { return !f->unique_column; }

static int tight(int n, const bool *is)
{
    int k = 0;
    for (int i = 0; i < n; i++) k += is[i];
    return k;
}

static int variables(const ent_fight *f)
{
    if (!free_rows(f) && !free_columns(f)) return 0;
    return (free_rows(f) ? tight(f->rows, f->tight_row) : 1) *
           (free_columns(f) ? tight(f->columns, f->tight_column) : 1);
}

/* Sum of weights, and the inequalities that keep free sides optimal. */
static int constraints(const ent_fight *f)
{
    if (variables(f) == 0) return 0;
    return 1 + (free_rows(f) ? f->columns : 0) + (free_columns(f) ? f->rows : 0);
}

static double number(const ent_perfect *p, const ent_rat *r)
{
    return ent_rat_double(r) / ent_rat_double(&p->spread);
}

/* The mean over the fixed side of g(r, c), by doubles: r or c is -1 when that side is fixed. */
typedef double cell_fn(const ent_perfect *p, const ent_fight *f, int r, int c, int which);

static double mean(const ent_perfect *p, const ent_fight *f, int r, int c, cell_fn *cell, int which)
{
    double sum = 0.0;
    if (r >= 0 && c >= 0) return cell(p, f, r, c, which);
    for (int x = 0; r < 0 && x < f->rows; x++)
        if (ent_rat_sign(&f->p[x]) != 0)
            sum += ent_rat_double(&f->p[x]) * mean(p, f, x, c, cell, which);
    for (int y = 0; r >= 0 && y < f->columns; y++)
        if (ent_rat_sign(&f->q[y]) != 0) sum += ent_rat_double(&f->q[y]) * cell(p, f, r, y, which);
    return sum;
}

static double payoff_cell(const ent_perfect *p, const ent_fight *f, int r, int c, int who)
{
    return number(p, &p->weighted[who * p->m->profiles + f->row_at[r] + f->column_at[c]]);
}

static double excess_cell(const ent_perfect *p, const ent_fight *f, int r, int c, int unused)
{
    ent_rat e = ENT_RAT_ZERO;
    (void)unused;
    ent_i_fight_excess(p, f, r, c, &e);
    const double x = number(p, &e);
    ent_rat_release(&e);
    return x;
}

/* How variable (r, c) of fight f counts in every pair's difference; added to column `at`, or to the
 * right-hand sides. */
static void add_differences(program *g, const ent_fight *f, int r, int c, int at)
{
    const ent_perfect *p = g->p;
    for (int i = 0; i < p->n; i++) {
        const ent_coal side = ent_coal_has(f->s, i) ? f->s : ent_coal_all(p->n) & ~f->s;
        const double u = mean(p, f, r, c, payoff_cell, i);
        for (int k = 0; k < p->pairs; k++) {
            const double part = ent_i_pair_coefficient(&p->pair[k], side, i) * u;
            if (part == 0.0) continue;
            if (at >= 0) {
                g->a[(2 * k) * g->columns + at] += part;
                g->a[(2 * k + 1) * g->columns + at] -= part;
            } else {
                g->b[2 * k] -= part;
                g->b[2 * k + 1] += part;
            }
        }
    }
}

/* What a play earns beyond the value, rounding taken off: a row of nothing but rounding would be
 * scaled into a contradiction. */
static double beyond(const ent_perfect *p, const ent_fight *f, int r, int c)
{
    static const double ROUNDING = 1e-13, ROUNDING_OF_DOUBLES = 1e-9;
    const double x = mean(p, f, r, c, excess_cell, 0);
    return fabs(x) <= (p->exact ? ROUNDING : ROUNDING_OF_DOUBLES) ? 0.0 : x;
}

/* The constraints of one conflict's variables. */
static void add_variable(program *g, const ent_fight *f, int r, int c, int at, int row)
{
    add_differences(g, f, r, c, at);
    g->a[row++ * g->columns + at] = 1.0;
    for (int y = 0; free_rows(f) && y < f->columns; y++)
        g->a[row++ * g->columns + at] = -beyond(g->p, f, r, y);
    for (int x = 0; free_columns(f) && x < f->rows; x++)
        g->a[row++ * g->columns + at] = beyond(g->p, f, x, c);
}

/* All variables of one conflict. */
static void add_variables(program *g, const ent_fight *f, int at, int row)
{
    for (int r = free_rows(f) ? 0 : -1; r < (free_rows(f) ? f->rows : 0); r++) {
        if (r >= 0 && !f->tight_row[r]) continue;
        for (int c = free_columns(f) ? 0 : -1; c < (free_columns(f) ? f->columns : 0); c++)
            if (c < 0 || f->tight_column[c]) add_variable(g, f, r, c, at++, row);
    }
}

static void build(program *g)
{
    const ent_perfect *p = g->p;
    int row = 2 * p->pairs;
    for (int k = 0; k < 2 * p->pairs; k++) g->a[k * g->columns + g->columns - 1] = -1.0;
    for (int k = 0; k < p->fights; k++) {
        const ent_fight *f = &p->fight[k];
        if (variables(f) == 0) {
            add_differences(g, f, -1, -1, -1);
            continue;
        }
        add_variables(g, f, g->first[k], row);
        g->b[row] = 1.0;
        g->sense[row] = ENT_LP_EQ;
        row += constraints(f);
    }
    g->c[g->columns - 1] = -1.0;
}

static void simplest_near(double x, ent_rat *r)
{
    ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    ent_rat_set_double(&lo, x - CLOSE * fabs(x));
    ent_rat_set_double(&hi, x + CLOSE * fabs(x));
    ent_rat_simplest(r, &lo, &hi);
    ent_rat_release(&lo);
    ent_rat_release(&hi);
}

/* Multipliers of the differences, |weights| of sum at most 1, and of the conflicts'
 * inequalities. */
static void read_multipliers(program *g, const double *y)
{
    ent_perfect *p = g->p;
    ent_rat sum = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    const ent_rat one = {1, 1, NULL};
    for (int k = 0; k < p->pairs; k++) {
        const double w = y[2 * k] - y[2 * k + 1];
        if (fabs(w) > NOTHING) simplest_near(w, &p->pair[k].weight);
        ent_rat_set(&size, &p->pair[k].weight);
        if (ent_rat_sign(&size) < 0) ent_rat_neg(&size, &size);
        ent_rat_add(&sum, &sum, &size);
    }
    const bool over = ent_rat_cmp(&sum, &one) > 0;
    for (int k = 0; over && k < p->pairs; k++)
        ent_rat_div(&p->pair[k].weight, &p->pair[k].weight, &sum);
    int row = 2 * p->pairs;
    for (int k = 0; k < p->fights; k++) {
        ent_fight *f = &p->fight[k];
        if (variables(f) == 0) continue;
        row++;
        for (int c = 0; free_rows(f) && c < f->columns; c++, row++)
            if (y[row] > NOTHING) simplest_near(y[row], &f->slack_column[c]);
        for (int r = 0; free_columns(f) && r < f->rows; r++, row++)
            if (y[row] > NOTHING) simplest_near(y[row], &f->slack_row[r]);
    }
    ent_rat_release(&sum);
    ent_rat_release(&size);
}

/* Do these weights of a side secure the value against every play of the other, exactly? */
static bool secures(const ent_perfect *p, const ent_fight *f, bool rows, const ent_rat *w)
{
    const int mine = rows ? f->rows : f->columns, theirs = rows ? f->columns : f->rows;
    ent_rat sum = ENT_RAT_ZERO, part = ENT_RAT_ZERO;
    bool good = true;
    for (int t = 0; t < theirs && good; t++) {
        ent_rat_set_int(&sum, 0);
        for (int k = 0; k < mine; k++) {
            if (ent_rat_sign(&w[k]) == 0) continue;
            ent_i_fight_excess(p, f, rows ? k : t, rows ? t : k, &part);
            ent_rat_addmul(&sum, &part, &w[k]);
        }
        good = rows ? ent_rat_sign(&sum) >= 0 : ent_rat_sign(&sum) <= 0;
    }
    ent_rat_release(&sum);
    ent_rat_release(&part);
    return good;
}

/* Weights as fractions of sum 1, if they are still optimal exactly; else nothing changes. */
static ent_status adopt(ent_ctx *ctx, const ent_perfect *p, ent_fight *f, bool rows,
                        const double *weight)
{
    ent_status st = ENT_OK;
    const int mine = rows ? f->rows : f->columns;
    ent_rat *w = ent_rats_new(ctx, (size_t)mine, &st), sum = ENT_RAT_ZERO;
    if (!w) return st;
    for (int k = 0; k < mine; k++) {
        if (weight[k] > NOTHING) simplest_near(weight[k], &w[k]);
        ent_rat_add(&sum, &sum, &w[k]);
    }
    for (int k = 0; k < mine; k++) ent_rat_div(&w[k], &w[k], &sum);
    const bool good = !p->exact || secures(p, f, rows, w);
    for (int k = 0; k < mine && good; k++) {
        if (p->exact) ent_rat_set(rows ? &f->p[k] : &f->q[k], &w[k]);
        else ent_rat_set_double(rows ? &f->p[k] : &f->q[k], ent_rat_double(&w[k]));
    }
    ent_rat_release(&sum);
    ent_rats_free(w, (size_t)mine);
    return ENT_OK;
}

/* The weights of both sides in one conflict's variables. */
static void marginals(const ent_fight *f, const double *x, double *row, double *column)
{
    for (int r = 0; r < f->rows; r++) row[r] = 0.0;
    for (int c = 0; c < f->columns; c++) column[c] = 0.0;
    for (int r = free_rows(f) ? 0 : -1; r < (free_rows(f) ? f->rows : 0); r++) {
        if (r >= 0 && !f->tight_row[r]) continue;
        for (int c = free_columns(f) ? 0 : -1; c < (free_columns(f) ? f->columns : 0); c++) {
            if (c >= 0 && !f->tight_column[c]) continue;
            if (r >= 0) row[r] += *x;
            if (c >= 0) column[c] += *x;
            x++;
        }
    }
}

/* The program's strategies. */
static ent_status read_strategies(ent_ctx *ctx, program *g, const double *x)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    for (int k = 0; k < g->p->fights; k++) {
        ent_fight *f = &g->p->fight[k];
        double *row = NULL, *column = NULL;
        if (variables(f) == 0) continue;
        const bool rows = free_rows(f), columns = free_columns(f);
        ENT_SCRATCH(ctx, row, f->rows);
        ENT_SCRATCH(ctx, column, f->columns);
        marginals(f, x + g->first[k], row, column);
        if (rows) ENT_TRY(adopt(ctx, g->p, f, true, row));
        if (columns) ENT_TRY(adopt(ctx, g->p, f, false, column));
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Sizes and room of the program; *fits is false when it would be too large. */
static ent_status prepare(ent_ctx *ctx, program *g, bool *fits)
{
    ent_status st = ENT_OK;
    const ent_perfect *p = g->p;
    *fits = false;
    g->rows = 2 * p->pairs;
    ENT_SCRATCH(ctx, g->first, p->fights + 1);
    for (int k = 0; k < p->fights; k++) {
        g->first[k] = g->columns;
        g->columns += variables(&p->fight[k]);
        g->rows += constraints(&p->fight[k]);
        if (g->columns > VARIABLES_MAX) goto done;
    }
    g->columns++;
    const int64_t cells = (int64_t)g->rows * g->columns;
    if (p->pairs == 0 || cells > CELLS_MAX) goto done;
    ENT_SCRATCH(ctx, g->a, cells);
    ENT_SCRATCH(ctx, g->b, g->rows);
    ENT_SCRATCH(ctx, g->c, g->columns);
    ENT_SCRATCH(ctx, g->sense, g->rows);
    for (int64_t k = 0; k < cells; k++) g->a[k] = 0.0;
    for (int k = 0; k < g->rows; k++) g->b[k] = 0.0, g->sense[k] = ENT_LP_LE;
    for (int k = 0; k < g->columns; k++) g->c[k] = 0.0;
    *fits = true;
done:
    return st;
}

/* One program, its strategies adopted; with `prove` also its multipliers and the bound. */
static ent_status run(ent_ctx *ctx, ent_perfect *p, bool prove)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    program g = {.p = p};
    ent_lp_work *work = NULL;
    ent_lp_result r;
    bool fits = false;
    ENT_TRY(prepare(ctx, &g, &fits));
    if (!fits) goto done;
    build(&g);
    ENT_TRY(ent_lp_work_new(ctx, g.rows, g.columns, &work));
    const ent_lp lp = {
        .rows = g.rows, .columns = g.columns, .a = g.a, .b = g.b, .c = g.c, .sense = g.sense};
    ent_lp_solve(work, &lp, ENT_LP_COLD, NULL, &r);
    if (r.outcome != ENT_LP_OPTIMAL) goto done;
    if (prove) read_multipliers(&g, r.y);
    ENT_TRY(read_strategies(ctx, &g, r.x));
    ENT_TRY(ent_i_perfect_tighten(ctx, p));
    ent_i_perfect_measure(p);
    if (prove) ENT_TRY(ent_i_perfect_bound(ctx, p));
done:
    ent_lp_work_free(work);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_perfect_decide(ent_ctx *ctx, ent_perfect *p)
{
    enum { TURNS = 10 };
    ent_status st = ENT_OK;
    ENT_TRY(run(ctx, p, true));
    if (ent_rat_sign(&p->residual) == 0 || ent_rat_sign(&p->bound) > 0) goto done;
    /* Both sides of some conflict are free, and the relaxation proves nothing: one side at a time
     * is a program without it. */
    for (int turn = 0; turn < TURNS && ent_rat_sign(&p->residual) != 0; turn++) {
        for (int k = 0; k < p->fights; k++) {
            if (turn % 2 == 0) p->fight[k].unique_column = true;
            else p->fight[k].unique_row = true;
        }
        ENT_TRY(run(ctx, p, false));
    }
done:
    return st;
}
