/* Discrete offers in doubles, for large empirical distributions: backward induction with suffix sums, docs/outside.md 3. Equality of
 * an offer with a new draw goes to the ally. The exact twin, for small games, is outside_exact.c. */
#include "outside/outside_solve.h"

#include "base/ctx.h"

#include <math.h>

enum { RISE, PROPOSER, ALLY, ALLY_CONTRIBUTION, NEW_CONTRIBUTION, DURATION, REACH };

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
    int *best;          /* [n] the cutoff in state j; -1: she deters */
    bool *goes_on;      /* [n] */
} atoms;

static double gap(const atoms *s, int j)
{
    return s->delta * s->next[j] - (1.0 - s->delta) * (s->x[j] - s->k);
}

/* R and D for every offer in hand after a search. */
static void needs(atoms *s)
{
    for (int j = 0; j < s->n; j++) {
        const double g = gap(s, j);
        const bool match_later = s->x[j] >= s->r_star && s->delta == 1.0 && s->period < s->m->periods;
        s->goes_on[j] = match_later ? !s->choice->takes_at_once : g > 0.0;
        s->need[j] = s->x[j] + (s->goes_on[j] && g > 0.0 ? g : 0.0);
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

/* The last state before R rises, with R < r*: an offer of R there is accepted up to exactly here. */
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

static void one_period(atoms *s)
{
    const int n = s->n;
    int best = -1;
    needs(s);
    cutoffs(s);
    for (int j = n - 1; j >= 0; j--) {
        s->best[j] = -1;
        if (s->x[j] >= s->r_star) {
            settle(s, j, s->x[j]);
            continue;
        }
        if (is_admissible(s, j) && (best < 0 || s->q[PROPOSER * n + j] > s->q[PROPOSER * n + best])) best = j;
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
        ent_rule rule = {.period = s->period, .from = s->x[j], .to = s->x[j], .offer = none, .cutoff = none};
        if (s->best[j] >= 0) rule.kind = ENT_RULE_HOLD, rule.offer = s->need[s->best[j]], rule.cutoff = s->x[s->best[j]];
        else if (s->x[j] >= s->r_star) rule.kind = ENT_RULE_MATCH;
        else rule.kind = ENT_RULE_DETER, rule.offer = s->r_star;
        if (s->period == 1) rule.from = rule.to = 0.0;
        if (s->period == 1 && rule.kind == ENT_RULE_MATCH) rule.kind = ENT_RULE_DETER, rule.offer = s->r_star;
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

/* In the first period nothing stands yet: as with the lowest offer in hand, unless that is already worth more than r*. */
static void keep_play(atoms *s, bool deters_alone)
{
    const double none = (double)NAN;
    const int n = s->n;
    if (s->x[0] >= s->r_star) settle(s, 0, s->r_star), s->best[0] = -1;
    const int best = s->best[0];
    const double *v = s->now;
    const bool search = best >= 0;
    s->out->play = (ent_outside_play){
        .regime = search ? ENT_REGIME_SEARCH : deters_alone ? ENT_REGIME_DETER : ENT_REGIME_PREFER, .is_search = search,
        .offer = search ? s->need[best] : s->r_star, .reservation = s->r_star, .cutoff = search ? s->x[best] : none,
        .proposer = v[PROPOSER * n], .partner = v[RISE * n] + s->x[0] - s->k, .ally = v[ALLY * n], .new_alliance = 1.0 - v[ALLY * n],
        .ally_contribution = v[ALLY_CONTRIBUTION * n], .new_contribution = v[NEW_CONTRIBUTION * n],
        .duration_periods = v[DURATION * n], .r_tilde = none, .r1_star = none, .x_hat = none, .top = none, .delta_under = none};
    s->out->reach[0] = 1.0;
    for (int t = 1; t < s->m->periods; t++) s->out->reach[t] = v[(REACH + t - 1) * n];
    s->out->play.second_period = s->m->periods > 1 ? s->out->reach[1] : 0.0;
}

/* Beyond the last period nothing is produced. */
static void exit_values(atoms *s)
{
    for (int f = 0; f < s->values; f++)
        for (int j = 0; j < s->n; j++) s->next[f * s->n + j] = f == RISE ? s->k - s->x[j] : 0.0;
}

static ent_status solve_all(atoms *s)
{
    ent_status st = ENT_OK;
    bool deters_alone = false;
    exit_values(s);
    for (s->period = s->m->periods; s->period >= 1; s->period--) {
        ENT_CHECK_CANCEL(s->ctx);
        one_period(s);
        if (s->period == s->m->periods) deters_alone = s->best[0] < 0;
        ENT_TRY(keep_rules(s));
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

ent_status ent_i_outside_discrete(ent_ctx *ctx, const ent_outside *m, const ent_outside_choice *choice, ent_outside_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = m->offers.atoms, values = REACH + m->periods - 1;
    atoms s = {.ctx = ctx, .m = m, .choice = choice, .out = out, .n = n, .values = values, .k = m->fee - 1.0, .c = m->search_cost,
               .delta = m->discount, .r_star = ent_i_reservation(m), .x = m->offers.atom, .p = m->offers.mass};
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
