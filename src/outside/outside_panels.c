#include "outside/outside_panels.h"

#include <math.h>

static double settled_value(int f, double offer, double y)
{
    switch (f) {
    case ENT_VALUE_RISE: return offer - y;
    case ENT_VALUE_PROPOSER: return 1.0 - offer;
    case ENT_VALUE_ALLY: return 1.0;
    case ENT_VALUE_ALLY_CONTRIBUTION: return offer;
    case ENT_VALUE_DURATION: return 1.0;
    default: return 0.0;
    }
}

double ent_panel_value(const ent_cheb *cheb, const ent_panel *p, int f, double k, double y)
{
    switch (p->kind) {
    case ENT_PANEL_EXIT: return f == ENT_VALUE_RISE ? k - y : 0.0;
    case ENT_PANEL_SETTLE: return settled_value(f, isnan(p->offer) ? y : p->offer, y);
    case ENT_PANEL_LEVEL: return f == ENT_VALUE_RISE ? p->value[f] - y : p->value[f];
    /* a stretch may reach beyond a panel by what sort_edges takes for one edge: there the end
       counts */
    case ENT_PANEL_CURVE:
        return ent_cheb_at(cheb, p->value + f * ENT_CHEB,
                           fmin(1.0, fmax(-1.0, ent_cheb_place(p->lo, p->hi, y))));
    }
    return 0.0;
}

const ent_panel *ent_panel_find(int n, const ent_panel *panel, double y)
{
    int lo = 0, hi = n - 1;
    while (lo < hi) {
        const int mid = (lo + hi) / 2;
        if (y < panel[mid].hi) hi = mid;
        else lo = mid + 1;
    }
    return &panel[lo];
}

ent_status ent_i_outside_values_new(ent_ctx *ctx, int periods, ent_outside_values **out)
{
    ent_status st = ENT_OK;
    ent_outside_values *v = NULL;
    ENT_ALLOC(ctx, v, 1);
    v->periods = periods;
    ent_cheb_init(&v->cheb);
    ENT_ALLOC(ctx, v->panels, periods + 1);
    ENT_ALLOC(ctx, v->panel, periods + 1);
    *out = v;
    v = NULL;
done:
    ent_i_outside_values_free(v);
    return st;
}

void ent_i_outside_values_free(ent_outside_values *v)
{
    if (!v) return;
    for (int t = 0; v->panels && v->panel && t <= v->periods; t++) {
        for (int k = 0; k < v->panels[t]; k++) ent_free(v->panel[t][k].value);
        ent_free(v->panel[t]);
    }
    ent_free(v->panels);
    ent_free(v->panel);
    ent_free(v);
}

ent_status ent_i_outside_values_keep(ent_ctx *ctx, ent_outside_values *v, int period, int n,
                                     const ent_panel *panel, int values)
{
    ent_status st = ENT_OK;
    ent_panel *copy = NULL;
    ENT_ALLOC(ctx, copy, n);
    v->panel[period - 1] = copy;
    for (int k = 0; k < n; k++) {
        const int count = panel[k].kind == ENT_PANEL_LEVEL   ? values
                          : panel[k].kind == ENT_PANEL_CURVE ? values * ENT_CHEB
                                                             : 0;
        copy[k] = panel[k];
        copy[k].value = NULL;
        v->panels[period - 1] = k + 1;
        if (count) ENT_ALLOC(ctx, copy[k].value, count);
        for (int j = 0; j < count; j++) copy[k].value[j] = panel[k].value[j];
    }
done:
    return st;
}
