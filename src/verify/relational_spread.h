/** relational_spread.h - what ties on the path mean for outsiders, at every G at once: least and
 * most of each uhat_j over the plays with the most of K, the most of their sum, and tau, by which
 * that exceeds the sum of the least (docs/errata.md E4).
 */
#ifndef ENT_RELATIONAL_SPREAD_H
#define ENT_RELATIONAL_SPREAD_H

#include "verify/relational_game.h"

/** ent_spread - staircases of K + epsilon x, epsilon so small that x only decides among the plays
 * with the most of K.
 */
typedef struct ent_spread {
    const ent_game *game;
    ent_coal coalition;
    ent_stairs k, total;      /* of K; of K + epsilon (U - K) */
    ent_stairs *least, *most; /* [n] of K - epsilon_j uhat_j and K + epsilon_j uhat_j, outsiders */
    ent_rat *epsilon;         /* [n+1] the last is that of `total` */
} ent_spread;

ent_status ent_i_spread_new(ent_ctx *ctx, const ent_game *game, ent_coal coalition,
                            ent_spread **out);
void ent_i_spread_free(ent_spread *spread);

/** ent_i_spread_fill - the part of ent_i_spread_new that builds the staircases of outsiders. */
ent_status ent_i_spread_fill(ent_ctx *ctx, ent_spread *spread);

/** ent_i_spread_at - when plays up to this G are enforceable (some are). least and most are [n] and
 * may be NULL. */
void ent_i_spread_at(const ent_spread *spread, const ent_rat *gains, ent_rat *least, ent_rat *most,
                     ent_rat *most_total, ent_rat *tau);

#endif
