/* The picture of `efficient`: the incentive-efficient utilities of a coalition with two or three
 * interim coordinates, as far as they are individually rational, with the neutral procedural
 * solution marked ([Sal] Figures 2.1, 2.2, 6.1). Where the whole coalition's frontier is in the
 * document too, what it adds when its other members get no more than they have alone. */
#include "bayesian/bayesian_solve.h"

#include "bayesian/bayes_tables.h"
#include "bayesian/efficient_space.h"
#include "bayesian/neutral.h"

#include <math.h>
#include <string.h>

enum { LABELS_MAX = 6 }; /* a picture with more corners than this names none */
enum {
    COLOUR_SOLUTION = 1,
    COLOUR_WEIGHTS = 2,
    COLOUR_PART = 5,
    COLOUR_WHOLE = 0,
    COLOUR_OTHERS = 3
};

typedef struct drawing {
    ent_space space;
    const ent_bayesian *model;
    const ent_bayes_game *game;
    const ent_bayes_coal *part; /* the coalition whose interims are the axes */
    ent_space_polygon corners;  /* all that were drawn, each once */
} drawing;

/* Where an interim of coalition s is among the axes; -1: nowhere. */
static int axis_of(const drawing *d, const ent_bayes_coal *s, int m)
{
    int k = 0;
    while (m >= s->first[k + 1]) k++;
    const int place = ent_bayes_place(d->part, s->member[k]);
    return place < 0 ? -1 : d->part->first[place] + m - s->first[k];
}

/* An interim of the document as numbers in the order of interims. */
static void read_interim(const ent_bayesian *model, const ent_bayes_coal *s,
                         const ent_json *interim, double *out)
{
    int k = 0;
    for (int i = 0; i < s->size; i++) {
        const int player = s->member[i];
        const ent_json *mine = ent_json_get(interim, model->player[player]);
        for (int t = 0; t < s->types[i]; t++)
            out[k++] = ent_number_value(
                s->types[i] == 1 ? mine : ent_json_get(mine, model->type[player][t]));
    }
}

/* What the interims of s have alone. */
static void alone(const drawing *d, const ent_bayes_coal *s, double *out)
{
    for (int i = 0, m = 0; i < s->size; i++)
        for (int t = 0; t < s->types[i]; t++, m++)
            out[m] = d->game->answer[ent_coal_single(s->member[i])].utility.value[t];
}

/* The facets of s where its interims that are no axes get what they have alone. */
static ent_status planes_of(ent_ctx *ctx, const drawing *d, const ent_bayes_coal *s,
                            const ent_json *frontier, int *n, ent_space_plane **out)
{
    ent_status st = ENT_OK;
    double *weight = NULL, *least = NULL;
    const ent_json *facets = ent_json_get(frontier, "facets");
    int k = 0;
    ENT_SCRATCH(ctx, weight, s->interims);
    ENT_SCRATCH(ctx, least, s->interims);
    ENT_SCRATCH(ctx, *out, facets->count + 1);
    alone(d, s, least);
    for (const ent_json *facet = facets->first; facet; facet = facet->next, k++) {
        ent_space_plane *plane = &(*out)[k];
        *plane = (ent_space_plane){.bound = ent_number_value(ent_json_get(facet, "bound"))};
        read_interim(d->model, s, ent_json_get(facet, "weights"), weight);
        for (int m = 0; m < s->interims; m++) {
            const int axis = axis_of(d, s, m);
            if (axis >= 0) plane->weight[axis] = weight[m];
            else plane->bound -= weight[m] * least[m];
        }
    }
    *n = k;
done:
    return st;
}

static bool is_efficient(const drawing *d, const ent_space_plane *plane)
{
    bool positive = true;
    for (int m = 0; m < d->space.axes; m++) positive = positive && plane->weight[m] > 0.0;
    return positive;
}

/* The efficient faces of a coalition; those that only touch the others' are not drawn. */
static ent_status draw_frontier(ent_ctx *ctx, drawing *d, const ent_bayes_coal *s,
                                const ent_json *frontier, const char *name, int colour)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_space_plane *plane = NULL;
    int n = 0;
    bool named = false;
    ENT_TRY(planes_of(ctx, d, s, frontier, &n, &plane));
    for (int k = 0; k < n; k++) {
        ent_space_polygon p = {0};
        if (!is_efficient(d, &plane[k])) continue;
        ent_i_space_face(&d->space, n, plane, k, &p);
        if (p.n < d->space.axes) continue;
        ent_i_space_draw(&d->space, &p, named ? "" : name, colour);
        named = true;
        for (int j = 0; j < p.n; j++) ent_i_space_add(&d->space, p.x[j], &d->corners);
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Where no efficient face is drawn: the vertices that are individually rational. */
static void draw_vertices(drawing *d, const ent_json *frontier)
{
    for (const ent_json *v = ent_json_get(frontier, "vertices")->first;
         v && d->corners.n < ENT_SPACE_CORNERS; v = v->next) {
        double u[ENT_SPACE_AXES] = {0};
        bool rational = true;
        read_interim(d->model, d->part, v, u);
        for (int m = 0; m < d->space.axes; m++) rational = rational && u[m] >= d->space.low[m];
        if (!rational) continue;
        ent_i_space_mark(&d->space, d->corners.n ? "" : "efficient, individually rational", u,
                         COLOUR_WHOLE);
        ent_i_space_add(&d->space, u, &d->corners);
    }
}

/* Axes run from what everybody has alone to the best that anybody gets, over the vertices of s. */
static void widen(drawing *d, const ent_bayes_coal *s, const ent_json *frontier)
{
    for (const ent_json *v = ent_json_get(frontier, "vertices")->first; v; v = v->next) {
        double u[ENT_BAYESIAN_PLAYERS_MAX * ENT_BAYESIAN_TYPES_MAX];
        read_interim(d->model, s, v, u);
        for (int m = 0; m < s->interims; m++) {
            const int axis = axis_of(d, s, m);
            if (axis >= 0) d->space.high[axis] = fmax(d->space.high[axis], u[m]);
        }
    }
}

/* The axes' names, also in the caption. */
static ent_status draw_axes(ent_ctx *ctx, const drawing *d)
{
    ent_status st = ENT_OK;
    ent_text name[ENT_SPACE_AXES];
    char *names[ENT_SPACE_AXES];
    for (int m = 0; m < ENT_SPACE_AXES; m++) ent_text_init(ctx, &name[m]);
    for (int i = 0, m = 0; i < d->part->size; i++)
        for (int t = 0; t < d->part->types[i]; t++, m++) {
            ent_text_puts(&name[m], d->model->player[d->part->member[i]]);
            if (d->part->types[i] > 1)
                ent_text_printf(&name[m], " %s", d->model->type[d->part->member[i]][t]);
            ENT_TRY(name[m].status);
            names[m] = name[m].data;
        }
    ent_i_space_axes(&d->space, names);
    if (d->space.axes == 3)
        ent_plot_caption(d->space.plot, "Numbers in parentheses: %s, %s, %s.", names[0], names[1],
                         names[2]);
    else ent_plot_caption(d->space.plot, "Numbers in parentheses: %s, %s.", names[0], names[1]);
done:
    for (int m = 0; m < ENT_SPACE_AXES; m++) ent_text_release(&name[m]);
    return st;
}

/* A point with its numbers in the legend. */
static ent_status mark(ent_ctx *ctx, const drawing *d, const char *name, const double *u,
                       int colour)
{
    ent_status st = ENT_OK;
    ent_text legend;
    ent_text_init(ctx, &legend);
    ent_text_printf(&legend, "%s ", name);
    ent_i_space_words(&d->space, u, &legend);
    ENT_TRY(legend.status);
    ent_i_space_mark(&d->space, legend.data, u, colour);
done:
    ent_text_release(&legend);
    return st;
}

/* The names of the members of s that are not in the coalition of the axes. */
static void others(const drawing *d, const ent_bayes_coal *s, ent_text *out)
{
    bool more = false;
    for (int i = 0; i < s->size; i++) {
        if (ent_bayes_place(d->part, s->member[i]) >= 0) continue;
        ent_text_printf(out, "%s%s", more ? ", " : "", d->model->player[s->member[i]]);
        more = true;
    }
}

/* The whole coalition: its slice, and its solution as far as the axes show it. */
static ent_status draw_whole(ent_ctx *ctx, drawing *d, const ent_bayes_coal *s,
                             const ent_json *frontier)
{
    ent_status st = ENT_OK;
    ent_text name;
    ent_text_init(ctx, &name);
    ent_text_puts(&name, "efficient with ");
    others(d, s, &name);
    ent_text_puts(&name, " held to what they have alone");
    ENT_TRY(name.status);
    ENT_TRY(draw_frontier(ctx, d, s, frontier, name.data, COLOUR_WHOLE));
    double u[ENT_SPACE_AXES] = {0};
    for (int m = 0; m < s->interims; m++)
        if (axis_of(d, s, m) >= 0)
            u[axis_of(d, s, m)] = d->game->answer[s->members].utility.value[m];
    ent_text_reset(&name);
    ent_text_puts(&name, "neutral procedural solution with ");
    others(d, s, &name);
    ENT_TRY(name.status);
    ENT_TRY(mark(ctx, d, name.data, u, COLOUR_OTHERS));
done:
    ent_text_release(&name);
    return st;
}

/* The entry of the largest coalition with two or three interims whose frontier is in the document;
 * of the whole one, when that has more. */
static const ent_json *choose(const ent_bayes_game *g, const ent_json *coalitions, ent_coal *mask,
                              const ent_json **whole)
{
    const ent_json *chosen = NULL;
    int k = 0;
    *whole = NULL;
    for (const ent_json *s = coalitions->first; s && k < g->n; s = s->next, k++) {
        const ent_bayes_coal *coal = g->model->coalition[g->coalition[k]];
        if (!ent_json_get(s, "frontier")) continue;
        if (coal->interims > ENT_SPACE_AXES) {
            if (g->coalition[k] == g->model->focus) *whole = s;
            continue;
        }
        if (chosen && coal->interims <= g->model->coalition[*mask]->interims) continue;
        chosen = s;
        *mask = g->coalition[k];
    }
    return chosen;
}

static ent_status read_model(ent_ctx *ctx, const ent_json *node, ent_doc **doc,
                             ent_bayesian **model)
{
    ent_status st = ENT_OK;
    ent_text text;
    ent_text_init(ctx, &text);
    ent_json_write(&text, node, false);
    ENT_TRY(text.status);
    ENT_TRY(ent_doc_read(ctx, "model", text.len, text.data, doc));
    ENT_TRY(ent_bayesian_read(ctx, *doc, ent_doc_root(*doc), model));
done:
    ent_text_release(&text);
    return st;
}

static ent_status draw(ent_ctx *ctx, drawing *d, const ent_json *s, const ent_json *whole)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *all = d->model->coalition[d->model->focus];
    const ent_json *frontier = ent_json_get(s, "frontier"),
                   *above = ent_json_get(whole, "frontier");
    alone(d, d->part, d->space.low);
    for (int m = 0; m < ENT_SPACE_AXES; m++) d->space.high[m] = d->space.low[m];
    widen(d, d->part, frontier);
    if (above) widen(d, all, above);
    for (int m = 0; m < ENT_SPACE_AXES; m++)
        if (!(d->space.high[m] > d->space.low[m])) d->space.high[m] = d->space.low[m] + 1.0;
    ENT_TRY(draw_axes(ctx, d));
    ENT_TRY(draw_frontier(ctx, d, d->part, frontier, "efficient, individually rational",
                          above ? COLOUR_PART : COLOUR_WHOLE));
    if (d->corners.n == 0) draw_vertices(d, frontier);
    if (above) ENT_TRY(draw_whole(ctx, d, all, above));
    ENT_TRY(mark(ctx, d, "neutral procedural solution",
                 d->game->answer[d->part->members].utility.value, COLOUR_SOLUTION));
    double u[ENT_SPACE_AXES] = {0};
    read_interim(d->model, d->part, ent_json_get(s, "utilities"), u);
    ENT_TRY(mark(ctx, d, "efficient at the given weights", u, COLOUR_WEIGHTS));
    for (int k = 0; k < d->corners.n && d->corners.n <= LABELS_MAX; k++)
        ent_i_space_label(&d->space, d->corners.x[k]);
done:
    return st;
}

ent_status ent_i_efficient_picture(ent_ctx *ctx, const ent_json *result, ent_plot *out)
{
    ent_status st = ENT_OK;
    ent_doc *doc = NULL;
    ent_bayesian *model = NULL;
    ent_bayes_game game = {0};
    ent_coal mask = 0;
    const ent_json *whole = NULL;
    const ent_bayesian_settings settings = {.starts = 1,
                                            .seed = 1,
                                            .attempts = 12,
                                            .theta_end = 1e-5,
                                            .tolerance = 1e-12,
                                            .exact_work = 3e7,
                                            .threads = 1};
    ENT_TRY(read_model(ctx, ent_json_get(result, "model"), &doc, &model));
    ENT_TRY(ent_i_neutral_game(ctx, model, &settings, &game));
    const ent_json *s =
        choose(&game, ent_json_get(ent_json_get(result, "solution"), "coalitions"), &mask, &whole);
    if (!s)
        ENT_FAIL(
            ctx, ENT_E_ARG,
            "a picture wants a coalition whose members have two or three types together and whose frontier was computed");
    drawing d = {.space = {.plot = out, .axes = model->coalition[mask]->interims},
                 .model = model,
                 .game = &game,
                 .part = model->coalition[mask]};
    ent_plot_title(out, model->title);
    ent_plot_caption(
        out,
        "What incentive compatibility allows coalition %s: efficient utilities of every type, from what each has alone.",
        s->key);
    ENT_TRY(draw(ctx, &d, s, whole));
    ENT_TRY(out->status);
done:
    ent_i_bayes_game_free(&game);
    ent_bayesian_free(model);
    ent_doc_free(doc);
    return st;
}
