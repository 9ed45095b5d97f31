#include "ref/ref_relational.h"

#include <math.h>

static ref_wide gcd(ref_wide a, ref_wide b)
{
    if (a < 0) a = -a;
    while (b) {
        const ref_wide r = a % b;
        a = b;
        b = r;
    }
    return a;
}

static ref_q reduced(ref_wide num, ref_wide den)
{
    ref_wide g = gcd(num, den);
    if (g == 0) g = 1;
    if (den < 0) g = -g;
    return (ref_q){num / g, den / g};
}

ref_q ref_q_of(int64_t num, int64_t den) { return reduced(num, den); }
ref_q ref_q_add(ref_q a, ref_q b) { return reduced(a.num * b.den + b.num * a.den, a.den * b.den); }
ref_q ref_q_sub(ref_q a, ref_q b) { return reduced(a.num * b.den - b.num * a.den, a.den * b.den); }
ref_q ref_q_mul(ref_q a, ref_q b) { return reduced(a.num * b.num, a.den * b.den); }
ref_q ref_q_div(ref_q a, ref_q b) { return reduced(a.num * b.den, a.den * b.num); }
double ref_q_double(ref_q a) { return (double)a.num / (double)a.den; }

int ref_q_cmp(ref_q a, ref_q b)
{
    const ref_wide x = a.num * b.den, y = b.num * a.den;
    return x < y ? -1 : x > y;
}

#define ADD ref_q_add
#define SUB ref_q_sub
#define MUL ref_q_mul
#define DIV ref_q_div

static const ref_q zero = {0, 1}, one = {1, 1};

/* Everything about one profile. */
typedef struct profile {
    ref_q u[REF_PLAYERS], best[REF_PLAYERS], gains, joint, value, outside;
} profile;

typedef struct table {
    const ref_relational *game;
    profile p[REF_PROFILES];
} table;

static bool inside(const ref_relational *g, int i) { return (g->coalition >> i & 1) != 0; }

static int stride_of(const ref_relational *g, int i)
{
    int stride = 1;
    for (int j = i + 1; j < g->n; j++) stride *= g->actions[j];
    return stride;
}

static void fill_table(const ref_relational *g, table *t)
{
    t->game = g;
    for (int a = 0; a < g->profiles; a++) {
        profile *p = &t->p[a];
        p->gains = p->joint = p->value = p->outside = zero;
        for (int i = 0; i < g->n; i++) {
            const int stride = stride_of(g, i), own = a / stride % g->actions[i];
            int64_t best = g->payoff[i][a];
            for (int b = 0; b < g->actions[i]; b++) {
                const int64_t u = g->payoff[i][a + (b - own) * stride];
                if (u > best) best = u;
            }
            p->u[i] = ref_q_of(g->payoff[i][a], g->denominator);
            p->best[i] = ref_q_of(best, g->denominator);
            const ref_q gain = SUB(p->best[i], p->u[i]);
            p->gains = ADD(p->gains, gain);
            p->joint = ADD(p->joint, p->u[i]);
            p->value = inside(g, i) ? ADD(p->value, p->u[i]) : SUB(p->value, gain);
            if (!inside(g, i)) p->outside = ADD(p->outside, p->best[i]);
        }
    }
}

static ref_q gamma_of(const table *t, int a, int i)
{
    return SUB(MUL(t->game->weight[i], t->p[a].value), t->p[a].best[i]);
}

/* [MW25] Thm 5, eq. (2), (7), (8) and docs/relational.md 4 on one set of plays. */
static void values_on(const table *t, const bool *in, ref_contract *c)
{
    const ref_relational *g = t->game;
    const ref_q rho = g->renegotiation, quiet = SUB(one, rho), delta = g->discount;
    int members = 0, best_value = -1, best_joint = -1, best_gamma[REF_PLAYERS],
        least_best[REF_PLAYERS];
    for (int i = 0; i < g->n; i++) {
        best_gamma[i] = least_best[i] = -1;
        members += inside(g, i);
    }
    for (int a = 0; a < g->profiles; a++) {
        if (!in[a]) continue;
        if (best_value < 0 || ref_q_cmp(t->p[a].value, t->p[best_value].value) > 0) best_value = a;
        if (best_joint < 0 || ref_q_cmp(t->p[a].joint, t->p[best_joint].joint) > 0) best_joint = a;
        for (int i = 0; i < g->n; i++) {
            if (least_best[i] < 0 || ref_q_cmp(t->p[a].best[i], t->p[least_best[i]].best[i]) < 0)
                least_best[i] = a;
            if (inside(g, i) && (best_gamma[i] < 0 ||
                                 ref_q_cmp(gamma_of(t, a, i), gamma_of(t, best_gamma[i], i)) > 0))
                best_gamma[i] = a;
        }
    }
    c->play = best_value;
    c->extortion_play = best_joint;
    c->value = t->p[best_value].value;
    c->extortion = t->p[best_joint].joint;
    c->ties = 0;
    ref_q total = zero, separate = zero, gamma = zero, gamma0 = t->p[best_joint].joint;
    for (int a = 0; a < g->profiles; a++) {
        if (!in[a] || ref_q_cmp(t->p[a].value, c->value) != 0) continue;
        if (c->ties == 0 || ref_q_cmp(t->p[a].outside, total) > 0) total = t->p[a].outside;
        for (int i = 0; i < g->n; i++) {
            if (c->ties == 0 || ref_q_cmp(t->p[a].best[i], c->least[i]) < 0)
                c->least[i] = t->p[a].best[i];
            if (c->ties == 0 || ref_q_cmp(t->p[a].best[i], c->most[i]) > 0)
                c->most[i] = t->p[a].best[i];
        }
        c->tie[c->ties++] = a;
    }
    for (int i = 0; i < g->n; i++) {
        c->punishment[i] = best_gamma[i];
        c->quiet[i] = least_best[i];
        c->extortion_payoff[i] = t->p[least_best[i]].best[i];
        gamma0 = SUB(gamma0, c->extortion_payoff[i]);
        if (inside(g, i)) {
            c->gamma[i] = gamma_of(t, best_gamma[i], i);
            gamma = ADD(gamma, c->gamma[i]);
        } else {
            separate = ADD(separate, c->least[i]);
            c->extortion = SUB(c->extortion, c->extortion_payoff[i]);
        }
    }
    c->spread = SUB(total, separate);
    const ref_q spread = g->literal_ties ? c->spread : zero;
    if (members == 1) {
        const ref_q map = ADD(MUL(rho, spread), MUL(quiet, gamma0));
        c->span = DIV(MUL(SUB(one, delta), map), SUB(one, MUL(delta, quiet)));
    } else {
        c->span = ADD(MUL(rho, ADD(gamma, spread)), MUL(quiet, gamma0));
    }
    c->joint = ADD(MUL(rho, ADD(c->value, g->literal_ties ? total : t->p[best_value].outside)),
                   MUL(quiet, t->p[best_joint].joint));
    c->level = ADD(MUL(SUB(one, MUL(delta, quiet)), c->value),
                   MUL(delta, ADD(MUL(quiet, c->extortion), MUL(rho, spread))));
    for (int i = 0; i < g->n; i++) {
        const ref_q bargained = g->literal_ties ? c->least[i] : t->p[best_value].best[i];
        if (!inside(g, i)) {
            c->lowest[i] = ADD(MUL(rho, bargained), MUL(quiet, c->extortion_payoff[i]));
        } else if (members == 1) {
            /* zeta = rho level + (1-rho) ((1-delta) min uhat + delta zeta) */
            const ref_q right =
                ADD(MUL(rho, c->level), MUL(quiet, MUL(SUB(one, delta), c->extortion_payoff[i])));
            c->lowest[i] = DIV(right, SUB(one, MUL(quiet, delta)));
        } else {
            c->lowest[i] = ADD(MUL(rho, SUB(MUL(g->weight[i], c->value), c->gamma[i])),
                               MUL(quiet, c->extortion_payoff[i]));
        }
    }
}

static bool enforced(const ref_relational *g, ref_q gains, ref_q span)
{
    return ref_q_cmp(MUL(SUB(one, g->discount), gains), MUL(g->discount, span)) <= 0;
}

/* What a vertex of D gives: everybody at the least that enforces play a, and the slack to `takes`
 * (-1: thrown away). */
static void vertex(const table *t, const ref_contract *c, int a, int takes, ref_q *w)
{
    const ref_relational *g = t->game;
    const ref_q now = SUB(one, g->discount);
    ref_q slack = SUB(MUL(g->discount, c->span), MUL(now, t->p[a].gains));
    for (int i = 0; i < g->n; i++) {
        w[i] = ADD(MUL(now, t->p[a].best[i]), MUL(g->discount, c->lowest[i]));
        if (i == takes) w[i] = ADD(w[i], slack);
    }
}

/* i's value once vertex w is what happens without agreement and the insiders share what is missing
 * to `level`. */
static ref_q bargained(const ref_relational *g, const ref_q *w, ref_q level, int i)
{
    ref_q surplus = level;
    for (int k = 0; k < g->n; k++)
        if (inside(g, k)) surplus = SUB(surplus, w[k]);
    return ADD(w[i], MUL(g->weight[i], surplus));
}

/* The ends of W in every insider's direction, of D in everybody's, and of the totals. */
typedef struct ends {
    ref_q agreed_least[REF_PLAYERS], agreed_most[REF_PLAYERS], quiet_least[REF_PLAYERS],
        quiet_most[REF_PLAYERS], quiet_joint, coalition;
} ends;

static void raise_to(bool any, ref_q x, ref_q *most)
{
    if (!any || ref_q_cmp(x, *most) > 0) *most = x;
}

static void lower_to(bool any, ref_q x, ref_q *least)
{
    if (!any || ref_q_cmp(x, *least) < 0) *least = x;
}

static void find_quiet_ends(const table *t, const ref_contract *c, ends *e)
{
    const ref_relational *g = t->game;
    ref_q w[REF_PLAYERS];
    bool any = false;
    for (int a = 0; a < g->profiles; a++) {
        if (!enforced(g, t->p[a].gains, c->span)) continue;
        for (int takes = -1; takes < g->n; takes++, any = true) {
            ref_q joint = zero, coalition = zero;
            vertex(t, c, a, takes, w);
            for (int i = 0; i < g->n; i++) {
                joint = ADD(joint, w[i]);
                if (inside(g, i)) coalition = ADD(coalition, w[i]);
                lower_to(any, w[i], &e->quiet_least[i]);
                raise_to(any, w[i], &e->quiet_most[i]);
            }
            raise_to(any, joint, &e->quiet_joint);
            raise_to(any, coalition, &e->coalition);
        }
    }
}

static void find_agreed_ends(const table *t, const ref_contract *c, ends *e)
{
    const ref_relational *g = t->game;
    ref_q w[REF_PLAYERS];
    bool any = false;
    for (int a = 0; a < g->profiles; a++) {
        if (!enforced(g, t->p[a].gains, c->span)) continue;
        for (int takes = -1; takes < g->n; takes++, any = true) {
            vertex(t, c, a, takes, w);
            for (int i = 0; i < g->n; i++) {
                if (!inside(g, i)) continue;
                const ref_q x = bargained(g, w, e->coalition, i);
                lower_to(any, x, &e->agreed_least[i]);
                raise_to(any, x, &e->agreed_most[i]);
            }
        }
    }
}

static void find_ends(const table *t, const ref_contract *c, ends *e)
{
    *e = (ends){0};
    find_quiet_ends(t, c, e);
    find_agreed_ends(t, c, e);
}

static void fill_rest(const table *t, const bool *in, ref_contract *c)
{
    const ref_relational *g = t->game;
    const ref_q delta = g->discount, now = SUB(one, delta), quiet = SUB(one, g->renegotiation);
    ends e;
    find_ends(t, c, &e);
    for (int i = 0; i < g->n; i++) {
        if (inside(g, i)) {
            c->highest[i] =
                ADD(MUL(g->renegotiation, e.agreed_most[i]), MUL(quiet, e.quiet_most[i]));
            continue;
        }
        const ref_q low = c->least[i], high = c->most[i];
        const ref_q floor = g->literal_ties ? MUL(delta, c->lowest[i])
                                            : MUL(delta, MUL(quiet, c->extortion_payoff[i]));
        const ref_q moves = g->literal_ties ? now : ADD(now, MUL(delta, g->renegotiation));
        c->payoff[i] = c->highest[i] = ADD(MUL(moves, t->p[c->play].best[i]), floor);
        c->least[i] = ADD(MUL(moves, low), floor);
        c->most[i] = ADD(MUL(moves, high), floor);
        c->payment[i] = SUB(t->p[c->play].best[i], t->p[c->play].u[i]);
    }
    c->has_margin = false;
    for (int a = 0; a < g->profiles; a++) {
        if (ref_q_cmp(t->p[a].gains, zero) <= 0) continue;
        ref_q d = SUB(MUL(now, t->p[a].gains), MUL(delta, c->span));
        if (d.num < 0) d.num = -d.num;
        if (!c->has_margin || ref_q_cmp(d, c->margin) < 0) c->margin = d;
        c->has_margin = true;
    }
    c->parts = 0;
    for (int a = 0; a < g->profiles; a++) {
        bool held = !in[a];
        for (int b = 0; b < g->profiles && !held; b++) {
            if (!in[b] || b == a) continue;
            bool holds = true, same = true;
            for (int i = 0; i < g->n; i++) {
                if (!inside(g, i)) continue;
                const int order = ref_q_cmp(gamma_of(t, b, i), gamma_of(t, a, i));
                if (order < 0) holds = false;
                if (order != 0) same = false;
            }
            held = holds && (!same || b < a);
        }
        if (!held) c->part[c->parts++] = a;
    }
}

void ref_relational_solve(const ref_relational *g, ref_contract *out)
{
    table t;
    *out = (ref_contract){0};
    fill_table(g, &t);
    for (int top = 0; top < g->profiles; top++) {
        bool in[REF_PROFILES], exact = true, again = false;
        for (int b = 0; b < top; b++)
            if (ref_q_cmp(t.p[b].gains, t.p[top].gains) == 0) again = true;
        if (again) continue;
        for (int a = 0; a < g->profiles; a++) in[a] = ref_q_cmp(t.p[a].gains, t.p[top].gains) <= 0;
        ref_contract c = {0};
        values_on(&t, in, &c);
        for (int a = 0; a < g->profiles; a++)
            if (enforced(g, t.p[a].gains, c.span) != in[a]) exact = false;
        if (!exact || ref_q_cmp(c.span, zero) < 0) continue;
        const int count = out->fixed_points;
        ref_q spans[REF_PROFILES];
        for (int k = 0; k < count; k++) spans[k] = out->fixed_point[k];
        if (!out->solved || ref_q_cmp(c.span, out->span) > 0) {
            fill_rest(&t, in, &c);
            c.solved = true;
            *out = c;
        }
        for (int k = 0; k < count; k++) out->fixed_point[k] = spans[k];
        out->fixed_point[count] = c.span;
        out->fixed_points = count + 1;
    }
}

bool ref_relational_map(const ref_relational *g, const ref_q *d, ref_q *span)
{
    table t;
    bool in[REF_PROFILES], any = false;
    ref_contract c = {0};
    fill_table(g, &t);
    for (int a = 0; a < g->profiles; a++) {
        in[a] = !d || enforced(g, t.p[a].gains, *d);
        any = any || in[a];
    }
    if (!any) return false;
    values_on(&t, in, &c);
    *span = c.span;
    return true;
}

static void raise(double *worst, ref_q got, ref_q want)
{
    const double d = fabs(ref_q_double(SUB(got, want)));
    if (!(d <= *worst)) *worst = d;
}

double ref_relational_residual(const ref_relational *g, const ref_contract *c)
{
    table t;
    ends e;
    double worst = 0.0;
    const ref_q rho = g->renegotiation, quiet = SUB(one, rho), delta = g->discount,
                now = SUB(one, delta);
    fill_table(g, &t);
    find_ends(&t, c, &e);
    raise(&worst, e.coalition, c->level);
    ref_q outside_most = zero, outside_lowest = zero;
    for (int k = 0; k < c->ties; k++) {
        const int a = g->literal_ties ? c->tie[k] : c->play;
        if (k == 0 || ref_q_cmp(t.p[a].outside, outside_most) > 0) outside_most = t.p[a].outside;
    }
    for (int i = 0; i < g->n; i++) {
        ref_q agreed = zero;
        if (inside(g, i)) {
            agreed = e.agreed_least[i];
        } else {
            ref_q best = t.p[c->play].best[i];
            for (int k = 0; k < c->ties && g->literal_ties; k++)
                if (ref_q_cmp(t.p[c->tie[k]].best[i], best) < 0) best = t.p[c->tie[k]].best[i];
            agreed = ADD(MUL(now, best), MUL(delta, c->lowest[i]));
            outside_lowest = ADD(outside_lowest, c->lowest[i]);
        }
        raise(&worst, ADD(MUL(rho, agreed), MUL(quiet, e.quiet_least[i])), c->lowest[i]);
    }
    const ref_q agreed_joint =
        ADD(c->level, ADD(MUL(now, outside_most), MUL(delta, outside_lowest)));
    raise(&worst, ADD(MUL(rho, agreed_joint), MUL(quiet, e.quiet_joint)), c->joint);
    ref_q span = c->joint;
    for (int i = 0; i < g->n; i++) span = SUB(span, c->lowest[i]);
    raise(&worst, span, c->span);
    return worst;
}
