/** stage.h - the inside of a prepared stage game: which kind it is, and the data of that kind.
 * Each kind has one file: stage_finite.c, stage_stream.c, stage_separable.c, stage_public_good.c.
 */
#ifndef ENT_STAGE_H
#define ENT_STAGE_H

#include "base/memory.h"
#include "entente/relational.h"
#include "model/relational_model.h"

typedef enum ent_i_stage_kind {
    ENT_I_FINITE,
    ENT_I_STREAM,
    ENT_I_SEPARABLE,
    ENT_I_PUBLIC_GOOD
} ent_i_stage_kind;

struct ent_stage {
    ent_i_stage_kind kind;
    int n;
    void *data; /* of the kind */
    void (*free_data)(void *data);
    /* One solver a kind; the public functions check their arguments and then call these. */
    ent_status (*contractual)(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                              const double *weight, const ent_contract_settings *settings,
                              ent_contract *out);
    ent_status (*benchmark)(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                            const ent_contract_settings *settings, ent_benchmark *out);
    /* NULL: ent_all_coalitions calls contractual for each. */
    ent_status (*all_coalitions)(ent_ctx *ctx, const ent_stage *stage, ent_weight_fn *weight,
                                 void *user, double discount, double renegotiation,
                                 const ent_contract_settings *settings, ent_union *table,
                                 double *payoff);
};

/** ent_i_stage_new - an empty stage of a kind; the caller fills it, and frees it with
 * ent_stage_free on failure. */
ent_status ent_i_stage_new(ent_ctx *ctx, ent_i_stage_kind kind, int n, ent_stage **out);

/** ent_i_normalise_weights - the members' weights of `terms`, summing to 1, and zeros outside; may
 * alias terms->weight.
 * Status  ENT_E_ARG a weight is negative or not finite, or all of them are zero
 */
ent_status ent_i_normalise_weights(ent_ctx *ctx, int n, const ent_terms *terms, double *weight);

/** ent_i_coalitions_one_by_one - ent_all_coalitions the general way: one contract after another. */
ent_status ent_i_coalitions_one_by_one(ent_ctx *ctx, const ent_stage *stage, ent_weight_fn *weight,
                                       void *user, double discount, double renegotiation,
                                       const ent_contract_settings *settings, ent_union *table,
                                       double *payoff);

/** ent_i_stage_of_model - the prepared stage game of a model, which must outlive it. threads: 0
 * means all cores. */
ent_status ent_i_stage_of_model(ent_ctx *ctx, const ent_relational *model, int threads,
                                ent_stage **out);

#endif
