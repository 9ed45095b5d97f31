#include "exact/rat_i.h"

ent_rat *ent_rats_new(ent_ctx *ctx, size_t n, ent_status *st)
{
    ent_rat *r = ent_i_alloc(ctx, n, sizeof *r, st);
    for (size_t k = 0; r && k < n; k++) ent_rat_init(&r[k]);
    return r;
}

void ent_rats_free(ent_rat *r, size_t n)
{
    for (size_t k = 0; r && k < n; k++) ent_rat_release(&r[k]);
    ent_free(r);
}

/* The lcm stays in a word as long as it can; GMP takes over from there. */
void ent_rats_common_denominator(size_t n, const ent_rat *r, ent_rat *unit)
{
    size_t k = 0;
    int64_t lcm = 1;
    for (; k < n && !r[k].big; k++) {
        const int64_t step = r[k].den / (int64_t)ent_i_gcd((uint64_t)lcm, (uint64_t)r[k].den);
        int64_t next = 0;
        if (__builtin_mul_overflow(lcm, step, &next)) break;
        lcm = next;
    }
    if (k == n) {
        ent_i_put(unit, 1, lcm);
        return;
    }
    mpq_t q;
    mpq_init(q);
    mpz_set_ui(mpq_numref(q), 1);
    ent_i_set_mpz(mpq_denref(q), lcm);
    for (; k < n; k++) {
        ent_view view;
        ent_i_view(&view, &r[k]);
        mpz_lcm(mpq_denref(q), mpq_denref(q), mpq_denref(view.q));
    }
    mpq_swap(ent_i_big(unit), q);
    ent_i_settle(unit);
    mpq_clear(q);
}
