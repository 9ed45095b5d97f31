/* Facts that leave a solution alone in a box of claims: [Sal] Definition 4 has no other solution
 * with claims there. */
#include "verify/bayesian_enclosure.h"

#include "exact/kernel.h"

typedef struct isolation {
    const ent_bv_bargain *b;
    const ent_bv_box *box;
    ent_bv_fact *fact; /* [facts] */
    int facts, pairs;
    ent_bv_scales scales; /* of the solution */
    ent_claim *claim;     /* [interims] its claims */
    ent_rat *reach;       /* [interims] how far claims of the box are from them at most */
    int unknowns;         /* multipliers, weights, state values */
} isolation;

typedef struct linear {
    int scales, claims, rows;
    /* [scales][unknowns]; [rows][interims], of which the first `claims` count */
    ent_rat *change, *delta;
    ent_rat *a, *radius;     /* [interims][scales + claims] */
    ent_rat *omega;          /* [interims] */
    ent_rat *alpha, *lambda; /* [pairs], [interims] of the solution */
} linear;

static ent_status read_option(ent_bv *v, const ent_bayes_coal *s, const ent_json *node,
                              ent_bv_fact *out)
{
    ent_status st = ENT_OK;
    int64_t t = 0, d = 0;
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_ARRAY));
    if (node->count != 2)
        return ent_json_fail(v->ctx, v->c.doc, node, ENT_E_MODEL,
                             "wanted a profile and a decision");
    ENT_TRY(ent_json_int(v->ctx, v->c.doc, node->first, 0, s->profiles - 1, &t));
    ENT_TRY(ent_json_int(v->ctx, v->c.doc, node->first->next, 0, s->decisions - 1, &d));
    out->t = (int)t;
    out->d = (int)d;
done:
    return st;
}

/* The place of the number-th pair (member, type, report), report not the type. */
static int pair_of(const ent_bayes_coal *s, int64_t number)
{
    for (int k = 0; k < s->size; k++)
        for (int p = 0; p < s->types[k] * s->types[k]; p++)
            if (p / s->types[k] != p % s->types[k] && number-- == 0)
                return ent_bv_pair(s, k, 0, 0) + p;
    return -1;
}

static ent_status read_fact(ent_bv *v, const ent_bayes_coal *s, const ent_json *node,
                            ent_bv_fact *out)
{
    static const char *const words[] = {"used", "strict", "unused", "binding", "weighted"};
    ent_status st = ENT_OK;
    int64_t number = 0;
    for (int k = 0; k < 5; k++) {
        const ent_json *of = ent_json_get(node, words[k]);
        if (!of) continue;
        const bool reach = k < 2;
        const char *const keys[] = {words[k], reach ? "weights" : "prices",
                                    reach ? "multipliers" : "masses", NULL};
        ENT_TRY(ent_json_known(v->ctx, v->c.doc, node, keys));
        out->kind = (ent_bv_fact_kind)(ENT_BV_USED + k);
        if (k == 0 || k == 2) return read_option(v, s, of, out);
        ENT_TRY(ent_json_int(v->ctx, v->c.doc, of, 0, ent_bv_pairs(s) + s->interims, &number));
        out->m = (int)number;
        out->pair = k == 4 ? 0 : pair_of(s, number);
        if (out->pair >= 0 && (k < 4 || out->m < s->interims)) return st;
        return ent_json_fail(v->ctx, v->c.doc, of, ENT_E_MODEL, "there is no number %d", out->m);
    }
    st = ent_json_fail(v->ctx, v->c.doc, node, ENT_E_MODEL, "wanted a fact");
done:
    return st;
}

/* Is the fact true of this option, or of one that is the same? */
static bool marked(const isolation *x, ent_bv_fact_kind kind, int t, int d)
{
    for (int f = 0; f < x->facts; f++)
        if (x->fact[f].kind == kind && x->fact[f].t == t && ent_bv_same(x->b->s, x->fact[f].d, d))
            return true;
    return false;
}

static int counted(const isolation *x, ent_bv_fact_kind kind)
{
    int n = 0;
    for (int f = 0; f < x->facts; f++) n += x->fact[f].kind == kind;
    return n;
}

static bool weighted(const isolation *x, int m)
{
    for (int f = 0; f < x->facts; f++)
        if (x->fact[f].kind == ENT_BV_WEIGHTED && x->fact[f].m == m) return true;
    return false;
}

/* Changes of (alpha, lambda, p M) that keep decisions in use the best and multipliers of strict
 * pairs 0; weights sum to 0. */
static ent_status changes_of_scales(ent_bv *v, const isolation *x, ent_rat **basis, int *n)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->b->s;
    const int rows = 1 + counted(x, ENT_BV_USED) + counted(x, ENT_BV_STRICT) + s->interims,
              columns = x->unknowns;
    const size_t entries = (size_t)rows * (size_t)columns;
    int at = 0;
    ent_rat minus = ENT_RAT_ZERO;
    ent_rat_set_int(&minus, -1);
    ent_rat *a = ent_rats_new(v->ctx, entries, &st);
    if (!a) goto done;
    for (int m = 0; m < s->interims; m++) ent_rat_set_int(&a[x->pairs + m], 1);
    for (int f = 0; f < x->facts; f++) {
        const ent_bv_fact *fact = &x->fact[f];
        if (fact->kind != ENT_BV_USED && fact->kind != ENT_BV_STRICT) continue;
        ent_rat *row = a + (size_t)++at * (size_t)columns;
        if (fact->kind == ENT_BV_STRICT) {
            ent_rat_set_int(&row[fact->pair], 1);
            continue;
        }
        ent_bv_virtual_row(v, s, fact->t, fact->d, &minus, row + x->pairs, row);
        ent_rat_set_int(&row[x->pairs + s->interims + fact->t], 1);
    }
    for (int k = 0; k < s->size; k++) /* no multiplier for the truth */
        for (int t = 0; t < s->types[k]; t++)
            ent_rat_set_int(&a[(size_t)++at * (size_t)columns + (size_t)ent_bv_pair(s, k, t, t)],
                            1);
    ENT_TRY(ent_kernel(v->ctx, rows, columns, a, basis, n));
done:
    ent_rats_free(a, entries);
    return st;
}

/* The decisions that may be used: [profiles][decisions] flags; how many. */
static int list_open(const isolation *x, bool *open)
{
    const ent_bayes_coal *s = x->b->s;
    int n = 0;
    for (int o = 0; o < s->profiles * s->decisions; o++) {
        open[o] = !marked(x, ENT_BV_UNUSED, o / s->decisions, o % s->decisions);
        n += open[o];
    }
    return n;
}

/* For each open decision, as columns: 1 in the row of its profile, what it adds to the slacks of
 * binding pairs; and, as rows of `utility`, to the utilities of types whose weights are
 * positive. */
static ent_status fill_lotteries(ent_bv *v, const isolation *x, const bool *open, int columns,
                                 ent_rat *a, ent_rat *utility)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->b->s;
    const size_t each = (size_t)(x->pairs + s->interims);
    ent_rat one = ENT_RAT_ZERO;
    int at = 0;
    ent_rat_set_int(&one, 1);
    for (int o = 0; o < s->profiles * s->decisions; o++) {
        if (!open[o]) continue;
        ent_rat *row = ent_rats_new(v->ctx, each, &st);
        if (!row) goto done;
        ent_bv_virtual_row(v, s, o / s->decisions, o % s->decisions, &one, row + x->pairs, row);
        ent_rat_set_int(&a[(size_t)(o / s->decisions) * (size_t)columns + (size_t)at], 1);
        for (int f = 0, line = s->profiles; f < x->facts; f++)
            if (x->fact[f].kind == ENT_BV_BINDING)
                ent_rat_swap(&a[(size_t)line++ * (size_t)columns + (size_t)at],
                             &row[x->fact[f].pair]);
        for (int m = 0; m < s->interims; m++)
            if (weighted(x, m)) ent_rat_swap(&utility[at * s->interims + m], &row[x->pairs + m]);
        ent_rats_free(row, each);
        at++;
    }
done:
    return st;
}

/* The utilities of lotteries, and unit vectors for types whose weights may vanish: what they span,
 * in the first n of the rows. */
static ent_status independent(ent_bv *v, const isolation *x, int lotteries, const ent_rat *basis,
                              int columns, const ent_rat *utility, linear *l)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(v->ctx);
    const int k = x->b->s->interims;
    int *pivot = NULL;
    l->rows = lotteries + k;
    if (!(l->delta = ent_rats_new(v->ctx, (size_t)l->rows * (size_t)k, &st))) goto done;
    for (int j = 0; j < lotteries; j++)
        for (int c = 0; c < columns; c++)
            for (int m = 0; m < k; m++)
                ent_rat_addmul(&l->delta[j * k + m],
                               &basis[(size_t)j * (size_t)columns + (size_t)c],
                               &utility[c * k + m]);
    for (int m = 0; m < k; m++)
        if (!weighted(x, m)) ent_rat_set_int(&l->delta[(lotteries + m) * k + m], 1);
    ENT_SCRATCH(v->ctx, pivot, k);
    l->claims = ent_reduce(l->rows, k, l->delta, pivot);
done:
    ent_scratch_reset(v->ctx, mark);
    return st;
}

/* Changes of claims: independent vectors that span them. */
static ent_status changes_of_claims(ent_bv *v, const isolation *x, linear *l)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->b->s;
    const int rows = s->profiles + counted(x, ENT_BV_BINDING);
    int columns = 0, lotteries = 0;
    bool *open = NULL;
    ent_rat *a = NULL, *utility = NULL, *basis = NULL;
    ENT_ALLOC(v->ctx, open, s->profiles * s->decisions);
    columns = list_open(x, open);
    if (!(a = ent_rats_new(v->ctx, (size_t)rows * (size_t)columns, &st))) goto done;
    if (!(utility = ent_rats_new(v->ctx, (size_t)columns * (size_t)s->interims, &st))) goto done;
    ENT_TRY(fill_lotteries(v, x, open, columns, a, utility));
    ENT_TRY(ent_kernel(v->ctx, rows, columns, a, &basis, &lotteries));
    ENT_TRY(independent(v, x, lotteries, basis, columns, utility, l));
done:
    ent_rats_free(a, (size_t)rows * (size_t)columns);
    ent_rats_free(utility, (size_t)columns * (size_t)s->interims);
    ent_rats_free(basis, (size_t)lotteries * (size_t)columns);
    ent_free(open);
    return st;
}

/* A(alpha, lambda) omega at type t of member k; with `sizes`, of absolute values of A. */
static void left_side(const isolation *x, const ent_rat *alpha, const ent_rat *lambda,
                      const ent_rat *omega, int k, int t, bool sizes, ent_rat *out)
{
    const ent_bayes_coal *s = x->b->s;
    const int first = s->first[k];
    ent_rat factor = ENT_RAT_ZERO;
    ent_rat_set(&factor, &lambda[first + t]);
    for (int tau = 0; tau < s->types[k]; tau++)
        if (tau != t) ent_rat_add(&factor, &factor, &alpha[ent_bv_pair(s, k, t, tau)]);
    if (sizes && ent_rat_sign(&factor) < 0) ent_rat_neg(&factor, &factor);
    ent_rat_mul(out, &factor, &omega[first + t]);
    for (int tau = 0; tau < s->types[k]; tau++) {
        if (tau == t) continue;
        ent_rat_neg(&factor, &alpha[ent_bv_pair(s, k, tau, t)]);
        if (sizes && ent_rat_sign(&factor) < 0) ent_rat_neg(&factor, &factor);
        ent_rat_addmul(out, &factor, &omega[first + tau]);
    }
    ent_rat_release(&factor);
}

/* Less R: the sum of p M over profiles with t, less p(t) times what the others are owed. */
static void take_right(const ent_bv *v, const isolation *x, const ent_rat *lambda,
                       const ent_rat *state, int k, int t, ent_rat *out)
{
    const ent_bayes_coal *s = x->b->s;
    const int stride = ent_bayes_stride(s, k);
    ent_rat owed = ENT_RAT_ZERO;
    for (int c = 0; c < s->profiles; c++)
        if (c / stride % s->types[k] == t) ent_rat_sub(out, out, &state[c]);
    for (int m = 0; m < s->interims; m++)
        if (m < s->first[k] || m >= s->first[k + 1])
            ent_rat_addmul(&owed, &lambda[m], &x->b->sure[k * s->interims + m]);
    ent_rat_addmul(out, &v->m->prior[s->member[k]].exact[t], &owed);
    ent_rat_release(&owed);
}

static void fill_row(const ent_bv *v, const isolation *x, const linear *l, int k, int t)
{
    const ent_bayes_coal *s = x->b->s;
    const int m = s->first[k] + t, columns = l->scales + l->claims;
    for (int j = 0; j < l->scales; j++) {
        const ent_rat *alpha = l->change + (size_t)j * (size_t)x->unknowns,
                      *lambda = alpha + x->pairs, *state = lambda + s->interims;
        left_side(x, alpha, lambda, l->omega, k, t, false, &l->a[m * columns + j]);
        take_right(v, x, lambda, state, k, t, &l->a[m * columns + j]);
        left_side(x, alpha, lambda, x->reach, k, t, true, &l->radius[m * columns + j]);
    }
    for (int j = 0; j < l->claims; j++)
        left_side(x, l->alpha, l->lambda, l->delta + j * s->interims, k, t, false,
                  &l->a[m * columns + l->scales + j]);
}

static ent_status solve_linear(ent_bv *v, const isolation *x, linear *l, bool *alone)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->b->s;
    const size_t entries = (size_t)s->interims * (size_t)(l->scales + l->claims);
    if (!(l->a = ent_rats_new(v->ctx, entries, &st))) goto done;
    if (!(l->radius = ent_rats_new(v->ctx, entries, &st))) goto done;
    if (!(l->omega = ent_rats_new(v->ctx, (size_t)s->interims, &st))) goto done;
    if (!(l->lambda = ent_rats_new(v->ctx, (size_t)s->interims, &st))) goto done;
    if (!(l->alpha = ent_rats_new(v->ctx, (size_t)x->pairs, &st))) goto done;
    for (int m = 0; m < s->interims; m++) {
        ent_rat_set(&l->omega[m], &x->claim[m].number);
        ent_rat_set(&l->lambda[m], &x->scales.weight[m].number);
    }
    for (int p = 0; p < x->pairs; p++) ent_rat_set(&l->alpha[p], &x->scales.multiplier[p].number);
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++) fill_row(v, x, l, k, t);
    ENT_TRY(ent_full_rank(v->ctx, s->interims, l->scales + l->claims, l->a, l->radius, alone));
done:
    ent_rats_free(l->a, entries);
    ent_rats_free(l->radius, entries);
    ent_rats_free(l->omega, (size_t)s->interims);
    ent_rats_free(l->lambda, (size_t)s->interims);
    ent_rats_free(l->alpha, (size_t)x->pairs);
    return st;
}

static ent_status is_alone(ent_bv *v, const isolation *x, bool *alone)
{
    ent_status st = ENT_OK;
    linear l = {0};
    ENT_TRY(changes_of_claims(v, x, &l));
    *alone = l.claims == 0;
    if (*alone) goto done;
    ENT_TRY(changes_of_scales(v, x, &l.change, &l.scales));
    if (l.scales + l.claims <= x->b->s->interims) ENT_TRY(solve_linear(v, x, &l, alone));
done:
    ent_rats_free(l.change, (size_t)l.scales * (size_t)x->unknowns);
    ent_rats_free(l.delta, (size_t)l.rows * (size_t)x->b->s->interims);
    return st;
}

/* The solution's scales and claims; false when these are not in the box. */
static ent_status read_solution(ent_bv *v, const ent_json *node, isolation *x, bool *usable)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->b->s;
    ent_rat below = ENT_RAT_ZERO;
    const bool quoted = v->quoted;
    v->quoted = false;
    st = ent_bv_scales_read(v, node, s, &x->scales);
    if (st == ENT_OK) st = ent_bv_member_interim(v, node, "claims", s, x->claim);
    v->quoted = quoted;
    ENT_TRY(st);
    *usable = true;
    for (int m = 0; m < s->interims; m++) {
        ent_rat_sub(&below, &x->claim[m].number, &x->box->low[m]);
        ent_rat_sub(&x->reach[m], &x->box->high[m], &x->claim[m].number);
        *usable = *usable && ent_rat_sign(&below) >= 0 && ent_rat_sign(&x->reach[m]) >= 0;
        if (ent_rat_cmp(&x->reach[m], &below) < 0) ent_rat_swap(&x->reach[m], &below);
    }
done:
    ent_rat_release(&below);
    return st;
}

ent_status ent_bv_isolated(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                           const ent_json *facts, const ent_bv_box *box, const ent_rat *scale,
                           ent_rat *claim, bool *alone)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = b->s;
    isolation x = {.b = b,
                   .box = box,
                   .pairs = ent_bv_pairs(s),
                   .unknowns = ent_bv_pairs(s) + s->interims + s->profiles};
    bool usable = false;
    *alone = false;
    ENT_ALLOC(v->ctx, x.fact, facts->count);
    x.claim = ent_claims_new(v->ctx, s->interims, &st);
    if (!x.claim) goto done;
    if (!(x.reach = ent_rats_new(v->ctx, (size_t)s->interims, &st))) goto done;
    ENT_TRY(read_solution(v, node, &x, &usable));
    if (!usable) goto done;
    for (const ent_json *one = facts->first; one; one = one->next) {
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, one, ENT_JSON_OBJECT));
        ENT_TRY(read_fact(v, s, one, &x.fact[x.facts]));
        ENT_TRY(ent_bv_excluded(v, b, one, box, scale, &x.fact[x.facts++]));
    }
    ENT_TRY(is_alone(v, &x, alone));
    for (int m = 0; m < s->interims; m++) ent_rat_set(&claim[m], &x.claim[m].number);
done:
    ent_free(x.fact);
    ent_claims_free(x.claim, s->interims);
    ent_rats_free(x.reach, (size_t)s->interims);
    ent_bv_scales_release(&x.scales);
    return st;
}
