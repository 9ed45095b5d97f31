/** big_game.h - a small stage game in rationals of any length, play by play and in the order of
 * gains. */
#ifndef ENT_BIG_GAME_H
#define ENT_BIG_GAME_H

#include "model/relational_model.h"
#include "relational/aims.h"

typedef struct ent_i_big_game {
    int n;
    int actions[ENT_PLAYERS_MAX];
    int64_t stride[ENT_PLAYERS_MAX];
    int64_t profiles;
    ent_rat unit;            /* payoffs are counted in it */
    ent_rat *payoff, *reply; /* [n][profiles] */
    ent_rat *gains, *value;  /* [profiles] G, and K once a coalition is known */
    int64_t *order;          /* [profiles] by rising gains, ties by number */
} ent_i_big_game;

/** ent_i_big_game_open - of a finite or separable model, from {0}; release whatever happens. */
ent_status ent_i_big_game_open(ent_ctx *ctx, const ent_relational *model, ent_i_big_game *out);
void ent_i_big_game_release(ent_i_big_game *game);

/** ent_i_big_game_value - K for these insiders. */
void ent_i_big_game_value(const ent_i_big_game *game, ent_coal coalition);

/** ent_i_big_game_aim - an aim at a play, with weights that sum to 1. */
void ent_i_big_game_aim(const ent_i_big_game *game, const ent_i_aim *aim, const ent_rat *weight,
                        int64_t p, ent_rat *r);

static inline ent_rat *ent_i_big_payoff(const ent_i_big_game *game, int i, int64_t p)
{
    return &game->payoff[(int64_t)i * game->profiles + p];
}

static inline ent_rat *ent_i_big_reply(const ent_i_big_game *game, int i, int64_t p)
{
    return &game->reply[(int64_t)i * game->profiles + p];
}

static inline int ent_i_big_action(const ent_i_big_game *game, int i, int64_t p)
{
    return (int)(p / game->stride[i] % game->actions[i]);
}

#endif
