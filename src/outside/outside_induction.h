/** outside_induction.h - the state of the backward induction of outside_general.c, shared by its
 * three parts: edges, stretches, choices. */
#ifndef ENT_OUTSIDE_INDUCTION_H
#define ENT_OUTSIDE_INDUCTION_H

#include "outside/outside_panels.h"

/** ent_panels - panels from left to right. */
typedef struct ent_panels {
    int n, room;
    ent_panel *panel; /* from left to right */
} ent_panels;

/** ent_stretch - offers after a search on which R is smooth. */
typedef struct ent_stretch {
    double lo, hi;
    bool goes_on; /* gap > 0 */
    bool usable;  /* R < r*: an offer that makes him search */
    double y[ENT_CHEB], f[ENT_CHEB], r[ENT_CHEB], q[ENT_CHEB];
    double *value; /* [values][ENT_CHEB] at cutoff y[i], with RISE for state y[i] */
} ent_stretch;

/** ent_induction - one period after another, from the last. */
typedef struct ent_induction {
    ent_ctx *ctx;
    const ent_outside *m;
    const ent_outside_choice *choice;
    ent_outside_solution *out;
    ent_cheb *cheb;
    double k, c, delta, r_star;
    int values;
    int period;
    ent_panels next, now;
    double *edge; /* candidates for edges of stretches */
    int edges, edge_room;
    double *tail;    /* [values] integrals over everything to the right */
    double *before;  /* [values] what they were before the present stretch */
    double level_q;  /* best Q so far from the right; -INFINITY: none */
    ent_panel level; /* its panel, value [values] */
} ent_induction;

/** ent_i_panel_at - the panel that holds y. ent_i_gap - delta rise_{t+1}(y) - (1 - delta)(y - k)
 * there: positive when he goes on. */
static inline const ent_panel *ent_i_panel_at(const ent_panels *l, double y)
{
    return ent_panel_find(l->n, l->panel, y);
}
double ent_i_gap(const ent_induction *s, const ent_panel *panel, double y);

/** ent_i_panel_add - append a panel that is not empty. */
ent_status ent_i_panel_add(ent_induction *s, ent_panels *list, const ent_panel *panel);

/** ent_i_edges_find - where anything about a search of this period ceases to be smooth, into
 * s->edge. */
ent_status ent_i_edges_find(ent_induction *s);

/** ent_i_stretch_fill - everything that depends on the cutoff, at the points of a stretch; s->tail
 * moves on to its left end. */
void ent_i_stretch_fill(ent_induction *s, ent_stretch *t);

/** ent_i_stretch_is_smooth - are her payoff and his well described by the points of a filled
 * stretch? The last Chebyshev coefficients decide. */
bool ent_i_stretch_is_smooth(const ent_induction *s, const ent_stretch *t);

/** ent_i_tail_begin - s->tail at the right end: what an atom at 1 adds, an offer that nothing
 * exceeds and that she matches in every later period. */
void ent_i_tail_begin(ent_induction *s);

/** ent_i_mass_at - the mass of an atom at y, 0 when there is none. */
double ent_i_mass_at(const ent_offers *offers, double y);

#endif
