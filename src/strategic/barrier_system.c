/* The equations of docs/strategic.md, solver B, and their derivatives. */
#include "strategic/barrier.h"

#include <math.h>
#include <string.h>

static double u(const ent_barrier *b, int i, int64_t profile)
{
    return b->g->t->payoff[i * b->g->t->profiles + profile];
}

static double *entry(ent_barrier *b, int row, int column)
{
    return &b->jacobian[(size_t)row * (size_t)b->unknowns + (size_t)column];
}

/* How many times member or enemy i of a side counts: s mu_i, or -1. */
static double factor(const ent_barrier *b, const ent_side *s, int i)
{
    if (!ent_coal_has(s->s, i)) return -1.0;
    return s->size == 1 ? 1.0
                        : s->size * b->y[s->mu + ent_coal_size(s->s & (ent_coal_single(i) - 1))];
}

static int mu_place(const ent_side *s, int i)
{
    return s->mu + ent_coal_size(s->s & (ent_coal_single(i) - 1));
}

/* x z = eta as x + z - sqrt(x^2 + z^2 + 2 eta) = 0; returned with its derivatives. */
static double complementary(double x, double z, double eta, double *by_x, double *by_z,
                            double *by_eta)
{
    const double r = sqrt(x * x + z * z + 2.0 * eta);
    if (r == 0.0) {
        *by_x = *by_z = 1.0 - sqrt(0.5);
        *by_eta = 0.0;
        return 0.0;
    }
    *by_x = 1.0 - x / r;
    *by_z = 1.0 - z / r;
    *by_eta = -1.0 / r;
    /* without cancellation when one of them is large: x + z - r = 2 (x z - eta) / (x + z + r) */
    return x + z > 0.0 ? 2.0 * (x * z - eta) / (x + z + r) : x + z - r;
}

/* mean[i][r]: payoffs of i when the side plays r and the others their rho. */
static void means(ent_barrier *b, const ent_side *s)
{
    const ent_side *o = &b->side[s->other];
    for (int i = 0; i < b->n; i++)
        for (int r = 0; r < s->plays; r++) {
            double sum = 0.0;
            for (int c = 0; c < o->plays; c++)
                sum += b->y[o->rho + c] * u(b, i, s->at[r] + o->at[c]);
            b->mean[i * s->plays + r] = sum;
        }
}

static double own_payoff(const ent_barrier *b, const ent_side *s, int i)
{
    double sum = 0.0;
    for (int r = 0; r < s->plays; r++) sum += b->y[s->rho + r] * b->mean[i * s->plays + r];
    return sum;
}

static int potential_place(const ent_barrier *b, ent_coal s)
{
    return s ? b->side[b->side_of[s]].potential : -1;
}

/* e_i = a_i u_i(rho) + P(S\i), the potential that member i allows. */
static double allowed(const ent_barrier *b, const ent_side *s, int i)
{
    const int rest = potential_place(b, s->s & ~ent_coal_single(i));
    return b->y[i] * own_payoff(b, s, i) + (rest >= 0 ? b->y[rest] : 0.0);
}

/* Adds scale times the derivative of e_i to a row. */
static void derive_allowed(ent_barrier *b, const ent_side *s, int i, int row, double scale)
{
    const ent_side *o = &b->side[s->other];
    const int rest = potential_place(b, s->s & ~ent_coal_single(i));
    *entry(b, row, i) += scale * own_payoff(b, s, i);
    if (rest >= 0) *entry(b, row, rest) += scale;
    for (int r = 0; r < s->plays; r++)
        *entry(b, row, s->rho + r) += scale * b->y[i] * b->mean[i * s->plays + r];
    for (int c = 0; c < o->plays; c++) {
        double sum = 0.0;
        for (int r = 0; r < s->plays; r++) sum += b->y[s->rho + r] * u(b, i, s->at[r] + o->at[c]);
        *entry(b, row, o->rho + c) += scale * b->y[i] * sum;
    }
}

/* The best replies of a side: rho_r against v - g_r, and the sum of rho. */
static void replies(ent_barrier *b, const ent_side *s, double eta, bool derive)
{
    const ent_side *o = &b->side[s->other];
    double weight[ENT_COCO_PLAYERS], sum = -1.0;
    for (int i = 0; i < b->n; i++) weight[i] = factor(b, s, i);
    for (int r = 0; r < s->plays; r++) {
        const int row = s->rho + r;
        double g = 0.0, by_x, by_z, by_eta;
        for (int i = 0; i < b->n; i++) g += weight[i] * b->y[i] * b->mean[i * s->plays + r];
        b->f[row] = complementary(b->y[row], b->y[s->value] - g, eta, &by_x, &by_z, &by_eta);
        sum += b->y[row];
        if (!derive) continue;
        b->by_eta[row] = by_eta;
        *entry(b, row, row) += by_x;
        *entry(b, row, s->value) += by_z;
        *entry(b, s->value, row) = 1.0;
        for (int i = 0; i < b->n; i++) {
            *entry(b, row, i) -= by_z * weight[i] * b->mean[i * s->plays + r];
            if (s->size > 1 && ent_coal_has(s->s, i))
                *entry(b, row, mu_place(s, i)) -=
                    by_z * s->size * b->y[i] * b->mean[i * s->plays + r];
        }
        for (int c = 0; c < o->plays; c++) {
            double slope = 0.0;
            for (int i = 0; i < b->n; i++)
                slope += weight[i] * b->y[i] * u(b, i, s->at[r] + o->at[c]);
            *entry(b, row, o->rho + c) -= by_z * slope;
        }
    }
    b->f[s->value] = sum;
}

/* One player alone: P = a u. Notion (i): mu_i = 1/s and P is the mean of what members allow. */
static void plain_potential(ent_barrier *b, const ent_side *s, bool derive)
{
    const int row = s->potential;
    b->f[row] = b->y[row];
    if (derive) *entry(b, row, row) += 1.0;
    for (int i = 0; i < b->n; i++) {
        if (!ent_coal_has(s->s, i)) continue;
        b->f[row] -= allowed(b, s, i) / s->size;
        if (derive) derive_allowed(b, s, i, row, -1.0 / s->size);
        if (s->size == 1) continue;
        b->f[mu_place(s, i)] = b->y[mu_place(s, i)] - 1.0 / s->size;
        if (derive) *entry(b, mu_place(s, i), mu_place(s, i)) = 1.0;
    }
}

/* Notion (iii): mu_i against e_i - P, and the sum of mu. */
static void constrained_potential(ent_barrier *b, const ent_side *s, double eta, bool derive)
{
    double sum = -1.0;
    for (int i = 0; i < b->n; i++) {
        if (!ent_coal_has(s->s, i)) continue;
        const int row = mu_place(s, i);
        double by_x, by_z, by_eta;
        b->f[row] = complementary(b->y[row], allowed(b, s, i) - b->y[s->potential], eta, &by_x,
                                  &by_z, &by_eta);
        sum += b->y[row];
        if (!derive) continue;
        b->by_eta[row] = by_eta;
        *entry(b, row, row) += by_x;
        *entry(b, row, s->potential) -= by_z;
        *entry(b, s->potential, row) = 1.0;
        derive_allowed(b, s, i, row, by_z);
    }
    b->f[s->potential] = sum;
}

/* The lottery against D - a.u(x), and its sum. */
static void agreement(ent_barrier *b, double eta, bool derive)
{
    const int64_t profiles = b->g->t->profiles;
    double sum = -1.0;
    for (int64_t x = 0; x < profiles; x++) {
        const int row = b->lottery + (int)x;
        double worth = 0.0, by_x, by_z, by_eta;
        for (int i = 0; i < b->n; i++) worth += b->y[i] * u(b, i, x);
        b->f[row] = complementary(b->y[row], b->y[b->d] - worth, eta, &by_x, &by_z, &by_eta);
        sum += b->y[row];
        if (!derive) continue;
        b->by_eta[row] = by_eta;
        *entry(b, row, row) += by_x;
        *entry(b, row, b->d) += by_z;
        *entry(b, b->d, row) = 1.0;
        for (int i = 0; i < b->n; i++) *entry(b, row, i) -= by_z * u(b, i, x);
    }
    b->f[b->d] = sum;
}

/* How strongly prices are held at a0 while eta is large, against the bias that eta gives to the
 * potentials: with 1 some curves leave through a zero price, with 40 curves are shorter as well. */
static const double HOLD = 40.0;

/* a_i u_i - (P(N) - P(N\i)) + HOLD eta (a_i - a0_i) = 0, sum a = 1. */
static void prices(ent_barrier *b, double eta, bool derive)
{
    const ent_coal all = ent_coal_all(b->n);
    double total = -1.0;
    for (int i = 0; i < b->n; i++) {
        const int rest = potential_place(b, all & ~ent_coal_single(i));
        double mean = 0.0;
        for (int64_t x = 0; x < b->g->t->profiles; x++) mean += b->y[b->lottery + x] * u(b, i, x);
        b->f[i] = b->y[i] * mean - b->y[b->w] + (rest >= 0 ? b->y[rest] : 0.0) +
                  HOLD * eta * (b->y[i] - b->start[i]);
        total += b->y[i];
        if (ent_coal_has(b->zero, i)) b->f[i] = b->y[i];
        if (derive) *entry(b, b->w, i) = 1.0;
        if (derive && ent_coal_has(b->zero, i)) *entry(b, i, i) = 1.0;
        if (!derive || ent_coal_has(b->zero, i)) continue;
        b->by_eta[i] = HOLD * (b->y[i] - b->start[i]);
        *entry(b, i, i) += mean + HOLD * eta;
        *entry(b, i, b->w) -= 1.0;
        if (rest >= 0) *entry(b, i, rest) += 1.0;
        for (int64_t x = 0; x < b->g->t->profiles; x++)
            *entry(b, i, b->lottery + (int)x) += b->y[i] * u(b, i, x);
    }
    b->f[b->w] = total;
}

double ent_i_barrier_system(ent_barrier *b, double eta, bool derive)
{
    const size_t n = (size_t)b->unknowns;
    if (derive) {
        memset(b->jacobian, 0, n * n * sizeof *b->jacobian);
        memset(b->by_eta, 0, n * sizeof *b->by_eta);
    }
    for (int k = 0; k < b->sides; k++) {
        const ent_side *s = &b->side[k];
        means(b, s);
        replies(b, s, eta, derive);
        if (s->size == 1 || !b->constrained) plain_potential(b, s, derive);
        else constrained_potential(b, s, eta, derive);
    }
    agreement(b, eta, derive);
    prices(b, eta, derive);
    double most = 0.0;
    for (size_t k = 0; k < n; k++) most = fmax(most, fabs(b->f[k]));
    return isfinite(most) ? most : HUGE_VAL;
}

/* One side at uniform play, all smaller ones done. */
static void begin_side(ent_barrier *b, const ent_side *s, double eta)
{
    double least = HUGE_VAL, mean = 0.0, value = 0.0;
    for (int i = 0; i < b->n && s->size > 1; i++)
        if (ent_coal_has(s->s, i)) b->y[mu_place(s, i)] = 1.0 / s->size;
    means(b, s);
    for (int i = 0; i < b->n; i++) {
        value += factor(b, s, i) * b->y[i] * own_payoff(b, s, i);
        if (!ent_coal_has(s->s, i)) continue;
        least = fmin(least, allowed(b, s, i));
        mean += allowed(b, s, i) / s->size;
    }
    b->y[s->value] = value + eta * s->plays;
    b->y[s->potential] = s->size > 1 && b->constrained ? least - eta * s->size : mean;
}

void ent_i_barrier_begin(ent_barrier *b, double eta)
{
    const int64_t profiles = b->g->t->profiles;
    const ent_coal all = ent_coal_all(b->n);
    for (int i = 0; i < b->n; i++) b->y[i] = b->start[i];
    for (int64_t x = 0; x < profiles; x++) b->y[b->lottery + x] = 1.0 / (double)profiles;
    for (int k = 0; k < b->sides; k++)
        for (int r = 0; r < b->side[k].plays; r++)
            b->y[b->side[k].rho + r] = 1.0 / b->side[k].plays;
    double worth = 0.0, claims = 0.0;
    for (int i = 0; i < b->n; i++)
        for (int64_t x = 0; x < profiles; x++) worth += b->y[i] * u(b, i, x) / (double)profiles;
    b->y[b->d] = worth + eta * (double)profiles;
    for (int size = 1; size < b->n; size++)
        for (int k = 0; k < b->sides; k++)
            if (b->side[k].size == size) begin_side(b, &b->side[k], eta);
    for (int i = 0; i < b->n; i++) {
        const int rest = potential_place(b, all & ~ent_coal_single(i));
        claims += rest >= 0 ? b->y[rest] : 0.0;
    }
    b->y[b->w] = (worth + claims) / b->n;
}
