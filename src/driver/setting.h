/** setting.h - settings of methods: written once in a family's settings.def, from which come the struct, the checks, the
 * --set names, the JSON keys and the manual.
 *
 *   SETTING(type, name, default, lo, hi, unit, help)     type: real | count | word | flag
 */
#ifndef ENT_SETTING_H
#define ENT_SETTING_H

#include "io/json.h"
#include "io/write.h"

typedef enum ent_setting_type { ENT_SETTING_REAL, ENT_SETTING_COUNT, ENT_SETTING_FLAG } ent_setting_type;

/* One member of a settings struct has one of these types. */
typedef double ent_real;
typedef int64_t ent_count;
typedef bool ent_flag;

typedef struct ent_setting {
    ent_setting_type type;
    const char *name;
    size_t offset;          /* in the family's settings struct */
    double default_value;
    double lo, hi;          /* closed range */
    const char *unit;       /* "" when it has none */
    const char *help;
} ent_setting;

/** ent_settings_default - fill a settings struct with its defaults. */
void ent_settings_default(const ent_setting *list, int n, void *settings);
/** ent_settings_set - assign one setting from text; ENT_E_UNKNOWN when the list has no such name, ENT_E_ARG out of range. */
ent_status ent_settings_set(ent_ctx *ctx, const ent_setting *list, int n, void *settings, const char *name,
                            const char *value);
/** ent_settings_write - all settings as members of an open object. */
void ent_settings_write(ent_writer *w, const ent_setting *list, int n, const void *settings);
/** ent_settings_read - from the "settings" object of a result document. */
ent_status ent_settings_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, const ent_setting *list, int n,
                             void *settings);

#endif
