/** frontier.h - the maximal vectors among many: the maximal parts of the insiders' value set.
 *
 * The part of a play has corner l_i = const_i - (1-delta) f_i and size delta d - (1-delta) G with G
 * = -sum f_i, so that it holds another part if and only if its f_i are all at least as large; and
 * then its G is no larger: it is enforceable when the other is.
 */
#ifndef ENT_FRONTIER_H
#define ENT_FRONTIER_H

#include "base/memory.h"

typedef struct ent_i_frontier {
    int width;    /* numbers a vector */
    double close; /* a vector that exceeds another nowhere by more than this is held by it */
    int64_t count, room;
    int64_t *play;  /* [count] */
    double *vector; /* [count][width] */
} ent_i_frontier;

void ent_i_frontier_init(ent_i_frontier *f, int width, double close);
void ent_i_frontier_release(ent_i_frontier *f);
/** ent_i_frontier_offer - keep it unless it is held by one that is kept; then drop those that it
 * holds. */
ent_status ent_i_frontier_offer(ent_ctx *ctx, ent_i_frontier *f, int64_t play,
                                const double *vector);
/** ent_i_frontier_sort - by play. */
void ent_i_frontier_sort(ent_i_frontier *f);

#endif
