/** fixed_point.h - the map of a contract on the blocks of plays of equal gain, and its largest fixed point.
 *
 * On {a : G(a) <= G_k} the map is
 *     T_k = rho Gamma(d) + (1 - rho) Gamma_0(d),  d = the span that just enforces G_k,
 * and the span is T_k, for a lone insider (1-delta) T_k / (1 - delta (1-rho)): docs/relational.md, Propositions A and B.
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

/** ent_i_rung - one block: T, and what the level needs. */
typedef struct ent_i_rung {
    double gain;
    double map;       /* T */
    double value;     /* M = max K, or max U for a benchmark */
    double extortion; /* E = max U - outsiders' least best-reply payoffs; 0 when the level does not need it */
    double spread;    /* tau that is part of the map: literal ties only */
} ent_i_rung;

/** ent_i_ladder - the blocks at which the map or the level changes, gains increasing. Scratch. */
typedef struct ent_i_ladder {
    int64_t count;
    ent_i_rung *rung;
} ent_i_ladder;

ent_status ent_i_ladder_new(ent_ctx *ctx, const ent_i_found *found, const ent_i_chance *chance, ent_i_ladder *out);

/** ent_i_rung_span - the span of a block at a discount factor. */
double ent_i_rung_span(const ent_i_rung *rung, const ent_i_chance *chance, double discount);
/** ent_i_rung_level - the level, or for benchmarks (value = joint, renegotiation 0 and no extortion) the joint payoff. */
double ent_i_rung_level(const ent_i_rung *rung, const ent_i_chance *chance, double discount);

/** ent_i_ladder_top - the last block that its own span enforces, or -1: the largest fixed point. */
int64_t ent_i_ladder_top(const ent_i_ladder *ladder, const ent_i_chance *chance);

/** ent_i_ladder_shortfall - when there is no fixed point: the least of (1-delta) G - delta span over blocks. */
double ent_i_ladder_shortfall(const ent_i_ladder *ladder, const ent_i_chance *chance);

/** ent_i_ladder_steps - the path d*(delta): at most ladder->count steps. Returned: how many. */
int ent_i_ladder_steps(const ent_i_ladder *ladder, const ent_i_chance *chance, ent_step *step);

#endif
