/** svg_reader.h - read a picture back: elements and attributes, the scale that tick labels give,
 * numbers of paths. */
#ifndef SVG_READER_H
#define SVG_READER_H

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

static inline picture *drawn(ent_plot *plot)
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

static inline void done(picture *p)
{
    ent_free(p->svg);
    free(p);
}

static inline int is_tag(const element *e, const char *tag)
{
    const size_t len = strlen(tag);
    return strncmp(e->tag, tag, len) == 0 && (e->tag[len] == ' ' || e->tag[len] == '>');
}

static inline const char *find(const element *e, const char *name)
{
    char wanted[40];
    snprintf(wanted, sizeof wanted, " %s=\"", name);
    const char *p = strstr(e->tag, wanted);
    return p && p < e->end ? p + strlen(wanted) : NULL;
}

static inline double number(const element *e, const char *name)
{
    const char *p = find(e, name);
    return p ? strtod(p, NULL) : (double)NAN;
}

static inline int has(const element *e, const char *name, const char *value)
{
    const char *p = find(e, name);
    return p && strncmp(p, value, strlen(value)) == 0 && p[strlen(value)] == '"';
}

/* A label as a number, U+2212 being the minus; NAN for words. */
static inline double label_value(const element *e)
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

static inline int is_axis_label(const element *e, int horizontal)
{
    return is_tag(e, "text") && has(e, "font-size", "12") && !find(e, "transform") &&
           !find(e, "paint-order") && has(e, "text-anchor", horizontal ? "middle" : "end") &&
           isfinite(label_value(e));
}

static inline double label_place(const element *e, int horizontal)
{
    return horizontal ? number(e, "x") : number(e, "y") - 0.35 * 12;
}

static inline double scaled(double value, int is_log) { return is_log ? log10(value) : value; }

/* From the outermost labels; every label between must agree, and none may touch its neighbour. */
static inline scale read_scale(const picture *p, int horizontal, int is_log)
{
    scale s = {0};
    double values[2] = {0.0, 0.0};
    for (int k = 0; k < p->n; k++) {
        if (!is_axis_label(&p->e[k], horizontal)) continue;
        const double place = label_place(&p->e[k], horizontal),
                     value = scaled(label_value(&p->e[k]), is_log);
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
        CHECK(fabs(s.at + s.slope * place - scaled(label_value(&p->e[k]), is_log)) <=
              2 * DIGIT * fabs(s.slope));
        CHECK(fabs(place - before) > 14.0);
        before = place;
    }
    return s;
}

/* Is a place on the page where the value belongs? */
static inline int stands(const scale *s, double place, double value)
{
    return fabs(s->at + s->slope * place - value) <= 3 * DIGIT * fabs(s->slope);
}

/* The numbers of a path, commands dropped; *moves counts its parts. */
static inline int path_numbers(const element *e, double *out, int *moves)
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
static inline const element *first(const picture *p, const char *tag, const char *name,
                                   const char *value)
{
    static const element none = {"", "", ""};
    for (int k = 0; k < p->n; k++)
        if (is_tag(&p->e[k], tag) && has(&p->e[k], name, value)) return &p->e[k];
    return &none;
}

/* Everything is on the paper. */
static inline void check_paper(const picture *p)
{
    const double height = number(&p->e[0], "height");
    CHECK(has(&p->e[0], "width", "720") && height >= 480.0);
    for (int k = 1; k < p->n; k++) {
        const element *e = &p->e[k];
        const char *const across[] = {"x", "x1", "x2", "cx"}, *const down[] = {"y", "y1", "y2",
                                                                               "cy"};
        for (int j = 0; j < 4; j++) {
            const double x = number(e, across[j]), y = number(e, down[j]);
            CHECK(!(x < 0.0 || x > 720.0) && !(y < 0.0 || y > height));
        }
        const double right = number(e, "x") + number(e, "width"),
                     bottom = number(e, "y") + number(e, "height");
        CHECK(!(right > 720.0 + DIGIT) && !(bottom > height + DIGIT) &&
              !(number(e, "width") < 0.0) && !(number(e, "height") < 0.0));
        double list[NUMBERS_MAX];
        int moves = 0;
        const int n = is_tag(e, "path") ? path_numbers(e, list, &moves) : 0;
        for (int j = 0; j + 1 < n; j += 2)
            CHECK(list[j] >= 0.0 && list[j] <= 720.0 && list[j + 1] >= 0.0 &&
                  list[j + 1] <= height);
        if (!is_tag(e, "text") || find(e, "transform")) continue;
        const double half = 0.5 * number(e, "font-size") * (double)strcspn(e->inside, "<") * 0.55,
                     x = number(e, "x");
        if (has(e, "text-anchor", "middle")) CHECK(x - half > 0.0 && x + half < 726.0);
        else if (has(e, "text-anchor", "end")) CHECK(x - 2 * half > -8.0);
    }
}

static inline void some_data(ent_rng *rng, int n, double size, int is_positive, double *x,
                             double *y)
{
    for (int k = 0; k < n; k++) {
        x[k] = (k + ent_rng_uniform(rng)) / n;
        y[k] = size * (ent_rng_uniform(rng) - (is_positive ? 0.0 : 0.4));
        if (is_positive) y[k] += 0.01 * size;
    }
}

#endif
