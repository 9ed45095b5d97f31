/* How likely each period is: the measure of standing offers with which it begins, forwards. */
#include "verify/outside_back.h"

#include <math.h>
#include <string.h>

/* Integrals of g dF from the item's beginning to each of its points. */
static void below(const ent_line *line, int item, const double *g, double *out)
{
    ent_i_line_above(line, item, g, out);
    const double all = out[0];
    for (int j = 0; j < ENT_LINE_NODES; j++) out[j] = all - out[j];
}

/* `density`, by F, of the standing offers with which period `period` begins, becomes that of the
 * next period; returned: its mass. An outside offer m leads on when it exceeds the cutoff, which
 * never falls in the standing offer, and he goes on with it. */
static double step(const ent_line *line, int period, double *density)
{
    double searching = 0.0, waiting = 0.0, release = 0.0, reached = 0.0, *before = density;
    for (int i = 0; i < line->items; i++) {
        const ent_line_plan *plan = ent_line_at(line, period, i);
        const int n = ent_line_count(line, i);
        double *h = before + (size_t)i * (size_t)line->stride, mass[ENT_LINE_NODES],
               fresh[ENT_LINE_NODES];
        if (waiting > 0.0 && line->low[i] >= release &&
            !(ent_line_is_atom(line, i) && line->low[i] == release))
            searching += waiting, waiting = 0.0;
        if (n > 1) below(line, i, h, mass);
        else mass[0] = line->mass[i] * h[0];
        for (int j = 0; j < n; j++) {
            const double here =
                searching + (n > 1 && plan->kind == ENT_LINE_FOLLOW ? mass[j] : 0.0);
            fresh[j] = plan->goes ? here : 0.0;
        }
        if (plan->kind == ENT_LINE_FOLLOW) searching += mass[n - 1];
        if (plan->kind == ENT_LINE_HOLD) {
            waiting += mass[n - 1];
            release = plan->cutoff;
        }
        memcpy(h, fresh, (size_t)n * sizeof *h);
        if (n > 1) below(line, i, h, mass);
        else mass[0] = line->mass[i] * h[0];
        reached += mass[n - 1];
    }
    return reached;
}

/* Period 1: nothing stands, so an offer leads on when it exceeds the one cutoff. */
static double first_step(const ent_back *b, double *density)
{
    const ent_line *line = b->line;
    double reached = 0.0;
    for (int i = 0; i < line->items; i++) {
        const int n = ent_line_count(line, i);
        double *h = density + (size_t)i * (size_t)line->stride, mass[ENT_LINE_NODES];
        const bool above = ent_line_is_atom(line, i) ? line->low[i] > b->first.cutoff
                                                     : line->low[i] >= b->first.cutoff;
        for (int j = 0; j < n; j++) h[j] = above && ent_line_at(line, 1, i)->goes ? 1.0 : 0.0;
        if (n > 1) below(line, i, h, mass);
        else mass[0] = line->mass[i] * h[0];
        reached += mass[n - 1];
    }
    return reached;
}

ent_status ent_i_back_reach(ent_ctx *ctx, ent_back *b)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    double *density = NULL;
    b->reach[0] = 1.0;
    for (int t = 1; t < b->periods; t++) b->reach[t] = 0.0;
    if (b->first.kind != ENT_LINE_HOLD && b->first.kind != ENT_LINE_FOLLOW) return st;
    if (b->first.kind == ENT_LINE_FOLLOW)
        b->first.cutoff = 0.0, b->first.kind = ENT_LINE_HOLD, b->first.offer = NAN;
    ENT_SCRATCH(ctx, density, (size_t)b->line->items * (size_t)b->line->stride);
    for (int t = 1; t < b->periods; t++) {
        b->reach[t] = t == 1 ? first_step(b, density) : step(b->line, t, density);
        if (b->reach[t] == 0.0) break;
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
