#include "report/svg_i.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { BAR_WIDTH = 16, BAR_STEPS = 64, BAR_GAP = 18, SHADES = 256 };

/* The number of a cell's colour: a class, or a shade of the scale; -1 for a blank. */
static int shade_of(const svg_figure *f, const ent_layer *layer, double value)
{
    if (!isfinite(value)) return -1;
    if (layer->classes > 0) {
        const bool is_class = value >= 0.0 && value < layer->classes && value == floor(value);
        return is_class ? (int)value : -1;
    }
    const double range = f->heat_hi - f->heat_lo;
    const double t = range > 0.0 ? (value - f->heat_lo) / range : 0.5;
    return (int)lround(fmin(fmax(t, 0.0), 1.0) * (SHADES - 1));
}

static void colour_of(const ent_layer *layer, int shade, char colour[8])
{
    if (layer->classes > 0) ent_i_svg_class_colour(colour, shade);
    else ent_i_svg_heat_colour(colour, shade / (double)(SHADES - 1));
}

/* Where edge k of n lies between two places on the page. */
static double edge(double from, double to, int k, int n) { return from + (to - from) * k / n; }

/* Neighbours of one colour in a row become one rectangle. */
void ent_i_svg_heat(svg_figure *f, const ent_layer *layer)
{
    const double x0 = ent_i_svg_place(&f->x, layer->x0), x1 = ent_i_svg_place(&f->x, layer->x1);
    const double y0 = ent_i_svg_place(&f->y, layer->y0), y1 = ent_i_svg_place(&f->y, layer->y1);
    if (!isfinite(x0) || !isfinite(x1) || !isfinite(y0) || !isfinite(y1)) return;
    ent_text_puts(f->out, "<g shape-rendering=\"crispEdges\">\n");
    for (int r = 0; r < layer->rows; r++) {
        const double *row = layer->y + (size_t)r * (size_t)layer->columns;
        const double low = edge(y0, y1, r, layer->rows), high = edge(y0, y1, r + 1, layer->rows);
        int from = 0;
        while (from < layer->columns) {
            const int shade = shade_of(f, layer, row[from]);
            int to = from + 1;
            while (to < layer->columns && shade_of(f, layer, row[to]) == shade) to++;
            const double left = edge(x0, x1, from, layer->columns),
                         right = edge(x0, x1, to, layer->columns);
            from = to;
            if (shade < 0) continue;
            char colour[8], fill[24];
            colour_of(layer, shade, colour);
            snprintf(fill, sizeof fill, "fill=\"%s\"", colour);
            const svg_box box = {fmin(left, right), fmin(low, high), fabs(right - left),
                                 fabs(low - high)};
            ent_i_svg_rect(f->out, box, fill);
        }
    }
    ent_text_puts(f->out, "</g>\n");
    const svg_box frame = {f->left, f->top, f->right - f->left, f->bottom - f->top};
    ent_i_svg_rect(f->out, frame, "fill=\"none\" stroke=\"#333333\" stroke-width=\"0.9\"");
}

static svg_axis bar_axis(const svg_figure *f)
{
    const bool is_constant = !(f->heat_hi > f->heat_lo);
    const double around = is_constant ? fmax(fabs(f->heat_lo) / 2, 1e-300) : 0.0;
    svg_axis axis = {
        .lo = f->heat_lo - around, .hi = f->heat_hi + around, .from = f->bottom, .to = f->top};
    ent_i_svg_ticks(&axis, false);
    return axis;
}

static bool has_bar(const svg_figure *f)
{
    return f->heat && f->heat->classes == 0 && f->heat_lo <= f->heat_hi;
}

static bool has_name(const svg_figure *f) { return f->heat->name && *f->heat->name; }

double ent_i_svg_colour_bar_width(const svg_figure *f)
{
    if (!has_bar(f)) return 0.0;
    const svg_axis axis = bar_axis(f);
    double widest = 0.0;
    for (int k = 0; k < axis.ticks; k++)
        widest = fmax(widest, ent_i_svg_text_width(axis.tick[k].label, strlen(axis.tick[k].label),
                                                   SVG_TEXT_SIZE));
    return BAR_GAP + BAR_WIDTH + 8.0 + widest + (has_name(f) ? 24.0 : 6.0);
}

void ent_i_svg_colour_bar(svg_figure *f)
{
    if (!has_bar(f)) return;
    ent_text *out = f->out;
    const svg_axis axis = bar_axis(f);
    const double x = f->right + BAR_GAP, height = f->bottom - f->top;
    ent_text_puts(out, "<g shape-rendering=\"crispEdges\">\n");
    for (int k = 0; k < BAR_STEPS; k++) {
        char colour[8], fill[24];
        ent_i_svg_heat_colour(colour, (k + 0.5) / BAR_STEPS);
        snprintf(fill, sizeof fill, "fill=\"%s\"", colour);
        const double top = f->bottom - height * (k + 1) / BAR_STEPS;
        ent_i_svg_rect(out, (svg_box){x, top, BAR_WIDTH, f->bottom - height * k / BAR_STEPS - top},
                       fill);
    }
    ent_text_puts(out, "</g>\n<g fill=\"#333333\" stroke=\"none\">\n");
    ent_i_svg_rect(out, (svg_box){x, f->top, BAR_WIDTH, height},
                   "fill=\"none\" stroke=\"#333333\" stroke-width=\"0.9\"");
    for (int k = 0; k < axis.ticks; k++) {
        const double y = ent_i_svg_place(&axis, axis.tick[k].value);
        ent_i_svg_line(out, x + BAR_WIDTH, y, x + BAR_WIDTH + 4.0, y,
                       "stroke=\"#333333\" stroke-width=\"0.9\"");
        ent_i_svg_words(out, x + BAR_WIDTH + 7.0, y + SVG_TEXT_SIZE * 0.35, SVG_TEXT_SIZE, "start",
                        "", axis.tick[k].label, strlen(axis.tick[k].label));
    }
    char power[SVG_LABEL_MAX];
    ent_i_svg_power(power, axis.power);
    if (axis.power)
        ent_i_svg_words(out, x, f->top - 7.0, SVG_TEXT_SIZE, "start", "", power, strlen(power));
    if (has_name(f)) {
        ent_text_puts(out, "<text text-anchor=\"middle\" transform=\"translate(");
        ent_i_svg_number(out, SVG_WIDTH - 12.0);
        ent_text_putc(out, ' ');
        ent_i_svg_number(out, (f->top + f->bottom) / 2);
        ent_text_printf(out, ") rotate(-90)\" font-size=\"%d\">", SVG_LABEL_SIZE);
        ent_i_svg_escape(out, f->heat->name, strlen(f->heat->name));
        ent_text_puts(out, "</text>\n");
    }
    ent_text_puts(out, "</g>\n");
}
