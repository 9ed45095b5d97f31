/** stairs.h - staircases: the most that can be had at a cost, as exact steps.
 * Step k says: from cost[k] on (up to cost[k+1]) the most is value[k]. Costs and values rise
 * strictly.
 */
#ifndef ENT_STAIRS_H
#define ENT_STAIRS_H

#include "exact/rat.h"

/** ENT_STAIRS_PAIRS_MAX - the most pairs of steps that one merge may look at. */
#define ENT_STAIRS_PAIRS_MAX ((int64_t)1 << 24)

typedef struct ent_stairs {
    int64_t n, room;
    ent_rat *cost, *value; /* [room], the first n are steps */
} ent_stairs;

/** ent_i_stairs_build - from items visited in an order of rising cost.
 * Given     order  in  [items] item numbers; cost and value in [items]
 * Returned  out    release with ent_i_stairs_release; on error empty
 */
ent_status ent_i_stairs_build(ent_ctx *ctx, int64_t items, const int64_t *order,
                              const ent_rat *cost, const ent_rat *value, ent_stairs *out);

/** ent_i_stairs_append - one more step as it is, at a cost above the last: for lists of steps whose
 * values need not rise. */
ent_status ent_i_stairs_append(ent_ctx *ctx, ent_stairs *s, const ent_rat *cost,
                               const ent_rat *value);

/** ent_i_stairs_merge - the most that a step of a and a step of b give together at their joint
 * cost.
 * Status    ENT_E_LIMIT more than ENT_STAIRS_PAIRS_MAX pairs
 */
ent_status ent_i_stairs_merge(ent_ctx *ctx, const ent_stairs *a, const ent_stairs *b,
                              ent_stairs *out);

/** ent_i_stairs_scale - multiply all costs and all values, by factors > 0. */
void ent_i_stairs_scale(ent_stairs *s, const ent_rat *cost_factor, const ent_rat *value_factor);

/** ent_i_stairs_best - the most at this cost; NULL when nothing is so cheap. */
const ent_rat *ent_i_stairs_best(const ent_stairs *s, const ent_rat *cost);

void ent_i_stairs_release(ent_stairs *s);

#endif
