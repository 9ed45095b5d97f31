#include "driver/setting.h"

#include <math.h>
#include <string.h>

static void assign(const ent_setting *setting, void *settings, double value)
{
    char *place = (char *)settings + setting->offset;
    switch (setting->type) {
    case ENT_SETTING_real: memcpy(place, &value, sizeof value); break;
    case ENT_SETTING_count: {
        const int64_t count = (int64_t)value;
        memcpy(place, &count, sizeof count);
        break;
    }
    case ENT_SETTING_flag: {
        const bool flag = value != 0.0;
        memcpy(place, &flag, sizeof flag);
        break;
    }
    }
}

void ent_settings_default(const ent_setting *list, int n, void *settings)
{
    for (int k = 0; k < n; k++) assign(&list[k], settings, list[k].default_value);
}

const ent_setting *ent_settings_find(const ent_setting *list, int n, const char *name)
{
    for (int k = 0; k < n; k++)
        if (strcmp(list[k].name, name) == 0) return &list[k];
    return NULL;
}

/* "true" and "false" are 1 and 0; anything else must be a numeral. */
static bool read_value(const char *text, double *value)
{
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0) {
        *value = text[0] == 't';
        return true;
    }
    ent_rat r = ENT_RAT_ZERO;
    const bool numeral = ent_rat_parse(&r, text, strlen(text));
    if (numeral) *value = ent_rat_double(&r);
    ent_rat_release(&r);
    return numeral;
}

static const char *const wanted[] = {[ENT_SETTING_real] = "a number",
                                     [ENT_SETTING_count] = "an integer",
                                     [ENT_SETTING_flag] = "true or false"};

ent_status ent_settings_set(ent_ctx *ctx, const ent_setting *list, int n, void *settings,
                            const char *name, const char *value)
{
    ent_status st = ENT_OK;
    const ent_setting *setting = ent_settings_find(list, n, name);
    double number = 0.0;
    if (!setting) ENT_FAIL(ctx, ENT_E_UNKNOWN, "no setting is called \"%s\"", name);
    const bool read = read_value(value, &number);
    const bool whole = setting->type == ENT_SETTING_real || number == floor(number);
    if (!read || !whole || !(number >= setting->lo && number <= setting->hi))
        ENT_FAIL(ctx, ENT_E_ARG, "setting %s: wanted %s from %g to %g, found \"%s\"", name,
                 wanted[setting->type], setting->lo, setting->hi, value);
    assign(setting, settings, number);
done:
    return st;
}

void ent_settings_write(ent_writer *w, const ent_setting *list, int n, const void *settings)
{
    for (int k = 0; k < n; k++) {
        const char *place = (const char *)settings + list[k].offset;
        double real;
        int64_t count;
        bool flag;
        if (!list[k].recorded) continue;
        switch (list[k].type) {
        case ENT_SETTING_real:
            memcpy(&real, place, sizeof real), ent_write_real(w, list[k].name, real);
            break;
        case ENT_SETTING_count:
            memcpy(&count, place, sizeof count), ent_write_int(w, list[k].name, count);
            break;
        case ENT_SETTING_flag:
            memcpy(&flag, place, sizeof flag), ent_write_bool(w, list[k].name, flag);
            break;
        }
    }
}
