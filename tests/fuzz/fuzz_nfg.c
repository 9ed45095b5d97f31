/* links: verify. Any bytes through the reader of .nfg files; what is read survives both ways of
 * writing it. */
#include "fuzz.h"

#include "model/strategic_model.h"
#include "model/strategic_nfg.h"

#include <string.h>

const int fuzz_rounds = 20000;

static void same_game(const ent_nfg *a, const ent_nfg *b)
{
    FUZZ_CHECK(a->n == b->n && a->profiles == b->profiles);
    for (int i = 0; i < a->n; i++) {
        FUZZ_CHECK(a->actions[i] == b->actions[i] && strcmp(a->player[i], b->player[i]) == 0);
        for (int k = 0; k < a->actions[i]; k++)
            FUZZ_CHECK(strcmp(a->action[i][k], b->action[i][k]) == 0);
    }
    for (int64_t k = 0; k < a->profiles * a->n; k++)
        FUZZ_CHECK(ent_rat_equal(&a->payoff[k], &b->payoff[k]));
}

/* As an .nfg file again. */
static void write_nfg(ent_ctx *ctx, const ent_nfg *game)
{
    ent_text out;
    ent_nfg *again = NULL;
    ent_text_init(ctx, &out);
    ent_nfg_write(&out, game);
    FUZZ_CHECK(out.status == ENT_OK && ent_nfg_is(out.len, out.data));
    FUZZ_CHECK(ent_nfg_read(ctx, "again", out.len, out.data, &again) == ENT_OK);
    same_game(game, again);
    ent_nfg_free(again);
    ent_text_release(&out);
}

/* As a model document, which the reader of models takes: unless there are too many players or
 * numbers out of range. */
static void write_model(ent_ctx *ctx, const ent_nfg *game)
{
    ent_text out;
    ent_doc *doc = NULL;
    ent_strategic *model = NULL;
    ent_nfg *again = NULL;
    ent_text_init(ctx, &out);
    ent_nfg_write_model(&out, game);
    FUZZ_CHECK(out.status == ENT_OK);
    FUZZ_CHECK(ent_doc_read(ctx, "again", out.len, out.data, &doc) == ENT_OK);
    const ent_status st = ent_strategic_read(ctx, doc, ent_doc_root(doc), &model);
    FUZZ_CHECK(st == ENT_OK || st == ENT_E_LIMIT);
    if (st == ENT_OK) FUZZ_CHECK(ent_strategic_nfg(ctx, model, &again) == ENT_OK);
    if (st == ENT_OK) same_game(game, again);
    ent_nfg_free(again);
    ent_strategic_free(model);
    ent_doc_free(doc);
    ent_text_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_nfg *game = NULL;
    const ent_status st = ent_nfg_read(ctx, "fuzz", size, (const char *)data, &game);
    FUZZ_CHECK((st == ENT_OK) == (game != NULL));
    if (st == ENT_OK) {
        write_nfg(ctx, game);
        write_model(ctx, game);
    } else {
        FUZZ_CHECK(*ent_message(ctx));
    }
    ent_nfg_free(game);
    ent_ctx_free(ctx);
    return 0;
}
