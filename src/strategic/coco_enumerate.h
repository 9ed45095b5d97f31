/** coco_enumerate.h - all CoCo equilibria of three players, as far as numbers can tell: the faces
 * of the hull are searched, and the indices of what is found must sum to 1.
 */
#ifndef ENT_COCO_ENUMERATE_H
#define ENT_COCO_ENUMERATE_H

#include "strategic/coco.h"

enum { ENT_ENUMERATE_PROFILES = 343, ENT_ENUMERATE_POINTS = 64 };

/** ent_i_coco_enumerate - points (scaled units) with different utilities, at most
 * ENT_ENUMERATE_POINTS.
 * Given     point  in|out  [ENT_ENUMERATE_POINTS]; the first `count` are known already
 * Returned  how many there are now; their indices are set
 * Cost      a Newton iteration a facet (triples of plays) and some 600 others
 */
int ent_i_coco_enumerate(ent_grand *g, double tolerance, double least_price, int count,
                         ent_point *point);

/** ent_i_coco_index - the sign of the determinant of the negative of claims minus payoffs, as
 * prices move: +1, -1, or 0 where the prices are not isolated. Plays in the lottery stay tied: they
 * move the payoffs infinitely fast. */
int ent_i_coco_index(ent_grand *g, const ent_point *point);

#endif
