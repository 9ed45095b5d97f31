#include "report/svg_i.h"

#include <math.h>
#include <stdio.h>

/* Okabe and Ito's palette for colour-blind readers, without the yellow that paper swallows. */
static const char *const colours[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                      "#E69F00", "#56B4E9", "#222222", "#7F7F7F"};
static const char *const dashes[] = {"", "7 3", "2 2.5", "8 3 2 3", "13 3", "8 3 2 3 2 3", "4 2"};
enum {
    COLOURS = sizeof colours / sizeof *colours,
    DASHES = sizeof dashes / sizeof *dashes,
    MARKS = 6
};

/* Seven dashes and eight colours: the pairs repeat after 56 layers. */
const char *ent_i_svg_colour(int index) { return colours[index % COLOURS]; }

const char *ent_i_svg_dash(int index) { return dashes[index % DASHES]; }

static void polygon(ent_text *out, int n, const double (*corner)[2], double x, double y)
{
    ent_text_puts(out, "<path d=\"");
    for (int k = 0; k < n; k++)
        ent_i_svg_move(out, k ? 'L' : 'M', x + corner[k][0], y + corner[k][1]);
    ent_text_puts(out, "Z\"/>\n");
}

static const double square[4][2] = {{-3.2, -3.2}, {3.2, -3.2}, {3.2, 3.2}, {-3.2, 3.2}};
static const double triangle[3][2] = {{0, -4.4}, {4.2, 3}, {-4.2, 3}};
static const double diamond[4][2] = {{0, -4.8}, {4.8, 0}, {0, 4.8}, {-4.8, 0}};
static const double upturned[3][2] = {{0, 4.4}, {4.2, -3}, {-4.2, -3}};
static const double cross[12][2] = {{-4, -2.4}, {-2.4, -4}, {0, -1.6}, {2.4, -4},
                                    {4, -2.4},  {1.6, 0},   {4, 2.4},  {2.4, 4},
                                    {0, 1.6},   {-2.4, 4},  {-4, 2.4}, {-1.6, 0}};

void ent_i_svg_mark(ent_text *out, int index, double x, double y)
{
    switch (index % MARKS) {
    case 0:
        ent_text_puts(out, "<circle");
        ent_i_svg_attribute(out, "cx", x);
        ent_i_svg_attribute(out, "cy", y);
        ent_text_puts(out, " r=\"3.6\"/>\n");
        break;
    case 1: polygon(out, 4, square, x, y); break;
    case 2: polygon(out, 3, triangle, x, y); break;
    case 3: polygon(out, 4, diamond, x, y); break;
    case 4: polygon(out, 3, upturned, x, y); break;
    default: polygon(out, 12, cross, x, y); break;
    }
}

/* Ten anchors of the scale viridis: even in lightness, readable without colour. */
static const unsigned viridis[] = {0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E,
                                   0x1F9E89, 0x35B779, 0x6ECE58, 0xB5DE2B, 0xFDE725};

static unsigned mix(unsigned a, unsigned b, double t)
{
    unsigned mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        const double from = a >> shift & 0xFF, to = b >> shift & 0xFF;
        mixed |= (unsigned)lround(from + t * (to - from)) << shift;
    }
    return mixed;
}

void ent_i_svg_heat_colour(char colour[8], double t)
{
    const int last = (int)(sizeof viridis / sizeof *viridis) - 1;
    const double kept = t > 0.0 ? (t < 1.0 ? t : 1.0) : 0.0;
    int k = (int)(kept * last);
    if (k == last) k--;
    snprintf(colour, 8, "#%06X", mix(viridis[k], viridis[k + 1], kept * last - k) & 0xFFFFFF);
}

/* Classes fill areas: lighter than lines, and lighter still each time the palette is used up. */
void ent_i_svg_class_colour(char colour[8], int index)
{
    static const unsigned base[COLOURS] = {0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7,
                                           0x56B4E9, 0xD55E00, 0xBBBBBB, 0x555555};
    const double lighter[] = {0.25, 0.55, 0.75, 0.05};
    snprintf(colour, 8, "#%06X",
             mix(base[index % COLOURS], 0xFFFFFF, lighter[index / COLOURS % 4]) & 0xFFFFFF);
}
