/* Discrete offers in rationals: the same backward induction as outside_discrete.c, number by number
 * exact. */
#include "outside/outside_solve.h"

#include "base/ctx.h"

#include <math.h>

enum { RISE, PROPOSER, ALLY, ALLY_CONTRIBUTION, NEW_CONTRIBUTION, DURATION, REACH };

typedef struct exact {
    ent_ctx *ctx;
    const ent_outside *m;
    const ent_outside_choice *choice;
    ent_outside_solution *out;
    int n, values, period;
    ent_rat k, one, r_star, rest; /* fee - 1; 1; r*; 1 - discount */
    bool has_r_star;
    const ent_rat *x, *p;
    ent_rat *next, *now, *q; /* [values][n] */
    ent_rat *need;           /* [n] */
    ent_rat *upper;          /* [n] P(X > x_j) */
    ent_rat *excess;         /* [n] H(x_j) */
    ent_rat *work;           /* [4] */
    int *best;
    bool *goes_on;
} exact;

/* P(X > x_j), H(x_j), and r*: H falls in straight lines between the offers, with slope -P(X >
 * .). */
static void reservation(exact *s)
{
    ent_rat *w = s->work;
    const int n = s->n;
    for (int j = n - 2; j >= 0; j--) {
        ent_rat_add(&s->upper[j], &s->upper[j + 1], &s->p[j + 1]);
        ent_rat_sub(&w[0], &s->x[j + 1], &s->x[j]);
        ent_rat_set(&s->excess[j], &s->excess[j + 1]);
        ent_rat_addmul(&s->excess[j], &w[0], &s->upper[j]);
    }
    /* the first offer, from the top, at which another search pays for itself: r* lies just above
       it */
    int j = n - 1;
    while (j >= 0 && ent_rat_cmp(&s->excess[j], &s->m->cost_exact) < 0) j--;
    if (j == n - 1) {
        ent_rat_set(&s->r_star, &s->x[j]);
        s->has_r_star = true;
        return;
    }
    /* r* = x_j + (H(x_j) - c) / P(X > x_j); below the lowest offer H(s) = E X - s. */
    if (j >= 0) {
        ent_rat_sub(&w[0], &s->excess[j], &s->m->cost_exact);
        ent_rat_div(&w[0], &w[0], &s->upper[j]);
        ent_rat_add(&s->r_star, &s->x[j], &w[0]);
    } else {
        ent_rat_add(&w[0], &s->excess[0], &s->x[0]);
        ent_rat_sub(&s->r_star, &w[0], &s->m->cost_exact);
    }
    s->has_r_star = ent_rat_sign(&s->r_star) >= 0;
}

/* delta rise - (1 - delta)(x - k), into w[0]. */
static void gap(const exact *s, int j, ent_rat *w)
{
    ent_rat_mul(&w[0], &s->m->discount_exact, &s->next[j]);
    ent_rat_sub(&w[1], &s->x[j], &s->k);
    ent_rat_mul(&w[1], &w[1], &s->rest);
    ent_rat_sub(&w[0], &w[0], &w[1]);
}

static void needs(exact *s)
{
    for (int j = 0; j < s->n; j++) {
        gap(s, j, s->work);
        const int sign = ent_rat_sign(&s->work[0]);
        const bool match_later = ent_rat_cmp(&s->x[j], &s->r_star) >= 0 &&
                                 ent_rat_sign(&s->rest) == 0 && s->period < s->m->periods;
        s->goes_on[j] = match_later ? !s->choice->takes_at_once : sign > 0;
        ent_rat_set(&s->need[j], &s->x[j]);
        if (sign > 0) ent_rat_add(&s->need[j], &s->need[j], &s->work[0]);
    }
}

/* The integrand of value f at offer j, into *out. */
static void integrand(const exact *s, int f, int j, ent_rat *out)
{
    const ent_rat *after = &s->next[(f > REACH ? f - 1 : f) * s->n + j];
    const bool on = s->goes_on[j];
    if (f == RISE) ent_rat_sub(out, &s->need[j], &s->x[j]);
    else if (f == REACH) ent_rat_set_int(out, on);
    else if (f == NEW_CONTRIBUTION && !on) ent_rat_set(out, &s->x[j]);
    else if (!on) ent_rat_set_int(out, 0);
    else if (f == PROPOSER) ent_rat_mul(out, &s->m->discount_exact, after);
    else ent_rat_set(out, after);
}

/* What cutoff j adds to the integral of value f. */
static void own_part(exact *s, int f, int j)
{
    ent_rat *w = s->work, *q = &s->q[f * s->n + j];
    ent_rat_sub(&w[0], &s->one, &s->upper[j]);
    if (f == RISE) {
        ent_rat_sub(&w[1], &s->need[j], &s->x[j]);
        ent_rat_addmul(q, &w[0], &w[1]);
        ent_rat_add(q, q, &s->excess[j]);
        ent_rat_sub(q, q, &s->m->cost_exact);
    } else if (f == PROPOSER) {
        ent_rat_sub(&w[1], &s->one, &s->need[j]);
        ent_rat_addmul(q, &w[0], &w[1]);
    } else if (f == ALLY) {
        ent_rat_add(q, q, &w[0]);
    } else if (f == ALLY_CONTRIBUTION) {
        ent_rat_addmul(q, &w[0], &s->need[j]);
    } else if (f == DURATION) {
        ent_rat_add(q, q, &s->one);
    }
}

static void cutoffs(exact *s)
{
    ent_rat *w = s->work;
    for (int f = 0; f < s->values; f++) {
        ent_rat_set_int(&w[2], 0);
        for (int j = s->n - 1; j >= 0; j--) {
            ent_rat_set(&s->q[f * s->n + j], &w[2]);
            integrand(s, f, j, &w[3]);
            ent_rat_addmul(&w[2], &s->p[j], &w[3]);
            own_part(s, f, j);
        }
    }
}

static bool is_admissible(const exact *s, int j)
{
    return ent_rat_cmp(&s->need[j], &s->r_star) < 0 &&
           (j == s->n - 1 || ent_rat_cmp(&s->need[j + 1], &s->need[j]) > 0);
}

static void settle(exact *s, int j, const ent_rat *offer)
{
    const int n = s->n;
    for (int f = 0; f < s->values; f++) ent_rat_set_int(&s->now[f * n + j], 0);
    ent_rat_sub(&s->now[RISE * n + j], offer, &s->x[j]);
    ent_rat_sub(&s->now[PROPOSER * n + j], &s->one, offer);
    ent_rat_set_int(&s->now[ALLY * n + j], 1);
    ent_rat_set(&s->now[ALLY_CONTRIBUTION * n + j], offer);
    ent_rat_set_int(&s->now[DURATION * n + j], 1);
}

/* The first tie rule, exactly. */
static bool takes_sure(exact *s, int cutoff)
{
    ent_rat_sub(&s->work[0], &s->one, &s->r_star);
    const int order = ent_rat_cmp(&s->work[0], &s->q[PROPOSER * s->n + cutoff]);
    return s->choice->is_sure ? order >= 0 : order > 0;
}

static void one_period(exact *s)
{
    const int n = s->n;
    int best = -1;
    needs(s);
    cutoffs(s);
    for (int j = n - 1; j >= 0; j--) {
        s->best[j] = -1;
        if (ent_rat_cmp(&s->x[j], &s->r_star) >= 0) {
            settle(s, j, &s->x[j]);
            continue;
        }
        if (is_admissible(s, j) &&
            (best < 0 || ent_rat_cmp(&s->q[PROPOSER * n + j], &s->q[PROPOSER * n + best]) > 0))
            best = j;
        if (best < 0 || takes_sure(s, best)) {
            settle(s, j, &s->r_star);
            continue;
        }
        s->best[j] = best;
        for (int f = 0; f < s->values; f++) ent_rat_set(&s->now[f * n + j], &s->q[f * n + best]);
        ent_rat_add(&s->now[j], &s->now[j], &s->x[best]);
        ent_rat_sub(&s->now[j], &s->now[j], &s->x[j]);
    }
}

static ent_status keep_rules(exact *s)
{
    ent_status st = ENT_OK;
    const double none = (double)NAN, *x = s->m->offers.atom;
    for (int j = 0; j < s->n; j++) {
        ent_rule rule = {
            .period = s->period, .from = x[j], .to = x[j], .offer = none, .cutoff = none};
        if (s->best[j] >= 0)
            rule.kind = ENT_RULE_HOLD, rule.offer = ent_rat_double(&s->need[s->best[j]]),
            rule.cutoff = x[s->best[j]];
        else if (ent_rat_cmp(&s->x[j], &s->r_star) >= 0) rule.kind = ENT_RULE_MATCH;
        else rule.kind = ENT_RULE_DETER, rule.offer = ent_rat_double(&s->r_star);
        if (s->period == 1) rule.from = rule.to = 0.0;
        if (s->period == 1 && rule.kind == ENT_RULE_MATCH)
            rule.kind = ENT_RULE_DETER, rule.offer = ent_rat_double(&s->r_star);
        ENT_TRY(ent_i_rule_add(s->ctx, s->out, &rule));
        if (s->period == 1) break;
    }
    if (s->period == s->m->periods) goto done;
    for (int j = 0; j < s->n; j++) {
        const ent_advance advance = {.period = s->period, .from = x[j], .to = x[j]};
        if (s->goes_on[j]) ENT_TRY(ent_i_advance_add(s->ctx, s->out, &advance));
    }
done:
    return st;
}

/* The doubles of the play from its exact numbers. */
static void round_play(ent_outside_solution *out)
{
    ent_outside_play *p = &out->play;
    const ent_rat *e = out->exact;
    p->offer = ent_rat_double(&e[ENT_EXACT_OFFER]);
    p->reservation = ent_rat_double(&e[ENT_EXACT_RESERVATION]);
    if (p->is_search) p->cutoff = ent_rat_double(&e[ENT_EXACT_CUTOFF]);
    p->proposer = ent_rat_double(&e[ENT_EXACT_PROPOSER]);
    p->partner = ent_rat_double(&e[ENT_EXACT_PARTNER]);
    p->ally = ent_rat_double(&e[ENT_EXACT_ALLY]);
    p->new_alliance = ent_rat_double(&e[ENT_EXACT_NEW]);
    p->ally_contribution = ent_rat_double(&e[ENT_EXACT_ALLY_CONTRIBUTION]);
    p->new_contribution = ent_rat_double(&e[ENT_EXACT_NEW_CONTRIBUTION]);
    p->duration_periods = ent_rat_double(&e[ENT_EXACT_DURATION]);
    p->second_period = out->periods > 1 ? out->reach[1] : 0.0;
}

/* The exact numbers of the path, and their doubles. */
static void keep_play(exact *s, bool deters_alone)
{
    const double none = (double)NAN;
    const int n = s->n;
    ent_rat *e = s->out->exact;
    if (ent_rat_cmp(&s->x[0], &s->r_star) >= 0) settle(s, 0, &s->r_star), s->best[0] = -1;
    const int best = s->best[0];
    const bool search = best >= 0;
    ent_rat_set(&e[ENT_EXACT_OFFER], search ? &s->need[best] : &s->r_star);
    ent_rat_set(&e[ENT_EXACT_RESERVATION], &s->r_star);
    if (search) ent_rat_set(&e[ENT_EXACT_CUTOFF], &s->x[best]);
    ent_rat_set(&e[ENT_EXACT_PROPOSER], &s->now[PROPOSER * n]);
    ent_rat_add(&e[ENT_EXACT_PARTNER], &s->now[RISE * n], &s->x[0]);
    ent_rat_sub(&e[ENT_EXACT_PARTNER], &e[ENT_EXACT_PARTNER], &s->k);
    ent_rat_set(&e[ENT_EXACT_ALLY], &s->now[ALLY * n]);
    ent_rat_sub(&e[ENT_EXACT_NEW], &s->one, &e[ENT_EXACT_ALLY]);
    ent_rat_set(&e[ENT_EXACT_ALLY_CONTRIBUTION], &s->now[ALLY_CONTRIBUTION * n]);
    ent_rat_set(&e[ENT_EXACT_NEW_CONTRIBUTION], &s->now[NEW_CONTRIBUTION * n]);
    ent_rat_set(&e[ENT_EXACT_DURATION], &s->now[DURATION * n]);
    ent_rat_set_int(&s->out->exact_reach[0], 1);
    for (int t = 1; t < s->m->periods; t++)
        ent_rat_set(&s->out->exact_reach[t], &s->now[(REACH + t - 1) * n]);
    for (int t = 0; t < s->m->periods; t++)
        s->out->reach[t] = ent_rat_double(&s->out->exact_reach[t]);
    s->out->play = (ent_outside_play){.regime = search         ? ENT_REGIME_SEARCH
                                                : deters_alone ? ENT_REGIME_DETER
                                                               : ENT_REGIME_PREFER,
                                      .is_search = search,
                                      .cutoff = none,
                                      .r_tilde = none,
                                      .r1_star = none,
                                      .x_hat = none,
                                      .top = none,
                                      .delta_under = none};
    for (int k = 0; k < ENT_EXACTS; k++) s->out->exact_known[k] = true;
    s->out->reach_known = true;
    round_play(s->out);
}

/* r* <= k: everything follows from the fee. */
static void keep_floor(exact *s)
{
    ent_rat *e = s->out->exact;
    const bool known = s->has_r_star;
    ent_rat_set(&e[ENT_EXACT_OFFER], &s->k);
    if (known) ent_rat_set(&e[ENT_EXACT_RESERVATION], &s->r_star);
    ent_rat_sub(&e[ENT_EXACT_PROPOSER], &s->one, &s->k);
    ent_rat_set_int(&e[ENT_EXACT_ALLY], 1);
    ent_rat_set(&e[ENT_EXACT_ALLY_CONTRIBUTION], &s->k);
    ent_rat_set_int(&e[ENT_EXACT_DURATION], 1);
    ent_rat_set_int(&s->out->exact_reach[0], 1);
    for (int k = 0; k < ENT_EXACTS; k++)
        s->out->exact_known[k] = k != ENT_EXACT_RESERVATION || known;
    s->out->reach_known = true;
    round_play(s->out);
    if (!known) s->out->play.reservation = (double)NAN;
}

static ent_status solve_all(exact *s)
{
    ent_status st = ENT_OK;
    bool deters_alone = false;
    for (int j = 0; j < s->n; j++) ent_rat_sub(&s->next[j], &s->k, &s->x[j]);
    for (s->period = s->m->periods; s->period >= 1; s->period--) {
        ENT_CHECK_CANCEL(s->ctx);
        one_period(s);
        if (s->period == s->m->periods) deters_alone = s->best[0] < 0;
        ENT_TRY(keep_rules(s));
        if (s->period == 1) break;
        ent_rat *const swap = s->next;
        s->next = s->now;
        s->now = swap;
    }
    keep_play(s, deters_alone);
    ent_i_rules_sort(s->out);
done:
    return st;
}

static ent_status prepare(exact *s)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)s->n, cells = n * (size_t)s->values;
    ent_rat **const lists[] = {&s->next, &s->now,        &s->q,
                               &s->need, &s->upper,      &s->excess,
                               &s->work, &s->out->exact, &s->out->exact_reach};
    const size_t sizes[] = {cells, cells, cells, n, n, n, 4, ENT_EXACTS, (size_t)s->m->periods};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        *lists[k] = ent_rats_new(s->ctx, sizes[k], &st);
        if (!*lists[k]) goto done;
    }
    ENT_SCRATCH(s->ctx, s->best, n);
    ENT_SCRATCH(s->ctx, s->goes_on, n);
    ent_rat_set_int(&s->one, 1);
    ent_rat_sub(&s->k, &s->m->fee_exact, &s->one);
    ent_rat_sub(&s->rest, &s->one, &s->m->discount_exact);
done:
    return st;
}

static void release(exact *s)
{
    const size_t n = (size_t)s->n, cells = n * (size_t)s->values;
    ent_rats_free(s->next, cells);
    ent_rats_free(s->now, cells);
    ent_rats_free(s->q, cells);
    ent_rats_free(s->need, n);
    ent_rats_free(s->upper, n);
    ent_rats_free(s->excess, n);
    ent_rats_free(s->work, 4);
    ent_rat_release(&s->one);
    ent_rat_release(&s->k);
    ent_rat_release(&s->rest);
    ent_rat_release(&s->r_star);
}

ent_status ent_i_outside_exact(ent_ctx *ctx, const ent_outside *m, const ent_outside_choice *choice,
                               ent_outside_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    exact s = {.ctx = ctx,
               .m = m,
               .choice = choice,
               .out = out,
               .n = m->offers.atoms,
               .values = REACH + m->periods - 1,
               .k = ENT_RAT_ZERO,
               .one = ENT_RAT_ZERO,
               .r_star = ENT_RAT_ZERO,
               .rest = ENT_RAT_ZERO,
               .x = m->offers.atom_exact,
               .p = m->offers.mass_exact};
    ENT_TRY(prepare(&s));
    reservation(&s);
    if (!s.has_r_star || ent_rat_cmp(&s.r_star, &s.k) <= 0) {
        ENT_TRY(ent_i_outside_floor(
            ctx, m, s.has_r_star ? ent_rat_double(&s.r_star) : -(double)INFINITY, out));
        keep_floor(&s);
    } else {
        ENT_TRY(solve_all(&s));
    }
done:
    release(&s);
    ent_scratch_reset(ctx, mark);
    return st;
}
