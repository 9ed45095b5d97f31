/** memory.h - all memory of the library: heap blocks for results, a stack of scratch blocks for
 * work.
 *
 *   const ent_mark mark = ent_scratch_mark(ctx);
 *   double *work = NULL;
 *   ENT_SCRATCH(ctx, work, n);          zeroed? no: contents are undefined
 *   ...
 *   done: ent_scratch_reset(ctx, mark);
 */
#ifndef ENT_MEMORY_H
#define ENT_MEMORY_H

#include "base/fail.h"

/** ent_i_alloc - count * size bytes on the heap, zeroed, with overflow check. Returned NULL sets
 * *st. A count of 0 gives a valid pointer. Release with ent_free.
 */
void *ent_i_alloc(ent_ctx *ctx, size_t count, size_t size, ent_status *st);

/** ent_i_realloc - change a heap block to count * size bytes, contents kept, new bytes undefined.
 * On failure the old block stays valid, NULL is returned and *st set.
 */
void *ent_i_realloc(ent_ctx *ctx, void *block, size_t count, size_t size, ent_status *st);

/** ent_i_strdup - a heap copy of len bytes of text, with a final NUL. */
char *ent_i_strdup(ent_ctx *ctx, const char *text, size_t len, ent_status *st);

/** ENT_ALLOC - ptr becomes n zeroed elements on the heap, or the function leaves through `done`. */
#define ENT_ALLOC(ctx, ptr, n) \
    do { \
        (ptr) = ent_i_alloc((ctx), (size_t)(n), sizeof *(ptr), &st); \
        if (!(ptr)) goto done; \
    } while (0)

/** ent_mark - a position on the scratch stack. */
typedef struct ent_mark {
    size_t block, used;
} ent_mark;

ent_mark ent_scratch_mark(const ent_ctx *ctx);
void ent_scratch_reset(ent_ctx *ctx, ent_mark mark);

/** ent_scratch_alloc - count * size bytes of scratch, 64-byte aligned, contents undefined; NULL
 * sets *st. */
void *ent_scratch_alloc(ent_ctx *ctx, size_t count, size_t size, ent_status *st);

#define ENT_SCRATCH(ctx, ptr, n) \
    do { \
        (ptr) = ent_scratch_alloc((ctx), (size_t)(n), sizeof *(ptr), &st); \
        if (!(ptr)) goto done; \
    } while (0)

#endif
