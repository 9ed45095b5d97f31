/* What the multipliers prove: sum of weight times e is at least a sum over conflicts of least values, docs/results.md. */
#include "strategic/perfect.h"

/* f(r, c): the weighted payoffs at a play, as they count in sum of weight times e. coefficient [n] of this conflict. */
static void linear(const ent_perfect *p, const ent_fight *f, const ent_rat *coefficient, int r, int c, ent_rat *out)
{
    const int64_t profile = f->row_at[r] + f->column_at[c];
    ent_rat_set_int(out, 0);
    for (int i = 0; i < p->n; i++)
        if (ent_rat_sign(&coefficient[i]) != 0) ent_rat_addmul(out, &coefficient[i], &p->weighted[i * p->m->profiles + profile]);
}

/* g(r, c) = f(r, c) less the multipliers' part. */
static void reduced(const ent_perfect *p, const ent_fight *f, const ent_rat *coefficient, int r, int c, ent_rat *out)
{
    ent_rat excess = ENT_RAT_ZERO;
    linear(p, f, coefficient, r, c, out);
    for (int k = 0; k < f->columns; k++) {
        if (ent_rat_sign(&f->slack_column[k]) == 0) continue;
        ent_i_fight_excess(p, f, r, k, &excess);
        ent_rat_submul(out, &excess, &f->slack_column[k]);
    }
    for (int k = 0; k < f->rows; k++) {
        if (ent_rat_sign(&f->slack_row[k]) == 0) continue;
        ent_i_fight_excess(p, f, k, c, &excess);
        ent_rat_addmul(out, &excess, &f->slack_row[k]);
    }
    ent_rat_release(&excess);
}

/* Over the columns: the mean when q is the only strategy, else the least over tight ones. */
static void over_columns(const ent_perfect *p, const ent_fight *f, const ent_rat *coefficient, int r, ent_rat *out)
{
    ent_rat g = ENT_RAT_ZERO;
    bool first = true;
    ent_rat_set_int(out, 0);
    for (int c = 0; c < f->columns; c++) {
        if (f->unique_column ? ent_rat_sign(&f->q[c]) == 0 : !f->tight_column[c]) continue;
        reduced(p, f, coefficient, r, c, &g);
        if (f->unique_column) ent_rat_addmul(out, &g, &f->q[c]);
        else if (first || ent_rat_cmp(&g, out) < 0) ent_rat_set(out, &g);
        first = false;
    }
    ent_rat_release(&g);
}

static void least_of(const ent_perfect *p, const ent_fight *f, const ent_rat *coefficient, ent_rat *out)
{
    ent_rat g = ENT_RAT_ZERO;
    bool first = true;
    ent_rat_set_int(out, 0);
    for (int r = 0; r < f->rows; r++) {
        if (f->unique_row ? ent_rat_sign(&f->p[r]) == 0 : !f->tight_row[r]) continue;
        over_columns(p, f, coefficient, r, &g);
        if (f->unique_row) ent_rat_addmul(out, &g, &f->p[r]);
        else if (first || ent_rat_cmp(&g, out) < 0) ent_rat_set(out, &g);
        first = false;
    }
    ent_rat_release(&g);
}

ent_status ent_i_perfect_bound(ent_ctx *ctx, ent_perfect *p)
{
    ent_status st = ENT_OK;
    const ent_coal all = ent_coal_all(p->n);
    ent_rat *coefficient = ent_rats_new(ctx, (size_t)p->n, &st), least = ENT_RAT_ZERO;
    if (!coefficient) return st;
    ent_rat_set_int(&p->bound, 0);
    for (int k = 0; k < p->fights; k++) {
        const ent_fight *f = &p->fight[k];
        for (int i = 0; i < p->n; i++) {
            const ent_coal side = ent_coal_has(f->s, i) ? f->s : all & ~f->s;
            ent_rat_set_int(&coefficient[i], 0);
            for (int q = 0; q < p->pairs; q++) {
                const int sign = ent_i_pair_coefficient(&p->pair[q], side, i);
                if (sign > 0) ent_rat_add(&coefficient[i], &coefficient[i], &p->pair[q].weight);
                if (sign < 0) ent_rat_sub(&coefficient[i], &coefficient[i], &p->pair[q].weight);
            }
        }
        least_of(p, f, coefficient, &least);
        ent_rat_add(&p->bound, &p->bound, &least);
    }
    ent_rat_div(&p->bound, &p->bound, &p->spread);
    ent_rat_release(&least);
    ent_rats_free(coefficient, (size_t)p->n);
    return st;
}
