/* Any distribution, any number of periods: backward induction over the standing outside offer, docs/outside.md 3.
 *
 *   rise_t(y)   the partner's payoff in state y, plus k, less y
 *   gap(y)    = delta rise_{t+1}(y) - (1 - delta)(y - k): going on less taking y now, after a search in period t
 *   E(y)      = max(gap, 0),  R(y) = y + E(y): what the ally must offer to be accepted after a search that left y
 *   Q(a)      = (1 - R(a)) F(a) + int_a^1 1{gap > 0} delta Pi_{t+1} dF: the proposer's payoff from the cutoff a
 *   rise_t    = F(a) E(a) + int_a^1 E dF + H(a) - c + a - y at the chosen cutoff a >= y
 *
 * On each panel everything is smooth. The chosen cutoff is found by a running maximum of Q from the right. */
#include "outside/outside_panels.h"

#include "base/ctx.h"

#include <math.h>
#include <stdlib.h>

enum { N = ENT_CHEB, LAST = ENT_CHEB - 1, GRADES = 40 };

typedef struct list {
    int n, room;
    ent_panel *panel; /* from left to right */
} list;

/* A stretch of offers after a search on which R is smooth. */
typedef struct stretch {
    double lo, hi;
    bool goes_on; /* gap > 0 */
    bool usable;  /* R < r*: an offer that makes him search */
    double y[N], f[N], r[N], q[N];
    double *value; /* [values][N] at cutoff y[i], with RISE for state y[i] */
} stretch;

typedef struct induction {
    ent_ctx *ctx;
    const ent_outside *m;
    const ent_outside_choice *choice;
    ent_outside_solution *out;
    ent_cheb *cheb;
    double k, c, delta, r_star;
    int values;
    int period;
    list next, now;
    double *edge; /* candidates for edges of stretches */
    int edges, edge_room;
    double *tail; /* [values] integrals over everything to the right */
    double level_q;      /* best Q so far from the right; -INFINITY: none */
    ent_panel level;     /* its panel, value [values] */
} induction;

/* ---- lists ---- */

static ent_status add_panel(induction *s, list *l, const ent_panel *panel)
{
    ent_status st = ENT_OK;
    if (panel->hi <= panel->lo) return ENT_OK;
    if (l->n == l->room) {
        const int room = l->room ? 2 * l->room : 64;
        ent_panel *more = ent_i_realloc(s->ctx, l->panel, (size_t)room, sizeof *more, &st);
        if (!more) return st;
        l->panel = more;
        l->room = room;
    }
    l->panel[l->n++] = *panel;
    return st;
}

static ent_status add_edge(induction *s, double y)
{
    ent_status st = ENT_OK;
    if (!(y >= 0.0 && y <= 1.0)) return ENT_OK;
    if (s->edges == s->edge_room) {
        const int room = s->edge_room ? 2 * s->edge_room : 256;
        double *more = ent_i_realloc(s->ctx, s->edge, (size_t)room, sizeof *more, &st);
        if (!more) return st;
        s->edge = more;
        s->edge_room = room;
    }
    s->edge[s->edges++] = y;
    return st;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static const ent_panel *panel_at(const list *l, double y) { return ent_panel_find(l->n, l->panel, y); }

/* ---- edges ---- */

static double gap(const induction *s, const ent_panel *p, double y)
{
    return s->delta * ent_panel_value(s->cheb, p, ENT_VALUE_RISE, s->k, y) - (1.0 - s->delta) * (y - s->k);
}

/* Whole powers are smooth where the density begins; other beta densities need panels that shrink towards their ends. */
static bool is_whole(double shape) { return shape == floor(shape); }

static ent_status offer_edges(induction *s)
{
    ent_status st = ENT_OK;
    const ent_offers *o = &s->m->offers;
    for (int k = 0; k < o->atoms; k++) ENT_TRY(add_edge(s, o->atom[k]));
    for (int k = 0; k < o->parts; k++) {
        const ent_offer_part *p = &o->part[k];
        const double width = p->high - p->low;
        ENT_TRY(add_edge(s, p->low));
        ENT_TRY(add_edge(s, p->high));
        if (p->kind == ENT_OFFER_NORMAL)
            for (int j = -8; j <= 8; j++) {
                const double y = p->a + j * p->b;
                if (y > p->low && y < p->high) ENT_TRY(add_edge(s, y));
            }
        if (p->kind != ENT_OFFER_BETA) continue;
        for (int j = 1; j <= (is_whole(p->a) && is_whole(p->b) ? 6 : GRADES); j++) {
            ENT_TRY(add_edge(s, p->low + ldexp(width, -j)));
            ENT_TRY(add_edge(s, p->high - ldexp(width, -j)));
        }
    }
done:
    return st;
}

/* Where the gap changes sign inside (lo, hi) of one panel of the next period. */
static ent_status crossings(induction *s, const ent_panel *p, double lo, double hi)
{
    ent_status st = ENT_OK;
    double before = gap(s, p, lo);
    for (int i = 1; i < N; i++) {
        const double y = ent_cheb_point(s->cheb, lo, hi, i), here = gap(s, p, y);
        if ((before > 0.0) != (here > 0.0)) {
            double a = ent_cheb_point(s->cheb, lo, hi, i - 1), b = y;
            for (int step = 0; step < 200; step++) {
                const double mid = a + 0.5 * (b - a);
                if (mid <= a || mid >= b) break;
                if ((gap(s, p, mid) > 0.0) == (before > 0.0)) a = mid;
                else b = mid;
            }
            ENT_TRY(add_edge(s, b));
        }
        before = here;
    }
done:
    return st;
}

static void sort_edges(induction *s)
{
    const double apart = 1e-15; /* edges closer than this are one */
    qsort(s->edge, (size_t)s->edges, sizeof *s->edge, ascending);
    int n = 0;
    for (int k = 0; k < s->edges; k++)
        if (!n || s->edge[k] - s->edge[n - 1] > apart) s->edge[n++] = s->edge[k];
    s->edges = n;
}

static ent_status find_edges(induction *s)
{
    ent_status st = ENT_OK;
    s->edges = 0;
    ENT_TRY(add_edge(s, 0.0));
    ENT_TRY(add_edge(s, 1.0));
    ENT_TRY(add_edge(s, s->k));
    ENT_TRY(add_edge(s, s->r_star));
    ENT_TRY(offer_edges(s));
    for (int k = 0; k < s->next.n; k++) ENT_TRY(add_edge(s, s->next.panel[k].lo));
    sort_edges(s);
    const int first = s->edges;
    for (int k = 0; k + 1 < first; k++) {
        const double lo = s->edge[k], hi = s->edge[k + 1];
        ENT_TRY(crossings(s, panel_at(&s->next, lo + 0.5 * (hi - lo)), lo, hi));
    }
    sort_edges(s);
done:
    return st;
}

/* ---- one stretch ---- */

/* The integrand of value f against dF beyond the cutoff, at offer y. */
static double integrand(const induction *s, const ent_panel *p, bool goes_on, int f, double y)
{
    const double after = goes_on ? ent_panel_value(s->cheb, p, f, s->k, y) : 0.0;
    switch (f) {
    case ENT_VALUE_RISE: return goes_on ? gap(s, p, y) : 0.0;
    case ENT_VALUE_PROPOSER: return s->delta * after;
    case ENT_VALUE_NEW_CONTRIBUTION: return goes_on ? after : y;
    case ENT_VALUE_REACH: return goes_on ? 1.0 : 0.0;
    default: break;
    }
    if (f > ENT_VALUE_REACH) return goes_on ? ent_panel_value(s->cheb, p, f - 1, s->k, y) : 0.0;
    return after;
}

/* Integrals of phi dF from y[i] to hi, by parts, so that unbounded densities do no harm; added to what lies to the right. */
static void integrate(const induction *s, const stretch *t, const double *phi, double right, double *out)
{
    const double half = 0.5 * (t->hi - t->lo);
    double product[N];
    for (int i = 0; i < N; i++) {
        double slope = 0.0;
        for (int j = 0; j < N; j++) slope += s->cheb->slope[i][j] * phi[j];
        product[i] = slope * (t->f[i] - t->f[LAST]);
    }
    for (int i = 0; i < N; i++) {
        double sum = 0.0;
        for (int j = 0; j < N; j++) sum += s->cheb->tail[i][j] * product[j];
        out[i] = right + phi[i] * (t->f[LAST] - t->f[i]) - sum;
    }
    (void)half; /* the slope's 1/half and the integral's half cancel */
}

static double mass_at(const ent_offers *o, double y)
{
    for (int k = 0; k < o->atoms; k++)
        if (o->atom[k] == y) return o->mass[k];
    return 0.0;
}

/* Everything that depends on the cutoff, at the points of the stretch; tails move on to its left end. */
static void fill(induction *s, stretch *t)
{
    const ent_offers *o = &s->m->offers;
    const ent_panel *p = panel_at(&s->next, t->lo + 0.5 * (t->hi - t->lo));
    const double below = ent_offers_cdf(o, t->lo) - ent_offers_cdf_smooth(o, t->lo);
    double excess[N];
    for (int i = 0; i < N; i++) {
        t->y[i] = ent_cheb_point(s->cheb, t->lo, t->hi, i);
        t->f[i] = below + ent_offers_cdf_smooth(o, t->y[i]);
        excess[i] = t->goes_on ? gap(s, p, t->y[i]) : 0.0;
        t->r[i] = t->y[i] + excess[i];
    }
    for (int f = 0; f < s->values; f++) {
        double phi[N], *v = t->value + f * N;
        for (int i = 0; i < N; i++) phi[i] = integrand(s, p, t->goes_on, f, t->y[i]);
        integrate(s, t, phi, s->tail[f], v);
        s->tail[f] = v[0] + phi[0] * mass_at(o, t->lo);
        for (int i = 0; i < N; i++) {
            if (f == ENT_VALUE_RISE) v[i] += t->f[i] * excess[i] + ent_i_offers_excess(o, t->y[i]) - s->c;
            if (f == ENT_VALUE_PROPOSER) v[i] += (1.0 - t->r[i]) * t->f[i];
            if (f == ENT_VALUE_ALLY) v[i] += t->f[i];
            if (f == ENT_VALUE_ALLY_CONTRIBUTION) v[i] += t->f[i] * t->r[i];
            if (f == ENT_VALUE_DURATION) v[i] += 1.0;
        }
    }
    for (int i = 0; i < N; i++) t->q[i] = t->value[ENT_VALUE_PROPOSER * N + i];
}

/* ---- the running maximum ---- */

static double q_at(const induction *s, const stretch *t, double y) { return ent_cheb_at(s->cheb, t->q, ent_cheb_place(t->lo, t->hi, y)); }

/* The cutoff a of this stretch becomes the best one so far. */
static void set_level(induction *s, const stretch *t, double a)
{
    const double z = ent_cheb_place(t->lo, t->hi, a);
    s->level.kind = ENT_PANEL_LEVEL;
    s->level.cutoff = a;
    s->level.offer = ent_cheb_at(s->cheb, t->r, z);
    for (int f = 0; f < s->values; f++) s->level.value[f] = ent_cheb_at(s->cheb, t->value + f * N, z);
    s->level.value[ENT_VALUE_RISE] += a; /* the payoff plus k, for every state */
    s->level_q = q_at(s, t, a);
}

static ent_status emit_deter(induction *s, double lo, double hi)
{
    const ent_panel p = {.kind = ENT_PANEL_SETTLE, .lo = lo, .hi = hi, .offer = s->r_star, .cutoff = (double)NAN};
    return add_panel(s, &s->now, &p);
}

static ent_status emit_level(induction *s, double lo, double hi)
{
    ent_status st = ENT_OK;
    if (hi <= lo) return ENT_OK;
    if (s->level_q == -(double)INFINITY || ent_i_takes_sure(s->choice, 1.0 - s->r_star, s->level_q)) return emit_deter(s, lo, hi);
    ent_panel p = s->level;
    p.lo = lo, p.hi = hi;
    ENT_SCRATCH(s->ctx, p.value, s->values);
    for (int f = 0; f < s->values; f++) p.value[f] = s->level.value[f];
    st = add_panel(s, &s->now, &p);
done:
    return st;
}

static ent_status emit_curve(induction *s, const stretch *t, double lo, double hi)
{
    ent_status st = ENT_OK;
    ent_panel p = {.kind = ENT_PANEL_CURVE, .lo = lo, .hi = hi, .offer = (double)NAN, .cutoff = (double)NAN};
    if (hi <= lo) return ENT_OK;
    ENT_SCRATCH(s->ctx, p.value, s->values * N);
    for (int i = 0; i < N; i++) {
        const double z = ent_cheb_place(t->lo, t->hi, ent_cheb_point(s->cheb, lo, hi, i));
        for (int f = 0; f < s->values; f++) p.value[f * N + i] = ent_cheb_at(s->cheb, t->value + f * N, z);
    }
    st = add_panel(s, &s->now, &p);
done:
    return st;
}

/* Where Q, falling on [lo, hi] from above `level` to below it, passes it. */
static double passes(const induction *s, const stretch *t, double lo, double hi, double level)
{
    for (int step = 0; step < 200; step++) {
        const double mid = lo + 0.5 * (hi - lo);
        if (mid <= lo || mid >= hi) break;
        if (q_at(s, t, mid) > level) lo = mid;
        else hi = mid;
    }
    return lo;
}

/* [lo, hi] of a stretch on which Q does not rise: the standing offer itself is the best cutoff as long as Q there beats the level
 * and, of course, r*. Panels are emitted from right to left. */
static ent_status falling(induction *s, const stretch *t, double lo, double hi)
{
    ent_status st = ENT_OK;
    const double sure = 1.0 - s->r_star;
    const double at_lo = q_at(s, t, lo), at_hi = q_at(s, t, hi);
    double from = hi; /* right end of the part that follows */
    if (at_lo <= s->level_q) return emit_level(s, lo, hi);
    if (at_hi < s->level_q) {
        from = passes(s, t, lo, hi, s->level_q);
        ENT_TRY(emit_level(s, from, hi));
    }
    double follows = from;
    if (ent_i_takes_sure(s->choice, sure, at_lo)) follows = lo;
    else if (ent_i_takes_sure(s->choice, sure, q_at(s, t, from))) follows = passes(s, t, lo, from, sure);
    ENT_TRY(emit_deter(s, follows, from));
    ENT_TRY(emit_curve(s, t, lo, follows));
    set_level(s, t, lo);
done:
    return st;
}

static ent_status rising(induction *s, const stretch *t, double lo, double hi)
{
    if (q_at(s, t, hi) > s->level_q) set_level(s, t, hi);
    return emit_level(s, lo, hi);
}

/* The stretch cut where Q has its extrema, then handled from right to left. */
static ent_status choose(induction *s, const stretch *t)
{
    ent_status st = ENT_OK;
    const double flat = 1e-14; /* slopes of Q this small, relative to the stretch, are rounding: no extremum */
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
        cut[cuts++] = 0.5 * ((1.0 - b) * t->lo + (1.0 + b) * t->hi);
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

static void reverse(list *l)
{
    for (int a = 0, b = l->n - 1; a < b; a++, b--) {
        const ent_panel swap = l->panel[a];
        l->panel[a] = l->panel[b];
        l->panel[b] = swap;
    }
}

/* Whether he goes on at offers inside the stretch. With a discount factor of 1 a match next period is as good as taking it now. */
static bool goes_on(const induction *s, double lo, double hi)
{
    const double middle = lo + 0.5 * (hi - lo);
    if (lo >= s->r_star && s->delta == 1.0 && s->period < s->m->periods) return !s->choice->takes_at_once;
    return gap(s, panel_at(&s->next, middle), middle) > 0.0;
}

static ent_status one_period(induction *s)
{
    ent_status st = ENT_OK;
    stretch *t = NULL;
    ENT_SCRATCH(s->ctx, t, 1);
    ENT_SCRATCH(s->ctx, t->value, s->values * N);
    ENT_TRY(find_edges(s));
    for (int f = 0; f < s->values; f++) s->tail[f] = 0.0;
    s->tail[ENT_VALUE_NEW_CONTRIBUTION] = mass_at(&s->m->offers, 1.0);
    s->now.n = 0;
    s->level_q = -(double)INFINITY;
    for (int k = s->edges - 1; k > 0; k--) {
        t->lo = s->edge[k - 1], t->hi = s->edge[k];
        t->goes_on = goes_on(s, t->lo, t->hi);
        fill(s, t);
        if (t->lo >= s->r_star) {
            const ent_panel match = {.kind = ENT_PANEL_SETTLE, .lo = t->lo, .hi = t->hi, .offer = (double)NAN, .cutoff = (double)NAN};
            ENT_TRY(add_panel(s, &s->now, &match));
            continue;
        }
        /* R < r* inside; R = r* on the whole stretch when the next period deters and the discount factor is 1. */
        const ent_panel *p = panel_at(&s->next, t->lo + 0.5 * (t->hi - t->lo));
        const bool deters_next = p->kind == ENT_PANEL_SETTLE && !isnan(p->offer);
        t->usable = !(deters_next && t->goes_on && s->delta == 1.0);
        if (t->usable) ENT_TRY(choose(s, t));
        else ENT_TRY(emit_level(s, t->lo, t->hi));
    }
    reverse(&s->now);
done:
    return st;
}

/* ---- rules ---- */

static ent_status keep_rules(induction *s)
{
    ent_status st = ENT_OK;
    for (int k = 0; k < s->now.n; k++) {
        const ent_panel *p = &s->now.panel[k];
        ent_rule rule = {.period = s->period, .from = p->lo, .to = p->hi, .offer = p->offer, .cutoff = p->cutoff};
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
        if (s->period < s->m->periods && goes_on(s, advance.from, advance.to)) ENT_TRY(ent_i_advance_add(s->ctx, s->out, &advance));
    }
done:
    return st;
}

static void keep_play(induction *s)
{
    const ent_panel *p = &s->now.panel[0];
    ent_outside_play *play = &s->out->play;
    double v[ENT_VALUES_BEFORE_REACH];
    for (int f = 0; f < ENT_VALUES_BEFORE_REACH; f++) v[f] = ent_panel_value(s->cheb, p, f, s->k, 0.0);
    *play = (ent_outside_play){.is_search = p->kind != ENT_PANEL_SETTLE, .offer = p->offer, .reservation = s->r_star,
                               .cutoff = p->cutoff, .proposer = v[ENT_VALUE_PROPOSER], .partner = v[ENT_VALUE_RISE] - s->k,
                               .ally = v[ENT_VALUE_ALLY], .new_alliance = 1.0 - v[ENT_VALUE_ALLY],
                               .ally_contribution = v[ENT_VALUE_ALLY_CONTRIBUTION], .new_contribution = v[ENT_VALUE_NEW_CONTRIBUTION],
                               .duration_periods = v[ENT_VALUE_DURATION], .r_tilde = (double)NAN, .r1_star = (double)NAN,
                               .x_hat = (double)NAN, .top = (double)NAN, .delta_under = (double)NAN};
    s->out->reach[0] = 1.0;
    for (int t = 1; t < s->m->periods; t++) s->out->reach[t] = ent_panel_value(s->cheb, p, ENT_VALUE_REACH + t - 1, s->k, 0.0);
    play->second_period = s->m->periods > 1 ? s->out->reach[1] : 0.0;
    play->regime = play->is_search ? ENT_REGIME_SEARCH : ENT_REGIME_PREFER;
}

/* B or D: would she deter whatever comes later? [FR] Prop. 1 in general: 1 - r* >= sup over [k, r*) of (1 - s) F(s), the one-period
 * game's Q. */
static ent_status solve_all(induction *s)
{
    ent_status st = ENT_OK;
    const ent_panel exit = {.kind = ENT_PANEL_EXIT, .lo = 0.0, .hi = 1.0};
    bool deters_alone = false;
    ENT_TRY(add_panel(s, &s->next, &exit));
    if (s->out->values) ENT_TRY(ent_i_outside_values_keep(s->ctx, s->out->values, s->m->periods + 1, 1, &exit, 0));
    for (s->period = s->m->periods; s->period >= 1; s->period--) {
        ENT_CHECK_CANCEL(s->ctx);
        ENT_TRY(one_period(s));
        if (s->period == s->m->periods) deters_alone = s->now.panel[0].kind == ENT_PANEL_SETTLE;
        ENT_TRY(keep_rules(s));
        if (s->out->values)
            ENT_TRY(ent_i_outside_values_keep(s->ctx, s->out->values, s->period, s->now.n, s->now.panel, ENT_VALUES_BEFORE_REACH));
        const list swap = s->next;
        s->next = s->now;
        s->now = swap;
    }
    const list swap = s->next;
    s->next = s->now;
    s->now = swap;
    keep_play(s);
    if (!s->out->play.is_search && deters_alone) s->out->play.regime = ENT_REGIME_DETER;
    ent_i_rules_sort(s->out);
done:
    return st;
}

ent_status ent_i_outside_general(ent_ctx *ctx, const ent_outside *m, const ent_outside_choice *choice, ent_outside_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    induction s = {.ctx = ctx, .m = m, .choice = choice, .out = out, .k = m->fee - 1.0, .c = m->search_cost, .delta = m->discount,
                   .r_star = ent_i_reservation(m), .values = ENT_VALUES_BEFORE_REACH + m->periods - 1};
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
