#include "information/information_losses.h"

enum { WORK = 8 };

typedef struct others {
    ent_rat s, m, d, d2;
} others;

typedef struct solver {
    const ent_information *m;
    ent_rat scale, share; /* A, eta / A */
    ent_rat e, e2, p, best, value;
    others truth, lie;
    ent_rat w[WORK];
} solver;

static void each(solver *s, void (*apply)(ent_rat *))
{
    ent_rat *const all[] = {&s->scale,    &s->share, &s->e,       &s->e2,      &s->p,
                            &s->best,     &s->value, &s->truth.s, &s->truth.m, &s->truth.d,
                            &s->truth.d2, &s->lie.s, &s->lie.m,   &s->lie.d,   &s->lie.d2};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) apply(all[k]);
    for (int k = 0; k < WORK; k++) apply(&s->w[k]);
}

static void begin(solver *s)
{
    each(s, ent_rat_init);
    ent_rat_set_int(&s->scale, s->m->n - 1);
    ent_rat_mul(&s->scale, &s->scale, &s->m->eta_exact);
    ent_rat_set_int(&s->w[0], 1);
    ent_rat_add(&s->scale, &s->scale, &s->w[0]);
    ent_rat_div(&s->share, &s->m->eta_exact, &s->scale);
}

static void others_of(solver *s, const ent_bayes_exact *g, int i, others *o)
{
    ent_rat *w = &s->w[0];
    ent_rat *const parts[] = {&o->s, &o->m, &o->d, &o->d2};
    for (int k = 0; k < 4; k++) ent_rat_set_int(parts[k], 0);
    for (int j = 0; j < g->n; j++) {
        if (j == i) continue;
        const ent_rat *x = &g->x[2 * j];
        if (ent_coal_has(g->truthful, j)) {
            ent_rat_add(&o->s, &o->s, &x[0]);
            continue;
        }
        ent_rat_sub(w, &x[1], &x[0]);
        ent_rat_add(&o->m, &o->m, &x[0]);
        ent_rat_add(&o->d, &o->d, w);
        ent_rat_mul(&s->w[1], w, w);
        ent_rat_add(&o->d2, &o->d2, &s->w[1]);
    }
}

/* E(loss) at the moments e, e2, into s->value. */
static void loss(solver *s, int i, const ent_rat *x, const others *o)
{
    ent_rat *c0 = &s->w[2], *c1 = &s->w[3], *w = &s->w[4], *one = &s->w[5];
    ent_rat_set_int(one, 1);
    ent_rat_add(w, &o->s, &o->m);
    ent_rat_mul(c0, w, &s->share);
    ent_rat_div(w, x, &s->scale);
    ent_rat_add(c0, c0, w);
    ent_rat_sub(c0, c0, &s->m->bias.exact[i]);
    ent_rat_mul(c1, &s->share, &o->d);
    ent_rat_sub(c1, c1, one);
    ent_rat_mul(&s->value, c0, c0);
    ent_rat_mul(w, c0, c1);
    ent_rat_mul(w, w, &s->e);
    ent_rat_add(&s->value, &s->value, w);
    ent_rat_add(&s->value, &s->value, w);
    ent_rat_mul(w, c1, c1);
    ent_rat_mul(w, w, &s->e2);
    ent_rat_add(&s->value, &s->value, w);
    ent_rat_sub(w, &s->e, &s->e2);
    ent_rat_mul(w, w, &s->share);
    ent_rat_mul(w, w, &s->share);
    ent_rat_mul(w, w, &o->d2);
    ent_rat_add(&s->value, &s->value, w);
}

static void moments(solver *s, int ones, int draws)
{
    ent_rat_set_ratio(&s->e, ones + 1, draws + 2);
    ent_rat_set_ratio(&s->e2, (int64_t)(ones + 1) * (ones + 2), (int64_t)(draws + 2) * (draws + 3));
}

/* The liar's best policy, into s->best. */
static void best_reply(solver *s, const ent_rat *high, int i)
{
    const ent_information *m = s->m;
    ent_rat *w = &s->w[4];
    const others *o = &s->lie;
    ent_rat_add(w, &s->e, &m->bias.exact[i]);
    ent_rat_mul(&s->best, w, &s->scale);
    ent_rat_mul(w, &s->e, &o->d);
    ent_rat_add(w, w, &o->s);
    ent_rat_add(w, w, &o->m);
    ent_rat_submul(&s->best, &m->eta_exact, w);
    const ent_rat *hi = high ? &high[i] : m->has_high[i] ? &m->high.exact[i] : NULL;
    if (m->has_low[i] && ent_rat_cmp(&s->best, &m->low.exact[i]) < 0)
        ent_rat_set(&s->best, &m->low.exact[i]);
    if (hi && ent_rat_cmp(&s->best, hi) > 0) ent_rat_set(&s->best, hi);
}

ent_status ent_i_gains_exact(ent_ctx *ctx, const ent_information *m, const ent_rat *high,
                             const ent_bayes_exact *stages, int i, ent_rat gain[2])
{
    (void)ctx;
    const int t = stages[0].t;
    solver s = {.m = m};
    begin(&s);
    for (int signal = 0; signal < 2; signal++) {
        ent_rat_set_int(&gain[signal], 0);
        for (int ones = 0; ones < t; ones++) {
            const int k = ones + signal, lied = ones + 1 - signal;
            moments(&s, k, t);
            others_of(&s, &stages[k], i, &s.truth);
            others_of(&s, &stages[lied], i, &s.lie);
            ent_rat_set_ratio(&s.p, 2 * (int64_t)(signal ? ones + 1 : t - ones),
                              (int64_t)t * (t + 1));
            loss(&s, i, &stages[k].x[2 * i], &s.truth);
            ent_rat_addmul(&gain[signal], &s.p, &s.value);
            best_reply(&s, high, i);
            loss(&s, i, &s.best, &s.lie);
            ent_rat_submul(&gain[signal], &s.p, &s.value);
        }
    }
    each(&s, ent_rat_release);
    return ENT_OK;
}

/* The expected loss of player i in one state, taken from w. */
static void subtract_loss(solver *s, const ent_bayes_exact *g, int i, ent_rat *w)
{
    const int t = g->t, k = g->k;
    const ent_rat *x = &g->x[2 * i];
    const bool truthful = ent_coal_has(g->truthful, i);
    others_of(s, g, i, &s->truth);
    for (int signal = 0; signal < (truthful ? 1 : 2); signal++) {
        if (truthful) ent_rat_set_ratio(&s->p, 1, t + 1);
        else ent_rat_set_ratio(&s->p, signal ? k + 1 : t - k + 1, (int64_t)(t + 1) * (t + 2));
        moments(s, truthful ? k : k + signal, truthful ? t : t + 1);
        loss(s, i, &x[signal], &s->truth);
        ent_rat_submul(w, &s->p, &s->value);
    }
}

ent_status ent_i_welfare_exact(ent_ctx *ctx, const ent_information *m,
                               const ent_bayes_exact *stages, ent_rat *w)
{
    (void)ctx;
    solver s = {.m = m};
    begin(&s);
    for (int i = 0; i < m->n; i++) {
        ent_rat_set_int(&w[i], 0);
        for (int k = 0; k <= stages[0].t; k++) subtract_loss(&s, &stages[k], i, &w[i]);
    }
    each(&s, ent_rat_release);
    return ENT_OK;
}
