/* Contexts: messages, statuses, cancel, progress, and the macros of failing functions. */
#include "check.h"

#include "base/ctx.h"

static ent_status requires(ent_ctx *ctx, int n)
{
    ent_status st = ENT_OK;
    ENT_REQUIRE(ctx, n >= 1 && n <= 3);
    if (n == 2) ENT_FAIL(ctx, ENT_E_MODEL, "player %d: probability %g exceeds 1", n, 1.25);
    if (n == 3) ENT_BUG(ctx, "three");
done:
    return st;
}

static ent_status outer(ent_ctx *ctx, int n)
{
    ent_status st = ENT_OK;
    ENT_TRY(requires(ctx, n));
done:
    return st;
}

static ent_status looks(ent_ctx *ctx)
{
    ent_status st = ENT_OK;
    ENT_CHECK_CANCEL(ctx);
done:
    return st;
}

static void messages(ent_ctx *ctx)
{
    CHECK_TEXT(ent_message(ctx), "");
    CHECK_TEXT(ent_message(NULL), "");
    CHECK(outer(ctx, 1) == ENT_OK);
    CHECK_TEXT(ent_message(ctx), "");
    CHECK(outer(ctx, 0) == ENT_E_ARG);
    CHECK_TEXT(ent_message(ctx), "requires: need n >= 1 && n <= 3");
    CHECK(outer(ctx, 2) == ENT_E_MODEL);
    CHECK_TEXT(ent_message(ctx), "player 2: probability 1.25 exceeds 1");
    CHECK(outer(ctx, 1) == ENT_OK);
    CHECK_TEXT(ent_message(ctx), "player 2: probability 1.25 exceeds 1");
    CHECK(outer(ctx, 3) == ENT_E_BUG && strstr(ent_message(ctx), "t_ctx.c:") &&
          strstr(ent_message(ctx), ": three"));
    CHECK(ent_i_fail(ctx, ENT_E_IO, "base") == ENT_E_IO);
    CHECK(ent_i_fail(ctx, ENT_E_IO, "outer: %s", ent_message(ctx)) == ENT_E_IO);
    CHECK_TEXT(ent_message(ctx), "outer: base");
    CHECK(ent_i_fail(NULL, ENT_E_LIMIT, "%d", 7) == ENT_E_LIMIT);
    char text[3 * ENT_CTX_MESSAGE_MAX];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    CHECK(ent_i_fail(ctx, ENT_E_ARG, "%s", text) == ENT_E_ARG);
    CHECK(strlen(ent_message(ctx)) == ENT_CTX_MESSAGE_MAX - 1);
}

static void words(void)
{
    const struct {
        ent_status status;
        const char *word;
    } all[] = {{ENT_OK, "ok"},         {ENT_E_ARG, "arg"},       {ENT_E_MEMORY, "memory"},
               {ENT_E_PARSE, "parse"}, {ENT_E_MODEL, "model"},   {ENT_E_LIMIT, "limit"},
               {ENT_E_IO, "io"},       {ENT_E_CANCEL, "cancel"}, {ENT_E_UNKNOWN, "unknown"},
               {ENT_E_BUG, "bug"}};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        CHECK((size_t)all[k].status == k); /* the order is part of the ABI */
        CHECK_TEXT(ent_status_word(all[k].status), all[k].word);
        CHECK(strlen(ent_status_text(all[k].status)) > 10);
    }
    CHECK_TEXT(ent_status_word((ent_status)99), "unknown status");
    CHECK_TEXT(ent_status_word((ent_status)-1), "unknown status");
    CHECK(strlen(ent_status_text((ent_status)99)) > 10);
    CHECK_TEXT(ent_outcome_word(ENT_SOLVED), "solved");
    CHECK_TEXT(ent_outcome_word(ENT_NONE), "none");
    CHECK_TEXT(ent_outcome_word((ent_outcome)99), "unknown outcome");
    CHECK_TEXT(ent_version(), ENT_VERSION);
}

typedef struct heard {
    int calls;
    int64_t done, total;
    const char *what;
} heard;

static void hear(void *user, const char *what, int64_t done, int64_t total)
{
    heard *h = user;
    *h = (heard){h->calls + 1, done, total, what};
}

static void cancel_and_progress(ent_ctx *ctx)
{
    volatile int stop = 0;
    CHECK(looks(ctx) == ENT_OK);
    ent_ctx_set_cancel(ctx, &stop);
    CHECK(looks(ctx) == ENT_OK && !ent_i_cancelled(ctx));
    stop = 1;
    CHECK(looks(ctx) == ENT_E_CANCEL && ent_i_cancelled(ctx));
    CHECK_TEXT(ent_message(ctx), "cancelled");
    ent_ctx_set_cancel(ctx, NULL);
    CHECK(looks(ctx) == ENT_OK);

    heard h = {0};
    ent_i_progress(ctx, "profiles", 1, 2);
    ent_ctx_set_progress(ctx, hear, &h);
    ent_i_progress(ctx, "profiles", 3, 7);
    CHECK(h.calls == 1 && h.done == 3 && h.total == 7);
    CHECK_TEXT(h.what, "profiles");
    ent_ctx_set_progress(ctx, NULL, NULL);
    ent_i_progress(ctx, "profiles", 4, 7);
    CHECK(h.calls == 1);
}

int main(void)
{
    ent_ctx_free(NULL);
    ent_free(NULL);
    ent_ctx *ctx = ent_ctx_new();
    messages(ctx);
    words();
    cancel_and_progress(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
