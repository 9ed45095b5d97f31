/** frontier_corners.h - two players: the corners of what is efficient, exactly. */
#ifndef ENT_FRONTIER_CORNERS_H
#define ENT_FRONTIER_CORNERS_H

#include "model/strategic_model.h"

/** ent_frontier_corners - corners of the hull of the payoffs that maximise u_1 + rate u_2 for some
 * rate > 0: from the best for the first player to the best for the second. rate[k], increasing, is
 * that at which corners k and k + 1 are worth the same. */
typedef struct ent_frontier_corners {
    int corners, room;
    int64_t *play; /* [corners] the first play with these payoffs */
    ent_rat *rate; /* [corners - 1] */
} ent_frontier_corners;

/** ent_i_frontier_corners - the corners of a game of two players with exact payoffs.
 * Returned  out   initialise with {0}; release with ent_i_frontier_corners_release, also after a
 *                 failure
 * Cost      corners * profiles comparisons
 */
ent_status ent_i_frontier_corners(ent_ctx *ctx, const ent_strategic *model,
                                  ent_frontier_corners *out);
void ent_i_frontier_corners_release(ent_frontier_corners *corners);

#endif
