/** strategic.h - threats and agreements in finite games with any number of players: the typed
 * interface.
 * Source [CoCo] the post "Unifying Bargaining Notions" on CoCo and Harsanyi equilibria; the
 * mathematics as computed here, with the errata and the counterexamples, is in docs/strategic.md.
 *
 * Doubles throughout; the JSON interface (run.h) adds exact numbers, certificates and the notions
 * that answer with documents: coalition-perfect, harsanyi, nash, dividends. Indices count from 0;
 * the last player's action varies fastest in profile tables.
 */
#ifndef ENT_STRATEGIC_H
#define ENT_STRATEGIC_H

#include "entente/base.h"
#include "entente/coal.h"

#ifdef __cplusplus
extern "C" {
#endif

/** ent_game - a finite game prepared for solving. It holds work memory: one thread at a time, or
 * one game a thread. */
typedef struct ent_game ent_game;

/** ent_game_new - a game from its payoffs.
 * Given     n        in  players, 1..16
 *           actions  in  [n] numbers of actions, each >= 1; copied
 *           payoff   in  [n][profiles], finite; copied
 * Returned  game     out free with ent_game_free; untouched on error
 * Status    ENT_E_ARG, ENT_E_LIMIT (players, plays of coalitions), ENT_E_MEMORY
 * Cost      memory some n + 3 payoffs a profile and two indices a play of each coalition
 */
ENT_API ENT_MUST_USE ent_status ent_game_new(ent_ctx *ctx, int n, const int *actions,
                                             const double *payoff, ent_game **game);
ENT_API void ent_game_free(ent_game *game);

/** ent_game_threats - every coalition against its complement at given prices.
 *     D_S = value of the zero-sum game S against the others, payoff sum_{S} a_i u_i - sum_{others}
 *     a_j u_j;  D_N = max a.u
 * Given     price  in   [n] >= 0
 * Returned  value  out  [2^n] D_S by bit mask, value[0] = 0
 *           psi    out  [n] sum over S with i of (s-1)!(n-s)!/n! D_S; may be NULL
 * Status    ENT_E_ARG; outputs untouched then
 * Cost      2^(n-1) - 1 matrix games
 * Source    [CoCo] condition 3; Kohlberg and Neyman
 * Checked   src/verify/strategic_conflicts.c, tests/t_coco.c
 */
ENT_API ENT_MUST_USE ent_status ent_game_threats(ent_ctx *ctx, ent_game *game, const double *price,
                                                 double *value, double *psi);

/** ent_game_tu_value - the CoCo value with side payments: psi at prices 1.
 * Returned  utility  out  [n]
 */
ENT_API ENT_MUST_USE ent_status ent_game_tu_value(ent_ctx *ctx, ent_game *game, double *utility);

/** ent_coco_settings - fill with ent_coco_settings_default. */
typedef struct ent_coco_settings {
    int start;        /* 0: equal prices; any other number: random prices of that number */
    uint64_t seed;    /* 1 */
    double tolerance; /* of the equations, relative to the payoffs' ranges; 1e-12 */
    /* prices below this, relative to the payoffs' ranges, count as sinking to 0; 1e-6 */
    double least_price;
} ent_coco_settings;
ENT_API ent_coco_settings ent_coco_settings_default(void);

/** ent_game_coco - one CoCo equilibrium: prices a > 0, sum 1, and a feasible u that maximises a.u
 * with a_i u_i = psi_i(a).
 * Given     settings  in   NULL: the defaults
 * Returned  price     out  [n]; utility out [n]; residual out  of the equations, relative to sum
 *           a_i range_i; may be NULL
 *           outcome   out  ENT_SOLVED, or ENT_BOUNDARY when no positive prices were found; then the
 *                          rest is untouched
 * Cost      about 17 evaluations of the threats for three players; no allocation
 * Differs   equilibria need not be unique for three and more players: other starts may lead to
 *           others
 * Source    [CoCo] CoCo equilibrium
 * Checked   src/verify/strategic_coco.c, tests/t_coco.c
 */
ENT_API ENT_MUST_USE ent_status ent_game_coco(ent_ctx *ctx, ent_game *game,
                                              const ent_coco_settings *settings, double *price,
                                              double *utility, double *residual,
                                              ent_outcome *outcome);

/** ent_worth_shapley - the Shapley value of a worth function v [2^n], v[0] = 0, by bit mask; 1 <= n
 * <= ENT_DENSE_MAX.
 * ent_worth_banzhaf - the Banzhaf value. ent_worth_dividends - v becomes the Harsanyi dividends, in
 * place.
 * Given     threads  in  0: all cores; results do not depend on it
 * Cost      one pass over v (values), five passes for n = 24 (dividends); no memory besides v
 * Checked   tests/t_lattice.c
 */
ENT_API ENT_MUST_USE ent_status ent_worth_shapley(ent_ctx *ctx, int n, const double *v, int threads,
                                                  double *phi);
ENT_API ENT_MUST_USE ent_status ent_worth_banzhaf(ent_ctx *ctx, int n, const double *v, int threads,
                                                  double *beta);
ENT_API ENT_MUST_USE ent_status ent_worth_dividends(ent_ctx *ctx, int n, double *v, int threads);

#ifdef __cplusplus
}
#endif
#endif
