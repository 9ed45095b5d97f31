/** strategic_settings.h - the settings struct of the strategic family, generated from
 * strategic_settings.def. */
#ifndef ENT_STRATEGIC_SETTINGS_H
#define ENT_STRATEGIC_SETTINGS_H

#include "driver/setting.h"

typedef struct ent_strategic_settings {
#define SETTING ENT_SETTING_MEMBER
#define RUN_SETTING ENT_SETTING_MEMBER
#include "strategic/strategic_settings.def"
#undef SETTING
#undef RUN_SETTING
} ent_strategic_settings;

#endif
