/** brutal.h - every allocation made to fail in turn: the right status, nothing handed out, no leak,
 * and the next call works.
 *
 *     brutal b = {.ctx = ctx};
 *     while (brutal_goes_on(&b)) {
 *         ent_thing *thing = NULL;
 *         brutal_on(&b);
 *         const ent_status st = ent_thing_new(ctx, &thing);
 *         brutal_off(&b, st);
 *         CHECK((st == ENT_OK) == (thing != NULL));
 *         ent_thing_free(thing);
 *     }
 *     brutal_end(&b, 5);
 */
#ifndef BRUTAL_H
#define BRUTAL_H

#include "base/ctx.h"
#include "check.h"

typedef struct brutal {
    ent_ctx *ctx;
    /* 0: every allocation; k: the strides grow by a k-th, so that thousands are not made to fail
       one by one */
    int64_t sparse;
    int64_t allowed;  /* allocations before the one that fails */
    int64_t failures; /* rounds that ran out of memory */
    bool is_over;     /* a round succeeded, or failed for another reason */
    ent_status st;    /* of the last round */
} brutal;

/** brutal_goes_on - is there another round? */
static inline bool brutal_goes_on(const brutal *b) { return !b->is_over && b->allowed < 1000000; }

/** brutal_on - from here on memory runs out; brutal_off - no longer, and this was the round's
 * status. */
static inline void brutal_on(const brutal *b) { ent_ctx_fail_after(b->ctx, b->allowed); }

static inline void brutal_off(brutal *b, ent_status st)
{
    ent_ctx_fail_after(b->ctx, -1);
    b->st = st;
    b->is_over = st != ENT_E_MEMORY;
    b->failures += st == ENT_E_MEMORY;
    if (!b->is_over) b->allowed += 1 + (b->sparse ? b->allowed / b->sparse : 0);
}

/** brutal_end - the last round succeeded, and at least so many failed before it. */
static inline void brutal_end(const brutal *b, int64_t least)
{
    if (b->st != ENT_OK)
        printf("after %lld allocations: %s\n", (long long)b->allowed, ent_message(b->ctx));
    CHECK(b->is_over && b->st == ENT_OK);
    CHECK(b->failures >= least);
}

#endif
