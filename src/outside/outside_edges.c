/* Where the functions of one period are not smooth: atoms and ends of the distribution, the next
 * period's panels, and where he begins or ceases to go on. */
#include "outside/outside_induction.h"

#include <math.h>
#include <stdlib.h>

/* How often panels are halved towards the ends of a beta density: where it is a polynomial, and
 * where it is not smooth. */
enum { N = ENT_CHEB, SMOOTH_GRADES = 6, GRADES = 40, BISECTIONS = 200 };

ent_status ent_i_panel_add(ent_induction *s, ent_panels *l, const ent_panel *panel)
{
    ent_status st = ENT_OK;
    if (panel->hi <= panel->lo) return ENT_OK;
    if (l->n == l->room) {
        const int room = l->room ? 2 * l->room : 64;
        ent_panel *more = ent_i_realloc(s->ctx, l->panel, (size_t)room, sizeof *more, &st);
        if (!more) return st;
        l->panel = more;
        l->room = room;
    }
    l->panel[l->n++] = *panel;
    return st;
}

static ent_status add_edge(ent_induction *s, double y)
{
    ent_status st = ENT_OK;
    if (!(y >= 0.0 && y <= 1.0)) return ENT_OK;
    if (s->edges == s->edge_room) {
        const int room = s->edge_room ? 2 * s->edge_room : 256;
        double *more = ent_i_realloc(s->ctx, s->edge, (size_t)room, sizeof *more, &st);
        if (!more) return st;
        s->edge = more;
        s->edge_room = room;
    }
    s->edge[s->edges++] = y;
    return st;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double ent_i_gap(const ent_induction *s, const ent_panel *p, double y)
{
    return s->delta * ent_panel_value(s->cheb, p, ENT_VALUE_RISE, s->k, y) -
           (1.0 - s->delta) * (y - s->k);
}

/* Whole powers are smooth where the density begins; other beta densities need panels that shrink
 * towards their ends. */
static bool is_whole(double shape) { return shape == floor(shape); }

static ent_status normal_edges(ent_induction *s, const ent_offer_part *p)
{
    enum { DEVIATIONS = 8 };
    ent_status st = ENT_OK;
    for (int j = -DEVIATIONS; j <= DEVIATIONS; j++) {
        const double y = p->a + j * p->b;
        if (y > p->low && y < p->high) ENT_TRY(add_edge(s, y));
    }
done:
    return st;
}

static ent_status beta_edges(ent_induction *s, const ent_offer_part *p)
{
    ent_status st = ENT_OK;
    const double width = p->high - p->low;
    const int below = is_whole(p->a) ? SMOOTH_GRADES : GRADES,
              above = is_whole(p->b) ? SMOOTH_GRADES : GRADES;
    for (int j = 1; j <= below; j++) ENT_TRY(add_edge(s, p->low + ldexp(width, -j)));
    for (int j = 1; j <= above; j++) ENT_TRY(add_edge(s, p->high - ldexp(width, -j)));
done:
    return st;
}

static ent_status offer_edges(ent_induction *s)
{
    ent_status st = ENT_OK;
    const ent_offers *o = &s->m->offers;
    for (int k = 0; k < o->atoms; k++) ENT_TRY(add_edge(s, o->atom[k]));
    for (int k = 0; k < o->parts; k++) {
        const ent_offer_part *p = &o->part[k];
        ENT_TRY(add_edge(s, p->low));
        ENT_TRY(add_edge(s, p->high));
        if (p->kind == ENT_OFFER_NORMAL) ENT_TRY(normal_edges(s, p));
        if (p->kind == ENT_OFFER_BETA) ENT_TRY(beta_edges(s, p));
    }
done:
    return st;
}

/* The first double in (a, b) at which the sign of the gap is that of b. */
static double sign_change(const ent_induction *s, const ent_panel *p, double a, double b)
{
    const bool before = ent_i_gap(s, p, a) > 0.0;
    for (int step = 0; step < BISECTIONS; step++) {
        const double mid = a + 0.5 * (b - a);
        if (mid <= a || mid >= b) break;
        if ((ent_i_gap(s, p, mid) > 0.0) == before) a = mid;
        else b = mid;
    }
    return b;
}

/* Where the gap changes sign inside (lo, hi) of one panel of the next period. */
static ent_status crossings(ent_induction *s, const ent_panel *p, double lo, double hi)
{
    ent_status st = ENT_OK;
    double last = lo;
    bool before = ent_i_gap(s, p, lo) > 0.0;
    for (int i = 1; i < N; i++) {
        const double y = ent_cheb_point(s->cheb, lo, hi, i);
        const bool here = ent_i_gap(s, p, y) > 0.0;
        if (before != here) ENT_TRY(add_edge(s, sign_change(s, p, last, y)));
        before = here;
        last = y;
    }
done:
    return st;
}

/* The ends of the range and atoms must stay where they are. */
static bool is_fixed(const ent_induction *s, double y)
{
    return y == 0.0 || y == 1.0 || ent_i_mass_at(&s->m->offers, y) > 0.0;
}

static void sort_edges(ent_induction *s)
{
    const double apart = 1e-15; /* edges closer than this are one, unless both are fixed */
    qsort(s->edge, (size_t)s->edges, sizeof *s->edge, ascending);
    int n = 0;
    for (int k = 0; k < s->edges; k++) {
        const double y = s->edge[k];
        const bool near = n && y - s->edge[n - 1] <= apart,
                   moves = near && is_fixed(s, y) && y > s->edge[n - 1];
        if (near && !moves) continue;
        if (near && !is_fixed(s, s->edge[n - 1])) n--;
        s->edge[n++] = y;
    }
    s->edges = n;
}

ent_status ent_i_edges_find(ent_induction *s)
{
    ent_status st = ENT_OK;
    s->edges = 0;
    ENT_TRY(add_edge(s, 0.0));
    ENT_TRY(add_edge(s, 1.0));
    ENT_TRY(add_edge(s, s->k));
    ENT_TRY(add_edge(s, s->r_star));
    ENT_TRY(offer_edges(s));
    for (int k = 0; k < s->next.n; k++) ENT_TRY(add_edge(s, s->next.panel[k].lo));
    sort_edges(s);
    const int first = s->edges;
    for (int k = 0; k + 1 < first; k++) {
        const double lo = s->edge[k], hi = s->edge[k + 1];
        ENT_TRY(crossings(s, ent_i_panel_at(&s->next, lo + 0.5 * (hi - lo)), lo, hi));
    }
    sort_edges(s);
done:
    return st;
}
