/* The distribution of outside offers: distribution functions and densities of its parts. */
#include "model/outside_model.h"

#include <math.h>

/* Stirling's series from 15 on, reached by the recurrence; lgamma() of the C library writes a
 * global. */
static double log_gamma(double x)
{
    double shift = 0.0;
    while (x < 15.0) shift += log(x), x += 1.0;
    const double i = 1.0 / x, q = i * i;
    const double series =
        i * (1.0 / 12 -
             q * (1.0 / 360 -
                  q * (1.0 / 1260 - q * (1.0 / 1680 - q * (1.0 / 1188 - q * 691.0 / 360360)))));
    return (x - 0.5) * log(x) - x + 0.91893853320467274178 + series - shift;
}

double ent_i_log_beta(double a, double b) { return log_gamma(a) + log_gamma(b) - log_gamma(a + b); }

/* Lentz's continued fraction of the incomplete beta function, for x below (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
    enum { STEPS = 2000 };
    const double tiny = 1e-300, enough = 1e-16;
    double c = 1.0, d = 1.0 - (a + b) * x / (a + 1.0);
    d = 1.0 / (fabs(d) < tiny ? tiny : d);
    double h = d;
    for (int m = 1; m <= STEPS; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1.0 + even * d, c = 1.0 + even / c;
        d = 1.0 / (fabs(d) < tiny ? tiny : d), c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1.0 + odd * d, c = 1.0 + odd / c;
        d = 1.0 / (fabs(d) < tiny ? tiny : d), c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        if (fabs(d * c - 1.0) <= enough) break;
    }
    return h;
}

/* I_x(a, b), with y = 1 - x given apart so that neither tail loses digits. */
static double incomplete_beta(double a, double b, double log_beta, double x, double y)
{
    if (x <= 0.0) return 0.0;
    if (y <= 0.0) return 1.0;
    const double front = exp(a * log(x) + b * log(y) - log_beta);
    if (x <= (a + 1.0) / (a + b + 2.0)) return front * beta_fraction(a, b, x) / a;
    return 1.0 - front * beta_fraction(b, a, y) / b;
}

double ent_i_normal_moment(double u, double v, double from)
{
    /* Gauss and Legendre's eight points: the error is below rounding up to a length of 1. */
    static const double point[4] = {0.1834346424956498049, 0.5255324099163289858,
                                    0.7966664774136267396, 0.9602898564975362317};
    static const double weight[4] = {0.3626837833783619830, 0.3137066458778872873,
                                     0.2223810344533744705, 0.1012285362903762592};
    const double half = 0.5 * (v - u), middle = u + half;
    double sum = 0.0;
    for (int j = 0; j < 4; j++)
        for (int side = -1; side <= 1; side += 2) {
            const double z = middle + side * half * point[j];
            sum += weight[j] * (from == -(double)INFINITY ? 1.0 : z - from) * exp(-0.5 * z * z);
        }
    return half * sum * 0.39894228040143267794;
}

/* Phi(v) - Phi(u) for u <= v, without cancellation when both lie on one side, or close to each
 * other. */
static double normal_mass(double u, double v)
{
    const double root = 0.70710678118654752440, close = 1.0;
    if (v - u <= close) return ent_i_normal_moment(u, v, -(double)INFINITY);
    if (u >= 0.0) return 0.5 * (erfc(u * root) - erfc(v * root));
    if (v <= 0.0) return 0.5 * (erfc(-v * root) - erfc(-u * root));
    return 0.5 * (erf(v * root) - erf(u * root));
}

double ent_offer_part_lower(const ent_offer_part *p, double x)
{
    if (x <= p->low) return 0.0;
    if (x >= p->high) return 1.0;
    const double y = (x - p->low) / (p->high - p->low);
    switch (p->kind) {
    case ENT_OFFER_UNIFORM: return y;
    case ENT_OFFER_BETA:
        return incomplete_beta(p->a, p->b, p->norm, y, (p->high - x) / (p->high - p->low));
    case ENT_OFFER_NORMAL: return normal_mass((p->low - p->a) / p->b, (x - p->a) / p->b) / p->norm;
    }
    return 0.0;
}

double ent_offer_part_upper(const ent_offer_part *p, double x)
{
    if (x <= p->low) return 1.0;
    if (x >= p->high) return 0.0;
    const double y = (p->high - x) / (p->high - p->low);
    switch (p->kind) {
    case ENT_OFFER_UNIFORM: return y;
    case ENT_OFFER_BETA:
        return incomplete_beta(p->b, p->a, p->norm, y, (x - p->low) / (p->high - p->low));
    case ENT_OFFER_NORMAL: return normal_mass((x - p->a) / p->b, (p->high - p->a) / p->b) / p->norm;
    }
    return 0.0;
}

/* log of y^power; y^0 is 1, also at y = 0. */
static double log_power(double power, double y) { return power == 0.0 ? 0.0 : power * log(y); }

double ent_offer_part_density(const ent_offer_part *p, double x)
{
    if (x < p->low || x > p->high) return 0.0;
    const double width = p->high - p->low, y = (x - p->low) / width, z = (x - p->a) / p->b;
    switch (p->kind) {
    case ENT_OFFER_UNIFORM: return 1.0 / width;
    case ENT_OFFER_BETA:
        return exp(log_power(p->a - 1.0, y) + log_power(p->b - 1.0, (p->high - x) / width) -
                   p->norm) /
               width;
    case ENT_OFFER_NORMAL: return exp(-0.5 * z * z) * 0.39894228040143267794 / (p->b * p->norm);
    }
    return 0.0;
}

double ent_offers_cdf_smooth(const ent_offers *o, double x)
{
    double sum = 0.0;
    for (int k = 0; k < o->parts; k++)
        sum += o->part[k].weight * ent_offer_part_lower(&o->part[k], x);
    return sum;
}

int ent_offers_atom_after(const ent_offers *o, double x)
{
    int lo = 0, hi = o->atoms;
    while (lo < hi) {
        const int mid = lo + (hi - lo) / 2;
        if (o->atom[mid] <= x) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

double ent_offers_cdf(const ent_offers *o, double x)
{
    const int after = ent_offers_atom_after(o, x);
    return ent_offers_cdf_smooth(o, x) + (after ? o->below[after - 1] + o->mass[after - 1] : 0.0);
}

double ent_offers_density(const ent_offers *o, double x)
{
    double sum = 0.0;
    for (int k = 0; k < o->parts; k++)
        sum += o->part[k].weight * ent_offer_part_density(&o->part[k], x);
    return sum;
}
