/** staircase.h - the plays that no other beats in both gain and value: a Pareto staircase.
 *
 * A play is dominated by another with no larger gain and a larger value, or with no larger gain,
 * the same value and a lower number. What remains is, for every bound on the gain, the
 * lowest-numbered play of largest value. The set does not depend on the order in which plays are
 * offered, so staircases of parts of a game merge to the staircase of the whole.
 */
#ifndef ENT_STAIRCASE_H
#define ENT_STAIRCASE_H

#include "base/memory.h"

typedef struct ent_i_stair {
    double gain, value;
    int64_t play;
} ent_i_stair;

/** ENT_I_FLOORS - buckets of gains, four an octave (ent_i_kernel_bucket): a play below its bucket's
 * floor is dominated. */
enum { ENT_I_FLOORS = 128 };

/** ent_i_staircase - sorted stairs, and offers that wait to be sorted in. Initialise; release frees
 * it. */
typedef struct ent_i_staircase {
    ent_i_stair *stair; /* [count] gains increasing; values not decreasing */
    int64_t count, room;
    ent_i_stair *waiting; /* [waits] */
    int64_t waits, waiting_room;
    bool borrowed; /* the memory is scratch and must not grow */
    /* the largest value offered and kept, and the least gain that has it: a play with more gain
       must beat the peak */
    double peak, peak_gain;
    double floor[ENT_I_FLOORS]; /* valid when floors_base > 0 */
    /* bucket of a gain = ent_i_gain_bucket(gain, base); 0: no floors are kept */
    int32_t floors_base;
} ent_i_staircase;

/** ent_i_staircase_init - empty, without memory. The floors stay undefined until they are
 * opened. */
void ent_i_staircase_init(ent_i_staircase *s);
/** ent_i_staircase_open - empty it. base: of the buckets, from ent_i_gain_base; 0 for small
 * games. */
void ent_i_staircase_open(ent_i_staircase *s, int32_t base);
/** ent_i_staircase_borrow - initialise with room for `plays` offers in all, 2 * plays stairs, which
 * it will not free. */
void ent_i_staircase_borrow(ent_i_staircase *s, ent_i_stair *room, int64_t plays);
void ent_i_staircase_release(ent_i_staircase *s);

/** ent_i_staircase_offer - consider a play. Status ENT_E_MEMORY. */
ent_status ent_i_staircase_offer(ent_ctx *ctx, ent_i_staircase *s, ent_i_stair play);
/** ent_i_staircase_settle - sort the waiting offers in; must come before reading. */
ent_status ent_i_staircase_settle(ent_ctx *ctx, ent_i_staircase *s);
/** ent_i_staircase_merge - into += from (settled); into must be settled again before reading. */
ent_status ent_i_staircase_merge(ent_ctx *ctx, ent_i_staircase *into, const ent_i_staircase *from);

/** ent_i_staircase_at - the last stair with factor * gain <= bound, or NULL. */
const ent_i_stair *ent_i_staircase_at(const ent_i_staircase *s, double factor, double bound);

/** ent_i_gain_base - the base of the buckets when no gain exceeds `most`; at least 1.
 * ent_i_gain_bucket - not decreasing in the gain (>= 0), in [0, ENT_I_FLOORS). */
int32_t ent_i_gain_base(double most);
int32_t ent_i_gain_bucket(double gain, int32_t base);

#endif
