/** two_players.h - all CoCo equilibria of two players, or the proof that there are none, exactly: a
 * sweep of the efficient frontier. [CoCo] Section 2 for two players; docs/strategic.md Section 2.
 */
#ifndef ENT_TWO_PLAYERS_H
#define ENT_TWO_PLAYERS_H

#include "strategic/equilibrium.h"

/** ent_i_two_players - utilities of two players are unique; this finds them, whatever the ties.
 * Given     model    in      two players, exact payoffs that ent_i_can_be_exact
 * Returned  all      in|out  empty; one equilibrium with positive prices or a boundary point that
 *                            is proved to be the limit
 *           outcome  out     ENT_SOLVED or ENT_BOUNDARY
 * Status    ENT_E_MEMORY, ENT_E_CANCEL
 * Cost      corners of the frontier times profiles, and a rational matrix game for each halving of
 *           the list of corners
 * Checked   tests/t_two_players.c
 */
ent_status ent_i_two_players(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model,
                             ent_equilibria *all, ent_outcome *outcome);

/** ent_i_first_claims - at a price of the first player from 0 to 1: the sign of what it claims
 * beyond its utility u[0], when u is worth the most.
 * Returned  threats  out  all conflicts there (released first);  best  out  is u worth as much as
 *           any play? NULL when not asked */
ent_status ent_i_first_claims(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model,
                              const ent_rat *first, const ent_rat *u, ent_exact_threats *threats,
                              int *sign, bool *best);

#endif
