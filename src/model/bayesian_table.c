#include "model/bayesian_model_i.h"

#include <string.h>

static ent_status read_on(ent_ctx *ctx, const ent_doc *doc, const ent_json *list,
                          const ent_bayesian *model, ent_i_table *out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(ctx, doc, list, ENT_JSON_ARRAY));
    out->on_n = 0;
    for (const ent_json *name = list->first; name; name = name->next) {
        int player = 0;
        ENT_TRY(ent_i_name_index(ctx, doc, name, ENT_I_A_PLAYER, model->n, model->player, &player));
        for (int k = 0; k < out->on_n; k++)
            if (out->on[k] == player) {
                st = ent_json_fail(ctx, doc, name, ENT_E_MODEL,
                                   "wanted every player once, found \"%s\" twice", name->text);
                goto done;
            }
        out->on[out->on_n++] = player;
    }
done:
    return st;
}

/* Go down along first children from at[*level] to an entry, checking the length of every array on
 * the way. */
static ent_status descend(ent_ctx *ctx, const ent_doc *doc, const ent_bayesian *model,
                          const ent_i_table *table, const ent_json **at, int *level)
{
    ent_status st = ENT_OK;
    for (int l = *level; l < table->on_n; l++) {
        const int player = table->on[l];
        ENT_TRY(ent_json_expect(ctx, doc, at[l], ENT_JSON_ARRAY));
        if ((int64_t)at[l]->count != model->types[player]) {
            st = ent_json_fail(ctx, doc, at[l], ENT_E_MODEL,
                               "wanted %d entries, one a type of \"%s\", found %u",
                               model->types[player], model->player[player], at[l]->count);
            goto done;
        }
        at[l + 1] = at[l]->first;
    }
    *level = table->on_n;
done:
    return st;
}

static ent_status read_nested(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                              const ent_bayesian *model, ent_i_table *out)
{
    ent_status st = ENT_OK;
    const ent_json *at[ENT_BAYESIAN_PLAYERS_MAX + 1] = {node};
    size_t k = 0;
    for (int level = 0;;) {
        ENT_TRY(descend(ctx, doc, model, out, at, &level));
        ENT_TRY(ent_i_real_read_at(ctx, doc, at[level], &out->number, k));
        k++;
        while (level > 0 && !at[level]->next) level--;
        if (level == 0) break;
        at[level] = at[level]->next;
    }
done:
    return st;
}

ent_status ent_i_table_entries(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                               const ent_bayesian *model, ent_i_table *out)
{
    ent_status st = ENT_OK;
    ent_i_table table = *out;
    int64_t size = 1;
    table.number = (ent_reals){0};
    for (int k = 0; k < table.on_n; k++) size *= model->types[table.on[k]];
    ENT_TRY(ent_i_reals_new(ctx, (size_t)size, &table.number));
    ENT_TRY(read_nested(ctx, doc, node, model, &table));
    *out = table;
    table.number = (ent_reals){0};
done:
    ent_i_reals_release(&table.number);
    return st;
}

ent_status ent_i_table_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            const ent_bayesian *model, const char *what, ent_i_table *out)
{
    ent_status st = ENT_OK;
    const char *const keys[] = {"on", what, NULL};
    const ent_json *on = NULL, *entries = node;
    ent_i_table table = {0};
    if (node->kind == ENT_JSON_ARRAY) {
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                           "wanted a number, or {\"on\": [players], \"%s\": [...]} with one number "
                           "for each of their types, found a list alone",
                           what);
        goto done;
    }
    if (node->kind == ENT_JSON_OBJECT) {
        ENT_TRY(ent_json_known(ctx, doc, node, keys));
        ENT_TRY(ent_json_member(ctx, doc, node, "on", &on));
        ENT_TRY(ent_json_member(ctx, doc, node, what, &entries));
        ENT_TRY(read_on(ctx, doc, on, model, &table));
    }
    ENT_TRY(ent_i_table_entries(ctx, doc, entries, model, &table));
    *out = table;
done:
    return st;
}

size_t ent_i_table_index(const ent_i_table *table, const ent_bayesian *model, const int *type)
{
    size_t index = 0;
    for (int k = 0; k < table->on_n; k++)
        index = index * (size_t)model->types[table->on[k]] + (size_t)type[table->on[k]];
    return index;
}
