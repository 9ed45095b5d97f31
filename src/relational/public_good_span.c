/* The span as the fixed point of a concave map. Every P satisfies P >= 2 B P' (docs/relational.md
 * section 5), so F' <= 1/2 at the positive fixed point and Newton's method descends to it from any
 * larger d; at small d it behaves like a square root. */
#include "relational/public_good.h"

#include <math.h>

static void add_term(ent_i_map *map, double factor, const ent_i_curve *curve)
{
    if (!(factor > 0.0)) return;
    map->curve[map->terms] = curve;
    map->factor[map->terms++] = factor;
}

void ent_i_map_benchmark(const ent_i_good *good, double factor, ent_i_map *map)
{
    add_term(map, factor, &good->joint);
    for (int i = 0; i < good->n; i++) add_term(map, factor, &good->quiet[i]);
}

/* Propositions A and B; a lone insider is the residual claimant, and nothing holds it but periods
 * without negotiation.
 */
void ent_i_map_contract(const ent_i_good *good, ent_coal coalition, const ent_i_odds *odds,
                        const ent_i_curve *punishment, ent_i_map *map)
{
    map->kappa = odds->kappa;
    map->terms = 0;
    if (ent_coal_size(coalition) == 1) {
        /* (1 - delta)(1 - rho) / (1 - delta (1 - rho)) */
        ent_i_map_benchmark(good, odds->now * odds->silent / (odds->now + odds->delta * odds->rho),
                            map);
        return;
    }
    for (int i = 0; i < good->n; i++)
        if (ent_coal_has(coalition, i)) add_term(map, odds->rho, &punishment[i]);
    ent_i_map_benchmark(good, odds->silent, map);
}

static double evaluate(const ent_i_map *map, double d, double *slope)
{
    double value = 0.0, multiplier = 0.0;
    for (int k = 0; k < map->terms; k++) {
        const ent_i_point point = ent_i_curve_at(map->curve[k], map->kappa * d);
        value += map->factor[k] * point.value;
        multiplier += map->factor[k] * point.multiplier;
    }
    *slope = map->kappa * multiplier;
    return value;
}

/* More steps than a descent over the whole range of doubles takes: each halves the exponent's
 * distance. */
enum { NEWTON_STEPS_MAX = 200 };

double ent_i_map_span(const ent_i_map *map)
{
    double slope, d = evaluate(map, INFINITY, &slope);
    if (!(map->kappa > 0.0)) return 0.0;
    for (int step = 0; step < NEWTON_STEPS_MAX && d > 0.0; step++) {
        const double value = evaluate(map, d, &slope);
        const double next = (value - slope * d) / (1.0 - slope);
        if (!(next < d)) break;
        d = next;
    }
    return d;
}
