#include "report/plot.h"

#include <stdarg.h>
#include <string.h>

void ent_plot_init(ent_ctx *ctx, ent_plot *plot)
{
    *plot = (ent_plot){.ctx = ctx, .status = ENT_OK};
}

static void release_layer(ent_layer *layer)
{
    for (int k = 0; layer->class_name && k < layer->classes; k++) ent_free(layer->class_name[k]);
    ent_free(layer->class_name);
    ent_free(layer->name);
    ent_free(layer->x);
    ent_free(layer->y);
    ent_free(layer->y2);
}

void ent_plot_release(ent_plot *plot)
{
    for (int k = 0; k < plot->n; k++) release_layer(&plot->layer[k]);
    for (int k = 0; k < plot->ticks; k++) ent_free(plot->tick[k]);
    ent_free(plot->layer);
    ent_free(plot->tick);
    ent_free(plot->title);
    ent_free(plot->caption);
    ent_free(plot->x_label);
    ent_free(plot->y_label);
    ent_plot_init(plot->ctx, plot);
}

/* *place becomes a copy of `text`, NULL counting as "". */
static void set_text(ent_plot *plot, char **place, const char *text)
{
    if (plot->status != ENT_OK) return;
    if (!text) text = "";
    char *copy = ent_i_strdup(plot->ctx, text, strlen(text), &plot->status);
    if (!copy) return;
    ent_free(*place);
    *place = copy;
}

void ent_plot_title(ent_plot *plot, const char *title) { set_text(plot, &plot->title, title); }

void ent_plot_caption(ent_plot *plot, const char *format, ...)
{
    if (plot->status != ENT_OK) return;
    ent_text text;
    ent_text_init(plot->ctx, &text);
    va_list arguments;
    va_start(arguments, format);
    char *sentence = ent_i_vformat(plot->ctx, &plot->status, format, arguments);
    va_end(arguments);
    if (!sentence) return;
    if (plot->caption && *plot->caption) {
        ent_text_puts(&text, plot->caption);
        ent_text_putc(&text, ' ');
    }
    ent_text_puts(&text, sentence);
    ent_free(sentence);
    if (text.status == ENT_OK) set_text(plot, &plot->caption, text.data);
    else plot->status = text.status;
    ent_text_release(&text);
}

void ent_plot_x(ent_plot *plot, const char *label, bool is_log)
{
    set_text(plot, &plot->x_label, label);
    plot->x_log = is_log;
}

void ent_plot_y(ent_plot *plot, const char *label, bool is_log)
{
    set_text(plot, &plot->y_label, label);
    plot->y_log = is_log;
}

void ent_plot_tick_word(ent_plot *plot, const char *word)
{
    if (plot->status != ENT_OK) return;
    char **tick =
        ent_i_realloc(plot->ctx, plot->tick, (size_t)plot->ticks + 1, sizeof *tick, &plot->status);
    if (!tick) return;
    plot->tick = tick;
    tick[plot->ticks] = ent_i_strdup(plot->ctx, word, strlen(word), &plot->status);
    if (tick[plot->ticks]) plot->ticks++;
}

/* ---- layers ---- */

static double *copy_numbers(ent_plot *plot, size_t n, const double *numbers)
{
    if (plot->status != ENT_OK) return NULL;
    double *copy = ent_i_alloc(plot->ctx, n, sizeof *copy, &plot->status);
    if (copy && n) memcpy(copy, numbers, n * sizeof *copy);
    return copy;
}

/* Appends a filled layer, or releases it when something went wrong on the way. */
static ent_layer *append(ent_plot *plot, ent_layer *layer)
{
    if (plot->status == ENT_OK && plot->n == plot->room) {
        const int room = plot->room ? 2 * plot->room : 8;
        ent_layer *list =
            ent_i_realloc(plot->ctx, plot->layer, (size_t)room, sizeof *list, &plot->status);
        if (list) {
            plot->layer = list;
            plot->room = room;
        }
    }
    if (plot->status != ENT_OK) {
        release_layer(layer);
        return NULL;
    }
    plot->layer[plot->n] = *layer;
    return &plot->layer[plot->n++];
}

/* x and y2 may be NULL. */
static ent_layer *add(ent_plot *plot, ent_layer_kind kind, const char *name, int n, const double *x,
                      const double *y, const double *y2)
{
    ent_layer layer = {.kind = kind, .n = n > 0 ? n : 0, .colour = -1};
    const size_t count = (size_t)layer.n;
    set_text(plot, &layer.name, name);
    if (x) layer.x = copy_numbers(plot, count, x);
    layer.y = copy_numbers(plot, count, y);
    if (y2) layer.y2 = copy_numbers(plot, count, y2);
    return append(plot, &layer);
}

ent_layer *ent_plot_line(ent_plot *plot, const char *name, int n, const double *x, const double *y)
{
    return add(plot, ENT_LAYER_LINE, name, n, x, y, NULL);
}

ent_layer *ent_plot_steps(ent_plot *plot, const char *name, int n, const double *x, const double *y)
{
    return add(plot, ENT_LAYER_STEPS, name, n, x, y, NULL);
}

ent_layer *ent_plot_points(ent_plot *plot, const char *name, int n, const double *x,
                           const double *y)
{
    return add(plot, ENT_LAYER_POINTS, name, n, x, y, NULL);
}

ent_layer *ent_plot_bars(ent_plot *plot, const char *name, int n, const double *y)
{
    ent_layer *layer = add(plot, ENT_LAYER_BARS, name, n, y, y, NULL);
    for (int k = 0; layer && k < layer->n; k++) layer->x[k] = k + 1;
    return layer;
}

ent_layer *ent_plot_band(ent_plot *plot, const char *name, int n, const double *x, const double *lo,
                         const double *hi)
{
    return add(plot, ENT_LAYER_BAND, name, n, x, lo, hi);
}

ent_layer *ent_plot_area(ent_plot *plot, const char *name, int n, const double *x, const double *y)
{
    return add(plot, ENT_LAYER_AREA, name, n, x, y, NULL);
}

ent_layer *ent_plot_arrow(ent_plot *plot, const char *name, const double from[2],
                          const double to[2])
{
    const double x[2] = {from[0], to[0]}, y[2] = {from[1], to[1]};
    return add(plot, ENT_LAYER_ARROW, name, 2, x, y, NULL);
}

ent_layer *ent_plot_word(ent_plot *plot, const char *word, double x, double y)
{
    return add(plot, ENT_LAYER_TEXT, word, 1, &x, &y, NULL);
}

ent_layer *ent_plot_heat(ent_plot *plot, const char *name, int columns, int rows,
                         const double rectangle[4], const double *value, int classes,
                         const char *const *class_name)
{
    ent_layer layer = {.kind = ENT_LAYER_HEAT,
                       .colour = -1,
                       .columns = columns > 0 ? columns : 0,
                       .rows = rows > 0 ? rows : 0};
    layer.x0 = rectangle[0], layer.x1 = rectangle[1], layer.y0 = rectangle[2],
    layer.y1 = rectangle[3];
    set_text(plot, &layer.name, name);
    layer.y = copy_numbers(plot, (size_t)layer.columns * (size_t)layer.rows, value);
    if (classes > 0 && plot->status == ENT_OK)
        layer.class_name =
            ent_i_alloc(plot->ctx, (size_t)classes, sizeof *layer.class_name, &plot->status);
    layer.classes = layer.class_name ? classes : 0;
    for (int k = 0; k < layer.classes; k++)
        set_text(plot, &layer.class_name[k], class_name ? class_name[k] : "");
    return append(plot, &layer);
}
