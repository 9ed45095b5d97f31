/** threats.h - every coalition against its complement, at given prices: the values of all
 * conflicts, who gets what in them, and the claims that follow. The inner loop of the strategic
 * family; no evaluation allocates.
 *
 *     D_S(a) = value of the zero-sum game S against the others, payoff sum_{i in S} a_i u_i -
 *     sum_{j not in S} a_j u_j D_N(a) = max over plays of a.u
 *     psi_i(a) = sum over S containing i of (s-1)!(n-s)!/n! D_S(a)
 *
 * Source  [CoCo] condition 3 and the n-player CoCo value; Kohlberg and Neyman for the average of
 *         threat powers
 */
#ifndef ENT_THREATS_H
#define ENT_THREATS_H

#include "concept/matrix_game.h"
#include "entente/coal.h"

/** ent_conflict - a proper coalition that contains player 0, against its complement. Its play r and
 * the complement's play c together are the profile row_at[r] + column_at[c]; plays of a side are
 * numbered with its last player's action fastest. */
typedef struct ent_conflict {
    ent_coal s;
    int rows, columns;
    int *row_at, *column_at;
    ent_kernel kernel; /* where the last evaluation found the solution */
    double value;      /* D_S */
    double *payoff;    /* [n] what every player gets when both sides play the kernel's strategies */
} ent_conflict;

typedef struct ent_threats {
    int n;
    int *actions; /* [n] */
    int64_t profiles;
    const double *payoff; /* [n][profiles], borrowed */
    int conflicts;        /* 2^(n-1) - 1 */
    ent_conflict *conflict;
    double joint; /* D_N, and the first profile that attains it */
    int64_t best;
    double *psi;   /* [n] */
    double *share; /* [n+1] (s-1)!(n-s)!/n! */
    /* [n][profiles] a_i u_i; [profiles] their sum; [profiles] signed sums */
    double *weighted, *total, *mixed;
    double *matrix; /* the game in hand */
    ent_matrix_work *work;
    void *memory[4]; /* private: blocks that the arrays point into */
} ent_threats;

/** ent_threats_new - prepare a finite game.
 * Given     payoff  in  [n][profiles], player-major, the last player's action fastest; borrowed for
 *                       the whole life
 * Returned  out     out free with ent_threats_free; untouched on error
 * Status    ENT_E_ARG; ENT_E_LIMIT  more than ENT_THREATS_PLAYERS_MAX players or plays than memory
 *                                   for them; ENT_E_MEMORY
 */
enum { ENT_THREATS_PLAYERS_MAX = 16 };
ent_status ent_threats_new(ent_ctx *ctx, int n, const int *actions, const double *payoff,
                           ent_threats **out);
void ent_threats_free(ent_threats *threats);

/** ent_threats_at - evaluate at prices a [n], all >= 0: fills value, payoff and kernel of every
 * conflict, joint, best, psi.
 * Cost  2^(n-1) - 1 matrix games; a game whose kernel still holds costs one pass over its payoffs
 */
void ent_threats_at(ent_threats *threats, const double *prices);

/** ent_threats_game - the payoff matrix of conflict c at these prices, into threats->matrix,
 * solved; strategies in *out. */
void ent_threats_game(ent_threats *threats, int c, const double *prices, ent_matrix_result *out);

/** ent_threats_slopes - the derivative of psi: slope[i n + j] = d psi_i / d a_j at the last
 * evaluation, where it exists. */
void ent_threats_slopes(const ent_threats *threats, double *slope);

/** ent_coal_list - all 2^n - 1 nonempty coalitions in that order, into list. */
void ent_coal_list(int n, ent_coal *list);

#endif
