/** constrained.h - an equilibrium in Harsanyi's sense as numbers that can be printed: everything
 * follows from prices, strategies and multipliers, and is computed in rationals, whether those are
 * exact or doubles taken at their word. */
#ifndef ENT_CONSTRAINED_H
#define ENT_CONSTRAINED_H

#include "strategic/barrier.h"
#include "strategic/equilibrium.h"

typedef struct ent_constrained {
    const ent_strategic *m;
    int n, sides;
    bool exact;         /* proved in rationals */
    ent_side *side;     /* [sides] copies: coalition, plays, profiles */
    ent_rat *price;     /* [n] */
    ent_rat **rho;      /* [sides][plays] */
    ent_rat **mu;       /* [sides][n], members only */
    ent_rat *payoff;    /* [2^n][n] in conflict; for all players together those of the lottery */
    ent_rat *potential; /* [2^n] */
    ent_rat *utility;   /* [n] */
    ent_rat joint;      /* D_N */
    ent_point point;    /* lottery and utilities in doubles, model units */
    /* two players, who have no coalitions to constrain: the CoCo equilibrium that this is; or
       NULL */
    const ent_equilibrium *two;
    ent_rat weight[ENT_COCO_SUPPORT]; /* of the lottery */
} ent_constrained;

/** ent_i_constrained_new - from the solution of the barrier system; exact when simple fractions
 * near it prove themselves. */
ent_status ent_i_constrained_new(ent_ctx *ctx, const ent_barrier *b, const ent_strategic *model,
                                 bool try_exact, ent_constrained **out);
void ent_i_constrained_free(ent_constrained *c);

/** ent_i_constrained_allocate - everything 0, for the coalitions of b. */
ent_status ent_i_constrained_allocate(ent_ctx *ctx, const ent_barrier *b,
                                      const ent_strategic *model, ent_constrained **out);

/** ent_i_constrained_two - two players: the CoCo equilibrium e (borrowed) with the potentials of
 * this notion. b gives the coalitions. */
ent_status ent_i_constrained_two(ent_ctx *ctx, const ent_barrier *b, const ent_strategic *model,
                                 const ent_equilibrium *e, ent_constrained **out);

/** ent_i_constrained_evaluate - payoffs, potentials and utilities from prices and strategies. */
void ent_i_constrained_evaluate(ent_constrained *c);

/** ent_i_write_constrained - the members of one equilibrium. */
ent_status ent_i_write_constrained(ent_ctx *ctx, ent_writer *w, const ent_constrained *c);

static inline ent_rat *ent_i_constrained_payoff(const ent_constrained *c, ent_coal s, int i)
{
    return &c->payoff[s * (ent_coal)c->n + (ent_coal)i];
}

#endif
