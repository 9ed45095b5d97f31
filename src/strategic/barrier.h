/** barrier.h - solver B: one system of equations and complementarities for notions (i) and (iii),
 * solved along a barrier.
 *
 * Unknowns: prices a; the lottery l over all plays and its value D; w = P(N); for every proper
 * coalition S its strategy rho, the value v of its best reply, its potential P and, in (iii), the
 * multipliers mu of its members. Every product x z of a complementarity is eta > 0 along the path,
 * the price equations get + eta (a - a0); at large eta everything is uniform and a = a0, and eta
 * goes to 0 along a curve that may turn, followed by arclength in (unknowns, log eta).
 */
#ifndef ENT_BARRIER_H
#define ENT_BARRIER_H

#include "strategic/coco.h"

/** ent_side - one proper coalition in the system: its plays, and where its unknowns are. */
typedef struct ent_side {
    ent_coal s;
    int size, plays;
    const int *at;                 /* [plays] profile offsets */
    int other;                     /* the complement's side */
    int rho, value, potential, mu; /* first unknown of each kind */
} ent_side;

typedef struct ent_barrier {
    const ent_grand *g;
    int n, sides, unknowns;
    bool constrained;  /* (iii): members must be treated alike; else (i): mu = 1/s */
    int w, d, lottery; /* places of P(N), D and the lottery */
    ent_side *side;    /* [sides] */
    int *side_of;      /* [2^n] by coalition */
    ent_coal zero;     /* players held at price 0, after a curve that led to the boundary */
    double start[ENT_COCO_PLAYERS]; /* a0 */
    double *y;                      /* [unknowns] */
    double *f, *jacobian, *by_eta, *tangent, *work;
    double *mean; /* [n][profiles at most] payoffs against the other side, per play */
    int *order;
} ent_barrier;

ent_status ent_i_barrier_new(ent_ctx *ctx, const ent_grand *grand, bool constrained,
                             ent_barrier **out);
void ent_i_barrier_free(ent_barrier *b);

/** ent_i_barrier_solve - from prices a0 (sum 1, in scaled units).
 * Returned  true when b->y solves the system to the tolerance at eta = 0 */
ent_status ent_i_barrier_solve(ent_ctx *ctx, ent_barrier *b, const double *a0, double tolerance,
                               bool *solved);

/** ent_i_barrier_settle - Newton at fixed eta, damped by halving while the residual grows.
 * Returned: the last residual. */
double ent_i_barrier_settle(ent_barrier *b, double eta, double tolerance, int steps);

/** ent_i_barrier_scatter - Newton at eta = 0 from a random point, without a curve: finds other
 * solutions, and some that no curve
 * leads to. Returned  true when b->y solves the system to the tolerance */
bool ent_i_barrier_scatter(ent_barrier *b, uint64_t seed, int start, double tolerance);

/** ent_i_barrier_hold - with these prices held at 0, does b->y solve the rest, with P(N) = P(N\i)
 * for them? Newton from where it is. */
bool ent_i_barrier_hold(ent_barrier *b, ent_coal zero, double tolerance);

/** ent_i_barrier_start - starting prices in scaled units: equal ones, then random ones. */
void ent_i_barrier_start(int n, uint64_t seed, int start, double *a0);

/** ent_i_barrier_unknowns - the size of a game's system. */
int ent_i_barrier_unknowns(const ent_grand *grand);

/** ent_i_barrier_system - equations, and with `derive` their derivatives, at b->y and eta.
 * Returned: the largest equation. */
double ent_i_barrier_system(ent_barrier *b, double eta, bool derive);

/** ent_i_barrier_begin - the unknowns at a large eta, nearly. */
void ent_i_barrier_begin(ent_barrier *b, double eta);

/** ent_i_barrier_point - prices, lottery and utilities of b->y as a point (scaled units). */
void ent_i_barrier_point(const ent_barrier *b, ent_point *point);

#endif
