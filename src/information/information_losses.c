#include "information/information_losses.h"

#include <math.h>

/* What somebody faces: the others' policies in one state. */
typedef struct others {
    double s, m, d, d2; /* truthful sum, babblers' M, D, D2, all without the player himself */
} others;

static others others_of(const ent_bayes_stage *g, int i)
{
    others o = {g->told, g->babbled, g->spread, g->spread2};
    const double d = g->x[i][1] - g->x[i][0];
    if (ent_coal_has(g->truthful, i)) o.s -= g->x[i][0];
    else o.m -= g->x[i][0], o.d -= d, o.d2 -= d * d;
    return o;
}

/* A loss in its two parts: E(phi - theta - b)^2 = (E phi - e - b)^2 + the variance of phi -
 * theta. */
typedef struct parts {
    double miss, variance;
} parts;

/* Relative differences below this are zero. */
static const double rounding = 1e-14;

/* theta has the mean e and the second moment e2. A player whom no bound keeps from his best reply
 * misses nothing: exactly 0; and one whose best reply is the bound itself misses rounding, which
 * counts as 0, too. Policies lose 1 / (1 - eta). */
static parts loss(const ent_alliance *a, int i, double x, bool is_free, const others *o, double e,
                  double e2)
{
    const double scale = 1.0 + (a->n - 1) * a->eta, share = a->eta / scale, c1 = share * o->d - 1.0;
    const double own = x / scale, theirs = share * (o->s + o->m),
                 large = fabs(own) + fabs(theirs) + fabs(a->bias[i]) + fabs(c1 * e);
    double miss = is_free ? 0.0 : own + theirs - a->bias[i] + c1 * e;
    if (fabs(miss) <= rounding * large / a->rest) miss = 0.0;
    return (parts){miss * miss, c1 * c1 * (e2 - e * e) + share * share * o->d2 * (e - e2)};
}

static bool is_free(const ent_alliance *a, int i, double x)
{
    return x > a->low[i] && x < a->high[i];
}

/* Moments of theta after `ones` ones among `draws`. */
static double mean(int ones, int draws) { return (ones + 1.0) / (draws + 2.0); }
static double second(int ones, int draws)
{
    return (ones + 1.0) * (ones + 2.0) / ((draws + 2.0) * (draws + 3.0));
}

static double best_reply(const ent_alliance *a, int i, const others *o, double e)
{
    const double scale = 1.0 + (a->n - 1) * a->eta;
    const double x = scale * (e + a->bias[i]) - a->eta * (o->s + o->m + e * o->d);
    return x < a->low[i] ? a->low[i] : x > a->high[i] ? a->high[i] : x;
}

/* What rounding can do to the babblers' spread: it is a difference of policies as large as A (1 +
 * b) / (1 - eta). */
static double spread_rounding(const ent_alliance *a)
{
    double most = 0.0;
    for (int i = 0; i < a->n; i++) most = fmax(most, fabs(a->bias[i]));
    return rounding * (1.0 + (a->n - 1) * a->eta) * (1.0 + most) / a->rest;
}

void ent_i_gains(const ent_alliance *a, const ent_bayes_stage *stages, int i, double gain[2],
                 double size[2])
{
    const int t = stages[0].t;
    const double negligible = spread_rounding(a);
    for (int s = 0; s < 2; s++) {
        gain[s] = size[s] = 0.0;
        for (int m = 0; m < t; m++) {
            const int k = m + s, lied = m + 1 - s;
            const others truth = others_of(&stages[k], i), lie = others_of(&stages[lied], i);
            const double p = 2.0 * (s ? m + 1 : t - m) / ((double)t * (t + 1)), e = mean(k, t),
                         e2 = second(k, t);
            const double own = stages[k].x[i][0], reply = best_reply(a, i, &lie, e);
            const parts honest = loss(a, i, own, is_free(a, i, own), &truth, e, e2);
            const parts lying = loss(a, i, reply, is_free(a, i, reply), &lie, e, e2);
            /* Between the bounds a lie does not move the babblers' spread; what is left then is
             * rounding. */
            double spread = honest.variance - lying.variance;
            if (fabs(spread) <= negligible * (honest.variance + lying.variance)) spread = 0.0;
            gain[s] += p * (honest.miss - lying.miss + spread);
            size[s] += p * (honest.miss + lying.miss + fabs(spread));
        }
    }
}

void ent_i_welfare(const ent_alliance *a, const ent_bayes_stage *stages, double *w)
{
    const int t = stages[0].t;
    for (int i = 0; i < a->n; i++) {
        double sum = 0.0;
        for (int k = 0; k <= t; k++) {
            const others o = others_of(&stages[k], i);
            const double *x = stages[k].x[i];
            if (ent_coal_has(stages[k].truthful, i)) {
                const parts p = loss(a, i, x[0], is_free(a, i, x[0]), &o, mean(k, t), second(k, t));
                sum += p.miss + p.variance;
                continue;
            }
            for (int s = 0; s < 2; s++) {
                const parts p = loss(a, i, x[s], is_free(a, i, x[s]), &o, mean(k + s, t + 1),
                                     second(k + s, t + 1));
                sum += (s ? mean(k, t) : 1.0 - mean(k, t)) * (p.miss + p.variance);
            }
        }
        w[i] = -sum / (t + 1);
    }
}
