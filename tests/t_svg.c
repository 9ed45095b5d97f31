/* Pictures are read back: tick labels give the scale, and what is drawn must stand where the data are. */
#include "check.h"

#include "base/rng.h"
#include "report/plot.h"

#include <stdlib.h>

enum { ELEMENTS_MAX = 4000, NUMBERS_MAX = 800 };
static const double DIGIT = 0.011; /* coordinates are written in hundredths */

typedef struct element {
    const char *tag, *inside, *end; /* "rect x=..."; what follows its '>'; the '>' itself */
} element;

typedef struct picture {
    char *svg;
    int n;
    element e[ELEMENTS_MAX];
} picture;

/* A scale read off the labels: value = at + slope * page, in logarithms when the axis has them. */
typedef struct scale {
    double at, slope;
    int labels;
    double first, last; /* places of the outermost labels */
} scale;

static picture *drawn(ent_plot *plot)
{
    picture *p = calloc(1, sizeof *p);
    ent_text text;
    ent_text_init(plot->ctx, &text);
    ent_plot_svg(&text, plot);
    CHECK(plot->status == ENT_OK && ent_text_take(&text, &p->svg, NULL) == ENT_OK);
    ent_plot_release(plot);
    for (const char *c = p->svg; (c = strchr(c, '<')) && p->n < ELEMENTS_MAX; c++) {
        if (c[1] == '/') continue;
        const char *end = strchr(c, '>');
        p->e[p->n++] = (element){c + 1, end + 1, end};
    }
    return p;
}

static void done(picture *p)
{
    ent_free(p->svg);
    free(p);
}

static int is_tag(const element *e, const char *tag)
{
    const size_t len = strlen(tag);
    return strncmp(e->tag, tag, len) == 0 && (e->tag[len] == ' ' || e->tag[len] == '>');
}

static const char *find(const element *e, const char *name)
{
    char wanted[40];
    snprintf(wanted, sizeof wanted, " %s=\"", name);
    const char *p = strstr(e->tag, wanted);
    return p && p < e->end ? p + strlen(wanted) : NULL;
}

static double number(const element *e, const char *name)
{
    const char *p = find(e, name);
    return p ? strtod(p, NULL) : (double)NAN;
}

static int has(const element *e, const char *name, const char *value)
{
    const char *p = find(e, name);
    return p && strncmp(p, value, strlen(value)) == 0 && p[strlen(value)] == '"';
}

/* A label as a number, U+2212 being the minus; NAN for words. */
static double label_value(const element *e)
{
    char text[64];
    const size_t len = strcspn(e->inside, "<");
    if (len >= sizeof text) return (double)NAN;
    memcpy(text, e->inside, len);
    text[len] = '\0';
    const int is_negative = strncmp(text, "\xE2\x88\x92", 3) == 0;
    char *end = NULL;
    const double value = strtod(text + (is_negative ? 3 : 0), &end);
    return *end || end == text ? (double)NAN : is_negative ? -value : value;
}

static int is_axis_label(const element *e, int horizontal)
{
    return is_tag(e, "text") && has(e, "font-size", "12") && !find(e, "transform") && !find(e, "paint-order") &&
           has(e, "text-anchor", horizontal ? "middle" : "end") && isfinite(label_value(e));
}

static double label_place(const element *e, int horizontal)
{
    return horizontal ? number(e, "x") : number(e, "y") - 0.35 * 12;
}

static double scaled(double value, int is_log) { return is_log ? log10(value) : value; }

/* From the outermost labels; every label between must agree, and none may touch its neighbour. */
static scale read_scale(const picture *p, int horizontal, int is_log)
{
    scale s = {0};
    double values[2] = {0.0, 0.0};
    for (int k = 0; k < p->n; k++) {
        if (!is_axis_label(&p->e[k], horizontal)) continue;
        const double place = label_place(&p->e[k], horizontal), value = scaled(label_value(&p->e[k]), is_log);
        if (s.labels++ == 0) s.first = place, values[0] = value;
        s.last = place, values[1] = value;
    }
    CHECK(s.labels >= 2);
    s.slope = (values[1] - values[0]) / (s.last - s.first);
    s.at = values[0] - s.slope * s.first;
    double before = -(double)INFINITY;
    for (int k = 0; k < p->n; k++) {
        if (!is_axis_label(&p->e[k], horizontal)) continue;
        const double place = label_place(&p->e[k], horizontal);
        CHECK(fabs(s.at + s.slope * place - scaled(label_value(&p->e[k]), is_log)) <= 2 * DIGIT * fabs(s.slope));
        CHECK(fabs(place - before) > 14.0);
        before = place;
    }
    return s;
}

/* Is a place on the page where the value belongs? */
static int stands(const scale *s, double place, double value)
{
    return fabs(s->at + s->slope * place - value) <= 3 * DIGIT * fabs(s->slope);
}

/* The numbers of a path, commands dropped; *moves counts its parts. */
static int path_numbers(const element *e, double *out, int *moves)
{
    const char *p = find(e, "d");
    int n = 0;
    *moves = 0;
    while (p && *p != '"' && n < NUMBERS_MAX) {
        if (*p == 'M') *moves += 1;
        if (strchr("MLZ ", *p)) {
            p++;
            continue;
        }
        char *end = NULL;
        out[n++] = strtod(p, &end);
        p = end;
    }
    return n;
}

/* The first element of this tag whose attribute has this value. */
static const element *first(const picture *p, const char *tag, const char *name, const char *value)
{
    static const element none = {"", "", ""};
    for (int k = 0; k < p->n; k++)
        if (is_tag(&p->e[k], tag) && has(&p->e[k], name, value)) return &p->e[k];
    return &none;
}

/* Everything is on the paper. */
static void check_paper(const picture *p)
{
    const double height = number(&p->e[0], "height");
    CHECK(has(&p->e[0], "width", "720") && height >= 480.0);
    for (int k = 1; k < p->n; k++) {
        const element *e = &p->e[k];
        const char *const across[] = {"x", "x1", "x2", "cx"}, *const down[] = {"y", "y1", "y2", "cy"};
        for (int j = 0; j < 4; j++) {
            const double x = number(e, across[j]), y = number(e, down[j]);
            CHECK(!(x < 0.0 || x > 720.0) && !(y < 0.0 || y > height));
        }
        const double right = number(e, "x") + number(e, "width"), bottom = number(e, "y") + number(e, "height");
        CHECK(!(right > 720.0 + DIGIT) && !(bottom > height + DIGIT) && !(number(e, "width") < 0.0) &&
              !(number(e, "height") < 0.0));
        double list[NUMBERS_MAX];
        int moves = 0;
        const int n = is_tag(e, "path") ? path_numbers(e, list, &moves) : 0;
        for (int j = 0; j + 1 < n; j += 2)
            CHECK(list[j] >= 0.0 && list[j] <= 720.0 && list[j + 1] >= 0.0 && list[j + 1] <= height);
        if (!is_tag(e, "text") || find(e, "transform")) continue;
        const double half = 0.5 * number(e, "font-size") * (double)strcspn(e->inside, "<") * 0.55, x = number(e, "x");
        if (has(e, "text-anchor", "middle"))
            CHECK(x - half > 0.0 && x + half < 726.0);
        else if (has(e, "text-anchor", "end"))
            CHECK(x - 2 * half > -8.0);
    }
}

static void some_data(ent_rng *rng, int n, double size, int is_positive, double *x, double *y)
{
    for (int k = 0; k < n; k++) {
        x[k] = (k + ent_rng_uniform(rng)) / n;
        y[k] = size * (ent_rng_uniform(rng) - (is_positive ? 0.0 : 0.4));
        if (is_positive) y[k] += 0.01 * size;
    }
}

/* Lines, steps and points on ordinary scales, and on logarithmic ones. */
static void curves(ent_plot *plot, ent_rng *rng, double size, int is_log)
{
    enum { N = 12 };
    double x[N], y[N], list[NUMBERS_MAX];
    int moves = 0;
    some_data(rng, N, size, is_log, x, y);
    ent_plot_title(plot, "title");
    ent_plot_x(plot, "x", is_log);
    ent_plot_y(plot, "y", is_log);
    ent_plot_line(plot, "line", N, x, y);
    ent_plot_steps(plot, "steps", N, x, y);
    ent_plot_points(plot, "points", N, x, y)->colour = 6;
    picture *p = drawn(plot);
    check_paper(p);
    const scale sx = read_scale(p, 1, is_log), sy = read_scale(p, 0, is_log);
    const element *line = first(p, "path", "stroke", "#0072B2");
    CHECK(path_numbers(line, list, &moves) == 2 * N && moves == 1);
    for (int k = 0; k < N; k++)
        CHECK(stands(&sx, list[2 * k], scaled(x[k], is_log)) && stands(&sy, list[2 * k + 1], scaled(y[k], is_log)));
    const element *steps = first(p, "path", "stroke", "#D55E00");
    CHECK(path_numbers(steps, list, &moves) == 4 * N - 2 && moves == 1);
    for (int k = 0; k + 1 < N; k++)
        CHECK(stands(&sx, list[4 * k + 2], scaled(x[k + 1], is_log)) &&
              stands(&sy, list[4 * k + 3], scaled(y[k], is_log)));
    int marks = 0;
    for (int k = 0; k < p->n; k++) {
        if (!is_tag(&p->e[k], "circle") || marks >= N) continue;
        CHECK(stands(&sx, number(&p->e[k], "cx"), scaled(x[marks], is_log)) &&
              stands(&sy, number(&p->e[k], "cy"), scaled(y[marks], is_log)));
        marks++;
    }
    CHECK(marks == N);
    done(p);
}

static void shapes(ent_plot *plot)
{
    const double x[] = {1.0, 2.0, 4.0, 3.0}, lo[] = {-1.0, 0.5, 1.0, 0.0}, hi[] = {2.0, 3.0, 3.5, 5.0};
    double list[NUMBERS_MAX];
    int moves = 0;
    ent_plot_x(plot, "x", false);
    ent_plot_y(plot, "y", false);
    ent_plot_band(plot, "", 3, x, lo, hi);
    ent_plot_area(plot, "", 4, x, hi);
    ent_plot_arrow(plot, "", (double[]){1.5, -0.5}, (double[]){3.5, 2.5});
    ent_plot_word(plot, "here", 2.0, 3.0);
    picture *p = drawn(plot);
    check_paper(p);
    const scale sx = read_scale(p, 1, 0), sy = read_scale(p, 0, 0);
    CHECK(path_numbers(first(p, "path", "fill-opacity", "0.22"), list, &moves) == 12 && moves == 1);
    for (int k = 0; k < 3; k++) {
        CHECK(stands(&sx, list[2 * k], x[k]) && stands(&sy, list[2 * k + 1], lo[k]));
        CHECK(stands(&sx, list[10 - 2 * k], x[k]) && stands(&sy, list[11 - 2 * k], hi[k]));
    }
    CHECK(path_numbers(first(p, "path", "fill-opacity", "0.18"), list, &moves) == 8);
    for (int k = 0; k < 4; k++) CHECK(stands(&sx, list[2 * k], x[k]) && stands(&sy, list[2 * k + 1], hi[k]));
    const element *shaft = first(p, "path", "stroke-width", "1.4"), *head = first(p, "path", "fill", "#222222");
    double tip[NUMBERS_MAX];
    CHECK(path_numbers(shaft, list, &moves) == 4 && path_numbers(head, tip, &moves) == 6);
    CHECK(stands(&sx, list[0], 1.5) && stands(&sy, list[1], -0.5) && stands(&sx, tip[0], 3.5) &&
          stands(&sy, tip[1], 2.5));
    /* the head: 9 long, 6.8 wide, its base square to the shaft and centred on its end */
    CHECK_NEAR(hypot(tip[0] - list[2], tip[1] - list[3]), 9.0, 0.01);
    CHECK_NEAR(hypot(tip[4] - tip[2], tip[5] - tip[3]), 6.8, 0.01);
    CHECK_NEAR((tip[2] + tip[4]) / 2, list[2], 0.001);
    CHECK(fabs((tip[4] - tip[2]) * (tip[0] - list[2]) + (tip[5] - tip[3]) * (tip[1] - list[3])) < 0.5);
    const element *word = first(p, "text", "paint-order", "stroke");
    CHECK(hypot(number(word, "x") - list[0], 0.0) > 1.0 && strncmp(word->inside, "here<", 5) == 0);
    const double wx = (2.0 - sx.at) / sx.slope, wy = (3.0 - sy.at) / sy.slope;
    CHECK(fabs(number(word, "x") - wx) < 60.0 && fabs(number(word, "y") - wy) < 40.0);
    CHECK(fabs(number(word, "x") - wx) > 5.0 || fabs(number(word, "y") - 4.0 - wy) > 10.0);
    const element *zero = first(p, "line", "stroke", "#9A9A9A");
    CHECK(stands(&sy, number(zero, "y1"), 0.0) && stands(&sy, number(zero, "y2"), 0.0));
    done(p);
}

static void bars(ent_plot *plot)
{
    const double a[] = {3.0, -1.0, 2.0}, b[] = {1.0, 2.5, -0.5};
    const char *const word[] = {"one", "two", "three"};
    for (int k = 0; k < 3; k++) ent_plot_tick_word(plot, word[k]);
    ent_plot_bars(plot, "a", 3, a);
    ent_plot_bars(plot, "b", 3, b);
    picture *p = drawn(plot);
    check_paper(p);
    const scale sy = read_scale(p, 0, 0);
    double right = 0.0;
    int n = 0;
    for (int k = 0; k < p->n && n < 6; k++) {
        const element *e = &p->e[k];
        if (!is_tag(e, "rect") || find(e, "fill")) continue;
        const double value = n < 3 ? a[n] : b[n - 3], top = number(e, "y"), bottom = top + number(e, "height");
        CHECK(stands(&sy, top, value > 0.0 ? value : 0.0) && stands(&sy, bottom, value > 0.0 ? 0.0 : value));
        const double middle = number(e, "x") + number(e, "width") / 2;
        const element *tick = NULL;
        for (int j = 0; j < p->n; j++)
            if (is_tag(&p->e[j], "text") && strncmp(p->e[j].inside, word[n % 3], strlen(word[n % 3])) == 0)
                tick = &p->e[j];
        CHECK(tick != NULL);
        /* the first layer stands left of its word, the second right of it, close by, and no bar covers another */
        if (tick)
            CHECK((n < 3 ? 1 : -1) * (number(tick, "x") - middle) > 0.0 &&
                  fabs(number(tick, "x") - middle) < number(e, "width"));
        if (n % 3 == 0) right = 0.0;
        CHECK(number(e, "x") > right);
        right = number(e, "x") + number(e, "width");
        n++;
    }
    CHECK(n == 6);
    done(p);
}

/* Cells and their colours, and the colour bar beside them. */
static void heat(ent_plot *plot)
{
    const double v[] = {0.0, 10.0, 5.0, NAN}, box[] = {-1.0, 3.0, 0.0, 2.0};
    ent_plot_x(plot, "x", false);
    ent_plot_y(plot, "y", false);
    ent_plot_heat(plot, "level", 2, 2, box, v, 0, NULL);
    picture *p = drawn(plot);
    check_paper(p);
    const scale sx = read_scale(p, 1, 0), sy = read_scale(p, 0, 0);
    const char *const colour[] = {"#440154", "#FDE725"};
    const double corner[2][4] = {{-1.0, 1.0, 0.0, 1.0}, {1.0, 3.0, 0.0, 1.0}};
    double right = 0.0;
    for (int k = 0; k < 2; k++) {
        const element *cell = first(p, "rect", "fill", colour[k]);
        const double left = number(cell, "x"), top = number(cell, "y");
        CHECK(stands(&sx, left, corner[k][0]) && stands(&sx, left + number(cell, "width"), corner[k][1]));
        CHECK(stands(&sy, top + number(cell, "height"), corner[k][2]) && stands(&sy, top, corner[k][3]));
        right = left + number(cell, "width");
    }
    int labels = 0, blocks = 0;
    double at4 = 0.0, top = 1e9, bottom = 0.0;
    for (int k = 0; k < p->n; k++) {
        const element *e = &p->e[k];
        if (is_tag(e, "text") && !find(e, "text-anchor") && number(e, "x") > right && isfinite(label_value(e))) {
            labels++;
            if (label_value(e) == 4.0) at4 = number(e, "y") - 0.35 * 12;
        }
        if (!is_tag(e, "rect") || number(e, "x") <= right || has(e, "fill", "none")) continue;
        blocks++;
        top = fmin(top, number(e, "y")), bottom = fmax(bottom, number(e, "y") + number(e, "height"));
    }
    CHECK(labels >= 3 && blocks == 64);
    CHECK_NEAR(at4, bottom - 0.4 * (bottom - top), 1e-3); /* of 0..10 */
    done(p);
}

/* A legend holds what it lists, and hides no point. */
static void legends(ent_plot *plot, ent_rng *rng)
{
    for (int round = 0; round < 20; round++) {
        enum { N = 30 };
        double x[N], y[N];
        some_data(rng, N, 1.0, 0, x, y);
        for (int k = 0; k < N; k++)
            if (round % 2 == 0) y[k] = (round % 4 ? 1.0 - x[k] : x[k]) * 3.0;
        ent_plot_points(plot, "points of some length", N, x, y);
        ent_plot_line(plot, "line", N, x, y);
        ent_plot_band(plot, "band", N, x, y, y);
        picture *p = drawn(plot);
        check_paper(p);
        const element *box = first(p, "rect", "fill-opacity", "0.9");
        const double left = number(box, "x"), top = number(box, "y"), right = left + number(box, "width"),
                     bottom = top + number(box, "height");
        int circles = 0;
        for (int k = 0; k < p->n; k++) {
            const element *e = &p->e[k];
            if (e->tag < box->tag) {
                const double cx = number(e, "cx"), cy = number(e, "cy");
                circles += is_tag(e, "circle");
                CHECK(!(cx > left && cx < right && cy > top && cy < bottom));
                continue;
            }
            if (e == box || is_tag(e, "g")) continue;
            if (is_tag(e, "text")) {
                const double end = number(e, "x") + 0.5 * 12 * (double)strcspn(e->inside, "<");
                CHECK(number(e, "x") > left + 28 && end < right && number(e, "y") > top && number(e, "y") < bottom);
                continue;
            }
            const char *const across[] = {"x1", "x2", "cx", "x"}, *const down[] = {"y1", "y2", "cy", "y"};
            for (int j = 0; j < 4; j++)
                CHECK(!(number(e, across[j]) < left || number(e, across[j]) > right || number(e, down[j]) < top ||
                        number(e, down[j]) > bottom));
        }
        CHECK(circles == N);
        done(p);
    }
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_plot plot;
    ent_plot_init(ctx, &plot);
    ent_rng rng = ent_rng_stream(20261124, 10, 1);
    for (int round = 0; round < 10; round++) {
        curves(&plot, &rng, 1.0 + round, 0);
        curves(&plot, &rng, 1.0 + 100.0 * round, 1);
    }
    curves(&plot, &rng, 0.05, 0);
    curves(&plot, &rng, 9999.0, 0);
    shapes(&plot);
    bars(&plot);
    heat(&plot);
    legends(&plot, &rng);
    ent_ctx_free(ctx);
    return check_end();
}
