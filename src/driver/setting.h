/** setting.h - settings of methods: written once in a family's settings.def, from which come the
 * struct, the checks, the --set names, the JSON keys and the manual.
 *
 *   SETTING(type, name, default, lo, hi, unit, help)        type: real | count | flag
 *   RUN_SETTING(...)                                        the same, for what cannot change a
 *   result (threads)
 */
#ifndef ENT_SETTING_H
#define ENT_SETTING_H

#include "io/json.h"
#include "io/write.h"

typedef enum ent_setting_type {
    ENT_SETTING_real,
    ENT_SETTING_count,
    ENT_SETTING_flag
} ent_setting_type;

/* The C types of the members, by the word used in settings.def. */
typedef double ent_setting_c_real;
typedef int64_t ent_setting_c_count;
typedef bool ent_setting_c_flag;

/** What a family makes of its list: members of its settings struct, and rows of its table.
 *
 *   #define SETTING ENT_SETTING_MEMBER                                     #define SETTING(...)
 *   ENT_SETTING_ROW(ent_x_settings, true, __VA_ARGS__) #define RUN_SETTING ENT_SETTING_MEMBER
 *   #define RUN_SETTING(...) ENT_SETTING_ROW(ent_x_settings, false, __VA_ARGS__)
 */
#define ENT_SETTING_MEMBER(type_, name_, standard_, lo_, hi_, unit_, help_) \
    ent_setting_c_##type_ name_;
#define ENT_SETTING_ROW(struct_, recorded_, type_, name_, standard_, lo_, hi_, unit_, help_) \
    {.type = ENT_SETTING_##type_, \
     .name = #name_, \
     .offset = offsetof(struct_, name_), \
     .default_value = standard_, \
     .lo = lo_, \
     .hi = hi_, \
     .unit = unit_, \
     .help = help_, \
     .recorded = recorded_},

typedef struct ent_setting {
    ent_setting_type type;
    const char *name;
    size_t offset; /* in the family's settings struct */
    double default_value;
    double lo, hi;    /* closed range */
    const char *unit; /* "" when it has none */
    const char *help;
    bool recorded; /* does it belong into result documents? */
} ent_setting;

/** ent_settings_default - fill a settings struct with its defaults. */
void ent_settings_default(const ent_setting *list, int n, void *settings);

/** ent_settings_find - the setting of this name, or NULL. */
const ent_setting *ent_settings_find(const ent_setting *list, int n, const char *name);

/** ent_settings_set - assign one setting from text.
 * Status  ENT_E_UNKNOWN the list has no such name; ENT_E_ARG not a value of its type, or out of
 *         range
 */
ent_status ent_settings_set(ent_ctx *ctx, const ent_setting *list, int n, void *settings,
                            const char *name, const char *value);

/** ent_settings_write - the recorded settings as members of an open object. */
void ent_settings_write(ent_writer *w, const ent_setting *list, int n, const void *settings);

#endif
