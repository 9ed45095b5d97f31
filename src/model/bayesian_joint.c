/* A joint prior of correlated types: {"on": ["A", "B"], "p": nested array}, or the nested array
 * alone, which is then on all players whose types are listed without probabilities. Other players'
 * types are independent of it. */
#include "model/bayesian_model_i.h"

#include "model/profile_table.h"

static ent_status read_table(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                             const bool *given, const ent_bayesian *model, ent_i_table *table)
{
    ent_status st = ENT_OK;
    ent_i_table bare = {0};
    if (node->kind == ENT_JSON_OBJECT) {
        ENT_TRY(ent_i_table_read(ctx, doc, node, model, "p", table));
        goto done;
    }
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_ARRAY));
    for (int i = 0; i < model->n; i++)
        if (!given[i]) bare.on[bare.on_n++] = i;
    if (bare.on_n == 0) {
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                           "wanted {\"on\": [players], \"p\": [...]}: every type has a probability "
                           "already, so that nobody is left for a bare array");
        goto done;
    }
    ENT_TRY(ent_i_table_entries(ctx, doc, node, model, &bare));
    *table = bare;
done:
    return st;
}

/* Every entry is at least 0 and all sum to 1. */
static ent_status check_table(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                              const ent_i_table *table)
{
    ent_status st = ENT_OK;
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    char *text = NULL;
    ent_rat_set_int(&one, 1);
    bool negative = false;
    for (size_t k = 0; k < table->number.n; k++) {
        negative = negative || ent_rat_sign(&table->number.exact[k]) < 0;
        ent_rat_add(&sum, &sum, &table->number.exact[k]);
    }
    text = ent_rat_format(ctx, &sum, &st);
    if (!text) goto done;
    if (negative)
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                           "wanted probabilities of at least 0, found a negative one");
    else if (!ent_rat_equal(&sum, &one))
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                           "wanted a prior that sums to 1, found the sum %s", text);
done:
    ent_free(text);
    ent_rat_release(&one);
    ent_rat_release(&sum);
    return st;
}

/* The marginal of the joint prior for a player in it; must agree with probabilities given beside
 * the types. */
static ent_status marginal(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                           const ent_i_table *table, int k, bool given, ent_bayesian *model)
{
    ent_status st = ENT_OK;
    const int i = table->on[k];
    size_t stride = 1;
    for (int l = k + 1; l < table->on_n; l++) stride *= (size_t)model->types[table->on[l]];
    ent_rat sum = ENT_RAT_ZERO;
    for (int t = 0; t < model->types[i]; t++) {
        ent_rat_set_int(&sum, 0);
        for (size_t e = 0; e < table->number.n; e++)
            if ((e / stride) % (size_t)model->types[i] == (size_t)t)
                ent_rat_add(&sum, &sum, &table->number.exact[e]);
        if (ent_rat_sign(&sum) == 0) {
            st = ent_json_fail(
                ctx, doc, node, ENT_E_MODEL,
                "wanted a positive probability of every type (leave out types that never occur), found 0 for "
                "type \"%s\" of \"%s\"",
                model->type[i][t], model->player[i]);
            goto done;
        }
        if (given && !ent_rat_equal(&sum, &model->prior[i].exact[t])) {
            st = ent_json_fail(
                ctx, doc, node, ENT_E_MODEL,
                "wanted a prior whose marginal for type \"%s\" of \"%s\" is the probability given there, found another",
                model->type[i][t], model->player[i]);
            goto done;
        }
        ent_rat_set(&model->prior[i].exact[t], &sum);
        model->prior[i].value[t] = ent_rat_double(&sum);
    }
done:
    ent_rat_release(&sum);
    return st;
}

/* joint[t] for all players: the table times the probabilities of those who are not in it. */
static ent_status expand(ent_ctx *ctx, const ent_i_table *table, const ent_bayesian *model,
                         ent_reals *joint)
{
    ent_status st = ENT_OK;
    const int64_t profiles = ent_i_profiles(model->n, model->types);
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    ENT_TRY(ent_i_reals_new(ctx, (size_t)profiles, joint));
    for (int64_t t = 0; t < profiles; t++) {
        ent_rat *p = &joint->exact[t];
        ent_i_profile_actions(model->n, model->types, t, type);
        ent_rat_set(p, &table->number.exact[ent_i_table_index(table, model, type)]);
        for (int i = 0; i < model->n; i++) {
            bool inside = false;
            for (int k = 0; k < table->on_n; k++) inside = inside || table->on[k] == i;
            if (!inside) ent_rat_mul(p, p, &model->prior[i].exact[type[i]]);
        }
        joint->value[t] = ent_rat_double(p);
    }
done:
    return st;
}

ent_status ent_i_joint_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            const bool *given, ent_bayesian *model, ent_reals *joint)
{
    ent_status st = ENT_OK;
    ent_i_table table = {0};
    bool inside[ENT_BAYESIAN_PLAYERS_MAX] = {false};
    ENT_TRY(read_table(ctx, doc, node, given, model, &table));
    ENT_TRY(check_table(ctx, doc, node, &table));
    for (int k = 0; k < table.on_n; k++) {
        inside[table.on[k]] = true;
        ENT_TRY(marginal(ctx, doc, node, &table, k, given[table.on[k]], model));
    }
    for (int i = 0; i < model->n; i++)
        if (!given[i] && !inside[i]) {
            st = ent_json_fail(
                ctx, doc, node, ENT_E_MODEL,
                "wanted probabilities of the types of \"%s\", beside its types or in this prior, found none",
                model->player[i]);
            goto done;
        }
    ENT_TRY(expand(ctx, &table, model, joint));
    model->correlated = true;
done:
    ent_i_reals_release(&table.number);
    return st;
}
