/** lift.h - exact numbers for a contract that was found in doubles.
 * A solver names plays (which profile punishes whom); everything else follows from them by rational
 * arithmetic. A number that is not known exactly (an irrational level, a game too large for
 * rationals) has den == 0: ent_lift_known says so.
 */
#ifndef ENT_LIFT_H
#define ENT_LIFT_H

#include "entente/relational.h"
#include "model/relational_model.h"

/** ENT_RAT_UNKNOWN - no rational: the number is known as a double only. Needs no release. */
#define ENT_RAT_UNKNOWN ((ent_rat){0, 0, NULL})

/** ent_lift_known - the number, or NULL when it is unknown: what ent_write_number wants. */
static inline const ent_rat *ent_lift_known(const ent_rat *r)
{
    return r && (r->big || r->den) ? r : NULL;
}

/** ent_i_lift_drop - free n numbers on the heap, known or not; accepts NULL. */
void ent_i_lift_drop(ent_rat *r, int n);

/** ent_contract_exact - the exact twins of ent_contract's numbers, member by member, same
 * shapes. */
typedef struct ent_contract_exact {
    int n, steps, simplices, bounds;
    ent_rat span, level, on_path_value, joint, margin, tie_spread, extortion_level;
    /* [n] */
    ent_rat *lowest, *highest, *gamma, *payoff, *payoff_least, *payoff_most, *payment,
        *extortion_payoff, *weight;
    ent_rat *effort, *extortion_effort;              /* [n] public good, else NULL */
    ent_rat *punishment_effort;                      /* [n][n] public good, else NULL */
    ent_rat *multiplier;                             /* [n+1] public good, else NULL */
    ent_rat *step_discount, *step_span, *step_level; /* [steps] */
    ent_rat *corner, *simplex_size;                  /* [simplices][n], [simplices] */
    ent_rat *bound;                                  /* [bounds] */
} ent_contract_exact;

/** ent_benchmark_exact - the same for ent_benchmark. */
typedef struct ent_benchmark_exact {
    int n, steps;
    ent_rat span, joint, coalition_value, margin;
    ent_rat *lowest, *effort; /* [n]; effort NULL unless public good */
    ent_rat *punishment_effort;
    ent_rat *step_discount, *step_span, *step_level;
} ent_benchmark_exact;

/** ent_lift_new - all unknown, sized for a contract; ent_lift_free accepts NULL. */
ent_status ent_i_lift_new(ent_ctx *ctx, const ent_contract *contract, ent_contract_exact **out);
void ent_i_lift_free(ent_contract_exact *exact);
ent_status ent_i_benchmark_lift_new(ent_ctx *ctx, const ent_benchmark *benchmark,
                                    ent_benchmark_exact **out);
void ent_i_benchmark_lift_free(ent_benchmark_exact *exact);

/** ent_i_lift_resize - after a solver in rationals changed the contract's lists: those of the twin,
 * all unknown. */
ent_status ent_i_lift_resize(ent_ctx *ctx, const ent_contract *contract, ent_contract_exact *exact);
ent_status ent_i_benchmark_lift_resize(ent_ctx *ctx, const ent_benchmark *benchmark,
                                       ent_benchmark_exact *exact);

/** The fillers, one a kind of stage game. They may also correct the contract: at a knife edge
 * doubles can name the wrong play, and then the rationals decide and the contract's doubles are
 * rewritten from them. `limit`: do nothing for games of more than this many payoffs. Numbers stay
 * unknown when payoffs and weights scaled to integers are too long for exact sums. */
ent_status ent_i_lift_finite(ent_ctx *ctx, const ent_relational *model, int64_t limit,
                             const ent_contract_settings *settings, ent_contract *contract,
                             ent_contract_exact *exact);
ent_status ent_i_lift_separable(ent_ctx *ctx, const ent_relational *model,
                                const ent_contract_settings *settings, ent_contract *contract,
                                ent_contract_exact *exact);
ent_status ent_i_lift_public_good(ent_ctx *ctx, const ent_relational *model, ent_contract *contract,
                                  ent_contract_exact *exact);
ent_status ent_i_lift_benchmark_public_good(ent_ctx *ctx, const ent_relational *model,
                                            ent_benchmark *benchmark, ent_benchmark_exact *exact);
ent_status ent_i_lift_benchmark(ent_ctx *ctx, const ent_relational *model, int64_t limit,
                                const ent_contract_settings *settings, ent_benchmark *benchmark,
                                ent_benchmark_exact *exact);

#endif
