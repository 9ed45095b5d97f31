#include "base/ctx.h"
#include "strategic/barrier.h"
#include "strategic/coco_boundary.h"
#include "strategic/coco_enumerate.h"
#include "strategic/enclose.h"
#include "strategic/two_players.h"

#include <math.h>
#include <stdlib.h>

void ent_i_between_free(ent_between *b)
{
    for (int k = 0; b && k < 2; k++) {
        ent_rat_release(&b->price[k]);
        ent_rats_free(b->strategy[k], (size_t)b->plays[k]);
    }
    ent_free(b);
}

static void release(ent_equilibrium *e, int players)
{
    ent_i_exact_point_release(&e->exact);
    ent_i_exact_threats_release(&e->near);
    ent_rats_free(e->approach, (size_t)players);
    ent_i_secured_free(e->secured);
    ent_i_between_free(e->between);
}

void ent_i_equilibria_release(ent_equilibria *all)
{
    for (int k = 0; k < all->n; k++) release(&all->list[k], all->players);
    ent_free(all->list);
    *all = (ent_equilibria){0};
}

void ent_i_equilibria_drop(ent_equilibria *all) { release(&all->list[--all->n], all->players); }

/* Utilities nearer than this, in units of each player's range, are the same. */
static const double SAME = 1e-7;

static bool listed(const ent_grand *g, const ent_equilibria *all, const ent_point *p)
{
    for (int k = 0; k < all->n; k++) {
        bool same = true;
        for (int i = 0; i < g->n; i++)
            same =
                same && fabs(all->list[k].point.utility[i] - p->utility[i]) <= SAME * g->range[i];
        if (same) return true;
    }
    return false;
}

static ent_status make_room(ent_ctx *ctx, ent_equilibria *all)
{
    ent_status st = ENT_OK;
    if (all->n < all->room) return ENT_OK;
    const int room = all->room ? 2 * all->room : 8;
    ent_equilibrium *list = ent_i_realloc(ctx, all->list, (size_t)room, sizeof *list, &st);
    if (!list) return st;
    all->list = list;
    all->room = room;
    return ENT_OK;
}

/* The exact prices are the model's truth: doubles follow them. */
void ent_i_equilibrium_follow(ent_equilibrium *e, int n)
{
    if (!e->exact.known) return;
    for (int i = 0; i < n; i++) {
        e->point.price[i] = ent_rat_double(&e->exact.price[i]);
        e->point.utility[i] = ent_rat_double(&e->exact.utility[i]);
    }
    e->point.joint = ent_rat_double(&e->exact.threats.joint);
    e->point.support = e->exact.support;
    for (int l = 0; l < e->exact.support; l++) {
        e->point.profile[l] = e->exact.profile[l];
        e->point.weight[l] = ent_rat_double(&e->exact.weight[l]);
    }
}

static int by_profile(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Lotteries are listed in row-major order of plays. */
static void sort_support(ent_point *p)
{
    struct pair {
        int64_t profile;
        double weight;
    } pair[ENT_COCO_SUPPORT];
    for (int l = 0; l < p->support; l++)
        pair[l].profile = p->profile[l], pair[l].weight = p->weight[l];
    qsort(pair, (size_t)p->support, sizeof *pair, by_profile);
    for (int l = 0; l < p->support; l++)
        p->profile[l] = pair[l].profile, p->weight[l] = pair[l].weight;
}

ent_status ent_i_equilibria_slot(ent_ctx *ctx, int players, ent_equilibria *all,
                                 ent_equilibrium **out)
{
    ent_status st = ENT_OK;
    ENT_TRY(make_room(ctx, all));
    all->players = players;
    *out = &all->list[all->n++];
    **out = (ent_equilibrium){.digits = 0};
    ent_i_exact_point_init(players, &(*out)->exact);
done:
    return st;
}

/* Append a point given in scaled units, unless its utilities are already
 * there; made exact when the model allows. direction: of a boundary point, else NULL. */
static ent_status add_point(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                            const ent_strategic_settings *s, const ent_point *point,
                            const double *direction, ent_equilibria *all)
{
    ent_status st = ENT_OK;
    ent_point p = *point;
    ent_i_coco_unscale(g, &p);
    sort_support(&p);
    if (listed(g, all, &p)) return ENT_OK;
    ent_equilibrium *e = NULL;
    ENT_TRY(ent_i_equilibria_slot(ctx, g->n, all, &e));
    e->point = p;
    const bool try_exact = ent_i_can_be_exact(g->t, m, s);
    if (direction) {
        e->approach = ent_rats_new(ctx, (size_t)g->n, &st);
        if (!e->approach) goto done;
        ENT_TRY(ent_i_boundary_exact(ctx, g, m, &p, direction, &e->exact, e->approach, &e->near,
                                     e->point.utility));
    } else if (try_exact) {
        ENT_TRY(ent_i_coco_exact(ctx, g, m, &p, &e->exact));
    }
    ent_i_equilibrium_follow(e, g->n);
    if (!e->exact.known && !direction && g->n > 1 && try_exact)
        ENT_TRY(ent_i_enclose(ctx, g, m, e));
done:
    return st;
}

static int compare(const ent_equilibrium *a, const ent_equilibrium *b, int n)
{
    for (int i = 0; i < n; i++)
        if (a->point.utility[i] != b->point.utility[i])
            return a->point.utility[i] < b->point.utility[i] ? -1 : 1;
    return 0;
}

static void sort(ent_equilibria *all)
{
    for (int k = 1; k < all->n; k++) {
        const ent_equilibrium e = all->list[k];
        int j = k;
        for (; j > 0 && compare(&e, &all->list[j - 1], all->players) < 0; j--)
            all->list[j] = all->list[j - 1];
        all->list[j] = e;
    }
}

static bool interior(const ent_grand *g, const ent_strategic_settings *s, const ent_point *p)
{
    for (int i = 0; i < g->n; i++)
        if (!(p->price[i] >= s->least_price)) return false;
    return true;
}

/* Solver B: the same equations by the barrier homotopy, from equal prices and then from random
 * ones. */
static ent_status by_barrier(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                             const ent_strategic_settings *s, int starts, ent_equilibria *all)
{
    ent_status st = ENT_OK;
    ent_barrier *b = NULL;
    ent_point p;
    double a0[ENT_COCO_PLAYERS];
    ENT_TRY(ent_i_barrier_new(ctx, g, false, &b));
    for (int start = 0; start < starts; start++) {
        bool solved = false;
        ENT_CHECK_CANCEL(ctx);
        ent_i_barrier_start(g->n, (uint64_t)s->seed, start, a0);
        ENT_TRY(ent_i_barrier_solve(ctx, b, a0, s->tolerance * 10.0, &solved));
        if (!solved) continue;
        ent_i_barrier_point(b, &p);
        if (!ent_i_coco_polish(g, s->tolerance, &p) || !interior(g, s, &p)) continue;
        ENT_TRY(add_point(ctx, g, m, s, &p, NULL, all));
        if (g->n <= 2) break;
    }
done:
    ent_i_barrier_free(b);
    return st;
}

/* A limit on the boundary, when a path led to one. */
typedef struct limit {
    bool found;
    ent_point point;
    double direction[ENT_COCO_PLAYERS];
} limit;

/* Solver A from every start; the first boundary point met is kept. */
static ent_status by_path(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                          const ent_strategic_settings *s, limit *end, ent_equilibria *all)
{
    ent_status st = ENT_OK;
    for (int start = 0; start < s->starts; start++) {
        ent_point p;
        double way[ENT_COCO_PLAYERS];
        ENT_CHECK_CANCEL(ctx);
        if (ent_i_coco_solve(g, (uint64_t)s->seed, start, s->tolerance, s->least_price, &p)) {
            ENT_TRY(add_point(ctx, g, m, s, &p, NULL, all));
            if (g->n <= 2) break;
            continue;
        }
        if (end->found || !ent_i_coco_boundary(g, s->tolerance, way, &p)) continue;
        end->found = true;
        end->point = p;
        for (int i = 0; i < g->n; i++) end->direction[i] = way[i];
    }
done:
    return st;
}

/* Three players: search the faces of the hull as well. The list is called enumerated when every
 * index is known and they sum to 1. */
static ent_status by_faces(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                           const ent_strategic_settings *s, ent_equilibria *all)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_point *point = NULL;
    int sum = 0;
    ENT_SCRATCH(ctx, point, ENT_ENUMERATE_POINTS);
    const int count = ent_i_coco_enumerate(g, s->tolerance, s->least_price, 0, point);
    for (int k = 0; k < count; k++) ENT_TRY(add_point(ctx, g, m, s, &point[k], NULL, all));
    all->enumerated = all->n > 0;
    for (int k = 0; k < all->n; k++) {
        ent_point p = all->list[k].point;
        for (int i = 0; i < g->n; i++) {
            p.price[i] *= g->range[i];
            p.utility[i] = (p.utility[i] - g->least[i]) / g->range[i];
        }
        double a = 0.0;
        for (int i = 0; i < g->n; i++) a += p.price[i];
        for (int i = 0; i < g->n; i++) p.price[i] /= a;
        all->list[k].point.index = ent_i_coco_index(g, &p);
        all->enumerated = all->enumerated && all->list[k].point.index != 0;
        sum += all->list[k].point.index;
    }
    all->enumerated = all->enumerated && sum == 1;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Three players and more, and games that are not solved exactly: what paths lead to. */
static ent_status by_search(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                            const ent_strategic_settings *s, ent_equilibria *all,
                            ent_outcome *outcome)
{
    enum { SECOND_OPINIONS = 3, UNKNOWNS_MOST = 400 };
    ent_status st = ENT_OK;
    limit end = {0};
    const bool small = g->n > 1 && ent_i_barrier_unknowns(g) <= UNKNOWNS_MOST;
    if (s->barrier && g->n > 1) ENT_TRY(by_barrier(ctx, g, m, s, (int)s->starts, all));
    else ENT_TRY(by_path(ctx, g, m, s, &end, all));
    if (g->n == 3 && s->enumerate && g->t->profiles <= ENT_ENUMERATE_PROFILES)
        ENT_TRY(by_faces(ctx, g, m, s, all));
    /* no positive prices found: the other solver is asked before that is said */
    if (all->n == 0 && small && !s->barrier)
        ENT_TRY(by_barrier(ctx, g, m, s, SECOND_OPINIONS, all));
    if (all->n == 0 && s->barrier) ENT_TRY(by_path(ctx, g, m, s, &end, all));
    *outcome = all->n > 0 ? ENT_SOLVED : end.found ? ENT_BOUNDARY : ENT_LIMIT;
    if (*outcome == ENT_BOUNDARY) ENT_TRY(add_point(ctx, g, m, s, &end.point, end.direction, all));
done:
    return st;
}

ent_status ent_i_equilibria_find(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                                 const ent_strategic_settings *s, ent_equilibria *all,
                                 ent_outcome *outcome)
{
    ent_status st = ENT_OK;
    const bool two = g->n == 2 && ent_i_can_be_exact(g->t, m, s);
    if (two && s->barrier) ENT_TRY(by_barrier(ctx, g, m, s, (int)s->starts, all));
    *outcome = ENT_SOLVED;
    if (two && all->n == 0) ENT_TRY(ent_i_two_players(ctx, g, m, all, outcome));
    if (!two) ENT_TRY(by_search(ctx, g, m, s, all, outcome));
    sort(all);
done:
    return st;
}
