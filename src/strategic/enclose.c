/* The polynomial system of the printed supports, in the units of the model: unknowns are the
 * prices; for each conflict the weights p and the value v, the weights q and the value w; the
 * weights of the lottery. Y is the inverse of the Jacobian in doubles. */
#include "strategic/enclose.h"

#include "num/linear.h"

#include <math.h>
#include <string.h>

enum { UNKNOWNS_MAX = 120, SUPPORT = 64 };
/* by how much every inequality is to hold better than it must */
static const double ROOM = 4.0;
static const double ROUNDING = 4e-16; /* of a sum, relative to its terms */

/* One side of a conflict: its plays in use, their weights, and the place of the first. */
typedef struct mix {
    int n, first, value; /* value: the place of v (for p) or w (for q) */
    int play[SUPPORT];
    double weight[SUPPORT];
} mix;

typedef struct fight {
    ent_coal s;
    const ent_conflict *k;
    mix p, q;
    double value;
} fight;

typedef struct system {
    const ent_strategic *m;
    const ent_equilibrium *e;
    int n, fights, unknowns, first_l;
    fight *fight;
    /* [unknowns] F, the sum of the sizes of its terms, and of its second derivatives */
    double *f, *size, *curve;
    double *j, *y; /* [unknowns][unknowns] */
} system_of;

static double payoff(const system_of *z, int i, int64_t profile)
{
    return z->m->payoff.value[i * z->m->profiles + profile];
}

static double *entry(const system_of *z, int row, int column)
{
    return &z->j[row * z->unknowns + column];
}

static void term(const system_of *z, int row, double x)
{
    z->f[row] += x;
    z->size[row] += fabs(x);
}

static void sum_row(const system_of *z, int row, int first, int n, const double *value)
{
    term(z, row, -1.0);
    for (int k = 0; k < n; k++) {
        term(z, row, value[k]);
        *entry(z, row, first + k) = 1.0;
    }
}

static int64_t profile_of(const fight *f, bool rows, int mine, int other)
{
    return rows ? f->k->row_at[mine] + f->k->column_at[other]
                : f->k->row_at[other] + f->k->column_at[mine];
}

/* What side `own` earns against one play of the other side is the value. */
static void saddle_row(const system_of *z, int row, const fight *f, bool rows, int other)
{
    const mix *own = rows ? &f->p : &f->q;
    for (int k = 0; k < own->n; k++)
        for (int i = 0; i < z->n; i++) {
            const double u = payoff(z, i, profile_of(f, rows, own->play[k], other)),
                         a = z->e->point.price[i];
            const double signed_u = ent_coal_has(f->s, i) ? u : -u;
            z->curve[row] += 2.0 * fabs(u);
            *entry(z, row, own->first + k) += a * signed_u;
            *entry(z, row, i) += own->weight[k] * signed_u;
            term(z, row, own->weight[k] * a * signed_u);
        }
    *entry(z, row, own->value) = -1.0;
    term(z, row, -f->value);
}

static int fight_rows(const system_of *z, int row, const fight *f)
{
    sum_row(z, row++, f->p.first, f->p.n, f->p.weight);
    for (int k = 0; k < f->q.n; k++) saddle_row(z, row++, f, true, f->q.play[k]);
    sum_row(z, row++, f->q.first, f->q.n, f->q.weight);
    for (int k = 0; k < f->p.n; k++) saddle_row(z, row++, f, false, f->p.play[k]);
    return row;
}

static int lottery_rows(const system_of *z, int row)
{
    const ent_point *p = &z->e->point;
    sum_row(z, row++, z->first_l, p->support, p->weight);
    for (int l = 1; l < p->support; l++, row++)
        for (int i = 0; i < z->n; i++) {
            const double d = payoff(z, i, p->profile[l]) - payoff(z, i, p->profile[0]);
            *entry(z, row, i) += d;
            term(z, row, p->price[i] * d);
        }
    return row;
}

static double share_of(int n, int s)
{
    double choose = 1.0;
    for (int k = 1; k <= s; k++) choose = choose * (n - k + 1) / k;
    return 1.0 / (choose * s);
}

/* a_i u_i = psi_i. */
static void value_row(const system_of *z, int row, int i)
{
    const ent_point *p = &z->e->point;
    double mean = 0.0;
    for (int l = 0; l < p->support; l++) {
        const double u = payoff(z, i, p->profile[l]);
        mean += p->weight[l] * u;
        *entry(z, row, z->first_l + l) += p->price[i] * u;
        z->curve[row] += 2.0 * fabs(u);
        term(z, row, p->price[i] * p->weight[l] * u);
    }
    *entry(z, row, i) += mean;
    for (int k = 0; k < z->n; k++) {
        const double share = share_of(z->n, z->n) * payoff(z, k, p->profile[0]);
        *entry(z, row, k) -= share;
        term(z, row, -share * p->price[k]);
    }
    for (int c = 0; c < z->fights; c++) {
        const fight *f = &z->fight[c];
        const bool with = ent_coal_has(f->s, i);
        const int size = ent_coal_size(f->s);
        const double share = with ? -share_of(z->n, size) : share_of(z->n, z->n - size);
        *entry(z, row, f->p.value) += share;
        term(z, row, share * f->value);
    }
}

static void fill(const system_of *z)
{
    int row = 0;
    sum_row(z, row++, 0, z->n, z->e->point.price);
    for (int c = 0; c < z->fights; c++) row = fight_rows(z, row, &z->fight[c]);
    row = lottery_rows(z, row);
    for (int i = 0; i + 1 < z->n; i++) value_row(z, row++, i);
}

static bool read_mix(int plays, const double *weight, mix *out)
{
    out->n = 0;
    for (int k = 0; k < plays; k++) {
        if (!(weight[k] > 0.0)) continue;
        if (out->n == SUPPORT) return false;
        out->play[out->n] = k;
        out->weight[out->n++] = weight[k];
    }
    return true;
}

/* Supports of the conflicts as they will be printed, and the places of the unknowns; false when the
 * system is not square. */
static bool lay_out(system_of *z, ent_grand *g)
{
    double scaled[ENT_COCO_PLAYERS];
    int next = z->n;
    bool square = true;
    for (int i = 0; i < z->n; i++) scaled[i] = z->e->point.price[i] * g->range[i];
    for (int c = 0; c < z->fights && square; c++) {
        fight *f = &z->fight[c];
        ent_matrix_result r;
        ent_threats_game(g->t, c, scaled, &r);
        f->k = &g->t->conflict[c];
        f->s = f->k->s;
        f->value = r.value;
        for (int i = 0; i < z->n; i++)
            f->value += (ent_coal_has(f->s, i) ? 1.0 : -1.0) * z->e->point.price[i] * g->least[i];
        square = read_mix(f->k->rows, r.row, &f->p) && read_mix(f->k->columns, r.column, &f->q) &&
                 f->p.n == f->q.n;
        f->p.first = next, next += f->p.n;
        f->p.value = next++;
        f->q.first = next, next += f->q.n;
        f->q.value = next++;
    }
    z->first_l = next;
    z->unknowns = next + z->e->point.support;
    return square && z->unknowns <= UNKNOWNS_MAX;
}

/* How far the proof reaches: |Y F|, |I - Y J|, |Y| and the largest second derivative. */
typedef struct measures {
    double defect, contraction, inverse, curve;
} measures;

static bool measure(ent_ctx *ctx, const system_of *z, measures *out, ent_status *st_out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int n = z->unknowns;
    double *lu = NULL, *column = NULL;
    int *order = NULL;
    bool regular = false;
    *out = (measures){0};
    ENT_SCRATCH(ctx, lu, n * n);
    ENT_SCRATCH(ctx, column, n);
    ENT_SCRATCH(ctx, order, n);
    memcpy(lu, z->j, (size_t)n * (size_t)n * sizeof *lu);
    regular = ent_i_lu_factor(n, lu, order, column) != 0;
    for (int c = 0; c < n && regular; c++) {
        for (int k = 0; k < n; k++) column[k] = k == c;
        ent_i_lu_solve(n, lu, order, column);
        for (int k = 0; k < n; k++) z->y[k * n + c] = column[k];
    }
    for (int i = 0; i < n && regular; i++) {
        double defect = 0.0, doubt = 0.0, inverse = 0.0, contraction = 0.0;
        for (int k = 0; k < n; k++) {
            defect += z->y[i * n + k] * z->f[k];
            doubt += fabs(z->y[i * n + k]) * z->size[k] * ROUNDING;
            inverse += fabs(z->y[i * n + k]);
        }
        for (int c = 0; c < n; c++) {
            double sum = i == c;
            for (int k = 0; k < n; k++) sum -= z->y[i * n + k] * *entry(z, k, c);
            contraction += fabs(sum);
        }
        out->defect = fmax(out->defect, fabs(defect) + doubt);
        out->inverse = fmax(out->inverse, inverse);
        out->contraction = fmax(out->contraction, contraction);
        out->curve = fmax(out->curve, z->curve[i]);
        regular = isfinite(inverse) && isfinite(contraction);
    }
done:
    *st_out = st;
    ent_scratch_reset(ctx, mark);
    return regular && st == ENT_OK;
}

static bool in_use(const mix *x, int play)
{
    for (int k = 0; k < x->n; k++)
        if (x->play[k] == play) return true;
    return false;
}

/* Do weights exceed the radius, and do plays outside the support of a side stay worse over the
 * box? */
static bool side_holds(const system_of *z, const fight *f, bool rows, double r)
{
    const mix *own = rows ? &f->p : &f->q, *theirs = rows ? &f->q : &f->p;
    const int plays = rows ? f->k->rows : f->k->columns;
    for (int k = 0; k < own->n; k++)
        if (!(own->weight[k] > ROOM * r)) return false;
    for (int play = 0; play < plays; play++) {
        double gap = f->value, reach = 1.0;
        if (in_use(own, play)) continue;
        for (int k = 0; k < theirs->n; k++)
            for (int i = 0; i < z->n; i++) {
                const double u = payoff(z, i, profile_of(f, rows, play, theirs->play[k])),
                             a = z->e->point.price[i];
                gap -= theirs->weight[k] * a * (ent_coal_has(f->s, i) ? u : -u);
                reach += fabs(u) * (theirs->weight[k] + a + r);
            }
        if (!((rows ? gap : -gap) > ROOM * r * reach)) return false;
    }
    return true;
}

static bool same_payoffs(const system_of *z, int64_t x, int64_t y)
{
    bool same = true;
    for (int i = 0; i < z->n; i++) same = same && payoff(z, i, x) == payoff(z, i, y);
    return same;
}

/* Plays outside the lottery stay worth less, unless they give the payoffs of one inside. */
static bool lottery_holds(const system_of *z, double r)
{
    const ent_point *p = &z->e->point;
    for (int l = 0; l < p->support; l++)
        if (!(p->weight[l] > ROOM * r)) return false;
    for (int64_t x = 0; x < z->m->profiles; x++) {
        double gap = 0.0, reach = 0.0;
        bool inside = false;
        for (int l = 0; l < p->support; l++) inside = inside || same_payoffs(z, x, p->profile[l]);
        if (inside) continue;
        for (int i = 0; i < z->n; i++) {
            const double d = payoff(z, i, p->profile[0]) - payoff(z, i, x);
            gap += p->price[i] * d;
            reach += fabs(d);
        }
        if (!(gap > ROOM * r * reach)) return false;
    }
    return true;
}

static bool holds(const system_of *z, const measures *m, double r)
{
    if (!(ROOM * m->defect + (m->contraction + m->inverse * m->curve * r) * r <= 0.5 * r))
        return false;
    for (int i = 0; i < z->n; i++)
        if (!(z->e->point.price[i] > ROOM * r)) return false;
    for (int c = 0; c < z->fights; c++)
        if (!side_holds(z, &z->fight[c], true, r) || !side_holds(z, &z->fight[c], false, r))
            return false;
    return lottery_holds(z, r);
}

static void choose_radius(const system_of *z, const measures *m, ent_equilibrium *e)
{
    enum { FINEST = 16, COARSEST = 6 };
    static const double power[] = {1e-6,  1e-7,  1e-8,  1e-9,  1e-10, 1e-11,
                                   1e-12, 1e-13, 1e-14, 1e-15, 1e-16};
    double least = 1.0;
    for (int i = 0; i < z->n; i++) least = fmin(least, z->e->point.price[i]);
    for (int d = FINEST; d >= COARSEST; d--) {
        const double r = power[d - COARSEST];
        if (!holds(z, m, r)) continue;
        e->radius = r;
        e->digits = (int)floor(-log10(r / least));
        return;
    }
}

ent_status ent_i_enclose(ent_ctx *ctx, ent_grand *g, const ent_strategic *model, ent_equilibrium *e)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    system_of z = {.m = model, .e = e, .n = g->n, .fights = g->t->conflicts};
    measures m;
    ENT_SCRATCH(ctx, z.fight, z.fights + 1);
    if (!lay_out(&z, g)) goto done;
    const int n = z.unknowns;
    ENT_SCRATCH(ctx, z.f, 3 * n);
    z.size = z.f + n;
    z.curve = z.f + 2 * n;
    ENT_SCRATCH(ctx, z.j, n * n);
    ENT_SCRATCH(ctx, z.y, n * n);
    memset(z.f, 0, 3 * (size_t)n * sizeof *z.f);
    memset(z.j, 0, (size_t)n * (size_t)n * sizeof *z.j);
    fill(&z);
    if (measure(ctx, &z, &m, &st)) choose_radius(&z, &m, e);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
