/** outside_check.h - one check of a result document of the outside family, and the checkers of its
 * methods. Everything is recomputed from the model in the document by the definitions of
 * docs/outside.md; docs/results.md says what each member is. Nothing here shares code with
 * src/outside.
 */
#ifndef ENT_OUTSIDE_CHECK_H
#define ENT_OUTSIDE_CHECK_H

#include "verify/outside_back.h"
#include "verify/result_parts.h"

/** Residuals of numbers given as doubles: both sides integrate, split and locate roots in doubles,
 * to a few 1e-13 each. */
#define ENT_OUTSIDE_TOLERANCE 1e-10
/** Places where the regime changes: a root is located no better than sqrt(rounding) where the curve
 * is flat. */
#define ENT_OUTSIDE_PLACE 1e-7

typedef struct ent_ocheck {
    ent_ctx *ctx;
    ent_ledger claims;
    const ent_json *solution, *certificate, *settings;
    ent_outside *model; /* read out of the document again */
    ent_back_rules rules;
    int64_t exact_states, curve_points, plays, states;
    bool fee_threshold;
    double grain; /* added to tolerances: the probability of offers that doubles cannot place */
    double blur;  /* added to ENT_OUTSIDE_PLACE where he begins or ceases to go on */
} ent_ocheck;

/** The methods. Status: memory, limits and cancellation only; everything wrong with the document
 * goes to the report. */
ent_status ent_i_check_outside_equilibrium(ent_ocheck *c);
ent_status ent_i_check_outside_institution(ent_ocheck *c);
ent_status ent_i_check_outside_simulate(ent_ocheck *c);

/** ent_i_outside_near - the node claims this number, within `tolerance` of max(1, |truth|). A claim
 * with "exact" is refused unless `exact` is not NULL and equal to it; a NAN truth wants null. */
void ent_i_outside_near(ent_ocheck *c, const ent_json *node, double truth, double tolerance,
                        const ent_rat *exact);

/** ent_i_outside_member_near - the same for a member of an object. */
void ent_i_outside_member_near(ent_ocheck *c, const ent_json *object, const char *key,
                               double truth);

/** ent_i_outside_regime - does this regime word describe the equilibrium? At an indifference either
 * of two. */
bool ent_i_outside_regime(const ent_back *b, const char *word);

/** ent_i_check_outside_fee - `fee_threshold` of institution. */
ent_status ent_i_check_outside_fee(ent_ocheck *c);

/** ent_i_check_outside_rules - `rules` and `advances` of a game solved in doubles. */
void ent_i_check_outside_rules(ent_ocheck *c, const ent_back *back);

/** ent_i_check_outside_exact - the whole solution of a game with discrete offers, in rationals. */
ent_status ent_i_check_outside_exact(ent_ocheck *c);

/** ent_i_check_outside_thresholds - `thresholds` of the two-period game with uniform offers. */
void ent_i_check_outside_thresholds(ent_ocheck *c, const ent_back *back);

#endif
