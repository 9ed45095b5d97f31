/* Where things stand in a picture: the legend and words hide nothing, texts stay on the paper, axes
 * fit the data. */
#include "svg_reader.h"

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
        ent_plot_arrow(plot, "arrow", (double[]){x[0], y[0]}, (double[]){x[N - 1], y[N - 1]});
        ent_plot_area(plot, "area", 3, x, y);
        picture *p = drawn(plot);
        check_paper(p);
        const element *box = first(p, "rect", "fill-opacity", "0.9");
        const double left = number(box, "x"), top = number(box, "y"),
                     right = left + number(box, "width"), bottom = top + number(box, "height");
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
            if (!(number(e, "y") < bottom - 0.5 && number(e, "y") > top + 0.5))
                CHECK(!is_tag(e, "rect"));
            if (is_tag(e, "path")) {
                double list[NUMBERS_MAX];
                int moves = 0;
                const int n = path_numbers(e, list, &moves);
                for (int j = 0; j < n; j += 2)
                    CHECK(list[j] > left && list[j] < left + 40 && list[j + 1] > top &&
                          list[j + 1] < bottom);
            }
            if (is_tag(e, "text")) {
                const double end = number(e, "x") + 0.5 * 12 * (double)strcspn(e->inside, "<");
                CHECK(number(e, "x") > left + 28 && end < right && number(e, "y") > top &&
                      number(e, "y") < bottom);
                continue;
            }
            const char *const across[] = {"x1", "x2", "cx", "x"}, *const down[] = {"y1", "y2", "cy",
                                                                                   "y"};
            for (int j = 0; j < 4; j++)
                CHECK(!(number(e, across[j]) < left || number(e, across[j]) > right ||
                        number(e, down[j]) < top || number(e, down[j]) > bottom));
        }
        CHECK(circles == N);
        done(p);
    }
}

typedef struct words_box {
    double x0, x1, y0, y1;
} words_box;

/* Words among points: none on a point or on another word, while there is room. */
static void crowd(ent_plot *plot, ent_rng *rng)
{
    enum { N = 24 };
    double x[N], y[N];
    some_data(rng, N, 10.0, 0, x, y);
    ent_plot_points(plot, "", N, x, y);
    for (int k = 0; k < N; k++) ent_plot_word(plot, k % 2 ? "{1,2}" : "{1,2,3}", x[k], y[k]);
    picture *p = drawn(plot);
    check_paper(p);
    words_box box[N];
    int n = 0;
    for (int k = 0; k < p->n && n < N; k++) {
        const element *e = &p->e[k];
        if (!has(e, "paint-order", "stroke")) continue;
        const double half = 0.5 * 12 * 0.45 * (double)strcspn(e->inside, "<"),
                     base = number(e, "y");
        box[n++] = (words_box){number(e, "x") - half, number(e, "x") + half, base - 8.0, base};
    }
    CHECK(n == N);
    int covered = 0;
    for (int a = 0; a < n; a++)
        for (int b = 0; b < a; b++)
            covered += box[a].x0 < box[b].x1 && box[b].x0 < box[a].x1 && box[a].y0 < box[b].y1 &&
                       box[b].y0 < box[a].y1;
    for (int k = 0; k < p->n; k++)
        for (int a = 0; is_tag(&p->e[k], "circle") && a < n; a++) {
            const double cx = number(&p->e[k], "cx"), cy = number(&p->e[k], "cy");
            covered += cx > box[a].x0 && cx < box[a].x1 && cy > box[a].y0 && cy < box[a].y1;
        }
    CHECK(covered == 0);
    done(p);
}

/* Lines of text stand below each other; a heat map's wide labels, words below bars and a long
 * caption stay on the paper. */
static void texts(ent_plot *plot)
{
    static const char long_text[] =
        "a title that is long enough to need two lines, since nobody who writes one thinks "
        "of the width of the paper it is for";
    const double v[] = {-123456.5, 98765.25}, x[] = {0.0, 1.0};
    const double box[] = {0.0, 1.0, 0.0, 1.0};
    ent_plot_title(plot, long_text);
    for (int k = 0; k < 4; k++) ent_plot_caption(plot, "%s.", long_text);
    ent_plot_heat(plot, "a quantity", 2, 1, box, v, 0, NULL);
    picture *p = drawn(plot);
    check_paper(p);
    double before = 0.0;
    int lines = 0;
    for (int k = 0; k < p->n; k++) {
        const element *e = &p->e[k];
        if (!is_tag(e, "text") || !(has(e, "font-size", "15") || has(e, "font-size", "11")))
            continue;
        CHECK(number(e, "y") > before + 10.0 && number(e, "y") < number(&p->e[0], "height") - 2.0);
        before = number(e, "y");
        lines++;
    }
    CHECK(lines >= 2 + 4);
    done(p);
    ent_plot_tick_word(plot, "alone");
    ent_plot_bars(plot, "", 1, x + 1);
    p = drawn(plot);
    check_paper(p);
    const element *bar = NULL, *word = NULL;
    for (int k = 0; k < p->n; k++) {
        if (is_tag(&p->e[k], "rect") && !find(&p->e[k], "fill")) bar = &p->e[k];
        if (is_tag(&p->e[k], "text") && strncmp(p->e[k].inside, "alone<", 6) == 0) word = &p->e[k];
    }
    CHECK(bar && word);
    if (bar && word)
        CHECK_NEAR(number(bar, "x") + number(bar, "width") / 2, number(word, "x"), 1e-4);
    done(p);
}

/* Points keep clear of the frame, curves reach from side to side, and an axis near 0 begins
 * there. */
static void ranges(ent_plot *plot)
{
    const double x[] = {2.0, 3.0, 4.0}, near[] = {1.0, 2.0, 4.0}, far[] = {3.0, 3.5, 4.0},
                 below[] = {-1.0, -2.0, -4.0};
    const double *const y[] = {near, far, below, near};
    for (int round = 0; round < 4; round++) {
        if (round == 3) ent_plot_points(plot, "", 3, x, y[round]);
        else ent_plot_line(plot, "", 3, x, y[round]);
        picture *p = drawn(plot);
        check_paper(p);
        const scale sx = read_scale(p, 1, 0), sy = read_scale(p, 0, 0);
        double list[NUMBERS_MAX];
        int moves = 0;
        const element *axes = NULL; /* the path of the two axes: down, then right */
        for (int k = 0; k < p->n && !axes; k++)
            if (is_tag(&p->e[k], "path")) axes = &p->e[k];
        CHECK(axes && path_numbers(axes, list, &moves) == 6);
        const double left = sx.at + sx.slope * list[0], right = sx.at + sx.slope * list[4];
        const double top = sy.at + sy.slope * list[1], bottom = sy.at + sy.slope * list[3];
        CHECK_NEAR(left, round == 3 ? 1.9 : 2.0, 1e-3);
        CHECK_NEAR(right, round == 3 ? 4.1 : 4.0, 1e-3);
        const double lowest[] = {0.0, 2.95, -4.15, 0.0}, highest[] = {4.15, 4.05, 0.0, 4.15};
        CHECK_NEAR(bottom, lowest[round], 2e-3);
        CHECK_NEAR(top, highest[round], 2e-3);
        done(p);
    }
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_plot plot;
    ent_plot_init(ctx, &plot);
    ent_rng rng = ent_rng_stream(20261124, 11, 1);
    legends(&plot, &rng);
    for (int round = 0; round < 5; round++) crowd(&plot, &rng);
    texts(&plot);
    ranges(&plot);
    ent_ctx_free(ctx);
    return check_end();
}
