#include "model/bayesian_model_i.h"

#include "model/profile_table.h"

/* The players whose types are averaged out: those outside S on whom the utility depends; all
 * outsiders when types are correlated, because then the equivalent utility depends on everybody. */
static ent_coal averaged(const ent_bayesian *model, const ent_i_table *u, const ent_bayes_coal *s)
{
    ent_coal on = 0;
    for (int k = 0; k < u->on_n; k++) on |= ent_coal_single(u->on[k]);
    return (model->correlated ? ent_coal_all(model->n) : on) & ~s->members;
}

/* Step `type` through the types of the players in x, the last fastest; false after the last. */
static bool next(const ent_bayesian *model, ent_coal x, int *type)
{
    for (int i = model->n - 1; i >= 0; i--) {
        if (!ent_coal_has(x, i)) continue;
        if (++type[i] < model->types[i]) return true;
        type[i] = 0;
    }
    return false;
}

/* sum += weight of the profile * u; the weight is prod of p_i over x, or the joint prior (divided
 * by p(t_S) in the end). */
static void add_term(const ent_bayesian *model, const ent_i_owns *owns, const ent_i_table *u,
                     ent_coal x, const int *type, ent_rat *weight, ent_rat *sum)
{
    if (model->correlated) {
        const int64_t t = ent_i_profile_number(model->n, model->types, type);
        ent_rat_set(weight, &owns->joint.exact[t]);
    } else {
        ent_rat_set_int(weight, 1);
        for (int i = 0; i < model->n; i++)
            if (ent_coal_has(x, i)) ent_rat_mul(weight, weight, &model->prior[i].exact[type[i]]);
    }
    ent_rat_addmul(sum, weight, &u->number.exact[ent_i_table_index(u, model, type)]);
}

/* [Sal] Section 3.1: u_i^S(d_S,t_S) = sum over t_-S of p(t_-S) u_i; with a joint prior the utility
 * of the equivalent game with independent types, sum over t_-S of prior(t) u_i(d,t) / prod over S
 * of p_j(t_j) (Myerson 1984a, p. 466). */
ent_status ent_i_mean_utility(ent_ctx *ctx, const ent_bayesian *model, const ent_i_owns *owns,
                              const ent_i_own *own, int player, const ent_bayes_coal *s,
                              ent_rat *exact)
{
    const ent_i_table *u = &own->utility[player];
    const ent_coal x = averaged(model, u, s);
    int type[ENT_BAYESIAN_PLAYERS_MAX] = {0}, inside[ENT_BAYESIAN_PLAYERS_MAX];
    ent_rat weight = ENT_RAT_ZERO;
    (void)ctx;
    for (int t = 0; t < s->profiles; t++) {
        ent_bayes_types(s, t, inside);
        for (int i = 0; i < model->n; i++) type[i] = 0;
        for (int k = 0; k < s->size; k++) type[s->member[k]] = inside[k];
        ent_rat_set_int(&exact[t], 0);
        do add_term(model, owns, u, x, type, &weight, &exact[t]);
        while (next(model, x, type));
        if (model->correlated) ent_rat_div(&exact[t], &exact[t], &s->prior.exact[t]);
    }
    ent_rat_release(&weight);
    return ENT_OK;
}
