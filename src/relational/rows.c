/* Sweeps of the relational methods: numbers without documents, so that a million points take
 * seconds. The column names are the places of the numbers inside "solution", with dots. */
#include "relational/solve.h"

#include "relational/contract.h"
#include "relational/stage.h"

#include <math.h>

static void name(ent_text *names, const char *path)
{
    if (names->len) ent_text_putc(names, '\t');
    ent_text_puts(names, path);
}

static void player_name(ent_text *names, const ent_relational *m, int i, const char *member)
{
    if (names->len) ent_text_putc(names, '\t');
    ent_text_printf(names, "players.%s.%s", m->player[i], member);
}

static void on_path_names(ent_text *names, const ent_relational *m)
{
    for (int i = 0; m->stage == ENT_STAGE_PUBLIC_GOOD && i < m->n; i++)
        ent_text_printf(names, "\ton_path.%s", m->player[i]);
}

ent_status ent_i_contractual_columns(ent_ctx *ctx, const void *model, const void *settings,
                                     ent_text *names)
{
    const ent_relational *m = model;
    (void)ctx, (void)settings;
    name(names, "span");
    name(names, "level");
    name(names, "joint");
    name(names, "payments");
    name(names, "extortion.level");
    for (int i = 0; i < m->n; i++) {
        const bool insider = ent_coal_has(m->coalition, i);
        player_name(names, m, i, "lowest");
        player_name(names, m, i, insider ? "highest" : "payoff");
        if (!insider) player_name(names, m, i, "payment");
    }
    on_path_names(names, m);
    return names->status;
}

/* How far the numbers are from d = L^C - Z_C (renegotiation 1) or from L^N - sum lowest, relative
 * to the scale. */
static double contract_residual(const ent_relational *m, const ent_contract *c)
{
    double low = 0.0;
    for (int i = 0; i < c->n; i++) low += c->lowest[i];
    const double scale = ent_i_scale(m);
    return fabs(c->joint - low - c->span) / (scale > 0.0 ? scale : 1.0);
}

static void contract_values(const ent_relational *m, const ent_contract *c, double *value)
{
    double payments = 0.0;
    for (int i = 0; i < c->n; i++) payments += ent_coal_has(m->coalition, i) ? 0.0 : c->payment[i];
    *value++ = c->span;
    *value++ = c->level;
    *value++ = c->joint;
    *value++ = payments;
    *value++ = c->extortion_level;
    for (int i = 0; i < c->n; i++) {
        const bool insider = ent_coal_has(m->coalition, i);
        *value++ = c->lowest[i];
        *value++ = insider ? c->highest[i] : c->payoff[i];
        if (!insider) *value++ = c->payment[i];
    }
    for (int i = 0; c->effort && i < c->n; i++) *value++ = c->effort[i];
}

static void missing(ent_row *out)
{
    for (size_t k = 0; k < out->n; k++) out->value[k] = (double)NAN;
    out->residual = (double)NAN;
}

/* The lists of a full answer cost more than its numbers; a row does without them. */
static ent_contract_settings row_settings(const ent_relational_settings *s)
{
    ent_contract_settings typed = ent_i_contract_settings(s);
    typed.ties_listed = typed.simplices_listed = 0;
    typed.threads = 1;
    return typed;
}

ent_status ent_i_contractual_row(ent_ctx *ctx, const void *model, const void *settings,
                                 ent_row *out)
{
    ent_status st = ENT_OK;
    const ent_relational *m = model;
    ent_stage *stage = NULL;
    ent_contract contract = {0};
    double weight[ENT_PLAYERS_MAX];
    const ent_contract_settings typed = row_settings(settings);
    missing(out);
    ENT_TRY(ent_i_stage_of_model(ctx, m, 1, &stage));
    ENT_TRY(ent_i_model_weights(ctx, m, m->coalition, weight));
    const ent_terms terms = {.coalition = m->coalition,
                             .weight = weight,
                             .discount = m->discount,
                             .renegotiation = m->renegotiation};
    ENT_TRY(ent_contractual(ctx, stage, &terms, &typed, &contract));
    out->outcome = contract.outcome;
    if (contract.outcome != ENT_SOLVED) goto done;
    contract_values(m, &contract, out->value);
    out->residual = contract_residual(m, &contract);
done:
    ent_contract_release(&contract);
    ent_stage_free(stage);
    return st;
}

ent_status ent_i_subgame_perfect_columns(ent_ctx *ctx, const void *model, const void *settings,
                                         ent_text *names)
{
    const ent_relational *m = model;
    (void)ctx, (void)settings;
    name(names, "span");
    name(names, "joint");
    name(names, "coalition_value");
    for (int i = 0; i < m->n; i++) player_name(names, m, i, "lowest");
    on_path_names(names, m);
    return names->status;
}

ent_status ent_i_subgame_perfect_row(ent_ctx *ctx, const void *model, const void *settings,
                                     ent_row *out)
{
    ent_status st = ENT_OK;
    const ent_relational *m = model;
    ent_stage *stage = NULL;
    ent_benchmark b = {0};
    const ent_contract_settings typed = row_settings(settings);
    const ent_terms terms = {.coalition = m->coalition, .discount = m->discount};
    missing(out);
    ENT_TRY(ent_i_stage_of_model(ctx, m, 1, &stage));
    ENT_TRY(ent_subgame_perfect(ctx, stage, &terms, &typed, &b));
    out->outcome = b.outcome;
    if (b.outcome != ENT_SOLVED) goto done;
    double *value = out->value, low = 0.0;
    *value++ = b.span;
    *value++ = b.joint;
    *value++ = b.coalition_value;
    for (int i = 0; i < b.n; i++) *value++ = b.lowest[i], low += b.lowest[i];
    for (int i = 0; b.effort && i < b.n; i++) *value++ = b.effort[i];
    const double scale = ent_i_scale(m);
    out->residual = fabs(b.joint - low - b.span) / (scale > 0.0 ? scale : 1.0);
done:
    ent_benchmark_release(&b);
    ent_stage_free(stage);
    return st;
}
