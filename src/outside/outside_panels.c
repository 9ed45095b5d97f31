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
    case ENT_PANEL_CURVE: return ent_cheb_at(cheb, p->value + f * ENT_CHEB, ent_cheb_place(p->lo, p->hi, y));
    }
    return 0.0;
}
