#define _POSIX_C_SOURCE 200809L
#include "base/parallel.h"

#include "base/ctx.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

typedef struct crew {
    ent_task_fn *fn;
    void *user;
    int64_t tasks;
    _Atomic int64_t next, done;
    atomic_bool stop;
    pthread_mutex_t lock; /* guards the three below */
    int64_t failed_task;  /* the lowest task that failed; `tasks` while none has */
    ent_status failure;
    char message[ENT_CTX_MESSAGE_MAX];
} crew;

typedef struct worker {
    crew *crew;
    ent_ctx *ctx;
    const char *what; /* NULL: this worker does not report progress */
    pthread_t thread;
} worker;

int ent_i_threads(int64_t requested)
{
    if (requested >= 1) return requested > 1024 ? 1024 : (int)requested;
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (int)cores : 1;
}

static void note_failure(crew *c, const ent_ctx *ctx, int64_t task, ent_status failure)
{
    pthread_mutex_lock(&c->lock);
    if (task < c->failed_task) {
        c->failed_task = task;
        c->failure = failure;
        snprintf(c->message, sizeof c->message, "%s", ctx->message);
    }
    pthread_mutex_unlock(&c->lock);
    atomic_store(&c->stop, true);
}

/* Tasks are taken in order, and a task that was taken is finished: so when some task fails, all
 * lower ones are done or under way, and which failure is the lowest does not depend on the
 * threads. */
static void work(worker *w)
{
    crew *c = w->crew;
    while (!atomic_load(&c->stop) && !ent_i_cancelled(w->ctx)) {
        const int64_t task = atomic_fetch_add(&c->next, 1);
        if (task >= c->tasks) break;
        const ent_status st = c->fn(w->ctx, c->user, task);
        if (st != ENT_OK) note_failure(c, w->ctx, task, st);
        const int64_t done = atomic_fetch_add(&c->done, 1) + 1;
        if (w->what) ent_i_progress(w->ctx, w->what, done, c->tasks);
    }
}

static void *work_thread(void *argument)
{
    work(argument);
    return NULL;
}

ent_status ent_i_parallel(ent_ctx *ctx, int threads, int64_t tasks, ent_task_fn *fn, void *user,
                          const char *what)
{
    ent_status st = ENT_OK;
    worker *workers = NULL;
    int started = 0;
    crew c = {.fn = fn, .user = user, .tasks = tasks, .failed_task = tasks};
    pthread_mutex_init(&c.lock, NULL);
    const ent_mark mark = ent_scratch_mark(ctx);
    if (threads > tasks) threads = (int)tasks;
    if (threads < 1) threads = 1;
    ENT_SCRATCH(ctx, workers, threads);
    workers[0] = (worker){.crew = &c, .ctx = ctx, .what = what};
    for (int k = 1; k < threads; k++) {
        worker *w = &workers[k];
        *w = (worker){.crew = &c, .ctx = ent_ctx_new()};
        if (!w->ctx) break; /* fewer hands do the same work */
        w->ctx->cancel = ctx->cancel;
        if (pthread_create(&w->thread, NULL, work_thread, w) != 0) {
            ent_ctx_free(w->ctx);
            break;
        }
        started++;
    }
    work(&workers[0]);
    for (int k = 1; k <= started; k++) {
        pthread_join(workers[k].thread, NULL);
        ent_ctx_free(workers[k].ctx);
    }
    if (c.failed_task < tasks) ENT_FAIL(ctx, c.failure, "%s", c.message);
    if (c.done < tasks) ENT_FAIL(ctx, ENT_E_CANCEL, "cancelled");
    /* the last task may have been another thread's */
    if (what && started > 0) ent_i_progress(ctx, what, tasks, tasks);
done:
    ent_scratch_reset(ctx, mark);
    pthread_mutex_destroy(&c.lock);
    return st;
}
