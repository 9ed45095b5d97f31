#include "report/svg_i.h"

#include <math.h>
#include <string.h>

enum {
    EDGE = 14,        /* between the paper's edge and anything */
    TICK = 4,         /* length of a tick */
    LINE_HEIGHT = 19, /* of a title */
    CAPTION_LINE = 15,
    LABEL_ROOM = 24,  /* an axis label and the white around it */
    WORD_MAX = 220,   /* no tick word takes more room than this */
    TITLE_WIDTH = 620 /* letters of a title are bold, and wider than estimated */
};
static const double SLANT = 0.57,
                    /* sine and cosine of the 35 degrees by which long tick words are turned */
    LEAN = 0.82;

static bool has_text(const char *text) { return text && *text; }

/* ---- layout ---- */

static double widest_label(const svg_axis *axis)
{
    double widest = 0.0;
    for (int k = 0; k < axis->ticks; k++) {
        const double width =
            ent_i_svg_text_width(axis->tick[k].label, strlen(axis->tick[k].label), SVG_TEXT_SIZE);
        if (width > widest) widest = width;
    }
    return widest;
}

static double widest_word(const ent_plot *plot)
{
    double widest = 0.0;
    for (int k = 0; k < plot->ticks; k++) {
        const double width =
            ent_i_svg_text_width(plot->tick[k], strlen(plot->tick[k]), SVG_TEXT_SIZE);
        if (width > widest) widest = width;
    }
    return widest;
}

/* The room that the words below the axis want; long ones are turned, very long ones may not take
 * half the picture. */
static double tick_word_room(svg_figure *f)
{
    const ent_plot *plot = f->plot;
    if (plot->ticks == 0) return SVG_TEXT_SIZE + 8.0;
    const double slot = (f->right - f->left) / (f->x.hi - f->x.lo), widest = widest_word(plot);
    f->is_slanted = widest + 6.0 > slot;
    return f->is_slanted ? fmin(widest, WORD_MAX) * SLANT + SVG_TEXT_SIZE + 8.0
                         : SVG_TEXT_SIZE + 8.0;
}

/* How far right the axis must begin for turned words to stay on the paper. */
static double slanted_left(const svg_figure *f)
{
    const ent_plot *plot = f->plot;
    double least = 0.0;
    if (!f->is_slanted) return least;
    const double slot = (f->right - f->left) / (f->x.hi - f->x.lo);
    for (int k = 0; k < plot->ticks; k++) {
        const double width =
            ent_i_svg_text_width(plot->tick[k], strlen(plot->tick[k]), SVG_TEXT_SIZE);
        least = fmax(least, EDGE / 2.0 + fmin(width, WORD_MAX) * LEAN - (k + 0.5) * slot);
    }
    return least;
}

/* The width of what stands beside the y axis depends on its labels, these on the height, and the
 * scale of axes with equal units on both: two rounds settle it. */
void ent_i_svg_lay_out(svg_figure *f, double right_margin)
{
    const ent_plot *plot = f->plot;
    const double y_room = has_text(plot->y_label) ? LABEL_ROOM : 0.0;
    const int title_lines =
        has_text(plot->title) ? ent_i_svg_line_count(plot->title, SVG_TITLE_SIZE, TITLE_WIDTH) : 0;
    const int caption_lines =
        has_text(plot->caption)
            ? ent_i_svg_line_count(plot->caption, SVG_CAPTION_SIZE, SVG_WIDTH - 2 * EDGE)
            : 0;
    if (f->body <= 0.0)
        f->body = caption_lines ? SVG_HEIGHT - CAPTION_LINE - EDGE / 2.0 : SVG_HEIGHT;
    f->height = f->body + (caption_lines ? caption_lines * CAPTION_LINE + EDGE / 2.0 : 0.0);
    f->left = EDGE + y_room + 40.0;
    f->right = SVG_WIDTH - right_margin;
    f->top = EDGE + title_lines * LINE_HEIGHT + 6.0;
    f->bottom = f->body - 60.0;
    for (int round = 0; round < 2; round++) {
        f->x.from = f->left, f->x.to = f->right;
        f->y.from = f->bottom, f->y.to = f->top;
        ent_i_svg_ranges(f);
        ent_i_svg_ticks(&f->x, true);
        ent_i_svg_ticks(&f->y, false);
        f->left = EDGE + y_room + widest_label(&f->y) + TICK + 4.0;
        f->top = EDGE + title_lines * LINE_HEIGHT + (f->y.power ? 22.0 : 6.0);
        f->bottom =
            f->body - EDGE / 2.0 - (has_text(plot->x_label) ? LABEL_ROOM : 6.0) - tick_word_room(f);
        f->left = fmax(f->left, slanted_left(f));
    }
    f->x.from = f->left, f->y.from = f->bottom, f->y.to = f->top;
    ent_i_svg_ranges(f);
    ent_i_svg_ticks(&f->x, true);
    ent_i_svg_ticks(&f->y, false);
}

/* ---- axes ---- */

static void grid_and_ticks(svg_figure *f)
{
    ent_text *out = f->out;
    if (!f->heat) {
        ent_text_puts(out, "<g stroke=\"#E4E4E4\" stroke-width=\"0.8\">\n");
        for (int k = 0; k < f->x.ticks; k++) {
            const double x = ent_i_svg_place(&f->x, f->x.tick[k].value);
            if (*f->x.tick[k].label) ent_i_svg_line(out, x, f->top, x, f->bottom, "");
        }
        for (int k = 0; k < f->y.ticks; k++) {
            const double y = ent_i_svg_place(&f->y, f->y.tick[k].value);
            if (*f->y.tick[k].label) ent_i_svg_line(out, f->left, y, f->right, y, "");
        }
        const double zero = f->y.is_log || f->y.lo >= 0.0 || f->y.hi <= 0.0
                                ? (double)NAN
                                : ent_i_svg_place(&f->y, 0.0);
        if (isfinite(zero))
            ent_i_svg_line(out, f->left, zero, f->right, zero, "stroke=\"#9A9A9A\"");
        ent_text_puts(out, "</g>\n");
    }
    ent_text_puts(out, "<g stroke=\"#333333\" stroke-width=\"0.9\" fill=\"none\">\n");
    ent_text_puts(out, "<path d=\"");
    ent_i_svg_move(out, 'M', f->left, f->top);
    ent_i_svg_move(out, 'L', f->left, f->bottom);
    ent_i_svg_move(out, 'L', f->right, f->bottom);
    ent_text_puts(out, "\"/>\n");
    for (int k = 0; k < f->x.ticks; k++) {
        const double x = ent_i_svg_place(&f->x, f->x.tick[k].value);
        ent_i_svg_line(out, x, f->bottom, x, f->bottom + (*f->x.tick[k].label ? TICK : TICK / 2.0),
                       "");
    }
    for (int k = 0; k < f->y.ticks; k++) {
        const double y = ent_i_svg_place(&f->y, f->y.tick[k].value);
        ent_i_svg_line(out, f->left - (*f->y.tick[k].label ? TICK : TICK / 2.0), y, f->left, y, "");
    }
    ent_text_puts(out, "</g>\n");
}

static void slanted_word(svg_figure *f, double x, double y, const char *word)
{
    ent_text *out = f->out;
    ent_text_puts(out, "<text text-anchor=\"end\" transform=\"translate(");
    ent_i_svg_number(out, x);
    ent_text_putc(out, ' ');
    ent_i_svg_number(out, y);
    ent_text_printf(out, ") rotate(-35)\" font-size=\"%d\">", SVG_TEXT_SIZE);
    ent_i_svg_escape(out, word, strlen(word));
    ent_text_puts(out, "</text>\n");
}

/* Words below the axis; so many that not even turned ones fit, and only every second, third, ... is
 * shown. */
static void tick_words(svg_figure *f)
{
    const ent_plot *plot = f->plot;
    const double slot = (f->x.to - f->x.from) / (f->x.hi - f->x.lo);
    const int every =
        slot > 0.0 && slot < SVG_TEXT_SIZE + 2.0 ? (int)((SVG_TEXT_SIZE + 2.0) / slot) + 1 : 1;
    for (int k = 0; k < plot->ticks; k += every) {
        const double x = ent_i_svg_place(&f->x, k + 1.0), y = f->bottom + TICK + SVG_TEXT_SIZE;
        if (f->is_slanted) slanted_word(f, x + 4.0, y, plot->tick[k]);
        else
            ent_i_svg_words(f->out, x, y, SVG_TEXT_SIZE, "middle", "", plot->tick[k],
                            strlen(plot->tick[k]));
    }
}

static void tick_labels(svg_figure *f)
{
    ent_text *out = f->out;
    char power[SVG_LABEL_MAX];
    for (int k = 0; k < f->x.ticks; k++) {
        const char *label = f->x.tick[k].label;
        const double x = ent_i_svg_place(&f->x, f->x.tick[k].value);
        if (*label)
            ent_i_svg_words(out, x, f->bottom + TICK + SVG_TEXT_SIZE, SVG_TEXT_SIZE, "middle", "",
                            label, strlen(label));
    }
    for (int k = 0; k < f->y.ticks; k++) {
        const char *label = f->y.tick[k].label;
        const double y = ent_i_svg_place(&f->y, f->y.tick[k].value) + SVG_TEXT_SIZE * 0.35;
        if (*label)
            ent_i_svg_words(out, f->left - TICK - 3.0, y, SVG_TEXT_SIZE, "end", "", label,
                            strlen(label));
    }
    if (f->y.power) {
        ent_i_svg_power(power, f->y.power);
        ent_i_svg_words(out, f->left - TICK - 3.0, f->top - 9.0, SVG_TEXT_SIZE, "start", "", power,
                        strlen(power));
    }
    if (f->x.power) {
        ent_i_svg_power(power, f->x.power);
        ent_i_svg_words(out, f->right, f->bottom + TICK + SVG_TEXT_SIZE + 17.0, SVG_TEXT_SIZE,
                        "end", "", power, strlen(power));
    }
    tick_words(f);
}

void ent_i_svg_frame(svg_figure *f)
{
    if (f->plot->is_bare) return;
    grid_and_ticks(f);
    ent_text_puts(f->out, "<g fill=\"#333333\">\n");
    tick_labels(f);
    ent_text_puts(f->out, "</g>\n");
}

/* ---- title, labels, caption ---- */

/* A size at which a label fits into the length of its axis. */
static int label_size(const char *text, double length)
{
    int size = SVG_LABEL_SIZE;
    while (size > 8 && ent_i_svg_text_width(text, strlen(text), size) > length) size--;
    return size;
}

void ent_i_svg_texts(svg_figure *f)
{
    ent_text *out = f->out;
    const ent_plot *plot = f->plot;
    if (has_text(plot->title))
        ent_i_svg_paragraph(out, EDGE, EDGE + SVG_TITLE_SIZE - 2.0, SVG_TITLE_SIZE, LINE_HEIGHT,
                            TITLE_WIDTH, "font-weight=\"bold\"", plot->title);
    if (has_text(plot->x_label)) {
        const double x = (f->left + f->right) / 2, y = f->body - EDGE / 2.0 - 3.0;
        const int size = label_size(plot->x_label, SVG_WIDTH - 2.0 * EDGE);
        ent_i_svg_words(out, x, y, size, "middle", "", plot->x_label, strlen(plot->x_label));
    }
    if (has_text(plot->y_label)) {
        const double x = EDGE + SVG_LABEL_SIZE - 2.0, y = (f->top + f->bottom) / 2;
        ent_text_puts(out, "<text text-anchor=\"middle\" transform=\"translate(");
        ent_i_svg_number(out, x);
        ent_text_putc(out, ' ');
        ent_i_svg_number(out, y);
        ent_text_printf(out, ") rotate(-90)\" font-size=\"%d\">",
                        label_size(plot->y_label, f->bottom - EDGE));
        ent_i_svg_escape(out, plot->y_label, strlen(plot->y_label));
        ent_text_puts(out, "</text>\n");
    }
    if (has_text(plot->caption))
        ent_i_svg_paragraph(out, EDGE, f->body + CAPTION_LINE - 2.0, SVG_CAPTION_SIZE, CAPTION_LINE,
                            SVG_WIDTH - 2 * EDGE, "fill=\"#555555\"", plot->caption);
}
