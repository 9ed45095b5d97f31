/* Which utilities can incentive compatible mechanisms reach? */
#include "bayesian/enclosure_box_i.h"

#include <math.h>

/* A probability or a slack that may be as small as this is not needed. */
static const double least_need = 1e-7;

static ent_status set_rows(ent_ctx *ctx, const ent_bargain *b, ent_box_program *p)
{
    ent_status st = ENT_OK;
    const int k = b->interims, first_s = b->cells, first_u = first_s + b->pairs;
    ENT_TRY(ent_i_box_program_new(ctx, first_u + k, b->options, p));
    for (int cell = 0; cell < b->cells; cell++) {
        p->sense[cell] = ENT_LP_EQ;
        p->b[cell] = 1.0;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            ent_i_box_row(p, cell)[o] = 1.0;
            for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++)
                ent_i_box_row(p, first_s + b->row[r].y)[o] +=
                    b->row[r].sign * b->a[(size_t)o * (size_t)k + (size_t)b->row[r].interim];
        }
    }
    for (int r = first_s; r < p->rows; r++) p->sense[r] = ENT_LP_GE;
done:
    return st;
}

/* Which reports can no mechanism make worse than the truth? One program a pair, once. */
static void find_forced(ent_box_work *w)
{
    const ent_bargain *b = w->b;
    ent_box_program *p = &w->reach;
    ent_lp_result r;
    /* utilities are >= 0 */
    for (int m = 0; m < b->interims; m++) p->b[b->cells + b->pairs + m] = -1.0;
    for (int k = 0; k < b->pairs; k++) {
        for (int o = 0; o < b->options; o++) p->c[o] = ent_i_box_row(p, b->cells + k)[o];
        ent_i_box_solve(p, &r);
        w->forced[k] = r.outcome != ENT_LP_OPTIMAL || r.value < 1e-9;
    }
    for (int o = 0; o < b->options; o++) p->c[o] = 0.0;
}

ent_status ent_i_box_set_reach(ent_ctx *ctx, ent_box_work *w)
{
    const ent_status st = set_rows(ctx, w->b, &w->reach);
    if (st == ENT_OK) find_forced(w);
    return st;
}

/* Weights and multipliers in units of `grid`: is the sum of the cells' best virtual utilities, one
 * option being left out, less than g . U at the low end? */
static bool reach_proof(ent_box_work *w, const double *low, double grid, int without)
{
    const ent_bargain *b = w->b;
    double right = 0.0, sum = 0.0, size = 0.0;
    for (int m = 0; m < b->interims; m++) {
        const double g = nearbyint(w->g[m] / grid);
        if (!(g <= ENT_BOX_NUMBER_MAX)) return false;
        w->number[m] = (int64_t)g;
        right += g * (b->target[m] + low[m]) / b->factor;
        size += g * (fabs(b->target[m]) + fabs(low[m]) + 1.0);
    }
    for (int c = 0; c < b->pairs; c++) {
        const double alpha = nearbyint(w->alpha[c] / grid);
        if (!(fabs(alpha) <= ENT_BOX_NUMBER_MAX)) return false;
        w->number[b->interims + c] = (int64_t)alpha;
        size += 2.0 * fabs(alpha);
    }
    for (int cell = 0; cell < b->cells; cell++) {
        double best = -HUGE_VAL;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            double worth = 0.0;
            if (o == without) continue;
            for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
                const int y = b->row[r].y, at = y < b->pairs ? b->interims + y : y - b->pairs;
                worth += b->row[r].sign * (double)w->number[at] *
                         b->a[(size_t)o * (size_t)b->interims + (size_t)b->row[r].interim];
            }
            best = fmax(best, worth);
        }
        sum += best;
    }
    return sum - right < -ENT_BOX_MARGIN * size;
}

static void set_low(ent_box_work *w, const double *low)
{
    const ent_bargain *b = w->b;
    for (int m = 0; m < b->interims; m++)
        w->reach.b[b->cells + b->pairs + m] = (b->target[m] + low[m]) / b->factor;
}

/* Weights and multipliers out of the duals of the first program, >= 0. */
static void take_scales(ent_box_work *w, const double *y)
{
    const ent_bargain *b = w->b;
    for (int c = 0; c < b->pairs; c++) w->alpha[c] = fmax(0.0, -y[b->cells + c]);
    for (int m = 0; m < b->interims; m++) w->g[m] = fmax(0.0, -y[b->cells + b->pairs + m]);
}

/* The proof from w->g and w->alpha. */
static bool make_proof(ent_box_work *w, const double *low, int without, ent_box_proof *proof)
{
    const ent_bargain *b = w->b;
    double most = 0.0;
    for (int m = 0; m < b->interims; m++) most = fmax(most, w->g[m]);
    for (int c = 0; c < b->pairs; c++) most = fmax(most, fabs(w->alpha[c]));
    for (int k = 0; most > 0.0 && k < ENT_BOX_GRIDS; k++) {
        if (!reach_proof(w, low, most * ent_i_box_grid(k), without)) continue;
        *proof = (ent_box_proof){.n = b->interims + b->pairs, .number = w->number};
        return true;
    }
    return false;
}

bool ent_i_box_unreachable(ent_box_work *w, const double *low, ent_box_proof *proof)
{
    ent_lp_result r;
    set_low(w, low);
    ent_i_box_solve(&w->reach, &r);
    if (r.outcome != ENT_LP_INFEASIBLE) return false;
    take_scales(w, r.y);
    return make_proof(w, low, -1, proof);
}

bool ent_i_box_needs(ent_box_work *w, const double *low, bool is_pair, int which,
                     ent_box_proof *proof)
{
    const ent_bargain *b = w->b;
    ent_box_program *p = &w->reach;
    ent_lp_result r;
    set_low(w, low);
    for (int o = 0; is_pair && o < b->options; o++)
        p->c[o] = -ent_i_box_row(p, b->cells + which)[o];
    if (!is_pair) p->c[which] = -1.0;
    ent_i_box_solve(p, &r);
    for (int o = 0; o < b->options; o++) p->c[o] = 0.0;
    if (r.outcome != ENT_LP_OPTIMAL || !(r.value < -least_need)) return false;
    take_scales(w, r.y);
    if (is_pair) w->alpha[which] -= 1.0;
    return make_proof(w, low, is_pair ? -1 : which, proof);
}

double ent_i_box_most(ent_box_work *w, const double *low, int m, double *weight, double *multiplier)
{
    const ent_bargain *b = w->b;
    ent_box_program *p = &w->reach;
    ent_lp_result r;
    set_low(w, low);
    for (int o = 0; o < b->options; o++) p->c[o] = ent_i_box_row(p, b->cells + b->pairs + m)[o];
    ent_i_box_solve(p, &r);
    for (int o = 0; o < b->options; o++) p->c[o] = 0.0;
    if (r.outcome != ENT_LP_OPTIMAL) return HUGE_VAL;
    take_scales(w, r.y);
    for (int l = 0; weight && l < b->interims; l++) weight[l] = w->g[l] + (l == m ? 1.0 : 0.0);
    for (int c = 0; multiplier && c < b->pairs; c++) multiplier[c] = w->alpha[c];
    return b->factor * r.value - b->target[m];
}
