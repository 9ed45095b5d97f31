/* The method `simulate`: the equilibrium played many times, the partner deciding anew by comparing
 * payoffs, and one-shot deviations tried in random states. */
#include "outside/outside_draw.h"
#include "outside/outside_methods.h"
#include "outside/outside_panels.h"

#include "base/ctx.h"
#include "base/parallel.h"
#include "num/gauss.h"

#include <math.h>
#include <stdlib.h>

enum { BATCH = 10000, MEANS = 7 };
enum {
    AT_PROPOSER,
    AT_PARTNER,
    AT_ALLY,
    AT_SECOND,
    AT_ALLY_CONTRIBUTION,
    AT_NEW_CONTRIBUTION,
    AT_DURATION
};

typedef struct replay {
    const ent_outside *m;
    const ent_outside_settings *set;
    const ent_outside_solution *s;
    double r_star, k;
    double *sum, *square; /* [batches][MEANS] */
    int batches;
    ent_gauss gauss;
    double **cell; /* [periods][cells + 1] */
    int *cells;    /* [periods] */
} replay;

static double value(const replay *r, int period, int f, double y)
{
    const ent_outside_values *v = r->s->values;
    /* matched; the panels end before an offer of 1 */
    if (y >= r->r_star && period <= r->m->periods) {
        const ent_panel match = {.kind = ENT_PANEL_SETTLE,
                                 .lo = y,
                                 .hi = y,
                                 .offer = (double)NAN,
                                 .cutoff = (double)NAN};
        return ent_panel_value(&v->cheb, &match, f, r->k, y);
    }
    return ent_panel_value(&v->cheb, ent_panel_find(v->panels[period - 1], v->panel[period - 1], y),
                           f, r->k, y);
}

/* By how much going on after a search that left y in hand beats taking y. In this form its sign
 * survives where next to nothing is at stake. */
static double gap(const replay *r, int period, double y)
{
    if (period == r->m->periods) return r->k - y;
    return r->m->discount * value(r, period + 1, ENT_VALUE_RISE, y) -
           (1.0 - r->m->discount) * (y - r->k);
}

/* What going on is worth, plus k. */
static double going_on(const replay *r, int period, double y) { return y + gap(r, period, y); }

/* The rules are sorted by period and state, and every period has one for its lowest state. */
static const ent_rule *rule_at(const ent_outside_solution *s, int period, double x)
{
    int found = 0;
    while (found + 1 < s->rules && s->rule[found].period < period) found++;
    while (found + 1 < s->rules && s->rule[found + 1].period == period &&
           s->rule[found + 1].from <= x)
        found++;
    return &s->rule[found];
}

/* The offer of a rule in state x. */
static double offer_of(const replay *r, const ent_rule *rule, double x)
{
    switch (rule->kind) {
    case ENT_RULE_MATCH: return x;
    case ENT_RULE_FLOOR: return fmax(x, r->k);
    case ENT_RULE_FOLLOW: return fmax(x, going_on(r, rule->period, x));
    case ENT_RULE_DETER:
    case ENT_RULE_HOLD: break;
    }
    return rule->offer;
}

/* Who provides at the end of a period in state x: her when her offer is as good as anything, else
 * the outsider unless going on is better. */
typedef enum provider { NOBODY_YET, THE_ALLY, AN_OUTSIDER } provider;

static provider provider_of(const replay *r, int t, double offer, double x)
{
    /* offers this close to what she must offer are meant to be it; no gain in going on */
    const double even = 1e-14, rounding = 2.3e-16;
    const double more = gap(r, t, x);
    const bool matched_later = t < r->m->periods && r->m->discount == 1.0 && x >= r->r_star;
    if (offer >= x + fmax(more, 0.0) - even) return THE_ALLY;
    if (matched_later) return r->set->tie_take ? AN_OUTSIDER : NOBODY_YET;
    return more > rounding ? NOBODY_YET : AN_OUTSIDER;
}

/* One play; the discounted payoffs and what happened. */
static void play_once(const replay *r, ent_rng *rng, double out[MEANS])
{
    double x = 0.0, factor = 1.0, costs = 0.0;
    for (int j = 0; j < MEANS; j++) out[j] = 0.0;
    for (int t = 1; t <= r->m->periods; t++, factor *= r->m->discount) {
        const ent_rule *rule = rule_at(r->s, t, x);
        const double offer = offer_of(r, rule, x);
        const bool search = rule->kind == ENT_RULE_HOLD || rule->kind == ENT_RULE_FOLLOW;
        out[AT_DURATION] = t;
        if (t == 2) out[AT_SECOND] = 1.0;
        if (search)
            costs += factor * r->m->search_cost, x = fmax(x, ent_offers_draw(&r->m->offers, rng));
        const provider who = search ? provider_of(r, t, offer, x) : THE_ALLY;
        if (who == NOBODY_YET) continue;
        const double given = who == THE_ALLY ? offer : x;
        out[AT_ALLY] = who == THE_ALLY;
        out[AT_PROPOSER] = who == THE_ALLY ? factor * (1.0 - offer) : 0.0;
        out[AT_PARTNER] = factor * (given - r->k) - costs;
        out[who == THE_ALLY ? AT_ALLY_CONTRIBUTION : AT_NEW_CONTRIBUTION] = given;
        return;
    }
    out[AT_PARTNER] = -costs;
}

static ent_status batch(ent_ctx *ctx, void *user, int64_t task)
{
    (void)ctx;
    const replay *r = user;
    ent_rng rng = ent_rng_stream((uint64_t)r->set->seed, (uint64_t)task, 1);
    double *sum = r->sum + task * MEANS, *square = r->square + task * MEANS, one[MEANS];
    const int64_t first = task * BATCH,
                  last = first + BATCH < r->set->plays ? first + BATCH : r->set->plays;
    for (int j = 0; j < MEANS; j++) sum[j] = square[j] = 0.0;
    for (int64_t k = first; k < last; k++) {
        play_once(r, &rng, one);
        for (int j = 0; j < MEANS; j++) sum[j] += one[j], square[j] += one[j] * one[j];
    }
    return ENT_OK;
}

static void write_means(ent_writer *w, const replay *r)
{
    static const char *const names[MEANS] = {
        "proposer",         "partner",         "ally", "second_period", "ally_contribution",
        "new_contribution", "duration_periods"};
    const ent_outside_play *p = &r->s->play;
    const double claim[MEANS] = {p->proposer,        p->partner,           p->ally,
                                 p->second_period,   p->ally_contribution, p->new_contribution,
                                 p->duration_periods};
    const double n = (double)r->set->plays;
    double largest = 0.0;
    ent_write_object(w, "means", false);
    for (int j = 0; j < MEANS; j++) {
        double sum = 0.0, square = 0.0;
        for (int b = 0; b < r->batches; b++)
            sum += r->sum[b * MEANS + j], square += r->square[b * MEANS + j];
        const double mean = sum / n, error = sqrt(fmax(0.0, square / n - mean * mean) / n);
        /* One play moves a mean by at most span / n: a smaller error only says that something rare
         * has not happened. */
        const double span = j == AT_DURATION ? r->m->periods : 1.0,
                     z = (mean - claim[j]) / fmax(error, span / n);
        largest = fmax(largest, fabs(z));
        ent_write_object(w, names[j], true);
        ent_write_real(w, "mean", mean);
        ent_write_real(w, "standard_error", error);
        ent_write_real(w, "claimed", claim[j]);
        ent_write_real(w, "z", z);
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_write_real(w, "largest_z", largest);
}

/* ---- deviations ---- */

/* What an offer leads to in state (t, x), by Gauss's rule over the draw. */
typedef struct response {
    double proposer, partner; /* partner: payoff */
} response;

/* The draw's contribution to searching: y in hand, an offer r. */
static void after_search(const replay *r, int t, double offer, double y, double mass, response *sum)
{
    const double on = going_on(r, t, y), best = fmax(y, on);
    const bool ally = offer >= best;
    sum->partner += mass * (ally ? offer : best);
    if (ally) sum->proposer += mass * (1.0 - offer);
    else if (on > y && t < r->m->periods)
        sum->proposer += mass * r->m->discount * value(r, t + 1, ENT_VALUE_PROPOSER, y);
}

/* Gauss's weights times the density, made to add up to the probability of (lo, hi): densities may
 * be infinite at the ends. */
static void masses(const replay *r, double lo, double hi, double weight[ENT_GAUSS])
{
    const ent_offers *o = &r->m->offers;
    const double all = ent_offers_cdf_smooth(o, hi) - ent_offers_cdf_smooth(o, lo),
                 half = 0.5 * (hi - lo);
    double sum = 0.0;
    for (int j = 0; j < ENT_GAUSS; j++) {
        weight[j] = r->gauss.weight[j] * ent_offers_density(o, lo + half * (1.0 + r->gauss.z[j]));
        sum += weight[j];
    }
    const bool dense = sum > 0.0 && isfinite(sum);
    for (int j = 0; j < ENT_GAUSS; j++)
        weight[j] = all * (dense ? weight[j] / sum : 0.5 * r->gauss.weight[j]);
}

/* The part of the integral over (lo, hi), on which nothing but acceptance of the offer changes,
 * once, at a rising threshold. */
static void over(const replay *r, int t, double offer, double lo, double hi, response *sum)
{
    double cut = hi, weight[ENT_GAUSS];
    if (offer < fmax(hi, going_on(r, t, hi)) && offer > fmax(lo, going_on(r, t, lo))) {
        double a = lo, b = hi;
        for (int k = 0; k < 60; k++) {
            const double mid = a + 0.5 * (b - a);
            if (fmax(mid, going_on(r, t, mid)) <= offer) a = mid;
            else b = mid;
        }
        cut = a;
    }
    for (int part = 0; part < 2; part++) {
        const double from = part ? cut : lo, to = part ? hi : cut, half = 0.5 * (to - from);
        if (to <= from) continue;
        masses(r, from, to, weight);
        for (int j = 0; j < ENT_GAUSS; j++)
            after_search(r, t, offer, from + half * (1.0 + r->gauss.z[j]), weight[j], sum);
    }
}

/* Searching in (t, x) against an offer. Edges: the panels of the next period, and where he begins
 * or ceases to go on. */
static response searching(const replay *r, int t, double x, double offer)
{
    const ent_offers *o = &r->m->offers;
    response sum = {0.0, 0.0};
    const double below = ent_offers_cdf_smooth(o, x);
    if (below > 0.0) after_search(r, t, offer, x, below, &sum);
    for (int k = 0; k < r->cells[t - 1]; k++) {
        const double lo = fmax(x, r->cell[t - 1][k]), hi = r->cell[t - 1][k + 1];
        if (hi > lo && o->parts) over(r, t, offer, lo, hi, &sum);
    }
    for (int k = 0; k < o->atoms; k++)
        after_search(r, t, offer, fmax(x, o->atom[k]), o->mass[k], &sum);
    sum.partner -= r->k + r->m->search_cost;
    return sum;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The edges between which everything is smooth, for the searches of every period. */
static ent_status lay_cells(ent_ctx *ctx, replay *r)
{
    ent_status st = ENT_OK;
    const ent_outside_values *v = r->s->values;
    ENT_SCRATCH(ctx, r->cell, r->m->periods);
    ENT_SCRATCH(ctx, r->cells, r->m->periods);
    for (int t = 1; t <= r->m->periods; t++) {
        double *edge = NULL;
        int n = 0;
        ENT_SCRATCH(ctx, edge, v->panels[t] + v->panels[t - 1] + 2 * r->s->advances + 2);
        for (int k = 0; k < v->panels[t]; k++) edge[n++] = v->panel[t][k].lo;
        for (int k = 0; k < v->panels[t - 1]; k++) edge[n++] = v->panel[t - 1][k].lo;
        for (int k = 0; k < r->s->advances; k++) {
            if (r->s->advance[k].period != t) continue;
            edge[n++] = r->s->advance[k].from;
            edge[n++] = r->s->advance[k].to;
        }
        edge[n++] = 1.0;
        qsort(edge, (size_t)n, sizeof *edge, ascending);
        r->cell[t - 1] = edge;
        r->cells[t - 1] = n - 1;
    }
done:
    return st;
}

/* The partner's best response to an offer in (t, x), ties as in the paper. */
static response best_response(const replay *r, int t, double x, double offer)
{
    const double accept = offer - r->k, take = x - r->k, on = going_on(r, t, x) - r->k;
    const response search = searching(r, t, x, offer);
    const double best = fmax(fmax(accept, take), fmax(on, search.partner));
    response out = {0.0, best};
    if (accept >= best) out.proposer = 1.0 - offer;
    else if (take >= best) out.proposer = 0.0;
    else if (on >= best)
        out.proposer =
            t < r->m->periods ? r->m->discount * value(r, t + 1, ENT_VALUE_PROPOSER, x) : 0.0;
    else out.proposer = search.proposer;
    return out;
}

/* Random offers in random states: how much would any gain the proposer over what the equilibrium
 * gives her? */
static ent_status try_deviations(ent_ctx *ctx, const replay *r, ent_writer *w)
{
    enum { OFFERS = 16 };
    ent_status st = ENT_OK;
    ent_rng rng = ent_rng_stream((uint64_t)r->set->seed, 0, 2);
    double largest = -(double)INFINITY, at[3] = {0.0, 0.0, 0.0}, slip = 0.0;
    int64_t tried = 0;
    for (int64_t k = 0; k < r->set->states; k++) {
        ENT_CHECK_CANCEL(ctx);
        const int t = 1 + (int)ent_rng_below(&rng, r->m->periods);
        const double x = t == 1 ? 0.0 : ent_offers_draw(&r->m->offers, &rng);
        const double worth = value(r, t, ENT_VALUE_PROPOSER, x),
                     partner = value(r, t, ENT_VALUE_RISE, x) + x - r->k;
        const ent_rule *rule = rule_at(r->s, t, x);
        slip = fmax(slip, fabs(best_response(r, t, x, offer_of(r, rule, x)).partner - partner));
        for (int j = 0; j < OFFERS; j++, tried++) {
            const double offer = ent_rng_uniform(&rng),
                         gain = best_response(r, t, x, offer).proposer - worth;
            if (gain > largest) largest = gain, at[0] = t, at[1] = x, at[2] = offer;
        }
    }
    ent_write_object(w, "deviations", true);
    ent_write_int(w, "tried", tried);
    if (tried) {
        ent_write_real(w, "largest_gain", largest);
        ent_write_int(w, "period", (int64_t)at[0]);
        ent_write_real(w, "standing", at[1]);
        ent_write_real(w, "offer", at[2]);
        ent_write_real(w, "partner_slip", slip);
    }
    ent_write_end(w);
done:
    return st;
}

ent_status ent_i_outside_simulate(ent_ctx *ctx, const void *model, const void *settings,
                                  ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_outside_settings *set = settings;
    ent_outside_choice choice = ent_i_outside_choice(set);
    ent_outside_solution s = {0};
    replay r = {
        .m = model, .set = set, .s = &s, .batches = (int)((set->plays + BATCH - 1) / BATCH)};
    choice.keeps_values = true;
    ENT_TRY(ent_i_outside_solve(ctx, model, &choice, &s));
    r.k = r.m->fee - 1.0;
    r.r_star = ent_i_reservation(model);
    ENT_SCRATCH(ctx, r.sum, (size_t)r.batches * MEANS);
    ENT_SCRATCH(ctx, r.square, (size_t)r.batches * MEANS);
    ENT_TRY(ent_i_parallel(ctx, ent_i_threads(set->threads), r.batches, batch, &r, "plays"));
    ent_write_int(out->solution, "plays", set->plays);
    write_means(out->solution, &r);
    if (s.values->panels[0]) {
        ent_gauss_init(&r.gauss);
        ENT_TRY(lay_cells(ctx, &r));
        ENT_TRY(try_deviations(ctx, &r, out->solution));
    }
    ent_write_real(out->certificate, "scale", 1.0);
done:
    ent_i_outside_release(&s);
    ent_scratch_reset(ctx, mark);
    return st;
}
