/* The method `tu-value`: the CoCo value of a game with side payments. */
#include "strategic/strategic_solve.h"

typedef struct writing {
    ent_writer *w;
    const ent_strategic *model;
    const ent_threats *t;
    const ent_exact_threats *exact; /* or NULL */
} writing;

/* The first profile that attains the joint maximum. */
static int64_t joint_play(const writing *o)
{
    if (!o->exact) return o->t->best;
    int64_t p = 0;
    while (!ent_rat_equal(&o->exact->total[p], &o->exact->joint)) p++;
    return p;
}

static void write_payments(const writing *o, int64_t play)
{
    const ent_strategic *m = o->model;
    ent_rat paid = ENT_RAT_ZERO;
    ent_write_object(o->w, "payments", true);
    for (int i = 0; i < m->n; i++) {
        const int64_t at = i * m->profiles + play;
        if (o->exact) ent_rat_sub(&paid, &o->exact->psi[i], &m->payoff.exact[at]);
        ent_write_number(o->w, m->player[i], o->t->psi[i] - m->payoff.value[at],
                         o->exact ? &paid : NULL);
    }
    ent_write_end(o->w);
    ent_rat_release(&paid);
}

static void write_value(const writing *o, const char *key, ent_coal s)
{
    ent_rat value = ENT_RAT_ZERO;
    double v = o->t->joint;
    const bool first = ent_coal_has(s, 0), all = s == ent_coal_all(o->model->n);
    const ent_coal side = first ? s : ent_coal_all(o->model->n) & ~s;
    if (all && o->exact) ent_rat_set(&value, &o->exact->joint);
    for (int c = 0; !all && c < o->t->conflicts; c++) {
        if (o->t->conflict[c].s != side) continue;
        v = first ? o->t->conflict[c].value : -o->t->conflict[c].value;
        if (o->exact) ent_rat_set(&value, &o->exact->game[c].value);
        if (o->exact && !first) ent_rat_neg(&value, &value);
    }
    ent_write_number(o->w, key, v, o->exact ? &value : NULL);
    ent_rat_release(&value);
}

static ent_status write_values(ent_ctx *ctx, const writing *o)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = o->model->n;
    ent_coal *list = NULL;
    ent_text key;
    ent_text_init(ctx, &key);
    ENT_SCRATCH(ctx, list, (size_t)1 << n);
    ent_coal_list(n, list);
    ent_write_object(o->w, "values", false);
    for (ent_coal k = 0; k < ent_coal_all(n); k++)
        write_value(o, ent_i_coal_key(o->w->out, &key, o->model, list[k]), list[k]);
    ent_write_end(o->w);
    ENT_TRY(key.status);
done:
    ent_text_release(&key);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Two players: half of the joint maximum to each, and the value of half the difference from one to
 * the other. */
static void write_split(const writing *o)
{
    const ent_rat half = {1, 2, NULL};
    ent_rat team = ENT_RAT_ZERO, first = ENT_RAT_ZERO, second = ENT_RAT_ZERO;
    if (o->exact) {
        ent_rat_mul(&team, &half, &o->exact->joint);
        ent_rat_mul(&first, &half, &o->exact->game[0].value);
        ent_rat_neg(&second, &first);
    }
    const double gain = 0.5 * o->t->conflict[0].value;
    ent_write_object(o->w, "split", false);
    ent_write_number(o->w, "cooperative", 0.5 * o->t->joint, o->exact ? &team : NULL);
    ent_write_object(o->w, "competitive", true);
    ent_write_number(o->w, o->model->player[0], gain, o->exact ? &first : NULL);
    ent_write_number(o->w, o->model->player[1], -gain, o->exact ? &second : NULL);
    ent_write_end(o->w);
    ent_write_end(o->w);
    ent_rat_release(&team);
    ent_rat_release(&first);
    ent_rat_release(&second);
}

ent_status ent_i_tu_value_solve(ent_ctx *ctx, const void *model, const void *settings,
                                ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = model;
    ent_threats *t = NULL;
    ent_exact_threats exact = {0};
    ent_rat one[ENT_PLAYERS_MAX];
    double prices[ENT_PLAYERS_MAX];
    ENT_TRY(ent_i_need_game(ctx, m, "tu-value"));
    for (int i = 0; i < m->n; i++) prices[i] = 1.0, one[i] = (ent_rat){1, 1, NULL};
    ENT_TRY(ent_threats_new(ctx, m->n, m->actions, m->payoff.value, &t));
    ent_threats_at(t, prices);
    const bool is_exact = ent_i_can_be_exact(t, m, settings);
    if (is_exact) ENT_TRY(ent_i_exact_threats(ctx, t, &m->payoff, one, &exact));
    const writing o = {.w = out->solution, .model = m, .t = t, .exact = is_exact ? &exact : NULL};
    ent_i_write_vector(o.w, "utilities", m, ent_coal_all(m->n), t->psi,
                       is_exact ? exact.psi : NULL);
    ent_write_number(o.w, "joint", t->joint, is_exact ? &exact.joint : NULL);
    const int64_t play = joint_play(&o);
    ent_i_write_side_play(o.w, "play", m, ent_coal_all(m->n), play);
    write_payments(&o, play);
    ENT_TRY(write_values(ctx, &o));
    if (m->n == 2) write_split(&o);
    ent_i_write_conflicts(out->certificate, "conflicts", m, t, prices, NULL, o.exact);
    ent_i_write_scale(out->certificate, m);
    out->outcome = ENT_SOLVED;
done:
    ent_i_exact_threats_release(&exact);
    ent_threats_free(t);
    return st;
}
