/** outside_panels.h - the functions of one period over the standing outside offer, piece by
 * piece. */
#ifndef ENT_OUTSIDE_PANELS_H
#define ENT_OUTSIDE_PANELS_H

#include "num/chebyshev.h"
#include "outside/outside_solve.h"

/** What is known of a period's state y. VALUE_RISE + y - k is the partner's payoff: kept in this
 * form, because whether he goes on turns on its sign, which the payoff itself loses to rounding
 * when the discount factor is 1. */
enum {
    ENT_VALUE_RISE,
    ENT_VALUE_PROPOSER,
    ENT_VALUE_ALLY,
    ENT_VALUE_ALLY_CONTRIBUTION,
    ENT_VALUE_NEW_CONTRIBUTION,
    ENT_VALUE_DURATION,
    /* this and the following: the probability that period t+1, t+2, ... is reached */
    ENT_VALUE_REACH,
    ENT_VALUES_BEFORE_REACH = ENT_VALUE_REACH,
    /* payoffs and the probability that the ally acts */
    ENT_VALUES_BRIEF = ENT_VALUE_ALLY_CONTRIBUTION
};

typedef enum ent_panel_kind {
    ENT_PANEL_EXIT,   /* beyond the last period: nothing is produced */
    ENT_PANEL_SETTLE, /* accepted at once: MATCH, or DETER with its offer */
    ENT_PANEL_LEVEL,  /* constants: HOLD */
    ENT_PANEL_CURVE   /* values at Chebyshev points: FOLLOW */
} ent_panel_kind;

typedef struct ent_panel {
    ent_panel_kind kind;
    double lo, hi;
    double offer;  /* SETTLE: the offer, NAN for a match; LEVEL: the offer */
    double cutoff; /* LEVEL */
    /* LEVEL: [values], the partner's payoff + k in place of RISE; CURVE: [values][ENT_CHEB] */
    double *value;
} ent_panel;

/** ent_panel_value - value f of a panel at y; k = fee - 1. */
double ent_panel_value(const ent_cheb *cheb, const ent_panel *panel, int f, double k, double y);

/** ent_outside_values - the value functions of periods 1 to periods, and the exit beyond them, as
 * panels from 0 to 1. */
typedef struct ent_outside_values {
    int periods;
    ent_cheb cheb;
    int *panels;       /* [periods + 1]; period t at t - 1 */
    ent_panel **panel; /* [periods + 1][panels], their values owned */
} ent_outside_values;

ent_status ent_i_outside_values_new(ent_ctx *ctx, int periods, ent_outside_values **out);
void ent_i_outside_values_free(ent_outside_values *values);

/** ent_i_outside_values_keep - copy the panels of one period; `values` numbers of each are worth
 * keeping. */
ent_status ent_i_outside_values_keep(ent_ctx *ctx, ent_outside_values *v, int period, int n,
                                     const ent_panel *panel, int values);

/** ent_panel_find - the panel of n that holds y, the right one at an edge. */
const ent_panel *ent_panel_find(int n, const ent_panel *panel, double y);

#endif
