#include "exact/rat_i.h"

/** descent - the walk down the continued fraction common to both ends of an interval 0 < lo <=
 * hi. */
typedef struct descent {
    mpq_t lo, hi;
    mpz_t p[2], q[2]; /* the last two convergents, newest first */
    mpz_t quotient;
} descent;

static void begin(descent *d, mpq_srcptr lo, mpq_srcptr hi)
{
    mpq_inits(d->lo, d->hi, NULL);
    mpz_inits(d->p[0], d->p[1], d->q[0], d->q[1], d->quotient, NULL);
    mpq_set(d->lo, lo);
    mpq_set(d->hi, hi);
    mpz_set_ui(d->p[0], 1);
    mpz_set_ui(d->q[1], 1);
}

static void end(descent *d)
{
    mpq_clears(d->lo, d->hi, NULL);
    mpz_clears(d->p[0], d->p[1], d->q[0], d->q[1], d->quotient, NULL);
}

/* p0, p1 = quotient * p0 + p1, p0. */
static void append(descent *d)
{
    mpz_addmul(d->p[1], d->quotient, d->p[0]);
    mpz_addmul(d->q[1], d->quotient, d->q[0]);
    mpz_swap(d->p[0], d->p[1]);
    mpz_swap(d->q[0], d->q[1]);
}

/* The first integer at which the ends part is the last quotient: while no integer lies in [lo, hi],
 * both have the same floor f, and the simplest fraction of [lo, hi] is f + 1 / (the simplest of
 * [1/(hi-f), 1/(lo-f)]). */
static void descend(descent *d)
{
    for (;;) {
        mpz_cdiv_q(d->quotient, mpq_numref(d->lo), mpq_denref(d->lo));
        mpz_t last;
        mpz_init(last);
        mpz_fdiv_q(last, mpq_numref(d->hi), mpq_denref(d->hi));
        const bool parted = mpz_cmp(d->quotient, last) <= 0;
        if (!parted) mpz_set(d->quotient, last);
        mpz_clear(last);
        append(d);
        if (parted) return;
        mpz_submul(mpq_numref(d->lo), d->quotient, mpq_denref(d->lo));
        mpz_submul(mpq_numref(d->hi), d->quotient, mpq_denref(d->hi));
        mpq_inv(d->lo, d->lo);
        mpq_inv(d->hi, d->hi);
        mpq_swap(d->lo, d->hi);
    }
}

void ent_rat_simplest(ent_rat *r, const ent_rat *lo, const ent_rat *hi)
{
    if (ent_rat_sign(lo) <= 0 && ent_rat_sign(hi) >= 0) {
        ent_rat_set_int(r, 0);
        return;
    }
    const bool is_negative = ent_rat_sign(hi) < 0;
    ent_rat least = ENT_RAT_ZERO, most = ENT_RAT_ZERO;
    if (is_negative) {
        ent_rat_neg(&least, hi);
        ent_rat_neg(&most, lo);
    } else {
        ent_rat_set(&least, lo);
        ent_rat_set(&most, hi);
    }
    ent_view a, b;
    descent d;
    ent_i_view(&a, &least);
    ent_i_view(&b, &most);
    begin(&d, a.q, b.q);
    descend(&d);
    mpq_ptr out = ent_i_big(r);
    mpz_set(mpq_numref(out), d.p[0]);
    mpz_set(mpq_denref(out), d.q[0]);
    if (is_negative) mpq_neg(out, out);
    ent_i_settle(r);
    end(&d);
    ent_rat_release(&least);
    ent_rat_release(&most);
}
