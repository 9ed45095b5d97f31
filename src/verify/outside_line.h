/** outside_line.h - outside offers as a line of panels and atoms on which a checker computes: [0,1]
 * cut where anything changes, values at Chebyshev points of each panel, both ends included as
 * one-sided limits.
 *
 * Integrals against the distribution function are by parts, F being known at every point, so that
 * unbounded densities do no harm; panels shrink by halves towards an end where F is not smooth.
 * Without densities the line is the list of atoms. Written for the checker: nothing of src/outside
 * or src/num is used.
 */
#ifndef ENT_OUTSIDE_LINE_H
#define ENT_OUTSIDE_LINE_H

#include "model/outside_model.h"

enum {
    ENT_LINE_NODES = 17,
    /* What is integrated backwards: payoffs, then outcomes. */
    ENT_LINE_PROPOSER = 0,
    ENT_LINE_PARTNER,
    ENT_LINE_ALLY,
    ENT_LINE_ALLY_GIVES,
    ENT_LINE_NEW_GIVES,
    ENT_LINE_PERIODS,
    ENT_LINE_VALUES
};

typedef enum ent_line_kind {
    ENT_LINE_FLOOR,
    ENT_LINE_MATCH,
    ENT_LINE_DETER,
    ENT_LINE_HOLD,
    ENT_LINE_FOLLOW
} ent_line_kind;

/** ent_line_plan - what happens in one period at the offers of one item. */
typedef struct ent_line_plan {
    ent_line_kind kind;
    bool goes;            /* after a search he rather goes on than takes an offer from here */
    double cutoff, offer; /* of HOLD */
    int item, point;      /* of HOLD: where the cutoff is, while the period is being solved */
    /* how far the proposer is from another choice, for claims at an indifference */
    double slack;
} ent_line_plan;

typedef struct ent_line {
    ent_ctx *ctx;
    const ent_offers *offers;
    /* stride: points an item has room for; an atom uses the first */
    int items, room, stride, periods;
    /* [items] low = high: an atom; without densities also "nothing", 0 without mass */
    double *low, *high, *mass;
    double *y, *smooth, *cdf;      /* [items][stride] place, F of the densities, F of all */
    double *next[ENT_LINE_VALUES]; /* [items][stride] of the next period, by standing offer */
    ent_line_plan *plan;           /* [periods][room] */
    double point[ENT_LINE_NODES];  /* on [-1,1], increasing */
    double derive[ENT_LINE_NODES][ENT_LINE_NODES]; /* values to derivatives */
    double remain[ENT_LINE_NODES][ENT_LINE_NODES]; /* values to integrals from a point to 1 */
    double weight[ENT_LINE_NODES];                 /* barycentric */
} ent_line;

/** ent_i_line_new - the line of a distribution, cut at the marks given too. ENT_E_LIMIT when too
 * large. */
ent_status ent_i_line_new(ent_ctx *ctx, const ent_offers *offers, int periods, int marks,
                          const double *mark, ent_line **out);
void ent_i_line_free(ent_line *line);

static inline bool ent_line_is_atom(const ent_line *line, int item)
{
    return line->low[item] == line->high[item];
}
static inline int ent_line_count(const ent_line *line, int item)
{
    return ent_line_is_atom(line, item) ? 1 : ENT_LINE_NODES;
}
static inline ent_line_plan *ent_line_at(const ent_line *line, int period, int item)
{
    return &line->plan[(size_t)(period - 1) * (size_t)line->room + (size_t)item];
}

/** ent_i_line_largest - the largest possible offer. */
double ent_i_line_largest(const ent_offers *offers);

/** ent_i_line_split - cut panel `item` at x, strictly inside; `next` and the plans go to both
 * halves. */
ent_status ent_i_line_split(ent_line *line, int item, double x);

/** ent_i_line_interpolate - the value at x of the polynomial through the values of a panel. */
double ent_i_line_interpolate(const ent_line *line, int item, const double *value, double x);

/** ent_i_line_root - where inside the panel the polynomial through `value`, of different signs at
 * points j and j + 1, vanishes. */
double ent_i_line_root(const ent_line *line, int item, const double *value, int j);

/** ent_i_line_above - [n] integrals of g dF from each point of the item to its end, of the
 * densities alone. */
void ent_i_line_above(const ent_line *line, int item, const double *g, double *out);

/** ent_i_line_reservation - [FR] eq. (3): r*: E(X - r*)^+ = cost, by integrating 1 - F; -INFINITY
 * when E X < cost. */
ent_status ent_i_line_reservation(ent_ctx *ctx, const ent_offers *offers, double cost, double *out);

#endif
