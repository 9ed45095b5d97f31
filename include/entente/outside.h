/** outside.h - an ally who may search for an outside partner: the typed interface.
 * Source [FR] Fang and Ramsay, "The Dynamics of Alliances in Anarchy"; as computed here, with the
 *           paper's errors, docs/outside.md.
 *
 * Player 1, the proposer, offers to contribute r; player 2, the partner, accepts or searches, at a
 * cost, for a better contribution X. Payoffs are in units of the good's worth to the proposer;
 * contributions are shares in [0,1].
 */
#ifndef ENT_OUTSIDE_H
#define ENT_OUTSIDE_H

#include "entente/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** ent_regime - what kind of equilibrium it is. */
typedef enum ent_regime {
    /* A: searching is never worth its cost; the partner gets just enough to act */
    ENT_REGIME_FLOOR,
    /* B: the proposer offers r*, so that the partner does not search, whatever comes later */
    ENT_REGIME_DETER,
    ENT_REGIME_SEARCH, /* C: the proposer lets the partner search */
    /* D: she offers r*, though her offers of one period would not make her do so */
    ENT_REGIME_PREFER
} ent_regime;

/** ent_outside_terms - the numbers of a model. */
typedef struct ent_outside_terms {
    /* phi in [1,2]: producing with a contribution y is worth y - (phi - 1) to the partner */
    double fee;
    double search_cost; /* c >= 0 */
    double discount;    /* delta in [0,1] */
    int periods;        /* T */
    /* relative: closer than this, the proposer is indifferent between r* and letting him search
       ... */
    double tie;
    bool is_sure; /* ... and then prefers the sure outcome (the paper's first tie rule) */
} ent_outside_terms;

/** ent_outside_play - the equilibrium path from the first period. */
typedef struct ent_outside_play {
    ent_regime regime;
    bool is_search; /* does the partner search? else he accepts at once */
    double offer;   /* r1 */
    /* r*, the offer that just deters him from searching once; NAN when even 0 deters */
    double reservation;
    /* after the search he accepts r1 when no outside offer exceeds this; NAN when he does not
       search */
    double cutoff;
    double proposer, partner; /* expected payoffs */
    /* probabilities that the ally, or a new partner, provides the good */
    double ally, new_alliance;
    double second_period; /* probability that period 2 is reached */
    /* expected contributions, 0 where the other provides */
    double ally_contribution, new_contribution;
    double duration_periods; /* expected number of periods until it is decided */
    /* Thresholds of the two-period game with uniform offers; NAN where they have no meaning. */
    double r_tilde, r1_star, x_hat, top, delta_under;
} ent_outside_play;

/** ent_outside_uniform - offers uniform on [0,1], one or two periods, in closed form for all
 * parameters.
 * Given     terms  in   fee in [1,2], search_cost >= 0, discount in [0,1], periods 1 or 2
 * Returned  play   out  untouched on error
 * Status    ENT_E_ARG
 * Cost      about 100 ns
 * Source    [FR] Props. 1 and 2; completed in docs/outside.md 2
 * Differs   solves the parameters that the paper leaves out or gets wrong (docs/errata.md, FR
 *           entries)
 * Checked   src/verify/outside_equilibrium_check.c, tests/t_outside_uniform.c
 */
ENT_API ENT_MUST_USE ent_status ent_outside_uniform(ent_ctx *ctx, const ent_outside_terms *terms,
                                                    ent_outside_play *play);

#ifdef __cplusplus
}
#endif
#endif
