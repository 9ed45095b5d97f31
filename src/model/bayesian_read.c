#include "model/bayesian_model_i.h"

#include <string.h>

static ent_status read_title(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_bayesian *model)
{
    ent_status st = ENT_OK;
    const ent_json *name = ent_json_get(root, "name");
    const char *text = "";
    if (name) {
        ENT_TRY(ent_json_expect(ctx, doc, name, ENT_JSON_STRING));
        text = name->text;
    }
    model->title = ent_i_strdup(ctx, text, strlen(text), &st);
done:
    return st;
}

static ent_status read_players(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                               ent_bayesian *model)
{
    ent_status st = ENT_OK;
    const ent_json *players = NULL;
    ENT_TRY(ent_json_member(ctx, doc, root, "players", &players));
    ENT_TRY(ent_json_expect(ctx, doc, players, ENT_JSON_ARRAY));
    if (players->count > ENT_BAYESIAN_PLAYERS_MAX) {
        st = ent_json_fail(
            ctx, doc, players, ENT_E_LIMIT,
            "wanted at most %d players, because each of the 2^n coalitions is solved, found %u",
            ENT_BAYESIAN_PLAYERS_MAX, players->count);
        goto done;
    }
    ENT_TRY(
        ent_i_players_read(ctx, doc, players, ENT_BAYESIAN_PLAYERS_MAX, &model->n, &model->player));
done:
    return st;
}

ent_status ent_bayesian_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_bayesian **out)
{
    static const char *const keys[] = {"entente", "family",      "name",    "players",
                                       "prior",   "coalitions",  "closure", "coalition",
                                       "weights", "multipliers", NULL};
    ent_status st = ENT_OK;
    ent_bayesian *model = NULL;
    ent_i_owns owns = {0};
    int n = 0;
    ENT_ALLOC(ctx, model, 1);
    ENT_TRY(ent_json_expect(ctx, doc, root, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(ctx, doc, root, keys));
    ENT_TRY(read_title(ctx, doc, root, model));
    ENT_TRY(read_players(ctx, doc, root, model));
    n = model->n;
    ENT_TRY(ent_i_types_read(ctx, doc, root, model, &owns.joint));
    const ent_json *focus = ent_json_get(root, "coalition");
    model->focus = ent_coal_all(model->n);
    if (focus)
        ENT_TRY(ent_i_coalition_read(ctx, doc, focus, model->n, model->player, &model->focus));
    ENT_TRY(ent_i_scales_read(ctx, doc, root, model));
    ENT_TRY(ent_i_owns_read(ctx, doc, root, model, &owns));
    ENT_TRY(ent_i_closure(ctx, doc, ent_json_get(root, "coalitions"), &owns, model));
    *out = model;
    model = NULL;
done:
    ent_i_owns_release(n, &owns);
    ent_bayesian_free(model);
    return st;
}
