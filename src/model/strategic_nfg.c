#include "model/strategic_nfg.h"

#include <string.h>

static ent_status copy(ent_ctx *ctx, const char *text, char **out)
{
    ent_status st = ENT_OK;
    *out = ent_i_strdup(ctx, text, strlen(text), &st);
    return st;
}

ent_status ent_strategic_nfg(ent_ctx *ctx, const ent_strategic *model, ent_nfg **out)
{
    ent_status st = ENT_OK;
    ent_nfg *game = NULL;
    const int n = model->n;
    if (model->kind != ENT_STRATEGIC_GAME)
        ENT_FAIL(ctx, ENT_E_ARG,
                 "wanted a game with actions and payoffs, found a worth function or a voting game");
    ENT_TRY(ent_nfg_new(ctx, n, model->actions, &game));
    ENT_TRY(copy(ctx, model->title, &game->title));
    ENT_TRY(copy(ctx, "", &game->comment));
    for (int i = 0; i < n; i++) {
        ENT_TRY(copy(ctx, model->player[i], &game->player[i]));
        for (int k = 0; k < model->actions[i]; k++)
            ENT_TRY(copy(ctx, model->action[i][k], &game->action[i][k]));
        for (int64_t p = 0; p < model->profiles; p++)
            ent_rat_set(&game->payoff[p * n + i], &model->payoff.exact[i * model->profiles + p]);
    }
    *out = game;
    game = NULL;
done:
    ent_nfg_free(game);
    return st;
}
