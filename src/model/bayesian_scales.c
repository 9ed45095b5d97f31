/* "weights" and "multipliers" of a model: the scales at which `efficient` and `s-solution` are
 * asked to work. */
#include "model/bayesian_model_i.h"

#include <string.h>

static ent_status not_negative(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                               ent_reals *out, size_t k)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_i_real_read_at(ctx, doc, node, out, k));
    if (ent_rat_sign(&out->exact[k]) < 0)
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted a number of at least 0, found %s",
                           node->text);
done:
    return st;
}

static ent_status type_index(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                             const ent_bayesian *model, int i, const char *name, size_t len,
                             int *out)
{
    for (int t = 0; t < model->types[i]; t++)
        if (strlen(model->type[i][t]) == len && memcmp(model->type[i][t], name, len) == 0) {
            *out = t;
            return ENT_OK;
        }
    return ent_json_fail_key(ctx, doc, node, ENT_E_MODEL,
                             "wanted the name of a type of \"%s\", found \"%.*s\"",
                             model->player[i], (int)len, name);
}

/* A number for a player with one type or for all types alike, or an object type by type; absent
 * types have 0. */
static ent_status read_weight(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                              ent_bayesian *model, int i, size_t at)
{
    ent_status st = ENT_OK;
    if (node->kind != ENT_JSON_OBJECT) {
        for (int t = 0; t < model->types[i]; t++)
            ENT_TRY(not_negative(ctx, doc, node, &model->weight, at + (size_t)t));
        goto done;
    }
    for (const ent_json *entry = node->first; entry; entry = entry->next) {
        int t = 0;
        ENT_TRY(type_index(ctx, doc, entry, model, i, entry->key, strlen(entry->key), &t));
        ENT_TRY(not_negative(ctx, doc, entry, &model->weight, at + (size_t)t));
    }
done:
    return st;
}

static ent_status read_weights(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                               ent_bayesian *model)
{
    ent_status st = ENT_OK;
    size_t total = 0, at[ENT_BAYESIAN_PLAYERS_MAX];
    for (int i = 0; i < model->n; i++) {
        at[i] = total;
        total += (size_t)model->types[i];
    }
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_OBJECT));
    ENT_TRY(ent_i_reals_new(ctx, total, &model->weight));
    for (const ent_json *entry = node->first; entry; entry = entry->next) {
        int i = 0;
        ENT_TRY(ent_i_key_index(ctx, doc, entry, ENT_I_A_PLAYER, model->n, model->player, &i));
        ENT_TRY(read_weight(ctx, doc, entry, model, i, at[i]));
    }
    for (size_t k = 0; k < total; k++)
        if (ent_rat_sign(&model->weight.exact[k]) > 0) goto done;
    st = ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                       "wanted at least one positive weight, found none");
done:
    return st;
}

/* {"strong|weak": x}: the price of type weak's wish to report strong, alpha(strong|weak). */
static ent_status read_multiplier(ent_ctx *ctx, const ent_doc *doc, const ent_json *entry,
                                  ent_bayesian *model, int i)
{
    ent_status st = ENT_OK;
    int t = 0, tau = 0;
    const char *bar = strchr(entry->key, '|');
    if (!bar) {
        st = ent_json_fail_key(ctx, doc, entry, ENT_E_MODEL,
                               "wanted \"report|true type\", found \"%s\"", entry->key);
        goto done;
    }
    ENT_TRY(type_index(ctx, doc, entry, model, i, entry->key, (size_t)(bar - entry->key), &tau));
    ENT_TRY(type_index(ctx, doc, entry, model, i, bar + 1, strlen(bar + 1), &t));
    if (t == tau) {
        st = ent_json_fail_key(ctx, doc, entry, ENT_E_MODEL,
                               "wanted two different types, found \"%s\"", entry->key);
        goto done;
    }
    ENT_TRY(not_negative(ctx, doc, entry, &model->multiplier,
                         (size_t)(model->multiplier_first[i] + t * model->types[i] + tau)));
done:
    return st;
}

static ent_status read_multipliers(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                                   ent_bayesian *model)
{
    ent_status st = ENT_OK;
    int total = 0;
    for (int i = 0; i < model->n; i++) total += model->types[i] * model->types[i];
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_OBJECT));
    ENT_TRY(ent_i_reals_new(ctx, (size_t)total, &model->multiplier));
    for (const ent_json *player = node->first; player; player = player->next) {
        int i = 0;
        ENT_TRY(ent_i_key_index(ctx, doc, player, ENT_I_A_PLAYER, model->n, model->player, &i));
        ENT_TRY(ent_json_expect(ctx, doc, player, ENT_JSON_OBJECT));
        for (const ent_json *entry = player->first; entry; entry = entry->next)
            ENT_TRY(read_multiplier(ctx, doc, entry, model, i));
    }
done:
    return st;
}

ent_status ent_i_scales_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_bayesian *model)
{
    ent_status st = ENT_OK;
    const ent_json *weights = ent_json_get(root, "weights"),
                   *multipliers = ent_json_get(root, "multipliers");
    ENT_ALLOC(ctx, model->multiplier_first, model->n);
    for (int i = 0, at = 0; i < model->n; at += model->types[i] * model->types[i], i++)
        model->multiplier_first[i] = at;
    if (weights) ENT_TRY(read_weights(ctx, doc, weights, model));
    if (multipliers) ENT_TRY(read_multipliers(ctx, doc, multipliers, model));
done:
    return st;
}
