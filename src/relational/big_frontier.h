/** big_frontier.h - frontier.h in rationals, for plays offered by rising number: of equal vectors
 * the first is kept. */
#ifndef ENT_BIG_FRONTIER_H
#define ENT_BIG_FRONTIER_H

#include "exact/rat.h"

/** ent_i_big_frontier - start from {.width = w}; release whatever happens. */
typedef struct ent_i_big_frontier {
    int width;
    int64_t count, room;
    int64_t *play;   /* [count] rising */
    ent_rat *vector; /* [count][width] */
} ent_i_big_frontier;

ent_status ent_i_big_frontier_offer(ent_ctx *ctx, ent_i_big_frontier *f, int64_t play,
                                    const ent_rat *vector);
void ent_i_big_frontier_release(ent_i_big_frontier *f);

#endif
