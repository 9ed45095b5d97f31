/* [FR] Tables 1 and 2: the strategies, state by state: what the document prescribes against what
 * backward induction found. */
#include "verify/outside_check.h"

#include <math.h>
#include <string.h>

static const char *const words[] = {[ENT_LINE_FLOOR] = "floor",
                                    [ENT_LINE_MATCH] = "match",
                                    [ENT_LINE_DETER] = "deter",
                                    [ENT_LINE_HOLD] = "hold",
                                    [ENT_LINE_FOLLOW] = "follow"};

/* Places this near each other are the same. */
static const double rounding = 1e-12;

/* One entry of `rules` or `advances`. */
typedef struct piece {
    const ent_json *node;
    int64_t period;
    double from, to, offer, cutoff;
    int kind; /* of ent_line_kind; -1 for an advance */
} piece;

static double number(ent_ocheck *c, const ent_json *object, const char *key)
{
    ent_rat value = ENT_RAT_ZERO;
    double out = NAN;
    const ent_json *node = ent_ledger_member(&c->claims, object, key);
    if (ent_ledger_read(&c->claims, node, &value, NULL)) out = ent_rat_double(&value);
    ent_rat_release(&value);
    return out;
}

static int rule_kind(const char *word)
{
    for (int k = 0; k < 5; k++)
        if (strcmp(words[k], word) == 0) return k;
    return -1;
}

static bool read_rule(ent_ocheck *c, piece *p)
{
    static const char *const plain[] = {"period", "from", "to", "rule", "response", NULL};
    static const char *const offers[] = {"period", "from", "to", "rule", "offer", "response", NULL};
    static const char *const holds[] = {"period", "from",     "to",     "rule",
                                        "offer",  "response", "cutoff", NULL};
    const ent_json *word = ent_ledger_member(&c->claims, p->node, "rule"),
                   *response = ent_ledger_member(&c->claims, p->node, "response");
    if (!ent_ledger_kind(&c->claims, word, ENT_JSON_STRING)) return false;
    p->kind = rule_kind(word->text);
    if (p->kind < 0) {
        ent_ledger_refuse(&c->claims, word, "no such rule");
        return false;
    }
    const bool holding = p->kind == ENT_LINE_HOLD,
               offering = holding || p->kind == ENT_LINE_DETER || p->kind == ENT_LINE_FLOOR;
    ent_ledger_only(&c->claims, p->node, holding ? holds : offering ? offers : plain);
    ent_ledger_text(&c->claims, response,
                    holding || p->kind == ENT_LINE_FOLLOW ? "search" : "accept");
    if (offering) p->offer = number(c, p->node, "offer");
    if (holding) p->cutoff = number(c, p->node, "cutoff");
    return !(offering && isnan(p->offer)) && !(holding && isnan(p->cutoff));
}

/* One entry, which follows `before`, NULL for the first. */
static bool read_piece(ent_ocheck *c, bool rules, const piece *before, piece *p)
{
    static const char *const advance[] = {"period", "from", "to", NULL};
    if (!ent_ledger_kind(&c->claims, p->node, ENT_JSON_OBJECT)) return false;
    const double period = number(c, p->node, "period");
    p->from = number(c, p->node, "from");
    p->to = number(c, p->node, "to");
    const bool in_game = period >= 1.0 && period <= c->model->periods && floor(period) == period;
    if (!in_game || !(p->from >= 0.0 && p->to <= 1.0 && p->from <= p->to)) {
        ent_ledger_refuse(&c->claims, p->node,
                          "wanted a period of the game and 0 <= from <= to <= 1");
        return false;
    }
    p->period = (int64_t)period;
    if (rules && !read_rule(c, p)) return false;
    if (!rules) ent_ledger_only(&c->claims, p->node, advance);
    const bool in_order = !before || p->period > before->period ||
                          (p->period == before->period && p->from >= before->to - rounding);
    if (!in_order)
        ent_ledger_refuse(&c->claims, p->node,
                          "wanted periods and places in order, without overlaps");
    return in_order;
}

/* A list in order: by period, then by place, without overlaps. False when it cannot be used. */
static bool read_list(ent_ocheck *c, const ent_json *list, bool rules, piece *out, int *n)
{
    *n = 0;
    if (!ent_ledger_kind(&c->claims, list, ENT_JSON_ARRAY)) return false;
    for (const ent_json *at = list->first; at; at = at->next, (*n)++) {
        out[*n] = (piece){.node = at, .offer = NAN, .cutoff = NAN, .kind = -1};
        if (!read_piece(c, rules, *n ? &out[*n - 1] : NULL, &out[*n])) return false;
    }
    return true;
}

/* States of discrete offers are listed one by one, exactly; but for a floor, which is the same
 * everywhere. */
static void judge_states(ent_ocheck *c, const ent_back *b, int n, const piece *p, bool rules)
{
    const ent_offers *o = &c->model->offers;
    if (o->parts || b->is_floor) return;
    for (int k = 0; k < n; k++) {
        if (rules && p[k].period == 1) continue;
        int low = 0, high = o->atoms;
        while (high - low > 1) {
            const int middle = low + (high - low) / 2;
            if (o->atom[middle] <= p[k].from) low = middle;
            else high = middle;
        }
        if (p[k].from != p[k].to || p[k].from != o->atom[low])
            ent_ledger_refuse(&c->claims, p[k].node, "wanted from = to, one of the offers");
    }
}

/* The stretch of an item, as far as the piece covers it. */
static double overlap(const ent_line *line, int item, const piece *p)
{
    return fmin(line->high[item], p->to) - fmax(line->low[item], p->from);
}

static bool covers(const ent_line *line, int item, const piece *p)
{
    if (ent_line_is_atom(line, item)) {
        /* States are half-open, except where single ones are listed. */
        const double y = line->low[item];
        return y == p->from || (y > p->from && y < p->to) || (y == 1.0 && p->to == 1.0);
    }
    return overlap(line, item, p) > 0.0;
}

static void judge_hold(ent_ocheck *c, const piece *p, const ent_line_plan *plan)
{
    ent_ledger *l = &c->claims;
    const double tolerance = c->model->offers.parts ? ENT_OUTSIDE_PLACE : ENT_OUTSIDE_TOLERANCE;
    ent_ledger_residual(l, ent_json_get(p->node, "offer"), fabs(p->offer - plan->offer), tolerance);
    const double gap = fabs(p->cutoff - plan->cutoff);
    /* Where no offer can come from, all cutoffs are the same; that of discrete offers is one of
     * them. */
    const bool same = c->model->offers.parts && ent_offers_cdf(&c->model->offers, p->cutoff) ==
                                                    ent_offers_cdf(&c->model->offers, plan->cutoff);
    ent_ledger_residual(l, ent_json_get(p->node, "cutoff"), same ? 0.0 : gap, tolerance);
}

/* Differences that mean nothing: above the largest offer there are no states; at an atom that is
 * its own cutoff, holding and following are the same, and at one of exactly r* matching and
 * deterring. */
static bool means_the_same(const ent_ocheck *c, const ent_back *b, int item, const piece *p)
{
    const ent_line *line = b->line;
    const ent_line_plan *plan = ent_line_at(line, p->period > 0 ? (int)p->period : 1, item);
    if (!ent_line_is_atom(line, item))
        return line->low[item] >= ent_i_line_largest(&c->model->offers);
    if (p->kind == ENT_LINE_FOLLOW && plan->kind == ENT_LINE_HOLD)
        return fabs(plan->cutoff - line->low[item]) <= rounding;
    return p->kind == ENT_LINE_DETER && plan->kind == ENT_LINE_MATCH &&
           fabs(line->low[item] - b->r_star) <= rounding;
}

/* One piece against one item. A short stretch at its end is where a root was located. */
static void judge_rule(ent_ocheck *c, const ent_back *b, int period, int item, const piece *p)
{
    const ent_line *line = b->line;
    const ent_line_plan *plan = ent_line_at(line, period, item);
    const bool atom = ent_line_is_atom(line, item);
    const double width = atom ? 1.0 : overlap(line, item, p);
    if (means_the_same(c, b, item, p)) return;
    if (p->kind != (int)plan->kind) {
        const bool tie = plan->slack <= ENT_OUTSIDE_TOLERANCE;
        if (width <= ENT_OUTSIDE_PLACE || tie)
            ent_ledger_residual(&c->claims, p->node, 0.0, ENT_OUTSIDE_PLACE);
        else
            ent_ledger_refuse(&c->claims, p->node, "found \"%s\" from %.12g to %.12g",
                              words[plan->kind], line->low[item], line->high[item]);
        return;
    }
    if (plan->kind == ENT_LINE_HOLD && width > ENT_OUTSIDE_PLACE) judge_hold(c, p, plan);
    if (plan->kind == ENT_LINE_DETER)
        ent_ledger_residual(&c->claims, ent_json_get(p->node, "offer"), fabs(p->offer - b->r_star),
                            ENT_OUTSIDE_TOLERANCE);
    if (plan->kind == ENT_LINE_MATCH || plan->kind == ENT_LINE_FOLLOW)
        ent_ledger_residual(&c->claims, p->node, 0.0, ENT_OUTSIDE_PLACE);
}

/* Period 1 has one state. */
static void judge_first(ent_ocheck *c, const ent_back *b, int n, const piece *p)
{
    if (n < 1 || p->period != 1 || p->from != 0.0 || p->to != 0.0 || (n > 1 && p[1].period == 1)) {
        ent_ledger_refuse(&c->claims, n ? p->node : NULL,
                          "wanted one rule for period 1, from 0 to 0");
        return;
    }
    if (p->kind != (int)b->first.kind) {
        ent_ledger_refuse(&c->claims, p->node, "found \"%s\"", words[b->first.kind]);
        return;
    }
    if (p->kind == ENT_LINE_HOLD) judge_hold(c, p, &b->first);
    else
        ent_ledger_residual(&c->claims, ent_json_get(p->node, "offer"),
                            fabs(p->offer - b->first.offer), ENT_OUTSIDE_TOLERANCE);
}

/* Later periods when r* <= k: the floor below k, the standing offer above. */
static void judge_floor(ent_ocheck *c, const ent_back *b, const piece *p)
{
    const bool low = p->kind == ENT_LINE_FLOOR, high = p->kind == ENT_LINE_MATCH;
    const double lo = low ? 0.0 : b->k, hi = low ? b->k : 1.0;
    if (!low && !high) {
        ent_ledger_refuse(&c->claims, p->node, "nobody searches: wanted \"floor\" or \"match\"");
        return;
    }
    ent_ledger_residual(&c->claims, ent_json_get(p->node, "from"), fabs(p->from - lo),
                        ENT_OUTSIDE_TOLERANCE);
    ent_ledger_residual(&c->claims, ent_json_get(p->node, "to"), fabs(p->to - hi),
                        ENT_OUTSIDE_TOLERANCE);
    if (low)
        ent_ledger_residual(&c->claims, ent_json_get(p->node, "offer"), fabs(p->offer - b->k),
                            ENT_OUTSIDE_TOLERANCE);
}

/* Every state of a period has a rule: pieces adjoin, from 0 to 1; or every single offer is
 * listed. */
static void judge_cover(ent_ocheck *c, const ent_back *b, int period, int n, const piece *p)
{
    double reached = 0.0;
    const ent_json *last = NULL;
    /* single states: every offer is looked for */
    if (!c->model->offers.parts && !b->is_floor) return;
    for (int k = 0; k < n; k++) {
        if (p[k].period != period) continue;
        last = p[k].node;
        if (fabs(p[k].from - reached) > rounding)
            ent_ledger_refuse(&c->claims, ent_json_get(p[k].node, "from"),
                              "wanted where the piece before ends");
        reached = p[k].to;
    }
    if (!(reached >= 1.0 - ENT_OUTSIDE_TOLERANCE))
        ent_ledger_refuse(&c->claims, last,
                          "wanted rules up to 1 in period %d, found them up to %.12g", period,
                          reached);
}

/* The pieces of one period among those in order; `first` is where it begins. */
static int count_period(int period, int n, const piece *p, int *first)
{
    int at = 0, many = 0;
    while (at < n && p[at].period < period) at++;
    while (at + many < n && p[at + many].period == period) many++;
    *first = at;
    return many;
}

/* Later periods: every state against the pieces that cover it. */
static void judge_period(ent_ocheck *c, const ent_back *b, int period, int n, const piece *p)
{
    int at = 0;
    for (int i = 0; i < b->line->items; i++) {
        bool covered = ent_line_is_atom(b->line, i) && b->line->mass[i] == 0.0;
        while (at < n && p[at].to < b->line->low[i]) at++;
        for (int k = at; k < n && p[k].from <= b->line->high[i]; k++) {
            if (!covers(b->line, i, &p[k])) continue;
            judge_rule(c, b, period, i, &p[k]);
            covered = true;
        }
        if (!covered)
            ent_ledger_refuse(&c->claims, ent_json_get(c->solution, "rules"),
                              "no rule for period %d at %.12g", period, b->line->low[i]);
    }
}

static void judge_rules(ent_ocheck *c, const ent_back *b, int n, const piece *p)
{
    judge_first(c, b, n, p);
    for (int t = 2; t <= b->periods; t++) {
        int first = 0;
        const int many = count_period(t, n, p, &first);
        judge_cover(c, b, t, n, p);
        if (!b->is_floor) judge_period(c, b, t, many, p + first);
        for (int k = first; b->is_floor && k < first + many; k++) judge_floor(c, b, &p[k]);
    }
}

/* How much of an item is listed; of an atom 1 or 0. */
static double listed(const ent_line *line, int item, int n, const piece *p)
{
    double sum = 0.0;
    const bool atom = ent_line_is_atom(line, item);
    for (int k = 0; k < n && p[k].from <= line->high[item]; k++) {
        if (atom && line->low[item] >= p[k].from && line->low[item] <= p[k].to) return 1.0;
        if (!atom) sum += fmax(0.0, overlap(line, item, &p[k]));
    }
    return sum;
}

static void judge_going(ent_ocheck *c, const ent_back *b, int period, const ent_json *list, int n,
                        const piece *p)
{
    int at = 0;
    for (int i = 0; i < b->line->items; i++) {
        const bool atom = ent_line_is_atom(b->line, i),
                   goes = ent_line_at(b->line, period, i)->goes;
        while (at < n && p[at].to < b->line->low[i]) at++;
        /* At an atom where a stretch ends he is nearly indifferent; with densities that is no state
         * of its own. */
        if (atom && (b->line->stride > 1 || b->line->mass[i] == 0.0)) continue;
        const double found = listed(b->line, i, n - at, p + at);
        const double wrong =
            goes ? (atom ? 1.0 : b->line->high[i] - b->line->low[i]) - found : found;
        const double most = ENT_OUTSIDE_PLACE + c->blur;
        if (wrong <= most) ent_ledger_residual(&c->claims, list, fmax(wrong, 0.0), most);
        else
            ent_ledger_refuse(&c->claims, list,
                              "in period %d he %s after an offer between %.12g and %.12g", period,
                              goes ? "goes on" : "stays", b->line->low[i], b->line->high[i]);
    }
}

/* Where he goes on: the stretches listed, and no others. */
static void judge_advances(ent_ocheck *c, const ent_back *b, const ent_json *list, int n,
                           const piece *p)
{
    for (int t = 1; !b->is_floor && t < b->periods; t++) {
        int first = 0;
        const int many = count_period(t, n, p, &first);
        judge_going(c, b, t, list, many, p + first);
    }
    if (n && (b->is_floor || p[n - 1].period >= b->periods))
        ent_ledger_refuse(&c->claims, p[n - 1].node, "he does not go on in this period");
}

void ent_i_check_outside_rules(ent_ocheck *c, const ent_back *b)
{
    ent_ledger *l = &c->claims;
    const ent_mark mark = ent_scratch_mark(c->ctx);
    ent_ledger_begin(l, 1.0);
    if (c->model->offers.parts && fabs(b->r_star - b->k) <= ENT_OUTSIDE_TOLERANCE) {
        /* Deterring and the floor are the same offer, and rounding chooses the word. */
        ent_ledger_residual(l, ent_json_get(c->solution, "rules"), fabs(b->r_star - b->k),
                            ENT_OUTSIDE_TOLERANCE);
        ent_ledger_end(l, "/solution/rules", "r* is fee - 1: every state is settled at once");
        return;
    }
    const ent_json *rules = ent_ledger_member(l, c->solution, "rules"),
                   *advances = ent_ledger_member(l, c->solution, "advances");
    const size_t room = 1 + (rules ? rules->count : 0) + (advances ? advances->count : 0);
    piece *p = ent_scratch_alloc(c->ctx, room, sizeof *p, &c->claims.report->status);
    int n = 0;
    if (p && read_list(c, rules, true, p, &n))
        judge_states(c, b, n, p, true), judge_rules(c, b, n, p);
    ent_ledger_end(l, "/solution/rules", "her offers in every state of every period");
    ent_ledger_begin(l, 1.0);
    if (p && read_list(c, advances, false, p, &n))
        judge_states(c, b, n, p, false), judge_advances(c, b, advances, n, p);
    ent_ledger_end(l, "/solution/advances",
                   "whether he goes on, after every outside offer of every period");
    ent_scratch_reset(c->ctx, mark);
}
