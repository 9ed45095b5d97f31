/* The enclosures of all coalitions, once the game is solved: they do not depend on each other. */
#include "bayesian/merge_types.h"
#include "bayesian/neutral.h"

#include "base/parallel.h"

typedef struct enclosing {
    ent_bayes_game *game;
    const ent_bayesian_settings *settings;
} enclosing;

static ent_status enclose_one(ent_ctx *ctx, void *user, int64_t task)
{
    ent_status st = ENT_OK;
    const enclosing *x = user;
    const ent_coal s = x->game->coalition[task];
    const ent_bayes_coal *coal = x->game->model->coalition[s];
    ent_bayes_threats threats = {0};
    ent_merged merged = {0};
    ENT_TRY(ent_i_threats_of(ctx, coal, x->game->answer, &threats));
    ENT_TRY(ent_i_merge_types(ctx, coal, threats.value, threats.exact, &merged));
    ENT_TRY(ent_i_value_enclosure(ctx, coal, threats.exact, &x->game->answer[s], merged.any,
                                  x->settings, &x->game->enclosure[s]));
done:
    ent_i_merged_free(&merged);
    ent_i_threats_free(coal, &threats);
    return st;
}

ent_status ent_i_enclose_game(ent_ctx *ctx, const ent_bayesian_settings *settings,
                              ent_bayes_game *game)
{
    enclosing x = {.game = game, .settings = settings};
    if (settings->enclosure_boxes == 0) return ENT_OK;
    return ent_i_parallel(ctx, ent_i_threads(settings->threads), game->n, enclose_one, &x,
                          "enclosures");
}
