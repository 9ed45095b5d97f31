/* One problem P(h, w, B), solved for all B at once. As s grows, players with a negative slope reach
 * zero effort one after another, at s = theta / -slope; between two such points the cost is fixed +
 * rate s^2, so s follows from B by one square root. */
#include "relational/public_good.h"

#include <math.h>

/* [MW25] eq. (18), (19): members before j, then those after j. */
void ent_i_rest(const ent_i_good *good, ent_coal coalition, double *rest)
{
    double sum = 0.0;
    for (int j = 0; j < good->n; j++) {
        rest[j] = sum;
        if (ent_coal_has(coalition, j)) sum += good->size[j];
    }
    sum = 0.0;
    for (int j = good->n; j-- > 0;) {
        rest[j] += sum;
        if (ent_coal_has(coalition, j)) sum += good->size[j];
    }
}

/* [MW25] eq. (23) to (25). */
void ent_i_slopes_punishment(const ent_i_good *good, const double *rest, int i, double weight,
                             double *slope)
{
    for (int j = 0; j < good->n; j++)
        slope[j] = j == i ? weight * rest[j] : weight * rest[j] - good->size[i];
}

void ent_i_slopes_quiet(const ent_i_good *good, int i, double *slope)
{
    for (int j = 0; j < good->n; j++) slope[j] = j == i ? 0.0 : -good->size[i];
}

/* Slopes below this fraction of a size are rounding: the square of their breakpoint would
 * overflow. */
static const double breakpoint_max = 1e150;

/* The players that reach zero effort, in the order in which they do; returns how many. `rate`
 * collects the others. */
static int sort_breakpoints(const ent_i_good *good, const double *slope, int *player, double *at,
                            double *rate)
{
    int count = 0;
    *rate = 0.0;
    for (int k = 0; k < good->active; k++) {
        const int j = good->order[k];
        if (!(slope[j] < 0.0)) {
            *rate += good->unit[j] * slope[j] * slope[j];
            continue;
        }
        const double point = good->size[j] / -slope[j];
        if (!(point < breakpoint_max)) continue;
        int place = count++;
        for (; place > 0 && at[place - 1] > point; place--) {
            at[place] = at[place - 1];
            player[place] = player[place - 1];
        }
        at[place] = point;
        player[place] = j;
    }
    return count;
}

void ent_i_curve_build(const ent_i_good *good, double weight, const double *slope,
                       ent_i_curve *curve)
{
    int player[ENT_PLAYERS_MAX];
    double at[ENT_PLAYERS_MAX], rate;
    ent_i_piece *piece = curve->piece;
    const int count = sort_breakpoints(good, slope, player, at, &rate);
    /* Rates from the last piece back, so that they are sums and never differences. */
    piece[count].rate = rate;
    for (int k = count; k-- > 0;)
        piece[k].rate =
            piece[k + 1].rate + good->unit[player[k]] * slope[player[k]] * slope[player[k]];
    piece[0].start = piece[0].cost = piece[0].fixed = piece[0].gain = 0.0;
    for (int k = 0; k < count; k++) {
        const int j = player[k];
        piece[k + 1].start = at[k];
        piece[k + 1].fixed = piece[k].fixed + good->own[j];
        piece[k + 1].gain = piece[k].gain - 2.0 * good->unit[j] * good->size[j] * slope[j];
        piece[k + 1].cost = piece[k + 1].fixed + piece[k + 1].rate * at[k] * at[k];
    }
    curve->pieces = count + 1;
    curve->weight = weight;
    curve->slack = count;
    while (curve->slack > 0 && piece[curve->slack].start * weight > 1.0) curve->slack--;
    const ent_i_piece *last = &piece[curve->slack];
    curve->slack_cost = last->fixed;
    if (last->rate > 0.0) curve->slack_cost = last->fixed + last->rate / (weight * weight);
}

static ent_i_point slack_point(const ent_i_curve *curve)
{
    const ent_i_piece *p = &curve->piece[curve->slack];
    ent_i_point point = {
        .s = 1.0 / curve->weight, .value = p->gain - curve->weight * p->fixed, .multiplier = 0.0};
    if (p->rate > 0.0) point.value += p->rate / curve->weight;
    return point;
}

ent_i_point ent_i_curve_at(const ent_i_curve *curve, double budget)
{
    if (!(budget > 0.0)) return (ent_i_point){.s = 0.0, .value = 0.0, .multiplier = INFINITY};
    if (budget >= curve->slack_cost) return slack_point(curve);
    int k = 0;
    while (k < curve->slack && curve->piece[k + 1].cost <= budget) k++;
    const ent_i_piece *p = &curve->piece[k];
    const double s = sqrt((budget - p->fixed) / p->rate);
    return (ent_i_point){.s = s,
                         .value = p->gain + 2.0 * p->rate * s - curve->weight * budget,
                         .multiplier = fmax(1.0 / s - curve->weight, 0.0)};
}

/* [MW25] eq. (20), (21) and (26) to (28), cut off at zero effort (docs/errata.md E6). */
void ent_i_efforts(const ent_i_good *good, const double *slope, double s, double *effort)
{
    for (int j = 0; j < good->n; j++) {
        const double move = slope[j] == 0.0 ? 0.0 : slope[j] * s;
        effort[j] =
            good->size[j] > 0.0 ? fmax(0.0, good->size[j] + move) / (2.0 * good->cost[j]) : 0.0;
    }
}

/* [MW25] eq. (13) */
double ent_i_good_reply(const ent_i_good *good, const double *effort, int i)
{
    double others = 0.0;
    for (int j = 0; j < good->n; j++)
        if (j != i) others += good->size[j] * effort[j];
    return good->size[i] * others + good->own[i];
}
