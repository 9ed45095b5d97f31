/* Where no positive prices exist, prices approach 0 along the path. The limit: the prices that sank
 * are held at 0 and the equations of the other players are solved; what the players at price 0
 * claim is the limit of psi_i / a_i as their prices approach 0 in the proportion they had at the
 * end of the path. */
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

/* Hold the sunk prices at 0 and note the proportion in which the path had them; the rest sum to
 * 1. */
static void hold(const ent_grand *g, const double *path, double *direction, ent_point *point)
{
    double top = 0.0, sum = 0.0;
    for (int i = 0; i < g->n; i++)
        if (ent_coal_has(point->zero, i)) top = fmax(top, path[i]);
    for (int i = 0; i < g->n; i++) {
        const bool zero = ent_coal_has(point->zero, i);
        direction[i] = zero ? path[i] / top : 0.0;
        if (zero) point->price[i] = 0.0;
        sum += point->price[i];
    }
    for (int i = 0; i < g->n; i++) point->price[i] /= sum;
}

/* The plays of `set`, equally likely, in place of all that the path ended with. */
static void take_subset(const ent_point *plays, ent_coal set, ent_point *point)
{
    point->support = 0;
    for (int l = 0; l < plays->support; l++) {
        if (!ent_coal_has(set, l)) continue;
        point->profile[point->support] = plays->profile[l];
        point->weight[point->support++] = 1.0 / ent_coal_size(set);
    }
}

/* Newton with the plays that the path ended with; where these overdetermine the prices that are
 * left, with each of the subsets of what it ended with, larger ones first. */
static bool solve_rest(ent_grand *g, double tolerance, ent_point *point)
{
    enum { SUBSETS_OF = 8 };
    const ent_point before = *point;
    if (ent_i_coco_polish(g, tolerance, point)) return true;
    const ent_point plays = *point;
    if (plays.support > SUBSETS_OF) return false;
    for (int size = plays.support - 1; size > 0; size--)
        for (ent_coal set = 1; set < ent_coal_single(plays.support); set++) {
            if (ent_coal_size(set) != size) continue;
            *point = before;
            take_subset(&plays, set, point);
            if (ent_i_coco_polish(g, tolerance, point)) return true;
        }
    return false;
}

bool ent_i_coco_boundary(ent_grand *g, double tolerance, double *direction, ent_point *point)
{
    /* a path that ends with all prices above this was not led to the boundary; where claims meet
       payoffs there to second order, paths stop some way off */
    static const double SANK = 0.1;
    /* a price that sinks below this while the others are solved for goes to 0 with them */
    static const double GONE = 1e-3;
    double least = 1.0, path[ENT_COCO_PLAYERS];
    for (int i = 0; i < g->n; i++) {
        path[i] = point->price[i];
        least = fmin(least, path[i]);
    }
    if (!(least < SANK) || point->support == 0) return false;
    point->zero = sunk(g->n, path);
    for (int round = 0; round < g->n; round++) {
        hold(g, path, direction, point);
        const bool solved = solve_rest(g, tolerance, point);
        ent_coal gone = point->zero;
        for (int i = 0; i < g->n; i++)
            if (point->price[i] < GONE) gone |= ent_coal_single(i);
        if (gone == point->zero) return solved;
        point->zero = gone;
    }
    return false;
}
