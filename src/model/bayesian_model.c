#include "model/bayesian_model.h"

#include "model/bayesian_model_i.h"

static void free_coalition(ent_bayes_coal *s)
{
    if (!s) return;
    ent_free(s->member);
    ent_free(s->types);
    ent_free(s->first);
    ent_i_names_free(s->decisions, s->decision);
    ent_free(s->priced);
    ent_free(s->parts);
    ent_i_reals_release(&s->prior);
    ent_i_reals_release(&s->utility);
    ent_i_reals_release(&s->price);
    ent_free(s);
}

void ent_bayesian_free(ent_bayesian *model)
{
    if (!model) return;
    for (ent_coal s = 1; model->coalition && s <= ent_coal_all(model->n); s++)
        free_coalition(model->coalition[s]);
    for (int i = 0; i < model->n; i++) {
        if (model->type) ent_i_names_free(model->types[i], model->type[i]);
        if (model->prior) ent_i_reals_release(&model->prior[i]);
    }
    ent_free(model->coalition);
    ent_free(model->type);
    ent_free(model->prior);
    ent_free(model->types);
    ent_free(model->multiplier_first);
    ent_i_reals_release(&model->weight);
    ent_i_reals_release(&model->multiplier);
    ent_i_names_free(model->n, model->player);
    ent_free(model->title);
    ent_free(model);
}

void ent_bayes_types(const ent_bayes_coal *s, int t, int *type)
{
    for (int k = s->size - 1; k >= 0; k--) {
        type[k] = t % s->types[k];
        t /= s->types[k];
    }
}

int ent_bayes_profile(const ent_bayes_coal *s, const int *type)
{
    int t = 0;
    for (int k = 0; k < s->size; k++) t = t * s->types[k] + type[k];
    return t;
}

int ent_bayes_stride(const ent_bayes_coal *s, int k)
{
    int stride = 1;
    for (int l = k + 1; l < s->size; l++) stride *= s->types[l];
    return stride;
}

int ent_bayes_place(const ent_bayes_coal *s, int player)
{
    for (int k = 0; k < s->size; k++)
        if (s->member[k] == player) return k;
    return -1;
}

void ent_bayesian_coal_name(ent_text *out, const ent_bayesian *model, ent_coal s)
{
    ent_i_coalition_name(out, model->player, s);
}

void ent_bayesian_profile_name(ent_text *out, const ent_bayesian *model, const ent_bayes_coal *s,
                               int t)
{
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    ent_bayes_types(s, t, type);
    for (int k = 0; k < s->size; k++)
        ent_text_printf(out, "%s%s", k ? "," : "", model->type[s->member[k]][type[k]]);
}
