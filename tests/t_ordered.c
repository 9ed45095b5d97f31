/* links: verify; labels: threads. Tasks on several threads handed over in order: order, failures,
 * cancelling, memory. */
#include "check.h"

#include "base/ctx.h"
#include "base/ordered.h"

#include <stdatomic.h>

enum { TASKS = 500 };

typedef struct log {
    int64_t value[ENT_ORDERED_SLOTS];
    int64_t handed[TASKS];
    int n;
    int64_t fail_at, refuse_at;
    _Atomic int under_way, most;
} log_book;

static ent_status work(ent_ctx *ctx, void *user, int64_t task, int slot)
{
    log_book *l = user;
    const int now = atomic_fetch_add(&l->under_way, 1) + 1;
    if (now > atomic_load(&l->most)) atomic_store(&l->most, now);
    double sum = 0.0;
    for (int k = 0; k < (task % 7 == 0 ? 20000 : 200); k++) sum += sqrt((double)k);
    l->value[slot] = task * 10 + (sum < 0.0);
    atomic_fetch_sub(&l->under_way, 1);
    if (task == l->fail_at) return ent_i_fail(ctx, ENT_E_LIMIT, "task %lld", (long long)task);
    return ENT_OK;
}

static ent_status hand(ent_ctx *ctx, void *user, int64_t task, int slot)
{
    log_book *l = user;
    if (task == l->refuse_at) return ent_i_fail(ctx, ENT_E_IO, "full");
    l->handed[l->n++] = l->value[slot];
    return ENT_OK;
}

static ent_status go(ent_ctx *ctx, int threads, log_book *l)
{
    const ent_ordered plan = {.tasks = TASKS,
                              .work = work,
                              .hand = hand,
                              .user = l,
                              .what = "tasks",
                              .unit = 1,
                              .total = TASKS};
    return ent_i_ordered(ctx, threads, &plan);
}

static int in_order(const log_book *l)
{
    int right = 0;
    for (int k = 0; k < l->n; k++) right += l->handed[k] == 10 * (int64_t)k;
    return right == l->n;
}

typedef struct reports {
    int64_t last;
    int wrong;
} reports;

static void count_reports(void *user, const char *what, int64_t done, int64_t total)
{
    reports *r = user;
    r->wrong += !(done >= r->last && total == TASKS && strcmp(what, "tasks") == 0);
    r->last = done;
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    for (int threads = 1; threads <= 4; threads++) {
        log_book whole = {.fail_at = -1, .refuse_at = -1};
        reports r = {0};
        ent_ctx_set_progress(ctx, count_reports, &r);
        CHECK(go(ctx, threads, &whole) == ENT_OK && whole.n == TASKS && in_order(&whole));
        CHECK(atomic_load(&whole.most) <= threads);
        ent_ctx_set_progress(ctx, NULL, NULL);
        CHECK(r.wrong == 0);

        log_book failing = {.fail_at = 123, .refuse_at = -1};
        CHECK(go(ctx, threads, &failing) == ENT_E_LIMIT && failing.n == 123 && in_order(&failing));
        CHECK_TEXT(ent_message(ctx), "task 123");

        log_book refusing = {.fail_at = -1, .refuse_at = 77};
        CHECK(go(ctx, threads, &refusing) == ENT_E_IO && refusing.n == 77 && in_order(&refusing));
        CHECK_TEXT(ent_message(ctx), "full");
    }
    log_book none = {.fail_at = -1, .refuse_at = -1};
    ent_ctx_fail_after(ctx, 0);
    CHECK(go(ctx, 4, &none) == ENT_E_MEMORY && none.n == 0);
    ent_ctx_fail_after(ctx, -1);
    CHECK(go(ctx, 4, &none) == ENT_OK && none.n == TASKS);
    ent_ctx_free(ctx);
    return check_end();
}
