/** slab_kernel.h - the inner loops over the profiles of a slab. They are compiled for several
 * instruction sets; all give the same bits, because every number is computed by the same operations
 * in the same order.
 */
#ifndef ENT_SLAB_KERNEL_H
#define ENT_SLAB_KERNEL_H

#include "relational/grid.h"

/** i's best-reply payoffs at consecutive profiles: in the table itself where they lie together,
 * else copied into `row`. */
const double *ent_i_kernel_reply_row(const ent_i_grid *grid, int i, int64_t first, int count,
                                     double *row);
/** Everybody's gains together, G. */
void ent_i_kernel_gains(const ent_i_slab *slab, int n, double *gain);
/** K of a coalition; U for the coalition of all. */
void ent_i_kernel_value(const ent_i_slab *slab, int n, ent_coal coalition, double *value);
/** G and K at once. */
void ent_i_kernel_sums(const ent_i_slab *slab, int n, ent_coal coalition, double *gain,
                       double *value);
/** The plays whose gain is below `sat`: their places, and how many. */
int ent_i_kernel_low(int count, const double *gain, double sat, int32_t *place);
/** Is the aim above `peak` at some play of the slab? The same numbers as ent_i_kernel_aim's,
 * without writing them down; U uses `row`. ent_i_kernel_aim_at - the aim at play k; for U, `row`
 * was written by the former. */
bool ent_i_kernel_aim_above(const ent_i_aims *aims, int aim, const ent_i_slab *slab,
                            const double *gain, const double *value, double peak, double *row);
double ent_i_kernel_aim_at(const ent_i_aims *aims, int aim, const ent_i_slab *slab,
                           const double *gain, const double *value, const double *row, int k);
/** a x + b y. */
void ent_i_kernel_combine(int count, double a, const double *x, double b, const double *y,
                          double *row);
/** The aim's row, given those of G and K. `row` may be written or not: the result is returned. */
const double *ent_i_kernel_aim(const ent_i_aims *aims, int aim, const ent_i_slab *slab,
                               const double *gain, const double *value, double *row);
/** Buckets of gains for the floors of staircases. */
void ent_i_kernel_buckets(int count, const double *gain, int32_t base, int32_t *bucket);
/** How many values lie above the floors of their buckets. */
int ent_i_kernel_above(int count, const double *value, const int32_t *bucket, const double *floor);
/** The least entry of a row, and the largest. */
double ent_i_kernel_least(int count, const double *row);
double ent_i_kernel_most(int count, const double *row);
/** The largest gain inside the edge and the smallest outside, of gains > edge->zero, sharpening
 * *below and *above; returns how many plays are enforceable. */
int ent_i_kernel_nearest(int count, const double *gain, const ent_i_edge *edge, double *below,
                         double *above);
/** table[k] = max(table[k], row[k]); *high collects the largest high word of |row[k]| (0x7ff00000
 * or more: not finite). */
void ent_i_kernel_reply(int64_t count, const double *row, double *table, int32_t *high);
/** table[k] = the largest of the `actions` entries from row[k * actions]. */
void ent_i_kernel_reply_flat(int64_t count, int actions, const double *row, double *table,
                             int32_t *high);

#endif
