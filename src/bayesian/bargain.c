#include "bayesian/bargain.h"

void ent_i_bargain_kappa(const ent_bargain *b, int cell, const ent_real *alpha,
                         const ent_real *lambda, ent_real *kappa)
{
    for (int m = 0; m < b->interims; m++) kappa[m] = 0.0;
    for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
        const ent_bargain_row *row = &b->row[r];
        kappa[row->interim] +=
            row->sign * (row->y < b->pairs ? alpha[row->y] : lambda[row->y - b->pairs]);
    }
}

static ent_real dot(int n, const ent_real *x, const ent_real *y)
{
    ent_real sum = 0.0;
    for (int k = 0; k < n; k++) sum += x[k] * y[k];
    return sum;
}

/* The same as kappa . a, row by row: needs no work space. */
ent_real ent_i_bargain_best(const ent_bargain_numbers *v, int cell, const ent_real *alpha,
                            const ent_real *lambda)
{
    const ent_bargain *b = v->b;
    ent_real best = 0.0;
    for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
        const ent_real *a = v->a + (size_t)o * (size_t)b->interims;
        ent_real sum = 0.0;
        for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
            const ent_bargain_row *row = &b->row[r];
            sum += row->sign * (row->y < b->pairs ? alpha[row->y] : lambda[row->y - b->pairs]) *
                   a[row->interim];
        }
        if (o == b->first[cell] || sum > best) best = sum;
    }
    return best;
}

enum { INTERIMS_MAX = ENT_BAYESIAN_PLAYERS_MAX * ENT_BAYESIAN_TYPES_MAX };

void ent_i_bargain_means(const ent_bargain_numbers *v, const ent_real *mu, ent_real *g)
{
    const ent_bargain *b = v->b;
    ent_real mean[INTERIMS_MAX];
    for (int k = 0; k < b->pairs + b->interims; k++) g[k] = 0.0;
    for (int cell = 0; cell < b->own_cells; cell++) {
        for (int m = 0; m < b->interims; m++) mean[m] = 0.0;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            const ent_real *a = v->a + (size_t)o * (size_t)b->interims;
            for (int m = 0; m < b->interims; m++) mean[m] += mu[o] * a[m];
        }
        for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++)
            g[b->row[r].y] += b->row[r].sign * mean[b->row[r].interim];
    }
}

void ent_i_bargain_right(const ent_bargain_numbers *v, const ent_real *w, const ent_real *lambda,
                         ent_real *right)
{
    const ent_bargain *b = v->b;
    for (int m = 0; m < b->interims; m++) {
        const ent_real *outside = v->outside + (size_t)b->place[m] * (size_t)b->interims;
        right[m] = -v->q[m] * dot(b->interims, outside, lambda) - (b->given ? b->given[m] : 0.0);
    }
    for (int cell = 0; cell < b->cells; cell++)
        for (int k = b->first_warrant[cell]; k < b->first_warrant[cell + 1]; k++)
            right[b->warrant[k].interim] += v->warrant[k] * w[cell];
}

void ent_i_bargain_left(const ent_bargain *b, const ent_real *alpha, const ent_real *lambda,
                        const ent_real *omega, ent_real *left)
{
    for (int m = 0; m < b->interims; m++) left[m] = lambda[m] * omega[m];
    for (int k = 0; k < b->pairs; k++) {
        const ent_real flow = alpha[k] * omega[b->pair_true[k]];
        left[b->pair_true[k]] += flow;
        left[b->pair_report[k]] -= flow;
    }
}

#ifdef ENT_WIDE

/* A rational to all digits: the nearest double, the one nearest to what that leaves, and once
 * more. */
static ent_real of_rational(const ent_rat *x)
{
    ent_real sum = 0.0;
    ent_rat rest = ENT_RAT_ZERO, part = ENT_RAT_ZERO;
    ent_rat_set(&rest, x);
    for (int k = 0; k < 3; k++) {
        const double near = ent_rat_double(&rest);
        ent_rat_set_double(&part, near);
        ent_rat_sub(&rest, &rest, &part);
        sum += near;
    }
    ent_rat_release(&rest);
    ent_rat_release(&part);
    return sum;
}

static void wide_prior(const ent_bargain *b, ent_real *q)
{
    const ent_bayes_coal *s = b->coal;
    for (int m = 0; m < s->interims; m++) q[m] = 0.0;
    for (int i = 0; i < s->size; i++) {
        const int stride = ent_bayes_stride(s, i);
        for (int c = 0; c < s->profiles; c++)
            q[s->first[i] + c / stride % s->types[i]] += of_rational(&s->prior.exact[c]);
    }
}

/* a[o][(i,tau)] = p(t_-i) (u_i(d,(tau,t_-i)) - shift) / scale */
static void wide_cell(const ent_bargain *b, int cell, const ent_real *q, ent_real *a)
{
    const ent_bayes_coal *s = b->cell_coal[cell];
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    const int t = b->cell_profile[cell];
    ent_bayes_types(s, t, type);
    for (int k = 0; k < s->size; k++) {
        const int i = ent_bayes_place(b->coal, s->member[k]), first = b->coal->first[i],
                  stride = ent_bayes_stride(s, k);
        const ent_real others = of_rational(&s->prior.exact[t]) / q[first + type[k]];
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            for (int tau = 0; tau < s->types[k]; tau++) {
                const size_t from =
                    ent_bayes_utility(s, k, b->decision[o], t + (tau - type[k]) * stride);
                a[(size_t)o * (size_t)b->interims + (size_t)(first + tau)] =
                    others * (of_rational(&s->utility.exact[from]) - b->shift[first + tau]) /
                    b->scale[i];
            }
    }
}

/* Without exact threats those of the doubles are taken as they are. */
static void wide_threats(const ent_bargain *b, const ent_rat *threat, ent_real *target,
                         ent_real *outside)
{
    for (int m = 0; m < b->interims; m++) target[m] = threat ? 0.0 : b->target[m];
    for (int i = 0; i < b->coal->size; i++)
        for (int m = 0; m < b->interims; m++) {
            const size_t at = (size_t)i * (size_t)b->interims + (size_t)m;
            outside[at] = b->outside[at];
            if (!threat || b->place[m] == i) continue;
            outside[at] = (of_rational(&threat[at]) - b->shift[m]) / b->scale[b->place[m]];
            target[m] += outside[at];
        }
}

ent_status ent_i_bargain_numbers_new(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                                     ent_bargain_numbers *out)
{
    ent_status st = ENT_OK;
    const size_t k = (size_t)b->interims, warrants = (size_t)b->first_warrant[b->cells];
    ent_real *a = NULL, *q = NULL, *target = NULL, *outside = NULL, *warrant = NULL;
    ENT_SCRATCH(ctx, a, (size_t)b->options * k);
    ENT_SCRATCH(ctx, q, k);
    ENT_SCRATCH(ctx, target, k);
    ENT_SCRATCH(ctx, outside, (size_t)b->coal->size * k);
    ENT_SCRATCH(ctx, warrant, warrants + 1);
    wide_prior(b, q);
    for (size_t x = 0; x < (size_t)b->options * k; x++) a[x] = 0.0;
    for (int cell = 0; cell < b->cells; cell++) wide_cell(b, cell, q, a);
    wide_threats(b, threat, target, outside);
    for (size_t w = 0; w < warrants; w++) {
        const ent_bargain_warrant *from = &b->warrant[w];
        warrant[w] =
            (ent_real)from->num / (ent_real)from->den * (from->prior ? q[from->interim] : 1.0);
    }
    *out = (ent_bargain_numbers){.b = b,
                                 .a = a,
                                 .q = q,
                                 .target = target,
                                 .outside = outside,
                                 .warrant = warrant,
                                 .factor = b->factor};
done:
    return st;
}

#else

ent_status ent_i_bargain_numbers_new(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                                     ent_bargain_numbers *out)
{
    ent_status st = ENT_OK;
    double *warrant = NULL;
    (void)threat;
    ENT_SCRATCH(ctx, warrant, b->first_warrant[b->cells] + 1);
    for (int w = 0; w < b->first_warrant[b->cells]; w++) warrant[w] = b->warrant[w].weight;
    *out = (ent_bargain_numbers){.b = b,
                                 .a = b->a,
                                 .q = b->q,
                                 .target = b->target,
                                 .outside = b->outside,
                                 .warrant = warrant,
                                 .factor = b->factor};
done:
    return st;
}

#endif

ent_status ent_i_bargain_point_new(ent_ctx *ctx, const ent_bargain *b, ent_bargain_point *out)
{
    ent_status st = ENT_OK;
    ENT_SCRATCH(ctx, out->mu, b->options);
    ENT_SCRATCH(ctx, out->alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, out->lambda, b->interims);
    ENT_SCRATCH(ctx, out->w, b->cells);
    ENT_SCRATCH(ctx, out->omega, b->interims);
    ENT_SCRATCH(ctx, out->flow, b->interims);
    for (int m = 0; m < b->interims; m++) out->flow[m] = 0.0;
done:
    return st;
}

void ent_i_bargain_point_copy(const ent_bargain *b, const ent_bargain_point *from,
                              ent_bargain_point *to)
{
    for (int o = 0; o < b->options; o++) to->mu[o] = from->mu[o];
    for (int k = 0; k < b->pairs; k++) to->alpha[k] = from->alpha[k];
    for (int m = 0; m < b->interims; m++)
        to->lambda[m] = from->lambda[m], to->omega[m] = from->omega[m], to->flow[m] = from->flow[m];
    for (int c = 0; c < b->cells; c++) to->w[c] = from->w[c];
}
