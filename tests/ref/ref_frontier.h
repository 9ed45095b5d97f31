/** ref_frontier.h - what incentive compatibility allows, by brute force: every basis of the
 * incentive constraints, every hyperplane through enough points. Tiny problems only; shares nothing
 * but ent_rat with the library.
 */
#ifndef REF_FRONTIER_H
#define REF_FRONTIER_H

#include "exact/rat.h"

enum { REF_FRONTIER_PLAYERS = 10 };

/** ref_frontier_problem - profiles of types are numbered with the last player's type fastest. */
typedef struct ref_frontier_problem {
    int players, decisions, profiles;
    int types[REF_FRONTIER_PLAYERS];
    const ent_rat *p[REF_FRONTIER_PLAYERS]; /* [types] */
    const ent_rat *u;                       /* [players][decisions][profiles] */
} ref_frontier_problem;

/** ref_frontier_set - {U' <= U}: k interim coordinates, player by player; lists are of different
 * points and hyperplanes. */
typedef struct ref_frontier_set {
    int k, points, vertices, facets;
    /* [points][k] interim utilities of the extreme mechanisms, different ones; those that are
       vertices first */
    ent_rat *point;
    ent_rat *weight; /* [facets][k] >= 0, sum 1 */
    ent_rat *bound;  /* [facets] */
} ref_frontier_set;

/** ref_frontier - extreme mechanisms from all bases of the constraints; vertices are the points
 * that no mixture of the others is at least as good as for everybody, by linear programs; facets
 * are the hyperplanes through k vertices or directions downwards with all vertices below. */
void ref_frontier(const ref_frontier_problem *q, ref_frontier_set *out);
void ref_frontier_free(ref_frontier_set *set);

#endif
