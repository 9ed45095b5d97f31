/* One order of an expansion as a linear program. With all lower orders given, everything is linear
 * in the new one, y = (e, beta), the claims omega' and the worths W':
 *     maximise  sum of min(e_m, 1) over pending weights
 *     worth of o at y  <=  W'                                       options that attain all lower
 *     orders R(W', e) - A(e, beta) omega_0 - A(lambda_0, alpha_0) omega'  <=  products of lower
 *     orders       rows still undecided e, beta >= 0 where they are pending.
 * The feasible set of order 1 is a cone, so that an optimum makes every weight positive that can
 * be. */
#include "bayesian/expansion.h"

#include "exact/bareiss.h"
#include "num/lp_exact.h"

#include <math.h>

/* Programs larger than this (coefficients) are not set up in rationals. */
enum { COEFFICIENTS_MAX = 1000000 };

typedef struct program {
    const ent_expansion *x;
    const bool *rows;
    /* columns of omega'[interims], W'[cells] (-1: one option, no column), min(e,1)[interims]; -1:
       none */
    int *claim, *worth, *reach;
    int *exponent; /* [columns] units of a column: 2^exponent */
    int row_count, columns;
    ent_rat *a, *b, *c;
    bool *is_free;
} program;

static int weight_column(const program *p, int m) { return p->x->problem->b->pairs + m; }

static ent_rat *at(const program *p, int row, int column)
{
    return &p->a[(size_t)row * (size_t)p->columns + (size_t)column];
}

static int ties_of(const program *p, int cell)
{
    const ent_bargain *b = p->x->problem->b;
    int ties = 0;
    for (int o = b->first[cell]; o < b->first[cell + 1]; o++) ties += p->x->ties[o];
    return ties;
}

/* Number columns and count rows. */
static void number(program *p)
{
    const ent_bargain *b = p->x->problem->b;
    int next = b->pairs + b->interims, rows = 0;
    for (int cell = 0; cell < b->cells; cell++) {
        const int ties = ties_of(p, cell);
        p->worth[cell] = ties > 1 ? next++ : -1;
        rows += ties > 1 ? ties : 0;
    }
    for (int m = 0; m < b->interims; m++) {
        const bool pending = ent_i_expansion_weight_pending(p->x, m);
        p->claim[m] = p->rows[m] ? next++ : -1;
        p->reach[m] = pending ? next++ : -1;
        rows += p->rows[m] + pending;
    }
    p->columns = next;
    p->row_count = rows;
}

/* Units: weights and multipliers come in 1/utility, claims in utility, of each player: near 1 after
 * division by a power of two. */
static void set_columns(program *p)
{
    const ent_bargain *b = p->x->problem->b;
    int exponent = 0;
    for (int k = 0; k < p->columns; k++) p->exponent[k] = 0, p->is_free[k] = false;
    for (int m = 0; m < b->interims; m++) {
        frexp(b->scale[b->place[m]], &exponent);
        p->exponent[weight_column(p, m)] = -exponent;
        p->is_free[weight_column(p, m)] = p->reach[m] < 0;
        if (p->reach[m] >= 0) p->exponent[p->reach[m]] = -exponent;
        if (p->claim[m] >= 0) p->exponent[p->claim[m]] = exponent, p->is_free[p->claim[m]] = true;
    }
    for (int k = 0; k < b->pairs; k++) {
        p->exponent[k] = p->exponent[weight_column(p, b->pair_true[k])];
        p->is_free[k] = !ent_i_expansion_multiplier_pending(p->x, k);
    }
    for (int cell = 0; cell < b->cells; cell++)
        if (p->worth[cell] >= 0) p->is_free[p->worth[cell]] = true;
}

/* row += factor * (worth of the option at y) */
static void add_worth(const program *p, int row, int cell, int o, const ent_rat *factor)
{
    const ent_bargain *b = p->x->problem->b;
    ent_rat minus = ENT_RAT_ZERO;
    ent_rat_neg(&minus, factor);
    for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++)
        ent_rat_addmul(
            at(p, row, b->row[r].y), b->row[r].sign > 0.0 ? factor : &minus,
            &p->x->problem->a[(size_t)o * (size_t)b->interims + (size_t)b->row[r].interim]);
    ent_rat_release(&minus);
}

static int worth_rows(const program *p, int row)
{
    const ent_bargain *b = p->x->problem->b;
    ent_rat one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; p->worth[cell] >= 0 && o < b->first[cell + 1]; o++) {
            if (!p->x->ties[o]) continue;
            add_worth(p, row, cell, o, &one);
            ent_rat_set_int(at(p, row++, p->worth[cell]), -1);
        }
    ent_rat_release(&one);
    return row;
}

static int only_tie(const program *p, int cell)
{
    int o = p->x->problem->b->first[cell];
    while (!p->x->ties[o]) o++;
    return o;
}

/* R(W', e) into the rows of the claims; row_of[m] < 0: none. */
static void right_rows(const program *p, const int *row_of)
{
    const ent_exact_problem *problem = p->x->problem;
    const ent_bargain *b = problem->b;
    for (int cell = 0; cell < b->cells; cell++)
        for (int w = b->first_warrant[cell]; w < b->first_warrant[cell + 1]; w++) {
            const int row = row_of[b->warrant[w].interim];
            if (row < 0) continue;
            if (p->worth[cell] < 0)
                add_worth(p, row, cell, only_tie(p, cell), &problem->warrant[w]);
            else
                ent_rat_add(at(p, row, p->worth[cell]), at(p, row, p->worth[cell]),
                            &problem->warrant[w]);
        }
    for (int m = 0; m < b->interims; m++)
        for (int l = 0; row_of[m] >= 0 && l < b->interims; l++)
            ent_rat_submul(
                at(p, row_of[m], weight_column(p, l)), &problem->q[m],
                &problem->outside[(size_t)b->place[m] * (size_t)b->interims + (size_t)l]);
}

static void subtract(const program *p, int row, int column, const ent_rat *x)
{
    if (row >= 0 && column >= 0) ent_rat_sub(at(p, row, column), at(p, row, column), x);
}

static void add(const program *p, int row, int column, const ent_rat *x)
{
    if (row >= 0 && column >= 0) ent_rat_add(at(p, row, column), at(p, row, column), x);
}

/* - A(e, beta) omega_0 - A(lambda_0, alpha_0) omega' */
static void left_rows(const program *p, const int *row_of)
{
    const ent_bargain *b = p->x->problem->b;
    const ent_bayes_term *base = &p->x->term[0];
    for (int m = 0; m < b->interims; m++) {
        subtract(p, row_of[m], weight_column(p, m), &base->claim[m]);
        subtract(p, row_of[m], p->claim[m], &base->weight[m]);
    }
    for (int k = 0; k < b->pairs; k++) {
        const int t = b->pair_true[k], tau = b->pair_report[k];
        subtract(p, row_of[t], k, &base->claim[t]);
        add(p, row_of[tau], k, &base->claim[t]);
        subtract(p, row_of[t], p->claim[t], &base->multiplier[k]);
        add(p, row_of[tau], p->claim[t], &base->multiplier[k]);
    }
}

/* The claims' right sides: what lower orders multiply to. */
static ent_status lower_orders(ent_ctx *ctx, const program *p, const int *row_of)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)p->x->problem->b->interims;
    ent_rat *products = ent_rats_new(ctx, n, &st);
    if (!products) goto done;
    ent_i_expansion_products(p->x, p->x->orders + 1, products);
    for (size_t m = 0; m < n; m++)
        if (row_of[m] >= 0) ent_rat_set(&p->b[row_of[m]], &products[m]);
done:
    ent_rats_free(products, n);
    return st;
}

/* A pending weight is reach + the rest; reach <= 1, in the units of its column. */
static void reach_rows(program *p, int row)
{
    const ent_bargain *b = p->x->problem->b;
    for (int m = 0; m < b->interims; m++) {
        if (p->reach[m] < 0) continue;
        for (int r = 0; r < row; r++)
            ent_rat_set(at(p, r, p->reach[m]), at(p, r, weight_column(p, m)));
        ent_rat_set_int(at(p, row, p->reach[m]), 1);
        ent_rat_set_double(&p->b[row], ldexp(1.0, p->exponent[p->reach[m]]));
        ent_rat_set_double(&p->c[p->reach[m]], ldexp(1.0, -p->exponent[p->reach[m]]));
        row++;
    }
}

static void scale_columns(const program *p)
{
    ent_rat factor = ENT_RAT_ZERO;
    for (int k = 0; k < p->columns; k++) {
        ent_rat_set_double(&factor, ldexp(1.0, p->exponent[k]));
        for (int r = 0; p->exponent[k] != 0 && r < p->row_count; r++)
            ent_rat_mul(at(p, r, k), at(p, r, k), &factor);
        ent_rat_mul(&p->c[k], &p->c[k], &factor);
    }
    ent_rat_release(&factor);
}

static ent_status set_up(ent_ctx *ctx, program *p)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = p->x->problem->b;
    int *row_of = NULL;
    ENT_SCRATCH(ctx, row_of, b->interims);
    ENT_SCRATCH(ctx, p->exponent, p->columns);
    ENT_SCRATCH(ctx, p->is_free, p->columns);
    if (!(p->a = ent_rats_new(ctx, (size_t)p->row_count * (size_t)p->columns, &st))) goto done;
    if (!(p->b = ent_rats_new(ctx, (size_t)p->row_count, &st))) goto done;
    if (!(p->c = ent_rats_new(ctx, (size_t)p->columns, &st))) goto done;
    set_columns(p);
    int row = worth_rows(p, 0);
    for (int m = 0; m < b->interims; m++) row_of[m] = p->rows[m] ? row++ : -1;
    right_rows(p, row_of);
    left_rows(p, row_of);
    ENT_TRY(lower_orders(ctx, p, row_of));
    reach_rows(p, row);
    scale_columns(p);
done:
    return st;
}

/* Free columns that depend on others are dropped: in doubles a program would take their rounding
 * errors for pivots. */
static ent_status drop_dependent(ent_ctx *ctx, program *p)
{
    ent_status st = ENT_OK;
    int *column = NULL, *kept = NULL, n = 0;
    ent_rat *a = NULL;
    ENT_SCRATCH(ctx, column, p->columns);
    ENT_SCRATCH(ctx, kept, p->columns);
    for (int k = 0; k < p->columns; k++)
        if (p->is_free[k]) column[n++] = k;
    const size_t size = (size_t)p->row_count * (size_t)n;
    if (!(a = ent_rats_new(ctx, size, &st))) goto done;
    for (int r = 0; r < p->row_count; r++)
        for (int q = 0; q < n; q++)
            ent_rat_set(&a[(size_t)r * (size_t)n + (size_t)q], at(p, r, column[q]));
    ent_rank rank = {.column = kept};
    ENT_TRY(ent_bareiss_rank(ctx, p->row_count, n, a, &rank));
    for (int q = rank.rank; q < n; q++) {
        p->is_free[column[kept[q]]] = false;
        for (int r = 0; r < p->row_count; r++) ent_rat_set_int(at(p, r, column[kept[q]]), 0);
    }
done:
    ent_rats_free(a, (size_t)p->row_count * (size_t)n);
    return st;
}

/* The dual program has few rows, and rows are what exact programs pay for:
 *     maximise -b y   subject to   a' y >= c  (= c for free columns),   y >= 0,
 * with prices -x. */
typedef struct dual {
    ent_rat *a, *c;      /* [columns][rows], [rows] */
    ent_lp_sense *sense; /* [columns] */
    double *a_value, *b_value, *c_value;
} dual;

static void dual_free(const program *p, dual *d)
{
    ent_rats_free(d->a, (size_t)p->row_count * (size_t)p->columns);
    ent_rats_free(d->c, (size_t)p->row_count);
}

static ent_status dual_new(ent_ctx *ctx, const program *p, dual *d)
{
    ent_status st = ENT_OK;
    const size_t size = (size_t)p->row_count * (size_t)p->columns;
    ENT_SCRATCH(ctx, d->sense, p->columns);
    ENT_SCRATCH(ctx, d->a_value, size);
    ENT_SCRATCH(ctx, d->b_value, p->columns);
    ENT_SCRATCH(ctx, d->c_value, p->row_count);
    if (!(d->a = ent_rats_new(ctx, size, &st))) goto done;
    if (!(d->c = ent_rats_new(ctx, (size_t)p->row_count, &st))) goto done;
    for (int k = 0; k < p->columns; k++) {
        d->sense[k] = p->is_free[k] ? ENT_LP_EQ : ENT_LP_GE;
        d->b_value[k] = ent_rat_double(&p->c[k]);
        for (int r = 0; r < p->row_count; r++) {
            const size_t to = (size_t)k * (size_t)p->row_count + (size_t)r;
            ent_rat_set(&d->a[to], at(p, r, k));
            d->a_value[to] = ent_rat_double(at(p, r, k));
        }
    }
    for (int r = 0; r < p->row_count; r++) {
        ent_rat_neg(&d->c[r], &p->b[r]);
        d->c_value[r] = ent_rat_double(&d->c[r]);
    }
done:
    return st;
}

/* The basis in doubles, then the program in rationals from there. */
static ent_status solve(ent_ctx *ctx, const program *p, ent_rat *solution, bool *solved)
{
    ent_status st = ENT_OK;
    ent_lp_work *work = NULL;
    ent_lp_result r;
    dual d = {0};
    ent_exact_lp_result exact = {.value = ENT_RAT_ZERO, .y = solution};
    ENT_SCRATCH(ctx, exact.basis, p->columns);
    if (!(exact.x = ent_rats_new(ctx, (size_t)p->row_count, &st))) goto done;
    ENT_TRY(dual_new(ctx, p, &d));
    ENT_TRY(ent_lp_work_new(ctx, p->columns, p->row_count, &work));
    const ent_lp lp = {.rows = p->columns,
                       .columns = p->row_count,
                       .a = d.a_value,
                       .b = d.b_value,
                       .c = d.c_value,
                       .sense = d.sense};
    ent_lp_solve(work, &lp, ENT_LP_COLD, NULL, &r);
    *solved = r.outcome == ENT_LP_OPTIMAL;
    if (!*solved) goto done;
    for (int k = 0; k < p->columns; k++) exact.basis[k] = r.basis[k];
    const ent_exact_lp same = {.rows = p->columns,
                               .columns = p->row_count,
                               .a = d.a,
                               .b = p->c,
                               .c = d.c,
                               .sense = d.sense};
    ENT_TRY(ent_lp_solve_exact(ctx, &same, &exact));
    *solved = exact.outcome == ENT_LP_OPTIMAL && ent_rat_sign(&exact.value) < 0;
    for (int k = 0; k < p->columns; k++) ent_rat_neg(&solution[k], &solution[k]);
done:
    ent_rat_release(&exact.value);
    ent_rats_free(exact.x, (size_t)p->row_count);
    dual_free(p, &d);
    ent_lp_work_free(work);
    return st;
}

static void unscaled(const program *p, const ent_rat *solution, int column, ent_rat *out)
{
    ent_rat_set_double(out, ldexp(1.0, p->exponent[column]));
    ent_rat_mul(out, out, &solution[column]);
}

static void read_term(const program *p, const ent_rat *solution, ent_bayes_term *t)
{
    const ent_bargain *b = p->x->problem->b;
    ent_rat rest = ENT_RAT_ZERO;
    for (int m = 0; m < b->interims; m++) {
        unscaled(p, solution, weight_column(p, m), &t->weight[m]);
        if (p->claim[m] >= 0) unscaled(p, solution, p->claim[m], &t->claim[m]);
        if (p->reach[m] < 0) continue;
        unscaled(p, solution, p->reach[m], &rest);
        ent_rat_add(&t->weight[m], &t->weight[m], &rest);
    }
    for (int k = 0; k < b->pairs; k++) unscaled(p, solution, k, &t->multiplier[k]);
    ent_rat_release(&rest);
}

ent_status ent_i_expansion_step(ent_ctx *ctx, const ent_expansion *x, const bool *rows,
                                ent_bayes_term *out, bool *found)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = x->problem->b;
    program p = {.x = x, .rows = rows};
    ent_rat *solution = NULL;
    ent_bayes_term term = {0};
    *found = false;
    ENT_SCRATCH(ctx, p.claim, b->interims);
    ENT_SCRATCH(ctx, p.reach, b->interims);
    ENT_SCRATCH(ctx, p.worth, b->cells);
    number(&p);
    if ((int64_t)p.row_count * p.columns > COEFFICIENTS_MAX) goto done;
    ENT_TRY(set_up(ctx, &p));
    ENT_TRY(drop_dependent(ctx, &p));
    if (!(solution = ent_rats_new(ctx, (size_t)p.columns, &st))) goto done;
    ENT_TRY(solve(ctx, &p, solution, found));
    if (!*found) goto done;
    ENT_TRY(ent_i_bayes_term_new(ctx, b->interims, b->pairs, &term));
    read_term(&p, solution, &term);
    *out = term;
    term = (ent_bayes_term){0};
done:
    ent_i_bayes_term_free(b->interims, b->pairs, &term);
    ent_rats_free(solution, (size_t)p.columns);
    ent_rats_free(p.a, (size_t)p.row_count * (size_t)p.columns);
    ent_rats_free(p.b, (size_t)p.row_count);
    ent_rats_free(p.c, (size_t)p.columns);
    ent_scratch_reset(ctx, mark);
    return st;
}
