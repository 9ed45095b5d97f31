/* A text as a document, whatever its format. */
#include "driver/run.h"
#include "io/nfg.h"

ent_status ent_i_read_document(ent_ctx *ctx, const char *source, size_t len, const char *text,
                               ent_doc **out)
{
    ent_status st = ENT_OK;
    ent_nfg *game = NULL;
    ent_text model;
    ent_text_init(ctx, &model);
    if (!ent_nfg_is(len, text)) return ent_doc_read(ctx, source, len, text, out);
    ENT_TRY(ent_nfg_read(ctx, source, len, text, &game));
    ent_nfg_write_model(&model, game);
    ENT_TRY(model.status);
    ENT_TRY(ent_doc_read(ctx, source, model.len, model.data, out));
done:
    ent_text_release(&model);
    ent_nfg_free(game);
    return st;
}
