/** outside_methods.h - the methods of the outside family as the driver calls them, and their
 * settings. */
#ifndef ENT_OUTSIDE_METHODS_H
#define ENT_OUTSIDE_METHODS_H

#include "driver/family.h"
#include "outside/outside_solve.h"

typedef struct ent_outside_settings {
#define SETTING ENT_SETTING_MEMBER
#define RUN_SETTING ENT_SETTING_MEMBER
#include "outside/outside_settings.def"
#undef SETTING
#undef RUN_SETTING
} ent_outside_settings;

static inline ent_outside_choice ent_i_outside_choice(const ent_outside_settings *s)
{
    return (ent_outside_choice){.tie = s->tie_tolerance,
                                .is_sure = s->tie_sure,
                                .takes_at_once = s->tie_take,
                                .exact_states = s->exact_states};
}

ent_solve_fn ent_i_outside_equilibrium, ent_i_outside_institution, ent_i_outside_simulate;

ent_columns_fn ent_i_outside_columns;
ent_row_fn ent_i_outside_row;

ent_tables_fn ent_i_outside_equilibrium_tables, ent_i_outside_institution_tables,
    ent_i_outside_simulate_tables;
ent_picture_fn ent_i_outside_institution_picture;

/** ent_regime_word - "floor", "deter", "search", "prefer sure". */
const char *ent_regime_word(ent_regime regime);

#endif
