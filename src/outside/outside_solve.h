/** outside_solve.h - the solvers of the outside family behind its methods. */
#ifndef ENT_OUTSIDE_SOLVE_H
#define ENT_OUTSIDE_SOLVE_H

#include "base/memory.h"
#include "entente/outside.h"
#include "model/outside_model.h"

/** ent_rule_kind - what the proposer does in a state, and so what happens in it. */
typedef enum ent_rule_kind {
    /* offers the least that makes the partner act: max(standing offer, fee - 1); he accepts */
    ENT_RULE_FLOOR,
    ENT_RULE_MATCH, /* offers the standing outside offer; he accepts */
    ENT_RULE_DETER, /* offers r*; he accepts */
    /* the same offer for all states of the piece; he searches, and accepts it up to the cutoff */
    ENT_RULE_HOLD,
    /* an offer that keeps pace with the standing offer, which is the cutoff; he searches */
    ENT_RULE_FOLLOW
} ent_rule_kind;

/** ent_rule - the rule of one period for standing outside offers from `from` to `to` (period 1:
 * both 0, nothing stands yet). */
typedef struct ent_rule {
    int period;
    ent_rule_kind kind;
    double from, to;
    double offer, cutoff; /* of HOLD, and of DETER, FLOOR the offer; NAN otherwise */
} ent_rule;

/** ent_advance - after a search in this period the partner goes on to the next rather than take an
 * outside offer in (from, to). */
typedef struct ent_advance {
    int period;
    double from, to;
} ent_advance;

/** The order of `exact`. */
enum {
    ENT_EXACT_OFFER,
    ENT_EXACT_RESERVATION,
    ENT_EXACT_CUTOFF,
    ENT_EXACT_PROPOSER,
    ENT_EXACT_PARTNER,
    ENT_EXACT_ALLY,
    ENT_EXACT_NEW,
    ENT_EXACT_ALLY_CONTRIBUTION,
    ENT_EXACT_NEW_CONTRIBUTION,
    ENT_EXACT_DURATION,
    ENT_EXACTS
};

/** ent_outside_solution - play, and the rules of all periods. Release with
 * ent_i_outside_release. */
typedef struct ent_outside_solution {
    ent_outside_play play;
    double *reach; /* [periods] probability that period t is reached */
    int rules, rules_room, advances, advances_room;
    ent_rule *rule;       /* [rules] by period, then by state */
    ent_advance *advance; /* [advances] by period, then by offer */
    /* Exact numbers, when the offers are discrete and the game is small enough; else NULL. Order:
     * exact_names. */
    ent_rat *exact;
    bool exact_known[ENT_EXACTS]; /* which of them */
    ent_rat *exact_reach;         /* [periods] */
    bool reach_known;
    int periods;
    /* the value functions, when asked for; ent_i_outside_values_free */
    struct ent_outside_values *values;
} ent_outside_solution;

/** ent_outside_choice - settings of the solvers. */
typedef struct ent_outside_choice {
    double tie; /* as in ent_outside_terms */
    bool is_sure;
    /* indifferent between an outside offer now and its match next period, he takes it now */
    bool takes_at_once;
    int64_t exact_states; /* discrete games with more (atoms x periods) are solved in doubles */
    /* only payoffs and the probability that the ally acts, no contributions, duration or later
       periods */
    bool is_brief;
    /* keep the value functions of every period; closed forms and rationals are then not used */
    bool keeps_values;
} ent_outside_choice;

ent_status ent_i_outside_solve(ent_ctx *ctx, const ent_outside *model,
                               const ent_outside_choice *choice, ent_outside_solution *out);
void ent_i_outside_release(ent_outside_solution *solution);

/** ent_i_outside_is_closed - does the closed form apply: uniform on [0,1], at most two periods, the
 * paper's tie rule for a discount factor of 1? ent_i_outside_closed - its play. */
bool ent_i_outside_is_closed(const ent_outside *model, const ent_outside_choice *choice);
ent_status ent_i_outside_closed(ent_ctx *ctx, const ent_outside *model,
                                const ent_outside_choice *choice, ent_outside_play *play);

/** The three ways behind it: general distributions by panels; discrete ones in doubles; discrete
 * ones in rationals. `out` is empty but for the room of `reach`. */
ent_status ent_i_outside_general(ent_ctx *ctx, const ent_outside *model,
                                 const ent_outside_choice *choice, ent_outside_solution *out);
ent_status ent_i_outside_discrete(ent_ctx *ctx, const ent_outside *model,
                                  const ent_outside_choice *choice, ent_outside_solution *out);
ent_status ent_i_outside_exact(ent_ctx *ctx, const ent_outside *model,
                               const ent_outside_choice *choice, ent_outside_solution *out);

/** Rules and advances appended to a solution; adjoining equal ones are joined. */
ent_status ent_i_rule_add(ent_ctx *ctx, ent_outside_solution *out, const ent_rule *rule);
ent_status ent_i_advance_add(ent_ctx *ctx, ent_outside_solution *out, const ent_advance *advance);

/** ent_i_rules_sort - by period, then by state. */
void ent_i_rules_sort(ent_outside_solution *out);

/** ent_i_outside_floor - r* <= k: no search is ever worth its cost, and the partner gets just
 * enough to act ([FR] footnote 8 corrected). */
ent_status ent_i_outside_floor(ent_ctx *ctx, const ent_outside *model, double r_star,
                               ent_outside_solution *out);

/** ent_i_offers_excess - H(s) = E(X - s)^+, what one more search adds to s in hand, before its
 * cost. */
double ent_i_offers_excess(const ent_offers *offers, double s);

/** ent_i_reservation - r*: H(r*) = c; -INFINITY when H(0) < c. With a cost of 0 the largest
 * possible offer. */
double ent_i_reservation(const ent_outside *model);

/** ent_i_takes_sure - does the proposer prefer the payoff of r* for sure? */
static inline bool ent_i_takes_sure(const ent_outside_choice *choice, double sure, double risky)
{
    return choice->is_sure ? sure >= risky * (1.0 - choice->tie)
                           : sure > risky * (1.0 + choice->tie);
}

#endif
