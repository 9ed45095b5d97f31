#include "relational/lift_source.h"

/* Finite and separable games alike. */
static ent_status lift(ent_ctx *ctx, const ent_relational *model,
                       const ent_contract_settings *settings, bool weights_only,
                       ent_contract *contract, ent_contract_exact *exact)
{
    ent_status st = ENT_OK;
    ent_i_exact_source *source = NULL;
    ent_rat *weight = ent_rats_new(ctx, (size_t)model->n, &st);
    if (!weight) goto done;
    ENT_TRY(ent_relational_weights(ctx, model, model->coalition, weight));
    for (int i = 0; i < model->n; i++) ent_i_lift_put(&exact->weight[i], &weight[i]);
    if (weights_only) goto done;
    ENT_TRY(ent_i_exact_source_new(ctx, model, weight, &source));
    if (source) ENT_TRY(ent_i_lift_source(ctx, model, source, settings, contract, exact));
done:
    ent_i_exact_source_free(source);
    ent_rats_free(weight, (size_t)model->n);
    return st;
}

ent_status ent_i_lift_finite(ent_ctx *ctx, const ent_relational *model, int64_t limit,
                             const ent_contract_settings *settings, ent_contract *contract,
                             ent_contract_exact *exact)
{
    return lift(ctx, model, settings, (int64_t)model->payoff.n > limit, contract, exact);
}

ent_status ent_i_lift_separable(ent_ctx *ctx, const ent_relational *model,
                                const ent_contract_settings *settings, ent_contract *contract,
                                ent_contract_exact *exact)
{
    return lift(ctx, model, settings, false, contract, exact);
}
