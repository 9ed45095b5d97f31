/* Stages, gains and welfare in doubles, by the pivoting of information_pivot.c: `partial` has 2^n
 * sets. Where it matters how rounding falls, information_partial.c asks the rationals. */
#include "verify/information_i.h"

#include <math.h>

enum { QUICK_PATIENCE = 10, QUICK_STEPS_MAX = 500 };

/* How far beyond a bound, or how much slack towards the inside, counts as rounding; relative to 1
 * and to A / (1 - eta). */
static const double rounding = 1e-14;

typedef struct quick_line {
    double p[2], q;
} quick_line;

/* The sums of one stage, as in ent_ivstage. */
typedef struct quick_sums {
    double told, babbled, spread, spread2;
} quick_sums;

struct ent_ivquick {
    int n, t;
    ent_coal truthful;
    double eta, rest, a, slack;
    const double *bias;
    double *low, *high;   /* [n] infinite where there is none */
    ent_ivbound *at, *to; /* [n][2] */
    quick_line *line;     /* [n][2] */
    double *x;            /* [n+1][n][2] */
    quick_sums *sums;     /* [n+1] */
};

ent_status ent_iv_quick_new(ent_ctx *ctx, const ent_information *m, ent_ivquick **out)
{
    ent_status st = ENT_OK;
    ent_ivquick *q = NULL;
    const int n = m->n;
    ENT_ALLOC(ctx, q, 1);
    q->n = n;
    q->eta = m->eta;
    q->rest = m->rest;
    q->a = 1.0 + (n - 1) * m->eta;
    q->slack = rounding * q->a / q->rest;
    q->bias = m->bias.value;
    ENT_ALLOC(ctx, q->low, n);
    ENT_ALLOC(ctx, q->high, n);
    ENT_ALLOC(ctx, q->at, 2 * n);
    ENT_ALLOC(ctx, q->to, 2 * n);
    ENT_ALLOC(ctx, q->line, 2 * n);
    ENT_ALLOC(ctx, q->x, 2 * n * (n + 1));
    ENT_ALLOC(ctx, q->sums, n + 1);
    for (int i = 0; i < n; i++) {
        q->low[i] = m->has_low[i] ? m->low.value[i] : -HUGE_VAL;
        q->high[i] = m->has_high[i] ? m->high.value[i] : HUGE_VAL;
    }
    *out = q;
    q = NULL;
done:
    ent_iv_quick_free(q);
    return st;
}

void ent_iv_quick_free(ent_ivquick *q)
{
    if (!q) return;
    ent_free(q->low);
    ent_free(q->high);
    ent_free(q->at);
    ent_free(q->to);
    ent_free(q->line);
    ent_free(q->x);
    ent_free(q->sums);
    ent_free(q);
}

/* A babbler's or truthful player's policies as lines in r. */
static void player_lines(ent_ivquick *q, int i, double e, const double *e_s)
{
    quick_line *x = &q->line[2 * i];
    const ent_ivbound *at = &q->at[2 * i];
    const double bias = q->a * q->bias[i],
                 own[2] = {1.0 - q->eta * (1.0 - e_s[0]), 1.0 - q->eta * e_s[1]},
                 cross[2] = {q->eta * e_s[0], q->eta * (1.0 - e_s[1])};
    for (int s = 0; s < 2; s++)
        if (at[s] != ENT_IV_FREE)
            x[s] = (quick_line){{0.0, 0.0}, at[s] == ENT_IV_LOW ? q->low[i] : q->high[i]};
    if (ent_coal_has(q->truthful, i)) {
        if (at[0] == ENT_IV_FREE)
            x[0] = (quick_line){{(1.0 - e) / q->rest, e / q->rest}, bias / q->rest};
        x[1] = x[0];
    } else if (at[0] == ENT_IV_FREE && at[1] == ENT_IV_FREE) {
        const double det = own[0] * own[1] - cross[0] * cross[1];
        x[0] = (quick_line){{own[1] / det, cross[0] / det}, (own[1] + cross[0]) * bias / det};
        x[1] = (quick_line){{cross[1] / det, own[0] / det}, (own[0] + cross[1]) * bias / det};
    } else {
        for (int s = 0; s < 2; s++)
            if (at[s] == ENT_IV_FREE)
                x[s] = (quick_line){{s == 0 ? 1.0 / own[0] : 0.0, s == 1 ? 1.0 / own[1] : 0.0},
                                    (bias + cross[s] * x[1 - s].q) / own[s]};
    }
}

static void add_line(quick_line *sum, const quick_line *x, double by)
{
    sum->p[0] += by * x->p[0];
    sum->p[1] += by * x->p[1];
    sum->q += by * x->q;
}

/* Policies when those at bounds stay there. */
static void solve_free(ent_ivquick *q, double *x, double e, const double *e_s)
{
    quick_line told = {{0.0, 0.0}, 0.0}, babbled[2] = {told, told}, row[2];
    for (int i = 0; i < q->n; i++) {
        player_lines(q, i, e, e_s);
        if (ent_coal_has(q->truthful, i)) {
            add_line(&told, &q->line[2 * i], 1.0);
        } else {
            add_line(&babbled[0], &q->line[2 * i], 1.0);
            add_line(&babbled[1], &q->line[2 * i + 1], 1.0);
        }
    }
    for (int s = 0; s < 2; s++) {
        row[s] = (quick_line){{s == 0, s == 1}, -q->a * e_s[s]};
        add_line(&row[s], &told, q->eta);
        add_line(&row[s], &babbled[0], q->eta * (1.0 - e_s[s]));
        add_line(&row[s], &babbled[1], q->eta * e_s[s]);
    }
    const double det = row[0].p[0] * row[1].p[1] - row[0].p[1] * row[1].p[0];
    const double r[2] = {(row[0].p[1] * row[1].q - row[1].p[1] * row[0].q) / det,
                         (row[1].p[0] * row[0].q - row[0].p[0] * row[1].q) / det};
    for (int v = 0; v < 2 * q->n; v++)
        x[v] = q->line[v].p[0] * r[0] + q->line[v].p[1] * r[1] + q->line[v].q;
}

static void add_up(const ent_ivquick *q, const double *x, quick_sums *sums)
{
    *sums = (quick_sums){0.0, 0.0, 0.0, 0.0};
    for (int i = 0; i < q->n; i++) {
        const double gap = x[2 * i + 1] - x[2 * i];
        if (ent_coal_has(q->truthful, i)) {
            sums->told += x[2 * i];
        } else {
            sums->babbled += x[2 * i];
            sums->spread += gap;
            sums->spread2 += gap * gap;
        }
    }
}

static ent_ivbound better(const ent_ivquick *q, const quick_sums *sums, const double *x, int v,
                          double e)
{
    const int i = v / 2;
    const ent_ivbound now = q->at[v];
    if (now == ENT_IV_FREE) {
        if (x[v] < q->low[i] - q->slack) return ENT_IV_LOW;
        return x[v] > q->high[i] + q->slack ? ENT_IV_HIGH : ENT_IV_FREE;
    }
    if (q->low[i] == q->high[i]) return now;
    const double gap = x[2 * i + 1] - x[2 * i],
                 spread = sums->spread - (ent_coal_has(q->truthful, i) ? 0.0 : gap);
    const double others = sums->told + sums->babbled - x[2 * i] + spread * e,
                 slack = q->a * (e + q->bias[i]) - q->eta * others - x[v];
    return (now == ENT_IV_LOW && slack > q->slack) || (now == ENT_IV_HIGH && slack < -q->slack)
               ? ENT_IV_FREE
               : now;
}

static int move(ent_ivquick *q, const quick_sums *sums, const double *x, double e,
                const double *e_s, bool all)
{
    int wrong = 0, last = -1;
    for (int v = 0; v < 2 * q->n; v++) {
        const bool tells = ent_coal_has(q->truthful, v / 2);
        q->to[v] = tells && v % 2 ? q->at[v] : better(q, sums, x, v, tells ? e : e_s[v % 2]);
        if (q->to[v] == q->at[v]) continue;
        wrong++;
        last = v;
    }
    for (int v = 0; v < 2 * q->n; v++)
        if (all || v == last) q->at[v] = q->to[v];
    return wrong;
}

static void stage(ent_ivquick *q, int k)
{
    double *x = &q->x[(size_t)2 * (size_t)q->n * (size_t)k];
    const double e = (k + 1.0) / (q->t + 2.0),
                 e_s[2] = {(k + 1.0) / (q->t + 3.0), (k + 2.0) / (q->t + 3.0)};
    int fewest = 2 * q->n + 1, patience = QUICK_PATIENCE;
    for (int step = 0; step < QUICK_STEPS_MAX; step++) {
        solve_free(q, x, e, e_s);
        add_up(q, x, &q->sums[k]);
        const int wrong = move(q, &q->sums[k], x, e, e_s, patience > 0);
        if (wrong == 0) break;
        if (wrong < fewest) {
            fewest = wrong;
            patience = QUICK_PATIENCE;
        } else if (patience > 0) {
            patience--;
        }
    }
}

/* As `loss` of information_value.c; x NAN: the best policy. */
static double loss(const ent_ivquick *q, const quick_sums *all, const double *own, int i, double x,
                   int ones, int signals)
{
    const bool tells = ent_coal_has(q->truthful, i);
    const double gap = tells ? 0.0 : own[1] - own[0], weight = q->eta / q->a,
                 mean = (ones + 1.0) / (signals + 2.0);
    const double c1 = weight * (all->spread - gap) - 1.0,
                 fixed = weight * (all->told + all->babbled - own[0]) - q->bias[i];
    const double variance = mean * (1.0 - mean) / (signals + 3.0),
                 noise = mean - (ones + 2.0) / (signals + 3.0) * mean;
    const double target = -q->a * (fixed + c1 * mean),
                 y = isnan(x) ? fmin(fmax(target, q->low[i]), q->high[i]) : x;
    const double off = y == target ? 0.0 : y / q->a + fixed + c1 * mean;
    return off * off + c1 * c1 * variance + weight * weight * (all->spread2 - gap * gap) * noise;
}

static double largest_gain(const ent_ivquick *q)
{
    const int t = q->t;
    const size_t width = (size_t)2 * (size_t)q->n;
    double most = 0.0;
    for (int i = 0; i < q->n; i++) {
        if (!ent_coal_has(q->truthful, i)) continue;
        for (int signal = 0; signal < 2; signal++) {
            double gain = 0.0, size = 0.0;
            for (int m = 0; m < t; m++) {
                const int k = m + signal, claimed = m + 1 - signal;
                const double *own = &q->x[width * (size_t)k + 2 * (size_t)i],
                             *other = &q->x[width * (size_t)claimed + 2 * (size_t)i];
                const double chance = signal ? m + 1.0 : t - m,
                             told = loss(q, &q->sums[k], own, i, own[0], k, t),
                             lied = loss(q, &q->sums[claimed], other, i, NAN, k, t);
                gain += chance * (told - lied);
                size += chance * (told + lied);
            }
            most = fmax(most, gain / size);
        }
    }
    return most;
}

static double welfare_of(const ent_ivquick *q, int i)
{
    const bool tells = ent_coal_has(q->truthful, i);
    double sum = 0.0;
    for (int k = 0; k <= q->t; k++) {
        const double *own = &q->x[(size_t)2 * (size_t)q->n * (size_t)k + 2 * (size_t)i],
                     e = (k + 1.0) / (q->t + 2.0);
        if (tells) sum -= loss(q, &q->sums[k], own, i, own[0], k, q->t);
        else
            for (int s = 0; s < 2; s++)
                sum -= (s ? e : 1.0 - e) * loss(q, &q->sums[k], own, i, own[s], k + s, q->t + 1);
    }
    return sum / (q->t + 1.0);
}

double ent_iv_quick(ent_ivquick *q, ent_coal truthful, double *welfare)
{
    q->truthful = truthful;
    q->t = ent_coal_size(truthful);
    for (int v = 0; v < 2 * q->n; v++)
        q->at[v] = q->low[v / 2] == q->high[v / 2] ? ENT_IV_LOW : ENT_IV_FREE;
    for (int k = 0; k <= q->t; k++) stage(q, k);
    for (int i = 0; i < q->n; i++) welfare[i] = welfare_of(q, i);
    return largest_gain(q);
}
