/* The method `harsanyi`: notion (iii), by the barrier homotopy from several starting prices; for
 * two players it is that of `coco`. */
#include "base/ctx.h"
#include "strategic/constrained.h"
#include "strategic/two_players.h"

#include <math.h>

/* listed at the same prices; random points for Newton: always, and while nothing is found */
enum { FEW = 4, POINTS = 60, POINTS_MORE = 600 };
/* utilities nearer than this, in units of each player's range, are the same */
static const double SAME = 1e-6;

typedef struct found {
    int n;
    ent_constrained **list; /* [starts + 1] */
    ent_constrained *limit; /* on the boundary */
    ent_equilibria two;     /* of two players: what the one above is made from */
} found;

static bool listed(const found *f, const ent_grand *g, const ent_constrained *c)
{
    for (int k = 0; k < f->n; k++) {
        bool same = true;
        for (int i = 0; i < c->n; i++)
            same = same &&
                   fabs(f->list[k]->point.utility[i] - c->point.utility[i]) <= SAME * g->range[i];
        if (same) return true;
    }
    return false;
}

/* Does the lottery give every player what it claims, in its own units? Near the boundary of
 * positive prices the weighted equations are nearly fulfilled where it does not. */
static bool gives(const ent_constrained *c, const ent_grand *g)
{
    static const double OWN_UNITS = 1e-10, ROUNDING = 1e-14;
    bool good = true;
    for (int i = 0; i < c->n; i++) {
        double mean = 0.0;
        for (int l = 0; l < c->point.support; l++)
            mean +=
                c->point.weight[l] * c->m->payoff.value[i * c->m->profiles + c->point.profile[l]];
        good = good && (ent_coal_has(c->point.zero, i) ||
                        fabs(mean - c->point.utility[i]) <=
                            OWN_UNITS * g->range[i] + ROUNDING * fabs(mean));
    }
    return good;
}

/* How many are listed at these prices? Conflicts may leave a continuum of equilibria there. */
static int at_these_prices(const found *f, const ent_constrained *c)
{
    int count = 0;
    for (int k = 0; k < f->n; k++) {
        bool same = true;
        for (int i = 0; i < c->n; i++)
            same = same && fabs(f->list[k]->point.price[i] - c->point.price[i]) <= SAME;
        count += same;
    }
    return count;
}

/* Prices that vanished are 0 in what is printed. */
static ent_coal vanished(const ent_barrier *b, double least)
{
    ent_coal zero = 0;
    for (int i = 0; i < b->n; i++)
        if (b->y[i] < least) zero |= ent_coal_single(i);
    return zero;
}

static ent_status keep(ent_ctx *ctx, found *f, ent_barrier *b, const ent_strategic *m,
                       const ent_strategic_settings *s, bool scattered)
{
    ent_status st = ENT_OK;
    ent_constrained *c = NULL;
    ent_coal zero = vanished(b, s->least_price);
    if (zero && (f->limit || f->n > 0)) return ENT_OK;
    for (ent_coal before = 0; zero != before; zero = vanished(b, s->least_price)) {
        if (!ent_i_barrier_hold(b, zero, s->tolerance * 10.0)) return ENT_OK;
        before = zero;
    }
    ENT_TRY(ent_i_constrained_new(ctx, b, m, !zero && ent_i_can_be_exact(b->g->t, m, s), &c));
    c->point.zero = zero;
    if (!c->exact && !gives(c, b->g)) goto done;
    /* random points meet one after the other of a continuum: a few tell enough */
    if (scattered && at_these_prices(f, c) >= FEW) goto done;
    if (zero) f->limit = c, c = NULL;
    else if (!listed(f, b->g, c)) f->list[f->n++] = c, c = NULL;
done:
    ent_i_constrained_free(c);
    return st;
}

/* Newton from random points, as many as cost about as much as the curves do; more of them while
 * nothing is found. */
static ent_status scatter(ent_ctx *ctx, found *f, ent_barrier *b, const ent_strategic *m,
                          const ent_strategic_settings *s)
{
    static const double SMALL = 80.0; /* unknowns up to which all points are tried */
    ent_status st = ENT_OK;
    const double share = fmin(1.0, pow(SMALL / b->unknowns, 3.0));
    for (int k = 0; k < (f->n > 0 ? POINTS : POINTS_MORE) * share; k++) {
        ENT_CHECK_CANCEL(ctx);
        if (ent_i_barrier_scatter(b, (uint64_t)s->seed, k, s->tolerance * 10.0))
            ENT_TRY(keep(ctx, f, b, m, s, true));
        if (f->n == s->starts + POINTS) break;
    }
done:
    return st;
}

static ent_status search(ent_ctx *ctx, found *f, const ent_grand *g, const ent_strategic *m,
                         const ent_strategic_settings *s, int *tried)
{
    ent_status st = ENT_OK;
    ent_barrier *b = NULL;
    double a0[ENT_COCO_PLAYERS];
    ENT_TRY(ent_i_barrier_new(ctx, g, true, &b));
    for (*tried = 0; *tried < s->starts;) {
        bool solved = false;
        ENT_CHECK_CANCEL(ctx);
        ent_i_barrier_start(g->n, (uint64_t)s->seed, (*tried)++, a0);
        ENT_TRY(ent_i_barrier_solve(ctx, b, a0, s->tolerance * 10.0, &solved));
        if (!solved) continue;
        ENT_TRY(keep(ctx, f, b, m, s, false));
        if (f->n > 0 && g->n <= 2) break;
    }
    if (g->n > 2 || f->n == 0) ENT_TRY(scatter(ctx, f, b, m, s));
done:
    ent_i_barrier_free(b);
    return st;
}

/* Two players: the sweep of their frontier answers every game. */
static ent_status sweep(ent_ctx *ctx, found *f, ent_grand *g, const ent_strategic *m)
{
    ent_status st = ENT_OK;
    ent_outcome outcome = ENT_LIMIT;
    ent_barrier *b = NULL;
    ENT_TRY(ent_i_barrier_new(ctx, g, true, &b));
    ENT_TRY(ent_i_two_players(ctx, g, m, &f->two, &outcome));
    ENT_TRY(ent_i_constrained_two(ctx, b, m, &f->two.list[0],
                                  outcome == ENT_SOLVED ? &f->list[0] : &f->limit));
    f->n = outcome == ENT_SOLVED;
done:
    ent_i_barrier_free(b);
    return st;
}

static ent_status write_one(ent_ctx *ctx, const ent_constrained *c, ent_grand *g, ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_write_object(out->solution, NULL, false);
    ENT_TRY(ent_i_write_constrained(ctx, out->solution, c));
    ent_write_object(out->certificate, NULL, false);
    if (c->two) {
        ent_i_write_evidence(out->certificate, c->m, g, c->two);
        ENT_TRY(ent_i_write_prices_range(ctx, g, c->m, c->two, out));
    }
    ent_write_end(out->solution);
    ent_write_end(out->certificate);
done:
    return st;
}

static ent_status write(ent_ctx *ctx, const found *f, ent_grand *g, const ent_strategic *m,
                        int tried, ent_solution *out)
{
    ent_status st = ENT_OK;
    out->outcome = f->n > 0 ? ENT_SOLVED : f->limit ? ENT_BOUNDARY : ENT_LIMIT;
    ent_write_array(out->solution, "equilibria", false);
    ent_write_array(out->certificate, "equilibria", false);
    for (int k = 0; k < f->n + (f->n == 0 && f->limit); k++) {
        ENT_TRY(write_one(ctx, f->n > 0 ? f->list[k] : f->limit, g, out));
    }
    ent_write_end(out->solution);
    ent_write_end(out->certificate);
    if ((m->n <= 2 && f->n > 0) || f->two.n > 0) {
        ent_write_string(out->solution, "coverage", "all");
    } else {
        ent_write_string(out->solution, "coverage", "found");
        ent_write_int(out->solution, "starts", tried);
    }
done:
    return st;
}

ent_status ent_i_harsanyi_method(ent_ctx *ctx, const void *model, const void *settings,
                                 ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = model;
    const ent_strategic_settings *s = settings;
    ent_grand *g = NULL;
    found f = {0};
    int tried = 0;
    ENT_TRY(ent_i_need_game(ctx, m, "harsanyi"));
    ent_i_write_scale(out->certificate, m);
    if (m->transferable) {
        ENT_TRY(ent_i_transferable(ctx, m, s, ENT_TRANSFERABLE_HARSANYI, out));
        goto done;
    }
    ENT_TRY(ent_i_grand_new(ctx, m->n, m->actions, m->payoff.value, &g));
    ENT_ALLOC(ctx, f.list, s->starts + POINTS + 1);
    if (m->n == 2 && ent_i_can_be_exact(g->t, m, s)) ENT_TRY(sweep(ctx, &f, g, m));
    else ENT_TRY(search(ctx, &f, g, m, s, &tried));
    ENT_TRY(write(ctx, &f, g, m, tried, out));
done:
    for (int k = 0; k < f.n; k++) ent_i_constrained_free(f.list[k]);
    ent_i_constrained_free(f.limit);
    ent_i_equilibria_release(&f.two);
    ent_free(f.list);
    ent_i_grand_free(g);
    return st;
}
