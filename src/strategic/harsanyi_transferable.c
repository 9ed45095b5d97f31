#include "strategic/harsanyi.h"

/* P(S) = sum over R inside S of dividends; with u^S known, P(S) = sum of a_i u_i^{S_i} along any
 * order: the first member's share of S plus the potential of the rest. */
static void potentials(const ent_perfect *p, ent_rat *potential)
{
    for (ent_coal s = 1; s <= ent_coal_all(p->n); s++) {
        const int i = ent_coal_first(s);
        ent_rat_mul(&potential[s], &p->price[i], ent_i_perfect_u(p, s, i));
        ent_rat_add(&potential[s], &potential[s], &potential[s & ~ent_coal_single(i)]);
    }
}

static void dividend(const ent_rat *potential, ent_coal s, ent_rat *d)
{
    ent_rat_set_int(d, 0);
    for (ent_coal r = s; r; r = (r - 1) & s) {
        if ((ent_coal_size(s) - ent_coal_size(r)) % 2 == 0) ent_rat_add(d, d, &potential[r]);
        else ent_rat_sub(d, d, &potential[r]);
    }
}

static void number(ent_writer *w, const ent_perfect *p, const char *key, const ent_rat *r)
{
    ent_write_number(w, key, ent_rat_double(r), p->exact ? r : NULL);
}

static void vector(ent_writer *w, const ent_perfect *p, const char *key, ent_coal s)
{
    ent_write_object(w, key, true);
    for (int i = 0; i < p->n; i++)
        if (ent_coal_has(s, i)) number(w, p, p->m->player[i], ent_i_perfect_u(p, s, i));
    ent_write_end(w);
}

static void one(ent_writer *w, const ent_perfect *p, const char *key, ent_coal s,
                const ent_rat *potential)
{
    ent_rat d = ENT_RAT_ZERO;
    ent_write_object(w, key, false);
    ent_i_write_rho(w, p, s);
    vector(w, p, "payoffs", s);
    number(w, p, "potential", &potential[s]);
    vector(w, p, "utilities", s);
    dividend(potential, s, &d);
    number(w, p, "dividend", &d);
    ent_write_end(w);
    ent_rat_release(&d);
}

ent_status ent_i_write_transferable_harsanyi(ent_ctx *ctx, ent_writer *w, const ent_perfect *p)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const size_t coalitions = (size_t)1 << p->n;
    ent_coal *list = NULL;
    ent_text key;
    ent_text_init(ctx, &key);
    ent_rat *potential = ent_rats_new(ctx, coalitions, &st);
    if (!potential) goto done;
    ENT_SCRATCH(ctx, list, coalitions);
    ent_coal_list(p->n, list);
    potentials(p, potential);
    ent_write_object(w, "coalitions", false);
    for (ent_coal k = 0; k < ent_coal_all(p->n); k++)
        one(w, p, ent_i_coal_key(w->out, &key, p->m, list[k]), list[k], potential);
    ent_write_end(w);
    ENT_TRY(key.status);
done:
    ent_rats_free(potential, coalitions);
    ent_text_release(&key);
    ent_scratch_reset(ctx, mark);
    return st;
}
