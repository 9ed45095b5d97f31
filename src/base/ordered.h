/** ordered.h - independent tasks on several threads whose results are handed over in the order of
 * the tasks: for what is written as it goes, and must be the same whatever the number of threads.
 */
#ifndef ENT_ORDERED_H
#define ENT_ORDERED_H

#include "base/parallel.h"

/** ENT_ORDERED_SLOTS - how many tasks may be finished or under way beyond the first one that is not
 * handed over yet. */
enum { ENT_ORDERED_SLOTS = 64 };

typedef struct ent_ordered {
    int64_t tasks;
    /* Do task `task`; its result stays in `slot`, 0..ENT_ORDERED_SLOTS-1, until it is handed
     * over. */
    ent_status (*work)(ent_ctx *ctx, void *user, int64_t task, int slot);
    /* Hand over: called once a task, in order, never at the same time as another one. */
    ent_status (*hand)(ent_ctx *ctx, void *user, int64_t task, int slot);
    void *user;
    const char *what; /* of progress reports, in units of tasks * unit + first; NULL: none */
    int64_t first, unit, total;
} ent_ordered;

/** ent_i_ordered - run all tasks on up to `threads` threads.
 * Status  as ent_i_parallel; when a task fails, all tasks before the lowest one that failed are
 *         still handed over, and none after it
 */
ent_status ent_i_ordered(ent_ctx *ctx, int threads, const ent_ordered *plan);

#endif
