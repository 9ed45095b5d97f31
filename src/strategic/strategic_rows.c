/* Sweeps of the strategic methods: numbers without documents. The column names are the places of
 * the numbers inside "solution". */
#include "strategic/two_players.h"

#include <math.h>

static void name(ent_text *names, const char *head, const char *tail)
{
    if (names->len) ent_text_putc(names, '\t');
    ent_text_printf(names, "%s%s", head, tail);
}

static void missing(ent_row *out)
{
    for (size_t k = 0; k < out->n; k++) out->value[k] = (double)NAN;
    out->residual = (double)NAN;
}

static double size_of(const ent_strategic *m)
{
    double most = 0.0;
    for (size_t k = 0; k < m->payoff.n; k++) most = fmax(most, fabs(m->payoff.value[k]));
    return most > 0.0 ? most : 1.0;
}

ent_status ent_i_threats_columns(ent_ctx *ctx, const void *model, const void *settings,
                                 ent_text *names)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_strategic *m = model;
    ent_coal *list = NULL;
    ent_text key;
    (void)settings;
    ent_text_init(ctx, &key);
    ENT_TRY(ent_i_need_game(ctx, m, "threats"));
    ENT_SCRATCH(ctx, list, (size_t)1 << m->n);
    ent_coal_list(m->n, list);
    name(names, "joint", "");
    for (ent_coal k = 0; k + 1 < ent_coal_all(m->n); k++) {
        name(names, "coalitions.", ent_i_coal_key(names, &key, m, list[k]));
        ent_text_puts(names, ".value");
    }
    ENT_TRY(names->status);
done:
    ent_text_release(&key);
    ent_scratch_reset(ctx, mark);
    return st;
}

static double value_of(const ent_threats *t, ent_coal s)
{
    const bool first = ent_coal_has(s, 0);
    const ent_coal side = first ? s : ent_coal_all(t->n) & ~s;
    int c = 0;
    while (t->conflict[c].s != side) c++;
    return first ? t->conflict[c].value : -t->conflict[c].value;
}

ent_status ent_i_threats_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_strategic *m = model;
    ent_threats *t = NULL;
    ent_coal *list = NULL;
    double prices[ENT_PLAYERS_MAX];
    (void)settings;
    missing(out);
    ENT_TRY(ent_i_need_game(ctx, m, "threats"));
    for (int i = 0; i < m->n; i++) prices[i] = m->price.n ? m->price.value[i] : 1.0;
    ENT_TRY(ent_threats_new(ctx, m->n, m->actions, m->payoff.value, &t));
    ENT_SCRATCH(ctx, list, (size_t)1 << m->n);
    ent_coal_list(m->n, list);
    ent_threats_at(t, prices);
    out->outcome = ENT_SOLVED;
    out->residual = 0.0;
    out->value[0] = t->joint;
    for (ent_coal k = 0; k + 1 < ent_coal_all(m->n); k++) out->value[k + 1] = value_of(t, list[k]);
done:
    ent_threats_free(t);
    ent_scratch_reset(ctx, mark);
    return st;
}

static void vector_names(ent_text *names, const ent_strategic *m, const char *head)
{
    for (int i = 0; i < m->n; i++) name(names, head, m->player[i]);
}

ent_status ent_i_tu_value_columns(ent_ctx *ctx, const void *model, const void *settings,
                                  ent_text *names)
{
    const ent_strategic *m = model;
    (void)ctx, (void)settings;
    name(names, "joint", "");
    vector_names(names, m, "utilities.");
    return names->status;
}

ent_status ent_i_tu_value_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = model;
    ent_threats *t = NULL;
    double prices[ENT_PLAYERS_MAX], sum = 0.0;
    (void)settings;
    missing(out);
    ENT_TRY(ent_i_need_game(ctx, m, "tu-value"));
    for (int i = 0; i < m->n; i++) prices[i] = 1.0;
    ENT_TRY(ent_threats_new(ctx, m->n, m->actions, m->payoff.value, &t));
    ent_threats_at(t, prices);
    out->outcome = ENT_SOLVED;
    out->value[0] = t->joint;
    for (int i = 0; i < m->n; i++) sum += out->value[1 + i] = t->psi[i];
    out->residual = fabs(sum - t->joint) / size_of(m);
done:
    ent_threats_free(t);
    return st;
}

ent_status ent_i_coco_columns(ent_ctx *ctx, const void *model, const void *settings,
                              ent_text *names)
{
    const ent_strategic *m = model;
    (void)ctx, (void)settings;
    vector_names(names, m, "equilibria.0.utilities.");
    vector_names(names, m, "equilibria.0.prices.");
    return names->status;
}

ent_status ent_i_nash_columns(ent_ctx *ctx, const void *model, const void *settings,
                              ent_text *names)
{
    const ent_strategic *m = model;
    (void)ctx, (void)settings;
    vector_names(names, m, "utilities.");
    vector_names(names, m, "prices.");
    return names->status;
}

/* The first in the order of documents: least utilities first, among those that the starts lead
 * to. */
static bool first_point(ent_grand *g, const ent_strategic_settings *s, ent_point *best)
{
    bool any = false;
    for (int start = 0; start < s->starts; start++) {
        ent_point p;
        if (!ent_i_coco_solve(g, (uint64_t)s->seed, start, s->tolerance, s->least_price, &p))
            continue;
        int i = 0;
        while (any && i + 1 < g->n && fabs(p.utility[i] - best->utility[i]) <= 1e-7) i++;
        if (!any || p.utility[i] < best->utility[i]) *best = p;
        any = true;
        if (g->n <= 2) break;
    }
    return any;
}

/* Two players where paths lead nowhere: decided exactly, as the document would be. */
static ent_status decide_two(ent_ctx *ctx, ent_grand *g, const ent_strategic *m, ent_row *out)
{
    ent_status st = ENT_OK;
    ent_equilibria all = {0};
    ENT_TRY(ent_i_two_players(ctx, g, m, &all, &out->outcome));
    if (out->outcome != ENT_SOLVED) goto done;
    out->residual = 0.0;
    for (int i = 0; i < 2; i++) {
        out->value[i] = all.list[0].point.utility[i];
        out->value[2 + i] = all.list[0].point.price[i];
    }
done:
    ent_i_equilibria_release(&all);
    return st;
}

ent_status ent_i_coco_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = model;
    ent_grand *g = NULL;
    ent_point p = {0};
    missing(out);
    ENT_TRY(ent_i_need_game(ctx, m, "coco"));
    if (m->transferable)
        ENT_FAIL(
            ctx, ENT_E_MODEL,
            "sweep a game with side payments by the method tu-value: its values are those of coco");
    ENT_TRY(ent_i_grand_new(ctx, m->n, m->actions, m->payoff.value, &g));
    out->outcome = ENT_BOUNDARY;
    if (!first_point(g, settings, &p)) {
        if (m->n == 2 && ent_i_can_be_exact(g->t, m, settings)) ENT_TRY(decide_two(ctx, g, m, out));
        goto done;
    }
    out->outcome = ENT_SOLVED;
    out->residual = p.residual;
    ent_i_coco_unscale(g, &p);
    for (int i = 0; i < m->n; i++) {
        out->value[i] = p.utility[i];
        out->value[m->n + i] = p.price[i];
    }
done:
    ent_i_grand_free(g);
    return st;
}

ent_status ent_i_nash_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = model;
    missing(out);
    if (m->outcomes > 0)
        ENT_FAIL(
            ctx, ENT_E_MODEL,
            "a bargaining model is swept by the method coco: its equilibrium is the bargaining solution");
    if (m->n != 2) ENT_FAIL(ctx, ENT_E_MODEL, "nash wants two players, this game has %d", m->n);
    ENT_TRY(ent_i_coco_row(ctx, model, settings, out));
done:
    return st;
}
