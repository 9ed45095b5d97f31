/* A stage with babblers, by complementary pivoting: guess which policies are at which bound, solve
 * the linear equations of the others, move those that are wrong, all at once as long as fewer and
 * fewer are wrong, else only the last one, which ends after finitely many steps (Murty 1974; Judice
 * and Pires 1994 for two bounds).
 *
 * Policies that are not at a bound depend on two numbers only, r_s = A e_s - eta E(everybody's sum
 * | k, s) with everybody's signal distributed as others' signals are: x_i = ((1 - e) r_0 + e r_1 +
 * A b_i) / (1 - eta) if i told its signal, else
 *     (1 - eta (1 - e_0)) x_0 - eta e_0 x_1 = r_0 + A b_i,   -eta (1 - e_1) x_0 + (1 - eta e_1) x_1
 *     = r_1 + A b_i.
 */
#include "verify/information_i.h"

enum { PATIENCE = 10, STEPS_MAX = 100000 };

/* p[0] r_0 + p[1] r_1 + q */
typedef struct line {
    ent_rat p[2], q;
} line;

typedef struct pivot {
    const ent_ivgame *g;
    ent_ivstage *s;
    /* the 2 x 2 matrix: its diagonal, and what stands beside it with the other sign */
    ent_rat own[2], cross[2];
    ent_rat share[2][2]; /* [signal][1 - e_s, e_s] of the stage */
    ent_rat one, zero;
    line *x;     /* [n][2] */
    line sum[3]; /* of the truthful; of the babblers after signal 0, 1 */
    ent_rat r[2];
} pivot;

static void line_init(line *l) { *l = (line){{ENT_RAT_ZERO, ENT_RAT_ZERO}, ENT_RAT_ZERO}; }

static void line_release(line *l)
{
    ent_rat_release(&l->p[0]);
    ent_rat_release(&l->p[1]);
    ent_rat_release(&l->q);
}

static void line_set(line *l, const ent_rat *p0, const ent_rat *p1, const ent_rat *q)
{
    ent_rat_set(&l->p[0], p0);
    ent_rat_set(&l->p[1], p1);
    ent_rat_set(&l->q, q);
}

static void line_scale(line *l, const ent_rat *divisor)
{
    ent_rat_div(&l->p[0], &l->p[0], divisor);
    ent_rat_div(&l->p[1], &l->p[1], divisor);
    ent_rat_div(&l->q, &l->q, divisor);
}

static void line_addmul(line *l, const line *m, const ent_rat *by)
{
    ent_rat_addmul(&l->p[0], &m->p[0], by);
    ent_rat_addmul(&l->p[1], &m->p[1], by);
    ent_rat_addmul(&l->q, &m->q, by);
}

static void prepare(pivot *p)
{
    ent_rat_set_int(&p->one, 1);
    for (int signal = 0; signal < 2; signal++) {
        ent_rat_set(&p->share[signal][1], &p->s->e[1 + signal]);
        ent_rat_sub(&p->share[signal][0], &p->one, &p->s->e[1 + signal]);
        ent_rat_mul(&p->own[signal], &p->g->eta, &p->share[signal][signal]);
        ent_rat_sub(&p->own[signal], &p->one, &p->own[signal]);
        ent_rat_mul(&p->cross[signal], &p->g->eta, &p->share[signal][1 - signal]);
    }
}

static void truthful_line(pivot *p, int i)
{
    ent_rat q = ENT_RAT_ZERO, rest = ENT_RAT_ZERO;
    ent_rat_sub(&rest, &p->one, &p->s->e[0]);
    ent_rat_mul(&q, &p->g->a, &p->g->bias[i]);
    line_set(&p->x[2 * i], &rest, &p->s->e[0], &q);
    line_scale(&p->x[2 * i], &p->g->rest);
    ent_rat_release(&q);
    ent_rat_release(&rest);
}

/* The policy after `signal` while the one after the other signal is at a bound: a number. */
static void half_free(pivot *p, int i, int signal)
{
    line *x = &p->x[2 * i + signal];
    ent_rat q = ENT_RAT_ZERO;
    ent_rat_mul(&q, &p->g->a, &p->g->bias[i]);
    ent_rat_addmul(&q, &p->cross[signal], &p->x[2 * i + 1 - signal].q);
    line_set(x, signal == 0 ? &p->one : &p->zero, signal == 0 ? &p->zero : &p->one, &q);
    line_scale(x, &p->own[signal]);
    ent_rat_release(&q);
}

static void both_free(pivot *p, int i)
{
    ent_rat bias = ENT_RAT_ZERO, det = ENT_RAT_ZERO, q = ENT_RAT_ZERO;
    ent_rat_mul(&bias, &p->g->a, &p->g->bias[i]);
    ent_rat_mul(&det, &p->own[0], &p->own[1]);
    ent_rat_submul(&det, &p->cross[0], &p->cross[1]);
    for (int signal = 0; signal < 2; signal++) {
        const ent_rat *straight = &p->own[1 - signal], *across = &p->cross[signal];
        ent_rat_add(&q, straight, across);
        ent_rat_mul(&q, &q, &bias);
        line_set(&p->x[2 * i + signal], signal == 0 ? straight : across,
                 signal == 0 ? across : straight, &q);
        line_scale(&p->x[2 * i + signal], &det);
    }
    ent_rat_release(&bias);
    ent_rat_release(&det);
    ent_rat_release(&q);
}

static void player_lines(pivot *p, const ent_ivbound *at, int i)
{
    const bool tells = ent_coal_has(p->s->truthful, i);
    for (int signal = 0; signal < 2; signal++)
        if (at[2 * i + signal] != ENT_IV_FREE)
            line_set(&p->x[2 * i + signal], &p->zero, &p->zero,
                     at[2 * i + signal] == ENT_IV_LOW ? &p->g->low[i] : &p->g->high[i]);
    if (tells) {
        if (at[2 * i] == ENT_IV_FREE) truthful_line(p, i);
    } else if (at[2 * i] == ENT_IV_FREE && at[2 * i + 1] == ENT_IV_FREE) {
        both_free(p, i);
    } else {
        for (int signal = 0; signal < 2; signal++)
            if (at[2 * i + signal] == ENT_IV_FREE) half_free(p, i, signal);
    }
}

/* r_s + eta (truthful + (1 - e_s) babblers_0 + e_s babblers_1) = A e_s: two equations for r. */
static void solve_r(pivot *p)
{
    line row[2];
    ent_rat det = ENT_RAT_ZERO, side[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO};
    for (int signal = 0; signal < 2; signal++) {
        line_init(&row[signal]);
        line_addmul(&row[signal], &p->sum[0], &p->g->eta);
        for (int other = 0; other < 2; other++) {
            ent_rat_mul(&det, &p->g->eta, &p->share[signal][other]);
            line_addmul(&row[signal], &p->sum[1 + other], &det);
        }
        ent_rat_add(&row[signal].p[signal], &row[signal].p[signal], &p->one);
        ent_rat_mul(&side[signal], &p->g->a, &p->s->e[1 + signal]);
        ent_rat_sub(&side[signal], &side[signal], &row[signal].q);
    }
    ent_rat_mul(&det, &row[0].p[0], &row[1].p[1]);
    ent_rat_submul(&det, &row[0].p[1], &row[1].p[0]);
    for (int k = 0; k < 2; k++) {
        ent_rat_mul(&p->r[k], &side[k], &row[1 - k].p[1 - k]);
        ent_rat_submul(&p->r[k], &side[1 - k], &row[k].p[1 - k]);
        ent_rat_div(&p->r[k], &p->r[k], &det);
    }
    for (int k = 0; k < 2; k++) {
        line_release(&row[k]);
        ent_rat_release(&side[k]);
    }
    ent_rat_release(&det);
}

static void solve_free(pivot *p, const ent_ivbound *at)
{
    const ent_ivstage *s = p->s;
    for (int k = 0; k < 3; k++) line_set(&p->sum[k], &p->zero, &p->zero, &p->zero);
    for (int i = 0; i < s->n; i++) {
        const bool tells = ent_coal_has(s->truthful, i);
        player_lines(p, at, i);
        line_addmul(&p->sum[tells ? 0 : 1], &p->x[2 * i], &p->one);
        if (!tells) line_addmul(&p->sum[2], &p->x[2 * i + 1], &p->one);
    }
    solve_r(p);
    for (int v = 0; v < 2 * s->n; v++) {
        const line *x = &p->x[ent_coal_has(s->truthful, v / 2) ? v - v % 2 : v];
        ent_rat_set(&s->x[v], &x->q);
        for (int k = 0; k < 2; k++) ent_rat_addmul(&s->x[v], &x->p[k], &p->r[k]);
    }
    ent_iv_add_up(p->s);
}

/* Where a policy should rather be. */
static ent_ivbound better(const pivot *p, ent_ivbound now, int i, int signal)
{
    const ent_ivgame *g = p->g;
    const ent_rat *x = &p->s->x[2 * i + signal];
    if (now == ENT_IV_FREE) {
        if (g->has_low[i] && ent_rat_cmp(x, &g->low[i]) < 0) return ENT_IV_LOW;
        return g->has_high[i] && ent_rat_cmp(x, &g->high[i]) > 0 ? ENT_IV_HIGH : ENT_IV_FREE;
    }
    if (g->has_low[i] && g->has_high[i] && ent_rat_equal(&g->low[i], &g->high[i])) return now;
    ent_rat slack = ENT_RAT_ZERO;
    ent_iv_slack(g, p->s, i, signal, &slack);
    const int sign = ent_rat_sign(&slack);
    ent_rat_release(&slack);
    return (now == ENT_IV_LOW && sign > 0) || (now == ENT_IV_HIGH && sign < 0) ? ENT_IV_FREE : now;
}

/* Moves what is wrong, all of it or the last one; how many were. */
static int move(const pivot *p, ent_ivbound *at, ent_ivbound *to, bool all)
{
    int wrong = 0, last = -1;
    for (int v = 0; v < 2 * p->s->n; v++) {
        to[v] = at[v];
        if (v % 2 == 1 && ent_coal_has(p->s->truthful, v / 2)) continue;
        to[v] = better(p, at[v], v / 2, v % 2);
        if (to[v] == at[v]) continue;
        wrong++;
        last = v;
    }
    for (int v = 0; v < 2 * p->s->n; v++)
        if (all || v == last) at[v] = to[v];
    return wrong;
}

static void begin(const pivot *p, ent_ivbound *at)
{
    const ent_ivgame *g = p->g;
    for (int v = 0; v < 2 * g->n; v++)
        if (g->has_low[v / 2] && g->has_high[v / 2] &&
            ent_rat_equal(&g->low[v / 2], &g->high[v / 2]))
            at[v] = ENT_IV_LOW;
}

static ent_status lines_new(pivot *p)
{
    ent_status st = ENT_OK;
    ENT_ALLOC(p->g->ctx, p->x, 2 * p->g->n);
    for (int v = 0; v < 2 * p->g->n; v++) line_init(&p->x[v]);
    for (int k = 0; k < 3; k++) line_init(&p->sum[k]);
done:
    return st;
}

static void pivot_release(pivot *p)
{
    ent_rat *const owned[] = {&p->own[0],      &p->own[1],      &p->cross[0],    &p->cross[1],
                              &p->share[0][0], &p->share[0][1], &p->share[1][0], &p->share[1][1],
                              &p->one,         &p->zero,        &p->r[0],        &p->r[1]};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) ent_rat_release(owned[k]);
    for (int k = 0; k < 3; k++) line_release(&p->sum[k]);
    for (int v = 0; p->x && v < 2 * p->g->n; v++) line_release(&p->x[v]);
    ent_free(p->x);
}

ent_status ent_iv_pivot(const ent_ivgame *g, ent_ivstage *s, ent_ivbound *at)
{
    ent_status st = ENT_OK;
    static const ent_rat zero = {0, 1, NULL};
    ent_ivbound *to = NULL;
    pivot p = {.g = g,
               .s = s,
               .own = {zero, zero},
               .cross = {zero, zero},
               .share = {{zero, zero}, {zero, zero}},
               .one = zero,
               .zero = zero,
               .r = {zero, zero}};
    for (int k = 0; k < 3; k++) line_init(&p.sum[k]);
    ENT_TRY(lines_new(&p));
    ENT_ALLOC(g->ctx, to, 2 * g->n);
    prepare(&p);
    begin(&p, at);
    int fewest = 2 * g->n + 1, patience = PATIENCE;
    for (int step = 0; step < STEPS_MAX; step++) {
        solve_free(&p, at);
        const int wrong = move(&p, at, to, patience > 0);
        if (wrong == 0) goto done;
        if (wrong < fewest) {
            fewest = wrong;
            patience = PATIENCE;
        } else if (patience > 0) {
            patience--;
        }
    }
    ENT_BUG(g->ctx, "complementary pivoting did not end");
done:
    pivot_release(&p);
    ent_free(to);
    return st;
}
