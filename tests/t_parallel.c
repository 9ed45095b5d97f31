/* labels: threads. Threads: every task once, the same answer on any number of threads, the lowest
 * failure, cancel, progress. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include "base/ctx.h"
#include "base/parallel.h"
#include "base/rng.h"

#include <sched.h>
#include <stdatomic.h>

enum { TASKS = 500 };

typedef struct shared {
    double result[TASKS];
    atomic_int runs[TASKS];
    atomic_int started;
    int fail_every, fail_from; /* tasks fail_from + k fail_every fail; 0: none */
    volatile int cancel;
    int cancel_at;
} shared;

static ent_status task(ent_ctx *ctx, void *user, int64_t k)
{
    ent_status st = ENT_OK;
    shared *s = user;
    const ent_mark mark = ent_scratch_mark(ctx);
    double *work = NULL;
    atomic_fetch_add(&s->runs[k], 1);
    atomic_fetch_add(&s->started, 1);
    ENT_SCRATCH(ctx, work, 1000);
    ent_rng rng = ent_rng_stream(7, (uint64_t)k, 1);
    for (int j = 0; j < 1000; j++) work[j] = ent_rng_uniform(&rng);
    double sum = 0.0;
    for (int j = 0; j < 1000; j++) sum += work[j];
    s->result[k] = sum;
    if (s->fail_every && k >= s->fail_from && (k - s->fail_from) % s->fail_every == 0)
        ENT_FAIL(ctx, k % 2 ? ENT_E_MODEL : ENT_E_LIMIT, "task %d failed", (int)k);
    if (s->cancel_at && k == s->cancel_at) __atomic_store_n(&s->cancel, 1, __ATOMIC_RELAXED);
    while (s->cancel_at && k > s->cancel_at && !ent_i_cancelled(ctx)) sched_yield();
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static void same_on_any_number(ent_ctx *ctx)
{
    static const int threads[] = {1, 2, 3, 4, 8, 600};
    shared one = {0};
    CHECK(ent_i_parallel(ctx, 1, TASKS, task, &one, NULL) == ENT_OK);
    for (int t = 0; t < 6; t++) {
        shared s = {0};
        CHECK(ent_i_parallel(ctx, threads[t], TASKS, task, &s, NULL) == ENT_OK);
        for (int k = 0; k < TASKS; k++) CHECK(s.runs[k] == 1);
        CHECK(memcmp(s.result, one.result, sizeof s.result) == 0);
    }
    shared none = {0};
    CHECK(ent_i_parallel(ctx, 4, 0, task, &none, NULL) == ENT_OK && none.started == 0);
    CHECK(ent_i_parallel(ctx, 0, 5, task, &none, NULL) == ENT_OK && none.started == 5);
}

static void lowest_failure(ent_ctx *ctx)
{
    for (int threads = 1; threads <= 8; threads++)
        for (int round = 0; round < 10; round++) {
            shared s = {.fail_every = 3, .fail_from = 40 + round};
            const ent_status st = ent_i_parallel(ctx, threads, TASKS, task, &s, NULL);
            char want[32];
            snprintf(want, sizeof want, "task %d failed", s.fail_from);
            CHECK(st == (s.fail_from % 2 ? ENT_E_MODEL : ENT_E_LIMIT));
            CHECK_TEXT(ent_message(ctx), want);
            for (int k = 0; k <= s.fail_from; k++) CHECK(s.runs[k] == 1);
            /* each thread stops at its own failure at the latest */
            CHECK(s.started <= s.fail_from + 1 + 3 * threads);
            if (threads == 1) CHECK(s.started == s.fail_from + 1);
        }
}

static void cancels(ent_ctx *ctx)
{
    for (int threads = 1; threads <= 4; threads++) {
        shared s = {.cancel_at = 20};
        ent_ctx_set_cancel(ctx, &s.cancel);
        CHECK(ent_i_parallel(ctx, threads, TASKS, task, &s, NULL) == ENT_E_CANCEL);
        CHECK_TEXT(ent_message(ctx), "cancelled");
        CHECK(s.started >= 21 && s.started <= 21 + threads);
        /* cancelled during the last task: everything was done */
        shared last = {.cancel_at = TASKS - 1};
        ent_ctx_set_cancel(ctx, &last.cancel);
        const ent_status st = ent_i_parallel(ctx, threads, TASKS, task, &last, NULL);
        CHECK(st == ENT_OK && last.started == TASKS);
        CHECK(ent_i_parallel(ctx, threads, TASKS, task, &s, NULL) == ENT_E_CANCEL);
        ent_ctx_set_cancel(ctx, NULL);
    }
}

typedef struct heard {
    int calls;
    int64_t last, total;
    int is_falling;
} heard;

static void hear(void *user, const char *what, int64_t done, int64_t total)
{
    heard *h = user;
    h->calls++;
    h->is_falling |= done < h->last || strcmp(what, "tasks") != 0;
    h->last = done;
    h->total = total;
}

static void progress(ent_ctx *ctx)
{
    for (int threads = 1; threads <= 4; threads++) {
        heard h = {0};
        shared s = {0};
        ent_ctx_set_progress(ctx, hear, &h);
        CHECK(ent_i_parallel(ctx, threads, TASKS, task, &s, "tasks") == ENT_OK);
        CHECK(h.last == TASKS && h.total == TASKS && !h.is_falling);
        if (threads == 1) CHECK(h.calls == TASKS);
        CHECK(ent_i_parallel(ctx, threads, TASKS, task, &s, NULL) == ENT_OK && h.last == TASKS);
        ent_ctx_set_progress(ctx, NULL, NULL);
    }
}

/* A task that runs tasks. */
static ent_status nested_task(ent_ctx *ctx, void *user, int64_t k)
{
    shared inner = {0};
    ent_status st = ent_i_parallel(ctx, 2, 10, task, &inner, NULL);
    double sum = 0.0;
    for (int j = 0; j < 10; j++) sum += inner.result[j];
    ((double *)user)[k] = sum;
    return st;
}

static void nested(ent_ctx *ctx)
{
    double sum[6] = {0};
    CHECK(ent_i_parallel(ctx, 3, 6, nested_task, sum, NULL) == ENT_OK);
    for (int k = 1; k < 6; k++) CHECK(sum[k] == sum[0] && sum[k] > 0.0);
}

static void brutal(ent_ctx *ctx)
{
    for (int k = 0; k < 4; k++) {
        shared s = {0};
        ent_ctx_fail_after(ctx, k);
        CHECK(ent_i_parallel(ctx, 1, 3, task, &s, NULL) == (k < 4 ? ENT_E_MEMORY : ENT_OK));
        CHECK(s.started == k);
    }
    ent_ctx_fail_after(ctx, -1);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    CHECK(ent_i_threads(3) == 3 && ent_i_threads(0) >= 1 && ent_i_threads(1 << 20) == 1024 &&
          ent_i_threads(-5) >= 1);
    same_on_any_number(ctx);
    lowest_failure(ctx);
    cancels(ctx);
    progress(ctx);
    nested(ctx);
    brutal(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
