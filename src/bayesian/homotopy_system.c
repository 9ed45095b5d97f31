/* The Newton system of the path. Lotteries mu and state values W are eliminated cell by cell (they
 * are coupled only through y = (alpha, lambda)), which leaves a dense system in alpha, lambda,
 * omega, sigma and q. With h = mu/z and means over the options of a cell weighted by h,
 *     dW  = w0 + mean(g) dy,     dmu = phi - h w0 + h (g - mean(g)) dy,
 * so that U and s react to y by M = sum over cells and options of h (g - mean)(g - mean)', a
 * positive semidefinite matrix. */
#include "bayesian/homotopy_i.h"

#include "num/linear.h"

static void layout(const ent_bargain *b, ent_path_layout *at)
{
    at->mu = 0;
    at->z = at->mu + b->options;
    at->alpha = at->z + b->options;
    at->v = at->alpha + b->pairs;
    at->lambda = at->v + b->pairs;
    at->rho = at->lambda + b->interims;
    at->positive = at->rho + b->interims;
    at->sigma = at->positive;
    at->w = at->sigma + 1;
    at->omega = at->w + b->cells;
    at->q = at->omega + b->interims;
    at->n = at->q + 1;
}

ent_status ent_i_path_work_new(ent_ctx *ctx, const ent_bargain_numbers *v, ent_path_work *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = v->b;
    const size_t y = (size_t)(b->pairs + b->interims), order = y + (size_t)b->interims + 2,
                 k = (size_t)b->interims;
    *out = (ent_path_work){.b = b, .v = v, .order = (int)order};
    layout(b, &out->at);
    ENT_SCRATCH(ctx, out->barrier_mu, b->options);
    ENT_SCRATCH(ctx, out->barrier_alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, out->barrier_lambda, k);
    ENT_SCRATCH(ctx, out->matrix, order * order);
    ENT_SCRATCH(ctx, out->scratch, order);
    ENT_SCRATCH(ctx, out->pivot, order);
    ENT_SCRATCH(ctx, out->m, y * y);
    ENT_SCRATCH(ctx, out->constant, 2 * y);
    ENT_SCRATCH(ctx, out->g, y);
    ENT_SCRATCH(ctx, out->mean, (size_t)b->cells * k);
    ENT_SCRATCH(ctx, out->w0, 2 * (size_t)b->cells);
    ENT_SCRATCH(ctx, out->worth, b->options);
    ENT_SCRATCH(ctx, out->kappa, k);
    ENT_SCRATCH(ctx, out->spread, k * k);
    ENT_SCRATCH(ctx, out->left, k);
    ENT_SCRATCH(ctx, out->right, k);
    ENT_SCRATCH(ctx, out->rhs, order);
done:
    return st;
}

static ent_real dot(int n, const ent_real *x, const ent_real *y)
{
    ent_real sum = 0.0;
    for (int k = 0; k < n; k++) sum += x[k] * y[k];
    return sum;
}

/* phi of an option for the residuals (0) and for dq (1): dmu = phi - h (dW - g dy). */
static void phi_of(const ent_path_work *p, const ent_real *x, int cell, int o, ent_real theta2,
                   ent_real phi[2])
{
    const ent_real mu = x[p->at.mu + o], z = x[p->at.z + o];
    const ent_real slack_error = z - x[p->at.w + cell] + p->worth[o];
    phi[0] = (-(mu * z - theta2 * p->barrier_mu[o]) + mu * slack_error) / z;
    phi[1] = -2.0 * theta2 * p->barrier_mu[o] / z;
}

/* Means and state-value constants of a cell; returned: the sum of h. */
static ent_real cell_means(ent_path_work *p, const ent_real *x, int cell, ent_real theta2)
{
    const ent_bargain *b = p->b;
    const int k = b->interims;
    ent_real *mean = p->mean + (size_t)cell * (size_t)k, total = 0.0, mass = 0.0,
             sum[2] = {0.0, 0.0}, phi[2];
    ent_i_bargain_kappa(b, cell, x + p->at.alpha, x + p->at.lambda, p->kappa);
    for (int m = 0; m < k; m++) mean[m] = 0.0;
    for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
        const ent_real h = x[p->at.mu + o] / x[p->at.z + o], *a = p->v->a + (size_t)o * (size_t)k;
        total += h;
        mass += x[p->at.mu + o];
        for (int m = 0; m < k; m++) mean[m] += h * a[m];
        p->worth[o] = dot(k, p->kappa, a);
        phi_of(p, x, cell, o, theta2, phi);
        sum[0] += phi[0];
        sum[1] += phi[1];
    }
    for (int m = 0; m < k; m++) mean[m] /= total;
    p->w0[cell] = (sum[0] + (mass - 1.0)) / total;
    p->w0[b->cells + cell] = sum[1] / total;
    return total;
}

/* Add a cell's part to M and to the constants of U and s. */
static void cell_reaction(ent_path_work *p, const ent_real *x, int cell, ent_real theta2)
{
    const ent_bargain *b = p->b;
    const int k = b->interims, y = b->pairs + k;
    const ent_real *mean = p->mean + (size_t)cell * (size_t)k;
    ent_real *shift = p->left, *shift_q = p->right; /* here work space */
    for (int m = 0; m < k * k; m++) p->spread[m] = 0.0;
    for (int m = 0; m < k; m++) shift[m] = shift_q[m] = 0.0;
    for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
        const ent_real h = x[p->at.mu + o] / x[p->at.z + o], *a = p->v->a + (size_t)o * (size_t)k;
        ent_real phi[2];
        phi_of(p, x, cell, o, theta2, phi);
        const ent_real move = phi[0] - h * p->w0[cell],
                       move_q = phi[1] - h * p->w0[b->cells + cell];
        for (int m = 0; m < k; m++) {
            const ent_real from_mean = h * (a[m] - mean[m]);
            ent_real *row = p->spread + (size_t)m * (size_t)k;
            shift[m] += move * a[m];
            shift_q[m] += move_q * a[m];
            if (from_mean == 0.0) continue;
            for (int l = 0; l <= m; l++) row[l] += from_mean * (a[l] - mean[l]);
        }
    }
    for (int m = 0; m < k; m++)
        for (int l = 0; l < m; l++) p->spread[l * k + m] = p->spread[m * k + l];
    for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
        const ent_bargain_row *row = &b->row[r];
        ent_real *to = p->m + (size_t)row->y * (size_t)y;
        p->constant[row->y] += row->sign * shift[row->interim];
        p->constant[y + row->y] += row->sign * shift_q[row->interim];
        for (int c = b->first_row[cell]; c < b->first_row[cell + 1]; c++) {
            const ent_bargain_row *column = &b->row[c];
            to[column->y] +=
                row->sign * column->sign * p->spread[row->interim * k + column->interim];
        }
    }
}

static void reactions(ent_path_work *p, const ent_real *x, ent_real theta2)
{
    const ent_bargain *b = p->b;
    const size_t y = (size_t)(b->pairs + b->interims);
    for (size_t k = 0; k < y * y; k++) p->m[k] = 0.0;
    for (size_t k = 0; k < 2 * y; k++) p->constant[k] = 0.0;
    for (int cell = 0; cell < b->cells; cell++) {
        cell_means(p, x, cell, theta2);
        if (cell >= b->own_cells) continue;
        cell_reaction(p, x, cell, theta2);
    }
}

/* v dalpha + alpha (ds + ...) = ...; the column of q is minus its right side. */
static void alpha_rows(ent_path_work *p, const ent_real *x, ent_real theta2)
{
    const ent_bargain *b = p->b;
    const int y = b->pairs + b->interims;
    for (int k = 0; k < b->pairs; k++) {
        ent_real *row = p->matrix + (size_t)k * (size_t)p->order;
        const ent_real alpha = x[p->at.alpha + k], v = x[p->at.v + k], b_k = p->barrier_alpha[k];
        const ent_real slack_error = v - p->g[k] - theta2;
        for (int c = 0; c < y; c++) row[c] = alpha * p->m[(size_t)k * (size_t)y + (size_t)c];
        row[k] += v;
        p->rhs[k] = -(alpha * v - theta2 * b_k) - alpha * (p->constant[k] - slack_error);
        row[p->order - 1] = 2.0 * theta2 * b_k + alpha * (p->constant[y + k] - 2.0 * theta2);
    }
}

/* rho dlambda + lambda ((1-theta)(factor dU - domega) + dsigma) = ... */
static void lambda_rows(ent_path_work *p, const ent_real *x, ent_real theta)
{
    const ent_bargain *b = p->b;
    const int y = b->pairs + b->interims, omega = y, sigma = y + b->interims;
    const ent_real part = 1.0 - theta;
    for (int m = 0; m < b->interims; m++) {
        ent_real *row = p->matrix + (size_t)(b->pairs + m) * (size_t)p->order;
        const ent_real lambda = x[p->at.lambda + m], rho = x[p->at.rho + m],
                       e = p->barrier_lambda[m];
        const ent_real r = p->v->factor * p->g[b->pairs + m] - p->v->target[m] - x[p->at.omega + m];
        const ent_real slack_error = rho - part * r - x[p->at.sigma];
        const int g = b->pairs + m;
        for (int c = 0; c < y; c++)
            row[c] = lambda * part * p->v->factor * p->m[(size_t)g * (size_t)y + (size_t)c];
        row[g] += rho;
        row[omega + m] -= lambda * part;
        row[sigma] += lambda;
        p->rhs[g] = -(lambda * rho - theta * e) -
                    lambda * (part * p->v->factor * p->constant[g] - slack_error);
        row[p->order - 1] =
            theta * e + lambda * (part * p->v->factor * p->constant[y + g] + r * theta);
    }
}

/* A domega + dA omega - dR = -(A omega - R), dR through W and lambda. */
static void omega_rows(ent_path_work *p, const ent_real *x)
{
    const ent_bargain *b = p->b;
    const int y = b->pairs + b->interims, k = b->interims;
    const ent_real *lambda = x + p->at.lambda, *alpha = x + p->at.alpha, *omega = x + p->at.omega;
    ent_i_bargain_left(b, alpha, lambda, omega, p->left);
    ent_i_bargain_right(p->v, x + p->at.w, lambda, p->right);
    for (int m = 0; m < k; m++) {
        ent_real *row = p->matrix + (size_t)(y + m) * (size_t)p->order;
        row[y + m] += lambda[m];
        row[b->pairs + m] += omega[m];
        for (int l = 0; l < k; l++)
            row[b->pairs + l] +=
                p->v->q[m] * p->v->outside[(size_t)b->place[m] * (size_t)k + (size_t)l];
        p->rhs[y + m] = -(p->left[m] - p->right[m]);
    }
    for (int c = 0; c < b->pairs; c++) {
        const int t = b->pair_true[c], tau = b->pair_report[c];
        ent_real *row_t = p->matrix + (size_t)(y + t) * (size_t)p->order;
        ent_real *row_tau = p->matrix + (size_t)(y + tau) * (size_t)p->order;
        row_t[y + t] += alpha[c];
        row_tau[y + t] -= alpha[c];
        row_t[c] += omega[t];
        row_tau[c] -= omega[t];
    }
    for (int cell = 0; cell < b->cells; cell++) {
        const ent_real *mean = p->mean + (size_t)cell * (size_t)k;
        for (int w = b->first_warrant[cell]; w < b->first_warrant[cell + 1]; w++) {
            ent_real *row = p->matrix + (size_t)(y + b->warrant[w].interim) * (size_t)p->order;
            const ent_real weight = p->v->warrant[w];
            for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++)
                row[b->row[r].y] -= weight * b->row[r].sign * mean[b->row[r].interim];
            p->rhs[y + b->warrant[w].interim] += weight * p->w0[cell];
            row[p->order - 1] -= weight * p->w0[b->cells + cell];
        }
    }
}

static void build(ent_path_work *p, const ent_real *x, const ent_real *border)
{
    const ent_bargain *b = p->b;
    const ent_real theta = ent_real_exp(-x[p->at.q]);
    const int last = p->order - 1;
    for (size_t k = 0; k < (size_t)p->order * (size_t)p->order; k++) p->matrix[k] = 0.0;
    ent_i_bargain_means(p->v, x + p->at.mu, p->g);
    reactions(p, x, theta * theta);
    alpha_rows(p, x, theta * theta);
    lambda_rows(p, x, theta);
    omega_rows(p, x);
    ent_real *row = p->matrix + (size_t)(last - 1) * (size_t)p->order, sum = 0.0;
    for (int m = 0; m < b->interims; m++) {
        row[b->pairs + m] = 1.0;
        sum += x[p->at.lambda + m];
    }
    p->rhs[last - 1] = 1.0 - sum;
    row = p->matrix + (size_t)last * (size_t)p->order;
    for (int k = 0; k < p->order; k++) row[k] = border[k];
}

/* From the reduced unknowns back to all of them. */
static void expand(ent_path_work *p, const ent_real *x, const ent_real *d, bool newton,
                   ent_real *dx)
{
    const ent_bargain *b = p->b;
    const ent_path_layout *at = &p->at;
    const int y = b->pairs + b->interims, k = b->interims;
    const ent_real theta = ent_real_exp(-x[at->q]), theta2 = theta * theta, dq = d[p->order - 1],
                   with = newton ? 1.0 : 0.0;
    for (int c = 0; c < b->pairs; c++) {
        ent_real ds = with * p->constant[c] + dq * p->constant[y + c];
        for (int l = 0; l < y; l++) ds += p->m[(size_t)c * (size_t)y + (size_t)l] * d[l];
        dx[at->alpha + c] = d[c];
        dx[at->v + c] = ds - with * (x[at->v + c] - p->g[c] - theta2) - 2.0 * theta2 * dq;
    }
    for (int m = 0; m < k; m++) {
        const int g = b->pairs + m;
        const ent_real r = p->v->factor * p->g[g] - p->v->target[m] - x[at->omega + m];
        ent_real du = with * p->constant[g] + dq * p->constant[y + g];
        for (int l = 0; l < y; l++) du += p->m[(size_t)g * (size_t)y + (size_t)l] * d[l];
        dx[at->lambda + m] = d[g];
        dx[at->omega + m] = d[y + m];
        dx[at->rho + m] = (1.0 - theta) * (p->v->factor * du - d[y + m]) + d[y + k] +
                          r * theta * dq -
                          with * (x[at->rho + m] - (1.0 - theta) * r - x[at->sigma]);
    }
    dx[at->sigma] = d[y + k];
    dx[at->q] = dq;
    for (int cell = 0; cell < b->cells; cell++) {
        ent_real *dkappa = p->left;
        ent_i_bargain_kappa(b, cell, d, d + b->pairs, dkappa);
        const ent_real dw = with * p->w0[cell] + dq * p->w0[b->cells + cell] +
                            dot(k, dkappa, p->mean + (size_t)cell * (size_t)k);
        dx[at->w + cell] = dw;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            const ent_real move = dw - dot(k, dkappa, p->v->a + (size_t)o * (size_t)k);
            ent_real phi[2];
            phi_of(p, x, cell, o, theta2, phi);
            dx[at->mu + o] = with * phi[0] + dq * phi[1] - x[at->mu + o] / x[at->z + o] * move;
            dx[at->z + o] = move - with * (x[at->z + o] - x[at->w + cell] + p->worth[o]);
        }
    }
}

int ent_i_path_linear(ent_path_work *p, const ent_real *x, const ent_real *border, bool newton,
                      ent_real *dx)
{
    build(p, x, border);
    if (!newton)
        for (int k = 0; k < p->order; k++) p->rhs[k] = 0.0;
    p->rhs[p->order - 1] = newton ? 0.0 : 1.0;
    const int sign = ent_i_lu_factor(p->order, p->matrix, p->pivot, p->scratch);
    if (sign == 0) return 0;
    ent_i_lu_solve(p->order, p->matrix, p->pivot, p->rhs);
    expand(p, x, p->rhs, newton, dx);
    return sign;
}

/* Tolerances of the corrector: they decide only how closely the path is followed, never an
 * answer. */
static const double complementarity = 0.02; /* relative, of every product */
static const double mass = 10.0;            /* |sum of mu - 1| in units of theta^2 */
static const double claims = 0.1;           /* |A^-1 (A omega - R)| in units of theta */

/* The larger of two, or the one that is not a number. */
static ent_real worst(ent_real a, ent_real b) { return a > b || ent_real_is_nan(a) ? a : b; }

ent_real ent_i_path_error(ent_path_work *p, const ent_real *x)
{
    const ent_bargain *b = p->b;
    const ent_path_layout *at = &p->at;
    const ent_real theta = ent_real_exp(-x[at->q]), theta2 = theta * theta;
    ent_real error = 0.0;
    ent_i_bargain_means(p->v, x + at->mu, p->g);
    for (int cell = 0; cell < b->cells; cell++) {
        ent_real sum = -1.0;
        ent_i_bargain_kappa(b, cell, x + at->alpha, x + at->lambda, p->kappa);
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            const ent_real z = x[at->w + cell] - dot(b->interims, p->kappa,
                                                     p->v->a + (size_t)o * (size_t)b->interims);
            sum += x[at->mu + o];
            error =
                worst(error, ent_real_abs(x[at->mu + o] * z / (theta2 * p->barrier_mu[o]) - 1.0) /
                                 complementarity);
        }
        error = worst(error, ent_real_abs(sum) / (mass * theta2));
    }
    for (int k = 0; k < b->pairs; k++) {
        const ent_real product = x[at->alpha + k] * (p->g[k] + theta2);
        error = worst(error, ent_real_abs(product / (theta2 * p->barrier_alpha[k]) - 1.0) /
                                 complementarity);
    }
    ent_i_bargain_left(b, x + at->alpha, x + at->lambda, x + at->omega, p->left);
    ent_i_bargain_right(p->v, x + at->w, x + at->lambda, p->right);
    for (int m = 0; m < b->interims; m++) {
        const ent_real lambda = x[at->lambda + m];
        const ent_real r = p->v->factor * p->g[b->pairs + m] - p->v->target[m] - x[at->omega + m];
        const ent_real product = lambda * ((1.0 - theta) * r + x[at->sigma]);
        ent_real diagonal = lambda;
        for (int k = 0; k < b->pairs; k++)
            if (b->pair_true[k] == m) diagonal += x[at->alpha + k];
        error = worst(error, ent_real_abs(product / (theta * p->barrier_lambda[m]) - 1.0) /
                                 complementarity);
        error = worst(error, ent_real_abs(p->left[m] - p->right[m]) / diagonal / (claims * theta));
    }
    return ent_real_is_nan(error) ? HUGE_VAL : error;
}
