/** secures.h - two players without positive prices: one of them secures its greatest payoff while
 * the other is held below, or, in steps, on the edge of, what is best for it then.
 * docs/strategic.md Section 2 proves that this decides the question.
 */
#ifndef ENT_SECURES_H
#define ENT_SECURES_H

#include "concept/matrix_exact.h"
#include "model/strategic_model.h"

/** ent_secured - the proof for one player. */
typedef struct ent_secured {
    int player;         /* who secures its greatest payoff, whatever the other does */
    ent_rat most, left; /* that payoff; the largest payoff of the other that goes with it */
    /* least to which plays that secure it can hold the other: value, strategies of both (0 for
       plays that do not) */
    ent_exact_game held;
    int steps;
    /* [steps][its actions] further strategies, the first one being held.row; see docs/results.md,
       `secures` */
    ent_rat *step;
} ent_secured;

/** ent_i_secured - decide whether claims of `player` exceed what is feasible at all positive
 * prices.
 * Given     model  in   two players, exact payoffs
 * Returned  out    out  NULL when there are positive prices as far as this player is concerned;
 *                       free with ent_i_secured_free
 * Status    ENT_E_MEMORY, ENT_E_CANCEL
 * Cost      one rational matrix game, and a rational linear program a step; at most as many steps
 *           as the other has actions
 */
ent_status ent_i_secured(ent_ctx *ctx, const ent_strategic *model, int player, ent_secured **out);
void ent_i_secured_free(ent_secured *secured);

#endif
