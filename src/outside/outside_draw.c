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

/* The last atom before which there is no more mass than u. */
static int atom_of(const ent_offers *o, double u)
{
    int lo = 0, hi = o->atoms - 1;
    while (lo < hi) {
        const int mid = lo + (hi - lo + 1) / 2;
        if (o->below[mid] <= u) lo = mid;
        else hi = mid - 1;
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
    if (o->atoms) return o->atom[atom_of(o, u)];
    /* Rounding left a remainder: the last one. */
    return quantile(&o->part[o->parts - 1], ent_rng_uniform(rng));
}
