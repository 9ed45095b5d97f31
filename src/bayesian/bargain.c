#include "bayesian/bargain.h"

void ent_i_bargain_kappa(const ent_bargain *b, int cell, const double *alpha, const double *lambda, double *kappa)
{
    for (int m = 0; m < b->interims; m++) kappa[m] = 0.0;
    for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
        const ent_bargain_row *row = &b->row[r];
        kappa[row->interim] += row->sign * (row->y < b->pairs ? alpha[row->y] : lambda[row->y - b->pairs]);
    }
}

static double dot(int n, const double *x, const double *y)
{
    double sum = 0.0;
    for (int k = 0; k < n; k++) sum += x[k] * y[k];
    return sum;
}

/* The same as kappa . a, row by row: needs no work space. */
double ent_i_bargain_best(const ent_bargain *b, int cell, const double *alpha, const double *lambda)
{
    double best = 0.0;
    for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
        const double *a = b->a + (size_t)o * (size_t)b->interims;
        double sum = 0.0;
        for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
            const ent_bargain_row *row = &b->row[r];
            sum += row->sign * (row->y < b->pairs ? alpha[row->y] : lambda[row->y - b->pairs]) * a[row->interim];
        }
        if (o == b->first[cell] || sum > best) best = sum;
    }
    return best;
}

enum { INTERIMS_MAX = ENT_BAYESIAN_PLAYERS_MAX * ENT_BAYESIAN_TYPES_MAX };

void ent_i_bargain_means(const ent_bargain *b, const double *mu, double *g)
{
    double mean[INTERIMS_MAX];
    for (int k = 0; k < b->pairs + b->interims; k++) g[k] = 0.0;
    for (int cell = 0; cell < b->own_cells; cell++) {
        for (int m = 0; m < b->interims; m++) mean[m] = 0.0;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            const double *a = b->a + (size_t)o * (size_t)b->interims;
            for (int m = 0; m < b->interims; m++) mean[m] += mu[o] * a[m];
        }
        for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++)
            g[b->row[r].y] += b->row[r].sign * mean[b->row[r].interim];
    }
}

void ent_i_bargain_right(const ent_bargain *b, const double *w, const double *lambda, double *right)
{
    for (int m = 0; m < b->interims; m++) {
        const double *outside = b->outside + (size_t)b->place[m] * (size_t)b->interims;
        right[m] = -b->q[m] * dot(b->interims, outside, lambda) - (b->given ? b->given[m] : 0.0);
    }
    for (int cell = 0; cell < b->cells; cell++)
        for (int k = b->first_warrant[cell]; k < b->first_warrant[cell + 1]; k++)
            right[b->warrant[k].interim] += b->warrant[k].weight * w[cell];
}

void ent_i_bargain_left(const ent_bargain *b, const double *alpha, const double *lambda, const double *omega, double *left)
{
    for (int m = 0; m < b->interims; m++) left[m] = lambda[m] * omega[m];
    for (int k = 0; k < b->pairs; k++) {
        const double flow = alpha[k] * omega[b->pair_true[k]];
        left[b->pair_true[k]] += flow;
        left[b->pair_report[k]] -= flow;
    }
}

ent_status ent_i_bargain_point_new(ent_ctx *ctx, const ent_bargain *b, ent_bargain_point *out)
{
    ent_status st = ENT_OK;
    ENT_SCRATCH(ctx, out->mu, b->options);
    ENT_SCRATCH(ctx, out->alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, out->lambda, b->interims);
    ENT_SCRATCH(ctx, out->w, b->cells);
    ENT_SCRATCH(ctx, out->omega, b->interims);
done:
    return st;
}

void ent_i_bargain_point_copy(const ent_bargain *b, const ent_bargain_point *from, ent_bargain_point *to)
{
    for (int o = 0; o < b->options; o++) to->mu[o] = from->mu[o];
    for (int k = 0; k < b->pairs; k++) to->alpha[k] = from->alpha[k];
    for (int m = 0; m < b->interims; m++) to->lambda[m] = from->lambda[m], to->omega[m] = from->omega[m];
    for (int c = 0; c < b->cells; c++) to->w[c] = from->w[c];
}
