/** fixed_point.h - the map of a contract on the blocks of plays of equal gain, and its largest
 * fixed point.
 *
 * On {a : G(a) <= G_k} the map is
 *     T_k = rho Gamma(d) + (1 - rho) Gamma_0(d),  d = the span that just enforces G_k,
 * and the span is T_k, for a lone insider (1-delta) T_k / (1 - delta (1-rho)): docs/relational.md,
 * Propositions A and B.
 */
#ifndef ENT_FIXED_POINT_H
#define ENT_FIXED_POINT_H

#include "relational/aims.h"

/** ent_i_chance - the numbers of a map besides the game. */
typedef struct ent_i_chance {
    double discount, renegotiation;
    bool lone;        /* one insider */
    double tolerance; /* in payoff units */
} ent_i_chance;

/** ent_i_rung - one block: what the map and the level are made of. Whole numbers stay whole: with
 * payoffs and weights scaled to integers every member is exact. */
typedef struct ent_i_rung {
    double gain;
    /* sum over insiders of max f_i - f_i(a0), in units of 1/unit; 0 for a lone insider or
       renegotiation 0 */
    double gamma;
    /* max U - U(a0) + sum over everybody of uhat_i(a0) - min uhat_i; 0 when renegotiation = 1 */
    double gamma0;
    double value; /* M = max K, or max U for a benchmark */
    /* E = max U - outsiders' least best-reply payoffs; 0 when renegotiation = 1 */
    double extortion;
    double spread; /* tau, where it is part of the map (literal ties); else 0 */
} ent_i_rung;

/** ent_i_ladder - the blocks at which the map or the level changes, gains increasing. Scratch. */
typedef struct ent_i_ladder {
    int64_t count;
    ent_i_rung *rung;
    double least; /* G(a0), the least gain */
    double unit;  /* of the aims */
} ent_i_ladder;

ent_status ent_i_ladder_new(ent_ctx *ctx, const ent_i_found *found, const ent_i_chance *chance,
                            ent_i_ladder *out);

/** ent_i_ladder_literal - ties are part of the map: adds the rungs at which they change.
 * docs/errata.md E4. */
ent_status ent_i_ladder_literal(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found,
                                double close, ent_i_ladder *ladder);

/** ent_i_rung_map - T; ent_i_rung_span - the span of a block at a discount factor. */
double ent_i_rung_map(const ent_i_ladder *ladder, int64_t k, const ent_i_chance *chance);
double ent_i_rung_span(const ent_i_ladder *ladder, int64_t k, const ent_i_chance *chance,
                       double discount);
/** ent_i_rung_level - the level, or for benchmarks (value = joint, renegotiation 0 and no
 * extortion) the joint payoff. */
double ent_i_rung_level(const ent_i_rung *rung, const ent_i_chance *chance, double discount);

/** ent_i_ladder_top - the block of the largest fixed point, or -1. literal: with ties in the map it
 * can fall, and a block must then not enforce the next one. */
int64_t ent_i_ladder_top(const ent_i_ladder *ladder, const ent_i_chance *chance, bool literal);

/** ent_i_ladder_bounds - when there is no fixed point: d0 = T(everything), d1 = T(what d0
 * enforces), ...: every fixed point lies below each. Ends when the last enforces nothing or is
 * negative. Returned: how many, at most ladder->count. */
int ent_i_ladder_bounds(const ent_i_ladder *ladder, const ent_i_chance *chance, double *bound);

/** ent_i_ladder_shortfall - when there is no fixed point: the least of (1-delta) G - delta span
 * over blocks. */
double ent_i_ladder_shortfall(const ent_i_ladder *ladder, const ent_i_chance *chance);

/** ent_i_ladder_steps - the path d*(delta): at most ladder->count steps. Returned: how many. */
int ent_i_ladder_steps(const ent_i_ladder *ladder, const ent_i_chance *chance, ent_step *step);

#endif
