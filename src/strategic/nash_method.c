/* The method `nash`: two players with variable threats, or a bargaining model with any number of
 * players. */
#include "strategic/bargaining.h"
#include "strategic/equilibrium.h"

/* What both players get when they carry out their threats, and the strategies. */
static void write_threats(ent_writer *w, const ent_strategic *m, ent_grand *g,
                          const ent_equilibrium *e, double *threat)
{
    const ent_conflict *k = &g->t->conflict[0];
    const ent_exact_game *game = e->exact.known ? &e->exact.threats.game[0] : NULL;
    double scaled[2];
    ent_matrix_result r;
    for (int i = 0; i < 2; i++) scaled[i] = e->point.price[i] * g->range[i];
    ent_threats_at(g->t, scaled);
    for (int i = 0; i < 2; i++) threat[i] = g->least[i] + g->range[i] * k->payoff[i];
    ent_threats_game(g->t, 0, scaled, &r);
    ent_i_write_vector(w, "threat_point", m, 3, threat, game ? e->exact.threats.payoff : NULL);
    ent_write_object(w, "threats", false);
    ent_i_write_mix(w, m->player[0], m, 1, k->rows, r.row, game ? game->row : NULL);
    ent_i_write_mix(w, m->player[1], m, 2, k->columns, r.column, game ? game->column : NULL);
    ent_write_end(w);
}

static void write_product(ent_writer *w, const ent_equilibrium *e, const double *threat)
{
    ent_rat product = {1, 1, NULL}, gain = ENT_RAT_ZERO;
    double p = 1.0;
    for (int i = 0; i < 2; i++) {
        const double here = e->point.utility[i] - threat[i];
        if (e->exact.known) ent_rat_sub(&gain, &e->exact.utility[i], &e->exact.threats.payoff[i]);
        if (e->exact.known ? ent_rat_sign(&gain) > 0 : here > 0.0) {
            p *= here;
            ent_rat_mul(&product, &product, &gain);
        }
    }
    ent_write_number(w, "product", p, e->exact.known ? &product : NULL);
    ent_rat_release(&product);
    ent_rat_release(&gain);
}

ent_status ent_i_nash_method(ent_ctx *ctx, const void *model, const void *settings,
                             ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = model;
    ent_grand *g = NULL;
    ent_equilibria all = {0};
    double threat[2];
    ENT_TRY(ent_i_need_game(ctx, m, "nash"));
    if (m->transferable)
        ENT_FAIL(
            ctx, ENT_E_MODEL,
            "nash is about games without side payments; with \"transferable\": true its answer is that of tu-value");
    if (m->outcomes > 0) {
        ENT_TRY(ent_i_bargaining(ctx, m, out));
        goto done;
    }
    if (m->n != 2)
        ENT_FAIL(
            ctx, ENT_E_MODEL,
            "nash wants two players, or outcomes with a disagreement; for a game of %d players see coco",
            m->n);
    ENT_TRY(ent_i_grand_new(ctx, m->n, m->actions, m->payoff.value, &g));
    ENT_TRY(ent_i_equilibria_find(ctx, g, m, settings, &all, &out->outcome));
    ent_i_write_scale(out->certificate, m);
    if (all.n == 0) goto done;
    ent_i_write_agreement(out->solution, m, &all.list[0]);
    if (!all.list[0].point.zero) {
        write_threats(out->solution, m, g, &all.list[0], threat);
        write_product(out->solution, &all.list[0], threat);
    }
    ent_i_write_evidence(out->certificate, m, g, &all.list[0]);
    ENT_TRY(ent_i_write_prices_range(ctx, g, m, &all.list[0], out));
done:
    ent_i_equilibria_release(&all);
    ent_i_grand_free(g);
    return st;
}
