#include "relational/lift.h"

/* n unknown rationals on the heap. */
static ent_rat *unknown(ent_ctx *ctx, int n, ent_status *st)
{
    ent_rat *r = ent_i_alloc(ctx, (size_t)n, sizeof *r, st);
    for (int k = 0; r && k < n; k++) r[k] = ENT_RAT_UNKNOWN;
    return r;
}

void ent_i_lift_drop(ent_rat *r, int n)
{
    for (int k = 0; r && k < n; k++)
        if (r[k].big) ent_rat_release(&r[k]);
    ent_free(r);
}

#define UNKNOWN(ptr, count) \
    do { \
        (ptr) = unknown(ctx, (count), &st); \
        if (!(ptr)) goto done; \
    } while (0)

ent_status ent_i_lift_new(ent_ctx *ctx, const ent_contract *contract, ent_contract_exact **out)
{
    ent_status st = ENT_OK;
    ent_contract_exact *e = NULL;
    const int n = contract->n;
    ENT_ALLOC(ctx, e, 1);
    e->n = n;
    e->steps = contract->steps;
    e->simplices = contract->simplices;
    e->bounds = contract->bounds;
    UNKNOWN(e->lowest, n);
    UNKNOWN(e->highest, n);
    UNKNOWN(e->gamma, n);
    UNKNOWN(e->payoff, n);
    UNKNOWN(e->payoff_least, n);
    UNKNOWN(e->payoff_most, n);
    UNKNOWN(e->payment, n);
    UNKNOWN(e->extortion_payoff, n);
    UNKNOWN(e->weight, n);
    if (contract->effort) {
        UNKNOWN(e->effort, n);
        UNKNOWN(e->extortion_effort, n);
        UNKNOWN(e->punishment_effort, n * n);
        UNKNOWN(e->multiplier, n + 1);
    }
    UNKNOWN(e->step_discount, e->steps);
    UNKNOWN(e->step_span, e->steps);
    UNKNOWN(e->step_level, e->steps);
    UNKNOWN(e->corner, e->simplices * n);
    UNKNOWN(e->simplex_size, e->simplices);
    UNKNOWN(e->bound, e->bounds);
    *out = e;
    e = NULL;
done:
    ent_i_lift_free(e);
    return st;
}

void ent_i_lift_free(ent_contract_exact *e)
{
    if (!e) return;
    ent_rat *const single[] = {&e->span,   &e->level,      &e->on_path_value,  &e->joint,
                               &e->margin, &e->tie_spread, &e->extortion_level};
    for (size_t k = 0; k < sizeof single / sizeof *single; k++)
        if (single[k]->big) ent_rat_release(single[k]);
    const int n = e->n;
    ent_rat *const vector[] = {
        e->lowest,  e->highest,          e->gamma,  e->payoff, e->payoff_least,    e->payoff_most,
        e->payment, e->extortion_payoff, e->weight, e->effort, e->extortion_effort};
    for (size_t k = 0; k < sizeof vector / sizeof *vector; k++) ent_i_lift_drop(vector[k], n);
    ent_i_lift_drop(e->punishment_effort, n * n);
    ent_i_lift_drop(e->multiplier, n + 1);
    ent_i_lift_drop(e->step_discount, e->steps);
    ent_i_lift_drop(e->step_span, e->steps);
    ent_i_lift_drop(e->step_level, e->steps);
    ent_i_lift_drop(e->corner, e->simplices * n);
    ent_i_lift_drop(e->simplex_size, e->simplices);
    ent_i_lift_drop(e->bound, e->bounds);
    ent_free(e);
}

ent_status ent_i_benchmark_lift_new(ent_ctx *ctx, const ent_benchmark *benchmark,
                                    ent_benchmark_exact **out)
{
    ent_status st = ENT_OK;
    ent_benchmark_exact *e = NULL;
    const int n = benchmark->n;
    ENT_ALLOC(ctx, e, 1);
    e->n = n;
    e->steps = benchmark->steps;
    UNKNOWN(e->lowest, n);
    if (benchmark->effort) {
        UNKNOWN(e->effort, n);
        UNKNOWN(e->punishment_effort, n * n);
    }
    UNKNOWN(e->step_discount, e->steps);
    UNKNOWN(e->step_span, e->steps);
    UNKNOWN(e->step_level, e->steps);
    *out = e;
    e = NULL;
done:
    ent_i_benchmark_lift_free(e);
    return st;
}

void ent_i_benchmark_lift_free(ent_benchmark_exact *e)
{
    if (!e) return;
    ent_rat *const single[] = {&e->span, &e->joint, &e->coalition_value, &e->margin};
    for (size_t k = 0; k < sizeof single / sizeof *single; k++)
        if (single[k]->big) ent_rat_release(single[k]);
    ent_i_lift_drop(e->lowest, e->n);
    ent_i_lift_drop(e->effort, e->n);
    ent_i_lift_drop(e->punishment_effort, e->n * e->n);
    ent_i_lift_drop(e->step_discount, e->steps);
    ent_i_lift_drop(e->step_span, e->steps);
    ent_i_lift_drop(e->step_level, e->steps);
    ent_free(e);
}

/* A list of the twin that changes its length. */
typedef struct list {
    ent_rat **at;
    int before, after;
} list;

/* All lists at once, or none. */
static ent_status resize(ent_ctx *ctx, const list *lists, int count)
{
    ent_status st = ENT_OK;
    enum { LISTS_MOST = 8 };
    ent_rat *fresh[LISTS_MOST] = {NULL};
    for (int k = 0; k < count; k++) UNKNOWN(fresh[k], lists[k].after);
    for (int k = 0; k < count; k++) {
        ent_i_lift_drop(*lists[k].at, lists[k].before);
        *lists[k].at = fresh[k];
        fresh[k] = NULL;
    }
done:
    for (int k = 0; k < count; k++) ent_free(fresh[k]);
    return st;
}

ent_status ent_i_lift_resize(ent_ctx *ctx, const ent_contract *contract, ent_contract_exact *e)
{
    ent_status st = ENT_OK;
    const int n = e->n, parts = contract->simplices;
    const list lists[] = {
        {&e->step_discount, e->steps, contract->steps}, {&e->step_span, e->steps, contract->steps},
        {&e->step_level, e->steps, contract->steps},    {&e->corner, e->simplices * n, parts * n},
        {&e->simplex_size, e->simplices, parts},        {&e->bound, e->bounds, contract->bounds}};
    ENT_TRY(resize(ctx, lists, (int)(sizeof lists / sizeof *lists)));
    e->steps = contract->steps;
    e->simplices = parts;
    e->bounds = contract->bounds;
done:
    return st;
}

ent_status ent_i_benchmark_lift_resize(ent_ctx *ctx, const ent_benchmark *benchmark,
                                       ent_benchmark_exact *e)
{
    ent_status st = ENT_OK;
    const list lists[] = {{&e->step_discount, e->steps, benchmark->steps},
                          {&e->step_span, e->steps, benchmark->steps},
                          {&e->step_level, e->steps, benchmark->steps}};
    ENT_TRY(resize(ctx, lists, (int)(sizeof lists / sizeof *lists)));
    e->steps = benchmark->steps;
done:
    return st;
}
