/** settings.h - the settings struct of the relational family, generated from settings.def. */
#ifndef ENT_RELATIONAL_SETTINGS_H
#define ENT_RELATIONAL_SETTINGS_H

#include "driver/setting.h"
#include "entente/relational.h"

typedef struct ent_relational_settings {
#define SETTING ENT_SETTING_MEMBER
#define RUN_SETTING ENT_SETTING_MEMBER
#include "relational/settings.def"
#undef SETTING
#undef RUN_SETTING
} ent_relational_settings;

/** ent_i_contract_settings - the part that the typed solvers take. */
static inline ent_contract_settings ent_i_contract_settings(const ent_relational_settings *s)
{
    return (ent_contract_settings){.tolerance = s->tolerance,
                                   .ties_listed = s->ties_listed,
                                   .simplices_listed = s->simplices_listed,
                                   .threads = s->threads,
                                   .literal_ties = s->literal_ties};
}

#endif
