/* Which claims can weights and multipliers warrant? */
#include "bayesian/enclosure_box_i.h"

#include <math.h>
#include <string.h>

ent_status ent_i_box_set_warrant(ent_ctx *ctx, ent_box_work *w)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = w->b;
    ent_box_program *p = &w->warrant;
    const int k = b->interims, first_a = b->cells, first_b = first_a + 2 * k,
              last = first_b + 2 * b->pairs;
    ENT_TRY(ent_i_box_program_new(ctx, last + 1, k + b->options + 1, p));
    const int slack = k + b->options;
    for (int m = 0; m < k; m++) p->is_free[m] = true;
    for (int cell = 0; cell < b->cells; cell++) {
        p->sense[cell] = ENT_LP_EQ;
        for (int x = b->first_warrant[cell]; x < b->first_warrant[cell + 1]; x++)
            ent_i_box_row(p, cell)[b->warrant[x].interim] = -1.0;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            ent_i_box_row(p, cell)[k + o] = 1.0;
            for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
                const double g =
                    b->row[r].sign * b->a[(size_t)o * (size_t)k + (size_t)b->row[r].interim];
                const int y = b->row[r].y,
                          row = y < b->pairs ? first_b + 2 * y : first_a + 2 * (y - b->pairs);
                ent_i_box_row(p, row)[k + o] -= g;
                ent_i_box_row(p, row + 1)[k + o] -= g;
            }
        }
    }
    for (int m = 0; m < k; m++)
        for (int side = 0; side < 2; side++) {
            double *row = ent_i_box_row(p, first_a + 2 * m + side);
            for (int l = 0; l < k; l++)
                row[l] = b->q[l] * b->outside[(size_t)b->place[l] * (size_t)k + (size_t)m];
            row[slack] = 1.0;
        }
    for (int c = 0; c < 2 * b->pairs; c++)
        ent_i_box_row(p, first_b + c)[slack] = w->forced[c / 2] ? 0.0 : 1.0;
    ent_i_box_row(p, last)[slack] = 1.0;
    p->b[last] = 1.0;
    p->c[slack] = 1.0;
done:
    return st;
}

static void set_box(ent_box_work *w, const double *low, const double *high)
{
    const ent_bargain *b = w->b;
    ent_box_program *p = &w->warrant;
    const int first_a = b->cells, first_b = first_a + 2 * b->interims;
    for (int m = 0; m < b->interims; m++) {
        ent_i_box_row(p, first_a + 2 * m)[m] = low[m];
        ent_i_box_row(p, first_a + 2 * m + 1)[m] = high[m];
    }
    for (int c = 0; c < b->pairs; c++)
        for (int side = 0; side < 2; side++) {
            double *row = ent_i_box_row(p, first_b + 2 * c + side);
            row[b->pair_true[c]] = side ? high[b->pair_true[c]] : low[b->pair_true[c]];
            row[b->pair_report[c]] = -row[b->pair_true[c]];
        }
}

/* The sum of the prices of a cell's interims. */
static int64_t price_of(const ent_bargain *b, int cell, const int64_t *price)
{
    int64_t sum = 0;
    for (int k = b->first_warrant[cell]; k < b->first_warrant[cell + 1]; k++)
        sum += price[b->warrant[k].interim];
    return sum;
}

static bool holds_option(const ent_bargain *b, int cell, int o)
{
    return o >= b->first[cell] && o < b->first[cell + 1];
}

/* Prices and masses in units of `grid`; false: too large. */
static bool round_all(const ent_bargain *b, const double *x, double grid, int signed_option,
                      int64_t *price, int64_t *mass)
{
    for (int m = 0; m < b->interims; m++) {
        if (!(fabs(x[m]) <= ENT_BOX_NUMBER_MAX * grid)) return false;
        price[m] = (int64_t)nearbyint(x[m] / grid);
    }
    for (int o = 0; o < b->options; o++) {
        const double nu = o == signed_option ? x[b->interims + o] : fmax(0.0, x[b->interims + o]);
        if (!(fabs(nu) <= ENT_BOX_NUMBER_MAX * grid)) return false;
        mass[o] = (int64_t)nearbyint(nu / grid);
    }
    return true;
}

/* The same, repaired so that masses and prices balance in every cell. A constant is added to all
 * prices where a cell would have a negative mass (which one with a mass of either sign may have),
 * and its mass to one and the same decision everywhere, which no lie can profit from. */
static bool round_masses(const ent_bargain *b, const double *x, double grid, int signed_option,
                         int64_t *price, int64_t *mass)
{
    int64_t least = 0;
    if (!round_all(b, x, grid, signed_option, price, mass)) return false;
    for (int cell = 0; cell < b->cells; cell++) {
        const int64_t sum = price_of(b, cell, price);
        if (sum < least && !holds_option(b, cell, signed_option)) least = sum;
    }
    const int64_t lift = (-least + b->coal->size - 1) / b->coal->size;
    for (int m = 0; m < b->interims; m++) price[m] += lift;
    for (int cell = 0; cell < b->cells; cell++) {
        int64_t left = price_of(b, cell, price);
        int largest = b->first[cell];
        mass[largest] += lift * b->coal->size;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            left -= mass[o];
            if (mass[o] > mass[largest]) largest = o;
        }
        if (holds_option(b, cell, signed_option)) largest = signed_option;
        mass[largest] += left;
        if (mass[largest] < 0 && largest != signed_option) return false;
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
static void row_value(const ent_box_work *w, int row, const int64_t *price, const int64_t *mass,
                      double *value, double *size)
{
    const ent_bargain *b = w->b;
    const double *a = ent_i_box_row(&w->warrant, row);
    *value = *size = 0.0;
    for (int m = 0; m < b->interims; m++)
        *value += a[m] * (double)price[m], *size += fabs(a[m] * (double)price[m]);
    for (int o = 0; o < b->options; o++)
        if (mass[o] != 0) *value += a[b->interims + o] * (double)mass[o], *size += (double)mass[o];
}

static bool warrant_proof(const ent_box_work *w, int aside, const int64_t *price,
                          const int64_t *mass)
{
    const ent_bargain *b = w->b;
    const int first_b = b->cells + 2 * b->interims;
    double value = 0.0, size = 0.0;
    for (int row = b->cells; row < first_b + 2 * b->pairs; row++) {
        if (row == aside || row == aside + 1) continue;
        row_value(w, row, price, mass, &value, &size);
        if (value < -ENT_BOX_MARGIN * size) continue;
        if (row < first_b) return false;
        const int pair = (row - first_b) / 2;
        if (price[b->pair_true[pair]] != price[b->pair_report[pair]] || !pooled(b, pair, mass))
            return false;
    }
    return true;
}

/* (cell, option, nu) where nu is not 0, behind the prices; `mass` lies where it is not overwritten
 * before it is read. Returned: the whole length. */
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

/* Put two rows aside: 0 <= 1 in their place; and back. */
static void put_aside(ent_box_work *w, int row)
{
    ent_box_program *p = &w->warrant;
    memcpy(w->kept, ent_i_box_row(p, row), 2 * (size_t)p->columns * sizeof *w->kept);
    for (int j = 0; j < 2 * p->columns; j++) ent_i_box_row(p, row)[j] = 0.0;
    p->b[row] = p->b[row + 1] = 1.0;
}

static void put_back(ent_box_work *w, int row)
{
    ent_box_program *p = &w->warrant;
    memcpy(ent_i_box_row(p, row), w->kept, 2 * (size_t)p->columns * sizeof *w->kept);
    p->b[row] = p->b[row + 1] = 0.0;
}

bool ent_i_box_unwarranted(ent_box_work *w, const double *low, const double *high,
                           ent_box_vanishing kind, int which, ent_box_proof *proof)
{
    const ent_bargain *b = w->b;
    ent_box_program *p = &w->warrant;
    ent_lp_result r;
    const int option = kind == ENT_BOX_LOSS ? which : -1;
    const int aside = kind == ENT_BOX_WEIGHT       ? b->cells + 2 * which
                      : kind == ENT_BOX_MULTIPLIER ? b->cells + 2 * (b->interims + which)
                                                   : -2;
    int64_t *price = w->number, *mass = w->number + b->interims + 2 * b->options;
    set_box(w, low, high);
    if (option >= 0) p->is_free[b->interims + option] = true;
    if (aside >= 0) put_aside(w, aside);
    ent_i_box_solve(p, &r);
    if (aside >= 0) put_back(w, aside);
    if (option >= 0) p->is_free[b->interims + option] = false;
    if (r.outcome != ENT_LP_OPTIMAL || !(r.value > 0.5)) return false;
    for (int k = 0; k < ENT_BOX_GRIDS; k++) {
        if (!round_masses(b, r.x, ent_i_box_grid(k), option, price, mass) ||
            !warrant_proof(w, aside, price, mass))
            continue;
        *proof = (ent_box_proof){.n = list_masses(b, mass, w->number), .number = w->number};
        return true;
    }
    return false;
}
