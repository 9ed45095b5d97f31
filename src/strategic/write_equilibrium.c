#include "strategic/equilibrium.h"

static ent_coal everybody(const ent_strategic *m) { return ent_coal_all(m->n); }

static void write_lottery(ent_writer *w, const ent_strategic *m, const ent_equilibrium *e)
{
    const bool exact = e->exact.known;
    ent_write_array(w, "lottery", false);
    for (int l = 0; l < e->point.support; l++) {
        ent_write_object(w, NULL, true);
        ent_i_write_side_play(w, "play", m, everybody(m), e->point.profile[l]);
        ent_write_number(w, "weight", e->point.weight[l], exact ? &e->exact.weight[l] : NULL);
        ent_write_end(w);
    }
    ent_write_end(w);
}

/* Where the enclosure, or the frontier of two players, proves that the lottery is one play,
 * utilities are its payoffs, though prices are known as doubles only. */
static void write_utilities(ent_writer *w, const ent_strategic *m, const ent_equilibrium *e)
{
    ent_rat payoff[ENT_COCO_PLAYERS]; /* copies that borrow */
    const bool play = !e->exact.known && (e->digits > 0 || e->between) && e->point.support == 1 &&
                      m->payoff.exact;
    for (int i = 0; i < m->n && play; i++)
        payoff[i] = m->payoff.exact[i * m->profiles + e->point.profile[0]];
    ent_i_write_vector(w, "utilities", m, everybody(m), e->point.utility,
                       e->exact.known ? e->exact.utility
                       : play         ? payoff
                                      : NULL);
}

void ent_i_write_agreement(ent_writer *w, const ent_strategic *m, const ent_equilibrium *e)
{
    const bool exact = e->exact.known;
    ent_i_write_vector(w, "prices", m, everybody(m), e->point.price, exact ? e->exact.price : NULL);
    write_utilities(w, m, e);
    ent_write_number(w, "joint", e->point.joint, exact ? &e->exact.threats.joint : NULL);
    if (!e->point.zero) write_lottery(w, m, e);
}

void ent_i_write_equilibrium(ent_writer *w, const ent_strategic *m, const ent_equilibrium *e,
                             bool indexed)
{
    ent_i_write_agreement(w, m, e);
    ent_write_string(w, "status", e->point.zero ? "boundary" : "solved");
    if (indexed && e->point.index != 0) ent_write_int(w, "index", e->point.index);
}

static void write_approach(ent_writer *w, const ent_strategic *m, ent_grand *g,
                           const ent_equilibrium *e)
{
    ent_rat claim = ENT_RAT_ZERO;
    ent_write_object(w, "approach", false);
    ent_i_write_vector(w, "prices", m, everybody(m), NULL, e->approach);
    ent_write_object(w, "claims", true);
    for (int i = 0; i < m->n; i++) {
        ent_rat_div(&claim, &e->near.psi[i], &e->approach[i]);
        ent_write_exact(w, m->player[i], &claim);
    }
    ent_write_end(w);
    ent_i_write_conflicts(w, "conflicts", m, g->t, NULL, NULL, &e->near);
    ent_write_end(w);
    ent_rat_release(&claim);
}

void ent_i_write_evidence(ent_writer *w, const ent_strategic *m, ent_grand *g,
                          const ent_equilibrium *e)
{
    double scaled[ENT_COCO_PLAYERS], least[ENT_COCO_PLAYERS];
    for (int i = 0; i < m->n; i++) {
        scaled[i] = e->point.price[i] * g->range[i];
        least[i] = e->point.price[i] * g->least[i];
    }
    ent_i_write_conflicts(w, "conflicts", m, g->t, scaled, least,
                          e->exact.known ? &e->exact.threats : NULL);
    if (e->digits > 0) {
        ent_write_object(w, "enclosure", true);
        ent_write_int(w, "digits", e->digits);
        ent_write_real(w, "radius", e->radius);
        ent_write_end(w);
    }
    if (e->approach) write_approach(w, m, g, e);
    ent_i_write_two_players(w, m, e);
}

void ent_i_write_coverage(ent_writer *w, const ent_strategic *m, const ent_strategic_settings *s,
                          const ent_equilibria *all, ent_outcome outcome)
{
    if (m->n <= 2 && all->n > 0 && (outcome != ENT_BOUNDARY || all->list[0].secured)) {
        ent_write_string(w, "coverage", "all");
        return;
    }
    if (all->enumerated) {
        int sum = 0;
        for (int k = 0; k < all->n; k++) sum += all->list[k].point.index;
        ent_write_string(w, "coverage", "enumerated");
        ent_write_int(w, "index_sum", sum);
        return;
    }
    ent_write_string(w, "coverage", "found");
    ent_write_int(w, "starts", s->starts);
}
