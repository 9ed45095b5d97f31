/** slab_bound.h - what no play of a slab can exceed: from the largest K of the slab and the ranges
 * of everybody's best-reply payoffs in it, which are known for blocks of the tables. Most slabs of
 * most aims are ruled out so, without a look at their plays.
 */
#ifndef ENT_SLAB_BOUND_H
#define ENT_SLAB_BOUND_H

#include "relational/grid.h"

/** ent_i_reply_blocks - least and largest entry of blocks of the tables of best-reply payoffs;
 * scratch. */
enum { ENT_I_REPLY_BLOCK = 64 };
typedef struct ent_i_reply_blocks {
    double *least[ENT_PLAYERS_MAX], *most[ENT_PLAYERS_MAX]; /* [blocks of the table] */
} ent_i_reply_blocks;
ent_status ent_i_reply_blocks_new(ent_ctx *ctx, const ent_i_grid *grid, ent_i_reply_blocks *out);

/** ent_i_slab_range - a slab's largest K, least G, and bounds on each player's best-reply
 * payoffs. */
typedef struct ent_i_slab_range {
    double value_most, gain_least;
    double reply_least[ENT_PLAYERS_MAX], reply_most[ENT_PLAYERS_MAX]; /* [n] */
} ent_i_slab_range;

/** ent_i_slab_replies - the bounds on best-reply payoffs of profiles first .. first + count - 1. */
void ent_i_slab_replies(const ent_i_grid *grid, const ent_i_reply_blocks *blocks, int64_t first,
                        int count, ent_i_slab_range *out);

/** ent_i_aim_bound - at least the aim, as ent_i_kernel_aim computes it, at every play of the slab.
 * With G + K = the sum of the insiders' best-reply payoffs, aims with G are functions of K and
 * these; a margin far above the rounding of either form makes up for the difference. The others are
 * monotone, and so is rounding. */
double ent_i_aim_bound(const ent_i_aims *aims, int aim, const ent_i_slab_range *range);

#endif
