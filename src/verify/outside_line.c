#include "verify/outside_line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

enum {
    GRID = 16,         /* panels before anything else cuts them */
    HALVINGS = 50,     /* down to 2^-50 of a component's width */
    SPREADS = 8,       /* cuts at mean +- j standard deviations */
    EXTRA = 300,       /* cuts that the equilibrium itself may make, */
    EXTRA_PERIOD = 40, /* and in each period */
    ITEMS_MAX = 60000  /* panels and atoms together, when there are panels */
};

/* Chebyshev points and the derivative of the polynomial through values there. */
static void set_derivative(ent_line *line)
{
    enum { N = ENT_LINE_NODES, M = N - 1 };
    for (int j = 0; j < N; j++) line->point[j] = -cos(pi * j / M);
    line->point[M / 2] = 0.0;
    for (int j = 0; j < N; j++)
        line->weight[j] = (j % 2 ? -1.0 : 1.0) * (j == 0 || j == M ? 0.5 : 1.0);
    for (int i = 0; i < N; i++) {
        double sum = 0.0;
        for (int j = 0; j < N; j++) {
            if (i == j) continue;
            line->derive[i][j] =
                line->weight[j] / line->weight[i] / (line->point[i] - line->point[j]);
            sum += line->derive[i][j];
        }
        line->derive[i][i] = -sum; /* a constant has derivative 0, to the last bit */
    }
}

/* cosines of multiples of pi / (points - 1) repeat after this many */
enum { TURN = 2 * (ENT_LINE_NODES - 1) };

/* The integral of the Chebyshev polynomial T_k from cos(angle) to 1, angle being `step` steps. */
static double remaining(const double *cosine, int k, int step)
{
    const double x = cosine[step % TURN];
    if (k == 0) return 1.0 - x;
    if (k == 1) return 0.5 * (1.0 - x * x);
    return (1.0 - cosine[(k + 1) * step % TURN]) / (2.0 * (k + 1)) -
           (1.0 - cosine[(k - 1) * step % TURN]) / (2.0 * (k - 1));
}

/* The integral from each point to 1, by the coefficients of the polynomial. */
static void set_integral(ent_line *line)
{
    enum { N = ENT_LINE_NODES, M = N - 1 };
    double cosine[TURN], part[N];
    for (int m = 0; m < TURN; m++) cosine[m] = cos(pi * m / M);
    for (int j = 0; j < N; j++) {
        for (int k = 0; k < N; k++)
            part[k] = (k == 0 || k == M ? 0.5 : 1.0) * remaining(cosine, k, M - j);
        for (int i = 0; i < N; i++) {
            double sum = 0.0;
            for (int k = 0; k < N; k++) sum += cosine[k * (M - i) % TURN] * part[k];
            line->remain[j][i] = (i == 0 || i == M ? 0.5 : 1.0) * 2.0 / M * sum;
        }
    }
}

/* Places, F at the points; F of all offers is that of the densities and the atoms up to here. */
static void set_points(ent_line *line, int item, double atoms_below)
{
    const size_t at = (size_t)item * (size_t)line->stride;
    const double low = line->low[item], high = line->high[item];
    if (ent_line_is_atom(line, item)) {
        line->y[at] = low;
        line->smooth[at] = ent_offers_cdf_smooth(line->offers, low);
        line->cdf[at] = fmin(1.0, line->smooth[at] + atoms_below + line->mass[item]);
        return;
    }
    for (int j = 0; j < ENT_LINE_NODES; j++) {
        double y = 0.5 * (low + high) + 0.5 * (high - low) * line->point[j];
        if (j == 0) y = low;
        if (j == ENT_LINE_NODES - 1) y = high;
        line->y[at + (size_t)j] = y;
        line->smooth[at + (size_t)j] = ent_offers_cdf_smooth(line->offers, y);
        line->cdf[at + (size_t)j] = fmin(1.0, line->smooth[at + (size_t)j] + atoms_below);
    }
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Where the distribution function of one component changes its character. */
static int component_cuts(const ent_offer_part *part, double *cut)
{
    int n = 0;
    const double width = part->high - part->low;
    double mean = part->a, spread = part->b;
    cut[n++] = part->low;
    cut[n++] = part->high;
    if (part->kind == ENT_OFFER_UNIFORM) return n;
    if (part->kind == ENT_OFFER_BETA) {
        const double sum = part->a + part->b;
        mean = part->low + width * part->a / sum;
        spread = width * sqrt(part->a * part->b / (sum + 1.0)) / sum;
        for (int side = 0; side < 2; side++) {
            const double shape = side ? part->b : part->a;
            if (shape == floor(shape)) continue;
            for (int j = 1; j <= HALVINGS; j++)
                cut[n++] = side ? part->high - ldexp(width, -j) : part->low + ldexp(width, -j);
        }
    }
    for (int j = -SPREADS; j <= SPREADS; j++) {
        const double x = mean + j * spread;
        if (x > part->low && x < part->high) cut[n++] = x;
    }
    return n;
}

enum { COMPONENT_CUTS = 2 + 2 * HALVINGS + 2 * SPREADS + 1 };

static int all_cuts(const ent_offers *offers, int marks, const double *mark, double *cut)
{
    int n = 0;
    for (int j = 0; j <= GRID; j++) cut[n++] = (double)j / GRID;
    for (int k = 0; k < offers->parts; k++) n += component_cuts(&offers->part[k], cut + n);
    for (int k = 0; k < marks; k++)
        if (mark[k] > 0.0 && mark[k] < 1.0) cut[n++] = mark[k];
    for (int k = 0; k < offers->atoms; k++) cut[n++] = offers->atom[k];
    qsort(cut, (size_t)n, sizeof *cut, by_size);
    int kept = 0;
    for (int k = 0; k < n; k++)
        if (!kept || cut[k] > cut[kept - 1]) cut[kept++] = cut[k];
    return kept;
}

static void lay_item(ent_line *line, double low, double high, double mass)
{
    line->low[line->items] = low;
    line->high[line->items] = high;
    line->mass[line->items++] = mass;
}

static void lay(ent_line *line, int cuts, const double *cut)
{
    const ent_offers *o = line->offers;
    int atom = 0;
    double below = 0.0;
    if (!o->parts && o->atom[0] > 0.0) lay_item(line, 0.0, 0.0, 0.0);
    for (int k = 0; k < cuts; k++) {
        if (atom < o->atoms && o->atom[atom] == cut[k])
            lay_item(line, cut[k], cut[k], o->mass[atom]), atom++;
        if (o->parts && k + 1 < cuts) lay_item(line, cut[k], cut[k + 1], 0.0);
    }
    for (int i = 0; i < line->items; i++) {
        set_points(line, i, below);
        below += line->mass[i];
    }
}

ent_status ent_i_line_new(ent_ctx *ctx, const ent_offers *offers, int periods, int marks,
                          const double *mark, ent_line **out)
{
    ent_status st = ENT_OK;
    const ent_mark scratch = ent_scratch_mark(ctx);
    ent_line *line = NULL;
    double *cut = NULL;
    ENT_SCRATCH(ctx, cut,
                GRID + 1 + (size_t)offers->parts * COMPONENT_CUTS + (size_t)marks +
                    (size_t)offers->atoms);
    ENT_ALLOC(ctx, line, 1);
    *line = (ent_line){.ctx = ctx,
                       .offers = offers,
                       .periods = periods,
                       .stride = offers->parts ? ENT_LINE_NODES : 1};
    const int cuts = all_cuts(offers, marks, mark, cut);
    line->room =
        offers->parts ? cuts + offers->atoms + EXTRA + EXTRA_PERIOD * periods : offers->atoms + 1;
    if (offers->parts && line->room > ITEMS_MAX)
        ENT_FAIL(
            ctx, ENT_E_LIMIT,
            "the checker knows distributions of up to %d atoms together with densities, found %d",
            ITEMS_MAX / 2, offers->atoms);
    const size_t room = (size_t)line->room, points = room * (size_t)line->stride;
    ENT_ALLOC(ctx, line->low, room);
    ENT_ALLOC(ctx, line->high, room);
    ENT_ALLOC(ctx, line->mass, room);
    ENT_ALLOC(ctx, line->y, points);
    ENT_ALLOC(ctx, line->smooth, points);
    ENT_ALLOC(ctx, line->cdf, points);
    for (int f = 0; f < ENT_LINE_VALUES; f++) ENT_ALLOC(ctx, line->next[f], points);
    ENT_ALLOC(ctx, line->plan, room * (size_t)periods);
    if (offers->parts) {
        set_derivative(line);
        set_integral(line);
    }
    lay(line, cuts, cut);
    *out = line;
    line = NULL;
done:
    ent_i_line_free(line);
    ent_scratch_reset(ctx, scratch);
    return st;
}

double ent_i_line_largest(const ent_offers *o)
{
    double most = o->atoms ? o->atom[o->atoms - 1] : 0.0;
    for (int k = 0; k < o->parts; k++) most = fmax(most, o->part[k].high);
    return most;
}

void ent_i_line_free(ent_line *line)
{
    if (!line) return;
    ent_free(line->low);
    ent_free(line->high);
    ent_free(line->mass);
    ent_free(line->y);
    ent_free(line->smooth);
    ent_free(line->cdf);
    for (int f = 0; f < ENT_LINE_VALUES; f++) ent_free(line->next[f]);
    ent_free(line->plan);
    ent_free(line);
}

double ent_i_line_interpolate(const ent_line *line, int item, const double *value, double x)
{
    const double low = line->low[item], high = line->high[item];
    const double place = ((x - low) - (high - x)) / (high - low);
    double above = 0.0, below = 0.0;
    for (int j = 0; j < ENT_LINE_NODES; j++) {
        const double gap = place - line->point[j];
        if (gap == 0.0) return value[j];
        above += line->weight[j] / gap * value[j];
        below += line->weight[j] / gap;
    }
    return above / below;
}

double ent_i_line_root(const ent_line *line, int item, const double *value, int j)
{
    const double *y = line->y + (size_t)item * (size_t)line->stride;
    double low = y[j], high = y[j + 1];
    const bool rises = value[j] < value[j + 1];
    for (;;) {
        const double middle = 0.5 * (low + high);
        if (!(middle > low && middle < high)) return middle;
        const double here = ent_i_line_interpolate(line, item, value, middle);
        if ((here < 0.0) == rises) low = middle;
        else high = middle;
    }
}

void ent_i_line_above(const ent_line *line, int item, const double *g, double *out)
{
    enum { N = ENT_LINE_NODES };
    const double *smooth = line->smooth + (size_t)item * (size_t)line->stride, top = smooth[N - 1];
    double inner[N];
    for (int i = 0; i < N; i++) {
        double slope = 0.0;
        for (int j = 0; j < N; j++) slope += line->derive[i][j] * g[j];
        inner[i] = slope * (top - smooth[i]);
    }
    for (int i = 0; i < N; i++) {
        double sum = 0.0;
        for (int j = 0; j < N; j++) sum += line->remain[i][j] * inner[j];
        out[i] = g[i] * (top - smooth[i]) + sum;
    }
}

/* Room for one more item after `item`, everything behind it moved up. */
static void move_up(ent_line *line, int item)
{
    const size_t behind = (size_t)(line->items - item - 1), from = (size_t)item + 1,
                 stride = (size_t)line->stride;
    double *const lists[] = {line->low, line->high, line->mass};
    double *const points[] = {line->y, line->smooth, line->cdf};
    for (int k = 0; k < 3; k++)
        memmove(lists[k] + from + 1, lists[k] + from, behind * sizeof(double));
    for (int k = 0; k < 3; k++)
        memmove(points[k] + (from + 1) * stride, points[k] + from * stride,
                behind * stride * sizeof(double));
    for (int f = 0; f < ENT_LINE_VALUES; f++)
        memmove(line->next[f] + (from + 1) * stride, line->next[f] + from * stride,
                behind * stride * sizeof(double));
    for (int t = 1; t <= line->periods; t++) {
        ent_line_plan *plan = ent_line_at(line, t, item);
        memmove(plan + 2, plan + 1, behind * sizeof *plan);
        plan[1] = plan[0];
    }
    line->items++;
}

ent_status ent_i_line_split(ent_line *line, int item, double x)
{
    enum { N = ENT_LINE_NODES };
    if (line->items == line->room)
        return ent_i_fail(line->ctx, ENT_E_LIMIT,
                          "the checker found more than %d pieces of the equilibrium", line->room);
    const size_t at = (size_t)item * (size_t)line->stride;
    const double below = line->cdf[at] - line->smooth[at], low = line->low[item],
                 high = line->high[item];
    double old[ENT_LINE_VALUES][N];
    for (int f = 0; f < ENT_LINE_VALUES; f++) memcpy(old[f], line->next[f] + at, sizeof old[f]);
    move_up(line, item);
    for (int half = 0; half < 2; half++) {
        /* The panel as it was, for the interpolation; then its half. */
        double fresh[ENT_LINE_VALUES][N];
        for (int j = 0; j < N; j++) {
            const double from = half ? x : low, to = half ? high : x;
            double y = 0.5 * (from + to) + 0.5 * (to - from) * line->point[j];
            if (j == 0) y = from;
            if (j == N - 1) y = to;
            line->low[item + half] = low;
            line->high[item + half] = high;
            for (int f = 0; f < ENT_LINE_VALUES; f++)
                fresh[f][j] = ent_i_line_interpolate(line, item + half, old[f], y);
        }
        line->low[item + half] = half ? x : low;
        line->high[item + half] = half ? high : x;
        line->mass[item + half] = 0.0;
        set_points(line, item + half, below);
        for (int f = 0; f < ENT_LINE_VALUES; f++)
            memcpy(line->next[f] + (size_t)(item + half) * (size_t)line->stride, fresh[f],
                   sizeof fresh[f]);
    }
    return ENT_OK;
}

/* P(X > y) without cancellation. */
static double upper(const ent_offers *o, double y, double atoms_above)
{
    double sum = atoms_above;
    for (int k = 0; k < o->parts; k++)
        sum += o->part[k].weight * ent_offer_part_upper(&o->part[k], y);
    return sum;
}

/* Walking down from the largest offer: E(X - s)^+ so far, P(X > s) of the atoms, and where the cost
 * was met. */
typedef struct descent {
    double cost, excess, atoms_above, found;
} descent;

/* An atom; without densities E(X - s)^+ is a line down to the next. True when the cost is met
 * there. */
static bool pass_atom(const ent_line *line, int i, descent *d)
{
    d->atoms_above += line->mass[i];
    if (line->stride > 1) return false;
    const double below = i ? line->high[i - 1] : 0.0,
                 more = d->excess + d->atoms_above * (line->low[i] - below);
    if (more >= d->cost) {
        d->found = line->low[i] - (d->cost - d->excess) / d->atoms_above;
        return true;
    }
    d->excess = more;
    return false;
}

static bool pass_panel(const ent_line *line, int i, descent *d)
{
    double tail[ENT_LINE_NODES], left[ENT_LINE_NODES];
    const double *y = line->y + (size_t)i * (size_t)line->stride,
                 half = 0.5 * (line->high[i] - line->low[i]);
    for (int j = 0; j < ENT_LINE_NODES; j++) tail[j] = upper(line->offers, y[j], d->atoms_above);
    for (int j = 0; j < ENT_LINE_NODES; j++) {
        double sum = 0.0;
        for (int m = 0; m < ENT_LINE_NODES; m++) sum += line->remain[j][m] * tail[m];
        left[j] = d->excess + half * sum - d->cost;
    }
    for (int j = ENT_LINE_NODES - 2; j >= 0; j--) {
        if (left[j] < 0.0) continue;
        d->found = left[j] == 0.0 ? y[j] : ent_i_line_root(line, i, left, j);
        return true;
    }
    d->excess = left[0] + d->cost;
    return false;
}

ent_status ent_i_line_reservation(ent_ctx *ctx, const ent_offers *offers, double cost, double *out)
{
    ent_status st = ENT_OK;
    ent_line *line = NULL;
    descent d = {.cost = cost};
    *out = ent_i_line_largest(offers);
    if (cost <= 0.0) return st;
    *out = -INFINITY;
    ENT_TRY(ent_i_line_new(ctx, offers, 1, 0, NULL, &line));
    bool met = false;
    for (int i = line->items - 1; i >= 0 && !met; i--)
        met = ent_line_is_atom(line, i) ? pass_atom(line, i, &d) : pass_panel(line, i, &d);
    if (met) *out = d.found;
done:
    ent_i_line_free(line);
    return st;
}
