#include "bayesian/expansion.h"

void ent_i_expansion_free(ent_expansion *x)
{
    if (!x->problem) return;
    const ent_bargain *b = x->problem->b;
    for (int j = 0; j <= ENT_BAYES_TERMS_MAX; j++) {
        ent_i_bayes_term_free(b->interims, b->pairs, &x->term[j]);
        ent_rats_free(x->worth[j], (size_t)b->cells);
    }
    ent_free(x->ties);
    *x = (ent_expansion){0};
}

/* W_j, and the options that attain it among those that attain what came before. */
static ent_status add_worths(ent_ctx *ctx, ent_expansion *x, int j)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = x->problem->b;
    const ent_bayes_term *t = &x->term[j];
    ent_rat *worth = ent_rats_new(ctx, (size_t)b->options, &st);
    if (!worth) goto done;
    if (!(x->worth[j] = ent_rats_new(ctx, (size_t)b->cells, &st))) goto done;
    for (int cell = 0; cell < b->cells; cell++) {
        const ent_rat *most = NULL;
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            if (!x->ties[o]) continue;
            ent_i_bayes_exact_worth(x->problem, cell, o, t->multiplier, t->weight, &worth[o]);
            if (!most || ent_rat_cmp(&worth[o], most) > 0) most = &worth[o];
        }
        ent_rat_set(&x->worth[j][cell], most);
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            x->ties[o] = x->ties[o] && ent_rat_equal(&worth[o], most);
    }
done:
    ent_rats_free(worth, (size_t)b->options);
    return st;
}

ent_status ent_i_expansion_new(ent_ctx *ctx, const ent_exact_problem *problem,
                               const ent_exact_point *p, ent_expansion *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_expansion x = {.problem = problem};
    ENT_TRY(ent_i_bayes_term_new(ctx, b->interims, b->pairs, &x.term[0]));
    for (int m = 0; m < b->interims; m++) {
        ent_rat_set(&x.term[0].weight[m], &p->lambda[m]);
        ent_rat_set(&x.term[0].claim[m], &p->omega[m]);
    }
    for (int k = 0; k < b->pairs; k++) ent_rat_set(&x.term[0].multiplier[k], &p->alpha[k]);
    ENT_ALLOC(ctx, x.ties, b->options);
    for (int o = 0; o < b->options; o++) x.ties[o] = true;
    ENT_TRY(add_worths(ctx, &x, 0));
    *out = x;
    x = (ent_expansion){0};
done:
    ent_i_expansion_free(&x);
    return st;
}

ent_status ent_i_expansion_add(ent_ctx *ctx, ent_expansion *x, ent_bayes_term *term)
{
    ent_status st = ENT_OK;
    x->term[++x->orders] = *term;
    *term = (ent_bayes_term){0};
    ENT_TRY(add_worths(ctx, x, x->orders));
done:
    return st;
}

/* out += A(lambda, alpha) omega */
static void add_product(const ent_bargain *b, const ent_bayes_term *scales, const ent_rat *omega,
                        ent_rat *out)
{
    for (int m = 0; m < b->interims; m++) ent_rat_addmul(&out[m], &scales->weight[m], &omega[m]);
    for (int k = 0; k < b->pairs; k++) {
        if (ent_rat_sign(&scales->multiplier[k]) == 0) continue;
        ent_rat_addmul(&out[b->pair_true[k]], &scales->multiplier[k], &omega[b->pair_true[k]]);
        ent_rat_submul(&out[b->pair_report[k]], &scales->multiplier[k], &omega[b->pair_true[k]]);
    }
}

void ent_i_expansion_products(const ent_expansion *x, int j, ent_rat *out)
{
    const ent_bargain *b = x->problem->b;
    for (int m = 0; m < b->interims; m++) ent_rat_set_int(&out[m], 0);
    for (int a = 0; a <= j && a <= x->orders; a++)
        if (j - a <= x->orders) add_product(b, &x->term[a], x->term[j - a].claim, out);
}

void ent_i_expansion_residual(const ent_expansion *x, int j, ent_rat *right, ent_rat *out)
{
    ent_i_expansion_products(x, j, out);
    ent_i_bayes_exact_right(x->problem, x->worth[j], x->term[j].weight, right);
    for (int m = 0; m < x->problem->b->interims; m++) ent_rat_sub(&out[m], &out[m], &right[m]);
}

bool ent_i_expansion_weight_pending(const ent_expansion *x, int m)
{
    for (int j = 0; j <= x->orders; j++)
        if (ent_rat_sign(&x->term[j].weight[m]) != 0) return false;
    return true;
}

bool ent_i_expansion_multiplier_pending(const ent_expansion *x, int k)
{
    for (int j = 0; j <= x->orders; j++)
        if (ent_rat_sign(&x->term[j].multiplier[k]) != 0) return false;
    return true;
}

/* The order and sign of the first coefficient that is not 0; order = orders + 1 when there is
 * none. */
static int first_sign(const ent_expansion *x, bool weight, int k, int *order)
{
    for (*order = 0; *order <= x->orders; ++*order) {
        const int sign =
            ent_rat_sign(weight ? &x->term[*order].weight[k] : &x->term[*order].multiplier[k]);
        if (sign != 0) return sign;
    }
    return 0;
}

/* Weights become positive, multipliers do not become negative; latest[i]: the order at which the
 * last of i's weights does. */
static bool feasible(const ent_expansion *x, int *latest)
{
    const ent_bargain *b = x->problem->b;
    int order = 0;
    bool good = true;
    for (int i = 0; i < b->coal->size; i++) latest[i] = 0;
    for (int m = 0; m < b->interims; m++) {
        good = good && first_sign(x, true, m, &order) > 0;
        if (order > latest[b->place[m]]) latest[b->place[m]] = order;
    }
    for (int k = 0; k < b->pairs; k++) good = good && first_sign(x, false, k, &order) >= 0;
    return good;
}

ent_status ent_i_expansion_proves(ent_ctx *ctx, const ent_expansion *x, bool *proves)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = x->problem->b;
    const size_t n = (size_t)b->interims;
    ent_rat *rest = NULL, *right = NULL;
    bool *decided = NULL;
    int *latest = NULL;
    ENT_SCRATCH(ctx, latest, b->coal->size);
    ENT_SCRATCH(ctx, decided, b->interims);
    if (!(rest = ent_rats_new(ctx, n, &st))) goto done;
    if (!(right = ent_rats_new(ctx, n, &st))) goto done;
    *proves = feasible(x, latest);
    for (size_t m = 0; m < n; m++) decided[m] = false;
    for (int j = 0; *proves && j <= x->orders; j++) {
        ent_i_expansion_residual(x, j, right, rest);
        for (size_t m = 0; m < n; m++) {
            const int sign = ent_rat_sign(&rest[m]);
            if (decided[m] || sign == 0 || j > latest[b->place[m]]) continue;
            decided[m] = sign > 0;
            *proves = *proves && sign > 0;
        }
    }
done:
    ent_rats_free(right, n);
    ent_rats_free(rest, n);
    ent_scratch_reset(ctx, mark);
    return st;
}
