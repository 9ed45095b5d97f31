#include "strategic/perfect.h"

#include <math.h>

/* of the spread: how close payoffs in doubles must be to the value to count as equal */
static const double TIGHT = 1e-7;

int ent_i_pair_coefficient(const ent_pair *pair, ent_coal r, int m)
{
    const ent_coal i = ent_coal_single(pair->i), j = ent_coal_single(pair->j);
    if (m == pair->i) return r == pair->s ? 1 : r == (pair->s & ~j) ? -1 : 0;
    if (m == pair->j) return r == pair->s ? -1 : r == (pair->s & ~i) ? 1 : 0;
    return 0;
}

void ent_i_fight_excess(const ent_perfect *p, const ent_fight *f, int r, int c, ent_rat *out)
{
    const int64_t profile = f->row_at[r] + f->column_at[c];
    ent_rat_neg(out, &f->value);
    for (int i = 0; i < p->n; i++) {
        const ent_rat *u = &p->weighted[i * p->m->profiles + profile];
        if (ent_coal_has(f->s, i)) ent_rat_add(out, out, u);
        else ent_rat_sub(out, out, u);
    }
}

static void mean_payoffs(const ent_perfect *p, ent_fight *f)
{
    ent_rat weight = ENT_RAT_ZERO;
    for (int i = 0; i < p->n; i++) ent_rat_set_int(&f->payoff[i], 0);
    for (int r = 0; r < f->rows; r++) {
        if (ent_rat_sign(&f->p[r]) == 0) continue;
        for (int c = 0; c < f->columns; c++) {
            if (ent_rat_sign(&f->q[c]) == 0) continue;
            ent_rat_mul(&weight, &f->p[r], &f->q[c]);
            for (int i = 0; i < p->n; i++)
                ent_rat_addmul(
                    &f->payoff[i], &weight,
                    &p->m->payoff.exact[i * p->m->profiles + f->row_at[r] + f->column_at[c]]);
        }
    }
    ent_rat_release(&weight);
}

static void difference(const ent_perfect *p, const ent_pair *pair, ent_rat *e)
{
    const ent_coal i = ent_coal_single(pair->i), j = ent_coal_single(pair->j);
    ent_rat part = ENT_RAT_ZERO;
    ent_rat_sub(&part, ent_i_perfect_u(p, pair->s, pair->i),
                ent_i_perfect_u(p, pair->s & ~j, pair->i));
    ent_rat_mul(e, &part, &p->price[pair->i]);
    ent_rat_sub(&part, ent_i_perfect_u(p, pair->s, pair->j),
                ent_i_perfect_u(p, pair->s & ~i, pair->j));
    ent_rat_submul(e, &part, &p->price[pair->j]);
    ent_rat_release(&part);
}

static void absolute(ent_rat *r)
{
    if (ent_rat_sign(r) < 0) ent_rat_neg(r, r);
}

void ent_i_perfect_measure(ent_perfect *p)
{
    const ent_coal all = ent_coal_all(p->n);
    ent_rat e = ENT_RAT_ZERO;
    for (int k = 0; k < p->fights; k++) {
        mean_payoffs(p, &p->fight[k]);
        for (int i = 0; i < p->n; i++) {
            const ent_coal s =
                ent_coal_has(p->fight[k].s, i) ? p->fight[k].s : all & ~p->fight[k].s;
            ent_rat_set(ent_i_perfect_u(p, s, i), &p->fight[k].payoff[i]);
        }
    }
    for (int i = 0; i < p->n; i++) ent_rat_set(ent_i_perfect_u(p, all, i), &p->utility[i]);
    ent_rat_set_int(&p->residual, 0);
    for (int k = 0; k < p->pairs; k++) {
        difference(p, &p->pair[k], &e);
        absolute(&e);
        if (ent_rat_cmp(&e, &p->residual) > 0) ent_rat_set(&p->residual, &e);
    }
    /* the grand coalition's pairs: zero at an equilibrium, up to rounding where it is not exact */
    for (int i = 0; i < p->n; i++)
        for (int j = i + 1; j < p->n; j++) {
            const ent_pair pair = {.s = all, .i = i, .j = j};
            difference(p, &pair, &e);
            absolute(&e);
            if (ent_rat_cmp(&e, &p->residual) > 0) ent_rat_set(&p->residual, &e);
        }
    ent_rat_div(&p->residual, &p->residual, &p->spread);
    ent_rat_release(&e);
}

static bool is_tight(const ent_perfect *p, ent_rat *slack)
{
    if (p->exact) return ent_rat_sign(slack) == 0;
    return fabs(ent_rat_double(slack)) <= TIGHT * ent_rat_double(&p->spread);
}

static void find_tight(const ent_perfect *p, ent_fight *f)
{
    ent_rat sum = ENT_RAT_ZERO, part = ENT_RAT_ZERO;
    for (int r = 0; r < f->rows; r++) {
        ent_rat_set_int(&sum, 0);
        for (int c = 0; c < f->columns; c++) {
            if (ent_rat_sign(&f->q[c]) == 0) continue;
            ent_i_fight_excess(p, f, r, c, &part);
            ent_rat_addmul(&sum, &part, &f->q[c]);
        }
        f->tight_row[r] = is_tight(p, &sum);
    }
    for (int c = 0; c < f->columns; c++) {
        ent_rat_set_int(&sum, 0);
        for (int r = 0; r < f->rows; r++) {
            if (ent_rat_sign(&f->p[r]) == 0) continue;
            ent_i_fight_excess(p, f, r, c, &part);
            ent_rat_addmul(&sum, &part, &f->p[r]);
        }
        f->tight_column[c] = is_tight(p, &sum);
    }
    ent_rat_release(&sum);
    ent_rat_release(&part);
}

/* Are the `vectors` rows of a [vectors][width] linearly independent? Numbers up to `nothing` in
 * size count as 0. Destroys a. */
static bool independent(int vectors, int width, ent_rat *a, double nothing)
{
    ent_rat f = ENT_RAT_ZERO;
    int rank = 0;
    for (int c = 0; c < width && rank < vectors; c++) {
        int r = rank;
        for (int i = rank; i < vectors; i++)
            if (fabs(ent_rat_double(&a[i * width + c])) > fabs(ent_rat_double(&a[r * width + c])))
                r = i;
        if (ent_rat_sign(&a[r * width + c]) == 0 ||
            fabs(ent_rat_double(&a[r * width + c])) <= nothing)
            continue;
        for (int j = 0; r != rank && j < width; j++)
            ent_rat_swap(&a[r * width + j], &a[rank * width + j]);
        for (int i = rank + 1; i < vectors; i++) {
            if (ent_rat_sign(&a[i * width + c]) == 0) continue;
            ent_rat_div(&f, &a[i * width + c], &a[rank * width + c]);
            for (int j = c; j < width; j++)
                ent_rat_submul(&a[i * width + j], &f, &a[rank * width + j]);
        }
        rank++;
    }
    ent_rat_release(&f);
    return rank == vectors;
}

/* The tight plays of a side as vectors (1, payoffs against the other side's support), into a. */
static void fill_vectors(const ent_perfect *p, const ent_fight *f, bool rows, ent_rat *a)
{
    const int mine = rows ? f->rows : f->columns, theirs = rows ? f->columns : f->rows;
    const ent_rat *support = rows ? f->q : f->p;
    for (int k = 0; k < mine; k++) {
        if (!(rows ? f->tight_row[k] : f->tight_column[k])) continue;
        ent_rat_set_int(a++, 1);
        for (int t = 0; t < theirs; t++)
            if (ent_rat_sign(&support[t]) != 0)
                ent_i_fight_excess(p, f, rows ? k : t, rows ? t : k, a++);
    }
}

/* One side's strategy is the only optimal one when its tight plays, as vectors (1, payoffs against
 * the other side's support), are independent. */
static ent_status uniqueness(ent_ctx *ctx, const ent_perfect *p, const ent_fight *f, bool rows,
                             bool *unique)
{
    ent_status st = ENT_OK;
    const int mine = rows ? f->rows : f->columns, theirs = rows ? f->columns : f->rows;
    const bool *tight = rows ? f->tight_row : f->tight_column;
    const ent_rat *support = rows ? f->q : f->p;
    int vectors = 0, width = 1;
    for (int k = 0; k < mine; k++) vectors += tight[k];
    for (int k = 0; k < theirs; k++) width += ent_rat_sign(&support[k]) != 0;
    *unique = vectors == 1;
    if (vectors == 1 || vectors > width) return ENT_OK;
    const size_t count = (size_t)vectors * (size_t)width;
    ent_rat *a = ent_rats_new(ctx, count, &st);
    if (!a) return st;
    fill_vectors(p, f, rows, a);
    *unique = independent(vectors, width, a,
                          p->exact ? 0.0 : TIGHT * fmin(1.0, ent_rat_double(&p->spread)));
    ent_rats_free(a, count);
    return ENT_OK;
}

ent_status ent_i_perfect_tighten(ent_ctx *ctx, ent_perfect *p)
{
    ent_status st = ENT_OK;
    for (int k = 0; k < p->fights; k++) {
        ent_fight *f = &p->fight[k];
        find_tight(p, f);
        ENT_TRY(uniqueness(ctx, p, f, true, &f->unique_row));
        ENT_TRY(uniqueness(ctx, p, f, false, &f->unique_column));
    }
done:
    return st;
}

static void release_fight(ent_fight *f, int n)
{
    ent_rats_free(f->p, (size_t)f->rows);
    ent_rats_free(f->q, (size_t)f->columns);
    ent_rats_free(f->slack_row, (size_t)f->rows);
    ent_rats_free(f->slack_column, (size_t)f->columns);
    ent_rats_free(f->payoff, (size_t)n);
    ent_free(f->tight_row);
    ent_free(f->tight_column);
    ent_rat_release(&f->value);
}

void ent_i_perfect_free(ent_perfect *p)
{
    if (!p) return;
    for (int k = 0; p->fight && k < p->fights; k++) release_fight(&p->fight[k], p->n);
    for (int k = 0; p->pair && k < p->pairs; k++) ent_rat_release(&p->pair[k].weight);
    ent_free(p->fight);
    ent_free(p->pair);
    ent_rats_free(p->weighted, (size_t)p->n * (size_t)p->m->profiles);
    ent_rats_free(p->u, ((size_t)1 << p->n) * (size_t)p->n);
    ent_rats_free(p->price, (size_t)p->n);
    ent_rats_free(p->utility, (size_t)p->n);
    ent_rat_release(&p->spread);
    ent_rat_release(&p->residual);
    ent_rat_release(&p->bound);
    ent_free(p);
}

static ent_status new_fight(ent_ctx *ctx, const ent_conflict *k, int n, ent_fight *f)
{
    ent_status st = ENT_OK;
    *f = (ent_fight){.s = k->s,
                     .rows = k->rows,
                     .columns = k->columns,
                     .row_at = k->row_at,
                     .column_at = k->column_at};
    ent_rat_init(&f->value);
    f->p = ent_rats_new(ctx, (size_t)k->rows, &st);
    if (st == ENT_OK) f->q = ent_rats_new(ctx, (size_t)k->columns, &st);
    if (st == ENT_OK) f->slack_row = ent_rats_new(ctx, (size_t)k->rows, &st);
    if (st == ENT_OK) f->slack_column = ent_rats_new(ctx, (size_t)k->columns, &st);
    if (st == ENT_OK) f->payoff = ent_rats_new(ctx, (size_t)n, &st);
    if (st != ENT_OK) goto done;
    ENT_ALLOC(ctx, f->tight_row, k->rows);
    ENT_ALLOC(ctx, f->tight_column, k->columns);
done:
    return st;
}

static void set_prices(ent_perfect *p)
{
    ent_rat range = ENT_RAT_ZERO, least = ENT_RAT_ZERO;
    const ent_equilibrium *e = p->e;
    for (int i = 0; i < p->n; i++) {
        if (p->exact) {
            ent_rat_set(&p->price[i], &e->exact.price[i]);
            ent_rat_set(&p->utility[i], &e->exact.utility[i]);
        } else {
            ent_rat_set_double(&p->price[i], e->point.price[i]);
            ent_rat_set_double(&p->utility[i], e->point.utility[i]);
        }
        const ent_rat *u = p->m->payoff.exact + i * p->m->profiles;
        ent_rat_set(&range, u);
        ent_rat_set(&least, u);
        for (int64_t x = 0; x < p->m->profiles; x++) {
            if (ent_rat_cmp(&u[x], &range) > 0) ent_rat_set(&range, &u[x]);
            if (ent_rat_cmp(&u[x], &least) < 0) ent_rat_set(&least, &u[x]);
            ent_rat_mul(&p->weighted[i * p->m->profiles + x], &p->price[i], &u[x]);
        }
        ent_rat_sub(&range, &range, &least);
        ent_rat_addmul(&p->spread, &p->price[i], &range);
    }
    if (ent_rat_sign(&p->spread) == 0) ent_rat_set_int(&p->spread, 1);
    ent_rat_release(&range);
    ent_rat_release(&least);
}

/* Strategies and value: exactly, or the doubles that will be printed. */
static void set_strategies(ent_perfect *p, ent_grand *g, const double *scaled, int k)
{
    ent_fight *f = &p->fight[k];
    if (p->exact) {
        const ent_exact_game *game = &p->e->exact.threats.game[k];
        for (int r = 0; r < f->rows; r++) ent_rat_set(&f->p[r], &game->row[r]);
        for (int c = 0; c < f->columns; c++) ent_rat_set(&f->q[c], &game->column[c]);
        ent_rat_set(&f->value, &game->value);
        return;
    }
    ent_matrix_result r;
    ent_threats_game(g->t, k, scaled, &r);
    double value = r.value;
    for (int i = 0; i < p->n; i++)
        value += (ent_coal_has(f->s, i) ? 1.0 : -1.0) * p->e->point.price[i] * g->least[i];
    for (int x = 0; x < f->rows; x++) ent_rat_set_double(&f->p[x], r.row[x]);
    for (int x = 0; x < f->columns; x++) ent_rat_set_double(&f->q[x], r.column[x]);
    ent_rat_set_double(&f->value, value);
}

static void add_pairs(ent_perfect *p, ent_coal s)
{
    for (int i = 0; i < p->n; i++)
        for (int j = i + 1; j < p->n; j++) {
            if (!ent_coal_has(s, i) || !ent_coal_has(s, j)) continue;
            p->pair[p->pairs] = (ent_pair){.s = s, .i = i, .j = j};
            ent_rat_init(&p->pair[p->pairs++].weight);
        }
}

/* All pairs in proper coalitions of two and more. */
static ent_status list_pairs(ent_ctx *ctx, ent_perfect *p)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_coal *list = NULL;
    int count = 0;
    ENT_SCRATCH(ctx, list, (size_t)1 << p->n);
    ent_coal_list(p->n, list);
    for (ent_coal k = 0; k + 1 < ent_coal_all(p->n); k++)
        count += ent_coal_size(list[k]) * (ent_coal_size(list[k]) - 1) / 2;
    ENT_ALLOC(ctx, p->pair, count > 0 ? count : 1);
    for (ent_coal k = 0; k + 1 < ent_coal_all(p->n); k++) add_pairs(p, list[k]);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_perfect_new(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                             const ent_equilibrium *e, ent_perfect **out)
{
    ent_status st = ENT_OK;
    ent_perfect *p = NULL;
    double scaled[ENT_COCO_PLAYERS];
    const size_t n = (size_t)m->n;
    ENT_ALLOC(ctx, p, 1);
    *p = (ent_perfect){.m = m, .e = e, .n = m->n, .exact = e->exact.known};
    ent_rat_init(&p->spread);
    ent_rat_init(&p->residual);
    ent_rat_init(&p->bound);
    p->weighted = ent_rats_new(ctx, n * (size_t)m->profiles, &st);
    if (st == ENT_OK) p->u = ent_rats_new(ctx, ((size_t)1 << n) * n, &st);
    if (st == ENT_OK) p->price = ent_rats_new(ctx, n, &st);
    if (st == ENT_OK) p->utility = ent_rats_new(ctx, n, &st);
    if (st != ENT_OK) goto done;
    set_prices(p);
    ENT_TRY(list_pairs(ctx, p));
    ENT_ALLOC(ctx, p->fight, g->t->conflicts > 0 ? g->t->conflicts : 1);
    for (int i = 0; i < m->n; i++) scaled[i] = e->point.price[i] * g->range[i];
    for (int k = 0; k < g->t->conflicts; k++) {
        p->fights = k + 1;
        ENT_TRY(new_fight(ctx, &g->t->conflict[k], m->n, &p->fight[k]));
        set_strategies(p, g, scaled, k);
    }
    ENT_TRY(ent_i_perfect_tighten(ctx, p));
    ent_i_perfect_measure(p);
    *out = p;
    p = NULL;
done:
    ent_i_perfect_free(p);
    return st;
}
