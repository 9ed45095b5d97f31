#include "strategic/condition4.h"

static void number(ent_writer *w, const ent_perfect *p, const char *key, const ent_rat *r)
{
    ent_write_number(w, key, ent_rat_double(r), p->exact ? r : NULL);
}

static void mix(ent_writer *w, const ent_perfect *p, const char *key, ent_coal s, int plays,
                const ent_rat *weight)
{
    ent_write_array(w, key, false);
    for (int k = 0; k < plays; k++) {
        if (ent_rat_sign(&weight[k]) == 0) continue;
        ent_write_object(w, NULL, true);
        ent_i_write_side_play(w, "play", p->m, s, k);
        number(w, p, "weight", &weight[k]);
        ent_write_end(w);
    }
    ent_write_end(w);
}

static const ent_fight *fight_of(const ent_perfect *p, ent_coal s, bool *first)
{
    *first = ent_coal_has(s, 0);
    const ent_coal side = *first ? s : ent_coal_all(p->n) & ~s;
    int k = 0;
    while (p->fight[k].s != side) k++;
    return &p->fight[k];
}

static void members(ent_writer *w, const ent_perfect *p, const char *key, ent_coal s, bool payoffs,
                    bool dividends)
{
    ent_rat t = ENT_RAT_ZERO;
    ent_write_object(w, key, true);
    for (int i = 0; i < p->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        ent_i_threat_point(p, s, i, &t);
        if (dividends) ent_rat_sub(&t, ent_i_perfect_u(p, s, i), &t);
        number(w, p, p->m->player[i], payoffs ? ent_i_perfect_u(p, s, i) : &t);
    }
    ent_write_end(w);
    ent_rat_release(&t);
}

static void grand(ent_writer *w, const ent_perfect *p)
{
    const ent_point *point = &p->e->point;
    ent_write_array(w, "strategy", false);
    for (int l = 0; l < point->support; l++) {
        ent_write_object(w, NULL, true);
        ent_i_write_side_play(w, "play", p->m, ent_coal_all(p->n), point->profile[l]);
        ent_write_number(w, "weight", point->weight[l],
                         p->e->exact.known ? &p->e->exact.weight[l] : NULL);
        ent_write_end(w);
    }
    ent_write_end(w);
}

void ent_i_write_rho(ent_writer *w, const ent_perfect *p, ent_coal s)
{
    bool first = true;
    if (s == ent_coal_all(p->n)) {
        grand(w, p);
        return;
    }
    const ent_fight *f = fight_of(p, s, &first);
    mix(w, p, "strategy", s, first ? f->rows : f->columns, first ? f->p : f->q);
}

static void one(ent_writer *w, const ent_perfect *p, const char *key, ent_coal s)
{
    bool first = true;
    ent_rat value = ENT_RAT_ZERO;
    ent_write_object(w, key, false);
    ent_i_write_rho(w, p, s);
    if (s == ent_coal_all(p->n)) {
        ent_write_number(w, "value", p->e->point.joint,
                         p->exact ? &p->e->exact.threats.joint : NULL);
    } else {
        const ent_fight *f = fight_of(p, s, &first);
        ent_rat_set(&value, &f->value);
        if (!first) ent_rat_neg(&value, &value);
        number(w, p, "value", &value);
    }
    members(w, p, "payoffs", s, true, false);
    members(w, p, "threats", s, false, false);
    members(w, p, "dividends", s, false, true);
    ent_write_end(w);
    ent_rat_release(&value);
}

ent_status ent_i_write_perfect(ent_ctx *ctx, ent_writer *w, const ent_perfect *p)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_coal *list = NULL;
    ent_text key;
    ent_text_init(ctx, &key);
    ENT_SCRATCH(ctx, list, (size_t)1 << p->n);
    ent_coal_list(p->n, list);
    ent_write_object(w, "coalitions", false);
    for (ent_coal k = 0; k < ent_coal_all(p->n); k++)
        one(w, p, ent_i_coal_key(w->out, &key, p->m, list[k]), list[k]);
    ent_write_end(w);
    ENT_TRY(key.status);
done:
    ent_text_release(&key);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_write_condition4(ent_ctx *ctx, ent_writer *w, const ent_perfect *p)
{
    ent_status st = ENT_OK;
    ent_rat most = ENT_RAT_ZERO;
    ent_write_object(w, "condition4", true);
    ENT_TRY(ent_i_condition4_coco(ctx, p, &most));
    number(w, p, "coco", &most);
    ent_i_condition4_harsanyi(p, &most);
    number(w, p, "harsanyi", &most);
    ent_write_end(w);
done:
    ent_rat_release(&most);
    return st;
}

static void write_conflicts(ent_writer *w, const ent_perfect *p, ent_text *key)
{
    ent_write_object(w, "conflicts", false);
    for (int k = 0; k < p->fights; k++) {
        const ent_fight *f = &p->fight[k];
        ent_write_object(w, ent_i_coal_key(w->out, key, p->m, f->s), false);
        number(w, p, "value", &f->value);
        mix(w, p, "strategy", f->s, f->rows, f->p);
        mix(w, p, "against", ent_coal_all(p->n) & ~f->s, f->columns, f->q);
        ent_write_end(w);
    }
    ent_write_end(w);
}

static void write_violation(ent_writer *w, const ent_perfect *p, ent_text *key)
{
    ent_write_array(w, "violation", false);
    for (int k = 0; k < p->pairs; k++) {
        if (ent_rat_sign(&p->pair[k].weight) == 0) continue;
        ent_write_object(w, NULL, true);
        ent_write_string(w, "coalition", ent_i_coal_key(w->out, key, p->m, p->pair[k].s));
        ent_write_array(w, "players", true);
        ent_write_string(w, NULL, p->m->player[p->pair[k].i]);
        ent_write_string(w, NULL, p->m->player[p->pair[k].j]);
        ent_write_end(w);
        ent_write_exact(w, "weight", &p->pair[k].weight);
        ent_write_end(w);
    }
    ent_write_end(w);
}

static void multipliers(ent_writer *w, const ent_perfect *p, const char *key, ent_coal s, int plays,
                        const ent_rat *weight)
{
    ent_write_array(w, key, false);
    for (int k = 0; k < plays; k++) {
        if (ent_rat_sign(&weight[k]) == 0) continue;
        ent_write_object(w, NULL, true);
        ent_i_write_side_play(w, "play", p->m, s, k);
        ent_write_exact(w, "weight", &weight[k]);
        ent_write_end(w);
    }
    ent_write_end(w);
}

static void write_slack(ent_writer *w, const ent_perfect *p, ent_text *key)
{
    ent_write_object(w, "slack", false);
    for (int k = 0; k < p->fights; k++) {
        const ent_fight *f = &p->fight[k];
        ent_write_object(w, ent_i_coal_key(w->out, key, p->m, f->s), false);
        multipliers(w, p, "rows", f->s, f->rows, f->slack_row);
        multipliers(w, p, "columns", ent_coal_all(p->n) & ~f->s, f->columns, f->slack_column);
        ent_write_end(w);
    }
    ent_write_end(w);
}

ent_status ent_i_write_examined(ent_ctx *ctx, ent_writer *w, const ent_perfect *p, bool proved)
{
    ent_text key;
    ent_text_init(ctx, &key);
    ent_i_write_agreement(w, p->m, p->e);
    write_conflicts(w, p, &key);
    number(w, p, "residual", &p->residual);
    if (proved) {
        write_violation(w, p, &key);
        number(w, p, "bound", &p->bound);
        write_slack(w, p, &key);
    }
    const ent_status st = key.status;
    ent_text_release(&key);
    return st;
}
