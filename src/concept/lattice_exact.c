#include "concept/lattice.h"

/* value_i = sum over sizes of weight(s) (sums of v over S with i of size s+1, less those without i
 * of size s). */
typedef void weight_fn(int n, int s, ent_rat *weight);

static void shapley_weight(int n, int s, ent_rat *weight)
{
    /* s!(n-s-1)!/n! = 1 / (n (n-1 choose s)) */
    int64_t choose = 1;
    for (int k = 1; k <= s; k++) choose = choose * (n - k) / k;
    ent_rat_set_ratio(weight, 1, n * choose);
}

static void banzhaf_weight(int n, int s, ent_rat *weight)
{
    (void)s;
    ent_rat_set_ratio(weight, 1, (int64_t)1 << (n - 1));
}

static ent_status value_of(ent_ctx *ctx, int n, const ent_rat *v, weight_fn *weight, ent_rat *value)
{
    ent_status st = ENT_OK;
    const size_t wide = (size_t)n + 1;
    /* [size][player; last: all] */
    ent_rat *sum = ent_rats_new(ctx, wide * wide, &st), w = ENT_RAT_ZERO, part = ENT_RAT_ZERO;
    if (!sum) return st;
    for (ent_coal s = 1; s <= ent_coal_all(n); s++) {
        ent_rat *row = sum + (size_t)ent_coal_size(s) * wide;
        ent_rat_add(&row[n], &row[n], &v[s]);
        for (int i = 0; i < n; i++)
            if (ent_coal_has(s, i)) ent_rat_add(&row[i], &row[i], &v[s]);
    }
    for (int i = 0; i < n; i++) {
        ent_rat_set_int(&value[i], 0);
        for (int s = 0; s < n; s++) {
            const ent_rat *with = sum + (size_t)(s + 1) * wide, *without = sum + (size_t)s * wide;
            weight(n, s, &w);
            ent_rat_sub(&part, &with[i], &without[n]);
            ent_rat_add(&part, &part, &without[i]);
            ent_rat_addmul(&value[i], &w, &part);
        }
    }
    ent_rat_release(&w);
    ent_rat_release(&part);
    ent_rats_free(sum, wide * wide);
    return ENT_OK;
}

ent_status ent_exact_shapley(ent_ctx *ctx, int n, const ent_rat *v, ent_rat *value)
{
    return value_of(ctx, n, v, shapley_weight, value);
}

ent_status ent_exact_banzhaf(ent_ctx *ctx, int n, const ent_rat *v, ent_rat *value)
{
    return value_of(ctx, n, v, banzhaf_weight, value);
}

void ent_exact_dividends(int n, ent_rat *v)
{
    for (int i = 0; i < n; i++)
        for (ent_coal s = 0; s <= ent_coal_all(n); s++)
            if (ent_coal_has(s, i)) ent_rat_sub(&v[s], &v[s], &v[s & ~ent_coal_single(i)]);
}

void ent_exact_potential(int n, ent_rat *v)
{
    ent_rat size = ENT_RAT_ZERO;
    for (ent_coal s = 1; s <= ent_coal_all(n); s++) {
        for (int i = 0; i < n; i++)
            if (ent_coal_has(s, i)) ent_rat_add(&v[s], &v[s], &v[s & ~ent_coal_single(i)]);
        ent_rat_set_int(&size, ent_coal_size(s));
        ent_rat_div(&v[s], &v[s], &size);
    }
    ent_rat_release(&size);
}
