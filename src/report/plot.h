/** plot.h - a picture as data: axes and layers. What families and sweeps fill, and what becomes
 * SVG. Knows nothing of games.
 *
 *   ent_plot plot;
 *   ent_plot_init(ctx, &plot);
 *   ent_plot_title(&plot, "Level and payments");
 *   ent_plot_x(&plot, "discount factor", false);
 *   ent_plot_y(&plot, "payoff per period (trillion US$)", false);
 *   ent_plot_line(&plot, "level", n, x, y);
 *   ent_plot_svg(&text, &plot);
 *
 * Errors are sticky in `status`. Data are copied. A point with a coordinate that is not finite
 * breaks a line in two.
 */
#ifndef ENT_PLOT_H
#define ENT_PLOT_H

#include "base/text.h"

typedef enum ent_layer_kind {
    ENT_LAYER_LINE,   /* a line through the points, in order */
    ENT_LAYER_STEPS,  /* a step function: y[k] holds from x[k] to x[k+1] */
    ENT_LAYER_POINTS, /* a mark at each point */
    ENT_LAYER_BAND,   /* the area between y and y2 over x */
    ENT_LAYER_AREA,   /* a closed polygon, lightly filled */
    /* bars of height y at x = 1, 2, ...; ticks carry the words of ent_plot_ticks_x */
    ENT_LAYER_BARS,
    ENT_LAYER_ARROW, /* an arrow from point 0 to point 1 */
    ENT_LAYER_TEXT,  /* a word beside point 0 */
    ENT_LAYER_HEAT   /* a grid of values, see ent_plot_heat */
} ent_layer_kind;

typedef struct ent_layer {
    ent_layer_kind kind;
    /* legend entry or word; "" keeps it out of the legend; a single entry that is the label of the
       y axis makes no legend */
    char *name;
    int n;              /* points */
    double *x, *y, *y2; /* [n]; y2 only of bands */
    int columns, rows;  /* of a heat map; y holds rows * columns values, row 0 at the bottom */
    double x0, x1, y0, y1;
    /* of a heat map: 0 for a continuous scale, else values are class numbers 0..classes-1 */
    int classes;
    char **class_name; /* [classes] */
    int colour;        /* which colour of the palette; -1: the next free one */
    bool is_guide;     /* a line that only guides the eye: thin and light */
} ent_layer;

typedef struct ent_plot {
    ent_ctx *ctx;
    ent_status status; /* sticky */
    char *title, *caption, *x_label, *y_label;
    bool x_log, y_log;
    bool equal_scale; /* one unit is as long on both axes */
    bool is_bare;     /* no frame, grid or ticks: the layers bring their own axes */
    int ticks;        /* words instead of numbers on the x axis, at 1, 2, ...; 0: numbers */
    char **tick;      /* [ticks] */
    int n, room;
    ent_layer *layer; /* [n] */
} ent_plot;

void ent_plot_init(ent_ctx *ctx, ent_plot *plot);
void ent_plot_release(ent_plot *plot);
void ent_plot_title(ent_plot *plot, const char *title);
/** ent_plot_caption - another sentence below the picture; formats like printf. The driver appends
 * the model's hash. */
void ent_plot_caption(ent_plot *plot, const char *format, ...) ENT_PRINTF(2, 3);
/** Axis labels carry the unit in parentheses. */
void ent_plot_x(ent_plot *plot, const char *label, bool is_log);
void ent_plot_y(ent_plot *plot, const char *label, bool is_log);
void ent_plot_tick_word(ent_plot *plot, const char *word); /* the next word on the x axis */

/** Layers, drawn in the order they are added. Each returns the layer for its colour to be set
 * (before the next one is added), or NULL after a failure. Colours come from a palette that
 * colour-blind readers can tell apart; lines differ in their dashes too, points in their marks. On
 * a logarithmic axis, coordinates that are not positive count as missing.
 */
ent_layer *ent_plot_line(ent_plot *plot, const char *name, int n, const double *x, const double *y);
ent_layer *ent_plot_steps(ent_plot *plot, const char *name, int n, const double *x,
                          const double *y);
ent_layer *ent_plot_points(ent_plot *plot, const char *name, int n, const double *x,
                           const double *y);
ent_layer *ent_plot_bars(ent_plot *plot, const char *name, int n, const double *y);
ent_layer *ent_plot_band(ent_plot *plot, const char *name, int n, const double *x, const double *lo,
                         const double *hi);
ent_layer *ent_plot_area(ent_plot *plot, const char *name, int n, const double *x, const double *y);
ent_layer *ent_plot_arrow(ent_plot *plot, const char *name, const double from[2],
                          const double to[2]);
ent_layer *ent_plot_word(ent_plot *plot, const char *word, double x, double y);
/** ent_plot_heat - value[row][column] over rectangle = {x0, x1, y0, y1}, in cells of equal size on
 * the axes as drawn; classes and class_name as in ent_layer. Cells whose value is not finite, or no
 * class, stay blank.
 */
ent_layer *ent_plot_heat(ent_plot *plot, const char *name, int columns, int rows,
                         const double rectangle[4], const double *value, int classes,
                         const char *const *class_name);

/** ent_plot_svg - append the picture as an SVG document, 720 by about 480 user units (higher when a
 * caption or a legend needs it), readable when printed. The same plot gives the same bytes in every
 * locale; nothing in it carries an id, so that several pictures fit in one page. Errors of the plot
 * become those of the text.
 */
void ent_plot_svg(ent_text *out, const ent_plot *plot);

#endif
