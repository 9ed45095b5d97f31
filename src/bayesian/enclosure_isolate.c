/* Is a solution the only one in its cluster? Facts that hold for all solutions there narrow down
 * what may differ from it: weights, multipliers and state values in a space X, claims in a space D.
 * The difference of the two warrant equations is linear in both differences, with a matrix that
 * depends on the claims alone: if it has full rank over all the box, nothing differs
 * (docs/bayesian.md, section 7). */
#include "bayesian/value_enclosure.h"

#include "base/ctx.h"
#include "exact/kernel.h"

#include <math.h>

typedef struct isolating {
    const ent_exact_problem *problem;
    const ent_bayes_answer *answer;
    ent_box_work *work;
    const double *low, *high; /* [interims] the cluster, in scaled units */
    /* [interims] how far claims there are from the solution's at most */
    ent_rat *reach;
    ent_rat *mu, *w, *u, *s; /* [options], [cells], [interims], [pairs] */
    bool *used, *unused;     /* [options] facts: probability positive, loss positive */
    bool *strict, *binding;  /* [pairs] slack positive, multiplier positive */
    bool *weighted;          /* [interims] weight positive */
    int changes;             /* alphas, lambdas, W */
} isolating;

static const ent_rat *utility_of(const isolating *x, int o, int interim)
{
    return &x->problem->a[(size_t)o * (size_t)x->problem->b->interims + (size_t)interim];
}

/* The solution's mechanism by options, its state values, utilities and slacks. */
static void set_solution(const isolating *x)
{
    const ent_bargain *b = x->problem->b;
    const ent_bayes_mechanism *m = &x->answer->mechanism;
    for (int k = 0; k < m->entries; k++)
        for (int o = b->first[m->profile[k]]; o < b->first[m->profile[k] + 1]; o++)
            if (b->decision[o] == m->decision[k]) ent_rat_set(&x->mu[o], &m->probability.exact[k]);
    ent_i_bayes_exact_best(x->problem, x->answer->multiplier.exact, x->answer->weight.exact, x->w);
    ent_i_bayes_exact_means(x->problem, x->mu, x->u, x->s);
}

/* The largest distance of a claim in the box from the solution's; false when the solution's is
 * outside. */
static bool set_reach(const isolating *x)
{
    const ent_bargain *b = x->problem->b;
    ent_rat one = ENT_RAT_ZERO, other = ENT_RAT_ZERO;
    bool inside = true;
    for (int m = 0; m < b->interims; m++) {
        const double scale = b->scale[b->place[m]];
        ent_rat_set_double(&one, b->shift[m] + scale * x->low[m]);
        ent_rat_set_double(&other, b->shift[m] + scale * x->high[m]);
        ent_rat_sub(&one, &x->answer->claim.exact[m], &one);
        ent_rat_sub(&other, &other, &x->answer->claim.exact[m]);
        inside = inside && ent_rat_double(&one) > -1e-9 * scale &&
                 ent_rat_double(&other) > -1e-9 * scale;
        if (ent_rat_cmp(&one, &other) < 0) ent_rat_swap(&one, &other);
        /* A hair more, for what rounding to and from scaled units lost. */
        ent_rat_set_double(&other, 1e-9 * scale);
        ent_rat_add(&x->reach[m], &one, &other);
    }
    ent_rat_release(&one);
    ent_rat_release(&other);
    return inside;
}

/* W_c - virtual utility of an option, as a row over (alpha, lambda, W). */
static void loss_row(const isolating *x, int cell, int o, ent_rat *row)
{
    const ent_bargain *b = x->problem->b;
    ent_rat_set_int(&row[b->pairs + b->interims + cell], 1);
    for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
        const ent_bargain_row *y = &b->row[r];
        if (y->sign > 0.0) ent_rat_sub(&row[y->y], &row[y->y], utility_of(x, o, y->interim));
        else ent_rat_add(&row[y->y], &row[y->y], utility_of(x, o, y->interim));
    }
}

/* X: losses of options in use and multipliers of strict pairs are 0, weights sum to 0. */
static ent_status space_of_scales(ent_ctx *ctx, const isolating *x, ent_rat **basis, int *n)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = x->problem->b;
    int rows = 1, at = 1;
    for (int o = 0; o < b->options; o++) rows += x->used[o];
    for (int k = 0; k < b->pairs; k++) rows += x->strict[k];
    const size_t entries = (size_t)rows * (size_t)x->changes;
    ent_rat *a = ent_rats_new(ctx, entries, &st);
    if (!a) goto done;
    for (int m = 0; m < b->interims; m++) ent_rat_set_int(&a[b->pairs + m], 1);
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            if (x->used[o]) loss_row(x, cell, o, a + (size_t)at++ * (size_t)x->changes);
    for (int k = 0; k < b->pairs; k++)
        if (x->strict[k]) ent_rat_set_int(&a[(size_t)at++ * (size_t)x->changes + (size_t)k], 1);
    ENT_TRY(ent_kernel(ctx, rows, x->changes, a, basis, n));
done:
    ent_rats_free(a, entries);
    return st;
}

/* What an option adds to the slacks of binding pairs, [pairs][options] column o; and to the
 * utilities of types whose weights are positive. */
static void add_option(const isolating *x, int cell, int o, const ent_rat *probability,
                       ent_rat *slack, ent_rat *utility)
{
    const ent_bargain *b = x->problem->b;
    ent_rat part = ENT_RAT_ZERO;
    for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
        const ent_bargain_row *y = &b->row[r];
        const int m = y->y - b->pairs;
        ent_rat *to = m < 0 ? (slack && x->binding[y->y]
                                   ? &slack[(size_t)y->y * (size_t)b->options + (size_t)o]
                                   : NULL)
                            : (utility && x->weighted[m] ? &utility[m] : NULL);
        if (!to) continue;
        ent_rat_mul(&part, probability, utility_of(x, o, y->interim));
        if (y->sign > 0.0) ent_rat_add(to, to, &part);
        else ent_rat_sub(to, to, &part);
    }
    ent_rat_release(&part);
}

/* Lotteries of sum 0 over options that may be used, with slack 0 for binding pairs: rows, then
 * their kernel. */
static ent_status space_of_lotteries(ent_ctx *ctx, const isolating *x, ent_rat **basis, int *n)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = x->problem->b;
    const int rows = b->cells + b->pairs;
    const size_t entries = (size_t)rows * (size_t)b->options;
    ent_rat one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat *a = ent_rats_new(ctx, entries, &st);
    if (!a) goto done;
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            if (x->unused[o]) continue;
            ent_rat_set_int(&a[(size_t)cell * (size_t)b->options + (size_t)o], 1);
            add_option(x, cell, o, &one, a + (size_t)b->cells * (size_t)b->options, NULL);
        }
    ENT_TRY(ent_kernel(ctx, rows, b->options, a, basis, n));
done:
    ent_rats_free(a, entries);
    return st;
}

/* U of a lottery of sum 0, where the weight is positive; options out of use do not change. */
static void utilities_of(const isolating *x, const ent_rat *nu, ent_rat *out)
{
    const ent_bargain *b = x->problem->b;
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            if (!x->unused[o]) add_option(x, cell, o, &nu[o], NULL, out);
}

/* D: what these utilities span, with the unit vectors of types without a positive weight. The first
 * n rows of `out`, [rows][interims]. */
static ent_status space_of_claims(ent_ctx *ctx, const isolating *x, ent_rat **out, int *rows,
                                  int *n)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = x->problem->b;
    const int k = b->interims;
    int lotteries = 0, *pivot = NULL;
    ent_rat *basis = NULL;
    ENT_TRY(space_of_lotteries(ctx, x, &basis, &lotteries));
    *rows = lotteries + k;
    if (!(*out = ent_rats_new(ctx, (size_t)*rows * (size_t)k, &st))) goto done;
    for (int j = 0; j < lotteries; j++)
        utilities_of(x, basis + (size_t)j * (size_t)b->options, *out + j * k);
    for (int m = 0; m < k; m++)
        if (!x->weighted[m]) ent_rat_set_int(&(*out)[(lotteries + m) * k + m], 1);
    ENT_SCRATCH(ctx, pivot, k);
    *n = ent_reduce(*rows, k, *out, pivot);
done:
    ent_rats_free(basis, (size_t)lotteries * (size_t)b->options);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* A omega of (alpha, lambda) into out[interims]; with `sizes`, of the absolute values of A. */
static void product(const ent_bargain *b, const ent_rat *alpha, const ent_rat *lambda,
                    const ent_rat *omega, bool sizes, ent_rat *out)
{
    ent_rat factor = ENT_RAT_ZERO;
    for (int m = 0; m < b->interims; m++) {
        ent_rat_set(&factor, &lambda[m]);
        for (int k = 0; k < b->pairs; k++)
            if (b->pair_true[k] == m) ent_rat_add(&factor, &factor, &alpha[k]);
        if (sizes && ent_rat_sign(&factor) < 0) ent_rat_neg(&factor, &factor);
        ent_rat_mul(&out[m], &factor, &omega[m]);
    }
    for (int k = 0; k < b->pairs; k++) {
        ent_rat_neg(&factor, &alpha[k]);
        if (sizes && ent_rat_sign(&factor) < 0) ent_rat_neg(&factor, &factor);
        ent_rat_addmul(&out[b->pair_report[k]], &factor, &omega[b->pair_true[k]]);
    }
    ent_rat_release(&factor);
}

/* The columns for X, A(change) omega - R(change), with what they vary by in the box, then those for
 * D, A delta. */
static ent_status fill(ent_ctx *ctx, const isolating *x, int scales, const ent_rat *changes,
                       int claims, const ent_rat *deltas, ent_rat *a, ent_rat *radius)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = x->problem->b;
    const int columns = scales + claims;
    ent_rat *vector = ent_rats_new(ctx, 3 * (size_t)b->interims, &st);
    if (!vector) goto done;
    ent_rat *right = vector + b->interims, *spread = right + b->interims;
    for (int j = 0; j < scales; j++) {
        const ent_rat *alpha = changes + (size_t)j * (size_t)x->changes, *lambda = alpha + b->pairs,
                      *w = lambda + b->interims;
        product(b, alpha, lambda, x->answer->claim.exact, false, vector);
        product(b, alpha, lambda, x->reach, true, spread);
        ent_i_bayes_exact_right(x->problem, w, lambda, right);
        for (int m = 0; m < b->interims; m++) {
            ent_rat_sub(&a[m * columns + j], &vector[m], &right[m]);
            ent_rat_set(&radius[m * columns + j], &spread[m]);
        }
    }
    for (int j = 0; j < claims; j++) {
        product(b, x->answer->multiplier.exact, x->answer->weight.exact, deltas + j * b->interims,
                false, vector);
        for (int m = 0; m < b->interims; m++) ent_rat_set(&a[m * columns + scales + j], &vector[m]);
    }
done:
    ent_rats_free(vector, 3 * (size_t)b->interims);
    return st;
}

/* Do the facts marked leave the solution alone? */
static ent_status is_alone(ent_ctx *ctx, const isolating *x, bool *alone)
{
    ent_status st = ENT_OK;
    const int k = x->problem->b->interims;
    int scales = 0, claims = 0, rows = 0;
    ent_rat *changes = NULL, *deltas = NULL, *a = NULL, *radius = NULL;
    *alone = false;
    ENT_TRY(space_of_claims(ctx, x, &deltas, &rows, &claims));
    if (claims == 0) {
        *alone = true;
        goto done;
    }
    ENT_TRY(space_of_scales(ctx, x, &changes, &scales));
    if (scales + claims > k) goto done;
    const size_t entries = (size_t)k * (size_t)(scales + claims);
    if (!(a = ent_rats_new(ctx, entries, &st))) goto done;
    if (!(radius = ent_rats_new(ctx, entries, &st))) goto done;
    ENT_TRY(fill(ctx, x, scales, changes, claims, deltas, a, radius));
    ENT_TRY(ent_full_rank(ctx, k, scales + claims, a, radius, alone));
done:
    ent_rats_free(changes, (size_t)scales * (size_t)x->changes);
    ent_rats_free(deltas, (size_t)rows * (size_t)k);
    ent_rats_free(a, (size_t)k * (size_t)(scales + claims));
    ent_rats_free(radius, (size_t)k * (size_t)(scales + claims));
    return st;
}

/* Mark what the solution suggests: `scales`: facts about mechanisms, which narrow X down; `claims`:
 * facts about scales, which narrow D down. */
static void suggest(const isolating *x, bool scales, bool claims)
{
    const ent_bargain *b = x->problem->b;
    ent_rat worth = ENT_RAT_ZERO;
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            ent_i_bayes_exact_worth(x->problem, cell, o, x->answer->multiplier.exact,
                                    x->answer->weight.exact, &worth);
            x->used[o] = scales && ent_rat_sign(&x->mu[o]) > 0;
            x->unused[o] =
                claims && ent_rat_sign(&x->mu[o]) == 0 && ent_rat_cmp(&worth, &x->w[cell]) < 0;
        }
    for (int k = 0; k < b->pairs; k++) {
        x->strict[k] = scales && ent_rat_sign(&x->s[k]) > 0;
        x->binding[k] = claims && ent_rat_sign(&x->answer->multiplier.exact[k]) > 0;
    }
    for (int m = 0; m < b->interims; m++)
        x->weighted[m] = claims && ent_rat_sign(&x->answer->weight.exact[m]) > 0;
    ent_rat_release(&worth);
}

/* Prove one fact, or unmark it. */
static ent_status prove(ent_ctx *ctx, const isolating *x, ent_enclosure_fact_kind kind, int which,
                        bool *mark, ent_value_enclosure *e, ent_enclosure_cluster *c)
{
    static const ent_box_vanishing vanishing[] = {ENT_BOX_NONE, ENT_BOX_NONE, ENT_BOX_LOSS,
                                                  ENT_BOX_MULTIPLIER, ENT_BOX_WEIGHT};
    ent_status st = ENT_OK;
    ent_box_proof proof = {0};
    if (!*mark) return st;
    *mark = kind <= ENT_FACT_STRICT
                ? ent_i_box_needs(x->work, x->low, kind == ENT_FACT_STRICT, which, &proof)
                : ent_i_box_unwarranted(x->work, x->low, x->high, vanishing[kind], which, &proof);
    if (!*mark) return st;
    ent_enclosure_fact fact = {.kind = kind, .which = which, .n = proof.n};
    ENT_TRY(ent_i_enclosure_keep(ctx, e, &proof, &fact.first));
    ent_enclosure_fact *grown =
        ent_i_realloc(ctx, c->fact, (size_t)c->facts + 1, sizeof *grown, &st);
    if (!grown) goto done;
    c->fact = grown;
    c->fact[c->facts++] = fact;
done:
    return st;
}

static ent_status prove_marked(ent_ctx *ctx, const isolating *x, ent_value_enclosure *e,
                               ent_enclosure_cluster *c)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = x->problem->b;
    for (int o = 0; o < b->options; o++) {
        ENT_TRY(prove(ctx, x, ENT_FACT_USED, o, &x->used[o], e, c));
        ENT_TRY(prove(ctx, x, ENT_FACT_UNUSED, o, &x->unused[o], e, c));
    }
    for (int k = 0; k < b->pairs; k++) {
        ENT_TRY(prove(ctx, x, ENT_FACT_STRICT, k, &x->strict[k], e, c));
        ENT_TRY(prove(ctx, x, ENT_FACT_BINDING, k, &x->binding[k], e, c));
    }
    for (int m = 0; m < b->interims; m++)
        ENT_TRY(prove(ctx, x, ENT_FACT_WEIGHTED, m, &x->weighted[m], e, c));
done:
    return st;
}

/* Facts about mechanisms alone do for a solution inside a facet, facts about scales alone at a
 * vertex; between them it takes both. */
static ent_status try_all(ent_ctx *ctx, const isolating *x, ent_value_enclosure *e,
                          ent_enclosure_cluster *c, bool *alone)
{
    ent_status st = ENT_OK;
    for (int trial = 1; !*alone && trial <= 3; trial++) {
        suggest(x, (trial & 1) != 0, (trial & 2) != 0);
        ENT_TRY(is_alone(ctx, x, alone));
        if (!*alone) continue;
        ENT_TRY(prove_marked(ctx, x, e, c));
        ENT_TRY(is_alone(ctx, x, alone));
        if (!*alone) c->facts = 0;
    }
done:
    return st;
}

static ent_status make(ent_ctx *ctx, isolating *x)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = x->problem->b;
    if (!(x->reach = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(x->mu = ent_rats_new(ctx, (size_t)b->options, &st))) goto done;
    if (!(x->w = ent_rats_new(ctx, (size_t)b->cells, &st))) goto done;
    if (!(x->u = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(x->s = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    ENT_SCRATCH(ctx, x->used, b->options);
    ENT_SCRATCH(ctx, x->unused, b->options);
    ENT_SCRATCH(ctx, x->strict, b->pairs + 1);
    ENT_SCRATCH(ctx, x->binding, b->pairs + 1);
    ENT_SCRATCH(ctx, x->weighted, b->interims);
    set_solution(x);
done:
    return st;
}

ent_status ent_i_enclosure_isolate(ent_ctx *ctx, const ent_exact_problem *problem,
                                   const ent_bayes_answer *answer, ent_box_work *work,
                                   const double *low, const double *high, ent_value_enclosure *e,
                                   ent_enclosure_cluster *c, bool *alone)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    isolating x = {.problem = problem,
                   .answer = answer,
                   .work = work,
                   .low = low,
                   .high = high,
                   .changes = b->pairs + b->interims + b->cells};
    *alone = false;
    if (!answer->exact) return st;
    ENT_TRY(make(ctx, &x));
    if (set_reach(&x)) ENT_TRY(try_all(ctx, &x, e, c, alone));
done:
    ent_rats_free(x.reach, (size_t)b->interims);
    ent_rats_free(x.mu, (size_t)b->options);
    ent_rats_free(x.w, (size_t)b->cells);
    ent_rats_free(x.u, (size_t)b->interims);
    ent_rats_free(x.s, (size_t)b->pairs);
    return st;
}
