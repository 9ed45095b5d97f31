/* Rows are built from U_i(report|type), (3.1), written as a function of the mechanism. */
#include "ref/ref_bayesian_definition.h"

#include "ref/ref_simplex.h"

#include <stdlib.h>

/* max c x, A x <= b, x >= 0, grown row by row. */
typedef struct program {
    int n, rows, room;
    ent_rat *a, *b, *c, *x, value;
} program;

static ent_rat *rats(size_t n)
{
    ent_status st = ENT_OK;
    ent_rat *r = ent_rats_new(NULL, n, &st);
    if (!r) abort();
    return r;
}

static void begin(program *p, int n, int room)
{
    *p = (program){.n = n, .room = room, .value = ENT_RAT_ZERO};
    p->a = rats((size_t)n * (size_t)room);
    p->b = rats((size_t)room);
    p->c = rats((size_t)n);
    p->x = rats((size_t)n);
}

static void end(program *p)
{
    ent_rats_free(p->a, (size_t)p->n * (size_t)p->room);
    ent_rats_free(p->b, (size_t)p->room);
    ent_rats_free(p->c, (size_t)p->n);
    ent_rats_free(p->x, (size_t)p->n);
    ent_rat_release(&p->value);
}

/* A new empty row "... <= right". */
static ent_rat *row(program *p, const ent_rat *right)
{
    if (p->rows == p->room) abort();
    if (right) ent_rat_set(&p->b[p->rows], right);
    return p->a + (size_t)p->rows++ * (size_t)p->n;
}

static ref_simplex_outcome solve(program *p)
{
    return ref_simplex(p->rows, p->n, p->a, p->b, p->c, &p->value, p->x);
}

static int member_of(const ent_bayes_coal *s, int m)
{
    int i = 0;
    while (s->first[i + 1] <= m) i++;
    return i;
}

static void add(ent_rat *to, const ent_rat *x, int sign)
{
    if (sign > 0) ent_rat_add(to, to, x);
    else ent_rat_sub(to, to, x);
}

/* p(t) divided by the probability of member i's type, and by that of member j's unless j < 0. */
static void probability(const ent_bayes_coal *s, int t, int i, int j, ent_rat *p)
{
    ent_rat sum = ENT_RAT_ZERO;
    int mine[ENT_BAYESIAN_PLAYERS_MAX], type[ENT_BAYESIAN_PLAYERS_MAX];
    ent_bayes_types(s, t, mine);
    ent_rat_set(p, &s->prior.exact[t]);
    for (int k = 0; k < 2; k++) {
        const int who = k == 0 ? i : j;
        if (who < 0) continue;
        ent_rat_set_int(&sum, 0);
        for (int r = 0; r < s->profiles; r++) {
            ent_bayes_types(s, r, type);
            if (type[who] == mine[who]) ent_rat_add(&sum, &sum, &s->prior.exact[r]);
        }
        ent_rat_div(p, p, &sum);
    }
    ent_rat_release(&sum);
}

/* to += sign * U_i(report|m) as a function of mu(d|t), variable t * decisions + d; given >= 0: only
 * where that interim of another member is true, conditionally on it. */
static void expect(const ent_bayes_coal *s, int m, int report, int given, int sign, ent_rat *to)
{
    const int i = member_of(s, m), j = given < 0 ? -1 : member_of(s, given);
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    ent_rat p = ENT_RAT_ZERO, x = ENT_RAT_ZERO;
    for (int t = 0; t < s->profiles; t++) {
        ent_bayes_types(s, t, type);
        if (s->first[i] + type[i] != m || (j >= 0 && s->first[j] + type[j] != given)) continue;
        probability(s, t, i, j, &p);
        type[i] = report - s->first[i];
        const int told = ent_bayes_profile(s, type);
        for (int d = 0; d < s->decisions; d++) {
            ent_rat_mul(&x, &p, &s->utility.exact[ent_bayes_utility(s, i, d, t)]);
            add(&to[told * s->decisions + d], &x, sign);
        }
    }
    ent_rat_release(&p);
    ent_rat_release(&x);
}

static void lotteries(const ent_bayes_coal *s, program *p)
{
    ent_rat one = ENT_RAT_ZERO;
    for (int t = 0; t < s->profiles; t++)
        for (int sign = 1; sign >= -1; sign -= 2) {
            ent_rat_set_int(&one, sign);
            ent_rat *a = row(p, &one);
            for (int d = 0; d < s->decisions; d++) ent_rat_set_int(&a[t * s->decisions + d], sign);
        }
    ent_rat_release(&one);
}

/* (3.2) for one member, or for all with who < 0. */
static void incentives(const ent_bayes_coal *s, int who, program *p)
{
    for (int m = 0; m < s->interims; m++) {
        const int i = member_of(s, m);
        for (int report = s->first[i]; report < s->first[i + 1]; report++) {
            if (report == m || (who >= 0 && i != who)) continue;
            ent_rat *a = row(p, NULL);
            expect(s, m, report, -1, 1, a);
            expect(s, m, m, -1, -1, a);
        }
    }
}

static int pairs_of(const ent_bayes_coal *s)
{
    int pairs = 0;
    for (int i = 0; i < s->size; i++) pairs += s->types[i] * (s->types[i] - 1);
    return pairs;
}

/* least - U_m (+ gain_m) <= 0 */
static void at_least(const ent_bayes_coal *s, int m, const ent_rat *least, int gain, program *p)
{
    ent_rat minus = ENT_RAT_ZERO;
    ent_rat_neg(&minus, least);
    ent_rat *a = row(p, &minus);
    expect(s, m, m, -1, -1, a);
    if (gain >= 0) {
        ent_rat_set_int(&a[gain], 1);
        ent_rat_set_int(&p->c[gain], 1);
    }
    ent_rat_release(&minus);
}

bool ref_bayesian_gain(const ent_bayes_coal *s, const ent_rat *u, ent_rat *gain)
{
    const int mu = s->profiles * s->decisions;
    program p;
    begin(&p, mu + s->interims, 2 * s->profiles + pairs_of(s) + s->interims);
    lotteries(s, &p);
    incentives(s, -1, &p);
    for (int m = 0; m < s->interims; m++) at_least(s, m, &u[m], mu + m, &p);
    const bool feasible = solve(&p) == REF_SIMPLEX_OPTIMAL;
    ent_rat_set(gain, &p.value);
    end(&p);
    return feasible;
}

/* Columns of the acceptance program: the least weight, what weights are above it, multipliers, W as
 * a difference. */
typedef struct columns {
    int extra, pair, plus, minus, n;
} columns;

/* Coefficient x of the weight of m: of the least weight and of what is above it. */
static void weight(const columns *at, int m, const ent_rat *x, ent_rat *to)
{
    ent_rat_add(&to[0], &to[0], x);
    ent_rat_add(&to[at->extra + m], &to[at->extra + m], x);
}

/* Virtual worths: the transpose of U and of U(truth) - U(lie). */
static void worths(const ent_bayes_coal *s, const columns *at, program *p)
{
    const int mu = s->profiles * s->decisions;
    ent_rat *u = rats((size_t)mu), *first = p->a + (size_t)p->rows * (size_t)p->n;
    int k = 0;
    for (int cell = 0; cell < mu; cell++) {
        ent_rat *a = row(p, NULL);
        ent_rat_set_int(&a[at->plus + cell / s->decisions], -1);
        ent_rat_set_int(&a[at->minus + cell / s->decisions], 1);
    }
    for (int m = 0; m < s->interims; m++) {
        const int i = member_of(s, m);
        for (int cell = 0; cell < mu; cell++) ent_rat_set_int(&u[cell], 0);
        expect(s, m, m, -1, 1, u);
        for (int cell = 0; cell < mu; cell++)
            weight(at, m, &u[cell], first + (size_t)cell * (size_t)p->n);
        for (int report = s->first[i]; report < s->first[i + 1]; report++) {
            if (report == m) continue;
            for (int cell = 0; cell < mu; cell++) ent_rat_set_int(&u[cell], 0);
            expect(s, m, m, -1, 1, u);
            expect(s, m, report, -1, -1, u);
            for (int cell = 0; cell < mu; cell++)
                ent_rat_set(&first[(size_t)cell * (size_t)p->n + (size_t)(at->pair + k)], &u[cell]);
            k++;
        }
    }
    ent_rats_free(u, (size_t)mu);
}

/* The number of the pair (m, report) in the order of worths. */
static int pair_of(const ent_bayes_coal *s, int m, int report)
{
    int k = 0;
    for (int l = 0; l < s->interims; l++) {
        const int i = member_of(s, l);
        for (int r = s->first[i]; r < s->first[i + 1]; r++) {
            if (r == l) continue;
            if (l == m && r == report) return k;
            k++;
        }
    }
    abort();
}

/* (4.11) with omega = y, times p_i(t_i): one linear equation in weights, multipliers and W. */
static void warrant(const ent_bayes_coal *s, const columns *at, const ent_rat *threat,
                    const ent_rat *y, int m, ent_rat *to)
{
    const int i = member_of(s, m);
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    ent_rat x = ENT_RAT_ZERO, q = ENT_RAT_ZERO;
    weight(at, m, &y[m], to);
    for (int other = s->first[i]; other < s->first[i + 1]; other++) {
        if (other == m) continue;
        const int mine = at->pair + pair_of(s, m, other), its = at->pair + pair_of(s, other, m);
        ent_rat_add(&to[mine], &to[mine], &y[m]);
        ent_rat_sub(&to[its], &to[its], &y[other]);
    }
    for (int t = 0; t < s->profiles; t++) {
        ent_bayes_types(s, t, type);
        if (s->first[i] + type[i] != m) continue;
        ent_rat_add(&q, &q, &s->prior.exact[t]);
        ent_rat_set_int(&to[at->plus + t], -1);
        ent_rat_set_int(&to[at->minus + t], 1);
    }
    for (int l = 0; l < s->interims; l++) {
        if (member_of(s, l) == i) continue;
        ent_rat_mul(&x, &q, &threat[i * s->interims + l]);
        weight(at, l, &x, to);
    }
    ent_rat_release(&x);
    ent_rat_release(&q);
}

/* An equation as two inequalities: the last row, and its negative. */
static void and_its_negative(program *p)
{
    const ent_rat *last = p->a + (size_t)(p->rows - 1) * (size_t)p->n;
    ent_rat right = ENT_RAT_ZERO;
    ent_rat_neg(&right, &p->b[p->rows - 1]);
    ent_rat *a = row(p, &right);
    for (int j = 0; j < p->n; j++) ent_rat_neg(&a[j], &last[j]);
    ent_rat_release(&right);
}

bool ref_bayesian_accepts(const ent_bayes_coal *s, const ent_rat *threat, const ent_rat *u)
{
    columns at = {.extra = 1, .pair = 1 + s->interims};
    at.plus = at.pair + pairs_of(s), at.minus = at.plus + s->profiles,
    at.n = at.minus + s->profiles;
    ent_rat *y = rats((size_t)s->interims), one = ENT_RAT_ZERO;
    program p;
    begin(&p, at.n, s->profiles * s->decisions + 2 * s->interims + 2);
    for (int m = 0; m < s->interims; m++) {
        for (int k = 0; k < s->size; k++) ent_rat_add(&y[m], &y[m], &u[m]);
        for (int j = 0; j < s->size; j++)
            if (j != member_of(s, m)) ent_rat_sub(&y[m], &y[m], &threat[j * s->interims + m]);
    }
    worths(s, &at, &p);
    for (int m = 0; m < s->interims; m++) {
        warrant(s, &at, threat, y, m, row(&p, NULL));
        and_its_negative(&p);
    }
    ent_rat_set_int(&one, 1);
    ent_rat *sum = row(&p, &one);
    for (int m = 0; m < s->interims; m++) weight(&at, m, &one, sum);
    and_its_negative(&p);
    ent_rat_set_int(&p.c[0], 1);
    const bool accepted = solve(&p) == REF_SIMPLEX_OPTIMAL && ent_rat_sign(&p.value) > 0;
    ent_rats_free(y, (size_t)s->interims);
    ent_rat_release(&one);
    end(&p);
    return accepted;
}

/* (4.12a) and (4.12b) of interim m once it knows that the dictator's type is `given`. */
static void safe(const ent_bayes_coal *s, int given, int m, const ent_rat *threat, bool equality,
                 program *p)
{
    const int j = member_of(s, m);
    ent_rat minus = ENT_RAT_ZERO;
    for (int report = s->first[j]; report < s->first[j + 1]; report++) {
        if (report == m) continue;
        ent_rat *a = row(p, NULL);
        expect(s, m, report, given, 1, a);
        expect(s, m, m, given, -1, a);
    }
    ent_rat_neg(&minus, &threat[m]);
    expect(s, m, m, given, -1, row(p, &minus));
    if (equality) and_its_negative(p);
    ent_rat_release(&minus);
}

/* What mu gives to interims of one member. */
static void given_by(const ent_bayes_coal *s, int place, const ent_rat *mu, ent_rat *best)
{
    const int n = s->profiles * s->decisions;
    ent_rat *u = rats((size_t)n);
    for (int m = s->first[place]; m < s->first[place + 1]; m++) {
        for (int k = 0; k < n; k++) ent_rat_set_int(&u[k], 0);
        expect(s, m, m, -1, 1, u);
        ent_rat_set_int(&best[m], 0);
        for (int k = 0; k < n; k++) ent_rat_addmul(&best[m], &u[k], &mu[k]);
    }
    ent_rats_free(u, (size_t)n);
}

static bool is_dominated(const ent_bayes_coal *s, int place, const ent_rat *threat,
                         const ent_rat *best)
{
    const int mu = s->profiles * s->decisions;
    program p;
    begin(&p, mu + s->types[place], 2 * s->profiles + pairs_of(s) + s->interims);
    lotteries(s, &p);
    incentives(s, -1, &p);
    for (int m = 0; m < s->interims; m++) {
        if (member_of(s, m) == place) at_least(s, m, &best[m], mu + m - s->first[place], &p);
        else at_least(s, m, &threat[m], -1, &p);
    }
    if (solve(&p) != REF_SIMPLEX_OPTIMAL) abort();
    const bool dominated = ent_rat_sign(&p.value) > 0;
    end(&p);
    return dominated;
}

ref_bayesian_power ref_bayesian_dictator(const ent_bayes_coal *s, int place, const ent_rat *threat,
                                         bool equality, ent_rat *best)
{
    const int mu = s->profiles * s->decisions;
    ref_bayesian_power power = REF_BAYESIAN_NOTHING_SAFE;
    program p;
    begin(&p, mu,
          2 * s->profiles + pairs_of(s) + s->types[place] * (pairs_of(s) + 2 * s->interims));
    lotteries(s, &p);
    incentives(s, place, &p);
    for (int given = s->first[place]; given < s->first[place + 1]; given++)
        for (int m = 0; m < s->interims; m++)
            if (member_of(s, m) != place) safe(s, given, m, threat, equality, &p);
    for (int m = s->first[place]; m < s->first[place + 1]; m++) expect(s, m, m, -1, 1, p.c);
    if (solve(&p) == REF_SIMPLEX_OPTIMAL) {
        given_by(s, place, p.x, best);
        power = is_dominated(s, place, threat, best) ? REF_BAYESIAN_DOMINATED : REF_BAYESIAN_STRONG;
    }
    end(&p);
    return power;
}
