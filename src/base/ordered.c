#define _POSIX_C_SOURCE 200809L
#include "base/ordered.h"

#include "base/ctx.h"

#include <pthread.h>

typedef struct queue {
    const ent_ordered *plan;
    const ent_ctx *caller;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t moved;
    int64_t next; /* the task to be handed over next */
    bool stopped; /* nothing waits any more */
    bool ready[ENT_ORDERED_SLOTS];
} queue;

static int slot_of(int64_t task) { return (int)(task % ENT_ORDERED_SLOTS); }

/* Waits until the slot of this task is free; false when the work has stopped and it never will
 * be. */
static bool wait_for_slot(queue *q, int64_t task)
{
    pthread_mutex_lock(&q->lock);
    while (!q->stopped && task >= q->next + ENT_ORDERED_SLOTS)
        pthread_cond_wait(&q->moved, &q->lock);
    const bool is_free = task < q->next + ENT_ORDERED_SLOTS;
    pthread_mutex_unlock(&q->lock);
    return is_free;
}

/* Hands over whatever is ready, in order. */
static ent_status deliver(queue *q, ent_ctx *ctx, int64_t task)
{
    ent_status st = ENT_OK;
    const ent_ordered *plan = q->plan;
    pthread_mutex_lock(&q->lock);
    q->ready[slot_of(task)] = true;
    while (st == ENT_OK && q->ready[slot_of(q->next)]) {
        const int slot = slot_of(q->next);
        st = plan->hand(ctx, plan->user, q->next, slot);
        q->ready[slot] = false;
        if (st == ENT_OK) q->next++;
    }
    const int64_t done = plan->first + q->next * plan->unit;
    pthread_cond_broadcast(&q->moved);
    pthread_mutex_unlock(&q->lock);
    if (plan->what && ctx == q->caller)
        ent_i_progress(ctx, plan->what, done < plan->total ? done : plan->total, plan->total);
    return st;
}

static void stop(queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->stopped = true;
    pthread_cond_broadcast(&q->moved);
    pthread_mutex_unlock(&q->lock);
}

/* A task waits only for lower ones, and so does a failure: whoever was stopped while waiting has a
 * higher number than the failure that stopped it, and the lowest failure is the one reported. */
static ent_status run(ent_ctx *ctx, void *user, int64_t task)
{
    ent_status st = ENT_OK;
    queue *q = user;
    if (!wait_for_slot(q, task)) ENT_FAIL(ctx, ENT_E_CANCEL, "stopped");
    ENT_TRY(q->plan->work(ctx, q->plan->user, task, slot_of(task)));
    ENT_TRY(deliver(q, ctx, task));
done:
    if (st != ENT_OK) stop(q);
    return st;
}

ent_status ent_i_ordered(ent_ctx *ctx, int threads, const ent_ordered *plan)
{
    queue q = {.plan = plan, .caller = ctx};
    pthread_mutex_init(&q.lock, NULL);
    pthread_cond_init(&q.moved, NULL);
    const ent_status st = ent_i_parallel(ctx, threads, plan->tasks, run, &q, NULL);
    pthread_cond_destroy(&q.moved);
    pthread_mutex_destroy(&q.lock);
    return st;
}
