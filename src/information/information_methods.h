/** information_methods.h - the methods of the information family as the driver calls them, and
 * their settings. */
#ifndef ENT_INFORMATION_METHODS_H
#define ENT_INFORMATION_METHODS_H

#include "driver/family.h"
#include "information/bayes_stage.h"

typedef struct ent_information_settings {
#define SETTING ENT_SETTING_MEMBER
#define RUN_SETTING ENT_SETTING_MEMBER
#include "information/information_settings.def"
#undef SETTING
#undef RUN_SETTING
} ent_information_settings;

ent_solve_fn ent_i_policies_solve, ent_i_revelation_solve, ent_i_partial_solve,
    ent_i_commitment_solve, ent_i_information_simulate;

ent_columns_fn ent_i_revelation_columns, ent_i_commitment_columns;
ent_row_fn ent_i_revelation_row, ent_i_commitment_row;

ent_tables_fn ent_i_policies_tables, ent_i_revelation_tables, ent_i_partial_tables,
    ent_i_commitment_tables, ent_i_information_simulate_tables;
ent_picture_fn ent_i_commitment_picture;

/** ent_i_betas - b_i + btilde_i = (A b_i - eta B) / (1 - eta), [ITA] Definition 5, into beta[n]
 * that the caller initialised. */
void ent_i_betas(const ent_information *m, ent_rat *beta);

/** ent_i_write_names - a list of the players of a set. */
void ent_i_write_names(ent_writer *w, const char *key, const ent_information *m, ent_coal s);

#endif
