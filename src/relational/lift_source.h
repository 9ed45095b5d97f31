/** lift_source.h - a contract solved again in whole numbers and rationals: payoffs scaled to integers, so that the staircases in
 * doubles are exact, and everything that is decided or reported a rational.
 */
#ifndef ENT_LIFT_SOURCE_H
#define ENT_LIFT_SOURCE_H

#include "relational/aims.h"
#include "relational/lift.h"

/** ENT_I_WHOLE_MOST - below this every whole number is a double. */
#define ENT_I_WHOLE_MOST 0x1p53

/** ent_i_whole_weights - the model's weights as rationals, and as integers share[i] / sum when that is possible.
 * Returned  unit  out  the sum; 0 when it is too large
 */
ent_status ent_i_whole_weights(ent_ctx *ctx, const ent_relational *model, ent_rat *weight, double *share, double *unit);

/** ent_i_whole - numbers / unit as doubles; false when one is not below `most`. */
bool ent_i_whole(size_t count, const ent_rat *number, const ent_rat *unit, double most, double *whole);

/** ent_i_common_unit - the smallest unit of all numbers of the game. */
void ent_i_common_unit(const ent_relational *model, ent_rat *unit);

/** ent_i_whole_stage - a model's stage game in whole numbers; `source` stays NULL when they are too long for weights that
 * sum to `sum`. Initialise; release whatever happens. */
typedef struct ent_i_whole_stage {
    const ent_i_source *source;
    ent_rat unit;
    double *number;
    ent_stage *stage;
    struct ent_i_separable *separable;
} ent_i_whole_stage;
void ent_i_whole_stage_init(ent_i_whole_stage *whole);
ent_status ent_i_whole_stage_new(ent_ctx *ctx, const ent_relational *model, double sum, ent_i_whole_stage *out);
void ent_i_whole_stage_release(ent_i_whole_stage *whole);

/** ent_i_lift_source - source: the game in units; rewrites contract and exact. weight: [n] exact; share: whole, summing to `sum`. */
typedef struct ent_i_whole_game {
    const ent_i_source *source;
    int64_t plays;
    const ent_rat *unit;
    const double *share;
    double sum;
} ent_i_whole_game;
ent_status ent_i_lift_source(ent_ctx *ctx, const ent_relational *model, const ent_i_whole_game *game,
                             const ent_contract_settings *settings, ent_contract *contract, ent_contract_exact *exact);
ent_status ent_i_lift_source_benchmark(ent_ctx *ctx, const ent_relational *model, const ent_i_whole_game *game, int threads,
                                       ent_benchmark *benchmark, ent_benchmark_exact *exact);

#endif
