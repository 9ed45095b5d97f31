/** exact_ladder.h - the largest fixed point decided in rationals; fixed_point.h says what a ladder
 * is. Payoffs are counted in units of the game's common denominator; spans and levels here are in
 * those units.
 */
#ifndef ENT_EXACT_LADDER_H
#define ENT_EXACT_LADDER_H

#include "exact/rat.h"
#include "relational/fixed_point.h"

/** ent_i_exact_chance - delta, 1 - delta, rho, 1 - rho, delta (1 - rho), 1 - delta (1 - rho), and
 * one insider or more. */
typedef struct ent_i_exact_chance {
    ent_rat delta, now, rho, quiet, later, sooner;
    bool lone, literal;
} ent_i_exact_chance;

void ent_i_exact_chance_init(ent_i_exact_chance *c, const ent_rat *discount,
                             const ent_rat *renegotiation, bool lone, bool literal);
void ent_i_exact_chance_release(ent_i_exact_chance *c);

/** ent_i_exact_rung - an ent_i_rung in rationals; gamma with weights that sum to 1. */
typedef struct ent_i_exact_rung {
    ent_rat gain, gamma, gamma0, value, extortion, spread;
} ent_i_exact_rung;

/** ent_i_exact_ladder - on the heap: start from {0}, release whatever happens. */
typedef struct ent_i_exact_ladder {
    int64_t count, room;
    ent_i_exact_rung *rung;
    ent_rat least;
} ent_i_exact_ladder;

/** ent_i_exact_ladder_add - one more rung, all zeros; the pointer is good until the next. */
ent_status ent_i_exact_ladder_add(ent_ctx *ctx, ent_i_exact_ladder *ladder, ent_i_exact_rung **out);
/** ent_i_exact_ladder_copy - of a ladder whose numbers are whole. */
ent_status ent_i_exact_ladder_copy(ent_ctx *ctx, const ent_i_ladder *from, ent_i_exact_ladder *out);
void ent_i_exact_ladder_release(ent_i_exact_ladder *ladder);

/** ent_i_ladder_exact_mix - r = w a + (1-w) b; r aliases none of them. */
void ent_i_ladder_exact_mix(ent_rat *r, const ent_rat *w, const ent_rat *a, const ent_rat *b);

/** ent_i_ladder_exact_span - of block k at the chance's own discount factor. */
void ent_i_ladder_exact_span(const ent_i_exact_ladder *ladder, int64_t k,
                             const ent_i_exact_chance *c, ent_rat *span);
/** ent_i_ladder_exact_level - from a rung's M, E and tau at a discount factor. */
void ent_i_ladder_exact_level(const ent_i_exact_rung *rung, const ent_i_exact_chance *c,
                              const ent_rat *discount, ent_rat *level);

int64_t ent_i_ladder_exact_top(const ent_i_exact_ladder *ladder, const ent_i_exact_chance *c);

/** ent_i_ladder_exact_enforces - (1-delta) gain <= delta span, and span >= 0. */
bool ent_i_ladder_exact_enforces(const ent_rat *span, const ent_rat *gain,
                                 const ent_i_exact_chance *c);
/** ent_i_ladder_exact_budget - the largest whole G with (1-delta) G <= delta span, at most 2^53. */
double ent_i_ladder_exact_budget(const ent_i_exact_chance *c, const ent_rat *span);

/** ent_i_ladder_exact_bounds - [ladder->count] initialised; returned: how many. */
int ent_i_ladder_exact_bounds(const ent_i_exact_ladder *ladder, const ent_i_exact_chance *c,
                              ent_rat *bound);
void ent_i_ladder_exact_shortfall(const ent_i_exact_ladder *ladder, const ent_i_exact_chance *c,
                                  ent_rat *least);

/** ent_i_ladder_exact_steps - each [ladder->count] initialised; returned: how many. */
int ent_i_ladder_exact_steps(const ent_i_exact_ladder *ladder, const ent_i_exact_chance *c,
                             ent_rat *discount, ent_rat *span, ent_rat *level);

#endif
