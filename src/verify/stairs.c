#include "verify/stairs.h"

#include <stdlib.h>

void ent_i_stairs_release(ent_stairs *s)
{
    ent_rats_free(s->cost, (size_t)s->room);
    ent_rats_free(s->value, (size_t)s->room);
    *s = (ent_stairs){0};
}

/* Room for one more step. The rationals move; their old places are left empty. */
static ent_status grow(ent_ctx *ctx, ent_stairs *s)
{
    ent_status st = ENT_OK;
    if (s->n < s->room) return ENT_OK;
    const int64_t room = s->room ? 2 * s->room : 16;
    ent_stairs made = {.n = s->n, .room = room};
    made.cost = ent_rats_new(ctx, (size_t)room, &st);
    if (made.cost) made.value = ent_rats_new(ctx, (size_t)room, &st);
    if (made.value) {
        for (int64_t k = 0; k < s->n; k++) {
            ent_rat_swap(&made.cost[k], &s->cost[k]);
            ent_rat_swap(&made.value[k], &s->value[k]);
        }
        ent_i_stairs_release(s);
        *s = made;
        return ENT_OK;
    }
    ent_rats_free(made.cost, (size_t)room);
    return st;
}

ent_status ent_i_stairs_append(ent_ctx *ctx, ent_stairs *s, const ent_rat *cost,
                               const ent_rat *value)
{
    ent_status st = ENT_OK;
    ENT_TRY(grow(ctx, s));
    ent_rat_set(&s->cost[s->n], cost);
    ent_rat_set(&s->value[s->n], value);
    s->n++;
done:
    return st;
}

/* A point at least as costly as all steps so far: a new step, a higher last step, or nothing. */
static ent_status add(ent_ctx *ctx, ent_stairs *s, const ent_rat *cost, const ent_rat *value)
{
    ent_status st = ENT_OK;
    if (s->n && ent_rat_cmp(value, &s->value[s->n - 1]) <= 0) return ENT_OK;
    if (s->n && ent_rat_equal(cost, &s->cost[s->n - 1])) {
        ent_rat_set(&s->value[s->n - 1], value);
        return ENT_OK;
    }
    ENT_TRY(ent_i_stairs_append(ctx, s, cost, value));
done:
    return st;
}

ent_status ent_i_stairs_build(ent_ctx *ctx, int64_t items, const int64_t *order,
                              const ent_rat *cost, const ent_rat *value, ent_stairs *out)
{
    ent_status st = ENT_OK;
    ent_stairs made = {0};
    for (int64_t k = 0; k < items; k++) ENT_TRY(add(ctx, &made, &cost[order[k]], &value[order[k]]));
    *out = made;
    return ENT_OK;
done:
    ent_i_stairs_release(&made);
    return st;
}

typedef struct point {
    ent_rat cost, value;
} point;

/* By cost, the better first among equals. */
static int by_cost(const void *a, const void *b)
{
    const point *x = a, *y = b;
    const int order = ent_rat_cmp(&x->cost, &y->cost);
    return order ? order : ent_rat_cmp(&y->value, &x->value);
}

ent_status ent_i_stairs_merge(ent_ctx *ctx, const ent_stairs *a, const ent_stairs *b,
                              ent_stairs *out)
{
    ent_status st = ENT_OK;
    const int64_t pairs = a->n * b->n;
    ent_stairs made = {0};
    point *sum = NULL;
    if (a->n > ENT_STAIRS_PAIRS_MAX / b->n)
        ENT_FAIL(ctx, ENT_E_LIMIT,
                 "wanted at most %lld pairs of steps to merge, found %lld times %lld",
                 (long long)ENT_STAIRS_PAIRS_MAX, (long long)a->n, (long long)b->n);
    ENT_ALLOC(ctx, sum, pairs);
    for (int64_t k = 0; k < pairs; k++) {
        ent_rat_init(&sum[k].cost);
        ent_rat_init(&sum[k].value);
        ent_rat_add(&sum[k].cost, &a->cost[k / b->n], &b->cost[k % b->n]);
        ent_rat_add(&sum[k].value, &a->value[k / b->n], &b->value[k % b->n]);
    }
    qsort(sum, (size_t)pairs, sizeof *sum, by_cost);
    for (int64_t k = 0; k < pairs && st == ENT_OK; k++)
        st = add(ctx, &made, &sum[k].cost, &sum[k].value);
    if (st != ENT_OK) goto done;
    *out = made;
    made = (ent_stairs){0};
done:
    for (int64_t k = 0; sum && k < pairs; k++) {
        ent_rat_release(&sum[k].cost);
        ent_rat_release(&sum[k].value);
    }
    ent_free(sum);
    ent_i_stairs_release(&made);
    return st;
}

void ent_i_stairs_scale(ent_stairs *s, const ent_rat *cost_factor, const ent_rat *value_factor)
{
    for (int64_t k = 0; k < s->n; k++) {
        ent_rat_mul(&s->cost[k], &s->cost[k], cost_factor);
        ent_rat_mul(&s->value[k], &s->value[k], value_factor);
    }
}

const ent_rat *ent_i_stairs_best(const ent_stairs *s, const ent_rat *cost)
{
    int64_t lo = 0, hi = s->n; /* the answer is the step before the first one that costs more */
    while (lo < hi) {
        const int64_t mid = lo + (hi - lo) / 2;
        if (ent_rat_cmp(&s->cost[mid], cost) <= 0) lo = mid + 1;
        else hi = mid;
    }
    return lo ? &s->value[lo - 1] : NULL;
}
