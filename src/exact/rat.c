#include "exact/rat_i.h"

#include <assert.h>
#include <stdlib.h>

/* ---- the two forms of a value ---- */

/* The struct of a GMP rational comes from GMP's own allocator: like its numbers, it cannot fail
 * half-way. */
mpq_ptr ent_i_big(ent_rat *r)
{
    if (r->big) return r->big;
    void *(*allocate)(size_t) = NULL;
    mp_get_memory_functions(&allocate, NULL, NULL);
    r->big = allocate(sizeof(__mpq_struct));
    mpq_ptr q = r->big;
    mpq_init(q);
    return q;
}

static void drop_big(ent_rat *r)
{
    if (!r->big) return;
    void (*release)(void *, size_t) = NULL;
    mp_get_memory_functions(NULL, NULL, &release);
    mpq_ptr q = r->big;
    mpq_clear(q);
    release(r->big, sizeof(__mpq_struct));
    r->big = NULL;
}

void ent_i_view(ent_view *view, const ent_rat *a)
{
    if (a->big) {
        view->q = a->big;
        return;
    }
    view->num = ent_i_magnitude(a->num);
    view->den = (mp_limb_t)a->den;
    mpz_roinit_n(mpq_numref(view->in_place), &view->num, a->num < 0 ? -1 : a->num > 0);
    mpz_roinit_n(mpq_denref(view->in_place), &view->den, 1);
    view->q = view->in_place;
}

/* A magnitude of one limb below 2^63. */
static bool is_small(mpz_srcptr z) { return mpz_size(z) <= 1 && mpz_getlimbn(z, 0) <= INT64_MAX; }

void ent_i_settle(ent_rat *r)
{
    mpq_srcptr q = r->big;
    if (!is_small(mpq_numref(q)) || !is_small(mpq_denref(q))) return;
    const int64_t num = (int64_t)mpz_getlimbn(mpq_numref(q), 0),
                  den = (int64_t)mpz_getlimbn(mpq_denref(q), 0);
    r->num = mpq_sgn(q) < 0 ? -num : num;
    r->den = den;
    drop_big(r);
}

static void set_mpz_wide(mpz_ptr z, ent_wide a)
{
    const ent_uwide m = a < 0 ? (ent_uwide)0 - (ent_uwide)a : (ent_uwide)a;
    mp_limb_t *limb = mpz_limbs_write(z, 2);
    limb[0] = (mp_limb_t)m;
    limb[1] = (mp_limb_t)(m >> 64);
    mpz_limbs_finish(z, a < 0 ? -2 : 2); /* leading zeros are dropped there */
}

void ent_i_set_mpz(mpz_ptr z, int64_t a) { set_mpz_wide(z, a); }

void ent_i_put(ent_rat *r, ent_wide num, ent_wide den)
{
    if (num <= INT64_MAX && num >= -INT64_MAX && den <= INT64_MAX) {
        drop_big(r);
        r->num = (int64_t)num;
        r->den = (int64_t)den;
        return;
    }
    mpq_ptr q = ent_i_big(r);
    set_mpz_wide(mpq_numref(q), num);
    set_mpz_wide(mpq_denref(q), den);
}

void ent_i_put_scaled(ent_rat *r, mpz_srcptr m, long e)
{
    mpq_ptr q = ent_i_big(r);
    mpq_set_z(q, m);
    if (e >= 0) mpq_mul_2exp(q, q, (mp_bitcnt_t)e);
    else mpq_div_2exp(q, q, (mp_bitcnt_t)-e);
    ent_i_settle(r);
}

void ent_rat_init(ent_rat *r) { *r = ENT_RAT_ZERO; }

void ent_rat_release(ent_rat *r)
{
    drop_big(r);
    *r = ENT_RAT_ZERO;
}

/* ---- assignment ---- */

void ent_rat_set(ent_rat *r, const ent_rat *a)
{
    if (r == a) return;
    if (a->big) mpq_set(ent_i_big(r), a->big);
    else ent_i_put(r, a->num, a->den);
}

void ent_rat_set_int(ent_rat *r, int64_t a) { ent_i_put(r, a, 1); }

void ent_rat_set_ratio(ent_rat *r, int64_t a, int64_t b)
{
    assert(b != 0);
    const ent_wide g = (ent_wide)ent_i_gcd(ent_i_magnitude(a), ent_i_magnitude(b));
    const ent_wide num = (ent_wide)a / g, den = (ent_wide)b / g;
    if (b < 0) ent_i_put(r, -num, -den);
    else ent_i_put(r, num, den);
}

void ent_rat_swap(ent_rat *a, ent_rat *b)
{
    const ent_rat t = *a;
    *a = *b;
    *b = t;
}

/* ---- arithmetic: in place with 128-bit intermediates, else in GMP ---- */

typedef void big_operation(mpq_ptr, mpq_srcptr, mpq_srcptr);

static void in_big(ent_rat *r, const ent_rat *a, const ent_rat *b, big_operation *operation)
{
    ent_view x, y;
    ent_i_view(&x, a);
    ent_i_view(&y, b);
    operation(ent_i_big(r), x.q, y.q);
    ent_i_settle(r);
}

/* r = a/b + c/d with one gcd when the denominators are coprime, two otherwise; the sum cannot
 * exceed 2^127. */
static void add_small(ent_rat *r, int64_t a, int64_t b, int64_t c, int64_t d)
{
    if (b == 1 && d == 1) {
        ent_i_put(r, (ent_wide)a + c, 1);
        return;
    }
    const int64_t g = (int64_t)ent_i_gcd((uint64_t)b, (uint64_t)d);
    if (g == 1) {
        ent_i_put(r, (ent_wide)a * d + (ent_wide)c * b, (ent_wide)b * d);
        return;
    }
    const ent_wide sum = (ent_wide)a * (d / g) + (ent_wide)c * (b / g);
    const int64_t rest = (int64_t)(sum % g);
    const int64_t h = (int64_t)ent_i_gcd(ent_i_magnitude(rest), (uint64_t)g);
    ent_i_put(r, sum / h, (ent_wide)(b / g) * (d / h));
}

static void mul_small(ent_rat *r, int64_t a, int64_t b, int64_t c, int64_t d)
{
    if (b == 1 && d == 1) {
        ent_i_put(r, (ent_wide)a * c, 1);
        return;
    }
    const int64_t g = (int64_t)ent_i_gcd(ent_i_magnitude(a), (uint64_t)d);
    const int64_t h = (int64_t)ent_i_gcd(ent_i_magnitude(c), (uint64_t)b);
    ent_i_put(r, (ent_wide)(a / g) * (c / h), (ent_wide)(b / h) * (d / g));
}

void ent_rat_add(ent_rat *r, const ent_rat *a, const ent_rat *b)
{
    if (a->big || b->big) in_big(r, a, b, mpq_add);
    else add_small(r, a->num, a->den, b->num, b->den);
}

void ent_rat_sub(ent_rat *r, const ent_rat *a, const ent_rat *b)
{
    if (a->big || b->big) in_big(r, a, b, mpq_sub);
    else add_small(r, a->num, a->den, -b->num, b->den);
}

void ent_rat_mul(ent_rat *r, const ent_rat *a, const ent_rat *b)
{
    if (a->big || b->big) in_big(r, a, b, mpq_mul);
    else mul_small(r, a->num, a->den, b->num, b->den);
}

void ent_rat_div(ent_rat *r, const ent_rat *a, const ent_rat *b)
{
    assert(ent_rat_sign(b) != 0);
    if (a->big || b->big) in_big(r, a, b, mpq_div);
    else if (b->num < 0) mul_small(r, a->num, a->den, -b->den, -b->num);
    else mul_small(r, a->num, a->den, b->den, b->num);
}

void ent_rat_neg(ent_rat *r, const ent_rat *a)
{
    if (a->big) mpq_neg(ent_i_big(r), a->big);
    else ent_i_put(r, -(ent_wide)a->num, a->den);
}

void ent_rat_addmul(ent_rat *r, const ent_rat *a, const ent_rat *b)
{
    assert(r != a && r != b);
    if (!r->big && !a->big && !b->big && r->den == 1 && a->den == 1 && b->den == 1) {
        ent_i_put(r, r->num + (ent_wide)a->num * b->num, 1);
        return;
    }
    ent_rat product = ENT_RAT_ZERO;
    ent_rat_mul(&product, a, b);
    ent_rat_add(r, r, &product);
    ent_rat_release(&product);
}

void ent_rat_submul(ent_rat *r, const ent_rat *a, const ent_rat *b)
{
    assert(r != a && r != b);
    if (!r->big && !a->big && !b->big && r->den == 1 && a->den == 1 && b->den == 1) {
        ent_i_put(r, r->num - (ent_wide)a->num * b->num, 1);
        return;
    }
    ent_rat product = ENT_RAT_ZERO;
    ent_rat_mul(&product, a, b);
    ent_rat_sub(r, r, &product);
    ent_rat_release(&product);
}

/* ---- comparison ---- */

int ent_rat_sign(const ent_rat *a)
{
    if (a->big) return mpq_sgn((mpq_srcptr)a->big);
    return (a->num > 0) - (a->num < 0);
}

int ent_rat_cmp(const ent_rat *a, const ent_rat *b)
{
    if (a->big || b->big) {
        ent_view x, y;
        ent_i_view(&x, a);
        ent_i_view(&y, b);
        return mpq_cmp(x.q, y.q);
    }
    if (a->den == b->den) return (a->num > b->num) - (a->num < b->num);
    const ent_wide left = (ent_wide)a->num * b->den, right = (ent_wide)b->num * a->den;
    return (left > right) - (left < right);
}

bool ent_rat_equal(const ent_rat *a, const ent_rat *b)
{
    if (!a->big && !b->big) return a->num == b->num && a->den == b->den;
    return a->big && b->big && mpq_equal(a->big, b->big);
}

bool ent_rat_is_integer(const ent_rat *a)
{
    if (!a->big) return a->den == 1;
    mpq_srcptr q = a->big;
    return mpz_cmp_ui(mpq_denref(q), 1) == 0;
}
