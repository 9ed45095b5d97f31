/* Plain steps settle most games, whose threats do not change with the scales or change little;
 * secant steps those that do; means help where the map jumps. */
#include "bayesian/scale_steps.h"

#include <math.h>
#include <string.h>

enum { PLAIN = 8, SECANT = 20, MEANS = 6 };
enum { STALE = 10 };               /* after so many steps that brought nothing it is given up */
static const double BETTER = 0.9;  /* of the best size so far: a step that brings something */
static const double LONGEST = 0.5; /* a secant step at most */
static const double FLAT = 1e-12;  /* of |dx|^2: secants flatter than this teach nothing */

ent_status ent_i_scale_steps_new(ent_ctx *ctx, int weights, int pairs, ent_scale_steps *out)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)weights + (size_t)pairs;
    *out = (ent_scale_steps){.n = (int)n, .weights = weights};
    ENT_SCRATCH(ctx, out->x, n);
    ENT_SCRATCH(ctx, out->next, n);
    ENT_SCRATCH(ctx, out->best, n);
    ENT_SCRATCH(ctx, out->g, n);
    ENT_SCRATCH(ctx, out->dx, n);
    ENT_SCRATCH(ctx, out->dg, n);
    ENT_SCRATCH(ctx, out->inverse, n * n);
    ENT_SCRATCH(ctx, out->work, 2 * n);
done:
    return st;
}

void ent_i_scale_steps_begin(ent_scale_steps *s)
{
    s->step = s->stale = 0;
    s->size = (double)INFINITY;
    for (int k = 0; k < s->n * s->n; k++) s->inverse[k] = k % (s->n + 1) == 0 ? -1.0 : 0.0;
}

double ent_i_scale_steps_take(ent_scale_steps *s)
{
    double size = 0.0;
    for (int k = 0; k < s->n; k++) {
        s->g[k] = s->next[k] - s->x[k];
        size = fmax(size, fabs(s->g[k]));
    }
    s->stale = size < BETTER * s->size ? 0 : s->stale + 1;
    if (size < s->size) {
        s->size = size;
        memcpy(s->best, s->next, (size_t)s->n * sizeof *s->best);
    }
    return size;
}

static double dot(int n, const double *x, const double *y)
{
    double sum = 0.0;
    for (int k = 0; k < n; k++) sum += x[k] * y[k];
    return sum;
}

/* Broyden: the inverse follows the latest change dx of x and dg of g. */
static void learn(ent_scale_steps *s)
{
    const int n = s->n;
    double *row = s->work + n;
    for (int j = 0; j < n; j++) row[j] = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) row[j] += s->dx[i] * s->inverse[i * n + j];
    const double bottom = dot(n, row, s->dg);
    if (!(fabs(bottom) > FLAT * dot(n, s->dx, s->dx))) return;
    for (int i = 0; i < n; i++) {
        const double miss = (s->dx[i] - dot(n, &s->inverse[i * n], s->dg)) / bottom;
        for (int j = 0; j < n; j++) s->inverse[i * n + j] += miss * row[j];
    }
}

/* Nothing becomes negative: half of what a weight was instead, no multiplier; weights sum to 1. */
static void go(ent_scale_steps *s, const double *by)
{
    double sum = 0.0;
    for (int k = 0; k < s->n; k++) {
        const double to = s->x[k] + by[k];
        s->x[k] = to >= 0.0 ? to : k < s->weights ? s->x[k] / 2.0 : 0.0;
        if (k < s->weights) sum += s->x[k];
    }
    for (int k = 0; k < s->n; k++) s->x[k] /= sum;
}

bool ent_i_scale_steps_move(ent_scale_steps *s)
{
    const int n = s->n, step = s->step++, means = step - PLAIN - SECANT;
    const bool secant = step >= PLAIN && means < 0;
    double *by = s->work, most = 0.0;
    if (means == 0) memcpy(s->x, s->best, (size_t)n * sizeof *s->x);
    if (secant && step > PLAIN) {
        for (int k = 0; k < n; k++) s->dg[k] = s->g[k] - s->dg[k];
        learn(s);
    }
    for (int k = 0; k < n; k++) {
        by[k] = secant ? -dot(n, &s->inverse[k * n], s->g) : s->g[k];
        if (means >= 0) by[k] *= 2.0 / (means + 3.0);
        most = fmax(most, fabs(by[k]));
    }
    for (int k = 0; k < n && secant && most > LONGEST; k++) by[k] *= LONGEST / most;
    memcpy(s->dx, s->x, (size_t)n * sizeof *s->x);
    memcpy(s->dg, s->g, (size_t)n * sizeof *s->x);
    go(s, by);
    for (int k = 0; k < n; k++) s->dx[k] = s->x[k] - s->dx[k];
    return means + 1 < MEANS && s->stale < STALE;
}
