/* The method `neutral-procedural`, written as a document: docs/results.md "bayesian:
 * neutral-procedural". */
#include "bayesian/bayesian_solve.h"

#include "bayesian/neutral.h"
#include "bayesian/strong_write.h"
#include "bayesian/write_bayes.h"
#include "bayesian/write_enclosure.h"

#include <math.h>

double ent_i_bayes_scale(const ent_bayesian *model)
{
    double scale = 0.0;
    for (ent_coal s = 1; s <= ent_coal_all(model->n); s++) {
        const ent_bayes_coal *c = model->coalition[s];
        if (s & ~model->focus) continue;
        for (size_t k = 0; k < c->utility.n; k++) scale = fmax(scale, fabs(c->utility.value[k]));
    }
    return scale;
}

/* The largest utility of member i of S, in size. */
static double member_scale(const ent_bayes_coal *s, int i)
{
    const size_t n = (size_t)s->decisions * (size_t)s->profiles;
    double scale = 0.0;
    for (size_t k = 0; k < n; k++) scale = fmax(scale, fabs(s->utility.value[(size_t)i * n + k]));
    return scale;
}

/* What numbers that are not exact leave open, as a part of a player's scale. */
static const double open_part = 1e-9;

/* [Sal] eq. (3.3); in rationals when the utilities are exact, else up to what is open, player by
 * player. */
static bool individually_rational(const ent_bayes_game *g, const ent_bayes_answer *a)
{
    for (int i = 0; i < a->coal->size; i++) {
        const double slack = a->exact ? 0.0 : open_part * member_scale(a->coal, i);
        const ent_twin *alone = &g->answer[ent_coal_single(a->coal->member[i])].utility;
        for (int t = 0; t < a->coal->types[i]; t++) {
            const int m = a->coal->first[i] + t;
            if (a->exact ? ent_rat_cmp(&a->utility.exact[m], &alone->exact[t]) < 0
                         : a->utility.value[m] < alone->value[t] - slack)
                return false;
        }
    }
    return true;
}

static void write_numbers(ent_writer *w, const ent_bayesian *model, const ent_bayes_answer *a)
{
    ent_write_string(w, "status", ent_i_bayes_status_word(a->status));
    ent_write_bool(w, "exact", a->exact);
    ent_i_write_interim(w, "utilities", model, a->coal, &a->utility, -1);
    ent_i_write_mechanism(w, "mechanism", model, a->coal, &a->mechanism, false);
    ent_i_write_interim(w, "weights", model, a->coal, &a->weight, -1);
    ent_i_write_multipliers(w, "multipliers", model, a->coal, &a->multiplier);
    ent_i_write_interim(w, "claims", model, a->coal, &a->claim, -1);
}

static void write_epsilon(ent_writer *w, const ent_bayesian *model, const ent_bayes_answer *a)
{
    ent_i_write_mechanism(w, "mechanism", model, a->coal, &a->proof_mechanism, true);
    ent_i_write_interim_proof(w, "weights", model, a->coal, a->proof_weight);
    ent_i_write_multipliers_proof(w, "multipliers", model, a->coal, a->proof_multiplier);
    ent_i_write_interim_proof(w, "claims", model, a->coal, a->proof_claim);
    ent_i_write_fraction(w, "epsilon", &a->epsilon);
    ent_i_write_fraction(w, "gap", &a->gap);
    ent_i_write_fraction(w, "incentive", &a->incentive);
    ent_i_write_fraction(w, "distance", &a->distance);
    if (a->status == ENT_BAYES_NONDEGENERATE) return;
    if (!a->efficient_weight) {
        ent_write_null(w, "efficiency");
        return;
    }
    ent_write_object(w, "efficiency", false);
    ent_i_write_interim_proof(w, "weights", model, a->coal, a->efficient_weight);
    ent_i_write_multipliers_proof(w, "multipliers", model, a->coal, a->efficient_multiplier);
    ent_i_write_fraction(w, "loss", &a->loss);
    ent_write_end(w);
}

static void write_degenerate(ent_writer *w, const ent_bayesian *model, const ent_bayes_answer *a)
{
    ent_write_object(w, "efficiency", false);
    ent_i_write_interim_proof(w, "weights", model, a->coal, a->proof_weight);
    ent_i_write_multipliers_proof(w, "multipliers", model, a->coal, a->proof_multiplier);
    ent_write_end(w);
    if (a->proof != ENT_PROOF_LIMIT) return;
    ent_write_array(w, "expansion", false);
    for (int j = 0; j < a->terms; j++) {
        ent_write_object(w, NULL, false);
        ent_i_write_interim_proof(w, "weights", model, a->coal, a->term[j].weight);
        ent_i_write_multipliers_proof(w, "multipliers", model, a->coal, a->term[j].multiplier);
        ent_i_write_interim_proof(w, "claims", model, a->coal, a->term[j].claim);
        ent_i_write_interim_proof(w, "residual", model, a->coal, a->term[j].residual);
        ent_write_end(w);
    }
    ent_write_end(w);
}

static void write_proof(ent_writer *w, const ent_bayesian *model, const ent_bayes_answer *a)
{
    ent_write_string(w, "proof", ent_i_bayes_proof_word(a->proof));
    if (a->proof == ENT_PROOF_EPSILON) write_epsilon(w, model, a);
    else if (a->proof != ENT_PROOF_EXACT) write_degenerate(w, model, a);
}

void ent_i_write_answer(ent_writer *w, const ent_bayesian *model, const ent_bayes_answer *a)
{
    write_numbers(w, model, a);
    ent_i_write_prices(w, "prices", model, a->coal, &a->mechanism);
}

void ent_i_write_answer_proof(ent_writer *w, const ent_bayesian *model, const ent_bayes_answer *a)
{
    write_proof(w, model, a);
}

static void write_coalition(const ent_bayes_game *g, ent_coal s, ent_writer *w)
{
    const ent_bayes_answer *a = &g->answer[s];
    ent_i_open_coalition(w, g->model, s);
    write_numbers(w, g->model, a);
    ent_write_bool(w, "individually_rational", individually_rational(g, a));
    ent_i_write_prices(w, "prices", g->model, a->coal, &a->mechanism);
    ent_i_write_enclosure(w, g->model, &g->enclosure[s]);
    ent_write_array(w, "others", false);
    for (int k = 0; k < g->others[s]; k++) {
        ent_write_object(w, NULL, false);
        write_numbers(w, g->model, &g->other[s][k]);
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_write_end(w);
}

static void write_certificate(const ent_bayes_game *g, ent_coal s, ent_writer *w)
{
    ent_i_open_coalition(w, g->model, s);
    write_proof(w, g->model, &g->answer[s]);
    ent_i_write_enclosure_proof(w, g->model, &g->enclosure[s]);
    ent_write_array(w, "others", false);
    for (int k = 0; k < g->others[s]; k++) {
        ent_write_object(w, NULL, false);
        write_proof(w, g->model, &g->other[s][k]);
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_write_end(w);
}

void ent_i_write_neutral_evidence(const ent_bayes_game *g, ent_writer *w)
{
    if (ent_coal_size(g->model->focus) <= 2) return;
    ent_write_object(w, "neutral", false);
    for (int part = 0; part < 2; part++) {
        ent_write_object(w, part ? "certificate" : "solution", false);
        ent_write_object(w, "coalitions", false);
        for (int k = 0; k < g->n; k++) {
            if (g->coalition[k] == g->model->focus) continue;
            if (part) write_certificate(g, g->coalition[k], w);
            else write_coalition(g, g->coalition[k], w);
        }
        ent_write_end(w);
        ent_write_end(w);
    }
    ent_write_end(w);
}

ent_status ent_i_neutral_method(ent_ctx *ctx, const void *model, const void *settings,
                                ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_bayes_game game = {0};
    const ent_bayesian *m = model;
    ENT_TRY(ent_i_neutral_game(ctx, m, settings, &game));
    ENT_TRY(ent_i_enclose_game(ctx, settings, &game));
    ent_write_real(out->certificate, "scale", ent_i_bayes_scale(m));
    ent_i_write_alone(out->solution, m, game.answer);
    ent_write_object(out->solution, "coalitions", false);
    ent_write_object(out->certificate, "coalitions", false);
    for (int k = 0; k < game.n; k++) {
        write_coalition(&game, game.coalition[k], out->solution);
        write_certificate(&game, game.coalition[k], out->certificate);
    }
    ent_write_end(out->certificate);
    ent_write_end(out->solution);
    out->outcome = ENT_SOLVED;
done:
    ent_i_bayes_game_free(&game);
    return st;
}
