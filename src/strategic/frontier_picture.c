/* The picture of `coco` and `nash`: what is feasible, what everybody gets when it comes to
 * conflicts, the prices as the tangent, and the solution. Two players: their payoffs are the axes.
 * Three: the payoffs seen along the diagonal. */
#include "strategic/strategic_solve.h"

#include "report/cells.h"
#include "strategic/coco.h"

#include <math.h>
#include <stdlib.h>

typedef struct spot {
    double x, y;
} spot;

static int by_place(const void *a, const void *b)
{
    const spot *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

static double turn(const spot *a, const spot *b, const spot *c)
{
    return (b->x - a->x) * (c->y - a->y) - (b->y - a->y) * (c->x - a->x);
}

/* The convex hull of n sorted points by monotone chains, into out (room for 2 n); returned:
 * corners. */
static int hull(int n, spot *p, spot *out)
{
    int k = 0;
    qsort(p, (size_t)n, sizeof *p, by_place);
    for (int i = 0; i < n; i++) {
        while (k >= 2 && turn(&out[k - 2], &out[k - 1], &p[i]) <= 0.0) k--;
        out[k++] = p[i];
    }
    for (int i = n - 2, lower = k + 1; i >= 0; i--) {
        while (k >= lower && turn(&out[k - 2], &out[k - 1], &p[i]) <= 0.0) k--;
        out[k++] = p[i];
    }
    return k > 1 ? k - 1 : k;
}

/* Two players as they are; three along the diagonal, the first pointing down left, the second down
 * right, the third up. */
static spot project(int n, const double *u)
{
    if (n == 2) return (spot){u[0], u[1]};
    return (spot){(u[1] - u[0]) * sqrt(0.5), (2.0 * u[2] - u[0] - u[1]) / sqrt(6.0)};
}

static void add_spots(ent_plot *plot, const char *title, int n, const spot *p, bool area)
{
    double x[64], y[64];
    const int shown = n < 64 ? n : 64;
    for (int k = 0; k < shown; k++) x[k] = p[k].x, y[k] = p[k].y;
    if (area) ent_plot_area(plot, title, shown, x, y);
    else ent_plot_points(plot, title, shown, x, y);
}

/* The profiles whose spots are drawn: all, or those that attain a.u up to rounding. */
static int gather(const ent_strategic *m, const double *price, bool best_only, spot *out)
{
    static const double CLOSE = 1e-9;
    double most = -(double)INFINITY, size = 0.0;
    int count = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int64_t p = 0; p < m->profiles; p++) {
            double u[ENT_PLAYERS_MAX], sum = 0.0;
            for (int i = 0; i < m->n; i++)
                u[i] = m->payoff.value[i * m->profiles + p], sum += price[i] * u[i];
            most = fmax(most, sum);
            size = fmax(size, fabs(sum));
            if (pass == 1 && (!best_only || sum >= most - CLOSE * size))
                out[count++] = project(m->n, u);
        }
    return count;
}

static void tangent(ent_plot *plot, const spot *all, int n, const double *price, const spot *at)
{
    double width = 0.0, height = 0.0;
    for (int k = 0; k < n; k++)
        width = fmax(width, fabs(all[k].x - at->x)), height = fmax(height, fabs(all[k].y - at->y));
    const double dx = price[1], dy = -price[0];
    const double reach = 0.6 / fmax(fabs(dx) / (width > 0.0 ? width : 1.0),
                                    fabs(dy) / (height > 0.0 ? height : 1.0));
    const double x[2] = {at->x - reach * dx, at->x + reach * dx},
                 y[2] = {at->y - reach * dy, at->y + reach * dy};
    ent_plot_line(plot, "prices: everything on this line is worth the same", 2, x, y);
}

static void conflicts(ent_ctx *ctx, const ent_strategic *m, ent_grand *g, const double *price,
                      ent_plot *plot)
{
    double scaled[ENT_COCO_PLAYERS];
    ent_text key;
    ent_text_init(ctx, &key);
    for (int i = 0; i < m->n; i++) scaled[i] = price[i] * g->range[i];
    ent_threats_at(g->t, scaled);
    for (int c = 0; c < g->t->conflicts; c++) {
        double u[ENT_COCO_PLAYERS];
        for (int i = 0; i < m->n; i++)
            u[i] = g->least[i] + g->range[i] * g->t->conflict[c].payoff[i];
        const spot p = project(m->n, u);
        add_spots(plot,
                  m->n == 2 ? "threats carried out"
                  : c == 0  ? "conflicts"
                            : "",
                  1, &p, false);
        if (m->n > 2)
            ent_plot_word(plot, ent_i_coal_key(NULL, &key, m, g->t->conflict[c].s), p.x, p.y);
    }
    ent_text_release(&key);
}

static ent_status draw(ent_ctx *ctx, const ent_strategic *m, const double *price,
                       const double *utility, ent_plot *plot)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_grand *g = NULL;
    spot *all = NULL, *corner = NULL;
    const spot solution = project(m->n, utility);
    ENT_SCRATCH(ctx, all, m->profiles);
    ENT_SCRATCH(ctx, corner, 2 * m->profiles + 1);
    int n = gather(m, price, false, all);
    add_spots(plot, "feasible", hull(n, all, corner), corner, true);
    if (m->n == 2) tangent(plot, all, n, price, &solution);
    n = gather(m, price, true, all);
    if (m->n == 3) add_spots(plot, "worth most at the prices", hull(n, all, corner), corner, true);
    ENT_TRY(ent_i_grand_new(ctx, m->n, m->actions, m->payoff.value, &g));
    conflicts(ctx, m, g, price, plot);
    add_spots(plot, "solution", 1, &solution, false);
done:
    ent_i_grand_free(g);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* The model inside a result document. */
static ent_status model_of(ent_ctx *ctx, const ent_json *result, ent_strategic **out)
{
    ent_status st = ENT_OK;
    ent_text text;
    ent_doc *doc = NULL;
    ent_text_init(ctx, &text);
    ent_json_write(&text, ent_json_get(result, "model"), false);
    ENT_TRY(text.status);
    ENT_TRY(ent_doc_read(ctx, "model", text.len, text.data, &doc));
    ENT_TRY(ent_strategic_read(ctx, doc, ent_doc_root(doc), out));
done:
    ent_doc_free(doc);
    ent_text_release(&text);
    return st;
}

ent_status ent_i_frontier_picture(ent_ctx *ctx, const ent_json *result, ent_plot *plot)
{
    ent_status st = ENT_OK;
    ent_strategic *m = NULL;
    double price[ENT_PLAYERS_MAX], utility[ENT_PLAYERS_MAX];
    const ent_json *solution = ent_json_get(result, "solution"),
                   *list = ent_json_get(solution, "equilibria");
    const ent_json *at = list ? list->first : solution;
    ENT_TRY(model_of(ctx, result, &m));
    if (m->n < 2 || m->n > 3)
        ENT_FAIL(ctx, ENT_E_MODEL, "the picture shows two or three players, this game has %d",
                 m->n);
    if (!at || !ent_json_get(at, "utilities"))
        ENT_FAIL(ctx, ENT_E_MODEL, "the result holds no equilibrium to draw");
    for (int i = 0; i < m->n; i++) {
        price[i] = ent_number_value(ent_json_get(ent_json_get(at, "prices"), m->player[i]));
        utility[i] = ent_number_value(ent_json_get(ent_json_get(at, "utilities"), m->player[i]));
    }
    ent_plot_title(plot, *m->title ? m->title : "What is feasible, and what is agreed");
    if (m->n == 2) {
        ent_plot_x(plot, m->player[0], false);
        ent_plot_y(plot, m->player[1], false);
    } else {
        ent_plot_x(plot, "seen along the diagonal: first player down left, second down right",
                   false);
        ent_plot_y(plot, "third player up", false);
        plot->equal_scale = true;
    }
    ENT_TRY(draw(ctx, m, price, utility, plot));
    st = plot->status;
done:
    ent_strategic_free(m);
    return st;
}
