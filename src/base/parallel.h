/** parallel.h - run independent tasks on several threads.
 * Tasks are taken in order from a common counter; what a task computes must not depend on which
 * thread runs it.
 */
#ifndef ENT_PARALLEL_H
#define ENT_PARALLEL_H

#include "base/fail.h"

/** ent_task_fn - do task `task` with a context of the thread's own; `user` is shared by all
 * threads. */
typedef ent_status ent_task_fn(ent_ctx *ctx, void *user, int64_t task);

/** ent_i_threads - the number of threads for a request: itself when >= 1, the number of cores when
 * 0. */
int ent_i_threads(int64_t requested);

/** ent_i_parallel - run fn for tasks 0..tasks-1 on up to `threads` threads.
 * Given   threads  in  >= 1; with 1 everything runs on the caller's thread and context
 * Status  ENT_OK, or the failure of the lowest-numbered task that failed (its message is in ctx);
 *         after a failure or a cancel no new tasks are started. Each thread's context inherits
 *         ctx's cancel flag; progress is reported from the calling thread's context only, as tasks
 *         of total.
 */
ent_status ent_i_parallel(ent_ctx *ctx, int threads, int64_t tasks, ent_task_fn *fn, void *user,
                          const char *what);

#endif
