/* The method `threats`: every coalition against its complement at given prices.
 * [CoCo] Condition 3. */
#include "base/ctx.h"
#include "strategic/strategic_solve.h"

ent_status ent_i_need_game(ent_ctx *ctx, const ent_strategic *model, const char *method)
{
    ent_status st = ENT_OK;
    if (model->kind != ENT_STRATEGIC_GAME)
        ENT_FAIL(ctx, ENT_E_MODEL,
                 "the method %s wants a game with actions and payoffs, the model is %s", method,
                 model->kind == ENT_STRATEGIC_WORTH ? "a worth function" : "a voting game");
done:
    return st;
}

bool ent_i_can_be_exact(const ent_threats *threats, const ent_strategic *model,
                        const ent_strategic_settings *settings)
{
    const int64_t conflicts = threats->conflicts > 0 ? threats->conflicts : 1;
    return model->payoff.exact && threats->profiles <= settings->exact_cells / conflicts;
}

typedef struct writing {
    ent_writer *w;
    const ent_strategic *model;
    ent_threats *t;
    const double *prices;
    const ent_exact_threats *exact; /* or NULL */
} writing;

static void write_plays(const writing *o, int64_t listed)
{
    ent_write_array(o->w, "plays", false);
    for (int64_t p = 0; p < o->t->profiles && listed > 0; p++) {
        if (o->exact ? !ent_rat_equal(&o->exact->total[p], &o->exact->joint)
                     : o->t->total[p] < o->t->joint)
            continue;
        ent_i_write_side_play(o->w, NULL, o->model, ent_coal_all(o->model->n), p);
        listed--;
    }
    ent_write_end(o->w);
}

static int support(int n, const double *weight, const ent_rat *exact)
{
    int positive = 0;
    for (int k = 0; k < n; k++) positive += exact ? ent_rat_sign(&exact[k]) > 0 : weight[k] > 0.0;
    return positive;
}

static bool is_pure(const ent_conflict *k, const ent_matrix_result *r, const ent_exact_game *g)
{
    return support(k->rows, r->row, g ? g->row : NULL) == 1 &&
           support(k->columns, r->column, g ? g->column : NULL) == 1;
}

/* The coalition s, which is one side of conflict c; `first` when it is the side that contains the
 * first player. */
static ent_status write_coalition(ent_ctx *ctx, const writing *o, const char *key, int c,
                                  bool first)
{
    ent_status st = ENT_OK;
    const ent_conflict *k = &o->t->conflict[c];
    const ent_coal s = first ? k->s : ent_coal_all(o->model->n) & ~k->s;
    ent_matrix_result r;
    ent_rat value = ENT_RAT_ZERO;
    ent_threats_game(o->t, c, o->prices, &r);
    const ent_exact_game *g = o->exact ? &o->exact->game[c] : NULL;
    if (g) ent_rat_set(&value, &g->value);
    if (g && !first) ent_rat_neg(&value, &value);
    ent_write_object(o->w, key, false);
    ent_write_number(o->w, "value", first ? r.value : -r.value, g ? &value : NULL);
    ent_i_write_mix(o->w, "strategy", o->model, s, first ? k->rows : k->columns,
                    first ? r.row : r.column,
                    !g      ? NULL
                    : first ? g->row
                            : g->column);
    ent_i_write_vector(o->w, "payoff", o->model, ent_coal_all(o->model->n), k->payoff,
                       g ? o->exact->payoff + c * o->model->n : NULL);
    ent_write_bool(o->w, "pure", is_pure(k, &r, g));
    ent_write_end(o->w);
    ent_rat_release(&value);
    ENT_CHECK_CANCEL(ctx);
done:
    return st;
}

static int conflict_of(const ent_threats *t, ent_coal s)
{
    const ent_coal with_first = ent_coal_has(s, 0) ? s : ent_coal_all(t->n) & ~s;
    int c = 0;
    while (t->conflict[c].s != with_first) c++;
    return c;
}

static ent_status write_coalitions(ent_ctx *ctx, const writing *o)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = o->model->n;
    ent_coal *list = NULL;
    ent_text key;
    ent_text_init(ctx, &key);
    ENT_SCRATCH(ctx, list, (size_t)1 << n);
    ent_coal_list(n, list);
    ent_write_object(o->w, "coalitions", false);
    for (ent_coal k = 0; k + 1 < ent_coal_all(n); k++)
        ENT_TRY(write_coalition(ctx, o, ent_i_coal_key(o->w->out, &key, o->model, list[k]),
                                conflict_of(o->t, list[k]), ent_coal_has(list[k], 0)));
    ent_write_end(o->w);
    ENT_TRY(key.status);
done:
    ent_text_release(&key);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_threats_solve(ent_ctx *ctx, const void *model, const void *settings,
                               ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = model;
    const ent_strategic_settings *s = settings;
    ent_threats *t = NULL;
    ent_exact_threats exact = {0};
    double prices[ENT_PLAYERS_MAX];
    ent_rat *given = NULL;
    ENT_TRY(ent_i_need_game(ctx, m, "threats"));
    given = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!given) goto done;
    for (int i = 0; i < m->n; i++) {
        if (m->price.n) ent_rat_set(&given[i], &m->price.exact[i]);
        else ent_rat_set_int(&given[i], 1);
        prices[i] = ent_rat_double(&given[i]);
    }
    ENT_TRY(ent_threats_new(ctx, m->n, m->actions, m->payoff.value, &t));
    ent_threats_at(t, prices);
    const bool is_exact = ent_i_can_be_exact(t, m, s);
    if (is_exact) ENT_TRY(ent_i_exact_threats(ctx, t, &m->payoff, given, &exact));
    const writing o = {.w = out->solution,
                       .model = m,
                       .t = t,
                       .prices = prices,
                       .exact = is_exact ? &exact : NULL};
    ent_i_write_vector(o.w, "prices", m, ent_coal_all(m->n), prices, given);
    ent_write_number(o.w, "joint", t->joint, is_exact ? &exact.joint : NULL);
    write_plays(&o, s->plays_listed);
    ENT_TRY(write_coalitions(ctx, &o));
    ent_i_write_scale(out->certificate, m);
    out->outcome = ENT_SOLVED;
done:
    ent_i_exact_threats_release(&exact);
    ent_threats_free(t);
    ent_rats_free(given, (size_t)m->n);
    return st;
}
