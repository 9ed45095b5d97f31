#include "relational/lift_source.h"

#include <math.h>

static void adopt_list(int count, const ent_rat *exact, double *value)
{
    for (int k = 0; k < count; k++)
        if (ent_lift_known(&exact[k])) value[k] = ent_rat_double(&exact[k]);
}

void ent_i_lift_adopt(const ent_contract_exact *e, ent_contract *c)
{
    const int n = c->n;
    c->span = ent_rat_double(&e->span);
    c->level = ent_rat_double(&e->level);
    c->on_path_value = ent_rat_double(&e->on_path_value);
    c->joint = ent_rat_double(&e->joint);
    c->extortion_level = ent_rat_double(&e->extortion_level);
    c->tie_spread = ent_rat_double(&e->tie_spread);
    c->margin = ent_lift_known(&e->margin) ? ent_rat_double(&e->margin) : HUGE_VAL;
    adopt_list(n, e->lowest, c->lowest);
    adopt_list(n, e->highest, c->highest);
    adopt_list(n, e->gamma, c->gamma);
    adopt_list(n, e->payoff, c->payoff);
    adopt_list(n, e->payoff_least, c->payoff_least);
    adopt_list(n, e->payoff_most, c->payoff_most);
    adopt_list(n, e->payment, c->payment);
    adopt_list(n, e->extortion_payoff, c->extortion_payoff);
    for (int k = 0; k < c->simplices; k++) {
        adopt_list(n, e->corner + k * n, c->simplex[k].corner);
        c->simplex[k].size = ent_rat_double(&e->simplex_size[k]);
    }
}
