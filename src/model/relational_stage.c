/* [MW25] Section 2. The stage game of a relational model: payoff rows, separable parts, or a public
 * good. */
#include "model/relational_model.h"

#include <string.h>

/* Which stage game the document holds: what "stage" says, else what its members show. */
static ent_status stage_kind(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_stage_kind *out)
{
    static const char *const words[] = {"finite", "separable", "public-good"};
    ent_status st = ENT_OK;
    const ent_json *stage = ent_json_get(root, "stage");
    *out = ent_json_get(root, "separable") ? ENT_STAGE_SEPARABLE : ENT_STAGE_FINITE;
    if (!stage) return ENT_OK;
    ENT_TRY(ent_json_expect(ctx, doc, stage, ENT_JSON_STRING));
    for (int k = 0; k < 3; k++)
        if (strcmp(stage->text, words[k]) == 0) {
            *out = (ent_stage_kind)k;
            return ENT_OK;
        }
    st = ent_json_fail(ctx, doc, stage, ENT_E_MODEL,
                       "wanted \"finite\", \"separable\" or \"public-good\", found \"%s\"",
                       stage->text);
done:
    return st;
}

/* A member that belongs to another kind of stage game. */
static ent_status refuse_member(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                                const char *key, const char *why)
{
    const ent_json *member = ent_json_get(root, key);
    if (!member) return ENT_OK;
    return ent_json_fail_key(ctx, doc, member, ENT_E_MODEL, "wanted no \"%s\" %s", key, why);
}

static ent_status read_actions(ent_ctx *ctx, const ent_doc *doc, const ent_json *players,
                               ent_relational *model)
{
    static const char *const known[] = {"name", "actions", NULL};
    ent_status st = ENT_OK;
    int i = 0;
    ENT_ALLOC(ctx, model->actions, model->n);
    ENT_ALLOC(ctx, model->action, model->n);
    for (const ent_json *player = players->first; player; player = player->next, i++) {
        const ent_json *actions = NULL;
        ENT_TRY(ent_json_known(ctx, doc, player, known));
        ENT_TRY(ent_json_member(ctx, doc, player, "actions", &actions));
        ENT_TRY(ent_i_actions_read(ctx, doc, actions, &model->actions[i], &model->action[i]));
    }
    model->profiles = ent_i_profiles(model->n, model->actions);
done:
    return st;
}

/* f_ij: one number an action of j, as a list in the order of the actions or as an object by their
 * names. */
static ent_status read_part(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            const ent_relational *model, int j, ent_reals *out)
{
    ent_status st = ENT_OK;
    const int m = model->actions[j];
    if (node->kind != ENT_JSON_OBJECT)
        return ent_i_reals_read(ctx, doc, node, (size_t)m, "one an action", out);
    ENT_TRY(ent_i_reals_new(ctx, (size_t)m, out));
    int next = 0;
    for (const ent_json *at = node->first; at; at = at->next, next++) {
        int k = next;
        if (k >= m || strcmp(at->key, model->action[j][k]) != 0)
            ENT_TRY(ent_i_key_index(ctx, doc, at, ENT_I_AN_ACTION, m, model->action[j], &k));
        ENT_TRY(ent_i_real_read_at(ctx, doc, at, out, (size_t)k));
    }
    /* Keys differ and each is an action, so as many keys as actions are all of them. */
    if (next != m)
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                           "wanted %d numbers, one an action of \"%s\", found %d", m,
                           model->player[j], next);
done:
    return st;
}

/* One player's payoff: its parts by the player whose action they depend on; a part that is absent
 * is zero. */
static ent_status read_parts(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                             ent_relational *model, int i)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_OBJECT));
    ENT_ALLOC(ctx, model->part[i], model->n);
    for (const ent_json *at = node->first; at; at = at->next) {
        int j = 0;
        ENT_TRY(ent_i_key_index(ctx, doc, at, ENT_I_A_PLAYER, model->n, model->player, &j));
        ENT_TRY(read_part(ctx, doc, at, model, j, &model->part[i][j]));
    }
    for (int j = 0; j < model->n; j++)
        if (!model->part[i][j].n)
            ENT_TRY(ent_i_reals_new(ctx, (size_t)model->actions[j], &model->part[i][j]));
done:
    return st;
}

static ent_status read_separable(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                                 ent_relational *model)
{
    ent_status st = ENT_OK;
    const ent_json *separable = NULL;
    ENT_TRY(refuse_member(ctx, doc, root, "payoffs", "in a separable stage game"));
    ENT_TRY(ent_json_member(ctx, doc, root, "separable", &separable));
    ENT_TRY(ent_json_expect(ctx, doc, separable, ENT_JSON_OBJECT));
    for (const ent_json *at = separable->first; at; at = at->next) {
        int i = 0;
        ENT_TRY(ent_i_key_index(ctx, doc, at, ENT_I_A_PLAYER, model->n, model->player, &i));
    }
    ENT_ALLOC(ctx, model->part, model->n);
    for (int i = 0; i < model->n; i++) {
        const ent_json *parts = NULL;
        ENT_TRY(ent_json_member(ctx, doc, separable, model->player[i], &parts));
        ENT_TRY(read_parts(ctx, doc, parts, model, i));
    }
done:
    return st;
}

static ent_status read_public_good(ent_ctx *ctx, const ent_doc *doc, const ent_json *players,
                                   ent_relational *model)
{
    static const char *const known[] = {"name", "size", "cost", NULL};
    ent_status st = ENT_OK;
    const size_t n = (size_t)model->n;
    size_t i = 0;
    ENT_TRY(ent_i_reals_new(ctx, n, &model->size));
    ENT_TRY(ent_i_reals_new(ctx, n, &model->cost));
    for (const ent_json *player = players->first; player; player = player->next, i++) {
        const ent_json *size = NULL, *cost = NULL;
        ENT_TRY(ent_json_known(ctx, doc, player, known));
        ENT_TRY(ent_json_member(ctx, doc, player, "size", &size));
        ENT_TRY(ent_i_real_read_at(ctx, doc, size, &model->size, i));
        ENT_TRY(ent_i_sign_check(ctx, doc, size, &model->size.exact[i], ENT_I_NOT_NEGATIVE));
        ENT_TRY(ent_json_member(ctx, doc, player, "cost", &cost));
        ENT_TRY(ent_i_real_read_at(ctx, doc, cost, &model->cost, i));
        ENT_TRY(ent_i_sign_check(ctx, doc, cost, &model->cost.exact[i], ENT_I_POSITIVE));
    }
done:
    return st;
}

ent_status ent_i_relational_stage_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                                       ent_relational *model)
{
    ent_status st = ENT_OK;
    const ent_json *players = ent_json_get(root, "players"), *payoffs = NULL;
    ENT_TRY(stage_kind(ctx, doc, root, &model->stage));
    if (model->stage == ENT_STAGE_PUBLIC_GOOD) {
        ENT_TRY(
            refuse_member(ctx, doc, root, "payoffs", "for a public good: sizes and costs say all"));
        ENT_TRY(refuse_member(ctx, doc, root, "separable",
                              "for a public good: sizes and costs say all"));
        ENT_TRY(read_public_good(ctx, doc, players, model));
        return ENT_OK;
    }
    ENT_TRY(read_actions(ctx, doc, players, model));
    if (model->stage == ENT_STAGE_SEPARABLE) {
        ENT_TRY(read_separable(ctx, doc, root, model));
        return ENT_OK;
    }
    ENT_TRY(refuse_member(ctx, doc, root, "separable", "beside \"stage\": \"finite\""));
    ENT_TRY(ent_json_member(ctx, doc, root, "payoffs", &payoffs));
    ENT_TRY(ent_i_payoff_rows_read(ctx, doc, payoffs, model->n, model->profiles, &model->payoff));
done:
    return st;
}
