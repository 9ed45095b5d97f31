/** lift_source.h - a contract solved again in rationals: everything that is decided or reported is
 * exact. */
#ifndef ENT_LIFT_SOURCE_H
#define ENT_LIFT_SOURCE_H

#include "relational/exact_source.h"
#include "relational/lift.h"

/** ent_i_lift_source - rewrites contract and exact, whose weights are known. */
ent_status ent_i_lift_source(ent_ctx *ctx, const ent_relational *model, ent_i_exact_source *source,
                             const ent_contract_settings *settings, ent_contract *contract,
                             ent_contract_exact *exact);
/** ent_i_lift_source_benchmark - the same for a benchmark. */
ent_status ent_i_lift_source_benchmark(ent_ctx *ctx, const ent_relational *model,
                                       ent_i_exact_source *source,
                                       const ent_contract_settings *settings,
                                       ent_benchmark *benchmark, ent_benchmark_exact *exact);

/** ent_i_lift_put - slot = value, known from now on. */
void ent_i_lift_put(ent_rat *slot, const ent_rat *value);

/** ent_i_lift_adopt - the contract's doubles become those nearest to the rationals. */
void ent_i_lift_adopt(const ent_contract_exact *exact, ent_contract *contract);

/** ent_i_lift_margin - the least |(1-delta) G - delta span| over the nearest G; unknown when there
 * is none. span and `near` in the same unit. */
void ent_i_lift_margin(const ent_i_exact_answers *answers, const ent_i_exact_chance *c,
                       const ent_rat *span, ent_rat *margin);

#endif
