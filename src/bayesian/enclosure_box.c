/* The programs are set up once; a box changes the right side of the first and a few coefficients of the second. Their doubles only
 * propose: a proof is rounded to whole numbers, on a finer grid when a coarse one fails, and judged with a margin that rounding
 * errors of doubles cannot reach. */
#include "bayesian/enclosure_box.h"

#include "base/ctx.h"
#include "num/lp.h"

#include <math.h>

/* A sum of terms counts as negative when it lies below 0 by this share of the sum of their sizes: far above what sums of some
 * thousand doubles lose, far below what the grid leaves. */
static const double margin = 1e-10;
/* Grids for rounding, in units of the slack of the second program, 1: the proof has to survive some errors of half a unit. */
static const double grids[] = {0x1p-4, 0x1p-8, 0x1p-12, 0x1p-18};
/* Numbers beyond this are no proof that anybody wants to read; they still fit doubles exactly. */
static const double number_max = 0x1p45;

typedef struct program {
    int rows, columns;
    double *a, *b, *c;
    ent_lp_sense *sense;
    bool *is_free;
    ent_lp_work *work;
    int *basis;  /* [rows] where to begin, once has_basis */
    bool has_basis;
} program;

struct ent_box_work {
    const ent_bargain *b;
    program reach;   /* columns: lotteries; rows: cells, s >= 0, U >= (target + low) / factor */
    program warrant; /* columns: pi, nu, slack; rows: cells, a (two an interim), b (two a pair), slack <= 1 */
    int64_t *number; /* the proof */
    double *g, *alpha;
    bool *forced;    /* [pairs] no mechanism makes the truth better than this report */
};

static ent_status program_new(ent_ctx *ctx, int rows, int columns, program *p)
{
    ent_status st = ENT_OK;
    *p = (program){.rows = rows, .columns = columns};
    ENT_SCRATCH(ctx, p->a, (size_t)rows * (size_t)columns);
    ENT_SCRATCH(ctx, p->b, rows);
    ENT_SCRATCH(ctx, p->c, columns);
    ENT_SCRATCH(ctx, p->sense, rows);
    ENT_SCRATCH(ctx, p->is_free, columns);
    ENT_SCRATCH(ctx, p->basis, rows);
    for (size_t k = 0; k < (size_t)rows * (size_t)columns; k++) p->a[k] = 0.0;
    for (int i = 0; i < rows; i++) p->b[i] = 0.0, p->sense[i] = ENT_LP_LE;
    for (int j = 0; j < columns; j++) p->c[j] = 0.0, p->is_free[j] = false;
    ENT_TRY(ent_lp_work_new(ctx, rows, columns, &p->work));
done:
    return st;
}

static double *row_of(const program *p, int row) { return p->a + (size_t)row * (size_t)p->columns; }

/* From the last basis, if there is one: neighbouring boxes have neighbouring programs. */
static void solve(program *p, ent_lp_result *r)
{
    const ent_lp lp = {.rows = p->rows, .columns = p->columns, .a = p->a, .b = p->b, .c = p->c, .sense = p->sense, .is_free = p->is_free};
    ent_lp_solve(p->work, &lp, p->has_basis ? ENT_LP_BASIS : ENT_LP_COLD, p->has_basis ? p->basis : NULL, r);
    p->has_basis = r->outcome == ENT_LP_OPTIMAL;
    for (int i = 0; p->has_basis && i < p->rows; i++) p->basis[i] = r->basis[i];
}

static ent_status set_reach(ent_ctx *ctx, const ent_bargain *b, program *p)
{
    ent_status st = ENT_OK;
    const int k = b->interims, first_s = b->cells, first_u = first_s + b->pairs;
    ENT_TRY(program_new(ctx, first_u + k, b->options, p));
    for (int cell = 0; cell < b->cells; cell++) {
        p->sense[cell] = ENT_LP_EQ;
        p->b[cell] = 1.0;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            row_of(p, cell)[o] = 1.0;
            for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++)
                row_of(p, first_s + b->row[r].y)[o] += b->row[r].sign * b->a[(size_t)o * (size_t)k + (size_t)b->row[r].interim];
        }
    }
    for (int r = first_s; r < p->rows; r++) p->sense[r] = ENT_LP_GE;
done:
    return st;
}

static ent_status set_warrant(ent_ctx *ctx, const ent_bargain *b, const bool *forced, program *p)
{
    ent_status st = ENT_OK;
    const int k = b->interims, first_a = b->cells, first_b = first_a + 2 * k, last = first_b + 2 * b->pairs;
    ENT_TRY(program_new(ctx, last + 1, k + b->options + 1, p));
    const int slack = k + b->options;
    for (int m = 0; m < k; m++) p->is_free[m] = true;
    for (int cell = 0; cell < b->cells; cell++) {
        p->sense[cell] = ENT_LP_EQ;
        for (int w = b->first_warrant[cell]; w < b->first_warrant[cell + 1]; w++) row_of(p, cell)[b->warrant[w].interim] = -1.0;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            row_of(p, cell)[k + o] = 1.0;
            for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
                const double g = b->row[r].sign * b->a[(size_t)o * (size_t)k + (size_t)b->row[r].interim];
                const int y = b->row[r].y, row = y < b->pairs ? first_b + 2 * y : first_a + 2 * (y - b->pairs);
                row_of(p, row)[k + o] -= g;
                row_of(p, row + 1)[k + o] -= g;
            }
        }
    }
    for (int m = 0; m < k; m++)
        for (int side = 0; side < 2; side++) {
            double *row = row_of(p, first_a + 2 * m + side);
            for (int l = 0; l < k; l++) row[l] = b->q[l] * b->outside[(size_t)b->place[l] * (size_t)k + (size_t)m];
            row[slack] = 1.0;
        }
    for (int c = 0; c < 2 * b->pairs; c++) row_of(p, first_b + c)[slack] = forced[c / 2] ? 0.0 : 1.0;
    row_of(p, last)[slack] = 1.0;
    p->b[last] = 1.0;
    p->c[slack] = 1.0;
done:
    return st;
}

/* Which reports can no mechanism make worse than the truth? One program a pair, once. */
static void find_forced(ent_box_work *w)
{
    const ent_bargain *b = w->b;
    program *p = &w->reach;
    ent_lp_result r;
    for (int m = 0; m < b->interims; m++) p->b[b->cells + b->pairs + m] = -1.0; /* utilities are >= 0 */
    for (int k = 0; k < b->pairs; k++) {
        for (int o = 0; o < b->options; o++) p->c[o] = row_of(p, b->cells + k)[o];
        solve(p, &r);
        w->forced[k] = r.outcome != ENT_LP_OPTIMAL || r.value < 1e-9;
    }
    for (int o = 0; o < b->options; o++) p->c[o] = 0.0;
}

ent_status ent_i_box_work_new(ent_ctx *ctx, const ent_bargain *b, ent_box_work **out)
{
    ent_status st = ENT_OK;
    ent_box_work *w = NULL;
    ENT_SCRATCH(ctx, w, 1);
    *w = (ent_box_work){.b = b};
    *out = w;
    ENT_SCRATCH(ctx, w->number, b->interims + b->pairs + 3 * b->options);
    ENT_SCRATCH(ctx, w->g, b->interims);
    ENT_SCRATCH(ctx, w->alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, w->forced, b->pairs + 1);
    ENT_TRY(set_reach(ctx, b, &w->reach));
    find_forced(w);
    ENT_TRY(set_warrant(ctx, b, w->forced, &w->warrant));
done:
    return st;
}

void ent_i_box_work_free(ent_box_work *work)
{
    if (!work) return;
    ent_lp_work_free(work->reach.work);
    ent_lp_work_free(work->warrant.work);
}

int64_t ent_i_box_coefficients(const ent_bargain *b)
{
    const int64_t rows = b->cells + 2 * (b->interims + b->pairs) + 1;
    return rows * (b->options + b->interims + 1);
}

/* Weights and multipliers in units of `grid`: is the sum of the cells' best virtual utilities less than g . U at the low end? */
static bool reach_proof(ent_box_work *w, const double *low, double grid)
{
    const ent_bargain *b = w->b;
    double right = 0.0, sum = 0.0, size = 0.0;
    for (int m = 0; m < b->interims; m++) {
        const double g = nearbyint(w->g[m] / grid);
        if (!(g <= number_max)) return false;
        w->number[m] = (int64_t)g;
        right += g * (b->target[m] + low[m]) / b->factor;
        size += g * (fabs(b->target[m]) + fabs(low[m]) + 1.0);
    }
    for (int c = 0; c < b->pairs; c++) {
        const double alpha = nearbyint(w->alpha[c] / grid);
        if (!(alpha <= number_max)) return false;
        w->number[b->interims + c] = (int64_t)alpha;
        size += 2.0 * alpha;
    }
    for (int cell = 0; cell < b->cells; cell++) {
        double best = -HUGE_VAL;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            double worth = 0.0;
            for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
                const int y = b->row[r].y, at = y < b->pairs ? b->interims + y : y - b->pairs;
                worth += b->row[r].sign * (double)w->number[at] * b->a[(size_t)o * (size_t)b->interims + (size_t)b->row[r].interim];
            }
            best = fmax(best, worth);
        }
        sum += best;
    }
    return sum - right < -margin * size;
}

static void set_low(ent_box_work *w, const double *low)
{
    const ent_bargain *b = w->b;
    for (int m = 0; m < b->interims; m++) w->reach.b[b->cells + b->pairs + m] = (b->target[m] + low[m]) / b->factor;
}

/* Weights and multipliers out of the duals of the first program, >= 0. */
static void take_scales(ent_box_work *w, const double *y)
{
    const ent_bargain *b = w->b;
    for (int c = 0; c < b->pairs; c++) w->alpha[c] = fmax(0.0, -y[b->cells + c]);
    for (int m = 0; m < b->interims; m++) w->g[m] = fmax(0.0, -y[b->cells + b->pairs + m]);
}

bool ent_i_box_unreachable(ent_box_work *w, const double *low, ent_box_proof *proof)
{
    const ent_bargain *b = w->b;
    ent_lp_result r;
    double most = 0.0;
    set_low(w, low);
    solve(&w->reach, &r);
    if (r.outcome != ENT_LP_INFEASIBLE) return false;
    take_scales(w, r.y);
    for (int m = 0; m < b->interims; m++) most = fmax(most, w->g[m]);
    if (!(most > 0.0)) return false;
    for (size_t k = 0; k < sizeof grids / sizeof *grids; k++) {
        if (!reach_proof(w, low, most * grids[k])) continue;
        *proof = (ent_box_proof){.n = b->interims + b->pairs, .number = w->number};
        return true;
    }
    return false;
}

double ent_i_box_most(ent_box_work *w, const double *low, int m, double *weight, double *multiplier)
{
    const ent_bargain *b = w->b;
    program *p = &w->reach;
    ent_lp_result r;
    set_low(w, low);
    for (int o = 0; o < b->options; o++) p->c[o] = row_of(p, b->cells + b->pairs + m)[o];
    solve(p, &r);
    for (int o = 0; o < b->options; o++) p->c[o] = 0.0;
    if (r.outcome != ENT_LP_OPTIMAL) return HUGE_VAL;
    take_scales(w, r.y);
    for (int l = 0; weight && l < b->interims; l++) weight[l] = w->g[l] + (l == m ? 1.0 : 0.0);
    for (int c = 0; multiplier && c < b->pairs; c++) multiplier[c] = w->alpha[c];
    return b->factor * r.value - b->target[m];
}

static void set_box(ent_box_work *w, const double *low, const double *high)
{
    const ent_bargain *b = w->b;
    program *p = &w->warrant;
    const int first_a = b->cells, first_b = first_a + 2 * b->interims;
    for (int m = 0; m < b->interims; m++) {
        row_of(p, first_a + 2 * m)[m] = low[m];
        row_of(p, first_a + 2 * m + 1)[m] = high[m];
    }
    for (int c = 0; c < b->pairs; c++)
        for (int side = 0; side < 2; side++) {
            double *row = row_of(p, first_b + 2 * c + side);
            row[b->pair_true[c]] = side ? high[b->pair_true[c]] : low[b->pair_true[c]];
            row[b->pair_report[c]] = -row[b->pair_true[c]];
        }
}

/* Prices and masses in units of `grid`, repaired so that masses and prices balance in every cell. A constant is added to all prices
 * where a cell would have a negative mass, and its mass to one and the same decision everywhere, which no lie can profit from. */
static bool round_masses(const ent_box_work *w, const double *x, double grid, int64_t *price, int64_t *mass)
{
    const ent_bargain *b = w->b;
    int64_t least = 0;
    for (int m = 0; m < b->interims; m++) {
        if (!(fabs(x[m]) <= number_max * grid)) return false;
        price[m] = (int64_t)nearbyint(x[m] / grid);
    }
    for (int o = 0; o < b->options; o++) {
        if (!(x[b->interims + o] <= number_max * grid)) return false;
        mass[o] = (int64_t)nearbyint(fmax(0.0, x[b->interims + o]) / grid);
    }
    for (int cell = 0; cell < b->cells; cell++) {
        int64_t sum = 0;
        for (int k = b->first_warrant[cell]; k < b->first_warrant[cell + 1]; k++) sum += price[b->warrant[k].interim];
        if (sum < least) least = sum;
    }
    const int64_t lift = (-least + b->coal->size - 1) / b->coal->size;
    for (int m = 0; m < b->interims; m++) price[m] += lift;
    for (int cell = 0; cell < b->cells; cell++) {
        int64_t left = 0;
        int largest = b->first[cell];
        mass[b->first[cell]] += lift * b->coal->size;
        for (int k = b->first_warrant[cell]; k < b->first_warrant[cell + 1]; k++) left += price[b->warrant[k].interim];
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            left -= mass[o];
            if (mass[o] > mass[largest]) largest = o;
        }
        mass[largest] += left;
        if (mass[largest] < 0) return false;
    }
    return true;
}

/* Do the two types' profiles have the same masses? Then a lie changes nothing at all. */
static bool pooled(const ent_bargain *b, int pair, const int64_t *mass)
{
    const ent_bayes_coal *s = b->coal;
    const int i = b->place[b->pair_true[pair]], stride = ent_bayes_stride(s, i);
    const int t = b->pair_true[pair] - s->first[i], tau = b->pair_report[pair] - s->first[i];
    for (int cell = 0; cell < b->cells; cell++) {
        if (cell / stride % s->types[i] != t) continue;
        const int *mine = &b->first[cell], *its = &b->first[cell + (tau - t) * stride];
        for (int o = 0; o < mine[1] - mine[0]; o++)
            if (mass[mine[0] + o] != mass[its[0] + o]) return false;
    }
    return true;
}

/* One row of the second program, with its slack left out, at whole numbers. */
static void row_value(const ent_box_work *w, int row, const int64_t *price, const int64_t *mass, double *value, double *size)
{
    const ent_bargain *b = w->b;
    const double *a = row_of(&w->warrant, row);
    *value = *size = 0.0;
    for (int m = 0; m < b->interims; m++) *value += a[m] * (double)price[m], *size += fabs(a[m] * (double)price[m]);
    for (int o = 0; o < b->options; o++)
        if (mass[o] != 0) *value += a[b->interims + o] * (double)mass[o], *size += (double)mass[o];
}

static bool warrant_proof(const ent_box_work *w, const int64_t *price, const int64_t *mass)
{
    const ent_bargain *b = w->b;
    const int first_b = b->cells + 2 * b->interims;
    double value = 0.0, size = 0.0;
    for (int row = b->cells; row < first_b + 2 * b->pairs; row++) {
        row_value(w, row, price, mass, &value, &size);
        if (value < -margin * size) continue;
        if (row < first_b) return false;
        const int pair = (row - first_b) / 2;
        if (price[b->pair_true[pair]] != price[b->pair_report[pair]] || !pooled(b, pair, mass)) return false;
    }
    return true;
}

/* (cell, option, nu) where nu is not 0, behind the prices; `mass` lies where it is not overwritten before it is read. Returned: the
 * whole length. */
static int list_masses(const ent_bargain *b, const int64_t *mass, int64_t *number)
{
    int n = b->interims;
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            const int64_t nu = mass[o];
            if (nu == 0) continue;
            number[n++] = cell;
            number[n++] = o;
            number[n++] = nu;
        }
    return n;
}

bool ent_i_box_unwarranted(ent_box_work *w, const double *low, const double *high, ent_box_proof *proof)
{
    const ent_bargain *b = w->b;
    ent_lp_result r;
    int64_t *price = w->number, *mass = w->number + b->interims + 2 * b->options;
    set_box(w, low, high);
    solve(&w->warrant, &r);
    if (r.outcome != ENT_LP_OPTIMAL || !(r.value > 0.5)) return false;
    for (size_t k = 0; k < sizeof grids / sizeof *grids; k++) {
        if (!round_masses(w, r.x, grids[k], price, mass) || !warrant_proof(w, price, mass)) continue;
        *proof = (ent_box_proof){.n = list_masses(b, mass, w->number), .number = w->number};
        return true;
    }
    return false;
}
