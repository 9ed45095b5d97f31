/** bayesian.h - cooperation among players with private information: the typed interface.
 * Source [Sal] Salamanca, the neutral procedural solution; the mathematics as computed here, with
 * the paper's errors and the extensions, is in docs/bayesian.md.
 *
 * One coalition at a time, in doubles; the JSON interface (run.h) solves whole games, reads
 * products of decisions and correlated types, and adds exact numbers and certificates. Type
 * profiles are numbered with the last player's type varying fastest. An *interim coordinate* is a
 * (player, type); they are numbered player by player, type by type.
 */
#ifndef ENT_BAYESIAN_H
#define ENT_BAYESIAN_H

#include "entente/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** ent_bargaining - what a coalition can do, and what its members could have without each other.
 * All borrowed for a call. */
typedef struct ent_bargaining {
    int players;      /* 2..12 */
    const int *types; /* [players] numbers of types, 1..64 */
    /* [interims] p_i(t_i) > 0, each player's sum to 1 (normalised if off by rounding) */
    const double *prior;
    int decisions;         /* >= 1 */
    const double *utility; /* [players][decisions][profiles] u_i(d,t), finite */
    /* [players][interims] at [i][(j,t)], j != i: what type t of j gets if i is left out */
    const double *threat;
} ent_bargaining;

/** ent_agreement - a neutral procedural solution of one coalition. */
typedef struct ent_agreement {
    int interims, pairs, profiles, decisions;
    bool is_degenerate; /* some weights vanish */
    /* Definition 4 holds with this epsilon (proved in rationals) for `utility` up to rounding */
    double epsilon;
    double *utility;   /* [interims] */
    double *mechanism; /* [profiles][decisions] probabilities */
    double *weight;    /* [interims] lambda, sum 1 */
    double *claim;     /* [interims] omega; NAN where a claim goes to minus infinity */
    /* [pairs] alpha_i(report|true), player by player, true type by true type, then reports */
    double *multiplier;
} ent_agreement;

/** ent_neutral_agreement - the neutral procedural solution of a coalition given its threats. |S|
 *     U_i(t) = sum over j != i of threat[j][(i,t)] + omega_i(t)   by an incentive-efficient
 *     mechanism
 * Given     start  in   0 for the canonical path; k > 0 for the k-th random one, which may find
 *                       another value
 * Returned  out    out  initialise with {0}; release with ent_agreement_release; untouched on error
 * Status    ENT_E_ARG; ENT_E_LIMIT too large, or no path led to a solution (rare: types that nobody
 *           can tell apart by their utilities); ENT_E_MEMORY, ENT_E_CANCEL
 * Cost      13 to 20 steps of dense systems of order pairs + 2 interims + 2; under 0.1 ms for the
 *           paper's examples
 * Source    [Sal] Def. 4
 * Differs   existence is proved only where threats do not depend on others' types: docs/errata.md
 *           S2
 * Checked   tests/t_bayesian_typed.c
 */
ENT_API ENT_MUST_USE ent_status ent_neutral_agreement(ent_ctx *ctx, const ent_bargaining *problem,
                                                      int start, ent_agreement *out);
ENT_API void ent_agreement_release(ent_agreement *agreement);

#ifdef __cplusplus
}
#endif
#endif
