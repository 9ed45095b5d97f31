/* A corner of the frontier is the answer: its utilities are known, prices are looked for. Where a
 * whole range of rates carries them, the simplest; else a rate between pure conflicts, or a simple
 * fraction; else doubles, between two rates at which strategies prove that the first player claims
 * less and more. */
#include "strategic/sweep_corner.h"

#include "base/ctx.h"
#include "strategic/enclose.h"

#include <math.h>

static double middle(double low, double high)
{
    static const double FAR = 2.0; /* rates further apart than this are halved in logarithms */
    return high > FAR * low ? sqrt(low) * sqrt(high) : 0.5 * (low + high);
}

/* Where doubles see no difference: the rates below and above which they do. */
static void zeros(ent_sweep *x, double *low, double *high)
{
    static const double CLOSE = 4e-15;
    enum { HALVINGS = 100 };
    const double from = ent_rat_double(&x->low), to = ent_rat_double(&x->high);
    for (int side = 0; side < 2; side++) {
        double below = from, above = to;
        for (int h = 0; h < HALVINGS; h++) {
            const double half = middle(below, above), gap = ent_i_sweep_seems(x, half);
            if (!(half > below && half < above)) break;
            if (side == 0 ? gap < -CLOSE : gap <= CLOSE) below = half;
            else above = half;
        }
        if (side == 0) *low = above;
        else *high = below;
    }
}

/* Prices between conflicts of pure plays with payoffs w: w_1 - e w_2 = u_1 - e u_2. */
static bool pure_rate(ent_sweep *x, double near, ent_rat *rate)
{
    const ent_conflict *k = &x->g->t->conflict[0];
    ent_rat d[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO};
    ent_i_sweep_seems(x, near);
    if (k->kernel.size != 1) return false;
    const int64_t play = k->row_at[k->kernel.row[0]] + k->column_at[k->kernel.column[0]];
    for (int i = 0; i < 2; i++)
        ent_rat_sub(&d[i], &x->m->payoff.exact[i * x->m->profiles + play], &x->u[i]);
    bool any = ent_rat_sign(&d[1]) != 0;
    if (any) ent_rat_div(rate, &d[0], &d[1]);
    any = any && ent_rat_sign(rate) > 0;
    for (int i = 0; i < 2; i++) ent_rat_release(&d[i]);
    return any;
}

static void simplest_between(double low, double high, ent_rat *rate)
{
    ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    ent_rat_set_double(&lo, low);
    ent_rat_set_double(&hi, high);
    ent_rat_simplest(rate, &lo, &hi);
    ent_rat_release(&lo);
    ent_rat_release(&hi);
}

/* Try an exact rate, when it lies inside the bounds and doubles do not speak against it. */
static ent_status attempt(ent_ctx *ctx, ent_sweep *x, const ent_rat *rate, ent_equilibria *all,
                          bool *done)
{
    static const double CLOSE = 1e-12;
    ent_status st = ENT_OK;
    int sign = 1;
    if (ent_rat_cmp(rate, &x->low) < 0 || ent_rat_cmp(rate, &x->high) > 0) return st;
    if (!(fabs(ent_i_sweep_seems(x, ent_rat_double(rate))) <= CLOSE)) return st;
    ENT_TRY(ent_i_sweep_claims(ctx, x, rate, &sign));
    /* else it is no bound either: too near to leave room for doubles */
    if (sign == 0) ENT_TRY(ent_i_sweep_settle(ctx, x, rate, all, done));
done:
    return st;
}

static ent_status rational_rate(ent_ctx *ctx, ent_sweep *x, double low, double high,
                                ent_equilibria *all, bool *done)
{
    /* an irrational rate has fractions this near that doubles cannot tell from it: not worth an
       exact large game */
    enum { LIKELY = 5, SMALL = 4 };
    static const double distance[] = {3e-3, 1e-4, 1e-5, 1e-7, 1e-9, 1e-11, 1e-13}, WIDE = 1e-6,
                        INSET = 0.125, OUTSIDE = 1e-7;
    enum { ALL = sizeof distance / sizeof *distance };
    ent_status st = ENT_OK;
    ent_rat rate = ENT_RAT_ZERO;
    const double room = high - low, at = middle(low, high);
    if (room > WIDE * high) {
        simplest_between(low + INSET * room, high - INSET * room, &rate);
        ENT_TRY(attempt(ctx, x, &rate, all, done));
    }
    for (int side = -1; side <= 1 && !*done; side += 2)
        if (pure_rate(x, at * (1.0 + side * OUTSIDE), &rate))
            ENT_TRY(attempt(ctx, x, &rate, all, done));
    for (int k = 0; k < (x->g->t->conflict[0].kernel.size > SMALL ? LIKELY : ALL) && !*done; k++) {
        simplest_between(at * (1.0 - distance[k]), at * (1.0 + distance[k]), &rate);
        ENT_TRY(attempt(ctx, x, &rate, all, done));
    }
done:
    ent_rat_release(&rate);
    return st;
}

/* One more rate between the bounds, by its exact sign. */
static ent_status cut(ent_ctx *ctx, ent_sweep *x, double at, ent_equilibria *all, int *sign,
                      bool *done)
{
    ent_status st = ENT_OK;
    ent_rat rate = ENT_RAT_ZERO;
    *sign = 0;
    ent_rat_set_double(&rate, at);
    if (ent_rat_cmp(&rate, &x->low) <= 0 || ent_rat_cmp(&rate, &x->high) >= 0) goto done;
    ENT_TRY(ent_i_sweep_claims(ctx, x, &rate, sign));
    if (*sign == 0) ENT_TRY(ent_i_sweep_settle(ctx, x, &rate, all, done));
    else ent_rat_set(*sign < 0 ? &x->low : &x->high, &rate);
done:
    ent_rat_release(&rate);
    return st;
}

/* Where doubles had the rate wrong: halving by exact signs. */
static ent_status halve_rates(ent_ctx *ctx, ent_sweep *x, double *at, ent_equilibria *all,
                              bool *done)
{
    enum { HALVINGS = 200 };
    static const double NARROW = 2e-13;
    ent_status st = ENT_OK;
    int sign = 0;
    for (int h = 0; h < HALVINGS && !*done; h++) {
        const double low = ent_rat_double(&x->low), high = ent_rat_double(&x->high);
        *at = middle(low, high);
        if (high - low <= NARROW * high) break;
        ENT_TRY(cut(ctx, x, *at, all, &sign, done));
    }
done:
    return st;
}

/* The weights of doubles as multiples of 2^-40 with sum 1: the largest makes up for rounding. */
static void dyadic(int n, const double *weight, ent_rat *out)
{
    enum { BITS = 40 };
    int largest = 0;
    int64_t left = (int64_t)1 << BITS;
    for (int k = 1; k < n; k++)
        if (weight[k] > weight[largest]) largest = k;
    for (int k = 0; k < n; k++) {
        const int64_t part = k == largest ? 0 : (int64_t)ldexp(weight[k], BITS);
        ent_rat_set_ratio(&out[k], part, (int64_t)1 << BITS);
        left -= part;
    }
    ent_rat_set_ratio(&out[largest], left, (int64_t)1 << BITS);
}

/* Does this strategy of `player` secure what the utilities are worth to it, at this price of the
 * first player? */
static bool is_secure(const ent_sweep *x, int player, const ent_rat *first, const ent_rat *weight)
{
    const ent_strategic *m = x->m;
    const int mine = m->actions[player], theirs = m->actions[1 - player];
    const ent_rat one = {1, 1, NULL};
    ent_rat second = ENT_RAT_ZERO, over[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO};
    bool secure = true;
    ent_rat_sub(&second, &one, first);
    for (int c = 0; c < theirs && secure; c++) {
        for (int i = 0; i < 2; i++) ent_rat_neg(&over[i], &x->u[i]);
        for (int r = 0; r < mine; r++) {
            const int64_t p = player == 0 ? (int64_t)r * theirs + c : (int64_t)c * mine + r;
            if (ent_rat_sign(&weight[r]) == 0) continue;
            for (int i = 0; i < 2; i++)
                ent_rat_addmul(&over[i], &weight[r], &m->payoff.exact[i * m->profiles + p]);
        }
        ent_rat_mul(&over[0], &over[0], first);
        ent_rat_mul(&over[1], &over[1], &second);
        const int order = ent_rat_cmp(&over[0], &over[1]);
        secure = player == 0 ? order >= 0 : order <= 0;
    }
    ent_rat_release(&second);
    for (int i = 0; i < 2; i++) ent_rat_release(&over[i]);
    return secure;
}

/* What doubles have as the strategy of a player, at simple rates a little beyond the one that they
 * have as the answer. */
static bool near_end(ent_sweep *x, int player, double at, ent_between *b)
{
    enum { FINE = 38, COARSE = 26, WIDER = 4 };
    ent_rat rate = ENT_RAT_ZERO;
    bool secure = false;
    for (int bits = FINE; bits >= COARSE && !secure; bits -= WIDER) {
        double a[2];
        ent_matrix_result r;
        const double step = ldexp(at, -bits);
        if (player == 0) simplest_between(at + step, at + 2.0 * step, &rate);
        else simplest_between(at - 2.0 * step, at - step, &rate);
        if (ent_rat_cmp(&rate, &x->low) < 0 || ent_rat_cmp(&rate, &x->high) > 0) continue;
        ent_i_sweep_aim(x, ent_rat_double(&rate), a);
        ent_threats_game(x->g->t, 0, a, &r);
        dyadic(b->plays[player], player == 0 ? r.row : r.column, b->strategy[player]);
        ent_i_first_price(&rate, &b->price[player]);
        secure = is_secure(x, player, &b->price[player], b->strategy[player]);
    }
    ent_rat_release(&rate);
    return secure;
}

/* The same at the bounds themselves, in rationals. */
static ent_status far_end(ent_ctx *ctx, ent_sweep *x, int player, ent_between *b)
{
    ent_status st = ENT_OK;
    int sign = 0;
    ent_i_first_price(player == 0 ? &x->high : &x->low, &b->price[player]);
    ENT_TRY(ent_i_first_claims(ctx, x->g, x->m, &b->price[player], x->u, &x->threats, &sign, NULL));
    const ent_exact_game *game = &x->threats.game[0];
    for (int k = 0; k < b->plays[player]; k++)
        ent_rat_set(&b->strategy[player][k], player == 0 ? &game->row[k] : &game->column[k]);
done:
    return st;
}

static void put_point(const ent_sweep *x, double at, ent_point *p)
{
    *p = (ent_point){.support = 1,
                     .profile = {x->corner},
                     .weight = {1.0},
                     .price = {1.0 / (1.0 + at), at / (1.0 + at)}};
    for (int i = 0; i < 2; i++) {
        p->utility[i] = ent_rat_double(&x->u[i]);
        p->joint += p->price[i] * p->utility[i];
    }
}

/* Prices in doubles, between two that prove that there are such prices. */
static ent_status enclosed(ent_ctx *ctx, ent_sweep *x, double at, ent_equilibria *all)
{
    ent_status st = ENT_OK;
    ent_equilibrium *e = NULL;
    ent_between *b = NULL;
    bool near = true, done = false;
    ENT_ALLOC(ctx, b, 1);
    for (int i = 0; i < 2; i++) {
        b->strategy[i] = ent_rats_new(ctx, (size_t)x->m->actions[i], &st);
        if (!b->strategy[i]) goto done;
        b->plays[i] = x->m->actions[i];
        near = near && near_end(x, i, at, b);
    }
    if (!near) {
        ENT_TRY(halve_rates(ctx, x, &at, all, &done));
        if (done) goto done;
        for (int i = 0; i < 2; i++) ENT_TRY(far_end(ctx, x, i, b));
    }
    ENT_TRY(ent_i_equilibria_slot(ctx, 2, all, &e));
    e->between = b;
    b = NULL;
    put_point(x, at, &e->point);
    ENT_TRY(ent_i_enclose(ctx, x->g, x->m, e));
done:
    ent_i_between_free(b);
    return st;
}

ent_status ent_i_sweep_corner(ent_ctx *ctx, ent_sweep *x, ent_equilibria *all)
{
    ent_status st = ENT_OK;
    double low = 0.0, high = 0.0;
    bool done = false;
    zeros(x, &low, &high);
    if (high < low) low = high = middle(high, low);
    ENT_TRY(rational_rate(ctx, x, low, high, all, &done));
    if (!done) ENT_TRY(enclosed(ctx, x, middle(low, high), all));
done:
    return st;
}
