#include "exact/rat_i.h"

#include <assert.h>

static bool small_root(int64_t a, int64_t *root)
{
    mpz_t z;
    mpz_init(z);
    ent_i_set_mpz(z, a);
    const bool is_square = mpz_perfect_square_p(z) != 0;
    mpz_sqrt(z, z);
    *root = (int64_t)mpz_getlimbn(z, 0);
    mpz_clear(z);
    return is_square;
}

bool ent_rat_sqrt(ent_rat *r, const ent_rat *a)
{
    if (ent_rat_sign(a) < 0) return false;
    if (!a->big) {
        int64_t num = 0, den = 1;
        if (!small_root(a->num, &num) || !small_root(a->den, &den)) return false;
        ent_i_put(r, num, den);
        return true;
    }
    mpq_srcptr q = a->big;
    if (!mpz_perfect_square_p(mpq_numref(q)) || !mpz_perfect_square_p(mpq_denref(q))) return false;
    mpq_t root;
    mpq_init(root);
    mpz_sqrt(mpq_numref(root), mpq_numref(q));
    mpz_sqrt(mpq_denref(root), mpq_denref(q));
    mpq_swap(ent_i_big(r), root);
    ent_i_settle(r);
    mpq_clear(root);
    return true;
}

static long length(mpz_srcptr z) { return (long)mpz_sizeinbase(z, 2); }

/* m = round(q * 2^shift), down or up. */
static void scale_and_divide(mpz_ptr m, mpq_srcptr q, long shift, bool up)
{
    mpz_t den;
    mpz_init_set(den, mpq_denref(q));
    if (shift >= 0) mpz_mul_2exp(m, mpq_numref(q), (mp_bitcnt_t)shift);
    else mpz_set(m, mpq_numref(q));
    if (shift < 0) mpz_mul_2exp(den, den, (mp_bitcnt_t)-shift);
    if (up) mpz_cdiv_q(m, m, den);
    else mpz_fdiv_q(m, m, den);
    mpz_clear(den);
}

/* |a| lies in (2^(e-1), 2^(e+1)) for e = bits(num) - bits(den); one comparison tells the half, and
 * with it the shift that leaves exactly `bits` bits before the point. Rounding away from 0 may
 * reach 2^bits, which is a power of two. */
static void round_dyadic(ent_rat *r, const ent_rat *a, int bits, bool up)
{
    assert(bits >= 1);
    ent_view view;
    ent_i_view(&view, a);
    if (mpq_sgn(view.q) == 0) {
        ent_rat_set_int(r, 0);
        return;
    }
    mpz_t m;
    mpz_init(m);
    long shift = bits - (length(mpq_numref(view.q)) - length(mpq_denref(view.q)));
    scale_and_divide(m, view.q, shift, mpq_sgn(view.q) < 0);
    /* m was cut towards 0 here, so its length is that of |a| 2^shift */
    if (length(m) > bits) shift--;
    scale_and_divide(m, view.q, shift, up);
    ent_i_put_scaled(r, m, -shift);
    mpz_clear(m);
}

void ent_rat_floor_dyadic(ent_rat *r, const ent_rat *a, int bits)
{
    round_dyadic(r, a, bits, false);
}

void ent_rat_ceil_dyadic(ent_rat *r, const ent_rat *a, int bits) { round_dyadic(r, a, bits, true); }

/* floor(sqrt(floor(x))) = floor(sqrt(x)): the root of a * 4^shift, cut to an integer of `bits` bits
 * or one more, then rounded outward to `bits`. */
static void root_bound(ent_rat *r, const ent_rat *a, int bits, bool up)
{
    assert(bits >= 1 && ent_rat_sign(a) >= 0);
    ent_view view;
    ent_i_view(&view, a);
    if (mpq_sgn(view.q) == 0) {
        ent_rat_set_int(r, 0);
        return;
    }
    mpz_t m, rest;
    mpq_t scaled;
    mpz_inits(m, rest, NULL);
    mpq_init(scaled);
    long size = length(mpq_numref(view.q)) - length(mpq_denref(view.q));
    if (size % 2 != 0) size--;
    const long shift = bits + 1 - size / 2;
    scale_and_divide(m, view.q, 2 * shift, false);
    if (shift >= 0) mpq_mul_2exp(scaled, view.q, (mp_bitcnt_t)(2 * shift));
    else mpq_div_2exp(scaled, view.q, (mp_bitcnt_t)(-2 * shift));
    mpz_sqrtrem(m, rest, m);
    const bool is_exact = mpz_sgn(rest) == 0 && mpz_cmp_ui(mpq_denref(scaled), 1) == 0;
    if (up && !is_exact) mpz_add_ui(m, m, 1);
    ent_rat root = ENT_RAT_ZERO;
    ent_i_put_scaled(&root, m, -shift);
    round_dyadic(r, &root, bits, up);
    ent_rat_release(&root);
    mpq_clear(scaled);
    mpz_clears(m, rest, NULL);
}

void ent_rat_sqrt_lo(ent_rat *r, const ent_rat *a, int bits) { root_bound(r, a, bits, false); }

void ent_rat_sqrt_hi(ent_rat *r, const ent_rat *a, int bits) { root_bound(r, a, bits, true); }
