/* A finite game in strategic form: players with actions, and payoffs profile by profile. */
#include "model/strategic_parts.h"

static ent_status read_actions(ent_ctx *ctx, const ent_doc *doc, const ent_json *list,
                               ent_strategic *m)
{
    static const char *const keys[] = {"name", "actions", NULL};
    ent_status st = ENT_OK;
    int i = 0;
    ENT_ALLOC(ctx, m->actions, m->n);
    ENT_ALLOC(ctx, m->action, m->n);
    for (const ent_json *at = list->first; at; at = at->next, i++) {
        const ent_json *actions = NULL;
        ENT_TRY(ent_json_known(ctx, doc, at, keys));
        ENT_TRY(ent_json_member(ctx, doc, at, "actions", &actions));
        ENT_TRY(ent_i_actions_read(ctx, doc, actions, &m->actions[i], &m->action[i]));
    }
    m->profiles = ent_i_profiles(m->n, m->actions);
    if (m->profiles > ENT_STRATEGIC_PAYOFFS_MAX / m->n)
        st = ent_json_fail(
            ctx, doc, list, ENT_E_LIMIT,
            "wanted at most %lld payoffs, players times profiles, the actions give more",
            (long long)ENT_STRATEGIC_PAYOFFS_MAX);
done:
    return st;
}

ent_status ent_i_read_game(ent_ctx *ctx, const ent_doc *doc, const ent_json *root, ent_strategic *m)
{
    ent_status st = ENT_OK;
    const ent_json *players = NULL, *payoffs = ent_json_get(root, "payoffs"),
                   *outcomes = ent_json_get(root, "outcomes");
    const ent_json *rest = ent_json_get(root, "default");
    ENT_TRY(ent_json_member(ctx, doc, root, "players", &players));
    ENT_TRY(ent_i_players_read(ctx, doc, players, ENT_DENSE_MAX, &m->n, &m->player));
    ENT_TRY(read_actions(ctx, doc, players, m));
    if (payoffs && (outcomes || rest))
        return ent_json_fail_key(
            ctx, doc, outcomes ? outcomes : rest, ENT_E_MODEL,
            "wanted either \"payoffs\" or \"default\" with \"outcomes\", found both");
    if (!payoffs && (outcomes || rest)) return ent_i_read_sparse(ctx, doc, root, m);
    ENT_TRY(ent_json_member(ctx, doc, root, "payoffs", &payoffs));
    ENT_TRY(ent_i_payoff_rows_read(ctx, doc, payoffs, m->n, m->profiles, &m->payoff));
done:
    return st;
}
