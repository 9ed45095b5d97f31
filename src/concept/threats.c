#include "concept/threats.h"

#include <math.h>

/* ent_threats_at walks the conflicts in their listed order. For each, the signed sums of weighted
 * payoffs are formed over all profiles from the smaller side, gathered into a matrix, and solved
 * beginning with the kernel of the last evaluation. */

static void weigh(ent_threats *t, const double *prices)
{
    const int64_t profiles = t->profiles;
    for (int64_t p = 0; p < profiles; p++) t->total[p] = 0.0;
    for (int i = 0; i < t->n; i++) {
        const double a = prices[i], *u = t->payoff + i * profiles;
        double *w = t->weighted + i * profiles;
        for (int64_t p = 0; p < profiles; p++) {
            w[p] = a * u[p];
            t->total[p] += w[p];
        }
    }
    t->best = 0;
    for (int64_t p = 1; p < profiles; p++)
        if (t->total[p] > t->total[t->best]) t->best = p;
    t->joint = t->total[t->best];
}

/* mixed = total - 2 (sum over the others) = 2 (sum over s) - total, from whichever side is
 * smaller. */
static void sign_sums(ent_threats *t, ent_coal s)
{
    const ent_coal others = ent_coal_all(t->n) & ~s;
    const bool ours = ent_coal_size(s) <= ent_coal_size(others);
    const double keep = ours ? -1.0 : 1.0, twice = ours ? 2.0 : -2.0;
    const ent_coal side = ours ? s : others;
    const int64_t profiles = t->profiles;
    for (int64_t p = 0; p < profiles; p++) t->mixed[p] = keep * t->total[p];
    for (int i = 0; i < t->n; i++) {
        if (!ent_coal_has(side, i)) continue;
        const double *w = t->weighted + i * profiles;
        for (int64_t p = 0; p < profiles; p++) t->mixed[p] += twice * w[p];
    }
}

static void gather(ent_threats *t, const ent_conflict *k)
{
    double *m = t->matrix;
    for (int r = 0; r < k->rows; r++) {
        const double *from = t->mixed + k->row_at[r];
        for (int c = 0; c < k->columns; c++) *m++ = from[k->column_at[c]];
    }
}

/* Mean payoffs of everybody when both sides play the strategies found. */
static void conflict_payoffs(ent_threats *t, ent_conflict *k, const ent_matrix_result *r)
{
    for (int i = 0; i < t->n; i++) k->payoff[i] = 0.0;
    for (int row = 0; row < k->rows; row++) {
        if (r->row[row] == 0.0) continue;
        for (int c = 0; c < k->columns; c++) {
            const double p = r->row[row] * r->column[c];
            if (p == 0.0) continue;
            const double *u = t->payoff + (k->row_at[row] + k->column_at[c]);
            for (int i = 0; i < t->n; i++) k->payoff[i] += p * u[i * t->profiles];
        }
    }
}

static void claims(ent_threats *t)
{
    for (int i = 0; i < t->n; i++) t->psi[i] = t->share[t->n] * t->joint;
    for (int c = 0; c < t->conflicts; c++) {
        const ent_conflict *k = &t->conflict[c];
        const int size = ent_coal_size(k->s);
        const double with = t->share[size] * k->value, against = -t->share[t->n - size] * k->value;
        for (int i = 0; i < t->n; i++) t->psi[i] += ent_coal_has(k->s, i) ? with : against;
    }
}

void ent_threats_at(ent_threats *t, const double *prices)
{
    weigh(t, prices);
    for (int c = 0; c < t->conflicts; c++) {
        ent_conflict *k = &t->conflict[c];
        ent_matrix_result r;
        sign_sums(t, k->s);
        gather(t, k);
        ent_matrix_game(t->work, k->rows, k->columns, t->matrix, &k->kernel, &r);
        k->value = r.value;
        conflict_payoffs(t, k, &r);
    }
    claims(t);
}

void ent_threats_game(ent_threats *t, int c, const double *prices, ent_matrix_result *out)
{
    ent_conflict *k = &t->conflict[c];
    weigh(t, prices);
    sign_sums(t, k->s);
    gather(t, k);
    ent_matrix_game(t->work, k->rows, k->columns, t->matrix, &k->kernel, out);
}

/* Envelope theorem: d D_S / d a_j = +-u_j in the conflict. */
void ent_threats_slopes(const ent_threats *t, double *slope)
{
    const int n = t->n;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            slope[i * n + j] = t->share[n] * t->payoff[j * t->profiles + t->best];
    for (int c = 0; c < t->conflicts; c++) {
        const ent_conflict *k = &t->conflict[c];
        const int size = ent_coal_size(k->s);
        for (int i = 0; i < n; i++) {
            const double f = ent_coal_has(k->s, i) ? t->share[size] : -t->share[n - size];
            for (int j = 0; j < n; j++)
                slope[i * n + j] += ent_coal_has(k->s, j) ? f * k->payoff[j] : -f * k->payoff[j];
        }
    }
}

/* The next coalition of the same size in model order, or 0: the last member that can move back one
 * place does. */
static ent_coal next_of_size(int n, ent_coal s)
{
    int after = 0; /* members seen behind the one that moves */
    for (int i = n - 1; i >= 0; i--) {
        if (!ent_coal_has(s, i)) continue;
        if (i + 1 + after < n) {
            const ent_coal before = s & (ent_coal_single(i) - 1);
            return before | (ent_coal_all(after + 1) << (i + 1));
        }
        after++;
    }
    return 0;
}

void ent_coal_list(int n, ent_coal *list)
{
    for (int size = 1; size <= n; size++)
        for (ent_coal s = ent_coal_all(size); s; s = next_of_size(n, s)) *list++ = s;
}
