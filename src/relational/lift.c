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

#define UNKNOWN(ptr, count)                          \
    do {                                             \
        (ptr) = unknown(ctx, (count), &st);          \
        if (!(ptr)) goto done;                       \
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
    ent_rat *const single[] = {&e->span, &e->level, &e->on_path_value, &e->joint, &e->margin, &e->tie_spread,
                               &e->extortion_level};
    for (size_t k = 0; k < sizeof single / sizeof *single; k++)
        if (single[k]->big) ent_rat_release(single[k]);
    const int n = e->n;
    ent_rat *const vector[] = {e->lowest,       e->highest, e->gamma,            e->payoff, e->payoff_least,
                               e->payoff_most,  e->payment, e->extortion_payoff, e->weight, e->effort,
                               e->extortion_effort};
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

ent_status ent_i_benchmark_lift_new(ent_ctx *ctx, const ent_benchmark *benchmark, ent_benchmark_exact **out)
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

/* Replaces a list of `before` numbers by one of `count` unknown ones. */
static ent_status resize(ent_ctx *ctx, ent_rat **list, int before, int count)
{
    ent_status st = ENT_OK;
    ent_rat *fresh = unknown(ctx, count, &st);
    if (!fresh) return st;
    ent_i_lift_drop(*list, before);
    *list = fresh;
    return ENT_OK;
}

ent_status ent_i_lift_resize(ent_ctx *ctx, const ent_contract *contract, ent_contract_exact *e)
{
    ent_status st = ENT_OK;
    const int n = e->n;
    ENT_TRY(resize(ctx, &e->step_discount, e->steps, 0));
    ENT_TRY(resize(ctx, &e->step_span, e->steps, 0));
    ENT_TRY(resize(ctx, &e->step_level, e->steps, 0));
    e->steps = 0;
    ENT_TRY(resize(ctx, &e->corner, e->simplices * n, 0));
    ENT_TRY(resize(ctx, &e->simplex_size, e->simplices, 0));
    e->simplices = 0;
    ENT_TRY(resize(ctx, &e->bound, e->bounds, 0));
    e->bounds = 0;
    ENT_TRY(resize(ctx, &e->step_discount, 0, contract->steps));
    ENT_TRY(resize(ctx, &e->step_span, 0, contract->steps));
    ENT_TRY(resize(ctx, &e->step_level, 0, contract->steps));
    e->steps = contract->steps;
    ENT_TRY(resize(ctx, &e->corner, 0, contract->simplices * n));
    ENT_TRY(resize(ctx, &e->simplex_size, 0, contract->simplices));
    e->simplices = contract->simplices;
    ENT_TRY(resize(ctx, &e->bound, 0, contract->bounds));
    e->bounds = contract->bounds;
done:
    return st;
}

ent_status ent_i_benchmark_lift_resize(ent_ctx *ctx, const ent_benchmark *benchmark, ent_benchmark_exact *e)
{
    ent_status st = ENT_OK;
    ENT_TRY(resize(ctx, &e->step_discount, e->steps, 0));
    ENT_TRY(resize(ctx, &e->step_span, e->steps, 0));
    ENT_TRY(resize(ctx, &e->step_level, e->steps, 0));
    e->steps = 0;
    ENT_TRY(resize(ctx, &e->step_discount, 0, benchmark->steps));
    ENT_TRY(resize(ctx, &e->step_span, 0, benchmark->steps));
    ENT_TRY(resize(ctx, &e->step_level, 0, benchmark->steps));
    e->steps = benchmark->steps;
done:
    return st;
}
