#include "strategic/constrained.h"

static void number(ent_writer *w, const ent_constrained *c, const char *key, const ent_rat *r)
{
    ent_write_number(w, key, ent_rat_double(r), c->exact ? r : NULL);
}

/* dividend of S: sum over R inside S of (-1)^(s-r) P(R). */
static void dividend(const ent_constrained *c, ent_coal s, ent_rat *d)
{
    ent_rat_set_int(d, 0);
    for (ent_coal r = s; r; r = (r - 1) & s) {
        if ((ent_coal_size(s) - ent_coal_size(r)) % 2 == 0) ent_rat_add(d, d, &c->potential[r]);
        else ent_rat_sub(d, d, &c->potential[r]);
    }
}

static void lottery(ent_writer *w, const ent_constrained *c, const char *key)
{
    ent_write_array(w, key, false);
    for (int l = 0; l < c->point.support; l++) {
        ent_write_object(w, NULL, true);
        ent_i_write_side_play(w, "play", c->m, ent_coal_all(c->n), c->point.profile[l]);
        ent_write_number(w, "weight", c->point.weight[l], c->exact ? &c->weight[l] : NULL);
        ent_write_end(w);
    }
    ent_write_end(w);
}

/* What members have: in the conflict, or from the lottery. */
static void payoffs(ent_writer *w, const ent_constrained *c, ent_coal s)
{
    ent_rat mean = ENT_RAT_ZERO, weight = ENT_RAT_ZERO;
    ent_write_object(w, "payoffs", true);
    for (int i = 0; i < c->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        if (s != ent_coal_all(c->n)) {
            number(w, c, c->m->player[i], ent_i_constrained_payoff(c, s, i));
            continue;
        }
        ent_rat_set_int(&mean, 0);
        for (int l = 0; l < c->point.support; l++) {
            if (c->exact) ent_rat_set(&weight, &c->weight[l]);
            else ent_rat_set_double(&weight, c->point.weight[l]);
            ent_rat_addmul(&mean, &weight,
                           &c->m->payoff.exact[i * c->m->profiles + c->point.profile[l]]);
        }
        number(w, c, c->m->player[i], &mean);
    }
    ent_write_end(w);
    ent_rat_release(&mean);
    ent_rat_release(&weight);
}

static void utilities(ent_writer *w, const ent_constrained *c, ent_coal s)
{
    ent_rat u = ENT_RAT_ZERO;
    ent_write_object(w, "utilities", true);
    for (int i = 0; i < c->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        if (ent_rat_sign(&c->price[i]) == 0) {
            ent_write_null(w, c->m->player[i]);
            continue;
        }
        ent_rat_sub(&u, &c->potential[s], &c->potential[s & ~ent_coal_single(i)]);
        ent_rat_div(&u, &u, &c->price[i]);
        number(w, c, c->m->player[i], &u);
    }
    ent_write_end(w);
    ent_rat_release(&u);
}

static int side_of(const ent_constrained *c, ent_coal s)
{
    int k = 0;
    while (c->side[k].s != s) k++;
    return k;
}

static void strategy(ent_writer *w, const ent_constrained *c, int k)
{
    ent_write_array(w, "strategy", false);
    for (int r = 0; r < c->side[k].plays; r++) {
        if (ent_rat_sign(&c->rho[k][r]) == 0) continue;
        ent_write_object(w, NULL, true);
        ent_i_write_side_play(w, "play", c->m, c->side[k].s, r);
        number(w, c, "weight", &c->rho[k][r]);
        ent_write_end(w);
    }
    ent_write_end(w);
}

static void coalition(ent_writer *w, const ent_constrained *c, const char *key, ent_coal s)
{
    const bool all = s == ent_coal_all(c->n);
    const int k = all ? -1 : side_of(c, s);
    ent_rat d = ENT_RAT_ZERO;
    ent_write_object(w, key, false);
    if (all) lottery(w, c, "strategy");
    else strategy(w, c, k);
    payoffs(w, c, s);
    number(w, c, "potential", &c->potential[s]);
    utilities(w, c, s);
    dividend(c, s, &d);
    number(w, c, "dividend", &d);
    if (!all) {
        ent_write_object(w, "weights", true);
        for (int i = 0; i < c->n; i++)
            if (ent_coal_has(s, i)) number(w, c, c->m->player[i], &c->mu[k][i]);
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_rat_release(&d);
}

ent_status ent_i_write_constrained(ent_ctx *ctx, ent_writer *w, const ent_constrained *c)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_coal all = ent_coal_all(c->n);
    ent_coal *list = NULL;
    ent_text key;
    ent_text_init(ctx, &key);
    ENT_SCRATCH(ctx, list, (size_t)1 << c->n);
    ent_coal_list(c->n, list);
    ent_i_write_vector(w, "prices", c->m, all, c->point.price, c->exact ? c->price : NULL);
    ent_i_write_vector(w, "utilities", c->m, all, c->point.utility,
                       c->exact || (c->two && c->two->between) ? c->utility : NULL);
    ent_write_string(w, "status", c->point.zero ? "boundary" : "solved");
    number(w, c, "joint", &c->joint);
    if (!(c->two && c->point.zero)) lottery(w, c, "lottery");
    ent_write_object(w, "coalitions", false);
    for (ent_coal k = 0; k < all; k++)
        coalition(w, c, ent_i_coal_key(w->out, &key, c->m, list[k]), list[k]);
    ent_write_end(w);
    ENT_TRY(key.status);
done:
    ent_text_release(&key);
    ent_scratch_reset(ctx, mark);
    return st;
}
