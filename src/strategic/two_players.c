/* Prices are (1, e) up to a factor. At a corner of the frontier that is worth the most for rates e
 * between two bounds, the first player claims more than the corner gives where val((u_1 - h) - e
 * (u_2 - k)) > 0; once it does, it does at all larger rates, at this corner and at the following
 * ones (docs/strategic.md Section 2). So corners and edges are halved until an edge holds the
 * claims, which are then rational, or a corner is left. There its utilities are the answer, and
 * prices are looked for: where a whole range carries them the simplest, else a rate between pure
 * conflicts, or a simple fraction; when there is none, two rates at which the first player claims
 * less and more prove that an equilibrium lies between. At either end of the frontier, `secures`
 * decides whether prices escape to 0. */
#include "strategic/sweep_corner.h"

#include "base/ctx.h"

#include <math.h>

/* The prices at a rate, with sum 1: that of the first player alone. */
void ent_i_first_price(const ent_rat *rate, ent_rat *price)
{
    const ent_rat one = {1, 1, NULL};
    ent_rat_add(price, rate, &one);
    ent_rat_div(price, &one, price);
}

ent_status ent_i_first_claims(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                              const ent_rat *first, const ent_rat *u, ent_exact_threats *threats,
                              int *sign, bool *best)
{
    ent_status st = ENT_OK;
    double scaled[2];
    ent_rat price[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, gap = ENT_RAT_ZERO, worth = ENT_RAT_ZERO;
    ent_rat_set(&price[0], first);
    ent_rat_set_int(&price[1], 1);
    ent_rat_sub(&price[1], &price[1], first);
    for (int i = 0; i < 2; i++) scaled[i] = ent_rat_double(&price[i]) * g->range[i];
    ent_threats_at(g->t, scaled);
    ent_i_exact_threats_release(threats);
    ENT_TRY(ent_i_exact_threats(ctx, g->t, &m->payoff, price, threats));
    ent_rat_addmul(&gap, &price[0], &u[0]);
    ent_rat_set(&worth, &gap);
    ent_rat_submul(&gap, &price[1], &u[1]);
    ent_rat_addmul(&worth, &price[1], &u[1]);
    *sign = ent_rat_cmp(&threats->game[0].value, &gap);
    if (best) *best = ent_rat_equal(&threats->joint, &worth);
done:
    for (int i = 0; i < 2; i++) ent_rat_release(&price[i]);
    ent_rat_release(&gap);
    ent_rat_release(&worth);
    return st;
}

static void take_corner(ent_sweep *x, int64_t play)
{
    x->corner = play;
    for (int i = 0; i < 2; i++)
        ent_rat_set(&x->u[i], &x->m->payoff.exact[i * x->m->profiles + play]);
}

/* Scaled prices at a rate, and what the conflict should be worth there. */
double ent_i_sweep_aim(const ent_sweep *x, double rate, double a[2])
{
    double value = 0.0;
    a[0] = x->g->range[0] / (x->g->range[0] + rate * x->g->range[1]);
    a[1] = x->g->range[1] / (x->g->range[0] / rate + x->g->range[1]);
    for (int i = 0; i < 2; i++)
        value +=
            (i == 0 ? a[i] : -a[i]) * (ent_rat_double(&x->u[i]) - x->g->least[i]) / x->g->range[i];
    return value;
}

/* The same difference in doubles, weighted payoffs being from 0 to 1. */
double ent_i_sweep_seems(ent_sweep *x, double rate)
{
    double a[2];
    const double want = ent_i_sweep_aim(x, rate, a);
    ent_threats_at(x->g->t, a);
    return x->g->t->conflict[0].value - want;
}

/* Its sign: by what strategies in doubles secure, where that leaves no doubt, else in rationals. */
ent_status ent_i_sweep_claims(ent_ctx *ctx, ent_sweep *x, const ent_rat *rate, int *sign)
{
    static const double CLEAR = 1e-9; /* far beyond the rounding of payoffs from 0 to 1 */
    double a[2];
    ent_matrix_result r;
    const double want = ent_i_sweep_aim(x, ent_rat_double(rate), a);
    ent_threats_game(x->g->t, 0, a, &r);
    *sign = r.low - want > CLEAR ? 1 : r.high - want < -CLEAR ? -1 : 0;
    if (*sign) return ENT_OK;
    ent_rat first = ENT_RAT_ZERO;
    ent_i_first_price(rate, &first);
    const ent_status st =
        ent_i_first_claims(ctx, x->g, x->m, &first, x->u, &x->threats, sign, NULL);
    ent_rat_release(&first);
    return st;
}

/* An equilibrium at this rate, if there is one, onto the list. */
ent_status ent_i_sweep_settle(ent_ctx *ctx, ent_sweep *x, const ent_rat *rate, ent_equilibria *all,
                              bool *done)
{
    ent_status st = ENT_OK;
    ent_equilibrium *e = NULL;
    const ent_rat price[2] = {{1, 1, NULL}, *rate}; /* borrowed */
    ENT_TRY(ent_i_equilibria_slot(ctx, 2, all, &e));
    ENT_TRY(ent_i_exact_point_at(ctx, x->g, x->m, price, &e->exact));
    *done = e->exact.known;
    if (*done) ent_i_equilibrium_follow(e, 2);
    else ent_i_equilibria_drop(all);
done:
    return st;
}

/* Halve the list of corners: where the first player claims more than both ends of an edge, rates
 * must be smaller. Ends with the corner taken and the edges around it as bounds (0: none), or with
 * an equilibrium on an edge. */
static ent_status halve(ent_ctx *ctx, ent_sweep *x, ent_equilibria *all, int *corner, bool *done)
{
    ent_status st = ENT_OK;
    int low = 0, high = x->f.corners - 1;
    while (low < high && !*done) {
        const int edge = (low + high) / 2;
        int sign = 0;
        ENT_CHECK_CANCEL(ctx);
        take_corner(x, x->f.play[edge]);
        ENT_TRY(ent_i_sweep_claims(ctx, x, &x->f.rate[edge], &sign));
        if (sign > 0) {
            high = edge;
            continue;
        }
        take_corner(x, x->f.play[edge + 1]);
        ENT_TRY(ent_i_sweep_claims(ctx, x, &x->f.rate[edge], &sign));
        if (sign >= 0) ENT_TRY(ent_i_sweep_settle(ctx, x, &x->f.rate[edge], all, done));
        low = edge + 1;
    }
    *corner = low;
    take_corner(x, x->f.play[low]);
done:
    return st;
}

/* Towards 0 (up: towards infinity) by powers of two, from a rate that brings both ranges of payoffs
 * to one size, until the claim is on the other side; `secures` has said that it will be. */
static ent_status bound(ent_ctx *ctx, ent_sweep *x, bool up, const ent_rat *other, ent_rat *rate,
                        int *sign)
{
    enum { FIRST = 4, AT_MOST = 1 << 14 };
    ent_status st = ENT_OK;
    ent_rat step = ENT_RAT_ZERO;
    ent_rat_set_double(&step, ldexp(1.0, ilogb(x->g->range[0] / x->g->range[1])));
    if (other && (up ? ent_rat_cmp(&step, other) <= 0 : ent_rat_cmp(&step, other) >= 0))
        ent_rat_set(&step, other);
    ent_rat_set(rate, &step);
    ent_rat_set_ratio(&step, up ? 1 << FIRST : 1, up ? 1 : 1 << FIRST);
    for (int bits = FIRST; bits <= AT_MOST; bits *= 2) {
        ENT_CHECK_CANCEL(ctx);
        ent_rat_mul(rate, rate, &step);
        ENT_TRY(ent_i_sweep_claims(ctx, x, rate, sign));
        if (up ? *sign >= 0 : *sign <= 0) goto done;
        ent_rat_mul(&step, &step, &step);
    }
    ENT_BUG(ctx, "prices that exist were not found between 2^-16384 and 2^16384");
done:
    ent_rat_release(&step);
    return st;
}

/* Rates around the answer at the corner; or the answer, when a bound happens to be one. */
static ent_status bounds(ent_ctx *ctx, ent_sweep *x, int corner, ent_equilibria *all, bool *done)
{
    ent_status st = ENT_OK;
    const bool first = corner == 0, last = corner == x->f.corners - 1;
    int sign = 0;
    if (!first) ent_rat_set(&x->low, &x->f.rate[corner - 1]);
    if (!last) ent_rat_set(&x->high, &x->f.rate[corner]);
    if (first) {
        ENT_TRY(bound(ctx, x, false, last ? NULL : &x->high, &x->low, &sign));
        if (sign == 0) ENT_TRY(ent_i_sweep_settle(ctx, x, &x->low, all, done));
    }
    if (last && !*done) {
        ENT_TRY(bound(ctx, x, true, first ? NULL : &x->low, &x->high, &sign));
        if (sign == 0) ENT_TRY(ent_i_sweep_settle(ctx, x, &x->high, all, done));
    }
done:
    return st;
}

/* The limit where `player` secures its greatest payoff: that, and for the other the mean of what it
 * is held to and what it could have. [CoCo] Section 7. */
static ent_status escape(ent_ctx *ctx, ent_sweep *x, ent_secured *secured, ent_equilibria *all)
{
    ent_status st = ENT_OK;
    const int i = secured->player, j = 1 - i;
    ent_equilibrium *e = NULL;
    ent_rat price[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, half = ENT_RAT_ZERO;
    st = ent_i_equilibria_slot(ctx, 2, all, &e);
    if (st != ENT_OK) {
        ent_i_secured_free(secured);
        return st;
    }
    e->secured = secured;
    e->point.zero = e->exact.zero = ent_coal_single(j);
    ent_rat_set_int(&price[i], 1);
    ENT_TRY(ent_i_exact_point_at(ctx, x->g, x->m, price, &e->exact));
    if (!e->exact.known)
        ENT_BUG(ctx, "a payoff that can be secured is not the value of the conflict");
    ent_rat_set_ratio(&half, 1, 2);
    ent_rat_add(&e->exact.utility[j], &secured->left, &secured->held.value);
    ent_rat_mul(&e->exact.utility[j], &e->exact.utility[j], &half);
    ent_i_equilibrium_follow(e, 2);
done:
    for (int k = 0; k < 2; k++) ent_rat_release(&price[k]);
    ent_rat_release(&half);
    return st;
}

ent_status ent_i_two_players(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                             ent_equilibria *all, ent_outcome *outcome)
{
    ent_status st = ENT_OK;
    ent_sweep x = {.g = g,
                   .m = m,
                   .u = {ENT_RAT_ZERO, ENT_RAT_ZERO},
                   .low = ENT_RAT_ZERO,
                   .high = ENT_RAT_ZERO};
    ent_secured *secured = NULL;
    int corner = 0;
    bool done = false;
    for (int player = 0; player < 2 && !secured; player++)
        ENT_TRY(ent_i_secured(ctx, m, player, &secured));
    if (secured) {
        ENT_TRY(escape(ctx, &x, secured, all));
        *outcome = ENT_BOUNDARY;
        goto done;
    }
    ENT_TRY(ent_i_frontier_corners(ctx, m, &x.f));
    ENT_TRY(halve(ctx, &x, all, &corner, &done));
    if (!done) ENT_TRY(bounds(ctx, &x, corner, all, &done));
    if (!done) ENT_TRY(ent_i_sweep_corner(ctx, &x, all));
    *outcome = ENT_SOLVED;
done:
    ent_i_frontier_corners_release(&x.f);
    ent_i_exact_threats_release(&x.threats);
    for (int i = 0; i < 2; i++) ent_rat_release(&x.u[i]);
    ent_rat_release(&x.low);
    ent_rat_release(&x.high);
    return st;
}
