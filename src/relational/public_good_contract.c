/* The contract of a public-good game: the span from the map, then every number and play at the
 * span. Propositions A, B and C of docs/relational.md; [MW25] Thm 5 is renegotiation = 1. */
#include "relational/public_good.h"

#include "relational/contract.h"

#include <math.h>

typedef struct filling {
    const ent_i_good *good;
    ent_coal coalition;
    const ent_i_odds *odds;
    const double *weight;
    const ent_i_curve *punishment; /* [n] */
    ent_i_curve work;              /* memory for one more curve */
    ent_contract *c;
    double budget;                /* kappa times the span */
    double rest[ENT_PLAYERS_MAX]; /* ent_i_rest of the coalition */
    double on_path, joint;        /* P of these problems */
} filling;

static bool member(const filling *f, int i) { return ent_coal_has(f->coalition, i); }

/* P(h, w, budget) for a problem that has no curve yet. */
static double solve_once(filling *f, double weight, const double *slope, double *effort,
                         double *multiplier)
{
    ent_i_curve_build(f->good, weight, slope, &f->work);
    const ent_i_point point = ent_i_curve_at(&f->work, f->budget);
    if (effort) ent_i_efforts(f->good, slope, point.s, effort);
    if (multiplier) *multiplier = point.multiplier;
    return point.value;
}

/* [MW25] eq. (17) to (21): M = K(ahat) + P, and the multiplier mu. */
static void fill_on_path(filling *f)
{
    ent_contract *c = f->c;
    f->on_path = solve_once(f, 1.0, f->rest, c->effort, &c->multiplier[c->n]);
    c->on_path_value = f->on_path;
    for (int i = 0; i < c->n; i++)
        if (member(f, i)) c->on_path_value += f->good->base[i];
}

/* Everybody's best total, and the least that each can be held to: periods without a negotiation,
 * and extortion. */
static void fill_quiet(filling *f)
{
    double slope[ENT_PLAYERS_MAX];
    ent_contract *c = f->c;
    const int n = c->n;
    const ent_i_point joint = ent_i_curve_at(&f->good->joint, f->budget);
    ent_i_rest(f->good, ent_coal_all(n), slope);
    ent_i_efforts(f->good, slope, joint.s, c->extortion_effort);
    f->joint = joint.value;
    c->extortion_level = joint.value;
    for (int i = 0; i < n; i++) {
        double *row = c->quiet_punishment_effort + (size_t)i * (size_t)n;
        const ent_i_point quiet = ent_i_curve_at(&f->good->quiet[i], f->budget);
        ent_i_slopes_quiet(f->good, i, slope);
        ent_i_efforts(f->good, slope, quiet.s, row);
        c->extortion_payoff[i] = ent_i_good_reply(f->good, row, i);
        c->extortion_level += member(f, i) ? f->good->base[i] : quiet.value;
    }
}

/* rho U(a*) + (1 - rho) max U */
static double joint_value(const filling *f)
{
    double most = f->joint, here = 0.0;
    for (int i = 0; i < f->c->n; i++) {
        const double move = f->c->effort[i] - f->good->size[i] / (2.0 * f->good->cost[i]);
        most += f->good->base[i];
        here += ent_i_good_reply(f->good, f->c->effort, i) -
                f->good->cost[i] * f->good->size[i] * move * move;
    }
    return f->odds->rho * here + f->odds->silent * most;
}

/* [MW25] eq. (13), (14), (16) and (35): an outsider gets its best-reply payoff, by being paid what
 * its play costs it.
 */
static void fill_outsider(const filling *f, int i)
{
    ent_contract *c = f->c;
    const double reply = ent_i_good_reply(f->good, c->effort, i);
    const double move = c->effort[i] - f->good->size[i] / (2.0 * f->good->cost[i]);
    /* rho reply + (1 - rho) min, and (1 - delta) reply + delta lowest: both are the reply when rho
     * = 1. */
    const double loss = f->odds->silent * (reply - c->extortion_payoff[i]);
    c->lowest[i] = reply - loss;
    c->payoff[i] = reply - f->odds->delta * loss;
    c->highest[i] = c->payoff_least[i] = c->payoff_most[i] = c->payoff[i];
    /* [MW25] eq. (16) */
    c->payment[i] = f->good->cost[i] * f->good->size[i] * move * move;
}

/* docs/relational.md section 5, the insiders' highest values: the best disagreement play for i, and
 * the best quiet one.
 */
static double highest(filling *f, int i, double *slope)
{
    const int n = f->c->n;
    const ent_i_odds *odds = f->odds;
    const double pi = f->weight[i];
    double value = 0.0;
    if (odds->rho > 0.0) {
        for (int j = 0; j < n; j++) slope[j] = -slope[j];
        value += odds->rho *
                 (pi * f->on_path + f->good->base[i] + solve_once(f, 1.0 - pi, slope, NULL, NULL));
    }
    if (odds->silent > 0.0) {
        for (int j = 0; j < n; j++) slope[j] = j == i ? 0.0 : f->good->size[i];
        value += odds->silent * (f->good->base[i] + solve_once(f, 1.0, slope, NULL, NULL));
    }
    return odds->delta * (f->c->lowest[i] + f->c->span) + odds->now * value;
}

/* [MW25] eq. (22) to (28): gamma_i, its play and multiplier lambda_i; then the bounds of i's
 * values. */
static void fill_insider(filling *f, int i)
{
    double slope[ENT_PLAYERS_MAX];
    ent_contract *c = f->c;
    const double rho = f->odds->rho, silent = f->odds->silent, pi = f->weight[i],
                 base = f->good->base[i];
    const ent_i_point point = ent_i_curve_at(&f->punishment[i], f->budget);
    ent_i_slopes_punishment(f->good, f->rest, i, pi, slope);
    ent_i_efforts(f->good, slope, point.s, c->punishment_effort + (size_t)i * (size_t)c->n);
    c->multiplier[i] = point.multiplier;
    c->gamma[i] = pi * (c->on_path_value - f->on_path) - base + point.value;
    c->lowest[i] = rho * (pi * f->on_path + base - point.value) + silent * c->extortion_payoff[i];
    if (ent_coal_size(f->coalition) == 1)
        c->lowest[i] = rho * c->on_path_value + silent * c->extortion_level - c->span;
    c->highest[i] = highest(f, i, slope);
}

static void fill(filling *f)
{
    ent_contract *c = f->c;
    const double later = f->odds->delta * f->odds->silent;
    fill_on_path(f);
    fill_quiet(f);
    c->joint = joint_value(f);
    c->level = (1.0 - later) * c->on_path_value + later * c->extortion_level;
    for (int i = 0; i < c->n; i++) {
        c->multiplier[i] = member(f, i) ? c->multiplier[i] : 0.0;
        if (member(f, i)) fill_insider(f, i);
        else fill_outsider(f, i);
    }
}

/* Zero where a number is not defined, so that reused memory never shows through. */
static void clear(ent_contract *c)
{
    for (int i = 0; i < c->n * c->n; i++) c->punishment_effort[i] = 0.0;
    c->outcome = ENT_SOLVED;
    c->margin = INFINITY;
}

ent_status ent_i_good_contract(ent_ctx *ctx, const ent_i_good *good, const ent_i_deal *deal,
                               ent_contract *out)
{
    ent_status st = ENT_OK;
    const ent_coal coalition = deal->coalition;
    const double *weight = deal->weight;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = good->n, room = n + 1;
    ent_i_piece *piece = NULL;
    ent_i_curve punishment[ENT_PLAYERS_MAX];
    double slope[ENT_PLAYERS_MAX];
    ent_i_map map;
    ENT_SCRATCH(ctx, piece, room * room);
    filling f = {.good = good,
                 .coalition = coalition,
                 .odds = deal->odds,
                 .weight = weight,
                 .punishment = punishment,
                 .c = out};
    ent_i_rest(good, coalition, f.rest);
    for (int i = 0; i < n; i++) {
        if (!member(&f, i)) continue;
        punishment[i].piece = piece + (size_t)i * (size_t)room;
        ent_i_slopes_punishment(good, f.rest, i, weight[i], slope);
        ent_i_curve_build(good, weight[i], slope, &punishment[i]);
    }
    f.work.piece = piece + (size_t)n * (size_t)room;
    ent_i_map_contract(good, coalition, deal->odds, punishment, &map);
    ENT_TRY(ent_i_contract_prepare(ctx, n, true, out));
    out->span = deal->span ? *deal->span : ent_i_map_span(&map);
    f.budget = map.kappa * out->span;
    clear(out);
    fill(&f);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_good_contractual(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                                  const double *weight, const ent_contract_settings *settings,
                                  ent_contract *out)
{
    const ent_i_odds odds = ent_i_odds_of(terms->discount, terms->renegotiation);
    const ent_i_deal deal = {.coalition = terms->coalition, .weight = weight, .odds = &odds};
    (void)settings;
    return ent_i_good_contract(ctx, ent_i_good_of(stage), &deal, out);
}
