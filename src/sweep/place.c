/* One thread's way through the grid. Between neighbouring points only the numerals of a few nodes
 * change, in place; the document is spliced and parsed again only when a value that is no number
 * changes. */
#include "sweep/sweep_i.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ENT_OK, or the failure with the point in front of its message. */
static ent_status at_point(ent_ctx *ctx, const ent_i_place *p, int64_t point, ent_status status)
{
    char message[1024], where[400];
    size_t used = 0;
    if (status == ENT_OK || status == ENT_E_CANCEL || status == ENT_E_MEMORY) return status;
    snprintf(message, sizeof message, "%s", ent_message(ctx));
    where[0] = '\0';
    for (int a = 0; a < p->sweep->axes && used + 1 < sizeof where; a++)
        used += (size_t)snprintf(where + used, sizeof where - used, "%s%.40s=%.40s", a ? ", " : "",
                                 p->sweep->axis[a].path, p->value[a].data ? p->value[a].data : "?");
    return ent_i_fail(ctx, status, "point %lld (%s): %s", (long long)point, where, message);
}

ent_status ent_i_place_init(ent_ctx *ctx, const ent_sweep *sweep, ent_i_place *place)
{
    ent_status st = ENT_OK;
    *place = (ent_i_place){.sweep = sweep};
    for (int a = 0; a < sweep->axes; a++) {
        place->at[a] = -1;
        ent_text_init(ctx, &place->value[a]);
    }
    place->settings = ent_i_alloc(ctx, 1, sweep->task.family->settings_size, &st);
    if (!place->settings) goto done;
    memcpy(place->settings, sweep->task.settings, sweep->task.family->settings_size);
    const ent_family *family = sweep->task.family;
    if (ent_settings_find(family->settings, family->settings_n,
                          "threads")) /* the points share the cores already */
        ENT_TRY(ent_settings_set(ctx, family->settings, family->settings_n, place->settings,
                                 "threads", "1"));
done:
    return st;
}

void ent_i_place_release(ent_i_place *place)
{
    for (int a = 0; place->sweep && a < place->sweep->axes; a++) ent_text_release(&place->value[a]);
    ent_free(place->settings);
    ent_free(place->column);
    ent_free(place->number);
    ent_doc_free(place->doc);
    *place = (ent_i_place){0};
}

/* Where the columns of the model here stand among those of the sweep; on the way to the head they
 * are not known yet. */
static ent_status map_columns(ent_ctx *ctx, ent_i_place *p)
{
    ent_status st = ENT_OK;
    const ent_sweep *sweep = p->sweep;
    ent_text names;
    ent_text_init(ctx, &names);
    if (sweep->columns == 0) goto done;
    ENT_TRY(ent_i_sweep_columns(ctx, p, &names));
    ent_free(p->column);
    p->column = NULL;
    ENT_ALLOC(ctx, p->column, sweep->columns);
    if (!p->number) ENT_ALLOC(ctx, p->number, sweep->columns);
    p->names = 0;
    for (char *name = names.data, *end = NULL; name; name = end ? end + 1 : NULL) {
        end = strchr(name, '\t');
        if (end) *end = '\0';
        size_t k = 0;
        while (k < sweep->columns && strcmp(sweep->column[k], name) != 0) k++;
        if (k == sweep->columns) ENT_BUG(ctx, "a column appears in the middle of a sweep");
        p->column[p->names++] = k;
    }
done:
    ent_text_release(&names);
    return st;
}

/* The document from the beginning: the base model with every value of this point. */
static ent_status rebuild(ent_ctx *ctx, ent_i_place *p)
{
    ent_status st = ENT_OK;
    ent_doc *doc = NULL;
    const ent_sweep *sweep = p->sweep;
    for (int a = 0; a < sweep->axes; a++) {
        if (sweep->axis[a].is_setting) continue;
        ent_doc *changed = NULL;
        ENT_TRY(ent_doc_override(ctx, doc ? doc : sweep->task.doc, sweep->axis[a].path,
                                 p->value[a].data, &changed));
        ent_doc_free(doc);
        doc = changed;
    }
    if (!doc) /* only settings vary: any change that changes nothing gives a copy */
        ENT_TRY(ent_doc_override(ctx, sweep->task.doc, "entente", "1", &doc));
    ent_doc_free(p->doc);
    p->doc = doc;
    doc = NULL;
    for (int a = 0; a < sweep->axes; a++)
        p->node[a] = sweep->axis[a].is_setting ? NULL : ent_doc_at(p->doc, sweep->axis[a].path);
    ENT_TRY(map_columns(ctx, p));
done:
    ent_doc_free(doc);
    return st;
}

/* The new value of one axis; *whole is set when the document must be built again. */
static ent_status turn(ent_ctx *ctx, ent_i_place *p, int a, int64_t k, bool *whole)
{
    ent_status st = ENT_OK;
    const ent_axis *axis = &p->sweep->axis[a];
    const ent_family *family = p->sweep->task.family;
    ent_text *value = &p->value[a];
    p->at[a] = -1;
    ent_text_reset(value);
    ENT_TRY(ent_i_axis_value(ctx, axis, k, value));
    if (axis->is_setting)
        ENT_TRY(ent_settings_set(ctx, family->settings, family->settings_n, p->settings, axis->path,
                                 value->data));
    else if (!axis->numeric || !p->node[a]) *whole = true;
    p->at[a] = k;
done:
    return st;
}

ent_status ent_i_place_move(ent_ctx *ctx, ent_i_place *place, int64_t point)
{
    ent_status st = ENT_OK;
    const ent_sweep *sweep = place->sweep;
    int64_t index[ENT_SWEEP_AXES_MAX];
    bool whole = !place->doc;
    ent_i_sweep_index(sweep, point, index);
    for (int a = 0; a < sweep->axes; a++)
        if (index[a] != place->at[a]) ENT_TRY(turn(ctx, place, a, index[a], &whole));
    if (whole) ENT_TRY(rebuild(ctx, place));
    for (int a = 0; a < sweep->axes; a++)
        if (place->node[a] && sweep->axis[a].numeric)
            ent_doc_put(place->doc, place->node[a], place->value[a].len, place->value[a].data);
done:
    return at_point(ctx, place, point, st);
}

static void write_row(const ent_i_place *p, const ent_row *row, ent_text *out)
{
    const ent_sweep *sweep = p->sweep;
    for (int a = 0; a < sweep->axes; a++) {
        ent_i_csv_value(out, p->value[a].data);
        ent_text_putc(out, ',');
    }
    ent_text_puts(out, ent_outcome_word(row->outcome));
    size_t k = 0; /* both lists are in the same order, most of the time */
    for (size_t c = 0; c < sweep->columns; c++) {
        ent_text_putc(out, ',');
        size_t found = k < p->names && p->column[k] == c ? k : 0;
        while (found < p->names && p->column[found] != c) found++;
        if (found < p->names) ent_i_csv_number(out, row->value[found]);
        k = found + 1;
    }
    ent_text_putc(out, ',');
    if (row->residual == 0.0) ent_text_putc(out, '0');
    else if (!isnan(row->residual)) ent_text_printf(out, "%.0e", row->residual);
    ent_text_putc(out, '\n');
}

ent_status ent_i_place_row(ent_ctx *ctx, ent_i_place *place, int64_t point, ent_text *out)
{
    ent_status st = ENT_OK;
    void *model = NULL;
    const ent_task *task = &place->sweep->task;
    ent_row row = {.n = place->names, .value = place->number};
    ENT_TRY(task->family->read(ctx, place->doc, ent_doc_root(place->doc), &model));
    ENT_TRY(task->method->row(ctx, model, place->settings, &row));
    write_row(place, &row, out);
    ENT_TRY(out->status);
done:
    if (model) task->family->free(model);
    return at_point(ctx, place, point, st);
}
