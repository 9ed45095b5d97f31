/* Payoffs weighted with prices: in rationals, or in doubles when the prices are doubles
 * themselves. */
#include "verify/strategic_i.h"

/* range[i] = max u_i - min u_i, or |u_i|, or 1. */
static ent_status find_ranges(ent_sv *v)
{
    ent_status st = ENT_OK;
    v->range = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!v->range) goto done;
    for (int i = 0; i < v->n; i++) {
        const ent_rat *u = v->m->payoff.exact + i * v->m->profiles, *most = u, *least = u;
        for (int64_t p = 1; p < v->m->profiles; p++) {
            if (ent_rat_cmp(&u[p], most) > 0) most = &u[p];
            if (ent_rat_cmp(&u[p], least) < 0) least = &u[p];
        }
        ent_rat_sub(&v->range[i], most, least);
        if (ent_rat_sign(&v->range[i]) == 0) ent_rat_set(&v->range[i], most);
        if (ent_rat_sign(&v->range[i]) < 0) ent_rat_neg(&v->range[i], &v->range[i]);
        if (ent_rat_sign(&v->range[i]) == 0) ent_rat_set_int(&v->range[i], 1);
    }
done:
    return st;
}

void ent_sv_prices_release(ent_sv *v)
{
    const size_t n = (size_t)v->n, profiles = v->m ? (size_t)v->m->profiles : 0;
    ent_rats_free(v->weighted, v->weighted ? n * profiles : 0);
    ent_rats_free(v->total, v->total ? profiles : 0);
    ent_rats_free(v->price, v->price ? n : 0);
    ent_rats_free(v->range, v->range ? n : 0);
    ent_free(v->fast_weighted);
    ent_free(v->fast_total);
    ent_rat_release(&v->scale);
    ent_rat_release(&v->joint);
}

static ent_status fill_rationals(ent_sv *v)
{
    ent_status st = ENT_OK;
    const int64_t profiles = v->m->profiles;
    if (!v->total) v->total = ent_rats_new(v->ctx, (size_t)profiles, &st);
    if (v->total && !v->weighted)
        v->weighted = ent_rats_new(v->ctx, (size_t)(profiles * v->n), &st);
    if (!v->weighted) goto done;
    for (int64_t p = 0; p < profiles; p++) {
        ent_rat_set_int(&v->total[p], 0);
        for (int i = 0; i < v->n; i++) {
            ent_rat *w = &v->weighted[i * profiles + p];
            ent_rat_mul(w, &v->price[i], &v->m->payoff.exact[i * profiles + p]);
            ent_rat_add(&v->total[p], &v->total[p], w);
        }
        if (p == 0 || ent_rat_cmp(&v->total[p], &v->joint) > 0)
            ent_rat_set(&v->joint, &v->total[p]);
    }
done:
    return st;
}

static ent_status fill_doubles(ent_sv *v)
{
    ent_status st = ENT_OK;
    const int64_t profiles = v->m->profiles;
    double joint = 0.0;
    if (!v->fast_weighted) {
        ENT_ALLOC(v->ctx, v->fast_total, profiles);
        ENT_ALLOC(v->ctx, v->fast_weighted, profiles * v->n);
    }
    for (int64_t p = 0; p < profiles; p++) {
        v->fast_total[p] = 0.0;
        for (int i = 0; i < v->n; i++) {
            v->fast_weighted[i * profiles + p] =
                ent_rat_double(&v->price[i]) * v->m->payoff.value[i * profiles + p];
            v->fast_total[p] += v->fast_weighted[i * profiles + p];
        }
        if (p == 0 || v->fast_total[p] > joint) joint = v->fast_total[p];
    }
    ent_rat_set_double(&v->joint, joint);
done:
    return st;
}

ent_status ent_sv_set_prices(ent_sv *v, const ent_rat *price, bool exact)
{
    ent_status st = ENT_OK;
    v->prices_exact = exact;
    v->fast = !exact && !v->rigorous;
    if (!v->range) ENT_TRY(find_ranges(v));
    if (!v->price) {
        v->price = ent_rats_new(v->ctx, (size_t)v->n, &st);
        if (!v->price) goto done;
    }
    ent_rat_set_int(&v->scale, 0);
    for (int i = 0; i < v->n; i++) {
        ent_rat_set(&v->price[i], &price[i]);
        ent_rat_addmul(&v->scale, &price[i], &v->range[i]);
    }
    if (ent_rat_sign(&v->scale) <= 0) ent_rat_set_int(&v->scale, 1);
    if (v->fast) ENT_TRY(fill_doubles(v));
    else ENT_TRY(fill_rationals(v));
done:
    return st;
}

void ent_sv_total(const ent_sv *v, int64_t profile, ent_rat *out)
{
    if (v->fast) ent_rat_set_double(out, v->fast_total[profile]);
    else ent_rat_set(out, &v->total[profile]);
}

void ent_sv_weighted(const ent_sv *v, int i, int64_t profile, ent_rat *out)
{
    if (v->fast) ent_rat_set_double(out, v->fast_weighted[i * v->m->profiles + profile]);
    else ent_rat_set(out, &v->weighted[i * v->m->profiles + profile]);
}

static void mean_of_doubles(const double *table, const ent_sv_mix *mine, const ent_sv_mix *theirs,
                            ent_rat *out)
{
    double sum = 0.0;
    for (int x = 0; x < mine->n; x++) {
        double row = 0.0;
        for (int y = 0; y < theirs->n; y++)
            row += theirs->share[y] * table[mine->play[x] + theirs->play[y]];
        sum += mine->share[x] * row;
    }
    ent_rat_set_double(out, sum);
}

static void mean_of_rationals(const ent_rat *table, const ent_sv_mix *mine,
                              const ent_sv_mix *theirs, ent_rat *out)
{
    ent_rat row = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int x = 0; x < mine->n; x++) {
        ent_rat_set_int(&row, 0);
        for (int y = 0; y < theirs->n; y++)
            ent_rat_addmul(&row, &theirs->weight[y], &table[mine->play[x] + theirs->play[y]]);
        ent_rat_addmul(out, &mine->weight[x], &row);
    }
    ent_rat_release(&row);
}

void ent_sv_mean_payoff(const ent_sv *v, int i, const ent_sv_mix *mine, const ent_sv_mix *theirs,
                        ent_rat *out)
{
    if (mine->exact && theirs->exact)
        mean_of_rationals(v->m->payoff.exact + i * v->m->profiles, mine, theirs, out);
    else mean_of_doubles(v->m->payoff.value + i * v->m->profiles, mine, theirs, out);
}

void ent_sv_mean_weighted(const ent_sv *v, int i, const ent_sv_mix *mine, const ent_sv_mix *theirs,
                          ent_rat *out)
{
    if (v->fast) mean_of_doubles(v->fast_weighted + i * v->m->profiles, mine, theirs, out);
    else mean_of_rationals(v->weighted + i * v->m->profiles, mine, theirs, out);
}

/* The zero-sum payoff of s at a profile: everybody's total less twice what the others have. */
static double zero_sum_fast(const ent_sv *v, ent_coal s, int64_t profile)
{
    double others = 0.0;
    for (int j = 0; j < v->n; j++)
        if (!ent_coal_has(s, j)) others += v->fast_weighted[j * v->m->profiles + profile];
    return v->fast_total[profile] - 2.0 * others;
}

static void zero_sum(const ent_sv *v, ent_coal s, int64_t profile, ent_rat *out)
{
    ent_rat others = ENT_RAT_ZERO;
    for (int j = 0; j < v->n; j++)
        if (!ent_coal_has(s, j))
            ent_rat_add(&others, &others, &v->weighted[j * v->m->profiles + profile]);
    ent_rat_add(&others, &others, &others);
    ent_rat_sub(out, &v->total[profile], &others);
    ent_rat_release(&others);
}

void ent_sv_against(const ent_sv *v, ent_coal s, const ent_sv_mix *mix, int64_t play, ent_rat *out)
{
    if (v->fast) {
        double sum = 0.0;
        for (int k = 0; k < mix->n; k++)
            sum += mix->share[k] * zero_sum_fast(v, s, mix->play[k] + play);
        ent_rat_set_double(out, sum);
        return;
    }
    ent_rat cell = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int k = 0; k < mix->n; k++) {
        zero_sum(v, s, mix->play[k] + play, &cell);
        ent_rat_addmul(out, &mix->weight[k], &cell);
    }
    ent_rat_release(&cell);
}
