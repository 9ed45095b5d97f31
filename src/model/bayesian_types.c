/* The players' types and probabilities: given player by player, or as a joint prior. */
#include "model/bayesian_model_i.h"

#include "model/profile_table.h"

#include <string.h>

static const char *const star = "*";

static ent_status one_type(ent_ctx *ctx, ent_bayesian *model, int i)
{
    ent_status st = ENT_OK;
    ENT_ALLOC(ctx, model->type[i], 1);
    model->types[i] = 1;
    model->type[i][0] = ent_i_strdup(ctx, star, 1, &st);
    if (!model->type[i][0]) goto done;
    ENT_TRY(ent_i_reals_new(ctx, 1, &model->prior[i]));
    model->prior[i].value[0] = 1.0;
    ent_rat_set_int(&model->prior[i].exact[0], 1);
done:
    return st;
}

/* A name may be the key of a mechanism, "strong,*": the rules for players' names hold for types
 * too. */
static ent_status type_name(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            const char *text, char **out)
{
    const size_t len = strlen(text);
    ent_status st = ENT_OK;
    if (len == 0 || len > ENT_NAME_BYTES_MAX || strchr(text, ',') || strchr(text, '|') ||
        strchr(text, '/'))
        st = ent_json_fail(
            ctx, doc, node, ENT_E_MODEL,
            "wanted the name of a type, 1 to %d bytes without comma, bar or slash, found \"%s\"",
            ENT_NAME_BYTES_MAX, text);
    else *out = ent_i_strdup(ctx, text, len, &st);
    return st;
}

static ent_status count_types(ent_ctx *ctx, const ent_doc *doc, const ent_json *types,
                              ent_bayesian *model, int i)
{
    ent_status st = ENT_OK;
    if (types->kind != ENT_JSON_OBJECT && types->kind != ENT_JSON_ARRAY)
        st = ent_json_fail(
            ctx, doc, types, ENT_E_MODEL,
            "wanted an object of types and their probabilities, or a list of types, found %s",
            ent_json_kind_name(types->kind));
    else if (types->count < 1 || types->count > ENT_BAYESIAN_TYPES_MAX)
        st = ent_json_fail(ctx, doc, types, types->count < 1 ? ENT_E_MODEL : ENT_E_LIMIT,
                           "wanted 1 to %d types, found %u", ENT_BAYESIAN_TYPES_MAX, types->count);
    if (st != ENT_OK) goto done;
    ENT_ALLOC(ctx, model->type[i], types->count);
    model->types[i] = (int)types->count;
    ENT_TRY(ent_i_reals_new(ctx, types->count, &model->prior[i]));
done:
    return st;
}

/* The probabilities are positive and sum to one exactly: "1/3" can be written. */
static ent_status check_sum(ent_ctx *ctx, const ent_doc *doc, const ent_json *types,
                            const char *player, const ent_reals *prior)
{
    ent_status st = ENT_OK;
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    char *text = NULL;
    ent_rat_set_int(&one, 1);
    for (size_t t = 0; t < prior->n; t++) ent_rat_add(&sum, &sum, &prior->exact[t]);
    if (!ent_rat_equal(&sum, &one)) {
        text = ent_rat_format(ctx, &sum, &st);
        if (!text) goto done;
        st = ent_json_fail(
            ctx, doc, types, ENT_E_MODEL,
            "wanted probabilities of the types of \"%s\" that sum to 1, found the sum %s (write \"1/3\" for a third; one of them may be \"rest\", what the others leave)",
            player, text);
    }
done:
    ent_free(text);
    ent_rat_release(&one);
    ent_rat_release(&sum);
    return st;
}

/* The one type whose probability is "rest" has what the others leave: so a prior can be swept by
 * one number. */
static ent_status fill_rest(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            ent_reals *prior, int rest)
{
    ent_rat sum = ENT_RAT_ZERO;
    ent_status st = ENT_OK;
    ent_rat_set_int(&sum, 1);
    for (size_t t = 0; t < prior->n; t++)
        if ((int)t != rest) ent_rat_sub(&sum, &sum, &prior->exact[t]);
    if (ent_rat_sign(&sum) <= 0)
        st = ent_json_fail(
            ctx, doc, node, ENT_E_MODEL,
            "wanted probabilities that leave something for \"rest\", found a sum of 1 or more");
    else {
        ent_rat_set(&prior->exact[rest], &sum);
        prior->value[rest] = ent_rat_double(&sum);
    }
    ent_rat_release(&sum);
    return st;
}

/* {"strong": "1/5", "weak": "4/5"}, or ["strong", "weak"] when a joint prior gives the
 * probabilities. */
static ent_status read_types(ent_ctx *ctx, const ent_doc *doc, const ent_json *types,
                             ent_bayesian *model, int i, bool *given)
{
    ent_status st = ENT_OK;
    ENT_TRY(count_types(ctx, doc, types, model, i));
    *given = types->kind == ENT_JSON_OBJECT;
    int t = 0, rest = -1;
    const ent_json *rest_node = NULL;
    for (const ent_json *node = types->first; node; node = node->next, t++) {
        if (!*given) ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_STRING));
        ENT_TRY(type_name(ctx, doc, node, *given ? node->key : node->text, &model->type[i][t]));
        if (ent_i_name_find(t, model->type[i], model->type[i][t]) >= 0) {
            st = ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                               "wanted different types, found \"%s\" twice", model->type[i][t]);
            goto done;
        }
        if (!*given) continue;
        if (rest < 0 && node->kind == ENT_JSON_STRING && strcmp(node->text, "rest") == 0) {
            rest = t;
            rest_node = node;
            continue;
        }
        ENT_TRY(ent_i_real_read_at(ctx, doc, node, &model->prior[i], (size_t)t));
        if (ent_rat_sign(&model->prior[i].exact[t]) <= 0) {
            st = ent_json_fail(
                ctx, doc, node, ENT_E_MODEL,
                "wanted a positive probability (leave out types that never occur), found %s",
                node->text);
            goto done;
        }
    }
    if (rest >= 0) ENT_TRY(fill_rest(ctx, doc, rest_node, &model->prior[i], rest));
    if (*given) ENT_TRY(check_sum(ctx, doc, types, model->player[i], &model->prior[i]));
done:
    return st;
}

static ent_status check_profiles(ent_ctx *ctx, const ent_doc *doc, const ent_json *players,
                                 const ent_bayesian *model)
{
    if (ent_i_profiles(model->n, model->types) <= ENT_BAYESIAN_PROFILES_MAX) return ENT_OK;
    return ent_json_fail(ctx, doc, players, ENT_E_LIMIT,
                         "wanted at most %d profiles of types, found more",
                         ENT_BAYESIAN_PROFILES_MAX);
}

ent_status ent_i_types_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                            ent_bayesian *model, ent_reals *joint)
{
    static const char *const keys[] = {"name", "types", NULL};
    ent_status st = ENT_OK;
    const ent_json *players = ent_json_get(root, "players"), *prior = ent_json_get(root, "prior");
    bool given[ENT_BAYESIAN_PLAYERS_MAX] = {false};
    int i = 0;
    ENT_ALLOC(ctx, model->types, model->n);
    ENT_ALLOC(ctx, model->type, model->n);
    ENT_ALLOC(ctx, model->prior, model->n);
    for (const ent_json *player = players->first; player; player = player->next, i++) {
        const ent_json *types = ent_json_get(player, "types");
        ENT_TRY(ent_json_known(ctx, doc, player, keys));
        if (types) ENT_TRY(read_types(ctx, doc, types, model, i, &given[i]));
        else ENT_TRY(one_type(ctx, model, i));
        if (types && !given[i] && !prior) {
            st = ent_json_fail(
                ctx, doc, types, ENT_E_MODEL,
                "wanted probabilities, {\"%s\": 1, ...}, because the model has no joint \"prior\"; found names alone",
                model->type[i][0]);
            goto done;
        }
        if (!types) given[i] = true;
    }
    ENT_TRY(check_profiles(ctx, doc, players, model));
    if (prior) ENT_TRY(ent_i_joint_read(ctx, doc, prior, given, model, joint));
done:
    return st;
}
