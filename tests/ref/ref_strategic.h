/** ref_strategic.h - threats and values from the definitions: orders of players one by one, matrix
 * games by the textbook's rational simplex, feasibility by a linear program. Slow and simple by
 * design.
 */
#ifndef REF_STRATEGIC_H
#define REF_STRATEGIC_H

#include "entente/coal.h"
#include "exact/rat.h"

enum { REF_STRATEGIC_PLAYERS_MAX = 5 };

/** ref_strategic_game - payoff[i][profile], the last player's action fastest; borrowed. */
typedef struct ref_strategic_game {
    int n;
    const int *actions;
    int64_t profiles;
    const ent_rat *payoff;
} ref_strategic_game;

/** ref_strategic_conflict - D_S(a): the value of "S against the others", payoff sum_S a_i u_i -
 * sum_others a_j u_j; for S = N the largest sum. */
void ref_strategic_conflict(const ref_strategic_game *g, const ent_rat *price, ent_coal s,
                            ent_rat *value);

/** ref_strategic_psi - psi_i = the mean, over all orders of the players, of D of those up to and
 * including i. */
void ref_strategic_psi(const ref_strategic_game *g, const ent_rat *price, ent_rat *psi);

/** ref_strategic_gap - how far u is from the mean payoffs of profiles that maximise a.u(x): the
 * least t such that some mean differs from u by at most t in every component (a linear program). 0
 * when u is feasible and optimal. */
void ref_strategic_gap(const ref_strategic_game *g, const ent_rat *price, const ent_rat *u,
                       double tolerance, ent_rat *gap);

/** ref_strategic_shapley - the Shapley value of v[2^n] over all orders of the players, n <= 8. */
void ref_strategic_shapley(int n, const ent_rat *v, ent_rat *phi);

#endif
