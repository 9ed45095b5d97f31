/* The tree of an enclosure: its boxes, its proofs, the order in which it is told. */
#include "bayesian/value_enclosure.h"

#include "base/ctx.h"

#include <string.h>

void ent_i_enclosure_drop_clusters(ent_value_enclosure *e)
{
    const size_t k = (size_t)e->coal->interims;
    for (int c = 0; c < e->clusters; c++) {
        ent_rats_free(e->cluster[c].low, k);
        ent_rats_free(e->cluster[c].high, k);
        ent_rats_free(e->cluster[c].weight, (size_t)e->cluster[c].bounds * k);
        ent_rats_free(e->cluster[c].multiplier, (size_t)e->cluster[c].bounds * (size_t)e->pairs);
        ent_free(e->cluster[c].fact);
    }
    ent_free(e->cluster);
    ent_free(e->order);
    ent_rat_release(&e->width);
    e->cluster = NULL;
    e->order = NULL;
    e->clusters = 0;
}

void ent_i_value_enclosure_free(ent_value_enclosure *e)
{
    if (!e->coal) return;
    ent_i_enclosure_drop_clusters(e);
    for (int i = 0; e->safe && i < e->coal->size; i++) ent_i_mechanism_free(&e->safe[i]);
    ent_free(e->safe);
    ent_free(e->node);
    ent_free(e->decision);
    ent_free(e->cell);
    ent_free(e->box);
    ent_free(e->number);
    *e = (ent_value_enclosure){0};
}

double *ent_i_enclosure_box(const ent_value_enclosure *e, int node)
{
    return e->box + 2 * (size_t)node * (size_t)e->coal->interims;
}

ent_status ent_i_enclosure_room(ent_ctx *ctx, ent_value_enclosure *e)
{
    ent_status st = ENT_OK;
    if (e->nodes + 2 <= e->room) return st;
    const int room = 2 * e->room + 16;
    ent_enclosure_node *node = ent_i_realloc(ctx, e->node, (size_t)room, sizeof *node, &st);
    if (!node) return st;
    e->node = node;
    double *box =
        ent_i_realloc(ctx, e->box, (size_t)room * (size_t)e->coal->interims, 2 * sizeof *box, &st);
    if (!box) return st;
    e->box = box;
    e->room = room;
    return st;
}

ent_status ent_i_enclosure_cut(ent_ctx *ctx, ent_value_enclosure *e, int at_node, int side,
                               double at)
{
    ent_status st = ENT_OK;
    const size_t k = (size_t)e->coal->interims;
    ENT_TRY(ent_i_enclosure_room(ctx, e));
    ent_enclosure_node *node = &e->node[at_node];
    node->kind = ENT_BOX_SPLIT;
    node->side = side;
    node->at = at;
    node->below = e->nodes;
    for (int part = 0; part < 2; part++) {
        double *box = ent_i_enclosure_box(e, e->nodes);
        memcpy(box, ent_i_enclosure_box(e, at_node), 2 * k * sizeof *box);
        box[part == 0 ? k + (size_t)side : (size_t)side] = at;
        e->node[e->nodes++] = (ent_enclosure_node){.kind = ENT_BOX_OPEN};
    }
done:
    return st;
}

ent_status ent_i_enclosure_keep(ent_ctx *ctx, ent_value_enclosure *e, const ent_box_proof *proof,
                                size_t *first)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)proof->n;
    if (e->numbers + n > e->number_room) {
        const size_t room = 2 * e->number_room + n + 256;
        int64_t *number = ent_i_realloc(ctx, e->number, room, sizeof *number, &st);
        if (!number) return st;
        e->number = number;
        e->number_room = room;
    }
    memcpy(e->number + e->numbers, proof->number, n * sizeof *proof->number);
    *first = e->numbers;
    e->numbers += n;
    return st;
}

/* The order in which the tree is told, by a stack of boxes to come. */
ent_status ent_i_enclosure_order(ent_ctx *ctx, ent_value_enclosure *e)
{
    ent_status st = ENT_OK;
    int *stack = NULL, depth = 1, n = 0;
    ENT_ALLOC(ctx, e->order, e->nodes);
    ENT_SCRATCH(ctx, stack, e->nodes);
    stack[0] = 0;
    while (depth > 0) {
        const int node = stack[--depth];
        e->order[n++] = node;
        if (e->node[node].kind != ENT_BOX_SPLIT) continue;
        stack[depth++] = e->node[node].below + 1;
        stack[depth++] = e->node[node].below;
    }
done:
    return st;
}
