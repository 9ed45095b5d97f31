#include "report/svg_i.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SWATCH = 28, GAP = 7, INSET = 7, ROW = 17, NAME_MAX = 190, AWAY = 8, PLACES = 9 };

/** entry - one line of the legend: a layer, a class of a heat map, or the heading above its
 * classes. */
typedef struct entry {
    const char *name;
    int layer, class; /* HEADING; -1 for a layer */
} entry;
enum { HEADING = -2 };

/* Entry number k, in the order of the layers; false when there are no more. */
static bool entry_at(const svg_figure *f, int k, entry *out)
{
    for (int i = 0; i < f->plot->n; i++) {
        const ent_layer *layer = &f->plot->layer[i];
        if (layer->kind == ENT_LAYER_TEXT) continue;
        if (layer->kind == ENT_LAYER_HEAT) {
            const bool has_heading = layer->classes > 0 && *layer->name;
            if (has_heading && k-- == 0) {
                *out = (entry){layer->name, i, HEADING};
                return true;
            }
            if (k < layer->classes) {
                *out = (entry){layer->class_name[k], i, k};
                return true;
            }
            k -= layer->classes;
            continue;
        }
        if (!*layer->name) continue;
        if (k-- > 0) continue;
        *out = (entry){layer->name, i, -1};
        return true;
    }
    return false;
}

static double widest_line(const char *name)
{
    const char *p = name, *line = NULL;
    size_t len = 0;
    double widest = 0.0;
    while (ent_i_svg_wrap(&p, SVG_TEXT_SIZE, NAME_MAX, &line, &len))
        widest = fmax(widest, ent_i_svg_text_width(line, len, SVG_TEXT_SIZE));
    return widest;
}

static int lines_of(const char *name)
{
    const int lines = ent_i_svg_line_count(name, SVG_TEXT_SIZE, NAME_MAX);
    return lines > 0 ? lines : 1;
}

/* A single series that the axis names already needs no legend. */
static bool is_told_by_axis(const svg_figure *f)
{
    entry e, other;
    return entry_at(f, 0, &e) && !entry_at(f, 1, &other) && f->plot->y_label &&
           strcmp(e.name, f->plot->y_label) == 0;
}

void ent_i_svg_legend_size(const svg_figure *f, double *width, double *height)
{
    entry e;
    double widest = 0.0;
    int lines = 0;
    const bool is_needless = is_told_by_axis(f);
    for (int k = 0; !is_needless && entry_at(f, k, &e); k++) {
        widest = fmax(widest, widest_line(e.name));
        lines += lines_of(e.name);
    }
    *width = lines ? widest + SWATCH + GAP + 2 * INSET : 0.0;
    *height = lines ? lines * ROW + 2 * INSET - 2 : 0.0;
}

/* Corners first, then the middles of the sides. The legend stays inside only where it hides
 * nothing. */
bool ent_i_svg_legend_inside(svg_figure *f)
{
    double width = 0.0, height = 0.0;
    ent_i_svg_legend_size(f, &width, &height);
    const double left = f->left + AWAY, right = f->right - AWAY - width,
                 centre = (left + right) / 2;
    const double top = f->top + AWAY, bottom = f->bottom - AWAY - height,
                 middle = (top + bottom) / 2;
    if (left > right || top > bottom || f->heat) return false;
    const double at[PLACES][2] = {{right, top},    {left, top},    {right, bottom},
                                  {left, bottom},  {centre, top},  {centre, bottom},
                                  {right, middle}, {left, middle}, {centre, middle}};
    for (int k = 0; k < PLACES; k++) {
        const svg_box box = {at[k][0], at[k][1], width, height};
        const svg_box around = {box.x - 4.0, box.y - 4.0, box.width + 8.0, box.height + 8.0};
        if (ent_i_svg_ink_under(f, around) > 0) continue;
        f->legend = box;
        return true;
    }
    return false;
}

static void swatch_line(ent_text *out, int colour, double x, double y, double width)
{
    char rest[96];
    const char *dash = ent_i_svg_dash(colour);
    snprintf(rest, sizeof rest, "stroke=\"%s\" stroke-width=\"%s\"%s%s%s", ent_i_svg_colour(colour),
             width > 1.5 ? "1.8" : "1.4", *dash ? " stroke-dasharray=\"" : "", dash,
             *dash ? "\"" : "");
    ent_i_svg_line(out, x, y, x + SWATCH, y, rest);
}

static void swatch_box(ent_text *out, const char *colour, const char *opacity, bool is_outlined,
                       double x, double y)
{
    char rest[128];
    snprintf(rest, sizeof rest, "fill=\"%s\" fill-opacity=\"%s\"%s%s%s", colour, opacity,
             is_outlined ? " stroke=\"" : "", is_outlined ? colour : "",
             is_outlined ? "\" stroke-width=\"1.2\"" : "");
    ent_i_svg_rect(out, (svg_box){x + SWATCH / 2.0 - 8.0, y - 5.5, 16.0, 11.0}, rest);
}

static void swatch_arrow(ent_text *out, const char *colour, double x, double y)
{
    char rest[64];
    snprintf(rest, sizeof rest, "stroke=\"%s\" stroke-width=\"1.4\"", colour);
    ent_i_svg_line(out, x, y, x + SWATCH - 8.0, y, rest);
    ent_text_puts(out, "<path d=\"");
    ent_i_svg_move(out, 'M', x + SWATCH, y);
    ent_i_svg_move(out, 'L', x + SWATCH - 9.0, y - 3.4);
    ent_i_svg_move(out, 'L', x + SWATCH - 9.0, y + 3.4);
    ent_text_printf(out, "Z\" fill=\"%s\"/>\n", colour);
}

static void swatch(svg_figure *f, const entry *e, double x, double y)
{
    ent_text *out = f->out;
    char class[8];
    const int colour = f->colour[e->layer];
    switch (f->plot->layer[e->layer].kind) {
    case ENT_LAYER_LINE:
    case ENT_LAYER_STEPS: swatch_line(out, colour, x, y, 1.8); break;
    case ENT_LAYER_POINTS:
        ent_text_printf(out, "<g fill=\"%s\">\n", ent_i_svg_colour(colour));
        ent_i_svg_mark(out, colour, x + SWATCH / 2.0, y);
        ent_text_puts(out, "</g>\n");
        break;
    case ENT_LAYER_BAND: swatch_box(out, ent_i_svg_colour(colour), "0.22", false, x, y); break;
    case ENT_LAYER_AREA: swatch_box(out, ent_i_svg_colour(colour), "0.18", true, x, y); break;
    case ENT_LAYER_BARS: swatch_box(out, ent_i_svg_colour(colour), "0.9", false, x, y); break;
    case ENT_LAYER_ARROW: swatch_arrow(out, ent_i_svg_colour(colour), x, y); break;
    case ENT_LAYER_TEXT: break;
    case ENT_LAYER_HEAT:
        ent_i_svg_class_colour(class, e->class);
        swatch_box(out, class, "1", false, x, y);
        break;
    }
}

void ent_i_svg_legend(svg_figure *f)
{
    entry e;
    if (!(f->legend.width > 0.0)) return;
    ent_text_puts(f->out, "<g>\n");
    ent_i_svg_rect(f->out, f->legend,
                   "fill=\"white\" fill-opacity=\"0.9\" stroke=\"#CCCCCC\" stroke-width=\"0.7\"");
    double y = f->legend.y + INSET + ROW / 2.0 - 1.0;
    for (int k = 0; entry_at(f, k, &e); k++) {
        const double indent = e.class == HEADING ? 0.0 : SWATCH + GAP;
        if (e.class != HEADING) swatch(f, &e, f->legend.x + INSET, y);
        ent_i_svg_paragraph(f->out, f->legend.x + INSET + indent, y + SVG_TEXT_SIZE * 0.35,
                            SVG_TEXT_SIZE, ROW, NAME_MAX, "fill=\"#222222\"", e.name);
        y += ROW * lines_of(e.name);
    }
    ent_text_puts(f->out, "</g>\n");
}
