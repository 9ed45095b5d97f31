/* Any distribution, any number of periods: backward induction over the standing outside offer,
 * docs/outside.md 3.
 *
 *   rise_t(y)   the partner's payoff in state y, plus k, less y
 *   gap(y)    = delta rise_{t+1}(y) - (1 - delta)(y - k): going on less taking y now, after a
 *             search in period t
 *   E(y)      = max(gap, 0),  R(y) = y + E(y): what the ally must offer to be accepted after a
 *                             search that left y
 *   Q(a)      = (1 - R(a)) F(a) + int_a^1 1{gap > 0} delta Pi_{t+1} dF: the proposer's payoff from
 *             the cutoff a
 *   rise_t    = F(a) E(a) + int_a^1 E dF + H(a) - c + a - y at the chosen cutoff a >= y
 *
 * On each panel everything is smooth. The chosen cutoff is found by a running maximum of Q from the
 * right. */
#include "outside/outside_induction.h"

#include "base/ctx.h"

#include <math.h>

enum { N = ENT_CHEB };

/* ---- the running maximum ---- */

/* Is a smaller cutoff that is worth q better than the best so far? Where next to nothing is lost on
 * the way (by discounting and search costs) whole ranges of cutoffs are worth the same; the largest
 * of them is hers, and rounding must not choose another. Elsewhere rounding counts: near a maximum
 * 1e-13 of her payoff are 1e-7 of the cutoff. */
static bool is_better(const ent_induction *s, double q)
{
    const double nothing = 1e-11, rounding = 1e-13;
    const bool is_lossless = 1.0 - s->delta + s->c <= nothing;
    return q > s->level_q * (1.0 + (is_lossless ? rounding : 0.0));
}

static double q_at(const ent_induction *s, const ent_stretch *t, double y)
{
    return ent_cheb_at(s->cheb, t->q, ent_cheb_place(t->lo, t->hi, y));
}

/* The cutoff a of this stretch becomes the best one so far. */
static void set_level(ent_induction *s, const ent_stretch *t, double a)
{
    const double z = ent_cheb_place(t->lo, t->hi, a);
    s->level.kind = ENT_PANEL_LEVEL;
    s->level.cutoff = a;
    s->level.offer = ent_cheb_at(s->cheb, t->r, z);
    for (int f = 0; f < s->values; f++)
        s->level.value[f] = ent_cheb_at(s->cheb, t->value + f * N, z);
    s->level.value[ENT_VALUE_RISE] += a; /* the payoff plus k, for every state */
    s->level_q = q_at(s, t, a);
}

static ent_status emit_deter(ent_induction *s, double lo, double hi)
{
    const ent_panel p = {
        .kind = ENT_PANEL_SETTLE, .lo = lo, .hi = hi, .offer = s->r_star, .cutoff = (double)NAN};
    return ent_i_panel_add(s, &s->now, &p);
}

static ent_status emit_level(ent_induction *s, double lo, double hi)
{
    ent_status st = ENT_OK;
    if (hi <= lo) return ENT_OK;
    if (s->level_q == -(double)INFINITY || ent_i_takes_sure(s->choice, 1.0 - s->r_star, s->level_q))
        return emit_deter(s, lo, hi);
    ent_panel p = s->level;
    p.lo = lo, p.hi = hi;
    ENT_SCRATCH(s->ctx, p.value, s->values);
    for (int f = 0; f < s->values; f++) p.value[f] = s->level.value[f];
    st = ent_i_panel_add(s, &s->now, &p);
done:
    return st;
}

static ent_status emit_curve(ent_induction *s, const ent_stretch *t, double lo, double hi)
{
    ent_status st = ENT_OK;
    ent_panel p = {
        .kind = ENT_PANEL_CURVE, .lo = lo, .hi = hi, .offer = (double)NAN, .cutoff = (double)NAN};
    if (hi <= lo) return ENT_OK;
    ENT_SCRATCH(s->ctx, p.value, s->values * N);
    for (int i = 0; i < N; i++) {
        const double z = ent_cheb_place(t->lo, t->hi, ent_cheb_point(s->cheb, lo, hi, i));
        for (int f = 0; f < s->values; f++)
            p.value[f * N + i] = ent_cheb_at(s->cheb, t->value + f * N, z);
    }
    st = ent_i_panel_add(s, &s->now, &p);
done:
    return st;
}

/* Where Q, falling on [lo, hi] from above `level` to below it, passes it. */
static double passes(const ent_induction *s, const ent_stretch *t, double lo, double hi,
                     double level)
{
    for (int step = 0; step < 200; step++) {
        const double mid = lo + 0.5 * (hi - lo);
        if (mid <= lo || mid >= hi) break;
        if (q_at(s, t, mid) > level) lo = mid;
        else hi = mid;
    }
    return lo;
}

/* [lo, hi] of a stretch on which Q does not rise: the standing offer itself is the best cutoff as
 * long as Q there beats the level and, of course, r*. Panels are emitted from right to left. */
static ent_status falling(ent_induction *s, const ent_stretch *t, double lo, double hi)
{
    ent_status st = ENT_OK;
    const double sure = 1.0 - s->r_star;
    const double at_lo = q_at(s, t, lo), at_hi = q_at(s, t, hi);
    double from = hi; /* right end of the part that follows */
    if (!is_better(s, at_lo)) return emit_level(s, lo, hi);
    if (at_hi < s->level_q) {
        from = passes(s, t, lo, hi, s->level_q);
        ENT_TRY(emit_level(s, from, hi));
    }
    double follows = from;
    if (ent_i_takes_sure(s->choice, sure, at_lo)) follows = lo;
    else if (ent_i_takes_sure(s->choice, sure, q_at(s, t, from)))
        follows = passes(s, t, lo, from, sure);
    ENT_TRY(emit_deter(s, follows, from));
    ENT_TRY(emit_curve(s, t, lo, follows));
    set_level(s, t, lo);
done:
    return st;
}

static ent_status rising(ent_induction *s, const ent_stretch *t, double lo, double hi)
{
    if (is_better(s, q_at(s, t, hi))) set_level(s, t, hi);
    return emit_level(s, lo, hi);
}

/* The stretch cut where Q has its extrema, then handled from right to left. */
static ent_status choose(ent_induction *s, const ent_stretch *t)
{
    ent_status st = ENT_OK;
    /* slopes of Q this small, relative to the stretch, are rounding: no extremum */
    const double flat = 1e-14;
    double slope[N], cut[N + 1];
    int cuts = 0;
    for (int i = 0; i < N; i++) {
        slope[i] = 0.0;
        for (int j = 0; j < N; j++) slope[i] += s->cheb->slope[i][j] * t->q[j];
        if (fabs(slope[i]) <= flat) slope[i] = 0.0;
    }
    cut[cuts++] = t->lo;
    for (int i = 1; i < N; i++) {
        if ((slope[i - 1] < 0.0) == (slope[i] < 0.0)) continue;
        double a = s->cheb->z[i - 1], b = s->cheb->z[i];
        for (int step = 0; step < 200; step++) {
            const double mid = a + 0.5 * (b - a);
            if (mid <= a || mid >= b) break;
            if ((ent_cheb_at(s->cheb, slope, mid) < 0.0) == (slope[i - 1] < 0.0)) a = mid;
            else b = mid;
        }
        cut[cuts++] = fmin(t->hi, fmax(t->lo, 0.5 * ((1.0 - b) * t->lo + (1.0 + b) * t->hi)));
    }
    cut[cuts++] = t->hi;
    for (int k = cuts - 1; k > 0; k--) {
        const double middle = cut[k - 1] + 0.5 * (cut[k] - cut[k - 1]);
        const bool falls = ent_cheb_at(s->cheb, slope, ent_cheb_place(t->lo, t->hi, middle)) < 0.0;
        ENT_TRY((falls ? falling : rising)(s, t, cut[k - 1], cut[k]));
    }
done:
    return st;
}

/* ---- one period ---- */

static void reverse(ent_panels *l)
{
    for (int a = 0, b = l->n - 1; a < b; a++, b--) {
        const ent_panel swap = l->panel[a];
        l->panel[a] = l->panel[b];
        l->panel[b] = swap;
    }
}

/* Whether he goes on at offers inside the stretch. With a discount factor of 1 a match next period
 * is as good as taking it now. */
static bool goes_on(const ent_induction *s, double lo, double hi)
{
    const double middle = lo + 0.5 * (hi - lo);
    if (middle >= s->r_star && s->delta == 1.0 && s->period < s->m->periods)
        return !s->choice->takes_at_once;
    return ent_i_gap(s, ent_i_panel_at(&s->next, middle), middle) > 0.0;
}

/* What becomes of the states of a filled stretch. */
static ent_status decide(ent_induction *s, const ent_stretch *t)
{
    const double middle = t->lo + 0.5 * (t->hi - t->lo);
    if (middle >= s->r_star) { /* r* itself may have been moved to an edge beside it */
        const ent_panel match = {.kind = ENT_PANEL_SETTLE,
                                 .lo = t->lo,
                                 .hi = t->hi,
                                 .offer = (double)NAN,
                                 .cutoff = (double)NAN};
        return ent_i_panel_add(s, &s->now, &match);
    }
    /* R < r* inside; R = r* on the whole stretch when the next period deters and the discount
     * factor is 1. */
    const ent_panel *p = ent_i_panel_at(&s->next, middle);
    const bool deters_next = p->kind == ENT_PANEL_SETTLE && !isnan(p->offer),
               is_usable = !(deters_next && t->goes_on && s->delta == 1.0);
    return is_usable ? choose(s, t) : emit_level(s, t->lo, t->hi);
}

/* From one edge to the next, from the right; halved where it is not smooth enough for the points of
 * one stretch. */
static ent_status between(ent_induction *s, ent_stretch *t, double lo, double hi)
{
    enum { HALVINGS = 8 };
    const double narrow = 1e-9; /* unbounded densities are graded down to less, and never smooth */
    ent_status st = ENT_OK;
    double pending[HALVINGS + 1] = {lo};
    t->hi = hi;
    for (int n = 1; n > 0;) {
        t->lo = pending[n - 1];
        t->goes_on = goes_on(s, t->lo, t->hi);
        for (int f = 0; f < s->values; f++) s->before[f] = s->tail[f];
        ent_i_stretch_fill(s, t);
        if (n <= HALVINGS && t->hi - t->lo > narrow && !ent_i_stretch_is_smooth(s, t)) {
            for (int f = 0; f < s->values; f++) s->tail[f] = s->before[f];
            pending[n++] = t->lo + 0.5 * (t->hi - t->lo);
            continue;
        }
        ENT_TRY(decide(s, t));
        t->hi = t->lo;
        n--;
    }
done:
    return st;
}

static ent_status one_period(ent_induction *s)
{
    ent_status st = ENT_OK;
    ent_stretch *t = NULL;
    ENT_SCRATCH(s->ctx, t, 1);
    ENT_SCRATCH(s->ctx, t->value, s->values * N);
    ENT_SCRATCH(s->ctx, s->before, s->values);
    ENT_TRY(ent_i_edges_find(s));
    ent_i_tail_begin(s);
    s->now.n = 0;
    s->level_q = -(double)INFINITY;
    for (int k = s->edges - 1; k > 0; k--) {
        ENT_CHECK_CANCEL(s->ctx);
        ENT_TRY(between(s, t, s->edge[k - 1], s->edge[k]));
    }
    reverse(&s->now);
done:
    return st;
}

/* ---- rules ---- */

static ent_status keep_rules(ent_induction *s)
{
    ent_status st = ENT_OK;
    for (int k = 0; k < s->now.n; k++) {
        const ent_panel *p = &s->now.panel[k];
        ent_rule rule = {.period = s->period,
                         .from = p->lo,
                         .to = p->hi,
                         .offer = p->offer,
                         .cutoff = p->cutoff};
        rule.kind = p->kind == ENT_PANEL_LEVEL   ? ENT_RULE_HOLD
                    : p->kind == ENT_PANEL_CURVE ? ENT_RULE_FOLLOW
                    : isnan(p->offer)            ? ENT_RULE_MATCH
                                                 : ENT_RULE_DETER;
        if (s->period == 1) rule.from = rule.to = 0.0;
        ENT_TRY(ent_i_rule_add(s->ctx, s->out, &rule));
        if (s->period == 1) break;
    }
    for (int k = 0; k + 1 < s->edges; k++) {
        const ent_advance advance = {.period = s->period, .from = s->edge[k], .to = s->edge[k + 1]};
        if (s->period < s->m->periods && goes_on(s, advance.from, advance.to))
            ENT_TRY(ent_i_advance_add(s->ctx, s->out, &advance));
    }
done:
    return st;
}

static void keep_play(ent_induction *s)
{
    const ent_panel *p = &s->now.panel[0];
    ent_outside_play *play = &s->out->play;
    double v[ENT_VALUES_BEFORE_REACH] = {0.0};
    for (int f = 0; f < ENT_VALUES_BEFORE_REACH && f < s->values; f++)
        v[f] = ent_panel_value(s->cheb, p, f, s->k, 0.0);
    *play = (ent_outside_play){.is_search = p->kind != ENT_PANEL_SETTLE,
                               .offer = p->offer,
                               .reservation = s->r_star,
                               .cutoff = p->cutoff,
                               .proposer = v[ENT_VALUE_PROPOSER],
                               .partner = v[ENT_VALUE_RISE] - s->k,
                               .ally = v[ENT_VALUE_ALLY],
                               .new_alliance = 1.0 - v[ENT_VALUE_ALLY],
                               .ally_contribution = v[ENT_VALUE_ALLY_CONTRIBUTION],
                               .new_contribution = v[ENT_VALUE_NEW_CONTRIBUTION],
                               .duration_periods = v[ENT_VALUE_DURATION],
                               .r_tilde = (double)NAN,
                               .r1_star = (double)NAN,
                               .x_hat = (double)NAN,
                               .top = (double)NAN,
                               .delta_under = (double)NAN};
    s->out->reach[0] = 1.0;
    for (int t = 1; t < s->m->periods && !s->choice->is_brief; t++)
        s->out->reach[t] = ent_panel_value(s->cheb, p, ENT_VALUE_REACH + t - 1, s->k, 0.0);
    play->second_period = s->m->periods > 1 ? s->out->reach[1] : 0.0;
    play->regime = play->is_search ? ENT_REGIME_SEARCH : ENT_REGIME_PREFER;
}

/* B or D: would she deter whatever comes later? [FR] Prop. 1 in general: 1 - r* >= sup over [k, r*)
 * of (1 - s) F(s), the one-period game's Q. */
static ent_status solve_all(ent_induction *s)
{
    ent_status st = ENT_OK;
    const ent_panel exit = {.kind = ENT_PANEL_EXIT, .lo = 0.0, .hi = 1.0};
    bool deters_alone = false;
    ENT_TRY(ent_i_panel_add(s, &s->next, &exit));
    if (s->out->values)
        ENT_TRY(ent_i_outside_values_keep(s->ctx, s->out->values, s->m->periods + 1, 1, &exit, 0));
    for (s->period = s->m->periods; s->period >= 1; s->period--) {
        ENT_CHECK_CANCEL(s->ctx);
        ENT_TRY(one_period(s));
        if (s->period == s->m->periods) deters_alone = s->now.panel[0].kind == ENT_PANEL_SETTLE;
        ENT_TRY(keep_rules(s));
        if (s->out->values)
            ENT_TRY(ent_i_outside_values_keep(s->ctx, s->out->values, s->period, s->now.n,
                                              s->now.panel, ENT_VALUES_BEFORE_REACH));
        const ent_panels swap = s->next;
        s->next = s->now;
        s->now = swap;
    }
    const ent_panels swap = s->next;
    s->next = s->now;
    s->now = swap;
    keep_play(s);
    if (!s->out->play.is_search && deters_alone) s->out->play.regime = ENT_REGIME_DETER;
    ent_i_rules_sort(s->out);
done:
    return st;
}

ent_status ent_i_outside_general(ent_ctx *ctx, const ent_outside *m,
                                 const ent_outside_choice *choice, ent_outside_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_induction s = {.ctx = ctx,
                       .m = m,
                       .choice = choice,
                       .out = out,
                       .k = m->fee - 1.0,
                       .c = m->search_cost,
                       .delta = m->discount,
                       .r_star = ent_i_reservation(m),
                       .values = choice->is_brief ? ENT_VALUES_BRIEF
                                                  : ENT_VALUES_BEFORE_REACH + m->periods - 1};
    if (!(s.r_star > s.k)) {
        ENT_TRY(ent_i_outside_floor(ctx, m, s.r_star, out));
        goto done;
    }
    ENT_SCRATCH(ctx, s.cheb, 1);
    ENT_SCRATCH(ctx, s.tail, s.values);
    ENT_SCRATCH(ctx, s.level.value, s.values);
    ent_cheb_init(s.cheb);
    ENT_TRY(solve_all(&s));
done:
    ent_free(s.edge);
    ent_free(s.next.panel);
    ent_free(s.now.panel);
    ent_scratch_reset(ctx, mark);
    return st;
}
