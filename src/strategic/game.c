#include "entente/strategic.h"

#include "base/parallel.h"
#include "concept/lattice.h"
#include "strategic/coco.h"

#include <math.h>

struct ent_game {
    ent_grand *grand;
};

ent_status ent_game_new(ent_ctx *ctx, int n, const int *actions, const double *payoff,
                        ent_game **game)
{
    ent_status st = ENT_OK;
    ent_game *g = NULL;
    int64_t profiles = 1;
    ENT_REQUIRE(ctx, n >= 1 && actions && payoff && game);
    for (int i = 0; i < n; i++) {
        ENT_REQUIRE(ctx, actions[i] >= 1);
        profiles *= actions[i];
        if (profiles > INT32_MAX)
            ENT_FAIL(ctx, ENT_E_LIMIT, "the game has more than %d profiles", INT32_MAX);
    }
    for (int64_t k = 0; k < n * profiles; k++)
        if (!isfinite(payoff[k]))
            ENT_FAIL(ctx, ENT_E_ARG, "player %d, profile %lld: the payoff is not finite",
                     (int)(k / profiles), (long long)(k % profiles));
    ENT_ALLOC(ctx, g, 1);
    ENT_TRY(ent_i_grand_new(ctx, n, actions, payoff, &g->grand));
    *game = g;
    g = NULL;
done:
    ent_game_free(g);
    return st;
}

void ent_game_free(ent_game *game)
{
    if (!game) return;
    ent_i_grand_free(game->grand);
    ent_free(game);
}

/* Threats in the units of the model: payoffs were brought to [0, 1], and every a_i least_i counts
 * for i's side. */
ent_status ent_game_threats(ent_ctx *ctx, ent_game *game, const double *price, double *value,
                            double *psi)
{
    ent_status st = ENT_OK;
    double scaled[ENT_COCO_PLAYERS];
    ENT_REQUIRE(ctx, game && price && value);
    const ent_grand *g = game->grand;
    const ent_coal all = ent_coal_all(g->n);
    for (int i = 0; i < g->n; i++) {
        ENT_REQUIRE(ctx, price[i] >= 0.0 && isfinite(price[i]));
        scaled[i] = price[i] * g->range[i];
    }
    ent_threats_at(g->t, scaled);
    value[0] = 0.0;
    value[all] = g->t->joint;
    for (int c = 0; c < g->t->conflicts; c++) {
        const ent_conflict *k = &g->t->conflict[c];
        double v = k->value;
        for (int i = 0; i < g->n; i++)
            v += ent_coal_has(k->s, i) ? price[i] * g->least[i] : -price[i] * g->least[i];
        value[k->s] = v;
        value[all & ~k->s] = -v;
    }
    for (int i = 0; i < g->n; i++) {
        value[all] += price[i] * g->least[i];
        if (psi) psi[i] = g->t->psi[i] + price[i] * g->least[i];
    }
done:
    return st;
}

ent_status ent_game_tu_value(ent_ctx *ctx, ent_game *game, double *utility)
{
    ent_status st = ENT_OK;
    double scaled[ENT_COCO_PLAYERS];
    ENT_REQUIRE(ctx, game && utility);
    const ent_grand *g = game->grand;
    for (int i = 0; i < g->n; i++) scaled[i] = g->range[i];
    ent_threats_at(g->t, scaled);
    for (int i = 0; i < g->n; i++) utility[i] = g->t->psi[i] + g->least[i];
done:
    return st;
}

ent_coco_settings ent_coco_settings_default(void)
{
    return (ent_coco_settings){.start = 0, .seed = 1, .tolerance = 1e-12, .least_price = 1e-6};
}

ent_status ent_game_coco(ent_ctx *ctx, ent_game *game, const ent_coco_settings *settings,
                         double *price, double *utility, double *residual, ent_outcome *outcome)
{
    ent_status st = ENT_OK;
    ent_point p;
    ENT_REQUIRE(ctx, game && price && utility && outcome);
    const ent_coco_settings s = settings ? *settings : ent_coco_settings_default();
    ENT_REQUIRE(ctx, s.start >= 0 && s.tolerance > 0.0 && s.least_price >= 0.0);
    *outcome = ENT_BOUNDARY;
    if (!ent_i_coco_solve(game->grand, s.seed, s.start, s.tolerance, s.least_price, &p)) goto done;
    if (residual) *residual = p.residual;
    ent_i_coco_unscale(game->grand, &p);
    for (int i = 0; i < game->grand->n; i++) price[i] = p.price[i], utility[i] = p.utility[i];
    *outcome = ENT_SOLVED;
done:
    return st;
}

ent_status ent_worth_shapley(ent_ctx *ctx, int n, const double *v, int threads, double *phi)
{
    return ent_shapley(ctx, n, v, ent_i_threads(threads), phi);
}

ent_status ent_worth_banzhaf(ent_ctx *ctx, int n, const double *v, int threads, double *beta)
{
    return ent_banzhaf(ctx, n, v, ent_i_threads(threads), beta);
}

ent_status ent_worth_dividends(ent_ctx *ctx, int n, double *v, int threads)
{
    return ent_dividends(ctx, n, v, ent_i_threads(threads));
}
