/** bayesian_edges.h - is a list of vertices complete? Only src/verify/bayesian*.c include this. */
#ifndef ENT_BAYESIAN_EDGES_H
#define ENT_BAYESIAN_EDGES_H

#include "verify/claims.h"

/** ent_bv_listed - vertices and facets {weight u <= bound} in k dimensions, all weights >= 0. Every
 * vertex fulfils all of the inequalities, with equality those of its facets, whose weights have
 * rank k. */
typedef struct ent_bv_listed {
    int k, vertices, facets;
    const ent_claim *weight; /* [facets][k] */
    const bool *on;          /* [facets][vertices] */
} ent_bv_listed;

/** ent_bv_complete - have the inequalities no other vertices, and no directions to infinity but
 *     those downwards? The vertices and bounded edges of a polyhedron that has a vertex are a
 *     connected graph (the simplex method walks along it): when every edge from a listed vertex
 *     ends at a listed one or runs along -e_m for ever, there is no other vertex.
 * Edges at a vertex are the extreme rays of the cone {d: weight d <= 0 for its facets}, which are
 * enumerated.
 * Returned  open  out  a vertex with an edge that leads out of the list, that is listed twice, or
 * that its facets do not determine; -1: none, and the list, which must not be empty, is complete
 * Cost      as many products of small matrices as there are edges where exactly k facets meet; at
 *           others pairs of rays, by double description without any test but the rank of what a ray
 *           lies on
 */
ent_status ent_bv_complete(ent_ctx *ctx, const ent_bv_listed *list, int *open);

#endif
