/** solve.h - the methods of the relational family as the driver calls them: model and settings in,
 * document members out. */
#ifndef ENT_RELATIONAL_SOLVE_H
#define ENT_RELATIONAL_SOLVE_H

#include "driver/family.h"
#include "model/relational_model.h"
#include "relational/lift.h"
#include "relational/settings.h"

/** The solvers behind the method table; `model` is an ent_relational, `settings` an
 * ent_relational_settings. */
ent_solve_fn ent_i_contractual_solve, ent_i_subgame_perfect_solve, ent_i_accession_method,
    ent_i_simulate_method;

/** Sweeps: column names and one row, for the two methods that give numbers player by player. */
ent_columns_fn ent_i_contractual_columns, ent_i_subgame_perfect_columns;
ent_row_fn ent_i_contractual_row, ent_i_subgame_perfect_row;

/** Tables of result documents. */
ent_tables_fn ent_i_contractual_tables, ent_i_subgame_perfect_tables, ent_i_accession_tables,
    ent_i_simulate_tables;

/** Pictures of result documents. */
ent_picture_fn ent_i_contractual_picture, ent_i_subgame_perfect_picture, ent_i_accession_picture;

/** ent_i_contract_of_model - the contract of a model with its exact twin: what several methods
 * begin with.
 * Returned  contract  out  initialise with {0}; exact out free with ent_i_lift_free
 */
ent_status ent_i_contract_of_model(ent_ctx *ctx, const ent_relational *model,
                                   const ent_relational_settings *settings, ent_contract *contract,
                                   ent_contract_exact **exact);

/** ent_i_model_weights - the doubles of ent_relational_weights for the model's coalition, into
 * weight[n]. */
ent_status ent_i_model_weights(ent_ctx *ctx, const ent_relational *model, ent_coal s,
                               double *weight);

/** ent_i_scale - the largest absolute payoff: what tolerances and residuals are relative to. For a
 * public good the payoff scale at own best replies. */
double ent_i_scale(const ent_relational *model);

/** Writers of plays: {NAME: action} from indices or {NAME: effort}; exact may be NULL. */
void ent_i_write_play(ent_writer *w, const char *key, const ent_relational *model,
                      const int *action);
void ent_i_write_effort(ent_writer *w, const char *key, const ent_relational *model,
                        const double *effort, const ent_rat *exact);

#endif
