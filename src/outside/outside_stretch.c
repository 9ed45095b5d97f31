/* One stretch of offers after a search: integrals over better draws, and what each cutoff is
 * worth. */
#include "outside/outside_induction.h"

#include <math.h>

enum { N = ENT_CHEB, LAST = ENT_CHEB - 1 };

/* The integrand of value f against dF beyond the cutoff, at offer y. */
static double integrand(const ent_induction *s, const ent_panel *p, bool goes_on, int f, double y)
{
    const double after = goes_on ? ent_panel_value(s->cheb, p, f, s->k, y) : 0.0;
    switch (f) {
    case ENT_VALUE_RISE: return goes_on ? ent_i_gap(s, p, y) : 0.0;
    case ENT_VALUE_PROPOSER: return s->delta * after;
    case ENT_VALUE_NEW_CONTRIBUTION: return goes_on ? after : y;
    case ENT_VALUE_REACH: return goes_on ? 1.0 : 0.0;
    default: break;
    }
    if (f > ENT_VALUE_REACH) return goes_on ? ent_panel_value(s->cheb, p, f - 1, s->k, y) : 0.0;
    return after;
}

/* Integrals of phi dF from y[i] to hi, by parts, so that unbounded densities do no harm; added to
 * what lies to the right. */
static void integrate(const ent_induction *s, const ent_stretch *t, const double *phi, double right,
                      double *out)
{
    const double half = 0.5 * (t->hi - t->lo);
    double product[N];
    for (int i = 0; i < N; i++) {
        double slope = 0.0;
        for (int j = 0; j < N; j++) slope += s->cheb->slope[i][j] * phi[j];
        product[i] = slope * (t->f[i] - t->f[LAST]);
    }
    for (int i = 0; i < N; i++) {
        double sum = 0.0;
        for (int j = 0; j < N; j++) sum += s->cheb->tail[i][j] * product[j];
        out[i] = right + phi[i] * (t->f[LAST] - t->f[i]) - sum;
    }
    (void)half; /* the slope's 1/half and the integral's half cancel */
}

double ent_i_mass_at(const ent_offers *o, double y)
{
    double sum = 0.0; /* atoms that differ only beyond double precision are one here */
    for (int k = ent_offers_atom_after(o, y) - 1; k >= 0 && o->atom[k] == y; k--) sum += o->mass[k];
    return sum;
}

void ent_i_tail_begin(ent_induction *s)
{
    const double mass = ent_i_mass_at(&s->m->offers, 1.0), none = (double)NAN;
    const ent_panel match = {
        .kind = ENT_PANEL_SETTLE, .lo = 1.0, .hi = 1.0, .offer = none, .cutoff = none};
    const bool goes_on = s->period < s->m->periods && s->delta == 1.0 && !s->choice->takes_at_once;
    for (int f = 0; f < s->values; f++)
        s->tail[f] = mass > 0.0 ? mass * integrand(s, &match, goes_on, f, 1.0) : 0.0;
}

/* Everything that depends on the cutoff, at the points of the stretch; tails move on to its left
 * end. */
void ent_i_stretch_fill(ent_induction *s, ent_stretch *t)
{
    const ent_offers *o = &s->m->offers;
    const ent_panel *p = ent_i_panel_at(&s->next, t->lo + 0.5 * (t->hi - t->lo));
    const double below = ent_offers_cdf(o, t->lo) - ent_offers_cdf_smooth(o, t->lo);
    double excess[N];
    for (int i = 0; i < N; i++) {
        t->y[i] = ent_cheb_point(s->cheb, t->lo, t->hi, i);
        t->f[i] = below + ent_offers_cdf_smooth(o, t->y[i]);
        excess[i] = t->goes_on ? ent_i_gap(s, p, t->y[i]) : 0.0;
        t->r[i] = t->y[i] + excess[i];
    }
    for (int f = 0; f < s->values; f++) {
        double phi[N], *v = t->value + f * N;
        for (int i = 0; i < N; i++) phi[i] = integrand(s, p, t->goes_on, f, t->y[i]);
        integrate(s, t, phi, s->tail[f], v);
        s->tail[f] = v[0] + phi[0] * ent_i_mass_at(o, t->lo);
        for (int i = 0; i < N; i++) {
            if (f == ENT_VALUE_RISE)
                v[i] += t->f[i] * excess[i] + ent_i_offers_excess(o, t->y[i]) - s->c;
            if (f == ENT_VALUE_PROPOSER) v[i] += (1.0 - t->r[i]) * t->f[i];
            if (f == ENT_VALUE_ALLY) v[i] += t->f[i];
            if (f == ENT_VALUE_ALLY_CONTRIBUTION) v[i] += t->f[i] * t->r[i];
            if (f == ENT_VALUE_DURATION) v[i] += 1.0;
        }
    }
    for (int i = 0; i < N; i++) t->q[i] = t->value[ENT_VALUE_PROPOSER * N + i];
}

/* T_k at the points: (-1)^j for k = LAST, times z for LAST - 1, times 2 z^2 - 1 for LAST - 2; signs
 * of whole coefficients do not matter. */
bool ent_i_stretch_is_smooth(const ent_induction *s, const ent_stretch *t)
{
    const double rounding = 2e-14;
    double most = 0.0;
    for (int f = ENT_VALUE_RISE; f <= ENT_VALUE_PROPOSER; f++) {
        double last[3] = {0.0, 0.0, 0.0};
        for (int i = 0; i < N; i++) {
            const double z = s->cheb->z[i], part = s->cheb->weight[i] * t->value[f * N + i];
            last[0] += part;
            last[1] += part * z;
            last[2] += part * (2.0 * z * z - 1.0);
        }
        for (int k = 0; k < 3; k++) most = fmax(most, fabs(last[k]) * 2.0 / LAST);
    }
    return most <= rounding;
}
