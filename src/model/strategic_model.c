#include "model/strategic_model.h"

#include "model/strategic_parts.h"

void ent_strategic_free(ent_strategic *m)
{
    if (!m) return;
    for (int i = 0; m->action && i < m->n; i++) ent_i_names_free(m->actions[i], m->action[i]);
    ent_free(m->action);
    ent_free(m->actions);
    ent_i_names_free(m->n, m->player);
    ent_i_names_free(m->outcomes, m->outcome);
    ent_i_reals_release(&m->payoff);
    ent_i_reals_release(&m->price);
    ent_i_reals_release(&m->outcome_payoff);
    ent_i_reals_release(&m->disagreement);
    if (m->worth.exact) ent_i_reals_release(&m->worth);
    ent_free(m->worth.value);
    ent_free(m->worth_path);
    ent_free(m->vote);
    ent_free(m->title);
    ent_free(m);
}

ent_status ent_i_read_names(ent_ctx *ctx, const ent_doc *doc, const ent_json *list, int most,
                            ent_strategic *m)
{
    static const char *const keys[] = {"name", NULL};
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(ctx, doc, list, ENT_JSON_ARRAY));
    if (list->first && list->first->kind == ENT_JSON_STRING)
        return ent_i_names_read(ctx, doc, list, ENT_I_A_PLAYER, 1, most, &m->n, &m->player);
    ENT_TRY(ent_i_players_read(ctx, doc, list, most, &m->n, &m->player));
    for (const ent_json *at = list->first; at; at = at->next)
        ENT_TRY(ent_json_known(ctx, doc, at, keys));
done:
    return st;
}

/* Numbers by the players' names; every player once. */
static ent_status read_named(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                             const ent_strategic *m, ent_i_sign_wanted sign, ent_reals *out,
                             size_t from)
{
    ent_status st = ENT_OK;
    if (node->count < (uint32_t)m->n)
        for (int i = 0; i < m->n; i++)
            if (!ent_json_get(node, m->player[i]))
                return ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                                     "wanted a number for every player, found none for \"%s\"",
                                     m->player[i]);
    for (const ent_json *at = node->first; at; at = at->next) {
        int i = 0;
        ENT_TRY(ent_i_key_index(ctx, doc, at, ENT_I_A_PLAYER, m->n, m->player, &i));
        ENT_TRY(ent_i_real_read_at(ctx, doc, at, out, from + (size_t)i));
        ENT_TRY(ent_i_sign_check(ctx, doc, at, &out->exact[from + (size_t)i], sign));
    }
done:
    return st;
}

ent_status ent_i_read_by_player(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                                const ent_strategic *m, ent_i_sign_wanted sign, ent_reals *out,
                                size_t from)
{
    ent_status st = ENT_OK;
    if (node->kind == ENT_JSON_OBJECT) return read_named(ctx, doc, node, m, sign, out, from);
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_ARRAY));
    if (node->count != (uint32_t)m->n)
        return ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                             "wanted %d number%s, one a player, found %u", m->n,
                             m->n == 1 ? "" : "s", (unsigned)node->count);
    for (const ent_json *at = node->first; at; at = at->next, from++) {
        ENT_TRY(ent_i_real_read_at(ctx, doc, at, out, from));
        ENT_TRY(ent_i_sign_check(ctx, doc, at, &out->exact[from], sign));
    }
done:
    return st;
}

static ent_status read_prices(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                              ent_strategic *m)
{
    ent_status st = ENT_OK;
    bool positive = false;
    ENT_TRY(ent_i_reals_new(ctx, (size_t)m->n, &m->price));
    ENT_TRY(ent_i_read_by_player(ctx, doc, node, m, ENT_I_NOT_NEGATIVE, &m->price, 0));
    for (int i = 0; i < m->n; i++) positive = positive || ent_rat_sign(&m->price.exact[i]) > 0;
    if (!positive)
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted a price above 0, found none");
done:
    return st;
}

typedef ent_status read_fn(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                           ent_strategic *m);

/* A kind of model is known by its leading member; the members that go with it are listed once,
 * here. */
typedef struct kind {
    const char *leading;
    read_fn *read;
    ent_strategic_kind kind;
    const char *keys[12];
} kind;

static const kind kinds[] = {{"worth",
                              ent_i_read_worth,
                              ENT_STRATEGIC_WORTH,
                              {"entente", "family", "name", "players", "worth", NULL}},
                             {"worth_file",
                              ent_i_read_worth_file,
                              ENT_STRATEGIC_WORTH,
                              {"entente", "family", "name", "players", "worth_file", NULL}},
                             {"quota",
                              ent_i_read_voting,
                              ENT_STRATEGIC_VOTING,
                              {"entente", "family", "name", "players", "quota", "votes", NULL}},
                             {"votes",
                              ent_i_read_voting,
                              ENT_STRATEGIC_VOTING,
                              {"entente", "family", "name", "players", "quota", "votes", NULL}},
                             {"disagreement",
                              ent_i_read_bargaining,
                              ENT_STRATEGIC_GAME,
                              {"entente", "family", "name", "players", "transferable", "outcomes",
                               "disagreement", "prices", NULL}},
                             {NULL,
                              ent_i_read_game,
                              ENT_STRATEGIC_GAME,
                              {"entente", "family", "name", "players", "transferable", "payoffs",
                               "default", "outcomes", "prices", NULL}}};

static const kind *kind_of(const ent_json *root)
{
    const kind *k = kinds;
    while (k->leading && !ent_json_get(root, k->leading)) k++;
    return k;
}

static ent_status read_title(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_strategic *m)
{
    ent_status st = ENT_OK;
    const ent_json *name = ent_json_get(root, "name");
    if (name) ENT_TRY(ent_json_expect(ctx, doc, name, ENT_JSON_STRING));
    m->title = ent_i_strdup(ctx, name ? name->text : "", name ? name->text_len : 0, &st);
done:
    return st;
}

ent_status ent_strategic_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                              ent_strategic **out)
{
    ent_status st = ENT_OK;
    ent_strategic *m = NULL;
    const kind *k = NULL;
    ENT_TRY(ent_json_expect(ctx, doc, root, ENT_JSON_OBJECT));
    k = kind_of(root);
    ENT_TRY(ent_json_known(ctx, doc, root, k->keys));
    ENT_ALLOC(ctx, m, 1);
    m->kind = k->kind;
    ENT_TRY(read_title(ctx, doc, root, m));
    const ent_json *transferable = ent_json_get(root, "transferable"),
                   *prices = ent_json_get(root, "prices");
    if (transferable) ENT_TRY(ent_json_bool(ctx, doc, transferable, &m->transferable));
    ENT_TRY(k->read(ctx, doc, root, m));
    if (prices) ENT_TRY(read_prices(ctx, doc, prices, m));
    *out = m;
    m = NULL;
done:
    ent_strategic_free(m);
    return st;
}

void ent_strategic_profile(const ent_strategic *m, int64_t p, int *action)
{
    ent_i_profile_actions(m->n, m->actions, p, action);
}

int64_t ent_strategic_profile_index(const ent_strategic *m, const int *action)
{
    return ent_i_profile_number(m->n, m->actions, action);
}

void ent_strategic_coal_name(ent_text *out, const ent_strategic *m, ent_coal s)
{
    ent_i_coalition_name(out, m->player, s);
}
