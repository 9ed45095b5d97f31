/* The method `s-solution`, written as a document: docs/results.md "bayesian: s-solution". */
#include "bayesian/bayesian_solve.h"

#include "bayesian/neutral.h"
#include "bayesian/s_search.h"
#include "bayesian/write_bayes.h"

/* One player's multipliers of the model, in the order of pairs. */
static void player_multipliers(const ent_bayesian *model, int player, ent_rat *alpha)
{
    const int types = model->types[player];
    int k = 0;
    for (int at = 0; model->multiplier.n > 0 && at < types * types; at++)
        if (at / types != at % types)
            ent_rat_set(&alpha[k++],
                        &model->multiplier.exact[model->multiplier_first[player] + at]);
}

/* The model's scales, in the interims and pairs of the focus. */
static void model_scales(const ent_bayesian *model, const ent_bayes_coal *s, ent_rat *lambda,
                         ent_rat *alpha)
{
    int k = 0;
    for (int i = 0; i < s->size; i++) {
        const int player = s->member[i], types = s->types[i];
        int at = 0;
        for (int j = 0; j < player; j++) at += model->types[j];
        for (int t = 0; t < types; t++)
            ent_rat_set(&lambda[s->first[i] + t], &model->weight.exact[at + t]);
        player_multipliers(model, player, alpha + k);
        k += types * (types - 1);
    }
}

static void write_threats(const ent_bayesian *m, const ent_s_solution *s, const ent_coal *list,
                          int n, ent_solution *out)
{
    ent_text name;
    ent_text_init(out->solution->out->ctx, &name);
    ent_write_object(out->solution, "threats", false);
    ent_write_object(out->certificate, "threats", false);
    for (int k = 0; k < n; k++) {
        const ent_s_threat *t = &s->threat[list[k]];
        const ent_bayes_coal *c = m->coalition[list[k]];
        if (list[k] == s->all || !t->exists) continue;
        ent_i_open_coalition(out->solution, m, list[k]);
        ent_i_write_interim(out->solution, "utilities", m, c, &t->utility, -1);
        ent_i_write_mechanism(out->solution, "mechanism", m, c, &t->mechanism, false);
        ent_write_end(out->solution);
        ent_i_open_coalition(out->certificate, m, list[k]);
        ent_i_write_multipliers_proof(out->certificate, "above", m, c, t->alpha);
        ent_write_object(out->certificate, "equal", false);
        for (int p = 0; p < c->profiles; p++) {
            ent_text_reset(&name);
            ent_bayesian_profile_name(&name, m, c, p);
            if (name.status != ENT_OK) break;
            ent_write_object(out->certificate, name.data, true);
            for (int i = 0; i < c->size; i++)
                ent_i_write_fraction(out->certificate, m->player[c->member[i]],
                                     &t->equal[(size_t)i * (size_t)c->profiles + (size_t)p]);
            ent_write_end(out->certificate);
        }
        ent_write_end(out->certificate);
        ent_write_end(out->certificate);
    }
    ent_write_end(out->certificate);
    ent_write_end(out->solution);
    if (name.status != ENT_OK) out->solution->out->status = name.status;
    ent_text_release(&name);
}

static void write_whole(const ent_bayesian *m, const ent_s_solution *s, ent_writer *w)
{
    const ent_bayes_coal *c = m->coalition[s->all];
    ent_write_array(w, "coalition", true);
    for (int i = 0; i < c->size; i++) ent_write_string(w, NULL, m->player[c->member[i]]);
    ent_write_end(w);
    ent_write_bool(w, "exact", s->exact);
    ent_i_write_interim(w, "weights", m, c, &s->weight, -1);
    ent_i_write_multipliers(w, "multipliers", m, c, &s->multiplier);
    ent_i_write_interim(w, "claims", m, c, &s->claim, -1);
    ent_i_write_interim(w, "utilities", m, c, &s->utility, -1);
    ent_i_write_mechanism(w, "mechanism", m, c, &s->mechanism, false);
    ent_i_write_prices(w, "prices", m, c, &s->mechanism);
}

ent_status ent_i_s_solution_method(ent_ctx *ctx, const void *model, const void *settings,
                                   ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_bayesian *m = model;
    const ent_bayes_coal *all = m->coalition[m->focus];
    ent_s_solution s = {0};
    ent_rat *lambda = NULL, *alpha = NULL;
    ent_coal *list = NULL;
    int n = 0, pairs = 0;
    if (all->size < 2)
        ENT_FAIL(ctx, ENT_E_ARG,
                 "s-solution: wanted a coalition of two or more members, found one");
    for (int i = 0; i < all->size; i++) pairs += all->types[i] * (all->types[i] - 1);
    if (!(lambda = ent_rats_new(ctx, (size_t)all->interims, &st))) goto done;
    if (!(alpha = ent_rats_new(ctx, (size_t)pairs, &st))) goto done;
    ENT_TRY(ent_i_bayes_coalitions(ctx, m->focus, 1, &list, &n));
    if (m->weight.n > 0) {
        model_scales(m, all, lambda, alpha);
        bool positive = false;
        for (int k = 0; k < all->interims; k++) positive = positive || ent_rat_sign(&lambda[k]) > 0;
        if (!positive)
            ENT_FAIL(
                ctx, ENT_E_ARG,
                "s-solution: wanted a positive weight of a member of the coalition, found 0 for all of them");
        ENT_TRY(ent_i_s_solution(ctx, m, lambda, alpha, false, &s));
    } else {
        ENT_TRY(ent_i_s_search(ctx, m, settings, &s));
    }
    ent_write_real(out->certificate, "scale", ent_i_bayes_scale(m));
    out->outcome = s.defined && s.supported ? ENT_SOLVED : ENT_LIMIT;
    ent_write_string(out->certificate, "proof",
                     out->outcome != ENT_SOLVED ? "not supported"
                     : s.exact                  ? "exact"
                                                : "epsilon");
    if (out->outcome != ENT_SOLVED) goto done;
    if (!s.exact) ent_i_write_fraction(out->certificate, "epsilon", &s.epsilon);
    write_whole(m, &s, out->solution);
    write_threats(m, &s, list, n, out);
done:
    ent_free(list);
    ent_rats_free(lambda, (size_t)all->interims);
    ent_rats_free(alpha, (size_t)pairs);
    ent_i_s_solution_free(&s);
    return st;
}
