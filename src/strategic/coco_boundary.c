/* Where no positive prices exist, prices approach 0 along the path. The limit: the prices that sank are held at 0 and the
 * equations of the other players are solved; what the players at price 0 claim is the limit of psi_i / a_i as their prices
 * approach 0 in the proportion they had at the end of the path. */
#include "strategic/coco_boundary.h"

#include <math.h>

/* Which prices sank: the smallest, and those nearer to it than to the largest in logarithms. */
static ent_coal sunk(int n, const double *price)
{
    double least = price[0], most = price[0];
    ent_coal zero = 0;
    for (int i = 1; i < n; i++) least = fmin(least, price[i]), most = fmax(most, price[i]);
    for (int i = 0; i < n; i++)
        if (price[i] * price[i] < least * most) zero |= ent_coal_single(i);
    return zero;
}

bool ent_i_coco_boundary(ent_grand *g, double tolerance, double *direction, ent_point *point)
{
    static const double SANK = 1e-2; /* a path that leaves with all prices above this was not led to the boundary */
    double least = 1.0, sum = 0.0;
    for (int i = 0; i < g->n; i++) least = fmin(least, point->price[i]);
    if (!(least < SANK) || point->support == 0) return false;
    point->zero = sunk(g->n, point->price);
    double top = 0.0;
    for (int i = 0; i < g->n; i++)
        if (ent_coal_has(point->zero, i)) top = fmax(top, point->price[i]);
    for (int i = 0; i < g->n; i++) {
        const bool zero = ent_coal_has(point->zero, i);
        direction[i] = zero ? point->price[i] / top : 0.0;
        if (zero) point->price[i] = 0.0;
        sum += point->price[i];
    }
    for (int i = 0; i < g->n; i++) point->price[i] /= sum;
    return ent_i_coco_polish(g, tolerance, point);
}
