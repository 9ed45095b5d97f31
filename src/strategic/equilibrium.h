/** equilibrium.h - equilibria as the methods hand them to the document: found, exact where
 * possible, sorted, written. */
#ifndef ENT_EQUILIBRIUM_H
#define ENT_EQUILIBRIUM_H

#include "strategic/coco_exact.h"
#include "strategic/secures.h"
#include "strategic/strategic_solve.h"

/** ent_between - two players, irrational prices: a price of the first player below and one above.
 * At the lower one its strategy, at the upper one the second player's, secures as much as the
 * utilities are worth in the conflict: between them both claim just that. */
typedef struct ent_between {
    ent_rat price[2];
    int plays[2];
    ent_rat *strategy[2]; /* [plays] */
} ent_between;
void ent_i_between_free(ent_between *between); /* accepts NULL */

/** ent_equilibrium - one line of solution.equilibria with its evidence. */
typedef struct ent_equilibrium {
    /* in units of the model; utilities of players at price 0 are the limits of their claims */
    ent_point point;
    ent_exact_point exact; /* known or not */
    ent_rat *approach;     /* [n] a boundary point: prices near it, and the conflicts there */
    ent_exact_threats near;
    int digits; /* > 0: enclosed to so many digits, within radius */
    double radius;
    ent_secured *secured; /* two players, a boundary point: the proof of it, or NULL */
    ent_between *between; /* two players: a proof of the utilities, or NULL */
} ent_equilibrium;

/** ent_equilibria - the list of a game; release accepts {0}. */
typedef struct ent_equilibria {
    int n, room;
    ent_equilibrium *list;
    int players;
    bool enumerated; /* the normal fan was searched and the indices sum to 1 */
} ent_equilibria;
void ent_i_equilibria_release(ent_equilibria *all);

/** ent_i_equilibria_slot - one more line, empty, at the end; ent_i_equilibria_drop - without the
 * last line; ent_i_equilibrium_follow - the doubles of a line become those of its exact point, when
 * that is known. */
ent_status ent_i_equilibria_slot(ent_ctx *ctx, int players, ent_equilibria *all,
                                 ent_equilibrium **out);
void ent_i_equilibria_drop(ent_equilibria *all);
void ent_i_equilibrium_follow(ent_equilibrium *e, int n);

/** ent_i_equilibria_find - all that the starts of the settings lead to, in increasing order of
 * utilities; boundary points only when there is nothing else. Outcome ENT_SOLVED, ENT_BOUNDARY or
 * ENT_LIMIT. */
ent_status ent_i_equilibria_find(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model,
                                 const ent_strategic_settings *settings, ent_equilibria *all,
                                 ent_outcome *outcome);

/** The members of one equilibrium in an open object of the solution, and its evidence in an open
 * object of the certificate. */
/* without status, index */
void ent_i_write_agreement(ent_writer *w, const ent_strategic *model, const ent_equilibrium *e);
void ent_i_write_equilibrium(ent_writer *w, const ent_strategic *model, const ent_equilibrium *e,
                             bool indexed);
void ent_i_write_evidence(ent_writer *w, const ent_strategic *model, ent_grand *grand,
                          const ent_equilibrium *e);

/** ent_i_write_coverage - the members that say how complete the list is. */
void ent_i_write_coverage(ent_writer *w, const ent_strategic *model,
                          const ent_strategic_settings *settings, const ent_equilibria *all,
                          ent_outcome outcome);

/** ent_i_transferable - the same notions when payments are open to every coalition: one
 * equilibrium, at equal prices. */
typedef enum ent_transferable {
    ENT_TRANSFERABLE_COCO,
    ENT_TRANSFERABLE_PERFECT,
    ENT_TRANSFERABLE_HARSANYI
} ent_transferable;
ent_status ent_i_transferable(ent_ctx *ctx, const ent_strategic *model,
                              const ent_strategic_settings *settings, ent_transferable notion,
                              ent_solution *out);

/** ent_i_write_two_players - two players: the members "secures" or "between" of the evidence, where
 * there are any. */
void ent_i_write_two_players(ent_writer *w, const ent_strategic *model, const ent_equilibrium *e);

/** ent_i_write_ends - the prices of both players at two prices of the first one, [2]. */
void ent_i_write_ends(ent_writer *w, const char *key, const ent_strategic *model,
                      const ent_rat *price);

/** ent_i_write_prices_range - two players, utilities of one play: "prices_range" into the open
 * object of the solution and "range" into that of the certificate, where more than one price
 * carries them and both ends are known exactly. */
ent_status ent_i_write_prices_range(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model,
                                    const ent_equilibrium *e, ent_solution *out);

#endif
