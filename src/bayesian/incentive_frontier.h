/** incentive_frontier.h - all vertices and facets of the interim utilities that incentive
 * compatibility allows, exactly. */
#ifndef ENT_INCENTIVE_FRONTIER_H
#define ENT_INCENTIVE_FRONTIER_H

#include "bayesian/incentive_lp.h"

/** ent_frontier_vertex - utilities [interims] and the mechanism [options] that gives them. */
typedef struct ent_frontier_vertex {
    ent_rat *u, *mu;
    bool is_vertex; /* of the hull; points inside a face are dropped in the end */
    int number;     /* its bit in facets, which stays when others are dropped */
} ent_frontier_vertex;

/** ent_frontier_facet - {sum weight u <= bound}. */
typedef struct ent_frontier_facet {
    ent_rat *weight; /* [interims] >= 0, sum 1 */
    ent_rat bound;
    ent_rat *alpha; /* [pairs] proves the bound */
    bool proved;
    /* [words] bits: weight_m = 0 for every interim m, then the vertices that lie on it */
    uint64_t *tight;
} ent_frontier_facet;

typedef struct ent_frontier {
    int interims, pairs, options, words;
    int vertices, facets, vertex_room, facet_room;
    ent_frontier_vertex *vertex;
    ent_frontier_facet *facet;
    /* false: given up (too many vertices, or a program that could not be decided exactly) */
    bool complete;
} ent_frontier;

/** ent_i_incentive_frontier - vertices and facets of the comprehensive hull {u' <= u : u incentive
 * compatible}. Outer and inner approximation meet: every facet of the hull of the points known so
 * far asks for the best mechanism at its weights; where that lies beyond, the hull grows by it
 * (double description, in rationals).
 * Given  most  in  vertices at most
 * Cost   one linear program a facet that ever existed; adjacency of facets by sets of bits
 */
ent_status ent_i_incentive_frontier(ent_ctx *ctx, const ent_exact_problem *problem, int most,
                                    ent_frontier *out);
void ent_i_incentive_frontier_free(ent_frontier *frontier);

/** ent_i_on_facet - does a vertex lie on a facet? */
bool ent_i_on_facet(const ent_frontier *frontier, int vertex, int facet);

#endif
