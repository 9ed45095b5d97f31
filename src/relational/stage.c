#include "relational/stage.h"

#include "base/ctx.h"

#include <math.h>

ent_status ent_i_stage_new(ent_ctx *ctx, ent_i_stage_kind kind, int n, ent_stage **out)
{
    ent_status st = ENT_OK;
    ent_stage *stage = NULL;
    ENT_ALLOC(ctx, stage, 1);
    stage->kind = kind;
    stage->n = n;
    *out = stage;
done:
    return st;
}

void ent_stage_free(ent_stage *stage)
{
    if (!stage) return;
    if (stage->data) stage->free_data(stage->data);
    ent_free(stage);
}

ent_contract_settings ent_contract_settings_default(void)
{
    return (ent_contract_settings){
        .tolerance = 1e-12, .ties_listed = 16, .simplices_listed = 64, .threads = 1};
}

static ent_status check_terms(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms)
{
    ent_status st = ENT_OK;
    const double delta = terms->discount, rho = terms->renegotiation;
    if (!terms->coalition || (terms->coalition & ~ent_coal_all(stage->n)))
        ENT_FAIL(ctx, ENT_E_ARG,
                 "the coalition must hold at least one of the %d players and nobody else",
                 stage->n);
    if (!(delta >= 0.0 && delta < 1.0))
        ENT_FAIL(ctx, ENT_E_ARG, "the discount factor must lie in [0,1), got %g", delta);
    if (!(rho >= 0.0 && rho <= 1.0))
        ENT_FAIL(ctx, ENT_E_ARG, "the renegotiation probability must lie in [0,1], got %g", rho);
done:
    return st;
}

ent_status ent_i_normalise_weights(ent_ctx *ctx, int n, const ent_terms *terms, double *weight)
{
    ent_status st = ENT_OK;
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        const bool member = ent_coal_has(terms->coalition, i);
        weight[i] = !member ? 0.0 : terms->weight ? terms->weight[i] : 1.0;
        if (!(weight[i] >= 0.0) || isinf(weight[i]))
            ENT_FAIL(ctx, ENT_E_ARG,
                     "player %d: a bargaining weight must be finite and not negative, got %g", i,
                     weight[i]);
        sum += weight[i];
    }
    if (!(sum > 0.0)) ENT_FAIL(ctx, ENT_E_ARG, "the coalition's bargaining weights sum to zero");
    for (int i = 0; i < n; i++) weight[i] /= sum;
done:
    return st;
}

static ent_status settings_or_default(ent_ctx *ctx, const ent_contract_settings *given,
                                      ent_contract_settings *used)
{
    ent_status st = ENT_OK;
    *used = given ? *given : ent_contract_settings_default();
    ENT_REQUIRE(ctx, used->tolerance >= 0.0 && used->tolerance < 1.0);
    ENT_REQUIRE(ctx, used->ties_listed >= 0 && used->simplices_listed >= 0 && used->threads >= 0);
done:
    return st;
}

ent_status ent_contractual(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                           const ent_contract_settings *settings, ent_contract *out)
{
    ent_status st = ENT_OK;
    double weight[ENT_PLAYERS_MAX];
    ent_contract_settings used;
    ENT_REQUIRE(ctx, stage && terms && out);
    ENT_TRY(settings_or_default(ctx, settings, &used));
    ENT_TRY(check_terms(ctx, stage, terms));
    ENT_TRY(ent_i_normalise_weights(ctx, stage->n, terms, weight));
    ENT_TRY(stage->contractual(ctx, stage, terms, weight, &used, out));
done:
    return st;
}

ent_status ent_subgame_perfect(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                               const ent_contract_settings *settings, ent_benchmark *out)
{
    ent_status st = ENT_OK;
    ent_contract_settings used;
    ENT_REQUIRE(ctx, stage && terms && out);
    ENT_TRY(settings_or_default(ctx, settings, &used));
    ENT_TRY(check_terms(ctx, stage, terms));
    ENT_TRY(stage->benchmark(ctx, stage, terms, &used, out));
done:
    return st;
}

/* The general way: one contract after another. */
ent_status ent_i_coalitions_one_by_one(ent_ctx *ctx, const ent_stage *stage, ent_weight_fn *weight,
                                       void *user, double discount, double renegotiation,
                                       const ent_contract_settings *settings, ent_union *table,
                                       double *payoff)
{
    ent_status st = ENT_OK;
    ent_contract contract = {0};
    const int n = stage->n;
    for (ent_coal s = 1; s <= ent_coal_all(n); s++) {
        double pi[ENT_PLAYERS_MAX];
        weight(user, s, pi);
        const ent_terms terms = {
            .coalition = s, .weight = pi, .discount = discount, .renegotiation = renegotiation};
        ENT_TRY(ent_contractual(ctx, stage, &terms, settings, &contract));
        const bool solved = contract.outcome == ENT_SOLVED;
        table[s] = (ent_union){.coalition = s, .outcome = contract.outcome};
        if (solved) table[s].span = contract.span, table[s].level = contract.level;
        for (int i = 0; i < n; i++)
            payoff[s * (size_t)n + (size_t)i] =
                solved && !ent_coal_has(s, i) ? contract.payoff[i] : (double)NAN;
        if (s % 256 == 0) {
            ENT_CHECK_CANCEL(ctx);
            ent_i_progress(ctx, "coalitions", (int64_t)s, (int64_t)ent_coal_all(n));
        }
    }
done:
    ent_contract_release(&contract);
    return st;
}

ent_status ent_all_coalitions(ent_ctx *ctx, const ent_stage *stage, ent_weight_fn *weight,
                              void *user, double discount, double renegotiation,
                              const ent_contract_settings *settings, ent_union *table,
                              double *payoff)
{
    ent_status st = ENT_OK;
    ent_contract_settings used;
    ENT_REQUIRE(ctx, stage && weight && table && payoff);
    if (stage->n > 20)
        ENT_FAIL(ctx, ENT_E_LIMIT, "a table of all coalitions needs at most 20 players, got %d",
                 stage->n);
    ENT_TRY(settings_or_default(ctx, settings, &used));
    const ent_terms grand = {.coalition = 1, .discount = discount, .renegotiation = renegotiation};
    ENT_TRY(check_terms(ctx, stage, &grand));
    ENT_TRY((stage->all_coalitions ? stage->all_coalitions : ent_i_coalitions_one_by_one)(
        ctx, stage, weight, user, discount, renegotiation, &used, table, payoff));
done:
    return st;
}

ent_status ent_i_stage_of_model(ent_ctx *ctx, const ent_relational *model, int threads,
                                ent_stage **out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const double **part = NULL;
    const int n = model->n;
    switch (model->stage) {
    case ENT_STAGE_FINITE:
        ENT_TRY(
            ent_stage_finite_threads(ctx, threads, n, model->actions, model->payoff.value, out));
        break;
    case ENT_STAGE_PUBLIC_GOOD:
        ENT_TRY(ent_stage_public_good(ctx, n, model->size.value, model->cost.value, out));
        break;
    case ENT_STAGE_SEPARABLE:
        ENT_SCRATCH(ctx, part, n * n);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) part[i * n + j] = model->part[i][j].value;
        ENT_TRY(ent_stage_separable(ctx, n, model->actions, part, out));
        break;
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
