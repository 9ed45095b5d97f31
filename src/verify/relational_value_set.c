/* "value_set": the hull of the insiders' values and the maximal simplices of the exact set,
 * docs/relational.md 2. */
#include "verify/relational_check.h"

/* Documents list the parts of the set in games of at most so many profiles (docs/results.md). */
enum { PARTS_PROFILES = 16384 };

#include <stdlib.h>

/* [MW25] Cor. 1, corrected. One vertex: all others at their lowest, the rest, lowest + span, to its
 * owner. */
static void check_vertex(ent_rcheck *c, const ent_truth *truth, const ent_json *node, int owner)
{
    ent_rat most = ENT_RAT_ZERO;
    ent_rat_add(&most, &truth->lowest[owner], &truth->span);
    for (int k = 0; k < c->model->n; k++)
        if (ent_coal_has(c->rules.coalition, k))
            ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, node, c->model->player[k]),
                             k == owner ? &most : &truth->lowest[k]);
    if (node->count != (uint32_t)ent_coal_size(c->rules.coalition))
        ent_ledger_refuse(&c->claims, node, "wanted the insiders alone");
    ent_rat_release(&most);
}

static void check_vertices(ent_rcheck *c, const ent_truth *truth, const ent_json *vertices)
{
    const int insiders = ent_coal_size(c->rules.coalition);
    const ent_json *at = NULL;
    ent_ledger_begin(&c->claims, c->scale);
    if (ent_ledger_kind(&c->claims, vertices, ENT_JSON_ARRAY)) at = vertices->first;
    if (vertices && vertices->count != (uint32_t)insiders)
        ent_ledger_refuse(&c->claims, vertices, "wanted %d vertices", insiders);
    for (int i = 0; i < c->model->n; i++) {
        if (!at || !ent_coal_has(c->rules.coalition, i)) continue;
        check_vertex(c, truth, at, i);
        at = at->next;
    }
    ent_ledger_end(&c->claims, "/solution/value_set/vertices",
                   "one an insider: the others at their lowest, the rest to it");
}

/* The different minimal corners uhat_i - pi_i K over enforceable plays, as columns of one array. */
typedef struct corners {
    int n;
    int64_t count, room;
    ent_rat *corner; /* [room][n] */
} corners;

static ent_status corners_add(ent_ctx *ctx, corners *list, const ent_rat *corner)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)list->n;
    if (list->count == list->room) {
        const int64_t room = list->room ? 2 * list->room : 16;
        ent_rat *more = ent_rats_new(ctx, (size_t)room * n, &st);
        if (!more) return st;
        for (size_t k = 0; k < (size_t)list->count * n; k++)
            ent_rat_swap(&more[k], &list->corner[k]);
        ent_rats_free(list->corner, (size_t)list->room * n);
        list->corner = more;
        list->room = room;
    }
    for (size_t i = 0; i < n; i++)
        ent_rat_set(&list->corner[(size_t)list->count * n + i], &corner[i]);
    list->count++;
    return st;
}

/* Is some listed corner nowhere above this one? */
static bool is_covered(const corners *list, const ent_rat *corner)
{
    for (int64_t k = 0; k < list->count; k++) {
        const ent_rat *other = &list->corner[k * list->n];
        int i = 0;
        while (i < list->n && ent_rat_cmp(&other[i], &corner[i]) <= 0) i++;
        if (i == list->n) return true;
    }
    return false;
}

/* uhat_i - pi_i K for the insiders, zero for others. */
static void corner_of(const ent_rules *rules, int n, const ent_play_truth *play, ent_rat *corner)
{
    for (int i = 0; i < n; i++) {
        if (!ent_coal_has(rules->coalition, i)) continue;
        ent_rat_set(&corner[i], &play->reply[i]);
        ent_rat_submul(&corner[i], &rules->weight[i], &play->k);
    }
}

/* Plays in an order of rising gains: a simplex shrinks as gains rise, so only later plays can be
 * covered by earlier ones; among equal gains a covered simplex is the same one. */
static ent_status find_corners(ent_ctx *ctx, const ent_maps *maps, const ent_truth *truth,
                               corners *list)
{
    ent_status st = ENT_OK;
    const ent_game *game = maps->common->game;
    const ent_axis *x = &game->axis[0];
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_play_truth play = {0};
    int *action = NULL;
    ent_rat *corner = ent_rats_new(ctx, (size_t)game->n, &st);
    if (!corner) goto done;
    list->n = game->n;
    ENT_SCRATCH(ctx, action, game->n);
    ENT_TRY(ent_i_play_truth_new(ctx, game->n, &play));
    for (int64_t at = 0; at < x->items; at++) {
        ent_relational_profile(game->model, x->order[at], action);
        ent_i_game_play(game, maps->rules.coalition, action, &play);
        if (ent_rat_cmp(&play.gains, &truth->budget) > 0) break;
        corner_of(&maps->rules, game->n, &play, corner);
        if (!is_covered(list, corner)) ENT_TRY(corners_add(ctx, list, corner));
    }
done:
    ent_rats_free(corner, (size_t)game->n);
    ent_i_play_truth_release(game->n, &play);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* A lone insider: uhat - K = G, which is 0 wherever something is enforceable; the set is a
 * point. */
static ent_status lone_corner(ent_ctx *ctx, int n, corners *list)
{
    ent_status st = ENT_OK;
    ent_rat *corner = ent_rats_new(ctx, (size_t)n, &st);
    list->n = n;
    if (corner) st = corners_add(ctx, list, corner);
    ent_rats_free(corner, (size_t)n);
    return st;
}

/* One listed simplex: its play, corner delta zeta + (1-delta) (pi M + uhat - pi K) and size delta d
 * - (1-delta) G; is it maximal? */
static void check_simplex(ent_rcheck *c, const ent_game *game, const ent_truth *truth,
                          const corners *list, const ent_json *node, int *action,
                          ent_play_truth *play, ent_rat *corner)
{
    static const char *const known[] = {"corner", "size", "play", NULL};
    const ent_rules *rules = &c->rules;
    ent_rat size = ENT_RAT_ZERO;
    if (!ent_i_check_play(c, ent_ledger_member(&c->claims, node, "play"), action)) return;
    ent_ledger_only(&c->claims, node, known);
    ent_i_game_play(game, rules->coalition, action, play);
    corner_of(rules, game->n, play, corner);
    if (ent_rat_cmp(&play->gains, &truth->budget) > 0)
        ent_ledger_doubt(&c->claims, node, 0.0, "this play is not enforceable");
    int64_t k = 0;
    for (; k < list->count; k++) {
        int i = 0;
        while (i < game->n && ent_rat_equal(&list->corner[k * game->n + i], &corner[i])) i++;
        if (i == game->n) break;
    }
    if (k == list->count)
        ent_ledger_doubt(&c->claims, node, 0.0, "this simplex lies inside another");
    ent_rat_neg(&size, &play->gains);
    ent_i_mix(&size, rules->delta, &truth->span, &size);
    ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, node, "size"), &size);
    const ent_json *claimed = ent_ledger_member(&c->claims, node, "corner");
    for (int i = 0; i < game->n; i++) {
        if (!ent_coal_has(rules->coalition, i)) continue;
        ent_rat_addmul(&corner[i], &rules->weight[i], &truth->m);
        ent_i_mix(&corner[i], rules->delta, &truth->lowest[i], &corner[i]);
        ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, claimed, c->model->player[i]),
                         &corner[i]);
    }
    if (claimed && claimed->count != (uint32_t)ent_coal_size(rules->coalition))
        ent_ledger_refuse(&c->claims, claimed, "wanted the insiders alone");
    ent_rat_release(&size);
}

static ent_status check_simplices(ent_rcheck *c, const ent_game *game, const ent_truth *truth,
                                  const corners *list, const ent_json *simplices)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(c->ctx);
    ent_play_truth play = {0};
    int *action = NULL;
    int64_t last = -1;
    ent_rat *corner = ent_rats_new(c->ctx, (size_t)game->n, &st);
    if (!corner) goto done;
    ENT_SCRATCH(c->ctx, action, game->n);
    ENT_TRY(ent_i_play_truth_new(c->ctx, game->n, &play));
    if (!ent_ledger_kind(&c->claims, simplices, ENT_JSON_ARRAY)) goto done;
    const int64_t wanted = list->count < c->simplices_listed ? list->count : c->simplices_listed;
    if (simplices->count != (uint64_t)wanted)
        ent_ledger_doubt(&c->claims, simplices, 0.0, "wanted %lld, found %u", (long long)wanted,
                         (unsigned)simplices->count);
    for (const ent_json *at = simplices->first; at; at = at->next) {
        check_simplex(c, game, truth, list, at, action, &play, corner);
        const int64_t number = ent_relational_profile_index(c->model, action);
        if (!c->claims.refused && number <= last)
            ent_ledger_refuse(&c->claims, at, "wanted different plays in row-major order");
        last = number;
    }
done:
    ent_rats_free(corner, (size_t)game->n);
    ent_i_play_truth_release(game->n, &play);
    ent_scratch_reset(c->ctx, mark);
    return st;
}

ent_status ent_i_check_value_set(ent_rcheck *c, const ent_maps *maps, const ent_truth *truth)
{
    static const char *const hull[] = {"vertices", NULL}, *const parts[] = {"vertices", "simplices",
                                                                            "parts", NULL};
    ent_status st = ENT_OK;
    ent_rat one = ENT_RAT_ZERO;
    corners list = {0};
    const ent_json *set = ent_ledger_member(&c->claims, c->solution, "value_set");
    ent_rat_set_int(&one, 1);
    const bool lone = ent_coal_size(c->rules.coalition) == 1;
    const bool few = c->model->stage == ENT_STAGE_FINITE && c->model->profiles <= PARTS_PROFILES;
    const bool exact =
        (few || lone) && c->simplices_listed > 0 && ent_rat_equal(c->rules.rho, &one);
    ent_rat_release(&one);
    if (!ent_ledger_kind(&c->claims, set, ENT_JSON_OBJECT)) return ENT_OK;
    ent_ledger_only(&c->claims, set, exact ? parts : hull);
    check_vertices(c, truth, ent_ledger_member(&c->claims, set, "vertices"));
    if (!exact) return ENT_OK;
    if (few) ENT_TRY(find_corners(c->ctx, maps, truth, &list));
    else ENT_TRY(lone_corner(c->ctx, maps->common->game->n, &list));
    ent_ledger_begin(&c->claims, c->scale);
    c->claims.lenient = c->inexact;
    ENT_TRY(check_simplices(c, maps->common->game, truth, &list,
                            ent_ledger_member(&c->claims, set, "simplices")));
    const ent_json *count = ent_ledger_member(&c->claims, set, "parts");
    if (!c->inexact) ent_ledger_int(&c->claims, count, list.count);
    else ent_ledger_kind(&c->claims, count, ENT_JSON_NUMBER);
    ent_ledger_end(&c->claims, "/solution/value_set/simplices",
                   "all enforceable plays compared: %lld maximal parts", (long long)list.count);
done:
    ent_rats_free(list.corner, (size_t)list.room * (size_t)(list.n ? list.n : 1));
    return st;
}
