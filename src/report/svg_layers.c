#include "report/svg_i.h"

#include <math.h>

static double at_x(const svg_figure *f, const ent_layer *layer, int k)
{
    return ent_i_svg_place(&f->x, layer->x[k]);
}
static double at_y(const svg_figure *f, const ent_layer *layer, int k)
{
    return ent_i_svg_place(&f->y, layer->y[k]);
}

static bool is_there(const svg_figure *f, const ent_layer *layer, int k)
{
    return k >= 0 && k < layer->n && isfinite(at_x(f, layer, k)) && isfinite(at_y(f, layer, k));
}

static void stroke(ent_text *out, int colour, double width)
{
    const char *dash = ent_i_svg_dash(colour);
    ent_text_printf(out, "\" fill=\"none\" stroke=\"%s\"", ent_i_svg_colour(colour));
    ent_i_svg_attribute(out, "stroke-width", width);
    ent_text_puts(out, " stroke-linejoin=\"round\"");
    if (*dash) ent_text_printf(out, " stroke-dasharray=\"%s\"", dash);
    ent_text_puts(out, "/>\n");
}

/* A point between two gaps has no line to show it: it becomes a dot. */
static void lone_dots(svg_figure *f, const ent_layer *layer, int colour)
{
    for (int k = 0; k < layer->n; k++) {
        if (!is_there(f, layer, k) || is_there(f, layer, k - 1) || is_there(f, layer, k + 1))
            continue;
        if (layer->kind == ENT_LAYER_STEPS && k + 1 < layer->n && isfinite(at_x(f, layer, k + 1)))
            continue;
        ent_text_puts(f->out, "<circle");
        ent_i_svg_attribute(f->out, "cx", at_x(f, layer, k));
        ent_i_svg_attribute(f->out, "cy", at_y(f, layer, k));
        ent_text_printf(f->out, " r=\"2.4\" fill=\"%s\"/>\n", ent_i_svg_colour(colour));
    }
}

static void guide(svg_figure *f, const ent_layer *layer)
{
    for (int k = 0; k + 1 < layer->n; k++)
        if (is_there(f, layer, k) && is_there(f, layer, k + 1))
            ent_i_svg_line(f->out, at_x(f, layer, k), at_y(f, layer, k), at_x(f, layer, k + 1),
                           at_y(f, layer, k + 1), "stroke=\"#B8B8B8\" stroke-width=\"0.8\"");
}

static void line(svg_figure *f, const ent_layer *layer, int colour)
{
    bool is_down = false;
    ent_text_puts(f->out, "<path d=\"");
    for (int k = 0; k < layer->n; k++) {
        const bool here = is_there(f, layer, k);
        if (here) ent_i_svg_move(f->out, is_down ? 'L' : 'M', at_x(f, layer, k), at_y(f, layer, k));
        is_down = here;
    }
    stroke(f->out, colour, 1.8);
    lone_dots(f, layer, colour);
}

/* y[k] holds up to x[k+1], also when nothing is known from there on. */
static void steps(svg_figure *f, const ent_layer *layer, int colour)
{
    bool is_down = false;
    ent_text_puts(f->out, "<path d=\"");
    for (int k = 0; k < layer->n; k++) {
        const bool here = is_there(f, layer, k);
        if (here) ent_i_svg_move(f->out, is_down ? 'L' : 'M', at_x(f, layer, k), at_y(f, layer, k));
        is_down = here && k + 1 < layer->n && isfinite(at_x(f, layer, k + 1));
        if (is_down) ent_i_svg_move(f->out, 'L', at_x(f, layer, k + 1), at_y(f, layer, k));
    }
    stroke(f->out, colour, 1.8);
    lone_dots(f, layer, colour);
}

static void points(svg_figure *f, const ent_layer *layer, int colour)
{
    ent_text_printf(f->out, "<g fill=\"%s\" stroke=\"white\" stroke-width=\"0.7\">\n",
                    ent_i_svg_colour(colour));
    for (int k = 0; k < layer->n; k++)
        if (is_there(f, layer, k))
            ent_i_svg_mark(f->out, colour, at_x(f, layer, k), at_y(f, layer, k));
    ent_text_puts(f->out, "</g>\n");
}

static double at_y2(const svg_figure *f, const ent_layer *layer, int k)
{
    return ent_i_svg_place(&f->y, layer->y2[k]);
}

/* One polygon for each run of points that are all there: along y, back along y2. */
static void band(svg_figure *f, const ent_layer *layer, int colour)
{
    ent_text_puts(f->out, "<path d=\"");
    int from = 0;
    while (from < layer->n) {
        int to = from;
        while (is_there(f, layer, to) && isfinite(at_y2(f, layer, to))) to++;
        for (int k = from; k < to; k++)
            ent_i_svg_move(f->out, k > from ? 'L' : 'M', at_x(f, layer, k), at_y(f, layer, k));
        for (int k = to - 1; k >= from; k--)
            ent_i_svg_move(f->out, 'L', at_x(f, layer, k), at_y2(f, layer, k));
        if (to > from) ent_text_putc(f->out, 'Z');
        from = to + 1;
    }
    ent_text_printf(f->out, "\" fill=\"%s\" fill-opacity=\"0.22\"/>\n", ent_i_svg_colour(colour));
}

static void area(svg_figure *f, const ent_layer *layer, int colour)
{
    bool is_down = false;
    ent_text_puts(f->out, "<path d=\"");
    for (int k = 0; k < layer->n; k++) {
        if (!is_there(f, layer, k)) continue;
        ent_i_svg_move(f->out, is_down ? 'L' : 'M', at_x(f, layer, k), at_y(f, layer, k));
        is_down = true;
    }
    ent_text_printf(
        f->out,
        "%s\" fill=\"%s\" fill-opacity=\"0.18\" stroke=\"%s\" stroke-width=\"1.2\" stroke-linejoin=\"round\"/>\n",
        is_down ? "Z" : "", ent_i_svg_colour(colour), ent_i_svg_colour(colour));
}

static void bars(svg_figure *f, const ent_layer *layer, int colour, int rank)
{
    svg_box box;
    ent_text_printf(f->out, "<g fill=\"%s\" fill-opacity=\"0.9\">\n", ent_i_svg_colour(colour));
    for (int k = 0; k < layer->n; k++)
        if (ent_i_svg_bar(f, layer, rank, k, &box)) ent_i_svg_rect(f->out, box, "");
    ent_text_puts(f->out, "</g>\n");
}

static void arrow(svg_figure *f, const ent_layer *layer, int colour)
{
    const double head = 9.0, half = 3.4; /* length and half the width of the head */
    if (!is_there(f, layer, 0) || !is_there(f, layer, 1)) return;
    const double x1 = at_x(f, layer, 0), y1 = at_y(f, layer, 0), x2 = at_x(f, layer, 1),
                 y2 = at_y(f, layer, 1);
    const double length = hypot(x2 - x1, y2 - y1);
    const char *shade = ent_i_svg_colour(colour);
    if (length < 1.0) {
        ent_text_puts(f->out, "<circle");
        ent_i_svg_attribute(f->out, "cx", x1);
        ent_i_svg_attribute(f->out, "cy", y1);
        ent_text_printf(f->out, " r=\"2.4\" fill=\"%s\"/>\n", shade);
        return;
    }
    const double size = fmin(head, length), ux = (x2 - x1) / length, uy = (y2 - y1) / length;
    const double bx = x2 - size * ux, by = y2 - size * uy, wide = half * size / head;
    ent_text_puts(f->out, "<path d=\"");
    ent_i_svg_move(f->out, 'M', x1, y1);
    ent_i_svg_move(f->out, 'L', bx, by);
    ent_text_printf(f->out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.4\"/>\n<path d=\"",
                    shade);
    ent_i_svg_move(f->out, 'M', x2, y2);
    ent_i_svg_move(f->out, 'L', bx - wide * uy, by + wide * ux);
    ent_i_svg_move(f->out, 'L', bx + wide * uy, by - wide * ux);
    ent_text_printf(f->out, "Z\" fill=\"%s\"/>\n", shade);
}

void ent_i_svg_layer(svg_figure *f, int index, int bar_rank)
{
    const ent_layer *layer = &f->plot->layer[index];
    const int colour = f->colour[index];
    switch (layer->kind) {
    case ENT_LAYER_LINE:
        if (layer->is_guide) guide(f, layer);
        else line(f, layer, colour);
        break;
    case ENT_LAYER_STEPS: steps(f, layer, colour); break;
    case ENT_LAYER_POINTS: points(f, layer, colour); break;
    case ENT_LAYER_BAND: band(f, layer, colour); break;
    case ENT_LAYER_AREA: area(f, layer, colour); break;
    case ENT_LAYER_BARS: bars(f, layer, colour, bar_rank); break;
    case ENT_LAYER_ARROW: arrow(f, layer, colour); break;
    case ENT_LAYER_TEXT: break; /* words are drawn last, above everything */
    case ENT_LAYER_HEAT: ent_i_svg_heat(f, layer); break;
    }
}
