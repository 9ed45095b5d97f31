#include "verify/outside_back.h"

#include <math.h>

/* Rounding: what a few hundred operations on numbers of size 1 leave. */
static const double noise = 1e-14;
/* A slope (over a panel scaled to [-1,1]) below this has no sign. */
static const double flat = 1e-12;

typedef struct stage {
    ent_back *b;
    ent_line *line;
    int period;
    /* [items][stride] when he searches and the point is the cutoff; grows with the line */
    double *value[ENT_LINE_VALUES];
    double *offer; /* what he gives up there: R */
} stage;

typedef struct best {
    bool valid;
    int item, point;
    double cutoff, offer, value[ENT_LINE_VALUES];
} best;

static size_t place(const ent_line *line, int item, int j)
{
    return (size_t)item * (size_t)line->stride + (size_t)j;
}

/* What he gains by going on changes sign between these points: where, rounding does not tell better
 * than `noise` over its slope. */
static void note_blur(const stage *s, int item, const double *value, const int between[2])
{
    const int from = between[0], to = between[1];
    const double *y = s->line->y + place(s->line, item, 0),
                 *cdf = s->line->cdf + place(s->line, item, 0);
    const double width = fabs(y[to] - y[from]),
                 share = from + 1 < to ? 1.0 : fmin(1.0, noise / fabs(value[to] - value[from]));
    s->b->blur = fmax(s->b->blur, width * share);
    s->b->blurred += fabs(cdf[to] - cdf[from]) * share;
}

/* A place strictly inside the panel where the values change sign, those up to `least` counting as
 * 0; NAN when there is none. between: the points around it. */
static double sign_change(const stage *s, int item, const double *value, double least,
                          int between[2])
{
    const double *y = s->line->y + place(s->line, item, 0), low = s->line->low[item],
                 high = s->line->high[item];
    int before = -1;
    for (int j = 0; j < ENT_LINE_NODES; j++) {
        if (!(fabs(value[j]) > least)) continue;
        const int from = before;
        before = j;
        if (from < 0 || value[from] * value[j] > 0.0) continue;
        const double x =
            from + 1 < j ? y[(from + j) / 2] : ent_i_line_root(s->line, item, value, from);
        if (!(x > low && x < high)) continue;
        between[0] = from, between[1] = j;
        return x;
    }
    return NAN;
}

/* k + delta W - y: positive when he would rather go on than take y. */
static double eager(const stage *s, int item, int j)
{
    const size_t at = place(s->line, item, j);
    return s->b->k + s->b->discount * s->line->next[ENT_LINE_PARTNER][at] - s->line->y[at];
}

/* Whether he goes on where equality is not a matter of rounding: 1 yes, 0 no, -1 compute it. */
static int eager_for_sure(const stage *s, int item)
{
    if (s->period == s->b->periods) return s->line->low[item] >= s->b->k ? 0 : 1;
    const ent_line_plan *next = ent_line_at(s->line, s->period + 1, item);
    const bool patient = s->b->discount >= 1.0;
    if (next->kind == ENT_LINE_MATCH) return patient && !s->b->rules.is_taken;
    /* Below r* a search is worth more than what is in hand, and r* itself too: patient, he waits
     * for it. */
    if (patient) return 1;
    return -1;
}

/* Cut the panels where he begins or ceases to go on, and note where he does. */
static ent_status set_goes(stage *s)
{
    ent_status st = ENT_OK;
    for (int i = 0; i < s->line->items; i++) {
        ent_line_plan *plan = ent_line_at(s->line, s->period, i);
        const int sure = eager_for_sure(s, i), n = ent_line_count(s->line, i);
        double gain[ENT_LINE_NODES], most = 0.0;
        if (sure >= 0) {
            plan->goes = sure == 1;
            continue;
        }
        for (int j = 0; j < n; j++) {
            gain[j] = eager(s, i, j);
            if (fabs(gain[j]) > fabs(most)) most = gain[j];
        }
        plan->goes = n == 1 ? gain[0] > 1e-15 : most > 0.0;
        int between[2] = {0, 0};
        const double x = n > 1 ? sign_change(s, i, gain, noise, between) : (double)NAN;
        if (isnan(x)) continue;
        note_blur(s, i, gain, between);
        ENT_TRY(ent_i_line_split(s->line, i, x));
        i--;
    }
done:
    return st;
}

static void gains(const stage *s, int item, int j, double g[ENT_LINE_VALUES])
{
    const size_t at = place(s->line, item, j);
    const bool goes = ent_line_at(s->line, s->period, item)->goes;
    const double y = s->line->y[at], d = s->b->discount;
    g[ENT_LINE_PROPOSER] = goes ? d * s->line->next[ENT_LINE_PROPOSER][at] : 0.0;
    g[ENT_LINE_PARTNER] = goes ? s->b->k + d * s->line->next[ENT_LINE_PARTNER][at] : y;
    g[ENT_LINE_ALLY] = goes ? s->line->next[ENT_LINE_ALLY][at] : 0.0;
    g[ENT_LINE_ALLY_GIVES] = goes ? s->line->next[ENT_LINE_ALLY_GIVES][at] : 0.0;
    g[ENT_LINE_NEW_GIVES] = goes ? s->line->next[ENT_LINE_NEW_GIVES][at] : y;
    g[ENT_LINE_PERIODS] = goes ? s->line->next[ENT_LINE_PERIODS][at] : 0.0;
}

/* If he searches and accepts up to this point: Q, V and the rest, from the right to the left.
 * [FR] eq. (6) in general */
static void search_values(stage *s)
{
    ent_line *line = s->line;
    double tail[ENT_LINE_VALUES] = {0};
    for (int i = line->items - 1; i >= 0; i--) {
        const int n = ent_line_count(line, i);
        double g[ENT_LINE_VALUES][ENT_LINE_NODES], above[ENT_LINE_NODES];
        for (int j = 0; j < n; j++) {
            double here[ENT_LINE_VALUES];
            gains(s, i, j, here);
            for (int f = 0; f < ENT_LINE_VALUES; f++) g[f][j] = here[f];
            s->offer[place(line, i, j)] = here[ENT_LINE_PARTNER];
        }
        for (int f = 0; f < ENT_LINE_VALUES; f++) {
            if (n > 1) ent_i_line_above(line, i, g[f], above);
            else above[0] = 0.0;
            for (int j = 0; j < n; j++) {
                const size_t at = place(line, i, j);
                const double chance = line->cdf[at], r = s->offer[at], rest = tail[f] + above[j];
                const double now[ENT_LINE_VALUES] = {(1.0 - r) * chance,
                                                     r * chance - s->b->cost - s->b->k,
                                                     chance,
                                                     r * chance,
                                                     0.0,
                                                     1.0};
                s->value[f][at] = now[f] + rest;
            }
            tail[f] += n > 1 ? above[0] : line->mass[i] * g[f][0];
        }
    }
}

/* Does he search when offered what he would give up here? (In a lower state, too: the offer is then
 * the most he has.) Below r* the gain, which is E(X - s)^+ - c or more, may be smaller than
 * rounding, but not 0. */
static bool searches(const stage *s, int item, int j)
{
    const size_t at = place(s->line, item, j);
    return s->value[ENT_LINE_PARTNER][at] > s->offer[at] - s->b->k - noise &&
           s->offer[at] < s->b->r_star;
}

static void consider(const stage *s, int item, int j, best *b)
{
    const size_t at = place(s->line, item, j);
    /* Of equal lotteries the one that is accepted more often. */
    if (!searches(s, item, j) || (b->valid && !(s->value[0][at] > b->value[0] + noise))) return;
    b->valid = true;
    b->item = item;
    b->point = j;
    b->cutoff = s->line->y[at];
    b->offer = s->offer[at];
    for (int f = 0; f < ENT_LINE_VALUES; f++) b->value[f] = s->value[f][at];
}

static bool takes_sure(const stage *s, double sure, double risky)
{
    const ent_back_rules *r = &s->b->rules;
    return r->is_sure ? sure >= risky * (1.0 - r->tie) : sure > risky * (1.0 + r->tie);
}

/* The same for value - level. */
static double crossing(const stage *s, int item, const double *value, double level, double least)
{
    double gap[ENT_LINE_NODES];
    int between[2];
    for (int j = 0; j < ENT_LINE_NODES; j++) gap[j] = value[j] - level;
    return sign_change(s, item, gap, least, between);
}

/* Where her payoff turns inside a panel, if it matters: between two points it may exceed both by as
 * much as the slope carries it. */
static double turning(const stage *s, int item, const best *b)
{
    const double *q = s->value[0] + place(s->line, item, 0);
    double slope[ENT_LINE_NODES], most = 0.0;
    for (int i = 0; i < ENT_LINE_NODES; i++) {
        slope[i] = 0.0;
        for (int j = 0; j < ENT_LINE_NODES; j++) slope[i] += s->line->derive[i][j] * q[j];
        const double *z = s->line->point;
        const double reach =
            fmax(i ? z[i] - z[i - 1] : 0.0, i + 1 < ENT_LINE_NODES ? z[i + 1] - z[i] : 0.0);
        most = fmax(most, q[i] + fabs(slope[i]) * reach);
    }
    if (b->valid && most <= b->value[0] + noise) return NAN;
    return crossing(s, item, slope, 0.0, flat);
}

/* She holds out the best offer from here on, or deters. */
static void hold_or_deter(const stage *s, const best *b, ent_line_plan *plan)
{
    const double sure = 1.0 - s->b->r_star;
    plan->kind = b->valid && !takes_sure(s, sure, b->value[0]) ? ENT_LINE_HOLD : ENT_LINE_DETER;
    plan->cutoff = b->cutoff;
    plan->offer = plan->kind == ENT_LINE_HOLD ? b->offer : s->b->r_star;
    plan->item = b->item;
    plan->point = b->point;
    plan->slack = b->valid ? fabs(sure - b->value[0]) : (double)INFINITY;
}

/* One panel, everything to its right being known. `cut` becomes where it must be cut first, or
 * NAN. */
static void decide_panel(const stage *s, int item, best *b, double *cut)
{
    enum { LAST = ENT_LINE_NODES - 1 };
    ent_line_plan *plan = ent_line_at(s->line, s->period, item);
    const double *q = s->value[0] + place(s->line, item, 0), sure = 1.0 - s->b->r_star;
    *cut = turning(s, item, b);
    if (!isnan(*cut)) return;
    consider(s, item, LAST, b);
    if (!searches(s, item, LAST / 2) || (b->valid && !(q[0] > b->value[0] + noise))) {
        hold_or_deter(s, b, plan);
        return;
    }
    if (b->valid && q[LAST] < b->value[0] - noise) {
        *cut = crossing(s, item, q, b->value[0], 0.0);
        if (!isnan(*cut)) return;
    }
    if (takes_sure(s, sure, q[0]) != takes_sure(s, sure, q[LAST])) {
        *cut = crossing(s, item, q, sure, noise);
        if (!isnan(*cut)) return;
    }
    plan->kind = takes_sure(s, sure, q[LAST / 2]) ? ENT_LINE_DETER : ENT_LINE_FOLLOW;
    plan->offer = plan->kind == ENT_LINE_DETER ? s->b->r_star : (double)NAN;
    plan->cutoff = NAN;
    plan->slack = fmin(fabs(sure - q[0]), fabs(sure - q[LAST]));
    consider(s, item, 0, b);
}

/* Her offers in every state of the period; cuts panels and begins anew until none needs a cut.
 * [FR] Table 1 in general */
static ent_status decide(stage *s)
{
    ent_status st = ENT_OK;
    for (bool again = true; again;) {
        again = false;
        search_values(s);
        best b = {.cutoff = NAN};
        for (int i = s->line->items - 1; i >= 0 && !again; i--) {
            ent_line_plan *plan = ent_line_at(s->line, s->period, i);
            double cut = NAN;
            plan->slack = (double)INFINITY;
            if (s->line->low[i] >= s->b->r_star) plan->kind = ENT_LINE_MATCH;
            else if (ent_line_is_atom(s->line, i))
                consider(s, i, 0, &b), hold_or_deter(s, &b, plan);
            else decide_panel(s, i, &b, &cut);
            if (isnan(cut)) continue;
            ENT_TRY(ent_i_line_split(s->line, i, cut));
            again = true;
        }
    }
done:
    return st;
}

static void settled(double contribution, double k, double v[ENT_LINE_VALUES])
{
    v[ENT_LINE_PROPOSER] = 1.0 - contribution;
    v[ENT_LINE_PARTNER] = contribution - k;
    v[ENT_LINE_ALLY] = 1.0;
    v[ENT_LINE_ALLY_GIVES] = contribution;
    v[ENT_LINE_NEW_GIVES] = 0.0;
    v[ENT_LINE_PERIODS] = 1.0;
}

/* The values of the period become those of the next. */
static void set_next(stage *s)
{
    ent_line *line = s->line;
    for (int i = 0; i < line->items; i++) {
        const ent_line_plan *plan = ent_line_at(line, s->period, i);
        for (int j = 0; j < ent_line_count(line, i); j++) {
            const size_t at = place(line, i, j), from = plan->kind == ENT_LINE_HOLD
                                                            ? place(line, plan->item, plan->point)
                                                            : at;
            double v[ENT_LINE_VALUES];
            for (int f = 0; f < ENT_LINE_VALUES; f++) v[f] = s->value[f][from];
            if (plan->kind == ENT_LINE_MATCH) settled(line->y[at], s->b->k, v);
            if (plan->kind == ENT_LINE_DETER) settled(s->b->r_star, s->b->k, v);
            for (int f = 0; f < ENT_LINE_VALUES; f++) line->next[f][at] = v[f];
        }
    }
}

static ent_status solve_period(stage *s)
{
    ent_status st = ENT_OK;
    ENT_TRY(set_goes(s));
    ENT_TRY(decide(s));
    set_next(s);
done:
    return st;
}

/* [FR] footnote 8 corrected: r* <= k, and a search is never worth its cost. */
static void solve_floor(ent_back *b)
{
    b->is_floor = true;
    settled(b->k, b->k, b->value);
    b->value[ENT_LINE_PARTNER] = 0.0;
    b->first =
        (ent_line_plan){.kind = ENT_LINE_FLOOR, .offer = b->k, .cutoff = NAN, .slack = INFINITY};
    for (int t = 0; t < b->periods; t++) b->reach[t] = t == 0 ? 1.0 : 0.0;
}

ent_status ent_i_back_solve(ent_ctx *ctx, const ent_outside *model, double cost,
                            const ent_back_rules *rules, ent_back *b)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    stage s = {.b = b};
    ent_rat k = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_sub(&k, &model->fee_exact, &one);
    *b = (ent_back){.k = ent_rat_double(&k),
                    .cost = cost,
                    .discount = model->discount,
                    .periods = model->periods,
                    .rules = *rules};
    ENT_ALLOC(ctx, b->reach, (size_t)b->periods);
    ENT_TRY(ent_i_line_reservation(ctx, &model->offers, cost, &b->r_star));
    if (!(b->r_star - b->k > noise)) {
        solve_floor(b);
        goto done;
    }
    const double marks[] = {b->k, b->r_star};
    ENT_TRY(ent_i_line_new(ctx, &model->offers, b->periods, 2, marks, &b->line));
    s.line = b->line;
    const size_t points = (size_t)b->line->room * (size_t)b->line->stride;
    for (int f = 0; f < ENT_LINE_VALUES; f++) ENT_SCRATCH(ctx, s.value[f], points);
    ENT_SCRATCH(ctx, s.offer, points);
    for (s.period = b->periods; s.period >= 1; s.period--) {
        ENT_TRY(solve_period(&s));
        if (s.period < b->periods) continue;
        b->deters_alone = ent_line_at(b->line, s.period, 0)->kind == ENT_LINE_DETER;
        b->alone_slack = ent_line_at(b->line, s.period, 0)->slack;
    }
    b->first = *ent_line_at(b->line, 1, 0);
    for (int f = 0; f < ENT_LINE_VALUES; f++) b->value[f] = b->line->next[f][0];
    ENT_TRY(ent_i_back_reach(ctx, b));
done:
    ent_rat_release(&k);
    ent_rat_release(&one);
    ent_scratch_reset(ctx, mark);
    return st;
}

void ent_i_back_release(ent_back *b)
{
    ent_i_line_free(b->line);
    ent_free(b->reach);
    *b = (ent_back){0};
}
