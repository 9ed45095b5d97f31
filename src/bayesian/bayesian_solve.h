/** bayesian_solve.h - the methods of the bayesian family as the driver calls them. */
#ifndef ENT_BAYESIAN_SOLVE_H
#define ENT_BAYESIAN_SOLVE_H

#include "bayesian/bayesian_settings.h"
#include "driver/family.h"
#include "model/bayesian_model.h"

/** Solvers: see docs/results.md "bayesian". */
ent_solve_fn ent_i_neutral_method, ent_i_efficient_method, ent_i_strong_method,
    ent_i_random_dictator_method, ent_i_m_solution_method, ent_i_s_solution_method,
    ent_i_compare_method;

/** Sweeps. */
ent_columns_fn ent_i_neutral_columns, ent_i_efficient_columns, ent_i_m_solution_columns;
ent_row_fn ent_i_neutral_row, ent_i_efficient_row, ent_i_m_solution_row;

/** Tables and pictures of result documents. */
ent_tables_fn ent_i_neutral_tables, ent_i_efficient_tables, ent_i_strong_tables,
    ent_i_random_dictator_tables, ent_i_rival_tables, ent_i_compare_tables;
ent_picture_fn ent_i_efficient_picture;

/** ent_i_bayes_scale - the largest absolute utility: what residuals are relative to. */
double ent_i_bayes_scale(const ent_bayesian *model);

#endif
