/* Two players whose utilities are those of one play: a whole range of prices may carry them. Prices
 * must keep the play best, which bounds the first player's price by normals of the frontier, and
 * must keep D_1(a) = a_1 u_1 - a_2 u_2; less than that on one side of the range and more on the
 * other. An end that is no normal is found by bisection in doubles and then as a fraction at which
 * the equation holds exactly, while it fails just outside. [CoCo] Section 2 for two players. */
#include "strategic/two_players.h"

#include <math.h>

typedef struct ends {
    ent_grand *g;
    const ent_strategic *m;
    const ent_equilibrium *e;
    ent_rat price[2];             /* of the first player: the lower end, the upper end */
    ent_exact_threats threats[2]; /* there */
} ends;

/* Are the utilities the equilibrium at this price of the first player? */
static ent_status stands(ent_ctx *ctx, ends *x, const ent_rat *first, ent_exact_threats *at,
                         bool *yes)
{
    int sign = 0;
    const ent_status st =
        ent_i_first_claims(ctx, x->g, x->m, first, x->e->exact.utility, at, &sign, yes);
    *yes = st == ENT_OK && *yes && sign == 0;
    return st;
}

/* The same in doubles. */
static bool seems_to_stand(ends *x, double first)
{
    static const double CLOSE = 4e-15; /* of values and payoffs from 0 to 1 */
    double a[2] = {first * x->g->range[0], (1.0 - first) * x->g->range[1]}, u[2];
    const double sum = a[0] + a[1];
    for (int i = 0; i < 2; i++) {
        a[i] /= sum;
        u[i] = (x->e->point.utility[i] - x->g->least[i]) / x->g->range[i];
    }
    ent_threats_at(x->g->t, a);
    return fabs(x->g->t->conflict[0].value - (a[0] * u[0] - a[1] * u[1])) <= CLOSE;
}

/* The prices of the first player at which no play is worth more than the utilities, from low to
 * high. */
static void normals(const ends *x, ent_rat *low, ent_rat *high)
{
    const ent_rat *u = x->e->exact.utility, *table = x->m->payoff.exact;
    ent_rat d[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, bound = ENT_RAT_ZERO, turn = ENT_RAT_ZERO;
    ent_rat_set_int(low, 0);
    ent_rat_set_int(high, 1);
    for (int64_t p = 0; p < x->m->profiles; p++) {
        for (int i = 0; i < 2; i++) ent_rat_sub(&d[i], &table[i * x->m->profiles + p], &u[i]);
        ent_rat_sub(&turn, &d[1], &d[0]);
        if (ent_rat_sign(&turn) == 0) continue;
        ent_rat_div(&bound, &d[1], &turn);
        if (ent_rat_sign(&turn) < 0 && ent_rat_cmp(&bound, high) < 0) ent_rat_set(high, &bound);
        if (ent_rat_sign(&turn) > 0 && ent_rat_cmp(&bound, low) > 0) ent_rat_set(low, &bound);
    }
    for (int i = 0; i < 2; i++) ent_rat_release(&d[i]);
    ent_rat_release(&bound);
    ent_rat_release(&turn);
}

/* Just outside the range the conflict may be one of pure plays with payoffs w: the range ends where
 * a_1 w_1 - a_2 w_2 is what it must be, at a_1 = (w_2 - u_2) / (w_1 - u_1 + w_2 - u_2). */
static bool pure_end(ends *x, double outside, ent_rat *end)
{
    const double scaled[2] = {outside * x->g->range[0], (1.0 - outside) * x->g->range[1]};
    const ent_conflict *k = &x->g->t->conflict[0];
    ent_rat d[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO};
    ent_threats_at(x->g->t, scaled);
    if (k->kernel.size != 1) return false;
    const int64_t play = k->row_at[k->kernel.row[0]] + k->column_at[k->kernel.column[0]];
    for (int i = 0; i < 2; i++)
        ent_rat_sub(&d[i], &x->m->payoff.exact[i * x->m->profiles + play], &x->e->exact.utility[i]);
    ent_rat_add(&d[0], &d[0], &d[1]);
    const bool any = ent_rat_sign(&d[0]) != 0;
    if (any) ent_rat_div(end, &d[1], &d[0]);
    for (int i = 0; i < 2; i++) ent_rat_release(&d[i]);
    return any;
}

static void simplest_near(double at, double distance, ent_rat *end)
{
    ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    ent_rat_set_double(&lo, at * (1.0 - distance));
    ent_rat_set_double(&hi, at * (1.0 + distance));
    ent_rat_simplest(end, &lo, &hi);
    ent_rat_release(&lo);
    ent_rat_release(&hi);
}

/* A fraction at which the range ends: where doubles have the end, to their accuracy, and the
 * equation holds exactly. */
static ent_status as_fraction(ent_ctx *ctx, ends *x, int k, double at, bool *found)
{
    static const double distance[] = {1e-5, 1e-7, 1e-9}, ACCURACY = 1e-13, OUTSIDE = 1e-9;
    enum { SIMPLE = sizeof distance / sizeof *distance };
    ent_status st = ENT_OK;
    ent_rat *end = &x->price[k];
    *found = false;
    for (int d = 0; d < SIMPLE + 2 && !*found; d++) {
        if (d < SIMPLE) simplest_near(at, distance[d], end);
        else if (d == SIMPLE) ent_rat_set(end, &x->e->exact.price[0]);
        else if (!pure_end(x, k == 0 ? at * (1.0 - OUTSIDE) : at + (1.0 - at) * OUTSIDE, end))
            break;
        if (fabs(ent_rat_double(end) - at) <= ACCURACY)
            ENT_TRY(stands(ctx, x, end, &x->threats[k], found));
    }
done:
    return st;
}

/* One end, from the limit that the frontier sets; *found is false where only doubles know it. */
static ent_status find_end(ent_ctx *ctx, ends *x, int k, const ent_rat *normal, bool *found)
{
    enum { HALVINGS = 60 };
    ent_status st = ENT_OK;
    double inside = x->e->point.price[0], outside = ent_rat_double(normal);
    ent_rat_set(&x->price[k], normal);
    ENT_TRY(stands(ctx, x, normal, &x->threats[k], found));
    if (*found) goto done;
    for (int h = 0; h < HALVINGS; h++) {
        const double half = 0.5 * (inside + outside);
        if (seems_to_stand(x, half)) inside = half;
        else outside = half;
    }
    ENT_TRY(as_fraction(ctx, x, k, inside, found));
done:
    return st;
}

static void write_range(ent_solution *out, const ends *x)
{
    ent_i_write_ends(out->solution, "prices_range", x->m, x->price);
    ent_write_array(out->certificate, "range", false);
    for (int k = 0; k < 2; k++)
        ent_i_write_conflict(out->certificate, NULL, x->m, &x->g->t->conflict[0], 0.0, NULL,
                             &x->threats[k].game[0]);
    ent_write_end(out->certificate);
}

ent_status ent_i_write_prices_range(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                                    const ent_equilibrium *e, ent_solution *out)
{
    ent_status st = ENT_OK;
    ends x = {.g = g, .m = m, .e = e, .price = {ENT_RAT_ZERO, ENT_RAT_ZERO}};
    ent_rat normal[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO};
    bool found = true;
    if (m->n != 2 || e->point.zero || !e->exact.known || e->exact.support != 1) goto done;
    normals(&x, &normal[0], &normal[1]);
    for (int k = 0; k < 2 && found; k++) ENT_TRY(find_end(ctx, &x, k, &normal[k], &found));
    if (found && ent_rat_cmp(&x.price[0], &x.price[1]) < 0) write_range(out, &x);
done:
    for (int k = 0; k < 2; k++) {
        ent_rat_release(&normal[k]);
        ent_rat_release(&x.price[k]);
        ent_i_exact_threats_release(&x.threats[k]);
    }
    return st;
}
