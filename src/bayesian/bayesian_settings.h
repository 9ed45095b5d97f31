/** bayesian_settings.h - the settings struct of the bayesian family, generated from bayesian_settings.def. */
#ifndef ENT_BAYESIAN_SETTINGS_H
#define ENT_BAYESIAN_SETTINGS_H

#include "driver/setting.h"

typedef struct ent_bayesian_settings {
#define SETTING(type, name, standard, lo, hi, unit, help) ent_setting_c_##type name;
#define RUN_SETTING(type, name, standard, lo, hi, unit, help) ent_setting_c_##type name;
#include "bayesian/bayesian_settings.def"
#undef SETTING
#undef RUN_SETTING
} ent_bayesian_settings;

#endif
