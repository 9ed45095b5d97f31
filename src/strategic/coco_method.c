/* The method `coco`: notion (i), prices and an agreement that gives every player its CoCo value in them. [CoCo] */
#include "strategic/equilibrium.h"

/* Transferable utility: prices are equal, everybody gets psi, and payments carry what the joint play does not give. */
static ent_status transferable(ent_ctx *ctx, const ent_strategic *m, const ent_strategic_settings *s, ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_threats *t = NULL;
    ent_exact_threats exact = {0};
    ent_rat share[ENT_PLAYERS_MAX], utility[ENT_PLAYERS_MAX], paid[ENT_PLAYERS_MAX];
    double price[ENT_PLAYERS_MAX], u[ENT_PLAYERS_MAX], pay[ENT_PLAYERS_MAX];
    for (int i = 0; i < m->n; i++) {
        price[i] = 1.0 / m->n;
        share[i] = (ent_rat){1, m->n, NULL};
        ent_rat_init(&utility[i]);
        ent_rat_init(&paid[i]);
    }
    ENT_TRY(ent_threats_new(ctx, m->n, m->actions, m->payoff.value, &t));
    ent_threats_at(t, price);
    const bool known = ent_i_can_be_exact(t, m, s);
    if (known) ENT_TRY(ent_i_exact_threats(ctx, t, &m->payoff, share, &exact));
    int64_t play = t->best;
    for (play = known ? 0 : play; known && !ent_rat_equal(&exact.total[play], &exact.joint);) play++;
    for (int i = 0; i < m->n; i++) {
        const int64_t at = i * m->profiles + play;
        u[i] = t->psi[i] * m->n;
        pay[i] = u[i] - m->payoff.value[at];
        if (!known) continue;
        ent_rat_div(&utility[i], &exact.psi[i], &share[i]);
        ent_rat_sub(&paid[i], &utility[i], &m->payoff.exact[at]);
    }
    const ent_coal all = ent_coal_all(m->n);
    ent_writer *w = out->solution, *c = out->certificate;
    const ent_rat one = {1, 1, NULL};
    ent_write_array(w, "equilibria", false);
    ent_write_object(w, NULL, false);
    ent_i_write_vector(w, "prices", m, all, price, share);
    ent_i_write_vector(w, "utilities", m, all, u, known ? utility : NULL);
    ent_write_string(w, "status", "solved");
    ent_write_number(w, "joint", t->joint, known ? &exact.joint : NULL);
    ent_write_array(w, "lottery", false);
    ent_write_object(w, NULL, true);
    ent_i_write_side_play(w, "play", m, all, play);
    ent_write_exact(w, "weight", &one);
    ent_write_end(w);
    ent_write_end(w);
    ent_i_write_vector(w, "payments", m, all, pay, known ? paid : NULL);
    ent_write_end(w);
    ent_write_end(w);
    ent_write_string(w, "coverage", "all");
    ent_write_array(c, "equilibria", false);
    ent_write_object(c, NULL, false);
    ent_i_write_conflicts(c, "conflicts", m, t, price, NULL, known ? &exact : NULL);
    ent_write_end(c);
    ent_write_end(c);
    out->outcome = ENT_SOLVED;
done:
    for (int i = 0; i < m->n; i++) {
        ent_rat_release(&utility[i]);
        ent_rat_release(&paid[i]);
    }
    ent_i_exact_threats_release(&exact);
    ent_threats_free(t);
    return st;
}

static ent_status write_all(ent_ctx *ctx, const ent_strategic *m, const ent_strategic_settings *s, ent_grand *g,
                            const ent_equilibria *all, ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_write_array(out->solution, "equilibria", false);
    ent_write_array(out->certificate, "equilibria", false);
    for (int k = 0; k < all->n; k++) {
        ent_write_object(out->solution, NULL, false);
        ent_i_write_equilibrium(out->solution, m, &all->list[k]);
        ent_write_end(out->solution);
        ent_write_object(out->certificate, NULL, false);
        ent_i_write_evidence(out->certificate, m, g, &all->list[k]);
        ENT_TRY(ent_i_write_secures(ctx, out->certificate, m, &all->list[k]));
        ent_write_end(out->certificate);
    }
    ent_write_end(out->solution);
    ent_write_end(out->certificate);
    ent_write_string(out->solution, "coverage", m->n <= 2 && out->outcome == ENT_SOLVED ? "all" : "found");
    if (m->n > 2 || out->outcome != ENT_SOLVED) ent_write_int(out->solution, "starts", s->starts);
done:
    return st;
}

ent_status ent_i_coco_method(ent_ctx *ctx, const void *model, const void *settings, ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = model;
    const ent_strategic_settings *s = settings;
    ent_grand *g = NULL;
    ent_equilibria all = {0};
    ENT_TRY(ent_i_need_game(ctx, m, "coco"));
    ent_i_write_scale(out->certificate, m);
    if (m->transferable) {
        ENT_TRY(transferable(ctx, m, s, out));
        goto done;
    }
    ENT_TRY(ent_i_grand_new(ctx, m->n, m->actions, m->payoff.value, &g));
    ENT_TRY(ent_i_equilibria_find(ctx, g, m, s, &all, &out->outcome));
    ENT_TRY(write_all(ctx, m, s, g, &all, out));
done:
    ent_i_equilibria_release(&all);
    ent_i_grand_free(g);
    return st;
}
