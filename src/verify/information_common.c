/* Policies at a common estimate: x_i = w + a_i moved into the bounds, a_i = A b_i / (1 - eta),
 * where w is the root of the increasing piecewise linear (1 - eta) w + eta sum x = A e. The 2n
 * places where it bends are sorted, the piece with the root found by halving. */
#include "verify/information_i.h"

#include <stdlib.h>

typedef struct bends {
    const ent_ivgame *g;
    ent_rat *shift; /* [n] a_i */
    ent_rat *bend;  /* [count] increasing */
    int count;
} bends;

static int compare(const void *a, const void *b) { return ent_rat_cmp(a, b); }

/* w + a_i moved into the bounds of i. */
static void policy(const bends *b, const ent_rat *w, int i, ent_rat *x)
{
    const ent_ivgame *g = b->g;
    ent_rat_add(x, w, &b->shift[i]);
    if (g->has_low[i] && ent_rat_cmp(x, &g->low[i]) < 0) ent_rat_set(x, &g->low[i]);
    if (g->has_high[i] && ent_rat_cmp(x, &g->high[i]) > 0) ent_rat_set(x, &g->high[i]);
}

/* The sign of (1 - eta) w + eta sum x - A e. */
static int excess_sign(const bends *b, const ent_rat *w, const ent_rat *goal)
{
    ent_rat sum = ENT_RAT_ZERO, x = ENT_RAT_ZERO, left = ENT_RAT_ZERO;
    for (int i = 0; i < b->g->n; i++) {
        policy(b, w, i, &x);
        ent_rat_add(&sum, &sum, &x);
    }
    ent_rat_mul(&left, &b->g->rest, w);
    ent_rat_addmul(&left, &b->g->eta, &sum);
    const int sign = ent_rat_cmp(&left, goal);
    ent_rat_release(&sum);
    ent_rat_release(&x);
    ent_rat_release(&left);
    return sign;
}

/* The root on the piece between the bends `from` and from + 1 (-1 and count: beyond all). */
static void root(const bends *b, int from, const ent_rat *goal, ent_rat *w)
{
    const ent_ivgame *g = b->g;
    ent_rat fixed = ENT_RAT_ZERO, slope = ENT_RAT_ZERO, at = ENT_RAT_ZERO;
    const ent_rat *lo = from >= 0 ? &b->bend[from] : NULL,
                  *hi = from + 1 < b->count ? &b->bend[from + 1] : NULL;
    int moving = 0;
    for (int i = 0; i < g->n; i++) {
        bool below = false, above = false; /* is the whole piece where i is at a bound? */
        if (g->has_low[i]) {
            ent_rat_sub(&at, &g->low[i], &b->shift[i]);
            below = hi ? ent_rat_cmp(hi, &at) <= 0 : false;
        }
        if (g->has_high[i] && !below) {
            ent_rat_sub(&at, &g->high[i], &b->shift[i]);
            above = lo ? ent_rat_cmp(lo, &at) >= 0 : false;
        }
        moving += !below && !above;
        ent_rat_add(&fixed, &fixed, below ? &g->low[i] : above ? &g->high[i] : &b->shift[i]);
    }
    ent_rat_set_int(&slope, moving);
    ent_rat_mul(&slope, &slope, &g->eta);
    ent_rat_add(&slope, &slope, &g->rest);
    ent_rat_mul(&fixed, &fixed, &g->eta);
    ent_rat_sub(w, goal, &fixed);
    ent_rat_div(w, w, &slope);
    ent_rat_release(&fixed);
    ent_rat_release(&slope);
    ent_rat_release(&at);
}

static void sort_bends(bends *b)
{
    const ent_ivgame *g = b->g;
    for (int i = 0; i < g->n; i++) {
        ent_rat_mul(&b->shift[i], &g->a, &g->bias[i]);
        ent_rat_div(&b->shift[i], &b->shift[i], &g->rest);
        if (g->has_low[i]) ent_rat_sub(&b->bend[b->count++], &g->low[i], &b->shift[i]);
        if (g->has_high[i]) ent_rat_sub(&b->bend[b->count++], &g->high[i], &b->shift[i]);
    }
    qsort(b->bend, (size_t)b->count, sizeof *b->bend, compare);
}

ent_status ent_iv_common(const ent_ivgame *g, const ent_rat *estimate, ent_rat *x, ent_rat *before)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)g->n;
    bends b = {.g = g};
    ent_rat goal = ENT_RAT_ZERO, w = ENT_RAT_ZERO;
    b.shift = ent_rats_new(g->ctx, n, &st);
    if (!b.shift) goto done;
    b.bend = ent_rats_new(g->ctx, 2 * n, &st);
    if (!b.bend) goto done;
    sort_bends(&b);
    ent_rat_mul(&goal, &g->a, estimate);
    int lo = -1, hi = b.count; /* the excess is at most 0 at lo, positive at hi */
    while (hi - lo > 1) {
        const int mid = lo + (hi - lo) / 2;
        if (excess_sign(&b, &b.bend[mid], &goal) <= 0) lo = mid;
        else hi = mid;
    }
    root(&b, lo, &goal, &w);
    for (int i = 0; i < g->n; i++) {
        policy(&b, &w, i, &x[i]);
        if (before) ent_rat_add(&before[i], &w, &b.shift[i]);
    }
done:
    ent_rat_release(&goal);
    ent_rat_release(&w);
    ent_rats_free(b.shift, n);
    ent_rats_free(b.bend, 2 * n);
    return st;
}
