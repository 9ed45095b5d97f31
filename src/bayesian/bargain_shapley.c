/* Myerson's (1984b) problem: one pair of weights and multipliers for everybody, rational threats of
 * all coalitions, claims that are conditional expected Shapley values of the virtual worths.
 * docs/bayesian.md, rival solutions. */
#include "bayesian/bargain_build.h"

typedef struct threats {
    const ent_bayesian *model;
    ent_coal all;
    int n;
    int *which, *count; /* distinct decisions of each coalition, [masks][...] flattened by first */
    size_t *first;
} threats;

static int64_t factorial(int n)
{
    int64_t product = 1;
    for (int k = 2; k <= n; k++) product *= k;
    return product;
}

/* A cell of coalition R counts +c_R for the types in it, and -c_{R+i} p_i(t_i) for every type of a
 * player i outside. */
static void add_warrants(ent_bargain *b, const ent_bayes_coal *r, int t, int n)
{
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    const int64_t total = factorial(n), inside = factorial(r->size - 1) * factorial(n - r->size);
    ent_bayes_types(r, t, type);
    for (int i = 0; i < b->coal->size; i++) {
        const int place = ent_bayes_place(r, b->coal->member[i]), first = b->coal->first[i];
        if (place >= 0) {
            ent_i_bargain_warrant_add(b, first + type[place], inside, total, false);
            continue;
        }
        const int64_t outside = factorial(r->size) * factorial(n - r->size - 1);
        for (int m = first; m < b->coal->first[i + 1]; m++)
            ent_i_bargain_warrant_add(b, m, -outside, total, true);
    }
}

static void add_cells(ent_bargain *b, const threats *w, ent_coal mask)
{
    const ent_bayes_coal *r = w->model->coalition[mask];
    for (int t = 0; t < r->profiles; t++) {
        ent_i_bargain_cell(b, r, t, w->count[mask], w->which + w->first[mask]);
        add_warrants(b, r, t, w->n);
    }
}

/* Distinct decisions of all coalitions inside `all`; returned: how many cells and options there
 * are. */
static ent_status collect(ent_ctx *ctx, threats *w, int *cells, int64_t *options)
{
    ent_status st = ENT_OK;
    size_t total = 0;
    ENT_SCRATCH(ctx, w->count, (size_t)w->all + 1);
    ENT_SCRATCH(ctx, w->first, (size_t)w->all + 1);
    for (ent_coal s = w->all; s; s = (s - 1) & w->all) {
        w->first[s] = total;
        total += (size_t)w->model->coalition[s]->decisions;
    }
    ENT_SCRATCH(ctx, w->which, total);
    for (ent_coal s = w->all; s; s = (s - 1) & w->all) {
        ENT_TRY(ent_i_distinct(ctx, w->model->coalition[s], w->which + w->first[s], &w->count[s]));
        *cells += w->model->coalition[s]->profiles;
        *options += (int64_t)w->model->coalition[s]->profiles * w->count[s];
    }
done:
    return st;
}

ent_status ent_i_bargain_shapley(ent_ctx *ctx, const ent_bayesian *model, ent_coal all,
                                 ent_bargain *out)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *coal = model->coalition[all];
    threats w = {.model = model, .all = all, .n = coal->size};
    int cells = 0;
    int64_t options = 0;
    ENT_TRY(collect(ctx, &w, &cells, &options));
    ENT_TRY(ent_i_bargain_frame(ctx, coal, cells, options, cells * coal->interims, out));
    add_cells(out, &w, all);
    out->own_cells = out->cells;
    for (ent_coal s = (all - 1) & all; s; s = (s - 1) & all) add_cells(out, &w, s);
    out->factor = 1.0;
done:
    return st;
}
