/* Which search cost is best? [FR] Section 5. The partner's payoff is smooth in the cost but for
 * jumps where the regime changes; so: sample, bisect every change of regime to the last bit, and
 * polish every local maximum in between. */
#include "outside/institution.h"

#include "base/ctx.h"

#include <math.h>

enum { SAMPLES = 240, POLISH = 100 };

typedef struct scan {
    ent_ctx *ctx;
    ent_outside model; /* a copy whose cost and fee we change; borrows the offers */
    ent_outside_choice choice;
    /* as soon as some cost is better for the partner than free search: nothing else is asked */
    bool may_stop;
} scan;

static ent_status at_cost(scan *s, double cost, bool is_sure, ent_institution_point *out)
{
    ent_status st = ENT_OK;
    ent_outside_solution solution = {0};
    ent_outside_choice choice = s->choice;
    choice.is_sure = is_sure;
    /* a jump stands where it stands; the tolerance only helps its limit from the left */
    if (is_sure) choice.tie = 0.0;
    choice.exact_states = 0;
    choice.is_brief = true;
    s->model.search_cost = cost;
    if (ent_i_outside_is_closed(&s->model, &choice))
        ENT_TRY(ent_i_outside_closed(s->ctx, &s->model, &choice, &solution.play));
    else ENT_TRY(ent_i_outside_solve(s->ctx, &s->model, &choice, &solution));
    *out = (ent_institution_point){.cost = cost,
                                   .proposer = solution.play.proposer,
                                   .partner = solution.play.partner,
                                   .ally = solution.play.ally,
                                   .regime = solution.play.regime};
done:
    ent_i_outside_release(&solution);
    return st;
}

static bool is_settled(ent_regime regime) { return regime != ENT_REGIME_SEARCH; }

/* Between lo (searching) and hi (settled) the smallest settled cost; both ends move to neighbouring
 * doubles. */
static ent_status bisect(scan *s, ent_institution_point *lo, ent_institution_point *hi)
{
    ent_status st = ENT_OK;
    for (;;) {
        ent_institution_point mid;
        const double cost = lo->cost + 0.5 * (hi->cost - lo->cost);
        if (cost <= lo->cost || cost >= hi->cost) break;
        ENT_TRY(at_cost(s, cost, s->choice.is_sure, &mid));
        if (is_settled(mid.regime) == is_settled(hi->regime)) *hi = mid;
        else *lo = mid;
    }
done:
    return st;
}

/* Golden section on [lo, hi] for one player's payoff. */
static ent_status polish(scan *s, bool partner, double lo, double hi, ent_institution_point *best)
{
    ent_status st = ENT_OK;
    const double ratio = 0.61803398874989484820;
    ent_institution_point a, b;
    ENT_TRY(at_cost(s, hi - ratio * (hi - lo), s->choice.is_sure, &a));
    ENT_TRY(at_cost(s, lo + ratio * (hi - lo), s->choice.is_sure, &b));
    for (int k = 0; k < POLISH && hi - lo > 1e-15 * hi; k++) {
        if ((partner ? a.partner >= b.partner : a.proposer >= b.proposer)) {
            hi = b.cost, b = a;
            ENT_TRY(at_cost(s, hi - ratio * (hi - lo), s->choice.is_sure, &a));
        } else {
            lo = a.cost, a = b;
            ENT_TRY(at_cost(s, lo + ratio * (hi - lo), s->choice.is_sure, &b));
        }
    }
    const ent_institution_point top =
        (partner ? a.partner >= b.partner : a.proposer >= b.proposer) ? a : b;
    if (partner ? top.partner > best->partner : top.proposer > best->proposer) *best = top;
done:
    return st;
}

/* A better point replaces the best; an equal one does only when it is cheaper. */
static void consider(const ent_institution_point *p, bool partner, ent_institution_point *best)
{
    const double gain = partner ? p->partner - best->partner : p->proposer - best->proposer;
    if (gain > 0.0 || (gain == 0.0 && p->cost < best->cost)) *best = *p;
}

/* Costs from 0 to the last one: squares, since things happen near 0. */
static double sample_cost(int k, int last, double top)
{
    return k == last ? top : top * ((double)k / last) * ((double)k / last);
}

static ent_status note_jump(scan *s, ent_institution *out, ent_institution_point left,
                            ent_institution_point right)
{
    ent_status st = ENT_OK;
    const bool settles = is_settled(right.regime);
    ENT_TRY(bisect(s, &left, &right));
    /* At the jump itself the other continuation is as good for her: that is the limit, without the
     * rounding of a neighbouring cost. */
    ent_institution_point limit = left;
    if (settles) ENT_TRY(at_cost(s, right.cost, false, &limit));
    if (limit.regime == left.regime) left = limit;
    consider(&left, true, &out->best_partner);
    consider(&right, true, &out->best_partner);
    consider(&left, false, &out->best_proposer);
    consider(&right, false, &out->best_proposer);
    if (out->jumps < ENT_INSTITUTION_JUMPS_MAX)
        out->jump[out->jumps++] = (ent_institution_jump){.left = left, .at = right};
done:
    return st;
}

static ent_status search(scan *s, ent_institution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(s->ctx);
    ent_institution_point *p = NULL;
    ENT_SCRATCH(s->ctx, p, SAMPLES + 1);
    for (int k = 0; k <= SAMPLES; k++) {
        ENT_CHECK_CANCEL(s->ctx);
        ENT_TRY(at_cost(s, sample_cost(k, SAMPLES, out->floor_cost), s->choice.is_sure, &p[k]));
        if (k == 0) out->free = out->best_partner = out->best_proposer = p[0];
        consider(&p[k], true, &out->best_partner);
        consider(&p[k], false, &out->best_proposer);
        if (s->may_stop && p[k].partner > p[0].partner * (1.0 + s->choice.tie)) goto done;
        if (k > 0 && is_settled(p[k].regime) != is_settled(p[k - 1].regime))
            ENT_TRY(note_jump(s, out, p[k - 1], p[k]));
    }
    for (int k = 1; k < SAMPLES; k++) {
        const bool smooth = p[k - 1].regime == p[k].regime && p[k].regime == p[k + 1].regime;
        if (smooth && p[k].partner >= p[k - 1].partner && p[k].partner >= p[k + 1].partner)
            ENT_TRY(polish(s, true, p[k - 1].cost, p[k + 1].cost, &out->best_partner));
        if (smooth && p[k].proposer >= p[k - 1].proposer && p[k].proposer >= p[k + 1].proposer)
            ENT_TRY(polish(s, false, p[k - 1].cost, p[k + 1].cost, &out->best_proposer));
    }
done:
    ent_scratch_reset(s->ctx, mark);
    return st;
}

/* c_h, docs/outside.md 3: from here on one period of the game is enough to make her deter. */
static ent_status deterrence(scan *s, ent_institution *out)
{
    ent_status st = ENT_OK;
    scan one = *s;
    ent_institution_point lo, hi;
    one.model.periods = 1;
    ENT_TRY(at_cost(&one, 0.0, s->choice.is_sure, &lo));
    ENT_TRY(at_cost(&one, out->floor_cost, s->choice.is_sure, &hi));
    if (!is_settled(lo.regime) && is_settled(hi.regime)) ENT_TRY(bisect(&one, &lo, &hi));
    out->deter_cost = is_settled(lo.regime) ? lo.cost : hi.cost;
done:
    return st;
}

/* Payoffs are of size 1 and known to 1e-14 or so; what costs below this change in them is not known
 * well enough to compare costs. */
static const double least_floor = 1e-9;

ent_status ent_i_institution(ent_ctx *ctx, const ent_outside *model,
                             const ent_outside_choice *choice, int points, ent_institution *out)
{
    ent_status st = ENT_OK;
    scan s = {.ctx = ctx, .model = *model, .choice = *choice};
    ent_institution i = {.points = points};
    i.floor_cost = ent_i_offers_excess(&model->offers, model->fee - 1.0);
    if (i.floor_cost > 0.0 && i.floor_cost < least_floor)
        ENT_FAIL(
            ctx, ENT_E_LIMIT,
            "at this fee no search is worth a cost above %.3g, and costs below %g are lost in the rounding of payoffs: wanted a lower fee",
            i.floor_cost, least_floor);
    ENT_ALLOC(ctx, i.curve, points);
    ENT_TRY(search(&s, &i));
    ENT_TRY(deterrence(&s, &i));
    for (int k = 0; k < points; k++) {
        ent_i_progress(ctx, "search costs", k, points);
        ENT_TRY(at_cost(&s, i.floor_cost * k / (points - 1), choice->is_sure, &i.curve[k]));
    }
    *out = i;
    i.curve = NULL;
done:
    ent_free(i.curve);
    return st;
}

enum { FEES = 40, FEE_BISECTIONS = 34 }; /* 34 halvings of 1/40: 1e-12 */

/* Is free search best for the partner at this fee, to the last digits that the search for the best
 * cost has? The cost that just deters is nearly always better already, and much sooner found. */
static ent_status prefers_free(ent_ctx *ctx, const ent_outside *model,
                               const ent_outside_choice *choice, double fee, bool *out)
{
    ent_status st = ENT_OK;
    scan s = {.ctx = ctx, .model = *model, .choice = *choice, .may_stop = true};
    ent_institution i = {0};
    ent_institution_point none, deterred;
    s.model.fee = fee;
    i.floor_cost = ent_i_offers_excess(&model->offers, fee - 1.0);
    ENT_TRY(deterrence(&s, &i));
    ENT_TRY(at_cost(&s, 0.0, choice->is_sure, &none));
    ENT_TRY(at_cost(&s, i.deter_cost, choice->is_sure, &deterred));
    *out = false;
    if (deterred.partner > none.partner * (1.0 + choice->tie)) return ENT_OK;
    ENT_TRY(search(&s, &i));
    *out = i.best_partner.partner <= i.free.partner * (1.0 + choice->tie);
done:
    return st;
}

ent_status ent_i_fee_threshold(ent_ctx *ctx, const ent_outside *model,
                               const ent_outside_choice *choice, double *fee)
{
    ent_status st = ENT_OK;
    double lo = 1.0, hi = 2.0;
    bool is_free = true;
    /* From above: below the threshold free search may be best at some fees again (discrete
     * offers). */
    for (int k = FEES - 1; k >= 0; k--) {
        lo = 1.0 + (double)k / FEES;
        ENT_TRY(prefers_free(ctx, model, choice, lo, &is_free));
        if (!is_free) break;
        hi = lo;
    }
    *fee = (double)NAN;
    if (!(hi < 2.0)) goto done;
    for (int k = 0; k < FEE_BISECTIONS && !is_free; k++) {
        const double mid = lo + 0.5 * (hi - lo);
        bool here = false;
        if (mid <= lo || mid >= hi) break;
        ENT_TRY(prefers_free(ctx, model, choice, mid, &here));
        if (here) hi = mid;
        else lo = mid;
    }
    *fee = hi;
done:
    return st;
}
