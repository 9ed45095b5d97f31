#include "verify/interval.h"

void ent_interval_release(ent_interval *a)
{
    ent_rat_release(&a->lo);
    ent_rat_release(&a->hi);
}

void ent_interval_set(ent_interval *r, const ent_interval *a)
{
    ent_rat_set(&r->lo, &a->lo);
    ent_rat_set(&r->hi, &a->hi);
}

void ent_interval_point(ent_interval *r, const ent_rat *a)
{
    ent_rat_set(&r->lo, a);
    ent_rat_set(&r->hi, a);
}

void ent_interval_add_scaled(ent_interval *r, const ent_rat *f, const ent_interval *a)
{
    const bool falls = ent_rat_sign(f) < 0;
    ent_rat_addmul(&r->lo, f, falls ? &a->hi : &a->lo);
    ent_rat_addmul(&r->hi, f, falls ? &a->lo : &a->hi);
}

void ent_interval_add(ent_interval *r, const ent_interval *a)
{
    ent_rat_add(&r->lo, &r->lo, &a->lo);
    ent_rat_add(&r->hi, &r->hi, &a->hi);
}

void ent_interval_sub(ent_interval *r, const ent_interval *a)
{
    ent_rat lo = ENT_RAT_ZERO;
    ent_rat_sub(&lo, &r->lo, &a->hi);
    ent_rat_sub(&r->hi, &r->hi, &a->lo);
    ent_rat_swap(&r->lo, &lo);
    ent_rat_release(&lo);
}

void ent_interval_add_point(ent_interval *r, const ent_rat *b)
{
    ent_rat_add(&r->lo, &r->lo, b);
    ent_rat_add(&r->hi, &r->hi, b);
}

void ent_interval_mix(ent_interval *r, const ent_rat *w, const ent_interval *a,
                      const ent_interval *b)
{
    ent_interval sum = ENT_INTERVAL_ZERO;
    ent_rat rest = ENT_RAT_ZERO;
    ent_rat_set_int(&rest, 1);
    ent_rat_sub(&rest, &rest, w);
    ent_interval_add_scaled(&sum, w, a);
    ent_interval_add_scaled(&sum, &rest, b);
    ent_interval_set(r, &sum);
    ent_interval_release(&sum);
    ent_rat_release(&rest);
}

void ent_interval_square(ent_interval *r, const ent_rat *f, const ent_interval *a)
{
    ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    ent_rat_mul(&lo, &a->lo, &a->lo);
    ent_rat_mul(&hi, &a->hi, &a->hi);
    if (ent_rat_cmp(&lo, &hi) > 0) ent_rat_swap(&lo, &hi);
    if (ent_rat_sign(&a->lo) < 0 && ent_rat_sign(&a->hi) > 0) ent_rat_set_int(&lo, 0);
    ent_rat_mul(&r->lo, &lo, f);
    ent_rat_mul(&r->hi, &hi, f);
    ent_rat_release(&lo);
    ent_rat_release(&hi);
}

ent_interval *ent_intervals_new(ent_ctx *ctx, int n, ent_status *st)
{
    ent_interval *list = ent_i_alloc(ctx, (size_t)n, sizeof *list, st);
    for (int k = 0; list && k < n; k++) {
        ent_rat_init(&list[k].lo);
        ent_rat_init(&list[k].hi);
    }
    return list;
}

void ent_intervals_free(ent_interval *list, int n)
{
    for (int k = 0; list && k < n; k++) ent_interval_release(&list[k]);
    ent_free(list);
}
