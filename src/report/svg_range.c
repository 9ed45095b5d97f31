#include "report/svg_i.h"

#include <math.h>

static const double PADDING = 0.05; /* of the range, between data and frame */
/* an axis starts at 0 when the data reach down to this part of their maximum */
static const double FROM_ZERO = 0.3;
static const double SAME = 1e-12; /* relative: a smaller range is that of a constant */
static const double LARGEST = 1e300;

typedef struct span {
    double lo, hi; /* lo > hi: empty */
    bool is_log;
} span;

static void include(span *s, double v)
{
    if (!(fabs(v) <= LARGEST) || (s->is_log && !(v > 0.0))) return;
    const double w = s->is_log ? log10(v) : v;
    if (w < s->lo) s->lo = w;
    if (w > s->hi) s->hi = w;
}

static bool is_drawable(const span *s, double v)
{
    return fabs(v) <= LARGEST && (!s->is_log || v > 0.0);
}

/* A point counts only when both its coordinates can be drawn. */
static void include_points(const ent_layer *layer, span *x, span *y)
{
    for (int k = 0; k < layer->n; k++) {
        const bool has_y = is_drawable(y, layer->y[k]),
                   has_y2 = layer->y2 && is_drawable(y, layer->y2[k]);
        if (!is_drawable(x, layer->x[k])) continue;
        const bool ends_step =
            layer->kind == ENT_LAYER_STEPS && k > 0 && is_drawable(y, layer->y[k - 1]);
        if (has_y || has_y2 || ends_step) include(x, layer->x[k]);
        if (has_y) include(y, layer->y[k]);
        if (has_y2) include(y, layer->y2[k]);
    }
}

/* Where the lower end goes: to 0 when padding would cross it, and when the data come near it. `lo`
 * and `hi` are the upper end's, mirrored, when that is asked for. */
static double padded_end(double lo, double hi, bool near_zero)
{
    const double margin = PADDING * (hi - lo);
    const bool to_zero = lo >= 0.0 && (lo < margin || (near_zero && lo <= FROM_ZERO * hi));
    return to_zero ? 0.0 : lo - margin;
}

/* Room around a single value. */
static void widen_constant(span *s, double size)
{
    const double zero_width = 1.0, log_width = 0.5, part = 0.5;
    const double around = s->is_log ? log_width : size > 0.0 ? part * size : zero_width;
    s->lo -= around;
    s->hi += around;
}

/* Room around the data: none for tight ranges; a linear axis near 0 begins there, and never crosses
 * it for nothing. */
static void pad(span *s, bool is_tight, bool near_zero)
{
    if (s->lo > s->hi) {
        s->lo = 0.0;
        s->hi = 1.0;
        return;
    }
    const double lo = s->lo, hi = s->hi, size = fmax(fabs(lo), fabs(hi));
    if (hi - lo <= SAME * size) {
        widen_constant(s, size);
        return;
    }
    if (is_tight) return;
    s->lo = s->is_log ? lo - PADDING * (hi - lo) : padded_end(lo, hi, near_zero);
    s->hi = s->is_log ? hi + PADDING * (hi - lo) : -padded_end(-hi, -lo, near_zero);
}

/* Widen the axis that has more page a unit, so that both have the same. */
static void equalise(svg_figure *f)
{
    const double wide = fabs(f->x.to - f->x.from), high = fabs(f->y.to - f->y.from);
    const double unit_x = wide / (f->x.hi - f->x.lo), unit_y = high / (f->y.hi - f->y.lo);
    svg_axis *widened = unit_x > unit_y ? &f->x : &f->y;
    const double length = unit_x > unit_y ? wide / unit_y : high / unit_x;
    const double middle = (widened->lo + widened->hi) / 2;
    widened->lo = middle - length / 2;
    widened->hi = middle + length / 2;
}

/* Which padding the layers want: heat maps and curves fill the frame from side to side, points keep
 * clear of it. */
static void gather(svg_figure *f, span *x, span *y, bool *tight_x, bool *tight_y)
{
    const ent_plot *plot = f->plot;
    *tight_x = true;
    *tight_y = false;
    for (int k = 0; k < plot->n; k++) {
        const ent_layer *layer = &plot->layer[k];
        if (layer->kind == ENT_LAYER_HEAT) {
            include(x, layer->x0), include(x, layer->x1);
            include(y, layer->y0), include(y, layer->y1);
            *tight_y = true;
            continue;
        }
        const bool is_curve = layer->kind == ENT_LAYER_LINE || layer->kind == ENT_LAYER_STEPS ||
                              layer->kind == ENT_LAYER_BAND;
        if (layer->kind == ENT_LAYER_BARS) {
            for (int j = 0; j < layer->n; j++) include(y, layer->y[j]);
            include(x, 0.5), include(x, layer->n + 0.5);
            if (!y->is_log) include(y, 0.0);
            continue;
        }
        if (!is_curve && plot->ticks == 0) *tight_x = false;
        include_points(layer, x, y);
    }
    f->has_data = x->lo <= x->hi && y->lo <= y->hi;
    if (plot->ticks > 0) include(x, 0.5), include(x, plot->ticks + 0.5);
    if (f->heat) *tight_x = true;
}

void ent_i_svg_ranges(svg_figure *f)
{
    span x = {.lo = (double)INFINITY,
              .hi = -(double)INFINITY,
              .is_log = f->plot->x_log && f->plot->ticks == 0};
    span y = {.lo = (double)INFINITY, .hi = -(double)INFINITY, .is_log = f->plot->y_log};
    bool tight_x = true, tight_y = false;
    gather(f, &x, &y, &tight_x, &tight_y);
    pad(&x, tight_x, false);
    pad(&y, tight_y, true);
    f->x.is_log = x.is_log, f->x.lo = x.lo, f->x.hi = x.hi, f->x.is_words = f->plot->ticks > 0;
    f->y.is_log = y.is_log, f->y.lo = y.lo, f->y.hi = y.hi;
    if (f->plot->equal_scale && !x.is_log && !y.is_log) equalise(f);
}
