#include "sweep/axis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const int64_t count_max = 1000000000;

static ent_status misread(ent_ctx *ctx, const char *text, const char *why)
{
    return ent_i_fail(
        ctx, ENT_E_ARG,
        "--vary wants path=from:to:count, path=from:to:count:log or path=a,b,c, found \"%s\"%s%s",
        text, *why ? ": " : "", why);
}

/* The end of the part that begins here: a separator outside of quotes, brackets and braces. */
static const char *part_end(const char *at, char separator)
{
    int depth = 0;
    bool in_text = false;
    for (; *at && (*at != separator || depth > 0 || in_text); at++) {
        if (in_text && *at == '\\' && at[1]) at++;
        else if (*at == '"') in_text = !in_text;
        else if (!in_text && (*at == '[' || *at == '{')) depth++;
        else if (!in_text && (*at == ']' || *at == '}')) depth--;
    }
    return at;
}

/* A whole number from 1 to count_max; 0 for anything else. */
static int64_t read_count(const char *text, size_t len)
{
    ent_rat count = ENT_RAT_ZERO, most = ENT_RAT_ZERO;
    ent_rat_set_int(&most, count_max);
    const bool numeral = ent_rat_parse(&count, text, len) && ent_rat_is_integer(&count);
    const int64_t value =
        numeral && ent_rat_sign(&count) > 0 && ent_rat_cmp(&count, &most) <= 0 ? count.num : 0;
    ent_rat_release(&count);
    return value;
}

/* from:to:count[:log], already known to hold a colon */
static ent_status read_range(ent_ctx *ctx, const char *text, const char *values, ent_axis *axis)
{
    const char *part[5] = {values};
    int parts = 1;
    for (const char *c = strchr(values, ':'); c && parts < 5; c = strchr(c + 1, ':'))
        part[parts++] = c + 1;
    if (parts < 3 || parts > 4)
        return misread(ctx, text, "a range has three parts, and perhaps the word log");
    if (parts == 4 && strcmp(part[3], "log") != 0)
        return misread(ctx, text, "the fourth part can only be log");
    axis->is_log = parts == 4;
    const size_t last = axis->is_log ? (size_t)(part[3] - part[2] - 1) : strlen(part[2]);
    if (!ent_rat_parse(&axis->from, part[0], (size_t)(part[1] - part[0] - 1)) ||
        !ent_rat_parse(&axis->to, part[1], (size_t)(part[2] - part[1] - 1)))
        return misread(ctx, text, "from and to must be numbers");
    axis->count = read_count(part[2], last);
    if (axis->count == 0)
        return misread(ctx, text, "the count must be a whole number from 1 to 10^9");
    if (axis->is_log && (ent_rat_sign(&axis->from) <= 0 || ent_rat_sign(&axis->to) <= 0))
        return misread(ctx, text, "a logarithmic range needs positive ends");
    return ENT_OK;
}

static bool is_number(const char *text)
{
    ent_rat r = ENT_RAT_ZERO;
    const bool numeral = ent_rat_parse(&r, text, strlen(text));
    ent_rat_release(&r);
    return numeral;
}

static ent_status read_list(ent_ctx *ctx, const char *text, const char *values, ent_axis *axis)
{
    ent_status st = ENT_OK;
    int64_t count = 1;
    for (const char *c = part_end(values, ','); *c; c = part_end(c + 1, ',')) count++;
    ENT_ALLOC(ctx, axis->item, count);
    axis->count = count;
    axis->numeric = true;
    for (int64_t k = 0; k < count; k++) {
        const char *end = part_end(values, ',');
        if (end == values) return misread(ctx, text, "a value is empty");
        axis->item[k] = ent_i_strdup(ctx, values, (size_t)(end - values), &st);
        if (!axis->item[k]) goto done;
        axis->numeric = axis->numeric && is_number(axis->item[k]);
        values = *end ? end + 1 : end;
    }
done:
    return st;
}

ent_status ent_i_axis_read(ent_ctx *ctx, const char *text, ent_axis *axis)
{
    ent_status st = ENT_OK;
    const char *equals = strchr(text, '=');
    ent_rat_init(&axis->from);
    ent_rat_init(&axis->to);
    if (!equals || equals == text || !equals[1]) return misread(ctx, text, "");
    axis->path = ent_i_strdup(ctx, text, (size_t)(equals - text), &st);
    if (!axis->path) goto done;
    axis->numeric = true;
    if (*part_end(equals + 1, ':')) st = read_range(ctx, text, equals + 1, axis);
    else st = read_list(ctx, text, equals + 1, axis);
done:
    return st;
}

void ent_i_axis_release(ent_axis *axis)
{
    for (int64_t k = 0; axis->item && k < axis->count; k++) ent_free(axis->item[k]);
    ent_free(axis->item);
    ent_free(axis->path);
    ent_rat_release(&axis->from);
    ent_rat_release(&axis->to);
    *axis = (ent_axis){0};
}

/* from (to / from)^(k / (count - 1)), rounded so that another libm gives the same digits. */
static void log_value(const ent_axis *axis, int64_t k, ent_text *out)
{
    char digits[40];
    const double from = log(ent_rat_double(&axis->from)), to = log(ent_rat_double(&axis->to));
    const double part = (double)k / (double)(axis->count - 1);
    snprintf(digits, sizeof digits, "%.*e", ENT_AXIS_LOG_DIGITS - 1,
             exp(from + (to - from) * part));
    for (char *c = digits; *c; c++)
        if (*c == ',') *c = '.'; /* whatever the locale */
    double rounded = 0.0;
    ent_rat r = ENT_RAT_ZERO;
    if (ent_rat_parse(&r, digits, strlen(digits))) rounded = ent_rat_double(&r);
    ent_rat_release(&r);
    ent_text_double(out, rounded);
}

static ent_status put_rat(ent_ctx *ctx, const ent_rat *value, ent_text *out)
{
    ent_status st = ENT_OK;
    char *text = ent_rat_format(ctx, value, &st);
    if (text) ent_text_puts(out, text);
    ent_free(text);
    return st == ENT_OK ? out->status : st;
}

ent_status ent_i_axis_value(ent_ctx *ctx, const ent_axis *axis, int64_t k, ent_text *out)
{
    if (axis->item) {
        ent_text_puts(out, axis->item[k]);
        return out->status;
    }
    if (k == 0) return put_rat(ctx, &axis->from, out);
    if (k == axis->count - 1) return put_rat(ctx, &axis->to, out);
    if (axis->is_log) {
        log_value(axis, k, out);
        return out->status;
    }
    /* from + (to - from) k / (count - 1) */
    ent_rat step = ENT_RAT_ZERO, part = ENT_RAT_ZERO;
    ent_rat_sub(&step, &axis->to, &axis->from);
    ent_rat_set_ratio(&part, k, axis->count - 1);
    ent_rat_mul(&step, &step, &part);
    ent_rat_add(&step, &step, &axis->from);
    const ent_status st = put_rat(ctx, &step, out);
    ent_rat_release(&part);
    ent_rat_release(&step);
    return st;
}
