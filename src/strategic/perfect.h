/** perfect.h - notion (ii), the post's conditions 1 to 4 literally: deciding them at the prices of
 * a CoCo equilibrium.
 *
 * Condition 4 is equivalent to e = a_i (u_i^S - u_i^{S\j}) - a_j (u_j^S - u_j^{S\i}) = 0 for all
 * pairs in all S. The payoffs u^S range over the optimal strategies of the conflicts: the least
 * violation is a linear program where in every conflict one side has a single optimal strategy, and
 * else its relaxation. Everything that is printed is computed in rationals; the program, in
 * doubles, only proposes strategies and multipliers.
 */
#ifndef ENT_PERFECT_H
#define ENT_PERFECT_H

#include "strategic/equilibrium.h"

/** ent_fight - one conflict with its tight plays. */
typedef struct ent_fight {
    ent_coal s;
    int rows, columns;
    const int *row_at, *column_at;
    ent_rat value;
    /* [rows], [columns] optimal strategies; the program replaces them by better ones */
    ent_rat *p, *q;
    bool *tight_row, *tight_column;
    bool unique_row, unique_column;    /* is p, is q the only optimal strategy? */
    ent_rat *slack_row, *slack_column; /* multipliers s_r, s_c */
    ent_rat *payoff;                   /* [n] under p, q */
} ent_fight;

/** ent_pair - the multiplier of one difference e. */
typedef struct ent_pair {
    ent_coal s;
    int i, j;
    ent_rat weight;
} ent_pair;

typedef struct ent_perfect {
    const ent_strategic *m;
    const ent_equilibrium *e;
    int n, fights, pairs;
    bool exact; /* prices and strategies are rational */
    ent_fight *fight;
    ent_pair *pair;
    ent_rat *weighted;        /* [n][profiles] a_i u_i */
    ent_rat *u;               /* [2^n][n] u_i^S of members */
    ent_rat *price, *utility; /* [n] */
    ent_rat spread;           /* sum a_i range_i */
    ent_rat residual;         /* largest |e| / spread at the strategies */
    ent_rat bound;            /* proved below it */
} ent_perfect;

ent_status ent_i_perfect_new(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model,
                             const ent_equilibrium *e, ent_perfect **out);
void ent_i_perfect_free(ent_perfect *p);

/** ent_i_perfect_decide - the program: better strategies into the fights, multipliers, residual and
 * bound. */
ent_status ent_i_perfect_decide(ent_ctx *ctx, ent_perfect *p);

/** ent_i_perfect_tighten - tight plays and single strategies, for the strategies in the fights. */
ent_status ent_i_perfect_tighten(ent_ctx *ctx, ent_perfect *p);

/** ent_i_perfect_measure - payoffs, u and the residual from the strategies in the fights. */
void ent_i_perfect_measure(ent_perfect *p);

/** ent_i_perfect_bound - what the multipliers prove, into p->bound. */
ent_status ent_i_perfect_bound(ent_ctx *ctx, ent_perfect *p);

/** Signed payoff of fight f at plays r, c less the value. */
void ent_i_fight_excess(const ent_perfect *p, const ent_fight *f, int r, int c, ent_rat *out);

/** ent_i_pair_coefficient - how player m's weighted payoff in the conflict of R counts in the
 * difference of a pair: -1, 0, 1. */
int ent_i_pair_coefficient(const ent_pair *pair, ent_coal r, int m);

/** Writers, into open objects: `coalitions` of an equilibrium; `condition4` of its evidence; one
 * line of `examined`. */
ent_status ent_i_write_perfect(ent_ctx *ctx, ent_writer *w, const ent_perfect *p);
ent_status ent_i_write_condition4(ent_ctx *ctx, ent_writer *w, const ent_perfect *p);
/** ent_i_write_rho - the member "strategy" of a coalition. */
void ent_i_write_rho(ent_writer *w, const ent_perfect *p, ent_coal s);
ent_status ent_i_write_examined(ent_ctx *ctx, ent_writer *w, const ent_perfect *p, bool proved);

static inline ent_rat *ent_i_perfect_u(const ent_perfect *p, ent_coal s, int i)
{
    return &p->u[s * (ent_coal)p->n + (ent_coal)i];
}

#endif
