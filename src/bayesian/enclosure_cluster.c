/* What is left of the tree: open boxes that touch form a cluster. From below, utilities there are
 * at least (threat + claim) / |S| at the low end; from above, weights g and multipliers alpha give
 * g (U - lowest) <= sum of largest virtual utilities - g lowest. */
#include "bayesian/value_enclosure.h"

#include "base/ctx.h"

#include <math.h>

/* Weights that bound utilities are rounded to this many bits, and what is less than this share of
 * the largest one is dropped: the bound is recomputed from what they are then. */
enum { WEIGHT_BITS = 16 };
static const double tiny = 1e-9;

static const double *low_of(const ent_value_enclosure *e, int node)
{
    return e->box + 2 * (size_t)node * (size_t)e->coal->interims;
}

static bool touch(const ent_value_enclosure *e, int x, int y)
{
    const int k = e->coal->interims;
    const double *a = low_of(e, x), *b = low_of(e, y);
    for (int m = 0; m < k; m++)
        if (a[m] > b[k + m] || b[m] > a[k + m]) return false;
    return true;
}

static int root_of(int *parent, int x)
{
    while (parent[x] != x) x = parent[x] = parent[parent[x]];
    return x;
}

/* parent[]: of open boxes, by their places in the order, the first one of their cluster; of others
 * -1. */
static void join(const ent_value_enclosure *e, int *parent)
{
    for (int x = 0; x < e->nodes; x++) {
        parent[x] = e->node[e->order[x]].kind == ENT_BOX_OPEN ? x : -1;
        for (int y = 0; parent[x] >= 0 && y < x; y++) {
            if (parent[y] < 0) continue;
            const int p = root_of(parent, x), q = root_of(parent, y);
            if (p != q && touch(e, e->order[x], e->order[y])) parent[p > q ? p : q] = p > q ? q : p;
        }
    }
    for (int x = 0; x < e->nodes; x++)
        if (parent[x] >= 0) parent[x] = root_of(parent, x);
}

/* The claim that a low end stands for, exactly: that of the first box, or where a box was cut. */
static void exact_low(const ent_value_enclosure *e, const ent_rat *least, const double *low, int m,
                      ent_rat *out)
{
    if (low[m] == low_of(e, 0)[m]) ent_rat_set(out, &least[m]);
    else ent_rat_set_double(out, low[m]);
}

/* A candidate for a bound: weights, multipliers, and how far they show that sum weight (U - low)
 * can be from 0 at most. */
typedef struct candidates {
    int n;
    ent_rat *weight, *multiplier, *gap; /* [n][interims], [n][pairs], [n] */
} candidates;

/* sum of the largest virtual utilities - weight low */
static ent_status set_gap(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *low,
                          candidates *x, int k)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    const ent_rat *weight = x->weight + (size_t)k * (size_t)b->interims;
    ent_rat *w = ent_rats_new(ctx, (size_t)b->cells, &st);
    if (!w) goto done;
    ent_i_bayes_exact_best(problem, x->multiplier + (size_t)k * (size_t)b->pairs, weight, w);
    ent_rat_set_int(&x->gap[k], 0);
    for (int cell = 0; cell < b->cells; cell++) ent_rat_add(&x->gap[k], &x->gap[k], &w[cell]);
    for (int m = 0; m < b->interims; m++) ent_rat_submul(&x->gap[k], &weight[m], &low[m]);
done:
    ent_rats_free(w, (size_t)b->cells);
    return st;
}

/* Weights from doubles, with few bits. */
static void take(const ent_bargain *b, const double *weight, const double *multiplier,
                 ent_rat *to_weight, ent_rat *to_multiplier)
{
    for (int m = 0; m < b->interims; m++) {
        ent_rat_set_double(&to_weight[m],
                           weight[m] < tiny ? 0.0 : weight[m] / b->scale[b->place[m]]);
        ent_rat_ceil_dyadic(&to_weight[m], &to_weight[m], WEIGHT_BITS);
    }
    for (int k = 0; k < b->pairs; k++) {
        ent_rat_set_double(
            &to_multiplier[k],
            multiplier[k] < tiny ? 0.0 : multiplier[k] / b->scale[b->place[b->pair_true[k]]]);
        ent_rat_ceil_dyadic(&to_multiplier[k], &to_multiplier[k], WEIGHT_BITS);
    }
}

/* The weights at which the solution is proved to be efficient, if it is exact; else as many of each
 * as there are ranges. */
static void take_own(const ent_bargain *b, const ent_bayes_answer *answer, ent_rat *weight,
                     ent_rat *multiplier)
{
    const ent_rat one = {1, 1, NULL};
    const bool own = answer->exact && answer->proof == ENT_PROOF_EXACT;
    const ent_rat *w = own ? answer->weight.exact : answer->proof_weight,
                  *a = own ? answer->multiplier.exact : answer->proof_multiplier;
    const bool usable = answer->exact && w && a;
    for (int m = 0; m < b->interims; m++) ent_rat_set(&weight[m], usable ? &w[m] : &one);
    for (int p = 0; usable && p < b->pairs; p++) ent_rat_set(&multiplier[p], &a[p]);
}

static ent_status candidates_new(ent_ctx *ctx, const ent_bargain *b, int n, candidates *x)
{
    ent_status st = ENT_OK;
    x->n = n;
    if (!(x->weight = ent_rats_new(ctx, (size_t)n * (size_t)b->interims, &st))) goto done;
    if (!(x->multiplier = ent_rats_new(ctx, (size_t)n * (size_t)b->pairs, &st))) goto done;
    if (!(x->gap = ent_rats_new(ctx, (size_t)n, &st))) goto done;
done:
    return st;
}

static void candidates_free(const ent_bargain *b, candidates *x)
{
    ent_rats_free(x->weight, (size_t)x->n * (size_t)b->interims);
    ent_rats_free(x->multiplier, (size_t)x->n * (size_t)b->pairs);
    ent_rats_free(x->gap, (size_t)x->n);
}

/* The solution's weights, and those of the largest utility of each type. */
static ent_status propose(ent_ctx *ctx, const ent_exact_problem *problem,
                          const ent_bayes_answer *answer, ent_box_work *work, const double *scaled,
                          const ent_rat *low, candidates *x)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    double *weight = NULL, *multiplier = NULL;
    ENT_SCRATCH(ctx, weight, b->interims);
    ENT_SCRATCH(ctx, multiplier, b->pairs + 1);
    ENT_TRY(candidates_new(ctx, b, 1 + b->interims, x));
    take_own(b, answer, x->weight, x->multiplier);
    ENT_TRY(set_gap(ctx, problem, low, x, 0));
    if (!work || ent_rat_sign(&x->gap[0]) == 0) goto done;
    for (int m = 0; m < b->interims; m++) {
        const size_t k = (size_t)(1 + m);
        if (!(ent_i_box_most(work, scaled, m, weight, multiplier) < HUGE_VAL)) continue;
        take(b, weight, multiplier, x->weight + k * (size_t)b->interims,
             x->multiplier + k * (size_t)b->pairs);
        ENT_TRY(set_gap(ctx, problem, low, x, 1 + m));
    }
done:
    return st;
}

/* The candidate that bounds interim m best, and how far above the low end. */
static int best_for(const ent_bargain *b, const candidates *x, int m, ent_rat *above)
{
    int best = -1;
    ent_rat one = ENT_RAT_ZERO;
    for (int k = 0; k < x->n; k++) {
        const ent_rat *g = &x->weight[(size_t)k * (size_t)b->interims + (size_t)m];
        if (ent_rat_sign(g) <= 0) continue;
        ent_rat_div(&one, &x->gap[k], g);
        if (best >= 0 && ent_rat_cmp(&one, above) >= 0) continue;
        ent_rat_swap(&one, above);
        best = k;
    }
    ent_rat_release(&one);
    return best;
}

/* high = low + gap / weight, by the best candidate of each; those that are the best for nobody are
 * dropped. */
static ent_status keep_best(ent_ctx *ctx, const ent_bargain *b, const candidates *x,
                            ent_enclosure_cluster *c)
{
    ent_status st = ENT_OK;
    bool *kept = NULL;
    ent_rat above = ENT_RAT_ZERO;
    int bounds = 0;
    ENT_SCRATCH(ctx, kept, x->n);
    for (int k = 0; k < x->n; k++) kept[k] = false;
    for (int m = 0; m < b->interims; m++) {
        kept[best_for(b, x, m, &above)] = true; /* the first one has all weights positive */
        ent_rat_add(&c->high[m], &c->low[m], &above);
    }
    for (int k = 0; k < x->n; k++) bounds += kept[k];
    if (!(c->weight = ent_rats_new(ctx, (size_t)bounds * (size_t)b->interims, &st))) goto done;
    c->multiplier = ent_rats_new(ctx, (size_t)bounds * (size_t)b->pairs, &st);
    c->bounds = bounds;
    if (!c->multiplier) goto done;
    for (int k = 0, to = 0; k < x->n; k++) {
        if (!kept[k]) continue;
        for (int m = 0; m < b->interims; m++)
            ent_rat_set(&c->weight[to * b->interims + m], &x->weight[k * b->interims + m]);
        for (int p = 0; p < b->pairs; p++)
            ent_rat_set(&c->multiplier[to * b->pairs + p], &x->multiplier[k * b->pairs + p]);
        to++;
    }
done:
    ent_rat_release(&above);
    return st;
}

/* If the solution gives everybody the most there is in the cluster, all else there is dominated:
 * the cluster is that point. */
static void settle(const ent_bargain *b, const ent_bayes_answer *answer, ent_enclosure_cluster *c)
{
    bool top = answer->exact;
    for (int m = 0; top && m < b->interims; m++)
        top = ent_rat_equal(&c->high[m], &answer->utility.exact[m]);
    for (int m = 0; top && m < b->interims; m++) ent_rat_set(&c->low[m], &c->high[m]);
}

static bool is_point(const ent_bargain *b, const ent_enclosure_cluster *c)
{
    for (int m = 0; m < b->interims; m++)
        if (!ent_rat_equal(&c->high[m], &c->low[m])) return false;
    return true;
}

static void widen(const ent_bargain *b, const ent_enclosure_cluster *c, ent_rat *width)
{
    ent_rat side = ENT_RAT_ZERO;
    for (int m = 0; m < b->interims; m++) {
        ent_rat_sub(&side, &c->high[m], &c->low[m]);
        if (ent_rat_cmp(&side, width) > 0) ent_rat_swap(&side, width);
    }
    ent_rat_release(&side);
}

/* The ends of a cluster in scaled doubles, the low end as utilities exactly; how many boxes it
 * has. */
static void gather(const ent_exact_problem *problem, const ent_value_enclosure *e,
                   const int *parent, int first, const ent_rat *least, double *low, double *high,
                   ent_enclosure_cluster *c)
{
    const ent_bargain *b = problem->b;
    const int k = b->interims;
    for (int m = 0; m < k; m++) low[m] = HUGE_VAL, high[m] = -HUGE_VAL;
    for (int x = first; x < e->nodes; x++) {
        if (parent[x] != first) continue;
        c->boxes++;
        const double *box = low_of(e, e->order[x]);
        for (int m = 0; m < k; m++)
            low[m] = fmin(low[m], box[m]), high[m] = fmax(high[m], box[k + m]);
    }
    for (int m = 0; m < k; m++) {
        exact_low(e, least, low, m, &c->low[m]);
        ent_rat_add(&c->low[m], &c->low[m], &problem->target[m]);
        ent_rat_div(&c->low[m], &c->low[m], &problem->factor);
        low[m] = (low[m] - b->shift[m]) / b->scale[b->place[m]];
        high[m] = (high[m] - b->shift[m]) / b->scale[b->place[m]];
    }
}

/* The claims are those of the solution found: so the low end is where it meets them. */
static void meet_claims(const ent_exact_problem *problem, const ent_bayes_answer *answer,
                        double *low, ent_enclosure_cluster *c)
{
    const ent_bargain *b = problem->b;
    for (int m = 0; m < b->interims; m++) {
        ent_rat_add(&c->low[m], &problem->target[m], &answer->claim.exact[m]);
        ent_rat_div(&c->low[m], &c->low[m], &problem->factor);
        low[m] = (ent_rat_double(&answer->claim.exact[m]) - b->shift[m]) / b->scale[b->place[m]];
    }
}

/* Bounds from above on what the low end leaves. */
static ent_status set_high(ent_ctx *ctx, const ent_exact_problem *problem,
                           const ent_bayes_answer *answer, ent_box_work *work, const double *low,
                           ent_enclosure_cluster *c)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    candidates x = {0};
    ent_rats_free(c->weight, (size_t)c->bounds * (size_t)b->interims);
    ent_rats_free(c->multiplier, (size_t)c->bounds * (size_t)b->pairs);
    c->weight = c->multiplier = NULL;
    c->bounds = 0;
    ENT_TRY(propose(ctx, problem, answer, work, low, c->low, &x));
    ENT_TRY(keep_best(ctx, b, &x, c));
    settle(b, answer, c);
done:
    candidates_free(b, &x);
    return st;
}

static ent_status one_cluster(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *least,
                              const ent_bayes_answer *answer, ent_box_work *work, const int *parent,
                              int first, ent_value_enclosure *e)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_enclosure_cluster *c = &e->cluster[e->clusters++];
    double *low = NULL, *high = NULL;
    bool alone = false;
    ENT_SCRATCH(ctx, low, b->interims);
    ENT_SCRATCH(ctx, high, b->interims);
    if (!(c->low = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(c->high = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    gather(problem, e, parent, first, least, low, high, c);
    ENT_TRY(set_high(ctx, problem, answer, work, low, c));
    if (work && e->all && !is_point(b, c))
        ENT_TRY(ent_i_enclosure_isolate(ctx, problem, answer, work, low, high, e, c, &alone));
    if (alone) {
        meet_claims(problem, answer, low, c);
        ENT_TRY(set_high(ctx, problem, answer, work, low, c));
    }
    widen(b, c, &e->width);
    for (int x = first; is_point(b, c) && x < e->nodes; x++)
        if (parent[x] == first) e->node[e->order[x]].settled = true;
done:
    return st;
}

ent_status ent_i_enclosure_clusters(ent_ctx *ctx, const ent_exact_problem *problem,
                                    const ent_rat *least, const ent_bayes_answer *answer,
                                    ent_box_work *work, ent_value_enclosure *e)
{
    ent_status st = ENT_OK;
    int *parent = NULL, n = 0;
    ENT_SCRATCH(ctx, parent, e->nodes);
    join(e, parent);
    for (int x = 0; x < e->nodes; x++) n += parent[x] == x;
    if (n > 0) ENT_ALLOC(ctx, e->cluster, n);
    for (int x = 0; x < e->nodes; x++)
        if (parent[x] == x) ENT_TRY(one_cluster(ctx, problem, least, answer, work, parent, x, e));
    e->unique = e->all && e->clusters == 1 && ent_rat_sign(&e->width) == 0;
done:
    return st;
}
