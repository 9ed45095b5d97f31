/* The picture of `efficient`: the incentive-efficient utilities of a coalition with two or three interim coordinates, as far
 * as they are individually rational, with the neutral procedural solution marked ([Sal] Figures 2.1, 2.2, 6.1). Three
 * coordinates are drawn as a cabinet of three axes, each scaled by its own range. */
#include "bayesian/bayesian_solve.h"

#include "bayesian/bayes_tables.h"
#include "bayesian/neutral.h"

#include <math.h>

enum { CORNERS = 64, AXES = 3 };

typedef struct drawing {
    ent_plot *plot;
    const ent_bayesian *model;
    const ent_bayes_coal *coal;
    double low[AXES], high[AXES]; /* ranges of the axes */
    int axes;
} drawing;

typedef struct polygon {
    int n;
    double x[CORNERS][AXES];
} polygon;

/* An interim of the document as numbers in the order of interims. */
static void read_interim(const drawing *d, const ent_json *interim, double *out)
{
    int k = 0;
    for (int i = 0; i < d->coal->size; i++) {
        const int player = d->coal->member[i];
        const ent_json *mine = ent_json_get(interim, d->model->player[player]);
        for (int t = 0; t < d->coal->types[i]; t++)
            out[k++] = ent_number_value(d->coal->types[i] == 1 ? mine : ent_json_get(mine, d->model->type[player][t]));
    }
}

static void project(const drawing *d, const double *u, double out[2])
{
    if (d->axes == 2) {
        out[0] = u[0];
        out[1] = u[1];
        return;
    }
    double s[AXES];
    for (int m = 0; m < AXES; m++) s[m] = (u[m] - d->low[m]) / (d->high[m] - d->low[m]);
    out[0] = 0.8660254 * (s[1] - s[0]);
    out[1] = s[2] - 0.5 * (s[0] + s[1]);
}

/* Order corners by their angle around their mean, in the plane of the facet: its two longest coordinates will do, because
 * all weights of an efficient facet are positive. */
static void sort_corners(polygon *p)
{
    double mean[2] = {0.0, 0.0};
    for (int k = 0; k < p->n; k++) mean[0] += p->x[k][0] / p->n, mean[1] += p->x[k][1] / p->n;
    for (int k = 1; k < p->n; k++)
        for (int l = k; l > 0; l--) {
            const double a = atan2(p->x[l][1] - mean[1], p->x[l][0] - mean[0]);
            const double b = atan2(p->x[l - 1][1] - mean[1], p->x[l - 1][0] - mean[0]);
            if (!(a < b)) break;
            for (int m = 0; m < AXES; m++) {
                const double t = p->x[l][m];
                p->x[l][m] = p->x[l - 1][m];
                p->x[l - 1][m] = t;
            }
        }
}

/* Sutherland-Hodgman: keep the part with coordinate m at least `least`. */
static void clip(polygon *p, int m, double least)
{
    polygon out = {0};
    for (int k = 0; k < p->n && out.n + 2 < CORNERS; k++) {
        const double *a = p->x[k], *b = p->x[(k + 1) % p->n];
        const bool in = a[m] >= least, next = b[m] >= least;
        if (in) {
            for (int l = 0; l < AXES; l++) out.x[out.n][l] = a[l];
            out.n++;
        }
        if (in == next) continue;
        const double s = (least - a[m]) / (b[m] - a[m]);
        for (int l = 0; l < AXES; l++) out.x[out.n][l] = a[l] + s * (b[l] - a[l]);
        out.n++;
    }
    *p = out;
}

static void draw_polygon(const drawing *d, const polygon *p, bool first)
{
    double x[CORNERS + 1], y[CORNERS + 1], at[2];
    if (p->n < 2) return;
    for (int k = 0; k <= p->n; k++) {
        project(d, p->x[k % p->n], at);
        x[k] = at[0];
        y[k] = at[1];
    }
    const char *name = first ? "incentive efficient, individually rational" : "";
    ent_layer *layer = d->axes == 2 || p->n == 2 ? ent_plot_line(d->plot, name, d->axes == 2 ? p->n : p->n + 1, x, y)
                                                 : ent_plot_area(d->plot, name, p->n, x, y);
    if (layer) layer->colour = 0;
    if (d->axes == 2 || p->n == 2) return;
    layer = ent_plot_line(d->plot, "", p->n + 1, x, y);
    if (layer) layer->colour = 0;
}

static bool all_positive(const drawing *d, const ent_json *weights)
{
    double w[AXES] = {0};
    read_interim(d, weights, w);
    for (int m = 0; m < d->axes; m++)
        if (!(w[m] > 0.0)) return false;
    return true;
}

static void facet_polygon(const drawing *d, const ent_json *frontier, const ent_json *facet, polygon *p)
{
    p->n = 0;
    for (const ent_json *number = ent_json_get(facet, "vertices")->first; number && p->n < CORNERS / 2; number = number->next) {
        const ent_json *vertex = ent_json_get(frontier, "vertices")->first;
        for (int k = (int)ent_number_value(number); k > 0 && vertex; k--) vertex = vertex->next;
        for (int m = 0; m < AXES; m++) p->x[p->n][m] = 0.0;
        read_interim(d, vertex, p->x[p->n]);
        p->n++;
    }
}

static void draw_facets(const drawing *d, const ent_json *frontier)
{
    bool first = true;
    for (const ent_json *facet = ent_json_get(frontier, "facets")->first; facet; facet = facet->next) {
        polygon p;
        if (!all_positive(d, ent_json_get(facet, "weights"))) continue;
        facet_polygon(d, frontier, facet, &p);
        if (p.n > 2) sort_corners(&p);
        for (int m = 0; m < d->axes && p.n > 2; m++) clip(&p, m, d->low[m]);
        draw_polygon(d, &p, first);
        first = first && p.n < 2;
    }
}

static void axis_name(const drawing *d, int m, ent_text *out)
{
    for (int i = 0; i < d->coal->size; i++) {
        if (m >= d->coal->first[i + 1]) continue;
        ent_text_puts(out, d->model->player[d->coal->member[i]]);
        if (d->coal->types[i] > 1) ent_text_printf(out, " %s", d->model->type[d->coal->member[i]][m - d->coal->first[i]]);
        return;
    }
}

static void draw_axes(const drawing *d)
{
    double zero[2], tip[2];
    ent_text name;
    ent_text_init(d->plot->ctx, &name);
    project(d, d->low, zero);
    for (int m = 0; m < d->axes; m++) {
        double end[AXES];
        for (int l = 0; l < AXES; l++) end[l] = l == m ? d->high[l] : d->low[l];
        ent_text_reset(&name);
        axis_name(d, m, &name);
        if (d->axes == 3) ent_text_printf(&name, ", to %g", d->high[m]);
        if (name.status != ENT_OK) break;
        if (d->axes == 2) {
            if (m == 0) ent_plot_x(d->plot, name.data, false);
            else ent_plot_y(d->plot, name.data, false);
            continue;
        }
        project(d, end, tip);
        ent_layer *arrow = ent_plot_arrow(d->plot, "", zero, tip);
        if (arrow) arrow->colour = 7;
        ent_plot_word(d->plot, name.data, tip[0], tip[1]);
    }
    if (name.status != ENT_OK && d->plot->status == ENT_OK) d->plot->status = name.status;
    ent_text_release(&name);
}

static void mark(const drawing *d, const char *name, const double *u)
{
    double at[2];
    project(d, u, at);
    ent_plot_points(d->plot, name, 1, &at[0], &at[1]);
}

/* Axes run from what everybody has alone to the best that individual rationality leaves. */
static void set_ranges(drawing *d, const ent_bayes_game *g, const ent_json *frontier)
{
    for (int m = 0; m < AXES; m++) d->low[m] = 0.0, d->high[m] = 1.0;
    for (int i = 0, m = 0; i < d->coal->size; i++)
        for (int t = 0; t < d->coal->types[i]; t++, m++) {
            d->low[m] = g->answer[ent_coal_single(d->coal->member[i])].utility.value[t];
            d->high[m] = d->low[m];
        }
    for (const ent_json *v = ent_json_get(frontier, "vertices")->first; v; v = v->next) {
        double u[AXES] = {0};
        read_interim(d, v, u);
        for (int m = 0; m < d->axes; m++) d->high[m] = fmax(d->high[m], u[m]);
    }
    for (int m = 0; m < d->axes; m++)
        if (!(d->high[m] > d->low[m])) d->high[m] = d->low[m] + 1.0;
}

/* The largest coalition with two or three interims whose frontier is in the document. */
static const ent_json *choose(const ent_bayesian *model, const ent_coal *list, int n, const ent_json *coalitions, ent_coal *mask)
{
    const ent_json *chosen = NULL;
    int k = 0;
    for (const ent_json *s = coalitions->first; s && k < n; s = s->next, k++)
        if (ent_json_get(s, "frontier") && model->coalition[list[k]]->interims <= AXES) {
            const bool richer = !chosen || model->coalition[list[k]]->interims > model->coalition[*mask]->interims;
            if (!richer) continue;
            chosen = s;
            *mask = list[k];
        }
    return chosen;
}

static ent_status read_model(ent_ctx *ctx, const ent_json *node, ent_doc **doc, ent_bayesian **model)
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

ent_status ent_i_efficient_picture(ent_ctx *ctx, const ent_json *result, ent_plot *out)
{
    ent_status st = ENT_OK;
    ent_doc *doc = NULL;
    ent_bayesian *model = NULL;
    ent_bayes_game game = {0};
    ent_coal mask = 0;
    const ent_bayesian_settings settings = {.starts = 1, .seed = 1, .attempts = 12, .theta_end = 1e-5, .tolerance = 1e-12,
                                            .exact_work = 3e7, .threads = 1};
    ENT_TRY(read_model(ctx, ent_json_get(result, "model"), &doc, &model));
    ENT_TRY(ent_i_neutral_game(ctx, model, &settings, &game));
    const ent_json *coalitions = ent_json_get(ent_json_get(result, "solution"), "coalitions");
    const ent_json *s = choose(model, game.coalition, game.n, coalitions, &mask);
    if (!s) ENT_FAIL(ctx, ENT_E_ARG, "a picture wants a coalition whose members have two or three types together and whose frontier was computed");
    drawing d = {.plot = out, .model = model, .coal = model->coalition[mask], .axes = model->coalition[mask]->interims};
    set_ranges(&d, &game, ent_json_get(s, "frontier"));
    ent_plot_title(out, model->title);
    ent_plot_caption(out, "What incentive compatibility allows coalition %s: efficient utilities of every type, from what each has alone.", s->key);
    draw_axes(&d);
    draw_facets(&d, ent_json_get(s, "frontier"));
    mark(&d, "neutral procedural solution", game.answer[mask].utility.value);
    double u[AXES] = {0};
    read_interim(&d, ent_json_get(s, "utilities"), u);
    mark(&d, "efficient at the given weights", u);
    ENT_TRY(out->status);
done:
    ent_i_bayes_game_free(&game);
    ent_bayesian_free(model);
    ent_doc_free(doc);
    return st;
}
