#include "strategic/coco_enumerate.h"

#include <math.h>
#include <string.h>

enum { PLAYERS = 3, GRID = 14, FACET_PROFILES = 64 };
static const double REACH = 4.0; /* of the grid of log-prices to either side */

static double payoff(const ent_grand *g, int i, int64_t profile)
{
    return g->t->payoff[i * g->t->profiles + profile];
}

static double worth(const ent_grand *g, const double *a, int64_t profile)
{
    return a[0] * payoff(g, 0, profile) + a[1] * payoff(g, 1, profile) +
           a[2] * payoff(g, 2, profile);
}

/* Points found so far, by utilities. */
typedef struct finds {
    ent_grand *g;
    double tolerance, least_price;
    int count;
    ent_point *point;
} finds;

static bool known(const finds *f, const ent_point *p)
{
    static const double SAME = 1e-7;
    for (int k = 0; k < f->count; k++) {
        bool same = true;
        for (int i = 0; i < PLAYERS; i++)
            same = same && fabs(f->point[k].utility[i] - p->utility[i]) <= SAME;
        if (same) return true;
    }
    return false;
}

/* Newton from these prices with these plays in the lottery; a new solution is kept. */
static void attempt(finds *f, const double *a, int support, const int64_t *profile)
{
    ent_point p = {.support = support};
    for (int i = 0; i < PLAYERS; i++) p.price[i] = a[i];
    for (int l = 0; l < support; l++) p.profile[l] = profile[l], p.weight[l] = 1.0 / support;
    if (f->count == ENT_ENUMERATE_POINTS || !ent_i_coco_polish(f->g, f->tolerance, &p)) return;
    for (int i = 0; i < PLAYERS; i++)
        if (!(p.price[i] >= f->least_price)) return;
    if (!known(f, &p)) f->point[f->count++] = p;
}

/* The normal of the plane through three plays, when all its entries are positive; sum 1. */
static bool normal(const ent_grand *g, const int64_t *p, double *a)
{
    double d[2][PLAYERS], sum = 0.0;
    for (int i = 0; i < PLAYERS; i++)
        for (int k = 0; k < 2; k++) d[k][i] = payoff(g, i, p[k + 1]) - payoff(g, i, p[0]);
    for (int i = 0; i < PLAYERS; i++) {
        const int j = (i + 1) % PLAYERS, k = (i + 2) % PLAYERS;
        sum += a[i] = d[0][j] * d[1][k] - d[0][k] * d[1][j];
    }
    for (int i = 0; i < PLAYERS; i++) {
        a[i] /= sum;
        if (!(a[i] > 0.0)) return false;
    }
    return true;
}

static bool supports(const ent_grand *g, const double *a, int64_t profile)
{
    static const double CLOSE = 1e-10;
    const double top = worth(g, a, profile);
    for (int64_t x = 0; x < g->t->profiles; x++)
        if (worth(g, a, x) > top + CLOSE) return false;
    return true;
}

/* Facets of the hull with positive normals, that is, triples of plays: their prices are fixed. */
static void facets(finds *f)
{
    const int64_t n = f->g->t->profiles;
    int64_t p[PLAYERS] = {0, 1, 2};
    double a[PLAYERS];
    if (n > FACET_PROFILES) return;
    while (n >= PLAYERS && p[0] + 2 < n) {
        if (normal(f->g, p, a) && supports(f->g, a, p[0])) attempt(f, a, PLAYERS, p);
        /* the next triple in increasing order */
        int k = PLAYERS - 1;
        while (k > 0 && p[k] == n - PLAYERS + k) k--;
        p[k]++;
        for (int j = k + 1; j < PLAYERS; j++) p[j] = p[j - 1] + 1;
    }
}

static bool same_payoffs(const ent_grand *g, int64_t x, int64_t y)
{
    bool same = true;
    for (int i = 0; i < PLAYERS; i++) same = same && payoff(g, i, x) == payoff(g, i, y);
    return same;
}

/* The three plays worth most at these prices, with different payoffs. */
static int best_plays(const ent_grand *g, const double *a, int64_t *best)
{
    int count = 0;
    for (; count < PLAYERS; count++) {
        int64_t top = -1;
        for (int64_t x = 0; x < g->t->profiles; x++) {
            bool used = false;
            for (int k = 0; k < count; k++) used = used || same_payoffs(g, x, best[k]);
            if (!used && (top < 0 || worth(g, a, x) > worth(g, a, top))) top = x;
        }
        if (top < 0) break;
        best[count] = top;
    }
    return count;
}

/* Cells, edges and corners of the normal fan, met on a grid of log-prices: Newton with the best
 * one, two and three plays. */
static void cells(finds *f)
{
    for (int p = 0; p < GRID; p++)
        for (int q = 0; q < GRID; q++) {
            double a[PLAYERS] = {exp(REACH * (2.0 * p / (GRID - 1) - 1.0)),
                                 exp(REACH * (2.0 * q / (GRID - 1) - 1.0)), 1.0};
            const double sum = a[0] + a[1] + a[2];
            int64_t best[PLAYERS];
            for (int i = 0; i < PLAYERS; i++) a[i] /= sum;
            const int plays = best_plays(f->g, a, best);
            for (int k = 1; k <= plays; k++) attempt(f, a, k, best);
        }
}

int ent_i_coco_index(ent_grand *g, const ent_point *point)
{
    static const double STIFF = 1e9, SINGULAR = 1e-9;
    double slope[ENT_COCO_PLAYERS * ENT_COCO_PLAYERS], m[PLAYERS][PLAYERS];
    ent_threats_at(g->t, point->price);
    ent_threats_slopes(g->t, slope);
    for (int i = 0; i < PLAYERS; i++)
        for (int j = 0; j < PLAYERS; j++) {
            /* the derivative of D_N by a_j is u_j of the lottery, whichever tied play was found
             * first */
            const double joint =
                g->t->share[PLAYERS] * (point->utility[j] - payoff(g, j, g->t->best));
            double spread = 0.0, mean_i = point->utility[i], mean_j = point->utility[j];
            for (int l = 0; l < point->support; l++)
                spread += point->weight[l] * (payoff(g, i, point->profile[l]) - mean_i) *
                          (payoff(g, j, point->profile[l]) - mean_j);
            m[i][j] = -slope[i * PLAYERS + j] - joint + STIFF * point->price[i] * spread +
                      (i == j ? point->utility[i] : 0.0);
        }
    /* prices sum to 1 and so do claims and payoffs: two of each are left */
    const double a = m[0][0] - m[0][2], b = m[0][1] - m[0][2], c = m[1][0] - m[1][2],
                 d = m[1][1] - m[1][2];
    const double det = a * d - b * c, size = (fabs(a) + fabs(b)) * (fabs(c) + fabs(d));
    if (!(fabs(det) > SINGULAR * size) && !(point->support == PLAYERS && det > 0.0)) {
        /* one stiff direction hides the other: compare on the scale of what is left of it */
        if (point->support != 2 || !(fabs(det) > SINGULAR * sqrt(size))) return 0;
    }
    return det > 0.0 ? 1 : -1;
}

int ent_i_coco_enumerate(ent_grand *g, double tolerance, double least_price, int count,
                         ent_point *point)
{
    finds f = {
        .g = g, .tolerance = tolerance, .least_price = least_price, .count = count, .point = point};
    facets(&f);
    cells(&f);
    for (int k = 0; k < f.count; k++) point[k].index = ent_i_coco_index(g, &point[k]);
    return f.count;
}
