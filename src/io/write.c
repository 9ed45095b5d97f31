#include "io/write.h"

#include "io/json_i.h"

#include <math.h>
#include <string.h>

void ent_write_init(ent_writer *w, ent_text *out) { *w = (ent_writer){.out = out}; }

static void indent(ent_writer *w)
{
    ent_text_putc(w->out, '\n');
    for (int k = 0; k < w->depth; k++) ent_text_puts(w->out, "  ");
}

/* Whatever stands before a value: comma, line or space, key. */
static void begin_value(ent_writer *w, const char *key)
{
    if (w->depth == 0) return;
    bool *has_items = &w->has_items[w->depth - 1];
    if (*has_items) ent_text_putc(w->out, ',');
    if (!w->inline_from) indent(w);
    else if (*has_items) ent_text_putc(w->out, ' ');
    *has_items = true;
    if (!key) return;
    ent_i_json_put_string(w->out, key, strlen(key));
    ent_text_puts(w->out, ": ");
}

static void open_container(ent_writer *w, const char *key, bool flat, bool is_array)
{
    /* so that the depth stays that of the containers written */
    if (w->out->status != ENT_OK) return;
    begin_value(w, key);
    if (w->depth == ENT_WRITE_DEPTH_MAX) {
        w->out->status =
            ent_i_fail(w->out->ctx, ENT_E_BUG, "a written document is nested more than %d deep",
                       ENT_WRITE_DEPTH_MAX);
        return;
    }
    ent_text_putc(w->out, is_array ? '[' : '{');
    if (flat && !w->inline_from) {
        w->inline_from = true;
        w->flat_depth = w->depth;
    }
    w->is_array[w->depth] = is_array;
    w->has_items[w->depth++] = false;
}

void ent_write_object(ent_writer *w, const char *key, bool flat)
{
    open_container(w, key, flat, false);
}

void ent_write_array(ent_writer *w, const char *key, bool flat)
{
    open_container(w, key, flat, true);
}

void ent_write_end(ent_writer *w)
{
    if (w->out->status != ENT_OK) return;
    if (w->depth == 0) {
        w->out->status =
            ent_i_fail(w->out->ctx, ENT_E_BUG, "a container is closed that was never opened");
        return;
    }
    w->depth--;
    if (!w->inline_from && w->has_items[w->depth]) indent(w);
    if (w->inline_from && w->depth == w->flat_depth) w->inline_from = false;
    ent_text_putc(w->out, w->is_array[w->depth] ? ']' : '}');
}

void ent_write_string(ent_writer *w, const char *key, const char *value)
{
    begin_value(w, key);
    ent_i_json_put_string(w->out, value, strlen(value));
}

void ent_write_bool(ent_writer *w, const char *key, bool value)
{
    begin_value(w, key);
    ent_text_puts(w->out, value ? "true" : "false");
}

void ent_write_int(ent_writer *w, const char *key, int64_t value)
{
    begin_value(w, key);
    ent_text_printf(w->out, "%lld", (long long)value);
}

void ent_write_null(ent_writer *w, const char *key)
{
    begin_value(w, key);
    ent_text_puts(w->out, "null");
}

void ent_write_real(ent_writer *w, const char *key, double value)
{
    begin_value(w, key);
    if (isfinite(value)) ent_text_double(w->out, value);
    else ent_text_puts(w->out, "null");
}

void ent_write_exact(ent_writer *w, const char *key, const ent_rat *value)
{
    ent_status st = ENT_OK;
    char *fraction = ent_rat_format(w->out->ctx, value, &st);
    if (!fraction) {
        w->out->status = st;
        return;
    }
    ent_write_object(w, key, true);
    ent_write_real(w, "value", ent_rat_double(value));
    ent_write_string(w, "exact", fraction);
    ent_write_end(w);
    ent_free(fraction);
}

void ent_write_number(ent_writer *w, const char *key, double value, const ent_rat *exact)
{
    if (exact) ent_write_exact(w, key, exact);
    else ent_write_real(w, key, value);
}

void ent_write_raw(ent_writer *w, const char *key, const char *json, size_t len)
{
    begin_value(w, key);
    ent_text_add(w->out, json, len);
}
