/* All coalitions of one public-good game: sizes are sorted and the problems that no coalition
 * changes are solved once; a coalition costs its own punishment curves, a few Newton steps and one
 * on-path problem. */
#include "relational/public_good.h"

#include "base/ctx.h"

#include <math.h>

typedef struct scan {
    const ent_i_good *good;
    ent_i_odds odds;
    ent_coal coalition;
    double weight[ENT_PLAYERS_MAX];
    double reply[ENT_PLAYERS_MAX]; /* min uhat at the span, for outsiders */
    ent_i_curve punishment[ENT_PLAYERS_MAX];
    ent_i_curve on_path;
} scan;

static void build(scan *s, const double *rest)
{
    double slope[ENT_PLAYERS_MAX];
    for (int i = 0; i < s->good->n; i++) {
        if (!ent_coal_has(s->coalition, i)) continue;
        ent_i_slopes_punishment(s->good, rest, i, s->weight[i], slope);
        ent_i_curve_build(s->good, s->weight[i], slope, &s->punishment[i]);
    }
}

/* E = max U - sum over outsiders of min uhat, as joint + sum over insiders of base + sum over
 * outsiders of P(quiet). */
static double extortion(scan *s, double budget)
{
    double value = ent_i_curve_at(&s->good->joint, budget).value;
    for (int i = 0; i < s->good->n; i++) {
        if (ent_coal_has(s->coalition, i)) {
            value += s->good->base[i];
            continue;
        }
        const double quiet = ent_i_curve_at(&s->good->quiet[i], budget).value;
        s->reply[i] = s->good->base[i] - quiet;
        value += quiet;
    }
    return value;
}

static void solve(scan *s, ent_union *line, double *payoff)
{
    const ent_i_good *good = s->good;
    const double later = s->odds.delta * s->odds.silent;
    double rest[ENT_PLAYERS_MAX], effort[ENT_PLAYERS_MAX];
    ent_i_map map;
    ent_i_rest(good, s->coalition, rest);
    build(s, rest);
    ent_i_map_contract(good, s->coalition, &s->odds, s->punishment, &map);
    const double span = ent_i_map_span(&map), budget = map.kappa * span;
    ent_i_curve_build(good, 1.0, rest, &s->on_path);
    const ent_i_point point = ent_i_curve_at(&s->on_path, budget);
    ent_i_efforts(good, rest, point.s, effort);
    double level = point.value;
    for (int i = 0; i < good->n; i++)
        if (ent_coal_has(s->coalition, i)) level += good->base[i];
    if (s->odds.silent > 0.0) level = (1.0 - later) * level + later * extortion(s, budget);
    *line =
        (ent_union){.coalition = s->coalition, .outcome = ENT_SOLVED, .span = span, .level = level};
    for (int i = 0; i < good->n; i++) {
        payoff[i] = (double)NAN;
        if (ent_coal_has(s->coalition, i)) continue;
        const double reply = ent_i_good_reply(good, effort, i);
        payoff[i] = s->odds.silent > 0.0 ? reply - later * (reply - s->reply[i]) : reply;
    }
}

enum { COALITIONS_A_REPORT = 1024 };

ent_status ent_i_good_coalitions(ent_ctx *ctx, const ent_stage *stage, ent_weight_fn *weight,
                                 void *user, double discount, double renegotiation,
                                 const ent_contract_settings *settings, ent_union *table,
                                 double *payoff)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = stage->n, room = n + 1;
    ent_i_piece *piece = NULL;
    scan *s = NULL;
    (void)settings;
    ENT_SCRATCH(ctx, piece, room * room);
    ENT_SCRATCH(ctx, s, 1);
    s->good = ent_i_good_of(stage);
    s->odds = ent_i_odds_of(discount, renegotiation);
    for (int i = 0; i < n; i++) s->punishment[i].piece = piece + (size_t)i * (size_t)room;
    s->on_path.piece = piece + (size_t)n * (size_t)room;
    for (ent_coal coalition = 1; coalition <= ent_coal_all(n); coalition++) {
        const ent_terms terms = {coalition, s->weight, discount, renegotiation};
        s->coalition = coalition;
        weight(user, coalition, s->weight);
        ENT_TRY(ent_i_normalise_weights(ctx, n, &terms, s->weight));
        solve(s, &table[coalition], payoff + coalition * (size_t)n);
        if (coalition % COALITIONS_A_REPORT) continue;
        ENT_CHECK_CANCEL(ctx);
        ent_i_progress(ctx, "coalitions", (int64_t)coalition, (int64_t)ent_coal_all(n));
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
