#include "report/svg_i.h"

#include <math.h>
#include <string.h>

enum { AWAY = 7, PLACES = 12 };

/* Where a word of this width can stand beside a point, the favourite first; the box's y is its
 * top. */
static svg_box beside(int place, double x, double y, double width)
{
    const double height = SVG_TEXT_SIZE + 1.0;
    const svg_box boxes[PLACES] = {{x + AWAY, y - AWAY - height + 5.0, width, height},
                                   {x + AWAY, y - height / 2, width, height},
                                   {x - width / 2, y - AWAY - height, width, height},
                                   {x - AWAY - width, y - AWAY - height + 5.0, width, height},
                                   {x - AWAY - width, y - height / 2, width, height},
                                   {x + AWAY, y + AWAY - 5.0, width, height},
                                   {x - width / 2, y + AWAY, width, height},
                                   {x - AWAY - width, y + AWAY - 5.0, width, height},
                                   {x + AWAY, y - 2 * AWAY - height, width, height},
                                   {x + AWAY, y + 2 * AWAY, width, height},
                                   {x - AWAY - width, y - 2 * AWAY - height, width, height},
                                   {x - AWAY - width, y + 2 * AWAY, width, height}};
    return boxes[place];
}

/* Leaving the frame is worse than covering anything inside. */
static int cost(const svg_figure *f, svg_box box)
{
    enum { OUTSIDE = 1000 };
    const bool is_outside = box.x < f->left + 1.0 || box.x + box.width > SVG_WIDTH - 2.0 ||
                            box.y < 2.0 || box.y + box.height > f->bottom;
    return (is_outside ? OUTSIDE : 0) + ent_i_svg_ink_under(f, box);
}

void ent_i_svg_place_words(svg_figure *f)
{
    for (int k = 0; k < f->plot->n; k++) {
        const ent_layer *layer = &f->plot->layer[k];
        f->word[k] = (svg_box){0};
        if (layer->kind != ENT_LAYER_TEXT || !*layer->name) continue;
        const double x = ent_i_svg_place(&f->x, layer->x[0]),
                     y = ent_i_svg_place(&f->y, layer->y[0]);
        if (!isfinite(x) || !isfinite(y)) continue;
        const double width = ent_i_svg_text_width(layer->name, strlen(layer->name), SVG_TEXT_SIZE);
        svg_box best = beside(0, x, y, width);
        for (int place = 1; place < PLACES; place++) {
            const svg_box box = beside(place, x, y, width);
            if (cost(f, box) < cost(f, best)) best = box;
        }
        f->word[k] = best;
        ent_i_svg_ink_box(f, best);
    }
}

/* A white edge around the letters keeps them readable above lines. */
void ent_i_svg_word(svg_figure *f, int index)
{
    const ent_layer *layer = &f->plot->layer[index];
    const svg_box box = f->word[index];
    if (!(box.width > 0.0)) return;
    ent_text_puts(f->out, "<text");
    ent_i_svg_attribute(f->out, "x", box.x + box.width / 2);
    ent_i_svg_attribute(f->out, "y", box.y + SVG_TEXT_SIZE - 2.0);
    ent_text_printf(f->out, " font-size=\"%d\" text-anchor=\"middle\" fill=\"%s\"", SVG_TEXT_SIZE,
                    layer->colour < 0 ? "#222222" : ent_i_svg_colour(layer->colour));
    ent_text_puts(
        f->out,
        " stroke=\"white\" stroke-width=\"2.5\" stroke-linejoin=\"round\" paint-order=\"stroke\">");
    ent_i_svg_escape(f->out, layer->name, strlen(layer->name));
    ent_text_puts(f->out, "</text>\n");
}
