/* A sweep before it runs: axes, columns and head. */
#include "sweep/sweep_i.h"

#include "cert/hash.h"

#include <string.h>

void ent_i_sweep_free(ent_sweep *sweep)
{
    if (!sweep) return;
    for (int a = 0; a < sweep->axes; a++) ent_i_axis_release(&sweep->axis[a]);
    for (size_t k = 0; k < sweep->columns; k++) ent_free(sweep->column[k]);
    ent_free(sweep->column);
    ent_text_release(&sweep->head);
    ent_i_task_release(&sweep->task);
    ent_free(sweep);
}

int64_t ent_i_sweep_points(const ent_sweep *sweep) { return sweep->points; }

const char *ent_i_sweep_head(const ent_sweep *sweep, size_t *len)
{
    *len = sweep->head.len;
    return sweep->head.data;
}

void ent_i_sweep_index(const ent_sweep *sweep, int64_t point, int64_t index[ENT_SWEEP_AXES_MAX])
{
    for (int a = sweep->axes - 1; a >= 0; a--) {
        index[a] = point % sweep->axis[a].count;
        point /= sweep->axis[a].count;
    }
}

int64_t ent_i_sweep_threads(const ent_sweep *sweep)
{
    const ent_family *family = sweep->task.family;
    const ent_setting *threads = ent_settings_find(family->settings, family->settings_n, "threads");
    int64_t wanted = 0;
    if (threads)
        memcpy(&wanted, (const char *)sweep->task.settings + threads->offset, sizeof wanted);
    return wanted;
}

static ent_status read_axes(ent_ctx *ctx, ent_sweep *sweep, size_t axes, const char *const *vary)
{
    ent_status st = ENT_OK;
    const ent_family *family = sweep->task.family;
    sweep->points = 1;
    for (size_t a = 0; a < axes; a++) {
        ent_axis *axis = &sweep->axis[sweep->axes++];
        ENT_TRY(ent_i_axis_read(ctx, vary[a], axis));
        const ent_setting *setting =
            ent_settings_find(family->settings, family->settings_n, axis->path);
        axis->is_setting = setting != NULL;
        if (setting && !setting->recorded)
            ENT_FAIL(ctx, ENT_E_ARG,
                     "--vary %s: this setting cannot change a result; set it once with --set",
                     axis->path);
        for (size_t b = 0; b < a; b++)
            if (strcmp(sweep->axis[b].path, axis->path) == 0)
                ENT_FAIL(ctx, ENT_E_ARG, "--vary %s is given twice", axis->path);
        if (axis->count > ENT_SWEEP_POINTS_MAX / sweep->points)
            ENT_FAIL(ctx, ENT_E_LIMIT, "the grid has more than %lld points",
                     (long long)ENT_SWEEP_POINTS_MAX);
        sweep->points *= axis->count;
    }
done:
    return st;
}

ent_status ent_i_sweep_columns(ent_ctx *ctx, const ent_i_place *place, ent_text *names)
{
    ent_status st = ENT_OK;
    void *model = NULL;
    const ent_task *task = &place->sweep->task;
    ENT_TRY(task->family->read(ctx, place->doc, ent_doc_root(place->doc), &model));
    ENT_TRY(task->method->columns(ctx, model, place->settings, names));
    ENT_TRY(names->status);
done:
    if (model) task->family->free(model);
    return st;
}

static ent_status add_column(ent_ctx *ctx, ent_sweep *sweep, const char *name)
{
    ent_status st = ENT_OK;
    for (size_t k = 0; k < sweep->columns; k++)
        if (strcmp(sweep->column[k], name) == 0) return ENT_OK;
    if (sweep->columns == sweep->column_room) {
        const size_t room = sweep->column_room ? 2 * sweep->column_room : 32;
        char **bigger = ent_i_realloc(ctx, sweep->column, room, sizeof *bigger, &st);
        if (!bigger) goto done;
        sweep->column = bigger;
        sweep->column_room = room;
    }
    char *copy = ent_i_strdup(ctx, name, strlen(name), &st);
    if (!copy) goto done;
    sweep->column[sweep->columns++] = copy;
done:
    return st;
}

static ent_status add_columns(ent_ctx *ctx, ent_sweep *sweep, const ent_i_place *place)
{
    ent_status st = ENT_OK;
    ent_text names;
    ent_text_init(ctx, &names);
    ENT_TRY(ent_i_sweep_columns(ctx, place, &names));
    for (char *name = names.data, *end = NULL; name; name = end ? end + 1 : NULL) {
        end = strchr(name, '\t');
        if (end) *end = '\0';
        ENT_TRY(add_column(ctx, sweep, name));
    }
done:
    ent_text_release(&names);
    return st;
}

/* The next point that differs from `point` in a value that is no number, or the number of
 * points. */
static int64_t next_shape(const ent_sweep *sweep, int64_t point)
{
    int64_t stride = 1;
    for (int a = sweep->axes - 1; a >= 0 && sweep->axis[a].numeric; a--)
        stride *= sweep->axis[a].count;
    return point + stride;
}

/* Is every number at its first value? Then the point stands for all that share its words. */
static bool is_first_of_shape(const ent_sweep *sweep, int64_t point)
{
    int64_t index[ENT_SWEEP_AXES_MAX];
    ent_i_sweep_index(sweep, point, index);
    for (int a = 0; a < sweep->axes; a++)
        if (sweep->axis[a].numeric && index[a] != 0) return false;
    return true;
}

/* Who is inside decides which numbers there are: the columns of all models whose words differ, in
 * order of appearance. */
static ent_status find_columns(ent_ctx *ctx, ent_sweep *sweep)
{
    ent_status st = ENT_OK;
    ent_sweep unknown = *sweep; /* without columns, so that the walk does not look for them */
    ent_i_place place;
    ENT_TRY(ent_i_place_init(ctx, &unknown, &place));
    for (int64_t point = 0; point < sweep->points; point = next_shape(sweep, point)) {
        if (!is_first_of_shape(sweep, point)) continue;
        ENT_TRY(ent_i_place_move(ctx, &place, point));
        ENT_TRY(add_columns(ctx, sweep, &place));
    }
done:
    ent_i_place_release(&place);
    return st;
}

static void write_comment(ent_text *head, const char *what, const char *text)
{
    ent_text_printf(head, "# %s ", what);
    for (; *text; text++) ent_text_putc(head, *text == '\n' || *text == '\r' ? ' ' : *text);
    ent_text_putc(head, '\n');
}

static ent_status write_head(ent_ctx *ctx, ent_sweep *sweep, size_t axes, const char *const *vary)
{
    ent_status st = ENT_OK;
    char hash[ENT_HASH_TEXT];
    ent_text *head = &sweep->head, settings;
    ent_writer w;
    const ent_task *task = &sweep->task;
    ent_text_init(ctx, &settings);
    ENT_TRY(ent_i_model_hash(ctx, ent_doc_root(task->doc), hash));
    ent_write_init(&w, &settings);
    ent_write_object(&w, NULL, true);
    ent_settings_write(&w, task->family->settings, task->family->settings_n, task->settings);
    ent_write_end(&w);
    ENT_TRY(settings.status);
    ent_text_printf(head, "# entente sweep of %lld points: %s %s, version %s\n",
                    (long long)sweep->points, task->family->name, task->method->name,
                    ent_version());
    write_comment(head, "model_sha256", hash);
    write_comment(head, "settings", settings.data);
    for (size_t a = 0; a < axes; a++) write_comment(head, "vary", vary[a]);
    for (int a = 0; a < sweep->axes; a++) {
        ent_i_csv_field(head, sweep->axis[a].path);
        ent_text_putc(head, ',');
    }
    ent_text_puts(head, "outcome");
    for (size_t k = 0; k < sweep->columns; k++) {
        ent_text_putc(head, ',');
        ent_i_csv_field(head, sweep->column[k]);
    }
    ent_text_puts(head, ",residual\n");
    ENT_TRY(head->status);
done:
    ent_text_release(&settings);
    return st;
}

ent_status ent_i_sweep_new(ent_ctx *ctx, const ent_request *request, size_t axes,
                           const char *const *vary, ent_sweep **out)
{
    ent_status st = ENT_OK;
    ent_sweep *sweep = NULL;
    if (axes < 1 || axes > ENT_SWEEP_AXES_MAX)
        ENT_FAIL(ctx, ENT_E_ARG, "a sweep wants --vary between once and %d times, found %zu",
                 ENT_SWEEP_AXES_MAX, axes);
    ENT_ALLOC(ctx, sweep, 1);
    ent_text_init(ctx, &sweep->head);
    ENT_TRY(ent_i_task_prepare(ctx, request, &sweep->task));
    const ent_method *method = sweep->task.method;
    if (!method->row || !method->columns)
        ENT_FAIL(
            ctx, ENT_E_ARG,
            "method %s gives no row of numbers and cannot be swept; `entente methods` lists others",
            method->name);
    ENT_TRY(read_axes(ctx, sweep, axes, vary));
    ENT_TRY(find_columns(ctx, sweep));
    ENT_TRY(write_head(ctx, sweep, axes, vary));
    *out = sweep;
    sweep = NULL;
done:
    ent_i_sweep_free(sweep);
    return st;
}
