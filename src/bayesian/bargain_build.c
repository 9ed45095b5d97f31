#include "bayesian/bargain_build.h"

#include <stdlib.h>
#include <string.h>

static int compare_decisions(const ent_bayes_coal *s, int d, int e)
{
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->profiles; t++) {
            const double x = s->utility.value[ent_bayes_utility(s, k, d, t)];
            const double y = s->utility.value[ent_bayes_utility(s, k, e, t)];
            if (x < y) return -1;
            if (x > y) return 1;
        }
    return d - e;
}

/* Heap sort of decision numbers by their utilities, then by number: equal ones come to stand
 * together. */
static void sift(const ent_bayes_coal *s, int *x, int n, int k)
{
    for (int child; (child = 2 * k + 1) < n; k = child) {
        if (child + 1 < n && compare_decisions(s, x[child], x[child + 1]) < 0) child++;
        if (compare_decisions(s, x[k], x[child]) >= 0) return;
        const int t = x[k];
        x[k] = x[child];
        x[child] = t;
    }
}

static void sort_decisions(const ent_bayes_coal *s, int *x, int n)
{
    for (int k = n / 2; k-- > 0;) sift(s, x, n, k);
    for (int last = n - 1; last > 0; last--) {
        const int t = x[0];
        x[0] = x[last];
        x[last] = t;
        sift(s, x, last, 0);
    }
}

static bool exactly_equal(const ent_bayes_coal *s, int d, int e)
{
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->profiles; t++)
            if (!ent_rat_equal(&s->utility.exact[ent_bayes_utility(s, k, d, t)],
                               &s->utility.exact[ent_bayes_utility(s, k, e, t)]))
                return false;
    return true;
}

static int ascending(const void *x, const void *y) { return *(const int *)x - *(const int *)y; }

ent_status ent_i_distinct(ent_ctx *ctx, const ent_bayes_coal *s, int *which, int *n)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    int *order = NULL;
    ENT_SCRATCH(ctx, order, s->decisions);
    for (int d = 0; d < s->decisions; d++) order[d] = d;
    sort_decisions(s, order, s->decisions);
    int count = 0, last = -1;
    for (int d = 0; d < s->decisions; d++) {
        if (last >= 0 && exactly_equal(s, last, order[d])) continue;
        last = order[d];
        which[count++] = last;
    }
    qsort(which, (size_t)count, sizeof *which, ascending);
    *n = count;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static void list_pairs(ent_bargain *b)
{
    const ent_bayes_coal *s = b->coal;
    for (int i = 0; i < s->size; i++)
        for (int m = s->first[i]; m < s->first[i + 1]; m++) b->place[m] = i;
    int k = 0;
    for (int m = 0; m < s->interims; m++)
        for (int l = s->first[b->place[m]]; l < s->first[b->place[m] + 1]; l++) {
            if (l == m) continue;
            b->pair_true[k] = m;
            b->pair_report[k++] = l;
        }
}

/* p_i(t_i), from the prior of profiles: the sum over those with this type. */
static void list_prior(ent_bargain *b)
{
    const ent_bayes_coal *s = b->coal;
    for (int m = 0; m < s->interims; m++) b->q[m] = 0.0;
    for (int i = 0; i < s->size; i++) {
        const int stride = ent_bayes_stride(s, i);
        for (int c = 0; c < s->profiles; c++)
            b->q[s->first[i] + c / stride % s->types[i]] += s->prior.value[c];
    }
}

/* The least and largest utility of type t of member i. */
static void type_range(const ent_bayes_coal *s, int i, int t, double *least, double *most)
{
    const int stride = ent_bayes_stride(s, i);
    bool any = false;
    for (int c = 0; c < s->profiles; c++) {
        if (c / stride % s->types[i] != t) continue;
        for (int d = 0; d < s->decisions; d++) {
            const double u = s->utility.value[ent_bayes_utility(s, i, d, c)];
            *least = !any || u < *least ? u : *least;
            *most = !any || u > *most ? u : *most;
            any = true;
        }
    }
}

/* Shift each type's least utility to 0 and scale the player's largest range over its types to 1. */
static void list_scales(ent_bargain *b)
{
    const ent_bayes_coal *s = b->coal;
    for (int i = 0; i < s->size; i++) {
        double range = 0.0;
        for (int t = 0; t < s->types[i]; t++) {
            double least = 0.0, most = 0.0;
            type_range(s, i, t, &least, &most);
            b->shift[s->first[i] + t] = least;
            if (most - least > range) range = most - least;
        }
        b->scale[i] = range > 0.0 ? range : 1.0;
    }
}

ent_status ent_i_bargain_frame(ent_ctx *ctx, const ent_bayes_coal *coal, int cells, int64_t options,
                               int warrants, ent_bargain *b)
{
    ent_status st = ENT_OK;
    int pairs = 0, rows = 0;
    for (int i = 0; i < coal->size; i++)
        pairs += coal->types[i] * (coal->types[i] - 1), rows += 2 * coal->types[i] - 1;
    *b = (ent_bargain){.coal = coal, .interims = coal->interims, .pairs = pairs};
    if (options * coal->interims > ENT_BAYESIAN_NUMBERS_MAX)
        ENT_FAIL(ctx, ENT_E_LIMIT,
                 "a coalition of %d members has %lld options in its profiles of types: too many",
                 coal->size, (long long)options);
    ENT_SCRATCH(ctx, b->cell_coal, cells);
    ENT_SCRATCH(ctx, b->cell_profile, cells);
    ENT_SCRATCH(ctx, b->first, cells + 1);
    ENT_SCRATCH(ctx, b->first_row, cells + 1);
    ENT_SCRATCH(ctx, b->first_warrant, cells + 1);
    ENT_SCRATCH(ctx, b->decision, options);
    ENT_SCRATCH(ctx, b->a, options * coal->interims);
    ENT_SCRATCH(ctx, b->row, (size_t)cells * (size_t)rows);
    ENT_SCRATCH(ctx, b->warrant, warrants + 1);
    ENT_SCRATCH(ctx, b->place, coal->interims);
    ENT_SCRATCH(ctx, b->pair_true, pairs + 1);
    ENT_SCRATCH(ctx, b->pair_report, pairs + 1);
    ENT_SCRATCH(ctx, b->q, coal->interims);
    ENT_SCRATCH(ctx, b->target, coal->interims);
    ENT_SCRATCH(ctx, b->outside, coal->size * coal->interims);
    ENT_SCRATCH(ctx, b->scale, coal->size);
    ENT_SCRATCH(ctx, b->shift, coal->interims);
    b->first[0] = b->first_row[0] = b->first_warrant[0] = 0;
    for (int m = 0; m < coal->interims; m++) b->target[m] = 0.0;
    for (int k = 0; k < coal->size * coal->interims; k++) b->outside[k] = 0.0;
    list_pairs(b);
    list_prior(b);
    list_scales(b);
done:
    return st;
}

/* Where alpha_i(tau|t) stands among the pairs: they are listed player by player, true type by true
 * type. */
static int pair_of(const ent_bargain *b, int i, int t, int tau)
{
    int at = 0;
    for (int j = 0; j < i; j++) at += b->coal->types[j] * (b->coal->types[j] - 1);
    return at + t * (b->coal->types[i] - 1) + (tau < t ? tau : tau - 1);
}

static void add_rows(ent_bargain *b, int i, int t)
{
    const int first = b->coal->first[i];
    int *end = &b->first_row[b->cells];
    b->row[(*end)++] =
        (ent_bargain_row){.y = b->pairs + first + t, .interim = first + t, .sign = 1.0};
    for (int tau = 0; tau < b->coal->types[i]; tau++) {
        if (tau == t) continue;
        b->row[(*end)++] =
            (ent_bargain_row){.y = pair_of(b, i, t, tau), .interim = first + t, .sign = 1.0};
        b->row[(*end)++] =
            (ent_bargain_row){.y = pair_of(b, i, tau, t), .interim = first + tau, .sign = -1.0};
    }
}

void ent_i_bargain_cell(ent_bargain *b, const ent_bayes_coal *s, int t, int n, const int *which)
{
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    const int cell = b->cells++;
    b->cell_coal[cell] = s;
    b->cell_profile[cell] = t;
    b->first[cell + 1] = b->first[cell] + n;
    b->options = b->first[cell + 1];
    b->first_row[cell + 1] = b->first_row[cell];
    b->first_warrant[cell + 1] = b->first_warrant[cell];
    ent_bayes_types(s, t, type);
    memset(b->a + (size_t)b->first[cell] * (size_t)b->interims, 0,
           (size_t)n * (size_t)b->interims * sizeof *b->a);
    for (int d = 0; d < n; d++) b->decision[b->first[cell] + d] = which[d];
    for (int k = 0; k < s->size; k++) {
        const int i = ent_bayes_place(b->coal, s->member[k]), stride = ent_bayes_stride(s, k);
        const double others = s->prior.value[t] / b->q[b->coal->first[i] + type[k]];
        add_rows(b, i, type[k]);
        for (int tau = 0; tau < s->types[k]; tau++) {
            const int m = b->coal->first[i] + tau, at = t + (tau - type[k]) * stride;
            for (int d = 0; d < n; d++) {
                const double u = s->utility.value[ent_bayes_utility(s, k, which[d], at)];
                b->a[(size_t)(b->first[cell] + d) * (size_t)b->interims + (size_t)m] =
                    others * ((u - b->shift[m]) / b->scale[i]);
            }
        }
    }
}

void ent_i_bargain_warrant_add(ent_bargain *b, int interim, int64_t num, int64_t den, bool prior)
{
    const double weight = (double)num / (double)den * (prior ? b->q[interim] : 1.0);
    b->warrant[b->first_warrant[b->cells]++] = (ent_bargain_warrant){
        .interim = interim, .weight = weight, .num = num, .den = den, .prior = prior};
}
