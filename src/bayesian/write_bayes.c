#include "bayesian/write_bayes.h"

#include <math.h>

void ent_i_write_fraction(ent_writer *w, const char *key, const ent_rat *value)
{
    ent_status st = ENT_OK;
    char *text = ent_rat_format(w->out->ctx, value, &st);
    if (text) ent_write_string(w, key, text);
    else if (w->out->status == ENT_OK) w->out->status = st;
    ent_free(text);
}

/* A number of a solution, or a fraction of a certificate. */
static void number(ent_writer *w, const char *key, const ent_twin *numbers, const ent_rat *proof,
                   int k)
{
    if (proof) ent_i_write_fraction(w, key, &proof[k]);
    else if (!isfinite(numbers->value[k])) ent_write_null(w, key);
    else ent_write_number(w, key, numbers->value[k], ent_i_twin_at(numbers, k));
}

static void interim(ent_writer *w, const char *key, const ent_bayesian *model,
                    const ent_bayes_coal *s, const ent_twin *numbers, const ent_rat *proof,
                    int only)
{
    ent_write_object(w, key, true);
    for (int i = 0; i < s->size; i++) {
        const int player = s->member[i];
        if (only >= 0 && i != only) continue;
        if (s->types[i] == 1) {
            number(w, model->player[player], numbers, proof, s->first[i]);
            continue;
        }
        ent_write_object(w, model->player[player], true);
        for (int t = 0; t < s->types[i]; t++)
            number(w, model->type[player][t], numbers, proof, s->first[i] + t);
        ent_write_end(w);
    }
    ent_write_end(w);
}

void ent_i_write_interim(ent_writer *w, const char *key, const ent_bayesian *model,
                         const ent_bayes_coal *s, const ent_twin *numbers, int only)
{
    interim(w, key, model, s, numbers, NULL, only);
}

void ent_i_write_interim_proof(ent_writer *w, const char *key, const ent_bayesian *model,
                               const ent_bayes_coal *s, const ent_rat *numbers)
{
    interim(w, key, model, s, NULL, numbers, -1);
}

static bool is_there(const ent_twin *numbers, const ent_rat *proof, int k)
{
    if (proof) return ent_rat_sign(&proof[k]) != 0;
    return numbers->exact ? ent_rat_sign(&numbers->exact[k]) > 0 : numbers->value[k] > 0.0;
}

static void player_multipliers(ent_writer *w, const ent_bayesian *model, int player, int first,
                               const ent_twin *numbers, const ent_rat *proof)
{
    const int types = model->types[player];
    bool any = false;
    for (int k = first; k < first + types * (types - 1); k++)
        any = any || is_there(numbers, proof, k);
    if (!any) return;
    ent_text name;
    ent_text_init(w->out->ctx, &name);
    ent_write_object(w, model->player[player], true);
    for (int at = 0, k = first; at < types * types; at++) {
        const int t = at / types, tau = at % types;
        if (t == tau || !is_there(numbers, proof, k++)) continue;
        ent_text_reset(&name);
        ent_text_printf(&name, "%s|%s", model->type[player][tau], model->type[player][t]);
        if (name.status == ENT_OK) number(w, name.data, numbers, proof, k - 1);
    }
    ent_write_end(w);
    if (name.status != ENT_OK && w->out->status == ENT_OK) w->out->status = name.status;
    ent_text_release(&name);
}

static void multipliers(ent_writer *w, const char *key, const ent_bayesian *model,
                        const ent_bayes_coal *s, const ent_twin *numbers, const ent_rat *proof)
{
    ent_write_object(w, key, true);
    for (int i = 0, first = 0; i < s->size; first += s->types[i] * (s->types[i] - 1), i++)
        player_multipliers(w, model, s->member[i], first, numbers, proof);
    ent_write_end(w);
}

void ent_i_write_multipliers(ent_writer *w, const char *key, const ent_bayesian *model,
                             const ent_bayes_coal *s, const ent_twin *numbers)
{
    multipliers(w, key, model, s, numbers, NULL);
}

void ent_i_write_multipliers_proof(ent_writer *w, const char *key, const ent_bayesian *model,
                                   const ent_bayes_coal *s, const ent_rat *numbers)
{
    multipliers(w, key, model, s, NULL, numbers);
}

void ent_i_write_mechanism(ent_writer *w, const char *key, const ent_bayesian *model,
                           const ent_bayes_coal *s, const ent_bayes_mechanism *m, bool proof)
{
    ent_text name;
    ent_text_init(w->out->ctx, &name);
    ent_write_object(w, key, false);
    for (int k = 0; k < m->entries; k++) {
        if (k == 0 || m->profile[k] != m->profile[k - 1]) {
            if (k > 0) ent_write_end(w);
            ent_text_reset(&name);
            ent_bayesian_profile_name(&name, model, s, m->profile[k]);
            if (name.status != ENT_OK) break;
            ent_write_object(w, name.data, true);
        }
        number(w, s->decision[m->decision[k]], &m->probability, proof ? m->probability.exact : NULL,
               k);
    }
    if (m->entries > 0) ent_write_end(w);
    ent_write_end(w);
    if (name.status != ENT_OK && w->out->status == ENT_OK) w->out->status = name.status;
    ent_text_release(&name);
}

/* The probability of priced decisions in entries from..to, and the mean price given one. */
static void price(ent_writer *w, const ent_bayes_coal *s, const ent_bayes_mechanism *m, int from,
                  int to)
{
    ent_rat mass = ENT_RAT_ZERO, paid = ENT_RAT_ZERO;
    double sum = 0.0, total = 0.0;
    for (int k = from; k < to; k++) {
        const int d = m->decision[k];
        if (!s->priced[d]) continue;
        sum += m->probability.value[k];
        total += m->probability.value[k] * s->price.value[d];
        if (!m->probability.exact) continue;
        ent_rat_add(&mass, &mass, &m->probability.exact[k]);
        ent_rat_addmul(&paid, &m->probability.exact[k], &s->price.exact[d]);
    }
    const bool exact = m->probability.exact != NULL;
    if (exact && ent_rat_sign(&mass) > 0) ent_rat_div(&paid, &paid, &mass);
    ent_write_number(w, "probability", exact ? ent_rat_double(&mass) : sum, exact ? &mass : NULL);
    if (!(sum > 0.0)) ent_write_null(w, "price");
    else
        ent_write_number(w, "price", exact ? ent_rat_double(&paid) : total / sum,
                         exact ? &paid : NULL);
    ent_rat_release(&paid);
    ent_rat_release(&mass);
}

void ent_i_write_prices(ent_writer *w, const char *key, const ent_bayesian *model,
                        const ent_bayes_coal *s, const ent_bayes_mechanism *m)
{
    bool any = false;
    for (int d = 0; d < s->decisions; d++) any = any || s->priced[d];
    if (!any) return;
    ent_text name;
    ent_text_init(w->out->ctx, &name);
    ent_write_object(w, key, false);
    for (int from = 0, to = 0; from < m->entries; from = to) {
        while (to < m->entries && m->profile[to] == m->profile[from]) to++;
        ent_text_reset(&name);
        ent_bayesian_profile_name(&name, model, s, m->profile[from]);
        if (name.status != ENT_OK) break;
        ent_write_object(w, name.data, true);
        price(w, s, m, from, to);
        ent_write_end(w);
    }
    ent_write_end(w);
    if (name.status != ENT_OK && w->out->status == ENT_OK) w->out->status = name.status;
    ent_text_release(&name);
}

void ent_i_open_coalition(ent_writer *w, const ent_bayesian *model, ent_coal s)
{
    ent_text name;
    ent_text_init(w->out->ctx, &name);
    ent_bayesian_coal_name(&name, model, s);
    if (name.status != ENT_OK && w->out->status == ENT_OK) w->out->status = name.status;
    ent_write_object(w, name.status == ENT_OK ? name.data : "", false);
    ent_text_release(&name);
}

void ent_i_write_alone(ent_writer *w, const ent_bayesian *model, const ent_bayes_answer *by_mask)
{
    ent_write_object(w, "alone", true);
    for (int i = 0; i < model->n; i++) {
        const ent_bayes_answer *a = &by_mask[ent_coal_single(i)];
        if (!ent_coal_has(model->focus, i)) continue;
        if (a->interims == 1) {
            number(w, model->player[i], &a->utility, NULL, 0);
            continue;
        }
        ent_write_object(w, model->player[i], true);
        for (int t = 0; t < a->interims; t++) number(w, model->type[i][t], &a->utility, NULL, t);
        ent_write_end(w);
    }
    ent_write_end(w);
}
