/* Plays of finite and separable games in result documents: are they plays, can they be enforced, do
 * they attain what is claimed? */
#include "verify/relational_check.h"

bool ent_i_check_players(ent_rcheck *c, const ent_json *players)
{
    if (!ent_ledger_kind(&c->claims, players, ENT_JSON_OBJECT)) return false;
    int found = 0;
    for (const ent_json *at = players->first; at; at = at->next) {
        if (ent_i_name_find(c->model->n, c->model->player, at->key) >= 0) found++;
        else ent_ledger_refuse(&c->claims, at, "the model has no such player");
    }
    for (int i = 0; i < c->model->n; i++)
        ent_ledger_member(&c->claims, players, c->model->player[i]);
    return found == c->model->n && players->count == (uint32_t)found;
}

bool ent_i_check_play(ent_rcheck *c, const ent_json *node, int *action)
{
    const ent_relational *m = c->model;
    if (!node || !ent_i_check_players(c, node)) return false;
    for (int i = 0; i < m->n; i++) {
        const ent_json *at = ent_json_get(node, m->player[i]);
        if (!ent_ledger_kind(&c->claims, at, ENT_JSON_STRING)) return false;
        action[i] = ent_i_name_find(m->actions[i], m->action[i], at->text);
        if (action[i] < 0) {
            ent_ledger_refuse(&c->claims, at, "\"%s\" has no action \"%s\"", m->player[i],
                              at->text);
            return false;
        }
    }
    return true;
}

/* The objective at a play that is known. */
static void value_at(const ent_objective *objective, const ent_play_truth *play, ent_rat *value)
{
    ent_rat_mul(value, &objective->k, &play->k);
    ent_rat_addmul(value, &objective->total, &play->total);
    ent_rat_addmul(value, &objective->gains, &play->gains);
    ent_rat_addmul(value, &objective->reply, &play->reply[objective->player]);
}

/* Equal, or in a document of doubles as good as equal. */
static bool is_best(const ent_rcheck *c, const ent_rat *value, const ent_rat *best)
{
    if (!c->inexact) return ent_rat_equal(value, best);
    ent_rat gap = ENT_RAT_ZERO;
    ent_rat_sub(&gap, best, value);
    const bool close = ent_rat_double(&gap) <= ENT_LEDGER_TOLERANCE * c->scale;
    ent_rat_release(&gap);
    return close;
}

void ent_i_check_attains(ent_rcheck *c, const ent_game *game, const ent_json *node,
                         const ent_objective *objective, const ent_rat *gains, const ent_rat *best)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(c->ctx);
    ent_play_truth play = {0};
    ent_rat value = ENT_RAT_ZERO;
    int *action = NULL;
    ENT_SCRATCH(c->ctx, action, game->n);
    ENT_TRY(ent_i_play_truth_new(c->ctx, game->n, &play));
    if (ent_i_check_play(c, node, action)) {
        ent_i_game_play(game, c->rules.coalition, action, &play);
        value_at(objective, &play, &value);
        ent_rat_sub(&play.gains, &play.gains, &c->slack);
        if (ent_rat_cmp(&play.gains, gains) > 0)
            ent_ledger_refuse(
                &c->claims, node,
                "not enforceable: gains from deviating are %.17g, at most %.17g can be held back",
                ent_rat_double(&play.gains), ent_rat_double(gains));
        else if (!is_best(c, &value, best))
            ent_ledger_refuse(&c->claims, node, "this play is worth %.17g, another %.17g",
                              ent_rat_double(&value), ent_rat_double(best));
        else if (c->inexact) ent_ledger_residual(&c->claims, node, 0.0, 0.0);
        else ent_ledger_held(&c->claims, ENT_EXACT, 0.0);
    }
done:
    if (st != ENT_OK) c->claims.report->status = st;
    ent_i_play_truth_release(game->n, &play);
    ent_rat_release(&value);
    ent_scratch_reset(c->ctx, mark);
}

/* Does this play equal the k-th tie? */
static bool is_tie(const ent_ties *ties, int64_t k, const int *action)
{
    for (int i = 0; i < ties->n; i++)
        if (ties->play[k * ties->n + i] != action[i]) return false;
    return true;
}

void ent_i_check_ties(ent_rcheck *c, const ent_ties *ties, int *action)
{
    const ent_json *list = ent_ledger_member(&c->claims, c->solution, "ties"),
                   *path = ent_json_get(c->solution, "on_path");
    ent_ledger_begin(&c->claims, c->scale);
    c->claims.lenient = c->inexact;
    if (!ent_ledger_kind(&c->claims, list, ENT_JSON_ARRAY)) return;
    if (ent_i_check_play(c, path, action) && !is_tie(ties, 0, action))
        ent_ledger_doubt(&c->claims, path, 0.0,
                         "an equally good play comes before it in row-major order");
    if (list->count != (uint64_t)ties->count - 1)
        ent_ledger_doubt(&c->claims, list, 0.0, "wanted %lld plays, found %u",
                         (long long)ties->count - 1, (unsigned)list->count);
    int64_t k = 1;
    for (const ent_json *at = list->first; at && k < ties->count; at = at->next, k++)
        if (ent_i_check_play(c, at, action) && !is_tie(ties, k, action))
            ent_ledger_doubt(&c->claims, at, 0.0, "not tie number %lld in row-major order",
                             (long long)k);
    ent_ledger_held(&c->claims, ENT_EXACT, 0.0);
    ent_ledger_end(&c->claims, "/solution/ties",
                   "all plays as good as the one on the path, in row-major order");
}
