/** svg_i.h - the inside of the SVG writer: a figure is laid out first and drawn afterwards. Lengths
 * in user units. */
#ifndef ENT_SVG_I_H
#define ENT_SVG_I_H

#include "report/plot.h"

enum {
    SVG_WIDTH = 720,
    SVG_HEIGHT = 480,
    SVG_TICKS_MAX = 96,
    SVG_LABEL_MAX = 40,
    SVG_TITLE_SIZE = 15, /* font sizes */
    SVG_LABEL_SIZE = 13,
    SVG_TEXT_SIZE = 12,
    SVG_CAPTION_SIZE = 11,
    SVG_CELL = 4, /* side of a cell of the occupancy grid */
    SVG_GRID_COLUMNS = SVG_WIDTH / SVG_CELL,
    SVG_GRID_ROWS = 2 * SVG_HEIGHT / SVG_CELL
};

typedef struct svg_box {
    double x, y, width, height;
} svg_box;

typedef struct svg_tick {
    double value;
    char label[SVG_LABEL_MAX]; /* "" for a small tick */
} svg_tick;

/** svg_axis - a scale from data to the page. */
typedef struct svg_axis {
    bool is_log, is_words;
    double lo, hi;   /* what is shown; decimal logarithms when is_log */
    double from, to; /* where lo and hi are on the page */
    int ticks;
    int power; /* labels are in units of 10^power */
    svg_tick tick[SVG_TICKS_MAX];
} svg_axis;

/** svg_figure - a plot and its layout. */
typedef struct svg_figure {
    const ent_plot *plot;
    ent_text *out;
    double height;                   /* of the whole picture; its width is SVG_WIDTH */
    double left, right, top, bottom; /* the frame */
    double body;                     /* bottom of everything but the caption */
    svg_axis x, y;
    int *colour;               /* [layers] */
    svg_box *word;             /* [layers] where words stand; width 0: nowhere */
    bool has_data, is_slanted; /* tick words slanted, since they do not fit side by side */
    const ent_layer *heat;     /* the heat map, or NULL */
    double heat_lo, heat_hi;   /* range of a continuous heat map */
    int bar_layers;
    svg_box legend;     /* width 0: none */
    unsigned char *ink; /* [SVG_GRID_ROWS][SVG_GRID_COLUMNS] is there anything? */
} svg_figure;

/* svg_put.c - what is written */
void ent_i_svg_number(ent_text *out, double x); /* two decimals, in every locale the same */
void ent_i_svg_attribute(ent_text *out, const char *name, double x);
void ent_i_svg_move(ent_text *out, char command, double x, double y); /* "M12.5 30" */
void ent_i_svg_escape(ent_text *out, const char *text, size_t len);
void ent_i_svg_line(ent_text *out, double x1, double y1, double x2, double y2, const char *rest);
void ent_i_svg_rect(ent_text *out, svg_box box, const char *rest);
/** ent_i_svg_words - a text element; anchor "start", "middle" or "end"; `rest` holds more
 * attributes. */
void ent_i_svg_words(ent_text *out, double x, double y, int size, const char *anchor,
                     const char *rest, const char *text, size_t len);
/* an estimate, rather too wide */
double ent_i_svg_text_width(const char *text, size_t len, double size);
/** ent_i_svg_wrap - the next line of *text that fits into `width`: *line, *len; false when there is
 * none left. */
bool ent_i_svg_wrap(const char **text, double size, double width, const char **line, size_t *len);
int ent_i_svg_line_count(const char *text, double size, double width);
/** ent_i_svg_paragraph - a wrapped text whose first base line is at y. */
void ent_i_svg_paragraph(ent_text *out, double x, double y, int size, int line_height, double width,
                         const char *rest, const char *text);

/* svg_palette.c */
const char *ent_i_svg_colour(int index);
const char *ent_i_svg_dash(int index); /* "" for a full line */
/** ent_i_svg_mark - draw mark number `index`, centred. */
void ent_i_svg_mark(ent_text *out, int index, double x, double y);
void ent_i_svg_heat_colour(char colour[8], double t); /* 0..1 */
void ent_i_svg_class_colour(char colour[8], int index);

/* svg_range.c, svg_axis.c */
void ent_i_svg_ranges(svg_figure *figure);
void ent_i_svg_ticks(svg_axis *axis, bool is_horizontal);
/** ent_i_svg_place - where a value is on the page; NAN for what cannot be drawn. */
double ent_i_svg_place(const svg_axis *axis, double value);
void ent_i_svg_power(char label[SVG_LABEL_MAX], int power); /* "x10^6" typeset */

/* svg_frame.c */
void ent_i_svg_lay_out(svg_figure *figure, double right_margin);
void ent_i_svg_frame(svg_figure *figure);
void ent_i_svg_texts(svg_figure *figure);

/* svg_ink.c */
void ent_i_svg_ink(svg_figure *figure);
void ent_i_svg_ink_box(svg_figure *figure, svg_box box);
int ent_i_svg_ink_under(const svg_figure *figure, svg_box box);
/** ent_i_svg_bar - the rectangle of bar k of a layer that is number `rank` among the layers of
 * bars; false: not drawn. */
bool ent_i_svg_bar(const svg_figure *figure, const ent_layer *layer, int rank, int k, svg_box *box);

/* svg_layers.c, svg_heat.c, svg_words.c, svg_legend.c */
void ent_i_svg_layer(svg_figure *figure, int index, int bar_rank);
void ent_i_svg_heat(svg_figure *figure, const ent_layer *layer);
void ent_i_svg_colour_bar(svg_figure *figure);
double ent_i_svg_colour_bar_width(const svg_figure *figure);
void ent_i_svg_place_words(svg_figure *figure);
void ent_i_svg_word(svg_figure *figure, int index);
void ent_i_svg_legend_size(const svg_figure *figure, double *width, double *height);
bool ent_i_svg_legend_inside(svg_figure *figure);
void ent_i_svg_legend(svg_figure *figure);

#endif
