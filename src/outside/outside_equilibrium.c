/* The method `equilibrium`, written as a document; the members are those of docs/results.md, in
 * that order. */
#include "outside/outside_methods.h"

#include <math.h>

const char *ent_regime_word(ent_regime regime)
{
    static const char *const words[] = {[ENT_REGIME_FLOOR] = "floor",
                                        [ENT_REGIME_DETER] = "deter",
                                        [ENT_REGIME_SEARCH] = "search",
                                        [ENT_REGIME_PREFER] = "prefer sure"};
    return words[regime];
}

/* Not a number: null. */
static void number(ent_writer *w, const char *key, double value, const ent_outside_solution *s,
                   int exact)
{
    const bool known = s->exact && exact >= 0 && s->exact_known[exact];
    if (isnan(value)) ent_write_null(w, key);
    else ent_write_number(w, key, value, known ? &s->exact[exact] : NULL);
}

static void write_path(ent_writer *w, const ent_outside_solution *s)
{
    const ent_outside_play *p = &s->play;
    number(w, "offer", p->offer, s, ENT_EXACT_OFFER);
    ent_write_string(w, "response", p->is_search ? "search" : "accept");
    ent_write_string(w, "regime", ent_regime_word(p->regime));
    number(w, "reservation", p->reservation, s, ENT_EXACT_RESERVATION);
    number(w, "cutoff", p->cutoff, s, ENT_EXACT_CUTOFF);
    ent_write_object(w, "payoffs", true);
    number(w, "proposer", p->proposer, s, ENT_EXACT_PROPOSER);
    number(w, "partner", p->partner, s, ENT_EXACT_PARTNER);
    ent_write_end(w);
    ent_write_object(w, "probabilities", true);
    number(w, "ally", p->ally, s, ENT_EXACT_ALLY);
    number(w, "new_alliance", p->new_alliance, s, ENT_EXACT_NEW);
    const bool exact_reach = s->exact && s->reach_known;
    if (s->periods > 1)
        ent_write_number(w, "second_period", s->reach[1], exact_reach ? &s->exact_reach[1] : NULL);
    else ent_write_int(w, "second_period", 0);
    ent_write_array(w, "periods", true);
    for (int t = 0; t < s->periods; t++)
        ent_write_number(w, NULL, s->reach[t], exact_reach ? &s->exact_reach[t] : NULL);
    ent_write_end(w);
    ent_write_end(w);
    ent_write_object(w, "contributions", true);
    number(w, "ally", p->ally_contribution, s, ENT_EXACT_ALLY_CONTRIBUTION);
    number(w, "new_alliance", p->new_contribution, s, ENT_EXACT_NEW_CONTRIBUTION);
    ent_write_end(w);
    number(w, "duration_periods", p->duration_periods, s, ENT_EXACT_DURATION);
}

/* [FR] eqs. (2), (5); [FR] Section 3.2.1: the marks of the two-period game with uniform offers. */
static void write_thresholds(ent_writer *w, const ent_outside_solution *s)
{
    const ent_outside_play *p = &s->play;
    if (isnan(p->r_tilde)) return;
    ent_write_object(w, "thresholds", true);
    number(w, "r_tilde", p->r_tilde, s, -1);
    number(w, "r1_star", p->r1_star, s, -1);
    number(w, "x_hat", p->x_hat, s, -1);
    number(w, "top", p->top, s, -1);
    number(w, "delta_under", p->delta_under, s, -1);
    ent_write_end(w);
}

static const char *rule_word(ent_rule_kind kind)
{
    static const char *const words[] = {[ENT_RULE_FLOOR] = "floor",
                                        [ENT_RULE_MATCH] = "match",
                                        [ENT_RULE_DETER] = "deter",
                                        [ENT_RULE_HOLD] = "hold",
                                        [ENT_RULE_FOLLOW] = "follow"};
    return words[kind];
}

static void write_rules(ent_writer *w, const ent_outside_solution *s)
{
    ent_write_array(w, "rules", false);
    for (int k = 0; k < s->rules; k++) {
        const ent_rule *r = &s->rule[k];
        const bool search = r->kind == ENT_RULE_HOLD || r->kind == ENT_RULE_FOLLOW;
        ent_write_object(w, NULL, true);
        ent_write_int(w, "period", r->period);
        ent_write_real(w, "from", r->from);
        ent_write_real(w, "to", r->to);
        ent_write_string(w, "rule", rule_word(r->kind));
        if (!isnan(r->offer)) ent_write_real(w, "offer", r->offer);
        ent_write_string(w, "response", search ? "search" : "accept");
        if (!isnan(r->cutoff)) ent_write_real(w, "cutoff", r->cutoff);
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_write_array(w, "advances", false);
    for (int k = 0; k < s->advances; k++) {
        ent_write_object(w, NULL, true);
        ent_write_int(w, "period", s->advance[k].period);
        ent_write_real(w, "from", s->advance[k].from);
        ent_write_real(w, "to", s->advance[k].to);
        ent_write_end(w);
    }
    ent_write_end(w);
}

ent_status ent_i_outside_equilibrium(ent_ctx *ctx, const void *model, const void *settings,
                                     ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_outside_choice choice = ent_i_outside_choice(settings);
    ent_outside_solution s = {0};
    ENT_TRY(ent_i_outside_solve(ctx, model, &choice, &s));
    write_path(out->solution, &s);
    write_thresholds(out->solution, &s);
    write_rules(out->solution, &s);
    ent_write_real(out->certificate, "scale", 1.0);
done:
    ent_i_outside_release(&s);
    return st;
}

/* ---- sweeps ---- */

static const char columns[] =
    "offer\tsearch\tregime\treservation\tcutoff\tpayoffs.proposer\tpayoffs.partner\tprobabilities.ally\t"
    "probabilities.new_alliance\tprobabilities.second_period\tcontributions.ally\tcontributions.new_alliance\t"
    "duration_periods";

ent_status ent_i_outside_columns(ent_ctx *ctx, const void *model, const void *settings,
                                 ent_text *names)
{
    (void)ctx, (void)model, (void)settings;
    ent_text_puts(names, columns);
    return names->status;
}

ent_status ent_i_outside_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out)
{
    ent_status st = ENT_OK;
    const ent_outside *m = model;
    const ent_outside_choice choice = ent_i_outside_choice(settings);
    ent_outside_solution s = {0};
    const bool closed = ent_i_outside_is_closed(m, &choice);
    if (closed) ENT_TRY(ent_i_outside_closed(ctx, m, &choice, &s.play));
    else ENT_TRY(ent_i_outside_solve(ctx, m, &choice, &s));
    const ent_outside_play *p = &s.play;
    const double value[] = {
        p->offer,           p->is_search,     (double)p->regime,    p->reservation,
        p->cutoff,          p->proposer,      p->partner,           p->ally,
        p->new_alliance,    p->second_period, p->ally_contribution, p->new_contribution,
        p->duration_periods};
    for (size_t k = 0; k < out->n; k++) out->value[k] = value[k];
    out->outcome = ENT_SOLVED;
    out->residual = 0.0; /* closed forms and backward induction have no equations left to satisfy */
done:
    ent_i_outside_release(&s);
    return st;
}
