/* What the multipliers prove: sum of weight times e is at least a sum over conflicts of least
 * values, docs/results.md. */
#include "strategic/perfect.h"

/* f(r, c): the weighted payoffs at a play, as they count in sum of weight times e. coefficient [n]
 * of this conflict. */
static void linear(const ent_perfect *p, const ent_fight *f, const ent_rat *coefficient, int r,
                   int c, ent_rat *out)
{
    const int64_t profile = f->row_at[r] + f->column_at[c];
    ent_rat_set_int(out, 0);
    for (int i = 0; i < p->n; i++)
        if (ent_rat_sign(&coefficient[i]) != 0)
            ent_rat_addmul(out, &coefficient[i], &p->weighted[i * p->m->profiles + profile]);
}

/* g(r, c) = f(r, c) less the multipliers' part. */
static void reduced(const ent_perfect *p, const ent_fight *f, const ent_rat *coefficient, int r,
                    int c, ent_rat *out)
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

/* One side as it is summed over: the mean when its strategy is the only one, else the least over
 * tight plays. */
typedef struct range {
    int plays;
    bool unique;
    const ent_rat *weight;
    const bool *tight;
} range;

static bool counts(const range *s, int k)
{
    return s->unique ? ent_rat_sign(&s->weight[k]) != 0 : s->tight[k];
}

static void take(const range *s, int k, const ent_rat *value, bool first, ent_rat *out)
{
    if (s->unique) ent_rat_addmul(out, value, &s->weight[k]);
    else if (first || ent_rat_cmp(value, out) < 0) ent_rat_set(out, value);
}

/* The least over both sides. A side with a single strategy comes inside: its mean is linear in what
 * the other plays. */
static void least_of(const ent_perfect *p, const ent_fight *f, const ent_rat *coefficient,
                     ent_rat *out)
{
    const range rows = {f->rows, f->unique_row, f->p, f->tight_row},
                columns = {f->columns, f->unique_column, f->q, f->tight_column};
    const range *outer = rows.unique ? &columns : &rows, *inner = rows.unique ? &rows : &columns;
    ent_rat value = ENT_RAT_ZERO, g = ENT_RAT_ZERO;
    bool first = true;
    ent_rat_set_int(out, 0);
    for (int k = 0; k < outer->plays; k++) {
        if (!counts(outer, k)) continue;
        bool first_inside = true;
        ent_rat_set_int(&value, 0);
        for (int j = 0; j < inner->plays; j++) {
            if (!counts(inner, j)) continue;
            reduced(p, f, coefficient, rows.unique ? j : k, rows.unique ? k : j, &g);
            take(inner, j, &g, first_inside, &value);
            first_inside = false;
        }
        take(outer, k, &value, first, out);
        first = false;
    }
    ent_rat_release(&value);
    ent_rat_release(&g);
}

/* How player i's weighted payoff in the conflict of its side counts in sum of weight times e. */
static void coefficient_of(const ent_perfect *p, ent_coal side, int i, ent_rat *sum)
{
    ent_rat_set_int(sum, 0);
    for (int q = 0; q < p->pairs; q++) {
        const int sign = ent_i_pair_coefficient(&p->pair[q], side, i);
        if (sign > 0) ent_rat_add(sum, sum, &p->pair[q].weight);
        if (sign < 0) ent_rat_sub(sum, sum, &p->pair[q].weight);
    }
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
        for (int i = 0; i < p->n; i++)
            coefficient_of(p, ent_coal_has(f->s, i) ? f->s : all & ~f->s, i, &coefficient[i]);
        least_of(p, f, coefficient, &least);
        ent_rat_add(&p->bound, &p->bound, &least);
    }
    ent_rat_div(&p->bound, &p->bound, &p->spread);
    ent_rat_release(&least);
    ent_rats_free(coefficient, (size_t)p->n);
    return st;
}
