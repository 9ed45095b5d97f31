/** bayesian_solve.h - the methods of the bayesian family as the driver calls them. */
#ifndef ENT_BAYESIAN_SOLVE_H
#define ENT_BAYESIAN_SOLVE_H

#include "bayesian/bayesian_settings.h"
#include "driver/family.h"
#include "model/bayesian_model.h"

/** Solvers: see docs/results.md "bayesian". */
ent_status ent_i_neutral_method(ent_ctx *ctx, const void *model, const void *settings, ent_solution *out);
ent_status ent_i_efficient_method(ent_ctx *ctx, const void *model, const void *settings, ent_solution *out);
ent_status ent_i_strong_method(ent_ctx *ctx, const void *model, const void *settings, ent_solution *out);
ent_status ent_i_random_dictator_method(ent_ctx *ctx, const void *model, const void *settings, ent_solution *out);
ent_status ent_i_m_solution_method(ent_ctx *ctx, const void *model, const void *settings, ent_solution *out);
ent_status ent_i_s_solution_method(ent_ctx *ctx, const void *model, const void *settings, ent_solution *out);
ent_status ent_i_compare_method(ent_ctx *ctx, const void *model, const void *settings, ent_solution *out);

/** Sweeps. */
ent_status ent_i_neutral_columns(ent_ctx *ctx, const void *model, const void *settings, ent_text *names);
ent_status ent_i_neutral_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out);
ent_status ent_i_m_solution_columns(ent_ctx *ctx, const void *model, const void *settings, ent_text *names);
ent_status ent_i_m_solution_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out);

/** Tables and pictures of result documents. */
ent_status ent_i_neutral_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out);
ent_status ent_i_efficient_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out);
ent_status ent_i_strong_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out);
ent_status ent_i_random_dictator_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out);
ent_status ent_i_rival_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out);
ent_status ent_i_compare_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out);
ent_status ent_i_efficient_picture(ent_ctx *ctx, const ent_json *result, ent_plot *out);

/** ent_i_bayes_scale - the largest absolute utility: what residuals are relative to. */
double ent_i_bayes_scale(const ent_bayesian *model);

#endif
