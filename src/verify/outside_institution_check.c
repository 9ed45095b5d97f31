/* `institution`: payoffs as functions of the search cost, [FR] Section 5, [FR] Figures 3 and 4,
 * recomputed cost by cost. */
#include "verify/outside_check.h"

#include "base/ctx.h"

#include <math.h>
#include <stdio.h>

/* Costs are printed to the last bit, but where the equilibrium jumps rounding decides on which side
 * one stands. */
static const double beside = 1e-10;
/* No other cost may be better than this much: costs are compared on a grid that does not contain
 * the claimed one. */
static const double better = 1e-9;

static ent_status solve(ent_ocheck *c, double cost, ent_back *b)
{
    ent_i_back_release(b);
    return ent_i_back_solve(c->ctx, c->model, fmax(cost, 0.0), &c->rules, b);
}

static bool number(ent_ocheck *c, const ent_json *object, const char *key, double *out)
{
    ent_rat value = ENT_RAT_ZERO;
    const bool good =
        ent_ledger_read(&c->claims, ent_ledger_member(&c->claims, object, key), &value, NULL);
    if (good) *out = ent_rat_double(&value);
    ent_rat_release(&value);
    return good;
}

/* One point {"cost", "proposer", "partner", "ally", "regime"} as claimed. */
typedef struct point {
    const ent_json *node, *regime;
    double cost, proposer, partner, ally;
} point;

static bool read_point(ent_ocheck *c, const ent_json *node, point *p)
{
    static const char *const known[] = {"cost", "proposer", "partner", "ally", "regime", NULL};
    if (!ent_ledger_kind(&c->claims, node, ENT_JSON_OBJECT)) return false;
    ent_ledger_only(&c->claims, node, known);
    p->node = node;
    p->regime = ent_ledger_member(&c->claims, node, "regime");
    if (!ent_ledger_kind(&c->claims, p->regime, ENT_JSON_STRING)) return false;
    const bool all = number(c, node, "cost", &p->cost) &&
                     number(c, node, "proposer", &p->proposer) &&
                     number(c, node, "partner", &p->partner) && number(c, node, "ally", &p->ally);
    if (all && p->cost < 0.0) ent_ledger_refuse(&c->claims, node, "wanted a cost of at least 0");
    return all && p->cost >= 0.0;
}

static double distance(const ent_back *b, const point *p)
{
    if (!ent_i_outside_regime(b, p->regime->text)) return INFINITY;
    return fmax(fabs(b->value[ENT_LINE_PROPOSER] - p->proposer),
                fmax(fabs(b->value[ENT_LINE_PARTNER] - p->partner),
                     fabs(b->value[ENT_LINE_ALLY] - p->ally)));
}

/* The point is the equilibrium at its cost, or, where it jumps, right beside it. */
static ent_status judge_point(ent_ocheck *c, const point *p)
{
    ent_status st = ENT_OK;
    ent_back b = {0};
    double nearest = INFINITY;
    static const double steps[] = {0.0, 1.0, -1.0};
    for (int k = 0; k < 3 && !(nearest <= ENT_OUTSIDE_TOLERANCE + c->grain); k++) {
        ENT_TRY(solve(c, p->cost * (1.0 + steps[k] * 1e-14), &b));
        nearest = fmin(nearest, distance(&b, p));
    }
    if (isfinite(nearest))
        ent_ledger_residual(&c->claims, p->node, nearest, ENT_OUTSIDE_TOLERANCE + c->grain);
    else ent_ledger_refuse(&c->claims, p->regime, "not the regime at this cost");
done:
    ent_i_back_release(&b);
    return st;
}

/* The limit from the left: values at costs a little lower, whose distance shrinks with the root of
 * the step at worst (r~ has a root there), so that twice the nearer less the farther, four times as
 * far, has no such term left. */
static ent_status judge_left(ent_ocheck *c, const point *p)
{
    ent_status st = ENT_OK;
    ent_back near = {0}, far = {0};
    ENT_TRY(solve(c, p->cost * (1.0 - beside), &near));
    ENT_TRY(solve(c, p->cost * (1.0 - 4.0 * beside), &far));
    const double claimed[] = {p->proposer, p->partner, p->ally};
    double most = 0.0;
    for (int f = 0; f < 3; f++)
        most = fmax(most, fabs(2.0 * near.value[f] - far.value[f] - claimed[f]));
    if (!ent_i_outside_regime(&near, p->regime->text))
        ent_ledger_refuse(&c->claims, p->regime, "not the regime on the left of this cost");
    else ent_ledger_residual(&c->claims, p->node, most, ENT_OUTSIDE_PLACE);
done:
    ent_i_back_release(&near);
    ent_i_back_release(&far);
    return st;
}

static bool settles(const ent_back *b) { return b->first.kind != ENT_LINE_HOLD; }

/* A jump: searching on one side, settling on the other, and the claimed numbers on both. */
static ent_status judge_jump(ent_ocheck *c, const ent_json *node, double *last)
{
    ent_status st = ENT_OK;
    static const char *const known[] = {"cost", "left", "at", NULL};
    ent_back below = {0}, above = {0};
    point left, at;
    double cost = 0.0;
    if (!ent_ledger_kind(&c->claims, node, ENT_JSON_OBJECT)) goto done;
    ent_ledger_only(&c->claims, node, known);
    if (!number(c, node, "cost", &cost) ||
        !read_point(c, ent_ledger_member(&c->claims, node, "left"), &left) ||
        !read_point(c, ent_ledger_member(&c->claims, node, "at"), &at))
        goto done;
    if (fabs(left.cost - cost) > 1e-14 * cost || at.cost != cost || !(cost > *last))
        ent_ledger_refuse(&c->claims, node, "wanted one cost, jumps in order");
    *last = cost;
    ENT_TRY(solve(c, cost * (1.0 - 1e-8), &below));
    ENT_TRY(solve(c, cost * (1.0 + 1e-8), &above));
    if (settles(&below) == settles(&above))
        ent_ledger_refuse(&c->claims, node,
                          "the same kind of equilibrium on both sides of this cost");
    ENT_TRY(judge_left(c, &left));
    ENT_TRY(judge_point(c, &at));
done:
    ent_i_back_release(&below);
    ent_i_back_release(&above);
    return st;
}

static ent_status check_jumps(ent_ocheck *c)
{
    ent_status st = ENT_OK;
    double last = 0.0;
    ent_ledger_begin(&c->claims, 1.0);
    const ent_json *list = ent_ledger_member(&c->claims, c->solution, "jumps");
    if (!ent_ledger_kind(&c->claims, list, ENT_JSON_ARRAY)) goto done;
    for (const ent_json *at = list->first; at; at = at->next) ENT_TRY(judge_jump(c, at, &last));
    ent_ledger_end(&c->claims, "/solution/jumps", "solved just below and just above");
done:
    return st;
}

/* Equal steps from 0 to the floor. */
static ent_status check_curve(ent_ocheck *c, double floor_cost)
{
    ent_status st = ENT_OK;
    ent_ledger *l = &c->claims;
    int64_t k = 0;
    ent_ledger_begin(l, 1.0);
    const ent_json *list = ent_ledger_member(l, c->solution, "curve");
    if (!ent_ledger_kind(l, list, ENT_JSON_ARRAY)) goto done;
    if (list->count != (uint64_t)c->curve_points)
        ent_ledger_refuse(l, list, "wanted %lld points", (long long)c->curve_points);
    for (const ent_json *at = list->first; at; at = at->next, k++) {
        point p;
        if (!read_point(c, at, &p)) continue;
        const double wanted =
            c->curve_points > 1 ? floor_cost * (double)k / (double)(c->curve_points - 1) : 0.0;
        ent_ledger_residual(l, ent_json_get(at, "cost"), fabs(p.cost - wanted),
                            ENT_OUTSIDE_TOLERANCE);
        ENT_CHECK_CANCEL(c->ctx);
        ENT_TRY(judge_point(c, &p));
    }
    ent_ledger_end(l, "/solution/curve", "every point solved again");
done:
    return st;
}

/* E(X - s)^+ at s, and at the offer where deterring pays in a single period, straight from F. */
static double excess(const ent_line *line, double s)
{
    double sum = 0.0;
    for (int i = 0; i < line->items; i++) {
        const size_t at = (size_t)i * (size_t)line->stride;
        if (ent_line_is_atom(line, i)) {
            sum += line->mass[i] * fmax(0.0, line->low[i] - s);
            continue;
        }
        if (line->low[i] < s) continue;
        double above[ENT_LINE_NODES], gain[ENT_LINE_NODES];
        for (int j = 0; j < ENT_LINE_NODES; j++) gain[j] = line->y[at + (size_t)j] - s;
        ent_i_line_above(line, i, gain, above);
        sum += above[0];
    }
    return sum;
}

static ent_status floor_cost(ent_ocheck *c, double *out)
{
    ent_status st = ENT_OK;
    ent_line *line = NULL;
    const double k = c->model->fee - 1.0;
    ENT_TRY(ent_i_line_new(c->ctx, &c->model->offers, 1, 1, &k, &line));
    *out = excess(line, k);
done:
    ent_i_line_free(line);
    return st;
}

/* From here on she deters in a game of one period, where nothing comes later; docs/outside.md 3,
 * Deterrence. */
static ent_status check_deter(ent_ocheck *c, double floor)
{
    ent_status st = ENT_OK;
    ent_back b = {0};
    double cost = 0.0;
    const int periods = c->model->periods;
    ent_ledger_begin(&c->claims, 1.0);
    const ent_json *node = ent_ledger_member(&c->claims, c->solution, "deter_cost");
    if (!number(c, c->solution, "deter_cost", &cost)) goto done;
    c->model->periods = 1;
    if (!(cost >= 0.0 && cost <= floor * (1.0 + 1e-9) + 1e-15))
        ent_ledger_refuse(&c->claims, node, "wanted a cost from 0 to the floor, %.12g", floor);
    ENT_TRY(solve(c, cost * (1.0 + 1e-9) + 1e-15, &b));
    if (!settles(&b))
        ent_ledger_refuse(&c->claims, node,
                          "she does not deter in a single period just above this cost");
    ENT_TRY(solve(c, cost * (1.0 - 1e-8), &b));
    if (cost > 1e-12 && settles(&b))
        ent_ledger_refuse(&c->claims, node,
                          "she deters in a single period already below this cost");
    ent_ledger_residual(&c->claims, node, 0.0, better);
    ent_ledger_end(&c->claims, "/solution/deter_cost",
                   "a single period, just above and just below");
done:
    c->model->periods = periods;
    ent_i_back_release(&b);
    return st;
}

/* No cost of a grid, or just beside the claimed one or a jump, is better for player f. */
static ent_status check_best(ent_ocheck *c, const char *key, int f, double floor)
{
    enum { GRID = 157 }; /* a prime, so that its points are not those of the curve */
    ent_status st = ENT_OK;
    ent_back b = {0};
    point p;
    char place[64];
    ent_ledger_begin(&c->claims, 1.0);
    if (!read_point(c, ent_ledger_member(&c->claims, c->solution, key), &p)) goto done;
    ENT_TRY(judge_point(c, &p));
    /* Beyond the floor all costs are the same: the smallest is wanted. */
    if (p.cost > floor * (1.0 + 1e-9))
        ent_ledger_refuse(&c->claims, ent_json_get(p.node, "cost"), "the same from %.12g on",
                          floor);
    const double claimed = f == ENT_LINE_PARTNER ? p.partner : p.proposer;
    static const double steps[] = {1e-3, 1e-5, 1e-6};
    for (int j = 0; j < GRID + 6; j++) {
        const int near = j - GRID;
        const double cost = near < 0 ? floor * (double)j / (GRID - 1)
                                     : fmax(0.0, p.cost + (near % 2 ? -1.0 : 1.0) *
                                                              steps[near / 2] * fmax(p.cost, 1e-3));
        ENT_CHECK_CANCEL(c->ctx);
        ENT_TRY(solve(c, cost, &b));
        if (b.value[f] > claimed + better)
            ent_ledger_refuse(&c->claims, p.node, "a cost of %.12g is worth %.12g", cost,
                              b.value[f]);
    }
    snprintf(place, sizeof place, "/solution/%s", key);
    ent_ledger_end(&c->claims, place, "solved again; no better cost among %d, nor just beside",
                   GRID);
done:
    ent_i_back_release(&b);
    return st;
}

ent_status ent_i_check_outside_institution(ent_ocheck *c)
{
    static const char *const known[] = {"best_for_partner",
                                        "best_for_proposer",
                                        "free",
                                        "deter_cost",
                                        "floor_cost",
                                        "jumps",
                                        "fee_threshold",
                                        "curve",
                                        NULL};
    ent_status st = ENT_OK;
    double floor = 0.0;
    point free;
    ent_ledger *l = &c->claims;
    ent_ledger_begin(l, 1.0);
    ent_ledger_only(l, c->solution, known);
    ENT_TRY(floor_cost(c, &floor));
    ent_i_outside_member_near(c, c->solution, "floor_cost", floor);
    ent_ledger_end(l, "/solution/floor_cost", "E(X - (fee - 1))^+ by parts");
    ENT_TRY(check_deter(c, floor));
    ent_ledger_begin(l, 1.0);
    if (read_point(c, ent_ledger_member(l, c->solution, "free"), &free)) {
        if (free.cost != 0.0) ent_ledger_refuse(l, free.node, "wanted the cost 0");
        ENT_TRY(judge_point(c, &free));
    }
    ent_ledger_end(l, "/solution/free", "solved again");
    ENT_TRY(check_jumps(c));
    ENT_TRY(check_curve(c, floor));
    ENT_TRY(check_best(c, "best_for_partner", ENT_LINE_PARTNER, floor));
    ENT_TRY(check_best(c, "best_for_proposer", ENT_LINE_PROPOSER, floor));
    ENT_TRY(ent_i_check_outside_fee(c));
done:
    return st;
}
