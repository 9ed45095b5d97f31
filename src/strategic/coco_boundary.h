/** coco_boundary.h - the limit that a path leads to where no positive prices exist. */
#ifndef ENT_COCO_BOUNDARY_H
#define ENT_COCO_BOUNDARY_H

#include "strategic/coco.h"

/** ent_i_coco_boundary - from the point at which a path was given up to a zero on the closed
 * simplex of prices.
 * Given     point      in|out  scaled units; its prices tell which players' prices sank
 * Returned  direction  out     [n] 0 for players with a positive price; how the others' prices
 *           approach 0 together, largest 1 false when the path did not end at the boundary
 */
bool ent_i_coco_boundary(ent_grand *g, double tolerance, double *direction, ent_point *point);

#endif
