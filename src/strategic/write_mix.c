/* Plays, mixes, vectors and conflicts as members of documents. */
#include "strategic/strategic_solve.h"

#include <math.h>

void ent_i_write_scale(ent_writer *w, const ent_strategic *model)
{
    double scale = 0.0;
    for (size_t k = 0; k < model->payoff.n; k++) scale = fmax(scale, fabs(model->payoff.value[k]));
    ent_write_real(w, "scale", scale);
}

void ent_i_write_side_play(ent_writer *w, const char *key, const ent_strategic *model, ent_coal s,
                           int64_t play)
{
    int action[ENT_PLAYERS_MAX];
    for (int i = model->n - 1; i >= 0; i--) {
        if (!ent_coal_has(s, i)) continue;
        action[i] = (int)(play % model->actions[i]);
        play /= model->actions[i];
    }
    ent_write_object(w, key, true);
    for (int i = 0; i < model->n; i++)
        if (ent_coal_has(s, i)) ent_write_string(w, model->player[i], model->action[i][action[i]]);
    ent_write_end(w);
}

void ent_i_write_mix(ent_writer *w, const char *key, const ent_strategic *model, ent_coal s,
                     int plays, const double *weight, const ent_rat *exact)
{
    ent_write_array(w, key, false);
    for (int p = 0; p < plays; p++) {
        if (exact ? ent_rat_sign(&exact[p]) == 0 : !(weight[p] > 0.0)) continue;
        ent_write_object(w, NULL, true);
        ent_i_write_side_play(w, "play", model, s, p);
        ent_write_number(w, "weight", exact ? 0.0 : weight[p], exact ? &exact[p] : NULL);
        ent_write_end(w);
    }
    ent_write_end(w);
}

void ent_i_write_vector(ent_writer *w, const char *key, const ent_strategic *model, ent_coal s,
                        const double *value, const ent_rat *exact)
{
    ent_write_object(w, key, true);
    for (int i = 0; i < model->n; i++)
        if (ent_coal_has(s, i))
            ent_write_number(w, model->player[i], exact ? 0.0 : value[i], exact ? &exact[i] : NULL);
    ent_write_end(w);
}

const char *ent_i_coal_key(ent_text *out, ent_text *text, const ent_strategic *model, ent_coal s)
{
    if (text->status != ENT_OK) return ""; /* sticky: the caller looks once, at the end */
    ent_text_reset(text);
    ent_strategic_coal_name(text, model, s);
    if (out && out->status == ENT_OK) out->status = text->status;
    return text->status == ENT_OK && text->data ? text->data : "";
}

void ent_i_write_conflict(ent_writer *w, const char *key, const ent_strategic *model,
                          const ent_conflict *k, double value, const ent_matrix_result *r,
                          const ent_exact_game *g)
{
    ent_write_object(w, key, false);
    ent_write_number(w, "value", value, g ? &g->value : NULL);
    ent_i_write_mix(w, "strategy", model, k->s, k->rows, g ? NULL : r->row, g ? g->row : NULL);
    ent_i_write_mix(w, "against", model, ent_coal_all(model->n) & ~k->s, k->columns,
                    g ? NULL : r->column, g ? g->column : NULL);
    ent_write_end(w);
}

void ent_i_write_conflicts(ent_writer *w, const char *key, const ent_strategic *model,
                           ent_threats *threats, const double *prices, const double *least,
                           const ent_exact_threats *exact)
{
    ent_text name;
    ent_text_init(w->out->ctx, &name);
    ent_write_object(w, key, false);
    for (int c = 0; c < threats->conflicts; c++) {
        const ent_conflict *k = &threats->conflict[c];
        ent_matrix_result r = {0};
        if (!exact) ent_threats_game(threats, c, prices, &r);
        double value = r.value;
        for (int i = 0; least && i < threats->n; i++)
            value += ent_coal_has(k->s, i) ? least[i] : -least[i];
        ent_i_write_conflict(w, ent_i_coal_key(w->out, &name, model, k->s), model, k, value, &r,
                             exact ? &exact->game[c] : NULL);
    }
    ent_write_end(w);
    if (name.status != ENT_OK) w->out->status = name.status;
    ent_text_release(&name);
}
