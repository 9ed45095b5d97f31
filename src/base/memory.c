#include "base/ctx.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { ALIGN = 64, RED_ZONE = 64, FIRST_BLOCK = 1 << 16 };

/* Every allocation of the library passes here: size overflow and failure on purpose are decided
 * once. */
static bool may_allocate(ent_ctx *ctx, size_t count, size_t size, ent_status *st)
{
    if (size != 0 && count > (size_t)PTRDIFF_MAX / size) {
        *st = ent_i_fail(ctx, ENT_E_MEMORY, "%zu items of %zu bytes are more than memory can hold",
                         count, size);
        return false;
    }
    if (ctx && ctx->allocations_left >= 0 && ctx->allocations_left-- == 0) {
        *st = ent_i_fail(ctx, ENT_E_MEMORY, "no memory for %zu bytes (failed on purpose)",
                         count * size);
        return false;
    }
    return true;
}

void *ent_i_alloc(ent_ctx *ctx, size_t count, size_t size, ent_status *st)
{
    if (!may_allocate(ctx, count, size, st)) return NULL;
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p) *st = ent_i_fail(ctx, ENT_E_MEMORY, "no memory for %zu bytes", count * size);
    return p;
}

void *ent_i_realloc(ent_ctx *ctx, void *block, size_t count, size_t size, ent_status *st)
{
    if (!may_allocate(ctx, count, size, st)) return NULL;
    const size_t bytes = count * size;
    void *p = realloc(block, bytes ? bytes : 1);
    if (!p) *st = ent_i_fail(ctx, ENT_E_MEMORY, "no memory for %zu bytes", bytes);
    return p;
}

char *ent_i_strdup(ent_ctx *ctx, const char *text, size_t len, ent_status *st)
{
    char *copy = ent_i_alloc(ctx, len + 1, 1, st);
    if (copy && len) memcpy(copy, text, len);
    return copy;
}

void ent_free(void *memory) { free(memory); }

ent_mark ent_scratch_mark(const ent_ctx *ctx)
{
    const size_t used = ctx->block_count ? ctx->blocks[ctx->top].used : 0;
    return (ent_mark){.block = ctx->top, .used = used};
}

void ent_scratch_reset(ent_ctx *ctx, ent_mark mark)
{
    if (!ctx->block_count) return;
    for (size_t b = mark.block; b <= ctx->top; b++) {
        const size_t keep = b == mark.block ? mark.used : 0;
        POISON(ctx->blocks[b].memory + keep, ctx->blocks[b].size - keep);
        ctx->blocks[b].used = keep;
    }
    ctx->top = mark.block;
}

/* Appends a block of at least `bytes` bytes above the top, reusing an empty one that is large
 * enough. */
static bool push_block(ent_ctx *ctx, size_t bytes, ent_status *st)
{
    const size_t next = ctx->block_count ? ctx->top + 1 : 0;
    for (size_t b = next; b < ctx->block_count; b++) {
        if (ctx->blocks[b].size < bytes) continue;
        const ent_i_block fits = ctx->blocks[b];
        ctx->blocks[b] = ctx->blocks[next];
        ctx->blocks[next] = fits;
        ctx->top = next;
        return true;
    }
    size_t size = ctx->block_count ? 2 * ctx->blocks[ctx->block_count - 1].size : FIRST_BLOCK;
    if (size < bytes) size = bytes;
    ent_i_block *blocks = realloc(ctx->blocks, (ctx->block_count + 1) * sizeof *blocks);
    if (blocks) ctx->blocks = blocks;
    char *memory = blocks ? aligned_alloc(ALIGN, (size + ALIGN - 1) / ALIGN * ALIGN) : NULL;
    if (!memory) {
        *st = ent_i_fail(ctx, ENT_E_MEMORY, "no memory for %zu bytes of scratch", bytes);
        return false;
    }
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    POISON(memory, size);
    const ent_i_block displaced = next < ctx->block_count ? ctx->blocks[next] : (ent_i_block){0};
    if (next < ctx->block_count) ctx->blocks[ctx->block_count] = displaced;
    ctx->blocks[next] = (ent_i_block){.memory = memory, .size = size, .used = 0};
    ctx->block_count++;
    ctx->top = next;
    return true;
}

void *ent_scratch_alloc(ent_ctx *ctx, size_t count, size_t size, ent_status *st)
{
    if (!may_allocate(ctx, count, size, st)) return NULL;
    const size_t bytes = (count * size + ALIGN - 1) / ALIGN * ALIGN + RED_ZONE;
    if (!ctx->block_count || ctx->blocks[ctx->top].size - ctx->blocks[ctx->top].used < bytes)
        if (!push_block(ctx, bytes, st)) return NULL;
    ent_i_block *block = &ctx->blocks[ctx->top];
    char *p = block->memory + block->used;
    UNPOISON(p, count * size);
    block->used += bytes;
    return p;
}
