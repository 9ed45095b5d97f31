/** bayesian_settings.h - the settings struct of the bayesian family, generated from
 * bayesian_settings.def. */
#ifndef ENT_BAYESIAN_SETTINGS_H
#define ENT_BAYESIAN_SETTINGS_H

#include "driver/setting.h"

typedef struct ent_bayesian_settings {
#define SETTING ENT_SETTING_MEMBER
#define RUN_SETTING ENT_SETTING_MEMBER
#include "bayesian/bayesian_settings.def"
#undef SETTING
#undef RUN_SETTING
} ent_bayesian_settings;

#endif
