/* Pictures: the structure of the SVG, its labels, its escapes, gaps, and scales from 1e-6 to
 * 1e6. */
#include "brutal.h"
#include "check.h"

#include "report/plot.h"

static char *drawn(const ent_plot *plot)
{
    ent_text text;
    char *svg = NULL;
    ent_text_init(plot->ctx, &text);
    ent_plot_svg(&text, plot);
    CHECK(ent_text_take(&text, &svg, NULL) == ENT_OK);
    ent_text_release(&text);
    return svg;
}

/* Draws, releases the plot, and returns the document. */
static char *finish(ent_plot *plot)
{
    CHECK(plot->status == ENT_OK);
    char *svg = drawn(plot);
    ent_plot_release(plot);
    return svg;
}

static int count(const char *text, const char *what)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what)) n++;
    return n;
}

/* A small reader of XML: every element closes, attributes are quoted, text holds no bare '<' or
 * '&'. */
static int is_well_formed(const char *text)
{
    const char *stack[16];
    size_t len[16];
    int depth = 0, elements = 0;
    const char *p = text;
    while (*p) {
        if (*p == '&') {
            const char *end = strchr(p, ';');
            if (!end || end - p > 6) return 0;
        }
        if ((unsigned char)*p < 0x20 && *p != '\n' && *p != '\t') return 0;
        if (*p++ != '<') continue;
        const bool closes = *p == '/';
        if (closes) p++;
        const char *name = p;
        p += strcspn(p, " />\n");
        const size_t size = (size_t)(p - name);
        if (size == 0) return 0;
        bool is_quoted = false;
        for (; *p && (is_quoted || *p != '>'); p++) {
            if (*p == '"') is_quoted = !is_quoted;
            if (*p == '<') return 0;
        }
        if (!*p || is_quoted) return 0;
        elements++;
        if (closes) {
            depth--;
            if (depth < 0 || len[depth] != size || strncmp(stack[depth], name, size) != 0) return 0;
        } else if (p[-1] != '/') {
            if (depth == 16) return 0;
            stack[depth] = name;
            len[depth++] = size;
        }
    }
    return depth == 0 && elements > 0;
}

/* All numbers of all attributes are finite and on or near the paper. */
static int is_sane(const char *svg)
{
    return is_well_formed(svg) && !strstr(svg, "nan") && !strstr(svg, "inf\"") &&
           !strstr(svg, "1000000") && strstr(svg, "<svg ") == svg && strlen(svg) > 7 &&
           strcmp(svg + strlen(svg) - 7, "</svg>\n") == 0;
}

static void check_label(const char *svg, const char *label)
{
    char wanted[160];
    snprintf(wanted, sizeof wanted, ">%s</text>", label);
    if (!strstr(svg, wanted)) printf("no label '%s'\n", label);
    CHECK(strstr(svg, wanted) != NULL);
}

static const double xs[] = {0.0, 0.25, 0.5, 0.75, 1.0}, ys[] = {0.0, 1.0, 4.0, 2.0, 3.0};

static void structure(ent_plot *plot)
{
    ent_plot_title(plot, "Level <&> \"payments\"");
    ent_plot_x(plot, "discount factor", false);
    ent_plot_y(plot, "payoff (US$)", false);
    ent_plot_line(plot, "level", 5, xs, ys);
    ent_plot_steps(plot, "span", 5, xs, ys);
    ent_plot_band(plot, "range", 5, xs, ys, xs);
    ent_plot_points(plot, "points", 5, xs, ys);
    ent_plot_area(plot, "area", 5, xs, ys);
    ent_plot_arrow(plot, "move", (double[]){0.1, 1.0}, (double[]){0.4, 2.0});
    ent_plot_word(plot, "here & there", 0.5, 4.0);
    ent_plot_caption(plot, "The level, by %s.", "discount");
    ent_plot_caption(plot, "Model %d.", 7);
    char *svg = drawn(plot), *again = drawn(plot);
    CHECK(is_sane(svg));
    CHECK_TEXT(svg, again);
    check_label(svg, "Level &lt;&amp;&gt; &quot;payments&quot;");
    check_label(svg, "discount factor");
    check_label(svg, "payoff (US$)");
    check_label(svg, "here &amp; there");
    check_label(svg, "The level, by discount. Model 7.");
    CHECK(strstr(svg, "<title>Level &lt;&amp;&gt; &quot;payments&quot;</title>") != NULL);
    const char *const names[] = {"level", "span", "range", "points", "area", "move"};
    for (int k = 0; k < 6; k++) check_label(svg, names[k]);
    /* lines: different colours and different dashes */
    CHECK(strstr(svg, "stroke=\"#0072B2\" stroke-width=\"1.8\" stroke-linejoin=\"round\"/>") !=
          NULL);
    CHECK(
        strstr(
            svg,
            "stroke=\"#D55E00\" stroke-width=\"1.8\" stroke-linejoin=\"round\" stroke-dasharray=\"7 3\"/>") !=
        NULL);
    CHECK(!strstr(svg, " id="));
    ent_free(svg);
    ent_free(again);
    ent_plot_release(plot);
}

/* Where the first mark "M x y" of the first path with this colour begins, and how many such marks
 * it has. */
static int moves_of(const char *svg, const char *colour)
{
    const char *end = strstr(svg, colour);
    const char *start = end;
    while (start > svg && strncmp(start, "<path", 5) != 0) start--;
    int n = 0;
    for (const char *p = start; p < end; p++) n += *p == 'M';
    return n;
}

static void gaps(ent_plot *plot)
{
    const double y[] = {1.0, NAN, 2.0, 3.0, INFINITY, 5.0, 6.0, NAN},
                 x[] = {0, 1, 2, 3, 4, 5, 6, 7};
    ent_plot_line(plot, "", 8, x, y);
    char *svg = finish(plot);
    CHECK(is_sane(svg));
    CHECK(moves_of(svg, "stroke=\"#0072B2\"") == 3);
    CHECK(count(svg, "r=\"2.4\"") == 1); /* the point between two gaps */
    ent_free(svg);
    ent_plot_steps(plot, "", 8, x, y);
    svg = finish(plot);
    CHECK(moves_of(svg, "stroke=\"#0072B2\"") == 3 &&
          count(svg, "r=\"2.4\"") == 0); /* y[0] holds up to x[1] */
    ent_free(svg);
    ent_plot_band(plot, "", 8, x, y, x);
    svg = finish(plot);
    CHECK(is_sane(svg) && moves_of(svg, "fill=\"#0072B2\"") == 3);
    ent_free(svg);
    ent_plot_y(plot, "", true);
    const double some[] = {1.0, 0.0, 10.0, 100.0, -5.0, 10.0, 10.0, 1.0};
    ent_plot_line(plot, "", 8, x, some);
    svg = finish(plot);
    CHECK(is_sane(svg) && moves_of(svg, "stroke=\"#0072B2\"") == 3);
    check_label(svg, "100");
    ent_free(svg);
}

static void empty_and_small(ent_plot *plot)
{
    char *svg = finish(plot);
    CHECK(is_sane(svg));
    check_label(svg, "no data");
    ent_free(svg);
    const double nothing[] = {NAN, NAN}, one[] = {0.4, 0.4}, point = -3.0;
    ent_plot_line(plot, "lost", 2, nothing, nothing);
    ent_plot_line(plot, "none", 0, nothing, nothing);
    ent_plot_heat(plot, "heat", 0, 0, (double[]){0, 1, 0, 1}, nothing, 0, NULL);
    svg = finish(plot);
    CHECK(is_sane(svg));
    ent_free(svg);
    ent_plot_line(plot, "one", 1, one, &point);
    svg = finish(plot);
    CHECK(is_sane(svg) && count(svg, "r=\"2.4\"") == 1 && !strstr(svg, "no data"));
    check_label(svg, "\xE2\x88\x92"
                     "3.0");
    ent_free(svg);
    ent_plot_line(plot, "twice the same", 2, one, one);
    svg = finish(plot);
    CHECK(is_sane(svg));
    ent_free(svg);
    const double zero[] = {0.0, 0.0};
    ent_plot_line(plot, "constant zero", 2, xs, zero);
    svg = finish(plot);
    CHECK(is_sane(svg));
    check_label(svg, "0");
    ent_free(svg);
}

/* One data set on many scales; labels stay short, and the factor stands at the end of the axis. */
static void scales(ent_plot *plot)
{
    const struct {
        double unit;
        const char *top, *factor;
    } wanted[] = {{1e-12, "4.0",
                   "\xC3\x97"
                   "10\xE2\x81\xBB\xC2\xB9\xC2\xB2"},
                  {1e-6, "4.0",
                   "\xC3\x97"
                   "10\xE2\x81\xBB\xE2\x81\xB6"},
                  {1e-3, "0.0040", NULL},
                  {1, "4.0", NULL},
                  {1e3, "4000", NULL},
                  {1e6, "4.0",
                   "\xC3\x97"
                   "10\xE2\x81\xB6"},
                  {1e100, "40",
                   "\xC3\x97"
                   "10\xE2\x81\xB9\xE2\x81\xB9"}};
    for (int k = 0; k < 7; k++) {
        double y[5];
        for (int j = 0; j < 5; j++) y[j] = ys[j] * wanted[k].unit;
        ent_plot_line(plot, "", 5, xs, y);
        char *svg = finish(plot);
        CHECK(is_sane(svg));
        check_label(svg, wanted[k].top);
        if (wanted[k].factor) check_label(svg, wanted[k].factor);
        CHECK(count(svg, "\xC3\x97") == (wanted[k].factor ? 1 : 0));
        const int labels = count(svg, "<text");
        CHECK(labels >= 6 && labels <= 24);
        ent_free(svg);
    }
    const double near[] = {1e6, 1e6 + 1e-3, 1e6 + 2e-3, 1e6, 1e6},
                 huge[] = {-1e308, 1e308, 0, 1, 2};
    ent_plot_line(plot, "", 5, xs, near);
    char *svg = finish(plot);
    CHECK(is_sane(svg) && count(svg, "<text") > 8);
    ent_free(svg);
    ent_plot_line(plot, "", 5, xs, huge);
    svg = finish(plot);
    CHECK(is_sane(svg) &&
          moves_of(svg, "stroke=\"#0072B2\"") == 1); /* what cannot be drawn is a gap */
    ent_free(svg);
}

static void log_axes(ent_plot *plot)
{
    const double x[] = {1e-9, 1e-3, 1.0, 1e4}, y[] = {0.3, 0.5, 1.0, 4.0},
                 z[] = {31.0, 32.0, 33.0, 34.0};
    ent_plot_x(plot, "x", true);
    ent_plot_y(plot, "y", true);
    ent_plot_line(plot, "", 4, x, y);
    char *svg = finish(plot);
    CHECK(is_sane(svg));
    check_label(svg, "10\xE2\x81\xBB\xE2\x81\xB8");
    check_label(svg, "0.5");
    check_label(svg, "1");
    check_label(svg, "2");
    ent_free(svg);
    ent_plot_y(plot, "y", true);
    ent_plot_points(plot, "", 4, y, z);
    svg = finish(plot);
    CHECK(is_sane(svg));
    check_label(svg, "32.0");
    ent_free(svg);
}

static void bars(ent_plot *plot)
{
    const double a[] = {3.0, -1.0, NAN}, b[] = {1.0, 2.0, 0.0};
    ent_plot_tick_word(plot, "A & B");
    ent_plot_tick_word(plot, "China");
    ent_plot_tick_word(plot, "India");
    ent_plot_bars(plot, "alone", 3, a);
    ent_plot_bars(plot, "together", 3, b);
    char *svg = finish(plot);
    CHECK(is_sane(svg));
    check_label(svg, "A &amp; B");
    check_label(svg, "\xE2\x88\x92"
                     "1.0");
    CHECK(!strstr(svg, "rotate(-35)"));
    CHECK(count(svg, "<rect") == 1 + 2 + 3 + 1 + 2); /* paper, bars, legend and its swatches */
    ent_free(svg);
    for (int k = 0; k < 40; k++) ent_plot_tick_word(plot, "a long name of a coalition");
    ent_plot_bars(plot, "", 3, b);
    svg = finish(plot);
    CHECK(is_sane(svg) && count(svg, "rotate(-35)") == 40);
    ent_free(svg);
    for (int k = 0; k < 400; k++) ent_plot_tick_word(plot, "word");
    ent_plot_bars(plot, "", 3, b);
    svg = finish(plot);
    CHECK(is_sane(svg) && count(svg, "rotate(-35)") > 10 && count(svg, "rotate(-35)") < 60);
    ent_free(svg);
}

static void heat(ent_plot *plot)
{
    const double v[] = {0.0, 0.0, 1.0, 2.0, NAN, 1.0}, box[] = {0.0, 3.0, 0.0, 2.0};
    const char *const name[] = {"nobody", "some <", "all"};
    ent_plot_heat(plot, "regime", 3, 2, box, v, 3, name);
    char *svg = finish(plot);
    CHECK(is_sane(svg));
    for (int k = 0; k < 3; k++) check_label(svg, k == 1 ? "some &lt;" : name[k]);
    check_label(svg, "regime");
    CHECK(count(svg, "<rect") ==
          1 + 4 + 1 + 1 + 3); /* paper; cells: two equal neighbours are one; frame; legend */
    ent_free(svg);
    ent_plot_heat(plot, "level (US$)", 3, 2, box, v, 0, NULL);
    ent_plot_line(plot, "frontier", 5, xs, ys);
    svg = finish(plot);
    CHECK(is_sane(svg));
    check_label(svg, "level (US$)");
    check_label(svg, "1.5");
    CHECK(strstr(svg, "#440154") && strstr(svg, "#FDE725"));
    ent_free(svg);
    const double same[] = {2.0, 2.0, 2.0, 2.0, 2.0, 2.0};
    ent_plot_heat(plot, "constant", 3, 2, box, same, 0, NULL);
    svg = finish(plot);
    CHECK(is_sane(svg));
    ent_free(svg);
    const double odd[] = {-1.0, 0.5, 3.0, 1e9, NAN, INFINITY};
    ent_plot_heat(plot, "", 3, 2, box, odd, 3, name);
    svg = finish(plot);
    CHECK(is_sane(svg) && count(svg, "crispEdges\">\n</g>") == 1); /* no cell is a class */
    ent_free(svg);
}

/* Twice the scale of one axis is the same length on both: the frame decides, the data only
 * widen. */
static void equal_scale(ent_plot *plot)
{
    const double x[] = {0.0, 10.0}, y[] = {0.0, 1.0};
    plot->equal_scale = true;
    ent_plot_line(plot, "", 2, x, y);
    char *svg = finish(plot);
    CHECK(is_sane(svg));
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    const char *path = strstr(svg, "\" fill=\"none\" stroke=\"#0072B2\"");
    while (path && path > svg && *path != 'M') path--;
    CHECK(path && sscanf(path, "M%lf %lfL%lf %lf", &x1, &y1, &x2, &y2) == 4);
    CHECK_NEAR((y1 - y2) / (x2 - x1), 0.1, 1e-3);
    ent_free(svg);
}

static void legend_moves_out(ent_plot *plot)
{
    double x[400], y[400];
    for (int k = 0; k < 400; k++) x[k] = k % 20, y[k] = k / 20;
    ent_plot_points(plot, "everywhere", 400, x, y);
    char *svg = finish(plot);
    double left = 0.0;
    const char *box = strstr(svg, "fill=\"white\" fill-opacity=\"0.9\"");
    while (box && box > svg && strncmp(box, "<rect", 5) != 0) box--;
    CHECK(box && sscanf(box, "<rect x=\"%lf\"", &left) == 1);
    const char *circle = svg;
    double rightmost = 0.0, at = 0.0;
    while ((circle = strstr(circle, "<circle cx=\"")) && circle < box) {
        if (sscanf(circle, "<circle cx=\"%lf\"", &at) == 1 && at > rightmost) rightmost = at;
        circle++;
    }
    CHECK(left > rightmost && rightmost > 300.0);
    ent_free(svg);
    ent_plot_y(plot, "level", false);
    ent_plot_line(plot, "level", 5, xs, ys);
    svg = finish(plot);
    CHECK(count(svg, ">level</text>") == 1 &&
          !strstr(svg, "fill-opacity=\"0.9\"")); /* the axis says it */
    ent_free(svg);
    ent_plot_y(plot, "level", false);
    ent_plot_line(plot, "level", 5, xs, ys);
    ent_plot_line(plot, "span", 5, xs, ys);
    svg = finish(plot);
    CHECK(count(svg, ">level</text>") == 2 && count(svg, ">span</text>") == 1);
    ent_free(svg);
    for (int k = 0; k < 70; k++)
        ent_plot_line(plot, "a name that is so long that it takes two or three lines of the legend",
                      5, xs, ys);
    svg = finish(plot);
    CHECK(is_sane(svg));
    ent_free(svg);
}

static void hostile(ent_plot *plot)
{
    ent_plot_title(plot, "\x01\xff\xc3 ]]> <script>alert(1)</script> \xef\xbf\xbf");
    ent_plot_x(plot, NULL, false);
    ent_plot_line(plot, "a\nb\tc", 5, xs, ys);
    ent_plot_word(plot, "", 0.0, 0.0);
    ent_plot_word(plot, "far", NAN, 0.0);
    char *svg = finish(plot);
    CHECK(is_sane(svg) && !strstr(svg, "<script"));
    CHECK(strstr(svg, "\xEF\xBF\xBD") != NULL);
    ent_free(svg);
}

static ent_status draw_all(ent_ctx *ctx)
{
    ent_plot plot;
    ent_text text;
    const double v[] = {0, 1, 2, 3};
    const char *const name[] = {"a", "b"};
    ent_plot_init(ctx, &plot);
    ent_text_init(ctx, &text);
    ent_plot_title(&plot, "title");
    ent_plot_x(&plot, "x", false);
    ent_plot_tick_word(&plot, "one");
    ent_plot_bars(&plot, "bars", 2, v);
    ent_plot_band(&plot, "band", 4, v, v, v);
    ent_plot_word(&plot, "word", 1.0, 1.0);
    ent_plot_heat(&plot, "heat", 2, 2, v, v, 2, name);
    ent_plot_caption(&plot, "one");
    ent_plot_caption(&plot, "two");
    for (int k = 0; k < 8; k++) ent_plot_line(&plot, "line", 4, v, v);
    ent_plot_svg(&text, &plot);
    const ent_status st = text.status;
    CHECK(st == ENT_OK ? plot.n == 12 : plot.status == ENT_OK || plot.status == st);
    ent_text_release(&text);
    ent_plot_release(&plot);
    return st;
}

static void no_memory(ent_ctx *ctx)
{
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        brutal_on(&b);
        brutal_off(&b, draw_all(ctx));
    }
    brutal_end(&b, 50);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_plot plot;
    ent_plot_init(ctx, &plot);
    structure(&plot);
    gaps(&plot);
    empty_and_small(&plot);
    scales(&plot);
    log_axes(&plot);
    bars(&plot);
    heat(&plot);
    equal_scale(&plot);
    legend_moves_out(&plot);
    hostile(&plot);
    no_memory(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
