#include "driver/result_picture.h"

static ent_status method_of(ent_ctx *ctx, const ent_doc *doc, const ent_method **out)
{
    ent_status st = ENT_OK;
    const ent_json *root = ent_doc_root(doc), *family = NULL, *method = NULL;
    ENT_TRY(ent_json_member(ctx, doc, root, "family", &family));
    ENT_TRY(ent_json_expect(ctx, doc, family, ENT_JSON_STRING));
    ENT_TRY(ent_json_member(ctx, doc, root, "method", &method));
    ENT_TRY(ent_json_expect(ctx, doc, method, ENT_JSON_STRING));
    const ent_family *known = ent_i_family_find(family->text);
    *out = known ? ent_i_method_find(known, method->text) : NULL;
    if (!*out)
        ENT_FAIL(ctx, ENT_E_UNKNOWN, "no method is called %s %s (see `entente methods`)",
                 family->text, method->text);
done:
    return st;
}

ent_status ent_i_result_picture(ent_ctx *ctx, const ent_doc *doc, ent_plot *plot)
{
    ent_status st = ENT_OK;
    const ent_method *method = NULL;
    ENT_TRY(method_of(ctx, doc, &method));
    if (!method || !method->picture)
        ENT_FAIL(ctx, ENT_E_ARG,
                 "method %s has no picture of its own; draw a sweep: --vary, --x and --y",
                 method ? method->name : "?");
    ENT_TRY(method->picture(ctx, ent_doc_root(doc), plot));
    ENT_TRY(plot->status);
    const ent_json *hash = ent_json_at(ent_doc_root(doc), "/certificate/model_sha256");
    if (!hash || hash->kind != ENT_JSON_STRING) goto done;
    ent_plot_caption(plot, "%s; model %.16s (SHA-256)", method->name,
                     hash->text); /* after the method's own sentence */
    ENT_TRY(plot->status);
done:
    return st;
}
