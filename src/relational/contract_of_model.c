#include "relational/solve.h"

#include "relational/stage.h"

#include <math.h>

ent_status ent_i_model_weights(ent_ctx *ctx, const ent_relational *model, ent_coal s,
                               double *weight)
{
    ent_status st = ENT_OK;
    ent_rat *exact = ent_rats_new(ctx, (size_t)model->n, &st);
    if (!exact) return st;
    ENT_TRY(ent_relational_weights(ctx, model, s, exact));
    for (int i = 0; i < model->n; i++) weight[i] = ent_rat_double(&exact[i]);
done:
    ent_rats_free(exact, (size_t)model->n);
    return st;
}

static double largest(const ent_reals *reals)
{
    double most = 0.0;
    for (size_t k = 0; k < reals->n; k++) most = fmax(most, fabs(reals->value[k]));
    return most;
}

/* A separable payoff is at most the sum of its largest parts. */
static double separable_scale(const ent_relational *model)
{
    double most = 0.0;
    for (int i = 0; i < model->n; i++) {
        double sum = 0.0;
        for (int j = 0; j < model->n; j++) sum += largest(&model->part[i][j]);
        most = fmax(most, sum);
    }
    return most;
}

/* The largest payoff at own best replies, size_i (sum_j size_j^2 / (2 cost_j)): efforts grow with
 * size / cost. */
static double public_good_scale(const ent_relational *model)
{
    double sum = 0.0, size = 0.0;
    for (int j = 0; j < model->n; j++) {
        sum += model->size.value[j] * model->size.value[j] / (2.0 * model->cost.value[j]);
        size = fmax(size, model->size.value[j]);
    }
    return size * sum;
}

double ent_i_scale(const ent_relational *model)
{
    double scale = 0.0;
    switch (model->stage) {
    case ENT_STAGE_FINITE: scale = largest(&model->payoff); break;
    case ENT_STAGE_SEPARABLE: scale = separable_scale(model); break;
    case ENT_STAGE_PUBLIC_GOOD: scale = public_good_scale(model); break;
    }
    return scale;
}

ent_status ent_i_contract_of_model(ent_ctx *ctx, const ent_relational *model,
                                   const ent_relational_settings *settings, ent_contract *contract,
                                   ent_contract_exact **exact)
{
    ent_status st = ENT_OK;
    ent_stage *stage = NULL;
    ent_contract_exact *twin = NULL;
    double weight[ENT_PLAYERS_MAX];
    const ent_contract_settings typed = ent_i_contract_settings(settings);
    ENT_TRY(ent_i_stage_of_model(ctx, model, (int)typed.threads, &stage));
    ENT_TRY(ent_i_model_weights(ctx, model, model->coalition, weight));
    const ent_terms terms = {.coalition = model->coalition,
                             .weight = weight,
                             .discount = model->discount,
                             .renegotiation = model->renegotiation};
    ENT_TRY(ent_contractual(ctx, stage, &terms, &typed, contract));
    ENT_TRY(ent_i_lift_new(ctx, contract, &twin));
    switch (model->stage) {
    case ENT_STAGE_FINITE:
        ENT_TRY(ent_i_lift_finite(ctx, model, settings->exact_payoffs, &typed, contract, twin));
        break;
    case ENT_STAGE_SEPARABLE:
        ENT_TRY(ent_i_lift_separable(ctx, model, &typed, contract, twin));
        break;
    case ENT_STAGE_PUBLIC_GOOD: ENT_TRY(ent_i_lift_public_good(ctx, model, contract, twin)); break;
    }
    *exact = twin;
    twin = NULL;
done:
    ent_i_lift_free(twin);
    ent_stage_free(stage);
    return st;
}
