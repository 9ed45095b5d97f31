/* Offers uniform on [0,1], one or two periods, in closed form: [FR] Props. 1 and 2, completed for
 * all parameters in docs/outside.md 2. Notation there: k = phi - 1, theta(s) = s + (1-s)^2/2 - c -
 * k, the value of one last search with s in hand. */
#include "base/fail.h"
#include "entente/outside.h"

#include <math.h>

typedef struct game {
    double k, c, delta;
    /* the best single offer when he searches anyway: argmax (1-s)s over s >= k */
    double r_star, m0;
} game;

static double theta(const game *g, double s) { return 0.5 - g->k - g->c + 0.5 * s * s; }

/* u(s): what the partner has after a search with s in hand, if he goes on; in units of
 * contributions (k added). */
static double go_on(const game *g, double s) { return g->k + g->delta * theta(g, s); }

static double clamp(double x, double lo, double hi) { return x < lo ? lo : x > hi ? hi : x; }

static ent_outside_play settled(ent_regime regime, double offer, double k, double r_star)
{
    return (ent_outside_play){.regime = regime,
                              .offer = offer,
                              .reservation = r_star,
                              .cutoff = (double)NAN,
                              .proposer = 1.0 - offer,
                              .partner = offer - k,
                              .ally = 1.0,
                              .ally_contribution = offer,
                              .duration_periods = 1.0,
                              .r_tilde = (double)NAN,
                              .r1_star = (double)NAN,
                              .x_hat = (double)NAN,
                              .top = (double)NAN,
                              .delta_under = (double)NAN};
}

/* [FR] Table 1, one period: he searches against an offer of m0. */
static ent_outside_play one_period(const game *g)
{
    const double a = g->m0;
    ent_outside_play p = settled(ENT_REGIME_SEARCH, a, g->k, g->r_star);
    p.is_search = true;
    p.cutoff = a;
    p.proposer = (1.0 - a) * a;
    p.partner = theta(g, a);
    p.ally = a;
    p.new_alliance = 1.0 - a;
    p.ally_contribution = a * a;
    p.new_contribution = 0.5 * (1.0 - a * a);
    return p;
}

/* The smaller root of u(s) = s, stably: 1 - 2 delta u(0) is written as a sum of numbers that are
 * not negative. */
static double crossing(const game *g)
{
    const double at_zero = g->k + g->delta * (0.5 - g->k - g->c), rest = 1.0 - g->delta;
    const double discriminant =
        rest * rest + 2.0 * g->delta * (rest * (1.0 - g->k) + g->delta * g->c);
    return 2.0 * at_zero / (1.0 + sqrt(discriminant));
}

/* Where the first-period offer is aimed: it is accepted after a search that brings at most a; up to
 * `top` he goes on. */
static void aim(const game *g, double r_tilde, ent_outside_play *p, double *a, double *top)
{
    p->x_hat = crossing(g);
    if (go_on(g, g->m0) <= g->m0) {
        *a = *top = g->m0;
        p->offer = g->m0;
        return;
    }
    *top = fmin(p->x_hat, r_tilde);
    if (*top < g->m0) *top = g->m0;
    /* [FR] eq. (6): omega is strictly concave in x; this is its stationary point. */
    const double inner = g->delta > 0.0 ? sqrt(2.0 * (g->c + g->k + (1.0 - g->k) / g->delta)) - 1.0
                                        : (double)INFINITY;
    *a = clamp(inner, g->m0, *top);
    p->offer = go_on(g, *a);
}

static double cube_third(double x) { return x * x * x / 3.0; }

/* [FR] Prop. 2 and Table 2, without its assumption on the discount factor. */
static ent_outside_play two_periods(const game *g, double r_tilde)
{
    ent_outside_play p = settled(ENT_REGIME_SEARCH, 0.0, g->k, g->r_star);
    const double r1_star = g->k + g->delta * (g->r_star - g->k), h = fmax(r_tilde, r1_star);
    double a = 0.0, top = 0.0;
    aim(g, r_tilde, &p, &a, &top);
    const double slope = 0.5 * g->delta, at_zero = g->k + g->delta * (0.5 - g->k - g->c);
    p.is_search = true;
    p.cutoff = a;
    p.r_tilde = r_tilde, p.r1_star = r1_star, p.top = top;
    const double y = 1.0 - r_tilde;
    p.delta_under = 1.0 - y * y * y * (2.0 - y) / (2.0 * theta(g, r_tilde));
    p.proposer = a * (1.0 - p.offer) +
                 g->delta * (0.5 * (top * top - a * a) - (cube_third(top) - cube_third(a))) +
                 g->delta * (1.0 - g->r_star) * (h - r_tilde);
    p.partner = a * p.offer + at_zero * (top - a) + slope * (cube_third(top) - cube_third(a)) +
                0.5 * (r_tilde * r_tilde - top * top) + (h - r_tilde) * r1_star +
                0.5 * (1.0 - h * h) - g->k - g->c;
    p.second_period = (top - a) + (h - r_tilde);
    p.new_alliance = (top - a) - 0.5 * (top * top - a * a) + (r_tilde - top) + (1.0 - h);
    p.ally = 1.0 - p.new_alliance;
    p.ally_contribution = a * p.offer + cube_third(top) - cube_third(a) + (h - r_tilde) * g->r_star;
    p.new_contribution = 0.5 * (top - a) - 0.5 * (cube_third(top) - cube_third(a)) +
                         0.5 * (r_tilde * r_tilde - top * top) + 0.5 * (1.0 - h * h);
    p.duration_periods = 1.0 + p.second_period;
    return p;
}

/* Does the proposer take the sure payoff rather than the risky one? */
static bool takes_sure(const ent_outside_terms *t, double sure, double risky)
{
    return t->is_sure ? sure >= risky * (1.0 - t->tie) : sure > risky * (1.0 + t->tie);
}

static ent_outside_play play(const ent_outside_terms *t)
{
    const double k = t->fee - 1.0, eps = sqrt(2.0 * t->search_cost), none = (double)NAN;
    const game g = {
        .k = k, .c = t->search_cost, .delta = t->discount, .r_star = 1.0 - eps, .m0 = fmax(0.5, k)};
    const double r_star = eps <= 1.0 ? g.r_star : none;
    if (!(g.r_star > k)) return settled(ENT_REGIME_FLOOR, k, k, r_star);
    const double deter_at = g.m0 * (1.0 - g.m0);
    if (takes_sure(t, eps, deter_at)) return settled(ENT_REGIME_DETER, g.r_star, k, r_star);
    if (t->periods == 1) return one_period(&g);
    /* r~: where (1-s)s falls to 1-r*; matching an outside offer above it costs more than r*. */
    const double r_tilde = 0.5 * (1.0 + sqrt(fmax(0.0, 1.0 - 4.0 * eps)));
    ent_outside_play searched = two_periods(&g, fmax(r_tilde, g.m0));
    if (!takes_sure(t, eps, searched.proposer)) return searched;
    ent_outside_play p = settled(ENT_REGIME_PREFER, g.r_star, k, r_star);
    p.r_tilde = searched.r_tilde, p.r1_star = searched.r1_star,
    p.delta_under = searched.delta_under;
    return p;
}

ent_status ent_outside_uniform(ent_ctx *ctx, const ent_outside_terms *terms, ent_outside_play *out)
{
    ent_status st = ENT_OK;
    ENT_REQUIRE(ctx, terms && out);
    ENT_REQUIRE(ctx, terms->fee >= 1.0 && terms->fee <= 2.0);
    ENT_REQUIRE(ctx, terms->search_cost >= 0.0 && isfinite(terms->search_cost));
    ENT_REQUIRE(ctx, terms->discount >= 0.0 && terms->discount <= 1.0);
    ENT_REQUIRE(ctx, terms->periods == 1 || terms->periods == 2);
    ENT_REQUIRE(ctx, terms->tie >= 0.0 && terms->tie < 1.0);
    *out = play(terms);
done:
    return st;
}
