/* Pictures are read back: tick labels give the scale, and what is drawn must stand where the data
 * are. */
#include "svg_reader.h"

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
        CHECK(stands(&sx, list[2 * k], scaled(x[k], is_log)) &&
              stands(&sy, list[2 * k + 1], scaled(y[k], is_log)));
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
    const double x[] = {1.0, 2.0, 4.0, 3.0}, lo[] = {-1.0, 0.5, 1.0, 0.0},
                 hi[] = {2.0, 3.0, 3.5, 5.0};
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
    for (int k = 0; k < 4; k++)
        CHECK(stands(&sx, list[2 * k], x[k]) && stands(&sy, list[2 * k + 1], hi[k]));
    const element *shaft = first(p, "path", "stroke-width", "1.4"),
                  *head = first(p, "path", "fill", "#222222");
    double tip[NUMBERS_MAX];
    CHECK(path_numbers(shaft, list, &moves) == 4 && path_numbers(head, tip, &moves) == 6);
    CHECK(stands(&sx, list[0], 1.5) && stands(&sy, list[1], -0.5) && stands(&sx, tip[0], 3.5) &&
          stands(&sy, tip[1], 2.5));
    /* the head: 9 long, 6.8 wide, its base square to the shaft and centred on its end */
    CHECK_NEAR(hypot(tip[0] - list[2], tip[1] - list[3]), 9.0, 0.01);
    CHECK_NEAR(hypot(tip[4] - tip[2], tip[5] - tip[3]), 6.8, 0.01);
    CHECK_NEAR((tip[2] + tip[4]) / 2, list[2], 0.001);
    CHECK(fabs((tip[4] - tip[2]) * (tip[0] - list[2]) + (tip[5] - tip[3]) * (tip[1] - list[3])) <
          0.5);
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
        const double value = n < 3 ? a[n] : b[n - 3], top = number(e, "y"),
                     bottom = top + number(e, "height");
        CHECK(stands(&sy, top, value > 0.0 ? value : 0.0) &&
              stands(&sy, bottom, value > 0.0 ? 0.0 : value));
        const double middle = number(e, "x") + number(e, "width") / 2;
        const element *tick = NULL;
        for (int j = 0; j < p->n; j++)
            if (is_tag(&p->e[j], "text") &&
                strncmp(p->e[j].inside, word[n % 3], strlen(word[n % 3])) == 0)
                tick = &p->e[j];
        CHECK(tick != NULL);
        /* the first layer stands left of its word, the second right of it, close by, and no bar
         * covers another */
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
        CHECK(stands(&sx, left, corner[k][0]) &&
              stands(&sx, left + number(cell, "width"), corner[k][1]));
        CHECK(stands(&sy, top + number(cell, "height"), corner[k][2]) &&
              stands(&sy, top, corner[k][3]));
        right = left + number(cell, "width");
    }
    int labels = 0, blocks = 0;
    double at4 = 0.0, top = 1e9, bottom = 0.0;
    for (int k = 0; k < p->n; k++) {
        const element *e = &p->e[k];
        if (is_tag(e, "text") && !find(e, "text-anchor") && number(e, "x") > right &&
            isfinite(label_value(e))) {
            labels++;
            if (label_value(e) == 4.0) at4 = number(e, "y") - 0.35 * 12;
        }
        if (!is_tag(e, "rect") || number(e, "x") <= right || has(e, "fill", "none")) continue;
        blocks++;
        top = fmin(top, number(e, "y")),
        bottom = fmax(bottom, number(e, "y") + number(e, "height"));
    }
    CHECK(labels >= 3 && blocks == 64);
    CHECK_NEAR(at4, bottom - 0.4 * (bottom - top), 1e-3); /* of 0..10 */
    done(p);
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
    ent_ctx_free(ctx);
    return check_end();
}
