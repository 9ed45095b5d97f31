/* Three axes in orthographic projection, seen from 35 degrees beside the first axis and 22 degrees
 * above the ground: no two of the cube's corners fall on one another. */
#include "bayesian/efficient_space.h"

#include <math.h>

static const double RIGHT[ENT_SPACE_AXES] = {-0.5736, 0.8192, 0.0},
                    UP[ENT_SPACE_AXES] = {-0.3069, -0.2149, 0.9272};
static const double SAME = 1e-9;    /* of an axis: corners nearer than this are one */
static const double SHORT = -0.025; /* a tick on the upright axis, of an axis */
enum { GREY = 7 };

/* Where a point is, in units of the axes' lengths. */
static double along(const ent_space *s, int m, double u)
{
    return (u - s->low[m]) / (s->high[m] - s->low[m]);
}

static void project(const ent_space *s, const double *u, double out[2])
{
    if (s->axes == 2) {
        out[0] = u[0];
        out[1] = u[1];
        return;
    }
    out[0] = out[1] = 0.0;
    for (int m = 0; m < s->axes; m++) {
        out[0] += RIGHT[m] * along(s, m, u[m]);
        out[1] += UP[m] * along(s, m, u[m]);
    }
}

static void segment(const ent_space *s, const double *from, const double *to, bool is_guide)
{
    double a[2], b[2];
    project(s, from, a);
    project(s, to, b);
    const double x[] = {a[0], b[0]}, y[] = {a[1], b[1]};
    ent_layer *layer = ent_plot_line(s->plot, "", 2, x, y);
    if (!layer) return;
    layer->colour = GREY;
    layer->is_guide = is_guide;
}

/* 1, 2 or 5 times a power of ten, three to six of them in the range. */
static double tick_step(double range)
{
    const double unit = pow(10.0, floor(log10(range / 3.0)));
    const double times = range / 3.0 / unit;
    return unit * (times >= 5.0 ? 5.0 : times >= 2.0 ? 2.0 : 1.0);
}

/* One tick of axis m, its number, and on the ground a line across. */
static void tick(const ent_space *s, int m, double value)
{
    double at[ENT_SPACE_AXES], end[ENT_SPACE_AXES], spot[2];
    ent_text word;
    ent_text_init(s->plot->ctx, &word);
    for (int l = 0; l < s->axes; l++) at[l] = end[l] = s->low[l];
    at[m] = end[m] = value;
    const int across = m == 2 ? 1 : 1 - m;
    end[across] += (m == 2 ? SHORT : 1.0) * (s->high[across] - s->low[across]);
    segment(s, at, end, m < 2);
    ent_text_printf(&word, "%.4g", value);
    project(s, end, spot);
    if (word.status == ENT_OK) ent_plot_word(s->plot, word.data, spot[0], spot[1]);
    else if (s->plot->status == ENT_OK) s->plot->status = word.status;
    ent_text_release(&word);
}

static void ticks(const ent_space *s, int m)
{
    const double step = tick_step(s->high[m] - s->low[m]),
                 first = ceil(s->low[m] / step - SAME) * step;
    for (int k = 0; first + k * step <= s->high[m] + SAME * step; k++)
        if (m < 2 || k > 0) tick(s, m, first + k * step);
}

static void axis(const ent_space *s, int m, const char *name)
{
    double zero[2], tip[2], end[ENT_SPACE_AXES];
    for (int l = 0; l < s->axes; l++) end[l] = s->low[l];
    end[m] += 1.12 * (s->high[m] - s->low[m]);
    project(s, s->low, zero);
    project(s, end, tip);
    ent_layer *arrow = ent_plot_arrow(s->plot, "", zero, tip);
    if (arrow) arrow->colour = GREY;
    ent_plot_word(s->plot, name, tip[0], tip[1]);
}

/* The ground's far sides, beyond which the ticks' numbers stand. */
static void ground(const ent_space *s)
{
    double corner[ENT_SPACE_AXES], side[ENT_SPACE_AXES];
    for (int m = 0; m < 2; m++) {
        for (int l = 0; l < s->axes; l++)
            corner[l] = l < 2 ? s->high[l] : s->low[l], side[l] = s->low[l];
        side[m] = s->high[m];
        segment(s, corner, side, true);
    }
}

void ent_i_space_axes(const ent_space *s, char *const *names)
{
    if (s->axes == 2) {
        ent_plot_x(s->plot, names[0], false);
        ent_plot_y(s->plot, names[1], false);
        return;
    }
    s->plot->is_bare = s->plot->equal_scale = true;
    ground(s);
    for (int m = 0; m < s->axes; m++) {
        ticks(s, m);
        axis(s, m, names[m]);
    }
}

static double room_at(const ent_space *s, const ent_space_plane *plane, const double *u)
{
    double room = plane->bound;
    for (int m = 0; m < s->axes; m++) room -= plane->weight[m] * u[m];
    return room;
}

/* How much a plane's room changes over the axes' lengths. */
static double size_of(const ent_space *s, const ent_space_plane *plane)
{
    double size = 0.0;
    for (int m = 0; m < s->axes; m++) size += fabs(plane->weight[m]) * (s->high[m] - s->low[m]);
    return size;
}

void ent_i_space_add(const ent_space *s, const double *u, ent_space_polygon *p)
{
    bool known = p->n == ENT_SPACE_CORNERS;
    for (int k = 0; !known && k < p->n; k++) {
        known = true;
        for (int m = 0; known && m < s->axes; m++)
            known = fabs(u[m] - p->x[k][m]) <= SAME * (s->high[m] - s->low[m]);
    }
    for (int m = 0; !known && m < s->axes; m++) p->x[p->n][m] = u[m];
    p->n += !known;
}

/* Sutherland-Hodgman: what of the polygon lies below the plane. */
static void clip(const ent_space *s, const ent_space_plane *plane, ent_space_polygon *p)
{
    const double least = -SAME * size_of(s, plane);
    ent_space_polygon out = {0};
    for (int k = 0; k < p->n; k++) {
        const double *a = p->x[k], *b = p->x[(k + 1) % p->n];
        const double from = room_at(s, plane, a), to = room_at(s, plane, b);
        if (from >= least) ent_i_space_add(s, a, &out);
        if ((from >= least) == (to >= least)) continue;
        double cut[ENT_SPACE_AXES];
        for (int m = 0; m < s->axes; m++) cut[m] = a[m] + from / (from - to) * (b[m] - a[m]);
        ent_i_space_add(s, cut, &out);
    }
    *p = out;
}

void ent_i_space_face(const ent_space *s, int planes, const ent_space_plane *plane, int which,
                      ent_space_polygon *out)
{
    ent_space_polygon p = {0};
    const double room = room_at(s, &plane[which], s->low);
    for (int m = 0; m < s->axes && room >= 0.0; m++) {
        double u[ENT_SPACE_AXES];
        for (int l = 0; l < s->axes; l++) u[l] = s->low[l];
        u[m] += room / plane[which].weight[m];
        ent_i_space_add(s, u, &p);
    }
    for (int k = 0; k < planes; k++)
        if (k != which) clip(s, &plane[k], &p);
    *out = p;
}

void ent_i_space_words(const ent_space *s, const double *u, ent_text *out)
{
    for (int m = 0; m < s->axes; m++)
        ent_text_printf(out, m ? ", %.4g" : "(%.4g",
                        fabs(u[m]) < SAME * (s->high[m] - s->low[m]) ? 0.0 : u[m]);
    ent_text_puts(out, ")");
}

void ent_i_space_label(const ent_space *s, const double *u)
{
    double at[2];
    ent_text word;
    ent_text_init(s->plot->ctx, &word);
    ent_i_space_words(s, u, &word);
    project(s, u, at);
    if (word.status == ENT_OK) ent_plot_word(s->plot, word.data, at[0], at[1]);
    else if (s->plot->status == ENT_OK) s->plot->status = word.status;
    ent_text_release(&word);
}

void ent_i_space_draw(const ent_space *s, const ent_space_polygon *p, const char *name, int colour)
{
    double x[ENT_SPACE_CORNERS + 1], y[ENT_SPACE_CORNERS + 1], at[2];
    if (p->n == 0) return;
    for (int k = 0; k <= p->n; k++) {
        project(s, p->x[k % p->n], at);
        x[k] = at[0];
        y[k] = at[1];
    }
    ent_layer *layer = p->n > 2 ? ent_plot_area(s->plot, name, p->n, x, y)
                                : ent_plot_line(s->plot, name, p->n, x, y);
    if (layer) layer->colour = colour;
}

void ent_i_space_mark(const ent_space *s, const char *name, const double *u, int colour)
{
    double at[2], below[ENT_SPACE_AXES] = {0};
    project(s, u, at);
    for (int m = 0; m < s->axes; m++) below[m] = m < 2 ? u[m] : s->low[m];
    if (s->axes == 3) segment(s, u, below, true);
    ent_layer *layer = ent_plot_points(s->plot, name, 1, &at[0], &at[1]);
    if (layer) layer->colour = colour;
}
