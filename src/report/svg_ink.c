#include "report/svg_i.h"

#include <math.h>

/* What the layers cover, on a grid of small squares: a legend or a word goes where it hides
 * least. */

static void ink_point(svg_figure *f, double x, double y)
{
    if (!isfinite(x) || !isfinite(y) || x < 0.0 || y < 0.0) return;
    const int column = (int)(x / SVG_CELL), row = (int)(y / SVG_CELL);
    if (column < SVG_GRID_COLUMNS && row < SVG_GRID_ROWS)
        f->ink[row * SVG_GRID_COLUMNS + column] = 1;
}

static void ink_segment(svg_figure *f, double x1, double y1, double x2, double y2)
{
    const double length = hypot(x2 - x1, y2 - y1);
    if (!isfinite(length)) {
        ink_point(f, x1, y1);
        ink_point(f, x2, y2);
        return;
    }
    const int steps = (int)fmin(length / (SVG_CELL / 2.0), 4.0 * SVG_GRID_COLUMNS) + 1;
    for (int k = 0; k <= steps; k++)
        ink_point(f, x1 + (x2 - x1) * k / steps, y1 + (y2 - y1) * k / steps);
}

static void clip(double *lo, double *hi, double least, double most)
{
    *lo = fmax(*lo, least);
    *hi = fmin(*hi, most);
}

static void range_of_cells(svg_box box, int *c0, int *c1, int *r0, int *r1)
{
    double x0 = box.x, x1 = box.x + box.width, y0 = box.y, y1 = box.y + box.height;
    clip(&x0, &x1, 0.0, SVG_WIDTH - 1);
    clip(&y0, &y1, 0.0, SVG_GRID_ROWS * SVG_CELL - 1);
    *c0 = (int)(x0 / SVG_CELL), *c1 = (int)(x1 / SVG_CELL);
    *r0 = (int)(y0 / SVG_CELL), *r1 = (int)(y1 / SVG_CELL);
}

void ent_i_svg_ink_box(svg_figure *f, svg_box box)
{
    int c0, c1, r0, r1;
    range_of_cells(box, &c0, &c1, &r0, &r1);
    for (int r = r0; r <= r1; r++)
        for (int c = c0; c <= c1; c++) f->ink[r * SVG_GRID_COLUMNS + c] = 1;
}

int ent_i_svg_ink_under(const svg_figure *f, svg_box box)
{
    int c0, c1, r0, r1, cells = 0;
    range_of_cells(box, &c0, &c1, &r0, &r1);
    for (int r = r0; r <= r1; r++)
        for (int c = c0; c <= c1; c++) cells += f->ink[r * SVG_GRID_COLUMNS + c];
    return cells;
}

bool ent_i_svg_bar(const svg_figure *f, const ent_layer *layer, int rank, int k, svg_box *box)
{
    const double group = 0.76; /* of the slot of one tick; the rest is white */
    const double value = ent_i_svg_place(&f->y, layer->y[k]);
    const double base = f->y.is_log ? f->y.from : ent_i_svg_place(&f->y, 0.0);
    if (!isfinite(value)) return false;
    const double slot = (f->x.to - f->x.from) / (f->x.hi - f->x.lo);
    const double width = slot * group / f->bar_layers;
    box->x = ent_i_svg_place(&f->x, k + 1.0) - slot * group / 2 + rank * width;
    box->width = width * (f->bar_layers > 1 ? 0.92 : 1.0);
    box->y = fmin(value, base);
    box->height = fabs(value - base);
    return true;
}

static void ink_curve(svg_figure *f, const ent_layer *layer, const double *values)
{
    for (int k = 0; k < layer->n; k++) {
        const double x = ent_i_svg_place(&f->x, layer->x[k]), y = ent_i_svg_place(&f->y, values[k]);
        if (layer->kind == ENT_LAYER_POINTS && isfinite(x) && isfinite(y))
            ent_i_svg_ink_box(f, (svg_box){x - 4.0, y - 4.0, 8.0, 8.0});
        ink_point(f, x, y);
        if (k + 1 == layer->n || layer->kind == ENT_LAYER_POINTS) continue;
        const double x2 = ent_i_svg_place(&f->x, layer->x[k + 1]),
                     y2 = ent_i_svg_place(&f->y, values[k + 1]);
        if (layer->kind == ENT_LAYER_STEPS) {
            ink_segment(f, x, y, x2, y);
            ink_segment(f, x2, y, x2, y2);
        } else {
            ink_segment(f, x, y, x2, y2);
        }
    }
}

static void ink_bars(svg_figure *f, const ent_layer *layer, int rank)
{
    svg_box box;
    for (int k = 0; k < layer->n; k++)
        if (ent_i_svg_bar(f, layer, rank, k, &box)) ent_i_svg_ink_box(f, box);
}

void ent_i_svg_ink(svg_figure *f)
{
    int bars = 0;
    for (int k = 0; k < SVG_GRID_ROWS * SVG_GRID_COLUMNS; k++) f->ink[k] = 0;
    for (int k = 0; k < f->plot->n; k++) {
        const ent_layer *layer = &f->plot->layer[k];
        if (layer->kind == ENT_LAYER_HEAT) continue;
        if (layer->kind == ENT_LAYER_BARS) {
            ink_bars(f, layer, bars++);
            continue;
        }
        ink_curve(f, layer, layer->y);
        if (layer->y2) ink_curve(f, layer, layer->y2);
        for (int j = 0; layer->y2 && j < layer->n; j++) {
            const double x = ent_i_svg_place(&f->x, layer->x[j]);
            ink_segment(f, x, ent_i_svg_place(&f->y, layer->y[j]), x,
                        ent_i_svg_place(&f->y, layer->y2[j]));
        }
    }
}
