#include "report/svg_i.h"

#include "base/display.h"

#include <math.h>
#include <string.h>

/* printf would write the decimal point of the locale. */
void ent_i_svg_number(ent_text *out, double x)
{
    const double limit = 1e6;
    const double kept = x > limit ? limit : x < -limit ? -limit : x;
    const long hundredths = lround(kept * 100.0);
    const long magnitude = hundredths < 0 ? -hundredths : hundredths;
    if (hundredths < 0) ent_text_putc(out, '-');
    ent_text_printf(out, "%ld", magnitude / 100);
    const int rest = (int)(magnitude % 100);
    if (rest % 10 != 0) ent_text_printf(out, ".%02d", rest);
    else if (rest != 0) ent_text_printf(out, ".%d", rest / 10);
}

void ent_i_svg_attribute(ent_text *out, const char *name, double x)
{
    ent_text_printf(out, " %s=\"", name);
    ent_i_svg_number(out, x);
    ent_text_putc(out, '"');
}

void ent_i_svg_move(ent_text *out, char command, double x, double y)
{
    ent_text_putc(out, command);
    ent_i_svg_number(out, x);
    ent_text_putc(out, ' ');
    ent_i_svg_number(out, y);
}

/* What XML 1.0 does not allow at all becomes U+FFFD. */
void ent_i_svg_escape(ent_text *out, const char *text, size_t len)
{
    const char *p = text, *const end = text + len;
    while (p < end) {
        const char *const from = p;
        const uint32_t c = ent_i_utf8_next(&p, end);
        const bool is_allowed = c >= 0x20 ? c < 0xD800 || (c > 0xDFFF && c < 0xFFFD) || c > 0xFFFF
                                          : c == '\t' || c == '\n';
        if (c == '&') ent_text_puts(out, "&amp;");
        else if (c == '<') ent_text_puts(out, "&lt;");
        else if (c == '>') ent_text_puts(out, "&gt;");
        else if (c == '"') ent_text_puts(out, "&quot;");
        else if (!is_allowed) ent_text_puts(out, "\xEF\xBF\xBD");
        else ent_text_add(out, from, (size_t)(p - from));
    }
}

void ent_i_svg_line(ent_text *out, double x1, double y1, double x2, double y2, const char *rest)
{
    ent_text_puts(out, "<line");
    ent_i_svg_attribute(out, "x1", x1);
    ent_i_svg_attribute(out, "y1", y1);
    ent_i_svg_attribute(out, "x2", x2);
    ent_i_svg_attribute(out, "y2", y2);
    ent_text_printf(out, "%s%s/>\n", *rest ? " " : "", rest);
}

void ent_i_svg_rect(ent_text *out, svg_box box, const char *rest)
{
    ent_text_puts(out, "<rect");
    ent_i_svg_attribute(out, "x", box.x);
    ent_i_svg_attribute(out, "y", box.y);
    ent_i_svg_attribute(out, "width", box.width);
    ent_i_svg_attribute(out, "height", box.height);
    ent_text_printf(out, "%s%s/>\n", *rest ? " " : "", rest);
}

void ent_i_svg_words(ent_text *out, double x, double y, int size, const char *anchor,
                     const char *rest, const char *text, size_t len)
{
    ent_text_puts(out, "<text");
    ent_i_svg_attribute(out, "x", x);
    ent_i_svg_attribute(out, "y", y);
    ent_text_printf(out, " font-size=\"%d\"", size);
    if (strcmp(anchor, "start") != 0) ent_text_printf(out, " text-anchor=\"%s\"", anchor);
    ent_text_printf(out, "%s%s>", *rest ? " " : "", rest);
    ent_i_svg_escape(out, text, len);
    ent_text_puts(out, "</text>\n");
}

/* Widths of the printable ASCII characters of Helvetica, in thousandths of the font size. */
static const short helvetica[95] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};

static double character_width(uint32_t c)
{
    enum { OTHER = 600, SLACK = 119 }; /* percent: other sans-serif fonts are up to a fifth wider */
    const int wide = c >= 32 && c < 127 ? helvetica[c - 32] : OTHER * ent_i_columns(c);
    return wide * SLACK / 100000.0;
}

double ent_i_svg_text_width(const char *text, size_t len, double size)
{
    const char *p = text, *const end = text + len;
    double width = 0.0;
    while (p < end) width += character_width(ent_i_utf8_next(&p, end));
    return width * size;
}

/* Breaks at the last blank that fits; a word longer than the line is cut. */
bool ent_i_svg_wrap(const char **text, double size, double width, const char **line, size_t *len)
{
    const char *p = *text;
    while (*p == ' ' || *p == '\n') p++;
    if (!*p) return false;
    *line = p;
    const char *const end = p + strlen(p);
    const char *fit = NULL, *last = p;
    double used = 0.0;
    while (p < end && *p != '\n') {
        if (*p == ' ') fit = p;
        used += size * character_width(ent_i_utf8_next(&p, end));
        if (used > width && last > *line) break;
        last = p;
    }
    const bool is_whole = last == end || *last == '\n';
    const char *const stop = is_whole || !fit || *last == ' ' ? last : fit;
    *len = (size_t)(stop - *line);
    *text = stop;
    return true;
}

int ent_i_svg_line_count(const char *text, double size, double width)
{
    const char *p = text, *line = NULL;
    size_t len = 0;
    int lines = 0;
    while (ent_i_svg_wrap(&p, size, width, &line, &len)) lines++;
    return lines;
}

void ent_i_svg_paragraph(ent_text *out, double x, double y, int size, int line_height, double width,
                         const char *rest, const char *text)
{
    const char *p = text, *line = NULL;
    size_t len = 0;
    for (int k = 0; ent_i_svg_wrap(&p, size, width, &line, &len); k++)
        ent_i_svg_words(out, x, y + (double)k * line_height, size, "start", rest, line, len);
}
