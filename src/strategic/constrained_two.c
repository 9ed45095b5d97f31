/* Two players: no proper coalition has two members, nothing is constrained, and the equilibrium is
 * that of `coco`. [CoCo] Section 6. */
#include "strategic/constrained.h"

/* Strategies of the conflict: as proved, or as doubles have them. */
static void strategies(ent_constrained *c, const ent_equilibrium *e, const ent_barrier *b)
{
    const ent_grand *g = b->g;
    double a[2];
    ent_matrix_result r = {0};
    for (int i = 0; i < 2; i++) a[i] = e->point.price[i] * g->range[i];
    if (!e->exact.known) ent_threats_game(g->t, 0, a, &r);
    for (int k = 0; k < c->sides; k++) {
        const bool first = c->side[k].s == ent_coal_single(0);
        for (int p = 0; p < c->side[k].plays; p++) {
            if (e->exact.known)
                ent_rat_set(&c->rho[k][p], first ? &e->exact.threats.game[0].row[p]
                                                 : &e->exact.threats.game[0].column[p]);
            else ent_rat_set_double(&c->rho[k][p], first ? r.row[p] : r.column[p]);
        }
        ent_rat_set_int(&c->mu[k][first ? 0 : 1], 1);
    }
}

/* Utilities are those of the equilibrium: exactly where they are proved, also at prices in doubles;
 * at price 0 the limit. */
static void take_utilities(ent_constrained *c, const ent_equilibrium *e)
{
    for (int i = 0; i < 2; i++) {
        if (e->exact.known) ent_rat_set(&c->utility[i], &e->exact.utility[i]);
        else if (e->between)
            ent_rat_set(&c->utility[i],
                        &c->m->payoff.exact[i * c->m->profiles + e->point.profile[0]]);
        else ent_rat_set_double(&c->utility[i], e->point.utility[i]);
    }
    for (int l = 0; l < e->exact.support; l++) ent_rat_set(&c->weight[l], &e->exact.weight[l]);
}

ent_status ent_i_constrained_two(ent_ctx *ctx, const ent_barrier *b, const ent_strategic *m,
                                 const ent_equilibrium *e, ent_constrained **out)
{
    ent_status st = ENT_OK;
    ent_constrained *c = NULL;
    ENT_TRY(ent_i_constrained_allocate(ctx, b, m, &c));
    c->two = e;
    c->point = e->point;
    c->exact = e->exact.known;
    for (int i = 0; i < 2; i++) {
        if (c->exact) ent_rat_set(&c->price[i], &e->exact.price[i]);
        else ent_rat_set_double(&c->price[i], e->point.price[i]);
    }
    strategies(c, e, b);
    ent_i_constrained_evaluate(c);
    take_utilities(c, e);
    *out = c;
    c = NULL;
done:
    ent_i_constrained_free(c);
    return st;
}
