/* The decisions that a model lists: coalition by coalition, decision by decision, utility by
 * utility. */
#include "model/bayesian_model_i.h"

#include <string.h>

void ent_i_owns_release(int n, ent_i_owns *owns)
{
    for (int k = 0; k < owns->n; k++) {
        ent_i_own *own = &owns->own[k];
        ent_free(own->name);
        for (int i = 0; own->utility && i < n; i++) ent_i_reals_release(&own->utility[i].number);
        ent_free(own->utility);
        ent_rat_release(&own->price_exact);
    }
    ent_free(owns->own);
    ent_free(owns->first);
    ent_free(owns->count);
    ent_i_reals_release(&owns->joint);
    *owns = (ent_i_owns){0};
}

/* A new empty decision at the end of the list; the list owns it from here on. */
static ent_status append(ent_ctx *ctx, const ent_bayesian *model, ent_coal s, const char *name,
                         ent_i_owns *owns, ent_i_own **out)
{
    ent_status st = ENT_OK;
    if (owns->n == owns->room) {
        const int room = owns->room ? 2 * owns->room : 16;
        ent_i_own *grown = ent_i_realloc(ctx, owns->own, (size_t)room, sizeof *grown, &st);
        if (!grown) goto done;
        owns->own = grown;
        owns->room = room;
    }
    ent_i_own *own = &owns->own[owns->n];
    *own = (ent_i_own){.coalition = s, .price_exact = ENT_RAT_ZERO};
    owns->n++;
    if (owns->count[s]++ == 0) owns->first[s] = owns->n - 1;
    own->name = ent_i_strdup(ctx, name, strlen(name), &st);
    if (!own->name) goto done;
    ENT_ALLOC(ctx, own->utility, model->n);
    for (int i = 0; i < model->n; i++) ENT_TRY(ent_i_reals_new(ctx, 1, &own->utility[i].number));
    *out = own;
done:
    return st;
}

static ent_status decision_name(ent_ctx *ctx, const ent_doc *doc, const ent_json *node)
{
    const size_t len = strlen(node->key);
    if (len > 0 && len <= ENT_NAME_BYTES_MAX) return ENT_OK;
    return ent_json_fail_key(ctx, doc, node, ENT_E_MODEL,
                             "wanted the name of a decision, 1 to %d bytes, found %d",
                             ENT_NAME_BYTES_MAX, (int)len);
}

/* Members whose utility is not listed get 0. */
static ent_status read_decision(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                                const ent_bayesian *model, ent_coal s, ent_i_owns *owns)
{
    ent_status st = ENT_OK;
    ent_i_own *own = NULL;
    ENT_TRY(decision_name(ctx, doc, node));
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_OBJECT));
    ENT_TRY(append(ctx, model, s, node->key, owns, &own));
    for (const ent_json *entry = node->first; entry; entry = entry->next) {
        int i = 0;
        ENT_TRY(ent_i_key_index(ctx, doc, entry, ENT_I_A_PLAYER, model->n, model->player, &i));
        if (!ent_coal_has(s, i)) {
            st = ent_json_fail_key(
                ctx, doc, entry, ENT_E_MODEL,
                "wanted the utility of a member of the coalition, found \"%s\", who is outside",
                entry->key);
            goto done;
        }
        ent_i_reals_release(&own->utility[i].number);
        ENT_TRY(ent_i_table_read(ctx, doc, entry, model, "u", &own->utility[i]));
    }
done:
    return st;
}

static ent_status read_prices(ent_ctx *ctx, const ent_doc *doc, const ent_json *prices, ent_coal s,
                              ent_i_owns *owns)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(ctx, doc, prices, ENT_JSON_OBJECT));
    for (const ent_json *price = prices->first; price; price = price->next) {
        ent_i_own *own = NULL;
        for (int k = 0; k < owns->count[s]; k++)
            if (strcmp(owns->own[owns->first[s] + k].name, price->key) == 0)
                own = &owns->own[owns->first[s] + k];
        if (!own) {
            st = ent_json_fail_key(ctx, doc, price, ENT_E_MODEL,
                                   "wanted the name of a decision of this coalition, found \"%s\"",
                                   price->key);
            goto done;
        }
        own->priced = true;
        ENT_TRY(ent_i_real_read(ctx, doc, price, &own->price, &own->price_exact));
    }
done:
    return st;
}

static ent_status read_coalition(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                                 const ent_bayesian *model, ent_i_owns *owns)
{
    static const char *const keys[] = {"members", "decisions", "prices", NULL};
    ent_status st = ENT_OK;
    const ent_json *members = NULL, *decisions = NULL, *prices = ent_json_get(node, "prices");
    ent_coal s = 0;
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(ctx, doc, node, keys));
    ENT_TRY(ent_json_member(ctx, doc, node, "members", &members));
    ENT_TRY(ent_json_member(ctx, doc, node, "decisions", &decisions));
    ENT_TRY(ent_i_coalition_read(ctx, doc, members, model->n, model->player, &s));
    if (owns->count[s] > 0) {
        st = ent_json_fail(ctx, doc, members, ENT_E_MODEL,
                           "wanted every coalition once, found this one twice");
        goto done;
    }
    ENT_TRY(ent_json_expect(ctx, doc, decisions, ENT_JSON_OBJECT));
    if (decisions->count == 0) {
        st = ent_json_fail(ctx, doc, decisions, ENT_E_MODEL,
                           "wanted at least one decision (or no entry for this coalition)");
        goto done;
    }
    for (const ent_json *d = decisions->first; d; d = d->next)
        ENT_TRY(read_decision(ctx, doc, d, model, s, owns));
    if (prices) ENT_TRY(read_prices(ctx, doc, prices, s, owns));
done:
    return st;
}

/* A player for whom nothing is listed has one decision, "out_NAME", worth 0. */
static ent_status add_singletons(ent_ctx *ctx, const ent_bayesian *model, ent_i_owns *owns)
{
    ent_status st = ENT_OK;
    ent_text name;
    ent_text_init(ctx, &name);
    for (int i = 0; i < model->n; i++) {
        ent_i_own *own = NULL;
        if (owns->count[ent_coal_single(i)] > 0) continue;
        ent_text_reset(&name);
        ent_text_printf(&name, "out_%s", model->player[i]);
        ENT_TRY(name.status);
        ENT_TRY(append(ctx, model, ent_coal_single(i), name.data, owns, &own));
    }
done:
    ent_text_release(&name);
    return st;
}

ent_status ent_i_owns_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                           const ent_bayesian *model, ent_i_owns *out)
{
    ent_status st = ENT_OK;
    const ent_json *list = NULL, *closure = ent_json_get(root, "closure");
    const size_t masks = (size_t)1 << model->n;
    ENT_ALLOC(ctx, out->first, masks);
    ENT_ALLOC(ctx, out->count, masks);
    for (size_t s = 0; s < masks; s++) out->first[s] = -1;
    out->closure = true;
    if (closure) ENT_TRY(ent_json_bool(ctx, doc, closure, &out->closure));
    ENT_TRY(ent_json_member(ctx, doc, root, "coalitions", &list));
    ENT_TRY(ent_json_expect(ctx, doc, list, ENT_JSON_ARRAY));
    for (const ent_json *node = list->first; node; node = node->next)
        ENT_TRY(read_coalition(ctx, doc, node, model, out));
    ENT_TRY(add_singletons(ctx, model, out));
done:
    return st;
}
