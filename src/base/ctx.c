#include "base/ctx.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ent_ctx *ent_ctx_new(void)
{
    ent_ctx *ctx = calloc(1, sizeof *ctx);
    if (ctx) ctx->allocations_left = -1;
    return ctx;
}

void ent_ctx_free(ent_ctx *ctx)
{
    if (!ctx) return;
    for (size_t b = 0; b < ctx->block_count; b++) free(ctx->blocks[b].memory);
    free(ctx->blocks);
    free(ctx);
}

const char *ent_message(const ent_ctx *ctx) { return ctx ? ctx->message : ""; }

void ent_ctx_set_cancel(ent_ctx *ctx, const volatile int *flag) { ctx->cancel = flag; }

void ent_ctx_set_progress(ent_ctx *ctx, ent_progress_fn *report, void *user)
{
    ctx->progress = report;
    ctx->progress_user = user;
}

void ent_ctx_fail_after(ent_ctx *ctx, int64_t allocations) { ctx->allocations_left = allocations; }

/* Atomic, so that a thread that stores atomically is no data race; a signal handler just stores. */
bool ent_i_cancelled(const ent_ctx *ctx)
{
    return ctx->cancel && __atomic_load_n(ctx->cancel, __ATOMIC_RELAXED);
}

void ent_i_progress(const ent_ctx *ctx, const char *what, int64_t done, int64_t total)
{
    if (ctx->progress) ctx->progress(ctx->progress_user, what, done, total);
}

/* Printed beside and copied: an argument may be the message so far, to which a caller adds where it
 * happened. */
ent_status ent_i_fail(ent_ctx *ctx, ent_status code, const char *format, ...)
{
    if (!ctx) return code;
    char message[ENT_CTX_MESSAGE_MAX] = "";
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    memcpy(ctx->message, message, sizeof message);
    return code;
}
