/* Solver A: a simplicial path. Log-prices x in R^(n-1), prices proportional to e^x; R^(n-1) x [0,
 * 1] is triangulated (Freudenthal), vertices on floor 0 are labelled x0 - x, vertices on floor 1
 * with what the players claim beyond what they get, psi - a u, at any optimal play. Facets whose
 * labels surround 0 form a path that starts at the one floor-0 facet around x0 and ends on floor 1
 * near a solution; then the mesh is refined from there. Lexicographic pivoting keeps ties from
 * closing the path. */
#include "strategic/coco.h"

#include <math.h>

enum { DIMENSIONS = ENT_COCO_PLAYERS, MESHES = 14, PIVOTS_MAX = 4000 };
static const double MESH = 0.5, REFINE = 1.0 / 3.0;
/* log-prices further apart than this have left every game's interior */
static const double LOG_LIMIT = 40.0;

typedef struct corner {
    int y[DIMENSIONS];        /* grid coordinates, the last one the floor */
    double label[DIMENSIONS]; /* [d] */
    double x[DIMENSIONS];
    int64_t profile; /* the optimal play behind a label of floor 1 */
} corner;

typedef struct path {
    ent_grand *g;
    int d; /* n - 1 */
    double mesh, origin[DIMENSIONS], centre[DIMENSIONS];
    int turn[DIMENSIONS];       /* the permutation: step k of the simplex goes along axis turn[k] */
    int base[DIMENSIONS];       /* its first vertex */
    int column[DIMENSIONS + 1]; /* which column of the basis holds vertex k; -1: the one outside */
    corner held[DIMENSIONS];    /* [d + 1] the vertices in the basis */
    double inverse[DIMENSIONS * DIMENSIONS]; /* of the matrix with columns (1, label) */
} path;

static void prices_of(const ent_grand *g, const double *x, double *price)
{
    double sum = 0.0, top = 0.0;
    for (int i = 0; i + 1 < g->n; i++) top = fmax(top, x[i]);
    for (int i = 0; i < g->n; i++) sum += price[i] = exp((i + 1 < g->n ? x[i] : 0.0) - top);
    for (int i = 0; i < g->n; i++) price[i] /= sum;
}

static void label(path *p, corner *c)
{
    const int d = p->d;
    for (int i = 0; i < d; i++) c->x[i] = p->origin[i] + p->mesh * c->y[i];
    if (c->y[d] == 0) {
        for (int i = 0; i < d; i++) c->label[i] = p->centre[i] - c->x[i];
        c->profile = -1;
        return;
    }
    ent_threats *t = p->g->t;
    double price[DIMENSIONS];
    prices_of(p->g, c->x, price);
    ent_threats_at(t, price);
    p->g->evaluations++;
    for (int i = 0; i < d; i++)
        c->label[i] = t->psi[i] - price[i] * t->payoff[i * t->profiles + t->best];
    c->profile = t->best;
}

/* Vertex k of the simplex in hand. */
static void vertex(const path *p, int k, corner *c)
{
    for (int i = 0; i <= p->d; i++) c->y[i] = p->base[i];
    for (int s = 0; s < k; s++) c->y[p->turn[s]]++;
}

/* Invert the first basis by Gauss-Jordan. */
static bool invert(path *p)
{
    const int n = p->d + 1;
    double m[DIMENSIONS * DIMENSIONS];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            m[i * n + j] = i == 0 ? 1.0 : p->held[j].label[i - 1];
            p->inverse[i * n + j] = i == j;
        }
    for (int s = 0; s < n; s++) {
        int r = s;
        for (int i = s; i < n; i++)
            if (fabs(m[i * n + s]) > fabs(m[r * n + s])) r = i;
        if (m[r * n + s] == 0.0) return false;
        const double f = 1.0 / m[r * n + s];
        for (int j = 0; j < n; j++) {
            const double a = m[r * n + j] * f, b = p->inverse[r * n + j] * f;
            m[r * n + j] = m[s * n + j], m[s * n + j] = a;
            p->inverse[r * n + j] = p->inverse[s * n + j], p->inverse[s * n + j] = b;
        }
        for (int i = 0; i < n; i++) {
            const double h = m[i * n + s];
            if (i == s || h == 0.0) continue;
            for (int j = 0; j < n; j++)
                m[i * n + j] -= h * m[s * n + j],
                    p->inverse[i * n + j] -= h * p->inverse[s * n + j];
        }
    }
    return true;
}

/* The basis column that leaves when `c` enters; the weights are the inverse's first column, ties go
 * by the others. */
static int leaving(const path *p, const double *c)
{
    const int n = p->d + 1;
    int best = -1;
    for (int i = 0; i < n; i++) {
        if (!(c[i] > 1e-13)) continue;
        for (int j = 0; best >= 0 && j < n; j++) {
            const double a = p->inverse[i * n + j] / c[i], b = p->inverse[best * n + j] / c[best];
            if (a < b) best = i;
            if (a != b) break;
        }
        if (best < 0) best = i;
    }
    return best;
}

static void update(path *p, int r, const double *c)
{
    const int n = p->d + 1;
    for (int j = 0; j < n; j++) p->inverse[r * n + j] /= c[r];
    for (int i = 0; i < n; i++)
        for (int j = 0; i != r && j < n; j++) p->inverse[i * n + j] -= c[i] * p->inverse[r * n + j];
}

/* Replace vertex k of the simplex; returned: the place of the new vertex. Columns move with their
 * vertices. */
static int reflect(path *p, int k)
{
    const int last = p->d + 1;
    if (k > 0 && k < last) {
        const int axis = p->turn[k - 1];
        p->turn[k - 1] = p->turn[k], p->turn[k] = axis;
        return k;
    }
    if (k == 0) {
        const int axis = p->turn[0];
        p->base[axis]++;
        for (int s = 0; s < p->d; s++) p->turn[s] = p->turn[s + 1];
        p->turn[p->d] = axis;
        for (int s = 0; s < last; s++) p->column[s] = p->column[s + 1];
        return last;
    }
    const int axis = p->turn[p->d];
    p->base[axis]--;
    for (int s = p->d; s > 0; s--) p->turn[s] = p->turn[s - 1];
    p->turn[0] = axis;
    for (int s = last; s > 0; s--) p->column[s] = p->column[s - 1];
    return 0;
}

static bool all_above(const path *p)
{
    for (int j = 0; j <= p->d; j++)
        if (p->held[j].y[p->d] == 0) return false;
    return true;
}

/* The first simplex: floor-0 vertices around the centre, and the one above the last of them. */
static bool begin(path *p, const double *centre, double mesh)
{
    const int d = p->d;
    p->mesh = mesh;
    for (int i = 0; i < d; i++) {
        p->centre[i] = centre[i];
        p->origin[i] = centre[i] - mesh * (d - i) / (d + 1.0);
    }
    for (int i = 0; i <= d; i++) p->turn[i] = i, p->base[i] = 0;
    for (int k = 0; k <= d; k++) {
        p->column[k] = k;
        vertex(p, k, &p->held[k]);
        label(p, &p->held[k]);
    }
    p->column[d + 1] = -1;
    return invert(p);
}

/* Follow the path of one mesh to floor 1. */
static bool follow(path *p)
{
    const int n = p->d + 1;
    int fresh = p->d + 1; /* the vertex outside the basis */
    for (int pivot = 0; pivot < PIVOTS_MAX; pivot++) {
        corner enter;
        double c[DIMENSIONS];
        vertex(p, fresh, &enter);
        label(p, &enter);
        for (int i = 0; i < p->d; i++)
            if (fabs(enter.x[i]) > LOG_LIMIT) return false;
        for (int i = 0; i < n; i++) {
            c[i] = p->inverse[i * n];
            for (int j = 1; j < n; j++) c[i] += p->inverse[i * n + j] * enter.label[j - 1];
        }
        const int out = leaving(p, c);
        if (out < 0) return false;
        int k = 0;
        while (p->column[k] != out) k++;
        p->column[fresh] = out;
        p->column[k] = -1;
        p->held[out] = enter;
        update(p, out, c);
        if (all_above(p)) return true;
        fresh = reflect(p, k);
        p->column[fresh] = -1;
    }
    return false;
}

/* Where the last facet says that the zero is, and which plays are behind its labels. */
static void read(const path *p, double *x, ent_point *point)
{
    const int n = p->d + 1;
    point->support = 0;
    for (int i = 0; i < p->d; i++) x[i] = 0.0;
    for (int j = 0; j < n; j++) {
        const double weight = fmax(0.0, p->inverse[j * n]);
        for (int i = 0; i < p->d; i++) x[i] += weight * p->held[j].x[i];
        int l = 0;
        if (p->held[j].profile < 0) continue; /* floor 0, on a path that was given up */
        while (l < point->support && point->profile[l] != p->held[j].profile) l++;
        if (l == point->support)
            point->profile[point->support] = p->held[j].profile,
            point->weight[point->support++] = 0.0;
        point->weight[l] += weight;
    }
    prices_of(p->g, x, point->price);
}

static double least_of(const ent_grand *g, const double *price)
{
    double least = price[0];
    for (int i = 1; i < g->n; i++) least = fmin(least, price[i]);
    return least;
}

/* Newton from the play that is best at x0: enough for many games. */
static bool at_once(ent_grand *g, const double *x0, double tolerance, double least_price,
                    ent_point *point)
{
    prices_of(g, x0, point->price);
    ent_threats_at(g->t, point->price);
    g->evaluations++;
    point->support = 1;
    point->profile[0] = g->t->best;
    point->weight[0] = 1.0;
    return ent_i_coco_polish(g, tolerance, point) && least_of(g, point->price) >= least_price;
}

/* Solver A: simplicial paths in log-prices from x0 [n-1], polished after each
 * mesh.
 * Returned  true when solved to tolerance (scaled units); else point->price is where the path
 *           led */
static bool follow_path(ent_grand *g, const double *x0, double tolerance, double least_price,
                        ent_point *point)
{
    path p = {.g = g, .d = g->n - 1};
    double x[DIMENSIONS], mesh = MESH;
    for (int i = 0; i < p.d; i++) x[i] = x0[i];
    if (at_once(g, x0, tolerance, least_price, point)) return true;
    for (int k = 0; k < MESHES; k++, mesh *= REFINE) {
        if (!begin(&p, x, mesh)) break;
        if (!follow(&p)) {
            read(&p, x, point);
            break;
        }
        read(&p, x, point);
        ent_point attempt = *point;
        if (!ent_i_coco_polish(g, tolerance, &attempt)) continue;
        if (least_of(g, attempt.price) < least_price) continue;
        *point = attempt;
        return true;
    }
    prices_of(g, x, point->price);
    return false;
}

bool ent_i_coco_solve(ent_grand *g, uint64_t seed, int start, double tolerance, double least_price,
                      ent_point *point)
{
    static const double SPREAD = 3.0;
    double x0[DIMENSIONS] = {0};
    ent_rng rng = ent_rng_stream(seed, (uint64_t)start, 0);
    for (int i = 0; start > 0 && i + 1 < g->n; i++)
        x0[i] = SPREAD * (2.0 * ent_rng_uniform(&rng) - 1.0);
    *point = (ent_point){.index = 0};
    return follow_path(g, x0, tolerance, least_price, point);
}
