/* H(s) = E(X - s)^+ and the reservation offer r*, [FR] eq. (3), for every distribution. */
#include "outside/outside_solve.h"

#include <math.h>

/* For each part E(Y - s)^+ in closed form. */
static double part_excess(const ent_offer_part *p, double s)
{
    const double width = p->high - p->low;
    if (s >= p->high) return 0.0;
    if (p->kind == ENT_OFFER_UNIFORM)
        return s <= p->low ? 0.5 * (p->low + p->high) - s
                           : 0.5 * (p->high - s) * (p->high - s) / width;
    const double above = ent_offer_part_upper(p, s);
    if (p->kind == ENT_OFFER_BETA) {
        /* E(Y-y)^+ = (m - y) P(Y > y) + m y^a (1-y)^b / (a B(a,b)), m the mean. */
        const double y = (s - p->low) / width, rest = (p->high - s) / width,
                     mean = p->a / (p->a + p->b);
        if (y <= 0.0) return p->low + width * mean - s;
        return width *
               ((mean - y) * above + exp(p->a * log(y) + p->b * log(rest) - p->norm) * mean / p->a);
    }
    const double u = (fmax(s, p->low) - p->a) / p->b, v = (p->high - p->a) / p->b, close = 1.0;
    /* the closed form would cancel */
    if (v - u <= close) return p->b * ent_i_normal_moment(u, v, (s - p->a) / p->b) / p->norm;
    /* sd^2 (density at the lower end - density at high) + (mean - s) P(Y > s), truncated. */
    const double from = s > p->low ? s : p->low;
    const double edges = ent_offer_part_density(p, from) - ent_offer_part_density(p, p->high);
    const double above_low = s > p->low ? above : 1.0;
    return p->b * p->b * edges + (p->a - s) * above_low;
}

double ent_i_offers_excess(const ent_offers *o, double s)
{
    double sum = 0.0;
    for (int k = 0; k < o->parts; k++)
        sum += o->part[k].weight * fmax(0.0, part_excess(&o->part[k], s));
    const int k = ent_offers_atom_after(o, s);
    return k == o->atoms ? sum : sum + o->beyond[k] + o->above[k] * (o->atom[k] - s);
}

static double largest_offer(const ent_offers *o)
{
    double most = o->atoms ? o->atom[o->atoms - 1] : 0.0;
    for (int k = 0; k < o->parts; k++)
        if (o->part[k].high > most) most = o->part[k].high;
    return most;
}

static double above(const ent_offers *o, double s)
{
    double sum = 0.0;
    for (int p = 0; p < o->parts; p++)
        sum += o->part[p].weight * ent_offer_part_upper(&o->part[p], s);
    const int a = ent_offers_atom_after(o, s);
    return a == o->atoms ? sum : sum + o->above[a];
}

/* H falls and is convex: Newton from the left never overshoots, and bisection helps where the tail
 * is flat. */
static double solve_excess(const ent_offers *o, double c, double hi)
{
    enum { STEPS = 200 };
    const double enough = 1e-16;
    double lo = 0.0;
    for (int k = 0; k < STEPS; k++) {
        const double upper = above(o, lo),
                     step = upper > 0.0 ? lo + (ent_i_offers_excess(o, lo) - c) / upper : lo;
        if (step > lo && step < hi) {
            if (step - lo <= enough) return step;
            lo = step;
        }
        const double probe = lo + 0.5 * (hi - lo);
        if (probe <= lo || probe >= hi) break;
        if (ent_i_offers_excess(o, probe) >= c) lo = probe;
        else hi = probe;
    }
    return lo;
}

double ent_i_reservation(const ent_outside *m)
{
    const ent_offers *o = &m->offers;
    const double c = m->search_cost;
    if (o->parts == 1 && o->atoms == 0 && o->part[0].is_unit_uniform)
        return c <= 0.5 ? 1.0 - sqrt(2.0 * c) : -(double)INFINITY;
    if (ent_i_offers_excess(o, 0.0) < c) return -(double)INFINITY;
    return c > 0.0 ? solve_excess(o, c, largest_offer(o)) : largest_offer(o);
}
