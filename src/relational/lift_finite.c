#include "relational/lift_source.h"

static void know(ent_rat *slot, const ent_rat *value)
{
    if (!ent_lift_known(slot)) ent_rat_init(slot);
    ent_rat_set(slot, value);
}

/* Finite and separable games alike. */
static ent_status lift(ent_ctx *ctx, const ent_relational *model, const ent_contract_settings *settings, bool weights_only,
                       ent_contract *contract, ent_contract_exact *exact)
{
    ent_status st = ENT_OK;
    double share[ENT_PLAYERS_MAX], sum = 0.0;
    ent_i_whole_stage whole;
    ent_i_whole_stage_init(&whole);
    ent_rat *weight = ent_rats_new(ctx, (size_t)model->n, &st);
    if (!weight) goto done;
    ENT_TRY(ent_i_whole_weights(ctx, model, weight, share, &sum));
    for (int i = 0; i < model->n; i++) know(&exact->weight[i], &weight[i]);
    if (weights_only || !(sum > 0.0)) goto done;
    ENT_TRY(ent_i_whole_stage_new(ctx, model, sum, &whole));
    if (!whole.source) goto done;
    const ent_i_whole_game game = {.source = whole.source, .plays = model->profiles, .unit = &whole.unit, .share = share,
                                   .sum = sum};
    ENT_TRY(ent_i_lift_source(ctx, model, &game, settings, contract, exact));
done:
    ent_i_whole_stage_release(&whole);
    ent_rats_free(weight, (size_t)model->n);
    return st;
}

ent_status ent_i_lift_finite(ent_ctx *ctx, const ent_relational *model, int64_t limit, const ent_contract_settings *settings,
                             ent_contract *contract, ent_contract_exact *exact)
{
    return lift(ctx, model, settings, (int64_t)model->payoff.n > limit, contract, exact);
}

ent_status ent_i_lift_separable(ent_ctx *ctx, const ent_relational *model, const ent_contract_settings *settings,
                                ent_contract *contract, ent_contract_exact *exact)
{
    return lift(ctx, model, settings, false, contract, exact);
}
