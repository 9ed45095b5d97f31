#include "outside/outside_draw.h"

static double quantile(const ent_offer_part *p, double u)
{
    if (p->kind == ENT_OFFER_UNIFORM) return p->low + u * (p->high - p->low);
    double lo = p->low, hi = p->high;
    for (int k = 0; k < 60; k++) {
        const double mid = lo + 0.5 * (hi - lo);
        if (mid <= lo || mid >= hi) break;
        if (ent_offer_part_lower(p, mid) <= u) lo = mid;
        else hi = mid;
    }
    return lo;
}

double ent_offers_draw(const ent_offers *o, ent_rng *rng)
{
    double u = ent_rng_uniform(rng);
    for (int k = 0; k < o->parts; k++) {
        if (u < o->part[k].weight) return quantile(&o->part[k], ent_rng_uniform(rng));
        u -= o->part[k].weight;
    }
    for (int k = 0; k < o->atoms; k++) {
        if (u < o->mass[k]) return o->atom[k];
        u -= o->mass[k];
    }
    /* Rounding left a remainder: the last one. */
    return o->atoms ? o->atom[o->atoms - 1] : quantile(&o->part[o->parts - 1], ent_rng_uniform(rng));
}
