/** public_good.h - the inside of a prepared public-good stage game, [MW25] Section 5,
 * docs/relational.md section 5.
 *
 *     u_i(a) = theta_i sum_j theta_j a_j - psi_i theta_i a_i^2,   a_j >= 0
 *
 * Every question about it is one problem P(h, w, B): maximise h.e - w sum g e^2 over deviations e
 * >= -ahat from own best replies that cost at most B, sum g e^2 <= B. With h_j = theta_j slope_j
 * its solution is
 *
 *     a_j = max(0, theta_j + slope_j s) / (2 psi_j),   s = 1 / (w + multiplier) in (0, 1/w]
 *
 * for one number s, and what it costs is piecewise fixed + rate s^2: a curve.
 */
#ifndef ENT_PUBLIC_GOOD_H
#define ENT_PUBLIC_GOOD_H

#include "relational/stage.h"

/** ent_i_piece - from `start` on (up to the next piece) the cost is fixed + rate s^2 and h.e is
 * gain + 2 rate s. */
typedef struct ent_i_piece {
    double start;
    double cost;  /* at the start */
    double fixed; /* of the players at zero effort */
    double rate;  /* of the others */
    double gain;  /* h.e of the players at zero effort */
} ent_i_piece;

/** ent_i_curve - the solutions of P(h, w, B) for all B. */
typedef struct ent_i_curve {
    double weight; /* w >= 0 */
    /* the cost at s = 1/w: from this B on the constraint does not bind; INFINITY: it always does */
    double slack_cost;
    int pieces, slack;  /* the piece that holds s = 1/w */
    ent_i_piece *piece; /* [pieces], room for n + 1 */
} ent_i_curve;

/** ent_i_point - the solution at one B. */
typedef struct ent_i_point {
    double s;          /* INFINITY when w = 0 and the constraint does not bind */
    double value;      /* P */
    double multiplier; /* P'; INFINITY at B = 0 */
} ent_i_point;

/** ent_i_good - what depends on the stage alone. */
typedef struct ent_i_good {
    int n, active;       /* players, and those of positive size */
    double *size, *cost; /* theta, psi */
    double *unit;        /* theta / (4 psi): a slope c costs unit c^2 s^2 */
    /* theta^3 / (4 psi): the best reply against zero effort, and the cost of zero effort */
    double *own;
    double *base; /* uhat_i = u_i where everybody is at its own best reply */
    /* [active] by increasing size: breakpoints of a problem are then nearly sorted */
    int *order;
    /* max of the sum of all payoffs; quiet[i]: min of i's best-reply payoff. The same for every */
    ent_i_curve joint;
    ent_i_curve *quiet;  /* [n] coalition */
    ent_i_piece *pieces; /* their memory */
} ent_i_good;

static inline const ent_i_good *ent_i_good_of(const ent_stage *stage) { return stage->data; }

/** ent_i_rest - rest[j] is the sum of the sizes of the members other than j, as a sum and never a
 * difference. It is the slope of the on-path problem, [MW25] eq. (18) and (19); with everybody as
 * members that of `joint`. */
void ent_i_rest(const ent_i_good *good, ent_coal coalition, double *rest);

/** The slopes of the other problems of docs/relational.md section 5, into slope[n]; `weight` is
 * pi_i. Those of `highest` are the negatives of those of `punishment`, with w = 1 - weight. */
void ent_i_slopes_punishment(const ent_i_good *good, const double *rest, int i, double weight,
                             double *slope);
void ent_i_slopes_quiet(const ent_i_good *good, int i, double *slope);

/** ent_i_curve_build - the curve of a problem; curve->piece has room for n + 1 pieces.
 * Cost  O(n) when breakpoints come nearly sorted, O(n^2) otherwise */
void ent_i_curve_build(const ent_i_good *good, double weight, const double *slope,
                       ent_i_curve *curve);

/** ent_i_curve_at - the solution at budget B >= 0. */
ent_i_point ent_i_curve_at(const ent_i_curve *curve, double budget);

/** ent_i_efforts - the efforts at s. */
void ent_i_efforts(const ent_i_good *good, const double *slope, double s, double *effort);

/** ent_i_good_reply - uhat_i at efforts. */
double ent_i_good_reply(const ent_i_good *good, const double *effort, int i);

/** ent_i_odds - how patient, how often: the complements are kept apart because 1 - delta and 1 -
 * rho of doubles near 1 lose what a model's fractions know. */
typedef struct ent_i_odds {
    double delta, now;  /* now = 1 - delta */
    double rho, silent; /* silent = 1 - rho */
    double kappa;       /* delta / (1 - delta) */
} ent_i_odds;

static inline ent_i_odds ent_i_odds_of(double delta, double rho)
{
    return (ent_i_odds){delta, 1.0 - delta, rho, 1.0 - rho, delta / (1.0 - delta)};
}

/** ent_i_map - F(d) = sum of factor times P(kappa d), whose fixed point is the span. */
typedef struct ent_i_map {
    double kappa;
    int terms;
    const ent_i_curve *curve[2 * ENT_PLAYERS_MAX + 1];
    double factor[2 * ENT_PLAYERS_MAX + 1];
} ent_i_map;

/** ent_i_map_contract - the map of Propositions A and B for a coalition; punishment[i] are the
 * curves of its members.
 */
void ent_i_map_contract(const ent_i_good *good, ent_coal coalition, const ent_i_odds *odds,
                        const ent_i_curve *punishment, ent_i_map *map);
/** ent_i_map_benchmark - add the map Gamma_0, times a factor. */
void ent_i_map_benchmark(const ent_i_good *good, double factor, ent_i_map *map);

/** ent_i_map_span - the largest fixed point. */
double ent_i_map_span(const ent_i_map *map);

/** ent_i_deal - who negotiates with which weights (summing to 1) and odds; span: NULL, or known
 * already. */
typedef struct ent_i_deal {
    ent_coal coalition;
    const double *weight;
    const ent_i_odds *odds;
    const double *span;
} ent_i_deal;

/** ent_i_good_contract, ent_i_good_spe - fill a contract and a benchmark, which needs no
 * weights. */
ent_status ent_i_good_contract(ent_ctx *ctx, const ent_i_good *good, const ent_i_deal *deal,
                               ent_contract *out);
ent_status ent_i_good_spe(ent_ctx *ctx, const ent_i_good *good, const ent_i_deal *deal,
                          ent_benchmark *out);

/** The solvers behind the stage. */
ent_status ent_i_good_contractual(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                                  const double *weight, const ent_contract_settings *settings,
                                  ent_contract *out);
ent_status ent_i_good_benchmark(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                                const ent_contract_settings *settings, ent_benchmark *out);
ent_status ent_i_good_coalitions(ent_ctx *ctx, const ent_stage *stage, ent_weight_fn *weight,
                                 void *user, double discount, double renegotiation,
                                 const ent_contract_settings *settings, ent_union *table,
                                 double *payoff);

#endif
