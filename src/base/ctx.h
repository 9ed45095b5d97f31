/** ctx.h - the inside of a context; only src/base touches its members. */
#ifndef ENT_CTX_H
#define ENT_CTX_H

#include "base/memory.h"

enum { ENT_CTX_MESSAGE_MAX = 1024 };

typedef struct ent_i_block {
    char *memory;
    size_t size, used;
} ent_i_block;

struct ent_ctx {
    char message[ENT_CTX_MESSAGE_MAX];
    ent_i_block *blocks; /* [block_count], the scratch stack; blocks above `top` are empty */
    size_t block_count, top;
    const volatile int *cancel;
    ent_progress_fn *progress;
    void *progress_user;
    int64_t allocations_left; /* < 0: never fail on purpose */
};

/** ent_i_cancelled - has the caller asked to stop? Cheap enough for every few thousand steps. */
bool ent_i_cancelled(const ent_ctx *ctx);

/** ent_i_progress - report progress, if anybody listens. */
void ent_i_progress(const ent_ctx *ctx, const char *what, int64_t done, int64_t total);

/** ENT_CHECK_CANCEL - leave through `done` with ENT_E_CANCEL when the caller has asked to stop. */
#define ENT_CHECK_CANCEL(ctx) \
    do { \
        if (ent_i_cancelled(ctx)) ENT_FAIL((ctx), ENT_E_CANCEL, "cancelled"); \
    } while (0)

#endif
