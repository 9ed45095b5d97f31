/* Memory: overflow checks, failure on purpose, and the scratch stack against a plain model of
 * one. */
#include "check.h"

#include "base/ctx.h"
#include "base/rng.h"

#include <stdint.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define IS_POISONED(p) __asan_address_is_poisoned(p)
enum { CAN_FAIL = 0 }; /* the sanitizer ends the process instead of returning NULL */
#else
#define IS_POISONED(p) ((void)(p), 1)
enum { CAN_FAIL = 1 };
#endif

static void heap(ent_ctx *ctx)
{
    ent_status st = ENT_OK;
    double *p = ent_i_alloc(ctx, 10, sizeof *p, &st);
    for (int k = 0; k < 10; k++) CHECK(p[k] == 0.0);
    p[3] = 2.385;
    p = ent_i_realloc(ctx, p, 1000, sizeof *p, &st);
    CHECK(p && p[3] == 2.385);
    for (int k = 0; p && k < 1000; k++) p[k] = k; /* the sanitizer watches */
    ent_free(p);
    p = ent_i_alloc(ctx, 0, sizeof *p, &st);
    CHECK(p && st == ENT_OK);
    p = ent_i_realloc(ctx, p, 0, sizeof *p, &st);
    CHECK(p && st == ENT_OK);
    ent_free(p);
    CHECK(!ent_i_alloc(ctx, SIZE_MAX / 4, 8, &st) && st == ENT_E_MEMORY);
    CHECK(strstr(ent_message(ctx), "more than memory can hold") != NULL);
    st = ENT_OK;
    CHECK(!ent_i_alloc(ctx, 2, SIZE_MAX / 2 + 1, &st) && st == ENT_E_MEMORY);
    st = ENT_OK;
    char *text = ent_i_strdup(ctx, "abcdef", 3, &st);
    CHECK_TEXT(text, "abc");
    ent_free(text);
    text = ent_i_strdup(NULL, NULL, 0, &st);
    CHECK_TEXT(text, "");
    ent_free(text);
}

static void fails_on_purpose(ent_ctx *ctx)
{
    ent_status st = ENT_OK;
    char *block = ent_i_alloc(ctx, 4, 1, &st);
    memcpy(block, "old", 4);
    ent_ctx_fail_after(ctx, 2);
    void *a = ent_i_alloc(ctx, 1, 1, &st), *b = ent_i_alloc(ctx, 1, 1, &st);
    CHECK(a && b && st == ENT_OK);
    CHECK(!ent_i_alloc(ctx, 1, 1, &st) && st == ENT_E_MEMORY &&
          strstr(ent_message(ctx), "on purpose"));
    st = ENT_OK;
    void *c = ent_i_alloc(ctx, 1, 1, &st); /* once only */
    CHECK(c && st == ENT_OK);
    ent_ctx_fail_after(ctx, 0);
    CHECK(!ent_i_realloc(ctx, block, 100, 1, &st) && st == ENT_E_MEMORY);
    CHECK_TEXT(block, "old");
    st = ENT_OK;
    ent_ctx_fail_after(ctx, 0);
    CHECK(!ent_scratch_alloc(ctx, 1, 1, &st) && st == ENT_E_MEMORY);
    ent_ctx_fail_after(ctx, 0);
    CHECK(!ent_i_strdup(ctx, "x", 1, &st));
    ent_ctx_fail_after(ctx, -1);
    st = ENT_OK;
    CHECK(!ent_scratch_alloc(ctx, SIZE_MAX / 8, 16, &st) && st == ENT_E_MEMORY);
    ent_free(a), ent_free(b), ent_free(c), ent_free(block);
}

/* More than any machine has: the block list may grow, the block cannot come, and the next call
 * works. */
static void no_memory(ent_ctx *ctx)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    char *before = ent_scratch_alloc(ctx, 100, 1, &st);
    memset(before, 7, 100);
    CHECK(!ent_scratch_alloc(ctx, (size_t)PTRDIFF_MAX - 4096, 1, &st) && st == ENT_E_MEMORY);
    st = ENT_OK;
    char *after = ent_scratch_alloc(ctx, 100, 1, &st);
    CHECK(after && st == ENT_OK && before[99] == 7);
    ent_scratch_reset(ctx, mark);
}

typedef struct piece {
    unsigned char *p;
    size_t size;
    unsigned char mark;
    ent_mark before;
} piece;

static int is_intact(const piece *one)
{
    for (size_t k = 0; k < one->size; k++)
        if (one->p[k] != one->mark) return 0;
    return 1;
}

/* Random pushes and resets: what is below a mark keeps its contents, pieces are aligned and do not
 * overlap. */
static void stack(ent_ctx *ctx, uint64_t seed, size_t largest)
{
    enum { DEPTH = 64 };
    piece pieces[DEPTH];
    int depth = 0;
    ent_rng rng = ent_rng_stream(seed, 1, 1);
    const ent_mark bottom = ent_scratch_mark(ctx);
    for (int k = 0; k < 2000; k++) {
        if (depth == DEPTH || (depth > 0 && ent_rng_below(&rng, 3) == 0)) {
            const int to = (int)ent_rng_below(&rng, depth);
            const unsigned char *freed = pieces[to].p;
            for (int j = 0; j < depth; j++) CHECK(is_intact(&pieces[j]));
            ent_scratch_reset(ctx, pieces[to].before);
            if (pieces[to].size > 0) CHECK(IS_POISONED(freed));
            depth = to;
            continue;
        }
        ent_status st = ENT_OK;
        piece *new = &pieces[depth++];
        *new = (piece){.size = (size_t)ent_rng_below(&rng, (int64_t)largest),
                       .mark = (unsigned char)k,
                       .before = ent_scratch_mark(ctx)};
        new->p = ent_scratch_alloc(ctx, new->size, 1, &st);
        CHECK(new->p &&st == ENT_OK && (uintptr_t) new->p % 64 == 0);
        if (new->p) memset(new->p, new->mark, new->size);
        if (new->p) CHECK(IS_POISONED(new->p + new->size));
    }
    for (int j = 0; j < depth; j++) CHECK(is_intact(&pieces[j]));
    ent_scratch_reset(ctx, bottom);
}

/* Memory that was given back is used again: a loop does not let the stack grow. */
static void steady(ent_ctx *ctx)
{
    ent_status st = ENT_OK;
    size_t blocks = 0;
    for (int k = 0; k < 100; k++) {
        const ent_mark mark = ent_scratch_mark(ctx);
        for (int j = 0; j < 20; j++) CHECK(ent_scratch_alloc(ctx, 20000, 8, &st) != NULL);
        ent_scratch_reset(ctx, mark);
        if (k == 0) blocks = ctx->block_count;
    }
    CHECK(ctx->block_count == blocks);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    const ent_mark empty = ent_scratch_mark(ctx);
    ent_scratch_reset(ctx, empty); /* nothing allocated yet */
    heap(ctx);
    fails_on_purpose(ctx);
    if (CAN_FAIL) no_memory(ctx);
    stack(ctx, 1, 200);
    stack(ctx, 2, 100000);
    stack(ctx, 3, 500000);
    stack(ctx, 4, 1);
    steady(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
