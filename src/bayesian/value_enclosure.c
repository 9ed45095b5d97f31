#include "bayesian/value_enclosure.h"

#include "base/ctx.h"
#include "num/lp.h"

#include <math.h>

void ent_i_value_enclosure_free(ent_value_enclosure *enclosure)
{
    ent_free(enclosure->low);
    ent_free(enclosure->high);
    *enclosure = (ent_value_enclosure){0};
}

/* A linear program whose right side, or the coefficients of whose product rows, are set anew for every box. */
typedef struct program {
    int rows, columns;
    double *a, *b, *c;
    ent_lp_sense *sense;
    bool *is_free;
    ent_lp_work *work;
} program;

static ent_status program_new(ent_ctx *ctx, int rows, int columns, program *p)
{
    ent_status st = ENT_OK;
    *p = (program){.rows = rows, .columns = columns};
    ENT_SCRATCH(ctx, p->a, (size_t)rows * (size_t)columns);
    ENT_SCRATCH(ctx, p->b, rows);
    ENT_SCRATCH(ctx, p->c, columns);
    ENT_SCRATCH(ctx, p->sense, rows);
    ENT_SCRATCH(ctx, p->is_free, columns);
    for (size_t k = 0; k < (size_t)rows * (size_t)columns; k++) p->a[k] = 0.0;
    for (int j = 0; j < columns; j++) p->c[j] = 0.0, p->is_free[j] = false;
    ENT_TRY(ent_lp_work_new(ctx, rows, columns, &p->work));
done:
    return st;
}

static double *row_of(const program *p, int row) { return p->a + (size_t)row * (size_t)p->columns; }

static bool possible(const program *p)
{
    ent_lp_result r;
    const ent_lp lp = {.rows = p->rows, .columns = p->columns, .a = p->a, .b = p->b, .c = p->c, .sense = p->sense, .is_free = p->is_free};
    ent_lp_solve(p->work, &lp, ENT_LP_COLD, NULL, &r);
    return r.outcome != ENT_LP_INFEASIBLE;
}

typedef struct searching {
    const ent_bargain *b;
    program primal, dual;
    int low_row, product_row;        /* where the box enters: primal low_row.. (2K rows), dual product_row.. (2(K+P) rows) */
    double *low, *high;              /* [boxes][interims] a stack */
    int depth, room;
} searching;

/* An option's coefficients in the rows of s and in both rows of U. */
static void option_column(const ent_bargain *b, const program *p, int cell, int o, int first_s, int first_u)
{
    for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
        const ent_bargain_row *x = &b->row[r];
        const double g = x->sign * b->a[(size_t)o * (size_t)b->interims + (size_t)x->interim];
        const int m = x->y - b->pairs;
        row_of(p, m < 0 ? first_s + x->y : first_u + m)[o] += g;
        if (m >= 0) row_of(p, first_u + b->interims + m)[o] += g;
    }
}

/* Lotteries: sum 1 in each cell, s >= 0, low <= U <= high. */
static ent_status set_primal(ent_ctx *ctx, searching *s)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = s->b;
    const int k = b->interims, first_s = b->own_cells, first_u = first_s + b->pairs;
    ENT_TRY(program_new(ctx, first_u + 2 * k, b->first[b->own_cells], &s->primal));
    program *p = &s->primal;
    for (int cell = 0; cell < b->own_cells; cell++) {
        p->sense[cell] = ENT_LP_EQ;
        p->b[cell] = 1.0;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            row_of(p, cell)[o] = 1.0;
            option_column(b, p, cell, o, first_s, first_u);
        }
    }
    for (int r = first_s; r < first_u; r++) p->sense[r] = ENT_LP_GE, p->b[r] = 0.0;
    for (int m = 0; m < k; m++) p->sense[first_u + m] = ENT_LP_GE, p->sense[first_u + k + m] = ENT_LP_LE;
    s->low_row = first_u;
done:
    return st;
}

/* Columns alpha, lambda, W (free), then the products alpha omega and lambda omega (free). */
static ent_status set_dual(ent_ctx *ctx, searching *s, double least_weight)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = s->b;
    const int k = b->interims, y = b->pairs + k, w = y, product = y + b->cells;
    const int first_warrant = b->options, first_weight = first_warrant + k, sum_row = first_weight + k;
    ENT_TRY(program_new(ctx, sum_row + 1 + 2 * y, product + y, &s->dual));
    program *p = &s->dual;
    for (int j = w; j < p->columns; j++) p->is_free[j] = true;
    for (int cell = 0; cell < b->cells; cell++) {
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            p->sense[o] = ENT_LP_GE;
            p->b[o] = 0.0;
            row_of(p, o)[w + cell] = 1.0;
            for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++)
                row_of(p, o)[b->row[r].y] -= b->row[r].sign * b->a[(size_t)o * (size_t)k + (size_t)b->row[r].interim];
        }
        for (int r = b->first_warrant[cell]; r < b->first_warrant[cell + 1]; r++)
            row_of(p, first_warrant + b->warrant[r].interim)[w + cell] -= b->warrant[r].weight;
    }
    for (int m = 0; m < k; m++) {
        double *warrant = row_of(p, first_warrant + m);
        p->sense[first_warrant + m] = ENT_LP_EQ;
        p->b[first_warrant + m] = 0.0;
        warrant[product + b->pairs + m] = 1.0;
        for (int l = 0; l < k; l++) warrant[b->pairs + l] += b->q[m] * b->outside[(size_t)b->place[m] * (size_t)k + (size_t)l];
        row_of(p, first_weight + m)[b->pairs + m] = 1.0;
        p->sense[first_weight + m] = ENT_LP_GE;
        p->b[first_weight + m] = least_weight;
        row_of(p, sum_row)[b->pairs + m] = 1.0;
    }
    for (int c = 0; c < b->pairs; c++) {
        row_of(p, first_warrant + b->pair_true[c])[product + c] += 1.0;
        row_of(p, first_warrant + b->pair_report[c])[product + c] -= 1.0;
    }
    p->sense[sum_row] = ENT_LP_EQ;
    p->b[sum_row] = 1.0;
    s->product_row = sum_row + 1;
    for (int j = 0; j < y; j++)
        for (int side = 0; side < 2; side++) {
            const int row = s->product_row + 2 * j + side;
            row_of(p, row)[product + j] = 1.0;
            p->sense[row] = side == 0 ? ENT_LP_GE : ENT_LP_LE;
            p->b[row] = 0.0;
        }
done:
    return st;
}

/* Can a solution have its utilities in this box? */
static bool survives(searching *s, const double *low, const double *high)
{
    const ent_bargain *b = s->b;
    const int k = b->interims;
    for (int m = 0; m < k; m++) s->primal.b[s->low_row + m] = low[m], s->primal.b[s->low_row + k + m] = high[m];
    if (!possible(&s->primal)) return false;
    for (int j = 0; j < b->pairs + k; j++) {
        const int m = j < b->pairs ? b->pair_true[j] : j - b->pairs;
        row_of(&s->dual, s->product_row + 2 * j)[j] = -(b->factor * low[m] - b->target[m]);
        row_of(&s->dual, s->product_row + 2 * j + 1)[j] = -(b->factor * high[m] - b->target[m]);
    }
    return possible(&s->dual);
}

static int widest(const ent_bargain *b, const double *low, const double *high)
{
    int best = 0;
    for (int m = 1; m < b->interims; m++)
        if (high[m] - low[m] > high[best] - low[best]) best = m;
    return best;
}

static void join(const ent_bargain *b, const double *low, const double *high, ent_value_enclosure *out)
{
    for (int m = 0; m < b->interims; m++) {
        out->low[m] = out->any ? fmin(out->low[m], low[m]) : low[m];
        out->high[m] = out->any ? fmax(out->high[m], high[m]) : high[m];
    }
    out->any = true;
}

/* Halve the topmost box of the stack; both halves go on the stack. */
static void halve(searching *s, int side)
{
    const int k = s->b->interims;
    double *low = s->low + (size_t)(s->depth - 1) * (size_t)k, *high = s->high + (size_t)(s->depth - 1) * (size_t)k;
    const double middle = 0.5 * (low[side] + high[side]);
    for (int m = 0; m < k; m++) low[k + m] = low[m], high[k + m] = high[m];
    high[side] = middle;
    low[k + side] = middle;
    s->depth++;
}

static ent_status search(ent_ctx *ctx, searching *s, double width, int most, ent_value_enclosure *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = s->b;
    const size_t k = (size_t)b->interims;
    while (s->depth > 0) {
        const double *low = s->low + (size_t)(s->depth - 1) * k, *high = s->high + (size_t)(s->depth - 1) * k;
        ENT_CHECK_CANCEL(ctx);
        if (out->boxes >= most) {
            out->complete = false;
            join(b, low, high, out);
            s->depth--;
            continue;
        }
        out->boxes++;
        const int side = widest(b, low, high);
        if (!survives(s, low, high)) s->depth--;
        else if (high[side] - low[side] > width && s->depth < s->room) halve(s, side);
        else {
            join(b, low, high, out);
            s->depth--;
        }
    }
done:
    return st;
}

/* From scaled to real units. */
static void unscale(const ent_bargain *b, ent_value_enclosure *out)
{
    for (int m = 0; m < b->interims; m++) {
        const double scale = b->scale[b->place[m]];
        out->width = fmax(out->width, out->high[m] - out->low[m]);
        out->low[m] = b->shift[m] + scale * out->low[m];
        out->high[m] = b->shift[m] + scale * out->high[m];
    }
}

ent_status ent_i_value_enclosure(ent_ctx *ctx, const ent_bargain *b, const double *alone, double least_weight, double width,
                                 int most, ent_value_enclosure *out)
{
    ent_status st = ENT_OK;
    searching s = {.b = b, .depth = 1, .room = 64 * b->interims};
    ent_value_enclosure found = {.complete = true};
    const ent_mark mark = ent_scratch_mark(ctx);
    ENT_ALLOC(ctx, found.low, b->interims);
    ENT_ALLOC(ctx, found.high, b->interims);
    ENT_SCRATCH(ctx, s.low, (size_t)(s.room + 1) * (size_t)b->interims);
    ENT_SCRATCH(ctx, s.high, (size_t)(s.room + 1) * (size_t)b->interims);
    ENT_TRY(set_primal(ctx, &s));
    ENT_TRY(set_dual(ctx, &s, least_weight));
    /* Claims of at least what a type has alone: U >= (target + alone) / factor. A hair of room keeps rounding out. */
    for (int m = 0; m < b->interims; m++) {
        const double own = (alone[m] - b->shift[m]) / b->scale[b->place[m]];
        s.low[m] = (b->target[m] + own) / b->factor - 1e-9;
        s.high[m] = 1.0 + 1e-9;
    }
    ENT_TRY(search(ctx, &s, width, most, &found));
    if (found.any) unscale(b, &found);
    *out = found;
    found = (ent_value_enclosure){0};
done:
    ent_i_value_enclosure_free(&found);
    ent_scratch_reset(ctx, mark);
    ent_lp_work_free(s.primal.work);
    ent_lp_work_free(s.dual.work);
    return st;
}
