/* Discrete offers in doubles, for large empirical distributions: backward induction with suffix
 * sums, docs/outside.md 3. Equality of an offer with a new draw goes to the ally. The exact twin,
 * for small games, is outside_exact.c. */
#include "outside/outside_panels.h"

#include "base/ctx.h"

#include <math.h>

enum { DETERS = -1, MATCHES = -2, NOTHING = -3 };
enum {
    RISE = ENT_VALUE_RISE,
    PROPOSER = ENT_VALUE_PROPOSER,
    ALLY = ENT_VALUE_ALLY,
    ALLY_CONTRIBUTION = ENT_VALUE_ALLY_CONTRIBUTION,
    NEW_CONTRIBUTION = ENT_VALUE_NEW_CONTRIBUTION,
    DURATION = ENT_VALUE_DURATION,
    REACH = ENT_VALUE_REACH
};

typedef struct atoms {
    ent_ctx *ctx;
    const ent_outside *m;
    const ent_outside_choice *choice;
    ent_outside_solution *out;
    int n, values, period;
    double k, c, delta, r_star;
    const double *x, *p;
    double *next, *now; /* [values][n]: RISE is the partner's payoff + k - x */
    double *q;          /* [values][n] of the cutoffs */
    double *need;       /* [n] R */
    /* [n] the cutoff in state j; DETERS, MATCHES; in the last period's place NOTHING */
    int *best;
    bool *goes_on; /* [n] */
} atoms;

static double gap(const atoms *s, int j)
{
    return s->delta * s->next[j] - (1.0 - s->delta) * (s->x[j] - s->k);
}

/* R and D for every offer in hand after a search. While the next period treats states alike, R is
 * flat: to the last bit, or rounding would make cutoffs of points inside. best[] still holds the
 * next period's choices. */
static void needs(atoms *s)
{
    for (int j = 0; j < s->n; j++) {
        const double g = gap(s, j);
        const bool match_later =
            s->x[j] >= s->r_star && s->delta == 1.0 && s->period < s->m->periods;
        s->goes_on[j] = match_later ? !s->choice->takes_at_once : g > 0.0;
        const bool is_flat = j && s->goes_on[j] && s->goes_on[j - 1] &&
                             s->best[j] == s->best[j - 1] && s->best[j] != MATCHES;
        s->need[j] = is_flat ? s->need[j - 1] : s->x[j] + (s->goes_on[j] && g > 0.0 ? g : 0.0);
    }
}

static double integrand(const atoms *s, int f, int j)
{
    const double after = s->goes_on[j] ? s->next[(f > REACH ? f - 1 : f) * s->n + j] : 0.0;
    switch (f) {
    case RISE: return s->need[j] - s->x[j];
    case PROPOSER: return s->delta * after;
    case NEW_CONTRIBUTION: return s->goes_on[j] ? after : s->x[j];
    case REACH: return s->goes_on[j] ? 1.0 : 0.0;
    default: return after;
    }
}

/* What each cutoff is worth. */
static void cutoffs(atoms *s)
{
    double excess = 0.0, above = 0.0; /* H(x_j) from the right, P(X > x_j) */
    const int n = s->n;
    for (int f = 0; f < s->values; f++) {
        double tail = 0.0;
        for (int j = n - 1; j >= 0; j--) {
            s->q[f * n + j] = tail;
            tail += s->p[j] * integrand(s, f, j);
        }
    }
    for (int j = n - 1; j >= 0; j--) {
        if (j < n - 1) excess += (s->x[j + 1] - s->x[j]) * (above += s->p[j + 1]);
        const double f = 1.0 - above;
        s->q[RISE * n + j] += f * (s->need[j] - s->x[j]) + excess - s->c;
        s->q[PROPOSER * n + j] += (1.0 - s->need[j]) * f;
        s->q[ALLY * n + j] += f;
        s->q[ALLY_CONTRIBUTION * n + j] += f * s->need[j];
        s->q[DURATION * n + j] += 1.0;
    }
}

/* The last state before R rises, with R < r*: an offer of R there is accepted up to exactly
 * here. */
static bool is_admissible(const atoms *s, int j)
{
    return s->need[j] < s->r_star && (j == s->n - 1 || s->need[j + 1] > s->need[j]);
}

static void settle(atoms *s, int j, double offer)
{
    for (int f = 0; f < s->values; f++) s->now[f * s->n + j] = 0.0;
    s->now[RISE * s->n + j] = offer - s->x[j];
    s->now[PROPOSER * s->n + j] = 1.0 - offer;
    s->now[ALLY * s->n + j] = 1.0;
    s->now[ALLY_CONTRIBUTION * s->n + j] = offer;
    s->now[DURATION * s->n + j] = 1.0;
}

/* As in outside_general.c: of cutoffs that differ by rounding alone the largest is hers. */
static bool is_better(const atoms *s, int j, int best)
{
    const double rounding = 1e-13;
    return best < 0 || s->q[PROPOSER * s->n + j] > s->q[PROPOSER * s->n + best] * (1.0 + rounding);
}

static void one_period(atoms *s)
{
    const int n = s->n;
    int best = -1;
    needs(s);
    cutoffs(s);
    for (int j = n - 1; j >= 0; j--) {
        s->best[j] = s->x[j] >= s->r_star ? MATCHES : DETERS;
        if (s->x[j] >= s->r_star) {
            settle(s, j, s->x[j]);
            continue;
        }
        if (is_admissible(s, j) && is_better(s, j, best)) best = j;
        if (best < 0 || ent_i_takes_sure(s->choice, 1.0 - s->r_star, s->q[PROPOSER * n + best])) {
            settle(s, j, s->r_star);
            continue;
        }
        s->best[j] = best;
        for (int f = 0; f < s->values; f++) s->now[f * n + j] = s->q[f * n + best];
        s->now[RISE * n + j] += s->x[best] - s->x[j];
    }
}

static ent_status keep_rules(atoms *s)
{
    ent_status st = ENT_OK;
    const double none = (double)NAN;
    for (int j = 0; j < s->n; j++) {
        ent_rule rule = {
            .period = s->period, .from = s->x[j], .to = s->x[j], .offer = none, .cutoff = none};
        if (s->best[j] >= 0)
            rule.kind = ENT_RULE_HOLD, rule.offer = s->need[s->best[j]],
            rule.cutoff = s->x[s->best[j]];
        else if (s->x[j] >= s->r_star) rule.kind = ENT_RULE_MATCH;
        else rule.kind = ENT_RULE_DETER, rule.offer = s->r_star;
        if (s->period == 1) rule.from = rule.to = 0.0;
        if (s->period == 1 && rule.kind == ENT_RULE_MATCH)
            rule.kind = ENT_RULE_DETER, rule.offer = s->r_star;
        ENT_TRY(ent_i_rule_add(s->ctx, s->out, &rule));
        if (s->period == 1) break;
    }
    if (s->period == s->m->periods) goto done;
    for (int j = 0; j < s->n; j++) {
        const ent_advance advance = {.period = s->period, .from = s->x[j], .to = s->x[j]};
        if (s->goes_on[j]) ENT_TRY(ent_i_advance_add(s->ctx, s->out, &advance));
    }
done:
    return st;
}

/* The panel of states from x_j up to the next offer. */
static ent_panel state_panel(const atoms *s, int j, double *value)
{
    const double none = (double)NAN;
    const int best = s->best[j], n = s->n;
    ent_panel p = {.kind = ENT_PANEL_SETTLE,
                   .lo = s->x[j],
                   .hi = j + 1 < n ? s->x[j + 1] : 1.0,
                   .offer = none,
                   .cutoff = none};
    if (best == DETERS) p.offer = s->r_star;
    if (best < 0) return p;
    p.kind = ENT_PANEL_LEVEL, p.offer = s->need[best], p.cutoff = s->x[best], p.value = value;
    for (int f = 0; f < ENT_VALUES_BEFORE_REACH; f++) value[f] = s->now[f * n + j];
    value[RISE] += s->x[j];
    return p;
}

/* The value functions as panels. Below the lowest offer everything is as with that offer, or
 * deterred when she would match it. */
static ent_status keep_values(atoms *s)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(s->ctx);
    ent_panel *panel = NULL;
    double *value = NULL;
    ENT_SCRATCH(s->ctx, panel, s->n + 1);
    ENT_SCRATCH(s->ctx, value, (size_t)s->n * ENT_VALUES_BEFORE_REACH);
    for (int j = 0; j < s->n; j++)
        panel[j + 1] = state_panel(s, j, value + (size_t)j * ENT_VALUES_BEFORE_REACH);
    panel[0] = panel[1];
    panel[0].lo = 0.0, panel[0].hi = s->x[0];
    if (s->best[0] == MATCHES) panel[0].offer = s->r_star;
    ENT_TRY(ent_i_outside_values_keep(s->ctx, s->out->values, s->period, s->n + 1, panel,
                                      ENT_VALUES_BEFORE_REACH));
done:
    ent_scratch_reset(s->ctx, mark);
    return st;
}

/* In the first period nothing stands yet: as with the lowest offer in hand, unless that is already
 * worth more than r*. */
static void keep_play(atoms *s, bool deters_alone)
{
    const double none = (double)NAN;
    const int n = s->n;
    if (s->x[0] >= s->r_star) settle(s, 0, s->r_star), s->best[0] = DETERS;
    const int best = s->best[0];
    const double *v = s->now;
    const bool search = best >= 0;
    s->out->play = (ent_outside_play){.regime = search         ? ENT_REGIME_SEARCH
                                                : deters_alone ? ENT_REGIME_DETER
                                                               : ENT_REGIME_PREFER,
                                      .is_search = search,
                                      .offer = search ? s->need[best] : s->r_star,
                                      .reservation = s->r_star,
                                      .cutoff = search ? s->x[best] : none,
                                      .proposer = v[PROPOSER * n],
                                      .partner = v[RISE * n] + s->x[0] - s->k,
                                      .ally = v[ALLY * n],
                                      .new_alliance = 1.0 - v[ALLY * n],
                                      .ally_contribution = v[ALLY_CONTRIBUTION * n],
                                      .new_contribution = v[NEW_CONTRIBUTION * n],
                                      .duration_periods = v[DURATION * n],
                                      .r_tilde = none,
                                      .r1_star = none,
                                      .x_hat = none,
                                      .top = none,
                                      .delta_under = none};
    s->out->reach[0] = 1.0;
    for (int t = 1; t < s->m->periods; t++) s->out->reach[t] = v[(REACH + t - 1) * n];
    s->out->play.second_period = s->m->periods > 1 ? s->out->reach[1] : 0.0;
}

/* Beyond the last period nothing is produced. */
static void exit_values(atoms *s)
{
    for (int f = 0; f < s->values; f++)
        for (int j = 0; j < s->n; j++) s->next[f * s->n + j] = f == RISE ? s->k - s->x[j] : 0.0;
    for (int j = 0; j < s->n; j++) s->best[j] = NOTHING;
}

static ent_status solve_all(atoms *s)
{
    ent_status st = ENT_OK;
    bool deters_alone = false;
    const ent_panel exit = {.kind = ENT_PANEL_EXIT, .lo = 0.0, .hi = 1.0};
    exit_values(s);
    if (s->out->values)
        ENT_TRY(ent_i_outside_values_keep(s->ctx, s->out->values, s->m->periods + 1, 1, &exit, 0));
    for (s->period = s->m->periods; s->period >= 1; s->period--) {
        ENT_CHECK_CANCEL(s->ctx);
        one_period(s);
        if (s->period == s->m->periods) deters_alone = s->best[0] < 0;
        ENT_TRY(keep_rules(s));
        if (s->out->values) ENT_TRY(keep_values(s));
        if (s->period == 1) break;
        double *const swap = s->next;
        s->next = s->now;
        s->now = swap;
    }
    keep_play(s, deters_alone);
    ent_i_rules_sort(s->out);
done:
    return st;
}

ent_status ent_i_outside_discrete(ent_ctx *ctx, const ent_outside *m,
                                  const ent_outside_choice *choice, ent_outside_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = m->offers.atoms, values = REACH + m->periods - 1;
    atoms s = {.ctx = ctx,
               .m = m,
               .choice = choice,
               .out = out,
               .n = n,
               .values = values,
               .k = m->fee - 1.0,
               .c = m->search_cost,
               .delta = m->discount,
               .r_star = ent_i_reservation(m),
               .x = m->offers.atom,
               .p = m->offers.mass};
    if (!(s.r_star > s.k)) {
        ENT_TRY(ent_i_outside_floor(ctx, m, s.r_star, out));
        goto done;
    }
    ENT_SCRATCH(ctx, s.next, (size_t)values * (size_t)n);
    ENT_SCRATCH(ctx, s.now, (size_t)values * (size_t)n);
    ENT_SCRATCH(ctx, s.q, (size_t)values * (size_t)n);
    ENT_SCRATCH(ctx, s.need, n);
    ENT_SCRATCH(ctx, s.best, n);
    ENT_SCRATCH(ctx, s.goes_on, n);
    ENT_TRY(solve_all(&s));
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
