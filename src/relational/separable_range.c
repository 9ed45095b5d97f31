/* What ties on the path mean for outsiders when there are too many to be visited: player after
 * player, partial plays that cost and are worth the same are one, with the least and most that each
 * outsider can have had so far. */
#include "base/ctx.h"
#include "relational/separable.h"

#include <math.h>
#include <stdlib.h>

/* The most partial plays that are kept apart. */
enum { PARTIAL_MOST = 1 << 20 };

typedef struct partial {
    double gain, value;
    /* [2n+1] least and most of each player's uhat so far, and the most of the outsiders' sum */
    double *reply;
} partial;

typedef struct layer {
    int64_t count;
    partial *list;
    double *replies;
} layer;

static void layer_release(layer *l)
{
    ent_free(l->list);
    ent_free(l->replies);
    *l = (layer){0};
}

static ent_status layer_new(ent_ctx *ctx, int64_t room, size_t width, layer *l)
{
    ent_status st = ENT_OK;
    ENT_ALLOC(ctx, l->list, room);
    ENT_ALLOC(ctx, l->replies, (size_t)room * width);
done:
    return st;
}

static int by_gain_and_value(const void *a, const void *b)
{
    const partial *x = a, *y = b;
    if (x->gain != y->gain) return x->gain < y->gain ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

/* Those that cost and are worth the same become one. */
static void merge_equals(layer *l, int n)
{
    int64_t kept = 0;
    qsort(l->list, (size_t)l->count, sizeof *l->list, by_gain_and_value);
    for (int64_t k = 0; k < l->count; k++) {
        if (!kept || by_gain_and_value(&l->list[kept - 1], &l->list[k]) != 0) {
            l->list[kept++] = l->list[k];
            continue;
        }
        double *into = l->list[kept - 1].reply;
        const double *from = l->list[k].reply;
        for (int i = 0; i < n; i++) into[i] = fmin(into[i], from[i]);
        for (int i = n; i <= 2 * n; i++) into[i] = fmax(into[i], from[i]);
    }
    l->count = kept;
}

/* A partial play with action a of player j added. */
static void add_action(const ent_i_tower *t, ent_coal coalition, int j, int a,
                       const partial *before, partial *after)
{
    const ent_i_separable *game = t->game;
    const int n = game->n;
    after->gain = before->gain + t->gain[j][a];
    after->value = before->value + t->value[j][a];
    after->reply[2 * n] = before->reply[2 * n];
    for (int i = 0; i < n; i++) {
        const double adds = i == j ? game->best[j] : game->part[i * n + j][a];
        after->reply[i] = before->reply[i] + adds;
        after->reply[n + i] = before->reply[n + i] + adds;
        if (!ent_coal_has(coalition, i)) after->reply[2 * n] += adds;
    }
}

static ent_status next_layer(ent_ctx *ctx, const ent_i_tower *t, const ent_i_edge *edge,
                             double target, ent_coal coalition, int j, layer *l)
{
    ent_status st = ENT_OK;
    const size_t width = 2 * (size_t)t->game->n + 1;
    layer next = {0};
    if (l->count > PARTIAL_MOST / t->game->actions[j])
        ENT_FAIL(ctx, ENT_E_LIMIT,
                 "too many ties on the path to tell what they mean for outsiders");
    ENT_TRY(layer_new(ctx, l->count * t->game->actions[j], width, &next));
    for (int64_t k = 0; k < l->count; k++)
        for (int a = 0; a < t->game->actions[j]; a++) {
            partial *made = &next.list[next.count];
            made->reply = next.replies + (size_t)next.count * width;
            add_action(t, coalition, j, a, &l->list[k], made);
            if (ent_i_tower_completes(t, j + 1, edge, made->gain, made->value, target))
                next.count++;
        }
    merge_equals(&next, t->game->n);
    layer_release(l);
    *l = next;
    next = (layer){0};
done:
    layer_release(&next);
    return st;
}

ent_status ent_i_separable_range(ent_ctx *ctx, const ent_i_tower *tower, const ent_i_edge *edge,
                                 double target, ent_coal coalition, double *least, double *most,
                                 double *total)
{
    ent_status st = ENT_OK;
    const int n = tower->game->n;
    layer l = {0};
    ENT_TRY(layer_new(ctx, 1, 2 * (size_t)n + 1, &l));
    l.count = 1;
    l.list[0].reply = l.replies;
    for (int j = 0; j < n; j++) {
        ENT_CHECK_CANCEL(ctx);
        ENT_TRY(next_layer(ctx, tower, edge, target, coalition, j, &l));
    }
    for (int64_t k = 0; k < l.count; k++) {
        const double *reply = l.list[k].reply;
        for (int i = 0; i < n; i++) {
            least[i] = fmin(least[i], reply[i]);
            most[i] = fmax(most[i], reply[n + i]);
        }
        *total = fmax(*total, reply[2 * n]);
    }
done:
    layer_release(&l);
    return st;
}
