#include "report/svg_i.h"

#include <math.h>
#include <string.h>

enum { RIGHT_MARGIN = 22, LEGEND_GAP = 12 };

/* Colours asked for are given; the others take the next one that nobody asked for. Layers that need
 * none take none. */
static void choose_colours(const ent_plot *plot, int *colour)
{
    enum { PALETTE = 8 };
    bool is_taken[PALETTE] = {false};
    for (int k = 0; k < plot->n; k++)
        if (plot->layer[k].colour >= 0 && plot->layer[k].colour < PALETTE)
            is_taken[plot->layer[k].colour] = true;
    int next = 0;
    for (int k = 0; k < plot->n; k++) {
        const ent_layer *layer = &plot->layer[k];
        const bool needs_none = layer->kind == ENT_LAYER_TEXT || layer->kind == ENT_LAYER_HEAT;
        colour[k] = layer->colour;
        if (layer->colour >= 0 || needs_none) continue;
        if (layer->kind == ENT_LAYER_ARROW && !*layer->name) {
            colour[k] = PALETTE - 2; /* a nameless arrow is dark grey */
            continue;
        }
        while (next < PALETTE && is_taken[next]) next++;
        colour[k] = next++;
    }
}

/* The heat map, the range of its values, and the number of layers of bars. */
static void survey(svg_figure *f)
{
    f->heat_lo = (double)INFINITY;
    f->heat_hi = -(double)INFINITY;
    for (int k = 0; k < f->plot->n; k++) {
        const ent_layer *layer = &f->plot->layer[k];
        if (layer->kind == ENT_LAYER_BARS) f->bar_layers++;
        if (layer->kind != ENT_LAYER_HEAT) continue;
        f->heat = layer;
        for (int j = 0; j < layer->rows * layer->columns; j++) {
            if (!isfinite(layer->y[j])) continue;
            f->heat_lo = fmin(f->heat_lo, layer->y[j]);
            f->heat_hi = fmax(f->heat_hi, layer->y[j]);
        }
    }
}

static void settle(svg_figure *f, double right_margin)
{
    ent_i_svg_lay_out(f, right_margin);
    ent_i_svg_ink(f);
    ent_i_svg_place_words(f);
}

/* The legend inside if it hides nothing there; else to the right of a narrower frame, in a higher
 * picture if need be.
 */
static void lay_out(svg_figure *f)
{
    double width = 0.0, height = 0.0;
    const double beside = RIGHT_MARGIN;
    settle(f, beside);
    const double bar = ent_i_svg_colour_bar_width(f);
    if (bar > 0.0) settle(f, bar);
    ent_i_svg_legend_size(f, &width, &height);
    if (width <= 0.0 || ent_i_svg_legend_inside(f)) return;
    const double margin = fmax(bar, 0.0) + width + 2.0 * LEGEND_GAP;
    if (f->top + height + 60.0 > f->body) f->body = f->top + height + 60.0;
    settle(f, margin);
    f->legend = (svg_box){SVG_WIDTH - width - LEGEND_GAP, f->top, width, height};
}

static void open_document(svg_figure *f)
{
    ent_text *out = f->out;
    ent_text_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\"");
    ent_i_svg_attribute(out, "height", f->height);
    ent_text_puts(out, " viewBox=\"0 0 720 ");
    ent_i_svg_number(out, f->height);
    ent_text_puts(
        out,
        "\" role=\"img\" font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" "
        "fill=\"#111111\">\n");
    ent_text_puts(out, "<title>");
    if (f->plot->title) ent_i_svg_escape(out, f->plot->title, strlen(f->plot->title));
    ent_text_puts(out, "</title>\n");
    ent_i_svg_rect(out, (svg_box){0.0, 0.0, SVG_WIDTH, f->height}, "fill=\"white\"");
}

static void draw(svg_figure *f)
{
    static const char nothing[] = "no data";
    int bars = 0;
    open_document(f);
    ent_i_svg_frame(f);
    for (int k = 0; k < f->plot->n; k++) {
        ent_i_svg_layer(f, k, bars);
        if (f->plot->layer[k].kind == ENT_LAYER_BARS) bars++;
    }
    for (int k = 0; k < f->plot->n; k++) ent_i_svg_word(f, k);
    if (!f->has_data)
        ent_i_svg_words(f->out, (f->left + f->right) / 2, (f->top + f->bottom) / 2, SVG_LABEL_SIZE,
                        "middle", "fill=\"#777777\"", nothing, sizeof nothing - 1);
    ent_i_svg_colour_bar(f);
    ent_i_svg_legend(f);
    ent_i_svg_texts(f);
    ent_text_puts(f->out, "</svg>\n");
}

static ent_status render(ent_text *out, const ent_plot *plot)
{
    ent_status st = ENT_OK;
    ent_ctx *ctx = plot->ctx;
    const ent_mark mark = ent_scratch_mark(ctx);
    svg_figure *f = NULL;
    ENT_TRY(plot->status);
    ENT_SCRATCH(ctx, f, 1);
    *f = (svg_figure){.plot = plot, .out = out};
    ENT_SCRATCH(ctx, f->colour, plot->n + 1);
    ENT_SCRATCH(ctx, f->word, plot->n + 1);
    ENT_SCRATCH(ctx, f->ink, SVG_GRID_ROWS * SVG_GRID_COLUMNS);
    choose_colours(plot, f->colour);
    survey(f);
    lay_out(f);
    draw(f);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

void ent_plot_svg(ent_text *out, const ent_plot *plot)
{
    if (out->status != ENT_OK) return;
    const ent_status st = render(out, plot);
    if (st != ENT_OK) out->status = st;
}
