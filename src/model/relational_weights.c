/* Bargaining weights of a relational model: "equal", "proportional", given numbers, or a table by
 * coalition. */
#include "model/relational_model.h"

#include <string.h>

static ent_status read_word(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            ent_relational *model)
{
    if (strcmp(node->text, "equal") == 0) {
        model->rule = ENT_WEIGHTS_EQUAL;
        return ENT_OK;
    }
    if (strcmp(node->text, "proportional") != 0)
        return ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                             "wanted \"equal\", \"proportional\" or an object, found \"%s\"",
                             node->text);
    if (model->stage != ENT_STAGE_PUBLIC_GOOD)
        return ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                             "wanted another word than \"proportional\": only the players of a "
                             "public good have sizes");
    model->rule = ENT_WEIGHTS_PROPORTIONAL;
    return ENT_OK;
}

/* {NAME: weight} into weight[n]; `given` collects the names. */
static ent_status read_object(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                              const ent_relational *model, ent_reals *weight, ent_coal *given)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_i_reals_new(ctx, (size_t)model->n, weight));
    for (const ent_json *at = node->first; at; at = at->next) {
        int i = 0;
        ENT_TRY(ent_i_key_index(ctx, doc, at, ENT_I_A_PLAYER, model->n, model->player, &i));
        ENT_TRY(ent_i_real_read_at(ctx, doc, at, weight, (size_t)i));
        ENT_TRY(ent_i_sign_check(ctx, doc, at, &weight->exact[i], ENT_I_NOT_NEGATIVE));
        *given |= ent_coal_single(i);
    }
done:
    return st;
}

/* Do the members of s have weights, not all zero? */
static ent_status check_members(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                                const ent_relational *model, const ent_reals *weight,
                                ent_coal given, ent_coal s)
{
    bool positive = false;
    for (int i = 0; i < model->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        if (!ent_coal_has(given, i))
            return ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                                 "wanted a weight for every insider, found none for \"%s\"",
                                 model->player[i]);
        if (ent_rat_sign(&weight->exact[i]) > 0) positive = true;
    }
    if (positive) return ENT_OK;
    return ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                         "wanted a weight > 0 for some insider, found none");
}

static const ent_weight_row *find_row(const ent_relational *model, ent_coal s)
{
    for (int k = 0; k < model->rows; k++)
        if (model->row[k].coalition == s) return &model->row[k];
    return NULL;
}

static ent_status read_table_row(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                                 ent_relational *model)
{
    ent_status st = ENT_OK;
    ent_weight_row *row = &model->row[model->rows];
    ent_coal s = 0, given = 0;
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_OBJECT));
    ENT_TRY(ent_i_coalition_key(ctx, doc, node, model->n, model->player, &s));
    if (find_row(model, s))
        return ent_json_fail_key(ctx, doc, node, ENT_E_MODEL,
                                 "wanted each coalition once, found this one again");
    row->coalition = s;
    model->rows++; /* from here on ent_relational_free releases the row */
    ENT_TRY(read_object(ctx, doc, node, model, &row->weight, &given));
    for (const ent_json *at = node->first; at; at = at->next)
        if (!ent_coal_has(s, ent_i_name_find(model->n, model->player, at->key)))
            return ent_json_fail_key(ctx, doc, at, ENT_E_MODEL,
                                     "wanted a member of this coalition, found \"%s\"", at->key);
    ENT_TRY(check_members(ctx, doc, node, model, &row->weight, given, s));
done:
    return st;
}

static ent_status read_table(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                             ent_relational *model)
{
    ent_status st = ENT_OK;
    if (node->count > ENT_WEIGHT_ROWS_MAX)
        return ent_json_fail(ctx, doc, node, ENT_E_LIMIT, "wanted at most %d coalitions, found %u",
                             ENT_WEIGHT_ROWS_MAX, (unsigned)node->count);
    model->rule = ENT_WEIGHTS_TABLE;
    ENT_ALLOC(ctx, model->row, node->count);
    for (const ent_json *at = node->first; at; at = at->next)
        ENT_TRY(read_table_row(ctx, doc, at, model));
done:
    return st;
}

ent_status ent_i_relational_weights_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *weights,
                                         ent_relational *model)
{
    ent_status st = ENT_OK;
    model->rule = ENT_WEIGHTS_EQUAL;
    if (!weights) return ENT_OK;
    if (weights->kind == ENT_JSON_STRING) {
        ENT_TRY(read_word(ctx, doc, weights, model));
        if (model->rule == ENT_WEIGHTS_PROPORTIONAL)
            ENT_TRY(check_members(ctx, doc, weights, model, &model->size, ent_coal_all(model->n),
                                  model->coalition));
        return ENT_OK;
    }
    ENT_TRY(ent_json_expect(ctx, doc, weights, ENT_JSON_OBJECT));
    if (weights->first && weights->first->kind == ENT_JSON_OBJECT)
        return read_table(ctx, doc, weights, model);
    model->rule = ENT_WEIGHTS_FIXED;
    ENT_TRY(read_object(ctx, doc, weights, model, &model->fixed, &model->weighted));
    ENT_TRY(
        check_members(ctx, doc, weights, model, &model->fixed, model->weighted, model->coalition));
done:
    return st;
}

/* The numbers that the weights of s are proportional to; NULL: equal. */
static const ent_reals *basis(const ent_relational *model, ent_coal s)
{
    switch (model->rule) {
    case ENT_WEIGHTS_PROPORTIONAL: return &model->size;
    case ENT_WEIGHTS_FIXED: return &model->fixed;
    case ENT_WEIGHTS_TABLE: {
        const ent_weight_row *row = find_row(model, s);
        return row ? &row->weight : NULL;
    }
    case ENT_WEIGHTS_EQUAL: break;
    }
    return NULL;
}

static ent_status fail_no_weight(ent_ctx *ctx, const ent_relational *model, ent_coal s,
                                 const char *who)
{
    ent_text name;
    ent_text_init(ctx, &name);
    ent_i_coalition_name(&name, model->player, s);
    ent_status st = name.status;
    if (st == ENT_OK)
        st = ent_i_fail(ctx, ENT_E_MODEL,
                        "/weights: wanted a weight for %s in the coalition %s, found none", who,
                        name.data);
    ent_text_release(&name);
    return st;
}

ent_status ent_relational_weights(ent_ctx *ctx, const ent_relational *model, ent_coal s,
                                  ent_rat *exact)
{
    ent_status st = ENT_OK;
    ent_rat sum = ENT_RAT_ZERO;
    const ent_reals *weight = basis(model, s);
    if (model->rule == ENT_WEIGHTS_FIXED && (s & ~model->weighted)) {
        st = fail_no_weight(ctx, model, s, model->player[ent_coal_first(s & ~model->weighted)]);
        goto done;
    }
    for (int i = 0; i < model->n; i++) {
        if (!ent_coal_has(s, i)) ent_rat_set_int(&exact[i], 0);
        else if (weight) ent_rat_set(&exact[i], &weight->exact[i]);
        else ent_rat_set_int(&exact[i], 1);
        ent_rat_add(&sum, &sum, &exact[i]);
    }
    /* Nobody in s has weight: its members are alike. */
    for (int i = 0; ent_rat_sign(&sum) == 0 && i < model->n; i++)
        if (ent_coal_has(s, i)) ent_rat_set_int(&exact[i], 1);
    if (ent_rat_sign(&sum) == 0) ent_rat_set_int(&sum, ent_coal_size(s));
    for (int i = 0; i < model->n; i++) ent_rat_div(&exact[i], &exact[i], &sum);
done:
    ent_rat_release(&sum);
    return st;
}
