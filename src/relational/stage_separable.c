#include "relational/separable.h"

#include "relational/source_contract.h"
#include "relational/stage.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Ties on the path are visited one by one up to so many; of more, only what they mean for outsiders
 * is found. */
enum { TIES_VISITED = 100000 };

static const ent_i_separable *separable(const ent_i_source *source)
{
    return (const ent_i_separable *)(const void *)source;
}

static void evaluate(const ent_i_source *source, const int *play, double *payoff, double *reply)
{
    const ent_i_separable *game = separable(source);
    const int n = game->n;
    for (int i = 0; i < n; i++) {
        double others = 0.0;
        for (int j = 0; j < n; j++)
            if (j != i) others += game->part[i * n + j][play[j]];
        payoff[i] = others + game->part[i * n + i][play[i]];
        reply[i] = others + game->best[i];
    }
}

static void no_numbers(const ent_i_source *source, int64_t number, int *play)
{
    for (int i = 0; i < source->n; i++) play[i] = (int)number;
}

/* Everybody's first best reply: own payoffs do not interact with the others' actions, so that G = 0
 * there. */
static void first_equilibrium(const ent_i_separable *game, int *play)
{
    for (int i = 0; i < game->n; i++) {
        const double *own = game->part[i * game->n + i];
        play[i] = 0;
        while (own[play[i]] < game->best[i]) play[i]++;
    }
}

static ent_status scan(ent_ctx *ctx, const ent_i_source *source, int threads, ent_i_found *out)
{
    ent_status st = ENT_OK;
    const ent_i_separable *game = separable(source);
    ent_i_tower *tower = NULL;
    const ent_mark mark = ent_scratch_mark(ctx);
    (void)threads;
    first_equilibrium(game, out->start_play);
    out->least = 0.0;
    ENT_SCRATCH(ctx, tower, 1);
    for (int q = 0; q < out->aims->count; q++) {
        ENT_TRY(ent_i_tower_new(ctx, game, out->aims, q, tower));
        double sum = 0.0;
        for (int j = game->n - 1; j >= 0; j--) sum = tower->value[j][out->start_play[j]] + sum;
        out->start[q] = sum;
        ent_i_staircase_release(&out->staircase[q]);
        out->staircase[q] = tower->level[0];
        ent_i_staircase_init(&tower->level[0]);
        ent_i_tower_release(tower);
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static bool take_first(void *user, const int *play)
{
    int **first = user;
    memcpy(first[0], play, sizeof(int) * (size_t)*first[1]);
    *first[1] = 0;
    return false;
}

static ent_status best(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found, int aim,
                       const ent_i_edge *edge, int *play)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_i_stair *stair =
        ent_i_staircase_at(&found->staircase[aim], edge->factor, edge->bound);
    ent_i_tower *tower = NULL;
    int wanted = source->n;
    int *first[2] = {play, &wanted};
    if (!stair) ENT_BUG(ctx, "no play is enforceable");
    ENT_SCRATCH(ctx, tower, 1);
    ENT_TRY(ent_i_tower_new(ctx, separable(source), found->aims, aim, tower));
    ent_i_tower_walk(tower, edge, stair->value, take_first, first);
    ent_i_tower_release(tower);
    if (wanted) ENT_BUG(ctx, "the play of a stair was not found");
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

typedef struct gathering {
    const ent_i_separable *game;
    const ent_i_aims *aims;
    ent_i_detail *out;
} gathering;

static bool take_tie(void *user, const int *play)
{
    const gathering *g = user;
    ent_i_detail *out = g->out;
    const int n = g->game->n;
    double payoff[ENT_PLAYERS_MAX], reply[ENT_PLAYERS_MAX], total = 0.0;
    if (out->ties < out->ties_listed)
        memcpy(out->tie + out->ties * n, play, sizeof(int) * (size_t)n);
    out->ties++;
    evaluate(&g->game->source, play, payoff, reply);
    for (int i = 0; i < n; i++) {
        out->reply_least[i] = fmin(out->reply_least[i], reply[i]);
        out->reply_most[i] = fmax(out->reply_most[i], reply[i]);
        if (!ent_coal_has(g->aims->coalition, i)) total += reply[i];
    }
    out->reply_total = fmax(out->reply_total, total);
    return out->ties < TIES_VISITED;
}

static ent_status detail(ent_ctx *ctx, const ent_i_source *source, int threads,
                         const ent_i_found *found, const ent_i_edge *edge, ent_i_detail *out)
{
    ent_status st = ENT_OK;
    const ent_i_separable *game = separable(source);
    const int n = game->n;
    ent_mark mark = ent_scratch_mark(ctx);
    (void)threads;
    ENT_SCRATCH(ctx, out->tie,
                (out->ties_listed < TIES_VISITED ? out->ties_listed : TIES_VISITED) * n);
    ENT_SCRATCH(ctx, out->reply_least, n);
    ENT_SCRATCH(ctx, out->reply_most, n);
    mark = ent_scratch_mark(ctx); /* the answers stay */
    for (int i = 0; i < n; i++) {
        out->reply_least[i] = HUGE_VAL;
        out->reply_most[i] = -HUGE_VAL;
    }
    out->reply_total = -HUGE_VAL;
    out->ties = 0;
    ENT_TRY(ent_i_separable_near(ctx, game, edge, &out->below, &out->above));
    if (found->aims->value >= 0) {
        ent_i_tower *tower = NULL;
        gathering g = {.game = game, .aims = found->aims, .out = out};
        ENT_SCRATCH(ctx, tower, 1);
        ENT_TRY(ent_i_tower_new(ctx, game, found->aims, found->aims->value, tower));
        ent_i_tower_walk(tower, edge, out->least_value, take_tie, &g);
        if (out->ties >= TIES_VISITED)
            st = ent_i_separable_range(ctx, tower, edge, out->least_value, found->aims->coalition,
                                       out->reply_least, out->reply_most, &out->reply_total);
        ent_i_tower_release(tower);
        if (st != ENT_OK) goto done;
        if (out->ties == 0) ENT_BUG(ctx, "the play of the level was not found");
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status contenders(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found,
                             double slack, int64_t *count, int64_t **play)
{
    (void)source, (void)found, (void)slack, (void)count, (void)play;
    return ent_i_fail(ctx, ENT_E_ARG,
                      "literal ties need payoffs profile by profile, not a separable game");
}

static bool all_finite(const double *x, int count)
{
    for (int k = 0; k < count; k++)
        if (!isfinite(x[k])) return false;
    return true;
}

static ent_status check_parts(ent_ctx *ctx, int n, const int *actions, const double *const *part)
{
    ent_status st = ENT_OK;
    ENT_REQUIRE(ctx, n >= 1 && n <= ENT_PLAYERS_MAX && actions && part);
    for (int j = 0; j < n; j++)
        if (actions[j] < 1)
            ENT_FAIL(ctx, ENT_E_ARG, "player %d: needs at least one action, got %d", j, actions[j]);
    for (int k = 0; k < n * n; k++) {
        ENT_REQUIRE(ctx, part[k]);
        if (!all_finite(part[k], actions[k % n]))
            ENT_FAIL(ctx, ENT_E_ARG, "player %d: payoffs must be finite numbers", k / n);
    }
done:
    return st;
}

ent_status ent_i_separable_new(ent_ctx *ctx, int n, const int *actions, const double *const *part,
                               bool whole, ent_i_separable **out)
{
    ent_status st = ENT_OK;
    ent_i_separable *game = NULL;
    double scale = 0.0;
    ENT_TRY(check_parts(ctx, n, actions, part));
    ENT_ALLOC(ctx, game, 1);
    game->n = n;
    game->source = (ent_i_source){.n = n,
                                  .scan = scan,
                                  .best = best,
                                  .detail = detail,
                                  .contenders = contenders,
                                  .evaluate = evaluate,
                                  .unpack = no_numbers};
    for (int i = 0; i < n; i++) {
        double sum = 0.0;
        game->actions[i] = actions[i];
        game->best[i] = -HUGE_VAL;
        for (int a = 0; a < actions[i]; a++)
            game->best[i] = fmax(game->best[i], part[i * n + i][a]);
        for (int j = 0; j < n; j++) {
            double most = 0.0;
            game->part[i * n + j] = part[i * n + j];
            for (int a = 0; a < actions[j]; a++) most = fmax(most, fabs(part[i * n + j][a]));
            sum += most;
        }
        scale = fmax(scale, sum);
    }
    game->source.scale = scale;
    game->slop = whole ? 0.0 : 4.0 * n * DBL_EPSILON * scale;
    *out = game;
    game = NULL;
done:
    ent_free(game);
    return st;
}

static ent_status contract(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                           const double *weight, const ent_contract_settings *settings,
                           ent_contract *out)
{
    const ent_i_separable *game = stage->data;
    return ent_i_source_contract(ctx, &game->source, INT64_MAX, terms, weight, settings, out);
}

static ent_status benchmark(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                            const ent_contract_settings *settings, ent_benchmark *out)
{
    const ent_i_separable *game = stage->data;
    return ent_i_source_benchmark(ctx, &game->source, INT64_MAX, terms, settings, out);
}

ent_status ent_stage_separable(ent_ctx *ctx, int n, const int *actions, const double *const *part,
                               ent_stage **stage)
{
    ent_status st = ENT_OK;
    ent_i_separable *game = NULL;
    ent_stage *made = NULL;
    ENT_REQUIRE(ctx, stage);
    ENT_TRY(ent_i_separable_new(ctx, n, actions, part, false, &game));
    ENT_TRY(ent_i_stage_new(ctx, ENT_I_SEPARABLE, n, &made));
    made->data = game;
    game = NULL;
    made->free_data = ent_free;
    made->contractual = contract;
    made->benchmark = benchmark;
    *stage = made;
done:
    ent_free(game);
    return st;
}
