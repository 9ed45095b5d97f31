/* [ITA] Theorem 2, eq. (5), Prop. 1, Lemmas 1 and 2, in rationals. */
#include "information/revelation.h"

#include <math.h>

typedef struct numbers {
    const ent_information *m;
    /* 1; 1 - eta; b_1, b_n, B, b_n - b_1; 2 / (n + 2) */
    ent_rat one, rest, least, most, total, spread, bound;
    ent_rat w[4];
} numbers;

static void begin(numbers *x, const ent_information *m)
{
    *x = (numbers){.m = m};
    ent_rat *const all[] = {&x->one,   &x->rest, &x->least, &x->most, &x->total, &x->spread,
                            &x->bound, &x->w[0], &x->w[1],  &x->w[2], &x->w[3]};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) ent_rat_init(all[k]);
    ent_rat_set_int(&x->one, 1);
    ent_rat_sub(&x->rest, &x->one, &m->eta_exact);
    ent_rat_set(&x->least, &m->bias.exact[0]);
    ent_rat_set(&x->most, &m->bias.exact[0]);
    for (int i = 0; i < m->n; i++) {
        const ent_rat *b = &m->bias.exact[i];
        ent_rat_add(&x->total, &x->total, b);
        if (ent_rat_cmp(b, &x->least) < 0) ent_rat_set(&x->least, b);
        if (ent_rat_cmp(b, &x->most) > 0) ent_rat_set(&x->most, b);
    }
    ent_rat_sub(&x->spread, &x->most, &x->least);
    ent_rat_set_ratio(&x->bound, 2, m->n + 2);
}

static void end(numbers *x)
{
    ent_rat *const all[] = {&x->one,   &x->rest, &x->least, &x->most, &x->total, &x->spread,
                            &x->bound, &x->w[0], &x->w[1],  &x->w[2], &x->w[3]};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) ent_rat_release(all[k]);
}

/* [ITA] Theorem 2 for any bounds: with everybody truthful nobody is at a bound in the states
 * 1..n-1. For [0,1]: |beta_i| <= 2/(n+2). */
static void player_margin(numbers *x, int i, const ent_rat *beta, ent_rat *margin, bool *bounded)
{
    const ent_information *m = x->m;
    *bounded = false;
    if (m->has_low[i]) {
        ent_rat_add(margin, &x->bound, beta);
        ent_rat_sub(margin, margin, &m->low.exact[i]);
        *bounded = true;
    }
    if (!m->has_high[i]) return;
    ent_rat_set_ratio(&x->w[0], m->n, m->n + 2);
    ent_rat_add(&x->w[0], &x->w[0], beta);
    ent_rat_sub(&x->w[0], &m->high.exact[i], &x->w[0]);
    if (!*bounded || ent_rat_cmp(&x->w[0], margin) < 0) ent_rat_set(margin, &x->w[0]);
    *bounded = true;
}

/* [ITA] eq. (5): (1 - eta)/A 4/(n + 2) - (b_n - b_1), for n players, into out. */
static void slack_5(numbers *x, int64_t n, ent_rat *out)
{
    ent_rat_set_int(&x->w[0], n - 1);
    ent_rat_mul(&x->w[0], &x->w[0], &x->m->eta_exact);
    ent_rat_add(&x->w[0], &x->w[0], &x->one);
    ent_rat_set_ratio(&x->w[1], 4, n + 2);
    ent_rat_mul(&x->w[1], &x->w[1], &x->rest);
    ent_rat_div(&x->w[1], &x->w[1], &x->w[0]);
    ent_rat_sub(out, &x->w[1], &x->spread);
}

/* Is there a composition of n players with these extremes that satisfies Theorem 2? (5), and b_n -
 * eta b_1 <= kappa, eta b_n - b_1 <= kappa with kappa = 2 (1 - eta) / (n + 2): docs/information.md
 * 2. */
static bool some_composition(numbers *x, int64_t n)
{
    slack_5(x, n, &x->w[2]);
    if (ent_rat_sign(&x->w[2]) < 0) return false;
    ent_rat_set_ratio(&x->w[0], 2, n + 2);
    ent_rat_mul(&x->w[0], &x->w[0], &x->rest);
    ent_rat_mul(&x->w[1], &x->m->eta_exact, &x->least);
    ent_rat_sub(&x->w[1], &x->most, &x->w[1]);
    if (ent_rat_cmp(&x->w[1], &x->w[0]) > 0) return false;
    ent_rat_mul(&x->w[1], &x->m->eta_exact, &x->most);
    ent_rat_sub(&x->w[1], &x->w[1], &x->least);
    return ent_rat_cmp(&x->w[1], &x->w[0]) <= 0;
}

static bool by_5(numbers *x, int64_t n)
{
    slack_5(x, n, &x->w[2]);
    return ent_rat_sign(&x->w[2]) >= 0;
}

/* The largest n >= 2 that passes a test which fails from some n on; 0 when 2 does not pass; -1
 * beyond `limit`. [ITA] Prop. 1. */
static int64_t largest(numbers *x, bool (*passes)(numbers *, int64_t))
{
    const int64_t limit = (int64_t)1 << 40;
    int64_t lo = 2, hi = 4;
    if (!passes(x, 2)) return 0;
    while (hi <= limit && passes(x, hi)) lo = hi, hi *= 2;
    if (hi > limit) return -1;
    while (hi - lo > 1) {
        const int64_t mid = lo + (hi - lo) / 2;
        if (passes(x, mid)) lo = mid;
        else hi = mid;
    }
    return lo;
}

/* [ITA] Lemma 2: eta = (q - 1) / (q + n - 1), q = 4 / ((n + 2) spread). */
static bool lemma_2(numbers *x, ent_rat *out)
{
    const int n = x->m->n;
    if (ent_rat_sign(&x->spread) == 0 || n == 1) {
        ent_rat_set_int(out, 1);
        return true;
    }
    ent_rat_set_ratio(&x->w[0], 4, n + 2);
    ent_rat_div(&x->w[0], &x->w[0], &x->spread);
    ent_rat_sub(&x->w[1], &x->w[0], &x->one);
    if (ent_rat_sign(&x->w[1]) < 0) return false;
    ent_rat_set_int(&x->w[2], n - 1);
    ent_rat_add(&x->w[2], &x->w[2], &x->w[0]);
    ent_rat_div(out, &x->w[1], &x->w[2]);
    return true;
}

/* The exact bound for these biases and [0,1]: (k0 - b_n) / ((n-1) b_n - B + k0) and (k0 + b_1) / (B
 * - (n-1) b_1 + k0), k0 = 2/(n+2). */
static bool largest_eta(numbers *x, ent_rat *out)
{
    ent_rat_set_int(out, 1);
    for (int side = 0; side < 2; side++) {
        const ent_rat *b = side ? &x->least : &x->most;
        ent_rat_set_int(&x->w[0], x->m->n - 1);
        ent_rat_mul(&x->w[0], &x->w[0], b);
        ent_rat_sub(&x->w[0], &x->w[0], &x->total);
        if (side) ent_rat_neg(&x->w[0], &x->w[0]), ent_rat_add(&x->w[1], &x->bound, b);
        else ent_rat_sub(&x->w[1], &x->bound, b);
        ent_rat_add(&x->w[0], &x->w[0], &x->bound);
        if (ent_rat_sign(&x->w[1]) < 0) return false;
        if (ent_rat_sign(&x->w[0]) <= 0) continue;
        ent_rat_div(&x->w[1], &x->w[1], &x->w[0]);
        if (ent_rat_cmp(&x->w[1], out) < 0) ent_rat_set(out, &x->w[1]);
    }
    return true;
}

/* [ITA] Lemma 1: 2/(n+3) < -beta_1 < 2/(n+2), or the same for beta_n. */
static bool lemma_1(numbers *x, const ent_rat *beta)
{
    bool found = false;
    ent_rat_set_ratio(&x->w[0], 2, x->m->n + 3);
    for (int i = 0; i < x->m->n; i++) {
        ent_rat_set(&x->w[1], &beta[i]);
        if (ent_rat_sign(&x->w[1]) < 0) ent_rat_neg(&x->w[1], &x->w[1]);
        found =
            found || (ent_rat_cmp(&x->w[1], &x->w[0]) > 0 && ent_rat_cmp(&x->w[1], &x->bound) < 0);
    }
    return found;
}

void ent_i_conditions_init(ent_conditions *c)
{
    *c = (ent_conditions){.margin = ENT_RAT_ZERO,
                          .margin_5 = ENT_RAT_ZERO,
                          .eta_5 = ENT_RAT_ZERO,
                          .eta = ENT_RAT_ZERO};
}

void ent_i_conditions_release(ent_conditions *c)
{
    ent_rat_release(&c->margin);
    ent_rat_release(&c->margin_5);
    ent_rat_release(&c->eta_5);
    ent_rat_release(&c->eta);
}

ent_status ent_i_conditions(ent_ctx *ctx, const ent_information *m, const ent_rat *beta,
                            ent_rat *margin, ent_conditions *out)
{
    (void)ctx;
    numbers x;
    bool any = false;
    begin(&x, m);
    for (int i = 0; i < m->n; i++) {
        bool bounded = false;
        player_margin(&x, i, &beta[i], &margin[i], &bounded);
        if (bounded && (!any || ent_rat_cmp(&margin[i], &out->margin) < 0))
            ent_rat_set(&out->margin, &margin[i]);
        any = any || bounded;
    }
    out->theorem_2 = !any || ent_rat_sign(&out->margin) >= 0;
    slack_5(&x, m->n, &out->margin_5);
    out->equation_5 = ent_rat_sign(&out->margin_5) >= 0;
    out->lemma_1 = lemma_1(&x, beta);
    out->size_5 = largest(&x, by_5);
    out->size = largest(&x, some_composition);
    out->has_eta_5 = lemma_2(&x, &out->eta_5);
    out->has_eta = largest_eta(&x, &out->eta);
    end(&x);
    return ENT_OK;
}
