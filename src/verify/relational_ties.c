#include "verify/relational_ties.h"

static const ent_objective k_alone = {
    .k = {1, 1, NULL}, .total = {0, 1, NULL}, .gains = {0, 1, NULL}, .reply = {0, 1, NULL}};

/* A walk over the plays in row-major order: at depth k the first k axes have their items, and the
 * later axes can still have what is left of K with what is left of G. */
typedef struct walk {
    const ent_game *game;
    ent_coal coalition;
    /* [axes+1] what the axes from k on can have together; the last is {0 at 0} */
    ent_stairs *later;
    ent_rat *left, *wanted; /* [axes+1] */
    int64_t *item;          /* [axes] */
} walk;

static void walk_release(walk *w)
{
    const int axes = w->game->axes;
    for (int k = 0; w->later && k <= axes; k++) ent_i_stairs_release(&w->later[k]);
    ent_free(w->later);
    ent_rats_free(w->left, (size_t)axes + 1);
    ent_rats_free(w->wanted, (size_t)axes + 1);
    ent_free(w->item);
}

static ent_status walk_new(ent_ctx *ctx, walk *w)
{
    ent_status st = ENT_OK;
    const ent_game *game = w->game;
    const size_t axes = (size_t)game->axes;
    ent_rat zero = ENT_RAT_ZERO;
    ent_stairs one = {0};
    ENT_ALLOC(ctx, w->later, axes + 1);
    ENT_ALLOC(ctx, w->item, axes);
    w->left = ent_rats_new(ctx, axes + 1, &st);
    if (w->left) w->wanted = ent_rats_new(ctx, axes + 1, &st);
    if (!w->wanted) goto done;
    ENT_TRY(ent_i_stairs_append(ctx, &w->later[axes], &zero, &zero));
    for (int axis = game->axes - 1; axis >= 0; axis--) {
        ENT_TRY(ent_i_game_axis_stairs(ctx, game, w->coalition, &k_alone, axis, &one));
        ENT_TRY(ent_i_stairs_merge(ctx, &one, &w->later[axis + 1], &w->later[axis]));
        ent_i_stairs_release(&one);
    }
done:
    ent_i_stairs_release(&one);
    return st;
}

/* The next item of the axis at this depth from which the walk can go on; false when there is none.
 * Fills the next depth. */
static bool walk_down(walk *w, int depth)
{
    const ent_axis *x = &w->game->axis[depth];
    ent_rat *left = &w->left[depth + 1], *wanted = &w->wanted[depth + 1];
    ent_rat have = ENT_RAT_ZERO;
    bool found = false;
    for (; w->item[depth] < x->items; w->item[depth]++) {
        const int64_t item = w->item[depth];
        ent_rat_sub(left, &w->left[depth], &x->gains[item]);
        if (ent_rat_sign(left) < 0) continue;
        ent_i_game_item(w->game, w->coalition, &k_alone, depth, item, &have);
        ent_rat_sub(wanted, &w->wanted[depth], &have);
        const ent_rat *more = ent_i_stairs_best(&w->later[depth + 1], left);
        if (!more || ent_rat_cmp(more, wanted) < 0) continue;
        found = true;
        break;
    }
    ent_rat_release(&have);
    return found;
}

/* One more play to the list. */
static ent_status take_play(ent_ctx *ctx, const walk *w, int64_t *room, ent_ties *out)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)w->game->n;
    if (out->count == *room) {
        const int64_t more_room = *room ? 2 * *room : 16;
        int *more = ent_i_realloc(ctx, out->play, (size_t)more_room * n, sizeof *more, &st);
        if (!more) return st;
        out->play = more;
        *room = more_room;
    }
    int *action = &out->play[(size_t)out->count++ * n];
    if (w->game->model->stage == ENT_STAGE_FINITE)
        ent_relational_profile(w->game->model, w->item[0], action);
    for (int axis = 0; w->game->model->stage != ENT_STAGE_FINITE && axis < w->game->axes; axis++)
        action[axis] = (int)w->item[axis];
    return st;
}

static ent_status list_plays(ent_ctx *ctx, walk *w, int64_t at_most, ent_ties *out)
{
    ent_status st = ENT_OK;
    int64_t room = 0;
    int depth = 0;
    while (depth >= 0 && out->count < at_most && st == ENT_OK) {
        if (depth == w->game->axes) {
            st = take_play(ctx, w, &room, out);
            w->item[--depth]++;
        } else if (!walk_down(w, depth)) {
            if (--depth >= 0) w->item[depth]++;
        } else if (++depth < w->game->axes) {
            w->item[depth] = 0;
        }
    }
    return st;
}

ent_status ent_i_ties_new(ent_ctx *ctx, const ent_spread *spread, const ent_rat *gains,
                          int64_t at_most, ent_ties **out)
{
    ent_status st = ENT_OK;
    const ent_game *game = spread->game;
    const ent_rat *best = ent_i_stairs_best(&spread->k, gains);
    walk w = {.game = game, .coalition = spread->coalition};
    ent_ties *ties = NULL;
    ENT_TRY(walk_new(ctx, &w));
    ENT_ALLOC(ctx, ties, 1);
    ties->n = game->n;
    ent_rat_init(&ties->most_total);
    ent_rat_init(&ties->spread);
    ties->least = ent_rats_new(ctx, (size_t)game->n, &st);
    if (ties->least) ties->most = ent_rats_new(ctx, (size_t)game->n, &st);
    if (!ties->most) goto done;
    ent_rat_div(&w.left[0], gains, &game->unit);
    ent_rat_div(&w.wanted[0], best, &game->unit);
    ENT_TRY(list_plays(ctx, &w, at_most, ties));
    if (!ties->count) ENT_BUG(ctx, "no play has what some play has");
    ent_i_spread_at(spread, gains, ties->least, ties->most, &ties->most_total, &ties->spread);
    *out = ties;
    ties = NULL;
done:
    ent_i_ties_free(ties);
    walk_release(&w);
    return st;
}

void ent_i_ties_free(ent_ties *ties)
{
    if (!ties) return;
    ent_free(ties->play);
    ent_rats_free(ties->least, (size_t)ties->n);
    ent_rats_free(ties->most, (size_t)ties->n);
    ent_rat_release(&ties->most_total);
    ent_rat_release(&ties->spread);
    ent_free(ties);
}

ent_status ent_i_ties_first(ent_ctx *ctx, const ent_game *game, ent_coal coalition,
                            const ent_rat *gains, const ent_rat *best, int *action)
{
    ent_status st = ENT_OK;
    walk w = {.game = game, .coalition = coalition};
    ent_ties first = {.n = game->n};
    ENT_TRY(walk_new(ctx, &w));
    ent_rat_div(&w.left[0], gains, &game->unit);
    ent_rat_div(&w.wanted[0], best, &game->unit);
    ENT_TRY(list_plays(ctx, &w, 1, &first));
    if (!first.count) ENT_BUG(ctx, "no play has what some play has");
    for (int i = 0; i < game->n; i++) action[i] = first.play[i];
done:
    ent_free(first.play);
    walk_release(&w);
    return st;
}
